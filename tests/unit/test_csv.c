// The reader of tables: what RFC 4180 allows, what it does not, and that neither the size of a read nor that of the table matters.
#include <criterion/criterion.h>
#include <string.h>

#include "base/csv.h"

static struct arena arena;
static jmp_buf no_memory;

static void set_up(void)
{
    arena_init(&arena, &system_allocator, &no_memory);
}

static void tear_down(void)
{
    arena_reset(&arena);
}
TestSuite(csv, .init = set_up, .fini = tear_down);

struct bytes {
    struct text left;
    size_t at_once;
    size_t repeat; // the same bytes again so many times
    struct text all;
};

static long give(void *user, char *bytes, size_t room)
{
    struct bytes *from = user;
    if (from->left.length == 0 && from->repeat > 0) {
        from->repeat--;
        from->left = from->all;
    }
    size_t count = from->left.length < room ? from->left.length : room;
    count = count < from->at_once ? count : from->at_once;
    memcpy(bytes, from->left.at, count);
    from->left.at += count;
    from->left.length -= count;
    return (long)count;
}

// All rows on one line: "1:a|b 2:c|d", with "!n@field" where a row has mistake number n.
static const char *rows_of(struct text table, size_t at_once)
{
    struct bytes bytes = {.left = table, .at_once = at_once};
    struct csv *csv = csv_new(&arena, (struct csv_input){give, &bytes});
    struct buffer out = buffer_on(&arena);
    struct csv_row row;
    while (csv_next(csv, &row) == CSV_ROW) {
        buffer_printf(&out, "%s%zu:", out.length > 0 ? " " : "", row.line);
        for (size_t i = 0; i < row.count; i++)
            buffer_printf(&out, "%s%.*s", i > 0 ? "|" : "", TEXT_ARGS(row.fields[i].text));
        if (row.mistake != CSV_WELL)
            buffer_printf(&out, "!%d@%zu", (int)row.mistake, row.bad);
    }
    return out.at ? out.at : "";
}

static void expect_rows(struct text table, const char *rows)
{
    for (size_t at_once = 1; at_once < 5; at_once++) // so that every pair of bytes is torn apart once
        cr_expect_str_eq(rows_of(table, at_once), rows, "%.*s", TEXT_ARGS(table));
    cr_expect_str_eq(rows_of(table, 1000000), rows);
}

Test(csv, rows)
{
    expect_rows(TEXT(""), "");
    expect_rows(TEXT("\n\r\n\n"), "");
    expect_rows(TEXT("a,b\nc,d\n"), "1:a|b 2:c|d");
    expect_rows(TEXT("a,b\r\nc,d"), "1:a|b 2:c|d");
    expect_rows(TEXT("a,b\rc,d\r"), "1:a|b 2:c|d");
    expect_rows(TEXT("\xef\xbb\xbf" "a,b\n\n\nc,d\n"), "1:a|b 4:c|d");
    expect_rows(TEXT(",\n,"), "1:| 2:|");
    expect_rows(TEXT("\"a,\"\"b\"\"\nc\",d\ne,f"), "1:a,\"b\"\nc|d 3:e|f");
    expect_rows(TEXT("\"\",\"\"\n"), "1:|");
    expect_rows(TEXT(" a , b \n"), "1: a | b ");
}

Test(csv, mistakes)
{
    expect_rows(TEXT("a,b\"c,d\ne,f\n"), "1:a|b\"c|d!1@1 2:e|f");
    expect_rows(TEXT("\"a\"b,c\nd,e\n"), "1:ab|c!2@0 2:d|e");
    expect_rows(TEXT("a\nb,\"c,d\ne"), "1:a 2:b|c,d\ne!3@1");
    expect_rows(TEXT("a,b\0c\nd,e\n"), "1:a|bc!4@1 2:d|e");
    expect_rows(TEXT("a,\xff\nb,\xc3\xa9\n"), "1:a|\xff!5@1 2:b|\xc3\xa9");
}

Test(csv, a_quoted_line_end_counts)
{
    struct bytes bytes = {.left = TEXT("a,\"b\nb\nb\",c\nd,e,f\n"), .at_once = 100};
    struct csv *csv = csv_new(&arena, (struct csv_input){give, &bytes});
    struct csv_row row;
    cr_assert_eq(csv_next(csv, &row), CSV_ROW);
    cr_expect_eq(row.fields[1].line, 1);
    cr_expect_eq(row.fields[2].line, 3);
    cr_assert_eq(csv_next(csv, &row), CSV_ROW);
    cr_expect_eq(row.line, 4);
}

// Rows and fields without end: both are cut off, memory stays, and the row behind is read.
Test(csv, endless_rows)
{
    static const struct {
        const char *again, *start, *end;
        enum csv_mistake mistake;
    } cases[] = {{"0123456789abcdef", "x", "\ny", CSV_TOO_LONG}, {"abc\n,\n", "\"", "\"\ny", CSV_TOO_LONG}, {",,,,", "", "\ny", CSV_TOO_WIDE}};
    for (size_t i = 0; i < 3; i++) {
        struct buffer table = buffer_on(&arena);
        buffer_add_string(&table, cases[i].start);
        while (table.length < 3 * CSV_ROW_BYTES)
            buffer_add_string(&table, cases[i].again);
        buffer_add_string(&table, cases[i].end);
        struct bytes bytes = {.left = buffer_text(&table), .at_once = 4096};
        struct csv *csv = csv_new(&arena, (struct csv_input){give, &bytes});
        struct csv_row row;
        cr_assert_eq(csv_next(csv, &row), CSV_ROW);
        cr_expect_eq(row.mistake, cases[i].mistake, "case %zu", i);
        cr_expect_leq(csv->row.room, 2 * CSV_ROW_BYTES + 64);
        cr_assert_eq(csv_next(csv, &row), CSV_ROW);
        cr_expect(text_is(row.fields[0].text, "y"));
    }
}

Test(csv, constant_memory)
{
    const struct text rows = TEXT("smic,wafers,\"one\ntwo\",3.5\n");
    struct bytes bytes = {.left = rows, .at_once = 1 << 20, .repeat = 200000, .all = rows};
    struct csv *csv = csv_new(&arena, (struct csv_input){give, &bytes});
    struct csv_row row;
    cr_assert_eq(csv_next(csv, &row), CSV_ROW);
    const size_t held = arena.held;
    size_t count = 1;
    while (csv_next(csv, &row) == CSV_ROW)
        count += row.count == 4;
    cr_expect_eq(count, 200001);
    cr_expect_eq(arena.held, held);
}

static long refuse(void *user, char *bytes, size_t room)
{
    (void)user, (void)bytes, (void)room;
    return -1;
}

Test(csv, unreadable)
{
    struct csv_row row;
    cr_expect_eq(csv_next(csv_new(&arena, (struct csv_input){refuse, NULL}), &row), CSV_UNREADABLE);
}
