// Scrambled Sobol' points over lanes.
//
// Owen's (1995) scrambling flips each binary digit of a coordinate by a coin of its own for every way the digits above it can
// be. With the digits in reverse, highest lowest, that is what sums, products with odd numbers and "add a product with an
// even number" do: a bit of their result depends on that bit and the ones below it. Keys take the place of the coins.
#ifndef ENGINE_LANES_SOBOL_H
#define ENGINE_LANES_SOBOL_H

#include "engine/lanes_random.h"
#include "engine/sobol.h"

// Keys 1 are even, keys 2 odd (see drawing.c). Only the low 32 bits mean anything, here and in the results.
LANES_INLINE lanes_unsigned sobol_scramble(lanes_unsigned x, const lanes_unsigned keys[static SCRAMBLE_KEYS])
{
    x = x + keys[0];
    x = x ^ lanes_multiply_low(x, keys[1]);
    x = lanes_multiply_low(x, keys[2]);
    x = x ^ lanes_multiply_low(x, lanes_of_bits(0x9E3779B2));
    x = x + keys[3];
    return x ^ lanes_multiply_low(x, lanes_of_bits(0x6C8E9CF6));
}

LANES_INLINE lanes_unsigned sobol_swap(lanes_unsigned x, int distance, uint64_t mask)
{
    return (lanes_shift_down(x, distance) & lanes_of_bits(mask)) | ((x & lanes_of_bits(mask)) << distance);
}

// u = (n + 1/2) / 2^32 with n the low 32 bits in reverse: never 0 or 1, and as likely as 1 - u.
LANES_INLINE lanes sobol_uniform(lanes_unsigned x)
{
    x = sobol_swap(x, 1, 0x55555555);
    x = sobol_swap(x, 2, 0x33333333);
    x = sobol_swap(x, 4, 0x0f0f0f0f);
    x = sobol_swap(x, 8, 0x00ff00ff);
    x = sobol_swap(x, 16, 0x0000ffff);
    return (lanes_from_bits((x << 20) | lanes_bits(lanes_of(1.0))) - lanes_of(1.0)) + lanes_of(0x1p-33);
}

LANES_INLINE lanes_unsigned sobol_load(const uint64_t *at)
{
    lanes_unsigned x;
    memcpy(&x, at, sizeof x);
    return x;
}

static inline uint64_t sobol_point(const uint32_t *directions, uint64_t future)
{
    const uint64_t number = (future & ((UINT64_C(1) << STREAM_SHIFT) - 1)) / REPLICATES;
    uint64_t x = 0;
    for (uint32_t bits = (uint32_t)number; bits != 0; bits &= bits - 1)
        x ^= directions[__builtin_ctz(bits)];
    return x;
}

// Lane i is future first + i.
LANES_INLINE lanes sobol_lanes(const struct scramble *of, uint64_t first)
{
    lanes_unsigned keys[SCRAMBLE_KEYS];
    if (first % LANES == 0) {
        const lanes_unsigned x = lanes_of_bits(sobol_point(of->directions, first));
        for (int i = 0; i < SCRAMBLE_KEYS; i++)
            keys[i] = sobol_load(&of->keys[i][first % REPLICATES]);
        return sobol_uniform(sobol_scramble(x, keys));
    }
    uint64_t points[LANES], gathered[SCRAMBLE_KEYS][LANES];
    for (uint64_t lane = 0; lane < LANES; lane++) {
        points[lane] = sobol_point(of->directions, first + lane);
        for (int i = 0; i < SCRAMBLE_KEYS; i++)
            gathered[i][lane] = of->keys[i][(first + lane) % REPLICATES];
    }
    for (int i = 0; i < SCRAMBLE_KEYS; i++)
        keys[i] = sobol_load(gathered[i]);
    return sobol_uniform(sobol_scramble(sobol_load(points), keys));
}

#endif
