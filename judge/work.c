#include "judge/work.h"

#include <math.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/elementary.h"

#define TOLERANCE_DEFAULT 0.001

double clock_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static bool is_cancelled(void *user)
{
    return atomic_load((atomic_bool *)user);
}

void work_start(struct work *work, struct arena *arena, struct arena *scratch, const struct model *model, const struct judge_options *options)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t threads = options->threads > 0 ? options->threads : processors > 0 ? (size_t)processors : 1;
    *work = (struct work){.arena = arena, .scratch = scratch, .model = model, .options = options};
    atomic_init(&work->cancelled, false);
    work->run = (struct run_options){threads, KERNELS_BEST, is_cancelled, &work->cancelled};
    work->samples = options->samples > 0 ? options->samples : SAMPLES_DEFAULT;
    work->stretch = options->samples > 0 ? 1 : SAMPLES_STRETCH;
    work->tolerance = options->undefined_tolerance > 0 ? options->undefined_tolerance : TOLERANCE_DEFAULT;
    work->deadline = options->budget > 0 ? clock_seconds() + options->budget * SAMPLING_PART : INFINITY;
    work->fixed = arena_array(arena, model->column_count, sizeof *work->fixed);
    for (size_t i = 0; i < model->column_count; i++)
        work->fixed[i] = NAN;
    work->dead_seen = map_on(scratch);
    work->dissent_seen = map_on(scratch);
    work->estimates = arena_array(arena, model->aggregate_count, sizeof *work->estimates);
}

bool work_continues(struct work *work, uint64_t futures)
{
    work->progress.futures += futures;
    const struct judge_options *options = work->options;
    if (options->progress && !options->progress(options->user, &work->progress))
        atomic_store(&work->cancelled, true);
    return !atomic_load(&work->cancelled);
}

bool work_late(const struct work *work)
{
    return !isinf(work->deadline) && clock_seconds() > work->deadline;
}

bool work_futures(struct work *work, const struct tape *tape, const double *fixed, uint64_t first, uint64_t count, block_visitor visit, void *user)
{
    struct futures futures = {work->model, work->options->seed, fixed, work->options->sampler};
    struct run_options run = work->run;
    if (count < UINT64_C(8) * BLOCK_LANES)
        run.threads = 1;
    struct arena_mark mark = arena_mark(work->scratch);
    bool done = futures_run(work->scratch, tape, &futures, first, count, &run, visit, user);
    arena_release(work->scratch, mark);
    return done;
}

void work_points(struct work *work, const struct tape *tape, const double *fixed, const double *const *points, size_t count, double *const *results)
{
    struct futures futures = {work->model, work->options->seed, fixed, work->options->sampler};
    struct run_options run = work->run;
    if (count < UINT64_C(8) * BLOCK_LANES)
        run.threads = 1;
    struct arena_mark mark = arena_mark(work->scratch);
    points_run(work->scratch, tape, &futures, points, count, &run, results);
    arena_release(work->scratch, mark);
}

double *work_fixed(const struct work *work)
{
    size_t count = work->model->column_count;
    double *fixed = arena_array(work->scratch, count, sizeof *fixed);
    if (count)
        memcpy(fixed, work->fixed, count * sizeof *fixed);
    return fixed;
}

bool column_is(const struct model *model, size_t column, enum column_kind kind)
{
    return model->columns[column].kind == kind;
}

double comparison_margin(enum op op, double left, double right)
{
    double gap = left > 0 && right > 0 ? elementary_log(left / right) : left - right;
    if (op == OP_LT || op == OP_LE)
        return -gap;
    if (op == OP_GT || op == OP_GE)
        return gap;
    return op == OP_NE ? fabs(gap) : -fabs(gap);
}

size_t *bounds_columns(struct arena *arena, const struct model *model, const struct tape *tape, size_t *count)
{
    size_t used;
    const size_t *columns = tape_columns(tape, &used);
    size_t *found = arena_array(arena, used, sizeof *found);
    *count = 0;
    for (size_t i = 0; i < used; i++)
        if (column_is(model, columns[i], COLUMN_INPUT) && model->variables[model->columns[columns[i]].variable].bounds_only)
            found[(*count)++] = columns[i];
    return found;
}
