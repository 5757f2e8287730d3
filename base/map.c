#include "base/map.h"

#include "base/arena.h"

enum { SMALLEST_ROOM = 16 }; // rooms are powers of two

struct map_slot {
    struct text key;
    void *value;
    uint64_t hash; // 0: the slot is free
};

static uint64_t hash_of(struct text key)
{
    const uint64_t hash = text_hash(key);
    return hash != 0 ? hash : 1;
}

struct map map_on(struct arena *arena)
{
    return (struct map){.arena = arena};
}

// The slot of the key, or the free one where it belongs. The map has a free slot.
static struct map_slot *slot_of(struct map_slot *slots, size_t room, struct text key, uint64_t hash)
{
    size_t i = (size_t)hash & (room - 1);
    while (slots[i].hash != 0 && !(slots[i].hash == hash && text_equal(slots[i].key, key)))
        i = (i + 1) & (room - 1);
    return &slots[i];
}

void *map_get(const struct map *map, struct text key)
{
    return map->count == 0 ? NULL : slot_of(map->slots, map->room, key, hash_of(key))->value;
}

static void grow(struct map *map)
{
    size_t room = map->room == 0 ? SMALLEST_ROOM : map->room * 2;
    struct map_slot *slots = arena_array(map->arena, room, sizeof *slots);
    for (size_t i = 0; i < map->room; i++)
        if (map->slots[i].hash != 0)
            *slot_of(slots, room, map->slots[i].key, map->slots[i].hash) = map->slots[i];
    map->slots = slots;
    map->room = room;
}

void *map_put(struct map *map, struct text key, void *value)
{
    if (map->count >= map->room / 4 * 3)
        grow(map);
    uint64_t hash = hash_of(key);
    struct map_slot *slot = slot_of(map->slots, map->room, key, hash);
    void *before = slot->value;
    const bool known = slot->hash != 0;
    map->count += !known;
    *slot = (struct map_slot){.key = known ? slot->key : key, .value = value, .hash = hash};
    return before;
}
