// What recorded runs say over time -> bytes, for people or for programs (docs/crux-history.schema.json).
#ifndef REPORT_HISTORY_H
#define REPORT_HISTORY_H

#include "report/report.h"
#include "store/resolve.h"

struct history_claim {
    const struct past_claim *claim;
    const struct outcome *outcome;   // of its last wording; NULL: it is not of the baseline
    size_t turns, moved;             // verdicts that are other ones than before; how often goalposts were moved
    const struct past_step *steps;   // when the claim was asked for by name, else NULL
};

struct history_answer {
    struct text store, name;         // the file; the claim asked for, empty: all
    bool scores_asked;
    size_t run_count, claim_count;
    const struct recorded_run *runs;
    const struct history_claim *claims;
    struct scores scores;
};

void write_history_human(struct buffer *out, const struct history_answer *answer, const struct report_style *style);
void write_history_json(struct buffer *out, const struct history_answer *answer, const struct report_style *style);

#endif
