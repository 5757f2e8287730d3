#include "base/vector.h"

#include <stdint.h>

enum { SMALLEST_ROOM = 8 };

void *vector_grow(struct arena *arena, void *at, size_t *room, size_t size)
{
    size_t old = *room;
    size_t new = old == 0 ? SMALLEST_ROOM : old * 2;
    // A size that cannot be, so that the arena reports it as any other lack of memory.
    if (new > SIZE_MAX / size)
        return arena_alloc(arena, SIZE_MAX);
    at = arena_grow(arena, at, old * size, new * size);
    *room = new;
    return at;
}
