// What the files that make blends share.
#ifndef DSL_BLEND_MAKE_H
#define DSL_BLEND_MAKE_H

#include "base/arena.h"
#include "base/vector.h"
#include "dsl/blend.h"

struct blending {
    struct arena *arena;
    struct program *program;                  // a copy: what is made is added to it
    VECTOR(const struct input *) inputs;      // made here
    VECTOR(struct blend_item) items;
    VECTOR(struct override) overrides;
    VECTOR(const struct assumption *) assumptions;
    VECTOR(struct blend_twin) twins;
};

// ---- blend_node.c ------------------------------------------------------------------------------------------------------

// The hidden input that says which side is meant: 0 or 1.
const struct input *blend_switch(struct blending *blending, struct text name);
struct node *blend_input(struct blending *blending, const struct input *input, const int *members);
struct node *blend_definition(struct blending *blending, const struct definition *definition, const int *members);
// "if switch then b else a"
struct node *blend_choose(struct blending *blending, const struct input *with, struct node *b, struct node *a);
// "switch or condition", or "not switch or condition"
struct node *blend_unless(struct blending *blending, const struct input *with, bool negated, struct node *condition);
// Row-major position to members and back.
void blend_members(size_t position, size_t count, const struct index *const *params, int *members);
size_t blend_position(size_t count, const struct index *const *params, const int *members);
// "fab.d0[n7]"
struct text blend_name(struct arena *arena, struct text name, size_t count, const struct index *const *params, const int *members);
// Puts what was made into the copy of the program, and the blend on the arena.
struct blend *blend_finish(struct blending *blending, struct scenario *scenario);

// ---- blend_text.c ------------------------------------------------------------------------------------------------------

// An instance of an input, a definition, as its file says it, or as its data do; an expression on one line.
const char *blend_say_instance(struct arena *arena, const struct program *program, const struct input *input, size_t instance);
const char *blend_say_definition(struct arena *arena, const struct program *program, const struct definition *definition);
const char *blend_say(struct arena *arena, const struct expr *expr);

#endif
