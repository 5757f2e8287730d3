#include "engine/quantile.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include "base/elementary.h"
#include "base/probability.h"
#include "engine/lanes_random.h"

double quantile_at(const struct quantile *quantile, double u)
{
    return quantile_lanes(quantile, u, quantile_wants_normal(quantile) ? normal_quantile(u) : 0.0);
}

// ---- shapes -----------------------------------------------------------------------------------------------------------------

static struct quantile line_between(double low, double high)
{
    return (struct quantile){.shape = QUANTILE_LINE, .low = low, .high = high};
}

// The normal quantile of the upper end of an interval of that probability.
static double reach(double level)
{
    return normal_quantile(0.5 + 0.5 * level);
}

static struct quantile spread(enum quantile_shape shape, double center, double below, double above)
{
    return (struct quantile){.shape = shape, .center = center, .below = below, .above = above};
}

static struct quantile two_halves(const struct distribution *law, double center)
{
    const double z = reach(law->level);
    return spread(QUANTILE_NORMAL, center, (center - law->a) / z, (law->b - center) / z);
}

static struct quantile two_logarithmic_halves(const struct distribution *law, double center)
{
    const double z = reach(law->level);
    return spread(QUANTILE_LOGNORMAL, center, elementary_log(center / law->a) / z, elementary_log(law->b / center) / z);
}

static struct quantile uncut(const struct distribution *law)
{
    switch (law->law) {
    case LAW_KNOWN:
        return line_between(law->a, law->a);
    case LAW_BOUNDS:
    case LAW_UNIFORM:
        return line_between(law->a, law->b);
    case LAW_SPREAD_NORMAL:
    case LAW_SPREAD_ZERO:
        return two_halves(law, law->a + 0.5 * (law->b - law->a));
    case LAW_SPREAD_LOGNORMAL:
        return two_logarithmic_halves(law, sqrt(law->a) * sqrt(law->b));
    case LAW_SPREAD_TWO_NORMAL:
    case LAW_SPREAD_TWO_ZERO:
        return two_halves(law, law->c);
    case LAW_SPREAD_TWO_LOGNORMAL:
        return two_logarithmic_halves(law, law->c);
    case LAW_NORMAL:
        return spread(QUANTILE_NORMAL, law->a, law->b, law->b);
    case LAW_LOGNORMAL:
        return spread(QUANTILE_LOGNORMAL, law->a, elementary_log(law->b), elementary_log(law->b));
    case LAW_PERT:
        return (struct quantile){.shape = QUANTILE_OTHER,
                                 .law = law,
                                 .shape_a = 1 + 4 * (law->c - law->a) / (law->b - law->a),
                                 .shape_b = 1 + 4 * (law->b - law->c) / (law->b - law->a)};
    case LAW_BETA:
        return (struct quantile){.shape = QUANTILE_OTHER, .law = law, .shape_a = law->a, .shape_b = law->b};
    case LAW_TRIANGULAR:
    case LAW_CHOICE:
    case LAW_POSSIBLE:
        return (struct quantile){.shape = QUANTILE_OTHER, .law = law};
    case LAW_COUNT:
        break;
    }
    assert(false && "a law is one of those above");
    return line_between(NAN, NAN);
}

// ---- cuts -------------------------------------------------------------------------------------------------------------------

// How many standard deviations x is from the median.
static double deviations(const struct quantile *quantile, double x)
{
    double distance = x - quantile->center;
    if (quantile->shape == QUANTILE_LOGNORMAL)
        distance = x > 0 ? elementary_log(x / quantile->center) : -INFINITY;
    const double side = distance < 0 ? quantile->below : quantile->above;
    return distance == 0 ? 0 : distance / side;
}

// Above the median probabilities are counted from the upper end, where they have their digits.
static void cut_normal(struct quantile *quantile)
{
    const double low = deviations(quantile, quantile->low), high = deviations(quantile, quantile->high);
    quantile->cut = true;
    quantile->mirrored = low > 0;
    quantile->from = normal_probability(low > 0 ? -high : low);
    quantile->span = normal_probability(low > 0 ? -low : high) - quantile->from;
}

static double triangle_below(const struct distribution *law, double x)
{
    const double width = law->b - law->a;
    if (x <= law->a || x >= law->b)
        return x > law->a;
    if (x < law->c)
        return (x - law->a) / width * ((x - law->a) / (law->c - law->a));
    return 1 - (law->b - x) / width * ((law->b - x) / (law->b - law->c));
}

