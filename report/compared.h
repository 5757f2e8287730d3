// One claim under two sides (judge/compare.h): its verdicts, over what they part, and the shares. For comparisons of authors,
// scenarios and vintages alike.
#ifndef REPORT_COMPARED_H
#define REPORT_COMPARED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "report/layout.h"

struct blend_item;
struct buffer;
struct compared;
struct compared_claim;
struct json;
struct report;

// A claim that differs, in paragraphs, and an empty line after it.
void compared_write(struct layout *layout, const struct report *report, const struct compared *compared, const struct compared_claim *claim);
// The same in a line or two: "s17, sensitive: b in 51 %, c in 41 %; capex.china -3.5 points".
void compared_write_shortly(struct layout *layout, const struct compared *compared, const struct compared_claim *claim);
// What the two sides say of it: "b says 2, c says 1.3", "b assumes it, c does not".
void compared_saying(struct buffer *out, const struct compared *compared, const struct blend_item *item);
// "behind[own] under controls_loosen".
void compared_title(struct buffer *out, const struct compared_claim *claim);
// A word or two that must not be longer; the rest is "…".
struct text compared_short(struct arena *arena, struct text text, size_t columns);

// An object for the claim, and one for each item of the two sides. Claims refer to items by their position.
void compared_json(struct json *json, struct arena *arena, const struct report *report, const struct compared *compared, const struct compared_claim *claim);
void compared_items_json(struct json *json, struct arena *arena, const struct compared *compared);

#endif
