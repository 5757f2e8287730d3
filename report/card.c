#include "report/card.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/number.h"
#include "dsl/program.h"
#include "dsl/source.h"
#include "judge/verdict.h"
#include "report/arguments.h"
#include "report/counter.h"
#include "report/escape.h"
#include "report/evidence.h"
#include "report/failing.h"
#include "report/flips.h"
#include "report/grounds.h"
#include "report/proof.h"
#include "report/weaken.h"
#include "report/words.h"

static const enum colour verdict_colours[VERDICT_COUNT] = {
    [VERDICT_SUPPORTED] = COLOUR_GREEN, [VERDICT_REFUTED] = COLOUR_RED,      [VERDICT_SENSITIVE] = COLOUR_YELLOW,
    [VERDICT_VACUOUS] = COLOUR_YELLOW,  [VERDICT_IDLE] = COLOUR_YELLOW,      [VERDICT_CONTRADICTORY] = COLOUR_RED,
    [VERDICT_BLOCKED] = COLOUR_RED,     [VERDICT_UNDEFINED] = COLOUR_RED,    [VERDICT_SOLVED] = COLOUR_GREEN,
    [VERDICT_UNSOLVABLE] = COLOUR_RED,  [VERDICT_RECORDED] = COLOUR_BLUE,
};

static struct text in_capitals(struct arena *arena, const char *word)
{
    struct buffer out = buffer_on(arena);
    for (; *word; word++)
        buffer_add_char(&out, (char)toupper((unsigned char)*word));
    return buffer_text(&out);
}

static bool has_scenario(const struct verdict *verdict)
{
    return verdict->scenario && verdict->scenario->position > 0;
}

void card_title(struct buffer *out, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    buffer_add(out, verdict->name);
    if (has_scenario(verdict))
        buffer_printf(out, " under %.*s", TEXT_ARGS(verdict->scenario->name));
    if (entry->forecast.length > 0)
        buffer_printf(out, " under forecast %.*s", TEXT_ARGS(entry->forecast));
}

// ---- how often it holds ----------------------------------------------------------------------------------------------------------

static bool is_scored(const struct verdict *verdict)
{
    return verdict->kind == VERDICT_SUPPORTED || verdict->kind == VERDICT_REFUTED || verdict->kind == VERDICT_SENSITIVE;
}

// ---- the central future ------------------------------------------------------------------------------------------------------------

static bool is_number(const struct expr *expr)
{
    return expr && (expr->kind == EXPR_NUMBER || expr->kind == EXPR_DATE);
}

void card_comparison(struct buffer *out, const struct report *report, const struct program *program, const struct central_comparison *comparison)
{
    // What stands on the left here: in a chain and in `2025 < ready` not what was written first.
    const struct node *node = comparison->node;
    const struct expr *expr = node->count >= 2 && node->args[0]->expr ? node->args[0]->expr : node->expr;
    // "x * 10 = 30 against 2", "gap 7 against 5", but a number is its own value.
    if (!expr || !is_number(expr)) {
        const struct text left = words_bound(out->arena, report->sources, expr, node, comparison->members);
        escape_terminal(out, left);
        buffer_add_string(out, memchr(left.at, ' ', left.length) ? " = " : " ");
    }
    words_value(out, program, &comparison->type, comparison->left, 3);
    buffer_add_string(out, " against ");
    words_value(out, program, &comparison->type, comparison->right, 3);
    const size_t before = out->length;
    buffer_add_string(out, " (");
    const size_t open = out->length;
    words_margin(out, program, &comparison->type, comparison->left, comparison->right);
    if (comparison->on_edge) {
        out->length = open;
        buffer_add_string(out, "on the edge");
    }
    if (out->length == open)
        out->length = before;
    else
        buffer_add_char(out, ')');
}

static void add_comparisons(struct buffer *out, const struct report *report, const struct report_entry *entry, bool in_premise)
{
    enum { MOST = 3 };
    const struct verdict *verdict = entry->verdict;
    const char *between = "";
    size_t shown = 0;
    for (size_t i = 0; i < verdict->comparison_count && shown < MOST; i++) {
        if (verdict->comparisons[i].in_premise != in_premise)
            continue;
        buffer_add_string(out, between);
        card_comparison(out, report, entry->results->program, &verdict->comparisons[i]);
        between = ", ";
        shown++;
    }
}

