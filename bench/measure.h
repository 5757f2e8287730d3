// What the C peers share: the inputs, the clock, and the line they print.
//
// Every peer evaluates the same futures: POOL_BLOCKS blocks of inputs, drawn once, gone through again and again. Time is the
// processor time of the thread, so that other work on the machine counts little. Include after defining LANES, if at all.
#ifndef BENCH_MEASURE_H
#define BENCH_MEASURE_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "engine/evaluate.h"
#include "engine/quantile.h"
#include "reference_model.h"

enum { POOL_BLOCKS = 16, ROUNDS = 5, SEED = 2026 };

struct pool {
    double *inputs[POOL_BLOCKS][MODEL_INPUTS];
    double *results[MODEL_OUTPUTS];
};

static inline double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline double *block_of_doubles(size_t blocks)
{
    double *values = aligned_alloc(64, blocks * BLOCK_LANES * sizeof *values);
    if (values == NULL)
        exit(1);
    memset(values, 0, blocks * BLOCK_LANES * sizeof *values);
    return values;
}

// Input i of future k is its quantile at draw i, as in futures_run.
static inline struct pool pool_make(void)
{
    struct pool pool;
    for (size_t i = 0; i < MODEL_INPUTS; i++) {
        const struct quantile quantile = quantile_of(&model_laws[i]);
        for (size_t block = 0; block < POOL_BLOCKS; block++) {
            pool.inputs[block][i] = block_of_doubles(1);
            for (size_t lane = 0; lane < BLOCK_LANES; lane++)
                pool.inputs[block][i][lane] = quantile_at(&quantile, future_uniform(SEED, block * BLOCK_LANES + lane, i));
        }
    }
    for (size_t o = 0; o < MODEL_OUTPUTS; o++)
        pool.results[o] = block_of_doubles(1);
    return pool;
}

static inline double lesser(double a, double b)
{
    return a < b ? a : b;
}

static inline double greater(double a, double b)
{
    return a > b ? a : b;
}

static inline int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// Runs evaluate(user, pool, block) over the pool `passes` times in each of ROUNDS rounds; prints the median time a future, and
// how the first output and the last are, by which the peers are held together.
static inline void measure(struct pool *pool, void *user, int passes,
                           void (*evaluate)(void *user, struct pool *pool, size_t block))
{
    double times[ROUNDS], gap = 0, check = 0;
    unsigned above = 0;
    for (size_t block = 0; block < POOL_BLOCKS; block++) {
        evaluate(user, pool, block);
        for (size_t lane = 0; lane < BLOCK_LANES; lane++) {
            above += pool->results[0][lane] > 8;
            gap += pool->results[0][lane];
            check += pool->results[MODEL_OUTPUTS - 1][lane];
        }
    }
    for (int round = 0; round < ROUNDS; round++) {
        const double start = seconds(CLOCK_THREAD_CPUTIME_ID);
        for (int pass = 0; pass < passes; pass++)
            for (size_t block = 0; block < POOL_BLOCKS; block++)
                evaluate(user, pool, block);
        times[round] = (seconds(CLOCK_THREAD_CPUTIME_ID) - start) / (passes * POOL_BLOCKS * BLOCK_LANES) * 1e9;
    }
    qsort(times, ROUNDS, sizeof *times, ascending);
    const double futures = POOL_BLOCKS * BLOCK_LANES;
    printf("%.1f ns %u of %.0f above, mean gap %.9f, mean check %.7f\n", times[ROUNDS / 2], above, futures, gap / futures,
           check / futures);
}

#endif
