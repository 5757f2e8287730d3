// Ordinary intervals over vectors of boxes: one function a step, for lanes that are finite, with results in the middle of the
// range of doubles, and with a value everywhere. Each says which lanes are; enclose_one does the others. Which ones does not
// depend on the width of the vectors, and so the bits do not either.
#ifndef ENGINE_ENCLOSE_ORDINARY_H
#define ENGINE_ENCLOSE_ORDINARY_H

#include "base/lanes_math.h"
#include "engine/enclose_inside.h"

struct lanes_interval {
    lanes low, high;
};

LANES_INLINE lanes lanes_below(lanes r, double slack)
{
    return r - lanes_abs(r) * lanes_of(slack);
}

LANES_INLINE lanes lanes_above(lanes r, double slack)
{
    return r + lanes_abs(r) * lanes_of(slack);
}

// Far from both ends of the range of doubles.
LANES_INLINE lanes_mask is_middling(lanes r)
{
    const lanes size = lanes_abs(r);
    return mask_and(mask_le(lanes_of(0x1p-960), size), mask_le(size, lanes_of(0x1p1000)));
}

LANES_INLINE lanes_mask is_finite(lanes r)
{
    return mask_le(lanes_abs(r), lanes_of(0x1p1000));
}

LANES_INLINE lanes_mask is_zero(lanes r)
{
    return mask_eq(r, lanes_of(0.0));
}

LANES_INLINE lanes lanes_either_bits(lanes x, lanes y)
{
    return lanes_from_bits(lanes_bits(x) | lanes_bits(y));
}

// A step gives its result, and its ordinary lanes.
LANES_INLINE struct lanes_interval box_add(struct lanes_interval a, struct lanes_interval b, lanes_mask *ordinary)
{
    const lanes low = a.low + b.low, high = a.high + b.high;
    *ordinary = mask_and(is_finite(low), is_finite(high));
    return (struct lanes_interval){lanes_below(low, SLACK_ROUNDED), lanes_above(high, SLACK_ROUNDED) + lanes_of(0.0)};
}

LANES_INLINE struct lanes_interval box_negative(struct lanes_interval a)
{
    return (struct lanes_interval){-a.high, -a.low};
}

// 0 as an end is exact when a factor is 0, and as the low end of a product of no negatives.
LANES_INLINE struct lanes_interval box_multiply(struct lanes_interval a, struct lanes_interval b, lanes_mask *ordinary)
{
    const lanes p = a.low * b.low, q = a.low * b.high, r = a.high * b.low, s = a.high * b.high;
    const lanes low = lanes_lesser(lanes_lesser(p, q), lanes_lesser(r, s));
    const lanes high = lanes_greater(lanes_greater(p, q), lanes_greater(r, s));
    const lanes zero = lanes_of(0.0);
    const lanes_mask no_minus = mask_and(mask_le(zero, a.low), mask_le(zero, b.low));
    const lanes_mask low_zero = is_zero(low), high_zero = is_zero(high);
    const lanes_mask low_fine = mask_or(is_middling(low), mask_and(no_minus, low_zero));
    const lanes_mask high_fine = mask_or(is_middling(high), mask_and(high_zero, mask_or(is_zero(a.high), is_zero(b.high))));
    const lanes_mask finite = mask_and(mask_and(is_finite(a.low), is_finite(a.high)), mask_and(is_finite(b.low), is_finite(b.high)));
    *ordinary = mask_and(finite, mask_and(mask_and(low_fine, high_fine), mask_or(no_minus, mask_not(high_zero))));
    const lanes signed_zero = lanes_signed_as(zero, lanes_either_bits(a.low, b.low));
    return (struct lanes_interval){mask_choose(low_zero, signed_zero, lanes_below(low, SLACK_ROUNDED)),
                               lanes_above(high, SLACK_ROUNDED) + zero};
}

// By a number that is not 0 anywhere.
LANES_INLINE struct lanes_interval box_divide(struct lanes_interval a, struct lanes_interval b, lanes_mask *ordinary)
{
    const lanes zero = lanes_of(0.0);
    const lanes_mask minus = mask_lt(b.high, zero);
    const struct lanes_interval x = {mask_choose(minus, -a.high, a.low), mask_choose(minus, -a.low, a.high)};
    const struct lanes_interval y = {mask_choose(minus, -b.high, b.low), mask_choose(minus, -b.low, b.high)};
    const lanes low = x.low / mask_choose(mask_le(zero, x.low), y.high, y.low);
    const lanes high = x.high / mask_choose(mask_le(zero, x.high), y.low, y.high);
    const lanes_mask low_fine = mask_or(is_middling(low), is_zero(x.low)), high_fine = mask_or(is_middling(high), is_zero(x.high));
    const lanes_mask finite = mask_and(mask_and(is_finite(a.low), is_finite(a.high)), mask_and(mask_lt(zero, y.low), is_finite(y.high)));
    *ordinary = mask_and(finite, mask_and(low_fine, high_fine));
    return (struct lanes_interval){lanes_below(low, SLACK_ROUNDED), lanes_above(high, SLACK_ROUNDED) + zero};
}

