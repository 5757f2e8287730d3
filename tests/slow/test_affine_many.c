// A hundred times as many random programs as tests/property/test_affine.c, on two threads' worth of seeds.
#include <criterion/criterion.h>

#include "tests/support/affine_check.h"
#include "tests/support/random.h"

static void check_many(uint64_t seed)
{
    const struct affine_checks checks = affine_check_programs(seed, 200000, 8);
    cr_assert(checks.values > 10000000 && checks.changes > 1000000, "seed %llu: %zu, %zu", (unsigned long long)seed, checks.values, checks.changes);
}

Test(affine_many, programs_stay_within_their_forms)
{
    check_many(random_seed() + 1);
}

Test(affine_many, so_do_others)
{
    check_many(random_seed() + 2);
}
