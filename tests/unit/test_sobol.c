// Direction numbers, scrambles and what they are worth.
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "engine/kernel.h"
#include "engine/sobol.h"

// ---- nets -------------------------------------------------------------------------------------------------------------------

// Digit i of a coordinate as a sum of bits of the point's number.
static uint32_t row_of(size_t dimension, int digit)
{
    uint32_t row = 0;
    for (int k = 0; k < SOBOL_BITS; k++)
        row |= (sobol_directions[dimension][k] >> digit & 1) << k;
    return row;
}

static bool add_row(uint32_t *basis, uint32_t row)
{
    while (row != 0) {
        const int lowest = __builtin_ctz(row);
        if (basis[lowest] == 0) {
            basis[lowest] = row;
            return true;
        }
        row ^= basis[lowest];
    }
    return false;
}

// The quality parameter t of all 2^32 points of two dimensions: the first digits of both, k and 32 - t - k of them, are
// independent for every k.
static int quality(size_t a, size_t b)
{
    int least = SOBOL_BITS;
    for (int k = 0; k < least; k++) {
        uint32_t basis[32] = {0};
        int more = 0;
        for (int i = 0; i < k; i++)
            cr_assert(add_row(basis, row_of(a, i)));
        while (k + more < SOBOL_BITS && add_row(basis, row_of(b, more)))
            more++;
        least = k + more < least ? k + more : least;
    }
    return SOBOL_BITS - least;
}

// How many primitive polynomials there are of each degree.
static int degree_of(size_t dimension)
{
    static const size_t counts[] = {1, 1, 1, 2, 2, 6, 6, 18, 16, 48, 60, 176, 144, 630};
    int degree = 0;
    while (dimension >= counts[degree])
        dimension -= counts[degree++];
    return degree;
}

// With a primitive polynomial for each dimension t is at most the sum of the degrees less 2 (Sobol' 1967), whatever the initial
// numbers. Two dimensions on one polynomial break this, and then the error stops falling after some thousands of points.
static void check_pair(size_t a, size_t b)
{
    const int degrees = degree_of(a) + degree_of(b), most = a == 0 || b == 0 ? degrees - 1 : degrees - 2;
    cr_expect_leq(quality(a, b), most, "dimensions %zu and %zu: t = %d", a, b, quality(a, b));
}

Test(sobol, no_two_dimensions_share_a_polynomial)
{
    for (size_t a = 0; a < 40; a++)
        for (size_t b = 0; b < a; b++)
            check_pair(a, b);
    for (size_t a = 40; a < SOBOL_DIMENSIONS; a++) {
        check_pair(a, a - 1);
        check_pair(a, a - 7);
        check_pair(a, a * a % (a - 7));
    }
}

// Sobol's (1976) property A: of the first 32 dimensions any 2^d points in the order of their numbers fall into 2^d different
// boxes that halve each side.
Test(sobol, the_first_dimensions_have_property_a)
{
    for (size_t dimensions = 1; dimensions <= 32; dimensions++) {
        uint32_t basis[32] = {0};
        for (size_t d = 0; d < dimensions; d++)
            cr_expect(add_row(basis, (uint32_t)(row_of(d, 0) & ((UINT64_C(1) << dimensions) - 1))), "%zu dimensions", dimensions);
    }
}

// ---- scrambles ----------------------------------------------------------------------------------------------------------------

// 256 points of each replicate fall into 256 different cells, of every dimension.
Test(sobol, every_coordinate_is_spread_evenly)
{
    enum { POINTS = 256 };
    for (size_t d = 0; d < SOBOL_DIMENSIONS; d++) {
        const struct scramble scramble = scramble_of(5, 2, d);
        static bool seen[REPLICATES][POINTS];
        memset(seen, 0, sizeof seen);
        for (uint64_t first = 0; first < POINTS * REPLICATES; first += BLOCK_LANES) {
            _Alignas(64) double u[BLOCK_LANES];
            kernel_for(KERNELS_BEST)->points(&scramble, (UINT64_C(2) << STREAM_SHIFT) + first, u);
            for (size_t i = 0; i < BLOCK_LANES; i++)
                seen[(first + i) % REPLICATES][(size_t)(u[i] * POINTS)] = true;
        }
        for (size_t k = 0; k < REPLICATES * POINTS; k++)
            cr_assert(seen[k / POINTS][k % POINTS], "dimension %zu, replicate %zu, cell %zu", d, k / POINTS, k % POINTS);
    }
}

Test(sobol, streams_seeds_and_replicates_are_apart)
{
    double first = future_point(1, 0, 0);
    cr_expect_neq(first, future_point(2, 0, 0));
    cr_expect_neq(first, future_point(1, UINT64_C(1) << STREAM_SHIFT, 0));
    cr_expect_neq(first, future_point(1, 1, 0));
    cr_expect_neq(first, future_point(1, 0, 1));
    cr_expect_eq(future_point(3, 17, SOBOL_DIMENSIONS), future_uniform(3, 17, SOBOL_DIMENSIONS));
    // The same points in two replicates, and in two streams, are not correlated.
    enum { POINTS = 20000 };
    double replicates = 0, streams = 0;
    for (uint64_t seed = 0; seed < POINTS; seed++) {
        const double u = future_point(seed, 0, 3) - 0.5;
        replicates += 12 * u * (future_point(seed, 1, 3) - 0.5) / POINTS;
        streams += 12 * u * (future_point(seed, UINT64_C(1) << STREAM_SHIFT, 3) - 0.5) / POINTS;
    }
    cr_expect_lt(fabs(replicates), 0.035);
    cr_expect_lt(fabs(streams), 0.035);
}

// The root of the mean square error of the mean of a smooth function of so many dimensions from some on.
static double error_of(size_t from, size_t dimensions, uint64_t futures)
{
    enum { SEEDS = 12 };
    double squares = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct scramble scrambles[16];
        for (size_t d = 0; d < dimensions; d++)
            scrambles[d] = scramble_of(seed, 0, from + d);
        double sum = 0;
        for (uint64_t first = 0; first < futures; first += BLOCK_LANES) {
            _Alignas(64) double u[BLOCK_LANES], products[BLOCK_LANES];
            for (size_t d = 0; d < dimensions; d++) {
                kernel_for(KERNELS_BEST)->points(&scrambles[d], first, u);
                for (size_t i = 0; i < BLOCK_LANES; i++)
                    products[i] = (d == 0 ? 1 : products[i]) * (1 + (u[i] - 0.5) / (double)(1 + d));
            }
            for (size_t i = 0; i < BLOCK_LANES; i++)
                sum += products[i];
        }
        squares += (sum / (double)futures - 1) * (sum / (double)futures - 1) / SEEDS;
    }
    return sqrt(squares);
}

// Independent points would halve the error with four times as many, and be off by 7e-4 with the most.
Test(sobol, the_error_keeps_falling)
{
    const size_t firsts[] = {0, 60, 200, 500};
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++) {
        const double few = error_of(firsts[i], 12, 1 << 14), many = error_of(firsts[i], 12, 1 << 18);
        cr_expect_lt(many, 1e-4, "dimensions from %zu: %g", firsts[i], many);
        cr_expect(firsts[i] >= 100 || many < few / 5.5, "dimensions from %zu: %g, then %g", firsts[i], few, many);
    }
}
