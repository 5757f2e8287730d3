// The inside of engine/enclose.h: what enclose.c makes, the kernels run, and enclose_one.c computes one box at a time.
//
// Zeros have signs, because 1/0 is infinite on the side of its sign: the ends of an interval are ordered as IEEE 754 orders
// them, -0 below +0, so that low +0 says that no value is -0. Where that is not known, low is -0 and high +0.
#ifndef ENGINE_ENCLOSE_INSIDE_H
#define ENGINE_ENCLOSE_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/enclose.h"

// Relative widening. Of a correctly rounded result in the normal range: r -/+ |r| 2^-52 reaches beyond both neighbours of r. Of a
// function: twice its stated error (base/lanes_math.h: at most 1.7 units of 2^-52, log10 4), because both the end and what the
// sampler finds inside may be off by one, and as much again.
#define SLACK_ROUNDED 0x1p-52
#define SLACK_FUNCTION 0x1p-49
#define SLACK_LOG10 0x1p-48
#define SMALLEST 0x1p-1074

// Steps beside the operators: an operator whose arguments are one value (x * x), or that says more about its own form.
enum enclose_code {
    ENCLOSE_SQUARE = CODE_COUNT, // x * x, x ^ 2
    ENCLOSE_NOTHING,             // x - x
    ENCLOSE_ONE,                 // x / x
    ENCLOSE_LESS_PART,           // x - x * y
    ENCLOSE_MORE_PART,           // x + x * y
    ENCLOSE_SHARE,               // x / (x + y)
    ENCLOSE_YIELD,               // (1 - exp(-x)) / x
    ENCLOSE_CODES
};

// Arguments are slots, or constants where their bit in `uniform` is set. Of CODE_COLUMN args[0] is the column.
struct enclose_step {
    uint16_t code;
    uint16_t uniform;
    uint32_t to;
    uint32_t args[3];
};

// A slot is low[BOX_LANES], high[BOX_LANES]; its missing marks are one byte, a bit to a lane.
enum { SLOT_DOUBLES = 2 * BOX_LANES };

struct enclosing {
    size_t step_count;
    const struct enclose_step *steps;
    const double *constants;          // like slots, 64-byte aligned; their missing marks
    const uint8_t *constants_missing;
    size_t slot_count;
    size_t root_count;
    const uint32_t *roots;            // slots
    size_t column_count;
    const size_t *columns;
};

// One interval. Empty: low INFINITY, high -INFINITY, and missing.
struct interval {
    double low, high;
    bool missing;
};

// One step for one box, whatever the arguments: every case is in here. The kernels do the ordinary ones.
struct interval enclose_one(unsigned code, struct interval a, struct interval b, struct interval c);

#endif
