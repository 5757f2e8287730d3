// The strongest true version of a claim that is refuted or sensitive: the nearest weaker one that is supported.
//
// Tried in this order, the first kind that gives one wins:
//   figures   one figure of the conclusion moved (`gap > 3.1` instead of 5); of several the one that moves least, in half-widths of
//             the 90 % interval of the values at which the claim turns;
//   dates     `by`, `from`, `until`: the nearest step at which it is supported, when the claim has no premise or exception;
//   certainty `probability(F) > 69%` for F.
// A figure is solved for as a hole is (judge/hole.h), a little beyond the level, so that sampling can decide; rounded to as few digits as keep
// it within a tenth of the move, on the weak side; and judged again as it stands then, with the futures that the pasted claim would
// be judged with. Claims with an index, with aggregates, and those whose assumptions contradict each other are left out.
#ifndef JUDGE_WEAKEN_H
#define JUDGE_WEAKEN_H

#include "judge/inquiry.h"

// Sets verdict.weakening where there is one.
void weaken_claims(struct work *work, struct inquiry *inquiries, size_t count);

// weaken_text.c: the claim to paste, and what was changed.
struct variant;
const struct weakening *weakened_figure(struct work *work, const struct inquiry *inquiry, const struct variant *variant, double value,
                                        struct probability probability);
// `probability(F) > percent %`; NULL when the claim cannot be said so.
const struct weakening *weakened_certainty(struct work *work, const struct inquiry *inquiry, double percent);

#endif
