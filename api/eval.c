// One expression: its value at the central future and its spread.
#include "api/data.h"
#include "api/run.h"
#include "dsl/check.h"
#include "dsl/diag.h"
#include "dsl/op.h"
#include "dsl/program.h"
#include "engine/compile.h"
#include "grammar/parse.h"
#include "grammar/word.h"
#include "judge/verdict.h"

struct names {
    const char **at;
    size_t count, room;
};

static void add_name(struct crux_session *crux, struct names *names, struct text name)
{
    vector_push(&crux->run, names, text_copy(&crux->run, name).at);
}

static void list_names(struct crux_session *crux, const struct program *program)
{
    struct names names = {0};
    for (size_t i = 0; i < program->definition_count; i++)
        add_name(crux, &names, program->definitions[i]->name);
    for (size_t i = 0; i < program->input_count; i++)
        if (!program->inputs[i]->hidden)
            add_name(crux, &names, program->inputs[i]->name);
    for (size_t i = 0; i < program->scenario_count; i++)
        add_name(crux, &names, program->scenarios[i]->name);
    for (int op = 0; op < OP_COUNT; op++)
        if (op_table[op].form == OP_FUNCTION)
            add_name(crux, &names, text_of(op_table[op].text));
    crux->names = names.at;
    crux->name_count = names.count;
}

struct file_list {
    struct loaded_file **at;
    size_t count, room;
};

static struct file_list open_files(struct run *run)
{
    struct crux_session *crux = run->crux;
    struct file_list files = {0};
    for (size_t i = 0; i < crux->added.count; i++) {
        struct loaded_file *file = library_open(&run->library, &crux->added.at[i]);
        if (file)
            vector_push(&crux->run, &files, file);
    }
    if (crux->added.count == 0 && forecast_name(0)) {
        struct loaded_file *forecast = library_forecast(&run->library, crux->settings.forecast, (struct span){0});
        if (forecast)
            vector_push(&crux->run, &files, forecast);
    }
    return files;
}

struct program *run_expression(struct run *run, struct text expression, struct loaded_file *const *files, size_t count)
{
    struct crux_session *crux = run->crux;
    const struct source *source = sources_add(crux->sources, TEXT("expression"), text_copy(&crux->run, expression));
    const struct expr *expr = parse_expression(&crux->run, crux->sources, source, crux->diags);
    const struct forest *forest = load_names(&run->library, files, count, crux->settings.forecast);
    if (!forest || !run->store)
        return NULL;
    const struct check_options options = {
        .level = crux->settings.level,
        .extra_sets = run->sets,
        .scenario = crux->settings.scenario,
        .expression = expr,
        .forecasts = library_forecasts(&run->library),
        .vintage = run_vintage(run),
        .observer = run_observer(run),
        .reserved = word_is_reserved,
    };
    struct program *program = check_forest(&crux->run, forest, &options, crux->diags);
    run_used_data(run, program);
    need_data(run);
    return program;
}

static struct program *check_expression(struct run *run, struct text expression)
{
    const struct file_list files = open_files(run);
    struct program *program = run_expression(run, expression, files.at, files.count);
    return files.count < run->crux->added.count ? NULL : program;
}

static void judge_expression(struct run *run, const struct program *program)
{
    struct crux_session *crux = run->crux;
    const struct model *model = compile_program(&crux->run, program, crux->diags);
    if (crux->diags->error_count > 0)
        return;
    const struct judge_options options = run_options(run);
    const struct results *results = judge_model(&crux->run, &crux->scratch, model, &options);
    crux->report.cancelled = results->cancelled;
    if (results->cancelled) {
        session_fail(crux, CRUX_CANCELLED, "stopped before the end");
        return;
    }
    crux->report.expression = results;
    crux->report.level = results->level;
    crux->report.exit_code = 0;
}

static void eval(struct crux_session *crux, void *argument)
{
    // Copied first: it may be part of the last run, which is forgotten now.
    const struct text copy = text_copy(&crux->session, *(const struct text *)argument);
    struct run run;
    run_open(&run, crux);
    if (crux->settings.forecast.length > 0)
        forecast_can_be_asked(crux, crux->settings.forecast);
    crux->report.expression_text = copy;
    const struct program *program = run.store ? check_expression(&run, copy) : NULL;
    if (program)
        list_names(crux, program);
    if (crux->diags->error_count == 0)
        judge_expression(&run, program);
    run_finish(&run);
}

enum crux_status crux_eval(struct crux_session *crux, const char *expression)
{
    struct text text = text_of(expression);
    return session_enter(crux, eval, &text);
}
