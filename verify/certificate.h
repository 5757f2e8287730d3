// A certificate: the proofs of a run as text, one statement a line (docs/certificate.md).
#ifndef VERIFY_CERTIFICATE_H
#define VERIFY_CERTIFICATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "base/vector.h"

enum { CERTIFICATE_AXES = 1000, CERTIFICATE_DOUBLES = 64 << 20 };

enum axis_kind { AXIS_OF_VALUE, AXIS_OF_PROBABILITY, AXIS_OF_CHOICE };

struct certificate_axis {
    enum axis_kind kind;
    size_t input;             // its number in the program
    double low, high;
    struct text name;         // of the input for its members: "capex[us]", "demand at 2027" of one that varies by period
};

enum certificate_outcome { OUTCOME_HOLDS, OUTCOME_FAILS, OUTCOME_IRRELEVANT };

struct certificate_claim {
    struct text name;         // "behind[own]"
    struct text file;         // that states it; empty: any
    struct text scenario;
    struct text forecast;     // empty: none was taken in
    enum certificate_outcome outcome;
    VECTOR(struct certificate_axis) axes;
    VECTOR(double) leaves;    // low, high of each axis, leaf after leaf
    size_t leaf_count;
    size_t line;              // where it starts
};

// Settings of the run, in the words of the command line.
struct certificate {
    VECTOR(struct text) files, sets;
    struct text forecast, scenario, vintage, data; // empty: not set
    VECTOR(struct certificate_claim) claims;
};

// False: *message says in which line, and what is wrong. Texts point into `text`.
bool certificate_read(struct arena *arena, struct text text, struct certificate *certificate, const char **message);

#endif
