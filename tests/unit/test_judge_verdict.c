// Verdicts of models whose answer is known in closed form.
#include "judge/judge.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "tests/support/judge_model.h"

static double normal_share(double z)
{
    return 0.5 * erfc(-z / sqrt(2));
}

// x ~ normal(0, 1): P(x < t) is known.
static struct verdict threshold(double t, double level)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_NORMAL, 0, 1);
    hand_claim(hand, "below", NO_VALUE, hand_compare(hand, OP_LT, x, hand_const(hand, t)));
    hand->claims[0].level = level;
    struct verdict verdict = hand_judge(hand)->verdicts[0];
    double truth = normal_share(t);
    // What lies beyond p99.99 a proof leaves out, and says so.
    bool cut = verdict.basis == EVIDENCE_PROVED && verdict.proof->cut && fabs(t) > 3.719;
    cr_assert(cut || (verdict.basis == EVIDENCE_SAMPLED && verdict.probability.ci_low <= truth && truth <= verdict.probability.ci_high),
              "%g in %g .. %g", truth, verdict.probability.ci_low, verdict.probability.ci_high);
    hand_free(hand);
    return verdict;
}

Test(judge_verdict, the_interval_decides)
{
    cr_assert_eq(threshold(2, 0.9).kind, VERDICT_SUPPORTED);
    cr_assert_eq(threshold(-2, 0.9).kind, VERDICT_REFUTED);
    cr_assert_eq(threshold(0.3, 0.9).kind, VERDICT_SENSITIVE);
    cr_assert_not(threshold(0.3, 0.9).on_edge_of_level);
    cr_assert_eq(threshold(6, 0.9).kind, VERDICT_SUPPORTED);
    cr_assert_eq(threshold(6, 0.9).basis, EVIDENCE_PROVED);
    cr_assert_eq(threshold(3.7, 0.9).basis, EVIDENCE_SAMPLED);
}

Test(judge_verdict, the_edge_of_the_level_is_named)
{
    struct verdict verdict = threshold(0.3, normal_share(0.3));
    cr_assert_eq(verdict.kind, VERDICT_SENSITIVE);
    cr_assert(verdict.on_edge_of_level);
    cr_assert_eq(verdict.samples, 65536);
}

Test(judge_verdict, near_the_level_more_futures_are_drawn)
{
    cr_assert_lt(threshold(3, 0.9).samples, threshold(1.2825, 0.9).samples);
    cr_assert_eq(threshold(1.2825, 0.9).kind, VERDICT_SUPPORTED); // 90.02 %
}

Test(judge_verdict, no_more_futures_than_asked_for)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1);
    value_id rare = hand_op(hand, OP_LT, x, hand_const(hand, 0.01)), rarer = hand_op(hand, OP_LT, x, hand_const(hand, 0.009));
    hand_claim(hand, "edge", rare, rarer);
    hand->options.samples = 10000;
    cr_assert_eq(hand_judge(hand)->verdicts[0].samples, 10000);
    hand->options.samples = 0; // then more, because few are relevant
    cr_assert_gt(hand_judge(hand)->verdicts[0].samples, 65536);
    hand_free(hand);
}

Test(judge_verdict, a_sum_of_normals_and_a_premise)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_NORMAL, 3, 3), y = hand_input(hand, "y", LAW_NORMAL, 0, 4);
    value_id zero = hand_const(hand, 0);
    // P(x + y > 0) = P(z > -0.6); given y > 0 it is more.
    value_id sum = hand_compare(hand, OP_GT, hand_op(hand, OP_ADD, x, y), zero);
    hand_claim(hand, "sum", NO_VALUE, sum);
    hand_claim(hand, "given", hand_op(hand, OP_GT, y, zero), sum);
    struct results *results = hand_judge(hand);
    cr_assert_float_eq(results->verdicts[0].probability.estimate, normal_share(0.6), 0.03);
    cr_assert_eq(results->verdicts[0].kind, VERDICT_SENSITIVE);
    cr_assert_eq(results->verdicts[1].kind, VERDICT_SUPPORTED);
    cr_assert_float_eq(results->verdicts[1].premise_share, 0.5, 0.02);
    cr_assert_lt(results->verdicts[1].relevant, results->verdicts[1].samples);
    hand_free(hand);
}

