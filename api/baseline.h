// A baseline: the verdicts of an earlier run as a text of one claim a line, kept beside the claims and compared with.
//
//     crux baseline 1
//     engine 0.1.0
//     vintage 2025-04-03
//     claim gap_holds baseline supply supported sampled 0.94 0.94 0.94 0.935 0.945 0 claims/gap.crux
//     end
//
// A claim's line has its name (with its member), scenario, forecast (`-`: none), verdict, basis, lower and upper probability,
// estimate and 95 % interval (`-`: none), fingerprint (0: none) and file. Lines are sorted, numbers are exact. A claim is
// known again by name, scenario and forecast; where several files have such a claim, by the file too. Never by its place.
#ifndef API_BASELINE_H
#define API_BASELINE_H

#include "api/session.h"
#include "base/vector.h"

struct baseline_claim {
    struct text name, scenario, forecast, file, fingerprint;
    struct earlier earlier;
    struct span span;  // of its line
    bool there;        // a claim of this run is it
};

struct baseline {
    struct text path, engine;
    VECTOR(struct baseline_claim) claims;
};

// NULL after a diagnostic: it cannot be read, is none, or comes from a newer Crux.
struct baseline *baseline_read(struct crux_session *crux, struct text path);
// The claim of the baseline that this verdict is one of; NULL: it does not know it.
struct baseline_claim *baseline_find(const struct baseline *baseline, const struct report *report, const struct report_entry *entry);
// Fills before, is_new and changed of the entries, and what is gone; a claim that is gone is a warning unless only some claims
// were asked for.
void baseline_compare(struct crux_session *crux, struct baseline *baseline, struct report_entry *entries, size_t count);

#endif
