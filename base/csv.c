#include "base/csv.h"

#include <string.h>

enum { INPUT_BYTES = 1 << 16, NO_MORE = -1 };

struct csv *csv_new(struct arena *arena, struct csv_input source)
{
    struct csv *csv = arena_alloc(arena, sizeof *csv);
    *csv = (struct csv){.source = source, .line = 1, .arena = arena, .row = buffer_on(arena)};
    csv->input = arena_alloc(arena, INPUT_BYTES);
    return csv;
}

// ---- bytes -------------------------------------------------------------------------------------------------------------

// Adds bytes behind those not yet taken.
static bool fill(struct csv *csv)
{
    if (csv->unreadable)
        return false;
    if (csv->at == csv->end)
        csv->at = csv->end = 0;
    const long count = csv->source.read(csv->source.user, csv->input + csv->end, INPUT_BYTES - csv->end);
    csv->unreadable = count < 0;
    csv->end += count > 0 ? (size_t)count : 0;
    return count > 0;
}

static int peek(struct csv *csv)
{
    if (csv->at == csv->end && !fill(csv))
        return NO_MORE;
    return (unsigned char)csv->input[csv->at];
}

static void skip_mark(struct csv *csv)
{
    static const char mark[] = "\xef\xbb\xbf";
    csv->started = true;
    while (csv->end < sizeof mark - 1 && fill(csv))
        continue;
    if (csv->end >= sizeof mark - 1 && memcmp(csv->input, mark, sizeof mark - 1) == 0)
        csv->at = sizeof mark - 1;
}

// The next byte, a line end of any kind as LF.
static int take(struct csv *csv)
{
    int c = peek(csv);
    if (c == NO_MORE)
        return c;
    csv->at++;
    if (c == '\r') {
        if (peek(csv) == '\n')
            csv->at++;
        c = '\n';
    }
    csv->line += c == '\n';
    return c;
}

// ---- fields ------------------------------------------------------------------------------------------------------------

static void blame(struct csv *csv, enum csv_mistake mistake)
{
    if (csv->mistake != CSV_WELL)
        return;
    csv->mistake = mistake;
    csv->bad = csv->fields.count - 1;
}

static void keep(struct csv *csv, int c)
{
    if (c == '\0')
        blame(csv, CSV_NUL);
    else if (csv->row.length == CSV_ROW_BYTES)
        blame(csv, CSV_TOO_LONG);
    else
        buffer_add_char(&csv->row, (char)c);
}

static void start_field(struct csv *csv)
{
    if (csv->fields.count == CSV_FIELDS) {
        blame(csv, CSV_TOO_WIDE);
        return;
    }
    vector_push(csv->arena, &csv->fields, ((struct csv_field){.line = csv->line}));
    vector_push(csv->arena, &csv->starts, csv->row.length);
}

// What stands in quotes, up to the closing one; returns the byte behind it.
static int take_quoted(struct csv *csv)
{
    for (int c = take(csv); c != NO_MORE; c = take(csv)) {
        if (c == '"' && peek(csv) != '"')
            return take(csv);
        if (c == '"')
            take(csv);
        keep(csv, c);
    }
    blame(csv, CSV_OPEN_QUOTE);
    return NO_MORE;
}

// One field; returns the byte that ended it.
static int take_field(struct csv *csv)
{
    start_field(csv);
    int c = take(csv);
    if (c == '"') {
        c = take_quoted(csv);
        if (c != ',' && c != '\n' && c != NO_MORE)
            blame(csv, CSV_AFTER_QUOTE);
    }
    for (; c != ',' && c != '\n' && c != NO_MORE; c = take(csv)) {
        if (c == '"')
            blame(csv, CSV_QUOTE_INSIDE);
        keep(csv, c);
    }
    return c;
}

// ---- rows --------------------------------------------------------------------------------------------------------------

static void set_texts(struct csv *csv)
{
    const char *bytes = csv->row.at ? csv->row.at : "";
    for (size_t i = 0; i < csv->fields.count; i++) {
        const size_t start = csv->starts.at[i], end = i + 1 < csv->fields.count ? csv->starts.at[i + 1] : csv->row.length;
        size_t bad;
        csv->fields.at[i].text = (struct text){bytes + start, end - start};
        if (csv->mistake == CSV_WELL && !text_valid_utf8(csv->fields.at[i].text, &bad)) {
            csv->mistake = CSV_NOT_UTF8;
            csv->bad = i;
        }
    }
}

static void take_row(struct csv *csv)
{
    csv->row.length = csv->fields.count = csv->starts.count = 0;
    csv->mistake = CSV_WELL;
    while (take_field(csv) == ',')
        continue;
    set_texts(csv);
}

enum csv_found csv_next(struct csv *csv, struct csv_row *row)
{
    if (!csv->started)
        skip_mark(csv);
    while (peek(csv) == '\n' || peek(csv) == '\r')
        take(csv);
    if (peek(csv) == NO_MORE)
        return csv->unreadable ? CSV_UNREADABLE : CSV_END;
    const size_t line = csv->line;
    take_row(csv);
    *row = (struct csv_row){.line = line, .count = csv->fields.count, .fields = csv->fields.at, .mistake = csv->mistake, .bad = csv->bad};
    return csv->unreadable ? CSV_UNREADABLE : CSV_ROW;
}

const char *csv_mistake_words(enum csv_mistake mistake)
{
    static const char *const words[] = {
        [CSV_WELL] = "",
        [CSV_QUOTE_INSIDE] = "a quote inside a field that does not begin with one",
        [CSV_AFTER_QUOTE] = "there is text between the closing quote and the comma",
        [CSV_OPEN_QUOTE] = "a quote is opened and never closed",
        [CSV_NUL] = "a zero byte",
        [CSV_NOT_UTF8] = "this is not UTF-8",
        [CSV_TOO_LONG] = "the row has more than a million bytes",
        [CSV_TOO_WIDE] = "the row has more than a thousand fields",
    };
    return words[mistake];
}

const char *csv_mistake_help(enum csv_mistake mistake)
{
    static const char *const help[] = {
        [CSV_WELL] = "",
        [CSV_QUOTE_INSIDE] = "put the whole field in quotes and double the ones in it: \"a \"\"word\"\" more\"",
        [CSV_AFTER_QUOTE] = "put the whole field in quotes and double the ones in it: \"a \"\"word\"\" more\"",
        [CSV_OPEN_QUOTE] = "close it in its line, or double it if it belongs to the text",
        [CSV_NUL] = "a table is text: save it as CSV in UTF-8",
        [CSV_NOT_UTF8] = "save the table as CSV in UTF-8",
        [CSV_TOO_LONG] = "look for a quote that is not closed",
        [CSV_TOO_WIDE] = "is this a table with a comma between the fields?",
    };
    return help[mistake];
}
