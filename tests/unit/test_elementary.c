#include "base/elementary.h"

#include <criterion/criterion.h>
#include <math.h>
#include <mpfr.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- random points ----------------------------------------------------------------------------------------------------------

static uint64_t next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static double between(uint64_t *state, double low, double high)
{
    return low + (high - low) * ((double)(next(state) >> 11) * 0x1p-53);
}

// ---- the error in units in the last place, against MPFR -----------------------------------------------------------------------

enum function { EXP, LOG, LOG10, POW };

static double computed(enum function f, double x, double y)
{
    return f == EXP ? elementary_exp(x) : f == LOG ? elementary_log(x) : f == LOG10 ? elementary_log10(x) : elementary_pow(x, y);
}

static double error_of(enum function f, double x, double y)
{
    mpfr_t a, b, exact;
    mpfr_inits2(160, a, b, exact, (mpfr_ptr)0);
    mpfr_set_d(a, x, MPFR_RNDN);
    mpfr_set_d(b, y, MPFR_RNDN);
    if (f == EXP)
        mpfr_exp(exact, a, MPFR_RNDN);
    else if (f == LOG)
        mpfr_log(exact, a, MPFR_RNDN);
    else if (f == LOG10)
        mpfr_log10(exact, a, MPFR_RNDN);
    else
        mpfr_pow(exact, a, b, MPFR_RNDN);
    double reference = fabs(mpfr_get_d(exact, MPFR_RNDN)), ulp = nextafter(reference, INFINITY) - reference;
    mpfr_sub_d(exact, exact, computed(f, x, y), MPFR_RNDN);
    double error = fabs(mpfr_get_d(exact, MPFR_RNDN)) / ulp;
    mpfr_clears(a, b, exact, (mpfr_ptr)0);
    return error;
}

struct range {
    enum function f;
    double low, high;         // of x; of log x for LOG and POW
    double y_low, y_high;
    double bound;
};

static const struct range ranges[] = {
    {EXP, -708, 709.7, 0, 0, 1.1},   {EXP, -2, 2, 0, 0, 1.1},          {EXP, -0.36, 0.36, 0, 0, 1.1},
    {LOG, -708, 709, 0, 0, 1.0},     {LOG, -0.4, 0.4, 0, 0, 1.0},      {LOG, -0.001, 0.001, 0, 0, 1.0},
    {LOG10, -708, 709, 0, 0, 4},     {LOG10, -0.4, 0.4, 0, 0, 4},      {LOG10, -0.001, 0.001, 0, 0, 4},
    {POW, -5, 12, -1, 1, 1.7},       {POW, -690, 690, -1, 1, 1.7},     {POW, -0.7, 0.7, -1, 1, 1.7},
    {POW, -5, 12, -0.6, -0.5, 1.7},  {POW, -5, 12, -4, 4, 1.7},        {POW, -100, 100, 1, 7, 1.1},
    {POW, -0.2, 0.2, 1, 1500, 1.1},  {POW, -0.001, 0.001, -1e5, -1, 1.1},
};

#ifndef ROUNDS
#define ROUNDS 2000
#endif

static double worst_in(const struct range *range, uint64_t *state, double *x_worst, double *y_worst)
{
    double worst = 0;
    for (int i = 0; i < ROUNDS; i++) {
        double x = between(state, range->low, range->high), y = between(state, range->y_low, range->y_high);
        if (range->f != EXP)
            x = exp(x);
        double error = error_of(range->f, x, y);
        if (error > worst) {
            worst = error;
            *x_worst = x;
            *y_worst = y;
        }
    }
    return worst;
}

Test(elementary, errors_are_within_the_stated_bounds)
{
    uint64_t state = 88172645463325252u;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        double x = 0, y = 0, worst = worst_in(&ranges[i], &state, &x, &y);
        if (getenv("SHOW"))
            fprintf(stderr, "%d [%g, %g] [%g, %g]: %.3f at (%a, %a)\n", (int)ranges[i].f, ranges[i].low, ranges[i].high,
                    ranges[i].y_low, ranges[i].y_high, worst, x, y);
        cr_expect(worst <= ranges[i].bound, "range %zu: %.3f ulp at (%a, %a)", i, worst, x, y);
    }
}

// ---- special cases ------------------------------------------------------------------------------------------------------------

static void expect_same(double got, double want, const char *what)
{
    if (isnan(want))
        cr_expect(isnan(got), "%s is %a, not NaN", what, got);
    else
        cr_expect(memcmp(&got, &want, sizeof got) == 0, "%s is %a, not %a", what, got, want);
}

#define SAME(call, want) expect_same(call, want, #call)

Test(elementary, exp_is_right_at_the_ends)
{
    SAME(elementary_exp(0.0), 1.0);
    SAME(elementary_exp(-0.0), 1.0);
    SAME(elementary_exp(INFINITY), INFINITY);
    SAME(elementary_exp(-INFINITY), 0.0);
    SAME(elementary_exp(709.79), INFINITY);
    SAME(elementary_exp(1e300), INFINITY);
    SAME(elementary_exp(-745.2), 0.0);
    SAME(elementary_exp(-745.0), 0x1p-1074);
    SAME(elementary_exp(NAN), NAN);
    cr_expect_lt(fabs(elementary_exp(-720.0) / exp(-720.0) - 1), 1e-8);
    cr_expect(isfinite(elementary_exp(709.78)));
}

