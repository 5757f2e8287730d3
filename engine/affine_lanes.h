// The steps of engine/affine.h over one vector of boxes; included once by each engine/affine_*.c.
//
// Where errors of rounding go. With u = 2^-53, every sum and product here is off by at most u of its size. A result's center and
// coefficients are sums of at most four products, so that all of them together are off by less than 10 u of `size`, which is a
// bound of |center| + |coefficients| + error of what went in, weighted as it went in; what the sampler computes instead of the
// exact result is off by less than 16 u of the result (base/lanes_math.h). Both are within ROUNDING * size. |e| <= 1 turns
// errors of coefficients into errors of the value.
#ifndef ENGINE_AFFINE_LANES_H
#define ENGINE_AFFINE_LANES_H

#include <string.h>

#include "engine/affine_curve_lanes.h"
#include "engine/affine_tape.h"
#include "engine/enclose_unbounded.h"

#define ROUNDING 0x1p-48
#define TINY 0x1p-1060  // more than a thousand products lose that become subnormal
#define LARGEST 0x1p1000
#define SUM_GROWTH 0x1p-52

struct pass {
    const struct affine *affine;
    const struct affine_work *work;
    size_t first; // its first box
};

// An argument of the step at hand: where it stands, and what is read of it.
struct side {
    const double *form, *ends;
    const uint8_t *pick;
    unsigned missing;
};
struct head {
    lanes center, error, radius;
};

// A form on its way: `sum` is that of its coefficients' sizes; they stand in their place already.
struct pending {
    lanes center, error, size, sum;
};

static const uint8_t own_lines[AFFINE_AXES_MOST] = {
#define FOUR(n) FORM_TERMS + n, FORM_TERMS + n + 1, FORM_TERMS + n + 2, FORM_TERMS + n + 3
#define TWENTY(n) FOUR(n), FOUR(n + 4), FOUR(n + 8), FOUR(n + 12), FOUR(n + 16)
    TWENTY(0), TWENTY(20), TWENTY(40), TWENTY(60), TWENTY(80), TWENTY(100), TWENTY(120), TWENTY(140), TWENTY(160), TWENTY(180),
};

LANES_INLINE struct side side_of(const struct pass *pass, const struct affine_step *step, size_t argument)
{
    const bool constant = step->constant >> argument & 1;
    const size_t span = step->spans[argument];
    const double *constants = pass->affine->constants + pass->first;
    const double *ends = constant ? constants + span * CONSTANT_DOUBLES : pass->work->spans + span * SPAN_DOUBLES + pass->first;
    const unsigned missing = constant ? (ends[0] > ends[BOX_LANES] ? (1u << LANES) - 1 : 0u) : (unsigned)pass->work->missing[span] >> pass->first;
    return (struct side){(constant ? constants : pass->work->slots + pass->first) + step->forms[argument], ends,
                         step->pick + argument * step->terms, missing};
}

LANES_INLINE struct lanes_interval span_of(const struct side *side)
{
    return (struct lanes_interval){lanes_load(side->ends), lanes_load(side->ends + BOX_LANES)};
}

LANES_INLINE struct head head_of(const struct side *side)
{
    return (struct head){lanes_load(side->form + FORM_CENTER * BOX_LANES), lanes_load(side->form + FORM_ERROR * BOX_LANES),
                         lanes_load(side->form + FORM_RADIUS * BOX_LANES)};
}

// A bound of the value's size.
LANES_INLINE lanes head_size(const struct head *head)
{
    return lanes_abs(head->center) + head->radius;
}

LANES_INLINE lanes term_of(const struct side *side, size_t k)
{
    return lanes_load(side->form + (size_t)side->pick[k] * BOX_LANES);
}

LANES_INLINE double *term_at(double *form, size_t k)
{
    return form + (FORM_TERMS + k) * BOX_LANES;
}

// What rounding can have taken from a sum of `terms` + 2 numbers that are not negative.
LANES_INLINE lanes sum_above(lanes sum, size_t terms)
{
    return sum * lanes_of(1.0 + (double)(terms + 4) * SUM_GROWTH);
}

// ---- the linear ones --------------------------------------------------------------------------------------------------------

