// What every claim does in the same futures: one bit for each claim and future, so that "A holds where B fails" is a few machine
// words. The standing of arguments and the search for claims that cannot hold together read it.
//
// Futures are those of the baseline; inputs without a probability are spread evenly over their bounds, for this alone, and numbers
// about the set of futures (`probability(...)`) stand at their estimates. A claim over an index has a row for each member.
#ifndef JUDGE_JOINT_H
#define JUDGE_JOINT_H

#include "judge/work.h"

enum { JOINT_FUTURES = 16384, JOINT_WORD = 64 }; // JOINT_WORD: futures a word
#define JOINT_FIRST (UINT64_C(1) << 45)           // a stream of its own: independent of what the verdicts were made from

struct joint_row {
    const struct question *question;
    // By future, bit k % 64 of word k / 64. What is not admissible (an assumption fails) or undefined is in none of them.
    const uint64_t *premise;   // the premise holds and no exception does: the claim says something
    const uint64_t *holds;     // it says something, and what it says is so
    const uint64_t *fails;     // it says something, and what it says is not so
    const uint64_t *true_there;// as a condition, as other claims see it: premise implies conclusion
    const uint64_t *admissible;// the assumptions hold, whether or not the claim is defined there
};

struct joint {
    uint64_t futures;
    size_t words;
    size_t row_count;
    // In the order of the model's questions. There is none for a concession, another scenario than the baseline, a hole, or a claim
    // whose data is missing.
    const struct joint_row *rows;
};

// On work->arena. NULL when cancelled.
const struct joint *joint_of(struct work *work);
uint64_t joint_count(const struct joint *joint, const uint64_t *a, const uint64_t *b); // futures in both; b NULL: in a

// NULL: it has no row.
const struct joint_row *joint_row_of(const struct joint *joint, const struct claim *claim, int member);

#endif
