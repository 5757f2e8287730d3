#include "judge/binomial.h"

#include "base/elementary.h"
#include "base/probability.h"

double binomial_at_most(int64_t k, uint64_t trials, double p)
{
    if (k < 0)
        return 0;
    if ((uint64_t)k >= trials)
        return 1;
    return beta_probability_at((double)(trials - (uint64_t)k), (double)k + 1, 1 - p);
}

struct share_interval clopper_pearson(uint64_t successes, uint64_t trials, double error)
{
    double k = (double)successes, n = (double)trials;
    struct share_interval interval = {0, 1};
    if (trials == 0)
        return interval;
    if (successes > 0)
        interval.low = successes == trials ? elementary_pow(error / 2, 1 / n) : beta_quantile_at(k, n - k + 1, error / 2);
    if (successes < trials)
        interval.high = successes == 0 ? 1 - elementary_pow(error / 2, 1 / n) : beta_quantile_at(k + 1, n - k, 1 - error / 2);
    return interval;
}

// The least k in 0 .. trials with P(count <= k) >= p.
static uint64_t binomial_quantile(uint64_t trials, double q, double p)
{
    uint64_t low = 0, high = trials;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (binomial_at_most((int64_t)middle, trials, q) >= p)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

void quantile_ranks(uint64_t count, double q, double error, uint64_t *low, uint64_t *high)
{
    // Rank l lies above the quantile only if fewer than l values lie below it.
    *low = binomial_quantile(count, q, error / 2);
    *high = binomial_quantile(count, q, 1 - error / 2) + 1;
}
