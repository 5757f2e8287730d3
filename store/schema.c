// The tables, and whether a file has them.
//
// Append-only is the database's own rule, so that no program can break it by mistake: changing or deleting a row is refused by
// triggers, and so is INSERT OR REPLACE, which would delete without asking the triggers of DELETE.
#include <string.h>

#include "store/append.h"
#include "store/connection.h"

enum {
    APPLICATION = 0x43727578, // "Crux", in the header of the file
    VERSION = 2,              // a change of the tables is a new one. 1: observations alone; 2: recorded runs too
};

struct part {
    int since; // version
    const char *name, *sql; // as SQLite keeps it
};

#define KEPT(since, table, verb)                                                                                 \
    {                                                                                                            \
        since, table "_no_" #verb, "CREATE TRIGGER " table "_no_" #verb " BEFORE " #verb " ON " table                   \
                            " BEGIN SELECT raise(ABORT, 'a store is only added to: nothing in it is changed'); END" \
    }
#define NOT_REPLACED(since, table, same)                                                                           \
    {                                                                                                              \
        since, table "_no_replacing", "CREATE TRIGGER " table "_no_replacing BEFORE INSERT ON " table                     \
                               " WHEN EXISTS (SELECT 1 FROM " table " AS old WHERE " same ")"                      \
                               " BEGIN SELECT raise(ABORT, 'a store is only added to: this row is there'); END" \
    }

