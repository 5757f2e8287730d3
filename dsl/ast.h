// The tree: what was written, with places, and nothing decided.
//
// Built by the parser through the constructors below, read by the checker and the printer. All nodes live on the run's arena;
// lists are singly linked in source order. EXPR_ERROR and ITEM_ERROR are poison: whoever meets one stays silent.
#ifndef DSL_AST_H
#define DSL_AST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "dsl/op.h"
#include "dsl/source.h"

struct arena;
struct expr;

// A name with its place.
struct name {
    struct text text; // length 0 when absent
    struct span span;
};

struct name_list {
    struct name *at;
    size_t count, room;
};

// ---- expressions -------------------------------------------------------------------------------------------------------

enum expr_kind {
    EXPR_ERROR,
    EXPR_NUMBER,     // number, spelling, percent, unit (may be NULL)
    EXPR_DATE,       // date: 2027Q4, 2027-04, 2027-04-03. A bare year is EXPR_NUMBER
    EXPR_STRING,     // string: only as a claim's or data's text
    EXPR_HOLE,       // name: ?x
    EXPR_REF,        // name, args (the members in brackets; a member may be any word)
    EXPR_CALL,       // name, args: functions, distributions, forms such as sum, interpolate, probability, choice
    EXPR_APPLY,      // op, args: - ^ * / + in (range: 3 args, set: 2) within (x, tolerance, y) is rises falls binds and or not unless implies
    EXPR_COMPARE,    // a chain: ops[count - 1] between args[count]
    EXPR_TIME,       // phrase; args[0] the dated expression, args[1] the date or the window's start, args[2] its end or absent
    EXPR_UNDER,      // args[0] in the world of scenario `name`
    EXPR_QUANTIFIED, // quantifier, number (exactly n), name in set (both names), args[0] the body
    EXPR_COUNTED,    // quantifier (at least, exactly), number, args: at least 2 of (a, b, c)
    EXPR_IF,         // args: condition, then, else
    EXPR_RANGE,      // a .. b or a .. c .. b (args in order of writing): possible
    EXPR_SPREAD,     // a to b or a to c to b: likely
    EXPR_DATA,       // string, `name` the source of `from`, or empty, hold. Without a string it is the `data` of `present data`
    EXPR_TABLE,      // (member: value, ...): args with labels
};

enum quantifier { QUANTIFIER_EVERY, QUANTIFIER_SOME, QUANTIFIER_EXACTLY, QUANTIFIER_AT_LEAST };

enum phrase {
    PHRASE_AT,
    PHRASE_BY,
    PHRASE_BEFORE,
    PHRASE_AFTER,
    PHRASE_FROM,
    PHRASE_UNTIL,
    PHRASE_DURING,
    PHRASE_THROUGHOUT,
};
extern const char *const phrase_words[]; // "at", "by", ...

// A date as written. month and day are 0 when not said, quarter is 0 when not said.
struct date {
    int year, quarter, month, day;
};

// One factor of a unit: `mm^2`. Divided factors have a negative power.
struct unit_factor {
    struct text word;
    struct span span;
    int power;
};
struct unit_expr {
    struct span span;
    size_t count, room;
    struct unit_factor *factors; // empty for `1`
    bool starts_with_slash;      // "/cm^2"
};

// An argument: `x`, `label: x`, `x given y`, `x over v in S`. `hold` and `now` are ordinary names.
struct arg {
    struct expr *label; // a name, date or number before ':'; NULL when absent
    struct expr *value;
    struct expr *given;      // NULL when absent
    struct name over, in;    // empty when absent
};
struct arg_list {
    struct arg *at;
    size_t count, room;
};

struct expr {
    enum expr_kind kind;
    enum op op;
    struct span span;
    bool parenthesised;
    bool percent;
    bool hold;      // of data: keeps its ends
    unsigned depth; // nodes below this one on the longest way down; the parser keeps it under LIMIT_DEPTH
    enum phrase phrase;
    enum quantifier quantifier;
    double number;
    struct text spelling; // of a number: "2.9M", "40%"
    struct text string;
    struct unit_expr *unit; // of a number
    struct date date;
    struct name name, set;
    struct arg_list args;
    enum op *ops;          // of a chain
    struct span *op_spans; // of a chain
    struct span op_span;   // of an operator or phrase word
};

// ---- statements --------------------------------------------------------------------------------------------------------

enum item_kind {
    ITEM_ERROR,    // name: of the thing that would have been defined, so that its uses stay silent; may be empty
    ITEM_USE,      // name or text (a path), as
    ITEM_SOURCE,   // name text by on url
    ITEM_UNIT,     // name text value (a number with unit, NULL for a base unit)
    ITEM_INDEX,    // name members, or value (EXPR_DATA)
    ITEM_TIMELINE, // from to (dates), name (year, quarter, month), present
    ITEM_INPUT,    // name params type value text clauses
    ITEM_LET,      // name params type value
    ITEM_DEF,      // name params value
    ITEM_SET,      // target value
    ITEM_ASSUME,   // name (may be empty) value
    ITEM_SCENARIO, // name text by items
    ITEM_CLAIM,    // name params text by in on cite under with value clauses
    ITEM_DEFAULT,  // name (level, interval), value
};

