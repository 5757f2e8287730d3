// Recorded verdicts in words: what they share for people and programs.
#ifndef REPORT_HISTORY_WORDS_H
#define REPORT_HISTORY_WORDS_H

#include "store/history.h"

struct buffer;

// A block a run, as high as the probability; a dot where there is none. Of the last `most` runs.
void words_spark(struct buffer *out, const struct past_claim *claim, size_t most);
void words_recorded_on(struct buffer *out, const struct recorded_run *run); // "2026-11-24"
// Why it is not as before: "new data: ...; another level". Nothing when nothing changed. The step is not the first.
void words_step(struct buffer *out, const struct past_step *step);
// Another verdict, or another probability.
bool step_moved(const struct past_step *step);

#endif
