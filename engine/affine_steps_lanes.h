// All steps of engine/affine.h: each value's natural interval, its form, and what the two say together.
#ifndef ENGINE_AFFINE_STEPS_LANES_H
#define ENGINE_AFFINE_STEPS_LANES_H

#include "engine/affine_lanes.h"

// ---- natural intervals ------------------------------------------------------------------------------------------------------

struct natural {
    struct lanes_interval span;
    unsigned missing;
};

static unsigned operator_of(unsigned code)
{
    switch (code) {
    case AFFINE_LN_PART:
        return OP_LN;
    case AFFINE_MUL_PART:
        return OP_MUL;
    case AFFINE_POWER:
    case AFFINE_POWER_FIXED:
        return OP_POW;
    case AFFINE_QUOTIENT_FIXED:
        return OP_DIV;
    case AFFINE_REST:
        return OP_SUB;
    default:
        return code;
    }
}

// The three arguments of a step. Those that it does not have stand for the first.
struct sides {
    struct side x, y, z;
};

static struct interval one_span(const struct side *side, size_t lane)
{
    return (struct interval){side->ends[lane], side->ends[BOX_LANES + lane], side->missing >> lane & 1};
}

// The boxes whose bits are set, one by one.
static __attribute__((noinline)) struct natural natural_repair(unsigned code, struct sides sides, unsigned wanted, struct natural natural)
{
    double low[LANES], high[LANES];
    memcpy(low, &natural.span.low, sizeof low);
    memcpy(high, &natural.span.high, sizeof high);
    for (size_t lane = 0; lane < LANES; lane++) {
        if (!(wanted >> lane & 1))
            continue;
        const struct interval one = enclose_one(operator_of(code), one_span(&sides.x, lane), one_span(&sides.y, lane), one_span(&sides.z, lane));
        low[lane] = one.low;
        high[lane] = one.high;
        natural.missing |= (unsigned)one.missing << lane;
    }
    natural.span = (struct lanes_interval){lanes_load(low), lanes_load(high)};
    return natural;
}

// Ordinary lanes only; all others are left to natural_repair.
LANES_INLINE struct lanes_interval natural_ordinary(unsigned code, const struct sides *s, lanes_mask *mask)
{
    const struct lanes_interval x = span_of(&s->x), y = span_of(&s->y), z = span_of(&s->z);
    lanes_mask ordinary = mask_le(lanes_of(0.0), lanes_of(0.0));
    struct lanes_interval natural = x;
    if (code == AFFINE_POWER) {
        natural = box_exp(z, &ordinary);
        *mask = mask_and(ordinary, mask_lt(lanes_of(0.0), x.low));
        return natural;
    }
    switch (operator_of(code)) {
#define STEP(of, expression)      \
    case of:                      \
        natural = expression;     \
        break;
        BOX_STEPS(STEP)
#undef STEP
    default:
        ordinary = mask_lt(lanes_of(0.0), lanes_of(0.0));
    }
    *mask = ordinary;
    return natural;
}

static lanes_mask mask_of_bits(unsigned bits)
{
    double marks[LANES];
    for (size_t lane = 0; lane < LANES; lane++)
        marks[lane] = bits >> lane & 1;
    return mask_lt(lanes_of(0.0), lanes_load(marks));
}

LANES_INLINE struct unbounded natural_unbounded(unsigned operator, struct lanes_interval x, struct lanes_interval y)
{
    switch (operator) {
    case OP_ADD:
        return unbounded_add(x, y);
    case OP_SUB:
        return unbounded_add(x, box_negative(y));
    case OP_MUL:
        return unbounded_multiply(x, y);
    default:
        return unbounded_divide(x, y);
    }
}

