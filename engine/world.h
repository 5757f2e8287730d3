// Worlds: which inputs and definitions are replaced, and by what.
//
// A world is a list of sets, later ones on top of earlier ones. Worlds with the same list are the same object, so that
// pointers can be compared. Before a definition is compiled, its world is restricted to the sets that the definition can
// reach: what two worlds agree on is compiled once.
#ifndef ENGINE_WORLD_H
#define ENGINE_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/vector.h"
#include "dsl/program.h"

// One replacement: an override of the program, or (override NULL) one input instance held at a quantile of its law.
struct world_set {
    const struct override *override;
    const struct input *probe;
    size_t instance;
    double quantile;
};

struct world {
    const struct scenario *scenario; // whose assumptions hold besides baseline's; NULL: none, or restricted
    size_t count;
    const struct world_set *sets;
    bool varies;                     // a set makes something vary over time that did not
    size_t number;                   // in order of making
};

struct vertex;

struct worlds {
    struct arena *arena;
    const struct program *program;
    struct map interned;   // contents -> struct world
    struct map restricted; // (world, definition) -> struct world
    struct map targets;    // input or definition that some set replaces -> its bit plus one
    struct map vertices;   // definition, claim, function or override -> struct vertex
    VECTOR(struct vertex *) all;
    size_t target_count, words;
    bool whole;            // too many sets to tell apart: worlds are not restricted
    size_t made;
    const struct world *empty;
};

void worlds_init(struct worlds *worlds, struct arena *arena, const struct program *program);
// `below` with one more set on top.
const struct world *world_with(struct worlds *worlds, const struct world *below, const struct override *sets, size_t count);
const struct world *world_probe(struct worlds *worlds, const struct world *below, const struct input *input, size_t instance, double quantile);
const struct world *world_in(struct worlds *worlds, const struct world *world, const struct scenario *scenario);
// The part of the world that `owner` (a definition, input or claim) can reach, itself included.
const struct world *world_restrict(struct worlds *worlds, const struct world *world, const void *owner);

// The topmost set among the first `below` that replaces this instance; its position plus one, 0 when there is none.
// `members` are the positions of the instance's members, one per parameter.
size_t world_find(const struct world *world, size_t below, const void *target, size_t instance, const int *members, size_t member_count);

#endif
