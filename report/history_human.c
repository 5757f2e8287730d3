// Recorded runs for people, in 80 columns. Whatever comes from the store passes through escape_terminal.
#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/number.h"
#include "report/escape.h"
#include "report/history.h"
#include "report/history_words.h"
#include "report/layout.h"
#include "report/words.h"

enum { NAME_COLUMNS = 30, SPARK_RUNS = 16, INDENT = 6 };

struct writing {
    struct layout layout;
    struct arena *arena;
    const struct history_answer *answer;
};

static struct text safe(struct writing *w, struct text t)
{
    return escape_for_terminal(w->arena, t);
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static const struct past_verdict *latest(const struct past_claim *claim)
{
    return &claim->at[claim->count - 1];
}

static void add_probability(struct buffer *out, const struct recorded_verdict *verdict)
{
    if (!isnan(verdict->probability.estimate))
        words_percent(out, verdict->probability.estimate, 0);
}

static void add_outcome(struct buffer *line, const struct outcome *outcome)
{
    if (outcome && outcome->contested)
        buffer_add_string(line, " · data are there, but forecasts disagree about the outcome");
    else if (outcome && outcome->resolved)
        buffer_printf(line, " · resolved: %s", outcome->holds ? "true" : "false");
}

// ---- all claims ------------------------------------------------------------------------------------------------------------------

// "cheap under no_exports (supply)"
static struct text title(struct writing *w, const struct recorded_verdict *verdict)
{
    struct buffer out = buffer_on(w->arena);
    buffer_add(&out, verdict->name);
    if (!text_is(verdict->scenario, "baseline"))
        buffer_printf(&out, " under %.*s", TEXT_ARGS(verdict->scenario));
    if (verdict->forecast.length > 0)
        buffer_printf(&out, " (%.*s)", TEXT_ARGS(verdict->forecast));
    return safe(w, buffer_text(&out));
}

static const struct past_verdict *since(const struct past_claim *claim)
{
    const struct past_verdict *first = latest(claim);
    while (first > claim->at && (first - 1)->verdict.kind == first->verdict.kind)
        first--;
    return first;
}

static void write_line(struct writing *w, const struct history_claim *history, size_t indent)
{
    const struct past_claim *claim = history->claim;
    const struct recorded_verdict *now = &latest(claim)->verdict, *first = &claim->at[0].verdict;
    struct buffer line = buffer_on(w->arena);
    words_spark(&line, claim, SPARK_RUNS);
    buffer_printf(&line, " %s ", verdict_words[now->kind]);
    add_probability(&line, now);
    if (history->turns > 0) {
        buffer_add_string(&line, " since ");
        buffer_add(&line, safe(w, since(claim)->run->vintage.length > 0 ? since(claim)->run->vintage : since(claim)->run->recorded_on));
        buffer_printf(&line, " · first %s · %zu change%s", verdict_words[first->kind], history->turns, plural(history->turns));
    }
    if (history->moved > 0)
        buffer_add_string(&line, " · goalposts moved");
    add_outcome(&line, history->outcome);
    layout_entry(&w->layout, title(w, now), indent, buffer_text(&line));
}

static void write_all(struct writing *w)
{
    const struct history_answer *answer = w->answer;
    size_t widest = 0;
    for (size_t i = 0; i < answer->claim_count; i++) {
        const size_t width = text_columns(title(w, &latest(answer->claims[i].claim)->verdict));
        widest = width > widest && width <= NAME_COLUMNS ? width : widest;
    }
    for (size_t i = 0; i < answer->claim_count; i++)
        write_line(w, &answer->claims[i], widest + 2);
    struct buffer line = buffer_on(w->arena);
    words_count(&line, answer->claim_count);
    buffer_printf(&line, " claim%s in ", plural(answer->claim_count));
    words_count(&line, answer->run_count);
    buffer_printf(&line, " recorded run%s of %.*s", plural(answer->run_count), TEXT_ARGS(safe(w, answer->store)));
    if (answer->scores.resolved_count > 0)
        buffer_printf(&line, " · %zu resolved: `crux history --scores`", answer->scores.resolved_count);
    layout_paragraph(&w->layout, TEXT(""));
    layout_paragraph(&w->layout, buffer_text(&line));
}

// ---- one claim -------------------------------------------------------------------------------------------------------------------

static void add_cell(struct buffer *line, struct text cell, size_t width)
{
    const size_t columns = text_columns(cell);
    buffer_add(line, cell);
    buffer_repeat(line, ' ', columns < width ? width - columns : 1);
}

// Without the blanks at its end.
static struct text without_end(struct text line)
{
    while (line.length > 0 && line.at[line.length - 1] == ' ')
        line.length--;
    return line;
}

static void write_row(struct writing *w, const struct past_step *step, bool is_first)
{
    const struct recorded_run *run = step->verdict->run;
    const struct recorded_verdict *verdict = &step->verdict->verdict;
    struct buffer line = buffer_on(w->arena), date = buffer_on(w->arena), share = buffer_on(w->arena), why = buffer_on(w->arena);
    const bool turned = (step->changes & CHANGE_VERDICT) != 0;
    words_recorded_on(&date, run);
    add_probability(&share, verdict);
    add_cell(&line, safe(w, buffer_text(&date)), 12);
    add_cell(&line, safe(w, run->vintage), 12);
    add_cell(&line, text_of(arena_printf(w->arena, "%s %s", turned ? "→" : " ", verdict_words[verdict->kind])), 16);
    add_cell(&line, buffer_text(&share), 8);
    buffer_add_string(w->layout.out, "  ");
    layout_colour(&w->layout, step->moved ? COLOUR_RED : turned ? COLOUR_YELLOW : COLOUR_NONE, without_end(buffer_text(&line)));
    buffer_add_char(w->layout.out, '\n');
    if (run->note.length > 0)
        layout_entry(&w->layout, TEXT(""), INDENT, safe(w, run->note));
    if (!is_first)
        words_step(&why, step);
    if (why.length > 0)
        layout_entry(&w->layout, TEXT(""), INDENT, safe(w, buffer_text(&why)));
}

static void write_table(struct writing *w, const struct history_claim *history)
{
    size_t alike = 0;
    layout_colour(&w->layout, COLOUR_DIM, TEXT("  recorded    vintage       verdict       holds in"));
    buffer_add_char(w->layout.out, '\n');
    for (size_t i = 0; i < history->claim->count; i++) {
        const struct past_step *step = &history->steps[i];
        if (i > 0 && i + 1 < history->claim->count && step->changes == 0 && !step_moved(step)) {
            alike++;
            continue;
        }
        if (alike > 0)
            layout_entry(&w->layout, TEXT(""), 2, text_of(arena_printf(w->arena, "… %zu run%s alike", alike, plural(alike))));
        alike = 0;
        write_row(w, step, i == 0);
    }
}

static void write_claim(struct writing *w, const struct history_claim *history)
{
    const struct recorded_verdict *now = &latest(history->claim)->verdict;
    struct buffer line = buffer_on(w->arena);
    layout_heading(&w->layout, title(w, now), safe(w, now->module), COLOUR_DIM);
    if (now->sentence.length > 0)
        layout_field(&w->layout, "says", safe(w, now->sentence));
    layout_field(&w->layout, "reads", safe(w, now->reading));
    words_spark(&line, history->claim, LAYOUT_WIDTH - LAYOUT_TEXT - 20);
    add_outcome(&line, history->outcome);
    layout_field(&w->layout, "holds", buffer_text(&line));
    write_table(w, history);
    buffer_add_char(w->layout.out, '\n');
}

// ---- scores ----------------------------------------------------------------------------------------------------------------------

static struct text score_name(struct writing *w, const struct score *score)
{
    struct buffer out = buffer_on(w->arena);
    switch (score->kind) {
    case FORECASTER_FORECAST:
        if (score->name.length == 0)
            buffer_add_string(&out, "the claim files");
        else
            buffer_printf(&out, "forecast %.*s", TEXT_ARGS(score->name));
        break;
    case FORECASTER_SCENARIO:
        buffer_printf(&out, "scenario %.*s", TEXT_ARGS(score->name));
        break;
    case FORECASTER_AUTHOR:
        buffer_printf(&out, "%.*s, who claims", TEXT_ARGS(score->name));
        break;
    }
    if (score->backtest)
        buffer_add_string(&out, " (backtest)");
    return safe(w, buffer_text(&out));
}

static void write_score(struct writing *w, const struct score *score)
{
    struct buffer line = buffer_on(w->arena), brier = buffer_on(w->arena), bits = buffer_on(w->arena);
    number_write(&brier, score->brier, 3);
    number_write(&bits, score->bits, 3);
    add_cell(&line, text_of(arena_printf(w->arena, "%zu", score->claims)), 10);
    add_cell(&line, text_of(arena_printf(w->arena, "%zu", score->forecasts)), 12);
    add_cell(&line, buffer_text(&brier), 10);
    buffer_add(&line, buffer_text(&bits));
    struct buffer row = buffer_on(w->arena);
    buffer_add_string(&row, "  ");
    add_cell(&row, score_name(w, score), 36);
    buffer_add(&row, buffer_text(&line));
    buffer_add(w->layout.out, buffer_text(&row));
    buffer_add_char(w->layout.out, '\n');
}

static void write_scores(struct writing *w)
{
    const struct scores *scores = &w->answer->scores;
    bool backtests = false;
    struct buffer line = buffer_on(w->arena);
    if (scores->score_count > 0) {
        layout_colour(&w->layout, COLOUR_DIM, TEXT("  forecaster                          claims    forecasts   Brier     log, bits"));
        buffer_add_char(w->layout.out, '\n');
    }
    for (size_t i = 0; i < scores->score_count; i++) {
        write_score(w, &scores->scores[i]);
        backtests = backtests || scores->scores[i].backtest;
    }
    buffer_printf(&line, "%zu of %zu claim%s resolved; one that was reworded counts as another.", scores->resolved_count, scores->outcome_count, plural(scores->outcome_count));
    if (scores->score_count > 0)
        buffer_add_string(&line, " Always saying 50 % scores 0.25 and 1 bit; 0 is best.");
    else
        buffer_add_string(&line, " A score needs a claim whose window is over and observed, and a run recorded at a vintage before.");
    if (backtests)
        buffer_add_string(&line, " A backtest was recorded when the outcome could be known: what is no data in it may know better.");
    if (scores->score_count > 0)
        layout_paragraph(&w->layout, TEXT(""));
    layout_paragraph(&w->layout, buffer_text(&line));
    if (scores->score_count > 0 && scores->resolved_count < SCORES_FEW)
        layout_paragraph(&w->layout, text_of(arena_printf(w->arena, "With fewer than %d resolved claims, luck decides more than skill.", SCORES_FEW)));
}

void write_history_human(struct buffer *out, const struct history_answer *answer, const struct report_style *style)
{
    struct writing w = {.layout = {.out = out, .colour = style->colour}, .arena = out->arena, .answer = answer};
    if (answer->run_count == 0)
        layout_paragraph(&w.layout, text_of(arena_printf(w.arena, "No run is recorded in %.*s yet: `crux check --record --db FILE` records one.",
                                                         TEXT_ARGS(safe(&w, answer->store)))));
    else if (answer->scores_asked)
        write_scores(&w);
    else if (answer->name.length == 0)
        write_all(&w);
    for (size_t i = 0; answer->name.length > 0 && !answer->scores_asked && i < answer->claim_count; i++)
        write_claim(&w, &answer->claims[i]);
}
