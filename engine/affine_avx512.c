// Affine forms for processors with AVX-512 (compiled with -mavx512f and friends; see the Makefile).
#if defined __x86_64__
#define LANES 8
#define AFFINE_KERNEL affine_avx512
#include "engine/slope_lanes.h"
#endif

extern const int affine_avx512_unit; // a unit without a declaration is no C
