// Derivatives of one value by the columns over one vector of boxes: a sweep from the last step to the first, with intervals
// (Moore, Kearfott and Cloud 2009, chapter 6, on reverse differentiation; generalised derivatives as in Clarke 1983).
//
// Every step has bounds of how the value grows with it, and adds to those of its arguments its own times those of its operator.
// A jump counts as growth without bound in its direction: where f = a * b and both jump, the change of f is new a times the
// change of b and old b times that of a, which both are within what is computed here. In products 0 * INFINITY is 0: something
// that does not count does not count however fast it grows. One thing goes past this: 0 has a sign, which 1 / x and x ^ -1 see and
// no slope tells of. Boxes in which something divides by what may be 0 are `lost`: of them nothing is known at the end.
#ifndef ENGINE_SLOPE_LANES_H
#define ENGINE_SLOPE_LANES_H

#include "engine/affine_steps_lanes.h"

// ---- bounds of slopes -------------------------------------------------------------------------------------------------------

LANES_INLINE struct lanes_interval slopes_between(lanes low, lanes high)
{
    return (struct lanes_interval){low, high};
}

LANES_INLINE struct lanes_interval slopes_all(void)
{
    return slopes_between(-lanes_infinity(), lanes_infinity());
}

LANES_INLINE struct lanes_interval slopes_of(double slope)
{
    return slopes_between(lanes_of(slope), lanes_of(slope));
}

LANES_INLINE struct lanes_interval slopes_where(lanes_mask mask, struct lanes_interval yes, struct lanes_interval no)
{
    return slopes_between(mask_choose(mask, yes.low, no.low), mask_choose(mask, yes.high, no.high));
}

LANES_INLINE struct lanes_interval slopes_known(struct lanes_interval x)
{
    return slopes_where(mask_unordered(x.low, x.high), slopes_all(), x);
}

// Beyond LARGEST an end is either that or infinite, and NaN (infinities against each other) is the end that says nothing.
LANES_INLINE lanes slope_below(lanes x)
{
    const lanes end = mask_choose(mask_lt(lanes_of(0.0), x), lanes_of(LARGEST), -lanes_infinity());
    return mask_choose(mask_le(lanes_abs(x), lanes_of(LARGEST)), lanes_below(x, SLACK_ROUNDED), end);
}

LANES_INLINE lanes slope_above(lanes x)
{
    return -slope_below(-x);
}

LANES_INLINE lanes slope_product(lanes x, lanes y)
{
    const lanes product = x * y;
    return mask_choose(mask_unordered(product, product), lanes_of(0.0), product);
}

// Rounded outward, but never beyond 0 to a side that no product can be on: signs are what this is for.
LANES_INLINE struct lanes_interval slopes_times(struct lanes_interval g, struct lanes_interval factor)
{
    const struct lanes_interval w = slopes_known(factor);
    const lanes p = slope_product(g.low, w.low), q = slope_product(g.low, w.high), r = slope_product(g.high, w.low), s = slope_product(g.high, w.high);
    const lanes low = lanes_lesser(lanes_lesser(p, q), lanes_lesser(r, s)), high = lanes_greater(lanes_greater(p, q), lanes_greater(r, s));
    const lanes zero = lanes_of(0.0), tiny = lanes_of(TINY);
    const lanes_mask g_minus = mask_lt(g.low, zero), g_plus = mask_lt(zero, g.high), w_minus = mask_lt(w.low, zero), w_plus = mask_lt(zero, w.high);
    const lanes_mask minus = mask_or(mask_and(g_minus, w_plus), mask_and(g_plus, w_minus));
    const lanes_mask plus = mask_or(mask_and(g_plus, w_plus), mask_and(g_minus, w_minus));
    return slopes_between(mask_choose(minus, slope_below(low) - tiny, lanes_greater(slope_below(low), zero)),
                          mask_choose(plus, slope_above(high) + tiny, lanes_lesser(slope_above(high), zero)));
}

LANES_INLINE struct lanes_interval slopes_negative(struct lanes_interval g)
{
    return slopes_between(-g.high, -g.low);
}

LANES_INLINE struct lanes_interval slopes_sum(struct lanes_interval x, struct lanes_interval y)
{
    return slopes_between(slope_below(x.low + y.low), slope_above(x.high + y.high));
}

