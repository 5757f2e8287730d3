// Kept futures: which are kept, what is kept of each, and how far each is from the other side.
#include <criterion/criterion.h>
#include <math.h>
#include <stdatomic.h>

#include "judge/margin.h"
#include "judge/scatter.h"
#include "tests/support/judge_model.h"

static struct work work_on(struct hand *hand, size_t threads)
{
    struct work work = {.arena = &hand->arena, .scratch = &hand->scratch, .model = &hand->model, .options = &hand->options, .deadline = INFINITY};
    work.run.threads = threads;
    work.stretch = SAMPLES_STRETCH;
    work.fixed = arena_array(&hand->arena, hand->model.column_count, sizeof *work.fixed);
    for (size_t i = 0; i < hand->model.column_count; i++)
        work.fixed[i] = NAN;
    return work;
}

Test(judge_scatter, keeps_relevant_futures_and_their_truth)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), y = hand_input(hand, "y", LAW_BOUNDS, 2, 4);
    value_id unused = hand_input(hand, "unused", LAW_UNIFORM, 0, 1);
    (void)unused;
    value_id premise = hand_op(hand, OP_LT, x, hand_const(hand, 0.25));
    struct question *question = hand_claim(hand, "c", premise, hand_op(hand, OP_GT, y, hand_const(hand, 3)));
    struct work work = work_on(hand, 1);
    struct scatter scatter = scatter_of(&work, question, 4096);
    cr_assert_eq(scatter.column_count, 2);
    cr_assert_eq(scatter_column(&scatter, 1), 1);
    cr_assert_eq(scatter_column(&scatter, 2), SIZE_MAX);
    cr_assert_eq(scatter.drawn, 4096);
    cr_assert(fabs((double)scatter.count - 1024) < 120, "%zu", scatter.count);
    cr_assert(fabs((double)scatter.hold_count / (double)scatter.count - 0.5) < 0.06);
    for (size_t k = 0; k < scatter.count; k++) {
        cr_assert(scatter.values[0][k] < 0.25);
        cr_assert_eq(scatter.holds[k], scatter.values[1][k] > 3);
        cr_assert_float_eq(scatter.margins[k], log(scatter.values[1][k] / 3), 1e-12);
        cr_assert(k == 0 || scatter.numbers[k] > scatter.numbers[k - 1]);
    }
    hand_free(hand);
}

Test(judge_scatter, draws_more_where_few_are_relevant)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), y = hand_input(hand, "y", LAW_UNIFORM, 0, 1);
    value_id rare = hand_op(hand, OP_LT, x, hand_const(hand, 0.02)), never = hand_op(hand, OP_LT, x, hand_const(hand, -1));
    value_id conclusion = hand_op(hand, OP_LT, y, hand_const(hand, 0.5));
    struct question *some = hand_claim(hand, "some", rare, conclusion), *none = hand_claim(hand, "none", never, conclusion);
    struct work work = work_on(hand, 1);
    struct scatter few = scatter_of(&work, some, 4096), nothing = scatter_of(&work, none, 4096);
    cr_assert_gt(few.drawn, 4 * 4096);
    cr_assert_geq(few.count, SCATTER_ENOUGH);
    cr_assert_eq(nothing.count, 0);
    cr_assert_geq(nothing.drawn, SCATTER_MOST * 4096);
    hand_free(hand);
}

Test(judge_scatter, is_the_same_for_any_number_of_threads)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_NORMAL, 0, 1), y = hand_input(hand, "y", LAW_NORMAL, 0, 1);
    struct question *question = hand_claim(hand, "c", hand_op(hand, OP_LT, x, hand_const(hand, 1)), hand_op(hand, OP_LT, x, y));
    struct work one = work_on(hand, 1), three = work_on(hand, 3);
    struct scatter a = scatter_of(&one, question, 8192), b = scatter_of(&three, question, 8192);
    cr_assert_eq(a.count, b.count);
    for (size_t k = 0; k < a.count; k++)
        cr_assert(a.numbers[k] == b.numbers[k] && a.holds[k] == b.holds[k] && a.values[1][k] == b.values[1][k] && a.margins[k] == b.margins[k]);
    hand_free(hand);
}

static double margin_of(struct hand *hand, value_id truth)
{
    struct work work = work_on(hand, 1);
    struct margin_plan plan = margin_plan_of(&hand->arena, &hand->model, truth);
    double **values = arena_array(&hand->arena, plan.root_count, sizeof *values);
    for (size_t r = 0; r < plan.root_count; r++)
        values[r] = arena_array(&hand->arena, 1, sizeof **values);
    const double **points = arena_array(&hand->arena, hand->model.column_count, sizeof *points);
    work_points(&work, tape_make(&hand->arena, &hand->model, plan.roots, plan.root_count), work.fixed, points, 1, values);
    return margin_at(&plan, (const double *const *)values, 0, arena_array(&hand->arena, plan.step_count, sizeof(double)));
}

Test(judge_scatter, margins_follow_the_connectives)
{
    struct hand *hand = hand_new();
    static const double ways[] = {1, 0};
    value_id x = hand_input(hand, "x", LAW_UNIFORM, -2, 0), flag = hand_choice(hand, "flag", 2, ways, NULL); // x is -1
    value_id near = hand_op(hand, OP_LT, x, hand_const(hand, 1)), far = hand_op(hand, OP_LT, x, hand_const(hand, 4));
    value_id failing = hand_op(hand, OP_LT, hand_const(hand, 2), x), nothing = hand_const(hand, NAN);
    value_id unknown = hand_op(hand, OP_LT, nothing, x);
    cr_assert_float_eq(margin_of(hand, hand_op(hand, OP_AND, near, far)), 2, 1e-12);
    cr_assert_float_eq(margin_of(hand, hand_op(hand, OP_OR, near, far)), 5, 1e-12);
    cr_assert_float_eq(margin_of(hand, hand_op(hand, OP_NOT, near, NO_VALUE)), -2, 1e-12);
    cr_assert_float_eq(margin_of(hand, hand_op(hand, OP_AND, unknown, failing)), -3, 1e-12);
    cr_assert_float_eq(margin_of(hand, hand_op(hand, OP_OR, far, unknown)), 5, 1e-12);
    cr_assert(isnan(margin_of(hand, hand_op(hand, OP_AND, far, unknown))));
    // What is only given turns the claim, but is no distance.
    cr_assert(isnan(margin_of(hand, flag)));
    cr_assert_float_eq(margin_of(hand, hand_op(hand, OP_OR, hand_op(hand, OP_NOT, flag, NO_VALUE), near)), 2, 1e-12);
    hand_free(hand);
}
