// A store's answers for programs. The contract is docs/crux-data.schema.json.
#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "report/data.h"
#include "report/json_writer.h"
#include "report/words.h"

static const char *const schema_version = "crux-data/1";

// Empty texts are not known.
static void write_text(struct json *json, const char *key, struct text value)
{
    if (value.length > 0)
        json_text(json, key, value);
    else
        json_null(json, key);
}

static void write_value(struct json *json, const char *key, struct text unit, double value)
{
    if (!text_is(unit, "date") || isnan(value)) {
        json_number(json, key, value);
        return;
    }
    struct buffer date = buffer_on(json->out->arena);
    words_date(&date, value);
    json_text(json, key, buffer_text(&date));
}

static void write_source(struct json *json, const char *key, const struct known_source *source)
{
    json_open(json, key, '{');
    json_text(json, "source_id", source->id);
    write_text(json, "title", source->title);
    write_text(json, "publisher", source->publisher);
    write_text(json, "published", source->published);
    write_text(json, "url", source->url);
}

static void write_members(struct json *json, const struct observation *o)
{
    json_text(json, "name", o->name);
    write_value(json, "low", o->unit, o->low);
    write_value(json, "central", o->unit, o->central);
    write_value(json, "high", o->unit, o->high);
    write_text(json, "value_text", o->value);
    json_text(json, "unit", o->unit);
    json_text(json, "valid_date", o->valid);
    json_text(json, "known_from", o->known);
    json_text(json, "source_id", o->source);
    json_string(json, "basis", words_basis(o->basis));
    write_text(json, "note", o->note);
}

void data_json_observation(struct json *json, const char *key, const struct observation *o)
{
    json_open(json, key, '{');
    write_members(json, o);
    json_close(json, '}');
}

static void write_names(struct json *json, const struct data_answer *answer)
{
    json_open(json, "quantities", '[');
    for (size_t i = 0; i < answer->names.count; i++) {
        const struct asked_name *name = &answer->names.at[i];
        json_open(json, NULL, '{');
        json_text(json, "name", name->name);
        json_count(json, "observations", name->known);
        if (name->has_newest)
            data_json_observation(json, "newest", &name->newest);
        else
            json_null(json, "newest");
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_periods(struct json *json, const char *key, const struct asked_periods *periods)
{
    static const char *const reasons[] = {[WHY_ALONE] = "alone", [WHY_LATER] = "later", [WHY_BASIS] = "basis", [WHY_ORDER] = "order", [WHY_PERIOD] = "period"};
    json_open(json, key, '[');
    for (size_t i = 0; i < periods->count; i++) {
        const struct asked_period *period = &periods->at[i];
        json_open(json, NULL, '{');
        data_json_observation(json, "counts", &period->counts);
        json_string(json, "because", reasons[period->why]);
        write_source(json, "source", &period->source);
        json_close(json, '}');
        json_open(json, "others", '[');
        for (size_t j = 0; j < period->other_count; j++) {
            json_open(json, NULL, '{');
            write_members(json, &period->others[j]);
            json_truth(json, "disagrees", period->dissents[j]);
            json_close(json, '}');
        }
        json_close(json, ']');
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_show(struct json *json, const struct data_answer *answer)
{
    write_periods(json, "periods", &answer->periods);
}

static void write_history(struct json *json, const struct data_answer *answer)
{
    json_open(json, "observations", '[');
    for (size_t i = 0; i < answer->steps.count; i++) {
        const struct asked_step *step = &answer->steps.at[i];
        json_open(json, NULL, '{');
        write_members(json, &step->observation);
        json_truth(json, "counts", step->counts);
        json_truth(json, "superseded", step->superseded);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_sources(struct json *json, const char *key, const struct asked_source *sources, size_t count)
{
    json_open(json, key, '[');
    for (size_t i = 0; i < count; i++) {
        write_source(json, NULL, &sources[i].source);
        json_count(json, "observations", sources[i].known);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_check(struct json *json, const struct data_answer *answer)
{
    const struct asked_findings *found = &answer->findings;
    write_periods(json, "conflicts", &found->conflicts);
    json_open(json, "stale", '[');
    for (size_t i = 0; i < found->overtaken.count; i++)
        data_json_observation(json, NULL, &found->overtaken.at[i]);
    json_close(json, ']');
    write_sources(json, "untraceable", found->untraceable, found->untraceable_count);
    write_sources(json, "unused", found->unused, found->unused_count);
    json_open(json, "counts", '{');
    json_count(json, "quantities", found->name_count);
    json_count(json, "observations", found->observation_count);
    json_count(json, "sources", found->source_count);
    for (int i = 0; i <= BASIS_GUESS; i++)
        json_count(json, words_basis((enum basis)i), found->basis_count[i]);
    json_close(json, '}');
}

void write_data_json(struct buffer *out, const struct data_answer *answer, const struct report_style *style)
{
    static const char *const questions[] = {"list", "show", "history", "check"};
    static void (*const writers[])(struct json *json, const struct data_answer *answer) = {write_names, write_show, write_history, write_check};
    (void)style;
    struct json json = {.out = out, .first = true};
    json_open(&json, NULL, '{');
    json_string(&json, "schema", schema_version);
    json_string(&json, "question", questions[answer->question]);
    write_text(&json, "name", answer->name);
    write_text(&json, "database", answer->store);
    write_text(&json, "vintage", answer->vintage);
    writers[answer->question](&json, answer);
    json_close(&json, '}');
    buffer_add_char(out, '\n');
}
