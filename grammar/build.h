// What the parser's actions call, so that each of them is a line: every function only builds.
#ifndef GRAMMAR_BUILD_H
#define GRAMMAR_BUILD_H

#include "grammar/state.h"

// A name in front of a statement's colon or equals sign, with its brackets.
struct declared {
    struct name name;
    struct param_list params;
};

struct clause_list {
    struct clause *first, *last;
};

// expressions
struct expr *build_ref(struct parse *p, struct span span, struct name name, struct arg_list args);
struct expr *build_call(struct parse *p, struct span span, struct name name, struct arg_list args);
struct expr *build_list(struct parse *p, enum expr_kind kind, struct span span, struct arg_list args);
struct expr *build_operator(struct parse *p, struct span span, enum op op, struct span op_span, struct expr *a, struct expr *b);
struct expr *build_third(struct parse *p, struct expr *expr, struct expr *c); // one more argument
struct expr *build_compare(struct parse *p, struct span span, enum op op, struct span op_span, struct expr *a, struct expr *b);
struct expr *build_three(struct parse *p, enum expr_kind kind, struct span span, struct expr *a, struct expr *b, struct expr *c);
struct expr *build_time(struct parse *p, struct span span, enum phrase phrase, struct span word, struct expr *x, struct expr *a);
struct expr *build_under(struct parse *p, struct span span, struct span word, struct expr *x, struct name scenario);
struct expr *build_quantified(struct parse *p, struct span span, enum quantifier quantifier, struct expr *count, struct param over,
                              struct expr *body);
struct expr *build_counted(struct parse *p, struct span span, enum quantifier quantifier, struct expr *count, struct arg_list args);
struct expr *build_data(struct parse *p, struct span span, struct text subject, struct name from, bool hold);
struct expr *build_quantity(struct expr *number, struct unit_expr *unit, struct span span);
struct expr *in_parentheses(struct expr *expr, struct span span);
struct arg_list push_arg(struct parse *p, struct arg_list list, struct arg arg);
struct arg_list push_value(struct parse *p, struct arg_list list, struct expr *value);
struct name_list push_name(struct parse *p, struct name_list list, struct name name);
struct param_list push_param(struct parse *p, struct param_list list, struct param param);

// types
struct unit_expr *unit_one(struct parse *p, struct expr *one, struct span span);
struct unit_expr *unit_times(struct parse *p, struct unit_expr *unit, struct unit_factor factor, bool divided, struct span span);
struct unit_factor unit_factor_of(struct parse *p, struct name word, struct expr *power, bool negative, struct span span);
void unit_push(struct arena *arena, struct unit_expr *unit, struct unit_factor factor);
struct type_expr *build_type(struct parse *p, struct unit_expr *unit, struct span span);
struct param typed_param(struct name name, const struct type_expr *type);

// statements
struct item *build_item(struct parse *p, enum item_kind kind, struct span span, struct declared declared, struct expr *value);
struct item *begin_item(struct parse *p, enum item_kind kind, struct span span);
struct item *finish_item(struct item *item, struct span span, struct declared declared, struct expr *value);
struct clause *build_clause(struct parse *p, enum clause_kind kind, struct span span, struct expr *target, struct expr *value);
struct clause *named_clause(struct parse *p, enum clause_kind kind, struct span span, struct name name, struct name_list names);
struct item *with_text(struct parse *p, struct item *item, struct span text);
struct item *with_by(struct parse *p, struct item *item, struct span span, struct span text);
struct item *with_in(struct parse *p, struct item *item, struct name source);
struct item *with_on(struct parse *p, struct item *item, struct expr *date);
struct item *with_url(struct parse *p, struct item *item, struct span url);
struct clause_list push_clause(struct parse *p, struct clause_list list, struct clause *clause);
// Where a verdict is expected: each of the two may be empty.
struct expect_under {
    struct name scenario, forecast;
};
struct clause *expect_clause(struct parse *p, struct span span, struct name verdict, struct arg_list refs, struct expect_under under);
struct item *finish_claim(struct parse *p, struct item *head, struct clause_list tail, struct span span,
                          struct declared declared, struct expr *formula);
struct item *with_clause(struct parse *p, struct item *item, struct clause *clause);
struct item_list push_item(struct parse *p, struct item_list list, struct item *item);
void note_error(struct parse *p, struct span span); // after recovery: keeps the name of what could not be read

#endif
