// Where a claim fails: one box over few inputs, by the patient rule induction method (Friedman and Fisher 1999).
//
// Of the futures of a scatter, half (the replicates of even number) choose the box and the other half measure it. Candidates are
// the inputs whose crux score is told from nothing, at most BOX_AXES, the best first; those that vary by period are left out.
//
// Peeling: from the box of all futures a slice of at least 5 % of those inside is cut off one side again and again, that which
// raises the share of failures most for what it costs, never one that would leave less than 80 % of all failures inside (and a
// standard error more: those that measure are others), nor one whose share is lower
// by less than two standard errors (where five failures are to be expected in it); when none is left the slice is halved, four times. Pasting: sides move out again while what they take in is as
// dense as the box. Then sides of inputs are dropped, the one that costs least density first, as long as the loss is
// below two points or could be chance (a quasi-p-value above 5 %); then it is pasted again. So: coverage of at least 80 %, then
// density, then fewest inputs. A choice is peeled by its outermost values, in their order.
//
// When more than half of the futures fail the box is that of those in which the claim holds. There is none where too few
// futures are one way, and none whose coverage, on the futures that measure it, is not ten points above its mass, or whose
// density is not three standard errors above the share outside the box.
#ifndef JUDGE_BOX_H
#define JUDGE_BOX_H

#include "judge/scatter.h"

enum { BOX_AXES = 12, BOX_RARE = 64 };
#define BOX_COVERAGE 0.8

// Fills verdict.failing. Cruxes must have their scores.
void find_failing_box(struct work *work, struct inquiry *inquiry, const struct scatter *scatter);

#endif
