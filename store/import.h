// Tables of observations and sources (CSV) into a store: all of them, or nothing.
//
// A table says by its header what it holds: column.def. Every row is checked, whatever the rows before it said. Memory does not
// grow with the tables. How to write a table: docs/data.md.
#ifndef STORE_IMPORT_H
#define STORE_IMPORT_H

#include "store/store.h"

enum { IMPORT_MISTAKES = 50, IMPORT_TABLES = 200 }; // mistakes told; the rest are counted. Tables at once

struct import_request {
    const struct text *paths;
    size_t count;
    const struct text *maps; // how to read tables that are not in our form: import_map.h
    size_t map_count;
    struct text origin, on;  // for the log: where the rows come from (empty: the first table), and today's date or nothing
    bool (*go_on)(void *user, size_t rows); // asked now and then; false stops the import. NULL: never asked
    void *user;
};

struct import_mistake {
    struct text path;
    size_t line;        // 0: of the table as a whole
    size_t column;      // its number, from 1; 0: of the row as a whole
    struct text name;   // of the column; may be empty
    const char *reason;
    const char *help;   // what to write instead
};

struct import_result {
    size_t tables, rows;
    size_t observations, sources;             // added
    size_t observations_there, sources_there; // skipped: the store has the very same row
    size_t without_figure;                    // rows of foreign tables that say nothing
    size_t mistake_count;
    const struct import_mistake *mistakes;    // the first of them
    size_t mistakes_kept;
};

enum import_outcome {
    IMPORT_DONE,
    IMPORT_REFUSED, // there are mistakes; nothing was changed
    IMPORT_STOPPED, // go_on said so; nothing was changed
    IMPORT_FAILED,  // the store could not (store_trouble); nothing was changed
};

// The store was opened with store_open_to_append. The result lives in the arena.
enum import_outcome import_tables(struct store *store, struct arena *arena, const struct import_request *request, struct import_result *result);

#endif
