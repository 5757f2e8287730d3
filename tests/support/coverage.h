// How often intervals from replicates miss, over many seeds, for events and numbers whose truth is known in closed form.
#ifndef TESTS_SUPPORT_COVERAGE_H
#define TESTS_SUPPORT_COVERAGE_H

#include <stdint.h>

enum shape {
    SHAPE_OBLIQUE, // a sum of normal numbers below a bound
    SHAPE_BOX,     // every coordinate below a bound
    SHAPE_BALL,    // two normal numbers near 0: smooth
    SHAPE_PARITY,  // an even number of the coordinates below the half: what nets know least of
    SHAPE_COUNT
};
enum wanted {
    WANTED_SHARE,
    WANTED_GIVEN,    // the share among the futures in which another, as long sum is below a bound
    WANTED_MEAN,     // of exp(sum / sqrt(2 dimensions)): only the dimensions of the case count
    WANTED_QUANTILE, // of the sum
    WANTED_COUNT
};
extern const char *const shape_names[SHAPE_COUNT], *const wanted_names[WANTED_COUNT];

struct coverage_case {
    enum shape shape;
    enum wanted wanted;
    unsigned dimensions;
    double share;    // of the event; of a quantile its p
    double given;    // share of the premise
    unsigned futures;
};

// Runs the case at `seeds` seeds from `first`; the number of 95 % intervals that missed. *width: their mean width.
unsigned coverage_misses(const struct coverage_case *it, uint64_t first, unsigned seeds, double *width);

// The most misses in `seeds` that a rate of 5 % gives in all but one of a million such tests.
unsigned coverage_allowed(unsigned seeds);

#endif
