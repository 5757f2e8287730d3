// Nearest counterexamples, pairs and resting sets of models in which they are known.
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "dsl/unit.h"
#include "tests/support/judge_model.h"

// uniform(0, 10): central 5, p5 .. p95 is 0.5 .. 9.5.
static const double half = 4.5;

static value_id ten(struct hand *hand, const char *name)
{
    return hand_input(hand, name, LAW_UNIFORM, 0, 10);
}

static value_id below(struct hand *hand, value_id x, double limit)
{
    return hand_op(hand, OP_LT, x, hand_const(hand, limit));
}

static value_id above(struct hand *hand, value_id x, double limit)
{
    return hand_op(hand, OP_GT, x, hand_const(hand, limit));
}

// The verdict on the only claim, with a program in which inputs can be set.
static struct verdict judge(struct hand *hand)
{
    static const struct scenario *scenarios[1];
    scenarios[0] = &hand->baseline;
    hand->baseline.name = TEXT("baseline");
    hand->program.scenarios = scenarios;
    hand->program.scenario_count = 1;
    hand->program.units = units_new(&hand->arena);
    for (size_t v = 0; v < hand->model.variable_count; v++)
        hand->variables[v].type.dimension = dimension_none(hand->program.units);
    return hand_judge(hand)->verdicts[0];
}

static void expect_pair(struct hand *hand, value_id holds, double first, double second, double distance)
{
    hand_claim(hand, "claim", NO_VALUE, holds);
    struct verdict verdict = judge(hand);
    cr_assert_not_null(verdict.pair);
    cr_assert(!verdict.pair->holds_there);
    cr_assert_float_eq(verdict.pair->distance, distance, 2e-3 * distance, "distance %g", verdict.pair->distance);
    cr_assert_float_eq(verdict.pair->first.value, first, 0.06 * fabs(first), "first %g", verdict.pair->first.value);
    cr_assert_float_eq(verdict.pair->second.value, second, 0.06 * fabs(second), "second %g", verdict.pair->second.value);
    // The counterexample is the same place, but for rounding.
    cr_assert_not_null(verdict.counterexample);
    cr_assert_eq(verdict.counterexample->count, 2);
    cr_assert_leq(verdict.counterexample->distance, distance * 1.07 + 0.02);
    cr_assert_geq(verdict.counterexample->distance, distance * (1 - 1e-9));
    hand_free(hand);
}

Test(judge_counter, pair_nearest_to_a_line)
{
    struct hand *hand = hand_new();
    value_id x = ten(hand, "x"), y = ten(hand, "y");
    expect_pair(hand, below(hand, hand_op(hand, OP_ADD, x, y), 16), 8, 8, sqrt(2) * 3 / half);
}

// In half-widths u and v: 4.5 u + 5.4 v = 8.
Test(judge_counter, pair_nearest_in_the_inputs_own_widths)
{
    struct hand *hand = hand_new();
    value_id x = ten(hand, "x"), y = hand_input(hand, "y", LAW_UNIFORM, 0, 4);
    value_id sum = hand_op(hand, OP_ADD, x, hand_op(hand, OP_MUL, hand_const(hand, 3), y));
    const double square = 4.5 * 4.5 + 5.4 * 5.4;
    expect_pair(hand, below(hand, sum, 19), 5 + half * 8 * 4.5 / square, 2 + 1.8 * 8 * 5.4 / square, 8 / sqrt(square));
}

Test(judge_counter, pair_of_a_product)
{
    struct hand *hand = hand_new();
    value_id x = ten(hand, "x"), y = ten(hand, "y");
    expect_pair(hand, below(hand, hand_op(hand, OP_MUL, x, y), 60), sqrt(60), sqrt(60), sqrt(2) * (sqrt(60) - 5) / half);
}

Test(judge_counter, pair_of_a_minimum)
{
    struct hand *hand = hand_new();
    value_id x = ten(hand, "x"), y = ten(hand, "y");
    expect_pair(hand, below(hand, hand_op(hand, OP_MIN, x, y), 7), 7, 7, sqrt(2) * 2 / half);
}

Test(judge_counter, pair_with_a_choice)
{
    static const double values[] = {0, 2}, weights[] = {0.7, 0.3};
    struct hand *hand = hand_new();
    value_id x = ten(hand, "x"), y = hand_choice(hand, "y", 2, values, weights);
    expect_pair(hand, below(hand, hand_op(hand, OP_ADD, x, y), 10.5), 8.5, 2, sqrt(3.5 / half * (3.5 / half) + 1));
}

Test(judge_counter, fewest_inputs_come_first)
{
    struct hand *hand = hand_new();
    value_id x = ten(hand, "x"), y = ten(hand, "y");
    // x = y = 7 is nearer than x = 9.
    hand_claim(hand, "claim", NO_VALUE, below(hand, hand_op(hand, OP_ADD, x, y), 14));
    struct verdict verdict = judge(hand);
    cr_assert_null(verdict.pair);
    cr_assert_eq(verdict.counterexample->count, 1);
    cr_assert_float_eq(verdict.counterexample->shifts[0].value, 9, 1e-9);
    cr_assert_str_eq(verdict.counterexample->scenario, "scenario counter_claim { set x = 9 }\n");
    hand_free(hand);
}

