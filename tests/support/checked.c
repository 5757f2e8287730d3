#include "tests/support/checked.h"

#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "dsl/check.h"
#include "dsl/reading.h"
#include "grammar/parse.h"
#include "tests/support/observed.h"

static jmp_buf no_memory;

static void make(struct checked *checked, const char *text, const struct observed *rows, const char *vintage)
{
    if (setjmp(no_memory))
        abort();
    arena_init(&checked->arena, &system_allocator, &no_memory);
    struct arena *arena = &checked->arena;
    struct sources *sources = sources_new(arena);
    checked->diags = diags_new(arena, sources);
    const struct source *source = sources_add(sources, TEXT("test.crux"), text_of(text));
    struct forest_file *file = arena_alloc(arena, sizeof *file);
    *file = (struct forest_file){.tree = parse_source(arena, sources, source, checked->diags), .is_root = true};
    struct forest *forest = arena_alloc(arena, sizeof *forest);
    *forest = (struct forest){.files = file, .file_count = 1};
    struct check_options *options = arena_alloc(arena, sizeof *options);
    *options = (struct check_options){.vintage = NAN};
    if (rows) {
        struct observer *observer = arena_alloc(arena, sizeof *observer);
        *observer = observed_at(arena, rows, vintage);
        options->observer = observer;
        options->vintage = observer->vintage;
    }
    checked->program = check_forest(arena, forest, options, checked->diags);
}

void checked_make(struct checked *checked, const char *text)
{
    make(checked, text, NULL, NULL);
}

void checked_reference(struct checked *checked)
{
    static char text[1 << 16];
    FILE *file = fopen("bench/reference.crux", "rb");
    if (!file) {
        fputs("run me from the root of the repository\n", stderr);
        abort();
    }
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    fclose(file);
    checked_make(checked, text);
}

void checked_with_data(struct checked *checked, const char *text, const struct observed *rows, const char *vintage)
{
    make(checked, text, rows, vintage);
}

void checked_free(struct checked *checked)
{
    arena_reset(&checked->arena);
}

const struct claim *checked_claim(const struct checked *checked, const char *name)
{
    for (size_t i = 0; i < checked->program->claim_count; i++)
        if (text_is(checked->program->claims[i]->name, name))
            return checked->program->claims[i];
    return NULL;
}

const struct input *checked_input(const struct checked *checked, const char *name)
{
    for (size_t i = 0; i < checked->program->input_count; i++)
        if (text_is(checked->program->inputs[i]->name, name))
            return checked->program->inputs[i];
    return NULL;
}

bool checked_has(const struct checked *checked, const char *code)
{
    for (const struct diag *diag = checked->diags->first; diag; diag = diag->next)
        if (strcmp(diag_kinds[diag->code].code, code) == 0)
            return true;
    return false;
}

const char *checked_codes(struct checked *checked)
{
    struct buffer codes = buffer_on(&checked->arena);
    for (const struct diag *diag = checked->diags->first; diag; diag = diag->next)
        buffer_printf(&codes, "%s%s", codes.length ? " " : "", diag_kinds[diag->code].code);
    return codes.length ? codes.at : "";
}

const char *checked_reading(struct checked *checked, const char *name)
{
    struct buffer reading = buffer_on(&checked->arena);
    const struct claim *claim = checked_claim(checked, name);
    if (!claim)
        return "no such claim";
    reading_write(&reading, checked->program, claim, NULL, -1);
    return reading.at;
}
