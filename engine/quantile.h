// The quantile functions of the laws that inputs follow (dsl/distribution.def).
//
// A law is prepared once; its quantile at u in [0, 1] is then a short formula over lanes for all laws but a few. Never
// decreasing in u, never outside the law's cuts.
#ifndef ENGINE_QUANTILE_H
#define ENGINE_QUANTILE_H

#include <stdbool.h>

#include "dsl/distribution.h"

// Shapes of the formula: a straight line from `low` to `high`; a normal law whose standard deviation is `below` under the
// median `center` and `above` over it; the exponential of such a law, times `center`; or none of these.
enum quantile_shape { QUANTILE_LINE, QUANTILE_NORMAL, QUANTILE_LOGNORMAL, QUANTILE_OTHER };

struct quantile {
    enum quantile_shape shape;
    double center, below, above;
    double low, high;   // no value is outside
    // A cut law reads from + u * span instead of u, or, where that would lose digits because the cut is above the median,
    // 1 - (from + (1 - u) * span): `mirrored`.
    bool cut, mirrored;
    double from, span;
    const struct distribution *law; // of QUANTILE_OTHER
    double shape_a, shape_b;        // of a beta law
};

struct quantile quantile_of(const struct distribution *law);
double quantile_at(const struct quantile *quantile, double u);

// The value of the law's `central` future.
double distribution_central(const struct distribution *law);

// The part of quantile_at that is not a formula over lanes: QUANTILE_OTHER.
double quantile_of_other(const struct quantile *quantile, double u);

// Does the formula read z, the normal quantile of u? A cut law finds its own.
static inline bool quantile_wants_normal(const struct quantile *quantile)
{
    return (quantile->shape == QUANTILE_NORMAL || quantile->shape == QUANTILE_LOGNORMAL) && !quantile->cut;
}

#endif
