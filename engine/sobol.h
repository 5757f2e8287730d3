// Sobol' points with Owen's scrambling: the default source of futures.
//
// Futures are dealt in turn to REPLICATES replicates: future k of a stream (its lower STREAM_SHIFT bits; the rest is the number
// of the stream) is point k / REPLICATES of replicate k % REPLICATES. Each replicate, stream and seed scrambles the same
// points by keys of its own, so replicates are independent of each other, and how far their means lie apart says how exact
// they are together. Any number of futures from a stream's beginning has points of every replicate, evenly.
//
// Directions are made by engine/tool/make_directions.c when the library is built. Draws from SOBOL_DIMENSIONS on are Philox's.
#ifndef ENGINE_SOBOL_H
#define ENGINE_SOBOL_H

#include <stdint.h>

enum { SOBOL_DIMENSIONS = 512, SOBOL_BITS = 32, REPLICATES = 16, STREAM_SHIFT = 40, SCRAMBLE_KEYS = 4 };

// [d][k]: what bit k of a point's number adds (xor) to its coordinate d, of which the lowest bit is the half, the next the
// quarter and so on.
extern const uint32_t sobol_directions[SOBOL_DIMENSIONS][SOBOL_BITS];

// One draw of one stream, scrambled.
struct scramble {
    const uint32_t *directions;
    uint64_t keys[SCRAMBLE_KEYS][REPLICATES]; // 32 bits each
};

struct scramble scramble_of(uint64_t seed, uint64_t stream, uint64_t draw); // draw < SOBOL_DIMENSIONS

#endif
