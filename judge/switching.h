// The smallest sets of items that turn side A's verdict into side B's (judge/compare.h). Not for other folders.
#ifndef JUDGE_SWITCHING_H
#define JUDGE_SWITCHING_H

#include "judge/coalition.h"

enum {
    SWITCHING_JUDGED = 48, // mixtures of one claim that are judged in full, at most
    SWITCHING_PAIRS = 16,  // where there are more items than can be exact only the most telling ones are tried two at a time,
    SWITCHING_THREES = 10  // and three at a time
};

// Sets sets and whole of the claim, whose items are known. A mixture is judged as `crux check` would judge it; its value tells first
// whether that is worth while. False when cancelled.
bool find_switching(struct contest *contest, struct arena *arena, struct compared_claim *claim);

#endif
