// What an input can follow: one row of distribution.def each. Parameters are in base units.
#ifndef DSL_DISTRIBUTION_H
#define DSL_DISTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum law {
#define LAW(id, text, low, high, doc) LAW_##id,
#include "dsl/distribution.def"
#undef LAW
    LAW_COUNT
};

struct law_row {
    const char *id, *text; // text: the function's name, "" for forms made by `..` and `to`
    int low, high;         // number of parameters as a function; high -1 for any
    const char *doc;
};
extern const struct law_row law_table[LAW_COUNT];

struct distribution {
    enum law law;
    double a, b, c;        // meaning by law, see distribution.def
    double level;          // SPREAD: how likely the interval a .. b is, 0.9 by default
    double cut_low, cut_high; // `within`; -inf and +inf when not cut
    size_t choice_count;   // CHOICE, POSSIBLE
    const double *values;  // CHOICE: base units, truth or member position
    const double *weights; // CHOICE: sums to 1
};

// The law of that name, or LAW_COUNT.
enum law law_named(struct text name);
bool law_bounds_only(enum law law);

#endif
