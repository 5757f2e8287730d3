#include "store/append.h"

#include <math.h>
#include <unistd.h>

#include "store/connection.h"

// ---- all or nothing --------------------------------------------------------------------------------------------------------

// The file no longer stands under its name: what is added to it is lost.
static bool is_gone(struct store *store)
{
    int moved = 0;
    return sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0;
}

enum store_status store_begin(struct store *store, struct text origin, struct text on)
{
    store_rollback(store);
    store->status = STORE_OK;
    store->message = (struct text){0};
    store->origin = text_copy(store->arena, origin);
    store->on = text_copy(store->arena, on);
    store->import = 0;
    // Immediate: two programs that both read first and then write could not wait for each other.
    if (store_run(store, "BEGIN IMMEDIATE") && is_gone(store)) {
        store_fail(store, STORE_LOCKED, "another program has just taken `%s` away: try again", store->path);
        store_rollback(store);
    }
    return store->status;
}

// Write-ahead logging: readers go on while somebody imports. Where a file system cannot, the old way works as well. A file that may
// yet be taken away (store_unmake) goes without: the log would stay behind.
void store_log_ahead(struct store *store)
{
    store->made = false;
    sqlite3_exec(store->db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
}

enum store_status store_commit(struct store *store)
{
    if (store->status == STORE_OK)
        store_run(store, "COMMIT");
    if (store->status != STORE_OK)
        store_rollback(store);
    else if (store->made)
        store_log_ahead(store);
    return store->status;
}

void store_rollback(struct store *store)
{
    // After some failures SQLite has rolled back by itself.
    if (!sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
}

// ---- a file that was made for nothing ------------------------------------------------------------------------------------------

// What a question with one answer is answered by.
static struct text answer_to(struct store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    struct text answer = {0};
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
        answer = column_text(store->arena, statement, 0);
    sqlite3_finalize(statement);
    return answer;
}

// Another program that opened the file meanwhile has neither added to it nor prepared it for its own import (store_log_ahead). The
// image has one import.
static bool is_untouched(struct store *store)
{
    return text_is(answer_to(store, "SELECT count(*) FROM import WHERE import_id > 1"), "0") && !text_is(answer_to(store, "PRAGMA journal_mode"), "wal");
}

// Under the lock of a writer: whoever waits for it finds the file gone when its turn comes, and says so.
void store_unmake(struct store *store)
{
    if (!store->made || sqlite3_exec(store->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
        return;
    if (!is_gone(store) && is_untouched(store))
        unlink(sqlite3_db_filename(store->db, "main"));
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->made = false;
}

// ---- rows --------------------------------------------------------------------------------------------------------------

// Runs an insertion. False after a failure.
static bool insert(struct store *store, sqlite3_stmt *statement)
{
    store_step(store, statement);
    return store->status == STORE_OK;
}

// The row of the import log that the next rows belong to.
static bool log_import(struct store *store)
{
    if (store->import != 0)
        return true;
    sqlite3_stmt *statement = store_statement(store, STATEMENT_ADD_IMPORT);
    if (!statement)
        return false;
    bind_text(statement, 1, store->origin);
    bind_text(statement, 2, store->on);
    if (!insert(store, statement))
        return false;
    store->import = sqlite3_last_insert_rowid(store->db);
    return true;
}

static bool column_is(sqlite3_stmt *statement, int column, struct text text)
{
    const void *at = sqlite3_column_text(statement, column);
    return text_equal((struct text){at, at ? (size_t)sqlite3_column_bytes(statement, column) : 0}, text);
}

static bool column_equals(sqlite3_stmt *statement, int column, double value)
{
    const double kept = column_number(statement, column);
    return isnan(kept) ? isnan(value) : kept == value;
}

// ---- sources ---------------------------------------------------------------------------------------------------------------

static enum append_result compare_source(struct store *store, const struct known_source *source)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_SOURCE);
    if (!statement)
        return APPEND_FAILED;
    bind_text(statement, 1, source->id);
    if (!store_step(store, statement))
        return store->status == STORE_OK ? APPEND_NO_SOURCE : APPEND_FAILED;
    const bool same = column_is(statement, 0, source->title) && column_is(statement, 1, source->publisher) &&
                      column_is(statement, 2, source->published) && column_is(statement, 3, source->url);
    store_finish(statement);
    return same ? APPEND_THERE : APPEND_CONTRADICTS;
}

enum append_result store_append_source(struct store *store, const struct known_source *source)
{
    const enum append_result there = compare_source(store, source);
    if (there != APPEND_NO_SOURCE)
        return there;
    sqlite3_stmt *statement = store_statement(store, STATEMENT_ADD_SOURCE);
    if (!statement)
        return APPEND_FAILED;
    bind_text(statement, 1, source->id);
    bind_text(statement, 2, source->title);
    bind_text(statement, 3, source->publisher);
    bind_text(statement, 4, source->published);
    bind_text(statement, 5, source->url);
    return insert(store, statement) ? APPEND_ADDED : APPEND_FAILED;
}

// ---- observations ----------------------------------------------------------------------------------------------------------

// APPEND_ADDED: no row has its name, period, source and date yet.
static enum append_result compare_observation(struct store *store, const struct observation *o, struct text subject, struct text quantity)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_SAME);
    if (!statement)
        return APPEND_FAILED;
    bind_text(statement, 1, subject);
    bind_text(statement, 2, quantity);
    bind_number(statement, 3, o->known_from);
    bind_number(statement, 4, o->valid_end);
    bind_text(statement, 5, o->source);
    bind_number(statement, 6, o->valid_start);
    if (!store_step(store, statement))
        return store->status == STORE_OK ? APPEND_ADDED : APPEND_FAILED;
    const bool same = column_is(statement, 0, o->unit) && column_equals(statement, 1, o->low) && column_equals(statement, 2, o->central) &&
                      column_equals(statement, 3, o->high) && column_is(statement, 4, o->value) &&
                      column_is(statement, 5, text_of(basis_words[o->basis])) && column_is(statement, 6, o->note);
    store_finish(statement);
    return same ? APPEND_THERE : APPEND_CONTRADICTS;
}

