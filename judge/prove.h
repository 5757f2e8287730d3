// Proofs: that a claim holds, or fails, in every relevant future, by branch and bound over boxes of inputs.
#ifndef JUDGE_PROVE_H
#define JUDGE_PROVE_H

#include "judge/finding.h"

// What came of trying.
enum proof_end {
    PROOF_SHOWN,
    PROOF_UNKNOWN_VALUES, // it reads estimates, or a hole
    PROOF_AGAINST,        // some box is wholly against it
    PROOF_EDGE,           // a box that cannot be halved any more is open
    PROOF_EFFORT,         // the effort is used up, or would be many times over
};
struct proof_trial {
    enum proof_end end;
    size_t axes, instructions;
    uint64_t boxes;
    double decided;     // share of the box, each halving counted as a half
};

// What a proof may cost. The number of boxes decides, not the clock, so that equal runs give equal verdicts.
struct proof_effort {
    uint64_t boxes;     // at most; 0: as many as take about a third of a second of one processor, by the model's length
    bool keep_leaves;   // for a certificate
    struct proof_trial *trial; // set, unless it is NULL
    bool plain;         // with natural intervals alone: for comparison
};

// Tries to show that the claim does `outcome` in every future of the box that the inputs span (unbounded laws cut at their
// p0.01 and p99.99), the columns of `fixed` that are not NAN held there. NULL when that is not shown within the effort, which
// says nothing. The proof lies on work->arena. A claim that reads estimates (aggregates that are not exact) is never proved.
const struct proof *prove_question(struct work *work, const struct question *question, const double *fixed, enum proof_outcome outcome,
                                   const struct proof_effort *effort);

#endif
