// The tables, and whether a file has them.
//
// Append-only is the database's own rule, so that no program can break it by mistake: changing or deleting a row is refused by
// triggers, and so is INSERT OR REPLACE, which would delete without asking the triggers of DELETE.
#include <string.h>

#include "store/connection.h"

enum {
    APPLICATION = 0x43727578, // "Crux", in the header of the file
    VERSION = 1,              // a change of the tables is a new one
};

struct part {
    const char *name, *sql; // as SQLite keeps it
};

#define KEPT(table, verb)                                                                                        \
    {                                                                                                            \
        table "_no_" #verb, "CREATE TRIGGER " table "_no_" #verb " BEFORE " #verb " ON " table                   \
                            " BEGIN SELECT raise(ABORT, 'a store is only added to: nothing in it is changed'); END" \
    }
#define NOT_REPLACED(table, same)                                                                                  \
    {                                                                                                              \
        table "_no_replacing", "CREATE TRIGGER " table "_no_replacing BEFORE INSERT ON " table                     \
                               " WHEN EXISTS (SELECT 1 FROM " table " AS old WHERE " same ")"                      \
                               " BEGIN SELECT raise(ABORT, 'a store is only added to: this row is there'); END" \
    }

static const struct part parts[] = {
    {"import", "CREATE TABLE import (\n"
               "  import_id INTEGER PRIMARY KEY,\n"
               "  origin TEXT NOT NULL,\n"
               "  imported_on TEXT NOT NULL\n"
               ") STRICT"},
    {"source", "CREATE TABLE source (\n"
               "  source_id TEXT NOT NULL PRIMARY KEY CHECK (source_id <> ''),\n"
               "  title TEXT NOT NULL,\n"
               "  publisher TEXT NOT NULL,\n"
               "  published TEXT NOT NULL,\n"
               "  url TEXT NOT NULL\n"
               ") STRICT, WITHOUT ROWID"},
    {"observation", "CREATE TABLE observation (\n"
                    "  observation_id INTEGER PRIMARY KEY,\n"
                    "  subject TEXT NOT NULL CHECK (subject <> ''),\n"
                    "  quantity TEXT NOT NULL CHECK (quantity <> '' AND instr(quantity, '.') = 0),\n"
                    "  low REAL CHECK (low <= central AND low <= high),\n"
                    "  central REAL CHECK (central <= high),\n"
                    "  high REAL,\n"
                    "  value_text TEXT NOT NULL,\n"
                    "  unit TEXT NOT NULL CHECK (unit <> ''),\n"
                    "  valid_date TEXT NOT NULL,\n"
                    "  valid_start REAL NOT NULL,\n"
                    "  valid_end REAL NOT NULL CHECK (valid_end > valid_start),\n"
                    "  known_from TEXT NOT NULL,\n"
                    "  known_start REAL NOT NULL,\n"
                    "  source_id TEXT NOT NULL REFERENCES source,\n"
                    "  basis TEXT NOT NULL CHECK (basis IN ('stated', 'secondary', 'derived', 'recalled', 'guess')),\n"
                    "  note TEXT NOT NULL,\n"
                    "  import_id INTEGER NOT NULL REFERENCES import,\n"
                    "  CHECK (coalesce(low, central, high) IS NOT NULL OR (unit = 'text' AND value_text <> ''))\n"
                    ") STRICT"},
    // What a series is read by, and what can be said only once.
    {"observation_once", "CREATE UNIQUE INDEX observation_once ON observation"
                         " (subject, quantity, valid_end, known_start, source_id, valid_start)"},
    {"observation_known", "CREATE INDEX observation_known ON observation (known_start)"},
    {"observation_one_unit", "CREATE TRIGGER observation_one_unit BEFORE INSERT ON observation WHEN NEW.unit <> "
                             "(SELECT unit FROM observation WHERE subject = NEW.subject AND quantity = NEW.quantity LIMIT 1)"
                             " BEGIN SELECT raise(ABORT, 'one quantity has one unit'); END"},
    NOT_REPLACED("import", "old.import_id = NEW.import_id"),
    NOT_REPLACED("source", "old.source_id = NEW.source_id"),
    NOT_REPLACED("observation", "old.observation_id = NEW.observation_id OR (old.subject = NEW.subject AND old.quantity = NEW.quantity"
                                " AND old.valid_end = NEW.valid_end AND old.known_start = NEW.known_start"
                                " AND old.source_id = NEW.source_id AND old.valid_start = NEW.valid_start)"),
    KEPT("import", UPDATE),
    KEPT("import", DELETE),
    KEPT("source", UPDATE),
    KEPT("source", DELETE),
    KEPT("observation", UPDATE),
    KEPT("observation", DELETE),
};
enum { PART_COUNT = sizeof parts / sizeof *parts };

bool schema_make(struct store *store)
{
    char *mark = sqlite3_mprintf("PRAGMA application_id = %d; PRAGMA user_version = %d; PRAGMA encoding = 'UTF-8'", APPLICATION, VERSION);
    bool well = mark && store_run(store, mark);
    sqlite3_free(mark);
    for (size_t i = 0; i < PART_COUNT && well; i++)
        well = store_run(store, parts[i].sql);
    return well;
}

struct store *store_in_memory(struct arena *arena)
{
    struct store *store = store_new(arena, "a new data store");
    const int code = sqlite3_open_v2(":memory:", &store->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK || !schema_make(store))
        return NULL;
    store_run(store, "PRAGMA foreign_keys = ON");
    return store;
}

// The number a pragma gives, 0 after a failure.
static int pragma(struct store *store, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int value = 0;
    if (sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
        value = sqlite3_column_int(statement, 0);
    int code = sqlite3_finalize(statement);
    if (code != SQLITE_OK || !statement)
        store_note(store, code != SQLITE_OK ? code : sqlite3_errcode(store->db));
    return value;
}

static bool has_part(struct store *store, const struct part *part)
{
    sqlite3_stmt *statement = NULL;
    bool same = false;
    if (sqlite3_prepare_v2(store->db, "SELECT sql FROM sqlite_schema WHERE name = ?1", -1, &statement, NULL) == SQLITE_OK) {
        sqlite3_bind_text(statement, 1, part->name, -1, SQLITE_STATIC);
        if (sqlite3_step(statement) == SQLITE_ROW) {
            const unsigned char *sql = sqlite3_column_text(statement, 0);
            same = sql && strcmp((const char *)sql, part->sql) == 0;
        }
    }
    int code = sqlite3_finalize(statement);
    if (code != SQLITE_OK)
        store_note(store, code);
    else if (!same)
        store_fail(store, STORE_CORRUPT,
                   "`%s` is damaged: another program changed its table, index or rule `%s`; go back to a copy, or import the CSV files "
                   "into a new file",
                   store->path, part->name);
    return same;
}

bool schema_check(struct store *store)
{
    const int application = pragma(store, "PRAGMA application_id");
    const int version = pragma(store, "PRAGMA user_version");
    if (store->status != STORE_OK)
        return false;
    if (application != APPLICATION) {
        store_fail(store, STORE_FOREIGN,
                   "`%s` is not a Crux data store but empty, or another program's database: name another file, or none for the data that come with Crux",
                   store->path);
        return false;
    }
    if (version > VERSION) {
        store_fail(store, STORE_NEWER, "`%s` was made by a newer Crux (its tables are of version %d, this Crux knows %d): use that Crux",
                   store->path, version, VERSION);
        return false;
    }
    for (size_t i = 0; i < PART_COUNT; i++)
        if (!has_part(store, &parts[i]))
            return false;
    return true;
}
