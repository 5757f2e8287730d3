// Holes, aggregates, remarks and expressions whose answers are known.
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "judge/binomial.h"
#include "tests/support/judge_model.h"

static const double z90 = 1.2815515655446004;

static struct solution solve(struct hand *hand, struct question *question, struct hole *hole, size_t column)
{
    question->hole_column = column;
    hand->claims[0].hole = *hole;
    struct verdict verdict = hand_judge(hand)->verdicts[0];
    cr_assert_eq(verdict.kind, VERDICT_SOLVED);
    return verdict.solution;
}

Test(judge_hole, the_strongest_threshold)
{
    for (int above = 0; above < 2; above++) {
        struct hand *hand = hand_new();
        size_t column;
        value_id x = hand_input(hand, "x", LAW_NORMAL, 1e12, 1e11), asked = hand_hole(hand, &column);
        struct question *question = hand_claim(hand, "strongest", NO_VALUE, hand_op(hand, above ? OP_GT : OP_LT, x, asked));
        struct hole hole = {.kind = HOLE_THRESHOLD, .stronger_above = above};
        struct solution solution = solve(hand, question, &hole, column);
        double truth = above ? 1e12 - z90 * 1e11 : 1e12 + z90 * 1e11;
        cr_assert(solution.ci_low <= truth && truth <= solution.ci_high, "%g in %g .. %g", truth, solution.ci_low, solution.ci_high);
        cr_assert_lt(solution.ci_high - solution.ci_low, 1e10);
        cr_assert_float_eq(solution.value, truth, 5e9);
        cr_assert_float_eq(solution.central, 1e12, 1e4);
        hand_free(hand);
    }
}

Test(judge_hole, the_weakest_of_the_bounds)
{
    struct hand *hand = hand_new();
    size_t column;
    value_id u = hand_input(hand, "u", LAW_BOUNDS, 2, 6), asked = hand_hole(hand, &column);
    struct question *question = hand_claim(hand, "strongest", NO_VALUE, hand_op(hand, OP_GT, u, asked));
    struct hole hole = {.kind = HOLE_THRESHOLD, .stronger_above = true};
    struct solution solution = solve(hand, question, &hole, column);
    cr_assert_float_eq(solution.value, 2, 1e-6);
    cr_assert_float_eq(solution.central, 4, 1e-6);
    hand_free(hand);
}

Test(judge_hole, no_threshold_is_unsolvable)
{
    struct hand *hand = hand_new();
    size_t column;
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), asked = hand_hole(hand, &column);
    value_id truth = hand_op(hand, OP_AND, hand_op(hand, OP_GT, x, asked), hand_op(hand, OP_LT, x, hand_const(hand, 0.5)));
    hand_claim(hand, "strongest", NO_VALUE, truth)->hole_column = column;
    hand->claims[0].hole = (struct hole){.kind = HOLE_THRESHOLD, .stronger_above = true};
    cr_assert_eq(hand_judge(hand)->verdicts[0].kind, VERDICT_UNSOLVABLE);
    hand_free(hand);
}

Test(judge_hole, the_set_of_an_inputs_values)
{
    struct hand *hand = hand_new();
    size_t column;
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), asked = hand_hole(hand, &column);
    // w ~ uniform(0, 4), of which nothing else is known to the model.
    const struct input_point point = {.law = {.law = LAW_UNIFORM, .a = 0, .b = 4, .cut_low = -INFINITY, .cut_high = INFINITY}};
    const struct input_instance instance = {.points = &point, .point_count = 1};
    const struct input input = {.name = TEXT("w"), .type = {.kind = KIND_QUANTITY}, .instance_count = 1, .instances = &instance};
    // x < w: supported from 0.9, holds centrally from 0.5, in some future from 0.
    struct question *question = hand_claim(hand, "set", NO_VALUE, hand_op(hand, OP_LT, x, asked));
    struct hole hole = {.kind = HOLE_INPUT, .override = {.input = &input}};
    struct solution solution = solve(hand, question, &hole, column);
    cr_assert_eq(solution.supported_count, 1);
    cr_assert_float_eq(solution.supported[0].low, 0.9, 0.02);
    cr_assert(isinf(solution.supported[0].high));
    cr_assert_eq(solution.central_count, 1);
    cr_assert_float_eq(solution.central_set[0].low, 0.5, 1e-5);
    cr_assert_eq(solution.possible_count, 1);
    cr_assert_float_eq(solution.possible[0].low, 0, 0.01);
    hand_free(hand);
}

