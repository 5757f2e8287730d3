// crux_explain_name: a claim, an input or an expression, from what decides it down to cited inputs.
#include <math.h>
#include <string.h>

#include "api/data.h"
#include "api/explain.h"
#include "api/run.h"
#include "base/buffer.h"
#include "dsl/diag.h"
#include "dsl/program.h"
#include "engine/evaluate.h"
#include "engine/trace.h"
#include "judge/derivation.h"
#include "judge/verdict.h"
#include "report/escape.h"

// "behind[own]": the name before the bracket, and what is in it.
struct subject {
    struct text whole, name, member;
    const struct claim *claim; // one of these, or none
    const struct input *input;
    const struct program *of_input;
    const struct definition *definition;
};

static struct subject subject_of(struct text whole)
{
    struct subject subject = {.whole = whole, .name = whole};
    const char *open = memchr(whole.at, '[', whole.length);
    if (open && whole.at[whole.length - 1] == ']') {
        subject.name.length = (size_t)(open - whole.at);
        subject.member = (struct text){open + 1, whole.length - subject.name.length - 2};
    }
    return subject;
}

static void find_in(const struct program *program, struct subject *subject)
{
    for (size_t i = 0; i < program->claim_count && !subject->claim; i++)
        if (program->claims[i]->is_root && text_equal(program->claims[i]->name, subject->name))
            subject->claim = program->claims[i];
    for (size_t i = 0; i < program->input_count && !subject->input; i++)
        if (!program->inputs[i]->hidden && text_equal(program->inputs[i]->name, subject->name))
            *subject = (struct subject){subject->whole, subject->name, subject->member, subject->claim, program->inputs[i], program, subject->definition};
    for (size_t i = 0; i < program->definition_count && !subject->definition; i++)
        if (text_equal(program->definitions[i]->name, subject->name))
            subject->definition = program->definitions[i];
}

static void find_subject(const struct run *run, struct subject *subject)
{
    for (size_t i = 0; i < run->roads.count; i++)
        if (run->roads.at[i]->program)
            find_in(run->roads.at[i]->program, subject);
}

// ---- a claim -----------------------------------------------------------------------------------------------------------

static const struct road *road_of(const struct run *run, const struct results *results)
{
    for (size_t i = 0; i < run->roads.count; i++)
        if (run->roads.at[i]->results == results)
            return run->roads.at[i];
    return NULL;
}

static const struct question *question_of(const struct model *model, const struct verdict *verdict)
{
    for (size_t i = 0; i < model->question_count; i++) {
        const struct question *it = &model->questions[i];
        if (it->claim == verdict->claim && it->member == verdict->member && it->scenario == verdict->scenario && !it->concession)
            return it;
    }
    return NULL;
}

// A hole is derived at its answer; without one at what holds centrally.
static double hole_value(const struct solution *solution)
{
    if (!solution->hole || !(solution->value == solution->value))
        return solution->central;
    return solution->value;
}

static const struct derivation *derive(struct crux_session *crux, const struct road *road, const struct verdict *verdict)
{
    const struct model *model = road->model;
    const struct question *question = question_of(model, verdict);
    if (!question || question->missing || verdict->kind == VERDICT_RECORDED || verdict->kind == VERDICT_BLOCKED)
        return NULL;
    double *central = arena_array(&crux->run, model->column_count + 1, sizeof *central);
    for (size_t i = 0; i < model->column_count; i++)
        central[i] = i == question->hole_column ? hole_value(&verdict->solution) : road->results->central_future[i];
    const struct derive_options options = {
        .depth = crux->settings.depth,
        .central = central,
        .counterexample = verdict->counterexample ? verdict->counterexample->columns : NULL,
    };
    return derive_claim(&crux->run, road->trace, road->program, question, &options);
}

static bool is_wanted(const struct crux_session *crux, const struct subject *subject, const struct report_entry *entry)
{
    const struct text scenario = crux->settings.scenario;
    if (subject->member.length > 0 && !text_equal(entry->verdict->name, subject->whole))
        return false;
    return scenario.length == 0 || (entry->verdict->scenario && text_equal(entry->verdict->scenario->name, scenario));
}

// One verdict is derived: the first, unless a member or scenario is named.
static void derive_entry(struct run *run, const struct subject *subject)
{
    struct crux_session *crux = run->crux;
    struct report *report = &crux->report;
    struct report_entry *entries = arena_array(&crux->run, report->entry_count + 1, sizeof *entries);
    size_t count = 0;
    for (size_t i = 0; i < report->entry_count; i++)
        if (is_wanted(crux, subject, &report->entries[i]))
            entries[count++] = report->entries[i];
    report->entries = entries;
    report->entry_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct road *road = road_of(run, entries[i].results);
        entries[i].derivation = road ? derive(crux, road, entries[i].verdict) : NULL;
        if (entries[i].derivation)
            return;
    }
}