Test(judge_verdict, no_uncertain_input_is_exact)
{
    struct hand *hand = hand_new();
    hand_claim(hand, "arithmetic", NO_VALUE, hand_compare(hand, OP_LT, hand_const(hand, 1), hand_const(hand, 2)));
    hand_claim(hand, "false", NO_VALUE, hand_compare(hand, OP_LT, hand_const(hand, 2), hand_const(hand, 2)));
    struct results *results = hand_judge(hand);
    cr_assert_eq(results->verdicts[0].kind, VERDICT_SUPPORTED);
    cr_assert_eq(results->verdicts[0].basis, EVIDENCE_EXACT);
    cr_assert_eq(results->verdicts[0].samples, 1);
    cr_assert_eq(results->verdicts[1].kind, VERDICT_REFUTED);
    cr_assert_eq(results->verdicts[1].remark_count, 1);
    cr_assert_eq(results->verdicts[1].remarks[0].kind, REMARK_ON_EDGE);
    cr_assert(results->verdicts[1].comparisons[1].on_edge);
    hand_free(hand);
}

Test(judge_verdict, arithmetic_stays_exact_under_assumptions)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_NORMAL, 0, 1), u = hand_input(hand, "u", LAW_BOUNDS, 0, 1);
    value_id assumed = hand_op(hand, OP_LT, x, u), fine = hand_op(hand, OP_LT, hand_const(hand, 1), hand_const(hand, 2));
    hand_claim(hand, "fine", NO_VALUE, fine)->assumed = assumed;
    hand_claim(hand, "nowhere", NO_VALUE, fine)->assumed = hand_op(hand, OP_LT, u, hand_const(hand, -1));
    struct results *results = hand_judge(hand);
    cr_assert_eq(results->verdicts[0].kind, VERDICT_SUPPORTED);
    cr_assert_eq(results->verdicts[0].basis, EVIDENCE_EXACT);
    cr_assert_not(results->verdicts[0].searched);
    cr_assert_eq(results->verdicts[0].crux_count, 0);
    cr_assert_eq(results->verdicts[1].kind, VERDICT_CONTRADICTORY);
    hand_free(hand);
}

Test(judge_verdict, choices_are_enumerated)
{
    static const double values[] = {0, 1}, weights[] = {0.1, 0.9}, thirds[] = {1, 2, 3}, three[] = {0.2, 0.3, 0.5};
    struct hand *hand = hand_new();
    value_id coin = hand_choice(hand, "coin", 2, values, weights), die = hand_choice(hand, "die", 3, thirds, three);
    hand_claim(hand, "coin", NO_VALUE, hand_op(hand, OP_EQ, coin, hand_const(hand, 1)));
    hand_claim(hand, "both", NO_VALUE, hand_op(hand, OP_LT, hand_const(hand, 1.5), hand_op(hand, OP_MUL, coin, die)));
    struct results *results = hand_judge(hand);
    cr_assert_eq(results->verdicts[0].kind, VERDICT_SUPPORTED); // exactly at the level
    cr_assert_eq(results->verdicts[0].basis, EVIDENCE_EXACT);
    cr_assert_float_eq(results->verdicts[1].probability.estimate, 0.9 * 0.8, 1e-14);
    cr_assert_eq(results->verdicts[1].kind, VERDICT_SENSITIVE);
    cr_assert_not(results->verdicts[1].on_edge_of_level);
    hand_free(hand);
}

