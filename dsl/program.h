// The checked program: every name found, every kind and unit agreed, every default made explicit.
//
// Made by dsl/check, read by engine/compile and, for names and readings, by judge and report. All numbers are in base units
// (dsl/unit.h): 5 GW is 5e9, 40% is 0.4, a date is the seconds of a nominal calendar (below), a truth is 1 or 0, a member
// is its position in its index. Nothing here depends on a future; what can vary is a tree of nodes.
//
// Nominal calendar: a year has 12 equal months and 4 equal quarters; a date is (year + (month - 1) / 12) years of
// 31,557,600 s, a day its share of its month. So dt of a quarterly timeline is exactly year / 4. A partial date is the
// half-open span [first instant, first instant after it); a value of kind date is an instant, and `now` at a step is the
// step's first instant.
#ifndef DSL_PROGRAM_H
#define DSL_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "dsl/ast.h"
#include "dsl/distribution.h"
#include "dsl/observe.h"
#include "dsl/op.h"
#include "dsl/source.h"
#include "dsl/unit.h"

#define SECONDS_A_YEAR 31557600.0

enum kind { KIND_ERROR, KIND_QUANTITY, KIND_TRUTH, KIND_DATE, KIND_MEMBER };

struct type {
    enum kind kind;
    const struct dimension *dimension; // of a quantity; interned, compare pointers
    const struct index *index;         // of a member
    bool fraction;                     // declared `fraction`: kept within 0 .. 1, shown in percent
    const struct unit *shown;          // the unit to print it in, as the author declared it; NULL: choose
    struct text said;                  // where nothing is declared: the unit in the author's words, for messages; may be empty
};

struct index {
    struct text name;
    struct span span;
    size_t count;
    const struct text *members;
    const struct text *subjects; // of one taken from data: what the store calls each member; else NULL
};

// The steps of the model. Without a timeline statement count is 1, length is 0 and `given` is false.
struct timeline {
    bool given;
    double start;  // first instant of step 0
    double length; // seconds a step
    int count;
    int present;   // the step where the future begins; 0 when not said
    struct span span;
};
// "2027Q4" for a quarterly step, "2027" for a yearly one.
int days_in_month(int year, int month); // month: 1 to 12; the days of a month share it evenly
struct text timeline_step_name(struct arena *arena, const struct timeline *timeline, int step);
// The step that contains the instant, or -1.
int timeline_step_at(const struct timeline *timeline, double instant);

// ---- nodes -------------------------------------------------------------------------------------------------------------

