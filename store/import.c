#include <stdarg.h>
#include <stdio.h>

#include "store/import_parts.h"

// ---- mistakes ----------------------------------------------------------------------------------------------------------

void import_blame(struct import *import, const struct cell *cell, const char *help, const char *format, ...)
{
    const struct table *table = import->table;
    if (import->result->mistake_count++ >= IMPORT_MISTAKES)
        return;
    char reason[600];
    va_list args;
    va_start(args, format);
    vsnprintf(reason, sizeof reason, format, args);
    va_end(args);
    const bool in_column = cell && cell->position > 0;
    const struct import_mistake mistake = {
        .path = table ? table->path : TEXT("--map"),
        .line = cell ? cell->line : 0,
        .column = cell ? cell->position : 0,
        .name = in_column && cell->position <= table->width ? table->names[cell->position - 1] : TEXT(""),
        .reason = arena_printf(import->arena, "%s", reason),
        .help = help ? arena_printf(import->arena, "%s", help) : NULL,
    };
    vector_push(import->arena, &import->mistakes, mistake);
}

const char *import_quote(struct import *import, struct text text)
{
    enum { SHOWN = 40 };
    if (text.length <= SHOWN)
        return arena_printf(&import->row, "`%.*s`", TEXT_ARGS(text));
    size_t length = SHOWN;
    while (length > 0 && ((unsigned char)text.at[length] & 0xc0) == 0x80) // not inside a character
        length--;
    return arena_printf(&import->row, "`%.*s...`", (int)length, text.at);
}

struct text import_nearest(struct text name, const struct text *names, size_t count)
{
    struct text nearest = TEXT("");
    size_t limit = name.length < 4 ? 1 : name.length / 3 + 1;
    for (size_t i = 0; i < count; i++) {
        const size_t distance = text_distance(name, names[i], limit);
        if (distance <= limit) {
            nearest = names[i];
            limit = distance > 0 ? distance - 1 : 0;
        }
    }
    return nearest;
}

// ---- rows --------------------------------------------------------------------------------------------------------------

static void blame_row(struct import *import, const struct csv_row *row)
{
    const struct cell cell = {.line = row->fields[row->bad].line, .position = row->bad + 1};
    import_blame(import, &cell, csv_mistake_help(row->mistake), "%s", csv_mistake_words(row->mistake));
}

static void take_own_row(struct import *import, const struct csv_row *row)
{
    const struct table *table = import->table;
    struct cell cells[COLUMN_COUNT] = {0};
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        const size_t position = table->position[i];
        cells[i] = position > 0 ? (struct cell){row->fields[position - 1].text, row->fields[position - 1].line, position}
                                : (struct cell){.text = TEXT(""), .line = row->line};
    }
    if (table->kind == TABLE_SOURCES)
        import_source(import, cells);
    else
        import_observation(import, cells);
}

static void take_foreign_row(struct import *import, const struct csv_row *row)
{
    for (size_t i = 0; i < import->map_count; i++) {
        struct cell cells[COLUMN_COUNT] = {0};
        if (mapping_apply(import, import->maps[i], row, cells))
            import_observation(import, cells);
        else
            import->result->without_figure++;
    }
}

static void take_row(struct import *import, const struct csv_row *row)
{
    const struct cell cell = {.line = row->line};
    import->result->rows++;
    if (row->mistake != CSV_WELL)
        blame_row(import, row);
    else if (row->count != import->table->width)
        import_blame(import, &cell, "a field with a comma in it stands in quotes; an empty one still has its comma",
                     "the row has %zu field%s and the header %zu", row->count, row->count == 1 ? "" : "s", import->table->width);
    else if (import->table->kind == TABLE_FOREIGN)
        take_foreign_row(import, row);
    else
        take_own_row(import, row);
}

static bool goes_on(struct import *import)
{
    enum { ROWS_BETWEEN = 4096 };
    const struct import_request *request = import->request;
    if (request->go_on && import->result->rows % ROWS_BETWEEN == 0)
        import->stopped = import->stopped || !request->go_on(request->user, import->result->rows);
    return !import->stopped;
}

