// Probabilities of laws, to a few digits: for pointing out what a cut takes away and for the ends of an input's range.
// The engine's own distributions are the exact ones.
#include <math.h>

#include "base/elementary.h"
#include "base/probability.h"
#include "dsl/check_input.h"

// Two half normals that meet at the median c; with c the midpoint a normal.
static double spread_below(double a, double c, double b, double level, double x)
{
    double z = normal_quantile_at(0.5 + 0.5 * level);
    return normal_probability_at(x < c ? (x - c) * z / (c - a) : (x - c) * z / (b - c));
}

// The rest of a law after what lies below 0 was cut off.
static double above_zero(double below, double below_zero)
{
    return fmax(0, (below - below_zero) / (1 - below_zero));
}

static double triangle_below(double a, double mode, double b, double x)
{
    if (x < mode)
        return (x - a) * (x - a) / ((b - a) * (mode - a));
    return mode == b ? 1 : 1 - (b - x) * (b - x) / ((b - a) * (b - mode));
}

static double choice_below(const struct distribution *law, double x)
{
    double share = 0;
    for (size_t i = 0; i < law->choice_count; i++)
        if (law->values[i] <= x)
            share += law->weights ? law->weights[i] : 1.0 / (double)law->choice_count;
    return share;
}

static double logarithm(double x)
{
    return x > 0 ? elementary_log(x) : -INFINITY;
}

static double peaked_below(const struct distribution *law, double x)
{
    double a = law->a, b = law->b, mode = law->c;
    if (x <= a || x >= b)
        return x >= b;
    if (law->law == LAW_UNIFORM)
        return (x - a) / (b - a);
    if (law->law == LAW_TRIANGULAR)
        return triangle_below(a, mode, b, x);
    return beta_probability_at(1 + 4 * (mode - a) / (b - a), 1 + 4 * (b - mode) / (b - a), (x - a) / (b - a));
}

double law_share_below(const struct distribution *law, double x)
{
    double a = law->a, b = law->b, c = law->c, level = law->level;
    switch (law->law) {
    case LAW_KNOWN:
        return x >= a;
    case LAW_BOUNDS:
        return x >= b ? 1 : x < a ? 0 : 0.5;
    case LAW_SPREAD_NORMAL:
        return spread_below(a, 0.5 * (a + b), b, level, x);
    case LAW_SPREAD_LOGNORMAL:
        return spread_below(elementary_log(a), 0.5 * (elementary_log(a) + elementary_log(b)), elementary_log(b), level, logarithm(x));
    case LAW_SPREAD_ZERO:
        return above_zero(spread_below(0, 0.5 * b, b, level, x), 0.5 - 0.5 * level);
    case LAW_SPREAD_TWO_NORMAL:
        return spread_below(a, c, b, level, x);
    case LAW_SPREAD_TWO_LOGNORMAL:
        return spread_below(elementary_log(a), elementary_log(c), elementary_log(b), level, logarithm(x));
    case LAW_SPREAD_TWO_ZERO:
        return above_zero(spread_below(0, c, b, level, x), 0.5 - 0.5 * level);
    case LAW_UNIFORM:
    case LAW_TRIANGULAR:
    case LAW_PERT:
        return peaked_below(law, x);
    case LAW_NORMAL:
        return normal_probability_at((x - a) / b);
    case LAW_LOGNORMAL:
        return normal_probability_at((logarithm(x) - elementary_log(a)) / elementary_log(b));
    case LAW_BETA:
        return beta_probability_at(a, b, x);
    case LAW_CHOICE:
    case LAW_POSSIBLE:
        return choice_below(law, x);
    case LAW_COUNT:
        break;
    }
    return NAN;
}

// Finite ends between which the quantiles of 1e-6 to 1 - 1e-6 lie.
static void bracket(const struct distribution *law, double *low, double *high)
{
    *low = law->a, *high = law->b;
    switch (law->law) {
    case LAW_KNOWN:
    case LAW_BOUNDS:
    case LAW_UNIFORM:
    case LAW_TRIANGULAR:
    case LAW_PERT:
    case LAW_CHOICE:
    case LAW_POSSIBLE:
    case LAW_COUNT:
        return;
    case LAW_NORMAL:
        *low = law->a - 10 * law->b, *high = law->a + 10 * law->b;
        return;
    case LAW_LOGNORMAL:
        *low = 0, *high = law->a * elementary_pow(law->b, 10);
        return;
    case LAW_BETA:
        *low = 0, *high = 1;
        return;
    case LAW_SPREAD_LOGNORMAL:
    case LAW_SPREAD_TWO_LOGNORMAL:
        *low = 0, *high = law->b * elementary_pow(law->b / law->a, 10);
        return;
    case LAW_SPREAD_NORMAL:
    case LAW_SPREAD_TWO_NORMAL:
    case LAW_SPREAD_ZERO:
    case LAW_SPREAD_TWO_ZERO:
        *low = law->a - 50 * (law->b - law->a), *high = law->b + 50 * (law->b - law->a);
        return;
    }
}

double law_quantile(const struct distribution *law, double p)
{
    double low, high;
    if (law->law == LAW_KNOWN)
        return law->a;
    if (law->law == LAW_BOUNDS)
        return p < 0.5 ? law->a : law->b;
    bracket(law, &low, &high);
    if (law->law == LAW_CHOICE || law->law == LAW_POSSIBLE) {
        low = high = law->values[0];
        for (size_t i = 1; i < law->choice_count; i++) {
            low = fmin(low, law->values[i]);
            high = fmax(high, law->values[i]);
        }
        return p < 0.5 ? low : high;
    }
    for (int i = 0; i < 200; i++) {
        double middle = 0.5 * (low + high);
        if (law_share_below(law, middle) < p)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

bool law_reaches_zero(const struct distribution *law)
{
    if (law->cut_low > 0)
        return false;
    switch (law->law) {
    case LAW_KNOWN:
    case LAW_BOUNDS:
    case LAW_UNIFORM:
    case LAW_TRIANGULAR:
    case LAW_PERT:
        return law->a <= 0;
    case LAW_SPREAD_LOGNORMAL:
    case LAW_SPREAD_TWO_LOGNORMAL:
    case LAW_LOGNORMAL:
    case LAW_BETA:
        return false;
    case LAW_CHOICE:
    case LAW_POSSIBLE:
        for (size_t i = 0; i < law->choice_count; i++)
            if (law->values[i] <= 0)
                return true;
        return false;
    case LAW_NORMAL:
    case LAW_SPREAD_NORMAL:
    case LAW_SPREAD_ZERO:
    case LAW_SPREAD_TWO_NORMAL:
    case LAW_SPREAD_TWO_ZERO:
    case LAW_COUNT:
        return true;
    }
    return true;
}
