// crux_compare: why two sides come to different verdicts. A side is a scenario, or the file of an author.
#include "api/compare.h"

#include <string.h>

#include "api/data.h"
#include "base/buffer.h"
#include "dsl/blend.h"
#include "dsl/diag.h"
#include "dsl/merge.h"
#include "dsl/program.h"
#include "engine/compile.h"
#include "judge/compare.h"
#include "report/compare.h"
#include "report/escape.h"

struct sides {
    struct text names[2];
};

static void fail_no_claim(struct crux_session *crux, const char *help)
{
    struct diag *diag = diag_add(crux->diags, DIAG_EMPTY, (struct span){0}, "there is no claim to compare");
    diag_help(crux->diags, diag, "%s", help);
}

// ---- two scenarios -----------------------------------------------------------------------------------------------------

static const struct scenario *scenario_named(const struct program *program, struct text name)
{
    for (size_t i = 0; i < program->scenario_count; i++)
        if (text_equal(program->scenarios[i]->name, name))
            return program->scenarios[i];
    return NULL;
}

// The nearest of the scenarios that some file has; empty when none is near.
static struct text near_scenario(const struct run *run, struct text name)
{
    const size_t limit = name.length < 4 ? 1 : name.length < 10 ? 2 : 3;
    size_t nearest = limit + 1;
    struct text best = TEXT("");
    for (size_t i = 0; i < run->roads.count; i++)
        for (size_t k = 0; run->roads.at[i]->program && k < run->roads.at[i]->program->scenario_count; k++) {
            const struct text other = run->roads.at[i]->program->scenarios[k]->name;
            const size_t far = text_distance(name, other, limit);
            best = far < nearest ? other : best;
            nearest = far < nearest ? far : nearest;
        }
    return best;
}

static void list_scenarios(const struct run *run, struct buffer *names)
{
    enum { MOST = 12 };
    size_t count = 0;
    for (size_t i = 0; i < run->roads.count; i++)
        for (size_t k = 1; run->roads.at[i]->program && k < run->roads.at[i]->program->scenario_count; k++)
            if (!run->roads.at[i]->beside && count++ < MOST)
                buffer_printf(names, "`%.*s`, ", TEXT_ARGS(run->roads.at[i]->program->scenarios[k]->name));
    buffer_printf(names, "%s`baseline`", count > MOST ? "others and " : "");
}

static bool some_file_has(const struct run *run, struct text name)
{
    for (size_t i = 0; i < run->roads.count; i++)
        if (run->roads.at[i]->program && scenario_named(run->roads.at[i]->program, name))
            return true;
    return false;
}

static void no_scenario(struct run *run, struct text name)
{
    struct crux_session *crux = run->crux;
    struct buffer asked = buffer_on(&crux->scratch), names = buffer_on(&crux->scratch);
    escape_terminal(&asked, name);
    struct diag *diag = diag_add(crux->diags, DIAG_NAME_UNKNOWN, (struct span){0}, "there is no scenario `%.*s` in the files", TEXT_ARGS(buffer_text(&asked)));
    const struct text near = near_scenario(run, name);
    list_scenarios(run, &names);
    if (near.length > 0)
        diag_help(crux->diags, diag, "did you mean `%.*s`?", TEXT_ARGS(near));
    else
        diag_help(crux->diags, diag, "there are %.*s; the file of an author is named by its path, such as ./mine.crux", TEXT_ARGS(buffer_text(&names)));
}

static void no_file_with_both(struct run *run, const struct sides *sides)
{
    struct crux_session *crux = run->crux;
    struct diag *diag = diag_add(crux->diags, DIAG_NAME_UNKNOWN, (struct span){0}, "no file has both scenarios, `%.*s` and `%.*s`",
                                 TEXT_ARGS(sides->names[0]), TEXT_ARGS(sides->names[1]));
    diag_help(crux->diags, diag, "two scenarios are compared on the claims of one file: put both into it, or into a file that it takes in with `use`");
}

static void load_scenarios(struct run *run, const struct sides *sides, struct sided_list *list)
{
    struct crux_session *crux = run->crux;
    run_load(run);
    if (crux->diags->error_count > 0)
        return;
    size_t both = 0;
    for (size_t i = 0; i < run->roads.count; i++) {
        struct road *road = run->roads.at[i];
        const struct scenario *a = scenario_named(road->program, sides->names[0]), *b = scenario_named(road->program, sides->names[1]);
        both += a && b && !road->beside;
        if (a && b && !road->beside && count_selected(road->program) > 0)
            vector_push(&crux->run, list, ((struct sided){road, {a, b}}));
    }
    for (int side = 0; side < 2; side++)
        if (!some_file_has(run, sides->names[side]))
            no_scenario(run, sides->names[side]);
    if (crux->diags->error_count == 0 && both == 0)
        no_file_with_both(run, sides);
    else if (crux->diags->error_count == 0 && list->count == 0)
        fail_no_claim(crux, crux->settings.filters.count > 0 ? "no name matches the filter: leave it out to see the names; `*` stands for any text"
                                                             : "name files that state claims behind the two scenarios");
}

// ---- the comparison ----------------------------------------------------------------------------------------------------

static size_t most_questions(const struct model *model)
{
    size_t count = 0;
    for (size_t i = 0; i < model->question_count; i++)
        count += model->questions[i].concession == NULL;
    return count;
}

