// A question whose hole is filled in turn: what hole.c, hole_answer.c, hole_date.c, hole_set.c and threshold.c share. Not for other folders.
#ifndef JUDGE_HOLE_H
#define JUDGE_HOLE_H

#include "judge/cone.h"
#include "judge/inquiry.h"

struct asked {
    struct work *work;
    const struct question *question;
    const struct hole *hole;
    struct reach reach;
    double *fixed;      // the inputs without a probability where they are worst; else as work->fixed
    uint64_t futures;   // 1 when nothing is uncertain
    double error;       // chance that an interval misses
    // All that must hold: the claim without concession and with each one.
    const struct finding *variants;
    size_t variant_count;
    struct cone *cones; // of the variants, drawn; NULL: there are several places, each is run anew
    size_t cone;        // the variant that is asked
    struct turns *turns;// NULL: not kept
};

// What single futures do while the hole takes one value after the other: whether some begin to hold, and some stop.
struct turns {
    double *last; // by lane: the conclusion at the value before; NAN at first
    bool begins, stops;
};

#define HOLE_ERROR 0.05
enum { SET_FUTURES = 4096, DATE_FUTURES = 8192 };
// So many, or as many as were asked for.
static inline uint64_t hole_futures(const struct asked *asked, uint64_t usual)
{
    return asked->work->samples < usual ? asked->work->samples : usual;
}
// Fills the hole, and reads what is in it. A hole that reaches nothing of the question has no column.
static inline void hole_set(const struct asked *asked, double *fixed, double value)
{
    if (asked->question->hole_column != SIZE_MAX)
        fixed[asked->question->hole_column] = value;
}
static inline double hole_value(const struct asked *asked, const double *fixed)
{
    return asked->question->hole_column != SIZE_MAX ? fixed[asked->question->hole_column] : 0;
}

// A variant, as asked of by itself.
struct asked asked_of(const struct asked *asked, size_t variant);

// The places of the inputs without a probability that a hole is answered at: centre, corners (of the first six draws) and
// random interior points; 1 without such inputs. The same ones for every value of the hole.
enum { HOLE_DIMENSIONS = 6, HOLE_INTERIOR = 16 };
size_t hole_places(const struct work *work, const struct reach *reach);
// Sets their columns.
void hole_place(const struct work *work, const struct reach *reach, size_t place, double *fixed);

// ---- what the claim says with one value ----------------------------------------------------------------------------------

// Where it holds least, over the places and variants.
struct answer {
    double share, relevant;        // share NAN: nothing is relevant
    double holds[REPLICATES], fails[REPLICATES];
    bool central, possible;
};
// Draws `futures` futures of every variant, once for all values.
bool draw_cones(struct asked *asked, uint64_t futures);
bool fill_hole(struct asked *asked, double value, uint64_t futures, struct answer *answer);
// Of its share, missing it with a chance of `error`.
struct share_interval answer_interval(const struct asked *asked, const struct answer *answer, double error);
// One variant at one place.
bool count_at(struct asked *asked, const double *fixed, uint64_t futures, struct tally *tally);

// ---- thresholds ------------------------------------------------------------------------------------------------------------

struct turn { // where the claim turns in a future
    double value;
    size_t replicate;
};
// For each relevant one of so many futures the last value at which the claim holds, sorted; on scratch. False when cancelled.
bool thresholds_at(struct asked *asked, const double *fixed, uint64_t futures, uint64_t first, bool central, struct turn **sorted, size_t *count);
// Of these the one at which the claim holds in at least this share of the futures.
double threshold_holding(const struct turn *sorted, size_t count, double share, bool above);

// The strongest threshold: for each future the last value at which the claim holds, found by bisection over the doubles in
// order, so no scale is assumed; then the quantile of these that leaves `level` of the relevant futures on the holding side.
// The interval lies between order statistics. With inputs that have no probability: the weakest over hole_places.
bool solve_threshold(struct asked *asked, struct verdict *verdict);

// ---- dates and sets --------------------------------------------------------------------------------------------------------

// Dates are tried step by step. Where every future only begins to hold with later steps, or only stops (`by`, `from`), so does the
// probability, and the interval of the date is that of the one step at which it turns; otherwise the intervals of all steps are
// widened so that they hold together, and the answer is a list of ranges.
bool solve_date(struct asked *asked, struct verdict *verdict);
// Sets of values: 65 are tried, and the ends of what is supported found by halving; what lies between two neighbouring values that
// both fail is not seen. The interval of an end lies between the values at which the upper and the lower end of the probability's
// interval cross the level, each widened for the number of ends.
bool solve_set(struct asked *asked, struct verdict *verdict);

#endif
