// What holes.c and threshold.c share: a question whose hole is filled in turn.
#ifndef JUDGE_HOLE_H
#define JUDGE_HOLE_H

#include "judge/inquiry.h"

struct asked {
    struct work *work;
    const struct question *question;
    const struct hole *hole;
    struct reach reach;
    double *fixed;      // the inputs without a probability where they are worst; else as work->fixed
    uint64_t futures;   // 1 when nothing is uncertain
    // All that must hold: the claim without concession and with each one.
    const struct finding *variants;
    size_t variant_count;
};

// The strongest threshold: for each future the last value at which the claim holds, found by bisection over the doubles in
// order, so no scale is assumed; then the quantile of these that leaves `level` of the relevant futures on the holding side.
// The interval lies between order statistics. With inputs that have no probability: the weakest over hole_places.
// The places of the inputs without a probability that a hole is answered at: centre, corners (of the first six draws) and
// random interior points; 1 without such inputs. The same ones for every value of the hole.
enum { HOLE_DIMENSIONS = 6, HOLE_INTERIOR = 16 };
size_t hole_places(const struct work *work, const struct reach *reach);
// Sets their columns.
void hole_place(const struct work *work, const struct reach *reach, size_t place, double *fixed);

bool solve_threshold(struct asked *asked, struct verdict *verdict);

#endif
