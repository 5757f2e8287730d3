// Two sides compared, as text and JSON. The contract of the JSON is docs/crux-compare.schema.json.
#ifndef REPORT_COMPARE_H
#define REPORT_COMPARE_H

#include "report/report.h"

struct buffer;
struct worded;

// Of one file with claims, or of two authors' files put together.
struct compare_part {
    const struct compared *comparison; // judge/compare.h
    const struct program *program;
    struct text forecast, vintage;       // empty: none
};

struct compare_report {
    struct text names[2];                // what the sides are called: "b", "controls_loosen"
    struct text files[2];                // of authors; empty: the sides are scenarios
    size_t part_count;
    const struct compare_part *parts;
    size_t worded_count;                 // claims that two files word differently
    const struct worded *worded;         // dsl/merge.h
};

void compare_human(struct buffer *out, const struct report *report, const struct report_style *style);
void compare_json(struct buffer *out, const struct report *report);

#endif