// 1 / x for x above 0 or below; nothing is known about 0.
LANES_INLINE struct lanes_interval slopes_inverse(struct lanes_interval x)
{
    const lanes one = lanes_of(1.0), zero = lanes_of(0.0);
    const lanes_mask apart = mask_or(mask_lt(zero, x.low), mask_lt(x.high, zero));
    return slopes_where(apart, slopes_between(lanes_below(one / x.high, SLACK_ROUNDED) - lanes_of(TINY), lanes_above(one / x.low, SLACK_ROUNDED) + lanes_of(TINY)), slopes_all());
}

// ---- one step ---------------------------------------------------------------------------------------------------------------

struct sweep {
    const struct pass *pass;
    const struct affine_step *step;
    struct lanes_interval g;    // of the step's value
    struct lanes_interval span; // its value
    lanes_mask unknown;         // boxes where it may be missing
    lanes_mask *lost;
};

LANES_INLINE void lose(const struct sweep *sweep, lanes_mask boxes)
{
    const lanes zero = lanes_of(0.0);
    const lanes_mask counts = mask_or(mask_lt(sweep->g.low, zero), mask_lt(zero, sweep->g.high));
    *sweep->lost = mask_or(*sweep->lost, mask_and(counts, boxes));
}

LANES_INLINE struct lanes_interval span_of_side(const struct sweep *sweep, size_t argument)
{
    const struct side side = side_of(sweep->pass, sweep->step, argument);
    return span_of(&side);
}

LANES_INLINE void spread(const struct sweep *sweep, size_t argument, struct lanes_interval slopes)
{
    if (sweep->step->constant >> argument & 1)
        return;
    const lanes zero = lanes_of(0.0);
    const lanes_mask idle = mask_and(mask_eq(sweep->g.low, zero), mask_eq(sweep->g.high, zero));
    const struct lanes_interval known = slopes_where(sweep->unknown, slopes_all(), slopes);
    double *at = sweep->pass->work->slopes + (size_t)sweep->step->spans[argument] * SPAN_DOUBLES + sweep->pass->first;
    const struct lanes_interval own = {lanes_load(at), lanes_load(at + BOX_LANES)};
    const struct lanes_interval sum = slopes_where(idle, own, slopes_sum(own, known));
    lanes_store(at, sum.low);
    lanes_store(at + BOX_LANES, sum.high);
}

LANES_INLINE void spread_times(const struct sweep *sweep, size_t argument, struct lanes_interval factor)
{
    spread(sweep, argument, slopes_times(sweep->g, factor));
}

static void sweep_power(const struct sweep *sweep)
{
    const struct lanes_interval x = span_of_side(sweep, 0), y = span_of_side(sweep, 1);
    const lanes zero = lanes_of(0.0);
    const lanes_mask positive = mask_lt(zero, x.low), rises = mask_and(mask_le(zero, x.low), mask_lt(zero, y.low));
    const struct lanes_interval ratio = slopes_times(sweep->span, slopes_inverse(x));
    const struct lanes_interval elsewhere = slopes_where(rises, slopes_between(zero, lanes_infinity()), slopes_all());
    lose(sweep, mask_and(mask_and(mask_le(x.low, zero), mask_le(zero, x.high)), mask_lt(y.low, zero)));
    spread_times(sweep, 0, slopes_where(positive, slopes_times(y, ratio), elsewhere));
    if (sweep->step->constant >> 1 & 1)
        return;
    const struct lanes_interval logarithm = {lanes_below(lanes_log(x.low), SLACK_FUNCTION), lanes_above(lanes_log(x.high), SLACK_FUNCTION)};
    spread_times(sweep, 1, slopes_where(positive, slopes_times(sweep->span, logarithm), slopes_all()));
}

static void sweep_quotient(const struct sweep *sweep)
{
    const struct lanes_interval y = span_of_side(sweep, 1), inverse = slopes_inverse(y);
    const lanes zero = lanes_of(0.0);
    lose(sweep, mask_and(mask_le(y.low, zero), mask_le(zero, y.high)));
    spread_times(sweep, 0, inverse);
    spread(sweep, 1, slopes_negative(slopes_times(slopes_times(sweep->g, sweep->span), inverse)));
}

