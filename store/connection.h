// What the files of store/ share: the connection to SQLite, its prepared statements, and what went wrong.
#ifndef STORE_CONNECTION_H
#define STORE_CONNECTION_H

#include <sqlite3.h>

#include "store/store.h"

// Each statement of statement.def, prepared when it is first used.
enum statement {
#define STATEMENT(id, sql) STATEMENT_##id,
#include "store/statement.def"
#undef STATEMENT
    STATEMENT_COUNT
};

struct store {
    struct arena *arena;
    const char *path; // as it is said in messages; "" for the image
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENT_COUNT];
    enum store_status status; // of the first failure since it was opened, or since store_begin
    struct text message;
    int version;              // of its tables
    bool asked;               // see store_was_asked
    bool made;                // its file by us just now, and nothing was added yet
    struct text origin, on;   // of the import under way, ...
    sqlite3_int64 import;     // ... and its row of the import log; 0: not yet written
};

// A store without a database yet, closed when the arena is reset.
struct store *store_new(struct arena *arena, const char *path);

// Notes a failure, unless an earlier one is noted. `code` is SQLite's.
void store_note(struct store *store, int code);
void store_fail(struct store *store, enum store_status status, const char *format, ...) __attribute__((format(printf, 3, 4)));

// Runs statements without results. False after a failure, which is noted.
bool store_run(struct store *store, const char *sql);

// Ready to be bound. NULL after a failure, which is noted.
sqlite3_stmt *store_statement(struct store *store, enum statement statement);
void bind_text(sqlite3_stmt *statement, int position, struct text text);
void bind_number(sqlite3_stmt *statement, int position, double value); // NAN: NULL
// True at a row; false after the last one and after a failure, which is noted. The statement is given back then.
bool store_step(struct store *store, sqlite3_stmt *statement);
void store_finish(sqlite3_stmt *statement); // before the last row
struct text column_text(struct arena *arena, sqlite3_stmt *statement, int column);
double column_number(sqlite3_stmt *statement, int column);

// observe.c: a row with the columns of an observation as statement.def gives them. The name is kept, not copied.
struct observation read_observation(struct arena *arena, sqlite3_stmt *row, struct text name);
// Whether `other`, about the same period, says something else than `from`: struct observation, `dissenters`.
bool observations_disagree(const struct observation *from, const struct observation *other);

// append.c: from here on others can read while the store is added to.
void store_log_ahead(struct store *store);

// schema.c: makes the tables of an empty database.
bool schema_make(struct store *store);
// The tables of its version are there, unchanged, and no others of ours; else a failure is noted. Sets the version.
bool schema_check(struct store *store);
// Brings a file of an earlier version to this one, all at once: a process that ends on the way leaves it as it was.
bool schema_grow(struct store *store);
// Whether the file is of a version that has tables of runs.
bool schema_has_runs(const struct store *store);
// An empty database in memory, to append to: what the image is made of. NULL when there is no memory.
struct store *store_in_memory(struct arena *arena);

// A name at its last dot. False when there is none.
bool split_name(struct text name, struct text *subject, struct text *quantity);

#endif
