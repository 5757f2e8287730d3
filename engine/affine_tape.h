// The inside of engine/affine.h: what affine.c makes and the kernels run.
//
// Every value has a span (low, high) that stays for the reverse sweep, and a form in a slot that is used again when nobody
// reads it any more. All are BOX_LANES boxes wide.
#ifndef ENGINE_AFFINE_TAPE_H
#define ENGINE_AFFINE_TAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/affine.h"
#include "engine/enclose_inside.h"

// A form in lines of BOX_LANES doubles. The line of zeros is the coefficient of every axis that the value does not depend on.
enum form_line { FORM_CENTER, FORM_ERROR, FORM_RADIUS, FORM_ZERO, FORM_TERMS };

// A constant: its span, then its form without terms.
enum { SPAN_DOUBLES = 2 * BOX_LANES, CONSTANT_DOUBLES = SPAN_DOUBLES + FORM_TERMS * BOX_LANES };

// Steps beside those of enclose_inside.h. A power x ^ y is three steps: ln x, its product with y, and the power itself, which
// has that product as third argument; with a constant exponent it is one. A rest is x - x * y, which is x * (1 - y) too: its
// arguments are x, x * y and y.
enum affine_code { AFFINE_LN_PART = ENCLOSE_CODES, AFFINE_MUL_PART, AFFINE_POWER, AFFINE_POWER_FIXED, AFFINE_QUOTIENT_FIXED, AFFINE_REST };

// `spans` are numbers of steps, or of constants for the arguments whose bit in `constant` is set; `forms` are places in doubles
// among the slots, or the constants. `terms` is the number of axes that some argument depends on, and so the result (a truth has
// a form without terms all the same); pick[i * terms + k] is the line of argument i's form that goes with the k-th of them.
struct affine_step {
    uint16_t code;
    uint8_t terms;
    uint8_t constant;
    bool apart;         // the first two arguments share no axis
    uint32_t form;
    uint32_t spans[3];  // of CODE_COLUMN spans[0] is the column
    uint32_t forms[3];
    const uint8_t *pick;
};

struct affine_place {
    uint32_t span, form;
    bool constant;
    uint8_t terms;
    const uint8_t *axes; // of the terms, ascending
};

struct affine {
    size_t step_count;
    const struct affine_step *steps;
    const double *constants;   // CONSTANT_DOUBLES each, 64-byte aligned
    size_t slot_doubles;       // of all slots
    size_t axis_count;
    size_t root_count;
    const struct affine_place *roots;
    size_t column_count;
    const size_t *columns;
    const uint32_t *column_steps; // of columns[i]: its step
};

// One worker's memory, in this order.
struct affine_work {
    double *spans;     // SPAN_DOUBLES for each step
    double *slots;
    double *slopes;    // of the reverse sweep: SPAN_DOUBLES for each step
    uint8_t *missing;  // for each step: a bit to a lane
};
struct affine_work affine_work_at(const struct affine *affine, void *workspace);

struct affine_kernel {
    void (*run)(const struct affine *affine, const struct affine_column *const *columns, const struct affine_work *work);
    // slopes of the steps are those of the values already, and are spread to their arguments, from step `from` down.
    void (*sweep)(const struct affine *affine, const struct affine_work *work, size_t from);
};
extern const struct affine_kernel affine_baseline;
#if defined __x86_64__
extern const struct affine_kernel affine_avx2, affine_avx512;
#endif

#endif
