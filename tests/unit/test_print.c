#include "dsl/print.h"

#include <criterion/criterion.h>
#include <string.h>

#include "dsl/equal.h"
#include "tests/support/golden.h"
#include "tests/support/parsed.h"

TestSuite(print, .init = parsed_begin, .fini = parsed_end);

Test(print, writes_no_parentheses_that_mean_nothing)
{
    static const char *const cases[][2] = {
        {"((a) + (b * c))", "a + b * c"},
        {"(a + b) * c", "(a + b) * c"},
        {"a - (b - c)", "a - (b - c)"},
        {"(a - b) - c", "a - b - c"},
        {"a / (b * c)", "a / (b * c)"},
        {"-(a^2)", "-a^2"},
        {"(-a)^2", "(-a)^2"},
        {"a^(b^c)", "a^b^c"},
        {"(a^b)^c", "(a^b)^c"},
        {"2^(-1)", "2^-1"},
        {"(5 GW)^2", "(5 GW)^2"},
        {"(a < b) < c", "(a < b) < c"},
        {"((a < b) at 2027) and c", "a < b at 2027 and c"},
        {"F until (gap < 2)", "F until (gap < 2)"},
        {"(a implies b) implies c", "(a implies b) implies c"},
        {"a implies (b implies c)", "a implies b implies c"},
        {"(every i in S: a) and b", "(every i in S: a) and b"},
        {"not (a and b)", "not (a and b)"},
        {"(if a then b else c) + 1", "(if a then b else c) + 1"},
        {"40 %", "40%"},
        {"2.9M chip", "2.9M chip"},
        {"0.22 /cm^2", "0.22 /cm^2"},
        {"2 s^-1*m", "2 s^-1*m"},
        {"x in 1..2", "x in 1 .. 2"},
        {"f(a:3,b over i in S,P given Q)", "f(a: 3, b over i in S, P given Q)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_str_eq(printed_expr(parsed_expression(cases[i][0], NULL)), cases[i][1], "%s", cases[i][0]);
}

static size_t comment_bytes(const struct tree *tree)
{
    size_t bytes = 0;
    for (size_t i = 0; i < tree->comments.count; i++)
        bytes += tree->comments.at[i].span.end - tree->comments.at[i].span.start;
    return bytes;
}

static const char *check_form(const char *path)
{
    struct parsed first = parsed_text(path, parsed_file(path));
    cr_expect(first.diags->count == 0, "%s", printed_diags(first.diags));
    const char *once = printed_tree(first.tree);
    struct parsed second = parsed_string(once);
    cr_expect(second.diags->count == 0, "%s: %s\n%s", path, printed_diags(second.diags), once);
    cr_expect(tree_equal(first.tree, second.tree), "%s: another tree\n%s", path, once);
    cr_expect(first.tree->comments.count == second.tree->comments.count && comment_bytes(first.tree) == comment_bytes(second.tree),
              "%s: comments are lost\n%s", path, once);
    cr_expect_str_eq(printed_tree(second.tree), once, "%s", path);
    return once;
}

Test(print, keeps_meaning_and_comments_and_settles_at_once)
{
    struct paths paths = paths_in("tests/cases/language", ".crux");
    cr_assert(paths.count > 0);
    for (size_t i = 0; i < paths.count; i++)
        golden_check(golden_path(paths.at[i], ".expected"), check_form(paths.at[i]));
    paths = (struct paths){0};
    paths_add_claims(&paths);
    for (size_t i = 0; i < paths.count; i++)
        check_form(paths.at[i]);
}

Test(print, breaks_lines_at_80_columns)
{
    struct parsed parsed = parsed_text("x", parsed_file("tests/cases/language/claims.crux"));
    const char *text = printed_tree(parsed.tree);
    for (const char *line = text; *line != '\0';) {
        size_t length = strcspn(line, "\n");
        bool breakable = memchr(line, '"', length) == NULL && memchr(line, '#', length) == NULL;
        cr_expect(!breakable || length <= 80, "%.*s", (int)length, line);
        line += length + (line[length] == '\n');
    }
}

Test(print, puts_clauses_in_their_order)
{
    struct parsed parsed = parsed_string("claim c with x = 3 under s cite a on 2025 by \"B\" \"text\" : y expect refuted level 90%");
    cr_assert_str_eq(printed_tree(parsed.tree),
                     "claim c\n  \"text\"\n  by \"B\" on 2025\n  cite a\n  under s\n  with x = 3\n  : y\n  level 90%\n  expect refuted\n");
}

Test(print, writes_trees_that_no_text_gave)
{
    struct arena *arena = parsed_arena();
    struct expr *number = ast_expr(arena, EXPR_NUMBER, (struct span){0});
    number->number = 0.3;
    number->percent = true;
    struct expr *sum = ast_apply2(arena, (struct span){0}, OP_ADD, number, number);
    cr_assert_str_eq(printed_expr(ast_apply2(arena, (struct span){0}, OP_MUL, sum, number)), "(30% + 30%) * 30%");
}
