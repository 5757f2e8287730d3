// The reference model one future at a time, in C with the C library's exp, log and pow.
#include "bench/measure.h"

#include "reference_scalar.h"

static void evaluate(void *user, struct pool *pool, size_t block)
{
    (void)user;
    for (size_t lane = 0; lane < BLOCK_LANES; lane++) {
        double in[MODEL_INPUTS], results[MODEL_OUTPUTS];
        for (size_t i = 0; i < MODEL_INPUTS; i++)
            in[i] = pool->inputs[block][i][lane];
        evaluate_scalar(in, results);
        for (size_t o = 0; o < MODEL_OUTPUTS; o++)
            pool->results[o][lane] = results[o];
    }
}

int main(void)
{
    struct pool pool = pool_make();
    measure(&pool, NULL, 1, evaluate);
    return 0;
}
