#include "dsl/merge.h"

#include <criterion/criterion.h>
#include <string.h>

#include "grammar/parse.h"
#include "tests/support/parsed.h"

TestSuite(merge, .init = parsed_begin, .fini = parsed_end);

struct put_together {
    const char *a, *b;    // the trees, printed
    const char *diags;
    struct merged merged;
};

static struct put_together merge_with(const char *a, const char *b, bool a_is_base, const struct item *sets)
{
    const struct parsed left = parsed_string(a), right = parsed_string(b);
    cr_assert_eq(left.diags->count + right.diags->count, 0, "%s%s", printed_diags(left.diags), printed_diags(right.diags));
    const struct merge_side sides[2] = {{left.tree, TEXT("a"), a_is_base}, {right.tree, TEXT("b"), false}};
    struct put_together it;
    merge_sides(parsed_arena(), sides, sets, right.diags, &it.merged);
    it.a = printed_tree(it.merged.trees[0]);
    it.b = printed_tree(it.merged.trees[1]);
    it.diags = right.diags->first ? right.diags->first->message : "";
    return it;
}

static void expect(const char *a, const char *b, const char *a_becomes, const char *b_becomes)
{
    const struct put_together it = merge_with(a, b, false, NULL);
    cr_assert_str_eq(it.diags, "", "%s", it.diags);
    cr_expect_str_eq(it.a, a_becomes, "%s + %s: A is\n%s", a, b, it.a);
    cr_expect_str_eq(it.b, b_becomes, "%s + %s: B is\n%s", a, b, it.b);
}

static void expect_conflict(const char *a, const char *b, const char *message)
{
    const struct put_together it = merge_with(a, b, false, NULL);
    cr_expect(strstr(it.diags, message), "%s + %s: %s", a, b, it.diags);
}

Test(merge, declared_alike_stands_once)
{
    expect("input x = 1 to 2", "input x = 1 to 2", "input x = 1 to 2\nscenario side a {\n}\n", "scenario side b {\n}\n");
    expect("let y = 2 * 3", "let y = 2*3", "let y = 2 * 3\nscenario side a {\n}\n", "scenario side b {\n}\n");
    expect("unit chip\nindex i = p, q", "unit chip\nindex i = p, q", "unit chip\nindex i = p, q\nscenario side a {\n}\n", "scenario side b {\n}\n");
    expect("source s \"One\"", "source s \"Two\"", "source s \"One\"\nscenario side a {\n}\n", "scenario side b {\n}\n");
}

Test(merge, the_other_right_side_is_set)
{
    expect("input x = 1 to 2", "input x = 3", "input x = 1 to 2\nscenario side a {\n}\n", "scenario side b { set x = 3 }\n");
    expect("input x = 1", "let x = 3 * y", "input x = 1\nscenario side a {\n}\n", "scenario side b { set x = 3 * y }\n");
    expect("let y[k in i] = 2", "let y[k in i] = 3", "let y[k in i] = 2\nscenario side a {\n}\n", "scenario side b { set y = 3 }\n");
}

Test(merge, members_are_told_apart)
{
    expect("input d[n7] = 1\ninput d[n5] = 2", "input d[n7] = 1\ninput d[n5] = 3",
           "input d[n7] = 1\ninput d[n5] = 2\nscenario side a {\n}\n", "scenario side b { set d[n5] = 3 }\n");
    expect("input d[n7] = 1", "input d[n5] = 3", "input d[n7] = 1\ninput d[n5] = 3\nscenario side a {\n}\n", "scenario side b {\n}\n");
    expect("input d[p in i] = 1", "input d[n5] = 3", "input d[p in i] = 1\nscenario side a {\n}\n", "scenario side b { set d[n5] = 3 }\n");
}

Test(merge, tables_are_set_member_by_member)
{
    expect("input x[k in i] = (p: 1, q: 2)", "input x[k in i] = (p: 1, q: 2 to 3)", "input x[k in i] = (p: 1, q: 2)\nscenario side a {\n}\n",
           "scenario side b { set x[q] = 2 to 3 }\n");
}

Test(merge, a_unit_that_one_writes_is_that_of_both)
{
    expect("input x = 1 m", "input x : m = 2", "input x : m = 1 m\nscenario side a {\n}\n", "scenario side b { set x = 2 }\n");
}

