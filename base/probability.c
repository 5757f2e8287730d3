// The beta law has its probabilities by the continued fraction of the incomplete beta function, its quantiles by Newton's method
// kept inside a shrinking interval. Uses no libm beyond exact operations, so that all machines agree.
#include "base/probability.h"

#include <math.h>
#include <stdbool.h>

#include "base/elementary.h"
#include "base/lanes_normal.h"

double normal_probability_at(double z)
{
    return normal_probability(z);
}

double normal_quantile_at(double u)
{
    return normal_quantile(u);
}

// log Gamma by Stirling's series, after moving x to 16 or more; relative error of Gamma below 1e-14.
static double log_gamma(double x)
{
    double product = 1;
    while (x < 16)
        product *= x++;
    const double r = 1 / (x * x);
    const double series = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188))))) / x;
    const double half_log_two_pi = 0.91893853320467274178;
    return (x - 0.5) * elementary_log(x) - x + half_log_two_pi + series - elementary_log(product);
}

static double away_from_zero(double x)
{
    return fabs(x) < 1e-300 ? 1e-300 : x;
}

// The continued fraction 26.5.8 of Abramowitz and Stegun, evaluated forwards (Lentz's method). It takes about as many terms as
// the root of the larger shape.
static double beta_fraction(double a, double b, double x)
{
    enum { TERMS_MAX = 20000 };
    double c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), value = d;
    for (int m = 1; m <= TERMS_MAX; m++) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / away_from_zero(1 + even * d);
        c = away_from_zero(1 + even / c);
        value *= c * d;
        d = 1 / away_from_zero(1 + odd * d);
        c = away_from_zero(1 + odd / c);
        value *= c * d;
        if (fabs(c * d - 1) < 1e-15)
            break;
    }
    return value;
}

struct beta {
    double a, b;
    double log_scale; // -log B(a, b)
};

static struct beta beta_law(double a, double b)
{
    return (struct beta){a, b, log_gamma(a + b) - log_gamma(a) - log_gamma(b)};
}

// x^a (1 - x)^b / B(a, b)
static double beta_front(const struct beta *law, double x)
{
    return elementary_exp(law->log_scale + law->a * elementary_log(x) + law->b * elementary_log(1 - x));
}

static double beta_below(const struct beta *law, double x)
{
    if (x <= 0 || x >= 1)
        return x >= 1;
    const double front = beta_front(law, x);
    if (x < (law->a + 1) / (law->a + law->b + 2))
        return elementary_min(1, front * beta_fraction(law->a, law->b, x) / law->a);
    return elementary_max(0, 1 - front * beta_fraction(law->b, law->a, 1 - x) / law->b);
}

double beta_probability_at(double a, double b, double x)
{
    const struct beta law = beta_law(a, b);
    return beta_below(&law, x);
}

// The first guess is the mean; a step of Newton's that leaves the interval is replaced by a bisection. Each step squares the
// error, so after a small one nothing but rounding is left.
double beta_quantile_at(double a, double b, double u)
{
    if (!(u > 0 && u < 1))
        return u;
    const struct beta law = beta_law(a, b);
    double low = 0, high = 1, x = a / (a + b);
    for (int i = 0; i < 200 && high - low > 1e-16 * x; i++) {
        const double above = beta_below(&law, x) - u;
        if (above < 0)
            low = x;
        else
            high = x;
        const double step = above * x * (1 - x) / beta_front(&law, x), next = x - step;
        if (fabs(step) <= 4e-16 * x)
            break;
        const bool inside = next > low && next < high;
        x = inside ? next : low + 0.5 * (high - low);
        if (inside && fabs(step) <= 1e-10 * x * (1 - x))
            break;
    }
    return x;
}
