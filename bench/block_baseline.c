#define LANES 2
#include "bench/block.h"