Test(judge_verdict, bounds_are_searched_for_the_worst)
{
    struct hand *hand = hand_new();
    value_id sum = hand_input(hand, "u0", LAW_BOUNDS, 0, 1);
    static const char *const names[] = {"u1", "u2", "u3", "u4", "u5"};
    for (size_t i = 0; i < 5; i++)
        sum = hand_op(hand, OP_ADD, sum, hand_input(hand, names[i], LAW_BOUNDS, 0, 1));
    // Only the corner with every input at its upper bound reaches 5.9; the sum never reaches 6.1.
    hand_claim(hand, "planted", NO_VALUE, hand_op(hand, OP_LT, sum, hand_const(hand, 5.9)));
    hand_claim(hand, "always", NO_VALUE, hand_op(hand, OP_LT, sum, hand_const(hand, 6.1)));
    hand_claim(hand, "never", NO_VALUE, hand_op(hand, OP_LT, sum, hand_const(hand, -0.1)));
    struct results *results = hand_judge(hand);
    cr_assert_eq(results->verdicts[0].kind, VERDICT_SENSITIVE);
    cr_assert(results->verdicts[0].searched);
    cr_assert_eq(results->verdicts[0].probability.lower, 0);
    cr_assert_eq(results->verdicts[0].probability.upper, 1);
    cr_assert_eq(results->verdicts[0].basis, EVIDENCE_SAMPLED);
    cr_assert_not(results->verdicts[0].on_edge_of_level);
    cr_assert_eq(results->verdicts[1].kind, VERDICT_SUPPORTED);
    cr_assert_eq(results->verdicts[2].kind, VERDICT_REFUTED);
    hand_free(hand);
}

// A pocket of failures a hundredth wide: comparisons lead into it.
Test(judge_verdict, a_pocket_inside_the_bounds_is_found)
{
    struct hand *hand = hand_new();
    value_id u = hand_input(hand, "u", LAW_BOUNDS, 0, 1), w = hand_input(hand, "w", LAW_BOUNDS, 0, 1);
    value_id first = hand_op(hand, OP_ABS, hand_op(hand, OP_SUB, u, hand_const(hand, 0.371)), NO_VALUE);
    value_id second = hand_op(hand, OP_ABS, hand_op(hand, OP_SUB, w, hand_const(hand, 0.846)), NO_VALUE);
    hand_claim(hand, "outside", NO_VALUE, hand_compare(hand, OP_LT, hand_const(hand, 0.01), hand_op(hand, OP_ADD, first, second)));
    struct verdict verdict = hand_judge(hand)->verdicts[0];
    cr_assert_eq(verdict.kind, VERDICT_SENSITIVE);
    cr_assert_eq(verdict.probability.lower, 0);
    hand_free(hand);
}

Test(judge_verdict, lower_and_upper_probability)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_NORMAL, 0, 1), u = hand_input(hand, "u", LAW_BOUNDS, -1, 2);
    hand_claim(hand, "mixed", NO_VALUE, hand_op(hand, OP_LT, x, u));
    struct verdict verdict = hand_judge(hand)->verdicts[0];
    cr_assert_float_eq(verdict.probability.lower, normal_share(-1), 0.03);
    cr_assert_float_eq(verdict.probability.upper, normal_share(2), 0.03);
    cr_assert_float_eq(verdict.probability.estimate, normal_share(0.5), 0.03);
    cr_assert_eq(verdict.kind, VERDICT_SENSITIVE);
    hand_free(hand);
}

Test(judge_verdict, weightless_choices_give_exact_bounds)
{
    static const double values[] = {0, 1}, weights[] = {0.25, 0.75}, shifts[] = {0, 1, 0.5};
    struct hand *hand = hand_new();
    value_id coin = hand_choice(hand, "coin", 2, values, weights), shift = hand_choice(hand, "shift", 3, shifts, NULL);
    hand_claim(hand, "sum", NO_VALUE, hand_op(hand, OP_LT, hand_const(hand, 0.75), hand_op(hand, OP_ADD, coin, shift)));
    struct verdict verdict = hand_judge(hand)->verdicts[0];
    cr_assert_eq(verdict.basis, EVIDENCE_EXACT);
    cr_assert_float_eq(verdict.probability.lower, 0.75, 1e-15);
    cr_assert_float_eq(verdict.probability.upper, 1, 1e-15);
    cr_assert_eq(verdict.kind, VERDICT_SENSITIVE);
    hand_free(hand);
}