// Of numbers that are there somewhere the result is as it is without the mark, for operators that have one only where all
// arguments have. Then those with infinite ends, then what is left one by one.
static __attribute__((noinline)) struct natural natural_special(unsigned code, struct sides sides, unsigned special, struct natural natural)
{
    const unsigned operator = operator_of(code), all = (1u << LANES) - 1, marks = (sides.x.missing | sides.y.missing) & all;
    const struct lanes_interval x = span_of(&sides.x), y = span_of(&sides.y);
    if (code == AFFINE_POWER || operator == OP_AND || operator == OP_OR || operator == OP_SELECT)
        return natural_repair(code, sides, special | marks | sides.z.missing, natural);
    const unsigned numbers = mask_bits(mask_and(mask_le(x.low, x.high), mask_le(y.low, y.high)));
    special |= marks & ~numbers;
    natural.missing = marks & ~special;
    if (special != 0 && operator >= OP_ADD && operator <= OP_DIV) {
        const struct unbounded wide = natural_unbounded(operator, x, y);
        const unsigned done = mask_bits(wide.fine) & special;
        const lanes_mask put = mask_of_bits(done);
        natural.span = (struct lanes_interval){mask_choose(put, wide.span.low, natural.span.low), mask_choose(put, wide.span.high, natural.span.high)};
        natural.missing |= done & (marks | mask_bits(wide.missing));
        special &= ~done;
    }
    return special == 0 ? natural : natural_repair(code, sides, special, natural);
}

LANES_INLINE struct natural natural_of(unsigned code, const struct sides *s)
{
    const unsigned all = (1u << LANES) - 1;
    lanes_mask ordinary;
    const struct natural natural = {natural_ordinary(code, s, &ordinary), 0};
    const unsigned special = mask_bits(mask_not(ordinary)) & all, marks = (s->x.missing | s->y.missing | s->z.missing) & all;
    return (special | marks) == 0 ? natural : natural_special(code, *s, special, natural);
}

// x * (1 - y) is as wide as its factors allow, however wide x - x * y comes out; what that rounds to is as far from it as the
// rounding of x and x * y.
LANES_INLINE void cut_rest(const struct sides *s, struct lanes_interval *span)
{
    const lanes one = lanes_of(1.0);
    const struct lanes_interval x = span_of(&s->x), y = span_of(&s->z), rest = {lanes_below(one - y.high, SLACK_ROUNDED), lanes_above(one - y.low, SLACK_ROUNDED)};
    lanes_mask ordinary;
    const struct lanes_interval product = box_multiply(x, rest, &ordinary);
    const lanes slack = sizes(x) * (one + sizes(y)) * lanes_of(ROUNDING) + lanes_of(TINY);
    const lanes low = product.low - slack, high = product.high + slack;
    span->low = mask_choose(ordinary, lanes_greater(low, span->low), span->low);
    span->high = mask_choose(ordinary, lanes_lesser(high, span->high), span->high);
}

// ---- both together ----------------------------------------------------------------------------------------------------------

struct target {
    double *form, *span;
    uint8_t *missing;
};

LANES_INLINE void store_form(double *to, lanes center, lanes error, lanes radius)
{
    lanes_store(to + FORM_CENTER * BOX_LANES, center);
    lanes_store(to + FORM_ERROR * BOX_LANES, error);
    lanes_store(to + FORM_RADIUS * BOX_LANES, radius);
    lanes_store(to + FORM_ZERO * BOX_LANES, lanes_of(0.0));
}

LANES_INLINE void store_span(const struct pass *pass, const struct target *to, struct lanes_interval span, unsigned missing)
{
    lanes_store(to->span, span.low);
    lanes_store(to->span + BOX_LANES, span.high);
    missing &= (1u << LANES) - 1;
    *to->missing = (uint8_t)(pass->first == 0 ? missing : *to->missing | missing << pass->first);
}

// The interval as a form: no finite form unless both ends are finite.
LANES_INLINE struct lanes_interval boxed(struct lanes_interval span)
{
    const lanes half = lanes_of(0.5), center = span.low * half + span.high * half;
    const lanes reach = lanes_above(lanes_greater(span.high - center, center - span.low), SLACK_ROUNDED) + lanes_of(TINY);
    const lanes_mask fine = mask_and(mask_le(lanes_of(0.0), reach), mask_le(reach + lanes_abs(center), lanes_of(LARGEST)));
    return (struct lanes_interval){mask_choose(fine, center, lanes_of(0.0)), mask_choose(fine, reach, lanes_infinity())};
}

