// Boxes of failures: planted ones come out, noise gives none.
#include <criterion/criterion.h>
#include <math.h>

#include "tests/support/judge_model.h"

enum { INPUTS = 12 };

static const char *const names[INPUTS] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"};

// Inputs between 0 and 1, and the truth that each of the first `dimensions` lies between low and high.
static value_id plant(struct hand *hand, value_id *inputs, int dimensions, double low, double high)
{
    for (int i = 0; i < INPUTS; i++)
        inputs[i] = hand_input(hand, names[i], LAW_UNIFORM, 0, 1);
    value_id inside = hand_const(hand, 1);
    for (int i = 0; i < dimensions; i++) {
        inside = hand_op(hand, OP_AND, inside, hand_op(hand, OP_LT, hand_const(hand, low), inputs[i]));
        inside = hand_op(hand, OP_AND, inside, hand_op(hand, OP_LT, inputs[i], hand_const(hand, high)));
    }
    return inside;
}

// Reaches the claim, and changes nothing.
static value_id with_idle(struct hand *hand, value_id truth, const value_id *inputs)
{
    value_id sum = inputs[0];
    for (int i = 1; i < INPUTS; i++)
        sum = hand_op(hand, OP_ADD, sum, inputs[i]);
    return hand_op(hand, OP_AND, truth, hand_op(hand, OP_LT, sum, hand_const(hand, 99)));
}

static void is_recovered(int dimensions, double low, double high)
{
    struct hand *hand = hand_new();
    value_id inputs[INPUTS], inside = plant(hand, inputs, dimensions, low, high);
    hand_claim(hand, "c", NO_VALUE, with_idle(hand, hand_op(hand, OP_NOT, inside, NO_VALUE), inputs));
    const struct failing_box *box = hand_judge(hand)->verdicts[0].failing;
    cr_assert_not_null(box, "%d dimensions", dimensions);
    cr_assert_not(box->holds);
    cr_assert_eq(box->count, (size_t)dimensions, "%zu sides of %d", box->count, dimensions);
    for (size_t i = 0; i < box->count; i++) {
        cr_assert_lt(box->sides[i].variable, (size_t)dimensions);
        cr_assert(low > 0 ? fabs(box->sides[i].low - low) < 0.04 : box->sides[i].low == -INFINITY, "%g", box->sides[i].low);
        cr_assert(high < 1 ? fabs(box->sides[i].high - high) < 0.04 : box->sides[i].high == INFINITY, "%g", box->sides[i].high);
    }
    cr_assert_gt(box->coverage, 0.8);
    cr_assert_gt(box->density, 0.9);
    cr_assert_float_eq(box->mass, pow(high - low, dimensions), 0.1 * pow(high - low, dimensions) + 0.005);
    hand_free(hand);
}

Test(judge_box, planted_boxes_are_recovered)
{
    is_recovered(2, 0.2, 0.6);
    is_recovered(3, 0, 0.5);
    is_recovered(5, 0.3, 1);
    is_recovered(10, 0, 0.8);
}

Test(judge_box, a_noisy_box_is_measured_honestly)
{
    struct hand *hand = hand_new();
    value_id inputs[INPUTS], inside = plant(hand, inputs, 2, 0, 0.4);
    // The last two inputs are noise: it fails in 90 % of the box, and in 2 % of what is outside.
    value_id mostly = hand_op(hand, OP_LT, inputs[10], hand_const(hand, 0.9)), seldom = hand_op(hand, OP_LT, inputs[11], hand_const(hand, 0.02));
    value_id fails = hand_op(hand, OP_OR, hand_op(hand, OP_AND, inside, mostly), hand_op(hand, OP_AND, hand_op(hand, OP_NOT, inside, NO_VALUE), seldom));
    hand_claim(hand, "c", NO_VALUE, hand_op(hand, OP_NOT, fails, NO_VALUE));
    const struct failing_box *box = hand_judge(hand)->verdicts[0].failing;
    cr_assert_not_null(box);
    // The noise below 0.9 is an input like any other, and a true side of the box.
    cr_assert_leq(box->count, 3);
    cr_assert_eq(box->sides[0].variable + box->sides[1].variable, 1);
    cr_assert_float_eq(box->sides[0].high, 0.4, 0.03);
    cr_assert_float_eq(box->coverage, 0.9, 0.06);
    cr_assert_gt(box->density, 0.85);
    hand_free(hand);
}

Test(judge_box, what_mostly_fails_has_a_box_where_it_holds)
{
    struct hand *hand = hand_new();
    static const double yes_no[] = {1, 0}, weights[] = {0.3, 0.7};
    value_id flag = hand_choice(hand, "flag", 2, yes_no, weights), x = hand_input(hand, "x", LAW_NORMAL, 10, 2);
    hand_claim(hand, "c", NO_VALUE, hand_op(hand, OP_AND, flag, hand_op(hand, OP_LT, hand_const(hand, 10), x)));
    const struct failing_box *box = hand_judge(hand)->verdicts[0].failing;
    cr_assert_not_null(box);
    cr_assert(box->holds);
    cr_assert_eq(box->count, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct box_side *side = &box->sides[i];
        if (side->variable == 0)
            cr_assert(side->low == 1 && side->high == 1);
        else
            cr_assert(fabs(side->low - 10) < 0.1 && side->high == INFINITY);
    }
    cr_assert_gt(box->density, 0.95);
    hand_free(hand);
}

Test(judge_box, noise_has_none)
{
    struct hand *hand = hand_new();
    value_id inputs[INPUTS];
    plant(hand, inputs, 0, 0, 1);
    // Whether the digits far behind the point of a sum are small: no box over few inputs holds that.
    value_id sum = inputs[0];
    for (int i = 1; i < INPUTS; i++)
        sum = hand_op(hand, OP_ADD, sum, inputs[i]);
    value_id large = hand_op(hand, OP_MUL, sum, hand_const(hand, 12345.678));
    value_id rest = hand_op(hand, OP_SUB, large, hand_op(hand, OP_FLOOR, large, NO_VALUE));
    hand_claim(hand, "c", NO_VALUE, hand_op(hand, OP_LT, rest, hand_const(hand, 0.8)));
    hand_claim(hand, "always", NO_VALUE, hand_op(hand, OP_LT, inputs[0], hand_const(hand, 2)));
    struct results *results = hand_judge(hand);
    cr_assert_null(results->verdicts[0].failing);
    cr_assert_null(results->verdicts[1].failing);
    hand_free(hand);
}
