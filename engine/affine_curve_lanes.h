// Straight lines along curves: slope * x + shift, with the largest distance from the curve over an interval of x.
//
// The slope is that of the chord, and the line halves the distance between the chord and the tangent beside it: for a curve
// that bends one way no line is closer (Chebyshev). What is used of the curve is true whatever the slope, so that a rounded
// chord costs tightness alone: a convex curve less a line is greatest at an end, and never less than at its lowest point or
// below a tangent. Ends are those of the natural interval, outside the curve's by less than `slack`, which covers them and the
// rounding of every sum here. Where a curve has no such line, some number is infinite or NaN and the form is given up.
#ifndef ENGINE_AFFINE_CURVE_LANES_H
#define ENGINE_AFFINE_CURVE_LANES_H

#include "engine/enclose_ordinary.h"

struct line {
    lanes slope, shift, error;
};

#define CURVE_SLACK 0x1p-47
#define NARROW 0x1p-40

// The line between the least and the greatest of what is left of the curve when slope * x is taken off.
LANES_INLINE struct line line_between(lanes slope, lanes low, lanes high, lanes slack)
{
    const lanes half = lanes_of(0.5), error = lanes_greater(lanes_of(0.0), (high - low) * half);
    return (struct line){slope, low * half + high * half, error + slack * lanes_of(CURVE_SLACK)};
}

// The chord's slope, or the derivative where the interval is too narrow for one.
LANES_INLINE lanes chord(struct lanes_interval x, struct lanes_interval f, lanes derivative)
{
    const lanes width = x.high - x.low, least = (lanes_abs(x.low) + lanes_abs(x.high)) * lanes_of(NARROW);
    return mask_choose(mask_lt(least, width), (f.high - f.low) / width, derivative);
}

LANES_INLINE lanes sizes(struct lanes_interval x)
{
    return lanes_abs(x.low) + lanes_abs(x.high);
}

// e^x - s x is least at ln s.
LANES_INLINE struct line line_exp(struct lanes_interval x, struct lanes_interval f)
{
    const lanes slope = chord(x, f, f.low), least = lanes_log(slope);
    const lanes high = lanes_greater(f.low - slope * x.low, f.high - slope * x.high);
    return line_between(slope, slope - slope * least, high, sizes(f) + slope * (sizes(x) + lanes_abs(least) + lanes_of(1.0)));
}

// ln x - s x is greatest at 1 / s. `unit` is ln 10 for logarithms to base 10.
LANES_INLINE struct line line_log(struct lanes_interval x, struct lanes_interval f, double unit)
{
    const lanes per = lanes_of(1.0 / unit), slope = chord(x, f, per / x.low), most = lanes_log(slope * lanes_of(unit));
    const lanes low = lanes_lesser(f.low - slope * x.low, f.high - slope * x.high);
    const lanes high = -(most + lanes_of(1.0)) * per;
    return line_between(slope, low, high, sizes(f) + slope * sizes(x) + lanes_abs(most) + lanes_of(1.0));
}

// sqrt x - s x is greatest at 1 / (4 s^2). Negative numbers have no root: the line is for the others.
LANES_INLINE struct line line_sqrt(struct lanes_interval x, struct lanes_interval f)
{
    const struct lanes_interval from = {lanes_greater(x.low, lanes_of(0.0)), x.high};
    const lanes sum = f.low + f.high, slope = lanes_of(1.0) / sum, high = sum * lanes_of(0.25);
    const lanes low = lanes_lesser(f.low - slope * from.low, f.high - slope * from.high);
    return line_between(slope, low, high, sizes(f) + slope * sizes(from));
}

// 1 / x - s x, for x above or below 0, is extreme at sqrt(-1 / s), where it is 2 sqrt(-s).
LANES_INLINE struct line line_reciprocal(struct lanes_interval x)
{
    const lanes one = lanes_of(1.0), product = x.low * x.high, root = lanes_sqrt(product), slope = -one / product;
    const struct lanes_interval f = {one / x.low, one / x.high};
    const lanes end = lanes_signed_as(lanes_of(2.0) / root, x.low);
    const lanes first = f.low - slope * x.low, last = f.high - slope * x.high;
    const lanes low = lanes_lesser(end, lanes_lesser(first, last)), high = lanes_greater(end, lanes_greater(first, last));
    const struct line line = line_between(slope, low, high, sizes(f) + lanes_abs(end) - slope * sizes(x));
    return (struct line){slope, line.shift, mask_choose(mask_le(lanes_of(0x1p-1000), product), line.error, lanes_infinity())};
}

LANES_INLINE lanes power_of(lanes x, lanes y)
{
    if (!mask_any(pow_near_special(x, y)))
        return pow_near_power(pow_near_plain(x, y));
    if (!mask_any(pow_far_special(x, y)))
        return pow_far_power(pow_far_plain(x, y));
    return lanes_pow(x, y);
}

// x^p for x above 0. The tangent touches near the point where it is as steep as the chord: about the power mean of order
// (p + 1) / 3 of the ends (exact for p of -1, 1/2 and 2), taken here between the geometric and the arithmetic mean.
LANES_INLINE struct line line_power(struct lanes_interval x, struct lanes_interval f, lanes p)
{
    const lanes zero = lanes_of(0.0), half = lanes_of(0.5);
    const lanes_mask falls = mask_lt(p, zero);
    const struct lanes_interval ends = {mask_choose(falls, f.high, f.low), mask_choose(falls, f.low, f.high)};
    const lanes slope = chord(x, ends, p * ends.low / x.low);
    const lanes geometric = lanes_sqrt(x.low * x.high), arithmetic = x.low * half + x.high * half;
    const lanes near = geometric + (p + lanes_of(1.0)) * lanes_of(1.0 / 3.0) * (arithmetic - geometric);
    const lanes at = lanes_greater(x.low, lanes_lesser(x.high, near)), touch = power_of(at, p), steep = p * touch / at;
    const lanes first = ends.low - slope * x.low, last = ends.high - slope * x.high;
    const lanes under_first = touch + steep * (x.low - at) - slope * x.low, under_last = touch + steep * (x.high - at) - slope * x.high;
    const lanes low = lanes_lesser(lanes_lesser(first, last), lanes_lesser(under_first, under_last));
    const lanes high = lanes_greater(lanes_greater(first, last), lanes_greater(under_first, under_last));
    const lanes slack = sizes(f) + (lanes_abs(slope) + lanes_abs(steep)) * (sizes(x) + at) + touch;
    const struct line line = line_between(slope, low, high, slack);
    return (struct line){line.slope, line.shift, mask_choose(mask_lt(zero, x.low), line.error, lanes_infinity())};
}

#endif