LANES_INLINE void store_boxed(double *form, struct lanes_interval span)
{
    const struct lanes_interval box = boxed(span);
    store_form(form, box.low, box.high, box.high);
}

// The interval is cut by the form's range; the form gives way to the interval where its error alone is wider.
LANES_INLINE void finish(const struct affine_step *step, const struct target *to, const struct pending *pending, struct lanes_interval *span)
{
    const lanes error = (pending->error + pending->size * lanes_of(ROUNDING) + lanes_of(TINY)) * lanes_of(1.0 + 0x1p-50);
    const lanes radius = sum_above(pending->sum + error, step->terms), center = pending->center;
    const lanes slack = (lanes_abs(center) + radius) * lanes_of(SLACK_ROUNDED) + lanes_of(TINY);
    const lanes_mask fine = mask_le(radius + lanes_abs(center), lanes_of(LARGEST));
    const lanes low = center - radius - slack, high = center + radius + slack;
    span->low = mask_choose(fine, lanes_greater(low, span->low), span->low);
    span->high = mask_choose(fine, lanes_lesser(high, span->high), span->high);
    const struct lanes_interval box = boxed(*span);
    const lanes_mask given_up = mask_or(mask_not(fine), mask_lt(box.high, error));
    store_form(to->form, mask_choose(given_up, box.low, center), mask_choose(given_up, box.high, error), mask_choose(given_up, box.high, radius));
    if (!mask_any(given_up))
        return;
    for (size_t k = 0; k < step->terms; k++) {
        double *at = term_at(to->form, k);
        lanes_store(at, mask_choose(given_up, lanes_of(0.0), lanes_load(at)));
    }
}

// A comparison that the intervals leave open may be decided by the form of the difference.
LANES_INLINE struct lanes_interval decided(const struct affine_step *step, const struct sides *s, struct lanes_interval truth)
{
    const lanes zero = lanes_of(0.0), one = lanes_of(1.0);
    const lanes_mask open = mask_and(mask_eq(truth.low, zero), mask_eq(truth.high, one));
    if (!mask_any(open) || step->apart)
        return truth;
    const struct lanes_interval gap = gap_between(step, &s->x, &s->y);
    const lanes_mask below = mask_lt(gap.high, zero), above = mask_lt(zero, gap.low);
    const bool equality = step->code == OP_EQ || step->code == OP_NE;
    const lanes_mask holds = step->code == OP_EQ ? mask_lt(one, zero) : equality ? mask_or(below, above) : below;
    const lanes_mask fails = step->code == OP_EQ ? mask_or(below, above) : equality ? mask_lt(one, zero) : above;
    return (struct lanes_interval){mask_choose(mask_and(open, holds), one, truth.low), mask_choose(mask_and(open, fails), zero, truth.high)};
}

// ---- all steps --------------------------------------------------------------------------------------------------------------

// What rounding to whole numbers takes away or adds: a half on average, a half at most from there.
LANES_INLINE struct line line_whole(unsigned code)
{
    const double shift = code == OP_FLOOR ? -0.5 : code == OP_CEIL ? 0.5 : 0.0;
    return (struct line){lanes_of(1.0), lanes_of(shift), lanes_of(0.5)};
}

LANES_INLINE struct line guarded(struct line line, lanes_mask fine)
{
    return (struct line){line.slope, line.shift, mask_choose(fine, line.error, lanes_infinity())};
}

// The exponential of the product, which stands in for the power where the base is above 0. The power's own interval does not
// do for the line: it comes from other ends.
LANES_INLINE struct pending power_form(const struct affine_step *step, double *to, const struct sides *s)
{
    const struct lanes_interval product = span_of(&s->z);
    lanes_mask ordinary;
    const struct lanes_interval ends = box_exp(product, &ordinary);
    const lanes_mask positive = mask_lt(lanes_of(0.0), span_of(&s->x).low);
    return along(step, to, &s->z, guarded(line_exp(product, ends), mask_and(ordinary, positive)));
}

