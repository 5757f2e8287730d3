#include "dsl/diag.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "dsl/diag_print.h"
#include "dsl/limits.h"
#include "tests/support/golden.h"
#include "tests/support/parsed.h"

TestSuite(diag, .init = parsed_begin, .fini = parsed_end);

static struct diags *diags_for(const char *text)
{
    struct sources *sources = sources_new(parsed_arena());
    sources_add(sources, TEXT("a.crux"), text_of(text));
    return diags_new(parsed_arena(), sources);
}

static struct span at(const struct diags *diags, uint32_t start, uint32_t end)
{
    uint32_t base = diags->sources->at[0]->base;
    return (struct span){base + start, base + end};
}

Test(diag, has_one_row_for_each_code)
{
    for (int i = 0; i < DIAG_COUNT; i++) {
        const char *code = diag_kinds[i].code;
        cr_expect(strlen(code) == 4 && (code[0] == 'E') == (diag_kinds[i].severity == SEVERITY_ERROR), "%s", code);
        for (int j = 0; j < i; j++)
            cr_expect_str_neq(code, diag_kinds[j].code);
    }
}

Test(diag, keeps_one_message_for_one_fault)
{
    struct diags *diags = diags_for("let a = 3");
    diag_add(diags, DIAG_SYNTAX, at(diags, 4, 5), "first");
    struct diag *again = diag_add(diags, DIAG_SYNTAX, at(diags, 4, 5), "second");
    diag_label(diags, again, at(diags, 0, 3), "lost");
    diag_add(diags, DIAG_KEYWORD, at(diags, 4, 5), "another code");
    diag_add(diags, DIAG_DIGITS_MINUS, at(diags, 0, 1), "a warning");
    cr_assert(diags->count == 3 && diags->error_count == 2 && diags->warning_count == 1);
    cr_assert(diags->first->label_count == 1);
}

Test(diag, sorts_by_place)
{
    struct diags *diags = diags_for("0123456789");
    diag_add(diags, DIAG_SYNTAX, at(diags, 7, 8), "c");
    diag_add(diags, DIAG_SYNTAX, at(diags, 2, 3), "a");
    diag_add(diags, DIAG_KEYWORD, at(diags, 2, 3), "b");
    size_t count;
    const struct diag **sorted = diags_sorted(diags, parsed_arena(), &count);
    cr_assert(count == 3);
    cr_assert_str_eq(sorted[0]->message, "a");
    cr_assert_str_eq(sorted[1]->message, "b");
    cr_assert_str_eq(sorted[2]->message, "c");
}

Test(diag, counts_what_it_does_not_keep)
{
    struct diags *diags = diags_for("");
    for (uint32_t i = 0; i < 3 * LIMIT_DIAGS; i++)
        diag_add(diags, DIAG_SYNTAX, (struct span){i + 1, i + 2}, "message %u", i);
    size_t count;
    diags_sorted(diags, parsed_arena(), &count);
    cr_assert(count == LIMIT_DIAGS && diags->count == 3 * LIMIT_DIAGS && diags->error_count == 3 * LIMIT_DIAGS);
    cr_assert(strstr(printed_diags(diags), "and 200 more like these") != NULL);
}

Test(diag, shows_the_line_and_the_marks)
{
    struct diags *diags = diags_for("let a = 3\nlet b =\ta + (4 ]\n");
    struct diag *diag = diag_add(diags, DIAG_BRACKET, at(diags, 25, 26), "`]` closes nothing here");
    diag_primary(diags, diag, "here");
    diag_label(diags, diag, at(diags, 22, 23), "this one is still open");
    diag_label(diags, diag, at(diags, 4, 5), "and this is a");
    diag_help(diags, diag, "close the inner bracket first");
    cr_assert_str_eq(printed_diags(diags), "a.crux:2:16: error[E107]: `]` closes nothing here\n"
                                           "     2 | let b =    a + (4 ]\n"
                                           "       |                   ^ here\n"
                                           "       |                ~ this one is still open\n"
                                           "     1 | let a = 3\n"
                                           "       |     ~ and this is a\n"
                                           "       = help: close the inner bracket first\n");
}

Test(diag, counts_columns_in_code_points)
{
    struct diags *diags = diags_for("\"\xC3\xA4\xC3\xB6\" $");
    diag_add(diags, DIAG_CHARACTER, at(diags, 7, 8), "no");
    cr_assert_str_eq(printed_diags(diags), "a.crux:1:6: error[E102]: no\n"
                                           "     1 | \"\xC3\xA4\xC3\xB6\" $\n"
                                           "       |      ^\n");
}

