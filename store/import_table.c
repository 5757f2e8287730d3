#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/import_parts.h"

const struct column_row observation_columns[COLUMN_COUNT] = {
#define COLUMN(id, name, needed, says) {name, needed},
#include "store/column.def"
};

const struct column_row source_columns[SOURCE_COLUMN_COUNT] = {
#define SOURCE_COLUMN(id, name, needed, says) {name, needed},
#include "store/column.def"
};

// ---- files -------------------------------------------------------------------------------------------------------------

static long read_file(void *user, char *bytes, size_t room)
{
    const struct table *table = user;
    ssize_t count;
    do
        count = read(table->file, bytes, room);
    while (count < 0 && errno == EINTR);
    return (long)count;
}

static void close_file(void *handle)
{
    struct table *table = handle;
    if (table->file > STDIN_FILENO)
        close(table->file);
}

static bool open_file(struct import *import, struct table *table)
{
    struct stat status;
    const char *path = text_copy(import->arena, table->path).at;
    table->file = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (table->file < 0) {
        import_blame(import, NULL, "look for a misspelt name", "it cannot be opened: %s", strerror(errno));
        return false;
    }
    arena_defer(import->arena, close_file, table);
    if (fstat(table->file, &status) == 0 && S_ISDIR(status.st_mode)) {
        import_blame(import, NULL, "name its files: FOLDER/*.csv", "it is a folder");
        return false;
    }
    table->csv = csv_new(import->arena, (struct csv_input){read_file, table});
    return true;
}

// ---- headers -----------------------------------------------------------------------------------------------------------

static size_t position_of(const struct table *table, const char *name)
{
    for (size_t i = 0; i < table->width; i++)
        if (text_is(table->names[i], name))
            return i + 1;
    return 0;
}

static bool is_named(struct text name, const struct column_row *columns, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_is(name, columns[i].name))
            return true;
    return false;
}

static void blame_unknown(struct import *import, size_t position, const struct column_row *columns, size_t count)
{
    const struct table *table = import->table;
    const struct cell cell = {.line = 1, .position = position};
    struct text names[COLUMN_COUNT];
    for (size_t i = 0; i < count; i++)
        names[i] = text_of(columns[i].name);
    const struct text near = import_nearest(table->names[position - 1], names, count);
    const char *help = near.length > 0 ? arena_printf(&import->row, "`%.*s` is near", TEXT_ARGS(near))
                                       : "take it out; remarks go into `note`. Tables of others are read with --map";
    import_blame(import, &cell, help, "there is no column of this name");
}

static void blame_twice(struct import *import)
{
    const struct table *table = import->table;
    for (size_t i = 0; i < table->width; i++)
        for (size_t j = 0; j < i; j++)
            if (text_equal(table->names[i], table->names[j]) && table->names[i].length > 0) {
                const struct cell cell = {.line = 1, .position = i + 1};
                import_blame(import, &cell, "leave one of them out", "column %zu has the same name", j + 1);
                break;
            }
}

// Finds the columns of our own tables.
static void place_columns(struct import *import, struct table *table, const struct column_row *columns, size_t count)
{
    const struct cell header = {.line = 1};
    for (size_t i = 0; i < count; i++) {
        table->position[i] = position_of(table, columns[i].name);
        if (table->position[i] == 0 && columns[i].needed)
            import_blame(import, &header, "each table has all of its columns; docs/data.md shows one", "the column `%s` is missing",
                         columns[i].name);
    }
    for (size_t i = 1; i <= table->width; i++)
        if (!is_named(table->names[i - 1], columns, count))
            blame_unknown(import, i, columns, count);
}

static void place_observations(struct import *import, struct table *table)
{
    size_t known = 0;
    for (size_t i = 0; i < table->width; i++)
        known += is_named(table->names[i], observation_columns, COLUMN_COUNT);
    const struct cell header = {.line = 1};
    if (table->width == 1)
        import_blame(import, &header, "put a comma between the fields", "the table has a single column");
    else if (known < 3)
        import_blame(import, &header, "say with --map what its columns mean: `crux help data` shows how",
                     "this is no table of observations: of its %zu columns we know %zu", table->width, known);
    else
        place_columns(import, table, observation_columns, COLUMN_COUNT);
}

static bool fits_maps(struct import *import)
{
    bool fits = import->map_count > 0;
    for (size_t i = 0; i < import->map_count; i++)
        fits = mapping_fits(import, import->maps[i]) && fits;
    return fits;
}

static void find_kind(struct import *import, struct table *table)
{
    const size_t mistakes = import->result->mistake_count;
    if (position_of(table, "source_id") > 0 && position_of(table, "title") > 0) {
        table->kind = TABLE_SOURCES;
        place_columns(import, table, source_columns, SOURCE_COLUMN_COUNT);
    } else if (import->mapped) {
        table->kind = fits_maps(import) ? TABLE_FOREIGN : TABLE_BAD;
    } else {
        table->kind = TABLE_OBSERVATIONS;
        place_observations(import, table);
    }
    if (table->kind != TABLE_FOREIGN)
        blame_twice(import);
    if (import->result->mistake_count > mistakes)
        table->kind = TABLE_BAD;
}

static struct text trimmed(struct text t)
{
    while (t.length > 0 && t.at[t.length - 1] == ' ')
        t.length--;
    while (t.length > 0 && t.at[0] == ' ') {
        t.at++;
        t.length--;
    }
    return t;
}

static bool read_header(struct import *import, struct table *table)
{
    struct csv_row row;
    const enum csv_found found = csv_next(table->csv, &row);
    if (found != CSV_ROW) {
        import_blame(import, NULL, "its first line names the columns", found == CSV_END ? "it is empty" : "it cannot be read");
        return false;
    }
    if (row.mistake != CSV_WELL) {
        const struct cell cell = {.line = 1, .position = row.bad + 1};
        import_blame(import, &cell, csv_mistake_help(row.mistake), "%s", csv_mistake_words(row.mistake));
        return false;
    }
    struct text *names = arena_array(import->arena, row.count, sizeof *names);
    for (size_t i = 0; i < row.count; i++)
        names[i] = text_copy(import->arena, trimmed(row.fields[i].text));
    table->names = names;
    table->width = row.count;
    return true;
}

void import_open(struct import *import, struct table *table, struct text path)
{
    *table = (struct table){.path = path, .file = -1, .kind = TABLE_BAD};
    import->table = table;
    if (open_file(import, table) && read_header(import, table))
        find_kind(import, table);
    import->table = NULL;
}
