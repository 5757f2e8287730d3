#include "base/text.h"

#include <string.h>

#include "base/arena.h"

struct text text_of(const char *string)
{
    return string == NULL ? TEXT("") : (struct text){string, strlen(string)};
}

bool text_equal(struct text a, struct text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

bool text_is(struct text a, const char *string)
{
    return text_equal(a, text_of(string));
}

int text_compare(struct text a, struct text b)
{
    size_t shared = a.length < b.length ? a.length : b.length;
    int order = shared == 0 ? 0 : memcmp(a.at, b.at, shared);
    if (order != 0)
        return order;
    return (a.length > b.length) - (a.length < b.length);
}

struct text text_copy(struct arena *arena, struct text t)
{
    return (struct text){arena_copy(arena, t.at, t.length), t.length};
}

// FNV-1a, with a last mix because maps use the low bits.
uint64_t text_hash(struct text t)
{
    uint64_t hash = 0xcbf29ce484222325;
    for (size_t i = 0; i < t.length; i++)
        hash = (hash ^ (unsigned char)t.at[i]) * 0x100000001b3;
    hash ^= hash >> 32;
    return hash * 0x9e3779b97f4a7c15 >> 7;
}

static bool continues(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

// The length of the code point that starts here, 0 when it is not one. Refuses overlong forms, surrogates and what lies
// beyond U+10FFFF by the range of the second byte (Unicode 15, table 3-7).
static size_t code_point(const unsigned char *at, size_t room)
{
    if (at[0] < 0x80)
        return 1;
    size_t length = at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
    if (at[0] < 0xC2 || at[0] > 0xF4 || room < length)
        return 0;
    unsigned char low = at[0] == 0xE0 ? 0xA0 : at[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char high = at[0] == 0xED ? 0x9F : at[0] == 0xF4 ? 0x8F : 0xBF;
    if (at[1] < low || at[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if (!continues(at[i]))
            return 0;
    return length;
}

bool text_valid_utf8(struct text t, size_t *bad)
{
    const unsigned char *at = (const unsigned char *)t.at;
    for (size_t i = 0; i < t.length;) {
        size_t length = code_point(at + i, t.length - i);
        if (length == 0) {
            *bad = i;
            return false;
        }
        i += length;
    }
    return true;
}

size_t text_columns(struct text t)
{
    size_t count = 0;
    for (size_t i = 0; i < t.length; i++)
        count += !continues((unsigned char)t.at[i]);
    return count;
}

enum { LONGEST_COMPARED = 64 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

// One row of the usual table: row[j] is the distance from the first i bytes of a to the first j bytes of b. Two bytes that
// changed places count once, which needs the row before the last.
static void distance_row(struct text a, struct text b, size_t i, size_t rows[3][LONGEST_COMPARED + 1])
{
    size_t *row = rows[i % 3];
    const size_t *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
    row[0] = i;
    for (size_t j = 1; j <= b.length; j++) {
        bool same = a.at[i - 1] == b.at[j - 1];
        row[j] = least(last[j - 1] + !same, least(last[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1])
            row[j] = least(row[j], before[j - 2] + 1);
    }
}

static size_t row_least(const size_t *row, size_t length)
{
    size_t smallest = row[0];
    for (size_t j = 1; j <= length; j++)
        smallest = least(smallest, row[j]);
    return smallest;
}

size_t text_distance(struct text a, struct text b, size_t limit)
{
    size_t rows[3][LONGEST_COMPARED + 1];
    const size_t longer = a.length > b.length ? a.length : b.length;
    if (longer > LONGEST_COMPARED || longer - least(a.length, b.length) > limit)
        return limit + 1;
    for (size_t j = 0; j <= b.length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        distance_row(a, b, i, rows);
        // Swapping two letters leaps a row: both must be past the limit.
        if (i > 1 && row_least(rows[i % 3], b.length) > limit && row_least(rows[(i - 1) % 3], b.length) > limit)
            return limit + 1;
    }
    return least(rows[a.length % 3][b.length], limit + 1);
}
