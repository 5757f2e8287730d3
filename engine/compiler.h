// Inside the compiler: what its files share. Not for other folders.
//
// compile.c runs; compile_node.c turns a node at a spot into a value; compile_name.c finds the instance a name stands for,
// compile_time.c does phrases, windows and first dates, compile_input.c columns and paths, compile_future.c what looks at
// several futures or worlds, compile_question.c what is judged, finish.c cuts the array down to what the roots need.
//
// Depth. Definitions refer to each other through thousands of steps. Nodes are compiled by recursion, but an instance met
// deeper than DEPTH_DEFER is put off: its user gets "no value" for now, the whole round counts as unsettled, what was put
// off is compiled first, and the round is repeated. What a round did settle stays settled.
#ifndef ENGINE_COMPILER_H
#define ENGINE_COMPILER_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/map.h"
#include "base/vector.h"
#include "dsl/diag.h"
#include "dsl/program.h"
#include "engine/builder.h"
#include "engine/model.h"
#include "engine/reach.h"
#include "engine/world.h"

enum { SLOT_MAX = 16, DEPTH_DEFER = 1000, DEPTH_MAX = 4000, WORK_MAX = 20000000 };

enum instance_state { INSTANCE_NEW, INSTANCE_BUSY, INSTANCE_DEFERRED, INSTANCE_DONE };
enum owner_kind { OWNER_DEFINITION, OWNER_INPUT, OWNER_CLAIM };

// One definition, replaced input or claim, for one member combination, at one step, in one world.
struct instance_key {
    const void *owner;
    const struct world *world;
    size_t member; // row-major over the parameters
    size_t step;
};
struct instance {
    struct instance_key key;
    enum owner_kind kind;
    enum instance_state state;
    bool entered;        // on the stack of instances put off, and begun
    unsigned round;      // in which it was put off
    value_id value;
};

// What a call of a `def` was given. Arguments are compiled when they are used, and kept.
struct given {
    const struct world *world; // NULL: not compiled yet
    int step;
    bool now_at_end;
    value_id value;
};
struct frame {
    const struct node *call;
    const struct spot *caller;
    size_t depth;
    struct given *given; // one per argument
};

// The comparisons met while a premise or conclusion is compiled.
struct draft {
    struct comparison comparison;
    VECTOR(struct comparison_at) at;
    struct map known; // step and values of what is in `at`: one comparison may be met millions of times
};
struct recorder {
    VECTOR(struct draft) drafts;
    VECTOR(const void *) claims; // whose conditions were looked into
    const int *members;          // of the comparison recorded last
    bool in_premise;
};

struct spot {
    const struct world *world;
    int step;
    int term;                   // label that `?which` stands for, -1: any
    bool now_at_end;            // in the dates of a window
    bool dated;                 // a phrase says which step it is
    bool any;                   // the phrase around needs one step only
    const struct frame *frame;
    struct recorder *recorder;  // NULL inside definitions
    const struct instance *self; // whose set value is being compiled, and at which layer of its world
    size_t layer;
    int slots[SLOT_MAX];
};

struct input_entry {
    const struct input *input;
    size_t position;
    size_t first_draw;
    size_t periods;              // draws of one instance
    size_t **columns;            // per instance, NULL until used: column number plus one per point or period
};

struct column_source { // of the column with the same number
    size_t entry, instance, point;
    const char *missing;
};

struct slope { // one `rises` or `falls`: where it is strict, over all steps it was asked at
    const struct node *node;
    const struct world *world;
    size_t column, aggregate;
};

struct compiler {
    struct arena *arena;   // of the model
    struct arena *scratch;
    const struct program *program;
    struct diags *diags;
    const bool *asked;     // by claim: only these, and what is known is a column (compile_freed); NULL: all
    struct builder builder;
    struct worlds worlds;
    struct map instances;
    size_t instance_count;
    VECTOR(struct instance *) put_off;
    unsigned round;
    size_t unsettled;      // grows when something was put off in this round
    size_t depth;
    size_t work;           // nodes compiled
    bool failed;           // a limit was passed
    bool circular;         // a cycle through sets was reported
    VECTOR(struct input_entry) inputs;
    struct map input_entries;
    size_t draw_count;
    VECTOR(struct column) columns;
    VECTOR(struct column_source) column_sources;
    const size_t *column_number; // once finished, of the first `numbered` columns: their number in the model, SIZE_MAX: not in it
    size_t numbered;
    VECTOR(const struct node *) holes;
    VECTOR(size_t) hole_columns;
    VECTOR(struct aggregate_request) aggregates;
    VECTOR(struct slope) slopes;
    VECTOR(value_id) dates;  // of `when`
    VECTOR(struct question) questions; // of the claims, then of their variants, then of related claims
    size_t claim_questions;  // those of the claims
    size_t related_from;     // where those of related claims begin
    value_id expression;
    VECTOR(value_id) series;
};

