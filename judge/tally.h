// What the futures said about a question: counts, or sums of weights when they were enumerated.
#ifndef JUDGE_TALLY_H
#define JUDGE_TALLY_H

#include "engine/sobol.h"
#include "judge/binomial.h"
#include "judge/work.h"

// A future is *in doubt* when a missing value keeps it open whether it is relevant, and *undefined* when it is in doubt or
// relevant and the conclusion has no value. Shares are taken among the relevant futures that have one.
enum split { SPLIT_HOLDS, SPLIT_FAILS, SPLIT_UNDEFINED, SPLIT_ADMISSIBLE, SPLIT_PREMISED, SPLIT_COUNT };
enum count {
    COUNT_DRAWN,
    COUNT_ADMISSIBLE, // the assumptions hold
    COUNT_PREMISED,   // and the premise
    COUNT_RELEVANT,   // and not the exception
    COUNT_HOLDS,      // relevant, and the conclusion holds
    COUNT_FAILS,
    COUNT_UNDEFINED,
    COUNT_STARTED,    // relevant, and the condition of a `by` holds at the start already
    COUNT_NAMED,      // admissible, and the premise holds at the claim's end
    COUNT_SPLIT,      // some of these by replicate: enum split
    COUNT_FIXED = COUNT_SPLIT + SPLIT_COUNT * REPLICATES // then one for each `when` (never, relevant), term (binds, relevant), assumption (removes)
};

struct tally {
    double *at;               // COUNT_FIXED + when_count + term_count + assumption_count
    uint64_t first_undefined; // number of the future, or of the combination; UINT64_MAX when there is none
};

size_t tally_size(const struct question *question);
struct tally tally_new(struct arena *arena, const struct question *question);
double tally_decided(const struct tally *tally); // holds + fails
double tally_share(const struct tally *tally);   // holds / decided, NAN when there is none

// Of the share of those that hold; how depends on the sampler. `error`: the chance to miss.
struct share_interval tally_interval(const struct work *work, const struct tally *tally, double error);
// Of the share of the admissible futures in which the premise holds.
struct share_interval tally_premise_interval(const struct work *work, const struct tally *tally, double error);
// The counts of one kind, by replicate.
double *tally_split(const struct tally *tally, enum split split);

double tally_undefined(const struct tally *tally); // undefined / (decided + undefined), 0 when there is none

void tally_join(const struct question *question, struct tally *sum, const struct tally *part);

// The values a tally reads, in the order tally_add expects; returns how many. roots may be NULL to count.
size_t question_roots(const struct question *question, value_id *roots);
enum { ROOT_ASSUMED, ROOT_PREMISE, ROOT_EXCEPTION, ROOT_CONCLUSION, ROOT_START, ROOT_NAMED, ROOT_FIXED };
// Adds one future: values[r] points at the value of root r.
void tally_add(const struct question *question, double *at, const double *const *values, size_t lane, double weight, bool *undefined);

// The same into a tally, of one future of that replicate.
void tally_lane(const struct question *question, struct tally *tally, const double *const *values, size_t lane, size_t replicate);

// Of assumed, premise and exception NO_VALUE stands for "always", "always" and "never".

// A set of questions counted in one run.
struct group {
    const struct question *const *questions;
    size_t count;
    struct tally *tallies;    // added to
    const struct tape *tape;
    size_t *offsets;          // of each question's roots
};
struct group group_new(struct arena *arena, const struct model *model, const struct question *const *questions, size_t count, struct tally *tallies);
// Counts futures first .. first + count - 1. When cancelled the tallies are as before and the result is false.
bool group_run(struct work *work, struct group *group, const double *fixed, uint64_t first, uint64_t count);

#endif
