// Flip points and expectations of models with planted thresholds.
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "tests/support/judge_model.h"

// x ~ normal(10, 2): p5 .. p95 is 10 +- 3.2897, half-width 3.2897.
static const double half = 2 * 1.6448536269514722;

Test(judge_flip, inside_and_beyond_the_range)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_NORMAL, 10, 2), y = hand_input(hand, "y", LAW_NORMAL, 1, 0.1);
    value_id still = hand_input(hand, "still", LAW_NORMAL, 0, 1), far = hand_op(hand, OP_LT, still, hand_const(hand, 99));
    // x * y < 12: x alone flips at 12, y alone at 1.2.
    hand_claim(hand, "product", NO_VALUE, hand_op(hand, OP_AND, far, hand_op(hand, OP_LT, hand_op(hand, OP_MUL, x, y), hand_const(hand, 12))));
    struct verdict verdict = hand_judge(hand)->verdicts[0];
    cr_assert_eq(verdict.crux_count, 3);
    const struct crux *first = hand_crux(&verdict, "x"), *second = hand_crux(&verdict, "y"), *third = hand_crux(&verdict, "still");
    cr_assert_eq(first->flip_count, 1);
    cr_assert_float_eq(first->nearest, 12, 1e-5);
    cr_assert_float_eq(first->distance, 2 / half, 1e-5);
    cr_assert(first->holds_below && !first->beyond);
    cr_assert_float_eq(second->nearest, 1.2, 1e-6);
    cr_assert(second->beyond);
    cr_assert_float_eq(second->distance, 0.2 / (0.05 * half), 1e-4);
    cr_assert_eq(third->flip_count, 0);
    cr_assert(isinf(third->distance));
    // Nearest first, those without a flip last.
    cr_assert_eq(&verdict.cruxes[0], first);
    cr_assert_eq(&verdict.cruxes[2], third);
    hand_free(hand);
}

Test(judge_flip, every_flip_is_found)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, -10, 10);
    value_id square = hand_op(hand, OP_MUL, x, x);
    value_id ring = hand_op(hand, OP_AND, hand_op(hand, OP_LT, hand_const(hand, 4), square), hand_op(hand, OP_LT, square, hand_const(hand, 49)));
    hand_claim(hand, "ring", NO_VALUE, ring);
    struct verdict verdict = hand_judge(hand)->verdicts[0];
    const struct crux *crux = hand_crux(&verdict, "x");
    cr_assert_eq(crux->flip_count, 4);
    const double expected[] = {-7, -2, 2, 7};
    for (size_t i = 0; i < 4; i++)
        cr_assert_float_eq(crux->flips_at[i], expected[i], 1e-5);
    hand_free(hand);
}

Test(judge_flip, natural_limits_are_kept)
{
    struct hand *hand = hand_new();
    value_id share = hand_input(hand, "share", LAW_UNIFORM, 0.4, 0.8), size = hand_input(hand, "size", LAW_SPREAD_LOGNORMAL, 1, 10);
    hand->variables[0].type.fraction = true;
    // They would need a share above 1 and a negative size.
    hand_claim(hand, "share", NO_VALUE, hand_op(hand, OP_LT, share, hand_const(hand, 1.001)));
    hand_claim(hand, "size", NO_VALUE, hand_op(hand, OP_LT, hand_const(hand, -1), size));
    hand_claim(hand, "small", NO_VALUE, hand_op(hand, OP_LT, hand_const(hand, 0.01), size));
    struct results *results = hand_judge(hand);
    cr_assert_eq(hand_crux(&results->verdicts[0], "share")->flip_count, 0);
    cr_assert_eq(hand_crux(&results->verdicts[1], "size")->flip_count, 0);
    const struct crux *small = hand_crux(&results->verdicts[2], "size");
    cr_assert_eq(small->flip_count, 1);
    cr_assert_float_eq(small->nearest, 0.01, 1e-7);
    cr_assert(small->beyond && !small->holds_below);
    hand_free(hand);
}

Test(judge_flip, leaving_the_premise_is_no_flip)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_NORMAL, 10, 2);
    value_id premise = hand_op(hand, OP_LT, x, hand_const(hand, 11)), conclusion = hand_op(hand, OP_LT, x, hand_const(hand, 8));
    hand_claim(hand, "relevant", premise, conclusion);
    value_id other = hand_op(hand, OP_LT, hand_const(hand, 11), x);
    hand_claim(hand, "irrelevant", other, hand_op(hand, OP_LT, x, hand_const(hand, 13)));
    struct results *results = hand_judge(hand);
    const struct crux *crux = hand_crux(&results->verdicts[0], "x");
    cr_assert_eq(crux->flip_count, 1);
    cr_assert_float_eq(crux->nearest, 8, 1e-5);
    // Centrally x = 10 makes the second claim silent: what is followed is "x > 11 implies x < 13".
    crux = hand_crux(&results->verdicts[1], "x");
    cr_assert_eq(crux->flip_count, 1);
    cr_assert_float_eq(crux->nearest, 13, 1e-5);
    hand_free(hand);
}

