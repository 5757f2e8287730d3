// Adding sources and observations to a store opened with store_open_to_append: all of an import or nothing.
//
//     if (store_begin(store, TEXT("prices.csv"), TEXT("2026-10-01")) == STORE_OK) {
//         store_append_source(...); store_append_observation(...);
//         store_commit(store) or store_rollback(store)
//     }
//
// Nothing is in the file before store_commit returns STORE_OK, and a process that ends before leaves the file as it was.
#ifndef STORE_APPEND_H
#define STORE_APPEND_H

#include "store/store.h"

enum append_result {
    APPEND_ADDED,
    APPEND_THERE,       // the same row is there already; nothing was added
    APPEND_CONTRADICTS, // a source of this id that says something else; a figure of the same name, period, source and
                        // known_from with another value. What is there stays; a correction becomes known later
    APPEND_NO_SOURCE,   // no source has this id: append it first
    APPEND_OTHER_UNIT,  // the store has this quantity in another unit (store_unit): one quantity has one unit
    APPEND_FAILED,      // the store could not: store_trouble says why. Nothing but store_rollback makes sense then
};

// `origin` (a file's name) and `on` (the date, or empty) go into the import log with the first row that is added.
enum store_status store_begin(struct store *store, struct text origin, struct text on);
enum store_status store_commit(struct store *store);
void store_rollback(struct store *store); // also after a failure; harmless when nothing was begun

// Takes away the file that opening the store made and nothing was added to, unless another program has begun to use it. The store is of
// no use afterwards. Harmless when the file was there before.
void store_unmake(struct store *store);

enum append_result store_append_source(struct store *store, const struct known_source *source);

// The caller has checked the dates, the unit and that low <= central <= high; NAN stands for what is not said, and an observation
// says at least one number, or has the unit "text" and a value. `others` and `dissenters` are not looked at.
enum append_result store_append_observation(struct store *store, const struct observation *observation);

// The unit in which the store has a quantity; empty when it has none of this name.
struct text store_unit(struct store *store, struct arena *arena, struct text name);

#endif
