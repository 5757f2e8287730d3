// Which arguments stand: relations run, and grounded semantics over what they show.
//
// An argument is a claim (for one member) that stands by itself: its verdict is supported, sensitive or solved. An attack is a
// relation `rebuts` or `undercuts` that is grounded (judge/relation.h) and comes from such a claim; refuted claims attack nothing.
// An attack on a named assumption is run in the futures without it: there the assumption is a statement that may fail, and what
// the attacker says may be so, whatever its verdict under the assumption. Where it is grounded it attacks every claim that rests on the assumption: that fails more often, beyond chance, where the
// assumption does. Then judge/grounded.h says which arguments survive:
//
//   stands     what is in; and with it claims that nothing attacks
//   defeated   what is out, by what is in; and what is refuted, by its own verdict
//   contested  neither: in a circle of attacks, or hanging on one
//   recorded   without a formula, or without a verdict that could stand or fall (vacuous, blocked, ...)
//
// Over an index, a claim has an argument for each member; a relation is run between all members, or member by member where both
// are over the same index, and shows the pair with the clearest result; one with more than 16,384 pairs is not run. Claims that are not asked for (judge/joint.h) take part by
// what their futures say.
#ifndef JUDGE_STANDING_H
#define JUDGE_STANDING_H

#include "judge/inquiry.h"

// Sets verdict.standing of each finished inquiry in its claim's own world. Nothing when cancelled.
void find_standings(struct work *work, struct inquiry *inquiries, size_t count);

#endif
