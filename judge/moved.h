// Aggregates while one input is moved: which of them see it, and what they are where it stands.
#ifndef JUDGE_MOVED_H
#define JUDGE_MOVED_H

#include "judge/finding.h"

// Futures for each place of the input, the same ones; of independent ones INDEPENDENT times as many. A probability is then off
// by up to 0.8 percentage points (one standard error), by the same amount at neighbouring places. What is discrete is enumerated.
enum { MOVED_FUTURES = 1024, MOVED_INDEPENDENT = 4 };
// To tell first which inputs are worth that many, then those that these leave open.
enum { MOVED_FEW = 128, MOVED_MORE = 512 };

// What each aggregate of a model depends on, directly or through another one.
struct dependence {
    size_t variable_count, aggregate_count;
    struct tape **tapes;   // by aggregate
    bool *variables;       // [aggregate][variable]
    bool *aggregates;      // [aggregate][aggregate], itself included
};
struct dependence dependence_of(struct work *work);

// The aggregates that a question reads and the variable moves, each after those inside it. Of `rises` and `falls` only the
// direction is moved, which is no aggregate; that they are strict in some future stays as it was found.
struct moved {
    struct work *work;
    const struct dependence *dependence;
    const struct variable *variable;
    size_t count;
    size_t *aggregates;
    struct futures_kept *kept; // of each
    bool sampled;              // some cannot be enumerated
    size_t futures;            // for each place
};
struct moved moved_of(struct work *work, const struct dependence *dependence, const struct reach *reach, size_t variable);
// Draws the other inputs, once for all places. What has no probability is central, but for `possible` anywhere between its bounds.
bool moved_open(struct moved *moved, size_t futures);
// How far off a probability may be: four standard errors, of two futures at least.
double moved_slack(const struct moved *moved, double estimate);
// As many as find a flip.
size_t moved_futures(const struct work *work);
// Sets points[column][k] of each of these aggregates where the columns of the variable are points[...][k]. NAN: it has no
// value, or the run was cancelled.
void moved_estimate(const struct moved *moved, double *const *points, size_t count);

#endif
