// exp, log, log10 and pow over lanes, with a stated error and the same bits at every width.
//
// Each comes in two forms. lanes_exp, lanes_log and lanes_pow are right for every double. The `plain` pieces are the same
// arithmetic without the special cases, for loops that ask first whether any lane is special; where both apply they give the
// same bits.
//
// Largest errors in units in the last place (tests/unit/test_elementary.c measures them against MPFR and fails above these):
//     exp 1.1, log 1.0, log10 4 (and none at powers of ten), pow with an exponent within -1 .. 1: 1.7, with any other: 1.1
// Where a result is subnormal the error is below 1.5 of the smallest subnormal.
#ifndef BASE_LANES_MATH_H
#define BASE_LANES_MATH_H

#include "base/lanes.h"

// 1.5 * 2^52: added to a number below 2^51 in size, it leaves the nearest whole number in the low bits of the sum.
#define LANES_MAGIC 0x1.8p52

LANES_INLINE lanes_unsigned lanes_shift_down(lanes_unsigned x, int by)
{
    return x >> by;
}

// The first 26 bits of x, so that products of two such numbers are exact.
LANES_INLINE lanes lanes_head(lanes x)
{
    return lanes_from_bits(lanes_bits(x) & lanes_of_bits(0xfffffffff8000000));
}

// ---- exp ------------------------------------------------------------------------------------------------------------------

// (e^r - 1 - r) / r^2 for |r| <= ln 2 / 2: a polynomial of degree 9 (relative error of e^r below 2^-58).
LANES_INLINE lanes exp_tail(lanes r)
{
    const lanes r2 = r * r, r4 = r2 * r2;
    const lanes p01 = r * lanes_of(0x1.5555555555556p-3) + lanes_of(0x1.0000000000001p-1);
    const lanes p23 = r * lanes_of(0x1.11111111109b3p-7) + lanes_of(0x1.5555555553d63p-5);
    const lanes p45 = r * lanes_of(0x1.a01a01a7c41d5p-13) + lanes_of(0x1.6c16c1788bd90p-10);
    const lanes p67 = r * lanes_of(0x1.71de0dae63bb3p-19) + lanes_of(0x1.a019b90d2ae7ap-16);
    const lanes p89 = r * lanes_of(0x1.af38a9b0ec855p-26) + lanes_of(0x1.289185613a3d6p-22);
    return (p01 + r2 * p23) + r4 * ((p45 + r2 * p67) + r4 * p89);
}

// y * 2^k, where k stands in the low bits of `magic`, for results that are normal: k is added to the exponent.
LANES_INLINE lanes scale_plain(lanes y, lanes magic)
{
    return lanes_from_bits(lanes_bits(y) + (lanes_bits(magic) << 52));
}

// y * 2^k for |k| <= 2000 in two exact steps, so that only the last rounds when the result is subnormal or too large.
LANES_INLINE lanes scale_any(lanes y, lanes magic)
{
    const lanes_unsigned k = lanes_bits(magic) - lanes_bits(lanes_of(LANES_MAGIC)) + lanes_of_bits(4096);
    const lanes_unsigned half = lanes_shift_down(k, 1), rest = k - half;
    const lanes_unsigned bias = lanes_of_bits(1023) - lanes_of_bits(2048);
    return (y * lanes_from_bits((half + bias) << 52)) * lanes_from_bits((rest + bias) << 52);
}

// e^x = y * 2^k: returns y, k in the low bits of *magic. The two parts of ln 2 make the reduction exact to 2^-85.
LANES_INLINE lanes exp_reduced(lanes x, lanes *magic)
{
    *magic = x * lanes_of(0x1.71547652b82fep+0) + lanes_of(LANES_MAGIC);
    const lanes k = *magic - lanes_of(LANES_MAGIC);
    const lanes r = (x - k * lanes_of(0x1.62e42fee00000p-1)) - k * lanes_of(0x1.a39ef35793c76p-33);
    return (r * r * exp_tail(r) + r) + lanes_of(1.0);
}

// Where exp_plain does not apply: results near or beyond the ends of the normal range, and NaN.
LANES_INLINE lanes_mask exp_special(lanes x)
{
    return mask_not(mask_le(lanes_abs(x), lanes_of(708.0)));
}

LANES_INLINE lanes exp_plain(lanes x)
{
    lanes magic;
    const lanes y = exp_reduced(x, &magic);
    return scale_plain(y, magic);
}

// Beyond the two ends the result is 0 or infinity whatever x is; lesser and greater let NaN through.
LANES_INLINE lanes lanes_exp(lanes x)
{
    lanes magic;
    const lanes within = lanes_greater(lanes_of(-745.2), lanes_lesser(lanes_of(709.79), x));
    const lanes y = exp_reduced(within, &magic);
    return scale_any(y, magic);
}

