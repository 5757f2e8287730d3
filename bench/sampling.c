// What evenly spread futures are worth, and what they cost: sampling FILE
//
// On the reference model: the root of the mean square error of the mean gap and of P(gap > 8) over SEEDS seeds, with scrambled
// Sobol' points and with independent futures. Errors of independent futures go with the root of their number, so the square
// of the ratio is how many times as many of them are as good. Then the time to draw one number, by kernels.
#include <stdlib.h>

#include "base/arena.h"
#include "bench/measure.h"
#include "bench/reference.h"
#include "engine/kernel.h"
#include "engine/sobol.h"

enum { SEEDS = 24, LEAST = 10, MOST = 16, TRUTH = 20, TRUTH_SEEDS = 4 };

struct sampled {
    double gap, above;
};

static void add_block(void *user, size_t worker, const struct block *block)
{
    (void)worker;
    struct sampled *sum = user;
    for (size_t i = 0; i < block->lanes; i++) {
        sum->gap += block->roots[0][i];
        sum->above += block->roots[0][i] > 8;
    }
}

static struct sampled sample(struct arena *arena, const struct model *model, const struct tape *tape, enum sampler sampler, uint64_t seed, int power)
{
    const struct futures futures = {.model = model, .seed = seed, .sampler = sampler};
    const struct run_options options = {.threads = 1};
    const uint64_t count = UINT64_C(1) << power;
    struct sampled sum = {0, 0};
    futures_run(arena, tape, &futures, 0, count, &options, add_block, &sum);
    return (struct sampled){sum.gap / (double)count, sum.above / (double)count};
}

static void print_errors(struct arena *arena, const struct model *model, const struct tape *tape, struct sampled truth, int power)
{
    struct sampled squares[2] = {{0, 0}, {0, 0}};
    for (enum sampler sampler = SAMPLER_SOBOL; sampler <= SAMPLER_PHILOX; sampler++)
        for (uint64_t seed = 1; seed <= SEEDS; seed++) {
            const struct sampled it = sample(arena, model, tape, sampler, seed, power);
            squares[sampler].gap += (it.gap - truth.gap) * (it.gap - truth.gap) / SEEDS;
            squares[sampler].above += (it.above - truth.above) * (it.above - truth.above) / SEEDS;
        }
    printf("2^%d futures: mean %.1e against %.1e, worth %.0f times as many; probability %.1e against %.1e, worth %.1f times as many\n", power,
           sqrt(squares[0].gap), sqrt(squares[1].gap), squares[1].gap / squares[0].gap, sqrt(squares[0].above), sqrt(squares[1].above),
           squares[1].above / squares[0].above);
}

static void print_drawing(enum kernels kernels)
{
    enum { BLOCKS = 20000 };
    const struct kernel *kernel = kernel_for(kernels);
    const struct scramble scramble = scramble_of(1, 0, 20);
    _Alignas(64) double u[BLOCK_LANES];
    double sum = 0, times[2];
    for (int sampler = 0; sampler < 2; sampler++) {
        const double start = seconds(CLOCK_THREAD_CPUTIME_ID);
        for (uint64_t block = 0; block < BLOCKS; block++) {
            if (sampler == 0)
                kernel->points(&scramble, block * BLOCK_LANES, u);
            else
                kernel->uniforms(1, block * BLOCK_LANES, 20, u);
            sum += u[block % BLOCK_LANES];
        }
        times[sampler] = (seconds(CLOCK_THREAD_CPUTIME_ID) - start) / (BLOCKS * (double)BLOCK_LANES) * 1e9;
    }
    printf("drawing, %s: %.2f ns a number spread evenly, %.2f independent (mean %.3f)\n", kernel->name, times[0], times[1], sum / BLOCKS / 2);
}

int main(int count, char **arguments)
{
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    const struct model *model = count == 2 ? reference_compiled(&arena, reference_read(&arena, arguments[1])) : NULL;
    if (model == NULL)
        return 1;
    const value_id gap = model->questions[0].comparisons[0].at[0].left;
    const struct tape *tape = tape_make(&arena, model, &gap, 1);
    struct sampled truth = {0, 0};
    for (uint64_t seed = 0; seed < TRUTH_SEEDS; seed++) {
        const struct sampled it = sample(&arena, model, tape, SAMPLER_SOBOL, 1000 + seed, TRUTH);
        truth.gap += it.gap / TRUTH_SEEDS;
        truth.above += it.above / TRUTH_SEEDS;
    }
    for (int power = LEAST; power <= MOST; power += 2)
        print_errors(&arena, model, tape, truth, power);
    for (enum kernels kernels = KERNELS_BASELINE; kernels <= KERNELS_AVX512; kernels++)
        print_drawing(kernels);
    arena_reset(&arena);
    return 0;
}
