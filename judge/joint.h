// What every claim does in the same futures: one bit for each claim and future, so that "A holds where B fails" is a few machine
// words. The standing of arguments and the search for claims that cannot hold together read it.
//
// Futures are those of the baseline (or, under --scenario, of that scenario); inputs without a probability are spread evenly over
// their bounds, for this alone. A claim over an index has a row for each member.
#ifndef JUDGE_JOINT_H
#define JUDGE_JOINT_H

#include "judge/work.h"

enum { JOINT_FUTURES = 16384 };

struct joint_row {
    const struct question *question;
    // By future, bit k % 64 of word k / 64. What is not admissible (an assumption fails) or undefined is in none of them.
    const uint64_t *premise;   // the premise holds and no exception does: the claim says something
    const uint64_t *holds;     // it says something, and what it says is so
    const uint64_t *fails;     // it says something, and what it says is not so
    const uint64_t *true_there;// as a condition, as other claims see it: premise implies conclusion
};

struct joint {
    uint64_t futures;
    size_t words;
    size_t row_count;
    const struct joint_row *rows; // in the order of the model's questions, without concessions
};

// On work->arena. NULL when cancelled.
const struct joint *joint_of(struct work *work);
uint64_t joint_count(const struct joint *joint, const uint64_t *a, const uint64_t *b); // futures in both; b NULL: in a

#endif
