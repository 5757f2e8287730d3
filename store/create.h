// New files.
#ifndef STORE_CREATE_H
#define STORE_CREATE_H

#include "store/store.h"

// Makes the file from the image, unless there is one meanwhile. It is complete when it gets its name, so that a process which is
// killed leaves no half of it. False after a failure, which store_trouble tells.
bool store_create(struct store *store, const char *path);

#endif
