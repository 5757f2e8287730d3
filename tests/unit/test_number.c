#include "base/number.h"

#include <criterion/criterion.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"

static bool same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

// The C library, in the C locale of a test program, is the reference.
static void reads_like_strtod(const char *string)
{
    double value = NAN;
    cr_assert(number_read(text_of(string), &value), "%s", string);
    cr_assert(same(value, strtod(string, NULL)), "%s: %a, not %a", string, value, strtod(string, NULL));
}

Test(number, reads_the_hard_ones)
{
    static const char *const cases[] = {
        "0", "000", "0.0", "1", "10", "0.1", "1e0", "1E5", "1e+5", "1e-5", "00012.5000e00003", "123456789012345678",
        "9007199254740993", "9007199254740992.999999999999999999", "9007199254740993.00000000000000000000001",
        "1e22", "1e23", "8.98846567431158e307", "1.7976931348623157e308", "1.7976931348623158e308",
        "1.7976931348623159e308", "179769313486231580793e289", "1e308", "1e309", "1e999", "1e99999999999999999999",
        "2.2250738585072014e-308", "2.2250738585072011e-308", "2.2250738585072012e-308", "4.9406564584124654e-324",
        "2.4703282292062327e-324", "2.4703282292062328e-324", "2.4703282292062329e-324", "1e-323", "3e-324", "2e-324", "1e-999",
        "1e-99999999999999999999", "0e999999999999", "0.000000000000000000000000000000000000000000000000001e40",
        "6.631236846766476e-316", "3.237883913302901e-319", "5.421010862427522e-20", "7.2057594037927933e16",
        "1448997445238699", "0.500000000000000166533453693773481063544750213623046875", "3.518437208883201171875e13",
        "62.5364939768271845828", "8.10109172351e-10", "1.50000000000000011102230246251565",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        reads_like_strtod(cases[i]);
}

Test(number, reads_halfway_points_of_hundreds_of_digits)
{
    char string[1200];
    // The smallest double with all its 751 digits, then a neighbour of 1.
    snprintf(string, sizeof string, "%.1074f", 0x1p-1074);
    reads_like_strtod(string);
    snprintf(string, sizeof string, "%.1000f", nextafter(1, 2));
    reads_like_strtod(string);
    // Halfway between 1 and the next double is 1 + 2^-53: ties to even, and up with any digit behind it.
    char half[1000];
    int length = snprintf(half, sizeof half, "1.00000000000000011102230246251565404236316680908203125");
    reads_like_strtod(half);
    memset(half + length, '0', 900);
    half[length + 900] = '1';
    half[length + 901] = '\0';
    reads_like_strtod(half);
    double value;
    cr_assert(number_read(text_of(half), &value) && value == nextafter(1, 2));
}

Test(number, refuses_what_is_no_number)
{
    static const char *const cases[] = {"",    ".",  ".5",  "5.",   "1e",  "1e+", "1e-", "1.e5", "-1",   "+1",  " 1",   "1 ",
                                        "0x1", "1_0", "inf", "nan", "1.2.3", "1e5.", "1e5e5", "e5", "1ex5", "1,5", "1e+-5"};
    double value = 5;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_assert_not(number_read(text_of(cases[i]), &value), "%s", cases[i]);
}

Test(number, reads_ten_million_digits)
{
    enum { COUNT = 10000000 };
    char *string = malloc(COUNT + 16);
    memset(string, '9', COUNT);
    memcpy(string + COUNT, "e-10000000", 11);
    double value;
    cr_assert(number_read(text_of(string), &value) && value == 1);
    free(string);
}

static uint64_t next_random(uint64_t *state)
{
    *state += 0x9e3779b97f4a7c15;
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

Test(number, reads_random_decimals_like_the_library)
{
    uint64_t state = 20;
    for (int i = 0; i < 5000; i++) {
        char string[64];
        int exponent = (int)(next_random(&state) % 680) - 350;
        snprintf(string, sizeof string, "%llu.%llue%d", (unsigned long long)(next_random(&state) >> (i % 60)),
                 (unsigned long long)next_random(&state), exponent);
        reads_like_strtod(string);
    }
}

static const char *exact(struct arena *arena, double value)
{
    struct buffer buffer = buffer_on(arena);
    number_write_exact(&buffer, value);
    return buffer.at;
}

static size_t significant(const char *string)
{
    size_t count = 0, zeros = 0;
    for (; *string != '\0' && *string != 'e'; string++) {
        if (*string < '0' || *string > '9' || (*string == '0' && count == 0))
            continue;
        zeros = *string == '0' ? zeros + 1 : 0;
        count++;
    }
    return count - zeros;
}

static size_t shortest_of_library(double value)
{
    char string[64];
    for (int digits = 1; digits < 17; digits++) {
        snprintf(string, sizeof string, "%.*e", digits - 1, value);
        if (strtod(string, NULL) == value)
            return significant(string);
    }
    return 17;
}

Test(number, random_doubles_survive_and_are_shortest)
{
    uint64_t state = 5;
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    for (int i = 0; i < 3000; i++) {
        uint64_t bits = next_random(&state);
        if (i % 10 == 0)
            bits &= 0x800fffffffffffff; // subnormal
        double value;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value))
            continue;
        if (i % 3 == 0)
            value = (double)(bits % 1000000) / 1000;
        const char *string = exact(&arena, value);
        cr_assert(same(strtod(string, NULL), value), "%a: %s", value, string);
        cr_assert(value == 0 || significant(string) <= shortest_of_library(value), "%a: %s", value, string);
    }
    arena_reset(&arena);
}

