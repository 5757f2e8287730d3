// Names: what is found, what is not, and what `crux explain` says about it.
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "tests/support/checked.h"

static struct checked checked;

static const char *codes(const char *text)
{
    checked_make(&checked, text);
    return checked_codes(&checked);
}

#define EXPECT_CODES(text, expected)                                     \
    do {                                                                 \
        cr_expect_str_eq(codes(text), expected, "%s: %s", text, checked_codes(&checked)); \
        checked_free(&checked);                                          \
    } while (0)

#define ACTORS "index actor = us, china\ninput chips[a in actor] = 3 to 5\n"

Test(check_names, finds_names_in_any_order)
{
    EXPECT_CODES("let a = b + c\nlet b = 2 * c\ninput c = 1 to 2\n", "");
    EXPECT_CODES(ACTORS "let all = sum(chips[a] over a in actor)\nlet double[b in actor] = 2 * chips[b]\n", "");
    EXPECT_CODES(ACTORS "let twice = every a in actor: chips[a] > 1 and (some b in actor: chips[b] > chips[a])\n", "");
}

Test(check_names, says_what_is_not_there)
{
    EXPECT_CODES("let a = b\n", "E201");
    EXPECT_CODES("let a = b\nlet c = a + 1\n", "E201"); // a is poison: c stays silent
    EXPECT_CODES(ACTORS "let a = chips[usa]\n", "E206");
    EXPECT_CODES(ACTORS "let a = chips\n", "E207");
    EXPECT_CODES(ACTORS "let a = chips[us, us]\n", "E207");
    EXPECT_CODES(ACTORS "let a = actor\n", "E203");
    EXPECT_CODES("let a = minn(1, 2)\n", "E211");
    EXPECT_CODES("let a[x in nowhere] = 1\n", "E201");
    EXPECT_CODES("index i = a, a\n", "E208");
    EXPECT_CODES("input a = 1\nlet a = 2\n", "E202");
    EXPECT_CODES("let true = 2\n", "E205");
    EXPECT_CODES("def min(x) = x\n", "E205");
}

Test(check_names, offers_what_is_near)
{
    checked_make(&checked, "input yield = 1 to 2\nlet a = yeild\n");
    cr_assert_str_eq(checked.diags->first->help, "did you mean `yield`?");
    checked_free(&checked);
    checked_make(&checked, "input fab.yield = 1 to 2\nlet a = yield\n");
    cr_assert_str_eq(checked.diags->first->help, "did you mean `fab.yield`?");
    checked_free(&checked);
}

Test(check_names, tells_both_places_of_a_second_definition)
{
    checked_make(&checked, "input a = 1\nlet a = 2\n");
    const struct diag *diag = checked.diags->first;
    cr_assert_eq(diag->label_count, 2);
    cr_assert_gt(diag->labels[0].span.start, diag->labels[1].span.start);
    checked_free(&checked);
}

#define YEARS "timeline 2025 .. 2030 by year\n"

Test(check_names, finds_circles)
{
    EXPECT_CODES("let a = a\n", "E204");
    EXPECT_CODES("let a = b\nlet b = c\nlet c = a\n", "E204");
    EXPECT_CODES("claim a : b\nclaim b : not a\n", "E204");
    EXPECT_CODES("def f(x) = f(x)\nlet a = f(1)\n", "E204");
    EXPECT_CODES("def f(x: 1) = g(x)\ndef g(x: 1) = f(x)\n", "E204");
    EXPECT_CODES(YEARS "let a : 1 = previous(a, 1) * 2\n", "");
    EXPECT_CODES(YEARS "let a : 1 = b\nlet b : 1 = lag(a, 2 years, 1)\n", "");
    // A way back through `previous` does not excuse one without it, in whatever order they are found.
    EXPECT_CODES(YEARS "let v : 1 = previous(u, 1) + u\nlet u : 1 = v\n", "E204");
    EXPECT_CODES(YEARS "let v : 1 = u + previous(u, 1)\nlet u : 1 = v\n", "E204");
}

