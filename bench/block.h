// The reference model in blocks, as a person would write it with the engine's own kernels: one loop over the lanes for each
// equation. Each bench/block_*.c defines LANES and is compiled for its instruction set.
#ifndef BENCH_BLOCK_H
#define BENCH_BLOCK_H

#define KERNEL_NAME kernel_of_bench
#define KERNEL_TEXT "bench"
#include "engine/kernel_lanes.h"

#include "bench/measure.h"

#define AT(array) lanes_load((array) + i)
#define LANES_OF(array) ((struct view){(array), LANES})
#define UNIFORM(value) ((struct view){(const double[8]){(value), (value), (value), (value), (value), (value), (value), (value)}, 0})
#define EACH_LANE(to, expression)                          \
    do {                                                   \
        UNROLLED                                           \
        for (size_t i = 0; i < BLOCK_LANES; i += LANES)    \
            lanes_store((to) + i, expression);             \
    } while (0)
#define SWAP(a, b)            \
    do {                      \
        double *before = (b); \
        (b) = (a);            \
        (a) = before;         \
    } while (0)

#include "reference_block.h"

static void evaluate(void *user, struct pool *pool, size_t block)
{
    const double *in[MODEL_INPUTS];
    for (size_t i = 0; i < MODEL_INPUTS; i++)
        in[i] = pool->inputs[block][i];
    evaluate_block(in, user, pool->results);
}

int main(void)
{
    struct pool pool = pool_make();
    measure(&pool, block_of_doubles(BLOCK_ARRAYS), 4, evaluate);
    return 0;
}

#endif
