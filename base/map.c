#include "base/map.h"

#include "base/arena.h"

enum { SMALLEST_ROOM = 16 }; // rooms are powers of two

struct map_slot {
    struct text key;
    void *value;
    uint64_t hash;
    bool used;
};

struct map map_on(struct arena *arena)
{
    return (struct map){.arena = arena};
}

// The slot of the key, or the free one where it belongs. The map has a free slot.
static struct map_slot *slot_of(struct map_slot *slots, size_t room, struct text key, uint64_t hash)
{
    size_t i = (size_t)hash & (room - 1);
    while (slots[i].used && !(slots[i].hash == hash && text_equal(slots[i].key, key)))
        i = (i + 1) & (room - 1);
    return &slots[i];
}

void *map_get(const struct map *map, struct text key)
{
    return map->count == 0 ? NULL : slot_of(map->slots, map->room, key, text_hash(key))->value;
}

static void grow(struct map *map)
{
    size_t room = map->room == 0 ? SMALLEST_ROOM : map->room * 2;
    struct map_slot *slots = arena_array(map->arena, room, sizeof *slots);
    for (size_t i = 0; i < map->room; i++)
        if (map->slots[i].used)
            *slot_of(slots, room, map->slots[i].key, map->slots[i].hash) = map->slots[i];
    map->slots = slots;
    map->room = room;
}

void *map_put(struct map *map, struct text key, void *value)
{
    if (map->count >= map->room / 4 * 3)
        grow(map);
    uint64_t hash = text_hash(key);
    struct map_slot *slot = slot_of(map->slots, map->room, key, hash);
    void *before = slot->value;
    map->count += !slot->used;
    *slot = (struct map_slot){.key = slot->used ? slot->key : key, .value = value, .hash = hash, .used = true};
    return before;
}
