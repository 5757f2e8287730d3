// 10^5 points of every operator against MPFI; tests/slow/test_enclose_many.c has a thousand times as many in all.
#include <criterion/criterion.h>

#include "engine/kernel.h"
#include "tests/support/box_oracle.h"
#include "tests/support/random.h"

Test(enclose_oracle, true_values_lie_inside)
{
    uint64_t state = random_seed();
    for (size_t i = 0; i < box_operator_count; i++) {
        enum kernels kernels = (enum kernels)(KERNELS_BASELINE + i % 3); // bits are equal: tests/property/test_enclose.c
        const char *wrong = box_oracle(box_operators[i], kernels_available(kernels) ? kernels : KERNELS_BEST, 100000, &state);
        cr_expect(wrong == NULL, "%s", wrong);
    }
}
