// A claim with one of its figures left open: what the judge fills in to find a version that would hold.
//
// Of every claim that tests something (no hole, no index) and each figure that its conclusion compares with, or dates it by, the
// checker makes the same claim with a hole in that place. They are compiled beside the claims and judged only when their claim
// is refuted or sensitive.
#ifndef DSL_VARIANT_H
#define DSL_VARIANT_H

#include "dsl/program.h"

struct buffer;

enum { VARIANTS_MOST = 6 }; // of one claim

struct variant {
    const struct claim *of;
    const struct claim *claim;     // the same with a hole, which is a threshold or a date
    const struct expr *formula;    // of `of`
    const struct expr *place;      // the figure in it
    double factor;                 // base units that 1 is there; NAN: a date
};

// `expr` with `instead` in place of the node `place`, which is in it; shares what does not change. NULL: it is not.
struct expr *variant_expr(struct arena *arena, const struct expr *expr, const struct expr *place, struct expr *instead);
// The figure `value` (in base units, or an instant that begins a step) as it would stand in the variant's place: with the letter,
// the unit and the percent sign of the one it replaces.
struct expr *variant_figure(struct arena *arena, const struct program *program, const struct variant *variant, double value);
// The claim with another formula, in canonical layout: named NAME_suffix, judged under one scenario; what it claims in words, who
// says so, what it is related to and what is expected are left out.
void variant_write(struct buffer *out, struct arena *arena, const struct claim *claim, const struct expr *formula, const char *suffix,
                   const struct scenario *scenario);

#endif
