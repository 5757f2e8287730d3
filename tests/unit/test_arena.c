#include "base/arena.h"

#include <criterion/criterion.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include "base/vector.h"
#include "tests/support/failing_allocator.h"

static bool all_zero(const unsigned char *at, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (at[i] != 0)
            return false;
    return true;
}

Test(arena, blocks_are_zeroed_aligned_and_apart)
{
    struct arena arena;
    jmp_buf no_memory;
    arena_init(&arena, &system_allocator, &no_memory);
    unsigned char *last = NULL;
    for (size_t size = 0; size < 3000; size += 7) {
        unsigned char *block = arena_alloc(&arena, size);
        cr_assert((uintptr_t)block % 16 == 0);
        cr_assert(block != last);
        cr_assert(all_zero(block, size));
        memset(block, 0xFF, size);
        last = block;
    }
    arena_reset(&arena);
    cr_assert(arena.held == 0 && arena.chunks == NULL);
}

Test(arena, wide_blocks_lie_on_cache_lines)
{
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    for (size_t i = 0; i < 200; i++) {
        arena_alloc(&arena, 16 * (i % 5));
        unsigned char *block = arena_alloc_wide(&arena, 100 * i);
        cr_assert((uintptr_t)block % 64 == 0);
        cr_assert(all_zero(block, 100 * i));
        memset(block, 0xFF, 100 * i);
    }
    arena_reset(&arena);
    // The first chunk is made for this block, whose place in it is not known before.
    memset(arena_alloc_wide(&arena, 3 << 20), 0xFF, 3 << 20);
    arena_reset(&arena);
}

Test(arena, growing_zeroes_memory_used_before)
{
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    arena_alloc(&arena, 16);
    struct arena_mark mark = arena_mark(&arena);
    memset(arena_alloc(&arena, 2000), 0xFF, 2000);
    arena_release(&arena, mark);
    unsigned char *block = arena_alloc(&arena, 10);
    cr_assert(arena_grow(&arena, block, 10, 1000) == block);
    cr_assert(all_zero(block, 1000));
    arena_reset(&arena);
}

Test(arena, grows_in_place_or_moves_and_zeroes_the_rest)
{
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    unsigned char *block = arena_grow(&arena, NULL, 0, 10);
    memset(block, 1, 10);
    cr_assert(arena_grow(&arena, block, 10, 100) == block, "the newest block grows in place");
    cr_assert(block[9] == 1 && all_zero(block + 10, 90));
    memset(block, 2, 100);
    arena_alloc(&arena, 1);
    unsigned char *moved = arena_grow(&arena, block, 100, 10000);
    cr_assert(moved != block);
    cr_assert(moved[99] == 2 && all_zero(moved + 100, 9900));
    cr_assert(arena_grow(&arena, moved, 10000, 5) == moved, "shrinking changes nothing");
    arena_reset(&arena);
}

static int order[8];
static int closed;

static void note_close(void *handle)
{
    order[closed++] = *(int *)handle;
}

Test(arena, closes_newest_first)
{
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    int handles[] = {1, 2, 3};
    for (int i = 0; i < 3; i++)
        arena_defer(&arena, note_close, &handles[i]);
    arena_reset(&arena);
    cr_assert(closed == 3 && order[0] == 3 && order[1] == 2 && order[2] == 1);
    arena_reset(&arena);
    cr_assert(closed == 3, "a second reset closes nothing");
}

Test(arena, release_returns_to_the_mark)
{
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    int handles[] = {1, 2};
    char *before = arena_copy(&arena, "stays", 5);
    arena_defer(&arena, note_close, &handles[0]);
    struct arena_mark mark = arena_mark(&arena);
    size_t held = arena.held;
    for (int round = 0; round < 3; round++) {
        unsigned char *small = arena_alloc(&arena, 24);
        cr_assert(all_zero(small, 24), "memory used again is zeroed again");
        memset(small, 0xFF, 24);
        memset(arena_alloc(&arena, 100000), 0xFF, 100000);
        arena_release(&arena, mark);
        cr_assert(arena.held == held);
    }
    void *again = arena_alloc(&arena, 24);
    arena_release(&arena, mark);
    cr_assert(arena_alloc(&arena, 24) == again, "room that was given back is used again");
    arena_release(&arena, mark);
    arena_defer(&arena, note_close, &handles[1]);
    arena_release(&arena, mark);
    cr_assert(closed == 1 && order[0] == 2);
    cr_assert_str_eq(before, "stays");
    arena_reset(&arena);
    cr_assert(closed == 2);
}

