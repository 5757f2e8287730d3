// The crux score: how much learning an input would tell about the claim's truth.
#ifndef JUDGE_SCORE_H
#define JUDGE_SCORE_H

#include "judge/scatter.h"

// Fills verdict.entropy and crux.score.bits, bits_error and share; then orders the cruxes that never flip by their bits.
//
// An input with one draw (a path as well) is binned by rank: at most 64 bins, as full as the first futures of the scatter make
// them, fewer where few futures are there or one outcome is rare; the first and the last are halved towards their end down to
// 16 futures, because that is where rare outcomes are. A choice is binned by its values. One that varies by period, a draw
// each, goes by the mean of its periods: all of them together tell at least as much. What reaches the claim only inside an
// aggregate has no score, nor has any input where an outcome is rarer than SCORE_RARE futures.
enum { SCORE_RARE = 16 };
void score_cruxes(struct work *work, struct inquiry *inquiry, const struct scatter *scatter);

#endif