// How much of min(x, y) is x: all of it, none, or open. At a tie both may be.
LANES_INLINE struct lanes_interval part_of_least(struct lanes_interval x, struct lanes_interval y)
{
    return slopes_between(truth_end(mask_lt(x.high, y.low)), truth_end(mask_le(x.low, y.high)));
}

static void sweep_extreme(const struct sweep *sweep)
{
    const struct lanes_interval x = span_of_side(sweep, 0), y = span_of_side(sweep, 1);
    const bool least = sweep->step->code == OP_MIN;
    spread_times(sweep, 0, least ? part_of_least(x, y) : part_of_least(slopes_negative(x), slopes_negative(y)));
    spread_times(sweep, 1, least ? part_of_least(y, x) : part_of_least(slopes_negative(y), slopes_negative(x)));
}

static void sweep_size(const struct sweep *sweep)
{
    const struct lanes_interval x = span_of_side(sweep, 0);
    const lanes zero = lanes_of(0.0), one = lanes_of(1.0);
    spread_times(sweep, 0, slopes_between(mask_choose(mask_lt(x.low, zero), -one, one), mask_choose(mask_lt(zero, x.high), one, -one)));
}

// The logarithm is there from 0 on: 1 / x is above 0.
static void sweep_log(const struct sweep *sweep, double unit)
{
    const struct lanes_interval x = span_of_side(sweep, 0), positive = {lanes_greater(x.low, lanes_of(0.0)), x.high};
    const struct lanes_interval inverse = slopes_between(lanes_greater(slope_below(lanes_of(1.0) / positive.high), lanes_of(0.0)),
                                                         slope_above(lanes_of(1.0) / positive.low));
    spread(sweep, 0, slopes_times(slopes_times(sweep->g, inverse), slopes_between(lanes_of(unit * (1.0 - 0x1p-50)), lanes_of(unit * (1.0 + 0x1p-50)))));
}

static void sweep_sqrt(const struct sweep *sweep)
{
    const lanes half = lanes_of(0.5), zero = lanes_of(0.0), low = lanes_greater(sweep->span.low, zero);
    spread_times(sweep, 0, slopes_between(lanes_greater(zero, slope_below(half / sweep->span.high)), slope_above(half / low)));
}

static lanes_mask is_open(struct lanes_interval x)
{
    return mask_not(mask_eq(x.low, x.high));
}

// A rising jump somewhere, or none.
static struct lanes_interval rising_jump(struct lanes_interval span)
{
    return slopes_where(is_open(span), slopes_between(lanes_of(0.0), lanes_infinity()), slopes_of(0.0));
}

static void sweep_comparison(const struct sweep *sweep)
{
    const struct lanes_interval jump = rising_jump(sweep->span);
    if (sweep->step->code == OP_EQ || sweep->step->code == OP_NE) {
        spread_times(sweep, 0, slopes_where(is_open(sweep->span), slopes_all(), slopes_of(0.0)));
        spread_times(sweep, 1, slopes_where(is_open(sweep->span), slopes_all(), slopes_of(0.0)));
        return;
    }
    spread_times(sweep, 0, slopes_negative(jump));
    spread_times(sweep, 1, jump);
}

// `and` is the product of truths; `or` is not (not x and not y).
static void sweep_logic(const struct sweep *sweep)
{
    const struct lanes_interval x = span_of_side(sweep, 0), y = span_of_side(sweep, 1);
    const bool both = sweep->step->code == OP_AND;
    spread_times(sweep, 0, both ? y : box_not(y));
    spread_times(sweep, 1, both ? x : box_not(x));
}

static void sweep_select(const struct sweep *sweep)
{
    const struct lanes_interval condition = span_of_side(sweep, 0), yes = span_of_side(sweep, 1), no = span_of_side(sweep, 2);
    const struct lanes_interval between = slopes_known(slopes_sum(yes, slopes_negative(no)));
    spread_times(sweep, 0, slopes_where(is_open(condition), between, slopes_of(0.0)));
    spread_times(sweep, 1, condition);
    spread_times(sweep, 2, box_not(condition));
}

// x * (1 - y): nothing goes by way of x * y.
static void sweep_rest(const struct sweep *sweep)
{
    const struct lanes_interval x = span_of_side(sweep, 0), y = span_of_side(sweep, 2);
    spread_times(sweep, 0, slopes_sum(slopes_of(1.0), slopes_negative(y)));
    spread_times(sweep, 2, slopes_negative(x));
}

