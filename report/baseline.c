#include "report/baseline.h"

#include <math.h>

#include "base/buffer.h"
#include "judge/verdict.h"
#include "report/card.h"
#include "report/json_parts.h"
#include "report/json_writer.h"
#include "report/layout.h"
#include "report/words.h"

size_t baseline_failures(const struct report *report)
{
    size_t count = 0;
    for (size_t i = 0; i < report->entry_count; i++)
        count += report->entries[i].failure && !report_entry_waived(&report->entries[i]);
    return count;
}

size_t baseline_waived(const struct report *report)
{
    size_t count = 0;
    for (size_t i = 0; i < report->entry_count; i++)
        count += report_entry_waived(&report->entries[i]);
    return count;
}

// ---- for people ---------------------------------------------------------------------------------------------------------------

void baseline_state(struct buffer *out, enum verdict_kind kind, const struct probability *probability)
{
    buffer_add_string(out, verdict_words[kind]);
    if (isnan(probability->lower) || isnan(probability->upper))
        return;
    buffer_printf(out, "%c(", WORDS_JOIN);
    if (probability->lower < probability->upper) {
        words_percent_number(out, probability->lower, 0);
        buffer_add_string(out, "–");
    }
    words_percent(out, probability->upper, 0);
    buffer_add_char(out, ')');
}

static void write_changed(struct layout *layout, const struct report_entry *entry, const char *label)
{
    struct buffer line = buffer_on(layout->out->arena);
    card_title(&line, entry);
    buffer_add_string(&line, ": ");
    baseline_state(&line, entry->before->kind, &entry->before->probability);
    buffer_add_string(&line, " → ");
    baseline_state(&line, entry->verdict->kind, &entry->verdict->probability);
    layout_field(layout, label, buffer_text(&line));
}

static void add_count(struct buffer *out, size_t count, const char *what)
{
    if (count > 0)
        buffer_printf(out, "%s%zu %s", out->length > 0 ? ", " : "", count, what);
}

// "since the baseline of 2025-04-03: 2 verdicts changed, 1 new claim, 1 gone"
static void write_comparison(struct layout *layout, const struct report *report)
{
    size_t changed = 0, new = 0, reused = 0;
    for (size_t i = 0; i < report->entry_count; i++) {
        changed += report->entries[i].changed;
        new += report->entries[i].is_new;
        reused += report->entries[i].reused;
    }
    struct buffer counts = buffer_on(layout->out->arena), line = buffer_on(layout->out->arena);
    add_count(&counts, changed, changed == 1 ? "verdict changed" : "verdicts changed");
    add_count(&counts, new, new == 1 ? "claim is new" : "claims are new");
    add_count(&counts, report->gone_count, report->gone_count == 1 ? "claim is gone" : "claims are gone");
    buffer_add_string(&line, "since the baseline");
    if (report->baseline_vintage.length > 0)
        buffer_printf(&line, " of %.*s", TEXT_ARGS(report->baseline_vintage));
    buffer_printf(&line, ": %s", counts.length > 0 ? counts.at : "no verdict changed");
    if (reused > 0)
        buffer_printf(&line, "; %zu of %zu taken over, not found out anew", reused, report->entry_count);
    layout_paragraph(layout, buffer_text(&line));
    const char *label = "changed";
    for (size_t i = 0; i < report->entry_count; i++)
        if (report->entries[i].changed) {
            write_changed(layout, &report->entries[i], label);
            label = "";
        }
    buffer_add_char(layout->out, '\n');
}

static void write_waived(struct layout *layout, const struct report *report)
{
    const char *label = "waived";
    if (baseline_waived(report) == 0)
        return;
    for (size_t i = 0; i < report->entry_count; i++) {
        const struct report_entry *entry = &report->entries[i];
        if (!report_entry_waived(entry))
            continue;
        struct buffer line = buffer_on(layout->out->arena);
        card_title(&line, entry);
        buffer_printf(&line, ": %.*s, by %.*s until%c%.*s", TEXT_ARGS(entry->waiver->reason), TEXT_ARGS(entry->waiver->owner), WORDS_JOIN,
                      TEXT_ARGS(entry->waiver->until));
        layout_field(layout, label, buffer_text(&line));
        label = "";
    }
    buffer_add_char(layout->out, '\n');
}

void baseline_write(struct layout *layout, const struct report *report)
{
    if (report->baseline.length > 0)
        write_comparison(layout, report);
    write_waived(layout, report);
}

// ---- for machines ---------------------------------------------------------------------------------------------------------------

static void json_before(struct json *json, const struct earlier *before)
{
    if (!before) {
        json_null(json, "before");
        return;
    }
    json_open(json, "before", '{');
    json_string(json, "verdict", verdict_words[before->kind]);
    json_string(json, "basis", evidence_words[before->basis]);
    json_probability(json, "probability", &before->probability);
    json_close(json, '}');
}

static void json_waiver(struct json *json, const struct waiver *waiver)
{
    if (!waiver) {
        json_null(json, "waiver");
        return;
    }
    json_open(json, "waiver", '{');
    json_text(json, "owner", waiver->owner);
    json_text(json, "reason", waiver->reason);
    json_text(json, "until", waiver->until);
    json_truth(json, "expired", waiver->expired);
    json_close(json, '}');
}

void baseline_json(struct json *json, const struct report_entry *entry)
{
    json_string(json, "failure", entry->failure);
    json_waiver(json, entry->waiver);
    json_before(json, entry->before);
    json_truth(json, "new", entry->is_new);
    json_truth(json, "changed", entry->changed);
    json_truth(json, "reused", entry->reused);
    json_string(json, "fingerprint", entry->verdict->fingerprint);
}

void baseline_json_whole(struct json *json, const struct report *report)
{
    if (report->baseline.length == 0) {
        json_null(json, "baseline");
        return;
    }
    json_open(json, "baseline", '{');
    json_text(json, "file", report->baseline);
    json_text_or_null(json, "vintage", report->baseline_vintage);
    json_open(json, "gone", '[');
    for (size_t i = 0; i < report->gone_count; i++)
        json_text(json, NULL, report->gone[i]);
    json_close(json, ']');
    json_close(json, '}');
}
