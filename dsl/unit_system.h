// What the files of the unit checker share. Not for others: they use dsl/unit.h.
#ifndef DSL_UNIT_SYSTEM_H
#define DSL_UNIT_SYSTEM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/map.h"
#include "dsl/unit.h"

// A unit under all its names.
struct unit_entry {
    struct unit unit;
    const char *words; // long names, which take long prefixes; may be NULL
    unsigned sets;     // the prefixes it takes
    bool base;
};

struct unit_system {
    struct arena *arena;
    struct map words;      // every name -> struct unit_entry; prefixed names once they were used
    struct map dimensions; // bytes of a dimension -> the one of its kind
    struct {
        struct text *at;
        size_t count, room;
    } names;               // every name without prefix
    struct text base_names[LIMIT_DIMENSIONS];
    size_t base_count;
    const struct dimension *none, *time;
    struct unit plain;
};

#endif
