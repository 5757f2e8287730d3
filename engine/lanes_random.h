// Random numbers over lanes: Philox and the quantiles of laws.
#ifndef ENGINE_LANES_RANDOM_H
#define ENGINE_LANES_RANDOM_H

#include "base/lanes_normal.h"
#include "engine/quantile.h"

// ---- Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011) -------------------------------------------------------------------

// The product of the low 32 bits of each; the high ones may hold anything.
LANES_INLINE lanes_unsigned lanes_multiply_low(lanes_unsigned x, lanes_unsigned y)
{
#if LANES == 8 && defined __AVX512F__
    return (lanes_unsigned)_mm512_mul_epu32((__m512i)x, (__m512i)y);
#elif LANES == 4 && defined __AVX2__
    return (lanes_unsigned)_mm256_mul_epu32((__m256i)x, (__m256i)y);
#elif LANES == 2 && defined __SSE2__
    return (lanes_unsigned)_mm_mul_epu32((__m128i)x, (__m128i)y);
#else
    return (x & 0xffffffff) * (y & 0xffffffff);
#endif
}

// Four 32-bit words in the low halves of the lanes; the high halves mean nothing.
struct philox {
    lanes_unsigned words[4];
};

LANES_INLINE struct philox philox_rounds(struct philox x, uint64_t key)
{
    const lanes_unsigned m0 = lanes_of_bits(0xD2511F53), m1 = lanes_of_bits(0xCD9E8D57);
    uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
    for (int round = 0; round < 10; round++) {
        const lanes_unsigned p0 = lanes_multiply_low(x.words[0], m0), p1 = lanes_multiply_low(x.words[2], m1);
        x.words[0] = lanes_shift_down(p1, 32) ^ x.words[1] ^ lanes_of_bits(k0);
        x.words[2] = lanes_shift_down(p0, 32) ^ x.words[3] ^ lanes_of_bits(k1);
        x.words[1] = p1;
        x.words[3] = p0;
        k0 += 0x9E3779B9;
        k1 += 0xBB67AE85;
    }
    return x;
}

// u = (n + 1/2) / 2^52 with n the first 52 bits of words 1 and 0: never 0 or 1, and as likely as 1 - u. Lane i is future
// first + i.
LANES_INLINE lanes random_uniform(uint64_t seed, uint64_t first, uint64_t draw)
{
    _Alignas(64) uint64_t futures[LANES];
    for (uint64_t i = 0; i < LANES; i++)
        futures[i] = first + i;
    lanes_unsigned future;
    memcpy(&future, futures, sizeof future);
    const struct philox counter = {
        {future, lanes_shift_down(future, 32), lanes_of_bits(draw & 0xffffffff), lanes_of_bits(draw >> 32)}};
    const struct philox random = philox_rounds(counter, seed);
    const lanes_unsigned low = random.words[0] & lanes_of_bits(0xffffffff);
    const lanes_unsigned n = lanes_shift_down((random.words[1] << 32) | low, 12);
    return (lanes_from_bits(n | lanes_bits(lanes_of(1.0))) - lanes_of(1.0)) + lanes_of(0x1p-53);
}

// ---- quantiles of laws ----------------------------------------------------------------------------------------------------

LANES_INLINE lanes quantile_other(const struct quantile *law, lanes u)
{
    double values[LANES];
    lanes_store(values, u);
    for (int i = 0; i < LANES; i++)
        values[i] = quantile_of_other(law, values[i]);
    return lanes_load(values);
}

// The normal quantile that a cut law reads.
LANES_INLINE lanes quantile_cut(const struct quantile *law, lanes u)
{
    const lanes from = lanes_of(law->from), span = lanes_of(law->span);
    return law->mirrored ? -normal_quantile(from + (lanes_of(1.0) - u) * span) : normal_quantile(from + u * span);
}

// A side without spread stays at the center, even at u = 0 and 1.
LANES_INLINE lanes quantile_spread(const struct quantile *law, lanes z)
{
    const lanes zero = lanes_of(0.0), side = mask_choose(mask_lt(z, zero), lanes_of(law->below), lanes_of(law->above));
    return mask_choose(mask_eq(side, zero), zero, side * z);
}

LANES_INLINE lanes quantile_lanes(const struct quantile *law, lanes u, lanes z)
{
    lanes value = u;
    switch (law->shape) {
    case QUANTILE_LINE:
        value = (lanes_of(1.0) - u) * lanes_of(law->low) + u * lanes_of(law->high);
        break;
    case QUANTILE_NORMAL:
        value = lanes_of(law->center) + quantile_spread(law, law->cut ? quantile_cut(law, u) : z);
        break;
    case QUANTILE_LOGNORMAL:
        value = lanes_of(law->center) * lanes_exp(quantile_spread(law, law->cut ? quantile_cut(law, u) : z));
        break;
    case QUANTILE_OTHER:
        return quantile_other(law, u);
    }
    return lanes_greater(lanes_of(law->low), lanes_lesser(lanes_of(law->high), value));
}

#endif
