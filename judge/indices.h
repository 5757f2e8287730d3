// Sobol' indices of a claim's truth and of its margin: how much of their variance an input makes alone (first), and how much
// it has a part in (total).
//
// Estimators: Saltelli et al. 2010 for the first, Jansen 1999 for the total, over pairs of futures A and B; for each input A is run
// again with that input from B, and only what it touches (engine/cone.h). Errors are the jackknife's over the batches of
// futures (replicates of the sampler): one standard error. Indices are never below 0.
//
// They are defined over inputs that are independent, so the set of futures may not be cut: the truth is that of "relevant implies
// the conclusion" over all futures, and 1 where the model has no value; the margin is that of the conclusion, wherever it
// stands. Inputs without a probability are spread evenly over their bounds; paths move as one, and so do all periods of an input
// that varies by period. Correlated inputs have no indices, nor has what reaches the claim only inside an aggregate; a truth that
// is the same in all futures has none, nor has a margin that more than a thousandth of them lack.
#ifndef JUDGE_INDICES_H
#define JUDGE_INDICES_H

#include "judge/inquiry.h"

enum { INDEX_FUTURES = 8192, INDEX_BATCHES = 16 };

// Fills crux.score.truth and crux.score.margin.
void find_indices(struct work *work, struct inquiry *inquiry);

#endif
