#include "report/layout.h"

#include <criterion/criterion.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "report/escape.h"

static struct arena arena;

static void setup(void)
{
    arena_init(&arena, &system_allocator, NULL);
}

static void teardown(void)
{
    arena_reset(&arena);
}

TestSuite(layout, .init = setup, .fini = teardown);

Test(layout, wraps_under_the_text)
{
    struct buffer out = buffer_on(&arena);
    struct layout layout = {.out = &out};
    layout_field(&layout, "reads",
                 TEXT("If fab.yield[n7] < 40\x1f% throughout 2025Q2..2027Q4, then gap > 5 in 2027Q4, as far as we know."));
    cr_assert_str_eq(out.at, "  reads   If fab.yield[n7] < 40 % throughout 2025Q2..2027Q4, then gap > 5 in\n"
                             "          2027Q4, as far as we know.\n");
}

Test(layout, a_joined_blank_ends_no_line)
{
    struct buffer out = buffer_on(&arena);
    struct layout layout = {.out = &out};
    layout_field(&layout, "x", TEXT("aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaa 610k\x1f""chip/year"));
    cr_assert_str_eq(out.at, "  x       aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaaaa aaaaaaa\n"
                             "          610k chip/year\n");
}

Test(layout, a_long_label_pushes_its_text)
{
    struct buffer out = buffer_on(&arena);
    struct layout layout = {.out = &out};
    layout_field(&layout, "counterexample", TEXT("x = 1"));
    cr_assert_str_eq(out.at, "  counterexample  x = 1\n");
}

Test(layout, heading_ends_at_column_80)
{
    struct buffer out = buffer_on(&arena);
    struct layout layout = {.out = &out};
    layout_heading(&layout, TEXT("gap"), TEXT("SENSITIVE"), COLOUR_YELLOW);
    cr_assert(out.length == LAYOUT_WIDTH + 1);
    cr_assert(out.at[LAYOUT_WIDTH - 1] == 'E' && out.at[LAYOUT_WIDTH] == '\n');
}

Test(layout, aligns_columns)
{
    struct buffer out = buffer_on(&arena);
    struct layout layout = {.out = &out};
    const struct text cells[] = {TEXT("smuggled[china]"), TEXT("flips above 610k"), TEXT("1.3 half-widths"),
                                 TEXT("hbm"),             TEXT("alone never flips it"), TEXT(""),
                                 TEXT("d0"),              TEXT("flips below 0.1"),  TEXT("2 half-widths")};
    layout_table(&layout, "crux", cells, 3, 3);
    cr_assert_str_eq(out.at, "  crux    smuggled[china]  flips above 610k  1.3 half-widths\n"
                             "          hbm              alone never flips it\n"
                             "          d0               flips below 0.1   2 half-widths\n");
}

Test(layout, colours_only_when_asked)
{
    struct buffer plain = buffer_on(&arena), coloured = buffer_on(&arena);
    struct layout without = {.out = &plain}, with = {.out = &coloured, .colour = true};
    layout_heading(&without, TEXT("a"), TEXT("B"), COLOUR_RED);
    layout_heading(&with, TEXT("a"), TEXT("B"), COLOUR_RED);
    cr_assert(strchr(plain.at, '\033') == NULL);
    cr_assert(strstr(coloured.at, "\033[1;31mB\033[0m") != NULL);
}

Test(layout, control_characters_do_not_reach_the_terminal)
{
    struct buffer out = buffer_on(&arena);
    escape_terminal(&out, TEXT("a\033[31mb\nc\x7f\xc2\x9bz \xc3\xa9"));
    cr_assert_str_eq(out.at, "a\xef\xbf\xbd[31mb c\xef\xbf\xbd\xef\xbf\xbdz \xc3\xa9");
}
