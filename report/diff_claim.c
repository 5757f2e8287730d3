// A claim whose verdict or probability differs between two stores or vintages, on a terminal.
#include <ctype.h>
#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/number.h"
#include "report/data.h"
#include "report/diff.h"
#include "report/escape.h"
#include "report/evidence.h"
#include "report/layout.h"
#include "report/words.h"

// ---- words -------------------------------------------------------------------------------------------------------------------

static void add_capitals(struct buffer *out, const char *word)
{
    for (; *word; word++)
        buffer_add_char(out, (char)toupper((unsigned char)*word));
}

static bool is_scored(enum verdict_kind kind)
{
    return kind == VERDICT_SUPPORTED || kind == VERDICT_REFUTED || kind == VERDICT_SENSITIVE;
}

// "-14.2": percentage points, with a sign.
static void add_points(struct buffer *out, double share)
{
    const double points = round(share * 1000) / 10;
    if (points > 0)
        buffer_add_char(out, '+');
    number_write(out, points == 0 ? 0 : points, 6);
}

// "supported: holds in 94 % of the futures (95 % interval 93–95)", "blocked: ...".
static struct text side_words(struct arena *arena, const struct compared_side *side)
{
    struct buffer out = buffer_on(arena);
    const struct probability *p = &side->probability;
    buffer_add_string(&out, verdict_words[side->kind]);
    if (!is_scored(side->kind)) {
        if (side->reason) {
            buffer_add_string(&out, ": ");
            escape_terminal(&out, text_of(side->reason));
        }
        return buffer_text(&out);
    }
    buffer_add_string(&out, ": holds ");
    evidence_probability(&out, p);
    buffer_add_string(&out, side->premise_share < 1 ? " of the relevant futures" : " of the futures");
    if (!isnan(p->ci_low) && p->ci_low < p->ci_high) {
        buffer_printf(&out, " (95%c%% interval ", WORDS_JOIN);
        words_percent_number(&out, p->ci_low, 1);
        buffer_add_string(&out, "–");
        words_percent_number(&out, p->ci_high, 1);
        buffer_add_char(&out, ')');
    } else {
        buffer_printf(&out, " (%s)", evidence_words[side->basis]);
    }
    if (side->premise_share < 1) {
        buffer_add_string(&out, "; premise true in ");
        words_percent(&out, side->premise_share, 0);
    }
    return buffer_text(&out);
}

// ---- observations ------------------------------------------------------------------------------------------------------------

static void add_observation(struct buffer *out, const struct observation *observation)
{
    struct buffer figure = buffer_on(out->arena);
    words_figure(&figure, observation);
    escape_terminal(out, buffer_text(&figure));
    buffer_add_string(out, " (");
    escape_terminal(out, observation->source);
    buffer_add_string(out, ", ");
    escape_terminal(out, observation->known);
    buffer_add_char(out, ')');
}

static void write_observation(struct layout *layout, const struct changed_observation *changed)
{
    const struct observation *before = changed->sides[0], *after = changed->sides[1];
    const struct observation *shown = after ? after : before;
    struct buffer line = buffer_on(layout->out->arena);
    escape_terminal(&line, shown->name);
    buffer_add_string(&line, " for ");
    if (before && after && !text_equal(before->valid, after->valid)) {
        escape_terminal(&line, before->valid);
        buffer_add_string(&line, " → ");
    }
    escape_terminal(&line, shown->valid);
    buffer_add_string(&line, before ? ": " : ": new, ");
    if (before)
        add_observation(&line, before);
    if (before && after)
        buffer_add_string(&line, " → ");
    if (after)
        add_observation(&line, after);
    else
        buffer_add_string(&line, " → nothing");
    layout_field(layout, "", buffer_text(&line));
}

// The same figure, said again or by another: nothing follows from it.
static bool is_said_again(const struct changed_observation *changed)
{
    return changed->sides[0] && changed->sides[1] && figures_equal(changed->sides[0], changed->sides[1]);
}

