// Random trees such as the parser could have built, for round trips.
#ifndef TESTS_SUPPORT_RANDOM_TREE_H
#define TESTS_SUPPORT_RANDOM_TREE_H

#include <stdint.h>

#include "dsl/ast.h"

// An expression of at most `depth` levels. All have a text that reads back as the same tree.
struct expr *random_expr(struct arena *arena, uint64_t *state, unsigned depth);

// A statement of any kind, and a list of `count` of them.
struct item *random_item(struct arena *arena, uint64_t *state);
struct tree *random_tree(struct arena *arena, uint64_t *state, unsigned count);

#endif