// `v in S` or a fixed member `n7` in brackets behind a name, or `area: mm^2` in the parentheses of a def.
struct param {
    struct name name;
    struct name set;        // index; empty when `name` is a member: input fab.d0[n7]
    struct unit_expr *unit; // of a def's argument; NULL when absent
    struct name type;       // of a def's argument: date, truth or an index name; empty when absent
};
struct param_list {
    struct param *at;
    size_t count, room;
};

// What follows the colon of an input, let or def argument: a unit, or a word (date, truth, fraction, an index).
struct type_expr {
    struct span span;
    struct unit_expr *unit; // NULL when it is a word that may be no unit
    struct name word;       // set too when the unit is one word with power 1
};

enum clause_kind {
    CLAUSE_CITE,       // names
    CLAUSE_AS_OF,      // value: a date
    CLAUSE_EXPIRES,    // value: a date
    CLAUSE_INTERVAL,   // value: a percentage
    CLAUSE_WITHIN,     // value: EXPR_RANGE
    CLAUSE_VARIES,     // name: year, quarter, month
    CLAUSE_CORRELATED, // target, value
    CLAUSE_BASIS,      // name: stated, secondary, derived, recalled, guess
    CLAUSE_UNDER,      // names (scenarios); forecast: name of a forecast in `name`
    CLAUSE_WITH,       // target, value
    CLAUSE_LEVEL,      // value
    CLAUSE_EVEN_IF,    // value
    CLAUSE_SUPPORTS,   // names
    CLAUSE_REBUTS,     // names
    CLAUSE_UNDERCUTS,  // names
    CLAUSE_EXPECT,     // name (the verdict), refs (sensitive to ...), under in `scenario` and `forecast`
};

struct clause {
    enum clause_kind kind;
    struct span span;
    struct name name, scenario, forecast;
    struct name_list names;
    struct expr *target; // EXPR_REF
    struct expr *value;
    struct arg_list refs; // EXPR_REFs of `sensitive to`
    struct clause *next;
};

struct item {
    enum item_kind kind;
    struct span span;
    struct name name, as;
    struct text text;        // the string, unescaped as written (no escapes in Crux)
    struct span text_span;
    bool has_text;
    struct param_list params;
    struct name_list names;  // index members, cite
    struct type_expr *type;
    struct expr *target;     // of set
    struct expr *value;      // right side, formula; NULL when absent
    struct expr *from, *to, *present; // of a timeline
    struct text by;          // the speaker or publisher, without quotes
    struct span by_span;
    struct name in;          // source of a claim
    struct expr *on;         // date
    struct text url;
    struct span url_span;
    unsigned clause_kinds;   // 1u << kind for each kind among the clauses
    struct clause *clauses, *last_clause; // in order of writing; for claims those before and after the formula
    struct item *items;      // of a scenario
    struct item *next;
};

// `# ...` to the end of its line. They mean nothing, but formatting keeps them.
struct comment {
    struct span span; // from the `#`, without the newline
    bool own_line;    // nothing but blanks before it
};
struct comment_list {
    struct comment *at;
    size_t count, room;
};

// One parsed file.
struct tree {
    const struct source *source;
    struct item *items;
    size_t item_count;
    struct comment_list comments; // in order
};

// A set of files: trees[0] is the file asked for; `used` by others follow. Made by the loader in api/.
struct forest_file {
    struct tree *tree;
    bool is_forecast;  // shipped: its claims are not checked again
    struct text forecast; // then its name; empty: it has no steps in time and goes with every forecast
    bool is_root;      // named on the command line: its claims are checked
};
// One `use`: which file took in which, and under what prefix.
struct forest_use {
    size_t from, to;    // positions in files
    struct text prefix; // empty for none
    struct span span;
};
struct forest {
    struct forest_file *files;
    size_t file_count;
    struct forest_use *uses;
    size_t use_count;
};

// ---- constructors: each returns a node on the arena ----------------------------------------------------------------------

struct expr *ast_expr(struct arena *arena, enum expr_kind kind, struct span span);
struct expr *ast_error(struct arena *arena, struct span span);
struct expr *ast_apply1(struct arena *arena, struct span span, enum op op, struct expr *a);
struct expr *ast_apply2(struct arena *arena, struct span span, enum op op, struct expr *a, struct expr *b);
struct expr *ast_apply3(struct arena *arena, struct span span, enum op op, struct expr *a, struct expr *b, struct expr *c);
// Extends an unparenthesised chain on the left, else starts one.
struct expr *ast_compare(struct arena *arena, struct span span, enum op op, struct span op_span, struct expr *a, struct expr *b);
void ast_push(struct arena *arena, struct expr *expr, struct expr *value); // appends an unlabelled argument
void ast_push_arg(struct arena *arena, struct expr *expr, struct arg arg);
struct item *ast_item(struct arena *arena, enum item_kind kind, struct span span);
struct clause *ast_clause(struct arena *arena, enum clause_kind kind, struct span span);
void ast_add_clause(struct item *item, struct clause *clause);

#endif
