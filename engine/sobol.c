#include "engine/sobol.h"

#include "engine/evaluate.h"
#include "engine/lanes_sobol.h"

// Keys are Philox's. Future k uses (k, draw) as counter, and draws are few: with the highest bit of the draw set nothing is
// used twice.
struct scramble scramble_of(uint64_t seed, uint64_t stream, uint64_t draw)
{
    struct scramble scramble = {.directions = sobol_directions[draw]};
    for (uint64_t replicate = 0; replicate < REPLICATES; replicate++) {
        const struct philox counter = {{replicate, stream, draw, UINT64_C(1) << 31}};
        const struct philox keys = philox_rounds(counter, seed);
        for (int i = 0; i < SCRAMBLE_KEYS; i++)
            scramble.keys[i][replicate] = keys.words[i] & 0xffffffff;
        scramble.keys[1][replicate] &= ~UINT64_C(1);
        scramble.keys[2][replicate] |= 1;
    }
    return scramble;
}

double future_point(uint64_t seed, uint64_t future, uint64_t draw)
{
    if (draw >= SOBOL_DIMENSIONS)
        return future_uniform(seed, future, draw);
    const struct scramble scramble = scramble_of(seed, future >> STREAM_SHIFT, draw);
    return sobol_lanes(&scramble, future);
}