// APPEND_ADDED: the store has the quantity in this unit, or not at all.
static enum append_result compare_unit(struct store *store, struct text unit, struct text subject, struct text quantity)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_UNIT);
    if (!statement)
        return APPEND_FAILED;
    bind_text(statement, 1, subject);
    bind_text(statement, 2, quantity);
    if (!store_step(store, statement))
        return store->status == STORE_OK ? APPEND_ADDED : APPEND_FAILED;
    const bool same = column_is(statement, 0, unit);
    store_finish(statement);
    return same ? APPEND_ADDED : APPEND_OTHER_UNIT;
}

static enum append_result find_source(struct store *store, struct text id)
{
    sqlite3_stmt *statement = store_statement(store, STATEMENT_SOURCE);
    if (!statement)
        return APPEND_FAILED;
    bind_text(statement, 1, id);
    if (!store_step(store, statement))
        return store->status == STORE_OK ? APPEND_NO_SOURCE : APPEND_FAILED;
    store_finish(statement);
    return APPEND_ADDED;
}

// In the order of the columns in statement.def.
static void bind_observation(struct store *store, sqlite3_stmt *statement, const struct observation *o, struct text subject,
                             struct text quantity)
{
    bind_text(statement, 1, subject);
    bind_text(statement, 2, quantity);
    bind_text(statement, 3, o->unit);
    bind_number(statement, 4, o->low);
    bind_number(statement, 5, o->central);
    bind_number(statement, 6, o->high);
    bind_text(statement, 7, o->value);
    bind_text(statement, 8, o->valid);
    bind_number(statement, 9, o->valid_start);
    bind_number(statement, 10, o->valid_end);
    bind_text(statement, 11, o->known);
    bind_number(statement, 12, o->known_from);
    bind_text(statement, 13, o->source);
    bind_text(statement, 14, text_of(basis_words[o->basis]));
    bind_text(statement, 15, o->note);
    sqlite3_bind_int64(statement, 16, store->import);
}

enum append_result store_append_observation(struct store *store, const struct observation *observation)
{
    struct text subject, quantity;
    if (!split_name(observation->name, &subject, &quantity)) {
        store_fail(store, STORE_FAILED, "`%.*s` is no subject and quantity joined by a dot", TEXT_ARGS(observation->name));
        return APPEND_FAILED;
    }
    enum append_result result = compare_observation(store, observation, subject, quantity);
    if (result == APPEND_ADDED)
        result = compare_unit(store, observation->unit, subject, quantity);
    if (result == APPEND_ADDED)
        result = find_source(store, observation->source);
    if (result != APPEND_ADDED)
        return result;
    sqlite3_stmt *statement = log_import(store) ? store_statement(store, STATEMENT_ADD_OBSERVATION) : NULL;
    if (!statement)
        return APPEND_FAILED;
    bind_observation(store, statement, observation, subject, quantity);
    return insert(store, statement) ? APPEND_ADDED : APPEND_FAILED;
}

struct text store_unit(struct store *store, struct arena *arena, struct text name)
{
    struct text subject, quantity, unit = {0};
    if (!split_name(name, &subject, &quantity))
        return unit;
    sqlite3_stmt *statement = store_statement(store, STATEMENT_UNIT);
    if (!statement)
        return unit;
    bind_text(statement, 1, subject);
    bind_text(statement, 2, quantity);
    if (store_step(store, statement)) {
        unit = column_text(arena, statement, 0);
        store_finish(statement);
    }
    return unit;
}