// ---- log ------------------------------------------------------------------------------------------------------------------

// x = m * 2^e with m in [sqrt(1/2), sqrt 2), for a positive normal x. e comes as a double.
LANES_INLINE lanes log_split(lanes x, lanes *e)
{
    const lanes_unsigned bits = lanes_bits(x), low = lanes_of_bits(0x3fe6a09e667f3bcd); // sqrt(1/2)
    const lanes_unsigned biased = lanes_shift_down(bits + lanes_of_bits(0x4000000000000000 - 0x3fe6a09e667f3bcd), 52);
    *e = lanes_from_bits(biased | lanes_bits(lanes_of(0x1p52))) - lanes_of(0x1p52 + 0x400);
    return lanes_from_bits(((bits - low) & lanes_of_bits(0x000fffffffffffff)) + low);
}

// With f = m - 1, s = f / (2 + f) and h = f^2 / 2: log m = f - (h - s * (h + R(s^2))). Returns s * (h + R), the rest is exact
// enough to be added last.
LANES_INLINE lanes log_tail(lanes f, lanes h)
{
    const lanes s = f / (f + lanes_of(2.0)), z = s * s, w = z * z;
    const lanes a = lanes_of(0x1.5555555555558p-1) + z * lanes_of(0x1.99999999952ccp-2);
    const lanes b = lanes_of(0x1.2492492df3ba9p-2) + z * lanes_of(0x1.c71c62e26208bp-3);
    const lanes c = lanes_of(0x1.7462b58e46ebep-3) + z * lanes_of(0x1.39fe42e9740a7p-3);
    const lanes d = (a + w * (b + w * c)) + w * w * w * lanes_of(0x1.2b59b713616c9p-3);
    return s * (h + z * d);
}

// log(m * 2^e)
LANES_INLINE lanes log_joined(lanes m, lanes e)
{
    const lanes f = m - lanes_of(1.0), h = f * f * lanes_of(0.5);
    const lanes tail = log_tail(f, h);
    return e * lanes_of(0x1.62e42fee00000p-1) - ((h - (tail + e * lanes_of(0x1.a39ef35793c76p-33))) - f);
}

// Where log_plain does not apply: all but positive normal finite numbers.
LANES_INLINE lanes_mask log_special(lanes x)
{
    return mask_not(mask_and(mask_le(lanes_of(0x1p-1022), x), mask_le(x, lanes_of(0x1.fffffffffffffp1023))));
}

LANES_INLINE lanes log_plain(lanes x)
{
    lanes e;
    const lanes m = log_split(x, &e);
    return log_joined(m, e);
}

LANES_INLINE lanes lanes_log(lanes x)
{
    const lanes_mask small = mask_lt(x, lanes_of(0x1p-1022));
    lanes e;
    const lanes m = log_split(mask_choose(small, x * lanes_of(0x1p54), x), &e);
    const lanes r = log_joined(m, e - mask_choose(small, lanes_of(54.0), lanes_of(0.0)));
    const lanes_mask finite = mask_lt(x, lanes_infinity()), positive = mask_lt(lanes_of(0.0), x);
    const lanes above = mask_choose(finite, r, x); // infinity and NaN are their own logarithms
    const lanes zero = mask_choose(mask_eq(x, lanes_of(0.0)), -lanes_infinity(), lanes_nan());
    return mask_choose(mask_or(positive, mask_unordered(x, x)), above, zero);
}

// log10 x. The quotient is within 2^-51 of its size from the true one, so what lies that close to a whole number becomes it:
// powers of ten have exact logarithms.
LANES_INLINE lanes lanes_log10(lanes x)
{
    const lanes quotient = lanes_log(x) / lanes_of(0x1.26bb1bbb55516p1), whole = lanes_round(quotient);
    const lanes_mask close = mask_le(lanes_abs(quotient - whole), lanes_abs(whole) * lanes_of(0x1p-51));
    return mask_choose(close, whole, quotient);
}

// ---- pow ------------------------------------------------------------------------------------------------------------------

// x^y = 2^(high + low). There are two ways to the logarithm.
//
// Near, |y| <= 1. With x = m * 2^e, the product y * e is exact in two parts, and y * log2 m is at most a half: its rounding
// errors (log2 m 1.2 units of 2^-54, the product and the sum 2^-55 each) are below one unit of the result.
// Far, any y: log2 x is needed to 2^-64, in two parts.
struct pow_exponent {
    lanes high, low;
};

