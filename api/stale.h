// Old figures: inputs whose newest observation became known long before the vintage (--stale-after).
#ifndef API_STALE_H
#define API_STALE_H

#include "api/run.h"

// "18 months", "2 years", "1 quarter", "26 weeks", "540 days" in seconds of the nominal calendar. False: it is something else.
bool read_age(struct text written, double *seconds);

// The first old figure that the verdict rests on; NULL: none, or nothing was said of age.
const struct used_input *stale_input(const struct run *run, const struct report_entry *entry);
// A warning for each old figure, with the claims that rest on it.
void point_out_stale(struct run *run, const struct report_entry *entries, size_t count);

#endif