#define EACH_TERM(expression)                                 \
    do {                                                      \
        for (size_t k = 0; k < step->terms; k++) {            \
            const lanes term = expression;                    \
            lanes_store(term_at(to, k), term);                \
            sum = sum + lanes_abs(term);                      \
        }                                                     \
    } while (0)

// slope * x + shift, and the line's own error.
LANES_INLINE struct pending along(const struct affine_step *step, double *to, const struct side *x, struct line line)
{
    const struct head a = head_of(x);
    lanes sum = lanes_of(0.0);
    EACH_TERM(line.slope * term_of(x, k));
    const lanes slope = lanes_abs(line.slope);
    return (struct pending){line.slope * a.center + line.shift, slope * a.error + line.error,
                            slope * head_size(&a) + lanes_abs(line.shift) + line.error, sum};
}

LANES_INLINE struct pending sum_of(const struct affine_step *step, double *to, const struct side *x, const struct side *y)
{
    const struct head a = head_of(x), b = head_of(y);
    lanes sum = lanes_of(0.0);
    EACH_TERM(term_of(x, k) + term_of(y, k));
    return (struct pending){a.center + b.center, a.error + b.error, head_size(&a) + head_size(&b), sum};
}

LANES_INLINE struct pending difference_of(const struct affine_step *step, double *to, const struct side *x, const struct side *y)
{
    const struct head a = head_of(x), b = head_of(y);
    lanes sum = lanes_of(0.0);
    EACH_TERM(term_of(x, k) - term_of(y, k));
    return (struct pending){a.center - b.center, a.error + b.error, head_size(&a) + head_size(&b), sum};
}

// A side with weight 0 says nothing, even one without a form.
LANES_INLINE lanes weighed(lanes weight, lanes of)
{
    return mask_choose(mask_eq(weight, lanes_of(0.0)), lanes_of(0.0), lanes_abs(weight) * of);
}

// p * x + q * y, with weights of at most 1 each.
LANES_INLINE struct pending blend(const struct affine_step *step, double *to, const struct side *x, lanes p, const struct side *y, lanes q)
{
    const struct head a = head_of(x), b = head_of(y);
    lanes sum = lanes_of(0.0);
    EACH_TERM(p * term_of(x, k) + q * term_of(y, k));
    const lanes one = lanes_of(1.0), zero = lanes_of(0.0);
    const lanes p_counts = mask_choose(mask_eq(p, zero), zero, one), q_counts = mask_choose(mask_eq(q, zero), zero, one);
    return (struct pending){p * a.center + q * b.center, weighed(p, a.error) + weighed(q, b.error),
                            weighed(p_counts, head_size(&a)) + weighed(q_counts, head_size(&b)), sum};
}

// ---- products ---------------------------------------------------------------------------------------------------------------

// What is left of (x - x.center) * (y - y.center), between -shift.. : shift + error * [-1, 1].
struct remainder {
    lanes shift, error;
};

// d * f for deviations d and f is between -(d - f)^2 / 4 and (d + f)^2 / 4, for any scales with the product 1: `plus` and
// `minus` are the radii of s d + f / s and s d - f / s, with s that makes both alike in size. When d and f go together or
// against each other one of them is small. Never worse than the product of the radii, which is taken where s is no number.
LANES_INLINE struct remainder remainder_of(lanes plus, lanes minus, lanes radii, size_t terms)
{
    const lanes eighth = lanes_of(0.125), up = plus * plus * eighth, down = minus * minus * eighth;
    const lanes error = up + down + radii * lanes_of((double)(terms + 16) * ROUNDING);
    const lanes_mask better = mask_lt(error, radii);
    return (struct remainder){mask_choose(better, up - down, lanes_of(0.0)), mask_choose(better, error, radii)};
}

// One factor of a product: terms where a side has them, times a scale, under a head of their own.
struct factor {
    const struct side *terms;
    lanes scale;
    struct head head;
};