static bool has_member(const struct claim *claim, struct text member)
{
    for (size_t i = 0; claim->param_count > 0 && i < claim->params[0]->count; i++)
        if (text_equal(claim->params[0]->members[i], member))
            return true;
    return false;
}

static void no_member(struct crux_session *crux, const struct subject *subject)
{
    const struct claim *claim = subject->claim;
    struct buffer names = buffer_on(&crux->scratch);
    for (size_t i = 0; claim->param_count > 0 && i < claim->params[0]->count && i < 8; i++)
        buffer_printf(&names, "%s%.*s[%.*s]", i > 0 ? ", " : "; there are ", TEXT_ARGS(claim->name), TEXT_ARGS(claim->params[0]->members[i]));
    struct buffer asked = buffer_on(&crux->scratch);
    escape_terminal(&asked, subject->whole);
    session_fail(crux, CRUX_NOT_FOUND, "there is no claim `%.*s`%.*s", TEXT_ARGS(buffer_text(&asked)), TEXT_ARGS(buffer_text(&names)));
}

static void explain_claim(struct run *run, const struct subject *subject)
{
    struct crux_session *crux = run->crux;
    if (subject->member.length > 0 && !has_member(subject->claim, subject->member)) {
        no_member(crux, subject);
        return;
    }
    for (size_t i = 0; i < run->roads.count; i++)
        select_claim(run, run->roads.at[i], subject->name);
    run_models(run);
    if (crux->diags->error_count == 0)
        run_judge(run);
    collect_verdicts(run);
    if (crux->diags->error_count == 0 && !crux->report.cancelled)
        derive_entry(run, subject);
}

// ---- an input ----------------------------------------------------------------------------------------------------------

static void explain_instance(struct run *run, const struct subject *subject)
{
    const struct input *input = subject->input;
    size_t instance = input->instance_count == 1 && subject->member.length == 0 ? 0 : SIZE_MAX;
    for (size_t i = 0; i < input->instance_count; i++)
        if (text_equal(input->instances[i].name, subject->whole))
            instance = i;
    if (instance == SIZE_MAX && subject->member.length > 0)
        session_fail(run->crux, CRUX_NOT_FOUND, "there is no input `%.*s`; `crux explain '%.*s'` lists those there are", TEXT_ARGS(subject->whole),
                     TEXT_ARGS(subject->name));
    else
        explain_input(run, subject->of_input, input, instance);
}

// ---- what there is not -------------------------------------------------------------------------------------------------

enum { NEAR_MOST = 3 };

// The nearest names, nearest first.
struct near_names {
    struct text name, at[NEAR_MOST];
    size_t limit, far[NEAR_MOST], count;
};

static void note_near(struct near_names *near, struct text name)
{
    // A name that goes on behind the one asked for is near: "fab" and "fab.yield" ...
    const bool begins = name.length > near->name.length && strncmp(name.at, near->name.at, near->name.length) == 0 &&
                        (near->name.length > 2 && strchr("._", name.at[near->name.length]));
    const size_t far = begins ? near->limit : text_distance(near->name, name, near->limit);
    size_t at = near->count;
    for (size_t i = 0; i < near->count; i++)
        if (text_equal(near->at[i], name))
            return;
    while (at > 0 && near->far[at - 1] > far)
        at--;
    if (far > near->limit || at == NEAR_MOST)
        return;
    near->count += near->count < NEAR_MOST;
    for (size_t i = near->count - 1; i > at; i--) {
        near->at[i] = near->at[i - 1];
        near->far[i] = near->far[i - 1];
    }
    near->at[at] = name;
    near->far[at] = far;
}

static void note_program(struct near_names *near, const struct program *program)
{
    for (size_t i = 0; i < program->claim_count; i++)
        if (program->claims[i]->is_root)
            note_near(near, program->claims[i]->name);
    for (size_t i = 0; i < program->input_count; i++)
        if (!program->inputs[i]->hidden)
            note_near(near, program->inputs[i]->name);
    for (size_t i = 0; i < program->definition_count; i++)
        note_near(near, program->definitions[i]->name);
}

