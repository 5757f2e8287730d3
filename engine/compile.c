#include "engine/compile.h"

#include "engine/compiler.h"

void report_limit(struct compiler *compiler, struct span span, const char *what, long limit)
{
    if (compiler->failed)
        return;
    compiler->failed = true;
    struct diag *diag = diag_add(compiler->diags, DIAG_LIMIT, span, "this takes more than %ld %s", limit, what);
    diag_help(compiler->diags, diag, "use a shorter timeline, fewer members, fewer scenarios, or functions that call each other less");
}

// Compiles what was put off, deepest first. An instance that is still waiting for others when it is needed again is part of
// a circle.
static void catch_up(struct compiler *compiler)
{
    while (compiler->put_off.count > 0 && !compiler->failed) {
        struct instance *instance = compiler->put_off.at[compiler->put_off.count - 1];
        if (instance->state == INSTANCE_DONE) {
            compiler->put_off.count--;
            continue;
        }
        instance->entered = true;
        compiler->round++;
        compiler->depth = 0;
        compile_instance(compiler, instance);
    }
    compiler->put_off.count = 0;
}

value_id settle(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    for (;;) {
        size_t before = compiler->unsettled;
        compiler->round++;
        compiler->depth = 0;
        if (spot->recorder != NULL)
            spot->recorder->drafts.count = spot->recorder->claims.count = 0;
        value_id value = compile_node(compiler, node, spot);
        if (compiler->unsettled == before || compiler->failed)
            return value;
        catch_up(compiler);
    }
}

// What is only needed while compiling: given back at the end, or with the model when memory runs out on the way.
static struct arena *scratch_for(struct arena *arena)
{
    struct arena *scratch = arena_alloc(arena, sizeof *scratch);
    arena_init(scratch, arena->allocator, arena->no_memory);
    scratch->limit = arena->limit;
    return scratch;
}

static void give_back(void *scratch)
{
    arena_reset(scratch);
}

static struct compiler *compiler_on(struct arena *arena, const struct program *program, struct diags *diags)
{
    struct arena *scratch = scratch_for(arena);
    arena_defer(arena, give_back, scratch);
    struct compiler *compiler = arena_alloc(scratch, sizeof *compiler);
    *compiler = (struct compiler){.arena = arena, .scratch = scratch, .program = program, .diags = diags, .expression = NO_VALUE};
    builder_init(&compiler->builder, scratch, LIMIT_INSTRUCTIONS);
    compiler->instances = map_on(scratch);
    worlds_init(&compiler->worlds, scratch, program);
    number_draws(compiler);
    return compiler;
}

static struct model *compile(struct compiler *compiler)
{
    compile_questions(compiler);
    struct model *model = compiler->failed ? NULL : finish_model(compiler);
    if (model != NULL)
        correlate_draws(compiler, model);
    return model;
}

struct model *compile_open(struct arena *arena, const struct program *program, struct diags *diags, struct compiler **opened)
{
    *opened = compiler_on(arena, program, diags);
    return compile(*opened);
}

struct model *compile_program(struct arena *arena, const struct program *program, struct diags *diags)
{
    struct compiler *compiler;
    struct model *model = compile_open(arena, program, diags, &compiler);
    arena_reset(compiler->scratch);
    return model;
}

struct model *compile_freed(struct arena *arena, const struct program *program, const bool *asked, struct diags *diags)
{
    struct compiler *compiler = compiler_on(arena, program, diags);
    compiler->asked = asked;
    struct model *model = compile(compiler);
    arena_reset(compiler->scratch);
    return model;
}
