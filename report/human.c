// For people: each verdict as a card of 80 columns, then a summary line.
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/number.h"
#include "dsl/diag.h"
#include "dsl/program.h"
#include "dsl/source.h"
#include "judge/verdict.h"
#include "report/arguments.h"
#include "report/baseline.h"
#include "report/card.h"
#include "report/compare.h"
#include "report/conflicts.h"
#include "report/derivation.h"
#include "report/escape.h"
#include "report/input_page.h"
#include "report/words.h"
#include "report/writers.h"

// ---- the summary ---------------------------------------------------------------------------------------------------------------

static size_t count_kind(const struct report *report, enum verdict_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < report->entry_count; i++)
        count += report->entries[i].verdict->kind == kind;
    return count;
}

static void add_counts(struct buffer *line, const struct report *report)
{
    words_count(line, report->entry_count);
    buffer_add_string(line, report->entry_count == 1 ? " verdict:" : " verdicts:");
    const char *between = " ";
    for (int kind = 0; kind < VERDICT_COUNT; kind++) {
        const size_t count = count_kind(report, (enum verdict_kind)kind);
        if (count == 0)
            continue;
        buffer_add_string(line, between);
        words_count(line, count);
        buffer_printf(line, " %s", verdict_words[kind]);
        between = ", ";
    }
}

static void count_expectations(const struct report *report, size_t *expected, size_t *unexpected)
{
    *expected = *unexpected = 0;
    for (size_t i = 0; i < report->entry_count; i++) {
        *expected += report->entries[i].verdict->expected != NULL;
        *unexpected += !report->entries[i].verdict->as_expected;
    }
}

static bool was_named(const struct report *report, size_t position)
{
    for (size_t i = 0; i < position; i++)
        if (text_equal(report->entries[i].results->forecast, report->entries[position].results->forecast))
            return true;
    return false;
}

// The forecasts that the files took in: "forecast supply", "forecasts supply, ai2027".
static void write_forecasts(struct buffer *line, const struct report *report)
{
    struct buffer names = buffer_on(line->arena);
    size_t count = 0;
    for (size_t i = 0; i < report->entry_count; i++)
        if (report->entries[i].forecast.length == 0 && report->entries[i].results->forecast.length > 0 && !was_named(report, i))
            buffer_printf(&names, "%s%.*s", count++ > 0 ? ", " : "", TEXT_ARGS(report->entries[i].results->forecast));
    if (count > 0)
        buffer_printf(line, " · forecast%s%c%s", count > 1 ? "s" : "", WORDS_JOIN, names.at);
}

static void add_arguments(struct buffer *line, const struct report *report)
{
    size_t run, ungrounded;
    arguments_count(report, &run, &ungrounded);
    if (ungrounded > 0)
        buffer_printf(line, " · %zu of %zu relation%s %s not grounded", ungrounded, run, run == 1 ? "" : "s", ungrounded == 1 ? "is" : "are");
}

static void add_settings(struct buffer *line, const struct report *report, const struct report_style *style)
{
    buffer_printf(line, " · seed%c", WORDS_JOIN);
    number_write(line, (double)report->seed, 17);
    if (strcmp(report->sampler, "sobol") != 0)
        buffer_printf(line, " · sampler%c%s", WORDS_JOIN, report->sampler);
    write_forecasts(line, report);
    if (style->seconds > 0) {
        buffer_add_string(line, " · ");
        number_write(line, style->seconds < 10 ? round(style->seconds * 10) / 10 : round(style->seconds), 6);
        buffer_printf(line, "%cs", WORDS_JOIN);
    }
}

// Those that fail for another reason than an `expect`, and those that are waived.
static void add_failures(struct buffer *line, const struct report *report, size_t unexpected)
{
    const size_t failing = baseline_failures(report), waived = baseline_waived(report);
    if (failing > 0 && failing != unexpected)
        buffer_printf(line, " · %zu fail%s the run", failing, failing == 1 ? "s" : "");
    if (waived > 0)
        buffer_printf(line, " · %zu waived", waived);
}

