#define LANES 4
#include "bench/block.h"
