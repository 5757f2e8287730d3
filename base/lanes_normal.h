// The standard normal law and its inverse over lanes, the same bits at every width.
//
// The rational functions were fitted by bench/fit_normal.py, which prints the coefficients and the error of each fit. Largest
// relative errors, measured against MPFR (tests/unit/test_quantile.c): normal_quantile 1e-15, normal_probability 2e-15.
#ifndef BASE_LANES_NORMAL_H
#define BASE_LANES_NORMAL_H

#include "base/lanes_math.h"

// Coefficients from the lowest power on: count of them, the argument.
LANES_INLINE lanes polynomial(const double *coefficients, int count, lanes x)
{
    lanes sum = lanes_of(coefficients[count - 1]);
    for (int i = count - 2; i >= 0; i--)
        sum = sum * x + lanes_of(coefficients[i]);
    return sum;
}

// z / q for q = 2u - 1, in 0.7225 - q^2: 0 to 0.7225. Error of the fit 2^-60.
LANES_INLINE lanes normal_center(lanes r)
{
    static const double p[] = {0x1.b18d91e9eef76p+0, 0x1.3382a9df2024dp+4, 0x1.5646f1e65fb09p+6,
                               0x1.7c286f6bb5dcep+7, 0x1.bbe01bea90e94p+7, 0x1.07df32ffb6272p+7,
                               0x1.1cfee3fe202f4p+5, 0x1.acb9615bf4bbap+1, 0x1.8dc02d2fa7310p-5};
    static const double q[] = {0x1.0000000000000p+0, 0x1.83317e302422ap+3, 0x1.d1e7d957ac603p+5,
                               0x1.1d211700ec01fp+7, 0x1.793ab1ba71d85p+7, 0x1.093e9ca93264bp+7,
                               0x1.6c99ba1e7bebfp+5, 0x1.95d187d0eba4cp+2, 0x1.cb8e449eddafbp-3};
    return polynomial(p, 9, r) / polynomial(q, 9, r);
}

// |z| in s - 1.6 for s = sqrt(-log u), s from 1.6 to 5. Error of the fit 2^-59.
LANES_INLINE lanes normal_tail(lanes s)
{
    static const double p[] = {0x1.6c665fde9526ap+0, 0x1.26c2f01d083b7p+2, 0x1.6e5a6e171ca17p+2,
                               0x1.d40f6d3f48583p+1, 0x1.5482046d592d8p+0, 0x1.22943ff0060fdp-2,
                               0x1.19d7851b840ddp-5, 0x1.117f211a7077dp-9, 0x1.74fa29e884903p-15};
    static const double q[] = {0x1.0000000000000p+0, 0x1.04969dc1c87d6p+1, 0x1.aa5904a3f7daap+0, 0x1.6a51ba002374ep-1,
                               0x1.58a4705a3a2e1p-3, 0x1.6abac8a2d9956p-6, 0x1.75a6a95388b6cp-10, 0x1.07b9878a60d21p-15};
    const lanes x = s - lanes_of(1.6);
    return polynomial(p, 9, x) / polynomial(q, 8, x);
}

// The same from 5 to 27.3, the end of the doubles, in s - 5. Error of the fit 2^-56.
LANES_INLINE lanes normal_far_tail(lanes s)
{
    static const double p[] = {0x1.aa1b1c13ee526p+2, 0x1.638a6ee731fb7p+2, 0x1.db999b0e2e739p+0,
                               0x1.47341d409bbc9p-2, 0x1.ee44010367663p-6, 0x1.9586ec495ea48p-10,
                               0x1.503d69eeeb7f7p-15, 0x1.e0160c2166b22p-22, 0x1.94ba8e4c1ce34p-30};
    static const double q[] = {0x1.0000000000000p+0, 0x1.3a27501eb867cp-1, 0x1.28aa61becd8e2p-3, 0x1.0fdf1520c7608p-6,
                               0x1.f7c48218b687dp-11, 0x1.c17fbd14a3821p-16, 0x1.4de22bcc33947p-22, 0x1.1e2fb326b9925p-30};
    const lanes x = s - lanes_of(5.0);
    return polynomial(p, 9, x) / polynomial(q, 8, x);
}

