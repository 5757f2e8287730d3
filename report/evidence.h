// What a verdict was found from: futures, combinations, values tried, estimates.
#ifndef REPORT_EVIDENCE_H
#define REPORT_EVIDENCE_H

struct buffer;
struct probability;
struct report;
struct report_entry;

// "in 71 %", "in 16–30 %", "in all".
void evidence_probability(struct buffer *out, const struct probability *p);
// How often the claim holds, and how that is known: "in 71 % of the futures (95 % interval 70–73, 4 096 sampled)".
void evidence_write(struct buffer *out, const struct report *report, const struct report_entry *entry);

#endif
