// A folder of tables (CSV files in the form of data/: observations and their sources) as a store in memory, without what comes with
// Crux: the tables are all that it knows.
#ifndef STORE_FOLDER_H
#define STORE_FOLDER_H

#include "store/import.h"

enum { FOLDER_BYTES = 256 << 20 }; // its tables together

struct folder_answer {
    enum import_outcome outcome;  // IMPORT_DONE: there is a store
    struct store *store;          // closed when the arena is reset
    struct text message;          // IMPORT_FAILED: a sentence with cause and remedy
    struct import_result result;  // IMPORT_REFUSED: its mistakes
};

// Imports all files of the folder whose names end in .csv; not those of folders in it. What is no plain file is refused, since it might
// never end. go_on as in struct import_request.
struct folder_answer store_read_folder(struct arena *arena, struct text path, bool (*go_on)(void *user, size_t rows), void *user);

#endif
