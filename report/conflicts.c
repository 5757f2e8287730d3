#include "report/conflicts.h"

#include "base/buffer.h"
#include "judge/verdict.h"
#include "report/escape.h"
#include "report/json_writer.h"
#include "report/report.h"
#include "report/words.h"

// Each results object once: at its first entry.
static const struct results *results_at(const struct report *report, size_t entry)
{
    const struct results *results = report->entries[entry].results;
    for (size_t i = 0; i < entry; i++)
        if (report->entries[i].results == results)
            return NULL;
    return results;
}

static void add_claim(struct buffer *out, const struct conflict *conflict, size_t i)
{
    const struct text speaker = conflict->claims[i]->speaker;
    buffer_add_string(out, i == 0 ? "" : i + 1 == conflict->count ? " and " : ", ");
    escape_terminal(out, conflict->names[i]);
    if (speaker.length > 0 && !conflict->same_author) {
        buffer_printf(out, "%c(", WORDS_JOIN);
        escape_terminal(out, speaker);
        buffer_add_char(out, ')');
    }
}

static void write_conflict(struct layout *layout, const struct conflict *conflict, struct text forecast)
{
    struct buffer out = buffer_on(layout->out->arena);
    buffer_add_string(&out, "cannot hold together: ");
    for (size_t i = 0; i < conflict->count; i++)
        add_claim(&out, conflict, i);
    if (conflict->same_author) {
        buffer_add_string(&out, conflict->count == 2 ? ", both by " : ", all by ");
        escape_terminal(&out, conflict->claims[0]->speaker);
    }
    if (conflict->declared)
        buffer_add_string(&out, ", as a relation between them says");
    if (conflict->sets > 1)
        buffer_printf(&out, ", and %zu more such %s%s of members", conflict->sets - 1, conflict->count == 2 ? "pair" : "set", conflict->sets == 2 ? "" : "s");
    if (forecast.length > 0)
        buffer_printf(&out, ", under forecast %.*s", TEXT_ARGS(forecast));
    buffer_printf(&out, ": %s", conflict->why);
    for (size_t i = 0; i < out.length; i++)
        if (out.at[i] == ' ' && i + 1 < out.length && out.at[i + 1] == '%')
            out.at[i] = WORDS_JOIN;
    layout_paragraph(layout, buffer_text(&out));
}

void conflicts_write(struct layout *layout, const struct report *report)
{
    size_t count = 0;
    for (size_t i = 0; i < report->entry_count; i++) {
        const struct results *results = results_at(report, i);
        for (size_t c = 0; results && c < results->conflict_count; c++)
            if (count++ < CONFLICTS_LISTED)
                write_conflict(layout, &results->conflicts[c], report->entries[i].forecast);
    }
    if (count > CONFLICTS_LISTED) {
        struct buffer out = buffer_on(layout->out->arena);
        buffer_printf(&out, "%zu more sets of claims cannot hold together: --format json lists them", count - CONFLICTS_LISTED);
        layout_paragraph(layout, buffer_text(&out));
    }
    if (count > 0)
        buffer_add_char(layout->out, '\n');
}

// ---- JSON ------------------------------------------------------------------------------------------------------------------------------

static void claim_json(struct json *json, const struct conflict *conflict, size_t i)
{
    const struct text speaker = conflict->claims[i]->speaker;
    json_open(json, NULL, '{');
    json_text(json, "name", conflict->names[i]);
    if (speaker.length > 0)
        json_text(json, "by", speaker);
    else
        json_null(json, "by");
    json_number(json, "holds", conflict->shares[i]);
    json_close(json, '}');
}

static void conflict_json(struct json *json, const struct conflict *conflict, struct text forecast)
{
    json_open(json, NULL, '{');
    json_open(json, "claims", '[');
    for (size_t i = 0; i < conflict->count; i++)
        claim_json(json, conflict, i);
    json_close(json, ']');
    if (forecast.length > 0)
        json_text(json, "forecast", forecast);
    else
        json_null(json, "forecast");
    json_truth(json, "whatever_inputs", conflict->whatever_inputs);
    json_string(json, "basis", evidence_words[conflict->basis]);
    json_count(json, "samples", conflict->samples);
    json_truth(json, "declared", conflict->declared);
    json_truth(json, "same_author", conflict->same_author);
    json_string(json, "why", conflict->why);
    json_count(json, "sets", conflict->sets);
    json_close(json, '}');
}

void conflicts_json(struct json *json, const struct report *report)
{
    bool any = false;
    for (size_t i = 0; i < report->entry_count; i++)
        any = any || report->entries[i].results->conflict_count > 0;
    if (!any)
        return;
    json_open(json, "conflicts", '[');
    for (size_t i = 0; i < report->entry_count; i++) {
        const struct results *results = results_at(report, i);
        for (size_t c = 0; results && c < results->conflict_count; c++)
            conflict_json(json, &results->conflicts[c], report->entries[i].forecast);
    }
    json_close(json, ']');
}