// Far below the range that was assumed: w < 1e-4 of its central value.
Test(judge_hole, a_set_far_from_the_range)
{
    struct hand *hand = hand_new();
    size_t column;
    value_id asked = hand_hole(hand, &column);
    const struct input_point point = {.law = {.law = LAW_UNIFORM, .a = 1, .b = 3, .cut_low = -INFINITY, .cut_high = INFINITY}};
    const struct input_instance instance = {.points = &point, .point_count = 1};
    const struct input input = {.name = TEXT("w"), .type = {.kind = KIND_QUANTITY}, .instance_count = 1, .instances = &instance};
    struct question *question = hand_claim(hand, "far", NO_VALUE, hand_op(hand, OP_LT, asked, hand_const(hand, 2e-4)));
    struct hole hole = {.kind = HOLE_INPUT, .override = {.input = &input}};
    struct solution solution = solve(hand, question, &hole, column);
    cr_assert_eq(solution.supported_count, 1);
    cr_assert_eq(solution.supported[0].low, 0);
    cr_assert_float_eq(solution.supported[0].high, 2e-4, 1e-8);
    hand_free(hand);
}

// Neither centre nor corners are the worst place of b: x - 1 + 4 (b - 0.25)^2 leaves least near 0.25.
Test(judge_hole, bounds_are_searched_inside)
{
    struct hand *hand = hand_new();
    size_t column;
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 9, 10), b = hand_input(hand, "b", LAW_BOUNDS, 0, 1), asked = hand_hole(hand, &column);
    value_id off = hand_op(hand, OP_SUB, b, hand_const(hand, 0.25)), bowl = hand_op(hand, OP_MUL, hand_const(hand, 16), hand_op(hand, OP_MUL, off, off));
    struct question *question = hand_claim(hand, "bowl", NO_VALUE, hand_op(hand, OP_GT, hand_op(hand, OP_ADD, x, bowl), asked));
    struct hole hole = {.kind = HOLE_THRESHOLD, .stronger_above = true};
    struct solution solution = solve(hand, question, &hole, column);
    cr_assert_float_eq(solution.value, 9.1, 0.1, "%g", solution.value); // 10.1 at the better corner and at the centre
    hand_free(hand);
}

// x > ?, even if x - 3 > ? too.
Test(judge_hole, a_concession_must_hold_too)
{
    struct hand *hand = hand_new();
    size_t column;
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 10, 20), asked = hand_hole(hand, &column);
    struct question *base = hand_claim(hand, "base", NO_VALUE, hand_op(hand, OP_GT, x, asked));
    static const struct concession concession = {.kind = CONCESSION_RANGE};
    struct question *conceded = hand_claim(hand, "conceded", NO_VALUE, hand_op(hand, OP_GT, hand_op(hand, OP_SUB, x, hand_const(hand, 3)), asked));
    conceded->claim = base->claim;
    conceded->concession = &concession;
    conceded->hole_column = column;
    hand->program.claim_count = 1;
    struct hole hole = {.kind = HOLE_THRESHOLD, .stronger_above = true};
    struct solution solution = solve(hand, base, &hole, column);
    cr_assert_float_eq(solution.value, 8, 0.2, "%g", solution.value);
    cr_assert_float_eq(solution.central, 12, 1e-9);
    hand_free(hand);
}

