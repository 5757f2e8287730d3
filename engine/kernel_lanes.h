// The kernels over vectors of LANES doubles; included once by each engine/kernel_*.c, which defines LANES and the names.
//
// exp, log and pow run in strips: first over the whole strip without special cases, noting whether any lane is special, then,
// only if one is, over the strip again with all cases. pow has a loop for the logarithms and one for the powers: two short
// chains of operations overlap better than one long one.
#ifndef ENGINE_KERNEL_LANES_H
#define ENGINE_KERNEL_LANES_H

#include "base/lanes_math.h"
#include "engine/enclose_lanes.h"
#include "engine/kernel.h"
#include "engine/lanes_random.h"
#include "engine/lanes_sobol.h"
#include "engine/tape.h"

#ifndef KERNEL_NAME
#define KERNEL_NAME kernel_scalar
#define KERNEL_TEXT "scalar"
#endif

enum { STRIP = 64 };

// An argument of a step: where it starts, and how far it is from one vector to the next (0: one value for all lanes).
struct view {
    const double *at;
    size_t step;
};

// Where arguments stand, by their bit in `uniform`: looked up, because a branch on it is not foreseeable.
struct bases {
    const double *at[2];
};

LANES_INLINE struct view view_of(const struct bases *bases, const struct tape_step *step, int argument)
{
    const size_t uniform = step->uniform >> argument & 1u;
    return (struct view){bases->at[uniform] + step->args[argument], LANES & (uniform - 1)};
}

LANES_INLINE lanes view_next(struct view *view)
{
    const lanes x = lanes_load(view->at);
    view->at += view->step;
    return x;
}

// Whole unrolling would make the kernels too large for the first cache.
#if defined __clang__
#define UNROLLED _Pragma("clang loop unroll_count(4)")
#else
#define UNROLLED _Pragma("GCC unroll 4")
#endif

#define EACH(expression)                                   \
    do {                                                   \
        UNROLLED                                           \
        for (size_t i = 0; i < BLOCK_LANES; i += LANES) {  \
            const lanes x = view_next(&a);                 \
            const lanes y = view_next(&b);                 \
            const lanes z = view_next(&c);                 \
            (void)x, (void)y, (void)z;                     \
            lanes_store(to + i, expression);               \
        }                                                  \
    } while (0)

// ---- exp, log and pow -------------------------------------------------------------------------------------------------------

#define NO_LANES mask_lt(lanes_of(1.0), lanes_of(0.0))

