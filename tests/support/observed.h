// A data store made of rows in a test.
#ifndef TESTS_OBSERVED_H
#define TESTS_OBSERVED_H

#include "dsl/observe.h"

// A figure in words, as in a table: empty or NULL for what is not said.
struct observed_row {
    const char *name, *unit, *low, *central, *high, *value, *valid, *known, *source, *basis;
};

// Answers from `count` rows at a vintage such as "2025-04"; sources are those of the rows, titled "Title of ID", with an address
// unless the id begins with "no". The rows and the words must stay.
struct observed {
    const struct observed_row *rows;
    size_t count;
};
struct observer observed_at(struct arena *arena, const struct observed *rows, const char *vintage);

#endif