LANES_INLINE lanes lesser_end(lanes x, lanes y)
{
    return mask_choose(mask_eq(x, y), lanes_either_bits(x, y), lanes_lesser(x, y));
}

LANES_INLINE struct lanes_interval box_min(struct lanes_interval a, struct lanes_interval b)
{
    return (struct lanes_interval){lesser_end(a.low, b.low), lanes_lesser(a.high, b.high) + lanes_of(0.0)};
}

LANES_INLINE struct lanes_interval box_max(struct lanes_interval a, struct lanes_interval b)
{
    const lanes low = lanes_greater(a.low, b.low), zero = lanes_signed_as(lanes_of(0.0), lanes_either_bits(a.low, b.low));
    return (struct lanes_interval){mask_choose(is_zero(low), zero, low), lanes_greater(a.high, b.high) + lanes_of(0.0)};
}

LANES_INLINE struct lanes_interval box_abs(struct lanes_interval a)
{
    const lanes zero = lanes_of(0.0);
    return (struct lanes_interval){lanes_greater(lanes_greater(a.low, -a.high), zero), lanes_greater(lanes_abs(a.low), lanes_abs(a.high))};
}

LANES_INLINE struct lanes_interval box_square(struct lanes_interval a, lanes_mask *ordinary)
{
    const lanes near = lanes_greater(lanes_greater(a.low, -a.high), lanes_of(0.0)), far = lanes_greater(-a.low, a.high);
    const lanes low = near * near, high = far * far;
    *ordinary = mask_and(mask_or(is_zero(near), is_middling(low)), is_middling(high));
    return (struct lanes_interval){lanes_below(low, SLACK_FUNCTION), lanes_above(high, SLACK_FUNCTION)};
}

LANES_INLINE lanes truth_end(lanes_mask holds)
{
    return mask_choose(holds, lanes_of(1.0), lanes_of(0.0));
}

LANES_INLINE struct lanes_interval box_equal(struct lanes_interval a, struct lanes_interval b)
{
    const lanes_mask surely = mask_and(mask_and(mask_eq(a.low, a.high), mask_eq(b.low, b.high)), mask_eq(a.low, b.low));
    return (struct lanes_interval){truth_end(surely), truth_end(mask_and(mask_le(a.low, b.high), mask_le(b.low, a.high)))};
}

LANES_INLINE struct lanes_interval box_not(struct lanes_interval a)
{
    return (struct lanes_interval){lanes_of(1.0) - a.high, lanes_of(1.0) - a.low};
}

// Ends of a growing function: each computed as if its lane were ordinary.
#define BOX_GROWING(name, function, slack, fine)                                              \
    LANES_INLINE struct lanes_interval box_##name(struct lanes_interval a, lanes_mask *ordinary) \
    {                                                                                         \
        *ordinary = mask_and(fine(a.low), fine(a.high));                                      \
        return (struct lanes_interval){lanes_below(function(a.low), slack), lanes_above(function(a.high), slack)}; \
    }

LANES_INLINE lanes_mask has_exp(lanes x)
{
    return mask_not(exp_special(x));
}

LANES_INLINE lanes_mask has_log(lanes x)
{
    return mask_not(log_special(x));
}

LANES_INLINE lanes_mask has_root(lanes x)
{
    return mask_and(mask_lt(lanes_of(0.0), x), is_finite(x));
}

BOX_GROWING(exp, exp_plain, SLACK_FUNCTION, has_exp)
BOX_GROWING(log, log_plain, SLACK_FUNCTION, has_log)
BOX_GROWING(log10, lanes_log10, SLACK_LOG10, has_log)
BOX_GROWING(sqrt, lanes_sqrt, SLACK_ROUNDED, has_root)

// Powers of numbers of the middle range; each lane the way that lanes_pow takes.
LANES_INLINE lanes power_plain(lanes x, lanes y)
{
    const lanes_mask near = mask_le(lanes_abs(y), lanes_of(1.0));
    if (!mask_any(mask_not(near)))
        return pow_near_power(pow_near_plain(x, y));
    const lanes far = pow_far_power(pow_far_plain(x, y));
    return mask_any(near) ? mask_choose(near, pow_near_power(pow_near_plain(x, y)), far) : far;
}

