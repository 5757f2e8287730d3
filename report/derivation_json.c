// A derivation as nested objects; the contract is docs/crux-report.schema.json.
#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/distribution.h"
#include "dsl/program.h"
#include "judge/derivation.h"
#include "report/derivation.h"
#include "report/json_writer.h"
#include "report/words.h"

struct writing {
    struct json *json;
    struct arena *arena;
    const struct report *report;
    const struct program *program;
    size_t columns;
};

static const char *const form_words[] = {
    [DERIVED_DEFINITION] = "definition", [DERIVED_INPUT] = "input", [DERIVED_CLAIM] = "claim", [DERIVED_EXPRESSION] = "expression"};
static const char *const role_words[] = {
    [ROLE_READ] = "read",      [ROLE_PREMISE] = "premise", [ROLE_EXCEPTION] = "exception", [ROLE_CONCLUSION] = "conclusion", [ROLE_ASSUMPTION] = "assumption",
    [ROLE_PART] = "part",      [ROLE_SIDE] = "side",       [ROLE_TERM] = "term",           [ROLE_LESS] = "subtracted",       [ROLE_CONDITION] = "condition",
    [ROLE_BRANCH] = "branch", [ROLE_STEP] = "step",
};

static void write_text(struct writing *w, const char *key, struct text text)
{
    if (text.length > 0)
        json_text(w->json, key, text);
    else
        json_null(w->json, key);
}

static void write_step(struct writing *w, const char *key, int step)
{
    write_text(w, key, step < 0 ? TEXT("") : timeline_step_name(w->arena, &w->program->timeline, step));
}

static void write_values(struct writing *w, const struct type *type, const double *values)
{
    json_number(w->json, "central", words_in_unit(w->program, type, values[0]));
    json_number(w->json, "counterexample", w->columns > 1 ? words_in_unit(w->program, type, values[1]) : NAN);
}

// One entry a future: the central one, then the counterexample.
static void write_decided(struct writing *w, const struct derived *derived)
{
    struct json *json = w->json;
    const bool windowed = derived->deciding[0] >= 0 || derived->first >= 0;
    if (!windowed) {
        json_null(json, "decided");
        return;
    }
    json_open(json, "decided", '{');
    write_step(w, "first", derived->first);
    write_step(w, "last", derived->last);
    json_open(json, "at", '[');
    for (size_t f = 0; f < w->columns; f++)
        write_step(w, NULL, derived->deciding[f]);
    json_close(json, ']');
    json_count(json, "steps", (uint64_t)derived->counted);
    json_open(json, "holds_at", '[');
    for (size_t f = 0; f < w->columns; f++)
        json_count(json, NULL, (uint64_t)derived->holding[f]);
    json_close(json, ']');
    json_close(json, '}');
}

static void write_cites(struct writing *w, const struct derived *derived)
{
    const struct input_instance *instance = &derived->input->instances[derived->instance];
    json_open(w->json, "sources", '[');
    for (size_t i = 0; i < derived->input->cite_count; i++)
        json_text(w->json, NULL, derived->input->cites[i]->name);
    for (size_t i = 0; i < instance->observed.count; i++)
        if (i == 0 || !text_equal(instance->observed.at[i].source, instance->observed.at[i - 1].source))
            json_text(w->json, NULL, instance->observed.at[i].source);
    json_close(w->json, ']');
}

static void write_input(struct writing *w, const struct derived *derived)
{
    struct json *json = w->json;
    enum basis basis;
    if (derived->form != DERIVED_INPUT || !derived->opened || derived->formula) {
        json_null(json, "input");
        return;
    }
    const struct input_instance *instance = &derived->input->instances[derived->instance];
    json_open(json, "input", '{');
    json_text(json, "text", derived->input->text);
    json_number(json, "low", words_in_unit(w->program, &derived->type, derived->low));
    json_number(json, "high", words_in_unit(w->program, &derived->type, derived->high));
    json_truth(json, "bounds_only", instance->bounds_only);
    json_string(json, "missing", instance->missing);
    json_string(json, "basis", input_basis(derived->input, derived->instance, &basis) ? basis_words[basis] : NULL);
    write_cites(w, derived);
    json_close(json, '}');
}

