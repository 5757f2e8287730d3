// Inside the checker: what its files share. Not for other folders.
//
// Order of work (check.c): declare every name of every file; check units and indexes, the timeline, then the rest on demand
// (a definition is checked when first met, which finds cycles), then scenarios, claims, and what is left.
#ifndef DSL_CHECKER_H
#define DSL_CHECKER_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vector.h"
#include "dsl/ast.h"
#include "dsl/check.h"
#include "dsl/diag.h"
#include "dsl/program.h"

enum symbol_kind {
    SYMBOL_SOURCE = 1 << 0,
    SYMBOL_INDEX = 1 << 1,
    SYMBOL_INPUT = 1 << 2,
    SYMBOL_DEFINITION = 1 << 3,
    SYMBOL_FUNCTION = 1 << 4,
    SYMBOL_SCENARIO = 1 << 5,
    SYMBOL_CLAIM = 1 << 6,
    SYMBOL_ASSUMPTION = 1 << 7,
    SYMBOL_VALUE = SYMBOL_INPUT | SYMBOL_DEFINITION | SYMBOL_CLAIM,
};
enum symbol_state { SYMBOL_DECLARED, SYMBOL_CHECKING, SYMBOL_CHECKED, SYMBOL_BROKEN };

// A named thing. Sources, indexes, inputs, definitions, functions, scenarios, claims and labelled assumptions share one
// namespace per file and its uses; units, members and labels have their own.
struct symbol_use;
struct symbol {
    enum symbol_kind kind;
    enum symbol_state state;
    struct text name;           // without prefix
    struct span span;           // where it was given
    const struct item *item;
    struct symbol *part;        // `input d0[n7] = ...`, `input d0[n5] = ...`: the next statement about the same input
    size_t file;                // position in forest->files
    // The one of its kind; filled in when it is declared (empty) or checked.
    struct source_entry *source;
    struct index *index;
    struct input *input;
    struct definition *definition;
    struct function *function;
    struct scenario *scenario;
    struct claim *claim;
    struct assumption *assumption;
    struct function_case *cases; // of a def with arguments of any type: its body for each types it was called with
    struct symbol_use *uses;    // what it was found to use, newest first
    bool delayed;               // while it is checked: it was reached through `previous` or `lag`
    struct span user;           // while it is checked: what made it be checked
    int mark;                   // of the search for cycles
    const char *absence;        // what it needs and the forecast does not say; NULL: nothing. See absent.c
};
struct function_case {
    struct function function;
    const char *absence;        // what its body needs and the forecast does not say
    struct function_case *next;
};
// One symbol uses another. Delayed: only at an earlier step, inside `previous` or `lag`.
struct symbol_use {
    struct symbol *symbol;
    struct span span;
    bool delayed;
    struct symbol_use *next;
};

struct symbol_list {
    struct symbol **at;
    size_t count, room;
};

// A symbol under the name that a file has for it.
struct visible {
    struct text name;
    struct symbol *symbol;
};
struct visible_list {
    struct visible *at;
    size_t count, room;
};


// A forecast that a file takes in, itself or through others, and the prefix of its names there.
struct taken {
    struct text forecast, prefix;
};
struct taken_list {
    struct taken *at;
    size_t count, room;
};

struct forecast_words;

struct input_list {
    const struct input **at;
    size_t count, room;
};

// What an expression reads like with its defaults made explicit.
struct rewrite {
    const struct expr *from, *to;
};
struct rewrite_list {
    struct rewrite *at;
    size_t count, room;
};

struct source_list {
    struct source_entry **at;
    size_t count, room;
};

struct checker {
    struct arena *arena;
    struct diags *diags;
    const struct forest *forest;
    const struct check_options *options;
    struct program *program;
    struct unit_system *units;
    struct map *names;          // one map per file: name (with prefix) -> struct symbol
    struct visible_list *visible; // the same, one list per file, to search for what is near
    struct taken_list *taken;   // one list per file
    struct forecast_words *words; // what each shipped forecast says; NULL until a name is missed
    size_t word_count;
    const char *absence;        // noted while the symbol on top of the stack is checked; NULL: nothing was
    struct symbol_list symbols; // in order of the files
    struct symbol_list stack;   // being checked: the cycle's way
    int delayed;                // inside so many `previous` and `lag`
    struct input_list hidden;   // inputs made for `set x = a to b` and concessions; they follow the others in the program
    struct map stored_names;    // of sources that were looked for in the data store: id -> struct source_entry
    struct source_list stored;  // those found, in the order of asking
    struct rewrite_list rewrites; // conditions inside probability(...) and the like
    struct {
        struct variant *at;
        size_t count, room;
    } variants;                 // of the claims, made when these are checked
    struct scenario *baseline;  // file-level sets and assumptions; made empty by check_forest, filled in by check_baseline
    double *levels, *intervals; // the `default`s of each file; 0 until asked for
    int depth;                  // nesting, against LIMIT_NESTING
    int height;                 // the same through definitions that wait for each other: what the stack holds
};

