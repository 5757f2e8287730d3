// What moving one input does to each claim: `crux explain INPUT`.
#ifndef JUDGE_INFLUENCE_H
#define JUDGE_INFLUENCE_H

#include "judge/verdict.h"

struct inquiry;
struct work;

enum influence_kind {
    INFLUENCE_FLIPS,   // moved alone, it flips the claim in the central future
    INFLUENCE_SHIFTS,  // it does not, but how often the claim holds depends on it
    INFLUENCE_NONE,    // it reaches the claim and cannot move it
    INFLUENCE_APART,   // it does not reach it
    INFLUENCE_UNKNOWN, // the claim is not scored: recorded, blocked, or it has a hole
};

struct influence { // of the input on one claim, for one member, in one scenario
    const struct claim *claim;
    const struct program *program;
    struct text name;               // "behind[own]"
    const struct scenario *scenario;
    struct text forecast;           // of `under forecast`; empty: the file's own
    enum influence_kind kind;
    struct crux crux;               // what flips it, when something does
    double at_low, at_high;         // how often the claim holds with the input at its p5 and its p95, or its bounds; NAN: not known
};

struct influences {
    size_t count;
    const struct influence *at;     // in the order of the claims
    uint64_t futures;               // behind at_low and at_high, the same ones
    double low, high;               // those values of the input, base units; of a path at its last point
};

// Of work->only (NULL: no claim reads the input) on the inquiries of its model. Incomplete when cancelled.
const struct influences *find_influences(struct work *work, struct inquiry *inquiries, size_t count);

#endif
