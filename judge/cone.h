// What a hole bears on, cut out of the model: the rest is computed once for each future, and only this again for each value tried.
#ifndef JUDGE_CONE_H
#define JUDGE_CONE_H

#include "judge/tally.h"

struct cone {
    const struct question *question;
    size_t lanes;               // futures
    size_t root_count;          // those of question_roots
    struct model *model;        // its columns are the values that come from outside, then the hole
    const struct tape *outside; // of the whole model: these values
    const struct tape *inside;
    size_t outside_count;
    double **points;            // by column of `model`
    double *tried;              // the hole's value in each lane: for the caller to fill in
    double **results;           // by root
};

// On scratch. The question has a hole column.
struct cone cone_of(struct work *work, const struct question *question, size_t lanes);
// Whether the value depends on the column.
bool value_reads(struct work *work, value_id value, size_t column);
// How many values come from outside: doubles that a lane takes.
size_t cone_width(struct work *work, const struct question *question);
// Futures first .. first + lanes - 1, columns fixed as given. False when cancelled.
bool cone_draw(struct work *work, struct cone *cone, const double *fixed, uint64_t first);
// One lane, everything that is not fixed at its central value.
void cone_centre(struct work *work, struct cone *cone, const double *fixed);
// The roots where the hole is `tried`.
void cone_run(struct work *work, struct cone *cone);

#endif
