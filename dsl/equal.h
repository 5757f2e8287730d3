// Whether two trees say the same. Places, comments and parentheses do not count, nor does the order in which clauses were written.
#ifndef DSL_EQUAL_H
#define DSL_EQUAL_H

#include <stdbool.h>

#include "dsl/ast.h"

bool expr_equal(const struct expr *a, const struct expr *b); // NULL equals NULL
bool item_equal(const struct item *a, const struct item *b); // without what follows them
bool params_equal(const struct item *a, const struct item *b);
bool type_equal(const struct type_expr *a, const struct type_expr *b); // NULL equals NULL
bool clauses_equal(const struct item *a, const struct item *b, enum clause_kind kind); // their clauses of that kind, in order
bool tree_equal(const struct tree *a, const struct tree *b);

#endif