static void write_failures(struct layout *layout, struct arena *arena, const struct report *report)
{
    for (size_t i = 0; i < report->entry_count; i++) {
        const struct report_entry *entry = &report->entries[i];
        const struct verdict *verdict = entry->verdict;
        if (!entry->failure || report_entry_waived(entry))
            continue;
        struct buffer line = buffer_on(arena);
        buffer_add_string(&line, "  ✗ ");
        card_title(&line, entry);
        buffer_printf(&line, ": %s", verdict_words[verdict->kind]);
        if (!verdict->as_expected && verdict->expected)
            buffer_printf(&line, ", expected %s", verdict_words[verdict->expected->verdict]);
        else if (entry->changed)
            buffer_printf(&line, ", %s in the baseline", verdict_words[entry->before->kind]);
        else if (entry->old_figure)
            buffer_printf(&line, ", rests on %.*s, known since %.*s", TEXT_ARGS(entry->old_figure->name), TEXT_ARGS(entry->old_figure->known));
        layout_colour(layout, COLOUR_RED, buffer_text(&line));
        buffer_add_char(layout->out, '\n');
    }
}

static void write_summary(struct layout *layout, struct arena *arena, const struct report *report, const struct report_style *style)
{
    struct buffer line = buffer_on(arena);
    size_t expected, unexpected;
    count_expectations(report, &expected, &unexpected);
    add_counts(&line, report);
    if (unexpected > 0)
        buffer_printf(&line, " · %zu not as expected", unexpected);
    else if (expected > 0)
        buffer_add_string(&line, " · all as expected");
    add_failures(&line, report, unexpected);
    add_arguments(&line, report);
    add_settings(&line, report, style);
    if (report->cancelled)
        buffer_add_string(&line, " · stopped before the end");
    layout_paragraph(layout, buffer_text(&line));
    write_failures(layout, arena, report);
}

// ---- an expression -------------------------------------------------------------------------------------------------------------

static void add_spread(struct buffer *line, const struct program *program, const struct type *type, double p5, double p95)
{
    words_value(line, program, type, p5, 3);
    buffer_add_string(line, " to ");
    words_value(line, program, type, p95, 3);
}

enum { STEP_COLUMNS = 3 };

static void fill_step(struct arena *arena, const struct results *results, const struct eval_step *step, struct text *cells)
{
    struct buffer central = buffer_on(arena), spread = buffer_on(arena);
    words_value(&central, results->program, &results->type, step->central, 3);
    struct buffer low = buffer_on(arena), high = buffer_on(arena);
    words_value(&low, results->program, &results->type, step->p5, 3);
    words_value(&high, results->program, &results->type, step->p95, 3);
    // A spread too small to be seen is none.
    if (!isnan(step->p5) && !text_equal(buffer_text(&low), buffer_text(&high)))
        add_spread(&spread, results->program, &results->type, step->p5, step->p95);
    cells[0] = timeline_step_name(arena, &results->program->timeline, step->step);
    cells[1] = buffer_text(&central);
    cells[2] = buffer_text(&spread);
}

// Steps that look alike are one row, "2022Q4..2024Q3".
static void write_steps(struct layout *layout, struct arena *arena, const struct results *results)
{
    struct text *cells = arena_array(arena, (results->step_count + 1) * STEP_COLUMNS, sizeof *cells);
    cells[1] = TEXT("central");
    size_t rows = 1;
    struct text first = TEXT("");
    for (size_t i = 0; i < results->step_count; i++) {
        struct text *row = &cells[rows * STEP_COLUMNS];
        fill_step(arena, results, &results->steps[i], row);
        if (row[2].length > 0)
            cells[2] = TEXT("in 90 % of the futures");
        const struct text *above = row - STEP_COLUMNS;
        if (rows > 1 && text_equal(above[1], row[1]) && text_equal(above[2], row[2])) {
            cells[(rows - 1) * STEP_COLUMNS] = text_of(arena_printf(arena, "%.*s..%.*s", TEXT_ARGS(first), TEXT_ARGS(row[0])));
            continue;
        }
        first = row[0];
        rows++;
    }
    layout_table(layout, "", cells, rows, STEP_COLUMNS);
}

