#include "report/compared_parts.h"

#include <ctype.h>
#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/number.h"
#include "dsl/blend.h"
#include "dsl/program.h"
#include "judge/compare.h"
#include "report/card.h"
#include "report/escape.h"
#include "report/evidence.h"
#include "report/report.h"
#include "report/words.h"

static struct text safe_words(struct arena *arena, const char *said)
{
    struct buffer out = buffer_on(arena);
    escape_terminal(&out, text_of(said ? said : "nothing"));
    return buffer_text(&out);
}

// How much both begin with alike, up to the end of a part of a list.
static size_t common_start(struct text a, struct text b)
{
    size_t common = 0;
    for (size_t i = 0; i < a.length && i < b.length && a.at[i] == b.at[i]; i++)
        if (i > 0 && a.at[i - 1] == ',' && a.at[i] == ' ')
            common = i + 1;
    return common;
}

// How much both end with alike, from where a part of a list ends.
static size_t common_end(struct text a, struct text b)
{
    size_t common = 0;
    for (size_t i = 1; i < a.length && i < b.length && a.at[a.length - i] == b.at[b.length - i]; i++)
        if (a.at[a.length - i] == ',')
            common = i;
    return common;
}

void compared_words(struct arena *arena, const struct blend_item *item, struct text words[2])
{
    enum { LONG = 40 };
    const struct text a = safe_words(arena, item->said[0]), b = safe_words(arena, item->said[1]);
    const size_t start = common_start(a, b), end = common_end(a, b);
    words[0] = a;
    words[1] = b;
    // Of two long paths only the points that differ.
    for (int side = 0; start > 0 && side < 2; side++)
        if (a.length > LONG && b.length > LONG && start + end < words[side].length)
            words[side] = text_of(arena_printf(arena, "… %.*s", (int)(words[side].length - start - end), words[side].at + start));
}

void compared_title(struct buffer *out, const struct compared_claim *claim)
{
    buffer_add(out, claim->name);
    if (claim->scenario && claim->scenario->position > 0)
        buffer_printf(out, " under %.*s", TEXT_ARGS(claim->scenario->name));
}

// ---- verdicts ----------------------------------------------------------------------------------------------------------

static bool is_scored(const struct compared_side *side)
{
    return side->kind == VERDICT_SUPPORTED || side->kind == VERDICT_REFUTED || side->kind == VERDICT_SENSITIVE;
}

static void add_capitals(struct buffer *out, const char *word)
{
    for (; *word; word++)
        buffer_add_char(out, (char)toupper((unsigned char)*word));
}

static void write_heading(const struct telling *it)
{
    struct buffer left = buffer_on(it->arena), right = buffer_on(it->arena);
    const struct compared_side *sides = it->claim->sides;
    compared_title(&left, it->claim);
    add_capitals(&right, verdict_words[sides[0].kind]);
    if (sides[0].kind != sides[1].kind) {
        buffer_add_string(&right, " ≠ ");
        add_capitals(&right, verdict_words[sides[1].kind]);
    }
    layout_heading(it->layout, buffer_text(&left), buffer_text(&right), sides[0].kind != sides[1].kind ? COLOUR_YELLOW : COLOUR_BLUE);
}

// ", in 96 % of the relevant futures"
static void add_share(struct buffer *out, const struct compared_side *side)
{
    if (!is_scored(side) || isnan(side->probability.estimate))
        return;
    buffer_add_string(out, ", ");
    evidence_probability(out, &side->probability);
    buffer_add_string(out, side->premise_share < 1 ? " of the relevant futures" : " of the futures");
    if (side->basis == EVIDENCE_PROVED || side->basis == EVIDENCE_EXACT)
        buffer_printf(out, " (%s)", evidence_words[side->basis]);
}

static void add_central(struct buffer *out, const struct telling *it, const struct compared_side *side)
{
    if (!is_scored(side) || !side->central_relevant)
        return;
    for (size_t i = 0; i < side->comparison_count; i++)
        if (!side->comparisons[i].in_premise) {
            buffer_add_string(out, "; at the central values ");
            card_comparison(out, it->report, it->compared->blend->program, &side->comparisons[i]);
            return;
        }
}

