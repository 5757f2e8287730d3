// What a mixture of two sides (dsl/blend.h) says about one claim. Not for other folders.
//
// A coalition is a set of the items that reach the claim: those are switched to side B, all others stand at side A. Its value is the
// probability of the claim with the inputs that have none at their central values; of a claim with concessions that of the
// weakest variant. All coalitions are valued in the same futures, in which a law that both sides have is read at one draw, so
// what is sampled is off by much less between two coalitions than by itself.
#ifndef JUDGE_COALITION_H
#define JUDGE_COALITION_H

#include "base/map.h"
#include "base/vector.h"
#include "engine/sobol.h"
#include "judge/compare.h"
#include "judge/work.h"

// Futures of each coalition. What is spent on a bundle is bounded: so many instructions, each for one future, a step of a tape or of
// making a model being one. Orders of switching of more items than can be exact, each with its reverse.
enum { COALITION_LEAST = 256, COALITION_MOST = 16384, ORDERS_LEAST = 4, ORDERS_MOST = 48 };
#define COALITION_STEPS 16e9

// One structure of the model (BLEND_STRUCTURE), or the only one.
struct stage {
    const struct model *model;
    const struct model *common; // the same with laws that stand for each other at one draw
    const struct blend *blend;
    const size_t *columns;      // of the switch, by item of the blend; SIZE_MAX: not in the model
};
struct stage stage_of(struct arena *arena, const struct blend *blend, const struct model *model);

struct coalition {
    double share;               // NAN: the claim says nothing
    double parts[REPLICATES];   // the same of each replicate; equal ones are exact
    bool exact;
    bool contradictory, silent, undefined; // no admissible future; no relevant one; too many without a value
};

struct bundle;

struct contest {
    struct arena *scratch, *aside; // aside: for the models of mixtures; given back like scratch, and never the same
    const struct judge_options *options;
    const struct blend *blend;
    const struct stage *stages; // of side A's structure and of side B's; the same where there is one only
    size_t first[2], questions[2]; // the claim's in each stage's model; 0: it is not asked there
    size_t structure;           // its position among `items`; SIZE_MAX: there is none
    size_t count;               // items that reach the claim
    const size_t *items;        // positions in the blend
    size_t exact_up_to;         // items; 0: COMPARE_EXACT
    uint64_t futures, orders;
    double steps;               // of one future, and of what comes with each coalition besides
    double more;
    // Who is switched: items one by one, and those that move nothing as one, by item of the contest. NULL: not known yet.
    const size_t *player_of;
    size_t player_count;
    struct bundle *bundles[2];  // by stage; NULL: each mixture is made a model of its own
    struct map known;
    uint64_t evaluated, silent; // values that were found, and those of them where the claim says nothing
};

// Claims that the same items reach, run together: most of what they read is common to them.
struct bundle {
    struct work work;           // of the stage's common model
    VECTOR(struct contest *) members;
    const struct question **questions; // of all members, in order
    size_t question_count;
    const struct tape *tape;    // NULL: not made yet
    size_t *offsets;            // of each question's roots
    double *fixed;
};

// Finds what reaches the claim, whose questions are known.
void contest_open(struct contest *contest);
// A column for each that is NAN, on scratch.
double *nothing_fixed(struct arena *scratch, const struct model *model);
// The claim in the mixture, as a model of its own, on `aside`. common: the stage's common model.
const struct model *mixture_of(const struct contest *contest, size_t stage, bool common, const bool *switched);
// Contests that can be run together are.
void bundle_contests(struct arena *scratch, struct contest *const *contests, size_t count);
// Finds the players of all that are run together. False when cancelled.
bool find_players(struct contest *contest);
// NULL when cancelled.
const struct coalition *coalition_value(struct contest *contest, const bool *switched);
// The verdict as `crux check` would give it, without proofs. False when cancelled.
bool coalition_verdict(struct contest *contest, const bool *switched, enum verdict_kind *kind, struct probability *probability);

#endif