static const char *const lapses[] = {
    [LAPSE_NONE] = "it is not relevant: ",
    [LAPSE_ASSUMPTION] = "its assumptions fail: ",
    [LAPSE_PREMISE] = "its premise fails: ",
    [LAPSE_EXCEPTION] = "its exception holds: ",
};

// "at the central values: gap 7.9 against 5 (+58 %)"
static void add_central(struct buffer *out, const struct report *report, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    if (!verdict->central_defined) {
        buffer_add_string(out, "; at the central values it has no value");
    } else if (!verdict->central_relevant) {
        buffer_add_string(out, "; at the central values ");
        buffer_add_string(out, lapses[verdict->central_lapse]);
        const size_t before = out->length;
        if (verdict->central_lapse == LAPSE_PREMISE)
            add_comparisons(out, report, entry, true);
        if (out->length == before)
            out->length -= 2; // nothing follows the colon
    } else {
        const bool conceded = verdict->concession_count > 0 && verdict->kind != verdict->without_concessions_kind;
        buffer_printf(out, "; at the central values%s%s: ", conceded ? ", without what is conceded," : "", !verdict->central_holds ? " it fails" : conceded ? " it holds" : "");
        const size_t before = out->length;
        add_comparisons(out, report, entry, false);
        if (out->length == before)
            buffer_add_string(out, verdict->central_holds && !conceded ? "it holds" : "nothing is compared");
    }
}

static void write_exact(struct layout *layout, struct arena *arena, const struct report *report, const struct report_entry *entry)
{
    struct buffer out = buffer_on(arena);
    add_comparisons(&out, report, entry, false);
    buffer_add_string(&out, out.length > 0 ? "; exact: no uncertain input reaches it" : "always, exactly: no uncertain input reaches it");
    layout_field(layout, entry->verdict->kind == VERDICT_SUPPORTED ? "holds" : "fails", buffer_text(&out));
}

static void write_holds(struct layout *layout, struct arena *arena, const struct report *report, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    struct buffer out = buffer_on(arena);
    evidence_write(&out, report, entry);
    if (verdict->premise_share < 1) {
        buffer_add_string(&out, "; premise true in ");
        words_percent(&out, verdict->premise_share, 0);
    }
    if (verdict->admissible_share < 1) {
        buffer_add_string(&out, "; the assumptions leave ");
        words_percent(&out, verdict->admissible_share, 0);
        buffer_add_string(&out, " of all futures");
    }
    if (verdict->undefined_share > 0) {
        buffer_add_string(&out, "; without a value in ");
        words_percent(&out, verdict->undefined_share, 0);
    }
    if (verdict->level > 0 && fabs(verdict->level - report->level) > 1e-9) {
        buffer_add_string(&out, "; asked for ");
        words_percent(&out, verdict->level, 0);
    }
    if (verdict->on_edge_of_level)
        buffer_add_string(&out, "; on the edge of the level when the budget ended");
    add_central(&out, report, entry);
    layout_field(layout, "holds", buffer_text(&out));
}

// Of a verdict that was taken over nobody kept how it came about.
static void write_reused(struct layout *layout, struct arena *arena, const struct report *report, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    struct buffer out = buffer_on(arena);
    evidence_probability(&out, &verdict->probability);
    buffer_add_string(&out, verdict->claim->premise || verdict->claim->exception ? " of the relevant futures" : " of the futures");
    buffer_printf(&out, " (%s), as in the baseline: nothing changed that it follows from", evidence_words[verdict->basis]);
    add_central(&out, report, entry);
    layout_field(layout, "holds", buffer_text(&out));
}

// ---- concessions, remarks, holes ---------------------------------------------------------------------------------------------------

