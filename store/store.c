// Opening.
#include "store/store.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "dsl/written.h"
#include "store/connection.h"
#include "store/create.h"
#include "store/shipped.h"

enum { PATIENCE = 3000 }; // milliseconds to wait for another program's lock

// ---- what every connection is told -------------------------------------------------------------------------------------------

// A file may come from anybody: nothing in it is run but our own rules, and its pages are checked as they are read.
static bool settle(struct store *store)
{
    sqlite3_extended_result_codes(store->db, 1);
    sqlite3_busy_timeout(store->db, PATIENCE);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return store_run(store, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA foreign_keys = ON");
}

// Damage shows before anything is read of it, or added to it.
static bool is_sound(struct store *store)
{
    sqlite3_stmt *statement = NULL;
    struct text finding = {0};
    if (sqlite3_prepare_v2(store->db, "PRAGMA quick_check(1)", -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
        finding = column_text(store->arena, statement, 0);
    const int code = sqlite3_finalize(statement);
    if (code != SQLITE_OK)
        store_note(store, code);
    else if (!text_is(finding, "ok"))
        store_note(store, SQLITE_CORRUPT);
    return store->status == STORE_OK;
}

// From here on the store answers from what is in it now, whatever others add meanwhile.
static bool hold_still(struct store *store)
{
    return store_run(store, "BEGIN; SELECT count(*) FROM sqlite_schema");
}

void store_let_go(struct store *store)
{
    if (!sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL);
}

// ---- the image and files -----------------------------------------------------------------------------------------------------

static void open_image(struct store *store)
{
    int code = sqlite3_open_v2(":memory:", &store->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    const sqlite3_int64 size = (sqlite3_int64)shipped_image_size;
    // Read where it lies: SQLite's type is not const, but it does not write to what is read-only.
    const union {
        const unsigned char *ours;
        unsigned char *theirs;
    } image = {.ours = shipped_image};
    if (code == SQLITE_OK)
        code = sqlite3_deserialize(store->db, "main", image.theirs, size, size, SQLITE_DESERIALIZE_READONLY);
    if (code != SQLITE_OK)
        store_note(store, code);
    else
        settle(store);
}

// There, a plain file, and not a thing that could keep us waiting.
static bool is_file(struct store *store, const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            store_fail(store, STORE_NOT_FOUND, "there is no file `%s`: look for a slip in the path, or make it with `crux data import`", store->path);
        else
            store_fail(store, STORE_FAILED, "`%s` cannot be read: %s", store->path, strerror(errno));
        return false;
    }
    if (S_ISREG(about.st_mode))
        return true;
    store_fail(store, STORE_FOREIGN, "`%s` is %s, not a Crux data store: name a file", store->path,
               S_ISDIR(about.st_mode) ? "a folder" : "no plain file");
    return false;
}

// The path as a file:// address for SQLite, in which some characters are not themselves.
static const char *address(struct arena *arena, const char *path, const char *query)
{
    struct buffer out = buffer_on(arena);
    buffer_add_string(&out, "file:");
    for (; *path; path++) {
        if (strchr("%?#", *path))
            buffer_printf(&out, "%%%02X", (unsigned)*path);
        else
            buffer_add_char(&out, *path);
    }
    buffer_add_string(&out, query);
    return out.at;
}

static void open_file(struct store *store, const char *path, int flags, const char *query)
{
    sqlite3_close(store->db);
    store->db = NULL;
    const char *name = address(store->arena, path, query);
    const int code = sqlite3_open_v2(name, &store->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL);
    if (code != SQLITE_OK)
        store_note(store, code);
    else
        settle(store);
}

// A database in WAL mode wants a file beside it even to be read. Where none can be made, nobody is writing either (unless there is
// a log, which SQLite then refuses to skip): it is read as something that does not change.
static bool stands_still(struct store *store, const char *path)
{
    struct stat about;
    const int code = sqlite3_errcode(store->db) & 0xff;
    return (code == SQLITE_CANTOPEN || code == SQLITE_READONLY) && (stat(arena_printf(store->arena, "%s-wal", path), &about) != 0 || about.st_size == 0);
}

static void open_to_read(struct store *store, const char *path)
{
    if (!is_file(store, path))
        return;
    open_file(store, path, SQLITE_OPEN_READONLY, "");
    if (store->status != STORE_OK)
        return;
    if (sqlite3_exec(store->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL) != SQLITE_OK && stands_still(store, path))
        open_file(store, path, SQLITE_OPEN_READONLY, "?immutable=1");
}

static void open_to_append(struct store *store, const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0 && errno == ENOENT && !store_create(store, path))
        return;
    if (!is_file(store, path))
        return;
    open_file(store, path, SQLITE_OPEN_READWRITE, "");
    if (store->status == STORE_OK && sqlite3_db_readonly(store->db, "main") == 1)
        store_note(store, SQLITE_READONLY);
}

// ---- the ways in ---------------------------------------------------------------------------------------------------------------

static struct store *opened(struct store *store, enum store_status *status, struct text *message)
{
    *status = store->status;
    *message = store->message;
    return store->status == STORE_OK ? store : NULL;
}

// SQLite gives some names a meaning of their own, but none that begin like this.
static const char *plain_path(struct arena *arena, struct text path)
{
    return arena_printf(arena, "%s%.*s", path.at[0] == '/' ? "" : "./", TEXT_ARGS(path));
}

struct store *store_open(struct arena *arena, struct text path, enum store_status *status, struct text *message)
{
    if (path.length == 0) {
        struct store *image = store_new(arena, "the data that come with Crux");
        open_image(image);
        if (image->status == STORE_OK)
            schema_check(image);
        return opened(image, status, message);
    }
    struct store *store = store_new(arena, text_copy(arena, path).at);
    open_to_read(store, plain_path(arena, path));
    if (store->status == STORE_OK && schema_check(store) && is_sound(store))
        hold_still(store);
    return opened(store, status, message);
}

struct store *store_open_to_append(struct arena *arena, struct text path, enum store_status *status, struct text *message)
{
    struct store *store = store_new(arena, text_copy(arena, path).at);
    if (path.length == 0)
        store_fail(store, STORE_READ_ONLY, "the data that come with Crux are not added to: name a file of your own with --db");
    else
        open_to_append(store, plain_path(arena, path));
    if (store->status == STORE_OK && schema_check(store) && is_sound(store) && schema_grow(store) && !store->made)
        store_log_ahead(store);
    return opened(store, status, message);
}

// ---- what is in it -------------------------------------------------------------------------------------------------------------

struct text store_latest(struct store *store, struct arena *arena)
{
    struct text latest = {0};
    double latest_end = -INFINITY;
    sqlite3_stmt *statement = store_statement(store, STATEMENT_LATEST);
    while (statement && store_step(store, statement)) {
        const struct text known = column_text(arena, statement, 0);
        double start, end;
        if (written_date(known, &start, &end) && end > latest_end) {
            latest = known;
            latest_end = end;
        }
    }
    return latest;
}