// compile.c
// compile_program without the end: the compiler stays, on its scratch arena, until that or `arena` is reset.
struct model *compile_open(struct arena *arena, const struct program *program, struct diags *diags, struct compiler **opened);
// Compiles the node until nothing in it is put off any more.
value_id settle(struct compiler *compiler, const struct node *node, const struct spot *spot);
void report_limit(struct compiler *compiler, struct span span, const char *what, long limit);

// compile_node.c
value_id compile_node(struct compiler *compiler, const struct node *node, const struct spot *spot);
value_id no_value(void);
value_id constant(struct compiler *compiler, double value);
value_id truth(struct compiler *compiler, bool value);
// both, or either, three-valued
value_id both(struct compiler *compiler, value_id a, value_id b);
value_id either(struct compiler *compiler, value_id a, value_id b);

// One more item of a reduction; `so_far` is NO_VALUE at the first. Then what the total of `count` items means.
value_id reduce_step(struct compiler *compiler, enum reduce reduce, value_id so_far, value_id item);
value_id finish_reduce(struct compiler *compiler, const struct node *node, value_id total, size_t count);

// compile_name.c
value_id compile_name(struct compiler *compiler, const struct node *node, const struct spot *spot);
value_id compile_instance(struct compiler *compiler, struct instance *instance);
value_id compile_call(struct compiler *compiler, const struct node *node, const struct spot *spot);
value_id compile_param(struct compiler *compiler, const struct node *node, const struct spot *spot);
value_id compile_table(struct compiler *compiler, const struct node *node, const struct spot *spot);
value_id compile_binds(struct compiler *compiler, const struct node *node, const struct spot *spot);
// What a name stands for at a spot, its members being position `member`.
struct origin {
    const struct world *world;    // restricted to what the name can reach
    const struct override *set;   // NULL: nothing replaced it
    const struct node *body;      // NULL: an input that nothing replaced, or that is held at a quantile
    struct spot spot;             // where the body is compiled
    bool varies;                  // compiled for each step
};
void name_origin(struct compiler *compiler, const struct node *node, const struct spot *spot, size_t member, struct origin *origin);

// compile_time.c
double step_first(const struct compiler *compiler, int step);
// The value of a date node, on the edge of a step when it lies there; not to be called while something is compiled.
value_id settle_date(struct compiler *compiler, const struct node *node, const struct spot *spot);
value_id compile_time(struct compiler *compiler, const struct node *node, const struct spot *spot);
value_id compile_window(struct compiler *compiler, const struct node *node, const struct spot *spot);
value_id compile_when(struct compiler *compiler, const struct node *node, const struct spot *spot);
value_id compile_past(struct compiler *compiler, const struct node *node, const struct spot *spot, int steps);
value_id compile_growth(struct compiler *compiler, const struct node *node, const struct spot *spot);

// compile_input.c
void number_draws(struct compiler *compiler);
value_id compile_input(struct compiler *compiler, const struct input *input, size_t instance, int step);
// The input held at one quantile of its law.
value_id compile_probe(struct compiler *compiler, const struct world_set *probe, int step);
value_id compile_missing(struct compiler *compiler, const char *reason);

// compile_path.c
struct points {
    size_t count;
    const double *instants;
    const value_id *values;
    bool hold, logarithmic;
    bool positive;           // known to be: the logarithm needs no test
};
value_id compile_points(struct compiler *compiler, const struct points *points, int step);
value_id compile_path(struct compiler *compiler, const struct node *node, const struct spot *spot);

// compile_future.c
value_id compile_aggregate(struct compiler *compiler, const struct node *node, const struct spot *spot);
value_id compile_slope(struct compiler *compiler, const struct node *node, const struct spot *spot);
value_id compile_hole(struct compiler *compiler, const struct node *node);
size_t hole_column(const struct compiler *compiler, const struct node *node);

// compile_question.c
struct spot spot_in(const struct world *world, int step);
// The sets that the question, and an expression that stands for itself, are looked at under.
const struct world *question_world(struct compiler *compiler, const struct question *question);
const struct world *baseline_world(struct compiler *compiler);
void compile_questions(struct compiler *compiler);
// The questions of one claim, for each scenario, member and concession.
void ask_claim(struct compiler *compiler, const struct claim *claim);

// compile_related.c
void ask_related(struct compiler *compiler);
void record_comparison(struct compiler *compiler, const struct node *node, const struct spot *spot, value_id left, value_id right, value_id holds);
// All assumptions of the world; `values` gets each one when not NULL.
value_id compile_assumed(struct compiler *compiler, const struct world *world, value_id *values);

// finish.c
struct model *finish_model(struct compiler *compiler);
// correlate.c: fills in the correlated draws and their factor; reports what fits no law.
void correlate_draws(struct compiler *compiler, struct model *model);

#endif
