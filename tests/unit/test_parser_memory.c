// Whatever allocation fails while a text is read and printed, everything is given back.
#include <criterion/criterion.h>
#include <setjmp.h>

#include "base/arena.h"
#include "dsl/diag_print.h"
#include "dsl/print.h"
#include "grammar/parse.h"
#include "tests/support/failing_allocator.h"
#include "tests/support/parsed.h"

TestSuite(parser_memory, .init = parsed_begin, .fini = parsed_end);

// Reads and prints with an allocator that fails; false when it did not get through.
static bool gets_through(struct failing_allocator *memory, struct text bytes)
{
    struct arena arena;
    jmp_buf no_memory;
    volatile bool through = false;
    arena_init(&arena, &memory->allocator, &no_memory);
    if (setjmp(no_memory) == 0) {
        struct sources *sources = sources_new(&arena);
        struct diags *diags = diags_new(&arena, sources);
        const struct tree *tree = parse_source(&arena, sources, sources_add(sources, TEXT("text"), bytes), diags);
        struct buffer out = buffer_on(&arena);
        print_tree(&out, tree);
        diags_print(&out, diags, false);
        through = true;
    }
    arena_reset(&arena);
    return through;
}

static void fail_each(struct text bytes)
{
    size_t fail_at = 0;
    for (bool through = false; !through; fail_at++) {
        struct failing_allocator memory;
        failing_allocator_init(&memory, fail_at);
        through = gets_through(&memory, bytes);
        cr_assert(memory.live_bytes == 0 && memory.live_blocks == 0, "allocation %zu: %zu bytes are left", fail_at, memory.live_bytes);
        cr_assert(fail_at < 10000);
    }
    cr_assert(fail_at > 3);
}

Test(parser_memory, gives_everything_back)
{
    fail_each(parsed_file("tests/cases/language/expressions.crux"));
    fail_each(parsed_file("tests/cases/language/comments.crux"));
    fail_each(parsed_file("tests/cases/syntax/E101-words.crux"));
}
