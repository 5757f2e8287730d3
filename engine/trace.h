// A compiled program that stays open: the value of any expression in it, wherever it stands, in futures given as columns.
//
// Asking compiles the expression where it stands into the same instruction array that the verdicts come from. What a verdict
// used is therefore found again and not computed anew, and every other value is what a verdict would have used. Instructions
// are run one future at a time with dsl/point.h, which gives the kernels' bits.
#ifndef ENGINE_TRACE_H
#define ENGINE_TRACE_H

#include <stdbool.h>
#include <stddef.h>

#include "engine/model.h"

struct arena;
struct diags;
struct spot;  // where an expression is looked at: the world, the step, the members
struct trace;
struct world;

enum { TRACE_FUTURES = 2 };

// As compile_program, and keeps what it takes to ask more until the arena is reset. *trace is NULL when the result is.
struct model *compile_traced(struct arena *arena, const struct program *program, struct diags *diags, struct trace **trace);

// The values of the model's columns in a future; they are copied. Columns that the model has not (an expression read something
// that no verdict did) are at their central values. The futures are numbered 0, 1 in the order of these calls.
void trace_future(struct trace *trace, const double *columns);
size_t trace_futures(const struct trace *trace);

// Where the parts of a claim are looked at, and where an expression is that stands for itself.
const struct spot *trace_claim(struct trace *trace, const struct question *question);
const struct spot *trace_expression(struct trace *trace, int step);

// NAN: it has none. Limits of the compiler that are passed here give NAN.
double trace_value(struct trace *trace, size_t future, const struct node *node, const struct spot *spot);
// Known without any input, and what.
bool trace_known(struct trace *trace, const struct node *node, const struct spot *spot, double *value);

// The same place at another step, in the world of a NODE_UNDER, with a member bound.
const struct spot *trace_at(struct trace *trace, const struct spot *spot, int step);
const struct spot *trace_under(struct trace *trace, const struct spot *spot, const struct node *under);
const struct spot *trace_bind(struct trace *trace, const struct spot *spot, int slot, int member);
int trace_step(const struct spot *spot);
const int *trace_members(const struct spot *spot); // by slot

// The steps that a NODE_TIME or NODE_WINDOW looks at; of `at` first and last are one. False when there is none.
bool trace_steps(struct trace *trace, size_t future, const struct node *node, const struct spot *spot, int *first, int *last);

// What stands behind the name of a NODE_INPUT, NODE_DEFINITION or NODE_CLAIM in a future (its members may be uncertain).
struct traced_name {
    const struct input *input;           // one of the three
    const struct definition *definition;
    const struct claim *claim;
    size_t member;                       // row-major over the parameters
    const struct world *world;           // as far as the name can see it: equal worlds are the same pointer
    const struct override *set;          // what replaced it, or NULL
    const struct node *body;             // the expression it stands for; NULL for an input that is not replaced
    const struct spot *spot;             // where that is looked at
    bool varies;                         // its value belongs to the step
};
// False when a member has no value.
bool trace_name(struct trace *trace, size_t future, const struct node *node, const struct spot *spot, struct traced_name *name);

// An input at a quantile of its law, at the step of the spot.
double trace_quantile(struct trace *trace, const struct input *input, size_t instance, const struct spot *spot, double quantile);

#endif
