// Random programs over random boxes, and what engine/affine.h says about them held against values at points inside.
#ifndef TESTS_AFFINE_CHECK_H
#define TESTS_AFFINE_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/affine.h"

// Makes `programs` programs from the seed, each run over eight boxes, each box tried at `points` points. At every point every
// value, in 80 bits and as the doubles would have it, must be within its interval and its linear form, and every change along
// one column within the bounds of the derivative. Fails the test with the program's number when one is not.
struct affine_checks {
    size_t values;      // that were compared with a finite form
    size_t changes;     // that were compared with a bounded derivative
    size_t missing;     // that were not there
};
struct affine_checks affine_check_programs(uint64_t seed, size_t programs, size_t points);

// Whether x is within the linear form (its error is finite) where the axes are.
bool affine_form_contains(const struct affine_root *root, size_t lane, const long double *axes, size_t axis_count, long double x);

#endif
