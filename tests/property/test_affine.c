// Random programs over random boxes: nothing lies outside what engine/affine.h says.
#include <criterion/criterion.h>

#include "tests/support/affine_check.h"
#include "tests/support/random.h"

Test(affine, programs_stay_within_their_forms)
{
    const uint64_t seed = random_seed();
    const struct affine_checks checks = affine_check_programs(seed, 4000, 4);
    cr_assert(checks.values > 100000 && checks.changes > 10000 && checks.missing > 1000, "seed %llu: too little was checked: %zu, %zu, %zu",
              (unsigned long long)seed, checks.values, checks.changes, checks.missing);
}
