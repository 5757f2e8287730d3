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

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9e3779b97f4a7c15;
    return hash ^ hash >> 32;
}

// Eight bytes at a time, with a last mix because maps use the low bits. Of the last eight some may count twice.
uint64_t text_hash(struct text t)
{
    uint64_t hash = t.length, word = 0;
    if (t.length < sizeof word) {
        for (size_t i = 0; i < t.length; i++)
            word = word << 8 | (unsigned char)t.at[i];
        return mix(mix(hash, word), 0);
    }
    for (size_t i = 0; i + sizeof word < t.length; i += sizeof word) {
        memcpy(&word, t.at + i, sizeof word);
        hash = mix(hash, word);
    }
    memcpy(&word, t.at + t.length - sizeof word, sizeof word);
    return mix(mix(hash, word), 0);
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

static size_t row_first(size_t i, size_t limit)
{
    return i > limit ? i - limit : 1;
}

static size_t row_end(size_t length, size_t i, size_t limit)
{
    return least(length, i + limit);
}

// One row of the usual table: row[j] is the distance from the first i bytes of a to the first j bytes of b. Two bytes that
// changed places count once, which needs the row before the last.
// Only what lies within `limit` of the diagonal is filled in, and one place beyond it on each side: all others are past the limit.
static void distance_row(struct text a, struct text b, size_t i, size_t limit, size_t rows[3][LONGEST_COMPARED + 1])
{
    size_t *row = rows[i % 3];
    const size_t *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];
    const size_t first = row_first(i, limit), end = row_end(b.length, i, limit);
    row[first - 1] = first == 1 ? i : limit + 1;
    if (end < b.length)
        row[end + 1] = limit + 1;
    for (size_t j = first; j <= end; j++) {
        bool same = a.at[i - 1] == b.at[j - 1];
        row[j] = least(last[j - 1] + !same, least(last[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1])
            row[j] = least(row[j], before[j - 2] + 1);
    }
}

static size_t row_least(const size_t *row, size_t first, size_t end)
{
    size_t smallest = row[first - 1];
    for (size_t j = first; j <= end; j++)
        smallest = least(smallest, row[j]);
    return smallest;
}

size_t text_distance(struct text a, struct text b, size_t limit)
{
    size_t rows[3][LONGEST_COMPARED + 1];
    const size_t longer = a.length > b.length ? a.length : b.length;
    if (longer > LONGEST_COMPARED || longer - least(a.length, b.length) > limit)
        return limit + 1;
    const size_t width = least(limit, LONGEST_COMPARED);
    size_t last = 0, now = 0; // the least of a row
    for (size_t j = 0; j <= b.length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.length; i++, last = now) {
        distance_row(a, b, i, width, rows);
        now = row_least(rows[i % 3], row_first(i, width), row_end(b.length, i, width));
        // Swapping two letters leaps a row: both must be past the limit.
        if (now > limit && last > limit)
            return limit + 1;
    }
    return least(rows[a.length % 3][b.length], limit + 1);
}
