// What changed with the data, for people: changed verdicts, moved probabilities, what changed without effect, what nobody reads.
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/vector.h"
#include "report/diff.h"
#include "report/escape.h"
#include "report/layout.h"
#include "report/words.h"

struct writing {
    struct layout layout;
    struct arena *arena;
    const struct report *report;
    const struct data_diff *diff;
    const struct report_style *style;
    struct diff_inputs inputs;
};

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void add_count(struct buffer *out, size_t count, const char *what)
{
    words_count(out, count);
    buffer_printf(out, " %s%s", what, plural(count));
}

static void write_empty_line(struct writing *w)
{
    layout_paragraph(&w->layout, TEXT(""));
}

// ---- the sides -----------------------------------------------------------------------------------------------------------------

static void write_side(struct writing *w, const char *label, const struct diff_side *side)
{
    struct buffer line = buffer_on(w->arena);
    if (side->vintage.length > 0)
        buffer_printf(&line, "%.*s, ", TEXT_ARGS(side->vintage));
    if (side->store.length > 0)
        escape_terminal(&line, side->store);
    else
        buffer_add_string(&line, "the data that come with Crux");
    buffer_add_string(&line, ": ");
    add_count(&line, side->observation_count, "observation");
    buffer_add_string(&line, " of ");
    words_count(&line, side->name_count);
    buffer_add_string(&line, side->name_count == 1 ? " quantity" : " quantities");
    layout_field(&w->layout, label, buffer_text(&line));
}

static void add_names(struct buffer *line, const char *what, const struct text *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buffer_add_string(line, i == 0 ? what : ", ");
        escape_terminal(line, names[i]);
    }
}

static void write_index(struct writing *w, const struct changed_index *index)
{
    struct buffer line = buffer_on(w->arena);
    buffer_printf(&line, "the index %.*s", TEXT_ARGS(index->name));
    add_names(&line, index->added_count == 1 ? " has a new member: " : " has new members: ", index->added, index->added_count);
    add_names(&line, index->added_count > 0 ? "; no longer there: " : " has no longer: ", index->gone, index->gone_count);
    layout_field(&w->layout, "index", buffer_text(&line));
}

static bool was_said(const struct writing *w, size_t part, const struct changed_index *index)
{
    for (size_t i = 0; i < part; i++)
        for (size_t k = 0; k < w->diff->parts[i].changed->index_count; k++)
            if (text_equal(w->diff->parts[i].changed->indexes[k].name, index->name))
                return true;
    return false;
}

// What cannot be switched one by one: members of an index, where the future begins.
static void write_structure(struct writing *w)
{
    bool present = false;
    for (size_t i = 0; i < w->diff->part_count; i++) {
        const struct changed_data *changed = w->diff->parts[i].changed;
        for (size_t k = 0; k < changed->index_count; k++)
            if (!was_said(w, i, &changed->indexes[k]))
                write_index(w, &changed->indexes[k]);
        if (!changed->present_moved || present)
            continue;
        present = true;
        layout_field(&w->layout, "now", text_of(arena_printf(w->arena, "the future begins with %.*s instead of %.*s: what is before it is taken as it was observed",
                                                                 TEXT_ARGS(changed->present[1]), TEXT_ARGS(changed->present[0]))));
    }
}

static void write_head(struct writing *w)
{
    write_side(w, "from", &w->diff->sides[0]);
    write_side(w, "to", &w->diff->sides[1]);
    if (w->diff->backwards)
        layout_field(&w->layout, "", TEXT("backwards: `from` is the later date, so this says what is not yet known"));
    write_structure(w);
    write_empty_line(w);
}

// ---- claims --------------------------------------------------------------------------------------------------------------------

struct shown_claim {
    const struct diff_part *part;
    const struct compared_claim *claim;
    size_t position; // among all
};

static double size_of(const struct compared_claim *claim)
{
    return isnan(claim->change) ? 0 : fabs(claim->change);
}

static int by_size(const void *first, const void *second)
{
    const struct shown_claim *a = first, *b = second;
    const double left = size_of(a->claim), right = size_of(b->claim);
    return left != right ? (left < right) - (left > right) : (a->position > b->position) - (a->position < b->position);
}

