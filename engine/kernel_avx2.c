// The kernels for processors with AVX2 (compiled with -mavx2; see the Makefile).
#if defined __x86_64__
#define LANES 4
#define KERNEL_NAME kernel_avx2
#define KERNEL_TEXT "AVX2"
#include "engine/kernel_lanes.h"
#endif

extern const int kernel_avx2_unit; // a unit without a declaration is no C
