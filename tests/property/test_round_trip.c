// Any tree, printed and read again, is the same tree; printed once more, the same text.
#include <criterion/criterion.h>

#include "dsl/equal.h"
#include "tests/support/parsed.h"
#include "tests/support/random.h"
#include "tests/support/random_tree.h"

TestSuite(round_trip, .init = parsed_begin, .fini = parsed_end);

enum { TREES = 400, EXPRESSIONS = 4000 };

Test(round_trip, printed_trees_read_back)
{
    uint64_t seed = random_seed(), state = seed;
    for (int round = 0; round < TREES; round++) {
        struct arena_mark mark = arena_mark(parsed_arena());
        const struct tree *tree = random_tree(parsed_arena(), &state, 12);
        const char *text = printed_tree(tree);
        struct parsed again = parsed_string(text);
        cr_assert(again.diags->error_count == 0, "seed %llu, round %d:\n%s", (unsigned long long)seed, round, printed_diags(again.diags));
        const struct item *b = again.tree->items;
        for (const struct item *a = tree->items; a != NULL; a = a->next, b = b->next)
            cr_assert(b != NULL && item_equal(a, b), "seed %llu, round %d: another tree\n%s", (unsigned long long)seed, round, text);
        cr_assert_str_eq(printed_tree(again.tree), text, "seed %llu, round %d", (unsigned long long)seed, round);
        arena_release(parsed_arena(), mark);
    }
}

Test(round_trip, readings_have_enough_parentheses)
{
    uint64_t seed = random_seed(), state = seed;
    for (int round = 0; round < EXPRESSIONS; round++) {
        struct arena_mark mark = arena_mark(parsed_arena());
        const struct expr *expr = random_expr(parsed_arena(), &state, 4);
        const char *text = printed_expr(expr);
        const struct expr *again = parsed_expression(text, NULL);
        cr_assert(expr_equal(expr, again), "seed %llu, round %d: %s\nis %s\nnot %s", (unsigned long long)seed, round, text,
                  dump_expr(again), dump_expr(expr));
        arena_release(parsed_arena(), mark);
    }
}
