#include "report/arguments.h"

#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "judge/verdict.h"
#include "report/escape.h"
#include "report/words.h"

static const char *const kind_words[] = {[RELATION_SUPPORTS] = "supports", [RELATION_REBUTS] = "rebuts", [RELATION_UNDERCUTS] = "undercuts"};

// A sentence of the judge, in which a figure and its per cent stay on one line.
static void add_why(struct buffer *out, const char *why)
{
    const size_t from = out->length;
    escape_terminal(out, text_of(why));
    for (size_t i = from; i + 1 < out->length; i++)
        if (out->at[i] == ' ' && out->at[i + 1] == '%')
            out->at[i] = WORDS_JOIN;
}

static void add_names(struct buffer *out, const struct standing *standing)
{
    for (size_t i = 0; i < standing->by_count; i++) {
        buffer_add_string(out, i == 0 ? "" : ", ");
        escape_terminal(out, standing->by[i]);
    }
}

static void add_standing(struct buffer *out, const struct standing *standing)
{
    if (standing->kind == STANDING_STANDS || standing->by_itself)
        buffer_printf(out, standing->kind == STANDING_STANDS ? "yes: " : standing->kind == STANDING_RECORDED ? "recorded: " : "no: ");
    else
        buffer_add_string(out, standing->kind == STANDING_DEFEATED ? "no, defeated by " : "contested by ");
    if (standing->by_count > 0) {
        add_names(out, standing);
        buffer_add_string(out, ": ");
    }
    add_why(out, standing->why);
}

static void add_relation(struct buffer *out, const struct relation_result *it)
{
    buffer_printf(out, "%s ", kind_words[it->relation->kind]);
    escape_terminal(out, it->to);
    buffer_printf(out, ", %s: ", relation_finding_words[it->finding]);
    add_why(out, it->why);
}

void arguments_write(struct layout *layout, const struct report *report, const struct verdict *verdict)
{
    const struct standing *standing = verdict->standing;
    if (!standing || report->explains)
        return;
    if (!standing->by_itself) {
        struct buffer out = buffer_on(layout->out->arena);
        add_standing(&out, standing);
        layout_field(layout, "stands", buffer_text(&out));
    }
    for (size_t i = 0; i < standing->relation_count; i++) {
        struct buffer out = buffer_on(layout->out->arena);
        if (standing->relations[i].finding != RELATION_NOT_GROUNDED)
            continue;
        add_relation(&out, &standing->relations[i]);
        layout_field(layout, "argues", buffer_text(&out));
    }
}

// ---- in full -----------------------------------------------------------------------------------------------------------------------

static void add_share(struct buffer *out, double share, double error)
{
    words_percent(out, share, 1);
    if (error > 0) {
        buffer_add_string(out, " ± ");
        words_percent_number(out, error, 1);
    }
}

static void add_figures(struct buffer *out, const struct relation_result *it)
{
    if (isnan(it->with) || isnan(it->without))
        return;
    const bool undercut = it->relation->kind == RELATION_UNDERCUTS;
    buffer_add_string(out, undercut ? " (fails " : " (holds ");
    add_share(out, it->with, it->with_error);
    buffer_add_string(out, " with it, ");
    add_share(out, it->without, it->without_error);
    buffer_add_string(out, " overall; ");
    words_count(out, it->seen);
    buffer_add_string(out, it->seen == 1 ? " future)" : " futures)");
}

static void write_relation(struct layout *layout, const struct relation_result *it, bool received)
{
    struct buffer out = buffer_on(layout->out->arena);
    if (received) {
        escape_terminal(&out, it->from);
        buffer_add_char(&out, ' ');
    }
    add_relation(&out, it);
    add_figures(&out, it);
    layout_field(layout, received ? "from" : "argues", buffer_text(&out));
}

void arguments_write_all(struct layout *layout, const struct verdict *verdict)
{
    const struct standing *standing = verdict->standing;
    if (!standing || standing->relation_count + standing->received_count == 0)
        return;
    struct buffer out = buffer_on(layout->out->arena);
    layout_heading(layout, TEXT("arguments"), TEXT("each relation run in the same futures"), COLOUR_DIM);
    add_standing(&out, standing);
    layout_field(layout, "stands", buffer_text(&out));
    for (size_t i = 0; i < standing->relation_count; i++)
        write_relation(layout, &standing->relations[i], false);
    for (size_t i = 0; i < standing->received_count; i++)
        write_relation(layout, &standing->received[i], true);
    buffer_add_char(layout->out, '\n');
}

// ---- all of a run ------------------------------------------------------------------------------------------------------------------

static bool is_counted_before(const struct report *report, size_t position)
{
    const struct report_entry *entry = &report->entries[position];
    if (position == 0)
        return false;
    const struct report_entry *before = &report->entries[position - 1];
    return before->verdict->claim == entry->verdict->claim && before->results == entry->results && before->verdict->standing;
}

void arguments_count(const struct report *report, size_t *run, size_t *ungrounded)
{
    *run = *ungrounded = 0;
    for (size_t i = 0; i < report->entry_count; i++) {
        const struct standing *standing = report->entries[i].verdict->standing;
        for (size_t r = 0; standing && r < standing->relation_count && !is_counted_before(report, i); r++) {
            *run += standing->relations[r].finding != RELATION_RECORDED;
            *ungrounded += standing->relations[r].finding == RELATION_NOT_GROUNDED;
        }
    }
}

// ---- for machines ------------------------------------------------------------------------------------------------------------------

static void relation_json(struct json *json, const struct relation_result *it)
{
    json_open(json, NULL, '{');
    json_string(json, "relation", kind_words[it->relation->kind]);
    json_text(json, "from", it->from);
    json_text(json, "to", it->to);
    json_string(json, "finding", relation_finding_words[it->finding]);
    json_truth(json, "attacks", it->attacks);
    json_number(json, "with", it->with);
    json_number(json, "with_error", it->with_error);
    json_number(json, "without", it->without);
    json_number(json, "without_error", it->without_error);
    json_count(json, "futures", it->seen);
    json_string(json, "why", it->why);
    json_close(json, '}');
}

void arguments_json(struct json *json, const struct verdict *verdict)
{
    const struct standing *standing = verdict->standing;
    json_open(json, "relations", '[');
    for (size_t i = 0; standing && i < standing->relation_count; i++)
        relation_json(json, &standing->relations[i]);
    json_close(json, ']');
    if (!standing) {
        json_null(json, "standing");
        return;
    }
    json_open(json, "standing", '{');
    json_string(json, "standing", standing_words[standing->kind]);
    json_truth(json, "by_itself", standing->by_itself);
    json_open(json, "by", '[');
    for (size_t i = 0; i < standing->by_count; i++)
        json_text(json, NULL, standing->by[i]);
    json_close(json, ']');
    json_string(json, "why", standing->why);
    json_open(json, "received", '[');
    for (size_t i = 0; i < standing->received_count; i++)
        relation_json(json, &standing->received[i]);
    json_close(json, ']');
    json_close(json, '}');
}
