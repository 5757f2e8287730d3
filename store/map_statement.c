// Reading the statement of a mapping.
#include <string.h>

#include "base/buffer.h"
#include "dsl/written.h"
#include "store/import_parts.h"

struct reader {
    struct arena *arena;
    struct text rest;
    const char *reason, *help;
};

static bool fail(struct reader *reader, const char *reason, const char *help)
{
    reader->reason = reason;
    reader->help = help;
    return false;
}

static void skip_blanks(struct reader *reader)
{
    while (reader->rest.length > 0 && strchr(" \t\r\n", reader->rest.at[0]) != NULL) {
        reader->rest.at++;
        reader->rest.length--;
    }
}

static char take(struct reader *reader)
{
    reader->rest.length--;
    return *reader->rest.at++;
}

static bool at(const struct reader *reader, char c)
{
    return reader->rest.length > 0 && reader->rest.at[0] == c;
}

// ---- pieces ------------------------------------------------------------------------------------------------------------

struct pieces {
    VECTOR(struct map_piece) list;
    struct buffer fixed; // text since the last column
};

static void end_fixed(struct reader *reader, struct pieces *pieces)
{
    if (pieces->fixed.length > 0)
        vector_push(reader->arena, &pieces->list, ((struct map_piece){.text = buffer_text(&pieces->fixed)}));
    pieces->fixed = buffer_on(reader->arena);
}

static bool ends_with(struct text t, const char *end)
{
    const size_t length = strlen(end);
    return t.length > length && memcmp(t.at + t.length - length, end, length) == 0;
}

// "{Start date as m/d/y}", from behind its brace.
static bool take_column(struct reader *reader, struct pieces *pieces)
{
    const char *close = memchr(reader->rest.at, '}', reader->rest.length);
    if (!close)
        return fail(reader, "a `{` is never closed", "write the name of a column between braces: {Chip type}");
    struct map_piece piece = {.text = {reader->rest.at, (size_t)(close - reader->rest.at)}, .is_column = true};
    reader->rest.at += piece.text.length + 1;
    reader->rest.length -= piece.text.length + 1;
    static const char *const month_first = " as m/d/y", *const day_first = " as d/m/y";
    if (ends_with(piece.text, month_first) || ends_with(piece.text, day_first)) {
        piece.order = ends_with(piece.text, month_first) ? DATE_MONTH_FIRST : DATE_DAY_FIRST;
        piece.text.length -= strlen(month_first);
    }
    piece.text = written_trim(piece.text);
    if (piece.text.length == 0)
        return fail(reader, "there is nothing between `{` and `}`", "write the name of a column between braces: {Chip type}");
    end_fixed(reader, pieces);
    vector_push(reader->arena, &pieces->list, piece);
    return true;
}

static bool take_quoted(struct reader *reader, struct pieces *pieces, char quote)
{
    while (reader->rest.length > 0) {
        const char c = take(reader);
        if (c == quote)
            return true;
        if (c != '{')
            buffer_add_char(&pieces->fixed, c);
        else if (!take_column(reader, pieces))
            return false;
    }
    return fail(reader, "a quote is never closed", "close it behind the value");
}

static bool take_bare(struct reader *reader, struct pieces *pieces)
{
    while (reader->rest.length > 0 && !at(reader, ',')) {
        const char c = take(reader);
        if (c != '{')
            buffer_add_char(&pieces->fixed, c == '\n' || c == '\t' ? ' ' : c);
        else if (!take_column(reader, pieces))
            return false;
    }
    while (pieces->fixed.length > 0 && pieces->fixed.at[pieces->fixed.length - 1] == ' ')
        pieces->fixed.at[--pieces->fixed.length] = '\0';
    return true;
}

