// Blocks of futures or points, handed out to threads by a counter. A block's values depend on its number alone, so neither the
// number of threads nor the order in which they come to it can be seen in a result. Workers allocate nothing.
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/arena.h"
#include "engine/drawing.h"
#include "engine/kernel.h"
#include "engine/tape.h"

// What one thread works on.
struct worker {
    struct crew *crew;
    size_t number;
    double *slots;
    double *drawing;
    double **buffers;              // by model column: room for one block, NULL for those the tape does not read
    const double **columns;        // by model column: where this block's values are
    const double **roots;
};

struct crew {
    const struct tape *tape;
    const struct kernel *kernel;
    const struct run_options *options;
    uint64_t first, count, block_count;
    _Atomic uint64_t next_block;
    atomic_bool stopped;
    size_t worker_count;
    struct worker *workers;
    void (*prepare)(struct worker *worker, uint64_t block, size_t lanes); // fills the columns
    void (*finish)(struct worker *worker, uint64_t block, size_t lanes);  // takes the roots
    // of futures_run
    const struct drawing *drawing;
    block_visitor visit;
    void *user;
    // of points_run
    const double *const *points;
    double *const *results;
};

static bool is_cancelled(struct crew *crew)
{
    if (atomic_load(&crew->stopped))
        return true;
    if (crew->options->cancelled == NULL || !crew->options->cancelled(crew->options->user))
        return false;
    atomic_store(&crew->stopped, true);
    return true;
}

static void *work(void *argument)
{
    struct worker *worker = argument;
    struct crew *crew = worker->crew;
    const struct tape *tape = crew->tape;
    while (!is_cancelled(crew)) {
        const uint64_t block = atomic_fetch_add(&crew->next_block, 1);
        if (block >= crew->block_count)
            break;
        const uint64_t left = crew->count - block * BLOCK_LANES;
        const size_t lanes = left < BLOCK_LANES ? (size_t)left : BLOCK_LANES;
        crew->prepare(worker, block, lanes);
        crew->kernel->run(tape, worker->columns, worker->slots);
        for (size_t r = 0; r < tape->root_count; r++)
            worker->roots[r] = worker->slots + tape->roots[r];
        crew->finish(worker, block, lanes);
    }
    return NULL;
}