// NULL after a diagnostic.
static const struct compared *compare_one(struct run *run, const struct sided *sided, const struct compare_report *report)
{
    struct crux_session *crux = run->crux;
    const struct blend *blend = blend_scenarios(&crux->run, sided->road->program, sided->scenarios[0], sided->scenarios[1]);
    const struct model *model = compile_program(&crux->run, blend->program, crux->diags);
    if (!model || crux->diags->error_count > 0)
        return NULL;
    run->questions += most_questions(model);
    const struct judge_options options = run_options(run);
    struct compared *comparison = judge_compare(&crux->run, &crux->scratch, blend, model, NULL, &options);
    run->questions_before = run->questions;
    for (int side = 0; side < 2; side++)
        comparison->sides[side] = text_copy(&crux->run, report->names[side]).at;
    crux->report.cancelled = crux->report.cancelled || comparison->cancelled;
    return comparison;
}

static void compare_all(struct run *run, const struct sided_list *list, struct compare_report *report)
{
    struct crux_session *crux = run->crux;
    struct compare_part *parts = arena_array(&crux->run, list->count + 1, sizeof *parts);
    report->parts = parts;
    for (size_t i = 0; i < list->count && !crux->report.cancelled; i++) {
        const struct road *road = list->at[i].road;
        const struct compared *comparison = compare_one(run, &list->at[i], report);
        if (!comparison)
            return;
        parts[report->part_count++] = (struct compare_part){
            .comparison = comparison,
            .program = comparison->blend->program,
            .forecast = road->forecast.taken,
            .vintage = road->uses_data ? crux->report.vintage : TEXT(""),
        };
    }
}

// Whether some claim has an answer under both sides.
static bool is_answered(const struct compare_report *report)
{
    for (size_t i = 0; i < report->part_count; i++)
        for (size_t k = 0; k < report->parts[i].comparison->claim_count; k++) {
            const struct compared_claim *claim = &report->parts[i].comparison->claims[k];
            if (claim->sides[0].kind != VERDICT_BLOCKED && claim->sides[1].kind != VERDICT_BLOCKED)
                return true;
        }
    return false;
}

// Warnings about all that is there belong to a check; what the two files call alike belongs here.
static void warn_of_words(struct run *run, const struct compare_report *report)
{
    struct crux_session *crux = run->crux;
    crux->diags = diags_new(&crux->run, crux->sources);
    crux->diags->lints = &crux->settings.lints;
    for (size_t i = 0; i < report->worded_count; i++) {
        const struct worded *worded = &report->worded[i];
        struct diag *diag = diag_add(crux->diags, DIAG_WORDED, worded->spans[1], "the two files word `%.*s` differently", TEXT_ARGS(worded->name));
        diag_primary(crux->diags, diag, "compared as `%.*s`", TEXT_ARGS(worded->other));
        diag_label(crux->diags, diag, worded->spans[0], "compared as `%.*s`", TEXT_ARGS(worded->name));
        diag_help(crux->diags, diag, "give one of them another name, or agree on one formula, in a file that both take in");
    }
}

static bool names_file(const struct crux_session *crux, struct text name)
{
    const struct text ending = TEXT(".crux");
    if (name.length > ending.length && text_equal((struct text){name.at + name.length - ending.length, ending.length}, ending))
        return true;
    for (size_t i = 0; i < crux->added.count; i++)
        if (crux->added.at[i].is_text && text_equal(crux->added.at[i].path, name))
            return true;
    return text_is(name, ".") || text_is(name, "..") || memchr(name.at, '/', name.length) != NULL;
}

// Whether the two names can be two sides; how they are to be read in *files.
static bool are_sides(struct crux_session *crux, const struct sides *sides, bool *files)
{
    const bool is_file[2] = {names_file(crux, sides->names[0]), names_file(crux, sides->names[1])};
    struct buffer a = buffer_on(&crux->scratch), b = buffer_on(&crux->scratch); // from a command line: anything at all
    escape_terminal(&a, sides->names[0]);
    escape_terminal(&b, sides->names[1]);
    *files = is_file[0];
    if (text_equal(sides->names[0], sides->names[1]))
        session_fail(crux, CRUX_BAD_ARGUMENT, "both sides are `%.*s`: name two different ones", TEXT_ARGS(buffer_text(&a)));
    else if (is_file[0] != is_file[1])
        session_fail(crux, CRUX_BAD_ARGUMENT, "`%.*s` is a file and `%.*s` a scenario: compare two files, or two scenarios of one file",
                     TEXT_ARGS(buffer_text(is_file[0] ? &a : &b)), TEXT_ARGS(buffer_text(is_file[0] ? &b : &a)));
    else
        return true;
    crux->report.exit_code = 2;
    return false;
}

static void compare(struct crux_session *crux, void *argument)
{
    const struct text *given = argument;
    // Copied first: they may be part of the last run, which is forgotten now.
    const struct sides sides = {{text_copy(&crux->session, given[0]), text_copy(&crux->session, given[1])}};
    struct run run;
    run_open(&run, crux);
    struct compare_report *report = arena_alloc(&crux->run, sizeof *report);
    *report = (struct compare_report){.names = {sides.names[0], sides.names[1]}};
    struct sided_list list = {0};
    bool files;
    if (!are_sides(crux, &sides, &files))
        return;
    if (run.store && files)
        compare_load_files(&run, sides.names, report, &list);
    else if (run.store)
        load_scenarios(&run, &sides, &list);
    if (crux->diags->error_count == 0)
        compare_all(&run, &list, report);
    crux->report.sides = report;
    if (crux->diags->error_count == 0)
        warn_of_words(&run, report);
    const bool trusted = crux->diags->error_count == 0 && !crux->report.cancelled && is_answered(report);
    crux->report.exit_code = trusted ? 0 : 2;
    view_compared(crux, report);
    run_finish(&run);
    if (crux->report.cancelled)
        session_fail(crux, CRUX_CANCELLED, "stopped before the end");
}

enum crux_status crux_compare(struct crux_session *crux, const char *a, const char *b)
{
    struct text sides[2] = {text_of(a), text_of(b)};
    return session_enter(crux, compare, sides);
}