// All of them, or those with another figure (if there are any), and not too many.
void diff_observations_write(struct layout *layout, const struct changed_input *changed, bool all)
{
    enum { SHOWN = 3 };
    size_t other = 0, told = 0, shown = 0;
    for (size_t i = 0; i < changed->count; i++)
        other += !is_said_again(&changed->observations[i]);
    const size_t worth = all || other == 0 ? changed->count : other;
    const size_t most = all || worth <= SHOWN ? worth : SHOWN - 1;
    for (size_t i = 0; i < changed->count && shown < most; i++) {
        if (worth == other && is_said_again(&changed->observations[i]))
            continue;
        write_observation(layout, &changed->observations[i]);
        shown++;
    }
    told = worth - shown;
    if (told > 0)
        layout_field(layout, "", text_of(arena_printf(layout->out->arena, "and %zu more periods", told)));
}

// ---- what did it -------------------------------------------------------------------------------------------------------------

static void add_items(struct buffer *out, const struct diff_part *part, const size_t *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buffer_add_string(out, i == 0 ? "" : i + 1 == count ? " and " : ", ");
        escape_terminal(out, part->blend->items[items[i]].name);
    }
}

// What the sides say of it, where no observation is behind it: a definition that the data changes, members of an index.
static void write_said(struct layout *layout, const struct blend_item *item)
{
    struct buffer line = buffer_on(layout->out->arena);
    if (!item->said[0] || !item->said[1] || item->kind == BLEND_STRUCTURE) // which is told at the top
        return;
    escape_terminal(&line, text_of(item->said[0]));
    buffer_add_string(&line, " → ");
    escape_terminal(&line, text_of(item->said[1]));
    layout_field(layout, "", buffer_text(&line));
}

static void write_item(struct layout *layout, const struct diff_part *part, const struct compared_claim *claim, const struct compared_item *item, bool all)
{
    struct arena *arena = layout->out->arena;
    const struct blend_item *blended = &part->blend->items[item->item];
    const struct changed_input *changed = diff_input_of(part, item->item);
    struct buffer label = buffer_on(arena), line = buffer_on(arena);
    escape_terminal(&line, blended->name);
    if (isnan(item->share)) {
        buffer_add_string(&label, "by");
    } else {
        add_points(&label, item->share);
        if (item->share * claim->change < 0)
            buffer_add_string(&line, ", against the change");
        else if (fabs(claim->change) >= DIFF_LEAST && fabs(item->share) < fabs(claim->change)) {
            buffer_add_string(&line, ", ");
            words_percent(&line, item->share / claim->change, 0);
            buffer_add_string(&line, " of the change");
        }
        if (item->error >= DIFF_LEAST) {
            buffer_add_string(&line, " (standard error ");
            number_write(&line, round(item->error * 1000) / 10, 3);
            buffer_add_char(&line, ')');
        }
    }
    layout_field(layout, label.at, buffer_text(&line));
    if (changed)
        diff_observations_write(layout, changed, all);
    else
        write_said(layout, blended);
}

// Only the least or greatest probability over what has none moved.
static bool has_no_shares(const struct compared_claim *claim)
{
    for (size_t i = 0; i < claim->item_count; i++)
        if (diff_is_felt(&claim->items[i]))
            return false;
    return !isnan(claim->change) && fabs(claim->change) < DIFF_LEAST;
}

// The largest; the others are added up, so that what is shown adds up to the change.
static void write_items(struct layout *layout, const struct diff_part *part, const struct compared_claim *claim, bool all)
{
    enum { SHOWN = 6 };
    double rest = 0;
    size_t shown = 0, idle = 0;
    for (size_t i = 0; i < claim->item_count && !has_no_shares(claim); i++) {
        if (diff_is_felt(&claim->items[i]) && (all || shown < SHOWN)) {
            write_item(layout, part, claim, &claim->items[i], all);
            shown++;
        } else {
            rest += claim->items[i].share;
            idle += claim->items[i].share == 0;
        }
    }
    const size_t others = claim->item_count - shown - idle;
    if (others == 0 || has_no_shares(claim))
        return;
    struct buffer label = buffer_on(layout->out->arena);
    if (!isnan(rest))
        add_points(&label, rest);
    layout_field(layout, label.length > 0 ? label.at : "by", text_of(arena_printf(layout->out->arena, "%zu other%s%s", others, others == 1 ? "" : "s", all || isnan(rest) ? "" : ", each less than these")));
}

