// Claims that cannot hold together, found without being told: pairs, and sets of three of which every two can.
//
// A claim *holds* in a future where it says something (its assumptions and premise hold, no exception does) and what it says is so
// (`holds` of judge/joint.h). Claims of which one is silent wherever another speaks contradict each other nowhere: only futures in
// which all of the set speak count. A claim is not held against itself for another member or scenario; a claim that reads estimates
// (`probability(...)`) or asks for something takes no part; and claims that see no common input cannot be at odds.
//
// 1. By what the sources say. The set holds in none of JOINT_FUTURES futures though each two of three do, and would in CONFLICT_EXPECTED
//    or more if its claims had nothing to do with each other, given that all speak. Then the prover is asked for "not all" over the box
//    of the inputs. What it cannot show stays a count: none of n futures, so less than 3 / n of them with 95 % (the rule of three).
// 2. Whatever the inputs are. A claim that holds in (nearly) no future is at odds with everything, which is no news. So the same is
//    asked where the inputs may be nearly anything (judge/widen.h). That is no count of anything: such a set is reported only when
//    each of its claims holds in some of those futures and the prover shows "not all" over the widened box. A set of kind 1 for which
//    that works is shown for any inputs too.
#ifndef JUDGE_CONFLICT_H
#define JUDGE_CONFLICT_H

#include "judge/work.h"

struct results;

// Sets that chance would hardly have left apart: expected futures together. Of the widened futures: that make it worth a proof.
enum { CONFLICT_EXPECTED = 20, CONFLICT_WIDE_EXPECTED = 2 };
enum { CONFLICT_ROWS = 512, CONFLICT_PROOFS = 32 }; // the first claims that are looked at; proofs tried

// Sets results->conflicts. The same author contradicting himself comes first, then what no relation declares, then the others; in
// each the smaller sets first, in the order of the files. Sets of the same claims for other members are one
// (`sets`), the least sure of them. Nothing when cancelled.
void find_conflicts(struct work *work, struct results *results);

#endif
