// One result object -> bytes in some format. A format is a row of format.def.
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "judge/verdict.h"

struct buffer;
struct compare_report;
struct data_diff;
struct derivation;
struct diags;
struct input_page;
struct results;
struct sources;
struct verdict;

// What a baseline (an earlier run) says of a claim.
struct earlier {
    enum verdict_kind kind;
    enum evidence basis;
    struct probability probability;
    struct text vintage;
};

// Somebody answers for a verdict that would fail the run, until a date.
struct waiver {
    struct text claim, scenario, owner, reason, until; // as written
    bool expired;                        // then it waives nothing
};

// A verdict and the results it comes from (whose program its names belong to).
struct report_entry {
    const struct verdict *verdict;
    const struct results *results;
    struct text forecast; // of `under forecast`; empty: the file's own
    const struct derivation *derivation; // of a verdict that is explained, else NULL
    const struct earlier *before;    // in the baseline; NULL: there is none, or it does not know the claim
    bool is_new;                     // there is a baseline, and it does not know the claim
    bool changed;                    // the baseline's verdict is another one
    bool reused;                     // not evaluated again: nothing that reaches it changed since the baseline
    bool unsaid;                     // under another forecast, which says nothing about it: that it is blocked is nothing wrong with the run
    const struct waiver *waiver;     // that covers it, used or expired; NULL: none
    const struct used_input *old_figure; // that it rests on and fails by; NULL: none
    const char *failure;             // why it fails the run, a sentence; NULL: it does not. A waived one has a failure and a waiver
};

// It would fail the run, and somebody answers for that today.
static inline bool report_entry_waived(const struct report_entry *entry)
{
    return entry->failure && entry->waiver && !entry->waiver->expired;
}

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
    struct text baseline;            // the file compared with; empty: none
    struct text baseline_vintage;
    size_t gone_count;               // claims of the baseline that are no longer there, ...
    const struct text *gone;         // ... their names
    bool explains;                   // one claim, input or expression, in full
    struct text explained;           // the name or expression as it was asked for
    const struct derivation *derivation; // of an expression or definition, ...
    const struct program *derived;       // ... and what its names belong to
    const struct input_page *input;      // of an input
    const struct data_diff *diff;        // of two vintages or data stores (report/diff.h), else NULL
    const struct compare_report *sides;  // of two sides (report/compare.h), else NULL
};

struct report_style {
    bool colour, quiet;
    double seconds; // 0: not printed
    bool verbose;   // lists in full
};

struct format {
    const char *name, *description;
    void (*write)(struct buffer *out, const struct report *report, const struct report_style *style);
};
extern const struct format formats[];
extern const size_t format_count;

const struct format *format_named(const char *name); // NULL when there is none

#endif
