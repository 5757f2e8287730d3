// The intervals against exact sums and published values.
#include "judge/binomial.h"

#include <criterion/criterion.h>
#include <math.h>

static double exact_at_most(int k, int n, double p)
{
    double sum = 0, term = pow(1 - p, n);
    for (int i = 0; i <= k; i++) {
        sum += term;
        term *= (double)(n - i) / (i + 1) * p / (1 - p);
    }
    return sum;
}

Test(binomial, counts_match_exact_sums)
{
    const double shares[] = {0.01, 0.1, 0.37, 0.5, 0.9, 0.99};
    for (int n = 1; n <= 60; n += 7)
        for (size_t s = 0; s < sizeof shares / sizeof *shares; s++)
            for (int k = 0; k <= n; k++)
                cr_assert_float_eq(binomial_at_most(k, (uint64_t)n, shares[s]), exact_at_most(k, n, shares[s]), 1e-12, "%d of %d, %g", k, n, shares[s]);
    cr_assert_eq(binomial_at_most(-1, 5, 0.5), 0);
}

// 8 of 10 at 95 %: 0.4439 .. 0.9748 (Clopper and Pearson's table).
Test(binomial, clopper_pearson_matches_the_table)
{
    struct share_interval interval = clopper_pearson(8, 10, 0.05);
    cr_assert_float_eq(interval.low, 0.4439045, 1e-6);
    cr_assert_float_eq(interval.high, 0.9747893, 1e-6);
    interval = clopper_pearson(0, 10, 0.05);
    cr_assert_eq(interval.low, 0);
    cr_assert_float_eq(interval.high, 1 - pow(0.025, 0.1), 1e-12);
    interval = clopper_pearson(10, 10, 0.05);
    cr_assert_float_eq(interval.low, pow(0.025, 0.1), 1e-12);
    cr_assert_eq(interval.high, 1);
    interval = clopper_pearson(0, 0, 0.05);
    cr_assert(interval.low == 0 && interval.high == 1);
}

// By summing over all counts: the interval covers with at least 95 % whatever the share.
Test(binomial, clopper_pearson_covers)
{
    for (double p = 0.005; p < 1; p += 0.0497) {
        double covered = 0;
        for (int k = 0; k <= 50; k++) {
            struct share_interval interval = clopper_pearson((uint64_t)k, 50, 0.05);
            if (interval.low <= p && p <= interval.high)
                covered += exact_at_most(k, 50, p) - (k ? exact_at_most(k - 1, 50, p) : 0);
        }
        cr_assert_geq(covered, 0.95 - 1e-9, "%g covered %g", p, covered);
    }
}

Test(binomial, ranks_hold_the_quantile)
{
    uint64_t low, high;
    quantile_ranks(100, 0.5, 0.05, &low, &high);
    cr_assert(low == 40 && high == 61, "%d %d", (int)low, (int)high); // the classical ranks for a median of 100
    double covered = binomial_at_most((int64_t)high - 1, 100, 0.5) - binomial_at_most((int64_t)low - 1, 100, 0.5);
    cr_assert_geq(covered, 0.95);
    quantile_ranks(10, 0.01, 0.05, &low, &high);
    cr_assert_eq(low, 0);
}
