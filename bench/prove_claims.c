// Which claims are proved: prove_claims FILE FORECAST
//
// Of each claim that does the same in every future of a first look it prints what was tried to be shown, over how many inputs, how
// long the program is, whether it was, in how many boxes, and the processor time of one thread; and why not, if not.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "api/run.h"
#include "api/session.h"
#include "judge/finding.h"
#include "judge/prove.h"

enum { FUTURES = 4096 };

struct sums {
    size_t claims, proved;
    double milliseconds;
};

static double milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static const char *const ends[] = {"proved", "reads estimates", "fails somewhere", "on an edge", "too hard"};
static const char *const outcomes[] = {"holds", "fails", "irrelevant"};

static bool first_look(struct work *work, const struct question *question, enum proof_outcome *outcome)
{
    struct tally tally = tally_new(work->scratch, question);
    struct group group = group_new(work->scratch, work->model, &question, 1, &tally);
    group_run(work, &group, work->fixed, 0, FUTURES);
    const double holds = tally.at[COUNT_HOLDS], fails = tally.at[COUNT_FAILS];
    *outcome = holds > 0 ? PROOF_HOLDS : fails > 0 ? PROOF_FAILS : PROOF_IRRELEVANT;
    return tally.at[COUNT_UNDEFINED] == 0 && (holds == 0 || fails == 0);
}

static bool is_open(struct work *work, const struct question *question)
{
    if (question->concession || question->missing || question->hole_column != SIZE_MAX || question->conclusion == NO_VALUE)
        return false;
    const struct finding finding = finding_new(work, question, work->fixed);
    return !finding.constant && finding.reach.input_count > 0 && finding.reach.aggregate_count == 0 && !finding.reach.enumerable;
}

static void try_question(struct work *work, const struct question *question, struct sums *sums)
{
    enum proof_outcome outcome;
    struct proof_trial trial;
    if (!is_open(work, question) || !first_look(work, question, &outcome))
        return;
    const double start = milliseconds();
    const bool proved = prove_question(work, question, NULL, outcome, &(struct proof_effort){.trial = &trial}) != NULL;
    const double time = milliseconds() - start;
    const struct text under = question->scenario->position ? question->scenario->name : TEXT("");
    printf("| `%.*s` %.*s | %s | %zu | %zu | %s | %llu | %.1f |\n", TEXT_ARGS(question->claim->name), TEXT_ARGS(under), outcomes[outcome], trial.axes,
           trial.instructions, ends[trial.end], (unsigned long long)trial.boxes, time);
    sums->claims++;
    sums->proved += proved;
    sums->milliseconds += time;
}

static void measure(struct crux_session *crux, void *argument)
{
    struct sums *sums = argument;
    struct run run;
    run_open(&run, crux);
    run_compile(&run);
    for (size_t r = 0; r < run.roads.count; r++) {
        const struct model *model = run.roads.at[r]->model;
        if (!model || run.roads.at[r]->beside)
            continue;
        struct judge_options options = {.seed = 1};
        struct work work = {.arena = &crux->run, .scratch = &crux->scratch, .model = model, .options = &options, .run = {.threads = 1}};
        work.fixed = arena_array(&crux->run, model->column_count, sizeof *work.fixed);
        work.estimates = arena_array(&crux->run, model->aggregate_count, sizeof *work.estimates);
        for (size_t c = 0; c < model->column_count; c++)
            work.fixed[c] = NAN;
        for (size_t q = 0; q < model->question_count; q++)
            try_question(&work, &model->questions[q], sums);
    }
}

int main(int count, char **arguments)
{
    struct sums sums = {0};
    struct crux_session *crux = crux_open(NULL);
    if (!crux || count < 3 || crux_add_file(crux, arguments[1]) != CRUX_OK || crux_set(crux, CRUX_FORECAST, arguments[2]) != CRUX_OK)
        return 1;
    printf("| claim | what | inputs | instructions | | boxes | ms |\n|---|---|---|---|---|---|---|\n");
    session_enter(crux, measure, &sums);
    printf("\n%zu of %zu proved, %.0f ms in all\n", sums.proved, sums.claims, sums.milliseconds);
    crux_close(crux);
    return 0;
}
