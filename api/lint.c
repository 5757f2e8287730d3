// Inputs of a claim file that no claim of it reads.
#include "api/run.h"
#include "dsl/diag.h"
#include "dsl/program.h"
#include "engine/model.h"

static bool of_root(const struct run *run, const struct road *road, struct span span)
{
    return sources_find(run->crux->sources, span.start) == sources_find(run->crux->sources, road->root->tree->items ? road->root->tree->items->span.start : 0);
}

static bool is_read(const struct model *model, const struct input *input)
{
    for (size_t q = 0; q < model->question_count; q++)
        for (size_t v = 0; v < model->questions[q].variable_count; v++)
            if (model->variables[model->questions[q].variables[v]].input == input)
                return true;
    return false;
}

static bool sets(const struct override *overrides, size_t count, const struct input *input)
{
    for (size_t i = 0; i < count; i++)
        if (overrides[i].input == input)
            return true;
    return false;
}

// Something is put in its place: that it is not read is meant.
static bool is_set(const struct program *program, const struct input *input)
{
    for (size_t i = 0; i < program->scenario_count; i++)
        if (sets(program->scenarios[i]->overrides, program->scenarios[i]->override_count, input))
            return true;
    for (size_t i = 0; i < program->claim_count; i++)
        if (sets(program->claims[i]->overrides, program->claims[i]->override_count, input))
            return true;
    return false;
}

// Nothing is said of a file of which only some claims are checked, or that states no formula.
static bool is_asked_whole(const struct run *run, const struct road *road)
{
    bool formula = false;
    for (size_t i = 0; i < road->program->claim_count; i++) {
        const struct claim *claim = road->program->claims[i];
        if (!claim->is_root && of_root(run, road, claim->span))
            return false;
        formula = formula || (claim->is_root && claim->conclusion != NULL);
    }
    for (size_t q = 0; q < road->model->question_count; q++)
        if (road->model->questions[q].missing)
            return false;
    return formula && !road->beside;
}

// What is known without doubt is worked into the model: whether it is read cannot be told.
static bool is_known(const struct input *input)
{
    for (size_t i = 0; i < input->instance_count; i++)
        for (size_t k = 0; k < input->instances[i].point_count; k++)
            if (input->instances[i].points[k].law.law != LAW_KNOWN)
                return false;
    return true;
}

enum { UNREAD_NAMED = 4 };

void lint_inputs(struct run *run, const struct road *road)
{
    struct diags *diags = run->crux->diags;
    if (!is_asked_whole(run, road))
        return;
    const struct input *unread[UNREAD_NAMED];
    size_t count = 0;
    for (size_t i = 0; i < road->program->input_count; i++) {
        const struct input *input = road->program->inputs[i];
        if (input->hidden || is_known(input) || !of_root(run, road, input->span) || is_set(road->program, input) || is_read(road->model, input))
            continue;
        if (count < UNREAD_NAMED)
            unread[count] = input;
        count++;
    }
    if (count == 0)
        return;
    struct diag *diag = count == 1 ? diag_add(diags, DIAG_INPUT_UNREAD, unread[0]->span, "no claim of this file reads `%.*s`", TEXT_ARGS(unread[0]->name))
                                   : diag_add(diags, DIAG_INPUT_UNREAD, unread[0]->span, "no claim of this file reads %zu of its inputs", count);
    for (size_t i = 1; i < count && i < UNREAD_NAMED; i++)
        diag_label(diags, diag, unread[i]->span, "nor this one");
    diag_help(diags, diag, "leave %s out, or state what would rest on %s", count == 1 ? "it" : "them", count == 1 ? "it" : "them");
}
