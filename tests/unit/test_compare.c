// Two scenarios compared: shares and switching sets against closed forms.
#include <criterion/criterion.h>
#include <math.h>

#include "tests/support/compared.h"

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
