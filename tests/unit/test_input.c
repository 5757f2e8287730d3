// Inputs: every form of right side, its units, its clauses, and the mistakes in them.
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "dsl/check_input.h"
#include "tests/support/checked.h"

static struct checked checked;

static void tear_down(void)
{
    checked_free(&checked);
}
TestSuite(input, .fini = tear_down);

static const struct input *input(const char *source)
{
    checked_make(&checked, source);
    cr_assert_eq(checked.diags->error_count, 0, "%s: %s", source, checked_codes(&checked));
    const struct input *x = checked_input(&checked, "x");
    cr_assert_not_null(x);
    return x;
}

static const struct distribution *law(const char *source)
{
    return &input(source)->instances[0].points[0].law;
}

static void expect_code(const char *source, const char *code)
{
    checked_make(&checked, source);
    cr_expect(checked_has(&checked, code), "wanted %s, got %s for %s", code, checked_codes(&checked), source);
    checked_free(&checked);
}

#define WEEK "index node = n7, n5\nindex actor = us, china\n"

Test(input, every_form_has_its_law)
{
    static const struct {
        const char *source;
        enum law law;
        double a, b, c;
    } rows[] = {
        {"input x = 5", LAW_KNOWN, 5, 0, 0},
        {"input x = 30%", LAW_KNOWN, 0.3, 0, 0},
        {"input x = 2 .. 6", LAW_BOUNDS, 2, 6, 4},
        {"input x = 2 .. 6 .. 6", LAW_BOUNDS, 2, 6, 6},
        {"input x = -2 .. 6", LAW_BOUNDS, -2, 6, 2},
        {"input x = -2 to 6", LAW_SPREAD_NORMAL, -2, 6, 0},
        {"input x = 2 to 6", LAW_SPREAD_LOGNORMAL, 2, 6, 0},
        {"input x = 0 to 6", LAW_SPREAD_ZERO, 0, 6, 0},
        {"input x = -1 to 1 to 6", LAW_SPREAD_TWO_NORMAL, -1, 6, 1},
        {"input x = 1 to 2 to 6", LAW_SPREAD_TWO_LOGNORMAL, 1, 6, 2},
        {"input x = 0 to 2 to 6", LAW_SPREAD_TWO_ZERO, 0, 6, 2},
        {"input x = uniform(1, 3)", LAW_UNIFORM, 1, 3, 0},
        {"input x = triangular(1, 2, 3)", LAW_TRIANGULAR, 1, 3, 2},
        {"input x = pert(1, 1, 3)", LAW_PERT, 1, 3, 1},
        {"input x = normal(1, 3)", LAW_NORMAL, 1, 3, 0},
        {"input x = lognormal(2, 1.5)", LAW_LOGNORMAL, 2, 1.5, 0},
        {"input x = beta(2, 5)", LAW_BETA, 2, 5, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct distribution *got = law(rows[i].source);
        cr_expect_eq(got->law, rows[i].law, "%s is %s", rows[i].source, law_table[got->law].id);
        cr_expect(got->a == rows[i].a && got->b == rows[i].b && got->c == rows[i].c, "%s: %g %g %g", rows[i].source, got->a, got->b, got->c);
        checked_free(&checked);
    }
    checked_make(&checked, "");
}

Test(input, units_cover_and_convert)
{
    static const struct {
        const char *source;
        double a, b;
    } rows[] = {
        {"input x : 1/cm^2 = 0.1 to 0.2", 1e3, 2e3},
        {"input x = 3k to 6k wafer/year", 3e3 / SECONDS_A_YEAR, 6e3 / SECONDS_A_YEAR},
        {"input x : wafer/month = 3k to 6k wafer/year", 3e3 / SECONDS_A_YEAR, 6e3 / SECONDS_A_YEAR},
        {"input x : km = 1 .. 2", 1e3, 2e3},
        {"input x : km = 500 m .. 2 km", 500, 2e3},
        {"input x : 1/year = 5% .. 10%", 0.05 / SECONDS_A_YEAR, 0.1 / SECONDS_A_YEAR},
        {"input x : fraction = 0.2 .. 60%", 0.2, 0.6},
        {"input x : date = 2026-06 .. 2028", 2026 * SECONDS_A_YEAR + 5 * SECONDS_A_YEAR / 12, 2028 * SECONDS_A_YEAR},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct distribution *got = law(rows[i].source);
        cr_expect_float_eq(got->a / rows[i].a, 1, 1e-12, "%s: %g", rows[i].source, got->a);
        cr_expect_float_eq(got->b / rows[i].b, 1, 1e-12, "%s: %g", rows[i].source, got->b);
        checked_free(&checked);
    }
    checked_make(&checked, "");
}

Test(input, dates_spread_evenly)
{
    const struct distribution *got = law("input x : date = 2026 to 2028 to 2035");
    cr_expect_eq(got->law, LAW_SPREAD_TWO_NORMAL);
    checked_free(&checked);
    got = law("input x : date = normal(2027, 2 year)");
    cr_expect_eq(got->b, 2 * SECONDS_A_YEAR);
}

Test(input, choices_weigh_truths_members_numbers_and_dates)
{
    const struct distribution *got = law("input x : truth = choice(yes: 10%, no: 90%)");
    cr_assert_eq(got->choice_count, 2);
    cr_expect(got->values[0] == 1 && got->values[1] == 0);
    cr_expect_float_eq(got->weights[1], 0.9, 1e-15);
    checked_free(&checked);
    got = law(WEEK "input x : node = choice(n5, n7)");
    cr_expect(got->law == LAW_POSSIBLE && got->values[0] == 1 && got->values[1] == 0);
    cr_expect(checked_input(&checked, "x")->instances[0].bounds_only);
    checked_free(&checked);
    got = law(WEEK "input x = choice(n5: 40%, n7: 60%)");
    cr_expect(got->law == LAW_CHOICE && checked_input(&checked, "x")->type.kind == KIND_MEMBER);
    checked_free(&checked);
    got = law("input x : date = choice(2027: 50%, 2028Q1: 50%)");
    cr_expect_eq(got->values[1], 2028 * SECONDS_A_YEAR);
}

Test(input, levels_come_from_the_clause_or_the_file)
{
    cr_expect_eq(law("input x = 1 to 2")->level, 0.9);
    checked_free(&checked);
    cr_expect_eq(law("input x = 1 to 2 interval 80%")->level, 0.8);
    checked_free(&checked);
    cr_expect_eq(law("default interval 50%\ninput x = 1 to 2")->level, 0.5);
}

Test(input, tables_and_members_fill_instances)
{
    const struct input *x = input(WEEK "input x[a in actor, n in node] : USD = (china: (n5: 4, n7: 3), us: 1 to 2)");
    cr_assert_eq(x->instance_count, 4);
    cr_expect(text_is(x->instances[3].name, "x[china, n5]"));
    cr_expect_eq(x->instances[3].points[0].law.a, 4);
    cr_expect_eq(x->instances[2].points[0].law.a, 3);
    cr_expect_eq(x->instances[0].points[0].law.b, 2);
    cr_expect_eq(x->instances[1].points, x->instances[0].points);
    checked_free(&checked);
    x = input(WEEK "input x[n5] : 1/cm^2 = 0.3\ninput x[n7] : 1/cm^2 = 0.1 to 0.2\n");
    cr_assert_eq(x->instance_count, 2);
    cr_expect(text_is(x->instances[0].name, "x[n7]"));
    cr_expect_eq(x->instances[0].points[0].law.law, LAW_SPREAD_LOGNORMAL);
    cr_expect_eq(x->instances[1].points[0].law.law, LAW_KNOWN);
    checked_free(&checked);
    x = input(WEEK "input x[n5] = 0.3\n");
    cr_expect_not_null(x->instances[0].missing);
    cr_expect_null(x->instances[1].missing);
}

Test(input, paths_stand_at_the_end_of_their_periods)
{
    const struct input *x = input("timeline 2025 .. 2028 by quarter\ninput x : wafer/month = interpolate(2025: 15k to 20k to 45k, 2026Q2: 30k, hold)");
    const struct input_instance *path = &x->instances[0];
    cr_assert_eq(path->point_count, 2);
    cr_expect(path->hold && path->logarithmic);
    cr_expect_eq(path->points[0].instant, 2026 * SECONDS_A_YEAR);
    cr_expect_eq(path->points[1].instant, 2026.5 * SECONDS_A_YEAR);
    checked_free(&checked);
    x = input("timeline 2025 .. 2028 by quarter\ninput x = interpolate(2025: 0 to 2, 2026: 3)");
    cr_expect_not(x->instances[0].logarithmic);
}

Test(input, data_is_missing_and_says_so)
{
    const struct input *x = input(WEEK "input x[a in actor] : USD/year = data \"capex.{a}\"");
    cr_assert_not_null(x->instances[1].missing);
    cr_expect_not_null(strstr(x->instances[1].missing, "\"capex.china\""), "%s", x->instances[1].missing);
}

Test(input, clauses_are_kept)
{
    const struct input *x = input("source s \"S\"\ninput y = 1 to 2\ninput x = 1 to 2 \"Text\" cite s as of 2025-04 expires 2026-12-31 varies by year correlated with y -0.5 basis guess\n"
                                  "timeline 2025 .. 2028 by quarter");
    cr_expect_eq(x->cite_count, 1);
    cr_expect_eq(x->as_of, 2025.25 * SECONDS_A_YEAR);
    cr_expect_float_eq(x->expires, 2027 * SECONDS_A_YEAR, 1e-3);
    cr_expect_eq(x->varies, SECONDS_A_YEAR);
    cr_expect(x->has_basis && x->basis == BASIS_GUESS);
    cr_expect_eq(x->instances[0].other, checked_input(&checked, "y"));
    cr_expect_eq(x->instances[0].correlation, -0.5);
    checked_free(&checked);
    x = input("input x = normal(1, 1) within 0 .. 5\n");
    cr_expect_eq(x->instances[0].points[0].law.cut_low, 0);
    cr_expect(checked_has(&checked, "W720"));
}

Test(input, mistakes_are_told)
{
    static const char *const rows[][2] = {
        {"input x = 3 .. 2", "E501"}, {"input x = 3 to 3", "E501"}, {"input x = 1 .. 5 .. 4", "E501"}, {"input x = 3 .. 1 .. 5", "E501"}, {"input x = 1 .. 5 .. 4", "E501"},
        {"input x = 10 .. 30%", "E501"}, {"input x = uniform(3, 1)", "E501"}, {"input x = triangular(1, 5, 3)", "E501"},
        {"input x = normal(1, 0)", "E502"}, {"input x = lognormal(-1, 2)", "E502"}, {"input x = lognormal(1, 0.5)", "E502"}, {"input x = beta(0, 1)", "E502"},
        {"input x = uniform(1)", "E502"}, {"input x : km = beta(1, 2)", "E505"}, {"input x : truth = 0 to 1", "E505"}, {"input x : date = lognormal(2027, 2)", "E505"},
        {"input x = choice(1: 50%, 2: 60%)", "E503"}, {"input x = choice(1: 50%, 2)", "E503"}, {"input x = choice(1: 150%, 2: -50%)", "E503"}, {"input x = choice(1, 1)", "E504"},
        {"input x[n in node] = (n7: 1)", "E506"}, {"input x[n in node] = (n7: 1, n5: 2, n7: 3)", "E506"}, {"input x = (n7: 1)", "E506"}, {"input x[n3] = 1", "E506"},
        {"input x[n7] = 1\ninput x[n7] = 2", "E506"}, {"input x = interpolate(2026: 1, 2025: 2)", "E507"}, {"input x : date = interpolate(2026: 2027)", "E507"},
        {"input x = 1 to 2 correlated with x 0.5", "E508"}, {"input y = 1 to 2\ninput x = 1 to 2 correlated with y 2", "E508"}, {"input y = 1 .. 2\ninput x = 1 to 2 correlated with y 0.5", "E508"},
        {"input y = 1 to 2 correlated with x 0.5\ninput x = 1 to 2 correlated with y 0.5", "E508"}, {"input x : fraction = 1.2", "E509"}, {"input x : fraction = 0.5 .. 1.2", "E509"},
        {"input x = 5 within 0 .. 1", "E509"}, {"input x = 10 to 11 within 0 .. 1", "E509"}, {"input x = 1 to 2 interval 100%", "E510"}, {"input x = 1 to 2 basis rumour", "E510"},
        {"input x = data \"a.b\"", "E511"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char source[300];
        snprintf(source, sizeof source, "%s%s\nclaim c : 1 < 2\n", WEEK, rows[i][0]);
        expect_code(source, rows[i][1]);
    }
    checked_make(&checked, "");
}

// The quantile is the inverse of the share, and the ends of a spread hold their level between them.
Test(input, shares_and_quantiles_agree)
{
    const struct distribution laws[] = {
        {.law = LAW_SPREAD_NORMAL, .a = -1, .b = 3, .level = 0.9},
        {.law = LAW_SPREAD_LOGNORMAL, .a = 1, .b = 30, .level = 0.8},
        {.law = LAW_SPREAD_TWO_NORMAL, .a = -1, .b = 9, .c = 1, .level = 0.9},
        {.law = LAW_SPREAD_TWO_LOGNORMAL, .a = 1, .b = 90, .c = 3, .level = 0.9},
        {.law = LAW_UNIFORM, .a = 1, .b = 3},
        {.law = LAW_TRIANGULAR, .a = 1, .b = 3, .c = 3},
        {.law = LAW_PERT, .a = 1, .b = 5, .c = 2},
        {.law = LAW_NORMAL, .a = 1, .b = 3},
        {.law = LAW_LOGNORMAL, .a = 2, .b = 3},
        {.law = LAW_BETA, .a = 2, .b = 5},
        {.law = LAW_BETA, .a = 0.5, .b = 0.5},
    };
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++) {
        for (double p = 0.05; p < 1; p += 0.15)
            cr_expect_float_eq(law_share_below(&laws[i], law_quantile(&laws[i], p)), p, 1e-9, "law %zu at %g", i, p);
        if (laws[i].level > 0)
            cr_expect_float_eq(law_share_below(&laws[i], laws[i].b) - law_share_below(&laws[i], laws[i].a), laws[i].level, 1e-9);
    }
    // Known values: the beta law with shapes 2 and 5 has 1 - 6 * 0.5^5 + 5 * 0.5^6 = 0.890625 below one half.
    cr_expect_float_eq(law_share_below(&laws[9], 0.5), 0.890625, 1e-12);
    cr_expect_float_eq(law_share_below(&laws[7], 1 + 3 * 1.6448536269514722), 0.95, 1e-12);
    checked_make(&checked, "");
}
