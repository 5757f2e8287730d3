// What a verdict rests on: smallest sets of inputs with which at their central values the claim does the same whatever the others do.
//
// A future in which the claim does the opposite although only the inputs M are moved rules out every set without an input of
// M. So the sets are smallest hitting sets of such M, and sets and M are found in turns (the duality that MARCO walks along:
// Liffiton, Previti, Malik and Marques-Silva 2016): the first smallest set that hits every M known is put to the test; a future to the
// contrary, made sparse, is one more M; a set that stands is kept.
#ifndef JUDGE_RESTING_H
#define JUDGE_RESTING_H

#include "judge/oppose.h"

enum {
    RESTING_ROUNDS = 40,     // sets put to the test, kept or not; what is left after them is not told
    RESTING_BATCH = 512,     // futures drawn at once for a set
    RESTING_BATCHES = 4,     // at most so often
    RESTING_RELEVANT = 300,  // relevant ones among them that are needed: none of n to the contrary says, at 95 %, that fewer than
                             // 3 / n of the futures of the others are
    RESTING_SETS = 20,       // kept
    RESTING_PROVED = 10,     // of them, the first, that a proof is tried for
    RESTING_OTHERS = 8,      // when at most so many other inputs move
    RESTING_BOXES = 2048     // of each proof
};
// And at most so many instructions of one future, sets and all: about a fifth of a second.
#define RESTING_WORK UINT64_C(60000000)

// Sets verdict.resting. The others are put anywhere in their ranges: to the places of kept futures that go against the claim, to
// corners, then drawn anew and independently of each other, each by its own law between p0.1 and p99.9 (or evenly over its
// bounds). Those that stand are proved where few other inputs move. Nothing is set when more than RESTING_MOST inputs flip the claim alone: then there is no such set; nor when no future
// to the contrary was found at all: then it rests on none. All inputs of the claim together are no set worth telling.
void find_resting(struct opposing *opposing, struct inquiry *inquiry);

#endif