Test(judge_hole, the_earliest_date)
{
    struct hand *hand = hand_new();
    size_t column;
    hand->program.timeline = (struct timeline){.given = true, .start = 1000, .length = 10, .count = 20};
    value_id ready = hand_input(hand, "ready", LAW_UNIFORM, 1000, 1100), asked = hand_hole(hand, &column);
    struct question *question = hand_claim(hand, "by", NO_VALUE, hand_op(hand, OP_LE, ready, asked));
    hand->claims[0].end = 19;
    struct hole hole = {.kind = HOLE_DATE};
    struct solution solution = solve(hand, question, &hole, column);
    cr_assert(solution.value == 1090 || solution.value == 1100, "%g", solution.value); // 90 % at 1090 sharp
    cr_assert(solution.ci_low <= 1090 && solution.ci_high >= 1090);
    cr_assert_eq(solution.central, 1050);
    hand_free(hand);
}

Test(judge_hole, which_term_binds)
{
    struct hand *hand = hand_new();
    size_t column;
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), asked = hand_hole(hand, &column);
    (void)asked;
    value_id low = hand_op(hand, OP_LT, x, hand_const(hand, 0.3)), high = hand_op(hand, OP_NOT, low, NO_VALUE);
    struct question *question = hand_claim(hand, "which", NO_VALUE, low);
    const value_id terms[] = {low, high};
    question->terms = terms;
    question->term_count = 2;
    struct hole hole = {.kind = HOLE_TERM};
    question->conclusion = NO_VALUE;
    struct solution solution = solve(hand, question, &hole, column);
    cr_assert_eq(solution.share_count, 2);
    cr_assert_float_eq(solution.shares[0], 0.3, 0.02);
    cr_assert_float_eq(solution.shares[0] + solution.shares[1], 1, 1e-12);
    hand_free(hand);
}

// ---- how often the intervals hold the truth ------------------------------------------------------------------------------

enum { SEEDS = 120 };

// Misses so frequent that a chance of 5 % would give them less than once in 1000 times.
static void expect_coverage(const char *what, int misses)
{
    const double as_many = 1 - binomial_at_most(misses - 1, SEEDS, 0.05);
    cr_expect_gt(as_many, 1e-3, "%s: %d of %d intervals miss", what, misses, (int)SEEDS);
}

static struct solution solve_seed(struct hand *hand, struct question *question, struct hole *hole, size_t column, uint64_t seed)
{
    hand->options.seed = seed;
    return solve(hand, question, hole, column);
}

static int missed_thresholds(enum sampler sampler)
{
    int misses = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct hand *hand = hand_new();
        size_t column;
        hand->options.sampler = sampler;
        hand->options.samples = 2048;
        value_id x = hand_input(hand, "x", LAW_NORMAL, 10, 2), y = hand_input(hand, "y", LAW_NORMAL, 0, 1), asked = hand_hole(hand, &column);
        struct question *question = hand_claim(hand, "strongest", NO_VALUE, hand_op(hand, OP_GT, hand_op(hand, OP_ADD, x, y), asked));
        struct hole hole = {.kind = HOLE_THRESHOLD, .stronger_above = true};
        struct solution solution = solve_seed(hand, question, &hole, column, seed);
        double truth = 10 - z90 * sqrt(5);
        misses += !(solution.ci_low <= truth && truth <= solution.ci_high);
        hand_free(hand);
    }
    return misses;
}

Test(judge_hole_coverage, of_thresholds)
{
    expect_coverage("sobol", missed_thresholds(SAMPLER_SOBOL));
    expect_coverage("philox", missed_thresholds(SAMPLER_PHILOX));
}