Test(judge_flip, bounds_and_choices)
{
    static const double values[] = {1, 2, 3}, weights[] = {0.2, 0.5, 0.3};
    struct hand *hand = hand_new();
    value_id u = hand_input(hand, "u", LAW_BOUNDS, 0, 4), c = hand_choice(hand, "c", 3, values, weights);
    hand_claim(hand, "sum", NO_VALUE, hand_op(hand, OP_LT, hand_op(hand, OP_ADD, u, c), hand_const(hand, 4.5)));
    struct verdict verdict = hand_judge(hand)->verdicts[0];
    const struct crux *bounds = hand_crux(&verdict, "u"), *choice = hand_crux(&verdict, "c");
    cr_assert_float_eq(bounds->nearest, 2.5, 1e-6);
    cr_assert_float_eq(bounds->distance, 0.25, 1e-6);
    cr_assert_eq(choice->flip_count, 1);
    cr_assert_eq(choice->flips_at[0], 3);
    cr_assert(choice->holds_below);
    hand_free(hand);
}

Test(judge_flip, expectations)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x[a]", LAW_NORMAL, 10, 2), y = hand_input(hand, "y", LAW_NORMAL, 0, 1e-6);
    value_id claim = hand_op(hand, OP_LT, hand_op(hand, OP_ADD, x, y), hand_const(hand, 11));
    for (size_t i = 0; i < 4; i++)
        hand_claim(hand, "claim", NO_VALUE, claim);
    const struct text cruxes[] = {TEXT("x"), TEXT("y")};
    const struct expectation expectations[] = {{.verdict = VERDICT_SENSITIVE, .cruxes = cruxes, .crux_count = 1},
                                               {.verdict = VERDICT_SENSITIVE, .cruxes = cruxes, .crux_count = 2},
                                               {.verdict = VERDICT_SUPPORTED},
                                               {.verdict = VERDICT_SENSITIVE, .scenario = &hand->baseline}};
    for (size_t i = 0; i < 4; i++) {
        hand->claims[i].expectations = &expectations[i];
        hand->claims[i].expectation_count = 1;
    }
    hand->claims[3].expectations = &expectations[2];
    hand->claims[3].expectation_count = 2; // the scenario's own goes first
    struct results *results = hand_judge(hand);
    cr_assert(results->verdicts[0].as_expected, "%s", results->verdicts[0].unexpected);
    cr_assert_not(results->verdicts[1].as_expected);
    cr_assert_str_eq(results->verdicts[1].unexpected, "expected sensitive to `y`, but moved over its range it hardly changes the claim");
    cr_assert_str_eq(results->verdicts[2].unexpected, "expected supported, found sensitive");
    cr_assert(results->verdicts[3].as_expected);
    cr_assert_not(results->verdicts[2].as_expected);
    hand_free(hand);
}

// An input that flips nothing while the others are central, and much when they are not.
Test(judge_flip, an_input_may_matter_without_flipping_alone)
{
    static const double values[] = {0, 1}, weights[] = {0.55, 0.45};
    struct hand *hand = hand_new();
    value_id gate = hand_choice(hand, "gate", 2, values, weights), x = hand_input(hand, "x", LAW_NORMAL, 0, 1);
    hand_claim(hand, "gated", NO_VALUE, hand_op(hand, OP_LT, hand_op(hand, OP_MUL, gate, x), hand_const(hand, 0.5)));
    const struct text cruxes[] = {TEXT("x")};
    const struct expectation expectation = {.verdict = VERDICT_SENSITIVE, .cruxes = cruxes, .crux_count = 1};
    hand->claims[0].expectations = &expectation;
    hand->claims[0].expectation_count = 1;
    struct verdict verdict = hand_judge(hand)->verdicts[0];
    cr_assert_eq(verdict.kind, VERDICT_SENSITIVE);
    cr_assert_eq(hand_crux(&verdict, "x")->flip_count, 0);
    cr_assert(verdict.as_expected, "%s", verdict.unexpected);
    hand_free(hand);
}
