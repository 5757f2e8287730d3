// How the columns of a tape get their values in drawn futures.
#ifndef ENGINE_DRAWING_H
#define ENGINE_DRAWING_H

#include "engine/evaluate.h"
#include "engine/kernel.h"

struct arena;
struct drawn_column;
struct draw;

struct drawing {
    const struct model *model;
    uint64_t seed;
    size_t column_count;               // those drawn, in order of their draws
    const struct drawn_column *columns;
    size_t correlated_count;           // 0 when no drawn column is correlated
    const struct draw *correlated;     // where each comes from
};

// For futures of the stream that `first` is in.
struct drawing drawing_make(struct arena *arena, const struct tape *tape, const struct futures *futures, uint64_t first);

// Doubles that one worker needs.
size_t drawing_workspace(const struct drawing *drawing);

// The futures first .. first + BLOCK_LANES - 1, each drawn column into columns[its number].
void draw_block(const struct drawing *drawing, const struct kernel *kernel, uint64_t first, double *workspace,
                double *const *columns);

// The value of a column that is not drawn: what it is fixed at, else NAN for a drawn one and for one without a value.
double futures_fixed(const struct futures *futures, size_t column);

#endif
