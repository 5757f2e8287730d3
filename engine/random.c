#include "engine/evaluate.h"
#include "engine/lanes_random.h"

double future_uniform(uint64_t seed, uint64_t future, uint64_t draw)
{
    return random_uniform(seed, future, draw);
}