Test(judge_verdict, nothing_to_judge)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1);
    value_id low = hand_op(hand, OP_LT, x, hand_const(hand, 0.5)), never = hand_op(hand, OP_LT, x, hand_const(hand, -1));
    value_id positive = hand_op(hand, OP_LT, hand_const(hand, -1), x), high = hand_op(hand, OP_NOT, low, NO_VALUE);
    value_id both = hand_op(hand, OP_AND, low, high);
    hand_claim(hand, "vacuous", never, low);
    hand_claim(hand, "idle", NO_VALUE, low)->exception = positive;
    struct question *question = hand_claim(hand, "contradictory", NO_VALUE, low);
    const value_id values[] = {positive, low, high};
    const struct assumption kept[3] = {{.name = TEXT("fine")}, {.name = TEXT("low")}, {.name = TEXT("high")}};
    const struct assumption *const assumptions[] = {&kept[0], &kept[1], &kept[2]};
    question->assumed = both;
    question->assumption_values = values;
    question->assumptions = assumptions;
    question->assumption_count = 3;
    hand_claim(hand, "blocked", NO_VALUE, low)->missing = "no observation of x";
    hand_claim(hand, "recorded", NO_VALUE, low);
    hand->claims[4].conclusion = NULL;
    struct results *results = hand_judge(hand);
    cr_assert_eq(results->verdicts[0].kind, VERDICT_VACUOUS);
    cr_assert_eq(results->verdicts[1].kind, VERDICT_IDLE);
    cr_assert_eq(results->verdicts[2].kind, VERDICT_CONTRADICTORY);
    cr_assert_eq(results->verdicts[2].contradicting_count, 2);
    cr_assert_eq(results->verdicts[2].contradicting[0], &kept[1]);
    cr_assert_eq(results->verdicts[2].contradicting[1], &kept[2]);
    cr_assert_eq(results->verdicts[3].kind, VERDICT_BLOCKED);
    cr_assert_str_eq(results->verdicts[3].reason, "no observation of x");
    cr_assert_eq(results->verdicts[4].kind, VERDICT_RECORDED);
    hand_free(hand);
}

Test(judge_verdict, undefined_beyond_the_tolerance)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, -1, 3), root = hand_op(hand, OP_SQRT, x, NO_VALUE);
    hand_claim(hand, "often", NO_VALUE, hand_compare(hand, OP_LT, root, hand_const(hand, 5)));
    value_id y = hand_input(hand, "y", LAW_UNIFORM, -1e-7, 3);
    hand_claim(hand, "hardly", NO_VALUE, hand_compare(hand, OP_LT, hand_op(hand, OP_SQRT, y, NO_VALUE), hand_const(hand, 5)));
    struct results *results = hand_judge(hand);
    cr_assert_eq(results->verdicts[0].kind, VERDICT_UNDEFINED);
    cr_assert_float_eq(results->verdicts[0].undefined_share, 0.25, 0.03);
    cr_assert(strstr(results->verdicts[0].reason, "a square root"), "%s", results->verdicts[0].reason);
    cr_assert(strstr(results->verdicts[0].reason, "x = -0."), "%s", results->verdicts[0].reason);
    cr_assert_eq(results->verdicts[1].kind, VERDICT_SUPPORTED);
    hand_free(hand);
}