// z with probability u below it; infinite at 0 and 1, NaN outside.
LANES_INLINE lanes normal_quantile(lanes u)
{
    const lanes half = lanes_of(0.5), q = (u - half) + (u - half), square = lanes_of(0.7225) - q * q;
    const lanes center = q * normal_center(square);
    const lanes_mask outside = mask_not(mask_le(lanes_of(0.0), square));
    if (!mask_any(outside))
        return center;
    const lanes p = lanes_lesser(u, lanes_of(1.0) - u), s = lanes_sqrt(-lanes_log(p));
    lanes tail = normal_tail(s);
    const lanes_mask far = mask_lt(lanes_of(5.0), s);
    if (mask_any(far))
        tail = mask_choose(far, normal_far_tail(s), tail);
    tail = mask_choose(mask_eq(p, lanes_of(0.0)), lanes_infinity(), tail);
    return mask_choose(outside, mask_choose(mask_lt(u, half), -tail, tail), center);
}

// (1 - Phi(z)) / exp(-z^2 / 2) for z from 0 to 5 and from 5 on. Errors of the fits 2^-63.
LANES_INLINE lanes normal_ratio(lanes z)
{
    static const double p[] = {0x1.0000000000000p-1, 0x1.447c425fb7cecp-1, 0x1.9d0e6e4dc4898p-2,
                               0x1.49f8ed59dc360p-3, 0x1.648167bdc63e3p-5, 0x1.08c2f6384a17ep-7,
                               0x1.076c3a77739fdp-10, 0x1.4186490330898p-14, 0x1.729521139e8c9p-19};
    static const double q[] = {0x1.0000000000000p+0, 0x1.085f35ff2cc0ap+1, 0x1.f4679c438bf56p+0, 0x1.1d78f7cd9e8b2p+0,
                               0x1.b1ea5c7d43263p-2, 0x1.c91206af3fa3ap-4, 0x1.4efa8092d49eep-6, 0x1.4b0eebc748491p-9,
                               0x1.92f8af8f031a1p-13, 0x1.d074cd0dd227ap-18};
    static const double far_p[] = {0x1.ffcfb0729c501p-2, 0x1.9c67293a2562ap-1, 0x1.423796caf9771p-1, 0x1.3b986e201663fp-2,
                                   0x1.9f518a0f2619bp-4, 0x1.7e77690826c29p-6, 0x1.be2ae608d6aecp-9, 0x1.51f61422a5382p-12};
    static const double far_q[] = {0x1.0000000000000p+0, 0x1.3422880322c97p+1, 0x1.576000100162dp+1,
                                   0x1.d08943ddf0e2cp+0, 0x1.a8ac1e81448dcp-1, 0x1.0cffe58a1a5c1p-2,
                                   0x1.e5f80a87cc3c5p-5, 0x1.17981485ab056p-7, 0x1.a79254c39fe2fp-11};
    const lanes near = polynomial(p, 9, z) / polynomial(q, 10, z);
    const lanes_mask far = mask_lt(lanes_of(5.0), z);
    if (!mask_any(far))
        return near;
    return mask_choose(far, polynomial(far_p, 8, z) / polynomial(far_q, 9, z), near);
}

// Probability of at most z. The square of z is taken in two parts: its rounding would be an error of up to 1e-13.
LANES_INLINE lanes normal_probability(lanes z)
{
    const lanes size = lanes_lesser(lanes_of(40.0), lanes_abs(z)), head = lanes_head(size);
    const lanes rest = (size - head) * (size + head);
    const lanes power = lanes_exp(head * head * lanes_of(-0.5)) * lanes_exp(rest * lanes_of(-0.5));
    const lanes tail = power * normal_ratio(size);
    return mask_choose(mask_lt(lanes_of(0.0), z), lanes_of(1.0) - tail, tail);
}

#endif
