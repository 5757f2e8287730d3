// A model run over boxes of futures: every value as an interval that contains what it is anywhere in the box.
//
// Several boxes are run at once, one to a lane. Arithmetic rounds outward (r - (|r| 2^-53 + 2^-1074), and so on: no rounding
// modes), exp, ln, log10 and pow are widened by more than the stated errors of base/lanes_math.h. Truths are intervals within
// 0 .. 1: 1 .. 1 certainly true, 0 .. 0 certainly false, 0 .. 1 open. A value that may be missing (0/0, the logarithm of a
// negative number) is marked, whatever its interval says of the futures where it is there; a value that is missing everywhere
// has the empty interval INFINITY .. -INFINITY and the mark. Intervals are those of IEEE 1788 (Pryce 2016), decorations
// reduced to this one mark.
#ifndef ENGINE_ENCLOSE_H
#define ENGINE_ENCLOSE_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/evaluate.h"
#include "engine/model.h"

enum { BOX_LANES = 8 };

struct enclosure {
    double low[BOX_LANES], high[BOX_LANES];
    double missing[BOX_LANES]; // 1: it may have no value somewhere in the box; 0: it has one everywhere
};

struct enclosing; // the part of a model that some values need, made ready for boxes

struct enclosing *enclosing_make(struct arena *arena, const struct model *model, const value_id *roots, size_t root_count);
size_t enclosing_length(const struct enclosing *enclosing);                       // instructions
const size_t *enclosing_columns(const struct enclosing *enclosing, size_t *count);// the columns it reads, ascending
size_t enclosing_workspace(const struct enclosing *enclosing);                    // bytes for one worker, 64-byte aligned

// columns[c] is the interval of model column c, one box to a lane (only those of enclosing_columns are read). All lanes are
// computed: unused ones must hold copies of a valid one. roots[r] is set.
void enclosing_run(const struct enclosing *enclosing, enum kernels kernels, const struct enclosure *const *columns, void *workspace,
                   struct enclosure *roots);

#endif