// Of a base above 0 and an exponent of one sign the least power is at the base's low end (its high end, if the exponent is
// negative) and at the exponent that takes it farthest down.
LANES_INLINE struct lanes_interval box_power(struct lanes_interval x, struct lanes_interval y, lanes_mask *ordinary)
{
    const lanes zero = lanes_of(0.0), unit = lanes_of(1.0);
    const lanes_mask up = mask_le(zero, y.low);
    const lanes low_base = mask_choose(up, x.low, x.high), high_base = mask_choose(up, x.high, x.low);
    const lanes low = power_plain(low_base, mask_choose(mask_le(unit, low_base), y.low, y.high));
    const lanes high = power_plain(high_base, mask_choose(mask_le(unit, high_base), y.high, y.low));
    const lanes_mask base = mask_and(mask_le(lanes_of(0x1p-960), x.low), is_finite(x.high));
    const lanes_mask exponent = mask_and(mask_or(up, mask_le(y.high, zero)),
                                         mask_and(mask_le(lanes_of(-0x1p60), y.low), mask_le(y.high, lanes_of(0x1p60))));
    *ordinary = mask_and(mask_and(base, exponent), mask_and(is_middling(low), is_middling(high)));
    return (struct lanes_interval){lanes_below(low, SLACK_FUNCTION), lanes_above(high, SLACK_FUNCTION)};
}

LANES_INLINE struct lanes_interval box_select(struct lanes_interval condition, struct lanes_interval yes, struct lanes_interval no)
{
    const lanes zero = lanes_of(0.0);
    const lanes_mask never = mask_and(is_zero(condition.low), is_zero(condition.high));
    const lanes_mask open = mask_and(mask_le(condition.low, zero), mask_le(zero, condition.high));
    const struct lanes_interval sure = {mask_choose(never, no.low, yes.low), mask_choose(never, no.high, yes.high)};
    return (struct lanes_interval){mask_choose(mask_and(open, mask_not(never)), lesser_end(yes.low, no.low), sure.low),
                                   mask_choose(mask_and(open, mask_not(never)), lanes_greater(yes.high, no.high), sure.high) + zero};
}

LANES_INLINE struct lanes_interval box_nothing(struct lanes_interval a, lanes_mask *ordinary)
{
    *ordinary = mask_and(is_finite(a.low), is_finite(a.high));
    return (struct lanes_interval){lanes_of(0.0), lanes_of(0.0)};
}

// Forms that say more than their parts (engine/enclose_rewrite.h). Each holds what comes of rounding the expression as it was
// written, too, and is left to its parts where these are out of the ordinary.

// x - x y = x (1 - y). As written it rounds by at most 2^-53 |x y| and 2^-53 of the result; it never passes 0 where y <= 1 and
// x >= 0, because rounding keeps order.
LANES_INLINE struct lanes_interval box_less_part(struct lanes_interval x, struct lanes_interval y, lanes_mask *ordinary)
{
    const lanes zero = lanes_of(0.0), unit = lanes_of(1.0);
    const lanes low = unit - y.high, high = unit - y.low;
    const struct lanes_interval rest = {lanes_below(low, SLACK_ROUNDED), lanes_above(high, SLACK_ROUNDED)};
    const lanes p = x.low * rest.low, q = x.low * rest.high, r = x.high * rest.low, s = x.high * rest.high;
    const lanes least = lanes_lesser(lanes_lesser(p, q), lanes_lesser(r, s));
    const lanes most = lanes_greater(lanes_greater(p, q), lanes_greater(r, s));
    const lanes size = lanes_greater(lanes_abs(x.low), lanes_abs(x.high)), times = lanes_greater(lanes_abs(y.low), lanes_abs(y.high));
    const lanes room = size * (unit + times) * lanes_of(0x1p-51);
    const lanes_mask kept = mask_and(mask_le(zero, x.low), mask_le(y.high, unit));
    *ordinary = mask_and(is_middling(room), mask_and(is_finite(size), is_finite(times)));
    return (struct lanes_interval){mask_choose(kept, lanes_greater(least - room, lanes_signed_as(zero, x.low)), least - room), most + room};
}

