// A model run over blocks of futures.
//
// A tape is the part of a model that some values need, scheduled, with slots shared by values that do not live at the same
// time. It is run over blocks of lanes with the best kernels this machine has (chosen from CPUID, or forced for tests); the
// bits do not depend on the kernels, the block or the thread count.
#ifndef ENGINE_EVALUATE_H
#define ENGINE_EVALUATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/model.h"

struct arena;
struct tape;

enum { BLOCK_LANES = 128 };

enum kernels { KERNELS_BEST, KERNELS_BASELINE, KERNELS_AVX2, KERNELS_AVX512 };

// `roots`: the values wanted, in the order in which blocks give them. Duplicates and constants are fine.
struct tape *tape_make(struct arena *arena, const struct model *model, const value_id *roots, size_t root_count);
size_t tape_length(const struct tape *tape);                        // instructions
const size_t *tape_columns(const struct tape *tape, size_t *count); // the columns it reads, ascending
size_t tape_workspace(const struct tape *tape);                     // doubles for one worker, 64-byte aligned

// Runs one block. columns[c] is BLOCK_LANES values of model column c (only those of tape_columns are read). roots[r] is set to
// point at BLOCK_LANES values inside the workspace, valid until its next use. All BLOCK_LANES lanes are computed: unused ones
// must hold copies of a valid lane.
void tape_run(const struct tape *tape, enum kernels kernels, const double *const *columns, double *workspace, const double **roots);

// ---- futures -----------------------------------------------------------------------------------------------------------

// What futures are made of: Sobol' points in REPLICATES independent scrambles (engine/sobol.h), or independent numbers.
enum sampler { SAMPLER_SOBOL, SAMPLER_PHILOX };

// Where futures come from. Future number k is the same whatever the threads and blocks. Futures of different streams, which the
// bits of their numbers from STREAM_SHIFT on tell apart, are independent of each other under both samplers.
struct futures {
    const struct model *model;
    uint64_t seed;
    // Columns that do not follow their law: fixed[c] is used unless it is NAN. NULL: none is fixed.
    const double *fixed;
    enum sampler sampler;
};

// The value of an input column at a quantile u in [0, 1]. Bounds: straight between the bounds. Weightless choice: equal parts.
double column_quantile(const struct column *column, double u);
double column_central(const struct column *column);

// One block given to a visitor.
struct block {
    uint64_t first;                // number of the first future
    size_t lanes;                  // how many count, at most BLOCK_LANES
    const double *const *columns;  // by model column; NULL for those the tape does not read
    const double *const *roots;
};
// Called from several threads at once, each with its own worker number below `threads`; blocks come in any order.
typedef void (*block_visitor)(void *user, size_t worker, const struct block *block);

struct run_options {
    size_t threads;                // at least 1
    enum kernels kernels;
    bool (*cancelled)(void *user); // polled between blocks by every worker; may be NULL
    void *user;
};

// Runs futures first .. first + count - 1, all of one stream. False when cancelled. Scratch memory is taken from the arena before threads start.
bool futures_run(struct arena *arena, const struct tape *tape, const struct futures *futures, uint64_t first, uint64_t count,
                 const struct run_options *options, block_visitor visit, void *user);

// Runs given points instead of drawn futures: points[c] has `count` values of model column c (NULL: fixed, else the column's
// central value). results[r] has room for `count` values.
void points_run(struct arena *arena, const struct tape *tape, const struct futures *futures, const double *const *points, size_t count,
                const struct run_options *options, double *const *results);

// u of draw d in future k, before the copula: Philox4x32-10 with the seed as key and (k, d) as counter (Salmon et al. 2011).
double future_uniform(uint64_t seed, uint64_t future, uint64_t draw);
// The same under SAMPLER_SOBOL.
double future_point(uint64_t seed, uint64_t future, uint64_t draw);

#endif
