// The kernels for any machine: two lanes, which every 64-bit processor has in one register.
#define LANES 2
#define KERNEL_NAME kernel_baseline
#define KERNEL_TEXT "baseline"
#include "engine/kernel_lanes.h"
