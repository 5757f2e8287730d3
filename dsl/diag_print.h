// Diagnostics as text for people.
//
//     thread.crux:2:14: error[E101]: expected a value after `+`, found `)`
//          2 | let c = (4 + )
//            |              ^
//            = help: ...
//
// The line is the author's own, with marks under it: ^ for the place itself, ~ for other places that matter. Tabs become blanks,
// long lines are cut around the mark, and what could disturb a terminal is shown as a replacement character. Columns are code
// points, from 1.
#ifndef DSL_DIAG_PRINT_H
#define DSL_DIAG_PRINT_H

#include <stdbool.h>

struct buffer;
struct diag;
struct diags;

void diag_print(struct buffer *out, const struct diags *diags, const struct diag *diag, bool colour);

// All of them in the order of their places, an empty line between two, and how many more there are beyond the limit.
void diags_print(struct buffer *out, const struct diags *diags, bool colour);

#endif
