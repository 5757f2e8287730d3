// The product itself on bench/reference.crux: product FILE compile | tape KERNELS | run KERNELS THREADS
//
// compile   text to tape: reads, checks, compiles, schedules; milliseconds
// tape      the tape over the peers' blocks of inputs
// run       futures_run, inputs drawn, on so many threads; time by the clock on the wall, and processor time of all threads
#include <setjmp.h>

#include "base/arena.h"
#include "bench/measure.h"
#include "bench/reference.h"
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
