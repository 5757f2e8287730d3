// The vector kernels: one source (engine/kernel_lanes.h), compiled for each instruction set.
#ifndef ENGINE_KERNEL_H
#define ENGINE_KERNEL_H

#include <stdbool.h>

#include "engine/evaluate.h"
#include "engine/quantile.h"

struct scramble;
struct tape;
struct enclosing;
struct enclosure;

struct kernel {
    const char *name;
    size_t lanes;
    // Runs one block of a tape: all its steps, over BLOCK_LANES lanes.
    void (*run)(const struct tape *tape, const double *const *columns, double *slots);
    // u of one draw in the futures first .. first + BLOCK_LANES - 1.
    void (*uniforms)(uint64_t seed, uint64_t first, uint64_t draw, double *u);
    // The same from the scrambled Sobol' points of a draw in a stream (engine/sobol.h).
    void (*points)(const struct scramble *scramble, uint64_t first, double *u);
    // z, the standard normal quantiles of u; and back. `to` may be the source.
    void (*normals)(const double *u, double *z);
    void (*probabilities)(const double *z, double *u);
    // Values of a law at u, of which z are the normal quantiles; z is not read unless the law asks (quantile_wants_normal).
    void (*quantiles)(const struct quantile *law, const double *u, const double *z, double *values);
    // Runs eight boxes: columns by column of the model, slots and missing marks as engine/enclose_inside.h says.
    void (*enclose)(const struct enclosing *enclosing, const struct enclosure *const *columns, double *slots, uint8_t *missing);
};

extern const struct kernel kernel_baseline;
#if defined __x86_64__
extern const struct kernel kernel_avx2, kernel_avx512;
#endif

// Can this machine run them? KERNELS_BEST and KERNELS_BASELINE always can.
bool kernels_available(enum kernels kernels);

// Those asked for; the best there are for KERNELS_BEST, and for ones that this machine cannot run.
const struct kernel *kernel_for(enum kernels kernels);

#endif
