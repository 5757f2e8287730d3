// The road from texts to verdicts: a newcomer starts reading here.
//
// check() below calls the passes in order. Each makes one value which the next one reads:
//
//     text -> tree -> program -> model -> verdicts -> bytes
//
// load.c (text to trees, with grammar/parse), dsl/check, engine/compile, judge/judge; write.c hands the verdicts to report/.
#include "api/run.h"

#include <time.h>

#include "api/baseline.h"
#include "api/data.h"
#include "api/record.h"
#include "dsl/check.h"
#include "dsl/diag.h"
#include "dsl/program.h"
#include "engine/compile.h"
#include "engine/model.h"
#include "engine/trace.h"
#include "grammar/parse.h"
#include "grammar/word.h"
#include "judge/verdict.h"

// ---- what check and eval share -------------------------------------------------------------------------------------------------

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

// Each --set as an ITEM_SET of its own source, so that a mistake in it has a place.
static const struct item *parse_sets(struct crux_session *crux)
{
    struct item *first = NULL, **end = &first;
    for (size_t i = 0; i < crux->settings.sets.count; i++) {
        struct source *source = sources_add(crux->sources, TEXT("--set"), crux->settings.sets.at[i]);
        struct item *item = parse_set(&crux->run, crux->sources, source, crux->diags);
        *end = item;
        end = &item->next;
    }
    return first;
}

void run_start(struct run *run, struct crux_session *crux)
{
    session_start_run(crux);
    *run = (struct run){.crux = crux, .library = {.crux = crux}, .started = seconds_now()};
    run->sets = parse_sets(crux);
}

void run_open(struct run *run, struct crux_session *crux)
{
    run_start(run, crux);
    open_data(run);
}

static bool report_progress(void *user, const struct judge_progress *progress)
{
    const struct run *run = user;
    const struct crux_progress public = {
        .claim = run->questions_before + progress->claim, .claims = run->questions, .futures = progress->futures};
    return run->crux->progress(run->crux->progress_user, &public);
}

struct judge_options run_options(struct run *run)
{
    const struct settings *settings = &run->crux->settings;
    const double left = settings->budget - (seconds_now() - run->started);
    return (struct judge_options){
        .seed = settings->seed,
        .sampler = settings->philox ? SAMPLER_PHILOX : SAMPLER_SOBOL,
        .samples = settings->samples,
        .budget = settings->budget > 0 ? (left > 0.001 ? left : 0.001) : 0,
        .threads = settings->threads,
        .indices = settings->indices,
        .lints = &settings->lints,
        .engine = CRUX_VERSION,
        .proof_boxes = settings->proof_boxes == PROOF_BOXES_DEFAULT ? 0 : settings->proof_boxes,
        .no_proofs = settings->proof_boxes == 0,
        .keep_leaves = settings->certificate,
        .progress = run->crux->progress ? report_progress : NULL,
        .user = run,
    };
}

void run_finish(struct run *run)
{
    struct crux_session *crux = run->crux;
    crux->report.engine = CRUX_VERSION;
    crux->report.diags = crux->diags;
    crux->report.seed = crux->settings.seed;
    crux->report.sampler = crux->settings.philox ? "philox" : "sobol";
    if (crux->diags->error_count > 0)
        session_fail(crux, CRUX_REJECTED, "%zu mistake%s in the input", crux->diags->error_count,
                     crux->diags->error_count == 1 ? "" : "s");
    if (crux->internal) { // nothing that was found can be trusted
        session_fail(crux, CRUX_INTERNAL, "%s: this is a mistake in Crux, please report it", crux->internal);
        crux->report.exit_code = 3;
        crux->report.entry_count = 0;
    }
    make_views(crux);
}

// ---- the passes ----------------------------------------------------------------------------------------------------------------

struct text own_forecast(const struct crux_session *crux)
{
    for (size_t i = 0; forecast_name(i); i++)
        if (text_is(crux->settings.forecast, forecast_name(i)))
            return crux->settings.forecast;
    return text_of(forecast_name(0)); // also when the settings ask for one that is not there, which was reported
}

static bool states_claims(const struct tree *tree)
{
    for (const struct item *item = tree->items; item; item = item->next)
        if (item->kind == ITEM_CLAIM)
            return true;
    return false;
}

// A file of a folder that states no claim is there for others, which give it the timeline and names it needs: it is no root.
static void open_root(struct run *run, const struct added *added, bool of_folder)
{
    struct crux_session *crux = run->crux;
    struct loaded_file *root = library_open(&run->library, added);
    if (!root || (of_folder && !states_claims(root->tree)))
        return;
    for (size_t i = 0; i < run->roads.count; i++)
        if (run->roads.at[i]->root == root)
            return; // named twice
    struct road *road = arena_alloc(&crux->run, sizeof *road);
    *road = (struct road){.root = root, .forecast.name = own_forecast(crux)};
    vector_push(&crux->run, &run->roads, road);
}

