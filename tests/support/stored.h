// Stores in a folder of their own, for tests.
#ifndef TESTS_SUPPORT_STORED_H
#define TESTS_SUPPORT_STORED_H

#include "base/arena.h"
#include "store/append.h"

struct stored {
    struct arena arena;
    char folder[64], path[96]; // the folder is empty at first; `path` is a file in it that nobody made yet
};

void stored_open(struct stored *stored);
void stored_close(struct stored *stored); // deletes the folder

// Fails the test when the store cannot be opened.
struct store *stored_to_append(struct stored *stored);
struct store *stored_to_read(struct stored *stored);
// A store in memory, empty and in the middle of an import.
struct store *stored_in_memory(struct stored *stored);

// A figure without bounds, in the unit "1", stated. The source is appended if need be.
struct observation stored_figure(const char *name, const char *valid, const char *known, const char *source, double central);
enum append_result stored_append(struct store *store, struct observation observation);

// The store's answers at the end of a date.
struct observer stored_at(struct store *store, const char *vintage);

// Rows that are told apart by a number: test7.q is 7, of test_source.
enum append_result stored_append_numbered(struct store *store, int number);
void stored_append_committed(struct store *store, int from, int to);
// Makes the file with the rows 0 to rows - 1, and closes it.
void stored_prepare(struct stored *stored, int rows);
int stored_rows(struct store *store);
// The number that an SQL query gives, -1 after a failure.
int stored_number(struct store *store, const char *sql);

#endif
