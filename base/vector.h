// A typed array that grows on an arena:
//
//     VECTOR(struct item *) items = {0};
//     vector_push(arena, &items, item);
//     for (size_t i = 0; i < items.count; i++) ... items.at[i]
#ifndef BASE_VECTOR_H
#define BASE_VECTOR_H

#include "base/arena.h"

#define VECTOR(type)        \
    struct {                \
        type *at;           \
        size_t count, room; \
    }

#define vector_push(arena, vector, value)                                                                         \
    do {                                                                                                          \
        if ((vector)->count == (vector)->room)                                                                    \
            (vector)->at = vector_grow((arena), (vector)->at, &(vector)->room, sizeof *(vector)->at);             \
        (vector)->at[(vector)->count++] = (value);                                                                \
    } while (0)

void *vector_grow(struct arena *arena, void *at, size_t *room, size_t size);

#endif