LANES_INLINE struct pow_exponent pow_near(lanes m, lanes e, lanes y)
{
    const lanes f = m - lanes_of(1.0), h = f * f * lanes_of(0.5);
    const lanes log2_m = (f - (h - log_tail(f, h))) * lanes_of(0x1.71547652b82fep+0);
    const lanes y_head = lanes_head(y);
    return (struct pow_exponent){y_head * e, (y - y_head) * e + y * log2_m};
}

// 2^(high + low) = z * 2^k: returns z, k in the low bits of *magic.
LANES_INLINE lanes pow_near_reduced(struct pow_exponent of, lanes *magic)
{
    *magic = (of.high + of.low) + lanes_of(LANES_MAGIC);
    const lanes k = *magic - lanes_of(LANES_MAGIC);
    const lanes r = ((of.high - k) + of.low) * lanes_of(0x1.62e42fefa39efp-1);
    return (r * r * exp_tail(r) + r) + lanes_of(1.0);
}

// The polynomial of log2((1 + s) / (1 - s)) * ln 2 / 2 in s^2 = z, past its first two terms.
LANES_INLINE lanes pow_far_series(lanes z)
{
    const lanes w = z * z;
    const lanes a = lanes_of(0x1.3333333333333p-1) + z * lanes_of(0x1.b6db6db6db6dap-2);
    const lanes b = lanes_of(0x1.5555555555be4p-2) + z * lanes_of(0x1.1745d173ce6c9p-2);
    const lanes c = lanes_of(0x1.d89d8a9aca246p-3) + z * lanes_of(0x1.99994f7bc8fddp-3);
    const lanes d = lanes_of(0x1.6979fd299b745p-3) + z * lanes_of(0x1.4137c9c980130p-3);
    return w * (a + w * (b + w * (c + w * (d + w * lanes_of(0x1.4aa03218efbaap-3)))));
}

// log2 m in two parts: s = f / (2 + f) in two, then s * (3 + s^2 + ...) / 3 / ln 2 * 2 in two, each head short enough that
// products of heads are exact.
LANES_INLINE struct pow_exponent pow_far(lanes m, lanes e, lanes y)
{
    const lanes f = m - lanes_of(1.0), d = f + lanes_of(2.0), inverse = lanes_of(1.0) / d, s = f * inverse;
    const lanes s_head = lanes_head(s), d_head = lanes_head(d), d_rest = m - (d_head - lanes_of(1.0));
    const lanes s_rest = ((f - s_head * d_head) - s_head * d_rest) * inverse;
    const lanes r = pow_far_series(s * s) + s_rest * (s_head + s), square = s_head * s_head;
    const lanes t_head = lanes_head((square + lanes_of(3.0)) + r), t_rest = r - ((t_head - lanes_of(3.0)) - square);
    const lanes u = s_head * t_head, v = s_rest * t_head + t_rest * s;
    const lanes p_head = lanes_head(u + v), p_rest = v - (p_head - u);
    const lanes z_head = p_head * lanes_of(0x1.ec709d8000000p-1);
    const lanes z_rest = p_head * lanes_of(0x1.0e80ff5d27f05p-27) + p_rest * lanes_of(0x1.ec709dc3a03fdp-1);
    const lanes log_head = lanes_head((z_head + z_rest) + e), log_rest = z_rest - ((log_head - e) - z_head);
    const lanes y_head = lanes_head(y);
    return (struct pow_exponent){y_head * log_head, (y - y_head) * log_head + y * log_rest};
}

// As pow_near_reduced, with the product by ln 2 in two parts.
LANES_INLINE lanes pow_far_reduced(struct pow_exponent of, lanes *magic)
{
    const lanes sum = lanes_greater(lanes_of(-1080.0), lanes_lesser(lanes_of(1030.0), of.high + of.low));
    *magic = sum + lanes_of(LANES_MAGIC);
    const lanes a = of.high - (*magic - lanes_of(LANES_MAGIC)), head = lanes_head(a + of.low), rest = of.low - (head - a);
    const lanes b = head * lanes_of(0x1.62e42f8000000p-1);
    const lanes c = (head + rest) * lanes_of(0x1.be8e7bcd5e4f2p-27) + rest * lanes_of(0x1.62e42f8000000p-1);
    const lanes r = b + c, r_rest = c - (r - b);
    return ((r * r * exp_tail(r) + (r_rest + r_rest * r)) + r) + lanes_of(1.0);
}