#define FUNCTION_STRIPS(name)                                                                 \
    static __attribute__((noinline)) void name##_strips(double *to, struct view x)            \
    {                                                                                         \
        for (size_t strip = 0; strip < BLOCK_LANES; strip += STRIP) {                         \
            const struct view start = x;                                                      \
            lanes_mask special = NO_LANES;                                                    \
            for (size_t i = strip; i < strip + STRIP; i += LANES) {                           \
                const lanes value = view_next(&x);                                            \
                special = mask_or(special, name##_special(value));                            \
                lanes_store(to + i, name##_plain(value));                                     \
            }                                                                                 \
            if (!mask_any(special))                                                           \
                continue;                                                                     \
            x = start;                                                                        \
            for (size_t i = strip; i < strip + STRIP; i += LANES)                             \
                lanes_store(to + i, lanes_##name(view_next(&x)));                             \
        }                                                                                     \
    }

FUNCTION_STRIPS(exp)
FUNCTION_STRIPS(log)

// One strip of powers; false, and nothing of use in `to`, when some lane is special for this way.
#define POW_STRIP(way)                                                                        \
    static __attribute__((noinline)) bool pow_##way##_strip(double *to, struct view x, struct view y) \
    {                                                                                         \
        _Alignas(64) double high[STRIP], low[STRIP];                                          \
        lanes_mask special = NO_LANES;                                                        \
        for (size_t i = 0; i < STRIP; i += LANES) {                                           \
            const lanes base = view_next(&x), exponent = view_next(&y);                       \
            special = mask_or(special, pow_##way##_special(base, exponent));                  \
            const struct pow_exponent of = pow_##way##_plain(base, exponent);                 \
            lanes_store(high + i, of.high);                                                   \
            lanes_store(low + i, of.low);                                                     \
        }                                                                                     \
        if (mask_any(special))                                                                \
            return false;                                                                     \
        for (size_t i = 0; i < STRIP; i += LANES)                                             \
            lanes_store(to + i, pow_##way##_power((struct pow_exponent){lanes_load(high + i), lanes_load(low + i)})); \
        return true;                                                                          \
    }

POW_STRIP(near)
POW_STRIP(far)

static __attribute__((noinline)) void pow_strips(double *to, struct view x, struct view y)
{
    for (size_t strip = 0; strip < BLOCK_LANES; strip += STRIP) {
        const bool near = y.at[0] >= -1.0 && y.at[0] <= 1.0; // most likely all of them
        if (!(near ? pow_near_strip(to + strip, x, y) : pow_far_strip(to + strip, x, y))) {
            struct view base = x, exponent = y;
            for (size_t i = strip; i < strip + STRIP; i += LANES)
                lanes_store(to + i, lanes_pow(view_next(&base), view_next(&exponent)));
        }
        x.at += STRIP / LANES * x.step;
        y.at += STRIP / LANES * y.step;
    }
}

// ---- pairs ------------------------------------------------------------------------------------------------------------------

#define FIRST(id, value)                              \
    LANES_INLINE lanes pair_##id(lanes x, lanes y)    \
    {                                                 \
        return value;                                 \
    }
PAIR_FIRSTS(FIRST)
#undef FIRST

#define SECOND(first, id, value)                          \
    LANES_INLINE lanes pair_second_##id(lanes f, lanes z) \
    {                                                     \
        return value;                                     \
    }
PAIR_SECONDS(SECOND, )
#undef SECOND

// ---- all steps --------------------------------------------------------------------------------------------------------------

#define SKIP lanes_nan() // rewritten by the compiler: in no tape

static void run(const struct tape *tape, const double *const *columns, double *slots)
{
    const struct bases bases = {{slots, tape->constants}};
    for (const struct tape_step *step = tape->steps, *end = step + tape->step_count; step < end; step++) {
        struct view a = view_of(&bases, step, 0), b = view_of(&bases, step, 1), c = view_of(&bases, step, 2);
        double *const to = slots + step->to;
        switch (step->code) {
        case TAPE_EXP:
            exp_strips(to, a);
            break;
        case TAPE_LN:
            log_strips(to, a);
            break;
        case TAPE_POW:
            pow_strips(to, a, b);
            break;
        case CODE_CONST:
            EACH(x);
            break;
        case CODE_COLUMN:
            memcpy(to, columns[step->args[0]], BLOCK_LANES * sizeof *to);
            break;
#define OP(id, text, form, low, high, units, point, doc) \
    case OP_##id:                                        \
        EACH(point);                                     \
        break;
#include "dsl/op.def"
#undef OP
#define SECOND(first, second, value)      \
    case TAPE_##first##_##second:         \
        EACH(pair_second_##second(pair_##first(x, y), z)); \
        break;
#define FIRST(id, value) PAIR_SECONDS(SECOND, id)
            PAIR_FIRSTS(FIRST)
#undef FIRST
#undef SECOND
        default:
            __builtin_unreachable();
        }
    }
}

// ---- drawing ----------------------------------------------------------------------------------------------------------------

static void uniforms(uint64_t seed, uint64_t first, uint64_t draw, double *u)
{
    for (size_t i = 0; i < BLOCK_LANES; i += LANES)
        lanes_store(u + i, random_uniform(seed, first + i, draw));
}

static void points(const struct scramble *scramble, uint64_t first, double *u)
{
    for (size_t i = 0; i < BLOCK_LANES; i += LANES)
        lanes_store(u + i, sobol_lanes(scramble, first + i));
}

static void normals(const double *u, double *z)
{
    for (size_t i = 0; i < BLOCK_LANES; i += LANES)
        lanes_store(z + i, normal_quantile(lanes_load(u + i)));
}

static void probabilities(const double *z, double *u)
{
    for (size_t i = 0; i < BLOCK_LANES; i += LANES)
        lanes_store(u + i, normal_probability(lanes_load(z + i)));
}

static void quantiles(const struct quantile *law, const double *u, const double *z, double *values)
{
    for (size_t i = 0; i < BLOCK_LANES; i += LANES)
        lanes_store(values + i, quantile_lanes(law, lanes_load(u + i), lanes_load(z + i)));
}

const struct kernel KERNEL_NAME = {KERNEL_TEXT, LANES, run, uniforms, points, normals, probabilities, quantiles, enclose};

#endif
