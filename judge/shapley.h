// Shapley values of the items that reach a claim (judge/compare.h). Not for other folders.
#ifndef JUDGE_SHAPLEY_H
#define JUDGE_SHAPLEY_H

#include "judge/coalition.h"

// Sets change, change_error, exact, silent and items of the claim. Sides that say nothing have no change: then nothing is set.
// False when cancelled.
bool find_shares(struct contest *contest, struct arena *arena, struct compared_claim *claim);

#endif
