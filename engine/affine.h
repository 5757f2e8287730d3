// A model run over boxes of futures in affine arithmetic: every value as a linear function of the box's axes, with an error.
//
// A box has axes, each with a position e_a in -1 .. 1. Of each value is kept, for every future of the box where the value is
// there (is not NaN):
//
//     value = center + sum over a of slope[a] * e_a + error * [-1, 1]      and      low <= value <= high
//
// where low .. high is the natural interval (engine/enclose.h) cut by the range of the linear form. Both hold for the exact
// value and for the one that is computed in doubles: all rounding is inside `error`. A value with no finite form has center 0,
// slopes 0 and error INFINITY. Eight boxes are run at once, one to a lane, and the bits do not depend on the kernels.
//
// Forms are those of Comba and Stolfi 1993, with one error term for each value in place of a symbol for each rounding (de
// Figueiredo and Stolfi 2004 call that "condensed"), so that a value costs as much as there are axes that it depends on.
#ifndef ENGINE_AFFINE_H
#define ENGINE_AFFINE_H

#include "engine/enclose.h"

enum { AFFINE_AXES_MOST = 200 }; // a form knows its axes by a byte
#define NO_AXIS SIZE_MAX

// A column over the box: center + slope * e_axis + error * [-1, 1], and within low .. high. Of a column without an axis the
// slope is not read.
struct affine_column {
    double low[BOX_LANES], high[BOX_LANES];
    double center[BOX_LANES], slope[BOX_LANES], error[BOX_LANES];
};

struct affine_root {
    double low[BOX_LANES], high[BOX_LANES];
    double missing[BOX_LANES]; // as in struct enclosure
    double center[BOX_LANES], error[BOX_LANES];
    double *slope;             // slope[axis * BOX_LANES + lane], room for all axes, given by the caller
};

struct affine; // the part of a model that some values need, made ready for boxes

// axes[c] is the axis of model column c, below axis_count (at most AFFINE_AXES_MOST), or NO_AXIS: then it only has an error.
// Several columns may share an axis. `axes` is not kept.
struct affine *affine_make(struct arena *arena, const struct model *model, const value_id *roots, size_t root_count, const size_t *axes, size_t axis_count);
size_t affine_length(const struct affine *affine);                        // instructions
const size_t *affine_columns(const struct affine *affine, size_t *count); // the columns it reads, ascending
size_t affine_workspace(const struct affine *affine);                     // bytes for one worker, 64-byte aligned

// The column's position in a box whose axis is the column's value itself: low .. high of one lane.
void affine_column_set(struct affine_column *column, size_t lane, double low, double high);

// columns[c] is model column c, one box to a lane (only those of affine_columns are read). All lanes are computed: unused ones
// must hold copies of a valid one. roots[r] is set, by the kernels of `kernels`.
void affine_run(const struct affine *affine, enum kernels kernels, const struct affine_column *const *columns, void *workspace, struct affine_root *roots);

// Bounds of a derivative over the box; -INFINITY .. INFINITY where nothing is known.
struct slope {
    double low[BOX_LANES], high[BOX_LANES];
};

// After affine_run with the same workspace: the derivatives of roots[plus] - roots[minus] (SIZE_MAX: of roots[plus] alone) by
// the columns, slopes[i] for the i-th of affine_columns, each with the other columns held, at every point of the box (columns
// that share an axis are together there: the slope along the axis is the sum of theirs, each times how its column goes with
// the axis). By a reverse sweep over the values' intervals. They are generalised derivatives: where a value has a kink or a jump they cover all its sides, so that low >= 0
// says that the value nowhere falls as the column grows, the jumps included. Where the value may be missing, or anything it
// then depends on, nothing is known.
void affine_slopes(const struct affine *affine, enum kernels kernels, void *workspace, size_t plus, size_t minus, struct slope *slopes);

#endif