Test(judge_counter, three_where_two_do_not_suffice)
{
    struct hand *hand = hand_new();
    value_id sum = hand_op(hand, OP_ADD, hand_op(hand, OP_ADD, ten(hand, "x"), ten(hand, "y")), ten(hand, "z"));
    ten(hand, "idle");
    hand_claim(hand, "claim", NO_VALUE, below(hand, sum, 25));
    struct verdict verdict = judge(hand);
    cr_assert_null(verdict.pair);
    cr_assert_eq(verdict.counterexample->count, 3);
    const double distance = sqrt(3) * (10.0 / 3) / half;
    cr_assert(verdict.counterexample->distance > distance * (1 - 1e-9) && verdict.counterexample->distance < distance * 1.08);
    hand_free(hand);
}

// A range ends at p0.1 and p99.9: a flip beyond is none that a counterexample may use.
Test(judge_counter, stays_within_the_ranges)
{
    struct hand *hand = hand_new();
    value_id x = ten(hand, "x"), y = ten(hand, "y");
    hand_claim(hand, "claim", NO_VALUE, hand_op(hand, OP_AND, below(hand, x, 9.995), below(hand, y, 20)));
    struct verdict verdict = judge(hand);
    cr_assert_null(verdict.counterexample);
    cr_assert_null(verdict.pair);
    cr_assert_eq(verdict.resting_count, 0);
    hand_free(hand);
}

Test(judge_counter, against_the_verdict_where_the_centre_is_irrelevant)
{
    struct hand *hand = hand_new();
    value_id x = ten(hand, "x"), y = ten(hand, "y");
    // Refuted: y > 9 mostly fails where x > 6. The nearest future in which it holds moves both.
    hand_claim(hand, "claim", above(hand, x, 6), above(hand, y, 9.5));
    struct verdict verdict = judge(hand);
    cr_assert_eq(verdict.kind, VERDICT_REFUTED);
    cr_assert(verdict.counterexample && verdict.counterexample->holds);
    cr_assert_eq(verdict.counterexample->count, 2);
    cr_assert_float_eq(verdict.pair->first.value, 6, 0.01);
    cr_assert_float_eq(verdict.pair->second.value, 9.5, 0.01);
    hand_free(hand);
}

// ---- resting sets ------------------------------------------------------------------------------------------------------

static bool rests_on(const struct verdict *verdict, const char *names)
{
    for (size_t s = 0; s < verdict->resting_count; s++) {
        const struct resting_set *set = &verdict->resting[s];
        bool same = set->count == strlen(names) && set->holds && (set->basis == EVIDENCE_PROVED || set->samples >= 300);
        for (size_t i = 0; same && i < set->count; i++)
            same = set->names[i].length == 1 && set->names[i].at[0] == names[i];
        if (same)
            return true;
    }
    return false;
}

static const char *const letters[] = {"a", "b", "c", "d", "e", "f"};

// At least `n` of `count` inputs are above 6.
static value_id at_least(struct hand *hand, size_t count, double n)
{
    value_id sum = hand_const(hand, 0);
    for (size_t i = 0; i < count; i++)
        sum = hand_op(hand, OP_ADD, sum, above(hand, ten(hand, letters[i]), 6)); // a truth is 1 or 0
    return above(hand, sum, n - 0.5);
}

Test(judge_counter, rests_on_one_or_on_two)
{
    struct hand *hand = hand_new();
    value_id a = ten(hand, "a"), b = ten(hand, "b"), c = ten(hand, "c");
    value_id either = hand_op(hand, OP_OR, above(hand, b, 7), above(hand, c, 7));
    hand_claim(hand, "claim", NO_VALUE, hand_op(hand, OP_NOT, hand_op(hand, OP_AND, above(hand, a, 7), either), NO_VALUE));
    struct verdict verdict = judge(hand);
    cr_assert_eq(verdict.resting_count, 2);
    cr_assert(rests_on(&verdict, "a") && rests_on(&verdict, "bc"));
    cr_assert(verdict.resting[0].basis == EVIDENCE_PROVED && verdict.resting[0].samples == 0);
    hand_free(hand);
}

Test(judge_counter, rests_on_any_three_of_five)
{
    static const char *const sets[] = {"abc", "abd", "abe", "acd", "ace", "ade", "bcd", "bce", "bde", "cde"};
    struct hand *hand = hand_new();
    hand_claim(hand, "claim", NO_VALUE, hand_op(hand, OP_NOT, at_least(hand, 5, 3), NO_VALUE));
    struct verdict verdict = judge(hand);
    cr_assert_eq(verdict.resting_count, 10);
    for (size_t i = 0; i < 10; i++)
        cr_assert(rests_on(&verdict, sets[i]), "%s", sets[i]);
    hand_free(hand);
}

// Five of six would have to be central.
Test(judge_counter, rests_on_no_three)
{
    struct hand *hand = hand_new();
    hand_claim(hand, "claim", NO_VALUE, hand_op(hand, OP_NOT, at_least(hand, 6, 2), NO_VALUE));
    cr_assert_eq(judge(hand).resting_count, 0);
    hand_free(hand);
}

Test(judge_counter, four_that_flip_alone_leave_no_set)
{
    struct hand *hand = hand_new();
    hand_claim(hand, "claim", NO_VALUE, hand_op(hand, OP_NOT, at_least(hand, 4, 1), NO_VALUE));
    struct verdict verdict = judge(hand);
    cr_assert_eq(verdict.resting_count, 0);
    cr_assert_eq(verdict.counterexample->count, 1);
    hand_free(hand);
}
