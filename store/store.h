// Observations and their sources, in SQLite: append-only, and bitemporal (what date a figure is about, and since when it could
// be known). The only folder that includes sqlite3.h.
//
// The shipped observations (data/*.csv) are in the library as a database image, opened read-only. A database file of the user's
// begins as a copy of it, so that a forecast finds its inputs there too; imports add rows and never change or delete any.
//
// A row is superseded by one of the same subject, quantity, period and source that became known later. Among sources, the newest
// known_from wins, unless one is asked for; equal dates: the better basis (stated before secondary ... before guess), then the
// order of source ids. Periods are told apart by their ends, where a path has its points: "2025" and "2025Q4" meet.
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "dsl/observe.h"

struct store;

enum store_status {
    STORE_OK,
    STORE_NOT_FOUND,  // no such file
    STORE_FOREIGN,    // not a Crux database: no SQLite file, or another application's
    STORE_NEWER,      // made by a newer Crux
    STORE_CORRUPT,
    STORE_LOCKED,     // another process writes, and the busy timeout passed
    STORE_READ_ONLY,
    STORE_FULL,       // no room on the disk; nothing was changed
    STORE_FAILED,     // anything else the operating system said
    STORE_NO_MEMORY,
};

// Opens the image when `path` is empty, else a file to read. The store is closed when the arena is reset. NULL on failure:
// *status says why and *message is a sentence with cause and remedy, on the arena.
struct store *store_open(struct arena *arena, struct text path, enum store_status *status, struct text *message);
// To append: makes the file from the image when there is none. Otherwise as store_open.
struct store *store_open_to_append(struct arena *arena, struct text path, enum store_status *status, struct text *message);

// The first failure since the store was opened (store/append.h: since store_begin). An observer's answer has no room for one: after a
// failure it says that it knows nothing, and who asked finds the reason here.
enum store_status store_trouble(const struct store *store, struct text *message); // message may be NULL

// Whether an observer of the store was asked for observations since the last call of this.
bool store_was_asked(struct store *store);

// How long to wait for another program that writes, before STORE_LOCKED; a few seconds unless this is called.
void store_wait(struct store *store, int milliseconds);

// Ends the one state in which a store opened to read stands still: what others add meanwhile shows, and nobody waits for us.
void store_let_go(struct store *store);

// The newest known_from in the store: the vintage when none is asked for. Empty when the store is empty.
struct text store_latest(struct store *store, struct arena *arena);

// Answers for a vintage ("2025-04": what was known by the end of that month). `vintage` was checked to be a date.
void store_observe(struct store *store, struct text vintage, double vintage_end, struct observer *observer);

#endif