enum node_kind {
    NODE_CONST,     // value
    NODE_INPUT,     // input family `input`; args: one member node per index parameter
    NODE_DEFINITION,// `definition`; args: member nodes
    NODE_CLAIM,     // the condition of `claim`; args: member nodes
    NODE_BINDER,    // the index variable in environment slot `slot` (a member)
    NODE_PARAM,     // argument number `slot` of the def being called
    NODE_CALL,      // `function` applied to args, by substitution, at the same step
    NODE_APPLY,     // op over args at the same step; MIN MAX AND OR may have more than two args; labels of MIN and MAX in `labels`
    NODE_TABLE,     // args[0] is a member; the value is args[1 + member]
    NODE_REDUCE,    // reduce over the members of `index`, bound to `slot`, of args[0]
    NODE_COUNTED,   // args are truths; value is the number n; reduce is REDUCE_AT_LEAST or REDUCE_EXACTLY
    NODE_PREVIOUS,  // args: x, before. x one step earlier; `before` at the first step
    NODE_LAG,       // args: x, before. x `steps` steps earlier; `before` while there is none
    NODE_GROWTH,    // args: x. (x / previous x) ^ (year / dt); no value at the first step
    NODE_NOW,       // first instant of the step (a date)
    NODE_PATH,      // points in time (`path`) of values args[i]; interpolated to the end of the step
    NODE_TIME,      // phrase; args: x, [1], [2]: instants. AT has [1] only: the step that contains it, no value outside the timeline.
                    // The others look at the steps from the one that contains [1] to the one that contains [2], cut to the
                    // timeline: BY BEFORE AFTER DURING at some of them (none: false), FROM UNTIL THROUGHOUT at every one (none: true).
                    // Over truths gives a truth that holds for the whole run (no step); over a quantity (AT only) its value
    NODE_WINDOW,    // reduce over steps; args: x, first instant, first instant after [, before]. x is a rate when `integrate`: each
                    // step counts x * (the part of it inside). In these two dates `now` is the end of the step, so that
                    // `now - 5 years .. now` is the last 20 quarters, this one included
    NODE_WHEN,      // args: F. The first instant of the first step, not before step number `steps`, at which F holds; +infinity when
                    // there is none.
                    // Every comparison with +infinity as a date is false (compile sees to it)
    NODE_UNDER,     // args: x, in the world of this claim with the sets of `scenario` made on top
    NODE_BINDS,     // the term `label` decides the labelled min or max of args[0]'s definition. args[0] is a NODE_DEFINITION
    NODE_SLOPE,     // args: x, and a NODE_INPUT. op is OP_RISES or OP_FALLS
    NODE_AGGREGATE, // a number about the set of futures: `aggregate`; args: what, then `given` (truth), or the quantile's p
    NODE_HOLE,      // what is asked for (`hole` of the claim)
    NODE_MISSING,   // data that is not there: `reason`. What depends on it is blocked
};

enum reduce { // over members, or over steps of a window
    REDUCE_SUM,
    REDUCE_PRODUCT,
    REDUCE_MEAN,
    REDUCE_MIN,
    REDUCE_MAX,
    REDUCE_COUNT,    // of truths
    REDUCE_EVERY,
    REDUCE_SOME,
    REDUCE_EXACTLY,  // `value` of them
    REDUCE_AT_LEAST, // `value` of them
};

enum aggregate { AGGREGATE_PROBABILITY, AGGREGATE_POSSIBLE, AGGREGATE_EXPECTED, AGGREGATE_MEDIAN, AGGREGATE_QUANTILE };

// The points of an interpolation, in order of time.
struct path {
    size_t count;
    const double *instants; // the end of the period each point names
    bool hold;              // keep the last value after the last point (and the first before the first)
    bool logarithmic;       // all values positive: straight lines in the logarithm
};

struct node {
    enum node_kind kind;
    enum op op;
    enum reduce reduce;
    enum aggregate aggregate;
    enum phrase phrase;
    struct type type;
    const struct expr *expr; // where it was written; for places and for printing comparisons
    double value;
    int slot, steps;
    bool integrate;
    size_t count;
    struct node **args;
    const struct text *labels; // of a labelled MIN or MAX: one per arg
    struct text label;         // of BINDS; length 0 when it is the hole ?which
    const struct index *index;
    const struct input *input;
    const struct definition *definition;
    const struct function *function;
    const struct claim *claim;
    const struct scenario *scenario;
    const struct path *path;
    const char *reason;
};

// Whether the value may differ between steps. Of definitions this asks `varies`, which is known once they are checked.
bool node_varies(const struct node *node);

// ---- what has a name ---------------------------------------------------------------------------------------------------

struct source_entry { // `source`, or a source that the data store knows
    struct text name, title, publisher, url; // without url it cannot be traced
    double date; // NAN when not said
    struct span span; // empty for one of the store
};

