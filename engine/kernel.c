#include "engine/kernel.h"

bool kernels_available(enum kernels kernels)
{
    switch (kernels) {
    case KERNELS_BEST:
    case KERNELS_BASELINE:
        return true;
#if defined __x86_64__
    case KERNELS_AVX2:
        return __builtin_cpu_supports("avx2");
    case KERNELS_AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
#else
    case KERNELS_AVX2:
    case KERNELS_AVX512:
        return false;
#endif
    }
    return false;
}

const struct kernel *kernel_for(enum kernels kernels)
{
#if defined __x86_64__
    if (kernels == KERNELS_AVX2 && kernels_available(KERNELS_AVX2))
        return &kernel_avx2;
    if (kernels != KERNELS_BASELINE && kernels != KERNELS_AVX2 && kernels_available(KERNELS_AVX512))
        return &kernel_avx512;
    if (kernels != KERNELS_BASELINE && kernels_available(KERNELS_AVX2))
        return &kernel_avx2;
#else
    (void)kernels;
#endif
    return &kernel_baseline;
}
