// Futures of one question that are kept: where each input stood and what the claim did there. What the crux score, the box of
// failures, resting sets and the search for a counterexample start from.
#ifndef JUDGE_SCATTER_H
#define JUDGE_SCATTER_H

#include "judge/inquiry.h"

// Futures tried. Where fewer than SCATTER_ENOUGH of them are relevant, as many again are, up to SCATTER_MOST times in all
// (not where the user asked for a number of futures).
enum { SCATTER_FUTURES = 16384, SCATTER_ENOUGH = 512, SCATTER_MOST = 16 };

// Only futures that are relevant and have a value are kept. Inputs without a probability are spread evenly over their bounds
// (choices evenly over their values). Aggregates stand at their estimates.
struct scatter {
    size_t count;
    size_t drawn;            // futures tried for it
    size_t column_count;
    const size_t *columns;   // the input columns that reach the question, ascending
    double **values;         // [column position][future]
    bool *holds;             // by future
    double *margins;         // of the conclusion (judge/margin.h); NAN where nothing is compared
    uint64_t *numbers;       // of the futures, ascending
    size_t hold_count;
};

// On scratch. Without a relevant future, and when cancelled, count is 0. Not for a claim with a hole.
struct scatter scatter_of(struct work *work, const struct question *question, size_t futures);

// The position among scatter.columns, or SIZE_MAX.
size_t scatter_column(const struct scatter *scatter, size_t column);

#endif
