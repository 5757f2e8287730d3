// What changed since the baseline, what fails the run, and what is waived: for people and for machines.
#ifndef REPORT_BASELINE_H
#define REPORT_BASELINE_H

#include "report/report.h"

struct json;
struct layout;

// After the cards: a paragraph on what changed since the baseline and one on what is waived; nothing where there is nothing to say.
void baseline_write(struct layout *layout, const struct report *report);
// "supported (92 %)".
void baseline_state(struct buffer *out, enum verdict_kind kind, const struct probability *probability);
// Failures that no waiver covers; those that one covers.
size_t baseline_failures(const struct report *report);
size_t baseline_waived(const struct report *report);

// Members of a claim's object, and of the whole's.
void baseline_json(struct json *json, const struct report_entry *entry);
void baseline_json_whole(struct json *json, const struct report *report);

#endif