// x < w < y: supported for w in 0.9 .. 2.1.
Test(judge_hole_coverage, of_both_ends_of_a_set)
{
    int misses = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct hand *hand = hand_new();
        size_t column;
        value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), y = hand_input(hand, "y", LAW_UNIFORM, 2, 3), asked = hand_hole(hand, &column);
        const struct input_point point = {.law = {.law = LAW_UNIFORM, .a = 0, .b = 4, .cut_low = -INFINITY, .cut_high = INFINITY}};
        const struct input_instance instance = {.points = &point, .point_count = 1};
        const struct input input = {.name = TEXT("w"), .type = {.kind = KIND_QUANTITY}, .instance_count = 1, .instances = &instance};
        struct question *question = hand_claim(hand, "set", NO_VALUE, hand_op(hand, OP_AND, hand_op(hand, OP_LT, x, asked), hand_op(hand, OP_LT, asked, y)));
        struct hole hole = {.kind = HOLE_INPUT, .override = {.input = &input}};
        struct solution solution = solve_seed(hand, question, &hole, column, seed);
        cr_assert_eq(solution.supported_count, 1);
        const struct hole_range *range = solution.supported;
        misses += !(range->low_ci[0] <= 0.9 && 0.9 <= range->low_ci[1] && range->high_ci[0] <= 2.1 && 2.1 <= range->high_ci[1]);
        hand_free(hand);
    }
    expect_coverage("both ends", misses);
}

// ready <= ? holds at step s with s / 20: 90 % from step 18 on, 1090.
Test(judge_hole_coverage, of_dates)
{
    int misses = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct hand *hand = hand_new();
        size_t column;
        hand->program.timeline = (struct timeline){.given = true, .start = 1000, .length = 10, .count = 20};
        value_id ready = hand_input(hand, "ready", LAW_UNIFORM, 1000, 1099.9), asked = hand_hole(hand, &column);
        struct question *question = hand_claim(hand, "by", NO_VALUE, hand_op(hand, OP_LE, ready, asked));
        hand->claims[0].end = 19;
        struct hole hole = {.kind = HOLE_DATE};
        struct solution solution = solve_seed(hand, question, &hole, column, seed);
        misses += !(solution.ci_low <= 1090 && 1090 <= solution.ci_high);
        hand_free(hand);
    }
    expect_coverage("dates", misses);
}

// At steps 2 to 4 and at step 10: no single date.
Test(judge_hole, a_date_that_comes_and_goes_is_a_list)
{
    struct hand *hand = hand_new();
    size_t column;
    hand->program.timeline = (struct timeline){.given = true, .start = 1000, .length = 10, .count = 20};
    value_id asked = hand_hole(hand, &column);
    value_id early = hand_op(hand, OP_AND, hand_op(hand, OP_GE, asked, hand_const(hand, 1020)), hand_op(hand, OP_LE, asked, hand_const(hand, 1040)));
    struct question *question = hand_claim(hand, "at", NO_VALUE, hand_op(hand, OP_OR, early, hand_op(hand, OP_EQ, asked, hand_const(hand, 1100))));
    hand->claims[0].end = 19;
    struct hole hole = {.kind = HOLE_DATE};
    struct solution solution = solve(hand, question, &hole, column);
    cr_assert(isnan(solution.value));
    cr_assert_eq(solution.supported_count, 2);
    cr_assert(solution.supported[0].low == 1020 && solution.supported[0].high == 1040);
    cr_assert(solution.supported[1].low == 1100 && solution.supported[1].high == 1100);
    hand_free(hand);
}

// The share of a term at the centre of b is 0.3; over b it goes from 0.2 to 0.4, and a concession takes it to 0.6.
Test(judge_hole, terms_over_bounds_and_concessions)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), b = hand_input(hand, "b", LAW_BOUNDS, 0.2, 0.4);
    value_id low = hand_op(hand, OP_LT, x, b), conceded = hand_op(hand, OP_LT, x, hand_const(hand, 0.6));
    struct question *base = hand_claim(hand, "which", NO_VALUE, low);
    static const struct concession concession = {.kind = CONCESSION_RANGE};
    const value_id terms[] = {low}, others[] = {conceded};
    base->terms = terms;
    base->term_count = 1;
    struct question *other = hand_claim(hand, "conceded", NO_VALUE, conceded);
    other->claim = base->claim;
    other->concession = &concession;
    other->terms = others;
    other->term_count = 1;
    hand->program.claim_count = 1;
    struct hole hole = {.kind = HOLE_TERM};
    struct solution solution = solve(hand, base, &hole, SIZE_MAX);
    cr_assert_float_eq(solution.shares[0], 0.3, 0.02);
    cr_assert_float_eq(solution.share_low[0], 0.2, 0.02);
    cr_assert_float_eq(solution.share_high[0], 0.6, 0.02);
    hand_free(hand);
}

