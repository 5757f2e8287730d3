// Over many seeds: the printed 95 % intervals hold the true share, and a share on the wrong side of the level is hardly ever
// called supported.
#include <criterion/criterion.h>
#include <math.h>

#include "judge/binomial.h"
#include "tests/support/judge_model.h"

enum { SEEDS = 300 }; // 3000 were tried too

struct outcome {
    int missed, supported, refuted, edge;
};

// One claim x < share over a uniform x, with a premise that half of the futures meet, at level 90 %.
static struct outcome run(double share, uint64_t first_seed)
{
    struct outcome outcome = {0};
    struct hand *hand = hand_new();
    value_id x = hand_input(hand, "x", LAW_UNIFORM, 0, 1), y = hand_input(hand, "y", LAW_UNIFORM, 0, 1);
    hand_claim(hand, "share", hand_op(hand, OP_LT, y, hand_const(hand, 0.5)), hand_op(hand, OP_LT, x, hand_const(hand, share)));
    hand->options.samples = 8192;
    for (uint64_t seed = first_seed; seed < first_seed + SEEDS; seed++) {
        hand->options.seed = seed;
        struct verdict verdict = hand_judge(hand)->verdicts[0];
        outcome.missed += share < verdict.probability.ci_low || share > verdict.probability.ci_high;
        outcome.supported += verdict.kind == VERDICT_SUPPORTED;
        outcome.refuted += verdict.kind == VERDICT_REFUTED;
        outcome.edge += verdict.on_edge_of_level;
    }
    hand_free(hand);
    return outcome;
}

// The most misses that 5 % would give in 999 of 1000 such tests.
static int allowed(double rate)
{
    int k = 0;
    while (binomial_at_most(k, SEEDS, rate) < 0.999)
        k++;
    return k;
}

Test(judge_coverage, intervals_hold_the_true_share)
{
    const double shares[] = {0.02, 0.5, 0.895, 0.97};
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        struct outcome outcome = run(shares[i], 1000 * (i + 1));
        cr_assert_leq(outcome.missed, allowed(0.05), "share %g: %d of %d missed, seeds from %zu", shares[i], outcome.missed, SEEDS, 1000 * (i + 1));
    }
}

Test(judge_coverage, the_wrong_side_is_not_supported)
{
    struct outcome outcome = run(0.899, 7);
    cr_assert_leq(outcome.supported, allowed(0.025));
    cr_assert_eq(outcome.refuted, 0);
    cr_assert_geq(outcome.edge, SEEDS * 9 / 10);
    outcome = run(0.5, 8);
    cr_assert_eq(outcome.supported + outcome.refuted + outcome.edge, 0);
}
