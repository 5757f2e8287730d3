// How a claim comes to its truth, step by step: from what decides it down to cited inputs, in the central future and, beside it,
// in the counterexample. Made by derive_claim, read by report/.
//
// A tree whose nodes are values: of names, of comparisons, of parts of an expression. What is reached twice is opened once,
// where it lies nearest the claim; elsewhere `same` points there. Of what is computed from its own past the past is a list of
// values, not another level.
#ifndef JUDGE_DERIVATION_H
#define JUDGE_DERIVATION_H

#include <stdbool.h>
#include <stddef.h>

#include "dsl/program.h"

struct arena;
struct trace;
struct question;
struct verdict;

enum derived_form { // what the value is of
    DERIVED_DEFINITION,
    DERIVED_INPUT,
    DERIVED_CLAIM,
    DERIVED_EXPRESSION, // a part of a formula; `node` says which operator is at its top
};

enum derived_role { // what it is to the node above
    ROLE_READ,          // it is read in the formula
    ROLE_PREMISE, ROLE_EXCEPTION, ROLE_CONCLUSION, ROLE_ASSUMPTION,
    ROLE_PART,          // of `and`, `or`, `implies` ...
    ROLE_SIDE,          // of a comparison
    ROLE_TERM,          // of a sum, a min or max, a sum over members
    ROLE_LESS,          // what a sum takes away
    ROLE_CONDITION,     // of an `if`
    ROLE_BRANCH,        // what the `if` gives
    ROLE_STEP,          // the step that decides a phrase, or weighs most in a window
};

enum { DERIVED_COLUMNS = 2, DERIVED_PAST = 4 }; // the central future, the counterexample

struct derived {
    enum derived_form form;
    enum derived_role role;
    const struct node *node;      // as it is read here
    const int *members;           // what the binders in it stand for, by slot
    struct text name;             // "compute[us]" of a name
    const struct scenario *under; // looked at under this scenario, or NULL
    int step;                     // -1: it is the same at every step
    struct type type;
    double values[DERIVED_COLUMNS];
    bool marked[DERIVED_COLUMNS]; // the term that binds, the branch taken, the part that decides, in each future
    struct text label;            // of a term: as the author labelled it; or the member it is of

    const struct node *formula;   // what a definition stands for here: a branch of it where nothing uncertain chooses the branch
    const int *formula_members;
    const struct override *set;   // what it was set to instead, or NULL

    int first, last;              // of a phrase or window: the steps it looks at in the central future; -1: none
    int deciding[DERIVED_COLUMNS];// the step that decides, or weighs most; -1: none
    int holding[DERIVED_COLUMNS]; // of a phrase or of members: at how many the condition holds
    int counted;                  // of how many
    bool weighed;                 // the step is the one furthest from turning, or nearest to it; else the first that tells

    const struct input *input;    // of an input
    size_t instance;
    double low, high;             // its p5 and p95, or its bounds, at the step; NAN: it is known, or a choice

    const struct derived *same;   // opened there, and not here
    bool recursive;               // `same` stands above: it is computed from its own past
    int past[DERIVED_PAST];       // steps further back, newest first, and the values there
    double past_values[DERIVED_PAST][DERIVED_COLUMNS];
    size_t past_count;

    struct derived **children;
    size_t child_count;
    size_t rest_count;            // terms left out, the smallest, and what they come to (NAN: of no sum)
    double rest[DERIVED_COLUMNS];
    bool opened;                  // what it is computed from, or what the input is, is here
    bool cut;                     // there is more below than is shown
    size_t depth;                 // names above it
    const struct derived *parent; // NULL at the top
    struct derived_key {          // of a name: equal keys are one thing
        const void *owner, *world;
        size_t member;
    } key;
};

struct derivation {
    struct derived *const *parts; // premise, conclusion, ...
    size_t part_count;
    size_t columns;               // 1, or 2 with a counterexample
    size_t cut_count;             // nodes that are not opened, for depth or for size
    size_t depth;                 // down to which it is opened
    size_t node_count;
    const struct source_entry *const *sources; // of the inputs in it, each once, in their order
    size_t source_count;
};

struct derive_options {
    size_t depth;                 // names under each other that are opened; 0: as many as give about a screen or two
    const double *central;        // the futures, by model column
    const double *counterexample; // or NULL
};
enum { DERIVE_DEPTH = 4, DERIVE_SCREEN = 60 }; // at most by default; nodes

// The trace is of the model that the question belongs to, with no futures yet.
const struct derivation *derive_claim(struct arena *arena, struct trace *trace, const struct program *program, const struct question *question,
                                      const struct derive_options *options);
// The same of an expression at a step.
const struct derivation *derive_expression(struct arena *arena, struct trace *trace, const struct program *program, const struct node *node, int step,
                                           const struct derive_options *options);

#endif
