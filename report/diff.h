// What changed between two vintages or data stores (`crux diff`) -> bytes, for people or for programs (docs/crux-diff.schema.json).
#ifndef REPORT_DIFF_H
#define REPORT_DIFF_H

#include "dsl/changed.h"
#include "judge/compare.h"
#include "report/report.h"

// Where a side takes its observations from. Sides are A (from) and B (to), positions 0 and 1.
struct diff_side {
    struct text store;      // a database or a folder of tables; empty: the data that come with Crux
    bool folder;
    struct text vintage;    // as written; empty: the store is empty
    size_t observation_count; // known at the vintage, of ...
    size_t name_count;        // ... so many quantities
};

// A root under one forecast.
struct diff_part {
    struct text forecast;                // of `under forecast`; empty: the files' own
    const struct changed_data *changed;
    const struct blend *blend;           // NULL: the sides' programs are the same
    const struct compared *compared; // NULL: nothing differs, and no claim was looked at
    size_t claim_count;                  // asked for
};

// A quantity of which the two stores say different things, and that no input of the files reads.
struct unread_quantity {
    struct text name;
    size_t added, gone;     // observations that count on side B only, on side A only
};

struct data_diff {
    struct diff_side sides[2];
    bool backwards;         // side A's vintage is the later one
    size_t part_count;
    const struct diff_part *parts;
    size_t unread_count;
    const struct unread_quantity *unread; // by name
};

#define DIFF_LEAST 0.0005 // a smaller share of a change in probability is not told by itself

bool diff_verdict_changed(const struct compared_claim *claim);
bool diff_moved(const struct compared_claim *claim); // its probability did, and not its verdict
bool diff_is_felt(const struct compared_item *item); // also where there are no shares
// Of all parts: claims that are so; claims whose verdict changed.
size_t diff_claims(const struct data_diff *diff, bool (*counts)(const struct compared_claim *claim));
size_t diff_changed_verdicts(const struct data_diff *diff);

// What was observed differently of an item of the part's blend; NULL: nothing.
const struct changed_input *diff_input_of(const struct diff_part *part, size_t item);

// What came of a changed input, the most over all parts.
enum diff_effect { EFFECT_SAME, EFFECT_NONE, EFFECT_MOVED };
extern const char *const effect_words[]; // "it moves claims"
struct diff_input {
    const struct changed_input *changed;
    enum diff_effect effect;
};
// Those of all parts, each once, in the order of the programs.
struct diff_inputs {
    struct diff_input *at;
    size_t count;
} diff_inputs(struct arena *arena, const struct data_diff *diff);

// diff_claim.c: the card of a claim that differs, and an empty line after it. What changed with one input, or with an index.
struct layout;
void diff_claim_write(struct layout *layout, const struct diff_part *part, const struct compared_claim *claim, bool all);
void diff_observations_write(struct layout *layout, const struct changed_input *changed, bool all);

void write_diff_human(struct buffer *out, const struct report *report, const struct report_style *style);
void write_diff_json(struct buffer *out, const struct report *report, const struct report_style *style);

#endif