Test(check_names, prints_the_way_of_a_circle)
{
    checked_make(&checked, "let a = b\nlet b = c\nlet c = a\n");
    cr_assert_str_eq(checked.diags->first->message, "these are defined by each other: a -> b -> c -> a");
    checked_free(&checked);
}

Test(check_names, tells_units_of_definitions_that_look_back)
{
    EXPECT_CODES(YEARS "let a = previous(a, 1 chip)\nlet b = a + 1 chip\n", "");
    EXPECT_CODES(YEARS "let a = previous(a, 1 chip) * 2\n", "");
    EXPECT_CODES(YEARS "let a = previous(2 * a, 1 chip)\n", "E213");
    EXPECT_CODES(YEARS "let a = previous(a, 1 chip) * 1 chip\n", "E302");
}

Test(check_names, knows_members_and_variables_apart)
{
    EXPECT_CODES(ACTORS "input leader : actor = choice(us, china)\nlet a = leader is us\nlet b = chips[leader]\nlet c = leader = china\n", "");
    EXPECT_CODES(ACTORS "input leader : actor = choice(us, china)\nlet a = leader is rest\n", "E206");
    EXPECT_CODES(ACTORS "index node = n7, n5\nlet a = every n in node: chips[n] > 1\n", "E301");
    EXPECT_CODES(ACTORS "let a = every a in actor: every a in actor: chips[a] > 1\n", "E202");
}

Test(check_names, statements_that_cannot_be_read_keep_their_names)
{
    EXPECT_CODES("let a = (4 + )\nlet b = a + 1\n", "E101");
}

Test(check_names, units_of_a_file)
{
    EXPECT_CODES("unit home\ninput a = 3 to 5 homes\n", "");
    EXPECT_CODES("unit kilo_home = 1000 home\nunit home\ninput a : home = 3 to 5\nlet b = a + 1 kilo_home\n", "");
    EXPECT_CODES("unit H100e \"H100-equivalent\"\nunit chip\n", "");
    EXPECT_CODES("unit chips\n", "E210");
    EXPECT_CODES("unit year = 365 day\n", "E210");
    EXPECT_CODES("unit a = 2 b\nunit b = 2 a\n", "E209 E209");
    EXPECT_CODES("unit PFLOPS = 1e15 FLOP/s\nlet a = 3 PFLOPS + 1 FLOP/s\n", "");
}

// ---- what `crux explain` prints is true --------------------------------------------------------------------------------

static const char *read_file(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "r");
    cr_assert_not_null(file, "%s", path);
    char *bytes = arena_alloc(arena, 1 << 16);
    bytes[fread(bytes, 1, (1 << 16) - 1, file)] = '\0';
    fclose(file);
    return bytes;
}

static const char *block(struct arena *arena, const char *text, const char *fence)
{
    const char *start = strstr(text, fence);
    cr_assert_not_null(start);
    start += strlen(fence);
    return arena_printf(arena, "%.*s", (int)(strstr(start, "```") - start), start);
}

Test(check_names, explanations_are_true)
{
    static jmp_buf no_memory;
    struct arena arena;
    arena_init(&arena, &system_allocator, &no_memory);
    for (int i = 0; i < DIAG_COUNT; i++) {
        const char *code = diag_kinds[i].code;
        if (code[0] != 'E' || (code[1] != '2' && code[1] != '3'))
            continue;
        const char *text = read_file(&arena, arena_printf(&arena, "docs/diagnostics/%s.md", code));
        const char *heading = arena_printf(&arena, "# %s: %s\n", code, diag_kinds[i].title);
        cr_expect(strncmp(text, heading, strlen(heading)) == 0, "%s: the heading is not the title", code);
        const char *wrong = codes(block(&arena, text, "```crux wrong\n"));
        cr_expect_str_eq(wrong, code, "the wrong example of %s gives %s", code, wrong);
        checked_free(&checked);
        const char *right = codes(block(&arena, text, "```crux right\n"));
        cr_expect_str_eq(right, "", "the right example of %s gives %s", code, right);
        checked_free(&checked);
    }
    arena_reset(&arena);
}
