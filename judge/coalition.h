// What a mixture of two sides (dsl/blend.h) says about one claim. Not for other folders.
//
// A coalition is a set of the items that reach the claim: those are switched to side B, all others stand at side A. Its value is the
// probability of the claim with the inputs that have none at their central values; of a claim with concessions that of the
// weakest variant. All coalitions are valued in the same futures, in which a law that both sides have is read at one draw, so
// what is sampled is off by much less between two coalitions than by itself.
#ifndef JUDGE_COALITION_H
#define JUDGE_COALITION_H

#include "base/map.h"
#include "engine/sobol.h"
#include "judge/compare.h"
#include "judge/work.h"

enum { COALITION_FUTURES = 1 << 20, COALITION_LEAST = 512, COALITION_MOST = 65536 }; // of all coalitions together; of each

// One structure of the model (BLEND_STRUCTURE), or the only one.
struct stage {
    const struct model *model;  // NULL: there is none of the claim
    const struct blend *blend;
    const size_t *columns;      // of the switch, by item of the blend; SIZE_MAX: not in the model
    size_t first, count;        // the claim's questions
    struct model *common;       // laws that stand for each other at one draw
    struct work *work;          // of `common`: of claims that are run as they stand, the switches fixed
    const struct tape *tape;    // NULL: each mixture is made a model of its own first
    double *fixed;
    const size_t *offsets;      // of each question's roots
};

struct coalition {
    double share;               // NAN: the claim says nothing
    double parts[REPLICATES];   // the same of each replicate; equal ones are exact
    bool exact;
    bool contradictory, silent, undefined; // no admissible future; no relevant one; too many without a value
};

struct contest {
    struct arena *scratch, *aside; // aside: for the models of mixtures; given back like scratch, and never the same
    const struct judge_options *options;
    const struct blend *blend;
    struct stage stages[2];     // of side A's structure and of side B's
    size_t structure;           // its position among `items`; SIZE_MAX: there is none
    size_t count;               // items that reach the claim
    const size_t *items;        // positions in the blend
    uint64_t futures;
    struct map known;
    uint64_t evaluated, silent; // values that were found, and those of them where the claim says nothing
};

// The columns of the stage's model with the switches thrown: `switched` by item of the contest; all other items stand at 0.
void stage_throw(const struct contest *contest, const struct stage *stage, const bool *switched, double *fixed);
const struct stage *contest_stage(const struct contest *contest, const bool *switched);
// Before the first value. False when cancelled.
void contest_open(struct contest *contest);
// NULL when cancelled.
const struct coalition *coalition_value(struct contest *contest, const bool *switched);
// The verdict as `crux check` would give it, without proofs. False when cancelled.
bool coalition_verdict(struct contest *contest, const bool *switched, enum verdict_kind *kind, struct probability *probability);

#endif
