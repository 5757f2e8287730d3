// What inputs can be: the re-checker's own reading of the laws (dsl/distribution.def), from their distribution functions.
//
// Doubles and the C library's erfc and log. Probabilities are compared with LAW_SLACK to spare, and the ends of what follows a
// draw are moved outward by it.
#ifndef VERIFY_LAW_H
#define VERIFY_LAW_H

#include <stdbool.h>

#include "dsl/distribution.h"
#include "verify/range.h"

#define LAW_SLACK 1e-9
#define LAW_TAIL 1e-4 // unbounded laws are cut at their p0.01 and p99.99

// The law as an input of that kind follows it: a fraction stays within 0 .. 1.
struct distribution law_followed(const struct distribution *law, bool fraction);

bool law_is_discrete(const struct distribution *law);
// The one value it can give.
bool law_is_single(const struct distribution *law, double *value);
// The ends of what it can give; infinite where it has none.
struct range law_ends(const struct distribution *law);
// How likely it is below, and above, x. Of a beta law within its ends only whether x is outside: 0 or 1, NAN between.
double law_below(const struct distribution *law, double x);
double law_above(const struct distribution *law, double x);
// What it gives while its draw is within low .. high; missing when that is not known here (beta laws).
struct range law_drawn(const struct distribution *law, double low, double high);

#endif
