#include "base/text.h"

#include <criterion/criterion.h>
#include <string.h>

#include "base/arena.h"

Test(text, compares_bytes)
{
    cr_assert(text_is(TEXT("abc"), "abc"));
    cr_assert_not(text_is(TEXT("abc"), "ab"));
    cr_assert(text_equal(text_of(NULL), TEXT("")));
    cr_assert(text_compare(TEXT("a"), TEXT("b")) < 0);
    cr_assert(text_compare(TEXT("ab"), TEXT("a")) > 0);
    cr_assert(text_compare(TEXT("a"), TEXT("a")) == 0);
    cr_assert(text_compare(TEXT("\x80"), TEXT("a")) > 0);
}

Test(text, copies_and_hashes)
{
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    struct text copy = text_copy(&arena, (struct text){"name and more", 4});
    cr_assert_str_eq(copy.at, "name");
    cr_assert(text_hash(copy) == text_hash(TEXT("name")));
    cr_assert(text_hash(copy) != text_hash(TEXT("nbme")));
    arena_reset(&arena);
}

Test(text, finds_invalid_utf8)
{
    static const struct {
        const char *bytes;
        int bad; // -1 for valid
    } cases[] = {
        {"", -1},
        {"plain", -1},
        {"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", -1},
        {"\xEF\xBF\xBF\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF", -1},
        {"ab\x80", 2},
        {"\xC0\x80", 0},
        {"\xC1\xBF", 0},
        {"\xE0\x9F\xBF", 0},
        {"\xF0\x8F\xBF\xBF", 0},
        {"x\xED\xA0\x80", 1},
        {"\xF4\x90\x80\x80", 0},
        {"\xF5\x80\x80\x80", 0},
        {"\xFF", 0},
        {"ok\xE2\x82", 2},
        {"\xE2\x28\xA1", 0},
        {"\xF0\x9F\x98", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t bad = 99;
        bool valid = text_valid_utf8(text_of(cases[i].bytes), &bad);
        cr_assert(valid == (cases[i].bad < 0), "case %zu", i);
        cr_assert(valid || bad == (size_t)cases[i].bad, "case %zu: %zu", i, bad);
    }
}

Test(text, counts_code_points)
{
    cr_assert(text_columns(TEXT("caf\xC3\xA9")) == 4);
    cr_assert(text_columns(TEXT("")) == 0);
}

Test(text, measures_distance)
{
    cr_assert(text_distance(TEXT("gap"), TEXT("gap"), 3) == 0);
    cr_assert(text_distance(TEXT("gap"), TEXT("gpa"), 3) == 1);
    cr_assert(text_distance(TEXT("gap"), TEXT("cap"), 3) == 1);
    cr_assert(text_distance(TEXT("gap"), TEXT("gaps"), 3) == 1);
    cr_assert(text_distance(TEXT(""), TEXT("abc"), 5) == 3);
    cr_assert(text_distance(TEXT("kitten"), TEXT("sitting"), 5) == 3);
    cr_assert(text_distance(TEXT("kitten"), TEXT("sitting"), 2) == 3);
    char long_name[100];
    memset(long_name, 'a', sizeof long_name);
    struct text far = {long_name, sizeof long_name};
    cr_assert(text_distance(far, far, 2) == 3);
    struct text longest = {long_name, 64};
    cr_assert(text_distance(longest, longest, 2) == 0);
}

// Up to a limit only what lies near the diagonal is looked at: the same distance as without one.
Test(text, measures_distance_up_to_a_limit)
{
    const char letters[] = "ab";
    struct text words[254];
    char bytes[254][8];
    size_t count = 0;
    for (size_t length = 1; length <= 7; length++)
        for (size_t number = 0; number < (size_t)1 << length; number++, count++) {
            for (size_t i = 0; i < length; i++)
                bytes[count][i] = letters[number >> i & 1];
            words[count] = (struct text){bytes[count], length};
        }
    cr_assert_eq(count, 254);
    for (size_t a = 0; a < count; a++)
        for (size_t b = 0; b < count; b++) {
            const size_t far = text_distance(words[a], words[b], 64);
            for (size_t limit = 0; limit < 4; limit++)
                cr_assert(text_distance(words[a], words[b], limit) == (far < limit + 1 ? far : limit + 1), "%zu %zu %zu", a, b, limit);
        }
}
