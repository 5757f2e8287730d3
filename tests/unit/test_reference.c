// docs/language.md: its tables come from the program's own (`make golden` writes them), its code is read by the parser.
#include <criterion/criterion.h>
#include <string.h>

#include "dsl/distribution.h"
#include "grammar/word.h"
#include "tests/support/golden.h"
#include "tests/support/parsed.h"

TestSuite(reference, .init = parsed_begin, .fini = parsed_end);

static const char page_path[] = "docs/language.md";

// A | in a cell would end it.
static void add_cell(struct buffer *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '|')
            buffer_add_char(out, '\\');
        buffer_add_char(out, *text);
    }
}

static void add_row(struct buffer *out, const char *code, const char *doc)
{
    buffer_add_string(out, "| `");
    add_cell(out, code);
    buffer_add_string(out, "` | ");
    add_cell(out, doc);
    buffer_add_string(out, " |\n");
}

static const char *arguments(int low, int high)
{
    static const char *const names[] = {"", "(x)", "(x, y)", "(x, y, z)"};
    return high < 0 ? "(x, y, ...)" : names[low];
}

static void add_operators(struct buffer *out, bool functions)
{
    buffer_add_string(out, functions ? "| call | value |\n|---|---|\n" : "| operator | meaning |\n|---|---|\n");
    for (int op = OP_NONE + 1; op < OP_COUNT; op++) {
        const struct op_row *row = &op_table[op];
        if ((row->form == OP_FUNCTION) != functions || row->form == OP_INTERNAL)
            continue;
        const char *call = functions ? arguments(row->low, row->high) : row->form == OP_PREFIX ? (row->units == UNITS_TRUTH ? " x" : "x") : "";
        add_row(out, arena_printf(parsed_arena(), "%s%s", row->text, call), row->doc);
    }
}

static void add_distributions(struct buffer *out)
{
    buffer_add_string(out, "| call | law |\n|---|---|\n");
    for (int law = 0; law < LAW_COUNT; law++) {
        const struct law_row *row = &law_table[law];
        if (row->text[0] == '\0')
            continue;
        const char *stored = strstr(row->doc, ". Stored"); // for the engine only
        size_t length = stored != NULL ? (size_t)(stored - row->doc) : strlen(row->doc);
        static const char *const call[] = {"", "(a)", "(a, b)", "(a, m, b)"};
        add_row(out, arena_printf(parsed_arena(), "%s%s", row->text, row->high < 0 ? "(x: 50%, ...)" : call[row->low]),
                arena_printf(parsed_arena(), "%.*s", (int)length, row->doc));
    }
}

static void add_words(struct buffer *out)
{
    static const char *const titles[] = {"statements", "clauses", "expressions", "soft"};
    buffer_add_string(out, "| | words |\n|---|---|\n");
    for (int kind = KEYWORD_STATEMENT; kind <= KEYWORD_SOFT; kind++) {
        buffer_printf(out, "| %s |", titles[kind]);
        for (int i = 0; i < keyword_count; i++)
            if ((int)keyword_table[i].kind == kind)
                buffer_printf(out, " `%s`", keyword_table[i].text);
        buffer_add_string(out, " |\n");
    }
}

static void add_units(struct buffer *out)
{
    static const struct {
        const char *name, *words;
    } rows[] = {
#define BASE(name, words) {name, words},
#define UNIT(name, words, multiply, divide, of, prefixes) {name, words},
#include "dsl/unit.def"
#undef BASE
#undef UNIT
    };
    buffer_add_string(out, "Known from the start, with the usual prefixes where they make sense (`GW`, `kWh`, `mm`):");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool again = false;
        for (size_t j = 0; j < i; j++)
            again = again || strcmp(rows[i].name, rows[j].name) == 0;
        if (!again)
            buffer_printf(out, "%s`%s`", i == 0 ? "\n" : i % 12 == 0 ? "\n" : " ", rows[i].name);
    }
    buffer_add_string(out, ".\n");
}

static void add_verdicts(struct buffer *out)
{
    buffer_add_string(out, "| verdict | when |\n|---|---|\n");
#define VERDICT(id, word, doc) add_row(out, word, doc);
#include "dsl/verdict.def"
#undef VERDICT
}

static void add_table(struct buffer *out, const char *name)
{
    if (strcmp(name, "operators") == 0)
        add_operators(out, false);
    else if (strcmp(name, "functions") == 0)
        add_operators(out, true);
    else if (strcmp(name, "distributions") == 0)
        add_distributions(out);
    else if (strcmp(name, "words") == 0)
        add_words(out);
    else if (strcmp(name, "units") == 0)
        add_units(out);
    else if (strcmp(name, "verdicts") == 0)
        add_verdicts(out);
    else
        cr_expect(false, "%s: no table is called %s", page_path, name);
}

static const char begin[] = "<!-- table: ", stop[] = "<!-- end of table -->";

Test(reference, has_the_tables_of_the_program)
{
    const char *at = parsed_file(page_path).at;
    struct buffer out = buffer_on(parsed_arena());
    for (const char *mark = strstr(at, begin); mark != NULL; mark = strstr(at, begin)) {
        const char *name = mark + sizeof begin - 1, *name_end = strstr(name, " -->"), *end = strstr(name, stop);
        cr_assert(name_end != NULL && end != NULL, "%s: a table is not closed", page_path);
        buffer_add(&out, (struct text){at, (size_t)(name_end - at)});
        buffer_add_string(&out, " -->\n");
        add_table(&out, arena_printf(parsed_arena(), "%.*s", (int)(name_end - name), name));
        at = end;
    }
    buffer_add_string(&out, at);
    golden_check(page_path, out.at);
}

Test(reference, shows_code_that_parses)
{
    static const char fence[] = "```crux\n";
    size_t count = 0;
    for (const char *at = strstr(parsed_file(page_path).at, fence); at != NULL; at = strstr(at, fence), count++) {
        at += sizeof fence - 1;
        const char *end = strstr(at, "```");
        const char *code = arena_printf(parsed_arena(), "%.*s", (int)(end - at), at);
        struct parsed parsed = parsed_string(code);
        cr_expect(parsed.diags->count == 0, "%s", printed_diags(parsed.diags));
        at = end;
    }
    cr_assert(count > 3);
}