// ---- aggregates --------------------------------------------------------------------------------------------------------

static enum verdict_kind judge_number(enum aggregate kind, double p, double than, bool *edge)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_NORMAL, 5, 1);
    value_id what = kind == AGGREGATE_PROBABILITY || kind == AGGREGATE_POSSIBLE ? hand_op(hand, OP_GT, x, hand_const(hand, 5)) : x;
    value_id number = hand_aggregate(hand, kind, what, NO_VALUE, p);
    hand_claim(hand, "number", NO_VALUE, hand_op(hand, OP_GT, number, hand_const(hand, than)));
    struct verdict verdict = hand_judge(hand)->verdicts[0];
    *edge = verdict.on_edge_of_level;
    cr_assert_eq(verdict.basis, EVIDENCE_SAMPLED);
    hand_free(hand);
    return verdict.kind;
}

Test(judge_aggregate, estimates_are_judged_with_their_intervals)
{
    bool edge;
    cr_assert_eq(judge_number(AGGREGATE_PROBABILITY, 0, 0.45, &edge), VERDICT_SUPPORTED);
    cr_assert_eq(judge_number(AGGREGATE_PROBABILITY, 0, 0.55, &edge), VERDICT_REFUTED);
    cr_assert_eq(judge_number(AGGREGATE_PROBABILITY, 0, 0.5, &edge), VERDICT_SENSITIVE);
    cr_assert(edge);
    cr_assert_eq(judge_number(AGGREGATE_EXPECTED, 0, 4.98, &edge), VERDICT_SUPPORTED);
    cr_assert_eq(judge_number(AGGREGATE_EXPECTED, 0, 5.02, &edge), VERDICT_REFUTED);
    cr_assert_eq(judge_number(AGGREGATE_MEDIAN, 0, 4.97, &edge), VERDICT_SUPPORTED);
    cr_assert_eq(judge_number(AGGREGATE_QUANTILE, 0.9, 5 + z90 - 0.03, &edge), VERDICT_SUPPORTED);
    cr_assert_eq(judge_number(AGGREGATE_QUANTILE, 0.9, 5 + z90 + 0.03, &edge), VERDICT_REFUTED);
}

Test(judge_aggregate, possible_needs_a_witness)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_NORMAL, 0, 1), u = hand_input(hand, "u", LAW_BOUNDS, 0, 1);
    hand_claim(hand, "yes", NO_VALUE, hand_aggregate(hand, AGGREGATE_POSSIBLE, hand_op(hand, OP_GT, hand_op(hand, OP_ADD, x, u), hand_const(hand, 3)), NO_VALUE, 0));
    hand_claim(hand, "no", NO_VALUE, hand_aggregate(hand, AGGREGATE_POSSIBLE, hand_op(hand, OP_GT, x, hand_const(hand, 30)), NO_VALUE, 0));
    struct results *results = hand_judge(hand);
    cr_assert_eq(results->verdicts[0].kind, VERDICT_SUPPORTED);
    cr_assert_eq(results->verdicts[1].kind, VERDICT_REFUTED);
    cr_assert(results->verdicts[1].searched);
    cr_assert_eq(results->verdicts[1].basis, EVIDENCE_SAMPLED);
    hand_free(hand);
}