// Sums, products and what is made of them.
LANES_INLINE bool sweep_arithmetic(const struct sweep *sweep)
{
    const struct lanes_interval g = sweep->g;
    switch (sweep->step->code) {
    case OP_ADD:
        spread(sweep, 0, g);
        spread(sweep, 1, g);
        return true;
    case OP_SUB:
        spread(sweep, 0, g);
        spread(sweep, 1, slopes_negative(g));
        return true;
    case OP_MUL:
        spread_times(sweep, 0, span_of_side(sweep, 1));
        spread_times(sweep, 1, span_of_side(sweep, 0));
        return true;
    case ENCLOSE_SQUARE:
        spread(sweep, 0, slopes_times(slopes_times(g, slopes_of(2.0)), span_of_side(sweep, 0)));
        return true;
    case AFFINE_REST:
        sweep_rest(sweep);
        return true;
    case OP_DIV:
    case AFFINE_QUOTIENT_FIXED:
        sweep_quotient(sweep);
        return true;
    case OP_NEG:
    case OP_NOT:
        spread(sweep, 0, slopes_negative(g));
        return true;
    default:
        return false;
    }
}

LANES_INLINE void sweep_function(const struct sweep *sweep)
{
    switch (sweep->step->code) {
    case AFFINE_POWER:
    case AFFINE_POWER_FIXED:
        sweep_power(sweep);
        break;
    case OP_MIN:
    case OP_MAX:
        sweep_extreme(sweep);
        break;
    case OP_ABS:
        sweep_size(sweep);
        break;
    case OP_EXP:
        spread_times(sweep, 0, sweep->span);
        break;
    case OP_LN:
        sweep_log(sweep, 1.0);
        break;
    case OP_LOG10:
        sweep_log(sweep, 0x1.bcb7b1526e50ep-2);
        break;
    case OP_SQRT:
        sweep_sqrt(sweep);
        break;
    case OP_FLOOR:
    case OP_CEIL:
    case OP_ROUND:
        spread_times(sweep, 0, rising_jump(sweep->span));
        break;
    case OP_AND:
    case OP_OR:
        sweep_logic(sweep);
        break;
    case OP_SELECT:
        sweep_select(sweep);
        break;
    case OP_LT:
    case OP_LE:
    case OP_EQ:
    case OP_NE:
        sweep_comparison(sweep);
        break;
    default: // columns, values that are constant where they are there, and parts of powers
        break;
    }
}

static void forget(const struct pass *pass, lanes_mask lost)
{
    for (size_t i = 0; i < pass->affine->column_count; i++) {
        double *at = pass->work->slopes + (size_t)pass->affine->column_steps[i] * SPAN_DOUBLES + pass->first;
        lanes_store(at, mask_choose(lost, -lanes_infinity(), lanes_load(at)));
        lanes_store(at + BOX_LANES, mask_choose(lost, lanes_infinity(), lanes_load(at + BOX_LANES)));
    }
}

static void slope_sweep(const struct affine *affine, const struct affine_work *work, size_t from)
{
    const lanes zero = lanes_of(0.0);
    for (size_t first = 0; first < BOX_LANES; first += LANES) {
        const struct pass pass = {affine, work, first};
        lanes_mask lost = mask_lt(zero, zero);
        for (size_t i = from + 1; i-- > 0;) {
            const double *slopes = work->slopes + i * SPAN_DOUBLES + first, *span = work->spans + i * SPAN_DOUBLES + first;
            struct sweep sweep = {&pass, &affine->steps[i], {lanes_load(slopes), lanes_load(slopes + BOX_LANES)}, .lost = &lost};
            if (!mask_any(mask_or(mask_lt(sweep.g.low, zero), mask_lt(zero, sweep.g.high))))
                continue;
            sweep.span = (struct lanes_interval){lanes_load(span), lanes_load(span + BOX_LANES)};
            const unsigned missing = (unsigned)work->missing[i] >> first & ((1u << LANES) - 1);
            sweep.unknown = missing == 0 ? mask_lt(zero, zero) : mask_of_bits(missing);
            if (!sweep_arithmetic(&sweep))
                sweep_function(&sweep);
        }
        forget(&pass, lost);
    }
}

const struct affine_kernel AFFINE_KERNEL = {affine_steps, slope_sweep};

#endif
