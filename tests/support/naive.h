// A second opinion on what a program means: node trees walked for one future, with nothing shared, folded or stored, and
// the C library's functions. Slow on purpose; shares no code with the engine.
#ifndef TESTS_SUPPORT_NAIVE_H
#define TESTS_SUPPORT_NAIVE_H

#include <stdint.h>

#include "dsl/program.h"

// A set on top of others.
struct naive_world {
    const struct override *override;
    const struct naive_world *below;
};

struct naive {
    const struct program *program;
    // The value of one point (of a path) in one period (of an input that varies).
    double (*read)(const struct input *input, size_t instance, size_t point, size_t period);
    long budget;  // node visits left; below 0 the result means nothing
    int depth;
    uint64_t *noise; // NULL, or the state of random changes of a trillionth to every quantity on the way
    bool infinite;   // something on the way was: its sign may be that of a 0, about which the language says nothing
};

// The value of a node at a step.
double naive_value(struct naive *naive, const struct node *node, int step, const struct naive_world *world);

#endif