static const struct part parts[] = {
    {1, "import", "CREATE TABLE import (\n"
               "  import_id INTEGER PRIMARY KEY,\n"
               "  origin TEXT NOT NULL,\n"
               "  imported_on TEXT NOT NULL\n"
               ") STRICT"},
    {1, "source", "CREATE TABLE source (\n"
               "  source_id TEXT NOT NULL PRIMARY KEY CHECK (source_id <> ''),\n"
               "  title TEXT NOT NULL,\n"
               "  publisher TEXT NOT NULL,\n"
               "  published TEXT NOT NULL,\n"
               "  url TEXT NOT NULL\n"
               ") STRICT, WITHOUT ROWID"},
    {1, "observation", "CREATE TABLE observation (\n"
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
    {1, "observation_once", "CREATE UNIQUE INDEX observation_once ON observation"
                         " (subject, quantity, valid_end, known_start, source_id, valid_start)"},
    {1, "observation_known", "CREATE INDEX observation_known ON observation (known_start)"},
    {1, "observation_one_unit", "CREATE TRIGGER observation_one_unit BEFORE INSERT ON observation WHEN NEW.unit <> "
                             "(SELECT unit FROM observation WHERE subject = NEW.subject AND quantity = NEW.quantity LIMIT 1)"
                             " BEGIN SELECT raise(ABORT, 'one quantity has one unit'); END"},
    NOT_REPLACED(1, "import", "old.import_id = NEW.import_id"),
    NOT_REPLACED(1, "source", "old.source_id = NEW.source_id"),
    NOT_REPLACED(1, "observation", "old.observation_id = NEW.observation_id OR (old.subject = NEW.subject AND old.quantity = NEW.quantity"
                                " AND old.valid_end = NEW.valid_end AND old.known_start = NEW.known_start"
                                " AND old.source_id = NEW.source_id AND old.valid_start = NEW.valid_start)"),
    KEPT(1, "import", UPDATE),
    KEPT(1, "import", DELETE),
    KEPT(1, "source", UPDATE),
    KEPT(1, "source", DELETE),
    KEPT(1, "observation", UPDATE),
    KEPT(1, "observation", DELETE),

    // Runs, their verdicts, and the inputs that these used. An input that several verdicts of a run used alike is one row.
    {2, "run", "CREATE TABLE run (\n"
               "  run_id INTEGER PRIMARY KEY,\n"
               "  recorded_on TEXT NOT NULL CHECK (recorded_on <> ''),\n"
               "  engine TEXT NOT NULL,\n"
               "  vintage TEXT NOT NULL,\n"
               "  vintage_end REAL,\n"
               "  seed INTEGER NOT NULL,\n"
               "  sampler TEXT NOT NULL,\n"
               "  samples INTEGER NOT NULL,\n"
               "  level REAL NOT NULL,\n"
               "  forecast TEXT NOT NULL,\n"
               "  note TEXT NOT NULL\n"
               ") STRICT"},
    {2, "run_verdict", "CREATE TABLE run_verdict (\n"
                       "  verdict_id INTEGER PRIMARY KEY,\n"
                       "  run_id INTEGER NOT NULL REFERENCES run,\n"
                       "  file TEXT NOT NULL,\n"
                       "  module TEXT NOT NULL,\n"
                       "  claim TEXT NOT NULL CHECK (claim <> ''),\n"
                       "  scenario TEXT NOT NULL,\n"
                       "  forecast TEXT NOT NULL,\n"
                       "  speaker TEXT NOT NULL,\n"
                       "  said_on REAL,\n"
                       "  sentence TEXT NOT NULL,\n"
                       "  wording TEXT NOT NULL,\n"
                       "  reading TEXT NOT NULL,\n"
                       "  level REAL NOT NULL,\n"
                       "  verdict TEXT NOT NULL,\n"
                       "  basis TEXT NOT NULL CHECK (basis IN ('none', 'exact', 'proved', 'sampled')),\n"
                       "  lower REAL,\n"
                       "  upper REAL,\n"
                       "  estimate REAL,\n"
                       "  ci_low REAL,\n"
                       "  ci_high REAL,\n"
                       "  expected TEXT NOT NULL,\n"
                       "  as_expected INTEGER NOT NULL CHECK (as_expected IN (0, 1)),\n"
                       "  fingerprint TEXT NOT NULL,\n"
                       "  window_end REAL\n"
                       ") STRICT"},
    {2, "run_input", "CREATE TABLE run_input (\n"
                     "  input_id INTEGER PRIMARY KEY,\n"
                     "  run_id INTEGER NOT NULL REFERENCES run,\n"
                     "  input TEXT NOT NULL CHECK (input <> ''),\n"
                     "  low REAL,\n"
                     "  central REAL,\n"
                     "  high REAL,\n"
                     "  unit TEXT NOT NULL,\n"
                     "  basis TEXT NOT NULL,\n"
                     "  observations INTEGER NOT NULL CHECK (observations >= 0),\n"
                     "  quantity TEXT NOT NULL,\n"
                     "  valid_date TEXT NOT NULL,\n"
                     "  known_from TEXT NOT NULL,\n"
                     "  known_start REAL,\n"
                     "  source_id TEXT NOT NULL,\n"
                     "  observed_until REAL\n"
                     ") STRICT"},
    {2, "run_use", "CREATE TABLE run_use (\n"
                   "  verdict_id INTEGER NOT NULL REFERENCES run_verdict,\n"
                   "  input_id INTEGER NOT NULL REFERENCES run_input,\n"
                   "  PRIMARY KEY (verdict_id, input_id)\n"
                   ") STRICT, WITHOUT ROWID"},
    {2, "run_verdict_once", "CREATE UNIQUE INDEX run_verdict_once ON run_verdict (module, claim, scenario, forecast, run_id, file)"},
    NOT_REPLACED(2, "run", "old.run_id = NEW.run_id"),
    NOT_REPLACED(2, "run_verdict", "old.verdict_id = NEW.verdict_id OR (old.module = NEW.module AND old.claim = NEW.claim"
                                   " AND old.scenario = NEW.scenario AND old.forecast = NEW.forecast AND old.run_id = NEW.run_id"
                                   " AND old.file = NEW.file)"),
    NOT_REPLACED(2, "run_input", "old.input_id = NEW.input_id"),
    NOT_REPLACED(2, "run_use", "old.verdict_id = NEW.verdict_id AND old.input_id = NEW.input_id"),
    KEPT(2, "run", UPDATE),
    KEPT(2, "run", DELETE),
    KEPT(2, "run_verdict", UPDATE),
    KEPT(2, "run_verdict", DELETE),
    KEPT(2, "run_input", UPDATE),
    KEPT(2, "run_input", DELETE),
    KEPT(2, "run_use", UPDATE),
    KEPT(2, "run_use", DELETE),
};
enum { PART_COUNT = sizeof parts / sizeof *parts };

// The parts that came after a version, and the mark of this one.
static bool make_since(struct store *store, int version)
{
    char *mark = sqlite3_mprintf("PRAGMA user_version = %d", VERSION);
    bool well = mark && store_run(store, mark);
    sqlite3_free(mark);
    for (size_t i = 0; i < PART_COUNT && well; i++)
        if (parts[i].since > version)
            well = store_run(store, parts[i].sql);
    return well;
}

bool schema_make(struct store *store)
{
    char *mark = sqlite3_mprintf("PRAGMA application_id = %d; PRAGMA encoding = 'UTF-8'", APPLICATION);
    const bool well = mark && store_run(store, mark);
    sqlite3_free(mark);
    store->version = VERSION;
    return well && make_since(store, 0);
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

static bool damaged(struct store *store, const char *name)
{
    store_fail(store, STORE_CORRUPT,
               "`%s` is damaged: another program changed its table, index or rule `%s`; go back to a copy, or import the CSV files "
               "into a new file",
               store->path, name);
    return false;
}

// The part is there as it should be; of a later version than the file's: it is not there.
static bool part_is_right(struct store *store, const struct part *part)
{
    sqlite3_stmt *statement = NULL;
    const bool wanted = part->since <= store->version;
    bool right = false;
    if (sqlite3_prepare_v2(store->db, "SELECT sql FROM sqlite_schema WHERE name = ?1", -1, &statement, NULL) == SQLITE_OK) {
        sqlite3_bind_text(statement, 1, part->name, -1, SQLITE_STATIC);
        const bool there = sqlite3_step(statement) == SQLITE_ROW;
        const unsigned char *sql = there ? sqlite3_column_text(statement, 0) : NULL;
        right = wanted ? sql && strcmp((const char *)sql, part->sql) == 0 : !there;
    }
    const int code = sqlite3_finalize(statement);
    if (code != SQLITE_OK)
        store_note(store, code);
    return code == SQLITE_OK && (right || damaged(store, part->name));
}

bool schema_check(struct store *store)
{
    const int application = pragma(store, "PRAGMA application_id");
    store->version = pragma(store, "PRAGMA user_version");
    if (store->status != STORE_OK)
        return false;
    if (application != APPLICATION || store->version < 1) {
        store_fail(store, STORE_FOREIGN,
                   "`%s` is not a Crux data store but empty, or another program's database: name another file, or none for the data that come with Crux",
                   store->path);
        return false;
    }
    if (store->version > VERSION) {
        store_fail(store, STORE_NEWER, "`%s` was made by a newer Crux (its tables are of version %d, this Crux knows %d): use that Crux",
                   store->path, store->version, VERSION);
        return false;
    }
    for (size_t i = 0; i < PART_COUNT; i++)
        if (!part_is_right(store, &parts[i]))
            return false;
    return true;
}

// Under the lock of a writer the version is asked again: another program may have been faster.
static bool grow(struct store *store)
{
    if (!schema_check(store))
        return false;
    return store->version == VERSION || make_since(store, store->version);
}

bool schema_grow(struct store *store)
{
    if (store->version == VERSION)
        return true;
    if (store_run(store, "BEGIN IMMEDIATE") && grow(store))
        store_run(store, "COMMIT");
    if (store->status != STORE_OK)
        store_rollback(store);
    return store->status == STORE_OK && schema_check(store);
}

bool schema_has_runs(const struct store *store)
{
    return store->version >= 2;
}
