// bench/reference.crux, or a text made from it, read and compiled, and the values of it that the peers return.
#ifndef BENCH_REFERENCE_H
#define BENCH_REFERENCE_H

#include "base/arena.h"
#include "bench/measure.h"
#include "dsl/ast.h"
#include "dsl/check.h"
#include "dsl/diag.h"
#include "engine/compile.h"
#include "engine/model.h"
#include "grammar/parse.h"

static inline struct text reference_read(struct arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        exit(1);
    }
    char *bytes = arena_alloc(arena, 1 << 20);
    const size_t length = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return (struct text){bytes, length};
}

static inline const struct model *text_compiled(struct arena *arena, struct text bytes)
{
    struct sources *sources = sources_new(arena);
    struct diags *diags = diags_new(arena, sources);
    const struct source *source = sources_add(sources, TEXT("reference.crux"), bytes);
    struct forest_file file = {.tree = parse_source(arena, sources, source, diags), .is_root = true};
    const struct forest forest = {.files = &file, .file_count = 1};
    const struct check_options options = {.vintage = NAN};
    const struct program *program = check_forest(arena, &forest, &options, diags);
    const struct model *model = compile_program(arena, program, diags);
    if (diags->error_count > 0 || model == NULL)
        exit(1);
    return model;
}

static inline const struct model *reference_compiled(struct arena *arena, struct text bytes)
{
    const struct model *model = text_compiled(arena, bytes);
    if (model->question_count != MODEL_OUTPUTS)
        exit(1);
    return model;
}

// The left side of each claim's comparison.
static inline void reference_roots(const struct model *model, value_id roots[static MODEL_OUTPUTS])
{
    for (size_t o = 0; o < MODEL_OUTPUTS; o++)
        roots[o] = model->questions[o].comparisons[0].at[0].left;
}

#endif