LANES_INLINE struct pending form_of(const struct affine_step *step, double *to, const struct sides *s, struct lanes_interval span)
{
    const struct side *x = &s->x, *y = &s->y, *z = &s->z;
    const lanes zero = lanes_of(0.0), one = lanes_of(1.0);
    switch (step->code) {
    case OP_ADD:
        return sum_of(step, to, x, y);
    case OP_SUB:
        return difference_of(step, to, x, y);
    case OP_MUL:
    case AFFINE_MUL_PART:
        return step->apart ? product_apart(step, to, x, y) : plain_product(step, to, x, y);
    case OP_DIV:
        return quotient_of(step, to, x, y);
    case AFFINE_QUOTIENT_FIXED:
        return along(step, to, x, (struct line){one / head_of(y).center, zero, zero});
    case ENCLOSE_SQUARE:
        return square_of(step, to, x);
    case AFFINE_REST:
        return rest_of(step, to, x, z);
    case OP_NEG:
        return along(step, to, x, (struct line){-one, zero, zero});
    case OP_MIN:
    case OP_MAX:
        return extreme_of(step, to, x, y);
    case OP_ABS:
        return size_of(step, to, x);
    case OP_EXP:
        return along(step, to, x, line_exp(span_of(x), span));
    case OP_LN:
    case AFFINE_LN_PART:
        return along(step, to, x, line_log(span_of(x), span, 1.0));
    case OP_LOG10:
        return along(step, to, x, line_log(span_of(x), span, 0x1.26bb1bbb55516p1));
    case OP_SQRT:
        return along(step, to, x, line_sqrt(span_of(x), span));
    case AFFINE_POWER_FIXED:
        return along(step, to, x, line_power(span_of(x), span, span_of(y).low));
    case AFFINE_POWER:
        return power_form(step, to, s);
    case OP_SELECT:
        return choice_of(step, to, span_of(x), y, z);
    default: // OP_FLOOR, OP_CEIL, OP_ROUND
        return along(step, to, x, line_whole(step->code));
    }
}

LANES_INLINE bool is_without_terms(unsigned code)
{
    return (code >= OP_LT && code <= OP_NOT) || code == ENCLOSE_NOTHING || code == ENCLOSE_ONE;
}

LANES_INLINE bool is_comparison(unsigned code)
{
    return code >= OP_LT && code <= OP_NE;
}

static void column_step(const struct pass *pass, const struct affine_step *step, const struct affine_column *column, const struct target *to)
{
    struct lanes_interval span = {lanes_load(column->low + pass->first), lanes_load(column->high + pass->first)};
    const lanes center = lanes_load(column->center + pass->first), slope = lanes_load(column->slope + pass->first);
    struct pending pending = {center, lanes_load(column->error + pass->first), lanes_of(0.0), lanes_of(0.0)};
    if (step->terms > 0) {
        lanes_store(term_at(to->form, 0), slope);
        pending.sum = lanes_abs(slope);
    }
    finish(step, to, &pending, &span);
    store_span(pass, to, span, 0);
}

static void plain_step(const struct pass *pass, const struct affine_step *step, const struct target *to)
{
    const struct sides sides = {side_of(pass, step, 0), side_of(pass, step, 1), side_of(pass, step, 2)}, *s = &sides;
    struct natural natural = natural_of(step->code, s);
    if (is_comparison(step->code))
        natural.span = decided(step, s, natural.span);
    if (step->code == AFFINE_REST)
        cut_rest(s, &natural.span);
    if (is_without_terms(step->code)) {
        store_boxed(to->form, natural.span);
    } else {
        const struct pending pending = form_of(step, to->form, s, natural.span);
        finish(step, to, &pending, &natural.span);
    }
    store_span(pass, to, natural.span, natural.missing);
}

static void affine_steps(const struct affine *affine, const struct affine_column *const *columns, const struct affine_work *work)
{
    for (size_t first = 0; first < BOX_LANES; first += LANES) {
        const struct pass pass = {affine, work, first};
        for (size_t i = 0; i < affine->step_count; i++) {
            const struct affine_step *step = &affine->steps[i];
            const struct target to = {work->slots + step->form + first, work->spans + i * SPAN_DOUBLES + first, work->missing + i};
            if (step->code == CODE_COLUMN)
                column_step(&pass, step, columns[step->spans[0]], &to);
            else
                plain_step(&pass, step, &to);
        }
    }
}

#endif
