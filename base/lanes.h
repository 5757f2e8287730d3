// Vectors of LANES doubles, and the arithmetic on them that gives the same bits at every width.
//
// One source for every width: the including file defines LANES as 2, 4 or 8 first, or leaves it at 1. Only + - * /, square roots, comparisons
// and integer operations on the bits are used, in one fixed order and without fused operations, so that a lane's result
// depends on nothing but its operands: not on the width, the instruction set or the compiler.
//
// "No value" is NaN and spreads: out of min and max too, which IEEE 754's would drop. Only that a result is NaN is promised,
// not which NaN.
#ifndef BASE_LANES_H
#define BASE_LANES_H

#ifndef LANES
#define LANES 1
#endif

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if LANES > 1 && defined __SSE2__
#include <immintrin.h>
#endif

#define LANES_INLINE static inline __attribute__((always_inline))

// A vector extension needs a name for its type.
#if LANES == 1
typedef double lanes;
typedef int64_t lanes_int;
typedef uint64_t lanes_unsigned;
#else
typedef double lanes __attribute__((vector_size(8 * LANES)));
typedef int64_t lanes_int __attribute__((vector_size(8 * LANES)));
typedef uint64_t lanes_unsigned __attribute__((vector_size(8 * LANES)));
#endif

LANES_INLINE lanes lanes_load(const double *from)
{
    lanes x;
    memcpy(&x, from, sizeof x);
    return x;
}

LANES_INLINE void lanes_store(double *to, lanes x)
{
    memcpy(to, &x, sizeof x);
}

// ---- what each width spells differently: copies, bits, masks and choices ------------------------------------------------

#if LANES == 1

typedef bool lanes_mask;
LANES_INLINE lanes lanes_of(double x) { return x; }
LANES_INLINE lanes_unsigned lanes_of_bits(uint64_t x) { return x; }
LANES_INLINE lanes_unsigned lanes_bits(lanes x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}
LANES_INLINE lanes lanes_from_bits(lanes_unsigned bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}
LANES_INLINE lanes_mask mask_lt(lanes x, lanes y) { return x < y; }
LANES_INLINE lanes_mask mask_le(lanes x, lanes y) { return x <= y; }
LANES_INLINE lanes_mask mask_eq(lanes x, lanes y) { return x == y; }
LANES_INLINE lanes_mask mask_unordered(lanes x, lanes y) { return __builtin_isunordered(x, y); }
LANES_INLINE lanes_mask mask_and(lanes_mask a, lanes_mask b) { return a && b; }
LANES_INLINE lanes_mask mask_or(lanes_mask a, lanes_mask b) { return a || b; }
LANES_INLINE lanes_mask mask_not(lanes_mask a) { return !a; }
LANES_INLINE bool mask_any(lanes_mask a) { return a; }
LANES_INLINE unsigned mask_bits(lanes_mask a) { return a; } // lane i in bit i
LANES_INLINE lanes mask_choose(lanes_mask m, lanes yes, lanes no) { return m ? yes : no; }
LANES_INLINE lanes lanes_root(lanes x) { return __builtin_sqrt(x); }

#else

LANES_INLINE lanes_unsigned lanes_bits(lanes x) { return (lanes_unsigned)x; }
LANES_INLINE lanes lanes_from_bits(lanes_unsigned bits) { return (lanes)bits; }
LANES_INLINE lanes_unsigned lanes_of_bits(uint64_t x) { return (lanes_unsigned){0} + x; }

#if LANES == 8 && defined __AVX512F__

typedef __mmask8 lanes_mask;
LANES_INLINE lanes lanes_of(double x) { return (lanes)_mm512_set1_pd(x); }
LANES_INLINE lanes_mask mask_lt(lanes x, lanes y) { return _mm512_cmp_pd_mask((__m512d)x, (__m512d)y, _CMP_LT_OQ); }
LANES_INLINE lanes_mask mask_le(lanes x, lanes y) { return _mm512_cmp_pd_mask((__m512d)x, (__m512d)y, _CMP_LE_OQ); }
LANES_INLINE lanes_mask mask_eq(lanes x, lanes y) { return _mm512_cmp_pd_mask((__m512d)x, (__m512d)y, _CMP_EQ_OQ); }
LANES_INLINE lanes_mask mask_unordered(lanes x, lanes y) { return _mm512_cmp_pd_mask((__m512d)x, (__m512d)y, _CMP_UNORD_Q); }
LANES_INLINE lanes_mask mask_and(lanes_mask a, lanes_mask b) { return (lanes_mask)(a & b); }
LANES_INLINE lanes_mask mask_or(lanes_mask a, lanes_mask b) { return (lanes_mask)(a | b); }
LANES_INLINE lanes_mask mask_not(lanes_mask a) { return (lanes_mask)~a; }
LANES_INLINE bool mask_any(lanes_mask a) { return a != 0; }
LANES_INLINE unsigned mask_bits(lanes_mask a) { return a; }
LANES_INLINE lanes mask_choose(lanes_mask m, lanes yes, lanes no)
{
    return (lanes)_mm512_mask_blend_pd(m, (__m512d)no, (__m512d)yes);
}
LANES_INLINE lanes lanes_root(lanes x) { return (lanes)_mm512_sqrt_pd((__m512d)x); }

