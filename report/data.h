// What a store answered -> bytes, for people or for programs (docs/crux-data.schema.json).
#ifndef REPORT_DATA_H
#define REPORT_DATA_H

#include "report/report.h"
#include "store/ask.h"
#include "store/import.h"

struct buffer;

enum data_question { DATA_LIST, DATA_SHOW, DATA_HISTORY, DATA_CHECK };

struct data_answer {
    enum data_question question;
    struct text store;      // the file; empty: the shipped observations
    struct text vintage;
    struct text name;       // asked for: a pattern of DATA_LIST, a quantity
    struct asked_names names;       // DATA_LIST
    struct asked_periods periods;   // DATA_SHOW
    struct asked_steps steps;       // DATA_HISTORY
    struct asked_findings findings; // DATA_CHECK
};

void write_data_human(struct buffer *out, const struct data_answer *answer, const struct report_style *style);
void write_data_json(struct buffer *out, const struct data_answer *answer, const struct report_style *style);

struct json;
// One observation, as docs/crux-data.schema.json has it.
void data_json_observation(struct json *json, const char *key, const struct observation *observation);

// The mistakes of an import, one after the other, and how many more there are.
void write_import_mistakes(struct buffer *out, const struct import_result *result, bool colour);

// data_words.c: "610k (500k to 700k) chip/year", "at least 3", "2026-06", the words of a text.
void words_figure(struct buffer *out, const struct observation *observation);
const char *words_basis(enum basis basis);

#endif
