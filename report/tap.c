// The Test Anything Protocol, version 13: a line for each verdict and each mistake, with YAML behind those that say more.
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/diag.h"
#include "judge/verdict.h"
#include "report/escape.h"
#include "report/outcome.h"
#include "report/report.h"
#include "report/writers.h"

// On one line, with # and \ escaped: # would start a directive.
static void add_description(struct buffer *out, struct text t)
{
    struct buffer safe = buffer_on(out->arena);
    escape_terminal(&safe, t);
    for (size_t i = 0; i < safe.length; i++) {
        if (strchr("#\\", safe.at[i]))
            buffer_add_char(out, '\\');
        buffer_add_char(out, safe.at[i]);
    }
}

// A string of JSON is one of YAML too.
static void add_field(struct buffer *out, const char *name, struct text value)
{
    if (value.length == 0)
        return;
    buffer_printf(out, "  %s: ", name);
    escape_json(out, value);
    buffer_add_char(out, '\n');
}

static void add_place(struct buffer *out, const struct report *report, struct span span)
{
    const struct place place = sources_place(report->sources, span.start);
    if (place.source)
        add_field(out, "at", text_of(arena_printf(out->arena, "%.*s:%u:%u", TEXT_ARGS(place.source->path), place.line, place.column)));
}

static void write_entry(struct buffer *out, const struct report *report, const struct report_entry *entry, size_t number)
{
    struct arena *arena = out->arena;
    const enum outcome outcome = outcome_of(entry);
    const bool holds = outcome == OUTCOME_PASSED || outcome == OUTCOME_SKIPPED;
    buffer_printf(out, "%s %zu - ", holds ? "ok" : "not ok", number);
    add_description(out, outcome_title(arena, entry));
    if (outcome == OUTCOME_SKIPPED || outcome == OUTCOME_WAIVED) {
        buffer_add_string(out, outcome == OUTCOME_SKIPPED ? " # SKIP " : " # TODO ");
        add_description(out, outcome == OUTCOME_SKIPPED ? outcome_summary(arena, entry) : outcome_waiver(arena, entry));
    }
    buffer_add_string(out, "\n  ---\n");
    add_field(out, "message", text_of(outcome_failure(entry)));
    add_field(out, "verdict", outcome_summary(arena, entry));
    add_field(out, "crux", outcome_crux(arena, entry));
    add_field(out, "counterexample", outcome_counter(arena, entry));
    add_place(out, report, entry->verdict->claim->span);
    buffer_add_string(out, "  ...\n");
}

static void write_mistake(struct buffer *out, const struct report *report, const struct diag *diag, size_t number)
{
    buffer_printf(out, "not ok %zu - %s ", number, diag_kinds[diag->code].code);
    add_description(out, text_of(diag->message));
    buffer_add_string(out, "\n  ---\n");
    add_field(out, "message", text_of(diag->message));
    add_field(out, "help", text_of(diag->help));
    add_place(out, report, diag->labels[0].span);
    buffer_add_string(out, "  ...\n");
}

static void write_warning(struct buffer *out, const struct report *report, const struct diag *diag)
{
    const struct place place = sources_place(report->sources, diag->labels[0].span.start);
    buffer_add_string(out, "# ");
    if (place.source) {
        escape_terminal(out, place.source->path);
        buffer_printf(out, ":%u: ", place.line);
    }
    buffer_printf(out, "%s: ", diag_kinds[diag->code].code);
    escape_terminal(out, text_of(diag->message));
    buffer_add_char(out, '\n');
}

void write_tap(struct buffer *out, const struct report *report, const struct report_style *style)
{
    (void)style;
    size_t count, number = 0, mistakes = 0;
    const struct diag **diags = outcome_diags(out->arena, report, &count);
    for (size_t i = 0; i < count; i++)
        mistakes += outcome_is_mistake(diags[i]);
    const char *untrusted = outcome_untrusted(report);
    buffer_printf(out, "TAP version 13\n1..%zu\n", report->entry_count + mistakes + (untrusted != NULL));
    for (size_t i = 0; i < report->entry_count; i++)
        write_entry(out, report, &report->entries[i], ++number);
    for (size_t i = 0; i < count; i++)
        if (outcome_is_mistake(diags[i]))
            write_mistake(out, report, diags[i], ++number);
        else
            write_warning(out, report, diags[i]);
    if (untrusted)
        buffer_printf(out, "not ok %zu - %s\n", ++number, untrusted);
}