Test(elementary, log10_is_exact_at_powers_of_ten)
{
    for (int i = -307; i <= 308; i++) {
        char text[16];
        snprintf(text, sizeof text, "1e%d", i);
        double power = strtod(text, NULL);
        cr_expect_eq(elementary_log10(power), i, "log10 of %s is %a", text, elementary_log10(power));
        // Next to it within the stated four units; near 1 too, where the logarithm is small.
        cr_expect_lt(error_of(LOG10, nextafter(power, INFINITY), 0), 4, "after %s", text);
        cr_expect_lt(error_of(LOG10, power * (1 - 1e-15), 0), 4, "before %s", text);
    }
    SAME(elementary_log10(0.0), -INFINITY);
    SAME(elementary_log10(INFINITY), INFINITY);
    SAME(elementary_log10(-1.0), NAN);
    SAME(elementary_log10(NAN), NAN);
}

Test(elementary, log_is_right_at_the_ends)
{
    SAME(elementary_log(1.0), 0.0);
    SAME(elementary_log(0.0), -INFINITY);
    SAME(elementary_log(-0.0), -INFINITY);
    SAME(elementary_log(INFINITY), INFINITY);
    SAME(elementary_log(-1.0), NAN);
    SAME(elementary_log(-INFINITY), NAN);
    SAME(elementary_log(NAN), NAN);
    SAME(elementary_log(0x1p-1074), log(0x1p-1074));
    SAME(elementary_log(0x1.8p-1030), log(0x1.8p-1030));
}

// C's pow, but for NaN, which spreads here, and minus infinity to a fraction.
static double expected_pow(double x, double y)
{
    if (isnan(x) || isnan(y) || (isinf(x) && x < 0 && floor(y) != y))
        return NAN;
    return pow(x, y);
}

Test(elementary, pow_is_right_where_it_is_exact_or_has_no_value)
{
    static const double values[] = {0.0, 1.0, 2.0,    3.0,     0.5,      4.0,   1e300,   0x1p-1074, 0x1p-1022, INFINITY,
                                    10.0, 7.0, 0x1p60, 0x1p61, 1e308, 0x1.fffffffffffffp1023, 0x1p53, 0x1.8p1, 1.5, 1e-300};
    enum { COUNT = sizeof values / sizeof *values };
    for (int i = 0; i < 2 * COUNT; i++)
        for (int j = 0; j < 2 * COUNT; j++) {
            double x = i < COUNT ? values[i] : -values[i - COUNT], y = j < COUNT ? values[j] : -values[j - COUNT];
            double got = elementary_pow(x, y), want = expected_pow(x, y);
            bool close = fabs(got - want) <= 4e-16 * fabs(want) + 0x1p-1074;
            cr_expect((isnan(got) && isnan(want)) || (got == want && signbit(got) == signbit(want)) || close,
                      "%a ^ %a is %a, not %a", x, y, got, want);
        }
    SAME(elementary_pow(0.0, 0.0), 1.0);
    SAME(elementary_pow(-8.0, 3.0), -512.0);
    SAME(elementary_pow(-8.0, 2.0), 64.0);
    SAME(elementary_pow(-8.0, 1.0 / 3.0), NAN);
    SAME(elementary_pow(10.0, 3.0), 1000.0);
    SAME(elementary_pow(10.0, -2.0), 0.01);
    SAME(elementary_pow(4.0, 0.5), 2.0);
    SAME(elementary_pow(NAN, 0.0), NAN);
    SAME(elementary_pow(1.0, NAN), NAN);
    SAME(elementary_pow(1.1, 1e5), INFINITY);
    SAME(elementary_pow(1.1, -1e5), 0.0);
    SAME(elementary_pow(1.0, 1e300), 1.0);
}

Test(elementary, whole_parts_are_those_of_the_library)
{
    static const double values[] = {0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.5, 3.0, 0x1.fffffffffffffp-2, 0x1.fffffffffffffp51,
                                    0x1p52, 0x1.8p51, 0x1p53, 1e300, 0x1p-1074, INFINITY};
    for (size_t i = 0; i < 2 * sizeof values / sizeof *values; i++) {
        double x = i % 2 == 0 ? values[i / 2] : -values[i / 2];
        expect_same(elementary_floor(x), floor(x), "floor");
        expect_same(elementary_ceil(x), ceil(x), "ceil");
        expect_same(elementary_round(x), nearbyint(x), "round");
    }
    SAME(elementary_floor(NAN), NAN);
    SAME(elementary_ceil(NAN), NAN);
    SAME(elementary_round(NAN), NAN);
}

Test(elementary, no_value_spreads_out_of_min_and_max)
{
    SAME(elementary_min(1.0, NAN), NAN);
    SAME(elementary_min(NAN, 1.0), NAN);
    SAME(elementary_max(1.0, NAN), NAN);
    SAME(elementary_max(NAN, 1.0), NAN);
    SAME(elementary_min(1.0, 2.0), 1.0);
    SAME(elementary_max(1.0, 2.0), 2.0);
    SAME(elementary_min(-INFINITY, 2.0), -INFINITY);
    SAME(elementary_sqrt(2.0), sqrt(2.0));
    SAME(elementary_sqrt(-1.0), NAN);
}
