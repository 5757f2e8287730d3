// An input as an object; the contract is docs/crux-report.schema.json.
#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/program.h"
#include "dsl/source.h"
#include "judge/influence.h"
#include "report/input_page.h"
#include "report/json_writer.h"
#include "report/law_words.h"
#include "report/words.h"

static const char *const kind_words[] = {
    [INFLUENCE_FLIPS] = "flips", [INFLUENCE_SHIFTS] = "shifts", [INFLUENCE_NONE] = "none", [INFLUENCE_APART] = "apart", [INFLUENCE_UNKNOWN] = "unknown"};

static void write_influence(struct json *json, struct arena *arena, const struct influence *influence)
{
    const struct crux *crux = &influence->crux;
    json_open(json, NULL, '{');
    json_text(json, "claim", influence->name);
    json_text(json, "scenario", influence->scenario ? influence->scenario->name : TEXT("baseline"));
    json_text(json, "forecast", influence->forecast);
    json_string(json, "kind", kind_words[influence->kind]);
    double *flips = arena_array(arena, crux->flip_count, sizeof *flips);
    for (size_t i = 0; i < crux->flip_count; i++)
        flips[i] = words_in_unit(influence->program, &crux->type, crux->flips_at[i]);
    json_numbers(json, "flips_at", flips, crux->flip_count);
    json_number(json, "distance", influence->kind == INFLUENCE_FLIPS ? crux->distance : NAN);
    json_truth(json, "beyond", crux->beyond);
    json_number(json, "at_low", influence->at_low);
    json_number(json, "at_high", influence->at_high);
    json_close(json, '}');
}

static void write_instances(struct json *json, struct arena *arena, const struct input_page *page)
{
    json_open(json, "values", '[');
    for (size_t i = 0; i < page->input->instance_count; i++) {
        if (page->instance != SIZE_MAX && page->instance != i)
            continue;
        struct buffer words = buffer_on(arena);
        law_words(&words, page->program, page->input, i);
        for (size_t k = 0; k < words.length; k++)
            if (words.at[k] == WORDS_JOIN)
                words.at[k] = ' ';
        enum basis basis;
        json_open(json, NULL, '{');
        json_text(json, "name", page->input->instances[i].name);
        json_text(json, "law", buffer_text(&words));
        json_string(json, "basis", input_basis(page->input, i, &basis) ? basis_words[basis] : NULL);
        json_string(json, "dissent", page->input->instances[i].dissent);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_history(struct json *json, const struct asked_steps *steps)
{
    for (size_t i = 0; i < steps->count; i++) {
        const struct observation *o = &steps->at[i].observation;
        json_open(json, NULL, '{');
        json_text(json, "quantity", o->name);
        json_text(json, "unit", o->unit);
        json_number(json, "low", o->low);
        json_number(json, "central", o->central);
        json_number(json, "high", o->high);
        json_text(json, "valid", o->valid);
        json_text(json, "known_from", o->known);
        json_text(json, "source", o->source);
        json_truth(json, "counts", steps->at[i].counts);
        json_close(json, '}');
    }
}

static void write_readers(struct json *json, const struct input_page *page)
{
    json_open(json, "readers", '[');
    for (size_t i = 0; i < page->reader_count; i++) {
        json_open(json, NULL, '{');
        json_text(json, "name", page->readers[i].name);
        json_truth(json, "is_claim", page->readers[i].is_claim);
        json_close(json, '}');
    }
    json_close(json, ']');
}

void input_page_json(struct json *json, struct arena *arena, const struct report *report, const struct input_page *page)
{
    const struct place place = sources_place(report->sources, page->input->span.start);
    json_open(json, "input", '{');
    json_text(json, "name", page->input->name);
    json_text(json, "text", page->input->text);
    json_string(json, "unit", words_unit(arena, page->program, &page->input->type));
    json_text(json, "file", place.source ? place.source->path : TEXT(""));
    json_count(json, "line", place.line);
    json_text(json, "declared", page->declared);
    write_instances(json, arena, page);
    json_open(json, "sources", '[');
    for (size_t i = 0; i < page->input->cite_count; i++)
        json_text(json, NULL, page->input->cites[i]->name);
    json_close(json, ']');
    write_readers(json, page);
    json_count(json, "futures", page->futures);
    json_open(json, "influences", '[');
    for (size_t i = 0; i < page->influence_count; i++)
        write_influence(json, arena, &page->influences[i]);
    json_close(json, ']');
    json_open(json, "observations", '[');
    for (size_t i = 0; i < page->quantity_count; i++)
        write_history(json, &page->histories[i]);
    json_close(json, ']');
    json_close(json, '}');
}
