// The road from texts to verdicts.
#ifndef API_RUN_H
#define API_RUN_H

#include "api/load.h"
#include "base/map.h"
#include "dsl/observe.h"
#include "judge/judge.h"

struct model;
struct program;
struct results;
struct store;

// One root file under one forecast, on its way through the passes.
struct road {
    struct loaded_file *root;
    struct forecast_choice forecast;
    bool uses_data;
    bool beside;                 // only the claims that asked for this forecast with `under forecast`
    struct program *program;
    const struct model *model;
    struct trace *trace;         // of the model, when the run is traced
    const struct results *results;
};

struct run {
    struct crux_session *crux;
    struct library library;
    const struct item *sets;     // of the settings
    struct store *store;         // NULL: it could not be opened
    struct store *record;        // the one to record in; NULL: none, or it is made at the end
    struct observer observer;    // its answers ...
    bool observes;               // ... when it has any
    VECTOR(struct road *) roads; // those of one root stand together, its own forecast first
    double started;              // seconds
    size_t questions_before;     // of roads that are finished, for progress
    size_t questions;            // of all roads
    bool traced;                 // the models are kept open, to be asked for values
    struct baseline *baseline;   // to compare with; NULL: none
    struct map earlier;          // with --since: of the baseline, fingerprint -> struct baseline_claim
    struct waivers *waivers;     // NULL: none
};

// What check and eval share. run_start opens no store.
void run_start(struct run *run, struct crux_session *crux);
void run_open(struct run *run, struct crux_session *crux);
struct judge_options run_options(struct run *run);
// The passes of a check: up to the programs; up to the models; the verdicts of each road.
void run_load(struct run *run);
struct text own_forecast(const struct crux_session *crux); // what `use forecast` stands for
void run_check(struct run *run, struct road *road);                               // the program of a root, ...
void run_check_forest(struct run *run, struct road *road, const struct forest *forest); // ... of what was loaded already
void run_compile(struct run *run);
void run_models(struct run *run); // of programs that are there
void need_claims(struct run *run); // a diagnostic when none is asked for
void run_judge(struct run *run);
// Sorts diagnostics, makes the public views, decides the exit code.
void run_finish(struct run *run);

// eval.c: the program of an expression over the names of these files. NULL, or with diagnostics, when it has mistakes.
struct program *run_expression(struct run *run, struct text expression, struct loaded_file *const *files, size_t count);

// select.c: puts the verdicts of all roads into the report, and decides the exit code.
void collect_verdicts(struct run *run);
// Leaves only claims that are asked for: by --filter, and in a road `beside` by its forecast.
void select_claims(struct run *run, struct road *road);
// Leaves only the claim of that name, or none.
void select_claim(struct run *run, struct road *road, struct text name);
// The claims of a program that will get a verdict.
size_t count_selected(const struct program *program);

// since.c: with --since, the judge takes over what the baseline knows.
void reuse_earlier(struct run *run, struct judge_options *options);

// failure.c: reads what --waivers names; a mistake in it is a diagnostic.
void read_waivers(struct run *run);
// Fills failure and waiver of the entries, points out waivers that waive nothing, and decides the exit code.
void find_failures(struct run *run, struct report_entry *entries, size_t count);

// lint.c: warns of inputs that no claim reads.
void lint_inputs(struct run *run, const struct road *road);

#endif
