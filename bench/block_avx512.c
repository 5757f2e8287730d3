#define LANES 8
#include "bench/block.h"
