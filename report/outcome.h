// What a verdict means for a build, and the few lines about it that the formats for CI share.
//
// Every format says the same: something fails in it exactly when the exit code is not 0. Texts are plain and on one line.
#ifndef REPORT_OUTCOME_H
#define REPORT_OUTCOME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "dsl/source.h"

struct arena;
struct diag;
struct report;
struct report_entry;

enum outcome {
    OUTCOME_PASSED,
    OUTCOME_FAILED,  // not as expected, or what --fail-on says
    OUTCOME_BROKEN,  // there is nothing to be judged: blocked, or without a value where one was expected
    OUTCOME_WAIVED,  // it would fail, and somebody answers for it
    OUTCOME_SKIPPED, // nothing was judged and nothing was expected
};
enum outcome outcome_of(const struct report_entry *entry);

// Why it fails, a sentence; "" when it does not. Of a waived one too.
const char *outcome_failure(const struct report_entry *entry);
// "waived by OWNER until DATE: REASON"
struct text outcome_waiver(struct arena *arena, const struct report_entry *entry);

struct text outcome_title(struct arena *arena, const struct report_entry *entry);   // "behind[own] under loose"
struct text outcome_summary(struct arena *arena, const struct report_entry *entry); // "sensitive, holds in 71 %"; with a baseline what it was
struct text outcome_crux(struct arena *arena, const struct report_entry *entry);    // "capex[us] flips it below 3 USD"; may be empty
struct text outcome_counter(struct arena *arena, const struct report_entry *entry); // "it fails with capex[us] = 2 USD"; may be empty
struct text outcome_card(struct arena *arena, const struct report *report, const struct report_entry *entry); // several lines

// Diagnostics that make the run fail. `count` may be NULL.
const struct diag **outcome_diags(struct arena *arena, const struct report *report, size_t *count);
bool outcome_is_mistake(const struct diag *diag);
// Where it is. Without a source: nowhere, or in what comes with Crux.
struct place outcome_place(const struct report *report, struct span span);

// Why the run cannot be trusted although nothing that is listed says so, a sentence; NULL: it can, or something does.
const char *outcome_untrusted(const struct report *report);
const char *outcome_exit_words(int exit_code); // "every claim is as expected"

// The whole run: "12 verdicts: 1 failed, 2 changed, 1 waived".
struct text outcome_run(struct arena *arena, const struct report *report);

#endif