#else

typedef lanes_int lanes_mask;
LANES_INLINE lanes_mask mask_lt(lanes x, lanes y) { return x < y; }
LANES_INLINE lanes_mask mask_le(lanes x, lanes y) { return x <= y; }
LANES_INLINE lanes_mask mask_eq(lanes x, lanes y) { return x == y; }
LANES_INLINE lanes_mask mask_and(lanes_mask a, lanes_mask b) { return a & b; }
LANES_INLINE lanes_mask mask_or(lanes_mask a, lanes_mask b) { return a | b; }
LANES_INLINE lanes_mask mask_not(lanes_mask a) { return ~a; }

#if LANES == 4 && defined __AVX2__

LANES_INLINE lanes lanes_of(double x) { return (lanes)_mm256_set1_pd(x); }
LANES_INLINE lanes_mask mask_unordered(lanes x, lanes y)
{
    return (lanes_mask)_mm256_cmp_pd((__m256d)x, (__m256d)y, _CMP_UNORD_Q);
}
LANES_INLINE bool mask_any(lanes_mask a) { return _mm256_movemask_pd((__m256d)a) != 0; }
LANES_INLINE unsigned mask_bits(lanes_mask a) { return (unsigned)_mm256_movemask_pd((__m256d)a); }
LANES_INLINE lanes mask_choose(lanes_mask m, lanes yes, lanes no)
{
    return (lanes)_mm256_blendv_pd((__m256d)no, (__m256d)yes, (__m256d)m);
}
LANES_INLINE lanes lanes_root(lanes x) { return (lanes)_mm256_sqrt_pd((__m256d)x); }

#else

LANES_INLINE lanes_mask mask_unordered(lanes x, lanes y) { return (x != x) | (y != y); }
LANES_INLINE lanes mask_choose(lanes_mask m, lanes yes, lanes no)
{
    return (lanes)((m & (lanes_int)yes) | (~m & (lanes_int)no));
}

#if LANES == 2 && defined __SSE2__
LANES_INLINE lanes lanes_of(double x) { return (lanes)_mm_set1_pd(x); }
LANES_INLINE bool mask_any(lanes_mask a) { return _mm_movemask_pd((__m128d)a) != 0; }
LANES_INLINE unsigned mask_bits(lanes_mask a) { return (unsigned)_mm_movemask_pd((__m128d)a); }
LANES_INLINE lanes lanes_root(lanes x) { return (lanes)_mm_sqrt_pd((__m128d)x); }
#else
LANES_INLINE lanes lanes_of(double x)
{
    lanes all;
    for (int i = 0; i < LANES; i++)
        all[i] = x; // cppcheck-suppress uninitvar ; each lane is given its value here
    return all;
}
LANES_INLINE bool mask_any(lanes_mask a)
{
    int64_t any = 0;
    for (int i = 0; i < LANES; i++)
        any |= a[i];
    return any != 0;
}
LANES_INLINE unsigned mask_bits(lanes_mask a)
{
    unsigned bits = 0;
    for (int i = 0; i < LANES; i++)
        bits |= (unsigned)(a[i] & 1) << i;
    return bits;
}
LANES_INLINE lanes lanes_root(lanes x)
{
    for (int i = 0; i < LANES; i++)
        x[i] = __builtin_sqrt(x[i]);
    return x;
}
#endif

#endif
#endif
#endif

// ---- the pointwise operators of op.def that are not + - * / ----------------------------------------------------------------

LANES_INLINE lanes lanes_nan(void)
{
    return lanes_of(__builtin_nan(""));
}

LANES_INLINE lanes lanes_infinity(void)
{
    return lanes_of(__builtin_inf());
}

LANES_INLINE lanes lanes_abs(lanes x)
{
    return lanes_from_bits(lanes_bits(x) & lanes_of_bits(0x7fffffffffffffff));
}

