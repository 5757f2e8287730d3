#include "report/counter.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/program.h"
#include "dsl/source.h"
#include "judge/verdict.h"
#include "report/json_parts.h"
#include "report/json_writer.h"
#include "report/report.h"
#include "report/words.h"

struct against {
    struct json *json;
    struct arena *arena;
    const struct report *report;
    const struct program *program;
};

static void write_shift(const struct against *w, const char *key, const struct shift *shift)
{
    struct json *json = w->json;
    json_open(json, key, '{');
    json_text(json, "input", shift->name);
    if (shift->point_name.length > 0)
        json_text(json, "point", shift->point_name);
    else
        json_null(json, "point");
    json_string(json, "unit", words_unit(w->arena, w->program, &shift->type));
    json_number(json, "central", words_in_unit(w->program, &shift->type, shift->central));
    json_number(json, "value", words_in_unit(w->program, &shift->type, shift->value));
    json_number(json, "distance", shift->distance);
    json_close(json, '}');
}

static void write_pair(const struct against *w, const struct flip_pair *pair)
{
    struct json *json = w->json;
    if (!pair) {
        json_null(json, "flip_pair");
        return;
    }
    json_open(json, "flip_pair", '{');
    json_open(json, "inputs", '[');
    write_shift(w, NULL, &pair->first);
    write_shift(w, NULL, &pair->second);
    json_close(json, ']');
    json_number(json, "distance", pair->distance);
    json_truth(json, "holds", pair->holds_there);
    json_close(json, '}');
}

static void write_resting(const struct against *w, const struct verdict *verdict)
{
    struct json *json = w->json;
    json_open(json, "rests_on", '[');
    for (size_t i = 0; i < verdict->resting_count; i++) {
        const struct resting_set *set = &verdict->resting[i];
        json_open(json, NULL, '{');
        json_open(json, "inputs", '[');
        for (size_t k = 0; k < set->count; k++)
            json_text(json, NULL, set->names[k]);
        json_close(json, ']');
        json_truth(json, "holds", set->holds);
        json_string(json, "basis", evidence_words[set->basis]);
        json_count(json, "samples", set->samples);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_counterexample(const struct against *w, const struct counterexample *counter)
{
    struct json *json = w->json;
    if (!counter) {
        json_null(json, "counterexample");
        return;
    }
    json_open(json, "counterexample", '{');
    json_open(json, "set", '[');
    for (size_t i = 0; i < counter->count; i++)
        write_shift(w, NULL, &counter->shifts[i]);
    json_close(json, ']');
    json_number(json, "distance", counter->distance);
    json_truth(json, "holds", counter->holds);
    json_string(json, "scenario", counter->scenario);
    json_open(json, "comparisons", '[');
    for (size_t i = 0; i < counter->comparison_count; i++)
        json_comparison(json, w->arena, w->report, w->program, &counter->comparisons[i]);
    json_close(json, ']');
    json_close(json, '}');
}

void counter_json(struct json *json, struct arena *arena, const struct report *report, const struct report_entry *entry)
{
    const struct against w = {json, arena, report, entry->results->program};
    write_pair(&w, entry->verdict->pair);
    write_resting(&w, entry->verdict);
    write_counterexample(&w, entry->verdict->counterexample);
}
