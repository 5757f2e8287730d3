// Bytes from files, folders and loaders. What goes wrong is a diagnostic at `user`, the place that asked (empty: the caller).
#ifndef API_READ_H
#define API_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "api/session.h"
#include "dsl/source.h"

// Which file it is, whatever path leads to it; both 0 when that is not known.
struct identity {
    uint64_t device, number;
};

// The bytes of a file, on the run arena.
bool read_bytes(struct crux_session *crux, struct text path, struct span user, struct text *bytes, struct identity *identity);

// Whether a path is a folder (never, for a host with a loader).
bool is_folder(const struct crux_session *crux, struct text path);

// Adds the paths of all .crux files in the folder and below it, sorted. Hidden names and links to folders are left out.
void read_folder(struct crux_session *crux, struct text path, struct text_vector *paths);

#endif
