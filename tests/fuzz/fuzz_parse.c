// Any bytes: the parser answers, and what it accepts prints and reads back as the same tree.
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/ast.h"
#include "dsl/diag.h"
#include "dsl/diag_print.h"
#include "dsl/equal.h"
#include "dsl/print.h"
#include "grammar/parse.h"

static const struct tree *read(struct arena *arena, struct text bytes, struct diags **diags)
{
    struct sources *sources = sources_new(arena);
    *diags = diags_new(arena, sources);
    return parse_source(arena, sources, sources_add(sources, TEXT("fuzz"), bytes), *diags);
}

static void check_round_trip(struct arena *arena, const struct tree *tree)
{
    struct buffer once = buffer_on(arena), twice = buffer_on(arena);
    struct diags *diags;
    print_tree(&once, tree);
    const struct tree *again = read(arena, buffer_text(&once), &diags);
    print_tree(&twice, again);
    bool same = diags->error_count == 0 && tree_equal(tree, again) && again->comments.count == tree->comments.count;
    if (!same || !text_equal(buffer_text(&once), buffer_text(&twice)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    jmp_buf no_memory;
    arena_init(&arena, &system_allocator, &no_memory);
    if (setjmp(no_memory) == 0) {
        struct diags *diags;
        const struct tree *tree = read(&arena, (struct text){(const char *)data, size}, &diags);
        struct buffer out = buffer_on(&arena);
        diags_print(&out, diags, true);
        if (diags->error_count == 0)
            check_round_trip(&arena, tree);
    }
    arena_reset(&arena);
    return 0;
}
