#include "base/buffer.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/arena.h"

Test(buffer, collects_bytes)
{
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    struct buffer buffer = buffer_on(&arena);
    cr_assert_str_eq(buffer_text(&buffer).at, "");
    buffer_add(&buffer, TEXT("ab"));
    buffer_add_string(&buffer, "cd");
    buffer_add_char(&buffer, 'e');
    buffer_repeat(&buffer, '-', 3);
    buffer_printf(&buffer, "%d/%s", 42, "x");
    buffer_add(&buffer, text_of(NULL));
    cr_assert_str_eq(buffer.at, "abcde---42/x");
    cr_assert(buffer_text(&buffer).length == 12);
    arena_reset(&arena);
}

Test(buffer, grows_between_other_blocks)
{
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    struct buffer buffer = buffer_on(&arena);
    for (int i = 0; i < 5000; i++) {
        buffer_printf(&buffer, "%d,", i);
        arena_alloc(&arena, 8);
    }
    cr_assert(strlen(buffer.at) == buffer.length);
    cr_assert(strncmp(buffer.at, "0,1,2,", 6) == 0);
    cr_assert_str_eq(buffer.at + buffer.length - 5, "4999,");
    arena_reset(&arena);
}

Test(buffer, prints_on_the_arena)
{
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    cr_assert_str_eq(arena_printf(&arena, "%s", ""), "");
    cr_assert_str_eq(arena_printf(&arena, "%.*s and %zu", TEXT_ARGS(TEXT("one")), (size_t)2), "one and 2");
    arena_reset(&arena);
}
