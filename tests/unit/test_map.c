#include "base/map.h"

#include <criterion/criterion.h>

#include "base/arena.h"
#include "base/buffer.h"

Test(map, keeps_the_last_value_of_a_name)
{
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    struct map map = map_on(&arena);
    int one, two;
    cr_assert_null(map_get(&map, TEXT("a")));
    cr_assert_null(map_put(&map, TEXT("a"), &one));
    cr_assert(map_get(&map, TEXT("a")) == &one);
    cr_assert(map_put(&map, TEXT("a"), &two) == &one);
    cr_assert(map_get(&map, TEXT("a")) == &two);
    cr_assert_null(map_get(&map, TEXT("b")));
    cr_assert_null(map_get(&map, TEXT("")));
    cr_assert(map.count == 1);
    arena_reset(&arena);
}

Test(map, holds_many_names)
{
    enum { COUNT = 10000 };
    static int values[COUNT];
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    struct map map = map_on(&arena);
    for (int i = 0; i < COUNT; i++)
        cr_assert_null(map_put(&map, text_of(arena_printf(&arena, "name%d", i)), &values[i]));
    for (int i = 0; i < COUNT; i++)
        cr_assert(map_get(&map, text_of(arena_printf(&arena, "name%d", i))) == &values[i]);
    cr_assert_null(map_get(&map, TEXT("name10000")));
    cr_assert(map.count == COUNT);
    arena_reset(&arena);
}
