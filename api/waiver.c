#include "api/waiver.h"

#include <string.h>

#include "api/read.h"
#include "base/csv.h"
#include "dsl/diag.h"
#include "dsl/program.h"
#include "dsl/written.h"

enum waiver_column { COLUMN_CLAIM, COLUMN_OWNER, COLUMN_REASON, COLUMN_UNTIL, COLUMN_SCENARIO, COLUMNS };
static const char *const column_names[COLUMNS] = {"claim", "owner", "reason", "until", "scenario"};

struct reader {
    struct crux_session *crux;
    struct source *source;
    struct text rest;             // not yet given to the table
    struct csv *csv;
    size_t places[COLUMNS];       // position of each column plus one; 0: the table has none
    double today;
    struct waivers *waivers;
    bool failed;
};

static long read_rest(void *user, char *bytes, size_t room)
{
    struct text *rest = user;
    const size_t length = rest->length < room ? rest->length : room;
    memcpy(bytes, rest->at, length);
    rest->at += length;
    rest->length -= length;
    return (long)length;
}

// The line with that number.
static struct span span_of_line(const struct reader *reader, size_t number)
{
    const struct text bytes = reader->source->bytes;
    size_t start = 0, end;
    for (size_t line = 1; line < number && start < bytes.length; start++)
        line += bytes.at[start] == '\n';
    for (end = start; end < bytes.length && bytes.at[end] != '\n' && bytes.at[end] != '\r';)
        end++;
    return (struct span){reader->source->base + (uint32_t)start, reader->source->base + (uint32_t)end};
}

static void wrong(struct reader *reader, size_t line, const char *what, const char *help)
{
    struct diag *diag = diag_add(reader->crux->diags, DIAG_WAIVER, span_of_line(reader, line), "%s", what);
    diag_help(reader->crux->diags, diag, "%s", help);
    reader->failed = true;
}

static bool read_header(struct reader *reader)
{
    struct csv_row row;
    if (csv_next(reader->csv, &row) != CSV_ROW || row.mistake != CSV_WELL) {
        wrong(reader, 1, "this is no table of waivers", "begin it with the line claim,owner,reason,until");
        return false;
    }
    for (size_t i = 0; i < row.count; i++) {
        size_t column = 0;
        while (column < COLUMNS && !text_is(row.fields[i].text, column_names[column]))
            column++;
        if (column == COLUMNS || reader->places[column] != 0) {
            wrong(reader, row.line, "a table of waivers has the columns claim, owner, reason and until, perhaps scenario, each once",
                  "begin it with the line claim,owner,reason,until");
            return false;
        }
        reader->places[column] = i + 1;
    }
    for (size_t column = 0; column < COLUMN_SCENARIO; column++)
        if (reader->places[column] == 0) {
            const char *what = arena_printf(&reader->crux->run, "the table has no column `%s`", column_names[column]);
            wrong(reader, row.line, what, "begin it with the line claim,owner,reason,until");
            return false;
        }
    return true;
}

static struct text field_of(const struct reader *reader, const struct csv_row *row, enum waiver_column column)
{
    const size_t place = reader->places[column];
    if (place == 0 || place > row->count)
        return TEXT("");
    return text_copy(&reader->crux->run, written_trim(row->fields[place - 1].text));
}

static const char *what_is_missing(const struct waiver *waiver)
{
    if (waiver->claim.length == 0)
        return "a waiver without a claim";
    if (waiver->owner.length == 0)
        return "a waiver without an owner";
    if (waiver->reason.length == 0)
        return "a waiver without a reason";
    return NULL;
}

