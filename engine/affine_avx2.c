// Affine forms for processors with AVX2 (compiled with -mavx2; see the Makefile).
#if defined __x86_64__
#define LANES 4
#define AFFINE_KERNEL affine_avx2
#include "engine/slope_lanes.h"
#endif

extern const int affine_avx2_unit; // a unit without a declaration is no C
