// A copy of a tree in which some names are others: when two files are put side by side, what both call alike and mean differently.
#ifndef DSL_RENAME_H
#define DSL_RENAME_H

#include <stddef.h>

#include "base/text.h"

struct arena;
struct expr;
struct item;

struct rename {
    struct text from, to;
};
struct renames {
    struct rename *at;
    size_t count, room;
};

// With no renames, or NULL, the very same node. Names that a statement declares stay; members in brackets and labels do too.
struct expr *expr_renamed(struct arena *arena, const struct renames *renames, struct expr *expr);
// A copy of the statement, of its clauses and of what stands in it, without what follows it.
struct item *item_renamed(struct arena *arena, const struct renames *renames, const struct item *item);

#endif
