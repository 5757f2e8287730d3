// What the parts of the judge share while they work on one model. Not for other folders.
#ifndef JUDGE_WORK_H
#define JUDGE_WORK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/map.h"
#include "engine/evaluate.h"
#include "engine/model.h"
#include "judge/judge.h"
#include "judge/verdict.h"

enum {
    SAMPLES_DEFAULT = 65536,   // futures a claim
    SAMPLES_STRETCH = 16,      // times more when few futures are relevant
    FIRST_LOOK = 4096,         // futures before the first look; each look doubles
    RELEVANT_ENOUGH = 16384,   // relevant futures that make the stretch needless
    COMBINATIONS_MAX = 65536,  // of discrete inputs that are enumerated
    SEARCH_FUTURES = 256,      // the same ones for each candidate of a search
    SEARCH_RELEVANT = 64,      // of them relevant at the centre, or as many more are taken up to
    SEARCH_MOST = 8192,
    SEARCH_CORNERS = 1024,
    SEARCH_INTERIOR = 64,
    HOLE_FUTURES = 16384
};

// Futures for searching and for estimating come from different numbers: what chose a candidate does not measure it.
#define SEARCH_FIRST (UINT64_C(1) << 40)
#define AGGREGATE_FIRST (UINT64_C(1) << 41)
#define HOLE_FIRST (UINT64_C(1) << 42)
#define SCATTER_FIRST (UINT64_C(1) << 43)
#define INDEX_FIRST (SCATTER_FIRST + (UINT64_C(1) << 40))
#define INDEX_OTHER_FIRST (SCATTER_FIRST + (UINT64_C(1) << 41))
#define ORDERS_FIRST (SCATTER_FIRST + (UINT64_C(3) << 40)) // orders of switching

struct estimate { // of an aggregate
    double value, low, high;
    bool exact, searched;
    uint64_t samples;
    bool bounds; // low and high are those over the bounds
};

struct work {
    struct arena *arena, *scratch; // scratch is given back after each step
    const struct model *model;
    const struct judge_options *options;
    struct run_options run;
    atomic_bool cancelled;
    uint64_t samples, stretch;     // stretch: times as many when few of them are relevant; 1 when a number was asked for
    double tolerance, deadline;    // deadline: seconds of the monotonic clock, INFINITY for none
    struct judge_progress progress;
    const struct variable *only;   // whose flips are looked for; NULL: all
    const struct joint *joint;     // judge/joint.h; NULL: not made yet
    double *fixed;                 // by column: the aggregates' estimates, NAN for all others
    struct estimate *estimates;    // of model->aggregates
    double *errors;                // of each: the chance that its interval misses
    const char *contradiction;     // a proof and a future contradict each other: a mistake in Crux
    struct map dead_seen;          // assumptions that were pointed out already, by address
    struct map dissent_seen;       // inputs on which sources disagree, by the address of the input
};

// Of a time budget: the part that sampling may use before flips and holes take the rest.
#define SAMPLING_PART 0.7

// What is run goes on `arena`. Every aggregate is still to be estimated.
void work_start(struct work *work, struct arena *arena, struct arena *scratch, const struct model *model, const struct judge_options *options);

double clock_seconds(void);
// Tells how far it is; false when the caller asked to stop (then work->cancelled is set too).
bool work_continues(struct work *work, uint64_t futures);
bool work_late(const struct work *work);

// Runs futures first .. first + count - 1 with columns fixed as given; false when cancelled.
bool work_futures(struct work *work, const struct tape *tape, const double *fixed, uint64_t first, uint64_t count, block_visitor visit, void *user);
// Runs points; see points_run. Small runs use one thread.
void work_points(struct work *work, const struct tape *tape, const double *fixed, const double *const *points, size_t count, double *const *results);
// A copy of work->fixed, on scratch.
double *work_fixed(const struct work *work);
bool column_is(const struct model *model, size_t column, enum column_kind kind);
// How far a comparison is from failing, in its own terms: a logarithm of the quotient where both sides are positive.
double comparison_margin(enum op op, double left, double right);
// The columns of a tape that are inputs without a probability.
size_t *bounds_columns(struct arena *arena, const struct model *model, const struct tape *tape, size_t *count);

#endif
