// Two scenarios compared: shares and switching sets against closed forms.
#include <criterion/criterion.h>
#include <math.h>

#include "tests/support/compared.h"
#include "tests/support/observed.h"

static double below(double z)
{
    return 0.5 * erfc(-z / sqrt(2));
}

static double share_of(struct compared_case *it, const char *claim, const char *item)
{
    const struct compared_item *found = compared_item(it, compared_claim(it, claim), item);
    cr_assert(found, "%s does not reach %s", item, claim);
    return found->share;
}

// P(x + p + q > 1) = below(p + q - 1): the mean over both orders of what each adds.
Test(compare, two_shifts_of_a_normal)
{
    struct compared_case it;
    compared_open(&it, "input x : 1 = normal(0, 1)\n"
                       "input p : 1 = 0\n"
                       "let q = 0\n"
                       "claim up : x + p + q > 1\n"
                       "claim still : x > 3\n"
                       "scenario a { }\n"
                       "scenario b { set p = 2 set q = 1 }\n");
    compared_scenarios(&it, "a", "b");
    cr_assert_eq(it.blend->item_count, 2);
    cr_expect_str_eq(it.blend->items[0].said[0], "0");
    cr_expect_str_eq(it.blend->items[0].said[1], "2");
    cr_expect_str_eq(it.blend->items[1].said[0], "0");
    const struct compared_claim *up = compared_claim(&it, "up");
    const double none = below(-1), p = below(1), q = below(0), both = below(2);
    cr_expect(up->differs);
    cr_expect(up->exact);
    cr_expect_eq(up->coalitions, 4);
    cr_expect_eq(up->sides[0].kind, VERDICT_SENSITIVE);
    cr_expect_eq(up->sides[1].kind, VERDICT_SUPPORTED);
    cr_expect_float_eq(up->change, both - none, 1e-3);
    cr_expect_float_eq(share_of(&it, "up", "p"), (p - none + both - q) / 2, 1e-3);
    cr_expect_float_eq(share_of(&it, "up", "q"), (q - none + both - p) / 2, 1e-3);
    cr_expect_float_eq(compared_item(&it, up, "p")->first, p - none, 1e-3);
    cr_expect_float_eq(compared_item(&it, up, "p")->last, both - q, 1e-3);
    cr_expect_str_eq(compared_sets(&it, up), "p q");
    cr_expect_not(compared_claim(&it, "still")->differs);
    cr_expect_eq(it.compared->idle_count, 0);
    compared_close(&it);
}

// ---- data ----------------------------------------------------------------------------------------------------------------

static const struct observed_row rows[] = {
    {"one.x", "1", "0", "", "4", "", "2025", "2025-02", "ft", "stated"},
    {"one.x", "1", "1", "", "9", "", "2025", "2025-06", "ft", "stated"},
    {"one.y", "1", "", "2", "", "", "2025", "2025-02", "ft", "stated"},
    {"one.y", "1", "", "3", "", "", "2025", "2025-06", "ft", "stated"},
    {"one.same", "1", "", "5", "", "", "2025", "2025-02", "ft", "stated"},
    {"one.new", "1", "", "5", "", "", "2025", "2025-06", "ft", "stated"},
    {"one.z", "1", "1", "", "2", "", "2025", "2025-02", "ft", "stated"},
};
static const struct observed store = {rows, sizeof rows / sizeof *rows};

Test(compare, new_data)
{
    struct compared_case it;
    compared_data(&it,
                  "input x : 1 = data \"one.x\"\n"
                  "input y : 1 = data \"one.y\"\n"
                  "input same : 1 = data \"one.same\"\n"
                  "input new : 1 = data \"one.new\"\n"
                  "input z : 1 = data \"one.z\"\n"
                  "claim both : x + y > 4.5\n"
                  "claim needs_new : new + y > 0\n"
                  "claim still : z + same > 6\n",
                  &store, "2025-04", "2025-08");
    cr_assert_eq(it.blend->item_count, 3);
    cr_expect_null(it.blend->before);
    cr_expect_eq(it.blend->items[2].laws[0], NULL);
    cr_expect_str_eq(it.blend->items[1].said[0], "2");
    cr_expect_str_eq(it.blend->items[0].said[1], "1 to 9");
    const struct compared_claim *both = compared_claim(&it, "both"), *needs = compared_claim(&it, "needs_new");
    cr_expect(both->differs);
    cr_expect_eq(both->item_count, 2);
    cr_expect_float_eq(both->change, share_of(&it, "both", "x") + share_of(&it, "both", "y"), 1e-12);
    cr_expect(needs->differs);
    cr_expect_eq(needs->sides[0].kind, VERDICT_BLOCKED);
    cr_expect_neq(needs->sides[0].reason, NULL);
    cr_expect_eq(needs->sides[1].kind, VERDICT_SUPPORTED);
    cr_expect(isnan(needs->change));
    cr_expect_not(compared_claim(&it, "still")->differs);
    compared_close(&it);
}

// The members are those of the data: that is one thing, and the laws are others.
static const struct observed_row grown[] = {
    {"thing.a.size", "1", "", "2", "", "", "2025", "2025-02", "ft", "stated"}, {"thing.b.size", "1", "", "3", "", "", "2025", "2025-02", "ft", "stated"},
    {"thing.a.size", "1", "", "4", "", "", "2025", "2025-06", "ft", "stated"}, {"thing.c.size", "1", "", "5", "", "", "2025", "2025-06", "ft", "stated"},
};
static const struct observed more = {grown, sizeof grown / sizeof *grown};

Test(compare, another_member)
{
    struct compared_case it;
    compared_data(&it,
                  "index thing = data \"thing.*\"\n"
                  "input size[t in thing] : 1 = data \"thing.{t}.size\"\n"
                  "input noise : 1 = normal(0, 0.1)\n"
                  "let total = sum(size[t] over t in thing)\n"
                  "claim large : total + noise > 9\n"
                  "claim each[t in thing] : size[t] > 2.5\n",
                  &more, "2025-04", "2025-08");
    cr_assert_eq(it.blend->item_count, 2);
    cr_assert_neq(it.blend->before, NULL);
    cr_expect_eq(it.blend->items[0].kind, BLEND_STRUCTURE);
    cr_expect_str_eq(it.blend->items[0].said[0], "index thing { a, b }");
    const struct compared_claim *large = compared_claim(&it, "large");
    cr_expect_eq(large->sides[0].kind, VERDICT_REFUTED);
    cr_expect_eq(large->sides[1].kind, VERDICT_SUPPORTED);
    cr_expect_str_eq(compared_sets(&it, large), "members and present");
    cr_expect_float_eq(large->change, 1, 1e-9);
    cr_expect_float_eq(compared_item(&it, large, "members and present")->share, 1, 1e-9);
    cr_expect_eq(compared_claim(&it, "each[c]")->sides[0].kind, VERDICT_BLOCKED);
    cr_expect_eq(compared_claim(&it, "each[a]")->sides[1].kind, VERDICT_SUPPORTED);
    compared_close(&it);
}
