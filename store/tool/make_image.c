// make_image OUT SOURCES.csv TABLE.csv...: writes the database that becomes part of the library (store/shipped.h). The same tables
// give the same bytes. Without tables: an empty store.
#include <math.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/number.h"
#include "dsl/written.h"
#include "store/append.h"
#include "store/connection.h"

static long read_file(void *user, char *bytes, size_t room)
{
    FILE *file = user;
    const size_t count = fread(bytes, 1, room, file);
    return ferror(file) ? -1 : (long)count;
}

static struct text field(const struct csv_row *row, size_t position)
{
    return position < row->count ? row->fields[position].text : (struct text){0};
}

static struct text whole_text(const struct csv_row *row, size_t position)
{
    return written_trim(field(row, position));
}

static bool read_value(struct text t, bool is_date, double *value)
{
    double end;
    *value = NAN;
    if (t.length == 0)
        return true;
    return is_date ? written_date(t, value, &end) : number_read(t, value);
}

static enum basis read_basis(struct text word)
{
    for (int i = 0; i < BASIS_GUESS; i++)
        if (text_is(word, basis_words[i]))
            return (enum basis)i;
    return BASIS_GUESS;
}

// subject,quantity,low,central,high,value_text,unit,valid_date,known_from,source_id,basis,note
static enum append_result add_observation(struct store *store, struct arena *arena, const struct csv_row *row)
{
    const struct text subject = whole_text(row, 0), quantity = whole_text(row, 1);
    double end;
    struct observation o = {
        .name = text_of(arena_printf(arena, "%.*s.%.*s", TEXT_ARGS(subject), TEXT_ARGS(quantity))),
        .value = whole_text(row, 5),
        .unit = whole_text(row, 6),
        .valid = whole_text(row, 7),
        .known = whole_text(row, 8),
        .source = whole_text(row, 9),
        .basis = read_basis(whole_text(row, 10)),
        .note = whole_text(row, 11),
    };
    const bool is_date = text_is(o.unit, "date");
    if (!read_value(whole_text(row, 2), is_date, &o.low) || !read_value(whole_text(row, 3), is_date, &o.central) ||
        !read_value(whole_text(row, 4), is_date, &o.high) || !written_period(o.valid, &o.valid_start, &o.valid_end) ||
        !written_date(o.known, &o.known_from, &end))
        return APPEND_FAILED;
    return store_append_observation(store, &o);
}

static enum append_result add_source(struct store *store, const struct csv_row *row)
{
    const struct known_source source = {.id = whole_text(row, 0),
                                        .title = whole_text(row, 1),
                                        .publisher = whole_text(row, 2),
                                        .published = whole_text(row, 3),
                                        .url = whole_text(row, 4)};
    return store_append_source(store, &source);
}

static bool add_table(struct store *store, struct arena *arena, const char *path, bool of_sources)
{
    static const char *const words[] = {"added", "there already", "contradicts a row", "no such source", "other unit", "refused"};
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return false;
    }
    struct csv *csv = csv_new(arena, (struct csv_input){read_file, file});
    struct csv_row row;
    bool well = csv_next(csv, &row) == CSV_ROW; // the header
    while (csv_next(csv, &row) == CSV_ROW) {
        struct text message;
        const enum append_result result = of_sources ? add_source(store, &row) : add_observation(store, arena, &row);
        if (result == APPEND_ADDED || result == APPEND_THERE)
            continue;
        store_trouble(store, &message);
        fprintf(stderr, "%s:%zu: %s %.*s\n", path, row.line, words[result], TEXT_ARGS(message));
        well = false;
    }
    fclose(file);
    return well;
}

static bool write_image(struct store *store, const char *path)
{
    sqlite3_int64 size = 0;
    unsigned char *bytes = sqlite3_serialize(store->db, "main", &size, 0);
    FILE *file = bytes ? fopen(path, "wb") : NULL;
    bool well = file && fwrite(bytes, 1, (size_t)size, file) == (size_t)size;
    if (file && fclose(file) != 0)
        well = false;
    sqlite3_free(bytes);
    if (!well)
        perror(path);
    return well;
}

int main(int count, char **arguments)
{
    jmp_buf no_memory;
    struct arena arena;
    if (count < 2 || setjmp(no_memory) != 0)
        return 2;
    arena_init(&arena, &system_allocator, &no_memory);
    struct store *store = store_in_memory(&arena);
    bool well = store && store_begin(store, TEXT("data/*.csv"), (struct text){0}) == STORE_OK;
    for (int i = 2; i < count && well; i++)
        well = add_table(store, &arena, arguments[i], i == 2);
    well = well && store_commit(store) == STORE_OK && write_image(store, arguments[1]);
    arena_reset(&arena);
    return well ? 0 : 2;
}