static void write_sides(const struct telling *it)
{
    for (int i = 0; i < 2; i++) {
        const struct compared_side *side = &it->claim->sides[i];
        struct buffer out = buffer_on(it->arena);
        escape_terminal(&out, text_of(it->compared->sides[i]));
        buffer_printf(&out, ": %s", verdict_words[side->kind]);
        add_share(&out, side);
        add_central(&out, it, side);
        if (!is_scored(side) && side->reason) {
            buffer_add_string(&out, ": ");
            escape_terminal(&out, text_of(side->reason));
        }
        layout_field(it->layout, i == 0 ? "sides" : "", buffer_text(&out));
    }
}

static void write_words(const struct telling *it)
{
    struct buffer says = buffer_on(it->arena), reads = buffer_on(it->arena);
    escape_terminal(&says, it->claim->claim->text);
    if (says.length > 0 && it->claim->claim->speaker.length > 0) {
        buffer_add_string(&says, " — ");
        escape_terminal(&says, it->claim->claim->speaker);
    }
    if (says.length > 0)
        layout_field(it->layout, "says", buffer_text(&says));
    escape_terminal(&reads, text_of(it->claim->reading));
    if (reads.length > 0)
        layout_field(it->layout, "reads", buffer_text(&reads));
}

// ---- the double crux ---------------------------------------------------------------------------------------------------

void compared_saying(struct buffer *out, const struct compared *compared, const struct blend_item *item)
{
    if (item->kind == BLEND_ASSUMPTION) {
        const int who = item->said[0] && text_equal(text_of(item->said[0]), TEXT("assumed")) ? 0 : 1;
        buffer_printf(out, "%s assumes it, %s does not", compared->sides[who], compared->sides[1 - who]);
        return;
    }
    struct text words[2];
    compared_words(out->arena, item, words);
    for (int side = 0; side < 2; side++) {
        buffer_printf(out, "%s%s says ", side == 0 ? "" : ", ", compared->sides[side]);
        buffer_add(out, words[side]);
    }
}

// With what both say, unless so many are listed that the table below says it better.
static void add_item(struct buffer *out, const struct telling *it, size_t position, size_t listed)
{
    enum { MANY = 3 };
    escape_terminal(out, item_of(it->compared, position)->name);
    if (listed >= MANY && !isnan(it->claim->change))
        return;
    buffer_add_string(out, " (");
    compared_saying(out, it->compared, item_of(it->compared, position));
    buffer_add_char(out, ')');
}

static const char *number_word(size_t number)
{
    static const char *const words[] = {"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};
    return number < sizeof words / sizeof *words ? words[number] : "many";
}

static const char *between(size_t position, size_t count)
{
    return position == 0 ? "" : position + 1 == count ? " and " : ", ";
}

static const char *thing(const struct compared *compared, size_t position)
{
    switch (item_of(compared, position)->kind) {
    case BLEND_INPUT:
        return "one figure";
    case BLEND_DEFINITION:
        return "one definition";
    case BLEND_ASSUMPTION:
        return "one assumption";
    case BLEND_STRUCTURE:
        break;
    }
    return "how the model is laid out";
}

static bool is_short(struct text words)
{
    enum { SHORT = 30 };
    return text_columns(words) <= SHORT;
}

// "Put 4 in its place" : one thing switched to what B says.
static void add_switch(struct buffer *out, const struct telling *it, const struct blend_item *item)
{
    struct text words[2];
    compared_words(out->arena, item, words);
    const bool assumed = item->said[1] && text_is(text_of(item->said[1]), "assumed");
    if (item->kind == BLEND_ASSUMPTION)
        buffer_add_string(out, assumed ? " Assume it" : " Drop it");
    else if (is_short(words[0]) && is_short(words[1]))
        buffer_printf(out, " Put %.*s in place of %.*s", TEXT_ARGS(words[1]), TEXT_ARGS(words[0]));
    else
        buffer_printf(out, " Take what %s says", it->compared->sides[1]);
}

// ", and leave the rest as b has it: the claim holds in 43 % of the futures, sensitive, as c has it."
static void add_effect(struct buffer *out, const struct telling *it, const struct switching_set *set)
{
    const char *const *names = it->compared->sides;
    const struct compared_side *sides = it->claim->sides;
    buffer_printf(out, ", and leave the rest as %s has it: the claim ", names[0]);
    if (is_scored(&sides[1]) && !isnan(set->probability.estimate)) {
        buffer_add_string(out, "holds ");
        evidence_probability(out, &set->probability);
        buffer_add_string(out, sides[0].premise_share < 1 || sides[1].premise_share < 1 ? " of the relevant futures, " : " of the futures, ");
    } else {
        buffer_add_string(out, "is ");
    }
    buffer_printf(out, "%s, as %s has it.", verdict_words[sides[1].kind], names[1]);
}

static void add_only_set(struct buffer *out, const struct telling *it, const struct switching_set *set)
{
    if (set->count == 1) {
        buffer_printf(out, "They part over %s, ", thing(it->compared, set->items[0]));
        escape_terminal(out, item_of(it->compared, set->items[0])->name);
        buffer_add_string(out, ": ");
        compared_saying(out, it->compared, item_of(it->compared, set->items[0]));
        buffer_add_char(out, '.');
        add_switch(out, it, item_of(it->compared, set->items[0]));
        add_effect(out, it, set);
        return;
    }
    const bool all = set->count == it->claim->item_count;
    if (all && set->count == 2)
        buffer_add_string(out, "It takes both things that reach it, and neither is enough alone: ");
    else
        buffer_printf(out, all ? "It takes all %s things that reach it, and fewer are not enough: " : "They part over %s things together, and fewer are not enough: ",
                      number_word(set->count));
    for (size_t i = 0; i < set->count; i++) {
        buffer_add_string(out, between(i, set->count));
        add_item(out, it, set->items[i], set->count);
    }
    buffer_add_char(out, '.');
    if (all)
        return;
    buffer_printf(out, " Change %s to what %s says", set->count == 2 ? "both" : "all of them", it->compared->sides[1]);
    add_effect(out, it, set);
}

static void add_set(struct buffer *out, const struct telling *it, const struct switching_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        buffer_add_string(out, i > 0 ? " with " : "");
        add_item(out, it, set->items[i], set->count * it->claim->set_count);
    }
    if (is_scored(&it->claim->sides[1]) && !isnan(set->probability.estimate)) {
        buffer_add_string(out, ", ");
        evidence_probability(out, &set->probability);
    }
}

