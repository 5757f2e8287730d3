// What the printer's files share.
#ifndef DSL_PRINT_PARTS_H
#define DSL_PRINT_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "dsl/ast.h"

enum { PRINT_WIDTH = 80 };

// How tightly an expression holds together: the levels of the grammar. A looser one inside a tighter place needs parentheses.
enum tightness {
    TIGHT_LOOSE, // ranges, spreads, data, tables: only as a whole right side or argument
    TIGHT_EXPR,  // implies, every, if
    TIGHT_UNLESS,
    TIGHT_OR,
    TIGHT_AND,
    TIGHT_NOT,
    TIGHT_POST, // comparisons and phrases
    TIGHT_SUM,
    TIGHT_TERM,
    TIGHT_UNARY,
    TIGHT_POWER,
    TIGHT_PRIMARY,
};

struct style {
    bool keep_parentheses; // those the author wrote
    size_t limit;          // stop when the buffer is longer: the text is thrown away then
};

// An expression in a place that wants `place` or tighter, on one line.
void write_flat(struct buffer *out, const struct expr *expr, enum tightness place, struct style style);

// The same with the author's parentheses, broken where the line is full. New lines start at `indent`.
void write_broken(struct buffer *out, const struct expr *expr, enum tightness place, size_t indent);

// A right side: a sum, or a loose form.
enum tightness value_place(const struct expr *value);

enum tightness tightness_of(const struct expr *expr);
bool needs_parentheses(const struct expr *expr, enum tightness place, struct style style);
// The places of an operator's first and other operands.
enum tightness first_place(const struct expr *expr);
enum tightness other_place(const struct expr *expr);

void write_arg_head(struct buffer *out, const struct arg *arg); // "label: "
void write_arg_tail(struct buffer *out, const struct arg *arg, struct style style); // " given G", " over a in S"
void write_quantifier(struct buffer *out, const struct expr *expr); // "every i in S:", "at least 2 of "
void write_names(struct buffer *out, struct name_list names);

size_t current_column(const struct buffer *out);
void new_line(struct buffer *out, size_t indent);

#endif
