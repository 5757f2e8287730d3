// Flip points in the making: one variable moved through its positions, and the truth of claims there. What is followed: inquiry.h.
// What flip.c, flip_probe.c and flip_place.c share. Not for other folders.
#ifndef JUDGE_FLIPPING_H
#define JUDGE_FLIPPING_H

#include "judge/inquiry.h"
#include "judge/moved.h"
#include "judge/mover.h"

enum { ROOTS = 4, SECTIONS = 16, FLIPS_MAX = 64 };
enum truth_state { FAILS, HOLDS, SILENT };

// One tape over the inquiries that see the variable.
struct probe {
    struct work *work;
    const struct mover *mover;
    struct inquiry **inquiries;
    size_t count;
    const struct tape *tape; // NULL: probe_open makes one
    double **results;
    double **points;
    size_t room;
    const struct moved *moved; // NULL: no aggregate sees it
};

// ---- flip_probe.c: where a variable stands, what claims say there ------------------------------------------------------

// Over ROOTS truths of each inquiry, in their order.
const struct tape *probe_tape(struct work *work, struct inquiry **inquiries, size_t count);
// Makes room for probe->room positions, on scratch, and the tape if there is none.
void probe_open(struct probe *probe);
// Its truth takes many futures, and is not exact.
bool probe_is_estimated(const struct probe *probe);
// The positions to look at first, ascending; room for MOVER_POINTS. Returns their number.
size_t probe_grid(const struct probe *probe, double *positions);
// Fills probe->results: by inquiry and root, then by position.
void probe_run(struct probe *probe, const double *positions, size_t count);
// The truth at point k of the ROOTS values of an inquiry.
enum truth_state probe_state(const struct inquiry *inquiry, double *const *values, size_t k);

// ---- flip_place.c: where the truth changes -----------------------------------------------------------------------------

// Of the variable, with no flip.
struct crux crux_new(const struct mover *mover, size_t variable);
// Of inquiry `which`, after probe_run on probe_grid.
struct crux crux_find(struct probe *probe, size_t which, size_t variable);

#endif
