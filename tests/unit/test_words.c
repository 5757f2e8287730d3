#include "report/words.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/program.h"

static struct arena arena;

static void setup(void)
{
    arena_init(&arena, &system_allocator, NULL);
}

static void teardown(void)
{
    arena_reset(&arena);
}

TestSuite(words, .init = setup, .fini = teardown);

// With ordinary blanks, as a reader sees it.
static const char *plain(struct buffer *out)
{
    for (size_t i = 0; i < out->length; i++)
        if (out->at[i] == WORDS_JOIN)
            out->at[i] = ' ';
    return buffer_text(out).at;
}

static const char *percent(double share, int decimals)
{
    struct buffer out = buffer_on(&arena);
    words_percent(&out, share, decimals);
    return plain(&out);
}

Test(words, percentages)
{
    cr_assert_str_eq(percent(0.71, 0), "71 %");
    cr_assert_str_eq(percent(0.704, 1), "70.4 %");
    cr_assert_str_eq(percent(0, 0), "0 %");
    cr_assert_str_eq(percent(1, 0), "100 %");
}

Test(words, a_probability_never_rounds_to_certainty)
{
    cr_assert_str_eq(percent(0.9998, 0), "99.98 %");
    cr_assert_str_eq(percent(0.996, 0), "99.6 %");
    cr_assert_str_eq(percent(0.00001, 0), "0.001 %");
    cr_assert_str_eq(percent(0.994, 0), "99 %");
    for (double share = 0.5; share > 1e-11; share /= 3) {
        cr_assert_str_neq(percent(share, 0), "0 %", "%a", share);
        cr_assert_str_neq(percent(1 - share, 1), "100 %", "%a", share);
    }
}

static const char *count(uint64_t number)
{
    struct buffer out = buffer_on(&arena);
    words_count(&out, number);
    return plain(&out);
}

Test(words, counts)
{
    cr_assert_str_eq(count(0), "0");
    cr_assert_str_eq(count(999), "999");
    cr_assert_str_eq(count(65536), "65 536");
    cr_assert_str_eq(count(1000000), "1 000 000");
}

static const char *date(double years)
{
    struct buffer out = buffer_on(&arena);
    words_date(&out, years * SECONDS_A_YEAR);
    return plain(&out);
}

Test(words, dates)
{
    cr_assert_str_eq(date(2027), "2027-01");
    cr_assert_str_eq(date(2027 + 3.0 / 12), "2027-04");
    cr_assert_str_eq(date(2027 + 11.0 / 12), "2027-12");
    cr_assert_str_eq(date(2027 + 3.5 / 12), "2027-04-16");
    cr_assert_str_eq(date(2027 + (1 + 14.0 / 28) / 12), "2027-02-15");
    cr_assert_str_eq(date(2027 + (1 + 27.9 / 28) / 12), "2027-02-28");
    cr_assert_str_eq(date(2028 + (1 + 28.5 / 29) / 12), "2028-02-29");
    cr_assert_str_eq(date(2027 + 30.0 / 31 / 12), "2027-01-31");
    cr_assert_str_eq(date(INFINITY), "never");
    for (int month = 0; month < 12 * 50; month++) {
        char expected[16];
        snprintf(expected, sizeof expected, "%d-%02d", 2000 + month / 12, month % 12 + 1);
        cr_assert_str_eq(date((2000 * 12 + month) / 12.0), expected);
    }
}

static const char *margin(enum kind kind, double left, double right)
{
    const struct program program = {0};
    const struct type type = {.kind = kind, .fraction = false, .shown = NULL};
    struct buffer out = buffer_on(&arena);
    words_margin(&out, &program, &type, left, right);
    return plain(&out);
}

Test(words, margins)
{
    cr_assert_str_eq(margin(KIND_QUANTITY, 7.9, 5), "+58 %");
    cr_assert_str_eq(margin(KIND_QUANTITY, 4.2, 5), "-16 %");
    cr_assert_str_eq(margin(KIND_QUANTITY, 50, 5), "10x");
    cr_assert_str_eq(margin(KIND_DATE, 2028.5 * SECONDS_A_YEAR, 2027 * SECONDS_A_YEAR), "+1.5 years");
}
