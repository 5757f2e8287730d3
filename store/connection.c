#include "store/connection.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"

static const char *const statements_sql[] = {
#define STATEMENT(id, sql) sql,
#include "store/statement.def"
#undef STATEMENT
};

// ---- opening and closing ---------------------------------------------------------------------------------------------------

static void close_store(void *handle)
{
    struct store *store = handle;
    for (int i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(store->statements[i]);
    sqlite3_close(store->db);
    store->db = NULL;
}

struct store *store_new(struct arena *arena, const char *path)
{
    struct store *store = arena_alloc(arena, sizeof *store);
    *store = (struct store){.arena = arena, .path = path};
    arena_defer(arena, close_store, store);
    return store;
}

// ---- failures --------------------------------------------------------------------------------------------------------------

void store_fail(struct store *store, enum store_status status, const char *format, ...)
{
    if (store->status != STORE_OK)
        return;
    char message[1000];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    store->status = status;
    store->message = text_of(arena_printf(store->arena, "%s", message));
}

// A limit on the size of files or of a user's share of the disk is no room as well; SQLite calls it a failed write.
static bool is_full(const struct store *store, int code)
{
    if ((code & 0xff) == SQLITE_FULL)
        return true;
    const int cause = (code & 0xff) == SQLITE_IOERR && store->db ? sqlite3_system_errno(store->db) : 0;
    return cause == ENOSPC || cause == EDQUOT || cause == EFBIG;
}

void store_note(struct store *store, int code)
{
    const char *path = store->path;
    if (is_full(store, code)) {
        store_fail(store, STORE_FULL, "there is no room left for `%s`: nothing in it was changed; make room and try again", path);
        return;
    }
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        store_fail(store, STORE_LOCKED, "another program is writing to `%s`: try again when it has finished", path);
        return;
    case SQLITE_NOTADB:
        store_fail(store, STORE_FOREIGN, "`%s` is not a Crux data store: name another file, or none for the data that come with Crux", path);
        return;
    case SQLITE_CORRUPT:
        store_fail(store, STORE_CORRUPT, "`%s` is damaged: go back to a copy, or import the CSV files into a new file", path);
        return;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        store_fail(store, STORE_READ_ONLY, "`%s` cannot be written, because it or its folder is read-only: change that, or copy the file", path);
        return;
    case SQLITE_NOMEM:
        store_fail(store, STORE_NO_MEMORY, "there is not enough memory to read `%s`", path);
        return;
    }
    if (code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_TRUNCATE || code == SQLITE_IOERR_SHMSIZE) {
        store_fail(store, STORE_FAILED, "`%s` could not be written, because the disk is full or fails: nothing in it was changed; make room and try again", path);
        return;
    }
    store_fail(store, STORE_FAILED, "`%s` cannot be used as a data store: %s", path,
               store->db ? sqlite3_errmsg(store->db) : sqlite3_errstr(code));
}

enum store_status store_trouble(const struct store *store, struct text *message)
{
    if (message)
        *message = store->message;
    return store->status;
}

bool store_was_asked(struct store *store)
{
    const bool asked = store->asked;
    store->asked = false;
    return asked;
}

void store_wait(struct store *store, int milliseconds)
{
    sqlite3_busy_timeout(store->db, milliseconds);
}

// ---- statements ------------------------------------------------------------------------------------------------------------

bool store_run(struct store *store, const char *sql)
{
    const int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    if (code != SQLITE_OK)
        store_note(store, sqlite3_extended_errcode(store->db));
    return code == SQLITE_OK;
}

sqlite3_stmt *store_statement(struct store *store, enum statement statement)
{
    sqlite3_stmt **place = &store->statements[statement];
    if (!*place && sqlite3_prepare_v3(store->db, statements_sql[statement], -1, SQLITE_PREPARE_PERSISTENT, place, NULL) != SQLITE_OK) {
        store_note(store, sqlite3_extended_errcode(store->db));
        return NULL;
    }
    // An answer that was left when memory ran out may still be open.
    sqlite3_reset(*place);
    sqlite3_clear_bindings(*place);
    return *place;
}

// Bound texts outlive the statement's run: they are its caller's.
void bind_text(sqlite3_stmt *statement, int position, struct text text)
{
    sqlite3_bind_text64(statement, position, text.length > 0 ? text.at : "", text.length, SQLITE_STATIC, SQLITE_UTF8);
}

void bind_number(sqlite3_stmt *statement, int position, double value)
{
    if (isnan(value))
        sqlite3_bind_null(statement, position);
    else
        sqlite3_bind_double(statement, position, value);
}

bool store_step(struct store *store, sqlite3_stmt *statement)
{
    const int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        store_note(store, sqlite3_extended_errcode(store->db));
    store_finish(statement);
    return false;
}

void store_finish(sqlite3_stmt *statement)
{
    sqlite3_reset(statement);
}

struct text column_text(struct arena *arena, sqlite3_stmt *statement, int column)
{
    const void *at = sqlite3_column_text(statement, column);
    return text_copy(arena, (struct text){at, at ? (size_t)sqlite3_column_bytes(statement, column) : 0});
}

double column_number(sqlite3_stmt *statement, int column)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL ? NAN : sqlite3_column_double(statement, column);
}

bool split_name(struct text name, struct text *subject, struct text *quantity)
{
    size_t dot = name.length;
    while (dot > 0 && name.at[dot - 1] != '.')
        dot--;
    if (dot <= 1 || dot == name.length)
        return false;
    *subject = (struct text){name.at, dot - 1};
    *quantity = (struct text){name.at + dot, name.length - dot};
    return true;
}
