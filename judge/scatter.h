// Futures of one question that are kept: where each input stood and what the claim did there. What the crux score, the box of
// failures, resting sets and the search for a counterexample start from.
#ifndef JUDGE_SCATTER_H
#define JUDGE_SCATTER_H

#include "judge/inquiry.h"

enum { SCATTER_FUTURES = 16384 };

// Only futures that are relevant and have a value are kept. Inputs without a probability are spread evenly over their bounds
// (choices evenly over their values). Aggregates stand at their estimates.
struct scatter {
    size_t count;
    size_t drawn;            // futures tried for it
    size_t column_count;
    const size_t *columns;   // the input columns that reach the question, ascending
    double **values;         // [column position][future]
    bool *holds;             // by future
    double *margins;         // of the deciding comparison of the conclusion (comparison_margin); NAN where nothing is compared
};

// On scratch. Without a relevant future count is 0.
struct scatter scatter_of(struct work *work, const struct question *question, size_t futures);

#endif