// One draw of an input: a distribution, and where it is used in time.
struct input_point {
    double instant;               // of a path: end of the period; 0 when not a path
    struct distribution law;      // in base units
};
// One instance of an input: one member combination. All its points are read from one draw, except that an input that
// varies by period has one draw for each period (then `points` has one point).
struct input_instance {
    struct text name;             // "capex[us]"
    const struct input_point *points;
    size_t point_count;           // 1 unless a path
    bool hold;
    bool logarithmic;
    const char *missing;          // not NULL: the data is not there, and why
    struct series observed;       // the observations it is made of; none when it was written in the file
    const struct source_entry *const *observed_by; // their sources, one each
    const char *dissent;          // a sentence: other sources say otherwise; NULL when they do not, or one was picked
    const struct input *other;    // correlated with this input's instance `other_instance`
    size_t other_instance;
    double correlation;
    bool bounds_only;             // no probability claimed (`..`, choice without weights)
    struct span span;             // of the right side
};
struct input {
    struct text name;             // "capex"
    struct span span;
    struct type type;
    struct text text;             // the description
    size_t param_count;
    const struct index *const *params;
    size_t instance_count;        // the product of the members' counts; row-major in the order of params
    const struct input_instance *instances;
    double varies;                // seconds of a period, 0: drawn once
    const struct source_entry *const *cites;
    size_t cite_count;
    enum basis basis;
    bool has_basis;
    double as_of, expires;        // NAN when not said
    bool hidden;                  // made by the checker for `set x = a to b` or a concession
    bool is_switch;               // made by dsl/blend.h: which side is meant
    const struct input *drawn_as; // made by dsl/blend.h: it reads the draw of this input's instance `drawn_instance`; NULL: its own
    size_t drawn_instance;
    const struct item *item;
};

// What the instance rests on: what the input's clause says, else the weakest of its observations. False: nothing is said.
bool input_basis(const struct input *input, size_t instance, enum basis *basis);

struct definition { // `let`
    struct text name;
    struct span span;
    struct type type;
    size_t param_count;
    const struct index *const *params; // bound to slots 0 ..
    struct node *body;
    bool varies;        // over time
    bool constant;      // of no index, and worth `value` (in base units; NAN: none) in every future and at every step
    double value;
    const struct node *limit; // the one labelled MIN or MAX in the body, or NULL
    const struct item *item;
};

struct function { // `def`
    struct text name;
    struct span span;
    size_t param_count;
    const struct text *param_names;
    const struct type *param_types;
    struct node *body;
    struct type type;
};

// `set`: the value of an input or definition is another one. member -1 stands for "every member".
struct override {
    const struct input *input;           // one of the two is set
    const struct definition *definition;
    const int *members;                  // one per parameter
    struct node *value;                  // in slots 0 .. of the parameters; may be a NODE_INPUT of a hidden input or a NODE_HOLE
    struct span span;
    const struct input *with;            // of a blend: the switch that decides ...
    bool through[2];                     // ... whether what is below shows, by side; NULL: it is replaced
};

struct assumption {
    struct text name;                    // may be empty
    struct node *condition;              // a truth without step: defaults made explicit
    const struct expr *reading;          // the same as a tree to print
    struct span span;
};

struct scenario {
    struct text name, text, speaker;
    struct span span;
    const struct override *overrides;
    size_t override_count;
    const struct assumption *const *assumptions;
    size_t assumption_count;
    size_t position;                     // in program.scenarios; baseline is 0
    const char *missing;                 // not NULL: what it sets or assumes is not there, and why: under it all is blocked
    const struct item *item;             // NULL: baseline
};

// ---- claims ------------------------------------------------------------------------------------------------------------

enum relation_kind { RELATION_SUPPORTS, RELATION_REBUTS, RELATION_UNDERCUTS };
struct relation {
    enum relation_kind kind;
    const struct claim *target;          // one of the two is set
    const struct assumption *assumption; // a named premise
    struct span span;
};

enum verdict_kind {
#define VERDICT(id, word, doc) VERDICT_##id,
#include "dsl/verdict.def"
#undef VERDICT
    VERDICT_COUNT
};
extern const char *const verdict_words[VERDICT_COUNT];

