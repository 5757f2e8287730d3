#include "tests/support/compared.h"

#include <criterion/criterion.h>
#include <setjmp.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "engine/compile.h"
#include "tests/support/observed.h"

static jmp_buf no_memory;

static void open_arenas(struct compared_case *it)
{
    if (setjmp(no_memory))
        abort();
    arena_init(&it->arena, &system_allocator, &no_memory);
    arena_init(&it->scratch, &system_allocator, &no_memory);
    it->options = (struct judge_options){.seed = 1, .threads = 2, .no_proofs = true};
}

void compared_open(struct compared_case *it, const char *source)
{
    *it = (struct compared_case){0};
    open_arenas(it);
    checked_make(&it->checked, source);
    cr_assert_str_eq(checked_codes(&it->checked), "");
}

const struct scenario *compared_scenario(const struct compared_case *it, const char *name)
{
    const struct program *program = it->checked.program;
    for (size_t i = 1; i < program->scenario_count; i++)
        if (text_is(program->scenarios[i]->name, name))
            return program->scenarios[i];
    cr_assert_str_empty(name, "no scenario %s", name);
    return program->scenarios[0];
}

static void judge(struct compared_case *it)
{
    const struct model *model = compile_program(&it->arena, it->blend->program, it->checked.diags), *before = NULL;
    cr_assert(model, "%s", checked_codes(&it->checked));
    if (it->blend->before != NULL)
        before = compile_program(&it->arena, it->blend->before->program, it->checked.diags);
    it->compared = judge_compare(&it->arena, &it->scratch, it->blend, model, before, &it->options);
}

void compared_scenarios(struct compared_case *it, const char *a, const char *b)
{
    it->blend = blend_scenarios(&it->arena, it->checked.program, compared_scenario(it, a), compared_scenario(it, b));
    judge(it);
}

void compared_data(struct compared_case *it, const char *source, const struct observed *rows, const char *from, const char *to)
{
    *it = (struct compared_case){0};
    open_arenas(it);
    checked_with_data(&it->from, source, rows, from);
    checked_with_data(&it->checked, source, rows, to);
    cr_assert_str_empty(checked_codes(&it->from), "%s", checked_codes(&it->from));
    cr_assert_str_empty(checked_codes(&it->checked), "%s", checked_codes(&it->checked));
    it->blend = blend_programs(&it->arena, it->from.program, it->checked.program);
    judge(it);
}

void compared_close(struct compared_case *it)
{
    arena_reset(&it->arena);
    arena_reset(&it->scratch);
    checked_free(&it->checked);
    if (it->from.program != NULL)
        checked_free(&it->from);
}

const struct compared_claim *compared_claim(const struct compared_case *it, const char *name)
{
    for (size_t i = 0; i < it->compared->claim_count; i++)
        if (text_is(it->compared->claims[i].name, name))
            return &it->compared->claims[i];
    cr_assert_fail("no claim %s", name);
    return NULL;
}

const struct compared_item *compared_item(const struct compared_case *it, const struct compared_claim *claim, const char *name)
{
    for (size_t i = 0; i < claim->item_count; i++)
        if (text_is(it->blend->items[claim->items[i].item].name, name))
            return &claim->items[i];
    return NULL;
}

const char *compared_sets(struct compared_case *it, const struct compared_claim *claim)
{
    struct buffer out = buffer_on(&it->arena);
    buffer_add_string(&out, "");
    for (size_t s = 0; s < claim->set_count; s++) {
        buffer_add_string(&out, s > 0 ? " |" : "");
        for (size_t i = 0; i < claim->sets[s].count; i++) {
            buffer_add_string(&out, s + i > 0 ? " " : "");
            buffer_add(&out, it->blend->items[claim->sets[s].items[i]].name);
        }
    }
    return out.at != NULL ? out.at : "";
}