static void open_added(struct run *run)
{
    struct crux_session *crux = run->crux;
    for (size_t i = 0; i < crux->added.count; i++) {
        const struct added *added = &crux->added.at[i];
        if (added->is_text || !is_folder(crux, added->path)) {
            open_root(run, added, false);
            continue;
        }
        struct text_vector paths = {0};
        read_folder(crux, added->path, &paths);
        for (size_t k = 0; k < paths.count; k++)
            open_root(run, &(struct added){.path = paths.at[k]}, true);
    }
}

void run_check_forest(struct run *run, struct road *road, const struct forest *forest)
{
    struct crux_session *crux = run->crux;
    const struct check_options options = {
        .level = crux->settings.level,
        .extra_sets = run->sets,
        .scenario = crux->settings.scenario,
        .forecasts = library_forecasts(&run->library),
        .forecast = road->forecast.taken,
        .other_forecast = road->forecast.is_other,
        .vintage = run_vintage(run),
        .observer = run_observer(run),
        .reserved = word_is_reserved,
    };
    road->program = check_forest(&crux->run, forest, &options, crux->diags);
    road->uses_data = run_used_data(run, road->program);
    select_claims(run, road);
}

void run_check(struct run *run, struct road *road)
{
    const struct forest *forest = load_forest(&run->library, road->root, &road->forecast);
    if (forest && run->store) // without a store every source and figure of a forecast would be missing
        run_check_forest(run, road, forest);
}

static bool has_road(const struct run *run, const struct road *like, struct text forecast)
{
    for (size_t i = 0; i < run->roads.count; i++)
        if (run->roads.at[i]->root == like->root && text_equal(run->roads.at[i]->forecast.taken, forecast))
            return true;
    return false;
}

static void add_road_beside(struct run *run, const struct road *road, struct text forecast)
{
    struct arena *arena = &run->crux->run;
    if (has_road(run, road, forecast))
        return;
    struct road *beside = arena_alloc(arena, sizeof *beside);
    *beside = (struct road){.root = road->root, .forecast = {.name = forecast, .replaces = true}, .beside = true};
    vector_push(arena, &run->roads, beside);
    run_check(run, beside);
}

static void no_forecast(struct crux_session *crux, const struct claim *claim)
{
    struct diag *diag = diag_add(crux->diags, DIAG_FORECAST_NONE, claim->span, "this file takes in no forecast that `%.*s` could stand in for",
                                 TEXT_ARGS(claim->forecasts[0]));
    diag_primary(crux->diags, diag, "to be checked under another forecast");
    diag_help(crux->diags, diag, "write `use forecast` at the top of the file, or leave out `under forecast %.*s`", TEXT_ARGS(claim->forecasts[0]));
}

// `under forecast NAME` is the same root on a road of its own.
static void add_roads_beside(struct run *run, const struct road *road)
{
    const struct program *program = road->program;
    for (size_t i = 0; program && i < program->claim_count; i++) {
        const struct claim *claim = program->claims[i];
        if (claim->is_root && claim->forecast_count > 0 && road->forecast.taken.length == 0) {
            no_forecast(run->crux, claim);
            return;
        }
        for (size_t k = 0; claim->is_root && k < claim->forecast_count; k++)
            add_road_beside(run, road, claim->forecasts[k]);
    }
}

static void check_roads(struct run *run)
{
    const size_t roots = run->roads.count;
    for (size_t i = 0; i < roots; i++)
        run_check(run, run->roads.at[i]);
    for (size_t i = 0; i < roots; i++)
        add_roads_beside(run, run->roads.at[i]);
}

static bool has_scenario(const struct program *program, struct text name)
{
    for (size_t i = 0; i < program->scenario_count; i++)
        if (text_equal(program->scenarios[i]->name, name))
            return true;
    return false;
}

// The scenario of the settings must be one of some file's.
static void need_scenario(struct run *run)
{
    struct crux_session *crux = run->crux;
    const struct text name = crux->settings.scenario;
    if (name.length == 0 || crux->diags->error_count > 0)
        return;
    struct buffer known = buffer_on(&crux->scratch);
    for (size_t i = 0; i < run->roads.count; i++) {
        const struct program *program = run->roads.at[i]->program;
        if (has_scenario(program, name))
            return;
        for (size_t k = 0; k < program->scenario_count; k++)
            buffer_printf(&known, "%s`%.*s`", known.length > 0 ? ", " : "", TEXT_ARGS(program->scenarios[k]->name));
    }
    struct diag *diag = diag_add(crux->diags, DIAG_NAME_UNKNOWN, (struct span){0}, "there is no scenario `%.*s`", TEXT_ARGS(name));
    if (known.length > 0)
        diag_help(crux->diags, diag, "there are %s", known.at);
}