static bool take_value(struct reader *reader, struct map_value *value)
{
    struct pieces pieces = {.fixed = buffer_on(reader->arena)};
    skip_blanks(reader);
    const bool quoted = at(reader, '"') || at(reader, '\'');
    if (!(quoted ? take_quoted(reader, &pieces, take(reader)) : take_bare(reader, &pieces)))
        return false;
    end_fixed(reader, &pieces);
    *value = (struct map_value){.given = true, .pieces = pieces.list.at, .count = pieces.list.count};
    return true;
}

// ---- assignments -------------------------------------------------------------------------------------------------------

static bool unknown_name(struct reader *reader, struct text name)
{
    struct text names[COLUMN_COUNT];
    struct buffer all = buffer_on(reader->arena);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        names[i] = text_of(observation_columns[i].name);
        buffer_printf(&all, "%s%s", i > 0 ? ", " : "there are ", observation_columns[i].name);
    }
    const struct text near = import_nearest(name, names, COLUMN_COUNT);
    return fail(reader, arena_printf(reader->arena, "it gives a value to `%.*s`, which is no column of ours", TEXT_ARGS(name)),
                near.length > 0 ? arena_printf(reader->arena, "`%.*s` is near", TEXT_ARGS(near)) : all.at);
}

static bool take_name(struct reader *reader, size_t *column)
{
    const char *equals = memchr(reader->rest.at, '=', reader->rest.length);
    if (!equals)
        return fail(reader, arena_printf(reader->arena, "`%.*s` gives no value", (int)(reader->rest.length < 40 ? reader->rest.length : 40), reader->rest.at),
                    "write NAME = VALUE, with commas between them; a value that holds a comma stands in quotes");
    const struct text name = written_trim((struct text){reader->rest.at, (size_t)(equals - reader->rest.at)});
    reader->rest.length -= (size_t)(equals + 1 - reader->rest.at);
    reader->rest.at = equals + 1;
    for (*column = 0; *column < COLUMN_COUNT; ++*column)
        if (text_is(name, observation_columns[*column].name))
            return true;
    return unknown_name(reader, name);
}

static bool take_assignment(struct reader *reader, struct mapping *mapping)
{
    size_t column;
    if (!take_name(reader, &column))
        return false;
    if (mapping->values[column].given)
        return fail(reader, arena_printf(reader->arena, "it gives `%s` twice", observation_columns[column].name),
                    "two figures of one row are two observations: give --map twice");
    if (!take_value(reader, &mapping->values[column]))
        return false;
    skip_blanks(reader);
    if (reader->rest.length > 0 && !at(reader, ','))
        return fail(reader, arena_printf(reader->arena, "there is more behind the value of `%s`", observation_columns[column].name),
                    "put a comma between NAME = VALUE and the next");
    if (reader->rest.length > 0)
        take(reader);
    skip_blanks(reader);
    return true;
}

static bool is_complete(struct reader *reader, const struct mapping *mapping)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        if (observation_columns[i].needed && !mapping->values[i].given)
            return fail(reader, arena_printf(reader->arena, "it does not say what `%s` is", observation_columns[i].name),
                        arena_printf(reader->arena, "add %s = {COLUMN}, or a value that is the same for all rows", observation_columns[i].name));
    static const enum column figures[] = {COLUMN_LOW, COLUMN_CENTRAL, COLUMN_HIGH, COLUMN_VALUE_TEXT};
    for (size_t i = 0; i < 4; i++)
        if (mapping->values[figures[i]].given)
            return true;
    return fail(reader, "it does not say where the figure is", "add central = {COLUMN}, or low and high");
}

struct mapping *mapping_read(struct arena *arena, struct text statement, const char **reason, const char **help)
{
    struct reader reader = {.arena = arena, .rest = statement};
    struct mapping *mapping = arena_alloc(arena, sizeof *mapping);
    bool well = true;
    skip_blanks(&reader);
    while (well && reader.rest.length > 0)
        well = take_assignment(&reader, mapping);
    well = well && is_complete(&reader, mapping);
    *reason = reader.reason;
    *help = reader.help;
    return well ? mapping : NULL;
}