static void write_past(struct writing *w, const struct derived *derived)
{
    json_open(w->json, "past", '[');
    for (size_t i = 0; i < derived->past_count; i++) {
        json_open(w->json, NULL, '{');
        write_step(w, "step", derived->past[i]);
        write_values(w, &derived->type, derived->past_values[i]);
        json_close(w->json, '}');
    }
    json_close(w->json, ']');
}

static void write_node(struct writing *w, const struct derived *derived);

static void write_children(struct writing *w, const struct derived *derived)
{
    struct json *json = w->json;
    json_open(json, "children", '[');
    for (size_t i = 0; i < derived->child_count; i++)
        write_node(w, derived->children[i]);
    json_close(json, ']');
    if (derived->rest_count == 0) {
        json_null(json, "rest");
        return;
    }
    json_open(json, "rest", '{');
    json_count(json, "count", derived->rest_count);
    write_values(w, &derived->children[0]->type, derived->rest);
    json_close(json, '}');
}

static void write_expressions(struct writing *w, const struct derived *derived)
{
    const struct node *node = derived->node, *formula = derived->formula;
    json_text(w->json, "expr", words_bound(w->arena, w->report->sources, node->expr, node, derived->members));
    write_text(w, "formula", formula ? words_bound(w->arena, w->report->sources, formula->expr, formula, derived->formula_members) : TEXT(""));
    json_truth(w->json, "set", derived->set != NULL);
    json_string(w->json, "phrase", derived->form == DERIVED_EXPRESSION && node->kind == NODE_TIME ? phrase_words[node->phrase] : NULL);
}

static void write_node(struct writing *w, const struct derived *derived)
{
    struct json *json = w->json;
    json_open(json, NULL, '{');
    json_string(json, "form", form_words[derived->form]);
    json_string(json, "role", role_words[derived->role]);
    write_text(w, "name", derived->name);
    write_text(w, "label", derived->label);
    write_expressions(w, derived);
    write_text(w, "under", derived->under ? derived->under->name : TEXT(""));
    write_step(w, "step", derived->step);
    json_string(json, "unit", words_unit(w->arena, w->program, &derived->type));
    write_values(w, &derived->type, derived->values);
    json_open(json, "chosen", '[');
    for (size_t f = 0; f < w->columns; f++)
        json_truth(json, NULL, derived->marked[f]);
    json_close(json, ']');
    write_decided(w, derived);
    write_input(w, derived);
    json_truth(json, "opened_elsewhere", derived->same != NULL);
    json_truth(json, "recursive", derived->recursive);
    write_past(w, derived);
    json_truth(json, "cut", derived->cut);
    write_children(w, derived);
    json_close(json, '}');
}

static void write_source(struct writing *w, const struct source_entry *source)
{
    struct json *json = w->json;
    struct buffer date = buffer_on(w->arena);
    if (!isnan(source->date))
        words_date(&date, source->date);
    json_open(json, NULL, '{');
    json_text(json, "name", source->name);
    json_text(json, "title", source->title);
    json_text(json, "publisher", source->publisher);
    write_text(w, "date", buffer_text(&date));
    write_text(w, "url", source->url);
    json_close(json, '}');
}

void derivation_json(struct json *json, struct arena *arena, const struct report *report, const struct program *program, const struct derivation *derivation)
{
    struct writing w = {json, arena, report, program, derivation->columns};
    json_open(json, "derivation", '{');
    json_count(json, "depth", derivation->depth);
    json_count(json, "cut", derivation->cut_count);
    json_open(json, "parts", '[');
    for (size_t i = 0; i < derivation->part_count; i++)
        write_node(&w, derivation->parts[i]);
    json_close(json, ']');
    json_open(json, "sources", '[');
    for (size_t i = 0; i < derivation->source_count; i++)
        write_source(&w, derivation->sources[i]);
    json_close(json, ']');
    json_close(json, '}');
}