// x / (x + y) grows with x > 0 and falls with y >= 0.
LANES_INLINE struct lanes_interval box_share(struct lanes_interval x, struct lanes_interval y, lanes_mask *ordinary)
{
    const lanes low = x.low / (x.low + y.high), high = x.high / (x.high + y.low);
    const lanes_mask signs = mask_and(mask_le(lanes_of(0x1p-900), x.low), mask_le(lanes_of(0.0), y.low));
    *ordinary = mask_and(mask_and(signs, is_middling(low)), mask_and(is_finite(x.high), is_finite(y.high)));
    return (struct lanes_interval){lanes_below(low, SLACK_FUNCTION), lanes_above(high, SLACK_FUNCTION)};
}

// (1 - exp(-x)) / x falls for x > 0. The difference rounds by 2^-52 at most, which is divided by x.
LANES_INLINE struct lanes_interval box_yield(struct lanes_interval x, lanes_mask *ordinary)
{
    const lanes unit = lanes_of(1.0), room = lanes_of(0x1p-49);
    const lanes low = (unit - exp_plain(-x.high)) - room, high = (unit - exp_plain(-x.low)) + room;
    *ordinary = mask_and(mask_le(lanes_of(0x1p-20), x.low), mask_le(x.high, lanes_of(700.0)));
    return (struct lanes_interval){lanes_below(low / x.high, SLACK_FUNCTION), lanes_above(high / x.low, SLACK_FUNCTION)};
}

#define BOX_TRUTH(surely, possibly) ((struct lanes_interval){truth_end(surely), truth_end(possibly)})
#define BOX_ENDS(low, high) ((struct lanes_interval){low, high})

// STEP(code, interval of x, y and z and, where not all lanes are, the ordinary ones). Of two truths that both have a value,
// `and` is the least and `or` the greatest.
#define BOX_STEPS(STEP)                                                                                       \
    STEP(OP_ADD, box_add(x, y, &ordinary))                                                                    \
    STEP(OP_SUB, box_add(x, box_negative(y), &ordinary))                                                      \
    STEP(OP_MUL, box_multiply(x, y, &ordinary))                                                               \
    STEP(OP_DIV, box_divide(x, y, &ordinary))                                                                 \
    STEP(OP_NEG, box_negative(x))                                                                             \
    STEP(OP_POW, box_power(x, y, &ordinary))                                                                  \
    STEP(OP_MIN, box_min(x, y))                                                                               \
    STEP(OP_MAX, box_max(x, y))                                                                               \
    STEP(OP_ABS, box_abs(x))                                                                                  \
    STEP(OP_EXP, box_exp(x, &ordinary))                                                                       \
    STEP(OP_LN, box_log(x, &ordinary))                                                                        \
    STEP(OP_LOG10, box_log10(x, &ordinary))                                                                   \
    STEP(OP_SQRT, box_sqrt(x, &ordinary))                                                                     \
    STEP(OP_FLOOR, BOX_ENDS(lanes_floor(x.low), lanes_floor(x.high)))                                         \
    STEP(OP_CEIL, BOX_ENDS(lanes_ceil(x.low), lanes_ceil(x.high)))                                            \
    STEP(OP_ROUND, BOX_ENDS(lanes_round(x.low), lanes_round(x.high)))                                         \
    STEP(OP_LT, BOX_TRUTH(mask_lt(x.high, y.low), mask_lt(x.low, y.high)))                                    \
    STEP(OP_LE, BOX_TRUTH(mask_le(x.high, y.low), mask_le(x.low, y.high)))                                    \
    STEP(OP_EQ, box_equal(x, y))                                                                              \
    STEP(OP_NE, box_not(box_equal(x, y)))                                                                     \
    STEP(OP_AND, BOX_ENDS(lanes_lesser(x.low, y.low), lanes_lesser(x.high, y.high)))                          \
    STEP(OP_OR, BOX_ENDS(lanes_greater(x.low, y.low), lanes_greater(x.high, y.high)))                         \
    STEP(OP_NOT, box_not(x))                                                                                  \
    STEP(OP_SELECT, box_select(x, y, z))                                                                      \
    STEP(ENCLOSE_SQUARE, box_square(x, &ordinary))                                                            \
    STEP(ENCLOSE_NOTHING, box_nothing(x, &ordinary))                                                          \
    STEP(ENCLOSE_LESS_PART, box_less_part(x, y, &ordinary))                                                   \
    STEP(ENCLOSE_MORE_PART, box_less_part(x, box_negative(y), &ordinary))                                     \
    STEP(ENCLOSE_SHARE, box_share(x, y, &ordinary))                                                           \
    STEP(ENCLOSE_YIELD, box_yield(x, &ordinary))

#endif
