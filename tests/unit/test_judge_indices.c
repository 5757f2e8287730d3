// Sobol' indices against closed forms.
#include <criterion/criterion.h>
#include <math.h>

#include "tests/support/judge_model.h"

#define PI 3.14159265358979323846

static struct verdict judge(struct hand *hand)
{
    hand->options.indices = true;
    return hand_judge(hand)->verdicts[0];
}

// Within four standard errors, which must be small enough to say something.
static void is_near(double value, double error, double wanted, const char *what)
{
    cr_assert(fabs(value - wanted) < 4 * error + 1e-3, "%s: %g +- %g, not %g", what, value, error, wanted);
    cr_assert_lt(error, 0.03 + 0.05 * wanted, "%s: %g +- %g", what, value, error);
}

// The sine on -pi .. pi by its series.
static value_id sine(struct hand *hand, value_id x)
{
    value_id square = hand_op(hand, OP_MUL, x, x), term = x, sum = x;
    for (int n = 1; n <= 12; n++) {
        term = hand_op(hand, OP_DIV, hand_op(hand, OP_MUL, term, square), hand_const(hand, -(2.0 * n) * (2.0 * n + 1)));
        sum = hand_op(hand, OP_ADD, sum, term);
    }
    return sum;
}

// Ishigami and Homma 1990, a = 7, b = 0.1: sin x + a sin^2 y + b z^4 sin x.
Test(judge_indices, ishigami)
{
    struct hand *hand = hand_new();
    const double a = 7, b = 0.1;
    value_id x = hand_input(hand, "x", LAW_UNIFORM, -PI, PI), y = hand_input(hand, "y", LAW_UNIFORM, -PI, PI), z = hand_input(hand, "z", LAW_UNIFORM, -PI, PI);
    value_id first = sine(hand, x), second = sine(hand, y), square = hand_op(hand, OP_MUL, z, z);
    value_id fourth = hand_op(hand, OP_MUL, hand_op(hand, OP_MUL, square, square), hand_const(hand, b));
    value_id value = hand_op(hand, OP_ADD, first, hand_op(hand, OP_MUL, fourth, first));
    value = hand_op(hand, OP_ADD, value, hand_op(hand, OP_MUL, hand_const(hand, a), hand_op(hand, OP_MUL, second, second)));
    hand_claim(hand, "c", NO_VALUE, hand_op(hand, OP_GT, value, hand_const(hand, 0)));
    struct verdict verdict = judge(hand);
    double p4 = pow(PI, 4), p8 = p4 * p4, total = a * a / 8 + b * p4 / 5 + b * b * p8 / 18 + 0.5;
    double of_x = 0.5 * pow(1 + b * p4 / 5, 2), of_y = a * a / 8, of_both = b * b * p8 * (1.0 / 18 - 1.0 / 50);
    const struct sobol *sx = &hand_crux(&verdict, "x")->score.margin, *sy = &hand_crux(&verdict, "y")->score.margin, *sz = &hand_crux(&verdict, "z")->score.margin;
    is_near(sx->first, sx->first_error, of_x / total, "x first");
    is_near(sx->total, sx->total_error, (of_x + of_both) / total, "x total");
    is_near(sy->first, sy->first_error, of_y / total, "y first");
    is_near(sy->total, sy->total_error, of_y / total, "y total");
    is_near(sz->first, sz->first_error, 0, "z first");
    is_near(sz->total, sz->total_error, of_both / total, "z total");
    cr_assert_geq(sz->first, 0);
    hand_free(hand);
}

// Sobol' 1993: the product of (|4 x - 2| + a) / (1 + a).
Test(judge_indices, sobol_g)
{
    struct hand *hand = hand_new();
    static const double a[] = {0, 1, 4.5, 9, 99};
    static const char *const names[] = {"a", "b", "c", "d", "e"};
    enum { COUNT = 5 };
    value_id product = hand_const(hand, 1);
    double whole = 1, parts[COUNT];
    for (int i = 0; i < COUNT; i++) {
        value_id x = hand_input(hand, names[i], LAW_UNIFORM, 0, 1);
        value_id shifted = hand_op(hand, OP_SUB, hand_op(hand, OP_MUL, hand_const(hand, 4), x), hand_const(hand, 2));
        value_id factor = hand_op(hand, OP_ADD, hand_op(hand, OP_ABS, shifted, NO_VALUE), hand_const(hand, a[i]));
        product = hand_op(hand, OP_MUL, product, hand_op(hand, OP_DIV, factor, hand_const(hand, 1 + a[i])));
        parts[i] = 1 / (3 * (1 + a[i]) * (1 + a[i]));
        whole *= 1 + parts[i];
    }
    hand_claim(hand, "c", NO_VALUE, hand_op(hand, OP_LE, hand_const(hand, 0), product));
    struct verdict verdict = judge(hand);
    for (int i = 0; i < COUNT; i++) {
        const struct sobol *sobol = &hand_crux(&verdict, names[i])->score.margin;
        is_near(sobol->first, sobol->first_error, parts[i] / (whole - 1), names[i]);
        is_near(sobol->total, sobol->total_error, parts[i] * whole / (1 + parts[i]) / (whole - 1), names[i]);
    }
    // It always holds: nothing has a part in that.
    cr_assert(isnan(hand_crux(&verdict, "a")->score.truth.first));
    hand_free(hand);
}

Test(judge_indices, truths)
{
    struct hand *hand = hand_new();
    static const double yes_no[] = {1, 0}, even[] = {0.5, 0.5};
    value_id p = hand_choice(hand, "p", 2, yes_no, even), q = hand_choice(hand, "q", 2, yes_no, even);
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), y = hand_input(hand, "y", LAW_NORMAL, 0, 1), still = hand_input(hand, "still", LAW_UNIFORM, 0, 1);
    value_id low = hand_op(hand, OP_LT, x, hand_const(hand, 0.5)), small = hand_op(hand, OP_LT, y, hand_const(hand, 0));
    value_id idle = hand_op(hand, OP_LT, still, hand_const(hand, 2));
    hand->options.indices = true;
    hand_claim(hand, "both", NO_VALUE, hand_op(hand, OP_AND, hand_op(hand, OP_AND, low, small), idle));
    hand_claim(hand, "one", NO_VALUE, hand_op(hand, OP_NE, p, q));
    // "low implies small": relevant in half of the futures, and counted as holding in the others.
    hand_claim(hand, "implied", low, small);
    struct results *results = hand_judge(hand);
    const struct sobol *both = &hand_crux(&results->verdicts[0], "x")->score.truth, *one = &hand_crux(&results->verdicts[1], "p")->score.truth;
    const struct sobol *implied = &hand_crux(&results->verdicts[2], "x")->score.truth, *none = &hand_crux(&results->verdicts[0], "still")->score.truth;
    is_near(both->first, both->first_error, 1.0 / 3, "both, first");
    is_near(both->total, both->total_error, 2.0 / 3, "both, total");
    is_near(one->first, one->first_error, 0, "one, first");
    is_near(one->total, one->total_error, 1, "one, total");
    is_near(implied->first, implied->first_error, 1.0 / 3, "implied, first");
    is_near(implied->total, implied->total_error, 2.0 / 3, "implied, total");
    cr_assert_eq(none->total, 0);
    hand_free(hand);
}

Test(judge_indices, only_on_request)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1);
    hand_claim(hand, "c", NO_VALUE, hand_op(hand, OP_LT, x, hand_const(hand, 0.5)));
    cr_assert(isnan(hand_crux(&hand_judge(hand)->verdicts[0], "x")->score.truth.first));
    hand_free(hand);
}