LANES_INLINE struct pending product_of(const struct affine_step *step, double *to, const struct factor *x, const struct factor *y)
{
    const lanes one = lanes_of(1.0), s = lanes_sqrt(y->head.radius / x->head.radius), t = one / s;
    lanes sum = lanes_of(0.0), plus = s * x->head.error + t * y->head.error, minus = plus;
    for (size_t k = 0; k < step->terms; k++) {
        const lanes a = term_of(x->terms, k) * x->scale, b = term_of(y->terms, k) * y->scale, term = y->head.center * a + x->head.center * b;
        const lanes sa = s * a, tb = t * b;
        lanes_store(term_at(to, k), term);
        sum = sum + lanes_abs(term);
        plus = plus + lanes_abs(sa + tb);
        minus = minus + lanes_abs(sa - tb);
    }
    const struct remainder left = remainder_of(plus, minus, x->head.radius * y->head.radius, step->terms);
    return (struct pending){x->head.center * y->head.center + left.shift,
                            lanes_abs(x->head.center) * y->head.error + lanes_abs(y->head.center) * x->head.error + left.error,
                            head_size(&x->head) * head_size(&y->head), sum};
}

LANES_INLINE struct pending plain_product(const struct affine_step *step, double *to, const struct side *x, const struct side *y)
{
    const struct factor a = {x, lanes_of(1.0), head_of(x)}, b = {y, lanes_of(1.0), head_of(y)};
    return product_of(step, to, &a, &b);
}

// The same for sides without a common axis: nothing can cancel.
LANES_INLINE struct pending product_apart(const struct affine_step *step, double *to, const struct side *x, const struct side *y)
{
    const struct head a = head_of(x), b = head_of(y);
    lanes sum = lanes_of(0.0);
    EACH_TERM(b.center * term_of(x, k) + a.center * term_of(y, k));
    return (struct pending){a.center * b.center, lanes_abs(a.center) * b.error + lanes_abs(b.center) * a.error + a.radius * b.radius,
                            head_size(&a) * head_size(&b), sum};
}

// x^2 = c^2 + 2 c d + d^2, and d^2 is between 0 and the radius squared.
LANES_INLINE struct pending square_of(const struct affine_step *step, double *to, const struct side *x)
{
    const struct head a = head_of(x);
    const lanes twice = a.center + a.center, half = a.radius * a.radius * lanes_of(0.5), size = head_size(&a);
    lanes sum = lanes_of(0.0);
    EACH_TERM(twice * term_of(x, k));
    return (struct pending){a.center * a.center + half, lanes_abs(twice) * a.error + half, size * size, sum};
}

// x / y = q + (x - q y) * (1 / y) for any q: with that of the centers the first factor is small when x and y go together.
LANES_INLINE struct pending quotient_of(const struct affine_step *step, double *to, const struct side *x, const struct side *y)
{
    const struct head a = head_of(x), b = head_of(y);
    const struct line line = line_reciprocal(span_of(y));
    const lanes q = a.center / b.center, slope = lanes_abs(line.slope);
    lanes sum = lanes_of(0.0);
    EACH_TERM(term_of(x, k) - q * term_of(y, k));
    const struct side stored = {.form = to, .pick = own_lines};
    struct factor rest = {&stored, lanes_of(1.0), {.center = a.center - q * b.center}}, inverse = {y, line.slope, {.center = line.slope * b.center + line.shift}};
    const lanes size = head_size(&a) + lanes_abs(q) * head_size(&b);
    rest.head.error = a.error + lanes_abs(q) * b.error + size * lanes_of(ROUNDING) + lanes_of(TINY);
    rest.head.radius = sum_above(sum + rest.head.error, step->terms);
    const lanes inverse_size = slope * head_size(&b) + lanes_abs(line.shift) + line.error;
    const lanes own = line.error + inverse_size * lanes_of(ROUNDING) + lanes_of(TINY);
    inverse.head.error = slope * b.error + own;
    inverse.head.radius = sum_above(slope * b.radius + own, 4);
    struct pending pending = product_of(step, to, &rest, &inverse);
    pending.center = pending.center + q;
    pending.size = pending.size + lanes_abs(q);
    return pending;
}

// x - x * y as x * (1 - y). The rounding is that of the difference.
LANES_INLINE struct pending rest_of(const struct affine_step *step, double *to, const struct side *x, const struct side *y)
{
    const struct head a = head_of(x), b = head_of(y);
    const lanes one = lanes_of(1.0), size = one + head_size(&b), own = size * lanes_of(ROUNDING);
    const struct factor first = {x, one, a}, second = {y, -one, {one - b.center, b.error + own, sum_above(b.radius + own, 2)}};
    struct pending pending = product_of(step, to, &first, &second);
    pending.size = head_size(&a) * size;
    return pending;
}