Test(merge, what_each_sets_and_assumes_is_its_own)
{
    expect("set x = 1\nassume y < 2", "set x = 2", "scenario side a {\n  set x = 1\n  assume y < 2\n}\n", "scenario side b { set x = 2 }\n");
    expect("set x = 1\nset y = 2", "set x = 1", "set x = 1\nscenario side a { set y = 2 }\n", "scenario side b {\n}\n");
}

Test(merge, a_set_stands_before_a_declaration)
{
    expect("input x = 1", "input x = 2\nset x = 3", "input x = 1\nscenario side a {\n}\n", "scenario side b { set x = 3 }\n");
}

Test(merge, what_the_other_takes_in_counts_for_both)
{
    const struct put_together it = merge_with("set x = 1", "set y = 2", true, NULL);
    cr_expect_str_eq(it.a, "set x = 1\nscenario side a {\n}\n", "%s", it.a);
    cr_expect_str_eq(it.b, "scenario side b { set y = 2 }\n", "%s", it.b);
}

Test(merge, the_command_line_stands_before_both)
{
    const struct parsed line = parsed_string("set x = 9");
    const struct put_together it = merge_with("set x = 1\nset y = 1", "set x = 2", false, line.tree->items);
    cr_expect_str_eq(it.a, "scenario side a { set y = 1 }\n", "%s", it.a);
    cr_expect_str_eq(it.b, "scenario side b {\n}\n", "%s", it.b);
}

Test(merge, claims_with_one_meaning_stand_once)
{
    expect("claim c \"One\" by \"me\" : x > 1 expect supported", "claim c \"Two\" : x > 1 rebuts other",
           "claim c \"One\" by \"me\" : x > 1\nscenario side a {\n}\n", "scenario side b {\n}\n");
}

Test(merge, claims_with_two_meanings_are_both_compared)
{
    const struct put_together it = merge_with("claim c : x > 1", "claim c : x > 2\nclaim d : c or x > 3", false, NULL);
    cr_expect_str_eq(it.a, "claim c : x > 1\nscenario side a {\n}\n", "%s", it.a);
    cr_expect_str_eq(it.b, "claim c.b : x > 2\nclaim d : c.b or x > 3\nscenario side b {\n}\n", "%s", it.b);
    cr_assert_eq(it.merged.worded_count, 1);
    cr_expect(text_is(it.merged.worded[0].name, "c") && text_is(it.merged.worded[0].other, "c.b"));
    cr_expect_eq(merge_with("claim c : x > 1", "claim c : x > 1 level 95%", false, NULL).merged.worded_count, 1);
}

Test(merge, scenarios_with_two_contents_are_both_kept)
{
    expect("scenario s { set x = 1 }", "scenario s { set x = 2 }\nclaim c under s : x > 1 and x under s > 2",
           "scenario s { set x = 1 }\nscenario side a {\n}\n",
           "scenario s.b { set x = 2 }\nclaim c under s.b : x > 1 and x under s.b > 2\nscenario side b {\n}\n");
}

Test(merge, frames_must_agree)
{
    expect_conflict("timeline 2025 .. 2030 by year", "timeline 2025 .. 2031 by year", "step through time differently");
    expect_conflict("index i = p, q", "index i = p, r", "different members");
    expect_conflict("unit u = 3 m", "unit u = 4 m", "two meanings");
    expect_conflict("def f(x) = x", "def f(x) = 2 * x", "one function differently");
    expect_conflict("input x : m = 1", "input x : km = 1", "different units");
    expect_conflict("let y[k in i] = 1", "let y[j in i] = 2", "different letters");
    expect_conflict("input x = 1", "claim x : y > 1", "one name for different things");
    expect_conflict("input x = 1 to 2 correlated with y 0.5", "input x = 1 to 3", "correlate");
}

Test(merge, what_was_read_is_not_changed)
{
    const struct parsed b = parsed_string("claim c : x > 2\nset y = 1");
    const struct parsed a = parsed_string("claim c : x > 1\nset y = 2");
    const char *before = printed_tree(b.tree);
    const struct merge_side sides[2] = {{a.tree, TEXT("a"), false}, {b.tree, TEXT("b"), false}};
    struct merged merged;
    merge_sides(parsed_arena(), sides, NULL, b.diags, &merged);
    cr_expect_str_eq(printed_tree(b.tree), before);
}
