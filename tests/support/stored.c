#include "tests/support/stored.h"

#include <criterion/criterion.h>
#include <ftw.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "dsl/written.h"
#include "store/connection.h"

void stored_open(struct stored *stored)
{
    arena_init(&stored->arena, &system_allocator, NULL);
    snprintf(stored->folder, sizeof stored->folder, "/tmp/crux-store-XXXXXX");
    cr_assert(mkdtemp(stored->folder) != NULL);
    snprintf(stored->path, sizeof stored->path, "%s/data.db", stored->folder);
}

static int delete_one(const char *path, const struct stat *about, int kind, struct FTW *walk)
{
    (void)about;
    (void)kind;
    (void)walk;
    return remove(path);
}

void stored_close(struct stored *stored)
{
    arena_reset(&stored->arena);
    nftw(stored->folder, delete_one, 8, FTW_DEPTH | FTW_PHYS);
}

static struct store *sure(struct store *store, enum store_status status, struct text message)
{
    cr_assert(store != NULL && status == STORE_OK, "%.*s", TEXT_ARGS(message));
    return store;
}

struct store *stored_to_append(struct stored *stored)
{
    enum store_status status;
    struct text message;
    struct store *store = store_open_to_append(&stored->arena, text_of(stored->path), &status, &message);
    return sure(store, status, message);
}

struct store *stored_to_read(struct stored *stored)
{
    enum store_status status;
    struct text message;
    struct store *store = store_open(&stored->arena, text_of(stored->path), &status, &message);
    return sure(store, status, message);
}

struct store *stored_in_memory(struct stored *stored)
{
    struct store *store = store_in_memory(&stored->arena);
    cr_assert(store != NULL && store_begin(store, TEXT("test"), (struct text){0}) == STORE_OK);
    return store;
}

struct observation stored_figure(const char *name, const char *valid, const char *known, const char *source, double central)
{
    double known_end;
    struct observation observation = {.name = text_of(name),
                                      .unit = TEXT("1"),
                                      .low = NAN,
                                      .central = central,
                                      .high = NAN,
                                      .valid = text_of(valid),
                                      .known = text_of(known),
                                      .source = text_of(source)};
    cr_assert(written_period(observation.valid, &observation.valid_start, &observation.valid_end), "%s", valid);
    cr_assert(written_date(observation.known, &observation.known_from, &known_end), "%s", known);
    return observation;
}

enum append_result stored_append(struct store *store, struct observation observation)
{
    const struct known_source source = {
        .id = observation.source, .title = TEXT("A report"), .publisher = TEXT("Somebody"), .published = TEXT("2024"), .url = TEXT("")};
    cr_assert(store_append_source(store, &source) <= APPEND_THERE);
    return store_append_observation(store, &observation);
}

struct observer stored_at(struct store *store, const char *vintage)
{
    double start, end;
    struct observer observer;
    cr_assert(written_date(text_of(vintage), &start, &end), "%s", vintage);
    store_observe(store, text_of(vintage), end, &observer);
    return observer;
}

enum append_result stored_append_numbered(struct store *store, int number)
{
    char name[40];
    snprintf(name, sizeof name, "test%d.q", number);
    struct observation observation = stored_figure(name, "2024", "2024-06", "test_source", number);
    observation.note = TEXT("Something to fill the pages with, so that a few hundred rows are more than one page of the file.");
    return stored_append(store, observation);
}

void stored_append_committed(struct store *store, int from, int to)
{
    cr_assert(store_begin(store, TEXT("test"), TEXT("2026-01-01")) == STORE_OK);
    for (int i = from; i < to; i++)
        cr_assert(stored_append_numbered(store, i) == APPEND_ADDED);
    cr_assert(store_commit(store) == STORE_OK);
}

int stored_number(struct store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int value = -1;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
        value = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return value;
}

int stored_rows(struct store *store)
{
    return stored_number(store, "SELECT count(*) FROM observation WHERE source_id = 'test_source'");
}

void stored_prepare(struct stored *stored, int rows)
{
    stored_append_committed(stored_to_append(stored), 0, rows);
    arena_reset(&stored->arena);
}