struct expectation {
    enum verdict_kind verdict;
    const struct text *cruxes; // "capex_share_imports", "fab.d0[n7]"
    size_t crux_count;
    const struct scenario *scenario; // NULL: in every scenario without one of its own
    struct text forecast;            // empty: under the file's own
    struct span span;
};

enum concession_kind { CONCESSION_SET, CONCESSION_RANGE, CONCESSION_CONDITION };
struct concession { // even if
    enum concession_kind kind;
    struct override override;   // SET and RANGE (the value is then a hidden bounds-only input)
    struct node *condition;     // CONDITION: a truth without step
    bool already;               // RANGE: inside the input's range already
    const struct expr *expr;
    struct span span;
};

enum hole_kind { HOLE_NONE, HOLE_THRESHOLD, HOLE_INPUT, HOLE_DATE, HOLE_TERM, HOLE_VALUES };
struct hole {
    enum hole_kind kind;
    struct text name;
    struct type type;
    struct node *node;                   // all but TERM: the NODE_HOLE. VALUES: a figure that does not always make the claim harder, or easier
    bool stronger_above;                 // THRESHOLD: larger values make the claim stronger (gap > ?x)
    struct override override;            // INPUT: `with w = ?w`
    const struct definition *definition; // TERM: whose min or max
    const struct node *limit;            // TERM: its labelled node
    struct span span;
};

struct claim {
    struct text name, text;
    struct span span;                    // of the name
    struct text speaker;                 // by "D"
    const struct source_entry *in;       // in thread
    double on;                           // date, NAN when not said
    const struct source_entry *const *cites;
    size_t cite_count;
    size_t param_count;                  // 0 or 1: one verdict per member
    const struct index *const *params;
    const struct scenario *const *scenarios; // at least baseline
    size_t scenario_count;
    const struct text *forecasts;        // of each `under forecast NAME`
    size_t forecast_count;
    const struct override *overrides;    // with
    size_t override_count;
    double level;
    // Truths without a step: time phrases and defaults explicit. NULL when absent. All NULL: recorded only.
    struct node *premise, *exception, *conclusion;
    struct node *condition;              // the whole, as other claims see it
    // The same three as trees, for the reading, the defaults written out.
    const struct expr *premise_read, *exception_read, *conclusion_read;
    int start, end;                      // steps of its span
    const struct concession *concessions;
    size_t concession_count;
    const struct relation *relations;
    size_t relation_count;
    const struct expectation *expectations;
    size_t expectation_count;
    struct hole hole;
    bool is_root;                        // of a file that was asked to be checked
    bool broken;                         // a diagnostic was given for it
    const struct item *item;
};

// The same claim, though one of the two may be the copy that a run keeps of a claim it was not asked for.
bool claim_is(const struct claim *a, const struct claim *b);
// "behind[own]" for a member, the claim's name for -1.
struct text claim_member_name(struct arena *arena, const struct claim *claim, int member);

struct program {
    struct arena *arena;
    const struct sources *sources;
    struct timeline timeline;
    const struct index *const *indexes;
    size_t index_count;
    const struct source_entry *const *source_entries;
    size_t source_count;
    const struct input *const *inputs;
    size_t input_count;
    const struct definition *const *definitions;
    size_t definition_count;
    const struct scenario *const *scenarios; // [0] is baseline: the file-level `set` and `assume`
    size_t scenario_count;
    // Of a blend (dsl/blend.h): sets below those of the baseline, and a scenario above it and below all others. Else NULL.
    const struct scenario *ground, *blend;
    const struct claim *const *claims;       // in order of the files; of `used` files too
    size_t claim_count;
    const struct variant *variants;          // dsl/variant.h: of the claims of the roots, in their order
    size_t variant_count;
    double level;                            // of the run
    struct unit_system *units;              // for printing
    const struct expr *expression;           // of `crux eval`: NULL otherwise
    struct node *expression_node;
    bool dated;                              // it turns on the vintage even where it takes no data: `present data`, `expires`
};

#endif
