// Program -> model.
#ifndef ENGINE_COMPILE_H
#define ENGINE_COMPILE_H

struct arena;
struct diags;
struct model;
struct program;

// NULL only when a limit was passed (LIMIT_INSTRUCTIONS, LIMIT_INSTANCES); the reason is a diagnostic.
struct model *compile_program(struct arena *arena, const struct program *program, struct diags *diags);

#endif
