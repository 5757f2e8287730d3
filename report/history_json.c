// Recorded runs for programs. The contract is docs/crux-history.schema.json.
#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "report/history.h"
#include "report/history_words.h"
#include "report/json_writer.h"
#include "report/words.h"

static const char *const schema_version = "crux-history/1";

// Empty texts are not known.
static void write_text(struct json *json, const char *key, struct text value)
{
    if (value.length > 0)
        json_text(json, key, value);
    else
        json_null(json, key);
}

static void write_instant(struct json *json, const char *key, double instant)
{
    struct buffer date = buffer_on(json->out->arena);
    if (!isnan(instant))
        words_date(&date, instant);
    write_text(json, key, buffer_text(&date));
}

static void write_runs(struct json *json, const struct history_answer *answer)
{
    json_open(json, "runs", '[');
    for (size_t i = 0; i < answer->run_count; i++) {
        const struct recorded_run *run = &answer->runs[i];
        json_open(json, NULL, '{');
        json_count(json, "run", (uint64_t)run->number);
        json_text(json, "recorded_on", run->recorded_on);
        json_text(json, "engine", run->engine);
        write_text(json, "vintage", run->vintage);
        json_count(json, "seed", run->seed);
        json_text(json, "sampler", run->sampler);
        json_number(json, "samples", run->samples > 0 ? (double)run->samples : NAN);
        json_number(json, "level", run->level);
        write_text(json, "forecast", run->forecast);
        write_text(json, "note", run->note);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_side(struct json *json, const char *key, const struct recorded_input *input)
{
    if (!input) {
        json_null(json, key);
        return;
    }
    json_open(json, key, '{');
    json_number(json, "low", input->low);
    json_number(json, "central", input->central);
    json_number(json, "high", input->high);
    json_text(json, "unit", input->unit);
    json_count(json, "observations", input->observations);
    write_text(json, "quantity", input->quantity);
    write_text(json, "valid_date", input->valid);
    write_text(json, "known_from", input->known);
    write_text(json, "source_id", input->source);
    json_close(json, '}');
}

static void write_inputs(struct json *json, const struct past_step *step)
{
    json_open(json, "changed_inputs", '[');
    for (size_t i = 0; i < step->input_count; i++) {
        const struct changed_input *input = &step->inputs[i];
        json_open(json, NULL, '{');
        json_text(json, "input", input->after ? input->after->name : input->before->name);
        json_truth(json, "data", input->data);
        write_side(json, "before", input->before);
        write_side(json, "after", input->after);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_moved(struct json *json, const struct goalposts *moved)
{
    if (!moved) {
        json_null(json, "goalposts_moved");
        return;
    }
    json_open(json, "goalposts_moved", '{');
    json_count(json, "since_run", (uint64_t)moved->first->run->number);
    json_text(json, "before", moved->last->verdict.wording);
    json_string(json, "verdict_before", verdict_words[moved->last->verdict.kind]);
    json_truth(json, "better", moved->better);
    json_close(json, '}');
}

static void write_step(struct json *json, const struct past_step *step, bool is_first)
{
    struct buffer why = buffer_on(json->out->arena);
    if (!is_first)
        words_step(&why, step);
    write_text(json, "why", buffer_text(&why));
    write_inputs(json, step);
    write_moved(json, step->moved);
}

static void write_verdict(struct json *json, const struct history_claim *history, size_t at)
{
    const struct recorded_verdict *verdict = &history->claim->at[at].verdict;
    json_open(json, NULL, '{');
    json_count(json, "run", (uint64_t)history->claim->at[at].run->number);
    json_string(json, "verdict", verdict_words[verdict->kind]);
    json_string(json, "basis", evidence_words[verdict->basis]);
    json_number(json, "level", verdict->level);
    json_number(json, "probability", verdict->probability.estimate);
    json_number(json, "lower", verdict->probability.lower);
    json_number(json, "upper", verdict->probability.upper);
    json_text(json, "wording", verdict->wording);
    write_text(json, "reading", verdict->reading);
    write_text(json, "expected", verdict->expected);
    json_truth(json, "as_expected", verdict->as_expected);
    write_text(json, "fingerprint", verdict->fingerprint);
    if (history->steps)
        write_step(json, &history->steps[at], at == 0);
    json_close(json, '}');
}

static void write_outcome(struct json *json, const struct outcome *outcome)
{
    const char *word = outcome && outcome->contested ? "contested" : outcome && outcome->resolved ? outcome->holds ? "true" : "false" : NULL;
    json_string(json, "outcome", word);
}

static void write_claim(struct json *json, const struct history_claim *history)
{
    const struct past_claim *claim = history->claim;
    const struct recorded_verdict *now = &claim->at[claim->count - 1].verdict;
    json_open(json, NULL, '{');
    json_text(json, "name", now->name);
    json_text(json, "file", now->file);
    json_text(json, "scenario", now->scenario);
    write_text(json, "forecast", now->forecast);
    write_text(json, "by", now->speaker);
    write_text(json, "text", now->sentence);
    write_instant(json, "window_end", now->window_end);
    json_count(json, "changes", history->turns);
    json_count(json, "goalposts_moved", history->moved);
    write_outcome(json, history->outcome);
    json_open(json, "verdicts", '[');
    for (size_t i = 0; i < claim->count; i++)
        write_verdict(json, history, i);
    json_close(json, ']');
    json_close(json, '}');
}

static void write_scores(struct json *json, const struct scores *scores)
{
    static const char *const kinds[] = {[FORECASTER_FORECAST] = "forecast", [FORECASTER_SCENARIO] = "scenario", [FORECASTER_AUTHOR] = "author"};
    json_open(json, "scores", '{');
    json_count(json, "claims", scores->outcome_count);
    json_count(json, "resolved", scores->resolved_count);
    json_truth(json, "few", scores->resolved_count < SCORES_FEW);
    json_open(json, "forecasters", '[');
    for (size_t i = 0; i < scores->score_count; i++) {
        const struct score *score = &scores->scores[i];
        json_open(json, NULL, '{');
        json_string(json, "kind", kinds[score->kind]);
        write_text(json, "name", score->name);
        json_truth(json, "backtest", score->backtest);
        json_count(json, "claims", score->claims);
        json_count(json, "forecasts", score->forecasts);
        json_number(json, "brier", score->brier);
        json_number(json, "log_bits", score->bits);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
}

void write_history_json(struct buffer *out, const struct history_answer *answer, const struct report_style *style)
{
    (void)style;
    struct json json = {.out = out, .first = true};
    json_open(&json, NULL, '{');
    json_string(&json, "schema", schema_version);
    json_text(&json, "database", answer->store);
    write_text(&json, "name", answer->name);
    write_runs(&json, answer);
    json_open(&json, "claims", '[');
    for (size_t i = 0; i < answer->claim_count; i++)
        write_claim(&json, &answer->claims[i]);
    json_close(&json, ']');
    write_scores(&json, &answer->scores);
    json_close(&json, '}');
    buffer_add_char(out, '\n');
}