Test(judge_aggregate, choices_are_exact_and_bounds_widen)
{
    static const double values[] = {0, 1}, weights[] = {0.25, 0.75};
    struct hand *hand = hand_new();
    value_id coin = hand_choice(hand, "coin", 2, values, weights), x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), u = hand_input(hand, "u", LAW_BOUNDS, 0, 1);
    value_id heads = hand_op(hand, OP_EQ, coin, hand_const(hand, 1));
    value_id exact = hand_aggregate(hand, AGGREGATE_PROBABILITY, heads, NO_VALUE, 0), mean = hand_aggregate(hand, AGGREGATE_EXPECTED, coin, NO_VALUE, 0);
    value_id wide = hand_aggregate(hand, AGGREGATE_PROBABILITY, hand_op(hand, OP_LT, x, u), NO_VALUE, 0);
    hand_claim(hand, "exact", NO_VALUE, hand_op(hand, OP_EQ, exact, hand_const(hand, 0.75)));
    hand_claim(hand, "mean", NO_VALUE, hand_op(hand, OP_EQ, mean, hand_const(hand, 0.75)));
    hand_claim(hand, "wide", NO_VALUE, hand_op(hand, OP_GT, wide, hand_const(hand, 0.3)));
    struct results *results = hand_judge(hand);
    cr_assert_eq(results->verdicts[0].kind, VERDICT_SUPPORTED);
    cr_assert_eq(results->verdicts[0].basis, EVIDENCE_EXACT);
    cr_assert_eq(results->verdicts[1].kind, VERDICT_SUPPORTED);
    cr_assert_eq(results->verdicts[2].kind, VERDICT_SENSITIVE);
    cr_assert(results->verdicts[2].searched);
    hand_free(hand);
}

// ---- remarks and expressions -------------------------------------------------------------------------------------------

Test(judge_remark, what_is_pointed_out)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1);
    value_id always = hand_op(hand, OP_LT, x, hand_const(hand, 2)), mostly = hand_op(hand, OP_LT, x, hand_const(hand, 0.8));
    value_id rare = hand_op(hand, OP_LT, x, hand_const(hand, 0.05));
    value_id date = hand_op(hand, OP_DIV, hand_const(hand, 1), hand_op(hand, OP_LT, x, hand_const(hand, 0.5)));
    struct question *question = hand_claim(hand, "by", NO_VALUE, always);
    const struct assumption assumption = {.name = TEXT("tame")};
    const struct assumption *const assumptions[] = {&assumption};
    question->start = mostly;
    question->when = &date;
    question->when_count = 1;
    question->assumed = always;
    question->assumption_values = &always;
    question->assumptions = assumptions;
    question->assumption_count = 1;
    hand_claim(hand, "rare", rare, always)->premise_named = mostly;
    struct results *results = hand_judge(hand);
    const struct verdict *by = &results->verdicts[0];
    cr_assert_eq(by->remark_count, 4);
    cr_assert_eq(by->remarks[0].kind, REMARK_ALREADY_TRUE);
    cr_assert(strstr(by->remarks[0].text, "did you mean `at` or `throughout`?"), "%s", by->remarks[0].text);
    cr_assert_eq(by->remarks[1].kind, REMARK_DEAD_ASSUMPTION);
    cr_assert(strstr(by->remarks[1].text, "`tame`"));
    cr_assert_eq(by->remarks[2].kind, REMARK_NEVER);
    cr_assert_eq(by->remarks[3].kind, REMARK_CANNOT_FAIL);
    cr_assert_eq(results->verdicts[1].remark_count, 2);
    cr_assert_eq(results->verdicts[1].remarks[0].kind, REMARK_PREMISE_RARE);
    hand_free(hand);
}

Test(judge_expression, spread)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_NORMAL, 10, 1);
    value_id series[] = {x, hand_op(hand, OP_ADD, x, x)};
    hand->model.expression = series[1];
    hand->model.series = series;
    hand->model.series_count = 2;
    struct results *results = hand_judge(hand);
    cr_assert_float_eq(results->central, 20, 1e-12);
    cr_assert_float_eq(results->mean, 20, 0.06);
    cr_assert_float_eq(results->p5, 20 - 2 * 1.645, 0.15);
    cr_assert_float_eq(results->p95, 20 + 2 * 1.645, 0.15);
    cr_assert_eq(results->step_count, 2);
    cr_assert_float_eq(results->steps[0].p50, 10, 0.05);
    hand_free(hand);
}