// 2^(high + low) for any exponent without NaN. Beyond the clamp of pow_far_reduced its remainder means nothing.
LANES_INLINE lanes pow_far_power(struct pow_exponent of)
{
    lanes magic;
    const lanes z = pow_far_reduced(of, &magic), sum = of.high + of.low;
    const lanes small = mask_choose(mask_lt(sum, lanes_of(-1079.0)), lanes_of(0.0), scale_any(z, magic));
    return mask_choose(mask_lt(lanes_of(1029.0), sum), lanes_infinity(), small);
}

// Where the near pieces do not apply: the base must be in the middle of the normal range, and |y| <= 1.
LANES_INLINE lanes_mask pow_near_special(lanes x, lanes y)
{
    const lanes_mask base = mask_and(mask_le(lanes_of(0x1p-1000), x), mask_le(x, lanes_of(0x1p1000)));
    return mask_not(mask_and(base, mask_le(lanes_abs(y), lanes_of(1.0))));
}

// Where the far pieces do not apply: 1 < |y| <= 2^60 is wanted.
LANES_INLINE lanes_mask pow_far_special(lanes x, lanes y)
{
    const lanes size = lanes_abs(y);
    const lanes_mask exponent = mask_and(mask_lt(lanes_of(1.0), size), mask_le(size, lanes_of(0x1p60)));
    return mask_not(mask_and(exponent, mask_not(log_special(x))));
}

LANES_INLINE struct pow_exponent pow_near_plain(lanes x, lanes y)
{
    lanes e;
    const lanes m = log_split(x, &e);
    return pow_near(m, e, y);
}

LANES_INLINE struct pow_exponent pow_far_plain(lanes x, lanes y)
{
    lanes e;
    const lanes m = log_split(x, &e);
    return pow_far(m, e, y);
}

LANES_INLINE lanes pow_near_power(struct pow_exponent of)
{
    lanes magic;
    const lanes z = pow_near_reduced(of, &magic);
    return scale_plain(z, magic);
}

// size^y for size >= 0 and |y| that is infinite, or so large that only the side of 1 on which `size` is counts.
LANES_INLINE lanes pow_huge(lanes size, lanes y)
{
    const lanes one = lanes_of(1.0), zero = lanes_of(0.0);
    const lanes up = mask_choose(mask_lt(size, one), zero, lanes_infinity());
    const lanes down = mask_choose(mask_lt(size, one), lanes_infinity(), zero);
    const lanes r = mask_choose(mask_lt(zero, y), up, down);
    return mask_choose(mask_eq(size, one), one, r);
}

// size^y for a positive finite size and |y| <= 2^60.
LANES_INLINE lanes pow_positive(lanes size, lanes y)
{
    const lanes_mask small = mask_lt(size, lanes_of(0x1p-1022));
    lanes e, magic;
    const lanes m = log_split(mask_choose(small, size * lanes_of(0x1p54), size), &e);
    e = e - mask_choose(small, lanes_of(54.0), lanes_of(0.0));
    const lanes z = pow_near_reduced(pow_near(m, e, y), &magic);
    const lanes near = scale_any(z, magic), far = pow_far_power(pow_far(m, e, y));
    return mask_choose(mask_le(lanes_abs(y), lanes_of(1.0)), near, far);
}

// Gives r = |x|^y the sign it has for a base with a minus: only whole exponents have one.
LANES_INLINE lanes pow_of_minus(lanes x, lanes r, lanes y)
{
    const lanes half = y * lanes_of(0.5);
    const lanes_mask whole = mask_eq(lanes_floor(y), y), even = mask_eq(lanes_floor(half), half);
    const lanes signed_r = mask_choose(mask_and(whole, mask_not(even)), -r, r);
    return mask_choose(mask_and(mask_lt(x, lanes_of(0.0)), mask_not(whole)), lanes_nan(), signed_r);
}

// x^y. 0^0 and x^0 are 1; 0^y is infinite for y < 0; a negative base needs a whole exponent. NaN spreads, also out of NaN^0
// and 1^NaN, where C has 1.
LANES_INLINE lanes lanes_pow(lanes x, lanes y)
{
    const lanes zero = lanes_of(0.0), one = lanes_of(1.0), size = lanes_abs(x);
    lanes r = pow_positive(size, y);
    r = mask_choose(mask_lt(lanes_of(0x1p60), lanes_abs(y)), pow_huge(size, y), r);
    const lanes_mask end = mask_or(mask_eq(size, zero), mask_eq(size, lanes_infinity()));
    r = mask_choose(end, pow_huge(size, y), r);
    r = mask_choose(mask_lt(lanes_signed_as(one, x), zero), pow_of_minus(x, r, y), r);
    r = mask_choose(mask_eq(y, zero), one, r);
    return mask_choose(mask_unordered(x, y), lanes_nan(), r);
}

#endif
