#include "base/probability.h"
#include "engine/quantile.h"

#include <criterion/criterion.h>
#include <math.h>
#include <mpfr.h>
#include <stdio.h>

#include "engine/evaluate.h"
#include "engine/lanes_random.h"

// ---- Philox -----------------------------------------------------------------------------------------------------------------

// The known answers of the authors' Random123.
Test(random, philox_gives_the_known_answers)
{
    static const struct {
        uint32_t counter[4], key[2], answer[4];
    } known[] = {
        {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
        {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
         {0xffffffff, 0xffffffff},
         {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
        {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
         {0xa4093822, 0x299f31d0},
         {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
    };
    for (size_t i = 0; i < 3; i++) {
        struct philox x = {{known[i].counter[0], known[i].counter[1], known[i].counter[2], known[i].counter[3]}};
        x = philox_rounds(x, (uint64_t)known[i].key[1] << 32 | known[i].key[0]);
        for (int w = 0; w < 4; w++)
            cr_expect_eq((uint32_t)x.words[w], known[i].answer[w], "case %zu word %d", i, w);
    }
}

Test(random, uniform_numbers_are_the_same_everywhere)
{
    cr_expect(future_uniform(0, 0, 0) == (((double)(((uint64_t)0xe169c58d << 32 | 0x6627e8d5) >> 12) + 0.5) * 0x1p-52));
    cr_expect(future_uniform(1, 2, 3) != future_uniform(1, 3, 2));
    double sum = 0, squares = 0;
    enum { COUNT = 100000 };
    for (uint64_t i = 0; i < COUNT; i++) {
        double u = future_uniform(7, i, 11);
        cr_assert(u > 0 && u < 1);
        sum += u;
        squares += u * u;
    }
    cr_expect_float_eq(sum / COUNT, 0.5, 0.004);
    cr_expect_float_eq(squares / COUNT, 1.0 / 3, 0.004);
}

// ---- the normal law -----------------------------------------------------------------------------------------------------------

// Relative error of Phi(z) against MPFR; for z > 0 of 1 - Phi(z) as Phi(-z).
static double probability_error(double z)
{
    mpfr_t x, exact;
    mpfr_inits2(200, x, exact, (mpfr_ptr)0);
    mpfr_set_d(x, -z, MPFR_RNDN);
    mpfr_set_ui(exact, 2, MPFR_RNDN);
    mpfr_sqrt(exact, exact, MPFR_RNDN);
    mpfr_div(x, x, exact, MPFR_RNDN);
    mpfr_erfc(exact, x, MPFR_RNDN);
    mpfr_div_ui(exact, exact, 2, MPFR_RNDN);
    double reference = mpfr_get_d(exact, MPFR_RNDN);
    mpfr_sub_d(exact, exact, normal_probability_at(z), MPFR_RNDN);
    double error = fabs(mpfr_get_d(exact, MPFR_RNDN)) / reference;
    mpfr_clears(x, exact, (mpfr_ptr)0);
    return error;
}

Test(normal, probabilities_are_accurate_far_into_the_tail)
{
    double worst = 0, at = 0;
    for (double z = -37; z < 8; z += 0.151)
        if (probability_error(z) > worst)
            worst = probability_error(at = z);
    if (getenv("SHOW"))
        fprintf(stderr, "probability: %.3g at %g\n", worst, at);
    cr_expect(worst < 2e-15, "%g at %g", worst, at);
    cr_expect_eq(normal_probability_at(0), 0.5);
    cr_expect_eq(normal_probability_at(-INFINITY), 0);
    cr_expect_eq(normal_probability_at(INFINITY), 1);
    cr_expect(isnan(normal_probability_at(NAN)));
}

// z is off by the error of Phi(z) over its slope: an exact Phi tells the error of the inverse.
static double quantile_error(double u)
{
    double z = normal_quantile_at(u);
    mpfr_t x, two, exact;
    mpfr_inits2(200, x, two, exact, (mpfr_ptr)0);
    mpfr_set_d(x, -z, MPFR_RNDN);
    mpfr_sqrt_ui(two, 2, MPFR_RNDN);
    mpfr_div(x, x, two, MPFR_RNDN);
    mpfr_erfc(exact, x, MPFR_RNDN);
    mpfr_div_ui(exact, exact, 2, MPFR_RNDN);
    mpfr_sub_d(exact, exact, u, MPFR_RNDN);
    double error = fabs(mpfr_get_d(exact, MPFR_RNDN)) / (exp(-0.5 * z * z) / sqrt(2 * M_PI)) / fabs(z);
    mpfr_clears(x, two, exact, (mpfr_ptr)0);
    return error;
}

Test(normal, quantiles_are_accurate_far_into_the_tail)
{
    double worst = 0, at = 0;
    for (double u = 0.0003; u < 1; u += 0.0037)
        if (quantile_error(u) > worst)
            worst = quantile_error(at = u);
    for (double u = 0.49; u > 1e-300; u *= 0.31)
        if (quantile_error(u) > worst)
            worst = quantile_error(at = u);
    if (getenv("SHOW"))
        fprintf(stderr, "quantile: %.3g at %g\n", worst, at);
    cr_expect(worst < 1.5e-15, "%g at %g", worst, at);
    cr_expect_eq(normal_quantile_at(0.5), 0);
    cr_expect_eq(normal_quantile_at(0), -INFINITY);
    cr_expect_eq(normal_quantile_at(1), INFINITY);
    cr_expect(isnan(normal_quantile_at(-0.1)) && isnan(normal_quantile_at(1.1)) && isnan(normal_quantile_at(NAN)));
    cr_expect_eq(normal_quantile_at(0.25), -normal_quantile_at(0.75));
}

// ---- laws ---------------------------------------------------------------------------------------------------------------------

static double at(struct distribution law, double u)
{
    if (!(law.cut_low < law.cut_high)) {
        law.cut_low = -INFINITY;
        law.cut_high = INFINITY;
    }
    if (law.level == 0)
        law.level = 0.9;
    struct quantile quantile = quantile_of(&law);
    return quantile_at(&quantile, u);
}

static double central(struct distribution law)
{
    law.level = 0.9;
    return distribution_central(&law);
}

static void expect_close(double got, double want, const char *what)
{
    cr_expect(fabs(got - want) <= 1e-12 * (1 + fabs(want)), "%s is %.17g, not %.17g", what, got, want);
}

#define CLOSE(call, want) expect_close(call, want, #call)
#define LAW_IS(name, ...) ((struct distribution){.law = LAW_##name, __VA_ARGS__})

Test(laws, intervals_have_their_ends_at_the_level)
{
    CLOSE(at(LAW_IS(SPREAD_NORMAL, .a = -2, .b = 6), 0.05), -2);
    CLOSE(at(LAW_IS(SPREAD_NORMAL, .a = -2, .b = 6), 0.95), 6);
    CLOSE(at(LAW_IS(SPREAD_NORMAL, .a = -2, .b = 6), 0.5), 2);
    CLOSE(at(LAW_IS(SPREAD_NORMAL, .a = -2, .b = 6, .level = 0.8), 0.1), -2);
    CLOSE(at(LAW_IS(SPREAD_LOGNORMAL, .a = 2, .b = 8), 0.05), 2);
    CLOSE(at(LAW_IS(SPREAD_LOGNORMAL, .a = 2, .b = 8), 0.5), 4);
    CLOSE(at(LAW_IS(SPREAD_LOGNORMAL, .a = 2, .b = 8), 0.95), 8);
    CLOSE(at(LAW_IS(SPREAD_TWO_NORMAL, .a = -1, .b = 9, .c = 1), 0.05), -1);
    CLOSE(at(LAW_IS(SPREAD_TWO_NORMAL, .a = -1, .b = 9, .c = 1), 0.5), 1);
    CLOSE(at(LAW_IS(SPREAD_TWO_NORMAL, .a = -1, .b = 9, .c = 1), 0.95), 9);
    CLOSE(at(LAW_IS(SPREAD_TWO_LOGNORMAL, .a = 0.14, .b = 0.5, .c = 0.22), 0.05), 0.14);
    CLOSE(at(LAW_IS(SPREAD_TWO_LOGNORMAL, .a = 0.14, .b = 0.5, .c = 0.22), 0.5), 0.22);
    CLOSE(at(LAW_IS(SPREAD_TWO_LOGNORMAL, .a = 0.14, .b = 0.5, .c = 0.22), 0.95), 0.5);
}

Test(laws, zero_cuts_the_spread_that_begins_there)
{
    // Of the uncut normal law 5 % lies below 0: the cut law's u is the uncut one's 0.05 + 0.95 u.
    CLOSE(at(LAW_IS(SPREAD_ZERO, .b = 10), 0), 0);
    CLOSE(at(LAW_IS(SPREAD_ZERO, .b = 10), 0.9 / 0.95), 10);
    CLOSE(at(LAW_IS(SPREAD_ZERO, .b = 10), 0.45 / 0.95), 5);
    CLOSE(at(LAW_IS(SPREAD_TWO_ZERO, .b = 10, .c = 2), 0.45 / 0.95), 2);
    CLOSE(central(LAW_IS(SPREAD_ZERO, .b = 10)), 5);
    CLOSE(central(LAW_IS(SPREAD_TWO_ZERO, .b = 10, .c = 2)), 2);
}

Test(laws, named_laws_match_their_closed_forms)
{
    CLOSE(at(LAW_IS(KNOWN, .a = 7), 0.3), 7);
    CLOSE(at(LAW_IS(BOUNDS, .a = 2, .b = 6, .c = 3), 0.25), 3);
    CLOSE(at(LAW_IS(UNIFORM, .a = 2, .b = 6), 0.25), 3);
    CLOSE(at(LAW_IS(UNIFORM, .a = 0.1, .b = 0.7), 1), 0.7);
    CLOSE(at(LAW_IS(TRIANGULAR, .a = 0, .b = 4, .c = 1), 0.25), 1);
    CLOSE(at(LAW_IS(TRIANGULAR, .a = 0, .b = 4, .c = 1), 1), 4);
    CLOSE(at(LAW_IS(TRIANGULAR, .a = 0, .b = 4, .c = 0), 0.75), 2);
    CLOSE(at(LAW_IS(NORMAL, .a = 3, .b = 2), 0.8413447460685429), 5);
    CLOSE(at(LAW_IS(LOGNORMAL, .a = 3, .b = 2), 0.8413447460685429), 6);
    CLOSE(at(LAW_IS(BETA, .a = 1, .b = 1), 0.3), 0.3);
    CLOSE(at(LAW_IS(BETA, .a = 2, .b = 1), 0.49), 0.7);
    CLOSE(at(LAW_IS(BETA, .a = 1, .b = 3), 1 - 0.3 * 0.3 * 0.3), 0.7);
    CLOSE(at(LAW_IS(BETA, .a = 0.5, .b = 0.5), 0.25), pow(sin(M_PI / 8), 2));
    // The mode in the middle makes a symmetric beta law with shapes 3 and 3.
    CLOSE(at(LAW_IS(PERT, .a = 0, .b = 2, .c = 1), 0.5), 1);
    CLOSE(at(LAW_IS(PERT, .a = 0, .b = 1, .c = 0.5), 0.103515625), 0.25);
}

Test(laws, beta_quantiles_invert_their_probabilities)
{
    static const double shapes[] = {0.1, 0.5, 1, 2.5, 7, 60, 4000};
    for (int i = 0; i < 7; i++)
        for (int j = 0; j < 7; j++)
            for (double u = 0.001; u < 1; u += 0.0499) {
                double a = shapes[i], b = shapes[j], x = beta_quantile_at(a, b, u);
                double below = beta_probability_at(a, b, x * (1 - 4e-16)), above = beta_probability_at(a, b, x * (1 + 4e-16));
                cr_expect(below - 2e-12 < u && u < above + 2e-12, "beta(%g, %g) at %g: %g", a, b, u, x);
            }
}

Test(laws, beta_probabilities_have_closed_forms)
{
    for (double x = 0; x <= 1; x += 0.0625) {
        cr_assert_float_eq(beta_probability_at(1, 1, x), x, 1e-14);
        cr_assert_float_eq(beta_probability_at(3, 1, x), x * x * x, 1e-14);
        cr_assert_float_eq(beta_probability_at(1, 4, x), 1 - pow(1 - x, 4), 1e-14);
        cr_assert_float_eq(beta_probability_at(0.5, 0.5, x), 2 / acos(-1.0) * asin(sqrt(x)), 1e-13);
    }
}

Test(laws, beta_quantiles_of_large_shapes_invert)
{
    const double shapes[] = {1, 2, 3, 40, 1000, 65536, 1e6};
    for (size_t i = 0; i < 7; i++)
        for (size_t j = 0; j < 7; j++)
            for (double p = 0.0025; p < 1; p += 0.199) {
                double x = beta_quantile_at(shapes[i], shapes[j], p);
                cr_assert_float_eq(beta_probability_at(shapes[i], shapes[j], x), p, 1e-7, "%g %g %g: %.17g", shapes[i], shapes[j], p, x);
            }
}

Test(laws, choices_have_their_weights)
{
    static const double values[] = {1, 0, 5}, weights[] = {0.2, 0.5, 0.3};
    struct distribution choice = LAW_IS(CHOICE, .choice_count = 3, .values = values, .weights = weights);
    CLOSE(at(choice, 0.19), 1);
    CLOSE(at(choice, 0.21), 0);
    CLOSE(at(choice, 0.71), 5);
    CLOSE(at(choice, 1), 5);
    CLOSE(central(choice), 0);
    struct distribution possible = LAW_IS(POSSIBLE, .choice_count = 3, .values = values);
    CLOSE(at(possible, 0.32), 1);
    CLOSE(at(possible, 0.34), 0);
    CLOSE(at(possible, 0.67), 5);
    CLOSE(central(possible), 1);
}

Test(laws, cut_laws_stay_inside_and_keep_their_shape)
{
    struct distribution law = LAW_IS(NORMAL, .a = 0, .b = 1, .cut_low = -1, .cut_high = 2);
    double low = normal_probability_at(-1), high = normal_probability_at(2);
    CLOSE(at(law, 0), -1);
    CLOSE(at(law, 1), 2);
    CLOSE(at(law, 0.3), normal_quantile_at(low + 0.3 * (high - low)));
    // Far above the median the probabilities left are 1e-15 and less; seen from above they keep their digits.
    struct distribution tail = LAW_IS(NORMAL, .a = 0, .b = 1, .cut_low = 9, .cut_high = INFINITY);
    CLOSE(at(tail, 0), 9);
    CLOSE(at(tail, 0.5), -normal_quantile_at(0.5 * normal_probability_at(-9)));
    struct distribution triangle = LAW_IS(TRIANGULAR, .a = 0, .b = 4, .c = 1, .cut_low = 1, .cut_high = 4);
    CLOSE(at(triangle, 0), 1);
    CLOSE(at(triangle, 0.75), 4 - 3 * 0.5);
    struct distribution beta = LAW_IS(BETA, .a = 2, .b = 1, .cut_low = 0.5, .cut_high = 1);
    CLOSE(at(beta, 0.5), sqrt(0.25 + 0.5 * 0.75));
    CLOSE(distribution_central(&LAW_IS(NORMAL, .a = 5, .b = 1, .cut_low = -1, .cut_high = 2)), 2);
}

Test(laws, quantiles_never_fall)
{
    static const struct distribution laws[] = {
        {.law = LAW_SPREAD_TWO_NORMAL, .a = -1, .b = 9, .c = 1, .level = 0.9, .cut_low = -INFINITY, .cut_high = INFINITY},
        {.law = LAW_SPREAD_LOGNORMAL, .a = 1, .b = 9, .level = 0.9, .cut_low = 2, .cut_high = 3},
        {.law = LAW_PERT, .a = 1, .b = 9, .c = 2, .cut_low = -INFINITY, .cut_high = INFINITY},
        {.law = LAW_TRIANGULAR, .a = 1, .b = 9, .c = 9, .cut_low = -INFINITY, .cut_high = INFINITY},
    };
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++) {
        struct quantile quantile = quantile_of(&laws[i]);
        double before = quantile_at(&quantile, 0);
        for (int k = 1; k <= 1000; k++) {
            double now = quantile_at(&quantile, k / 1000.0);
            cr_expect(now >= before, "law %zu falls at %d", i, k);
            before = now;
        }
    }
}
