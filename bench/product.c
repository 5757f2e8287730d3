// The product itself on bench/reference.crux: product FILE compile | tape KERNELS | indices | run KERNELS THREADS
//
// compile   text to tape: reads, checks, compiles, schedules; milliseconds
// tape      the tape over the peers' blocks of inputs
// indices   what Sobol' indices of the gap cost: a pair of futures and one mixed from them for each input, running all of the tape
//           each time, or of the mixed ones only what the input touches; nanoseconds for all of them, and the steps
// run       futures_run, inputs drawn, on so many threads; time by the clock on the wall, and processor time of all threads
#include <setjmp.h>

#include "base/arena.h"
#include "bench/measure.h"
#include "bench/reference.h"
#include "engine/cone.h"
#include "engine/kernel.h"

struct product {
    struct arena arena;
    const struct model *model;
    struct tape *tape;
    enum kernels kernels;
    double *workspace;
};

static void make(struct product *product, struct text bytes)
{
    value_id roots[MODEL_OUTPUTS];
    product->model = reference_compiled(&product->arena, bytes);
    reference_roots(product->model, roots);
    product->tape = tape_make(&product->arena, product->model, roots, MODEL_OUTPUTS);
}

// Columns of the reference model are its inputs, in order.
static void evaluate_tape(void *user, struct pool *pool, size_t block)
{
    struct product *product = user;
    const double *columns[MODEL_INPUTS], *roots[MODEL_OUTPUTS];
    for (size_t i = 0; i < MODEL_INPUTS; i++)
        columns[i] = pool->inputs[block][i];
    tape_run(product->tape, product->kernels, columns, product->workspace, roots);
    for (size_t o = 0; o < MODEL_OUTPUTS; o++)
        memcpy(pool->results[o], roots[o], BLOCK_LANES * sizeof(double));
}

static void count_above(void *user, size_t worker, const struct block *block)
{
    uint64_t *above = (uint64_t *)user + 8 * worker;
    for (size_t i = 0; i < block->lanes; i++)
        *above += block->roots[0][i] > 8;
}

static void run_futures(struct product *product, size_t threads)
{
    enum { FUTURES = 1 << 17, MOST_THREADS = 64 };
    const struct futures futures = {.model = product->model, .seed = SEED};
    const struct run_options options = {.threads = threads, .kernels = product->kernels};
    uint64_t above[8 * MOST_THREADS] = {0}, all = 0;
    if (threads > MOST_THREADS)
        exit(1);
    const double start = seconds(CLOCK_MONOTONIC), worked = seconds(CLOCK_PROCESS_CPUTIME_ID);
    futures_run(&product->arena, product->tape, &futures, 0, FUTURES, &options, count_above, above);
    const double time = seconds(CLOCK_MONOTONIC) - start, work = seconds(CLOCK_PROCESS_CPUTIME_ID) - worked;
    for (size_t i = 0; i < threads; i++)
        all += above[8 * i];
    printf("%.1f ns %.1f ns P %.5f\n", time / FUTURES * 1e9, work / FUTURES * 1e9, (double)all / FUTURES);
}

// ---- Sobol' indices ----------------------------------------------------------------------------------------------------------

struct mixing {
    struct product *product;
    const struct tape *tape;
    struct cone_set cones;
};

// The block mixed of `block` and the next one: input `moved` from the latter.
static void mix(const struct pool *pool, size_t block, size_t moved, const double **columns)
{
    for (size_t i = 0; i < MODEL_INPUTS; i++)
        columns[i] = pool->inputs[i == moved ? (block + 1) % POOL_BLOCKS : block][i];
}

static void evaluate_whole(void *user, struct pool *pool, size_t block)
{
    struct mixing *mixing = user;
    const double *columns[MODEL_INPUTS], *root;
    double *workspace = mixing->product->workspace;
    for (size_t i = 0; i < MODEL_INPUTS + 2; i++) {
        mix(pool, i == MODEL_INPUTS ? (block + 1) % POOL_BLOCKS : block, i, columns);
        tape_run(mixing->tape, KERNELS_BEST, columns, workspace, &root);
        if (i == MODEL_INPUTS - 1)
            memcpy(pool->results[MODEL_OUTPUTS - 1], root, BLOCK_LANES * sizeof *root);
    }
}