// Where an expression stands: what it may name and what it may say.
enum place_kind { PLACE_CONSTANT, PLACE_FUNCTION, PLACE_DEFINITION, PLACE_CLAIM };
struct binder {
    struct text name;
    const struct index *index;
};
enum { BINDER_MAX = 16 };
struct where {
    enum place_kind kind;
    size_t file;
    size_t binder_count;              // binder i has environment slot i
    struct binder binders[BINDER_MAX];
    const struct function *function;  // its parameters can be named
    struct claim *claim;              // holes belong to it; set while a claim or assumption is checked
    int start, end;                   // steps a time phrase may look at (claim's start, horizon)
    const struct node *limit;         // last labelled MIN or MAX met
    size_t limit_count;               // how many were met
    const struct type *hole_type;     // of the hole in the expression at hand; NULL: not known
    bool unit_fits;                   // the next expression may be a unit alone: a factor of a product
    const struct item *set;           // whose value is checked: its clauses `within`, `interval` and `varies` belong to it; NULL: none
    const struct type *recursive;     // the type of `before`, for a definition that looks back at itself
};

// ---- names (scope.c) -------------------------------------------------------------------------------------------------

void declare_all(struct checker *checker);
// The symbol a name stands for in a file, or NULL without a message.
struct symbol *find_symbol(const struct checker *checker, size_t file, struct text name);
// The same, of one of `kinds`, checked on demand; otherwise a diagnostic with the nearest name and NULL.
struct symbol *need_symbol(struct checker *checker, size_t file, struct name name, unsigned kinds, const char *wanted);
// A statement that could not be read gave the name: its users stay silent.
bool is_lost(const struct symbol *symbol);
// Checks a declared symbol now; false when it is broken. Reports a cycle that passes through no `previous` or `lag`.
bool check_symbol(struct checker *checker, struct symbol *symbol, struct span user);
// Every circle of definitions that passes through no `previous` or `lag`, once all are checked.
void check_cycles(struct checker *checker);
void check_index(struct checker *checker, struct symbol *symbol);
void check_definition(struct checker *checker, struct symbol *symbol);
void check_function(struct checker *checker, struct symbol *symbol);
// The def as called with arguments of these types; NULL when its body does not fit them.
struct function *function_for(struct checker *checker, struct symbol *symbol, const struct type *types, struct span user);
// `min`, `sum`, `probability`: a name that a def cannot have.
bool is_function_name(struct text name);
const char *symbol_kind_words(enum symbol_kind kind); // "an input"
// The name in the file that is likely meant, of one of the kinds; empty when nothing is near.
struct text nearest_name(const struct checker *checker, size_t file, struct text name, unsigned kinds);
// Binds `[a in actor]` of a definition, input or claim: *indexes has one entry a parameter. False after a diagnostic.
bool check_params(struct checker *checker, struct where *where, const struct param_list *params, const struct index *const **indexes);
// The position of the member, or -1 without a message.
int find_member(const struct index *index, struct text name);
// The member's position in the index, or -1 with a diagnostic.
int need_member(struct checker *checker, const struct index *index, struct name name);

// ---- what the forecast leaves unsaid (absent.c) ------------------------------------------------------------------------