static void add_sets(struct buffer *out, const struct telling *it)
{
    const struct compared_claim *claim = it->claim;
    const char *const *names = it->compared->sides;
    if (claim->set_count == 1) {
        add_only_set(out, it, &claim->sets[0]);
        return;
    }
    buffer_printf(out, "Any of these, changed to what %s says with the rest as %s has it, is enough to make it %s: ", names[1], names[0],
                  verdict_words[claim->sides[1].kind]);
    for (size_t i = 0; i < claim->set_count; i++) {
        buffer_add_string(out, i > 0 ? "; or " : "");
        add_set(out, it, &claim->sets[i]);
    }
    buffer_add_char(out, '.');
}

static void add_whole(struct buffer *out, const struct telling *it)
{
    const struct compared_claim *claim = it->claim;
    buffer_printf(out, "It takes %s things together, and none of them can be left out: ", number_word(claim->whole_count));
    for (size_t i = 0; i < claim->whole_count; i++) {
        buffer_add_string(out, between(i, claim->whole_count));
        add_item(out, it, claim->whole[i], claim->whole_count);
    }
    buffer_add_char(out, '.');
}

static void write_crux(const struct telling *it)
{
    const struct compared_claim *claim = it->claim;
    struct buffer out = buffer_on(it->arena);
    if (claim->sides[0].kind == claim->sides[1].kind)
        buffer_add_string(&out, "Both come to the same verdict; only the probabilities differ.");
    else if (claim->set_count > 0)
        add_sets(&out, it);
    else if (claim->whole_count > 0)
        add_whole(&out, it);
    else
        buffer_printf(&out, "No %s things alone make the difference.", number_word(SWITCHING_MOST));
    layout_field(it->layout, "crux", buffer_text(&out));
}

static void write_place(const struct telling *it)
{
    const struct place place = sources_place(it->report->sources, it->claim->claim->span.start);
    struct buffer out = buffer_on(it->arena);
    buffer_add_string(&out, "  ");
    if (place.source)
        escape_terminal(&out, place.source->path);
    buffer_printf(&out, ":%u", place.line);
    layout_colour(it->layout, COLOUR_DIM, buffer_text(&out));
    buffer_add_string(it->layout->out, "\n\n");
}

void compared_write(struct layout *layout, const struct report *report, const struct compared *compared, const struct compared_claim *claim)
{
    const struct telling it = {layout, layout->out->arena, report, compared, claim};
    write_heading(&it);
    write_words(&it);
    write_sides(&it);
    write_crux(&it);
    compared_shares(&it);
    compared_also(&it);
    write_place(&it);
}
