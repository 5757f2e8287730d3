// Confidence intervals from independent replicates.
//
// Futures come in REPLICATES independent scrambles of the same points (engine/sobol.h). How far the replicates lie apart says
// how exact they are together: Student's t over their residuals, those of a ratio where the number that counts varies
// (Cochran 1977, chapter 6); of a share on the scale of log odds. Where replicates agree that says too little: a share of one
// in n may have been missed by chance. So Student's interval is widened on both sides by 1 - (error / 2)^(1 / n), but not
// beyond Clopper and Pearson's (1934) of n independent futures unless it reaches beyond that itself; and where all futures agree
// Clopper and Pearson's it is.
#ifndef JUDGE_REPLICATE_H
#define JUDGE_REPLICATE_H

#include <stdint.h>

#include "judge/binomial.h"

// Of holds / (holds + others), each an array of REPLICATES counts. Never 0 of what was seen, never 1 of what was not.
struct share_interval replicated_share(const double *holds, const double *others, double error);

// How far a mean may be off: of n values in replicates whose numbers and sums these are, with this standard deviation.
double replicated_reach(const double *counts, const double *sums, double deviation, double error);

// As quantile_ranks, of `count` sorted values; below and equal: how many of each replicate are below the q-quantile, and are it;
// above: the others.
void replicated_ranks(const double *below, const double *equal, const double *above, double q, double error, uint64_t *low, uint64_t *high);

#endif