// x with the sign of y.
LANES_INLINE lanes lanes_signed_as(lanes x, lanes y)
{
    const lanes_unsigned sign = lanes_of_bits(0x8000000000000000);
    return lanes_from_bits((lanes_bits(x) & ~sign) | (lanes_bits(y) & sign));
}

// The lesser, y unless x < y: one instruction where there is one. A NaN in y stays, one in x is lost.
LANES_INLINE lanes lanes_lesser(lanes x, lanes y)
{
#if LANES == 8 && defined __AVX512F__
    return (lanes)_mm512_min_pd((__m512d)x, (__m512d)y);
#elif LANES == 4 && defined __AVX2__
    return (lanes)_mm256_min_pd((__m256d)x, (__m256d)y);
#elif LANES == 2 && defined __SSE2__
    return (lanes)_mm_min_pd((__m128d)x, (__m128d)y);
#else
    return mask_choose(mask_lt(x, y), x, y);
#endif
}

LANES_INLINE lanes lanes_greater(lanes x, lanes y)
{
#if LANES == 8 && defined __AVX512F__
    return (lanes)_mm512_max_pd((__m512d)x, (__m512d)y);
#elif LANES == 4 && defined __AVX2__
    return (lanes)_mm256_max_pd((__m256d)x, (__m256d)y);
#elif LANES == 2 && defined __SSE2__
    return (lanes)_mm_max_pd((__m128d)x, (__m128d)y);
#else
    return mask_choose(mask_lt(y, x), x, y);
#endif
}

LANES_INLINE lanes lanes_min(lanes x, lanes y)
{
    return mask_choose(mask_unordered(x, x), x, lanes_lesser(x, y));
}

LANES_INLINE lanes lanes_max(lanes x, lanes y)
{
    return mask_choose(mask_unordered(x, x), x, lanes_greater(x, y));
}

LANES_INLINE lanes lanes_sqrt(lanes x)
{
    return lanes_root(x);
}

// To the nearest whole number, halves to even: adding 2^52 leaves no room for a fraction. From 2^52 on all doubles are whole.
LANES_INLINE lanes lanes_round(lanes x)
{
    const lanes size = lanes_abs(x), big = lanes_of(0x1p52);
    const lanes whole = lanes_signed_as((size + big) - big, x);
    return mask_choose(mask_lt(size, big), whole, x);
}

// Rounding moves by a half at most, so one step back is enough. `whole` is x itself when x is NaN.
LANES_INLINE lanes lanes_floor(lanes x)
{
    const lanes whole = lanes_round(x);
    return mask_choose(mask_lt(x, whole), whole - lanes_of(1.0), whole);
}

LANES_INLINE lanes lanes_ceil(lanes x)
{
    const lanes whole = lanes_round(x);
    return mask_choose(mask_lt(whole, x), lanes_signed_as(whole + lanes_of(1.0), x), whole);
}

// A truth, or NaN where one of the two compared has no value.
LANES_INLINE lanes lanes_truth(lanes_mask holds, lanes x, lanes y)
{
    const lanes truth = mask_choose(holds, lanes_of(1.0), lanes_of(0.0));
    return mask_choose(mask_unordered(x, y), lanes_nan(), truth);
}

LANES_INLINE lanes lanes_lt(lanes x, lanes y)
{
    return lanes_truth(mask_lt(x, y), x, y);
}

LANES_INLINE lanes lanes_le(lanes x, lanes y)
{
    return lanes_truth(mask_le(x, y), x, y);
}

LANES_INLINE lanes lanes_eq(lanes x, lanes y)
{
    return lanes_truth(mask_eq(x, y), x, y);
}

LANES_INLINE lanes lanes_ne(lanes x, lanes y)
{
    return lanes_truth(mask_not(mask_eq(x, y)), x, y);
}

// Known false if one side is known false, whatever the other is.
LANES_INLINE lanes lanes_and(lanes x, lanes y)
{
    const lanes zero = lanes_of(0.0);
    return mask_choose(mask_or(mask_eq(x, zero), mask_eq(y, zero)), zero, x * y);
}

LANES_INLINE lanes lanes_or(lanes x, lanes y)
{
    const lanes one = lanes_of(1.0);
    return mask_choose(mask_or(mask_eq(x, one), mask_eq(y, one)), one, x + y);
}

// The branch not taken may have no value.
LANES_INLINE lanes lanes_select(lanes condition, lanes yes, lanes no)
{
    const lanes chosen = mask_choose(mask_eq(condition, lanes_of(0.0)), no, yes);
    return mask_choose(mask_unordered(condition, condition), condition, chosen);
}

#endif