static void evaluate_cones(void *user, struct pool *pool, size_t block)
{
    enum { MOST_KEPT = 4096 };
    struct mixing *mixing = user;
    const double *columns[MODEL_INPUTS + MOST_KEPT], *roots[1 + MOST_KEPT], *root;
    double *workspace = mixing->product->workspace, *beside = workspace + tape_workspace(mixing->cones.whole);
    if (mixing->cones.kept_count > MOST_KEPT)
        exit(1);
    mix(pool, (block + 1) % POOL_BLOCKS, MODEL_INPUTS, columns);
    tape_run(mixing->tape, KERNELS_BEST, columns, beside, &root);
    mix(pool, block, MODEL_INPUTS, columns);
    tape_run(mixing->cones.whole, KERNELS_BEST, columns, workspace, roots);
    for (size_t k = 0; k < mixing->cones.kept_count; k++)
        columns[MODEL_INPUTS + k] = roots[1 + k];
    for (size_t i = 0; i < MODEL_INPUTS; i++) {
        mix(pool, block, i, columns);
        if (mixing->cones.cones[i].tape)
            tape_run(mixing->cones.cones[i].tape, KERNELS_BEST, columns, beside, &root);
    }
    memcpy(pool->results[MODEL_OUTPUTS - 1], root, BLOCK_LANES * sizeof *root);
}

static void time_indices(struct product *product)
{
    struct arena *arena = &product->arena;
    value_id roots[MODEL_OUTPUTS];
    bool moved[MODEL_INPUTS][MODEL_INPUTS] = {{false}};
    const bool *columns[MODEL_INPUTS];
    for (size_t i = 0; i < MODEL_INPUTS; i++) {
        moved[i][i] = true;
        columns[i] = moved[i];
    }
    reference_roots(product->model, roots);
    struct mixing mixing = {.product = product, .tape = tape_make(arena, product->model, roots, 1)};
    mixing.cones = cones_make(arena, product->model, roots, 1, columns, MODEL_INPUTS);
    size_t steps = tape_length(mixing.tape) + tape_length(mixing.cones.whole);
    for (size_t i = 0; i < MODEL_INPUTS; i++)
        steps += mixing.cones.cones[i].tape ? tape_length(mixing.cones.cones[i].tape) : 0;
    product->workspace = block_of_doubles((tape_workspace(mixing.cones.whole) + tape_workspace(mixing.tape) + mixing.cones.workspace) / BLOCK_LANES);
    struct pool pool = pool_make();
    measure(&pool, &mixing, 1, evaluate_whole);
    measure(&pool, &mixing, 1, evaluate_cones);
    printf("%zu steps, %zu with cones; %zu values kept\n", (MODEL_INPUTS + 2) * tape_length(mixing.tape), steps, mixing.cones.kept_count);
}

static void time_compilation(struct product *product, struct text bytes)
{
    double times[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        const struct arena_mark mark = arena_mark(&product->arena);
        const double start = seconds(CLOCK_THREAD_CPUTIME_ID);
        make(product, bytes);
        times[round] = seconds(CLOCK_THREAD_CPUTIME_ID) - start;
        printf("%zu instructions, %zu steps, %zu slots\n", product->model->count, tape_length(product->tape),
               tape_workspace(product->tape) / BLOCK_LANES);
        arena_release(&product->arena, mark);
    }
    qsort(times, ROUNDS, sizeof *times, ascending);
    printf("%.2f ms\n", times[ROUNDS / 2] * 1e3);
}

int main(int count, char **arguments)
{
    static jmp_buf no_memory;
    static struct product product;
    if (count < 3 || setjmp(no_memory))
        return 1;
    arena_init(&product.arena, &system_allocator, &no_memory);
    const struct text bytes = reference_read(&product.arena, arguments[1]);
    if (strcmp(arguments[2], "compile") == 0) {
        time_compilation(&product, bytes);
        return 0;
    }
    make(&product, bytes);
    if (strcmp(arguments[2], "indices") == 0) {
        time_indices(&product);
        return 0;
    }
    product.kernels = count > 3 ? (enum kernels)atoi(arguments[3]) : KERNELS_BEST;
    if (!kernels_available(product.kernels))
        return 2;
    product.workspace = block_of_doubles(tape_workspace(product.tape) / BLOCK_LANES);
    struct pool pool = pool_make();
    if (strcmp(arguments[2], "tape") == 0)
        measure(&pool, &product, 4, evaluate_tape);
    else
        run_futures(&product, count > 4 ? (size_t)atoi(arguments[4]) : 1);
    return 0;
}
