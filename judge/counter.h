// The nearest counterexample, the nearest pair of flips, and what the verdict rests on.
#ifndef JUDGE_COUNTER_H
#define JUDGE_COUNTER_H

#include "judge/scatter.h"

// Sets verdict.pair, verdict.counterexample and verdict.resting of a claim that turns on inputs, from its flips (find_cruxes) and its
// kept futures. None of them for a claim that reads estimates (`probability(...)`): each future would take a run of its own.
//
// Followed is the truth of the central future: a counterexample is a future in which the claim is relevant and does the opposite.
// Where the claim says nothing in the central future (its premise fails there), a future in which it is relevant and goes against
// the verdict: holds if it is refuted, else fails. Only places within p0.1 .. p99.9 of each input, or its bounds, count.
// What cannot be set by a scenario (judge/setting.h) stays central in a counterexample.
void find_counter(struct work *work, struct inquiry *inquiry, const struct scatter *scatter);

#endif
