// The steps of engine/enclose.h over vectors of boxes; part of engine/kernel_lanes.h.
#ifndef ENGINE_ENCLOSE_LANES_H
#define ENGINE_ENCLOSE_LANES_H

#include "engine/enclose_ordinary.h"

// Ends of eight intervals.
struct ends {
    const double *low, *high;
    unsigned missing;
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
        const struct ends a = box_argument(&boxes, step, 0), b = box_argument(&boxes, step, 1), c = box_argument(&boxes, step, 2); \
        unsigned special = a.missing | b.missing | c.missing;                         \
        for (size_t i = 0; i < BOX_LANES; i += LANES) {                               \
            const struct lanes_interval x = ends_load(&a, i), y = ends_load(&b, i), z = ends_load(&c, i); \
            (void)x, (void)y, (void)z;                                                \
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

static void box_constant(const struct boxes *boxes, const struct enclose_step *step)
{
    const struct ends from = box_argument(boxes, step, 0);
    memcpy(boxes->to + (size_t)step->to * SLOT_DOUBLES, from.low, SLOT_DOUBLES * sizeof(double));
    boxes->missing_to[step->to] = (uint8_t)from.missing;
}

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

static void enclose(const struct enclosing *enclosing, const struct enclosure *const *columns, double *slots, uint8_t *missing)
{
    const struct boxes boxes = {{slots, enclosing->constants}, {missing, enclosing->constants_missing}, slots, missing};
    for (const struct enclose_step *step = enclosing->steps, *end = step + enclosing->step_count; step < end; step++) {
        double *const to = slots + (size_t)step->to * SLOT_DOUBLES;
        switch (step->code) {
#define STEP(code, expression)    \
    case code:                    \
        EACH_BOX(expression);     \
        break;
            BOX_STEPS(STEP)
#undef STEP
        case CODE_COLUMN:
            box_column(&boxes, step, columns[step->args[0]]);
            break;
        case CODE_CONST:
            box_constant(&boxes, step);
            break;
        default:
            missing[step->to] = 0;
            box_repair(&boxes, step, ALL_BOXES);
        }
    }
}

#endif
