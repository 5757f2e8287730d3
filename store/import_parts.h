// What the files of the import share. Not for others: they use store/import.h.
#ifndef STORE_IMPORT_PARTS_H
#define STORE_IMPORT_PARTS_H

#include "base/csv.h"
#include "base/map.h"
#include "base/vector.h"
#include "dsl/unit.h"
#include "store/append.h"
#include "store/import.h"
#include "store/import_map.h"

enum column {
#define COLUMN(id, name, needed, says) COLUMN_##id,
#include "store/column.def"
    COLUMN_COUNT
};

enum source_column {
#define SOURCE_COLUMN(id, name, needed, says) SOURCE_##id,
#include "store/column.def"
    SOURCE_COLUMN_COUNT
};

struct column_row {
    const char *name;
    bool needed;
};
extern const struct column_row observation_columns[COLUMN_COUNT];
extern const struct column_row source_columns[SOURCE_COLUMN_COUNT];

enum table_kind { TABLE_BAD, TABLE_OBSERVATIONS, TABLE_SOURCES, TABLE_FOREIGN };

struct table {
    struct text path;
    int file;
    struct csv *csv;
    enum table_kind kind;
    size_t width;
    const struct text *names;       // of the header
    size_t position[COLUMN_COUNT];  // of each column of its kind, from 1; 0: it has none
};

// One field, and where it stands.
struct cell {
    struct text text;
    size_t line, position; // position 0: of no column
};

struct import {
    struct store *store;
    struct arena *arena; // of the result
    struct arena row;    // emptied after each row
    struct unit_system *units;
    struct map unit_texts; // as written -> struct unit
    struct mapping **maps;
    size_t map_count;
    bool sources_refused;       // a row of sources, or a table of them, had a mistake
    bool mapped;                // there are maps, even if none could be read
    const struct table *table; // the one being read
    VECTOR(struct import_mistake) mistakes;
    struct import_result *result;
    const struct import_request *request;
    bool stopped;
};

// Notes a mistake in the table being read. `help` may be NULL.
void import_blame(struct import *import, const struct cell *cell, const char *help, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
// The cell for a message: in backticks, shortened.
const char *import_quote(struct import *import, struct text text);
// " (`near` is near)", or "".
struct text import_nearest(struct text name, const struct text *names, size_t count);

// import_row.c: a row of observations, as cells in the order of `enum column`, checked and appended.
void import_observation(struct import *import, const struct cell *cells);
// import_source.c: a row of sources, in the order of `enum source_column`.
void import_source(struct import *import, const struct cell *cells);
// import_table.c: opens a table and reads its header. The kind is TABLE_BAD after a mistake.
void import_open(struct import *import, struct table *table, struct text path);

#endif
