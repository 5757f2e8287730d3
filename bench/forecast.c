// A forecast with claims on it, as `crux check` reads them: forecast FILE
//
// Prints the time from text to tape (read, check, compile, schedule, with the data store opened) and that of 10,000 futures of
// everything the claims ask, on one thread, in milliseconds of processor time.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "api/run.h"
#include "api/session.h"
#include "engine/evaluate.h"
#include "engine/model.h"
#include "judge/tally.h"

enum { ROUNDS = 5, FUTURES = 10000, SEED = 2026 };

struct times {
    double compile[ROUNDS], futures[ROUNDS];
    int round;
    size_t questions, instructions, inputs;
};

static double milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

// One tape of everything that the questions of a model read.
static struct tape *tape_of_all(struct arena *arena, const struct model *model)
{
    size_t count = 0;
    for (size_t i = 0; i < model->question_count; i++)
        count += question_roots(&model->questions[i], NULL);
    value_id *roots = arena_array(arena, count, sizeof *roots);
    count = 0;
    for (size_t i = 0; i < model->question_count; i++)
        count += question_roots(&model->questions[i], roots + count);
    return tape_make(arena, model, roots, count);
}

static void ignore(void *user, size_t worker, const struct block *block)
{
    (void)user, (void)worker, (void)block;
}

static void measure(struct crux_session *crux, void *argument)
{
    struct times *times = argument;
    struct run run;
    const double start = milliseconds();
    run_open(&run, crux);
    run_compile(&run);
    const struct model *model = run.roads.count > 0 ? run.roads.at[0]->model : NULL;
    if (!model)
        exit(1);
    const struct tape *tape = tape_of_all(&crux->run, model);
    const double compiled = milliseconds();
    const struct futures futures = {.model = model, .seed = SEED};
    const struct run_options options = {.threads = 1};
    // What one thread does it does in this one.
    futures_run(&crux->scratch, tape, &futures, 0, FUTURES, &options, ignore, NULL);
    times->compile[times->round] = compiled - start;
    times->futures[times->round] = milliseconds() - compiled;
    times->questions = model->question_count;
    times->instructions = tape_length(tape);
    times->inputs = model->variable_count;
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int count, char **arguments)
{
    struct times times = {0};
    struct crux_session *crux = crux_open(NULL);
    if (count != 2 || !crux || crux_add_file(crux, arguments[1]) != CRUX_OK)
        return 1;
    for (times.round = 0; times.round < ROUNDS; times.round++)
        session_enter(crux, measure, &times);
    qsort(times.compile, ROUNDS, sizeof(double), ascending);
    qsort(times.futures, ROUNDS, sizeof(double), ascending);
    printf("%.2f ms %.2f ms; %zu questions, %zu inputs, %zu instructions\n", times.compile[ROUNDS / 2], times.futures[ROUNDS / 2],
           times.questions, times.inputs, times.instructions);
    crux_close(crux);
    return 0;
}