static void not_found(struct run *run, const struct subject *subject)
{
    struct crux_session *crux = run->crux;
    const size_t length = subject->name.length;
    struct near_names near = {.name = subject->name, .limit = length < 4 ? 1 : length < 10 ? 2 : 3};
    for (size_t i = 0; i < run->roads.count; i++)
        if (run->roads.at[i]->program)
            note_program(&near, run->roads.at[i]->program);
    struct buffer names = buffer_on(&crux->scratch);
    for (size_t i = 0; i < near.count; i++)
        buffer_printf(&names, "%s`%.*s`", i == 0 ? "; near: " : ", ", TEXT_ARGS(near.at[i]));
    struct buffer asked = buffer_on(&crux->scratch); // from a command line: anything at all
    escape_terminal(&asked, subject->whole);
    session_fail(crux, CRUX_NOT_FOUND, "there is no claim, input or definition `%.*s`%.*s", TEXT_ARGS(buffer_text(&asked)), TEXT_ARGS(buffer_text(&names)));
}

// ---- an expression -----------------------------------------------------------------------------------------------------

// Everything at its central value: what stands for itself has no aggregates.
static const double *central_of(struct crux_session *crux, const struct model *model)
{
    double *columns = arena_array(&crux->run, model->column_count + 1, sizeof *columns);
    for (size_t i = 0; i < model->column_count; i++)
        columns[i] = model->columns[i].kind == COLUMN_INPUT ? column_central(&model->columns[i]) : NAN;
    return columns;
}

// The definition's own file; of an expression the file, when there is one, else the forecast.
static struct loaded_file *names_for(struct run *run, const struct subject *subject)
{
    for (size_t i = 0; subject->definition && i < run->roads.count; i++) {
        struct subject here = {.name = subject->name};
        if (run->roads.at[i]->program)
            find_in(run->roads.at[i]->program, &here);
        if (here.definition)
            return run->roads.at[i]->root;
    }
    if (run->roads.count == 1)
        return run->roads.at[0]->root;
    return forecast_name(0) ? library_forecast(&run->library, run->crux->settings.forecast, (struct span){0}) : NULL;
}

static void explain_expression(struct run *run, const struct subject *subject)
{
    struct crux_session *crux = run->crux;
    struct loaded_file *file = names_for(run, subject);
    const struct program *program = run_expression(run, subject->whole, &file, file ? 1 : 0);
    struct trace *trace;
    if (!program || crux->diags->error_count > 0)
        return;
    const struct model *model = compile_traced(&crux->run, program, crux->diags, &trace);
    if (!model || crux->diags->error_count > 0)
        return;
    // What has a value at each step is explained where the future begins.
    const int last = program->timeline.count > 0 ? program->timeline.count - 1 : 0;
    const int step = node_varies(program->expression_node) && program->timeline.present <= last ? program->timeline.present : last;
    const struct derive_options options = {.depth = crux->settings.depth, .central = central_of(crux, model)};
    crux->report.derivation = derive_expression(&crux->run, trace, program, program->expression_node, step, &options);
    crux->report.derived = program;
    crux->report.exit_code = 0;
}

// ---- all ---------------------------------------------------------------------------------------------------------------

// A name with or without members, and nothing else.
static bool is_plain_name(struct text text)
{
    for (size_t i = 0; i < text.length; i++) {
        const unsigned char c = (unsigned char)text.at[i];
        if (!(c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || strchr("._[],", c)))
            return false;
    }
    return true;
}

static void explain_subject(struct run *run, struct text name)
{
    struct subject subject = subject_of(name);
    find_subject(run, &subject);
    run->crux->report.explained = name;
    if (subject.claim)
        explain_claim(run, &subject);
    else if (subject.input)
        explain_instance(run, &subject);
    else if (subject.definition || !is_plain_name(name))
        explain_expression(run, &subject);
    else
        not_found(run, &subject);
}

static void explain(struct crux_session *crux, void *argument)
{
    // Copied first: it may be part of the last run, which is forgotten now.
    const struct text name = text_copy(&crux->session, *(const struct text *)argument);
    struct run run;
    run_open(&run, crux);
    run.traced = true;
    crux->report.explains = true;
    if (run.store) {
        run_load(&run);
        if (crux->diags->error_count == 0)
            explain_subject(&run, name);
    }
    if (crux->diags->error_count == 0) // warnings about all that is there belong to a check
        crux->diags = diags_new(&crux->run, crux->sources);
    run_finish(&run);
}

enum crux_status crux_explain_name(struct crux_session *crux, const char *name)
{
    struct text text = text_of(name);
    return session_enter(crux, explain, &text);
}
