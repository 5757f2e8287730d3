// Workflow commands of GitHub: an annotation at its line for each failure and each diagnostic. Passing claims are silent.
#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/diag.h"
#include "judge/verdict.h"
#include "report/escape.h"
#include "report/outcome.h"
#include "report/report.h"
#include "report/writers.h"

// "::error file=a.crux,line=3,col=1,title=name::message". Without a place the annotation is the run's.
static void annotate(struct buffer *out, const char *level, struct place place, struct text title, struct text message)
{
    buffer_printf(out, "::%s ", level);
    if (place.source) {
        struct text path = place.source->path;
        while (path.length > 2 && path.at[0] == '.' && path.at[1] == '/')
            path = (struct text){path.at + 2, path.length - 2};
        buffer_add_string(out, "file=");
        escape_github(out, path, true);
        buffer_printf(out, ",line=%u,col=%u,", place.line, place.column);
    }
    buffer_add_string(out, "title=");
    escape_github(out, title, true);
    buffer_add_string(out, "::");
    escape_github(out, message, false);
    buffer_add_char(out, '\n');
}

static void add_line(struct buffer *message, struct text line)
{
    if (line.length > 0) {
        buffer_add_string(message, message->length > 0 ? "\n" : "");
        buffer_add(message, line);
    }
}

static void write_entry(struct buffer *out, const struct report *report, const struct report_entry *entry)
{
    const enum outcome outcome = outcome_of(entry);
    const bool fails = outcome == OUTCOME_FAILED || outcome == OUTCOME_BROKEN;
    if (!fails && outcome != OUTCOME_WAIVED && !entry->changed)
        return;
    struct arena *arena = out->arena;
    struct buffer message = buffer_on(arena), title = buffer_on(arena);
    buffer_add(&title, outcome_title(arena, entry));
    buffer_printf(&title, ": %s", verdict_words[entry->verdict->kind]);
    add_line(&message, text_of(outcome_failure(entry)));
    if (outcome == OUTCOME_WAIVED)
        add_line(&message, outcome_waiver(arena, entry));
    add_line(&message, outcome_summary(arena, entry));
    add_line(&message, outcome_crux(arena, entry));
    add_line(&message, outcome_counter(arena, entry));
    const struct place place = outcome_place(report, entry->verdict->claim->span);
    annotate(out, fails ? "error" : "notice", place, buffer_text(&title), buffer_text(&message));
}

static void write_diag(struct buffer *out, const struct report *report, const struct diag *diag)
{
    static const char *const levels[] = {"error", "warning", "notice"};
    struct buffer message = buffer_on(out->arena);
    buffer_add_string(&message, diag->message);
    if (diag->help)
        buffer_printf(&message, "\nhelp: %s", diag->help);
    annotate(out, levels[diag->severity], outcome_place(report, diag->labels[0].span), text_of(diag_kinds[diag->code].code), buffer_text(&message));
}

void write_github(struct buffer *out, const struct report *report, const struct report_style *style)
{
    (void)style;
    size_t count;
    const struct diag **diags = outcome_diags(out->arena, report, &count);
    for (size_t i = 0; i < count; i++)
        write_diag(out, report, diags[i]);
    for (size_t i = 0; i < report->entry_count; i++)
        write_entry(out, report, &report->entries[i]);
    if (outcome_untrusted(report))
        annotate(out, "error", (struct place){0}, TEXT("crux"), text_of(outcome_untrusted(report)));
    buffer_add(out, outcome_run(out->arena, report));
    buffer_add_char(out, '\n');
}