Test(number, writes_exact)
{
    static const struct {
        double value;
        const char *string;
    } cases[] = {
        {0, "0"}, {-0.0, "-0"}, {1, "1"}, {-1.5, "-1.5"}, {0.1, "0.1"}, {1.0 / 3, "0.3333333333333333"}, {1e300, "1e+300"},
        {1e16, "10000000000000000"}, {123456789, "123456789"}, {1e-5, "0.00001"}, {1.5e-6, "1.5e-6"}, {5e-324, "5e-324"},
        {1.7976931348623157e308, "1.7976931348623157e+308"}, {INFINITY, "inf"}, {-INFINITY, "-inf"}, {NAN, "nan"},
        {0.1 + 0.2, "0.30000000000000004"}, {2025.25, "2025.25"}, {1e17, "1e+17"},
    };
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_assert_str_eq(exact(&arena, cases[i].value), cases[i].string);
    arena_reset(&arena);
}

struct shown {
    double value;
    int digits;
    const char *string;
};

static void shows(void (*write)(struct buffer *, double, int), const struct shown *cases, size_t count)
{
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    for (size_t i = 0; i < count; i++) {
        struct buffer buffer = buffer_on(&arena);
        write(&buffer, cases[i].value, cases[i].digits);
        cr_assert_str_eq(buffer.at, cases[i].string, "%g to %d digits: %s, not %s", cases[i].value, cases[i].digits,
                         buffer.at, cases[i].string);
    }
    arena_reset(&arena);
}

Test(number, writes_for_people)
{
    static const struct shown cases[] = {
        {0, 3, "0"}, {-0.0, 3, "0"}, {0.5, 3, "0.5"}, {123456, 3, "123000"}, {0.22, 2, "0.22"}, {99.96, 3, "100"},
        {1e-4, 3, "0.0001"}, {1.26e-5, 2, "1.3e-5"}, {9.99e14, 3, "999000000000000"}, {1e15, 3, "1e15"}, {-2.5, 1, "-2"},
        {1.0 / 3, 4, "0.3333"}, {INFINITY, 3, "inf"}, {1, 40, "1"}, {7, 0, "7"},
    };
    shows(number_write, cases, sizeof cases / sizeof cases[0]);
}

Test(number, writes_short_for_people)
{
    static const struct shown cases[] = {
        {5, 3, "5"}, {1.5e6, 3, "1.5M"}, {610000, 3, "610k"}, {2.4e9, 2, "2.4B"}, {0.22, 2, "0.22"}, {1.3e-7, 2, "1.3e-7"},
        {999960, 3, "1M"}, {999, 3, "999"}, {1000, 3, "1k"}, {-12345, 2, "-12k"}, {3e12, 2, "3T"}, {1.23e16, 2, "1.2e16"},
        {NAN, 2, "nan"},
    };
    shows(number_write_short, cases, sizeof cases / sizeof cases[0]);
}

Test(number, no_locale_changes_anything)
{
    // Any locale with a decimal comma will do; without one the test shows nothing and passes.
    static const char *const locales[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE.utf8"};
    for (size_t i = 0; i < sizeof locales / sizeof locales[0]; i++)
        if (setlocale(LC_ALL, locales[i]) != NULL)
            break;
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    double value = 0;
    cr_assert(number_read(TEXT("1.5"), &value) && value == 1.5);
    cr_assert_not(number_read(TEXT("1,5"), &value));
    cr_assert_str_eq(exact(&arena, 1234.5), "1234.5");
    arena_reset(&arena);
}
