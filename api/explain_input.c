// The page of an input: what it is, its observations, who reads it, what it moves.
#include <string.h>

#include "api/data.h"
#include "api/explain.h"
#include "base/vector.h"
#include "dsl/diag.h"
#include "dsl/program.h"
#include "engine/model.h"
#include "judge/influence.h"
#include "judge/verdict.h"
#include "report/input_page.h"

struct reader_list {
    struct input_reader *at;
    size_t count, room;
};

static bool reads(const struct node *node, const struct input *input)
{
    if (!node)
        return false;
    if (node->kind == NODE_INPUT && node->input == input)
        return true;
    for (size_t i = 0; i < node->count; i++)
        if (reads(node->args[i], input))
            return true;
    return false;
}

static void list_readers(struct crux_session *crux, const struct program *program, const struct input *input, struct reader_list *readers)
{
    for (size_t i = 0; i < program->definition_count; i++)
        if (reads(program->definitions[i]->body, input))
            vector_push(&crux->run, readers, ((struct input_reader){program->definitions[i]->name, false}));
    for (size_t i = 0; i < program->claim_count; i++) {
        const struct claim *claim = program->claims[i];
        if (claim->is_root && (reads(claim->premise, input) || reads(claim->exception, input) || reads(claim->conclusion, input)))
            vector_push(&crux->run, readers, ((struct input_reader){claim->name, true}));
    }
}

// ---- observations ------------------------------------------------------------------------------------------------------

struct quantity_list {
    struct text *at;
    size_t count, room;
};

static void list_quantities(struct crux_session *crux, const struct input_instance *instance, struct quantity_list *quantities)
{
    for (size_t i = 0; i < instance->observed.count; i++) {
        const struct text name = instance->observed.at[i].name;
        bool known = false;
        for (size_t k = 0; k < quantities->count && !known; k++)
            known = text_equal(quantities->at[k], name);
        if (!known)
            vector_push(&crux->run, quantities, name);
    }
}

static void add_histories(struct run *run, struct input_page *page)
{
    struct crux_session *crux = run->crux;
    struct quantity_list quantities = {0};
    for (size_t i = 0; i < page->input->instance_count; i++)
        if (page->instance == i || (page->instance == SIZE_MAX && page->input->instance_count <= 6))
            list_quantities(crux, &page->input->instances[i], &quantities);
    struct asked_steps *histories = arena_array(&crux->run, quantities.count, sizeof *histories);
    for (size_t i = 0; i < quantities.count; i++)
        histories[i] = ask_history(run->store, &run->observer, &crux->run, quantities.at[i]);
    page->quantities = quantities.at;
    page->histories = histories;
    page->quantity_count = quantities.count;
    page->vintage = run->observer.vintage_text;
}

// ---- influences --------------------------------------------------------------------------------------------------------

struct influence_list {
    struct influence *at;
    size_t count, room;
};

// The input of another road that is the same one: declared at the same place.
static const struct input *counterpart(const struct program *program, const struct input *input)
{
    for (size_t i = 0; i < program->input_count; i++)
        if (program->inputs[i]->span.start == input->span.start && text_equal(program->inputs[i]->name, input->name))
            return program->inputs[i];
    return NULL;
}

static void add_influences(struct run *run, struct input_page *page)
{
    struct crux_session *crux = run->crux;
    struct influence_list all = {0};
    for (size_t i = 0; i < run->roads.count && !crux->report.cancelled; i++) {
        const struct road *road = run->roads.at[i];
        const struct input *input = road->program ? counterpart(road->program, page->input) : NULL;
        if (!road->model || !input)
            continue;
        const struct judge_options options = run_options(run);
        const struct results *results = judge_influences(&crux->run, &crux->scratch, road->model, &options, input, page->instance);
        crux->report.cancelled = results->cancelled;
        for (size_t k = 0; results->influences && k < results->influences->count; k++) {
            struct influence influence = results->influences->at[k];
            influence.forecast = road->beside ? road->forecast.name : TEXT("");
            page->futures = results->influences->futures;
            vector_push(&crux->run, &all, influence);
        }
    }
    page->influences = all.at;
    page->influence_count = all.count;
}

static struct input_page *page_of(struct crux_session *crux, const struct program *program, const struct input *input, size_t instance)
{
    struct input_page *page = arena_alloc(&crux->run, sizeof *page);
    struct reader_list readers = {0};
    *page = (struct input_page){.program = program, .input = input, .instance = instance};
    if (input->item)
        page->declared = sources_text(crux->sources, input->item->span);
    list_readers(crux, program, input, &readers);
    page->readers = readers.at;
    page->reader_count = readers.count;
    return page;
}

void explain_input(struct run *run, const struct program *program, const struct input *input, size_t instance)
{
    struct crux_session *crux = run->crux;
    struct input_page *page = page_of(crux, program, input, instance);
    if (run->observes)
        add_histories(run, page);
    crux->report.input = page;
    crux->report.exit_code = 0;
    if (instance == SIZE_MAX)
        return;
    run_models(run);
    if (crux->diags->error_count == 0)
        add_influences(run, page);
    if (crux->report.cancelled)
        session_fail(crux, CRUX_CANCELLED, "stopped before the end");
}
