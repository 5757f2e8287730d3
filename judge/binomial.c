#include "judge/binomial.h"

#include <math.h>

enum { FRACTION_TERMS = 20000, NEWTON_STEPS = 200 };

static double log_gamma(double x)
{
    int sign;
    return lgamma_r(x, &sign); // lgamma writes a global
}

// log of x^a (1 - x)^b / B(a, b)
static double log_front(double a, double b, double x)
{
    return log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log1p(-x);
}

static double away_from_zero(double x)
{
    return fabs(x) < 1e-300 ? 1e-300 : x;
}

static double continued_fraction(double a, double b, double x)
{
    double c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), value = d;
    for (int m = 1; m < FRACTION_TERMS; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 / away_from_zero(1 + even * d);
        c = away_from_zero(1 + even / c);
        value *= d * c;
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / away_from_zero(1 + odd * d);
        c = away_from_zero(1 + odd / c);
        double change = d * c;
        value *= change;
        if (fabs(change - 1) < 1e-15)
            break;
    }
    return value;
}

double incomplete_beta(double a, double b, double x)
{
    if (x <= 0)
        return 0;
    if (x >= 1)
        return 1;
    double front = exp(log_front(a, b, x));
    // The fraction converges fast only below the mean.
    if (x < (a + 1) / (a + b + 2))
        return front * continued_fraction(a, b, x) / a;
    return 1 - front * continued_fraction(b, a, 1 - x) / b;
}

double beta_quantile(double a, double b, double p)
{
    if (p <= 0)
        return 0;
    if (p >= 1)
        return 1;
    double low = 0, high = 1, x = a / (a + b);
    for (int i = 0; i < NEWTON_STEPS && high - low > 1e-16 * x; i++) {
        double excess = incomplete_beta(a, b, x) - p;
        if (excess > 0)
            high = x;
        else
            low = x;
        double slope = exp(log_front(a, b, x)) / (x * (1 - x));
        double next = x - excess / slope;
        // Newton's step, unless it leaves the bracket.
        if (!(next > low && next < high))
            next = low + (high - low) / 2;
        if (fabs(next - x) <= 1e-14 * x)
            return next;
        x = next;
    }
    return x;
}

double binomial_at_most(int64_t k, uint64_t trials, double p)
{
    if (k < 0)
        return 0;
    if ((uint64_t)k >= trials)
        return 1;
    return incomplete_beta((double)(trials - (uint64_t)k), (double)k + 1, 1 - p);
}

struct share_interval clopper_pearson(uint64_t successes, uint64_t trials, double error)
{
    double k = (double)successes, n = (double)trials;
    struct share_interval interval = {0, 1};
    if (trials == 0)
        return interval;
    if (successes > 0)
        interval.low = successes == trials ? pow(error / 2, 1 / n) : beta_quantile(k, n - k + 1, error / 2);
    if (successes < trials)
        interval.high = successes == 0 ? -expm1(log(error / 2) / n) : beta_quantile(k + 1, n - k, 1 - error / 2);
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
