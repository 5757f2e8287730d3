// As tests/property/test_coverage.c, with more seeds, shares, dimensions and futures; prints the rates.
#include <criterion/criterion.h>
#include <stdio.h>

#include "tests/support/coverage.h"

enum { FIRST_SEED = 700000 };

static void check(const struct coverage_case *it, unsigned seeds)
{
    double width;
    const unsigned missed = coverage_misses(it, FIRST_SEED, seeds, &width);
    printf("%-8s %-7s %2u dimensions, %5g, %6u futures: %4.1f %% of %u missed, mean width %.3g\n", wanted_names[it->wanted],
           shape_names[it->shape], it->dimensions, it->share, it->futures, 100.0 * missed / seeds, seeds, width);
    cr_expect_leq(missed, coverage_allowed(seeds), "%s of %s in %u dimensions, %g: %u of %u missed, seeds from %d", wanted_names[it->wanted],
                  shape_names[it->shape], it->dimensions, it->share, missed, seeds, FIRST_SEED);
}

static void check_all(unsigned futures, unsigned seeds)
{
    const double shares[] = {0.001, 0.003, 0.01, 0.05, 0.1, 0.37, 0.5, 0.9, 0.99, 0.999};
    const unsigned dimensions[] = {1, 2, 5, 12, 40};
    for (enum wanted wanted = 0; wanted < WANTED_COUNT; wanted++)
        for (enum shape shape = 0; shape < SHAPE_COUNT; shape++)
            for (size_t d = 0; d < sizeof dimensions / sizeof *dimensions; d++)
                for (size_t s = 0; s < sizeof shares / sizeof *shares; s++) {
                    const bool many = wanted < WANTED_MEAN || shape == SHAPE_OBLIQUE, once = wanted == WANTED_MEAN || shape == SHAPE_PARITY;
                    const struct coverage_case it = {shape, wanted, dimensions[d], shares[s], 0.3, futures};
                    if (many && (!once || s == 0) && (shape != SHAPE_BALL || dimensions[d] == 2))
                        check(&it, seeds);
                }
}

Test(coverage_wide, of_1024_futures)
{
    check_all(1024, 1000);
}

Test(coverage_wide, of_8192_futures)
{
    check_all(8192, 150);
}
