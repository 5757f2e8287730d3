// What the files that write one compared claim share. Not for other folders.
#ifndef REPORT_COMPARED_PARTS_H
#define REPORT_COMPARED_PARTS_H

#include "dsl/blend.h"
#include "judge/compare.h"
#include "report/compared.h"

// What writing one claim needs.
struct telling {
    struct layout *layout;
    struct arena *arena;
    const struct report *report;
    const struct compared *compared;
    const struct compared_claim *claim;
};

static inline const struct blend_item *item_of(const struct compared *compared, size_t position)
{
    return &compared->blend->items[position];
}

// What the sides say, made safe for a terminal; of long lists only the parts on which they differ.
void compared_words(struct arena *arena, const struct blend_item *item, struct text words[2]);

// compared_shares.c: the table of shares; what is said differently and does not matter here.
void compared_shares(const struct telling *it);
void compared_also(const struct telling *it);

#endif
