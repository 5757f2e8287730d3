// Tree -> program: names, kinds, units, time, inputs, claims. Never evaluates a future.
//
// Every mistake is a diagnostic; what is wrong is left out of the program or marked `broken`, so that the rest is still
// checked. A program is returned even when there were errors (never NULL).
#ifndef DSL_CHECK_H
#define DSL_CHECK_H

#include <stdbool.h>

#include "base/text.h"

struct arena;
struct diags;
struct forest;
struct program;
struct item;
struct expr;

struct observer;
struct tree;

// The forecasts that come with the library.
struct shipped_forecasts {
    const char *const *names;        // ends with NULL
    void *context;
    const struct tree *(*tree)(void *context, struct text name); // parsed when first asked for; NULL: there is none
};

struct check_options {
    double level;                   // 0: the file's, else 0.9
    const struct item *extra_sets;  // of --set: ITEM_SETs that join the baseline
    struct text scenario;           // of --scenario: every claim is checked under it too; empty: none
    const struct expr *expression;  // of `crux eval`: checked as if in a claim, result in program.expression_node
    const struct shipped_forecasts *forecasts; // NULL: there are none
    struct text forecast;           // the one that is taken in; empty: none is
    bool other_forecast;            // it is not the one that the files take in by themselves: a bare `expect` is not about it
    double vintage;                 // NAN: none
    const struct observer *observer; // the data store; NULL: there is none, and `data` blocks
    bool (*reserved)(struct text word); // whether the language needs a word for itself: no member from data is called so; NULL: none is
};

struct program *check_forest(struct arena *arena, const struct forest *forest, const struct check_options *options, struct diags *diags);

#endif