// ---- choices ----------------------------------------------------------------------------------------------------------------

// x - y over the boxes, both ends outward.
LANES_INLINE struct lanes_interval gap_between(const struct affine_step *step, const struct side *x, const struct side *y)
{
    const struct head a = head_of(x), b = head_of(y);
    const struct lanes_interval left = span_of(x), right = span_of(y);
    lanes sum = a.error + b.error;
    for (size_t k = 0; k < step->terms; k++)
        sum = sum + lanes_abs(term_of(x, k) - term_of(y, k));
    const lanes size = head_size(&a) + head_size(&b), center = a.center - b.center;
    const lanes radius = sum_above(sum, step->terms) + size * lanes_of(ROUNDING) + lanes_of(TINY);
    const lanes low = left.low - right.high, high = left.high - right.low;
    const lanes least = mask_choose(mask_unordered(low, low), -lanes_infinity(), lanes_below(low, SLACK_ROUNDED));
    const lanes most = mask_choose(mask_unordered(high, high), lanes_infinity(), lanes_above(high, SLACK_ROUNDED));
    return (struct lanes_interval){lanes_greater(center - radius, mask_choose(mask_unordered(least, least), -lanes_infinity(), least)),
                                   lanes_lesser(center + radius, mask_choose(mask_unordered(most, most), lanes_infinity(), most))};
}

// |g| = slope * g + half * [0, 2] for g between low and high: the chord, or g or -g where its sign is known.
struct chord {
    lanes slope, half;
};
LANES_INLINE struct chord chord_of_size(struct lanes_interval g)
{
    const lanes zero = lanes_of(0.0), one = lanes_of(1.0);
    const lanes_mask up = mask_le(zero, g.low), down = mask_le(g.high, zero);
    const lanes chosen = mask_choose(up, one, mask_choose(down, -one, (g.high + g.low) / (g.high - g.low)));
    const lanes over = (-g.low - chosen * g.low) * lanes_of(0.5) + sizes(g) * lanes_of(ROUNDING);
    return (struct chord){chosen, mask_choose(mask_or(up, down), zero, over)};
}

// min = (x + y - |x - y|) / 2, max the other way.
LANES_INLINE struct pending extreme_of(const struct affine_step *step, double *to, const struct side *x, const struct side *y)
{
    const lanes half = lanes_of(step->code == OP_MIN ? -0.5 : 0.5), middle = lanes_of(0.5);
    const struct chord size = chord_of_size(gap_between(step, x, y));
    struct pending pending = blend(step, to, x, middle + half * size.slope, y, middle - half * size.slope);
    pending.center = pending.center + half * size.half;
    pending.error = pending.error + middle * size.half;
    pending.size = pending.size + size.half;
    return pending;
}

LANES_INLINE struct pending size_of(const struct affine_step *step, double *to, const struct side *x)
{
    const struct chord size = chord_of_size(span_of(x));
    return along(step, to, x, (struct line){size.slope, size.half, size.half});
}

// Where the condition is open, half way between the two: what is left is at most half of what lies between their linear parts.
LANES_INLINE struct pending choice_of(const struct affine_step *step, double *to, const struct lanes_interval condition, const struct side *x,
                                      const struct side *y)
{
    const lanes zero = lanes_of(0.0), one = lanes_of(1.0), half = lanes_of(0.5);
    const lanes_mask first = mask_or(mask_lt(zero, condition.low), mask_lt(condition.high, zero));
    const lanes_mask second = mask_and(mask_eq(condition.low, zero), mask_eq(condition.high, zero)), open = mask_not(mask_or(first, second));
    const lanes p = mask_choose(first, one, mask_choose(second, zero, half));
    struct pending pending = blend(step, to, x, p, y, one - p);
    if (!mask_any(open))
        return pending;
    const struct head a = head_of(x), b = head_of(y);
    lanes between = lanes_abs(a.center - b.center);
    for (size_t k = 0; k < step->terms; k++)
        between = between + lanes_abs(term_of(x, k) - term_of(y, k));
    const lanes error = sum_above(between, step->terms) * half + lanes_greater(a.error, b.error);
    pending.error = mask_choose(open, error, pending.error);
    return pending;
}

#endif
