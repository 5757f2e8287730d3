// What the files behind crux_explain_name share.
#ifndef API_EXPLAIN_H
#define API_EXPLAIN_H

#include "api/run.h"

struct input;
struct program;

// `instance` SIZE_MAX: all of the input's members, and not what they move.
void explain_input(struct run *run, const struct program *program, const struct input *input, size_t instance);

#endif