// The calling thread is worker 0. A thread that cannot be had is done without.
static bool run_crew(struct arena *arena, struct crew *crew)
{
    pthread_t *threads = arena_array(arena, crew->worker_count, sizeof *threads);
    size_t started = 1;
    while (started < crew->worker_count && pthread_create(&threads[started], NULL, work, &crew->workers[started]) == 0)
        started++;
    if (crew->worker_count > 0)
        work(&crew->workers[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(threads[i], NULL);
    return !atomic_load(&crew->stopped);
}

static double *doubles(struct arena *arena, size_t count)
{
    return arena_alloc_wide(arena, count * sizeof(double));
}

static void fill(double *lanes, double value)
{
    for (size_t i = 0; i < BLOCK_LANES; i++)
        lanes[i] = value;
}

static void equip_worker(struct arena *arena, struct crew *crew, size_t number, const struct futures *futures,
                         size_t drawing_size)
{
    const struct tape *tape = crew->tape;
    const size_t column_count = futures->model->column_count;
    struct worker *worker = &crew->workers[number];
    *worker = (struct worker){.crew = crew, .number = number, .slots = doubles(arena, tape_workspace(tape))};
    worker->drawing = doubles(arena, drawing_size);
    worker->buffers = arena_array(arena, column_count, sizeof *worker->buffers);
    worker->columns = arena_array(arena, column_count, sizeof *worker->columns);
    worker->roots = arena_array(arena, tape->root_count, sizeof *worker->roots);
    for (size_t i = 0; i < tape->column_count; i++) {
        const size_t column = tape->columns[i];
        worker->columns[column] = worker->buffers[column] = doubles(arena, BLOCK_LANES);
        fill(worker->buffers[column], futures_fixed(futures, column));
    }
}

static void gather_crew(struct arena *arena, struct crew *crew, const struct futures *futures, size_t drawing_size)
{
    const size_t wanted = crew->options->threads < 1 ? 1 : crew->options->threads;
    crew->kernel = kernel_for(crew->options->kernels);
    crew->block_count = crew->count / BLOCK_LANES + (crew->count % BLOCK_LANES != 0);
    crew->worker_count = crew->block_count < wanted ? (size_t)crew->block_count : wanted;
    crew->workers = arena_array(arena, crew->worker_count, sizeof *crew->workers);
    for (size_t i = 0; i < crew->worker_count; i++)
        equip_worker(arena, crew, i, futures, drawing_size);
}

// ---- futures ----------------------------------------------------------------------------------------------------------------

static void prepare_futures(struct worker *worker, uint64_t block, size_t lanes)
{
    (void)lanes; // the lanes beyond are later futures
    const struct crew *crew = worker->crew;
    draw_block(crew->drawing, crew->kernel, crew->first + block * BLOCK_LANES, worker->drawing, worker->buffers);
}

static void finish_futures(struct worker *worker, uint64_t block, size_t lanes)
{
    const struct crew *crew = worker->crew;
    const struct block result = {crew->first + block * BLOCK_LANES, lanes, worker->columns, worker->roots};
    crew->visit(crew->user, worker->number, &result);
}

bool futures_run(struct arena *arena, const struct tape *tape, const struct futures *futures, uint64_t first, uint64_t count,
                 const struct run_options *options, block_visitor visit, void *user)
{
    const struct arena_mark mark = arena_mark(arena);
    const struct drawing drawing = drawing_make(arena, tape, futures, first);
    struct crew crew = {.tape = tape,
                        .options = options,
                        .first = first,
                        .count = count,
                        .prepare = prepare_futures,
                        .finish = finish_futures,
                        .drawing = &drawing,
                        .visit = visit,
                        .user = user};
    gather_crew(arena, &crew, futures, drawing_workspace(&drawing));
    const bool completed = run_crew(arena, &crew);
    arena_release(arena, mark);
    return completed;
}

// ---- points -----------------------------------------------------------------------------------------------------------------

// Lanes beyond the last point repeat it.
static void prepare_points(struct worker *worker, uint64_t block, size_t lanes)
{
    const struct crew *crew = worker->crew;
    for (size_t i = 0; crew->points != NULL && i < crew->tape->column_count; i++) {
        const size_t column = crew->tape->columns[i];
        if (crew->points[column] == NULL)
            continue;
        const double *values = crew->points[column] + block * BLOCK_LANES;
        worker->columns[column] = values;
        if (lanes == BLOCK_LANES)
            continue;
        fill(worker->buffers[column], values[lanes - 1]);
        memcpy(worker->buffers[column], values, lanes * sizeof *values);
        worker->columns[column] = worker->buffers[column];
    }
}

static void finish_points(struct worker *worker, uint64_t block, size_t lanes)
{
    const struct crew *crew = worker->crew;
    for (size_t r = 0; r < crew->tape->root_count; r++)
        memcpy(crew->results[r] + block * BLOCK_LANES, worker->roots[r], lanes * sizeof **worker->roots);
}

static void fill_central(struct crew *crew, const struct futures *futures)
{
    for (size_t i = 0; i < crew->tape->column_count; i++) {
        const size_t column = crew->tape->columns[i];
        if (!isnan(futures_fixed(futures, column)) || (crew->points != NULL && crew->points[column] != NULL))
            continue;
        const double central = column_central(&futures->model->columns[column]);
        for (size_t w = 0; w < crew->worker_count; w++)
            fill(crew->workers[w].buffers[column], central);
    }
}

void points_run(struct arena *arena, const struct tape *tape, const struct futures *futures, const double *const *points,
                size_t count, const struct run_options *options, double *const *results)
{
    const struct arena_mark mark = arena_mark(arena);
    struct crew crew = {.tape = tape,
                        .options = options,
                        .count = count,
                        .prepare = prepare_points,
                        .finish = finish_points,
                        .points = points,
                        .results = results};
    gather_crew(arena, &crew, futures, 0);
    fill_central(&crew, futures);
    run_crew(arena, &crew);
    arena_release(arena, mark);
}