static void write_concessions(struct layout *layout, struct arena *arena, const struct report *report, const struct verdict *verdict)
{
    for (size_t i = 0; i < verdict->concession_count; i++) {
        const struct concession_result *result = &verdict->concessions[i];
        struct buffer out = buffer_on(arena);
        escape_terminal(&out, words_source(arena, report->sources, result->concession->expr));
        buffer_printf(&out, ": %s, ", verdict_words[result->verdict]);
        if (result->verdict == VERDICT_VACUOUS || result->verdict == VERDICT_IDLE)
            buffer_add_string(&out, "it never comes about");
        else
            evidence_probability(&out, &result->probability);
        if (result->already)
            buffer_add_string(&out, " (inside the range already)");
        layout_field(layout, "even if", buffer_text(&out));
    }
    if (verdict->concession_count == 0)
        return;
    struct buffer out = buffer_on(arena);
    buffer_printf(&out, "%s, ", verdict_words[verdict->without_concessions_kind]);
    evidence_probability(&out, &verdict->without_concessions);
    layout_field(layout, "without", buffer_text(&out));
}

static void write_remarks(struct layout *layout, struct arena *arena, const struct verdict *verdict)
{
    for (size_t i = 0; i < verdict->remark_count; i++) {
        struct buffer out = buffer_on(arena);
        escape_terminal(&out, text_of(verdict->remarks[i].text));
        layout_field(layout, "note", buffer_text(&out));
    }
}

static void write_reason(struct layout *layout, struct arena *arena, const struct report *report, const struct verdict *verdict)
{
    static const char *const meanings[VERDICT_COUNT] = {
#define VERDICT(id, word, doc) [VERDICT_##id] = doc,
#include "dsl/verdict.def"
#undef VERDICT
    };
    struct buffer out = buffer_on(arena);
    if (verdict->reason)
        escape_terminal(&out, text_of(verdict->reason));
    else if (verdict->kind == VERDICT_VACUOUS || verdict->kind == VERDICT_IDLE || verdict->kind == VERDICT_CONTRADICTORY ||
             verdict->kind == VERDICT_UNSOLVABLE)
        buffer_add_string(&out, meanings[verdict->kind]);
    for (size_t i = 0; i < verdict->contradicting_count; i++) {
        const struct assumption *it = verdict->contradicting[i];
        buffer_add_string(&out, i == 0 ? ": " : "; ");
        escape_terminal(&out, it->name.length > 0 ? it->name : words_source(arena, report->sources, it->reading));
    }
    if (verdict->proof && verdict->proof->outcome == PROOF_IRRELEVANT) {
        buffer_add_string(&out, out.length > 0 ? "; " : "");
        proof_write(&out, verdict->proof);
    }
    if (out.length > 0)
        layout_field(layout, "why", buffer_text(&out));
}

// ---- where from, and as expected or not --------------------------------------------------------------------------------------------

static void add_expectation(struct buffer *out, const struct verdict *verdict)
{
    const struct expectation *expected = verdict->expected;
    if (!expected)
        return;
    struct buffer said = buffer_on(out->arena);
    buffer_printf(&said, "expected %s", verdict_words[expected->verdict]);
    for (size_t i = 0; i < expected->crux_count; i++)
        buffer_printf(&said, "%s%.*s", i == 0 ? " to " : ", ", TEXT_ARGS(expected->cruxes[i]));
    buffer_add_string(&said, verdict->as_expected ? " ✓" : " ✗");
    const bool fits = text_columns(buffer_text(out)) + 3 + text_columns(buffer_text(&said)) <= LAYOUT_WIDTH;
    buffer_add_string(out, fits ? "   " : "\n          ");
    buffer_add(out, buffer_text(&said));
}

static void write_place(struct layout *layout, struct arena *arena, const struct report *report, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    const struct place place = sources_place(report->sources, verdict->claim->span.start);
    struct buffer out = buffer_on(arena);
    buffer_add_string(&out, "  ");
    if (place.source)
        escape_terminal(&out, place.source->path);
    buffer_printf(&out, ":%u", place.line);
    if (entry->results->vintage.length > 0)
        buffer_printf(&out, "   vintage %.*s", TEXT_ARGS(entry->results->vintage));
    add_expectation(&out, verdict);
    layout_colour(layout, verdict->as_expected ? COLOUR_DIM : COLOUR_RED, buffer_text(&out));
    buffer_add_char(layout->out, '\n');
    // The marks say it already, unless the verdict is the expected one and turns on something else.
    if (!verdict->as_expected && verdict->unexpected && verdict->expected && verdict->expected->verdict == verdict->kind)
        layout_field(layout, "✗", text_of(verdict->unexpected));
}

// ---- a card ----------------------------------------------------------------------------------------------------------------------

