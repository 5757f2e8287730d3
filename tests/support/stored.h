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

#endif
