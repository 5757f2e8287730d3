// Random programs over the whole expression language, and how their models and the naive evaluator read the same futures.
#ifndef TESTS_RANDOM_PROGRAM_H
#define TESTS_RANDOM_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "engine/model.h"
#include "tests/support/naive.h"

struct arena;

// A claim with a premise, judged in the baseline and in a scenario with sets, and an expression over time. Its inputs are
// uniform, without a probability, a choice, a path, by period, a date and a member.
struct random_program {
    const struct claim *claim;
    const struct model *model; // NULL: a limit was passed
    bool circle;               // definitions look ahead in a circle: values mean nothing
};
struct random_program random_program_make(struct arena *arena, uint64_t seed);

// What a column of such a model reads.
struct column_place {
    const struct input *input;
    size_t point, period;
};
struct column_place column_place(const struct model *model, size_t column);

// The sets of a scenario; worlds has room for each.
const struct naive_world *worlds_of(const struct scenario *scenario, struct naive_world *worlds);

#endif
