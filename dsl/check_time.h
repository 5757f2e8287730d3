// Dates, windows and defaults in time: what check_time.c, check_phrase.c and check_formula.c share.
#ifndef DSL_CHECK_TIME_H
#define DSL_CHECK_TIME_H

#include "dsl/checker.h"

// "2025Q2"
const char *step_words(struct checker *checker, int step);
// The step as a tree to print: 2027, 2027Q4, 2027-04.
struct expr *step_expr(struct checker *checker, int step);
// The first instant of a step, as a node.
struct node *step_node(struct checker *checker, const struct expr *expr, int step);
// `x at A`, `x during A .. B` or `x throughout A .. B` over steps, as a tree to print; a condition is put in parentheses where it needs them.
struct expr *phrase_expr(struct checker *checker, enum phrase phrase, const struct expr *x, int first, int last);
// The tree with every time phrase that was checked since rewrites[mark] replaced by its explicit form.
const struct expr *explicit_expr(struct checker *checker, const struct expr *expr, size_t mark);
void note_rewrite(struct checker *checker, const struct expr *from, const struct expr *to);

#endif