// Each is asked about what was not found. True: the forecast that is taken in does not have it, and another shipped one does.
// Then that is noted for what is being checked, and nothing is to be reported.
bool name_is_absent(struct checker *checker, size_t file, struct text name);
bool member_is_absent(struct checker *checker, const struct index *index, struct text member);
bool index_is_absent(struct checker *checker, struct text member); // no index has the member
bool unit_is_absent(struct checker *checker, struct text word);
bool term_is_absent(struct checker *checker, size_t file, struct text name, struct text term);
bool timeline_is_absent(struct checker *checker);
// The files are checked under another forecast than their own, and it has no place for this: noted, with what it does.
bool other_has_none(struct checker *checker, const char *what);
// The same of a name without noting it: the reason, or NULL.
const char *absent_name(struct checker *checker, size_t file, struct text name);
// A scenario that stands for one that only other forecasts have; NULL when none has.
struct symbol *absent_scenario(struct checker *checker, size_t file, struct name name);
void note_absence(struct checker *checker, const char *reason);
// Once the symbol is checked: what it is to those who have met it already.
void settle_absence(struct checker *checker, struct symbol *symbol);
void block_claim(struct checker *checker, struct claim *claim, const char *reason);

// ---- expressions (check_expr.c and its neighbours) ---------------------------------------------------------------------

// Never NULL: a poison node (type KIND_ERROR) after a diagnostic.
struct node *check_expr(struct checker *checker, struct where *where, const struct expr *expr);
// The same, and it must be a truth.
struct node *check_condition(struct checker *checker, struct where *where, const struct expr *expr);
// The same, and it must fit `type` (a bare number takes its declared unit; a bare year where a date is wanted is that year).
// `unit` NULL: any quantity of the dimension.
struct node *check_as(struct checker *checker, struct where *where, const struct expr *expr, const struct type *type, const struct unit *unit);
// A constant of that type, folded; NAN after a diagnostic.
double check_constant(struct checker *checker, size_t file, const struct expr *expr, const struct type *type, const struct unit *unit);
struct node *node_new(struct checker *checker, enum node_kind kind, const struct expr *expr, size_t arg_count);
struct node *node_const(struct checker *checker, const struct expr *expr, struct type type, double value);
struct node *node_apply(struct checker *checker, const struct expr *expr, enum op op, struct type type, struct node *a, struct node *b);
struct node *node_poison(struct checker *checker, const struct expr *expr);
bool node_is_poison(const struct node *node);
bool node_is_constant(const struct node *node, double *value); // folds
struct type type_quantity(const struct dimension *dimension, const struct unit *shown);
extern const struct type type_truth, type_date;
bool types_agree(const struct type *a, const struct type *b);
// "a quantity in 1/cm^2", "a condition", "a date", "a member of node"
const char *type_words(struct checker *checker, const struct type *type);
// "in 1/cm^2", "a plain number", "a condition": behind the text of an operand.
const char *type_label(struct checker *checker, const struct type *type);
// The text of a short expression on one line, or `otherwise`.
const char *expr_words(struct checker *checker, const struct expr *expr, const char *otherwise);
// The value of a constant tree of nodes; NAN where it has none. False when it depends on a future or a step.
bool fold_node(const struct node *node, double *value);
// The same, looking into definitions: for what no `set` may change any more.
bool fold_deep(const struct node *node, double *value);
// What follows the colon of an input, let or def argument.
bool check_type(struct checker *checker, size_t file, const struct type_expr *expr, struct type *type);

