#include "tests/support/coverage.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/probability.h"
#include "engine/kernel.h"
#include "engine/sobol.h"
#include "judge/replicate.h"

#define ERROR 0.05

const char *const shape_names[] = {"oblique", "box", "ball", "parity"};
const char *const wanted_names[] = {"share", "given", "mean", "quantile"};

struct future {
    bool holds, given;
    double value;
};

// Sums over the coordinates of one block of futures.
struct sums {
    double normal[BLOCK_LANES], other[BLOCK_LANES], squares[BLOCK_LANES], greatest[BLOCK_LANES];
    unsigned below[BLOCK_LANES];
};

static void add_coordinate(struct sums *sums, const double *u, const double *z)
{
    for (unsigned i = 0; i < BLOCK_LANES; i++) {
        sums->normal[i] += z[i];
        sums->squares[i] += z[i] * z[i];
        sums->greatest[i] = fmax(sums->greatest[i], u[i]);
        sums->below[i] += u[i] < 0.5;
    }
}

static void add_all(const struct coverage_case *it, const struct scramble *scrambles, uint64_t first, struct sums *sums)
{
    const struct kernel *kernel = kernel_for(KERNELS_BEST);
    _Alignas(64) double u[BLOCK_LANES], z[BLOCK_LANES];
    memset(sums, 0, sizeof *sums);
    for (unsigned d = 0; d < it->dimensions * (it->wanted == WANTED_GIVEN ? 2 : 1); d++) {
        kernel->points(&scrambles[d], first, u);
        kernel->normals(u, z);
        if (d < it->dimensions)
            add_coordinate(sums, u, z);
        else
            for (unsigned i = 0; i < BLOCK_LANES; i++)
                sums->other[i] += z[i];
    }
}

static struct future future_of(const struct coverage_case *it, const struct sums *sums, unsigned lane)
{
    const double scale = sqrt(it->dimensions), sum = sums->normal[lane] / scale;
    struct future future = {.given = it->wanted != WANTED_GIVEN || sums->other[lane] / scale < normal_quantile_at(it->given)};
    switch (it->shape) {
    case SHAPE_OBLIQUE:
        future.holds = sum < normal_quantile_at(it->share);
        break;
    case SHAPE_BOX:
        future.holds = sums->greatest[lane] < pow(it->share, 1.0 / it->dimensions);
        break;
    case SHAPE_BALL:
        future.holds = sums->squares[lane] < -2 * log(1 - it->share); // of two dimensions
        break;
    default:
        future.holds = sums->below[lane] % 2 == 0;
    }
    future.value = it->wanted == WANTED_MEAN ? exp(sum * sqrt(0.5)) : sum;
    return future;
}

static void make_futures(const struct coverage_case *it, uint64_t seed, struct future *futures)
{
    struct scramble *scrambles = calloc(2 * it->dimensions, sizeof *scrambles);
    for (unsigned d = 0; d < 2 * it->dimensions; d++)
        scrambles[d] = scramble_of(seed, 0, d);
    for (unsigned first = 0; first < it->futures; first += BLOCK_LANES) {
        struct sums sums;
        add_all(it, scrambles, first, &sums);
        for (unsigned lane = 0; lane < BLOCK_LANES && first + lane < it->futures; lane++)
            futures[first + lane] = future_of(it, &sums, lane);
    }
    free(scrambles);
}

static struct share_interval share_interval_of(const struct coverage_case *it, const struct future *futures)
{
    double holds[REPLICATES] = {0}, fails[REPLICATES] = {0};
    for (unsigned k = 0; k < it->futures; k++)
        if (futures[k].given)
            (futures[k].holds ? holds : fails)[k % REPLICATES]++;
    return replicated_share(holds, fails, ERROR);
}

static struct share_interval mean_interval(const struct coverage_case *it, const struct future *futures)
{
    double counts[REPLICATES] = {0}, sums[REPLICATES] = {0}, sum = 0, squares = 0, n = it->futures;
    for (unsigned k = 0; k < it->futures; k++) {
        counts[k % REPLICATES]++;
        sums[k % REPLICATES] += futures[k].value;
        sum += futures[k].value;
        squares += futures[k].value * futures[k].value;
    }
    const double reach = replicated_reach(counts, sums, sqrt((squares - sum * sum / n) / (n - 1)), ERROR);
    return (struct share_interval){sum / n - reach, sum / n + reach};
}

static int by_value(const void *a, const void *b)
{
    const double x = ((const struct future *)a)->value, y = ((const struct future *)b)->value;
    return (x > y) - (x < y);
}

static struct share_interval quantile_interval(const struct coverage_case *it, const struct future *futures)
{
    double below[REPLICATES] = {0}, equal[REPLICATES] = {0}, above[REPLICATES] = {0};
    const size_t bytes = it->futures * sizeof *futures;
    struct future *sorted = malloc(bytes);
    memcpy(sorted, futures, bytes);
    qsort(sorted, it->futures, sizeof *sorted, by_value);
    const double value = sorted[(size_t)ceil(it->share * it->futures) - 1].value;
    for (unsigned k = 0; k < it->futures; k++)
        (futures[k].value < value ? below : futures[k].value > value ? above : equal)[k % REPLICATES]++;
    uint64_t low, high;
    replicated_ranks(below, equal, above, it->share, ERROR, &low, &high);
    const struct share_interval interval = {low < 1 ? -INFINITY : sorted[low - 1].value, high > it->futures ? INFINITY : sorted[high - 1].value};
    free(sorted);
    return interval;
}

static double truth_of(const struct coverage_case *it)
{
    switch (it->wanted) {
    case WANTED_MEAN:
        return exp(0.25);
    case WANTED_QUANTILE:
        return normal_quantile_at(it->share);
    default:
        return it->shape == SHAPE_PARITY ? 0.5 : it->share;
    }
}

unsigned coverage_misses(const struct coverage_case *it, uint64_t first, unsigned seeds, double *width)
{
    struct future *futures = calloc(it->futures, sizeof *futures);
    const double truth = truth_of(it);
    unsigned missed = 0;
    *width = 0;
    for (uint64_t seed = first; seed < first + seeds; seed++) {
        make_futures(it, seed, futures);
        struct share_interval interval = it->wanted == WANTED_MEAN ? mean_interval(it, futures) : it->wanted == WANTED_QUANTILE ? quantile_interval(it, futures) : share_interval_of(it, futures);
        missed += truth < interval.low || truth > interval.high;
        *width += (interval.high - interval.low) / seeds;
    }
    free(futures);
    return missed;
}

unsigned coverage_allowed(unsigned seeds)
{
    unsigned k = 0;
    while (binomial_at_most(k, seeds, ERROR) < 1 - 1e-6)
        k++;
    return k;
}
