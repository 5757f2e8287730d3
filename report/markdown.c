// Markdown for the comment of a pull request and for a job summary: what changed first, then what fails, the rest folded away.
//
// The first line is a hidden mark by which a program finds its comment again. A comment may have 65 536 characters: sections
// stop before they fill it, and say how much is left out.
#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/diag.h"
#include "judge/verdict.h"
#include "report/escape.h"
#include "report/outcome.h"
#include "report/report.h"
#include "report/writers.h"

enum { CHANGED_END = 20000, FAILED_END = 38000, WAIVED_END = 44000, DIAGS_END = 50000, REST_END = 58000, CELL = 300 };

// The text as it is, cut after some characters.
static void add_cell(struct buffer *out, struct text t)
{
    size_t end = 0, characters = 0;
    while (end < t.length && characters < CELL) {
        do
            end++;
        while (end < t.length && ((unsigned char)t.at[end] & 0xc0) == 0x80);
        characters++;
    }
    escape_markdown(out, (struct text){t.at, end});
    if (end < t.length)
        buffer_add_string(out, "…");
}

static bool is_changed(const struct report_entry *entry)
{
    return entry->changed || entry->is_new;
}

static bool is_failing(const struct report_entry *entry)
{
    const enum outcome outcome = outcome_of(entry);
    return !is_changed(entry) && (outcome == OUTCOME_FAILED || outcome == OUTCOME_BROKEN);
}

static bool is_waived(const struct report_entry *entry)
{
    return !is_changed(entry) && outcome_of(entry) == OUTCOME_WAIVED;
}

static bool is_rest(const struct report_entry *entry)
{
    return !is_changed(entry) && !is_failing(entry) && !is_waived(entry);
}

static const char *mark_of(const struct report_entry *entry)
{
    static const char *const marks[] = {
        [OUTCOME_PASSED] = "✓", [OUTCOME_FAILED] = "✗", [OUTCOME_BROKEN] = "✗", [OUTCOME_WAIVED] = "waived", [OUTCOME_SKIPPED] = "–"};
    return marks[outcome_of(entry)];
}

static void add_part(struct buffer *out, size_t start, struct text part)
{
    if (part.length == 0)
        return;
    buffer_add_string(out, out->length > start ? "; " : "");
    add_cell(out, part);
}

// | ✗ | **behind** | sensitive, holds in 71 %; before: supported | it fails with ... |
static void write_row(struct buffer *out, const struct report_entry *entry, bool why)
{
    struct arena *arena = out->arena;
    buffer_printf(out, "| %s | **", mark_of(entry));
    add_cell(out, outcome_title(arena, entry));
    buffer_add_string(out, "** | ");
    add_cell(out, outcome_summary(arena, entry));
    if (why) {
        buffer_add_string(out, " | ");
        const size_t start = out->length;
        add_part(out, start, text_of(outcome_failure(entry)));
        if (outcome_of(entry) == OUTCOME_WAIVED)
            add_part(out, start, outcome_waiver(arena, entry));
        add_part(out, start, outcome_crux(arena, entry));
        add_part(out, start, outcome_counter(arena, entry));
    }
    buffer_add_string(out, " |\n");
}

struct section {
    const char *title;
    bool (*takes)(const struct report_entry *entry);
    size_t end;  // of the bytes that it may fill
    bool folded;
};

static void write_section(struct buffer *out, const struct report *report, const struct section *section)
{
    size_t count = 0, written = 0;
    for (size_t i = 0; i < report->entry_count; i++)
        count += section->takes(&report->entries[i]);
    if (count == 0)
        return;
    if (section->folded)
        buffer_printf(out, "\n<details><summary>%s (%zu)</summary>\n\n| | claim | verdict |\n|---|---|---|\n", section->title, count);
    else
        buffer_printf(out, "\n### %s (%zu)\n\n| | claim | verdict | why |\n|---|---|---|---|\n", section->title, count);
    for (size_t i = 0; i < report->entry_count && out->length < section->end; i++)
        if (section->takes(&report->entries[i])) {
            write_row(out, &report->entries[i], !section->folded);
            written++;
        }
    if (written < count)
        buffer_printf(out, "\n… and %zu more.\n", count - written);
    if (section->folded)
        buffer_add_string(out, "\n</details>\n");
}

static void write_gone(struct buffer *out, const struct report *report)
{
    if (report->gone_count == 0)
        return;
    buffer_add_string(out, "\nNo longer there: ");
    for (size_t i = 0; i < report->gone_count && out->length < CHANGED_END; i++) {
        buffer_add_string(out, i > 0 ? ", " : "");
        add_cell(out, report->gone[i]);
    }
    buffer_add_string(out, ".\n");
}

static void write_diags(struct buffer *out, const struct report *report, bool mistakes)
{
    size_t count, shown = 0;
    const struct diag **diags = outcome_diags(out->arena, report, &count);
    for (size_t i = 0; i < count && out->length < DIAGS_END; i++) {
        if (outcome_is_mistake(diags[i]) != mistakes)
            continue;
        if (shown++ == 0)
            buffer_printf(out, "\n### %s\n\n", mistakes ? "Mistakes" : "Warnings");
        const struct place place = sources_place(report->sources, diags[i]->labels[0].span.start);
        buffer_printf(out, "- %s ", diag_kinds[diags[i]->code].code);
        if (place.source) {
            add_cell(out, place.source->path);
            buffer_printf(out, ":%u: ", place.line);
        }
        add_cell(out, text_of(diags[i]->message));
        if (diags[i]->help) {
            buffer_add_string(out, "; help: ");
            add_cell(out, text_of(diags[i]->help));
        }
        buffer_add_char(out, '\n');
    }
}

void write_markdown(struct buffer *out, const struct report *report, const struct report_style *style)
{
    (void)style;
    static const struct section sections[] = {
        {"Changed", is_changed, CHANGED_END, false},
        {"Failing", is_failing, FAILED_END, false},
        {"Waived", is_waived, WAIVED_END, false},
        {"As before, as expected, or without an expectation", is_rest, REST_END, true},
    };
    buffer_add_string(out, "<!-- crux-report -->\n## Crux: ");
    escape_markdown(out, outcome_run(out->arena, report));
    buffer_printf(out, "\n\nExit code %d: %s.", report->exit_code, outcome_exit_words(report->exit_code));
    if (report->vintage.length > 0) {
        buffer_add_string(out, " Data as of ");
        add_cell(out, report->vintage);
        if (report->baseline.length > 0 && report->baseline_vintage.length > 0) {
            buffer_add_string(out, ", in the baseline as of ");
            add_cell(out, report->baseline_vintage);
        }
        buffer_add_char(out, '.');
    }
    buffer_add_char(out, '\n');
    if (outcome_untrusted(report))
        buffer_printf(out, "\n**%s**\n", outcome_untrusted(report));
    write_diags(out, report, true);
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        write_section(out, report, &sections[i]);
        if (i == 0)
            write_gone(out, report);
        if (i == 2)
            write_diags(out, report, false);
    }
}
