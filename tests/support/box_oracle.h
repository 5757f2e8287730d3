// Single operators over boxes (engine/enclose.h) against MPFI: the true value at points of a box lies inside its enclosure.
#ifndef TESTS_BOX_ORACLE_H
#define TESTS_BOX_ORACLE_H

#include <stdint.h>

#include "dsl/op.h"
#include "engine/enclose.h"

// The operators that instructions carry.
extern const enum op box_operators[];
extern const size_t box_operator_count;

// At least `points` random and corner points of random and corner boxes. NULL when all are inside, else what was not, in a
// buffer of the thread. `state` is the state of the random numbers, and moves on.
const char *box_oracle(enum op op, enum kernels kernels, uint64_t points, uint64_t *state);

#endif
