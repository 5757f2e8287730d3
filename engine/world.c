#include "engine/world.h"

#include <string.h>

#include "base/arena.h"
#include "engine/reach.h"

static struct text bytes_of(const void *bytes, size_t length)
{
    return (struct text){bytes, length};
}

// The world with these contents: the one there is, or a new one.
static const struct world *intern(struct worlds *worlds, const struct scenario *scenario, const struct world_set *sets, size_t count)
{
    size_t length = sizeof scenario + count * sizeof *sets;
    char *key = arena_alloc(worlds->arena, length);
    memcpy(key, &scenario, sizeof scenario);
    if (count > 0)
        memcpy(key + sizeof scenario, sets, count * sizeof *sets);
    struct world *known = map_get(&worlds->interned, bytes_of(key, length));
    if (known != NULL)
        return known;
    struct world *world = arena_alloc(worlds->arena, sizeof *world);
    struct world_set *copy = arena_array(worlds->arena, count, sizeof *copy);
    *world = (struct world){.scenario = scenario, .count = count, .sets = copy, .number = worlds->made++};
    for (size_t i = 0; i < count; i++) {
        copy[i] = sets[i];
        world->varies = world->varies || (sets[i].override != NULL && node_varies(sets[i].override->value));
    }
    map_put(&worlds->interned, bytes_of(key, length), world);
    return world;
}

void worlds_init(struct worlds *worlds, struct arena *arena, const struct program *program)
{
    *worlds = (struct worlds){.arena = arena, .program = program};
    worlds->interned = map_on(arena);
    worlds->restricted = map_on(arena);
    worlds->empty = intern(worlds, NULL, NULL, 0);
    reach_compute(worlds);
}

// Puts one set on top, and takes away the same set below: a scenario inside itself is that scenario, and worlds stay finite.
static size_t put_on_top(struct world_set *sets, size_t count, const struct world_set *top)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool again = top->override != NULL ? sets[i].override == top->override : sets[i].probe == top->probe && sets[i].instance == top->instance;
        if (!again)
            sets[kept++] = sets[i];
    }
    sets[kept] = *top;
    return kept + 1;
}

// Room for the sets of a world and `more` on top. Zeroed, so that equal sets are equal bytes.
static struct world_set *extended(struct worlds *worlds, const struct world *below, size_t more)
{
    struct world_set *sets = arena_array(worlds->arena, below->count + more, sizeof *sets);
    if (below->count > 0)
        memcpy(sets, below->sets, below->count * sizeof *sets);
    return sets;
}

const struct world *world_with(struct worlds *worlds, const struct world *below, const struct override *sets, size_t count)
{
    if (count == 0)
        return below;
    struct world_set *all = extended(worlds, below, count);
    size_t length = below->count;
    for (size_t i = 0; i < count; i++) {
        struct world_set top;
        memset(&top, 0, sizeof top);
        top.override = &sets[i];
        length = put_on_top(all, length, &top);
    }
    return intern(worlds, below->scenario, all, length);
}

const struct world *world_probe(struct worlds *worlds, const struct world *below, const struct input *input, size_t instance, double quantile)
{
    struct world_set *all = extended(worlds, below, 1);
    struct world_set top;
    memset(&top, 0, sizeof top);
    top.probe = input;
    top.instance = instance;
    top.quantile = quantile;
    return intern(worlds, below->scenario, all, put_on_top(all, below->count, &top));
}

const struct world *world_in(struct worlds *worlds, const struct world *world, const struct scenario *scenario)
{
    return intern(worlds, scenario, world->sets, world->count);
}

// ---- restricting -------------------------------------------------------------------------------------------------------

static const void *target_of(const struct world_set *set)
{
    if (set->override == NULL)
        return set->probe;
    return set->override->input != NULL ? (const void *)set->override->input : (const void *)set->override->definition;
}

// Marks the sets whose target is reached, and adds what their values reach, until nothing is added.
static size_t mark_reached(struct worlds *worlds, const struct world *world, uint64_t *bits, bool *kept)
{
    size_t count = 0;
    for (bool grew = true; grew;) {
        grew = false;
        for (size_t i = 0; i < world->count; i++) {
            if (kept[i] || !reach_has(worlds, bits, target_of(&world->sets[i])))
                continue;
            kept[i] = grew = true;
            count++;
            reach_add(worlds, bits, world->sets[i].override);
        }
    }
    return count;
}

static const struct world *restrict_new(struct worlds *worlds, const struct world *world, const void *owner)
{
    uint64_t *bits = arena_array(worlds->arena, worlds->words, sizeof *bits);
    bool *kept = arena_array(worlds->arena, world->count, sizeof *kept);
    reach_add_target(worlds, bits, owner);
    reach_add(worlds, bits, owner);
    size_t count = mark_reached(worlds, world, bits, kept);
    struct world_set *sets = arena_array(worlds->arena, count, sizeof *sets);
    size_t at = 0;
    for (size_t i = 0; i < world->count; i++)
        if (kept[i])
            sets[at++] = world->sets[i];
    return intern(worlds, NULL, sets, count);
}

const struct world *world_restrict(struct worlds *worlds, const struct world *world, const void *owner)
{
    if (world->count == 0)
        return worlds->empty;
    if (worlds->whole)
        return world_in(worlds, world, NULL);
    const void *key[2] = {world, owner};
    const struct world **known = map_get(&worlds->restricted, bytes_of(key, sizeof key));
    if (known != NULL)
        return *known;
    const void **kept = arena_alloc(worlds->arena, sizeof key);
    memcpy(kept, key, sizeof key);
    const struct world **made = arena_alloc(worlds->arena, sizeof *made);
    *made = restrict_new(worlds, world, owner);
    map_put(&worlds->restricted, bytes_of(kept, sizeof key), made);
    return *made;
}

// ---- looking up --------------------------------------------------------------------------------------------------------

static bool matches(const struct world_set *set, size_t instance, const int *members, size_t member_count)
{
    if (set->override == NULL)
        return set->instance == instance;
    for (size_t i = 0; i < member_count; i++)
        if (set->override->members[i] >= 0 && set->override->members[i] != members[i])
            return false;
    return true;
}

size_t world_find(const struct world *world, size_t below, const void *target, size_t instance, const int *members, size_t member_count)
{
    for (size_t i = below; i > 0; i--)
        if (target_of(&world->sets[i - 1]) == target && matches(&world->sets[i - 1], instance, members, member_count))
            return i;
    return 0;
}
