// The kernels for processors with AVX-512 (compiled with -mavx512f and friends; see the Makefile).
#if defined __x86_64__
#define LANES 8
#define KERNEL_NAME kernel_avx512
#define KERNEL_TEXT "AVX-512"
#include "engine/kernel_lanes.h"
#endif

extern const int kernel_avx512_unit; // a unit without a declaration is no C
