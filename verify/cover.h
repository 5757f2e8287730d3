// Whether boxes cover a box.
#ifndef VERIFY_COVER_H
#define VERIFY_COVER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct cover {
    size_t axis_count;
    const bool *whole_numbers; // of each axis: only whole numbers count
    const double *box;         // low, high of each axis; leaves are in the same form
    size_t leaf_count;
    const double *leaves;
};

enum covered { COVERED, NOT_COVERED, COVER_UNKNOWN }; // unknown: more pieces than are looked at

// Exact: only comparisons of the ends. *gap (room for the box's ends): a part that no leaf touches.
enum covered cover_check(struct arena *scratch, const struct cover *cover, double *gap);

#endif
