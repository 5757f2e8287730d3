// What recorded runs say of claims over time: each verdict, what changed between two of them, and whether goalposts were moved.
//
// A claim is told apart by its name with its member, the last part of its file's path, its scenario and the forecast that was
// taken in. Its verdicts stand in the order in which they were recorded. Everything lives in the arena of the question. After a
// failure of the database an answer is empty or cut short, and store_trouble says why. A file of a version without runs has none.
#ifndef STORE_HISTORY_H
#define STORE_HISTORY_H

#include "store/record.h"

struct past_verdict {
    const struct recorded_run *run;
    struct recorded_verdict verdict; // its inputs are not read: past_inputs
};

struct past_claim {
    size_t count;                    // at least 1
    const struct past_verdict *at;
};

struct past {
    size_t run_count, claim_count;
    const struct recorded_run *runs;
    const struct past_claim *claims; // by module, name, scenario (the baseline first), forecast
};

// Of the claims of that name: `behind` is also every `behind[...]`. Empty: of all.
struct past ask_past(struct store *store, struct arena *arena, struct text name);

// The inputs that a verdict used, by name.
struct past_inputs {
    size_t count;
    const struct recorded_input *at;
};
struct past_inputs past_inputs(struct store *store, struct arena *arena, const struct past_verdict *verdict);

// ---- what changed ------------------------------------------------------------------------------------------------------------

// Between a verdict and the one recorded before it.
enum past_change {
    CHANGE_VERDICT = 1 << 0,
    CHANGE_WORDING = 1 << 1,  // the formula, or a clause that changes its meaning
    CHANGE_SENTENCE = 1 << 2, // only the words it stands for
    CHANGE_DATA = 1 << 3,     // an input rests on other observations
    CHANGE_INPUT = 1 << 4,    // an input was written anew, came or went
    CHANGE_LEVEL = 1 << 5,
    CHANGE_ENGINE = 1 << 6,
    CHANGE_CHANCE = 1 << 7,   // seed, sampler or number of futures
};

struct changed_input {
    const struct recorded_input *before, *after; // NULL: the earlier, the later verdict does not use it
    bool data;                       // its newest observation, or their number, is another
};

// The wording changed although data had come in since the old one was first recorded. An input of the old wording rests on other
// observations now; or the new wording does without an input that was taken from data, and the vintage is a later one.
struct goalposts {
    const struct past_verdict *first, *last; // under the old wording
    bool better;                     // the verdict is better for the claim than the last one under the old wording: refuted before anything
                                     // else, supported after anything else
};

struct past_step {
    const struct past_verdict *verdict;
    unsigned changes;                // of enum past_change; 0: nothing, or it is the first
    size_t input_count;
    const struct changed_input *inputs; // data first
    const struct goalposts *moved;   // NULL: they were not
};

// One step for each verdict of the claim.
const struct past_step *past_steps(struct store *store, struct arena *arena, const struct past_claim *claim);

// The goalposts of verdict number `at` of the claim; NULL: they were not moved.
const struct goalposts *past_goalposts(struct store *store, struct arena *arena, const struct past_claim *claim, size_t at);

// How often the verdict is another one than before.
size_t past_turns(const struct past_claim *claim);

// The wording of the claim in the last run before `run`. Empty: there is none.
struct text past_wording(struct store *store, struct arena *arena, const struct recorded_verdict *verdict, int64_t run);

#endif
