// Crux scores against closed forms.
#include <criterion/criterion.h>
#include <math.h>

#include "judge/information.h"
#include "tests/support/judge_model.h"

static const double yes_no[] = {1, 0}, even[] = {0.5, 0.5};

static double entropy(double p)
{
    return -p * log2(p) - (1 - p) * log2(1 - p);
}

// Within four standard errors, and what bins of at most 1/64 of the futures may hide.
static void is_near(const struct crux *crux, double bits)
{
    cr_assert_not_null(crux);
    cr_assert(fabs(crux->score.bits - bits) < 4 * crux->score.bits_error + 1.0 / 64, "%.*s: %g +- %g, not %g", TEXT_ARGS(crux->name),
              crux->score.bits, crux->score.bits_error, bits);
}

Test(judge_score, one_threshold_settles_all)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1);
    hand_claim(hand, "c", NO_VALUE, hand_op(hand, OP_LT, x, hand_const(hand, 0.3)));
    struct verdict verdict = hand_judge(hand)->verdicts[0];
    cr_assert_float_eq(verdict.entropy, entropy(0.3), 0.01);
    is_near(hand_crux(&verdict, "x"), entropy(0.3));
    cr_assert(hand_crux(&verdict, "x")->score.share > 0.97 && hand_crux(&verdict, "x")->score.share <= 1);
    hand_free(hand);
}

Test(judge_score, two_halves_of_an_and)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), y = hand_input(hand, "y", LAW_NORMAL, 0, 1), still = hand_input(hand, "still", LAW_UNIFORM, 0, 1);
    value_id both = hand_op(hand, OP_AND, hand_op(hand, OP_LT, x, hand_const(hand, 0.5)), hand_op(hand, OP_LT, y, hand_const(hand, 0)));
    hand_claim(hand, "c", NO_VALUE, hand_op(hand, OP_OR, both, hand_op(hand, OP_LT, still, hand_const(hand, -1))));
    struct verdict verdict = hand_judge(hand)->verdicts[0];
    double bits = entropy(0.25) - 0.5;
    is_near(hand_crux(&verdict, "x"), bits);
    is_near(hand_crux(&verdict, "y"), bits);
    cr_assert_eq(hand_crux(&verdict, "still")->score.bits, 0);
    cr_assert_float_eq(hand_crux(&verdict, "x")->score.share, bits / entropy(0.25), 0.03);
    hand_free(hand);
}

Test(judge_score, neither_half_of_an_exclusive_or)
{
    struct hand *hand = hand_new();
    value_id a = hand_choice(hand, "a", 2, yes_no, even), b = hand_choice(hand, "b", 2, yes_no, even);
    hand_claim(hand, "c", NO_VALUE, hand_op(hand, OP_NE, a, b));
    struct verdict verdict = hand_judge(hand)->verdicts[0];
    cr_assert_float_eq(verdict.entropy, 1, 0.001);
    cr_assert_eq(hand_crux(&verdict, "a")->score.bits, 0);
    cr_assert_eq(hand_crux(&verdict, "b")->score.bits, 0);
    hand_free(hand);
}

Test(judge_score, a_choice_by_its_values)
{
    struct hand *hand = hand_new();
    static const double values[] = {5, 1, 3};
    value_id way = hand_choice(hand, "way", 3, values, NULL), x = hand_input(hand, "x", LAW_UNIFORM, 0, 4);
    hand_claim(hand, "c", NO_VALUE, hand_op(hand, OP_LT, x, way));
    struct verdict verdict = hand_judge(hand)->verdicts[0];
    // x < way with 1, 1/4 and 3/4.
    is_near(hand_crux(&verdict, "way"), entropy(2.0 / 3) - (entropy(0.25) + entropy(0.75)) / 3);
    hand_free(hand);
}

Test(judge_score, those_that_flip_nothing_alone_are_ordered_by_it)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), y = hand_input(hand, "y", LAW_UNIFORM, 0, 1), z = hand_input(hand, "z", LAW_UNIFORM, 0, 1);
    // In the central future x and y both fail, so that none flips it alone; the rarer a condition, the more it tells.
    value_id failing[] = {hand_op(hand, OP_LT, x, hand_const(hand, 0.25)), hand_op(hand, OP_LT, y, hand_const(hand, 0.45)), hand_op(hand, OP_LT, z, hand_const(hand, 0.9))};
    hand_claim(hand, "c", NO_VALUE, hand_op(hand, OP_AND, hand_op(hand, OP_AND, failing[0], failing[1]), failing[2]));
    struct verdict verdict = hand_judge(hand)->verdicts[0];
    cr_assert_eq(verdict.cruxes[0].flip_count, 0);
    cr_assert(text_is(verdict.cruxes[0].name, "x"));
    cr_assert(text_is(verdict.cruxes[2].name, "z"));
    hand_free(hand);
}

Test(judge_score, nothing_to_learn_where_the_truth_is_one)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1);
    hand_claim(hand, "always", NO_VALUE, hand_op(hand, OP_LT, x, hand_const(hand, 2)));
    hand_claim(hand, "nearly", NO_VALUE, hand_op(hand, OP_LT, x, hand_const(hand, 0.9999)));
    struct results *results = hand_judge(hand);
    const struct verdict *verdicts = results->verdicts;
    cr_assert_eq(verdicts[0].entropy, 0);
    cr_assert_eq(hand_crux(&verdicts[0], "x")->score.bits, 0);
    cr_assert_eq(hand_crux(&verdicts[0], "x")->score.share, 0);
    // Too few futures fail to say what it has to do with x.
    cr_assert(verdicts[1].entropy > 0 && isnan(hand_crux(&verdicts[1], "x")->score.bits));
    hand_free(hand);
}

Test(judge_score, a_rare_outcome_at_the_end_of_a_range)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_NORMAL, 0, 1), y = hand_input(hand, "y", LAW_NORMAL, 0, 1), still = hand_input(hand, "still", LAW_NORMAL, 0, 1);
    value_id far = hand_op(hand, OP_LT, still, hand_const(hand, 99));
    hand_claim(hand, "high", NO_VALUE, hand_op(hand, OP_AND, far, hand_op(hand, OP_LT, x, hand_const(hand, 2.7))));
    hand_claim(hand, "low", NO_VALUE, hand_op(hand, OP_AND, far, hand_op(hand, OP_LT, hand_const(hand, -2.7), y)));
    struct results *results = hand_judge(hand);
    cr_assert_gt(hand_crux(&results->verdicts[0], "x")->score.share, 0.8);
    cr_assert_gt(hand_crux(&results->verdicts[1], "y")->score.share, 0.8);
    cr_assert_eq(hand_crux(&results->verdicts[0], "still")->score.bits, 0);
    hand_free(hand);
}

Test(judge_score, counts_give_bits)
{
    // Two bins that say all, in two batches.
    const struct truth_counts all[] = {{{50, 0}}, {{0, 50}}, {{50, 0}}, {{0, 50}}};
    cr_assert_float_eq(information_of(all, 2, 2).bits, 1, 0.01);
    const struct truth_counts none[] = {{{25, 25}}, {{25, 25}}, {{25, 25}}, {{25, 25}}};
    cr_assert_eq(information_of(none, 2, 2).bits, 0);
    const struct truth_counts empty[] = {{{0, 0}}, {{0, 0}}};
    cr_assert_eq(information_of(empty, 1, 2).bits, 0);
    cr_assert_eq(entropy_of(0), 0);
    cr_assert_float_eq(entropy_of(0.5), 1, 1e-15);
}
