// The inside of a tape: what engine/tape*.c make and engine/kernel*.c run.
#ifndef ENGINE_TAPE_H
#define ENGINE_TAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dsl/op.h"
#include "engine/evaluate.h"
#include "engine/model.h"

// Two operators in one step, the first's value never stored: FIRST x SECOND, the other argument of the second last.
// PAIR_FIRST(id, value of x and y), PAIR_SECOND(id, value of f, the first's value, and z).
#define PAIR_FIRSTS(FIRST)           \
    FIRST(ADD, x + y)                \
    FIRST(SUB, x - y)                \
    FIRST(MUL, x * y)                \
    FIRST(DIV, x / y)                \
    FIRST(MIN, lanes_min(x, y))      \
    FIRST(MAX, lanes_max(x, y))

#define PAIR_SECONDS(SECOND, first)              \
    SECOND(first, ADD, f + z)                    \
    SECOND(first, SUB, f - z)                    \
    SECOND(first, SUB_FROM, z - f)               \
    SECOND(first, MUL, f * z)                    \
    SECOND(first, DIV, f / z)                    \
    SECOND(first, DIV_INTO, z / f)               \
    SECOND(first, MIN, lanes_min(f, z))          \
    SECOND(first, MIN_FROM, lanes_min(z, f))     \
    SECOND(first, MAX, lanes_max(f, z))          \
    SECOND(first, MAX_FROM, lanes_max(z, f))

// What a step does: an operator, CODE_CONST or CODE_COLUMN (model.h), a function that runs in strips, or a pair.
enum tape_code {
    TAPE_EXP = CODE_COUNT,
    TAPE_LN,
    TAPE_POW,
    TAPE_PAIRS,
    TAPE_BEFORE_PAIRS = TAPE_PAIRS - 1,
#define SECOND(first, second, value) TAPE_##first##_##second,
#define FIRST(id, value) PAIR_SECONDS(SECOND, id)
    PAIR_FIRSTS(FIRST)
#undef FIRST
#undef SECOND
};

enum { PAIR_SECOND_COUNT = 10, CONSTANT_COPIES = 8 };

// Offsets are in doubles: into the slots (BLOCK_LANES each), or into the constants (CONSTANT_COPIES each, so that one vector
// of any width reads the same value) for the arguments whose bit in `uniform` is set. Of CODE_COLUMN args[0] is the column.
struct tape_step {
    uint16_t code;
    uint16_t uniform;
    uint32_t to;
    uint32_t args[3];
};

struct tape {
    size_t step_count;
    const struct tape_step *steps;
    const double *constants; // 64-byte aligned
    size_t slot_count;
    size_t root_count;
    const uint32_t *roots;   // slots, as offsets
    size_t column_count;
    const size_t *columns;   // of the model, ascending
};

#endif
