#include "dsl/blend_make.h"

struct blend *blend_programs(struct arena *arena, const struct program *from, const struct program *to)
{
    (void)from;
    struct program *copy = arena_alloc(arena, sizeof *copy);
    struct scenario *scenario = arena_alloc(arena, sizeof *scenario);
    *copy = *to;
    struct blending blending = {.arena = arena, .program = copy};
    struct blend *blend = blend_finish(&blending, scenario);
    copy->ground = scenario;
    return blend;
}
