// Memory that is given back all at once.
//
// An arena hands out zeroed blocks and closes everything it was given to close when it is reset. Nothing is freed one by
// one. When memory runs out, or a limit set on the arena is passed, control leaves by one longjmp to `no_memory`: no caller
// checks for NULL. Arenas belong to one thread; worker threads allocate nothing.
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>

// Where memory comes from. resize(user, NULL, 0, n) allocates, resize(user, p, n, 0) frees. NULL means "no memory".
struct allocator {
    void *(*resize)(void *user, void *block, size_t old_size, size_t new_size);
    void *user;
};

extern const struct allocator system_allocator; // malloc, realloc, free

struct arena_chunk;
struct arena_close;

struct arena {
    const struct allocator *allocator;
    jmp_buf *no_memory;
    struct arena_chunk *chunks;  // newest first
    struct arena_close *closes;  // newest first
    size_t held;                 // bytes taken from the allocator
    size_t limit;                // what it may hold; 0 for no limit
};

void arena_init(struct arena *arena, const struct allocator *allocator, jmp_buf *no_memory);

// A zeroed block, aligned to 16 bytes, valid until the arena is reset. `size` may be 0.
void *arena_alloc(struct arena *arena, size_t size);

// The same, aligned to 64 bytes (a cache line, an AVX-512 register).
void *arena_alloc_wide(struct arena *arena, size_t size);

// A zeroed array; a product that overflows counts as no memory.
void *arena_array(struct arena *arena, size_t count, size_t size);

// A copy of `size` bytes followed by a NUL.
char *arena_copy(struct arena *arena, const char *bytes, size_t size);

// Grows the newest block in place when it can, else moves it; the new part is zeroed.
void *arena_grow(struct arena *arena, void *block, size_t old_size, size_t new_size);

// Calls close(handle) when the arena is reset. Takes the handle over at once: it is closed even if the note of it cannot be kept.
void arena_defer(struct arena *arena, void (*close)(void *handle), void *handle);

// Gives everything back: closes what was deferred, newest first, then frees.
void arena_reset(struct arena *arena);

// Everything allocated after the mark is given back (deferred closes after the mark are run).
struct arena_mark {
    struct arena_chunk *chunk;
    size_t used;
    struct arena_close *closes;
};
struct arena_mark arena_mark(struct arena *arena);
void arena_release(struct arena *arena, struct arena_mark mark);

#endif
