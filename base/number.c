#include "base/number.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"

enum {
    // A point halfway between two doubles has at most 767 significant digits; one more digit that says "and a little"
    // stands for all further ones.
    DIGITS_KEPT = 800,
    // 10^1131 is the largest power needed: 801 digits behind the smallest exponent that is not plainly 0.
    LIMBS = 128,
    POINT_MAX = 310,  // 0.1e310 is more than the largest double
    POINT_MIN = -330, // 0.1e-330 is less than half of the smallest one
    EXACT_POWER = 22, // 10^22 is the largest power of ten that is a double
    MANTISSA_BITS = 53,
    EXPONENT_MIN = -1022,
    DIGITS_MAX = 17,
    DIGITS_SURE = 15, // every decimal with so many digits survives the way through a normal double
};

static const double exact_powers[EXACT_POWER + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                     1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                     1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

// 0.d1d2d3... times 10^point, without leading zeros.
struct decimal {
    unsigned char digits[DIGITS_KEPT + 1];
    int count;
    int64_t point;
};

struct big {
    uint32_t limbs[LIMBS]; // least first
    int count;             // the highest limb is not 0
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void add_digit(struct decimal *d, char c)
{
    if (d->count < DIGITS_KEPT)
        d->digits[d->count++] = (unsigned char)(c - '0');
    else if (c != '0')
        d->digits[DIGITS_KEPT] = 1;
}

static size_t read_whole_part(struct text t, struct decimal *d)
{
    size_t i = 0;
    for (; i < t.length && is_digit(t.at[i]); i++) {
        if (d->count == 0 && t.at[i] == '0')
            continue;
        add_digit(d, t.at[i]);
        d->point++;
    }
    return i;
}

// From behind the point.
static size_t read_fraction(struct text t, size_t i, struct decimal *d)
{
    for (; i < t.length && is_digit(t.at[i]); i++) {
        if (d->count == 0 && t.at[i] == '0')
            d->point--;
        else
            add_digit(d, t.at[i]);
    }
    return i;
}

// From behind the e. Digits beyond any text's length change nothing: what is huge stays huge.
static size_t read_exponent(struct text t, size_t i, struct decimal *d)
{
    bool negative = i < t.length && t.at[i] == '-';
    if (i < t.length && (t.at[i] == '-' || t.at[i] == '+'))
        i++;
    int64_t exponent = 0;
    for (; i < t.length && is_digit(t.at[i]); i++)
        if (exponent < INT64_MAX / 100)
            exponent = exponent * 10 + (t.at[i] - '0');
    d->point += negative ? -exponent : exponent;
    return i;
}

static bool read_decimal(struct text t, struct decimal *d)
{
    size_t i = read_whole_part(t, d);
    if (i == 0)
        return false;
    if (i < t.length && t.at[i] == '.') {
        if (i + 1 == t.length || !is_digit(t.at[i + 1]))
            return false;
        i = read_fraction(t, i + 1, d);
    }
    if (i < t.length && (t.at[i] == 'e' || t.at[i] == 'E')) {
        if (!is_digit(t.at[t.length - 1]))
            return false;
        i = read_exponent(t, i + 1, d);
    }
    if (d->digits[DIGITS_KEPT] != 0)
        d->count = DIGITS_KEPT + 1;
    while (d->count > 0 && d->digits[d->count - 1] == 0)
        d->count--;
    return i == t.length;
}

static void big_multiply_add(struct big *big, uint32_t factor, uint32_t add)
{
    uint64_t carry = add;
    for (int i = 0; i < big->count; i++) {
        carry += (uint64_t)big->limbs[i] * factor;
        big->limbs[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry > 0)
        big->limbs[big->count++] = (uint32_t)carry;
}

static void big_scale_ten(struct big *big, int64_t power)
{
    for (; power >= 9; power -= 9)
        big_multiply_add(big, 1000000000, 0);
    for (; power > 0; power--)
        big_multiply_add(big, 10, 0);
}

static int big_bits(const struct big *big)
{
    return big->count * 32 - __builtin_clz(big->limbs[big->count - 1]);
}

static void big_shift_left(struct big *big, int bits)
{
    int limbs = bits / 32, rest = bits % 32;
    memmove(big->limbs + limbs, big->limbs, (size_t)big->count * sizeof big->limbs[0]);
    memset(big->limbs, 0, (size_t)limbs * sizeof big->limbs[0]);
    big->count += limbs;
    big_multiply_add(big, UINT32_C(1) << rest, 0);
}

static int big_compare(const struct big *a, const struct big *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (int i = a->count - 1; i >= 0; i--)
        if (a->limbs[i] != b->limbs[i])
            return a->limbs[i] < b->limbs[i] ? -1 : 1;
    return 0;
}

// a - b, for b <= a.
static void big_subtract(struct big *a, const struct big *b)
{
    int64_t borrow = 0;
    for (int i = 0; i < a->count; i++) {
        int64_t limb = (int64_t)a->limbs[i] - (i < b->count ? (int64_t)b->limbs[i] : 0) + borrow;
        a->limbs[i] = (uint32_t)limb;
        borrow = limb < 0 ? -1 : 0;
    }
    while (a->count > 0 && a->limbs[a->count - 1] == 0)
        a->count--;
}

// The first 64 bits of above / below, cut off; below is 2^*exponent times the first of them, and *inexact tells whether
// anything was cut off.
static uint64_t leading_bits(struct big *above, struct big *below, int *exponent, bool *inexact)
{
    *exponent = big_bits(above) - big_bits(below);
    if (*exponent > 0)
        big_shift_left(below, *exponent);
    else
        big_shift_left(above, -*exponent);
    if (big_compare(above, below) < 0) {
        big_multiply_add(above, 2, 0);
        --*exponent;
    }
    uint64_t bits = 0;
    for (int i = 0; i < 64; i++) {
        bits <<= 1;
        if (big_compare(above, below) >= 0) {
            big_subtract(above, below);
            bits |= 1;
        }
        big_multiply_add(above, 2, 0);
    }
    *inexact = above->count > 0;
    return bits;
}

// bits * 2^(exponent - 63), rounded to the nearest double, ties to even. Subnormal numbers keep fewer bits.
static double round_bits(uint64_t bits, int exponent, bool inexact)
{
    int kept = exponent < EXPONENT_MIN ? MANTISSA_BITS - (EXPONENT_MIN - exponent) : MANTISSA_BITS;
    if (kept < 0)
        return 0;
    int dropped = 64 - kept;
    uint64_t mantissa = kept == 0 ? 0 : bits >> dropped;
    uint64_t rest = kept == 0 ? bits : bits << kept;
    uint64_t half = UINT64_C(1) << 63;
    if (rest > half || (rest == half && (inexact || mantissa % 2 == 1)))
        mantissa++;
    return ldexp((double)mantissa, exponent - 63 + dropped);
}

static double exact_value(const struct decimal *d)
{
    struct big above = {.count = 0}, below = {.limbs = {1}, .count = 1};
    for (int i = 0; i < d->count; i++)
        big_multiply_add(&above, 10, d->digits[i]);
    if (d->point >= d->count)
        big_scale_ten(&above, d->point - d->count);
    else
        big_scale_ten(&below, d->count - d->point);
    int exponent;
    bool inexact;
    uint64_t bits = leading_bits(&above, &below, &exponent, &inexact);
    return round_bits(bits, exponent, inexact);
}

// Clinger's fast path: both sides are doubles, so one operation rounds the exact value.
static bool quick_value(const struct decimal *d, double *value)
{
    int64_t power = d->point - d->count;
    if (d->count > DIGITS_SURE || power < -EXACT_POWER || power > EXACT_POWER)
        return false;
    double whole = 0;
    for (int i = 0; i < d->count; i++)
        whole = whole * 10 + d->digits[i];
    *value = power < 0 ? whole / exact_powers[-power] : whole * exact_powers[power];
    return true;
}

bool number_read(struct text t, double *value)
{
    struct decimal d;
    d.count = 0;
    d.point = 0;
    d.digits[DIGITS_KEPT] = 0;
    if (!read_decimal(t, &d))
        return false;
    if (d.count == 0 || d.point < POINT_MIN)
        *value = 0;
    else if (d.point > POINT_MAX)
        *value = INFINITY;
    else if (!quick_value(&d, value))
        *value = exact_value(&d);
    return true;
}

// A number as people see it: digits without trailing zeros, 10 to the power of the first, sign.
struct written {
    char digits[DIGITS_MAX + 1];
    int count;
    int exponent;
    bool negative;
};

// Of a finite value, correctly rounded to `digits` digits.
static struct written digits_of(double value, int digits)
{
    struct written w = {.negative = signbit(value)};
    char bytes[64];
    int count = digits < 1 ? 1 : digits > DIGITS_MAX ? DIGITS_MAX : digits;
    snprintf(bytes, sizeof bytes, "%.*e", count - 1, fabs(value));
    const char *at = bytes;
    for (; *at != 'e'; at++)
        if (is_digit(*at))
            w.digits[w.count++] = *at;
    bool small = at[1] == '-';
    for (at += 2; *at != '\0'; at++)
        w.exponent = w.exponent * 10 + (*at - '0');
    if (small)
        w.exponent = -w.exponent;
    while (w.count > 1 && w.digits[w.count - 1] == '0')
        w.count--;
    return w;
}

static void write_digits(struct buffer *buffer, const struct written *w, int from, int to)
{
    for (int i = from; i < to; i++)
        buffer_add_char(buffer, i < w->count ? w->digits[i] : '0');
}

static void write_plain(struct buffer *buffer, const struct written *w)
{
    if (w->exponent < 0) {
        buffer_add_string(buffer, "0.");
        buffer_repeat(buffer, '0', (size_t)(-1 - w->exponent));
        write_digits(buffer, w, 0, w->count);
        return;
    }
    write_digits(buffer, w, 0, w->exponent + 1);
    if (w->count <= w->exponent + 1)
        return;
    buffer_add_char(buffer, '.');
    write_digits(buffer, w, w->exponent + 1, w->count);
}

static void write_exponent(struct buffer *buffer, const struct written *w, const char *plus)
{
    write_digits(buffer, w, 0, 1);
    if (w->count > 1)
        buffer_add_char(buffer, '.');
    write_digits(buffer, w, 1, w->count);
    buffer_printf(buffer, "e%s%d", w->exponent < 0 ? "" : plus, w->exponent);
}

// Infinities and not-a-numbers.
static bool write_special(struct buffer *buffer, double value)
{
    if (isfinite(value))
        return false;
    buffer_add_string(buffer, isnan(value) ? "nan" : value < 0 ? "-inf" : "inf");
    return true;
}

static double value_of(const struct written *w)
{
    struct decimal d;
    d.count = w->count;
    d.point = w->exponent + 1;
    for (int i = 0; i < w->count; i++)
        d.digits[i] = (unsigned char)(w->digits[i] - '0');
    double value;
    return quick_value(&d, &value) ? value : exact_value(&d);
}

void number_write_exact(struct buffer *buffer, double value)
{
    if (write_special(buffer, value))
        return;
    // Fewer digits than DIGITS_SURE show as trailing zeros, except for subnormal numbers, which hold fewer digits.
    int count = isnormal(value) ? DIGITS_SURE : 1;
    struct written w = digits_of(value, count);
    while (count < DIGITS_MAX && value != 0 && value_of(&w) != fabs(value))
        w = digits_of(value, ++count);
    if (w.negative)
        buffer_add_char(buffer, '-');
    if (w.exponent >= -5 && w.exponent < 17)
        write_plain(buffer, &w);
    else
        write_exponent(buffer, &w, "+");
}

void number_write(struct buffer *buffer, double value, int digits)
{
    if (write_special(buffer, value))
        return;
    struct written w = digits_of(value, digits);
    if (w.negative && value != 0)
        buffer_add_char(buffer, '-');
    if (w.exponent >= -4 && w.exponent < 15)
        write_plain(buffer, &w);
    else
        write_exponent(buffer, &w, "");
}

void number_write_short(struct buffer *buffer, double value, int digits)
{
    static const char *const suffixes[] = {"", "k", "M", "B", "T"};
    if (write_special(buffer, value))
        return;
    struct written w = digits_of(value, digits);
    if (w.exponent < 3 || w.exponent >= 15) {
        number_write(buffer, value, digits);
        return;
    }
    if (w.negative)
        buffer_add_char(buffer, '-');
    int thousands = w.exponent / 3;
    w.exponent %= 3;
    write_plain(buffer, &w);
    buffer_add_string(buffer, suffixes[thousands]);
}
