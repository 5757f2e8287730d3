// Intervals from replicates hold the truth at their rate: shares, conditional shares, means and quantiles, in 1 to 40
// dimensions. The large version is tests/slow/test_coverage_wide.c. Seeds are fixed: a failure repeats.
#include <criterion/criterion.h>

#include "tests/support/coverage.h"

enum { SEEDS = 60, FIRST_SEED = 3000, FUTURES = 1024 };

static void check(struct coverage_case it)
{
    double width;
    const unsigned missed = coverage_misses(&it, FIRST_SEED, SEEDS, &width);
    cr_expect_leq(missed, coverage_allowed(SEEDS), "%s of %s in %u dimensions, %g: %u of %d missed, seeds from %d", wanted_names[it.wanted],
                  shape_names[it.shape], it.dimensions, it.share, missed, SEEDS, FIRST_SEED);
}

static void check_shapes(enum wanted wanted, double given)
{
    const double shares[] = {0.001, 0.02, 0.5, 0.9, 0.999};
    const unsigned dimensions[] = {1, 5, 40};
    for (enum shape shape = 0; shape < SHAPE_COUNT; shape++)
        for (size_t s = 0; s < sizeof shares / sizeof *shares; s++)
            for (size_t d = 0; d < sizeof dimensions / sizeof *dimensions; d++)
                if (shape != SHAPE_BALL || d == 0)
                    check((struct coverage_case){shape, wanted, shape == SHAPE_BALL ? 2 : dimensions[d], shares[s], given, FUTURES});
}

Test(coverage, of_shares)
{
    check_shapes(WANTED_SHARE, 1);
}

Test(coverage, of_shares_under_a_premise)
{
    check_shapes(WANTED_GIVEN, 0.3);
    check((struct coverage_case){SHAPE_OBLIQUE, WANTED_GIVEN, 5, 0.3, 0.01, FUTURES}); // a handful are relevant
}

Test(coverage, of_means_and_quantiles)
{
    for (unsigned dimensions = 1; dimensions <= 40; dimensions += 13) {
        check((struct coverage_case){SHAPE_OBLIQUE, WANTED_MEAN, dimensions, 0.5, 1, FUTURES});
        check((struct coverage_case){SHAPE_OBLIQUE, WANTED_QUANTILE, dimensions, 0.5, 1, FUTURES});
        check((struct coverage_case){SHAPE_OBLIQUE, WANTED_QUANTILE, dimensions, 0.95, 1, FUTURES});
    }
}
