// Text to tree.
//
// Each function reads one source whole, adds a diagnostic for every mistake (with the place, and what to write instead) and
// returns what could be read; what could not is EXPR_ERROR or ITEM_ERROR. The tree lives on `arena` and keeps slices of the
// source's bytes. Never NULL. `sources` holds the source, so that its places can be shown. Limits (dsl/limits.h) and encoding are checked before anything is scanned.
#ifndef GRAMMAR_PARSE_H
#define GRAMMAR_PARSE_H

struct arena;
struct diags;
struct expr;
struct item;
struct source;
struct sources;
struct tree;

// A file, or any list of statements.
struct tree *parse_source(struct arena *arena, struct sources *sources, const struct source *source, struct diags *diags);

// One expression, range or spread: `compute[china] at 2027`, `3 to 5 GW`.
struct expr *parse_expression(struct arena *arena, struct sources *sources, const struct source *source, struct diags *diags);

// `fab.d0[n7] = 0.3/cm^2` as an ITEM_SET.
struct item *parse_set(struct arena *arena, struct sources *sources, const struct source *source, struct diags *diags);

#endif
