// A map from names to pointers, on an arena. The bytes of the keys must stay. Keeps the order of insertion nowhere: iterate over what you stored instead.
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/text.h"

struct arena;

struct map {
    struct arena *arena;
    struct map_slot *slots;
    size_t count, room;
};

struct map map_on(struct arena *arena);
void *map_get(const struct map *map, struct text key);              // NULL when absent
void *map_put(struct map *map, struct text key, void *value);       // the value that stood there before, or NULL

#endif
