// The master format: one object with everything. Its contract is docs/crux-report.schema.json.
#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/map.h"
#include "dsl/diag.h"
#include "dsl/program.h"
#include "dsl/source.h"
#include "judge/verdict.h"
#include "report/arguments.h"
#include "report/baseline.h"
#include "report/conflicts.h"
#include "report/derivation.h"
#include "report/compare.h"
#include "report/counter.h"
#include "report/failing.h"
#include "report/input_page.h"
#include "report/json_hole.h"
#include "report/json_parts.h"
#include "report/json_writer.h"
#include "report/proof.h"
#include "report/report.h"
#include "report/scores.h"
#include "report/words.h"
#include "report/writers.h"

static const char *const schema_version = "crux-report/1";

struct writing {
    struct json json;
    struct arena *arena;
    const struct report *report;
    const struct program *program; // of the verdict being written
};

static void write_unit(struct writing *w, const struct type *type)
{
    json_string(&w->json, "unit", words_unit(w->arena, w->program, type));
}

static void write_value(struct writing *w, const char *key, const struct type *type, double value)
{
    json_number(&w->json, key, words_in_unit(w->program, type, value));
}

static void write_central(struct writing *w, const struct verdict *verdict)
{
    struct json *json = &w->json;
    json_open(json, "central", '{');
    json_truth(json, "holds", verdict->central_holds);
    json_truth(json, "relevant", verdict->central_relevant);
    json_truth(json, "defined", verdict->central_defined);
    json_null(json, "margin");
    json_open(json, "comparisons", '[');
    for (size_t i = 0; i < verdict->comparison_count; i++)
        json_comparison(json, w->arena, w->report, w->program, &verdict->comparisons[i]);
    json_close(json, ']');
    json_close(json, '}');
}

// "sources": the names of those that the input cites and of those that observed it.
static void write_names(struct writing *w, const struct used_input *used)
{
    const struct input_instance *instance = &used->input->instances[used->instance];
    struct map seen = map_on(w->arena);
    json_open(&w->json, "sources", '[');
    for (size_t i = 0; i < used->input->cite_count; i++)
        if (!map_put(&seen, used->input->cites[i]->name, &seen))
            json_text(&w->json, NULL, used->input->cites[i]->name);
    for (size_t i = 0; i < instance->observed.count; i++)
        if (!map_put(&seen, instance->observed.at[i].source, &seen))
            json_text(&w->json, NULL, instance->observed.at[i].source);
    json_close(&w->json, ']');
}

// How it is known: the fields "basis", "known_from" and "sources".
static void write_grounds(struct writing *w, const struct used_input *used)
{
    json_string(&w->json, "basis", used && used->has_basis ? basis_words[used->basis] : NULL);
    if (used && used->known.length > 0)
        json_text(&w->json, "known_from", used->known);
    else
        json_null(&w->json, "known_from");
    if (used)
        write_names(w, used);
    else
        json_numbers(&w->json, "sources", NULL, 0);
}

static void write_used(struct writing *w, const struct used_input *used)
{
    json_open(&w->json, NULL, '{');
    json_text(&w->json, "name", used->name);
    write_grounds(w, used);
    json_close(&w->json, '}');
}

// Without an address it cannot be traced.
static void write_source(struct writing *w, const struct source_entry *source)
{
    struct json *json = &w->json;
    struct buffer date = buffer_on(w->arena);
    if (!isnan(source->date))
        words_date(&date, source->date);
    json_open(json, NULL, '{');
    json_text(json, "name", source->name);
    json_text(json, "title", source->title);
    json_text(json, "publisher", source->publisher);
    if (date.length > 0)
        json_text(json, "date", buffer_text(&date));
    else
        json_null(json, "date");
    if (source->url.length > 0)
        json_text(json, "url", source->url);
    else
        json_null(json, "url");
    json_close(json, '}');
}

static const struct used_input *used_for(const struct verdict *verdict, struct text name)
{
    for (size_t i = 0; i < verdict->input_count; i++)
        if (text_equal(verdict->inputs_used[i].name, name))
            return &verdict->inputs_used[i];
    return NULL;
}

static void write_crux(struct writing *w, const struct verdict *verdict, const struct crux *crux)
{
    struct json *json = &w->json;
    double *flips = arena_array(w->arena, crux->flip_count, sizeof *flips);
    for (size_t i = 0; i < crux->flip_count; i++)
        flips[i] = words_in_unit(w->program, &crux->type, crux->flips_at[i]);
    json_open(json, NULL, '{');
    json_text(json, "input", crux->name);
    if (crux->path)
        json_text(json, "point", crux->point_name);
    else
        json_null(json, "point");
    write_unit(w, &crux->type);
    write_value(w, "central", &crux->type, crux->central);
    write_value(w, "low", &crux->type, crux->low);
    write_value(w, "high", &crux->type, crux->high);
    json_numbers(json, "flips_at", flips, crux->flip_count);
    if (crux->flip_count > 0)
        json_string(json, "holds", crux->holds_below ? "below" : "above");
    else
        json_null(json, "holds");
    json_number(json, "distance", crux->distance);
    json_truth(json, "beyond", crux->beyond);
    scores_write_json(json, &crux->score);
    write_grounds(w, used_for(verdict, crux->name));
    json_close(json, '}');
}