static void write_saying(struct layout *layout, struct arena *arena, const struct verdict *verdict)
{
    struct buffer out = buffer_on(arena);
    if (verdict->claim->text.length == 0)
        return;
    escape_terminal(&out, verdict->claim->text);
    if (verdict->claim->speaker.length > 0) {
        buffer_add_string(&out, " — ");
        escape_terminal(&out, verdict->claim->speaker);
    }
    layout_field(layout, "says", buffer_text(&out));
}

static void write_reading(struct layout *layout, struct arena *arena, const struct verdict *verdict)
{
    struct buffer out = buffer_on(arena);
    if (verdict->reading)
        escape_terminal(&out, text_of(verdict->reading));
    if (out.length > 0)
        layout_field(layout, "reads", buffer_text(&out));
}

static void write_verdict(struct layout *layout, struct arena *arena, const struct report *report, const struct report_entry *entry)
{
    const struct verdict *verdict = entry->verdict;
    write_reason(layout, arena, report, verdict);
    if (verdict->kind != VERDICT_BLOCKED && verdict->kind != VERDICT_RECORDED)
        grounds_write(layout, arena, verdict);
    if (is_scored(verdict)) {
        if (verdict->reused)
            write_reused(layout, arena, report, entry);
        else if (verdict->basis == EVIDENCE_EXACT && verdict->samples <= 1)
            write_exact(layout, arena, report, entry);
        else
            write_holds(layout, arena, report, entry);
        flips_write(layout, arena, entry);
        failing_write(layout, arena, entry->results->program, verdict);
        counter_write(layout, arena, report, entry);
        write_concessions(layout, arena, report, verdict);
    }
    weakening_write(layout, arena, verdict);
    solution_write(layout, arena, entry);
    arguments_write(layout, report, verdict);
    write_remarks(layout, arena, verdict);
    write_place(layout, arena, report, entry);
}

static void write_side_by_side(struct layout *layout, struct arena *arena, const struct report_entry *entries, size_t count)
{
    enum { COLUMNS = 4 };
    struct text *cells = arena_array(arena, count * COLUMNS, sizeof *cells);
    const bool name_forecasts = entries[count - 1].forecast.length > 0;
    for (size_t i = 0; i < count; i++) {
        const struct verdict *verdict = entries[i].verdict;
        struct buffer where = buffer_on(arena), share = buffer_on(arena);
        buffer_add(&where, verdict->scenario ? verdict->scenario->name : TEXT("baseline"));
        if (name_forecasts)
            buffer_printf(&where, ", forecast %.*s", TEXT_ARGS(entries[i].results->forecast));
        if (is_scored(verdict))
            words_percent(&share, verdict->probability.estimate, 0);
        cells[i * COLUMNS] = buffer_text(&where);
        cells[i * COLUMNS + 1] = text_of(verdict_words[verdict->kind]);
        cells[i * COLUMNS + 2] = buffer_text(&share);
        cells[i * COLUMNS + 3] = verdict->as_expected ? TEXT("") : TEXT("✗ not as expected");
    }
    layout_table(layout, "under", cells, count, COLUMNS);
}

void card_write(struct layout *layout, const struct report *report, const struct report_entry *entries, size_t count)
{
    struct arena *arena = layout->out->arena;
    for (size_t i = 0; i < count; i++) {
        const struct verdict *verdict = entries[i].verdict;
        struct buffer title = buffer_on(arena), word = buffer_on(arena);
        card_title(&title, &entries[i]);
        if (!verdict->as_expected)
            buffer_add_string(&word, "✗ ");
        buffer_add(&word, in_capitals(arena, verdict_words[verdict->kind]));
        layout_heading(layout, buffer_text(&title), buffer_text(&word), verdict_colours[verdict->kind]);
        if (i == 0)
            write_saying(layout, arena, verdict);
        // A scenario that assumes something is read differently.
        if (i == 0 || !text_equal(text_of(verdict->reading), text_of(entries[i - 1].verdict->reading)))
            write_reading(layout, arena, verdict);
        if (i == 0 && count > 1)
            write_side_by_side(layout, arena, entries, count);
        write_verdict(layout, arena, report, &entries[i]);
    }
    buffer_add_char(layout->out, '\n');
}
