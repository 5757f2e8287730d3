// The steps of engine/enclose.h over vectors of boxes; part of engine/kernel_lanes.h.
//
// A step is done for all lanes as if they were ordinary: finite, with results in the middle of the normal range, each of its
// arguments with a value. The lanes that are not are then done again one by one by enclose_one. Which ones does not depend on
// the width of the vectors, and so the bits do not either.
#ifndef ENGINE_ENCLOSE_LANES_H
#define ENGINE_ENCLOSE_LANES_H

#include "base/lanes_math.h"
#include "engine/enclose_inside.h"

// Ends of eight intervals, or of one vector of them.
struct ends {
    const double *low, *high;
    unsigned missing;
};
struct lanes_interval {
    lanes low, high;
};

// Slots and constants, by the argument's bit in `uniform`: looked up, because a branch on it is not foreseeable.
struct boxes {
    const double *slots[2];
    const uint8_t *missing[2];
    double *to;
    uint8_t *missing_to;
};

LANES_INLINE struct ends box_argument(const struct boxes *boxes, const struct enclose_step *step, int argument)
{
    const size_t at = step->args[argument], uniform = step->uniform >> argument & 1u;
    const double *slot = boxes->slots[uniform] + at * SLOT_DOUBLES;
    return (struct ends){slot, slot + BOX_LANES, boxes->missing[uniform][at]};
}

LANES_INLINE struct lanes_interval ends_load(const struct ends *ends, size_t at)
{
    return (struct lanes_interval){lanes_load(ends->low + at), lanes_load(ends->high + at)};
}

// ---- ordinary lanes ---------------------------------------------------------------------------------------------------------

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

// ---- all steps --------------------------------------------------------------------------------------------------------------

LANES_INLINE struct interval one_interval(const struct ends *ends, size_t lane)
{
    return (struct interval){ends->low[lane], ends->high[lane], ends->missing >> lane & 1u};
}

// The lanes whose bits are set, one by one.
static __attribute__((noinline)) void box_repair(const struct boxes *boxes, const struct enclose_step *step, unsigned lanes_wanted)
{
    const struct ends a = box_argument(boxes, step, 0), b = box_argument(boxes, step, 1), c = box_argument(boxes, step, 2);
    double *to = boxes->to + (size_t)step->to * SLOT_DOUBLES;
    unsigned missing = boxes->missing_to[step->to] & ~lanes_wanted;
    for (size_t lane = 0; lane < BOX_LANES; lane++) {
        if (!(lanes_wanted >> lane & 1u))
            continue;
        const struct interval r = enclose_one(step->code, one_interval(&a, lane), one_interval(&b, lane), one_interval(&c, lane));
        to[lane] = r.low;
        to[lane + BOX_LANES] = r.high;
        missing |= (unsigned)r.missing << lane;
    }
    boxes->missing_to[step->to] = (uint8_t)missing;
}

enum { ALL_BOXES = (1 << BOX_LANES) - 1 };

// Lanes whose arguments may be missing are not ordinary.
#define EACH_BOX(expression)                                                          \
    do {                                                                              \
        unsigned special = a.missing | b.missing;                                     \
        for (size_t i = 0; i < BOX_LANES; i += LANES) {                               \
            const struct lanes_interval x = ends_load(&a, i), y = ends_load(&b, i);       \
            (void)x, (void)y;                                                         \
            lanes_mask ordinary = mask_le(lanes_of(0.0), lanes_of(0.0));              \
            const struct lanes_interval r = expression;                                   \
            lanes_store(to + i, r.low);                                               \
            lanes_store(to + BOX_LANES + i, r.high);                                  \
            special |= (mask_bits(mask_not(ordinary)) & ((1u << LANES) - 1)) << i;    \
        }                                                                             \
        missing[step->to] = 0;                                                  \
        if (special != 0)                                                             \
            box_repair(&boxes, step, special);                                        \
    } while (0)

static void box_column(const struct boxes *boxes, const struct enclose_step *step, const struct enclosure *column)
{
    double *to = boxes->to + (size_t)step->to * SLOT_DOUBLES;
    unsigned missing = 0;
    memcpy(to, column->low, sizeof column->low);
    memcpy(to + BOX_LANES, column->high, sizeof column->high);
    for (size_t lane = 0; lane < BOX_LANES; lane++)
        missing |= (unsigned)(column->missing[lane] != 0) << lane;
    boxes->missing_to[step->to] = (uint8_t)missing;
}

#define TRUTH(surely, possibly) ((struct lanes_interval){truth_end(surely), truth_end(possibly)})

static void enclose(const struct enclosing *enclosing, const struct enclosure *const *columns, double *slots, uint8_t *missing)
{
    const struct boxes boxes = {{slots, enclosing->constants}, {missing, enclosing->constants_missing}, slots, missing};
    for (const struct enclose_step *step = enclosing->steps, *end = step + enclosing->step_count; step < end; step++) {
        const struct ends a = box_argument(&boxes, step, 0), b = box_argument(&boxes, step, 1);
        double *const to = slots + (size_t)step->to * SLOT_DOUBLES;
        switch (step->code) {
        case CODE_COLUMN:
            box_column(&boxes, step, columns[step->args[0]]);
            break;
        case CODE_CONST:
            memcpy(to, a.low, SLOT_DOUBLES * sizeof *to);
            missing[step->to] = (uint8_t)a.missing;
            break;
        case OP_ADD:
            EACH_BOX(box_add(x, y, &ordinary));
            break;
        case OP_SUB:
            EACH_BOX(box_add(x, box_negative(y), &ordinary));
            break;
        case OP_MUL:
            EACH_BOX(box_multiply(x, y, &ordinary));
            break;
        case OP_DIV:
            EACH_BOX(box_divide(x, y, &ordinary));
            break;
        case OP_MIN:
            EACH_BOX(box_min(x, y));
            break;
        case OP_MAX:
            EACH_BOX(box_max(x, y));
            break;
        case OP_NEG:
            EACH_BOX(box_negative(x));
            break;
        case OP_ABS:
            EACH_BOX(box_abs(x));
            break;
        case ENCLOSE_SQUARE:
            EACH_BOX(box_square(x, &ordinary));
            break;
        case OP_NOT:
            EACH_BOX(box_not(x));
            break;
        case OP_LT:
            EACH_BOX(TRUTH(mask_lt(x.high, y.low), mask_lt(x.low, y.high)));
            break;
        case OP_LE:
            EACH_BOX(TRUTH(mask_le(x.high, y.low), mask_le(x.low, y.high)));
            break;
        case OP_EQ:
            EACH_BOX(box_equal(x, y));
            break;
        case OP_NE:
            EACH_BOX(box_not(box_equal(x, y)));
            break;
        // Truths: with a value on both sides, `and` is the least and `or` the greatest.
        case OP_AND:
            EACH_BOX(((struct lanes_interval){lanes_lesser(x.low, y.low), lanes_lesser(x.high, y.high)}));
            break;
        case OP_OR:
            EACH_BOX(((struct lanes_interval){lanes_greater(x.low, y.low), lanes_greater(x.high, y.high)}));
            break;
        default:
            missing[step->to] = 0;
            box_repair(&boxes, step, ALL_BOXES);
        }
    }
}

#endif