bool any_poison(const struct node *node);
// True when the node is a truth, or poison; else says what was expected.
bool must_be_truth(struct checker *checker, const struct node *node);
bool must_be_quantity(struct checker *checker, const struct node *node);
bool must_be_plain(struct checker *checker, const struct node *node, const char *who); // dimensionless
// The two fit together (quantities of one dimension, dates, truths or members of one index), or a message with both places.
bool must_agree(struct checker *checker, const struct node *a, const struct node *b, const char *what);
// There is a timeline, or a message.
bool must_have_timeline(struct checker *checker, const struct expr *expr, const char *who);
// A name without brackets that is a member of the index and not a variable of the place.
bool is_member_name(struct checker *checker, const struct where *where, const struct expr *expr, const struct index *index);
// An index variable or a parameter of the def.
bool is_variable(const struct where *where, struct text name);
// now, dt, true, false, yes, no
bool is_built_in_value(struct text name);
// Says once that a condition is the same in every future.
void warn_constant(struct checker *checker, const struct node *node);
// What must fit `type` where one is wanted; type NULL: any.
struct node *check_wanted(struct checker *checker, struct where *where, const struct expr *expr, const struct type *type, const struct unit *unit);
struct node *check_table(struct checker *checker, struct where *where, const struct expr *expr, const struct type *type, const struct unit *unit);
struct node *check_if(struct checker *checker, struct where *where, const struct expr *expr, const struct type *type, const struct unit *unit);
struct node *check_interpolate(struct checker *checker, struct where *where, const struct expr *expr, const struct type *type, const struct unit *unit);
struct node *check_phrase(struct checker *checker, struct where *where, const struct expr *expr);    // check_expr_phrase.c
struct node *check_call_time(struct checker *checker, struct where *where, const struct expr *expr); // check_call_time.c; NULL: not one
struct node *check_reduction(struct checker *checker, struct where *where, const struct expr *expr); // check_call_reduce.c; NULL: not one
struct node *check_aggregate(struct checker *checker, struct where *where, const struct expr *expr); // check_call_future.c; NULL: not one
// False, with a message, inside a def: it is worked out within one step.
bool is_timeless_place(struct checker *checker, const struct where *where, const struct expr *expr);
// The number of arguments, or a message. Labels, `given` and `over` do not belong in these calls.
bool check_plain_args(struct checker *checker, const struct expr *expr, size_t low, size_t high);
// The kinds of expression, for check_expr alone.
struct node *check_call(struct checker *checker, struct where *where, const struct expr *expr);      // check_call.c
struct node *check_apply(struct checker *checker, struct where *where, const struct expr *expr);     // check_expr_apply.c
struct node *check_compare(struct checker *checker, struct where *where, const struct expr *expr);   // check_expr_compare.c
struct node *check_reference(struct checker *checker, struct where *where, const struct expr *expr); // check_expr_ref.c

// ---- dates and time (check_time.c) -----------------------------------------------------------------------------------

struct date_span {
    double start, end; // instants, half open
};
struct date_span date_span_of(struct date date);
// The span of an EXPR_DATE or a bare year; false for anything else. The parser has refused dates that are in no calendar.
bool check_date(struct checker *checker, const struct expr *expr, struct date_span *span);
// EXPR_DATE, or a whole number between 1900 and 2200: a date as written. False: something else.
bool expr_is_date(const struct expr *expr, struct date *date);
struct node *check_time_phrase(struct checker *checker, struct where *where, const struct expr *expr); // EXPR_TIME
struct node *check_date_comparison(struct checker *checker, struct where *where, const struct expr *expr, enum op op, struct node *a, struct node *b);
bool expr_has_time(const struct expr *expr); // a time phrase somewhere in it, outside `when` and calls' windows
void check_timeline(struct checker *checker);

// ---- inputs, sets, scenarios, claims -----------------------------------------------------------------------------------

void check_input(struct checker *checker, struct symbol *symbol);           // check_input.c
// A hole: `gap > ?x`, `with w = ?w`, `by ?when`. The type is that of what it stands against. Poison after a diagnostic.
struct node *check_hole(struct checker *checker, struct where *where, const struct expr *expr, const struct type *type);
// The same where the hole may be part of a sum or product, which as a whole is of that type.
struct node *check_around_hole(struct checker *checker, struct where *where, const struct expr *expr, const struct type *type);
bool has_hole(const struct expr *expr);
bool check_override(struct checker *checker, struct where *where, const struct expr *target, const struct expr *value, struct override *override);
void check_scenario(struct checker *checker, struct symbol *symbol);        // check_scenario.c
void check_baseline(struct checker *checker);                               // file-level `set` and `assume`
void check_assumption(struct checker *checker, struct symbol *symbol, size_t file, const struct item *item, struct assumption *assumption);
void check_claim(struct checker *checker, struct symbol *symbol);           // check_claim.c
void check_source(struct checker *checker, struct symbol *symbol);           // check_source.c
// The source of that name: one that a file states, else one of the data store. NULL after a diagnostic.
const struct source_entry *need_source(struct checker *checker, size_t file, struct name name);
// A source as the data store knows it; NULL when it does not.
const struct source_entry *stored_source(struct checker *checker, struct text id);
// The first instant of a date as written; NAN when there is none, or after a diagnostic.
double check_day(struct checker *checker, const struct expr *expr);
// A truth without step from a formula with defaults: cut at outermost `implies` and `unless`, parts without time phrase read
// throughout start .. end. Fills in the three parts and their readings.
struct formula {
    struct node *premise, *exception, *conclusion, *condition;
    const struct expr *premise_read, *exception_read, *conclusion_read;
    int end;
};
void check_formula(struct checker *checker, struct where *where, const struct expr *expr, struct formula *formula);

#endif