Test(arena, mark_of_an_empty_arena_releases_all)
{
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    struct arena_mark mark = arena_mark(&arena);
    arena_alloc(&arena, 10);
    arena_release(&arena, mark);
    cr_assert(arena.held == 0);
}

// Everything an arena can be asked for; leaves by a jump when allocation `fail_at` fails.
static bool use_everything(size_t fail_at, struct failing_allocator *memory, int *deferred)
{
    jmp_buf no_memory;
    struct arena arena;
    static int handle = 7;
    closed = 0;
    *deferred = 0;
    failing_allocator_init(memory, fail_at);
    arena_init(&arena, &memory->allocator, &no_memory);
    volatile bool done = false;
    if (setjmp(no_memory) == 0) {
        VECTOR(int) numbers = {0};
        for (int i = 0; i < 5000; i++)
            vector_push(&arena, &numbers, i);
        for (int i = 0; i < 5; i++) {
            ++*deferred;
            arena_defer(&arena, note_close, &handle);
            // Leaves no room, so that each note needs a chunk of its own.
            arena_alloc(&arena, arena.chunks == NULL ? 1 : 1 << 20);
        }
        char *copy = arena_copy(&arena, "text", 4);
        copy = arena_grow(&arena, copy, 5, 2 << 20);
        cr_assert_str_eq(copy, "text");
        arena_alloc_wide(&arena, 3 << 20);
        done = true;
    }
    arena_reset(&arena);
    return done;
}

Test(arena, any_failing_allocation_leaks_nothing)
{
    struct failing_allocator memory;
    int deferred = 0;
    size_t fail_at = 0;
    while (!use_everything(fail_at, &memory, &deferred)) {
        cr_assert(memory.live_bytes == 0 && memory.live_blocks == 0, "allocation %zu", fail_at);
        cr_assert(closed == deferred, "allocation %zu: %d of %d closed", fail_at, closed, deferred);
        fail_at++;
    }
    cr_assert(fail_at > 10, "only %zu allocations were tried", fail_at);
    cr_assert(memory.live_bytes == 0);
}

static bool leaves(void (*action)(struct arena *arena), size_t limit)
{
    jmp_buf no_memory;
    struct arena arena;
    arena_init(&arena, &system_allocator, &no_memory);
    arena.limit = limit;
    bool left = true;
    if (setjmp(no_memory) == 0) {
        action(&arena);
        left = false;
    }
    arena_reset(&arena);
    return left;
}

static void defer_without_room(struct arena *arena)
{
    static int handle = 1;
    arena_defer(arena, note_close, &handle);
}

Test(arena, defer_closes_what_it_cannot_note)
{
    cr_assert(leaves(defer_without_room, 1));
    cr_assert(closed == 1);
}

static void ask_for_too_much(struct arena *arena)
{
    arena_alloc(arena, SIZE_MAX);
}

static void ask_for_too_many(struct arena *arena)
{
    arena_array(arena, SIZE_MAX / 4, 8);
}

static void ask_for_half(struct arena *arena)
{
    arena_alloc(arena, 1 << 19);
}

Test(arena, sizes_that_cannot_be_and_limits_count_as_no_memory)
{
    cr_assert(leaves(ask_for_too_much, 0));
    cr_assert(leaves(ask_for_too_many, 0));
    cr_assert(leaves(ask_for_half, 1 << 18));
    cr_assert_not(leaves(ask_for_half, 1 << 20));
}
