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
};

// The strongest threshold: for each future the last value at which the claim holds, found by bisection over the doubles in
// order, so no scale is assumed; then the quantile of these that leaves `level` of the relevant futures on the holding side.
// The interval lies between order statistics. With inputs that have no probability: the weakest over centre and corners.
bool solve_threshold(struct asked *asked, struct verdict *verdict);

#endif