static double other_below(const struct quantile *quantile, double x)
{
    const struct distribution *law = quantile->law;
    if (law->law == LAW_TRIANGULAR)
        return triangle_below(law, x);
    const double share = law->law == LAW_PERT ? (x - law->a) / (law->b - law->a) : x;
    return beta_probability_at(quantile->shape_a, quantile->shape_b, share);
}

static bool is_discrete(const struct quantile *quantile)
{
    return quantile->law != NULL && (quantile->law->law == LAW_CHOICE || quantile->law->law == LAW_POSSIBLE);
}

static bool at_zero(const struct distribution *law)
{
    return law->law == LAW_SPREAD_ZERO || law->law == LAW_SPREAD_TWO_ZERO;
}

// No cut is written -infinity .. infinity; cuts that leave nothing were refused before.
struct quantile quantile_of(const struct distribution *law)
{
    struct quantile quantile = uncut(law);
    double low = -INFINITY, high = INFINITY;
    if (law->cut_low < law->cut_high) {
        low = law->cut_low;
        high = law->cut_high;
    }
    if (at_zero(law) && low < 0)
        low = 0;
    if (quantile.shape == QUANTILE_LINE) {
        quantile.low = elementary_max(quantile.low, low);
        quantile.high = elementary_min(quantile.high, high);
        return quantile;
    }
    quantile.low = low;
    quantile.high = high;
    if ((isinf(low) && isinf(high)) || is_discrete(&quantile))
        return quantile;
    if (quantile.shape != QUANTILE_OTHER) {
        cut_normal(&quantile);
        return quantile;
    }
    quantile.cut = true;
    quantile.from = other_below(&quantile, low);
    quantile.span = other_below(&quantile, high) - quantile.from;
    return quantile;
}

// ---- the laws without a formula over lanes ------------------------------------------------------------------------------------

static double choice_at(const struct distribution *law, double u)
{
    double below = 0;
    for (size_t i = 0; i + 1 < law->choice_count; i++) {
        below += law->law == LAW_CHOICE && law->weights != NULL ? law->weights[i] : 1.0 / (double)law->choice_count;
        if (u < below)
            return law->values[i];
    }
    return law->values[law->choice_count - 1];
}

static double triangle_at(const struct distribution *law, double u)
{
    const double width = law->b - law->a, left = (law->c - law->a) / width;
    if (u < left)
        return law->a + width * sqrt(u * left);
    return law->b - width * sqrt((1 - u) * (1 - left));
}

double quantile_of_other(const struct quantile *quantile, double u)
{
    const struct distribution *law = quantile->law;
    if (is_discrete(quantile))
        return choice_at(law, u);
    const double share = quantile->cut ? quantile->from + u * quantile->span : u;
    double value = 0;
    if (law->law == LAW_TRIANGULAR)
        value = triangle_at(law, share);
    else
        value = beta_quantile_at(quantile->shape_a, quantile->shape_b, share);
    if (law->law == LAW_PERT)
        value = law->a + (law->b - law->a) * value;
    return elementary_max(quantile->low, elementary_min(quantile->high, value));
}

// ---- central values -----------------------------------------------------------------------------------------------------------

static double likeliest(const struct distribution *law)
{
    size_t best = 0;
    for (size_t i = 1; law->weights != NULL && i < law->choice_count; i++)
        if (law->weights[i] > law->weights[best])
            best = i;
    return law->values[best];
}

// Medians are those of the uncut law, moved into the cut when it is outside.
double distribution_central(const struct distribution *law)
{
    if (law->law == LAW_KNOWN)
        return law->a;
    if (law->law == LAW_CHOICE)
        return likeliest(law);
    if (law->law == LAW_POSSIBLE)
        return law->values[0];
    const struct quantile quantile = quantile_of(law), whole = uncut(law);
    double central = whole.center;
    if (law->law == LAW_BOUNDS)
        central = isnan(law->c) ? law->a + 0.5 * (law->b - law->a) : law->c;
    else if (quantile.shape == QUANTILE_LINE)
        central = law->a + 0.5 * (law->b - law->a);
    else if (quantile.shape == QUANTILE_OTHER) {
        struct quantile free = whole;
        free.low = -INFINITY;
        free.high = INFINITY;
        central = quantile_of_other(&free, 0.5);
    }
    return elementary_max(quantile.low, elementary_min(quantile.high, central));
}