// Changed verdicts stand in the order of the files, what only moved by how far it did.
static void write_claims(struct writing *w, const char *title, bool (*counts)(const struct compared_claim *claim), bool sorted)
{
    const size_t count = diff_claims(w->diff, counts);
    struct shown_claim *list = arena_array(w->arena, count, sizeof *list);
    size_t found = 0;
    for (size_t i = 0; i < w->diff->part_count; i++) {
        const struct compared *compared = w->diff->parts[i].compared;
        for (size_t k = 0; compared && k < compared->claim_count; k++)
            if (counts(&compared->claims[k])) {
                list[found] = (struct shown_claim){&w->diff->parts[i], &compared->claims[k], found};
                found++;
            }
    }
    if (count == 0)
        return;
    if (sorted)
        qsort(list, count, sizeof *list, by_size);
    layout_colour(&w->layout, COLOUR_BOLD, text_of(arena_printf(w->arena, "%s: %zu\n\n", title, count)));
    for (size_t i = 0; i < count; i++)
        diff_claim_write(&w->layout, list[i].part, list[i].claim, w->style->verbose);
}

// ---- inputs --------------------------------------------------------------------------------------------------------------------

static bool became_known(const struct diff_input *input)
{
    return input->changed->kind == CHANGE_KNOWN || input->changed->kind == CHANGE_REVIVED;
}

static bool became_unknown(const struct diff_input *input)
{
    return input->changed->kind == CHANGE_UNKNOWN;
}

static bool expired(const struct diff_input *input)
{
    return input->changed->kind == CHANGE_EXPIRED;
}

static bool without_effect(const struct diff_input *input)
{
    return input->changed->kind == CHANGE_FIGURES && input->effect != EFFECT_MOVED;
}

static size_t count_inputs(const struct writing *w, bool (*counts)(const struct diff_input *input))
{
    size_t count = 0;
    for (size_t i = 0; i < w->inputs.count; i++)
        count += counts(&w->inputs.at[i]);
    return count;
}

static void write_input(struct writing *w, const struct diff_input *input)
{
    struct buffer name = buffer_on(w->arena), line = buffer_on(w->arena);
    buffer_add_string(&name, "  ");
    escape_terminal(&name, input->changed->name);
    if (input->changed->kind == CHANGE_FIGURES)
        buffer_add_string(&line, effect_words[input->effect]);
    else if (input->changed->missing)
        escape_terminal(&line, text_of(input->changed->missing));
    layout_entry(&w->layout, buffer_text(&name), LAYOUT_TEXT, line.length > 0 ? buffer_text(&line) : TEXT(""));
    diff_observations_write(&w->layout, input->changed, w->style->verbose);
}

static void write_inputs(struct writing *w, const char *title, bool (*counts)(const struct diff_input *input))
{
    enum { SHOWN = 12 };
    const size_t count = count_inputs(w, counts), most = w->style->verbose ? count : SHOWN;
    size_t shown = 0;
    if (count == 0)
        return;
    layout_colour(&w->layout, COLOUR_BOLD, text_of(arena_printf(w->arena, "%s: %zu\n", title, count)));
    for (size_t i = 0; i < w->inputs.count && shown < most; i++)
        if (counts(&w->inputs.at[i])) {
            write_input(w, &w->inputs.at[i]);
            shown++;
        }
    if (shown < count)
        layout_field(&w->layout, "...", text_of(arena_printf(w->arena, "and %zu more: --verbose lists them", count - shown)));
    write_empty_line(w);
}

static void write_unread(struct writing *w)
{
    size_t added = 0, gone = 0;
    for (size_t i = 0; i < w->diff->unread_count; i++) {
        added += w->diff->unread[i].added;
        gone += w->diff->unread[i].gone;
    }
    if (w->diff->unread_count == 0)
        return;
    struct buffer line = buffer_on(w->arena);
    buffer_add_string(&line, "Read by no input of these files: ");
    add_count(&line, added, "other observation");
    buffer_add_string(&line, " of ");
    words_count(&line, w->diff->unread_count);
    buffer_add_string(&line, w->diff->unread_count == 1 ? " quantity" : " quantities");
    if (gone > 0)
        buffer_printf(&line, ", in place of %zu", gone);
    if (!w->style->verbose)
        buffer_add_string(&line, " (--verbose names them)");
    layout_paragraph(&w->layout, buffer_text(&line));
    for (size_t i = 0; w->style->verbose && i < w->diff->unread_count; i++) {
        struct buffer name = buffer_on(w->arena);
        buffer_add_string(&name, "  ");
        escape_terminal(&name, w->diff->unread[i].name);
        layout_entry(&w->layout, buffer_text(&name), LAYOUT_WIDTH, TEXT(""));
    }
    write_empty_line(w);
}

