// What every claim does in the same futures: one bit for each claim and future, so that "A holds where B fails" is a few machine
// words. The standing of arguments and the search for claims that cannot hold together read it.
//
// A claim stands in its own world: the baseline, or the first scenario that it names where it is not judged under the baseline. The
// futures of all worlds are the same: number k draws the same inputs in each. Inputs without a probability are spread evenly over their bounds, for this alone, and numbers
// about the set of futures (`probability(...)`) stand at their estimates. A claim over an index has a row for each member.
#ifndef JUDGE_JOINT_H
#define JUDGE_JOINT_H

#include "judge/work.h"

// JOINT_FUTURES: futures, or as many as were asked for if those are fewer, and fewer where more than JOINT_BITS / JOINT_FUTURES claims
// would take too much memory; JOINT_WORD: futures a word.
enum { JOINT_FUTURES = 16384, JOINT_WORD = 64, JOINT_BITS = 1 << 27 };
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
    // The first row_count: of claims that are asked for, in the baseline, in the order of the model's questions. Then those of other
    // claims: in the world of a scenario, or not asked for but argued with. There is none for a concession, a hole, or a claim whose
    // data is missing.
    size_t row_count, all_count;
    const struct joint_row *rows;
};

// On work->arena; made once. NULL when cancelled.
const struct joint *joint_of(struct work *work);
// The same futures as if `assumption` were not assumed: in the first row, of which only `question`, holds and fails are meant, it
// stands as if it were a claim; then all rows of `joint`. NULL when cancelled, or when it is no assumption of the baseline.
const struct joint *joint_without(struct work *work, const struct joint *joint, const struct assumption *assumption);
uint64_t joint_count(const struct joint *joint, const uint64_t *a, const uint64_t *b); // futures in both; b NULL: in a

// The scenario of the claim's own world.
const struct scenario *joint_scenario(const struct work *work, const struct claim *claim);
// NULL: it has no row.
const struct joint_row *joint_row_of(const struct joint *joint, const struct claim *claim, int member);

#endif
