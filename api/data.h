// The data store of a session: that of its settings, at the vintage of its settings.
#ifndef API_DATA_H
#define API_DATA_H

#include "api/run.h"
#include "store/import.h"

// To read, until the next run. NULL after a failure: *message is a sentence with cause and remedy.
struct store *session_store(struct crux_session *crux, struct text *message);
// Its answers at the vintage. False when there is no vintage: none is asked for and the store is empty.
bool session_observe(struct crux_session *crux, struct store *store, struct observer *observer);

// import.c: the first mistakes of an import as diagnostics of the session. What an import asks now and then: `user` is the session.
void show_import_mistakes(struct crux_session *crux, const struct import_result *result);
bool import_goes_on(void *user, size_t rows);

// Opens the store of a run. A failure is a diagnostic.
void open_data(struct run *run);
// What check_forest is told of it; NULL and NAN without data.
const struct observer *run_observer(const struct run *run);
double run_vintage(const struct run *run);
// Whether the store was asked since the last call, or the program (NULL: none) turns on the vintage all the same. The report says the
// vintage when it does, or when one is asked for.
bool run_used_data(struct run *run, const struct program *program);
// An answer may have failed: that is a diagnostic as well.
void need_data(struct run *run);

#endif