// Only at one end of b, and there in 2 % of the futures: what was searched elsewhere does not thin it out.
Test(judge_verdict, undefined_where_bounds_make_it_worst)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), b = hand_input(hand, "b", LAW_BOUNDS, 0, 4);
    value_id inner = hand_op(hand, OP_SUB, hand_op(hand, OP_ADD, x, hand_const(hand, 3.98)), b);
    hand_claim(hand, "corner", NO_VALUE, hand_compare(hand, OP_LT, hand_op(hand, OP_SQRT, inner, NO_VALUE), hand_const(hand, 5)));
    struct verdict verdict = hand_judge(hand)->verdicts[0];
    cr_assert_eq(verdict.kind, VERDICT_UNDEFINED);
    cr_assert_float_eq(verdict.undefined_share, 0.02, 0.01);
    cr_assert(strstr(verdict.reason, "b = 4"), "%s", verdict.reason);
    hand_free(hand);
}

Test(judge_verdict, a_concession_must_hold_too)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), y = hand_input(hand, "y", LAW_BOUNDS, 0, 3);
    value_id one = hand_const(hand, 1);
    struct question *base = hand_claim(hand, "base", NO_VALUE, hand_op(hand, OP_LE, x, one));
    static const struct concession concession = {.kind = CONCESSION_RANGE, .already = true};
    struct question *conceded = hand_claim(hand, "conceded", NO_VALUE, hand_op(hand, OP_LE, hand_op(hand, OP_ADD, x, y), one));
    conceded->claim = base->claim;
    conceded->concession = &concession;
    hand->program.claim_count = 1;
    struct results *results = hand_judge(hand);
    cr_assert_eq(results->verdict_count, 1);
    cr_assert_eq(results->verdicts[0].kind, VERDICT_SENSITIVE);
    cr_assert_eq(results->verdicts[0].without_concessions_kind, VERDICT_SUPPORTED);
    cr_assert_eq(results->verdicts[0].concession_count, 1);
    cr_assert_eq(results->verdicts[0].concessions[0].verdict, VERDICT_SENSITIVE);
    cr_assert_eq(results->verdicts[0].concessions[0].probability.lower, 0);
    cr_assert_eq(results->verdicts[0].remarks[0].kind, REMARK_CONCESSION_INSIDE);
    hand_free(hand);
}

Test(judge_verdict, threads_change_nothing)
{
    struct verdict verdicts[2];
    struct hand *hands[2];
    for (size_t i = 0; i < 2; i++) {
        struct hand *hand = hands[i] = hand_new();
        value_id x = hand_input(hand, "x", LAW_NORMAL, 0, 1), u = hand_input(hand, "u", LAW_BOUNDS, 0, 0.5);
        hand_claim(hand, "mixed", hand_op(hand, OP_LT, hand_const(hand, -1), x), hand_op(hand, OP_LT, x, u));
        hand->options.threads = i + 1;
        verdicts[i] = hand_judge(hand)->verdicts[0];
    }
    cr_assert_eq(memcmp(&verdicts[0].probability, &verdicts[1].probability, sizeof verdicts[0].probability), 0);
    cr_assert_eq(verdicts[0].samples, verdicts[1].samples);
    cr_assert_eq(verdicts[0].relevant, verdicts[1].relevant);
    cr_assert_eq(verdicts[0].cruxes[0].nearest, verdicts[1].cruxes[0].nearest);
    hand_free(hands[0]);
    hand_free(hands[1]);
}

static bool stop_soon(void *user, const struct judge_progress *progress)
{
    (void)user;
    return progress->futures < 20000;
}

Test(judge_verdict, what_was_finished_is_kept_when_cancelled)
{
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_NORMAL, 0, 1);
    hand_claim(hand, "easy", NO_VALUE, hand_op(hand, OP_LT, x, hand_const(hand, 5)));
    hand_claim(hand, "hard", NO_VALUE, hand_op(hand, OP_LT, x, hand_const(hand, 1.2815515655)));
    hand->options.progress = stop_soon;
    struct results *results = hand_judge(hand);
    cr_assert(results->cancelled);
    cr_assert_eq(results->verdict_count, 1);
    cr_assert_eq(results->verdicts[0].kind, VERDICT_SUPPORTED);
    hand_free(hand);
}
