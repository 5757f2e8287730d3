// Confidence intervals for a share that was counted.
//
// The distribution of a count is read from the beta law (base/probability.h); the interval is Clopper and Pearson's (1934): it
// covers the true share with at least the stated confidence for every share and every number of trials.
#ifndef JUDGE_BINOMIAL_H
#define JUDGE_BINOMIAL_H

#include <stdint.h>

struct share_interval {
    double low, high;
};

// P(count <= k) of `trials` trials that each succeed with probability p. k < 0 gives 0.
double binomial_at_most(int64_t k, uint64_t trials, double p);
// Without trials: 0 .. 1. `error` is the chance to miss, half of it on each side.
struct share_interval clopper_pearson(uint64_t successes, uint64_t trials, double error);
// The ranks (1-based, 0 and count + 1 meaning "below the least" and "above the greatest") between which the q-quantile of what
// `count` sorted independent values were drawn from lies with at least 1 - error.
void quantile_ranks(uint64_t count, double q, double error, uint64_t *low, uint64_t *high);

#endif
