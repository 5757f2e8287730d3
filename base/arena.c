#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED 1
#endif
#endif

// Under the address sanitizer the bytes of a chunk that nobody was given are out of bounds like any others.
#ifdef WATCHED
#include <sanitizer/asan_interface.h>
#define forbid(at, size) ASAN_POISON_MEMORY_REGION(at, size)
#define allow(at, size) ASAN_UNPOISON_MEMORY_REGION(at, size)
#else
#define forbid(at, size) ((void)(at), (void)(size))
#define allow(at, size) ((void)(at), (void)(size))
#endif

enum {
    ALIGNMENT = 16,
    WIDE_ALIGNMENT = 64,
    SMALLEST_CHUNK = 4096,
    LARGEST_CHUNK = 1 << 20, // a single block may still be larger
};

struct arena_chunk {
    _Alignas(ALIGNMENT) struct arena_chunk *next;
    size_t size; // bytes of data behind this head
    size_t used;
};

struct arena_close {
    struct arena_close *next;
    void (*close)(void *handle);
    void *handle;
};

static void *system_resize(void *user, void *block, size_t old_size, size_t new_size)
{
    (void)user;
    (void)old_size;
    if (new_size > 0)
        return realloc(block, new_size);
    free(block);
    return NULL;
}

const struct allocator system_allocator = {.resize = system_resize, .user = NULL};

void arena_init(struct arena *arena, const struct allocator *allocator, jmp_buf *no_memory)
{
    *arena = (struct arena){.allocator = allocator, .no_memory = no_memory};
}

static _Noreturn void leave(struct arena *arena)
{
    if (arena->no_memory == NULL)
        abort();
    longjmp(*arena->no_memory, 1);
}

static char *data_of(struct arena_chunk *chunk)
{
    return (char *)(chunk + 1);
}

static size_t rounded(size_t size)
{
    return size == 0 ? ALIGNMENT : (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

// The bytes to skip so that the next block of the chunk is aligned.
static size_t padding(struct arena_chunk *chunk, size_t alignment)
{
    return (size_t)(-(uintptr_t)(data_of(chunk) + chunk->used) % alignment);
}

// Larger chunks as the arena grows: few calls for large runs, little waste in small ones.
static size_t chunk_size(const struct arena *arena, size_t needed)
{
    size_t size = arena->held / 2;
    if (size < SMALLEST_CHUNK)
        size = SMALLEST_CHUNK;
    if (size > LARGEST_CHUNK)
        size = LARGEST_CHUNK;
    size -= sizeof(struct arena_chunk);
    return size < needed ? needed : size;
}

static bool within_limit(const struct arena *arena, size_t more)
{
    return arena->limit == 0 || (arena->held <= arena->limit && more <= arena->limit - arena->held);
}

static struct arena_chunk *add_chunk(struct arena *arena, size_t needed)
{
    size_t size = chunk_size(arena, needed);
    size_t total = sizeof(struct arena_chunk) + size;
    if (!within_limit(arena, total))
        return NULL;
    struct arena_chunk *chunk = arena->allocator->resize(arena->allocator->user, NULL, 0, total);
    if (chunk == NULL)
        return NULL;
    *chunk = (struct arena_chunk){.next = arena->chunks, .size = size, .used = 0};
    forbid(data_of(chunk), size);
    arena->chunks = chunk;
    arena->held += total;
    return chunk;
}

// NULL when there is no memory.
static void *try_alloc(struct arena *arena, size_t size, size_t alignment)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    struct arena_chunk *chunk = arena->chunks;
    if (chunk == NULL || chunk->size - chunk->used < padding(chunk, alignment) + rounded(size))
        chunk = add_chunk(arena, rounded(size) + alignment - ALIGNMENT);
    if (chunk == NULL)
        return NULL;
    chunk->used += padding(chunk, alignment);
    char *block = data_of(chunk) + chunk->used;
    chunk->used += rounded(size);
    assert(chunk->used <= chunk->size);
    allow(block, size);
    memset(block, 0, size);
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    void *block = try_alloc(arena, size, ALIGNMENT);
    if (block == NULL)
        leave(arena);
    return block;
}

void *arena_alloc_wide(struct arena *arena, size_t size)
{
    void *block = try_alloc(arena, size, WIDE_ALIGNMENT);
    if (block == NULL)
        leave(arena);
    return block;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size > 0 && count > SIZE_MAX / size)
        leave(arena);
    return arena_alloc(arena, count * size);
}

char *arena_copy(struct arena *arena, const char *bytes, size_t size)
{
    if (size == SIZE_MAX)
        leave(arena);
    char *copy = arena_alloc(arena, size + 1);
    if (size > 0)
        memcpy(copy, bytes, size);
    return copy;
}

static bool grow_in_place(struct arena *arena, void *block, size_t old_size, size_t new_size)
{
    struct arena_chunk *chunk = arena->chunks;
    if (chunk == NULL || new_size > SIZE_MAX / 2)
        return false;
    if ((char *)block + rounded(old_size) != data_of(chunk) + chunk->used)
        return false;
    if (chunk->size - chunk->used < rounded(new_size) - rounded(old_size))
        return false;
    chunk->used += rounded(new_size) - rounded(old_size);
    allow(block, new_size);
    memset((char *)block + old_size, 0, new_size - old_size);
    return true;
}

void *arena_grow(struct arena *arena, void *block, size_t old_size, size_t new_size)
{
    if (block == NULL)
        return arena_alloc(arena, new_size);
    if (new_size <= old_size || grow_in_place(arena, block, old_size, new_size))
        return block;
    void *moved = arena_alloc(arena, new_size);
    memcpy(moved, block, old_size);
    return moved;
}

void arena_defer(struct arena *arena, void (*close)(void *handle), void *handle)
{
    struct arena_close *note = try_alloc(arena, sizeof *note, ALIGNMENT);
    if (note == NULL) {
        close(handle);
        leave(arena);
    }
    *note = (struct arena_close){.next = arena->closes, .close = close, .handle = handle};
    arena->closes = note;
}

static void free_newest(struct arena *arena)
{
    struct arena_chunk *chunk = arena->chunks;
    size_t total = sizeof *chunk + chunk->size;
    arena->chunks = chunk->next;
    arena->held -= total;
    allow(data_of(chunk), chunk->size);
    arena->allocator->resize(arena->allocator->user, chunk, total, 0);
}

void arena_reset(struct arena *arena)
{
    arena_release(arena, (struct arena_mark){0});
}

struct arena_mark arena_mark(struct arena *arena)
{
    return (struct arena_mark){
        .chunk = arena->chunks,
        .used = arena->chunks == NULL ? 0 : arena->chunks->used,
        .closes = arena->closes,
    };
}

void arena_release(struct arena *arena, struct arena_mark mark)
{
    while (arena->closes != mark.closes) {
        struct arena_close *note = arena->closes;
        arena->closes = note->next;
        note->close(note->handle);
    }
    while (arena->chunks != mark.chunk)
        free_newest(arena);
    if (mark.chunk == NULL)
        return;
    assert(mark.used <= mark.chunk->used);
    forbid(data_of(mark.chunk) + mark.used, mark.chunk->size - mark.used);
    mark.chunk->used = mark.used;
}