static void read_row(struct reader *reader, const struct csv_row *row)
{
    struct waiver_row read = {.span = span_of_line(reader, row->line)};
    double start, end;
    if (row->mistake != CSV_WELL) {
        wrong(reader, row->line, csv_mistake_words(row->mistake), csv_mistake_help(row->mistake));
        return;
    }
    struct waiver *waiver = &read.waiver;
    waiver->claim = field_of(reader, row, COLUMN_CLAIM);
    waiver->scenario = field_of(reader, row, COLUMN_SCENARIO);
    waiver->owner = field_of(reader, row, COLUMN_OWNER);
    waiver->reason = field_of(reader, row, COLUMN_REASON);
    waiver->until = field_of(reader, row, COLUMN_UNTIL);
    const char *missing = what_is_missing(waiver);
    if (missing) {
        wrong(reader, row->line, missing, "say which claim, who answers for it, why, and until when");
    } else if (!written_date(waiver->until, &start, &end)) {
        wrong(reader, row->line, "a waiver ends on a date", "write the last day on which it holds, as in 2027-03-31");
    } else {
        waiver->expired = end <= reader->today;
        vector_push(&reader->crux->run, &reader->waivers->rows, read);
    }
}

struct waivers *waivers_read(struct crux_session *crux, struct text path, struct text today)
{
    struct text bytes;
    struct identity identity;
    double end;
    if (!read_bytes(crux, path, (struct span){0}, &bytes, &identity))
        return NULL;
    struct reader reader = {.crux = crux, .rest = bytes, .waivers = arena_alloc(&crux->run, sizeof *reader.waivers)};
    if (!written_date(today, &reader.today, &end))
        return NULL; // looked at when it was set
    reader.source = sources_add(crux->sources, path, bytes);
    reader.csv = csv_new(&crux->scratch, (struct csv_input){read_rest, &reader.rest});
    if (read_header(&reader)) {
        struct csv_row row;
        while (csv_next(reader.csv, &row) == CSV_ROW)
            read_row(&reader, &row);
    }
    return reader.failed ? NULL : reader.waivers;
}

struct waiver_row *waivers_find(const struct waivers *waivers, const struct report_entry *entry)
{
    struct waiver_row *found = NULL;
    const struct text scenario = entry->verdict->scenario ? entry->verdict->scenario->name : TEXT("baseline");
    for (size_t i = 0; i < waivers->rows.count; i++) {
        struct waiver_row *row = &waivers->rows.at[i];
        const bool named = text_equal(row->waiver.claim, entry->verdict->name);
        const bool covers = named && (row->waiver.scenario.length == 0 || text_equal(row->waiver.scenario, scenario));
        row->named = row->named || named;
        if (covers && (!found || (found->waiver.expired && !row->waiver.expired)))
            found = row;
    }
    return found;
}

static void point_out_unused(struct crux_session *crux, const struct waiver_row *row)
{
    const struct waiver *waiver = &row->waiver;
    struct diag *diag = diag_add(crux->diags, DIAG_WAIVER_UNUSED, row->span, row->named ? "nothing about `%.*s` needs to be waived" : "there is no claim `%.*s` to waive",
                                 TEXT_ARGS(waiver->claim));
    diag_help(crux->diags, diag, row->named ? "take the waiver out: %.*s has nothing to answer for" : "take the waiver of %.*s out, or mend the name",
              TEXT_ARGS(waiver->owner));
}

static void point_out_expired(struct crux_session *crux, const struct waiver_row *row)
{
    const struct waiver *waiver = &row->waiver;
    struct diag *diag = diag_add(crux->diags, DIAG_WAIVER_EXPIRED, row->span, "the waiver of `%.*s` ended with %.*s", TEXT_ARGS(waiver->claim),
                                 TEXT_ARGS(waiver->until));
    diag_help(crux->diags, diag, "ask %.*s whether it still holds (%.*s), or take it out", TEXT_ARGS(waiver->owner), TEXT_ARGS(waiver->reason));
}

void waivers_point_out(struct crux_session *crux, const struct waivers *waivers, bool all)
{
    for (size_t i = 0; i < waivers->rows.count; i++) {
        const struct waiver_row *row = &waivers->rows.at[i];
        if (row->waiver.expired)
            point_out_expired(crux, row);
        else if (!row->used && all)
            point_out_unused(crux, row);
    }
}