static void write_concessions(struct writing *w, const struct verdict *verdict)
{
    struct json *json = &w->json;
    json_open(json, "concessions", '[');
    for (size_t i = 0; i < verdict->concession_count; i++) {
        const struct concession_result *result = &verdict->concessions[i];
        json_open(json, NULL, '{');
        json_text(json, "even_if", words_source(w->arena, w->report->sources, result->concession->expr));
        json_string(json, "verdict", verdict_words[result->verdict]);
        json_probability(&w->json, "probability", &result->probability);
        json_truth(json, "already", result->already);
        json_close(json, '}');
    }
    json_close(json, ']');
    if (verdict->concession_count == 0) {
        json_null(json, "without_concessions");
        return;
    }
    json_open(json, "without_concessions", '{');
    json_string(json, "verdict", verdict_words[verdict->without_concessions_kind]);
    json_probability(&w->json, "probability", &verdict->without_concessions);
    json_close(json, '}');
}

static void write_remarks(struct writing *w, const struct verdict *verdict)
{
    static const char *const codes[REMARK_COUNT] = {
#define REMARK(id, code, text) code,
#include "judge/remark.def"
#undef REMARK
    };
    struct json *json = &w->json;
    json_open(json, "remarks", '[');
    for (size_t i = 0; i < verdict->remark_count; i++) {
        json_open(json, NULL, '{');
        json_string(json, "code", codes[verdict->remarks[i].kind]);
        json_string(json, "text", verdict->remarks[i].text);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_expected(struct writing *w, const struct verdict *verdict)
{
    struct json *json = &w->json;
    const struct expectation *expected = verdict->expected;
    if (expected) {
        json_open(json, "expected", '{');
        json_string(json, "verdict", verdict_words[expected->verdict]);
        json_open(json, "cruxes", '[');
        for (size_t i = 0; i < expected->crux_count; i++)
            json_text(json, NULL, expected->cruxes[i]);
        json_close(json, ']');
        json_close(json, '}');
    } else {
        json_null(json, "expected");
    }
    json_truth(json, "as_expected", verdict->as_expected);
    json_string(json, "unexpected", verdict->as_expected ? NULL : verdict->unexpected);
}

static void write_identity(struct writing *w, const struct report_entry *entry)
{
    struct json *json = &w->json;
    const struct verdict *verdict = entry->verdict;
    const struct claim *claim = verdict->claim;
    const struct place place = sources_place(w->report->sources, claim->span.start);
    json_text(json, "name", verdict->name);
    json_text(json, "text", claim->text);
    json_text(json, "by", claim->speaker);
    json_text(json, "file", place.source ? place.source->path : TEXT(""));
    json_count(json, "line", place.line);
    json_text(json, "scenario", verdict->scenario ? verdict->scenario->name : TEXT("baseline"));
    json_text(json, "forecast", entry->forecast.length > 0 ? entry->forecast : entry->results->forecast);
    json_string(json, "reading", verdict->reading);
}

static void write_judgement(struct writing *w, const struct verdict *verdict)
{
    struct json *json = &w->json;
    json_string(json, "verdict", verdict_words[verdict->kind]);
    json_string(json, "basis", evidence_words[verdict->basis]);
    json_string(json, "reason", verdict->reason);
    json_number(json, "level", verdict->level);
    json_probability(&w->json, "probability", &verdict->probability);
    json_count(json, "samples", verdict->samples);
    json_count(json, "relevant", verdict->relevant);
    json_number(json, "premise_share", verdict->premise_share);
    json_numbers(json, "premise_ci", (const double[]){verdict->premise_low, verdict->premise_high}, 2);
    json_number(json, "admissible_share", verdict->admissible_share);
    json_number(json, "undefined_share", verdict->undefined_share);
    json_truth(json, "on_edge_of_level", verdict->on_edge_of_level);
    json_truth(json, "searched", verdict->searched);
    proof_write_json(json, w->program, verdict->proof);
}

static void write_estimates(struct writing *w, const struct verdict *verdict)
{
    struct json *json = &w->json;
    json_open(json, "estimates", '[');
    for (size_t i = 0; i < verdict->estimate_count; i++) {
        const struct estimated *it = &verdict->estimates[i];
        json_open(json, NULL, '{');
        json_text(json, "expr", words_source(w->arena, w->report->sources, it->node->expr));
        write_unit(w, &it->type);
        write_value(w, "value", &it->type, it->value);
        json_numbers(json, "ci", (const double[]){words_in_unit(w->program, &it->type, it->low), words_in_unit(w->program, &it->type, it->high)}, 2);
        json_count(json, "samples", it->samples);
        json_truth(json, "exact", it->exact);
        json_truth(json, "over_bounds", it->bounds);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_claim(struct writing *w, const struct report_entry *entry)
{
    struct json *json = &w->json;
    const struct verdict *verdict = entry->verdict;
    w->program = entry->results->program;
    json_open(json, NULL, '{');
    write_identity(w, entry);
    write_judgement(w, verdict);
    write_estimates(w, verdict);
    write_central(w, verdict);
    json_number(json, "entropy", verdict->entropy);
    json_open(json, "cruxes", '[');
    for (size_t i = 0; i < verdict->crux_count; i++)
        write_crux(w, verdict, &verdict->cruxes[i]);
    json_close(json, ']');
    counter_json(json, w->arena, w->report, entry);
    failing_write_json(json, w->arena, w->program, verdict->failing);
    arguments_json(json, verdict);
    write_concessions(w, verdict);
    json_weakening(json, verdict->weakening);
    json_solution(json, w->arena, w->program, &verdict->solution);
    write_remarks(w, verdict);
    write_expected(w, verdict);
    baseline_json(json, entry);
    json_open(json, "inputs_used", '[');
    for (size_t i = 0; i < verdict->input_count; i++)
        write_used(w, &verdict->inputs_used[i]);
    json_close(json, ']');
    json_count(json, "guesses", verdict->guesses);
    json_open(json, "sources", '[');
    for (size_t i = 0; i < verdict->source_count; i++)
        write_source(w, verdict->sources[i]);
    json_close(json, ']');
    if (entry->derivation)
        derivation_json(json, w->arena, w->report, w->program, entry->derivation);
    json_close(json, '}');
}

static void write_step(struct writing *w, const struct type *type, const struct eval_step *step)
{
    struct json *json = &w->json;
    json_open(json, NULL, '{');
    json_text(json, "step", timeline_step_name(w->arena, &w->program->timeline, step->step));
    write_value(w, "central", type, step->central);
    write_value(w, "p5", type, step->p5);
    write_value(w, "p50", type, step->p50);
    write_value(w, "p95", type, step->p95);
    json_close(json, '}');
}

static void write_expression(struct writing *w)
{
    struct json *json = &w->json;
    const struct results *results = w->report->expression;
    if (!results) {
        json_null(json, "expression");
        return;
    }
    w->program = results->program;
    json_open(json, "expression", '{');
    json_text(json, "text", w->report->expression_text);
    write_unit(w, &results->type);
    write_value(w, "central", &results->type, results->central);
    write_value(w, "mean", &results->type, results->mean);
    write_value(w, "p5", &results->type, results->p5);
    write_value(w, "p50", &results->type, results->p50);
    write_value(w, "p95", &results->type, results->p95);
    json_number(json, "share", results->share);
    json_numbers(json, "bounds", (const double[]){words_in_unit(w->program, &results->type, results->bounds_low), words_in_unit(w->program, &results->type, results->bounds_high)}, 2);
    json_count(json, "samples", results->samples);
    json_open(json, "steps", '[');
    for (size_t i = 0; i < results->step_count; i++)
        write_step(w, &results->type, &results->steps[i]);
    json_close(json, ']');
    json_close(json, '}');
}

void write_json(struct buffer *out, const struct report *report, const struct report_style *style)
{
    (void)style;
    if (report->sides) {
        compare_json(out, report);
        return;
    }
    struct writing w = {.json = {.out = out, .first = true}, .arena = out->arena, .report = report};
    struct json *json = &w.json;
    json_open(json, NULL, '{');
    json_string(json, "schema", schema_version);
    json_string(json, "engine", report->engine);
    json_text_or_null(json, "forecast", report->forecast);
    json_text_or_null(json, "vintage", report->vintage);
    json_count(json, "seed", report->seed);
    json_string(json, "sampler", report->sampler);
    json_number(json, "level", report->level > 0 ? report->level : NAN);
    json_open(json, "claims", '[');
    for (size_t i = 0; i < report->entry_count; i++)
        write_claim(&w, &report->entries[i]);
    json_close(json, ']');
    write_expression(&w);
    if (report->input)
        input_page_json(json, w.arena, report, report->input);
    if (report->derivation)
        derivation_json(json, w.arena, report, report->derived, report->derivation);
    json_diagnostics(json, w.arena, report);
    baseline_json_whole(json, report);
    json_truth(json, "cancelled", report->cancelled);
    json_count(json, "exit_code", (uint64_t)report->exit_code);
    conflicts_json(json, report);
    json_close(json, '}');
    buffer_add_char(out, '\n');
}
