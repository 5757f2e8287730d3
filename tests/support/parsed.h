// Texts to trees for tests. Use as TestSuite(name, .init = parsed_begin, .fini = parsed_end): everything lives until the test ends.
#ifndef TESTS_SUPPORT_PARSED_H
#define TESTS_SUPPORT_PARSED_H

#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/ast.h"
#include "dsl/diag.h"
#include "dsl/source.h"

void parsed_begin(void);
void parsed_end(void);
struct arena *parsed_arena(void);

struct parsed {
    const struct tree *tree;
    struct diags *diags;
};
struct parsed parsed_text(const char *path, struct text bytes);
struct parsed parsed_string(const char *string);

// One expression; *errors counts its diagnostics, NULL when there must be none.
const struct expr *parsed_expression(const char *string, size_t *errors);

struct text parsed_file(const char *path); // the bytes of a file; the test fails when it cannot be read

// The paths in a folder that end with `ending`, sorted.
struct paths {
    const char **at;
    size_t count, room;
};
struct paths paths_in(const char *folder, const char *ending);
void paths_add_claims(struct paths *paths); // every shipped claim and forecast file

// "(implies (< fab.yield[n7] 40%) (at (> gap 5) 2027))": shows what binds to what.
const char *dump_expr(const struct expr *expr);

const char *printed_tree(const struct tree *tree);
const char *printed_expr(const struct expr *expr);
const char *printed_diags(const struct diags *diags);

#endif
