// Tree to text, in the one form `crux fmt` keeps.
//
// What is printed reads back as the same tree (dsl/equal.h), and printing that gives the same text again. Comments stay: those
// beside a part of a statement stay beside it, those inside an expression move to the line before. Lines are broken at 80 columns
// where an expression allows it.
#ifndef DSL_PRINT_H
#define DSL_PRINT_H

struct buffer;
struct expr;
struct tree;
struct type_expr;

void print_tree(struct buffer *out, const struct tree *tree);

// For readings and messages: one line, with the fewest parentheses that keep the meaning.
void print_expr(struct buffer *out, const struct expr *expr);

void print_type(struct buffer *out, const struct type_expr *type); // behind a colon: "1/cm^2", "date"

#endif
