// Program -> model.
#ifndef ENGINE_COMPILE_H
#define ENGINE_COMPILE_H

#include <stdbool.h>

struct arena;
struct diags;
struct model;
struct program;

// NULL only when a limit was passed (LIMIT_INSTRUCTIONS, LIMIT_INSTANCES); the reason is a diagnostic.
struct model *compile_program(struct arena *arena, const struct program *program, struct diags *diags);

// Only the claims that are asked for (by their position in the program), without variants and related ones. Inputs that are known
// are columns too, of LAW_KNOWN, as if they could be something else (judge/widen.h moves them).
struct model *compile_freed(struct arena *arena, const struct program *program, const bool *asked, struct diags *diags);

#endif