// ---- sources and summary -------------------------------------------------------------------------------------------------------

struct source_list {
    const struct source_entry **at;
    size_t count, room;
};

static void add_source(struct writing *w, struct source_list *list, const struct source_entry *source)
{
    for (size_t i = 0; source && i < list->count; i++)
        if (text_equal(list->at[i]->name, source->name))
            return;
    if (source)
        vector_push(w->arena, list, source);
}

static int by_name(const void *first, const void *second)
{
    const struct source_entry *const *a = first, *const *b = second;
    return text_compare((*a)->name, (*b)->name);
}

// Of the observations that moved claims.
static void write_sources(struct writing *w)
{
    struct source_list list = {0};
    for (size_t i = 0; i < w->inputs.count; i++)
        for (size_t k = 0; w->inputs.at[i].effect == EFFECT_MOVED && k < w->inputs.at[i].changed->count; k++)
            for (int side = 0; side < 2; side++)
                add_source(w, &list, w->inputs.at[i].changed->observations[k].sources[side]);
    if (list.count == 0)
        return;
    qsort(list.at, list.count, sizeof *list.at, by_name);
    layout_colour(&w->layout, COLOUR_BOLD, TEXT("Sources of what moved a claim\n"));
    for (size_t i = 0; i < list.count; i++) {
        const struct source_entry *source = list.at[i];
        struct buffer line = buffer_on(w->arena);
        buffer_printf(&line, "%.*s: %.*s", TEXT_ARGS(source->name), TEXT_ARGS(source->title));
        if (source->publisher.length > 0)
            buffer_printf(&line, ", %.*s", TEXT_ARGS(source->publisher));
        if (!isnan(source->date)) {
            buffer_add_string(&line, ", ");
            words_date(&line, source->date);
        }
        buffer_printf(&line, ", %.*s", TEXT_ARGS(source->url.length > 0 ? source->url : TEXT("no address: untraceable")));
        struct buffer safe = buffer_on(w->arena);
        escape_terminal(&safe, buffer_text(&line));
        layout_field(&w->layout, "", buffer_text(&safe));
    }
    write_empty_line(w);
}

static void write_summary(struct writing *w)
{
    struct buffer line = buffer_on(w->arena);
    size_t claims = 0; // each for each member and scenario, where they were looked at
    for (size_t i = 0; i < w->diff->part_count; i++)
        claims += w->diff->parts[i].compared ? w->diff->parts[i].compared->claim_count : w->diff->parts[i].claim_count;
    const size_t changed = diff_changed_verdicts(w->diff), moved = diff_claims(w->diff, diff_moved);
    add_count(&line, claims, "claim");
    if (changed + moved == 0)
        buffer_add_string(&line, ": none changed");
    else
        buffer_printf(&line, ": %zu changed, %zu moved, %zu unchanged", changed, moved, claims - changed - moved);
    buffer_add_string(&line, " · ");
    add_count(&line, w->inputs.count, "input");
    buffer_add_string(&line, " with other data");
    if (w->report->cancelled)
        buffer_add_string(&line, " · stopped before the end");
    layout_paragraph(&w->layout, buffer_text(&line));
}

void write_diff_human(struct buffer *out, const struct report *report, const struct report_style *style)
{
    struct writing w = {.layout = {.out = out, .colour = style->colour}, .arena = out->arena, .report = report, .diff = report->diff, .style = style};
    w.inputs = diff_inputs(w.arena, w.diff);
    write_head(&w);
    write_claims(&w, "Verdicts that changed", diff_verdict_changed, false);
    write_claims(&w, "Probabilities that moved, the verdict being the same", diff_moved, true);
    if (!style->quiet) {
        write_inputs(&w, "Now known", became_known);
        write_inputs(&w, "No longer known", became_unknown);
        write_inputs(&w, "Expired", expired);
        write_inputs(&w, "Changed without effect", without_effect);
        write_unread(&w);
        write_sources(&w);
    }
    write_summary(&w);
}