// Inputs without a probability are in no spread.
static void write_bounds(struct layout *layout, struct arena *arena, const struct results *results)
{
    struct buffer line = buffer_on(arena);
    if (!(results->bounds_low < results->bounds_high))
        return;
    add_spread(&line, results->program, &results->type, results->bounds_low, results->bounds_high);
    buffer_add_string(&line, ": the central value as inputs with bounds only move (searched); the spread keeps them central");
    layout_field(layout, "bounds", buffer_text(&line));
}

static void write_expression(struct layout *layout, struct arena *arena, const struct results *results)
{
    if (results->step_count > 0) {
        write_steps(layout, arena, results);
        write_bounds(layout, arena, results);
        return;
    }
    struct buffer line = buffer_on(arena);
    words_value(&line, results->program, &results->type, results->central, 6);
    layout_paragraph(layout, buffer_text(&line));
    line = buffer_on(arena);
    if (results->type.kind == KIND_TRUTH) {
        if (!isnan(results->share) && results->samples > 1) {
            buffer_add_string(&line, "in ");
            words_percent(&line, results->share, 1);
            buffer_add_string(&line, " of the futures");
            layout_field(layout, "holds", buffer_text(&line));
        }
    } else if (!isnan(results->p5) && results->p5 < results->p95) {
        add_spread(&line, results->program, &results->type, results->p5, results->p95);
        buffer_add_string(&line, " in 90 % of the futures, median ");
        words_value(&line, results->program, &results->type, results->p50, 3);
        layout_field(layout, "spread", buffer_text(&line));
    }
    write_bounds(layout, arena, results);
}

// ---- everything ----------------------------------------------------------------------------------------------------------------

static bool same_claim(const struct report_entry *a, const struct report_entry *b)
{
    return text_equal(a->verdict->name, b->verdict->name) && a->verdict->claim->span.start == b->verdict->claim->span.start;
}

static bool worth_showing(const struct report_entry *entry, const struct report_style *style)
{
    return !style->quiet || entry->failure;
}

static void write_claims(struct layout *layout, const struct report *report, const struct report_style *style)
{
    for (size_t i = 0; i < report->entry_count;) {
        size_t end = i + 1;
        while (end < report->entry_count && same_claim(&report->entries[i], &report->entries[end]))
            end++;
        bool show = false;
        for (size_t k = i; k < end; k++)
            show = show || worth_showing(&report->entries[k], style);
        if (show)
            card_write(layout, report, &report->entries[i], end - i);
        for (size_t k = i; report->explains && k < end; k++) {
            derivation_of(layout, report, &report->entries[k]);
            arguments_write_all(layout, report->entries[k].verdict);
        }
        i = end;
    }
}

void write_human(struct buffer *out, const struct report *report, const struct report_style *style)
{
    struct layout layout = {.out = out, .colour = style->colour};
    if (report->sides) {
        compare_human(out, report, style);
        return;
    }
    if (report->expression)
        write_expression(&layout, out->arena, report->expression);
    if (report->input)
        input_page_write(&layout, report, report->input);
    if (report->derivation)
        derivation_write(&layout, report, report->derived, report->derivation);
    if (report->entry_count == 0) {
        if (report->cancelled)
            layout_paragraph(&layout, TEXT("stopped before the first verdict"));
        return;
    }
    write_claims(&layout, report, style);
    conflicts_write(&layout, report);
    baseline_write(&layout, report);
    write_summary(&layout, out->arena, report, style);
}