void need_claims(struct run *run)
{
    struct crux_session *crux = run->crux;
    if (crux->diags->error_count > 0)
        return;
    for (size_t i = 0; i < run->roads.count; i++)
        if (count_selected(run->roads.at[i]->program) > 0)
            return;
    if (crux->settings.filters.count > 0) {
        struct diag *diag = diag_add(crux->diags, DIAG_EMPTY, (struct span){0}, "nothing is selected: no claim's name matches `%.*s`",
                                     TEXT_ARGS(crux->settings.filters.at[0]));
        diag_help(crux->diags, diag, "check without the filter to see the names; `*` stands for any text");
        return;
    }
    struct diag *diag = diag_add(crux->diags, DIAG_EMPTY, (struct span){0}, "there is no claim to check");
    diag_help(crux->diags, diag, "name files that state claims, such as: claim small : 2 + 2 < 5");
}

static size_t count_questions(const struct model *model)
{
    size_t count = 0;
    for (size_t i = 0; i < model->question_count; i++)
        count += model->questions[i].concession == NULL;
    return count;
}

void run_models(struct run *run)
{
    struct crux_session *crux = run->crux;
    for (size_t i = 0; i < run->roads.count; i++) {
        struct road *road = run->roads.at[i];
        road->model = run->traced ? compile_traced(&crux->run, road->program, crux->diags, &road->trace)
                                  : compile_program(&crux->run, road->program, crux->diags);
        if (!road->model)
            continue;
        run->questions += count_questions(road->model);
        lint_inputs(run, road);
    }
}

void run_judge(struct run *run)
{
    struct crux_session *crux = run->crux;
    for (size_t i = 0; i < run->roads.count && !crux->report.cancelled; i++) {
        struct road *road = run->roads.at[i];
        struct judge_options options = run_options(run);
        reuse_earlier(run, &options);
        struct results *results = judge_model(&crux->run, &crux->scratch, road->model, &options);
        results->forecast = road->forecast.taken;
        results->other_forecast = road->forecast.is_other;
        if (road->uses_data)
            results->vintage = crux->report.vintage;
        road->results = results;
        run->questions_before += count_questions(road->model);
        crux->report.cancelled = results->cancelled;
        crux->internal = results->internal ? results->internal : crux->internal;
    }
}

void run_load(struct run *run)
{
    if (run->crux->settings.forecast.length > 0)
        forecast_is_known(run->crux, run->crux->settings.forecast);
    open_added(run);
    check_roads(run);
    need_data(run);
    need_scenario(run);
}

void run_compile(struct run *run)
{
    run_load(run);
    need_claims(run);
    if (run->crux->diags->error_count == 0)
        run_models(run);
}

// What is compared with and what is waived, before anything is computed. False: the settings do not go together.
static bool open_gate(struct run *run)
{
    struct crux_session *crux = run->crux;
    const struct settings *settings = &crux->settings;
    const struct text baseline = settings->since.length > 0 ? settings->since : settings->baseline;
    if (settings->fail_on & FAIL_ON_CHANGED && baseline.length == 0)
        session_fail(crux, CRUX_BAD_ARGUMENT, "nothing can be `changed` without a baseline to compare with: name one (--baseline FILE)");
    else if (settings->fail_on & FAIL_ON_STALE && !(settings->stale_after > 0))
        session_fail(crux, CRUX_BAD_ARGUMENT, "no figure is `stale` until it is said when one is: name an age (--stale-after '18 months')");
    else if (settings->waivers.length > 0 && settings->today.length == 0)
        session_fail(crux, CRUX_BAD_ARGUMENT, "waivers end on a date, and nobody said what day it is (CRUX_TODAY)");
    if (crux->status != CRUX_OK)
        return false;
    if (baseline.length > 0)
        run->baseline = baseline_read(crux, baseline);
    read_waivers(run);
    return true;
}

static void check(struct crux_session *crux, void *argument)
{
    (void)argument;
    struct run run;
    if (!can_record(crux)) {
        crux->report.exit_code = 2;
        return;
    }
    run_open(&run, crux);
    if (!open_gate(&run))
        return;
    if (run.store) { // without its data a file would seem full of mistakes
        run_compile(&run);
        if (crux->diags->error_count == 0)
            run_judge(&run);
        collect_verdicts(&run);
        record_run(&run);
    }
    run_finish(&run);
}

enum crux_status crux_check(struct crux_session *crux)
{
    return session_enter(crux, check, NULL);
}
