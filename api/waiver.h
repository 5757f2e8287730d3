// Waivers: somebody answers, with a reason and until a date, for a verdict that would fail the run.
//
// A CSV table with the columns claim, owner, reason and until, and perhaps scenario (empty: under every one). `until` is the last
// day, or month, on which it holds. It waives a verdict that is not as expected or that --fail-on lists, never one that cannot
// be trusted.
#ifndef API_WAIVER_H
#define API_WAIVER_H

#include "api/session.h"
#include "base/vector.h"

struct waiver_row {
    struct waiver waiver;
    struct span span;   // of its line
    bool used, named;   // it waived something; some verdict of this run has its name
};

struct waivers {
    VECTOR(struct waiver_row) rows;
};

// NULL after a diagnostic. Waivers that end before `today` (a date) are marked as expired.
struct waivers *waivers_read(struct crux_session *crux, struct text path, struct text today);
// The one that covers the verdict, one that holds before one that has expired; NULL: there is none.
struct waiver_row *waivers_find(const struct waivers *waivers, const struct report_entry *entry);
// Warnings of those that have expired or waived nothing; the latter only when all claims were looked at.
void waivers_point_out(struct crux_session *crux, const struct waivers *waivers, bool all);

#endif
