// One result object -> bytes in some format. A format is a row of format.def.
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct buffer;
struct derivation;
struct diags;
struct input_page;
struct results;
struct sources;
struct verdict;

// A verdict and the results it comes from (whose program its names belong to).
struct report_entry {
    const struct verdict *verdict;
    const struct results *results;
    struct text forecast; // of `under forecast`; empty: the file's own
    const struct derivation *derivation; // of a verdict that is explained, else NULL
};

// Everything a run found. Verdicts stand in the order of the files and claims; those of one claim stand together.
struct report {
    const char *engine;              // version
    const struct report_entry *entries;
    size_t entry_count;
    const struct results *expression; // of an evaluation, else NULL
    struct text expression_text;
    const struct diags *diags;
    const struct sources *sources;
    struct text forecast;            // the one that `use forecast` stood for; empty when not used
    struct text vintage;             // of the data used, as written; empty: none used
    uint64_t seed;
    const char *sampler;             // "sobol" or "philox"
    double level;
    bool cancelled;
    int exit_code;
    bool explains;                   // one claim, input or expression, in full
    struct text explained;           // the name or expression as it was asked for
    const struct derivation *derivation; // of an expression or definition, ...
    const struct program *derived;       // ... and what its names belong to
    const struct input_page *input;      // of an input
};

struct report_style {
    bool colour, quiet;
    double seconds; // 0: not printed
};

struct format {
    const char *name, *description;
    void (*write)(struct buffer *out, const struct report *report, const struct report_style *style);
};
extern const struct format formats[];
extern const size_t format_count;

const struct format *format_named(const char *name); // NULL when there is none

#endif