static void write_change(struct layout *layout, const struct compared_claim *claim)
{
    struct buffer line = buffer_on(layout->out->arena);
    if (has_no_shares(claim)) {
        layout_field(layout, "change", TEXT("none with the inputs without a probability at their central values; over their ranges it is as above"));
        return;
    }
    if (isnan(claim->change)) {
        layout_field(layout, "change", TEXT("not in figures: one of the sides has no probability. What reaches it and changed:"));
        return;
    }
    add_points(&line, claim->change);
    buffer_add_string(&line, " percentage points");
    if (claim->change_error >= DIFF_LEAST) {
        buffer_add_string(&line, " in ");
        words_count(&line, claim->futures);
        buffer_add_string(&line, " futures (standard error ");
        number_write(&line, round(claim->change_error * 1000) / 10, 3);
        buffer_add_char(&line, ')');
    }
    if (claim->item_count > 0)
        buffer_add_string(&line, ", the sum of");
    layout_field(layout, "change", buffer_text(&line));
}

static void write_sets(struct layout *layout, const struct diff_part *part, const struct compared_claim *claim)
{
    for (size_t i = 0; i < claim->set_count; i++) {
        const struct switching_set *set = &claim->sets[i];
        struct buffer line = buffer_on(layout->out->arena);
        buffer_add_string(&line, "by ");
        add_items(&line, part, set->items, set->count);
        buffer_add_string(&line, set->count == 1 ? " alone" : " together");
        if (is_scored(claim->sides[1].kind)) {
            buffer_add_string(&line, ": it then holds ");
            evidence_probability(&line, &set->probability);
        }
        layout_field(layout, i == 0 ? "turned" : "", buffer_text(&line));
    }
    if (claim->set_count > 0 || claim->whole_count == 0)
        return;
    struct buffer line = buffer_on(layout->out->arena);
    buffer_add_string(&line, "by no three of them; by ");
    add_items(&line, part, claim->whole, claim->whole_count);
    buffer_add_string(&line, " together, none of which can be left out");
    layout_field(layout, "turned", buffer_text(&line));
}

// ---- the card ----------------------------------------------------------------------------------------------------------------

static void write_title(struct layout *layout, const struct diff_part *part, const struct compared_claim *claim)
{
    struct buffer left = buffer_on(layout->out->arena), right = buffer_on(layout->out->arena);
    buffer_add(&left, claim->name);
    if (claim->scenario && claim->scenario->position > 0)
        buffer_printf(&left, " under %.*s", TEXT_ARGS(claim->scenario->name));
    if (part->forecast.length > 0)
        buffer_printf(&left, " under forecast %.*s", TEXT_ARGS(part->forecast));
    add_capitals(&right, verdict_words[claim->sides[0].kind]);
    if (diff_verdict_changed(claim)) {
        buffer_add_string(&right, " → ");
        add_capitals(&right, verdict_words[claim->sides[1].kind]);
    }
    layout_heading(layout, buffer_text(&left), buffer_text(&right), diff_verdict_changed(claim) ? COLOUR_YELLOW : COLOUR_NONE);
}

void diff_claim_write(struct layout *layout, const struct diff_part *part, const struct compared_claim *claim, bool all)
{
    struct arena *arena = layout->out->arena;
    struct buffer says = buffer_on(arena);
    write_title(layout, part, claim);
    escape_terminal(&says, claim->claim->text);
    if (says.length > 0)
        layout_field(layout, "says", buffer_text(&says));
    layout_field(layout, "reads", text_of(claim->reading));
    layout_field(layout, "was", side_words(arena, &claim->sides[0]));
    layout_field(layout, "is", side_words(arena, &claim->sides[1]));
    write_change(layout, claim);
    write_items(layout, part, claim, all);
    write_sets(layout, part, claim);
    layout_paragraph(layout, TEXT(""));
}
