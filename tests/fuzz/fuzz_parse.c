// Any bytes through the parser and the printer: what parses without a mistake is printed, and the print is the same tree again
// and prints the same.
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/ast.h"
#include "dsl/diag.h"
#include "dsl/equal.h"
#include "dsl/print.h"
#include "dsl/source.h"
#include "grammar/parse.h"

struct reading {
    struct sources *sources;
    struct diags *diags;
    struct tree *tree;
    struct text print;
};

static void check_places(const struct reading *reading)
{
    for (const struct diag *diag = reading->diags->first; diag != NULL; diag = diag->next)
        for (size_t i = 0; i < diag->label_count; i++) {
            struct span span = diag->labels[i].span;
            struct place place = sources_place(reading->sources, span.start);
            if (span.end < span.start || place.source == NULL)
                abort();
        }
}

static struct reading read_and_print(struct arena *arena, struct text bytes)
{
    struct reading reading = {.sources = sources_new(arena)};
    reading.diags = diags_new(arena, reading.sources);
    const struct source *source = sources_add(reading.sources, TEXT("input.crux"), bytes);
    reading.tree = parse_source(arena, reading.sources, source, reading.diags);
    check_places(&reading);
    if (reading.diags->error_count > 0)
        return reading;
    struct buffer out = buffer_on(arena);
    print_tree(&out, reading.tree);
    reading.print = buffer_text(&out);
    return reading;
}

static void parse(struct arena *arena, struct text bytes)
{
    struct reading once = read_and_print(arena, bytes);
    if (once.diags->error_count > 0)
        return;
    struct reading twice = read_and_print(arena, once.print);
    if (twice.diags->error_count > 0 || !tree_equal(once.tree, twice.tree) || !text_equal(once.print, twice.print))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    jmp_buf no_memory;
    struct arena arena;
    arena_init(&arena, &system_allocator, &no_memory);
    if (setjmp(no_memory) == 0)
        parse(&arena, (struct text){(const char *)data, size});
    arena_reset(&arena);
    return 0;
}