static void take_table(struct import *import, const struct table *table)
{
    struct csv_row row;
    enum csv_found found;
    import->table = table;
    const struct arena_mark mark = arena_mark(&import->row);
    while ((found = csv_next(table->csv, &row)) == CSV_ROW) {
        take_row(import, &row);
        arena_release(&import->row, mark);
        if (store_trouble(import->store, NULL) != STORE_OK || !goes_on(import))
            return;
    }
    if (found == CSV_UNREADABLE)
        import_blame(import, NULL, NULL, "it cannot be read to its end");
}

// ---- the import --------------------------------------------------------------------------------------------------------

static void reset(void *arena)
{
    arena_reset(arena);
}

static struct import *import_new(struct store *store, struct arena *arena, const struct import_request *request, struct import_result *result)
{
    struct import *import = arena_alloc(arena, sizeof *import);
    *import = (struct import){.store = store, .arena = arena, .request = request, .result = result};
    arena_init(&import->row, arena->allocator, arena->no_memory);
    arena_defer(arena, reset, &import->row);
    import->units = units_new(arena);
    import->unit_texts = map_on(arena);
    return import;
}

static void read_maps(struct import *import, const struct import_request *request)
{
    import->mapped = request->map_count > 0;
    import->maps = arena_array(import->arena, request->map_count, sizeof *import->maps);
    for (size_t i = 0; i < request->map_count; i++) {
        const char *reason, *help;
        struct mapping *mapping = mapping_read(import->arena, request->maps[i], &reason, &help);
        if (mapping)
            import->maps[import->map_count++] = mapping;
        else
            import_blame(import, NULL, help, "%s", reason);
    }
}

// Sources before the observations that name them, whatever the order of the tables.
static void take_tables(struct import *import, const struct table *tables, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (tables[i].kind == TABLE_SOURCES && !import->stopped)
            take_table(import, &tables[i]);
    import->sources_refused = import->result->mistake_count > 0;
    for (size_t i = 0; i < count; i++)
        if ((tables[i].kind == TABLE_OBSERVATIONS || tables[i].kind == TABLE_FOREIGN) && !import->stopped)
            take_table(import, &tables[i]);
}

static enum import_outcome finish(struct import *import)
{
    struct import_result *result = import->result;
    result->mistakes = import->mistakes.at;
    result->mistakes_kept = import->mistakes.count;
    const bool failed = store_trouble(import->store, NULL) != STORE_OK;
    if (!failed && !import->stopped && result->mistake_count == 0)
        return store_commit(import->store) == STORE_OK ? IMPORT_DONE : IMPORT_FAILED;
    store_rollback(import->store);
    store_unmake(import->store);
    if (import->stopped)
        return IMPORT_STOPPED;
    return failed ? IMPORT_FAILED : IMPORT_REFUSED;
}

// The log names the first table and how many more there were.
static struct text origin_of(struct arena *arena, const struct import_request *request)
{
    if (request->origin.length > 0)
        return request->origin;
    if (request->count == 1)
        return request->paths[0];
    return text_of(arena_printf(arena, "%.*s and %zu more", TEXT_ARGS(request->paths[0]), request->count - 1));
}

enum import_outcome import_tables(struct store *store, struct arena *arena, const struct import_request *request, struct import_result *result)
{
    *result = (struct import_result){.tables = request->count};
    struct import *import = import_new(store, arena, request, result);
    struct table *tables = arena_array(arena, request->count, sizeof *tables);
    read_maps(import, request);
    for (size_t i = 0; i < request->count; i++)
        import_open(import, &tables[i], request->paths[i]);
    if (store_begin(store, origin_of(arena, request), request->on) != STORE_OK) {
        store_unmake(store);
        return IMPORT_FAILED;
    }
    take_tables(import, tables, request->count);
    return finish(import);
}
