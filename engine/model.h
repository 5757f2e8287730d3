// The compiled model: one flat array of instructions, in which each instruction makes one value from earlier ones.
//
// Value number i is made by code[i] (static single assignment), for one future at a time. The array is unrolled over
// (definition x member x step x world), constants are folded, equal expressions are shared, and only what some root needs
// is in it. It is run over blocks of futures (engine/evaluate.h), later also over boxes and over one future with names.
//
// Futures. A future is one point of the unit cube of `draw_count` dimensions: draw d gives u in (0, 1) (after the copula of
// the correlations). A column is a value that the model reads: the quantile of its law at its draw, or a value set from
// outside (holes, aggregates, the probe of a flip). CODE_COLUMN reads it.
#ifndef ENGINE_MODEL_H
#define ENGINE_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "dsl/op.h"
#include "dsl/program.h"

// Two instructions beside the operators of op.def.
enum { CODE_CONST = OP_COUNT, CODE_COLUMN, CODE_COUNT };

typedef uint32_t value_id; // the one typedef: a position in `code`
#define NO_VALUE UINT32_MAX

struct instruction {
    uint32_t op;      // enum op, CODE_CONST or CODE_COLUMN
    value_id a, b, c; // arguments; of CODE_COLUMN a is the column
    double constant;  // of CODE_CONST
};

enum column_kind { COLUMN_INPUT, COLUMN_HOLE, COLUMN_AGGREGATE };
struct column {
    enum column_kind kind;
    struct text name;               // "capex[us]", "capex[us] at 2026" for a point of a path, "?x"
    const struct distribution *law; // of an input
    size_t draw;                    // of an input
    size_t variable;                // of an input: position in `variables`
    size_t aggregate;               // of an aggregate
    const char *missing;            // of a hole in a blend: data that is not there, and why; else NULL
};

// An input instance as a person sees it: one thing that can be moved. Its columns share one draw, except that an input that
// varies by period has a draw for each.
struct variable {
    const struct input *input;
    size_t instance;
    struct text name;               // "capex[us]"
    struct type type;
    bool bounds_only;
    size_t column_count;
    const size_t *columns;
    const size_t *draws;            // one per column
};

// A number about the set of futures, to be estimated before what contains it is judged.
struct aggregate_request {
    enum aggregate kind;
    value_id what, given;           // given NO_VALUE when absent
    value_id assumed;               // the assumptions of its world
    double p;                       // of a quantile
    size_t column;                  // the column that carries the estimate
    const struct node *node;
};

// One comparison of a claim, for margins: the same comparison at each step at which it is asked.
struct comparison_at {
    int step;                       // -1: no step
    value_id left, right, truth;
    const int *members;             // what the binders in it stand for, by slot; NULL when nothing binds there
};
struct comparison {
    const struct node *node;        // NODE_APPLY of a comparison
    enum op op;                     // OP_LT LE GT GE EQ NE WITHIN IN_RANGE as written
    struct type type;               // of both sides
    bool in_premise;
    bool any;                       // one step or member suffices (by, during, some): the best decides; else the worst
    size_t count;
    const struct comparison_at *at;
};

// What is judged: truths of one claim, for one member, in one scenario, with one concession or none.
struct question {
    const struct claim *claim;
    int member;                     // of the claim's parameter, or -1
    const struct scenario *scenario;
    const struct concession *concession; // NULL: without
    value_id assumed;               // all assumptions hold
    const value_id *assumption_values;   // each of them, baseline's first, then the scenario's
    const struct assumption *const *assumptions;
    size_t assumption_count;
    value_id premise;               // constant true when absent
    value_id exception;             // constant false when absent
    value_id conclusion;
    // relevant = assumed and premise and not exception; the claim holds in a relevant future when conclusion is true
    value_id start;                 // when the conclusion is an outermost `by`: its condition at the start step; else NO_VALUE
    value_id premise_named;         // when a default made the premise `throughout`: the premise at the claim's end; else NO_VALUE
    const value_id *when;           // dates of `when` in it: infinite where it never happens
    size_t when_count;
    const struct comparison *comparisons;
    size_t comparison_count;
    size_t hole_column;             // SIZE_MAX: no hole
    const value_id *terms;          // HOLE_TERM: the truth "this term binds" over the claim's window, one per label
    size_t term_count;
    const char *missing;            // the data it needs that is not there, or NULL
    const size_t *variables;        // the variables it can see, ascending; those inside its aggregates too
    size_t variable_count;
};

struct model {
    const struct program *program;
    size_t count;
    const struct instruction *code;
    size_t column_count;
    const struct column *columns;
    size_t draw_count;                // of all inputs of the program, whether or not a column reads them; numbered by their names
    size_t variable_count;
    const struct variable *variables;
    // The draws that are correlated, and the lower Cholesky factor of their normal correlation, row by row; NULL when none is.
    size_t correlated_count;
    const size_t *correlated;
    const double *cholesky;         // correlated_count * correlated_count
    size_t aggregate_count;
    const struct aggregate_request *aggregates; // each after those inside it
    size_t question_count;
    const struct question *questions; // in order of claims, then scenarios, members, concessions (without first)
    size_t variant_question_count;
    const struct question *variant_questions; // of the program's variants, in their order
    // Of claims that are not asked for, but argue with those that are: what an argument's standing needs (engine/compile_related.c).
    size_t related_question_count;
    const struct question *related_questions; // as `questions`
    value_id expression;              // of `crux eval`: its value at the last step; NO_VALUE otherwise
    size_t series_count;              // of an expression over time: its value at each step; else 0
    const value_id *series;
};

#endif