Test(diag, cuts_long_lines_around_the_mark)
{
    struct buffer line = buffer_on(parsed_arena());
    buffer_repeat(&line, 'x', 5000);
    buffer_add_char(&line, '$');
    buffer_repeat(&line, 'y', 5000);
    struct diags *diags = diags_for(line.at);
    diag_add(diags, DIAG_CHARACTER, at(diags, 5000, 5001), "no");
    const char *text = printed_diags(diags);
    cr_assert(strstr(text, "| \xE2\x80\xA6xxxxx") != NULL && strstr(text, "x$y") != NULL && strstr(text, "y\xE2\x80\xA6\n") != NULL, "%s", text);
    const char *shown = strstr(text, "| \xE2\x80\xA6") + 2, *marks = strrchr(text, '|') + 2;
    size_t dollar = (size_t)(strchr(shown, '$') - shown), mark = (size_t)(strchr(marks, '^') - marks);
    cr_assert(dollar - 2 == mark, "the ellipsis has three bytes and one column");
}

Test(diag, shows_nothing_that_could_disturb_a_terminal)
{
    struct diags *diags = diags_for("\033[2J\xE2\x80\xAE$\xFF");
    diag_add(diags, DIAG_CHARACTER, at(diags, 7, 8), "a \033 in a message");
    const char *text = printed_diags(diags);
    cr_assert(strchr(text, '\033') == NULL && strstr(text, "\xE2\x80\xAE") == NULL && strchr(text, '\xFF') == NULL, "%s", text);
}

Test(diag, colours_when_asked)
{
    struct diags *diags = diags_for("$");
    diag_add(diags, DIAG_CHARACTER, at(diags, 0, 1), "no");
    struct buffer out = buffer_on(parsed_arena());
    diags_print(&out, diags, true);
    cr_assert(strstr(out.at, "\033[1;31merror[E102]:\033[0m") != NULL);
}

Test(diag, shows_messages_without_a_place)
{
    struct diags *diags = diags_for("");
    diag_add(diags, DIAG_FILE, (struct span){0, 0}, "nothing.crux cannot be read");
    cr_assert_str_eq(printed_diags(diags), "error[E001]: nothing.crux cannot be read\n");
}

// ---- golden cases: what the parser says --------------------------------------------------------------------------------

Test(diag, says_about_wrong_texts_what_it_should)
{
    struct paths paths = paths_in("tests/cases/syntax", ".crux");
    cr_assert(paths.count > 0);
    for (size_t i = 0; i < paths.count; i++) {
        const char *name = strrchr(paths.at[i], '/') + 1;
        struct parsed parsed = parsed_text(name, parsed_file(paths.at[i]));
        golden_check(golden_path(paths.at[i], ".expected"), printed_diags(parsed.diags));
        cr_expect(strstr(printed_diags(parsed.diags), arena_printf(parsed_arena(), "[%.4s]", name)) != NULL,
                  "%s does not give the code it is named for", name);
    }
}

static bool is_syntax(const char *code)
{
    return strncmp(code, "E1", 2) == 0 || strcmp(code, "E003") == 0 || strcmp(code, "E002") == 0 || strncmp(code, "W75", 3) == 0;
}

Test(diag, has_a_case_and_a_section_for_every_code_of_the_grammar)
{
    for (int i = 0; i < DIAG_COUNT; i++) {
        const char *code = diag_kinds[i].code;
        if (!is_syntax(code))
            continue;
        struct paths paths = paths_in("tests/cases/syntax", arena_printf(parsed_arena(), "%s-*.crux", code));
        struct paths sections = paths_in("docs/diagnostics", arena_printf(parsed_arena(), "%s.md", code));
        cr_expect(paths.count > 0, "no case tests/cases/syntax/%s-*.crux", code);
        cr_expect(sections.count == 1, "no docs/diagnostics/%s.md", code);
    }
}

// ---- what `crux explain` prints is true --------------------------------------------------------------------------------

static const char *block(const char *text, const char *fence)
{
    const char *start = strstr(text, fence);
    if (start == NULL)
        return NULL;
    start += strlen(fence);
    const char *end = strstr(start, "```");
    return arena_printf(parsed_arena(), "%.*s", (int)(end - start), start);
}

static bool gives(const struct diags *diags, const char *code)
{
    for (const struct diag *diag = diags->first; diag != NULL; diag = diag->next)
        if (strcmp(diag_kinds[diag->code].code, code) == 0)
            return true;
    return false;
}

Test(diag, explains_with_examples_that_are_wrong_and_right)
{
    for (int i = 0; i < DIAG_COUNT; i++) {
        const char *code = diag_kinds[i].code;
        if (!is_syntax(code))
            continue;
        const char *text = parsed_file(arena_printf(parsed_arena(), "docs/diagnostics/%s.md", code)).at;
        const char *wrong = block(text, "```crux wrong\n"), *right = block(text, "```crux right\n");
        cr_expect(strncmp(text, arena_printf(parsed_arena(), "# %s: %s\n", code, diag_kinds[i].title), strlen(diag_kinds[i].title) + 9) == 0,
                  "%s: the heading is not the title", code);
        if (wrong != NULL)
            cr_expect(gives(parsed_string(wrong).diags, code), "%s: the wrong example does not give it", code);
        if (right != NULL)
            cr_expect(parsed_string(right).diags->count == 0, "%s: the right example is wrong", code);
    }
}
