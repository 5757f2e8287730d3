// Whether two trees say the same. Places, comments and parentheses do not count, nor does the order in which clauses were written.
#ifndef DSL_EQUAL_H
#define DSL_EQUAL_H

#include <stdbool.h>

struct expr;
struct item;
struct tree;

bool expr_equal(const struct expr *a, const struct expr *b); // NULL equals NULL
bool item_equal(const struct item *a, const struct item *b); // without what follows them
bool tree_equal(const struct tree *a, const struct tree *b);

#endif
