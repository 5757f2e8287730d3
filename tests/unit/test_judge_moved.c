// Flips of inputs that act through an estimated number, against closed forms.
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "tests/support/judge_model.h"

#define Z90 1.2815515655446004

// Flips of these estimates lie within about three standard errors of 4096 futures.
static void flips_near(const struct verdict *verdict, const char *name, double at, double slack)
{
    const struct crux *crux = hand_crux(verdict, name);
    cr_assert(crux, "no crux %s", name);
    cr_assert_eq(crux->flip_count, 1, "%s flips %zu times", name, crux->flip_count);
    cr_assert_float_eq(crux->nearest, at, slack, "%s flips at %g, not %g", name, crux->nearest, at);
}

// probability(x + b > 0) > 90 % for a standard normal x: from b = z90. With x fixed it is 0 or 1: above 0 for b = 0.
Test(judge_moved, bounds_inside_a_probability)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_NORMAL, 0, 1), b = hand_input(hand, "b", LAW_BOUNDS, -3, 3);
    value_id probability = hand_aggregate(hand, AGGREGATE_PROBABILITY, hand_op(hand, OP_GT, hand_op(hand, OP_ADD, x, b), hand_const(hand, 0)), NO_VALUE, 0);
    hand_claim(hand, "likely", NO_VALUE, hand_op(hand, OP_GT, probability, hand_const(hand, 0.9)));
    struct verdict verdict = hand_judge(hand)->verdicts[0];
    cr_assert_eq(verdict.kind, VERDICT_SENSITIVE);
    flips_near(&verdict, "b", Z90, 0.08);
    cr_assert_not(hand_crux(&verdict, "b")->holds_below);
    cr_assert_not(hand_crux(&verdict, "b")->beyond);
    flips_near(&verdict, "x", 0, 0.01);
    hand_free(hand);
}

// The expected value of x + b is b; the p90 of x * s is s z90; y takes part outside the number only.
Test(judge_moved, means_quantiles_and_inputs_outside)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_NORMAL, 0, 1), b = hand_input(hand, "b", LAW_UNIFORM, -3, 3), s = hand_input(hand, "s", LAW_BOUNDS, 0.5, 3);
    value_id y = hand_input(hand, "y", LAW_UNIFORM, 0, 4);
    value_id mean = hand_aggregate(hand, AGGREGATE_EXPECTED, hand_op(hand, OP_ADD, x, b), NO_VALUE, 0);
    value_id high = hand_aggregate(hand, AGGREGATE_QUANTILE, hand_op(hand, OP_MUL, x, s), NO_VALUE, 0.9);
    hand_claim(hand, "mean", NO_VALUE, hand_op(hand, OP_LT, mean, hand_const(hand, 1)));
    hand_claim(hand, "high", NO_VALUE, hand_op(hand, OP_LT, high, y));
    struct results *results = hand_judge(hand);
    flips_near(&results->verdicts[0], "b", 1, 0.05);
    flips_near(&results->verdicts[1], "s", 2 / Z90, 0.1);
    flips_near(&results->verdicts[1], "y", 1.75 * Z90, 0.02);
    hand_free(hand);
}

// A number inside a number: probability(x > median(z + b)) > 84.1345 % asks for a median below -1.
Test(judge_moved, through_an_inner_number)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_NORMAL, 0, 1), z = hand_input(hand, "z", LAW_NORMAL, 0, 1), b = hand_input(hand, "b", LAW_BOUNDS, -3, 3);
    value_id median = hand_aggregate(hand, AGGREGATE_MEDIAN, hand_op(hand, OP_ADD, z, b), NO_VALUE, 0);
    value_id probability = hand_aggregate(hand, AGGREGATE_PROBABILITY, hand_op(hand, OP_GT, x, median), NO_VALUE, 0);
    hand_claim(hand, "outer", NO_VALUE, hand_op(hand, OP_GT, probability, hand_const(hand, 0.841344746)));
    struct verdict verdict = hand_judge(hand)->verdicts[0];
    flips_near(&verdict, "b", -1, 0.12);
    hand_free(hand);
}

// What is discrete is enumerated: 1/4 + 3/4 p heads or better; no sampling error then.
Test(judge_moved, choices_are_exact)
{
    static const double values[] = {0, 1}, weights[] = {0.25, 0.75};
    struct hand *hand = hand_new();
    value_id coin = hand_choice(hand, "coin", 2, values, weights), b = hand_input(hand, "b", LAW_BOUNDS, 0, 1);
    value_id mean = hand_aggregate(hand, AGGREGATE_EXPECTED, hand_op(hand, OP_ADD, coin, b), NO_VALUE, 0);
    value_id possible = hand_aggregate(hand, AGGREGATE_POSSIBLE, hand_op(hand, OP_GT, hand_op(hand, OP_ADD, coin, b), hand_const(hand, 1.5)), NO_VALUE, 0);
    hand_claim(hand, "mean", NO_VALUE, hand_op(hand, OP_GT, mean, hand_const(hand, 1)));
    hand_claim(hand, "possible", NO_VALUE, possible);
    struct results *results = hand_judge(hand);
    flips_near(&results->verdicts[0], "b", 0.25, 1e-3);
    // b may stand anywhere in what is possible, until it is moved itself; heads has to stay possible.
    flips_near(&results->verdicts[1], "b", 0.5, 1e-3);
    const struct crux *coin_crux = hand_crux(&results->verdicts[1], "coin");
    cr_assert(coin_crux->choice && coin_crux->flip_count == 1 && coin_crux->flips_at[0] == 0);
    hand_free(hand);
}
