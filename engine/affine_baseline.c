// Affine forms for any machine: two lanes, which every 64-bit processor has in one register.
#define LANES 2
#define AFFINE_KERNEL affine_baseline
#include "engine/slope_lanes.h"
