// Sums, products and quotients over vectors of intervals whose ends may be infinite: what is not ordinary for that reason alone.
// As enclose_one does them one by one, but that the low end of a product is not known to be 0 in as many cases.
#ifndef ENGINE_ENCLOSE_UNBOUNDED_H
#define ENGINE_ENCLOSE_UNBOUNDED_H

#include "engine/enclose_ordinary.h"

struct unbounded {
    struct lanes_interval span;
    lanes_mask fine;    // the lanes that are done
    lanes_mask missing; // of these: INFINITY - INFINITY, 0 * INFINITY or 0 / 0 may be among them
};

LANES_INLINE lanes_mask is_infinite(lanes x)
{
    return mask_eq(lanes_abs(x), lanes_infinity());
}

LANES_INLINE lanes_mask has_infinity(struct lanes_interval x)
{
    return mask_or(is_infinite(x.low), is_infinite(x.high));
}

LANES_INLINE lanes_mask has_zero(struct lanes_interval x)
{
    return mask_and(mask_le(x.low, lanes_of(0.0)), mask_le(lanes_of(0.0), x.high));
}

// Not empty, and with finite numbers in it.
LANES_INLINE lanes_mask has_numbers(struct lanes_interval x)
{
    return mask_and(mask_le(x.low, x.high), mask_and(mask_lt(x.low, lanes_infinity()), mask_lt(-lanes_infinity(), x.high)));
}

LANES_INLINE lanes nan_as_zero(lanes x)
{
    return mask_choose(mask_unordered(x, x), lanes_of(0.0), x);
}

LANES_INLINE struct unbounded unbounded_add(struct lanes_interval a, struct lanes_interval b)
{
    const lanes low = a.low + b.low, high = a.high + b.high;
    const lanes_mask low_fine = mask_or(is_finite(low), mask_or(is_infinite(a.low), is_infinite(b.low)));
    const lanes_mask high_fine = mask_or(is_finite(high), mask_or(is_infinite(a.high), is_infinite(b.high)));
    return (struct unbounded){{lanes_below(low, SLACK_ROUNDED), lanes_above(high, SLACK_ROUNDED) + lanes_of(0.0)},
                              mask_and(mask_and(has_numbers(a), has_numbers(b)), mask_and(low_fine, high_fine)),
                              mask_or(mask_and(is_infinite(a.high), is_infinite(b.low)), mask_and(is_infinite(a.low), is_infinite(b.high)))};
}

LANES_INLINE struct unbounded unbounded_multiply(struct lanes_interval a, struct lanes_interval b)
{
    const lanes p = nan_as_zero(a.low * b.low), q = nan_as_zero(a.low * b.high), r = nan_as_zero(a.high * b.low), s = nan_as_zero(a.high * b.high);
    const lanes low = lanes_lesser(lanes_lesser(p, q), lanes_lesser(r, s)), high = lanes_greater(lanes_greater(p, q), lanes_greater(r, s));
    const lanes zero = lanes_of(0.0);
    const lanes_mask infinite = mask_or(has_infinity(a), has_infinity(b)), no_minus = mask_and(mask_le(zero, a.low), mask_le(zero, b.low));
    const lanes_mask low_zero = is_zero(low);
    const lanes_mask low_fine = mask_or(is_middling(low), mask_or(mask_eq(low, -lanes_infinity()), mask_and(no_minus, low_zero)));
    const lanes_mask high_fine = mask_or(is_middling(high), mask_eq(high, lanes_infinity()));
    const lanes signed_zero = lanes_signed_as(zero, lanes_either_bits(a.low, b.low));
    return (struct unbounded){{mask_choose(low_zero, signed_zero, lanes_below(low, SLACK_ROUNDED)), lanes_above(high, SLACK_ROUNDED)},
                              mask_and(mask_and(infinite, mask_and(has_numbers(a), has_numbers(b))), mask_and(low_fine, high_fine)),
                              mask_or(mask_and(has_zero(a), has_infinity(b)), mask_and(has_infinity(a), has_zero(b)))};
}

// By numbers of both signs: anything. 0 / 0 is missing, and anything else over 0 infinite.
LANES_INLINE struct unbounded unbounded_divide(struct lanes_interval a, struct lanes_interval b)
{
    const lanes zero = lanes_of(0.0);
    const lanes_mask both_signs = mask_and(mask_lt(b.low, zero), mask_lt(zero, b.high)), nothing = mask_and(is_zero(a.low), is_zero(a.high));
    return (struct unbounded){{-lanes_infinity(), lanes_infinity()},
                              mask_and(mask_and(both_signs, mask_not(nothing)), mask_and(has_numbers(a), has_numbers(b))),
                              mask_or(has_zero(a), mask_and(has_infinity(a), has_infinity(b)))};
}

#endif
