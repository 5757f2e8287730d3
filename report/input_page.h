// One input, for people and for programs: what it is, where it comes from, who reads it and which claims it moves.
#ifndef REPORT_INPUT_PAGE_H
#define REPORT_INPUT_PAGE_H

#include "report/layout.h"
#include "report/report.h"
#include "store/ask.h"

struct arena;
struct json;

struct input_reader { // a definition or claim whose formula names the input
    struct text name;
    bool is_claim;
};

struct input_page {
    const struct program *program;
    const struct input *input;
    size_t instance;                    // SIZE_MAX: all of them
    struct text declared;               // the statement as written
    const struct input_reader *readers;
    size_t reader_count;
    const struct text *quantities;      // of the data store: what it is taken from, each once
    const struct asked_steps *histories;// of each, as known at the vintage
    size_t quantity_count;
    struct text vintage;
    const struct influence *influences; // of all files, in their order; NULL: not asked, or no claim
    size_t influence_count;
    uint64_t futures;
};

void input_page_write(struct layout *layout, const struct report *report, const struct input_page *page);
// As the member "input" of the object that is open.
void input_page_json(struct json *json, struct arena *arena, const struct report *report, const struct input_page *page);

#endif
