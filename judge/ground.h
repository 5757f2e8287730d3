// What a verdict rests on: the inputs it used, how each is known, and their sources.
#ifndef JUDGE_GROUND_H
#define JUDGE_GROUND_H

#include "judge/inquiry.h"

// Sets inputs_used, guesses and sources of the verdict. Certain inputs count as well as uncertain ones: they are looked for in
// the formulas, since the model holds their values only. Of members that a formula runs over all count.
void find_grounds(struct work *work, struct inquiry *inquiry);

#endif
