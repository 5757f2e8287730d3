// Makes the direction numbers of the Sobol' points: prints engine/sobol.h's table as C.
//
// Dimension 0 is van der Corput's. Each later one has a primitive polynomial over GF(2) of its own, found here, shortest first,
// of equal length the smaller number first. Its initial numbers are free; of TRIES sets of hashed odd numbers the one is taken
// whose points fall best, together with those of earlier dimensions two by two: for nets of 2^m points the quality parameter t
// (Niederreiter 1987) is found by elimination, and 4^t is added up over m = 8, 10 .. 14, over the NEAR dimensions before it and
// the FIRST ones of all. The first 32 dimensions also have Sobol's (1976) property A: of any 2^d points in the order of
// their numbers, every one of the 2^d boxes that halving each side makes holds one; a set without it is not taken.
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "engine/sobol.h"

enum { TRIES = 16, MORE_TRIES = 400, NEAR = 64, FIRST = 32, NET_LEAST = 8, NET_MOST = 14 };

struct dimension {
    uint32_t polynomial; // with its highest and lowest bit
    int degree;
    uint32_t numbers[SOBOL_BITS];   // direction number k, highest bit first
    uint16_t rows[NET_MOST];        // digit i of a point as a sum of bits of its number: bit k says that bit k counts
};

// ---- polynomials ------------------------------------------------------------------------------------------------------------

static uint32_t times(uint32_t a, uint32_t b, uint32_t polynomial, int degree)
{
    uint32_t product = 0;
    for (; b != 0; b >>= 1) {
        if (b & 1)
            product ^= a;
        a <<= 1;
        if (a >> degree & 1)
            a ^= polynomial;
    }
    return product;
}

static uint32_t power(uint32_t base, uint32_t exponent, uint32_t polynomial, int degree)
{
    uint32_t result = 1;
    for (; exponent != 0; exponent >>= 1) {
        if (exponent & 1)
            result = times(result, base, polynomial, degree);
        base = times(base, base, polynomial, degree);
    }
    return result;
}

// Primitive: x has order 2^degree - 1 and no smaller one.
static bool is_primitive(uint32_t polynomial, int degree)
{
    const uint32_t order = (UINT32_C(1) << degree) - 1, x = degree == 1 ? 1 : 2;
    if (power(x, order, polynomial, degree) != 1)
        return false;
    uint32_t rest = order;
    for (uint32_t prime = 2; rest > 1; prime++) {
        if (rest % prime != 0)
            continue;
        while (rest % prime == 0)
            rest /= prime;
        if (prime < order && power(x, order / prime, polynomial, degree) == 1)
            return false;
    }
    return true;
}

static void next_polynomial(struct dimension *of, const struct dimension *last)
{
    of->degree = last->degree;
    of->polynomial = last->polynomial;
    do {
        of->polynomial += 2;
        if (of->polynomial >> (of->degree + 1) != 0 || of->degree == 0) {
            of->degree++;
            of->polynomial = UINT32_C(1) << of->degree | 1;
        }
    } while (!is_primitive(of->polynomial, of->degree));
}

// ---- numbers ----------------------------------------------------------------------------------------------------------------

static uint32_t hash(uint32_t x)
{
    x = (x ^ x >> 15) * UINT32_C(0x9E3779B1);
    x = (x ^ x >> 13) * UINT32_C(0x85EBCA77);
    return x ^ x >> 16;
}

static void set_rows(struct dimension *of)
{
    for (int i = 0; i < NET_MOST; i++) {
        of->rows[i] = 0;
        for (int k = 0; k < NET_MOST; k++)
            of->rows[i] |= (uint16_t)((of->numbers[k] >> (SOBOL_BITS - 1 - i) & 1) << k);
    }
}

// Sobol's recurrence, from `degree` odd numbers m_k < 2^(k+1).
static void set_numbers(struct dimension *of, uint32_t seed)
{
    const int degree = of->degree;
    for (int k = 0; k < SOBOL_BITS; k++) {
        if (k < degree) {
            const uint32_t odd = (hash(seed + (uint32_t)k) & ((UINT32_C(2) << k) - 1)) | 1;
            of->numbers[k] = odd << (SOBOL_BITS - 1 - k);
            continue;
        }
        of->numbers[k] = of->numbers[k - degree] ^ of->numbers[k - degree] >> degree;
        for (int i = 1; i < degree; i++)
            if (of->polynomial >> (degree - i) & 1)
                of->numbers[k] ^= of->numbers[k - i];
    }
    set_rows(of);
}

static void set_first(struct dimension *of)
{
    *of = (struct dimension){.polynomial = 1, .degree = 0};
    for (int k = 0; k < SOBOL_BITS; k++)
        of->numbers[k] = UINT32_C(1) << (SOBOL_BITS - 1 - k);
    set_rows(of);
}

// ---- quality ----------------------------------------------------------------------------------------------------------------

// Adds a row to a basis with distinct lowest bits; false when it depends on those that are there.
static bool add_row(uint32_t *basis, uint32_t row)
{
    while (row != 0) {
        const int lowest = __builtin_ctz(row);
        if (basis[lowest] == 0) {
            basis[lowest] = row;
            return true;
        }
        row ^= basis[lowest];
    }
    return false;
}

// t of the first 2^m points of two dimensions.
static int quality(const struct dimension *a, const struct dimension *b, int m)
{
    const uint32_t bits = (UINT32_C(1) << m) - 1;
    int least = m;
    for (int k = 0; k < least; k++) {
        uint32_t basis[NET_MOST] = {0};
        int rank = 0, more = 0;
        while (rank < k && add_row(basis, a->rows[rank] & bits))
            rank++;
        while (k + more < m && add_row(basis, b->rows[more] & bits))
            more++;
        if (k + more < least)
            least = k + more;
    }
    return m - least;
}

static double badness(const struct dimension *all, int number)
{
    double sum = 0;
    for (int other = 0; other < number; other++)
        for (int m = NET_LEAST; m <= NET_MOST && (other < FIRST || other >= number - NEAR); m += 2)
            sum += (double)(UINT32_C(1) << 2 * quality(&all[other], &all[number], m));
    return sum;
}

// The first digits of the first 32 numbers are independent.
static bool has_property_a(const struct dimension *all, int number)
{
    uint32_t basis[32] = {0};
    for (int d = 0; d <= number; d++) {
        uint32_t row = 0;
        for (int k = 0; k <= number; k++)
            row |= (all[d].numbers[k] >> (SOBOL_BITS - 1) & 1) << k;
        if (!add_row(basis, row))
            return false;
    }
    return true;
}

// False when no set has property A, which earlier choices may leave no room for.
static bool choose_numbers(struct dimension *all, int number, uint32_t attempt)
{
    struct dimension *of = &all[number], best = *of;
    double least = -1;
    for (uint32_t t = 0; t < MORE_TRIES && (t < TRIES || least < 0); t++) {
        set_numbers(of, hash(attempt) ^ ((uint32_t)number << 16 | t << 5));
        if (number < 32 && !has_property_a(all, number))
            continue;
        const double sum = badness(all, number);
        if (least < 0 || sum < least) {
            least = sum;
            best = *of;
        }
    }
    *of = best;
    return least >= 0;
}

static uint32_t reversed(uint32_t x)
{
    uint32_t result = 0;
    for (int i = 0; i < 32; i++)
        result |= (x >> i & 1) << (31 - i);
    return result;
}

static bool choose_all(struct dimension *all, uint32_t attempt)
{
    set_first(&all[0]);
    for (int d = 1; d < SOBOL_DIMENSIONS; d++) {
        next_polynomial(&all[d], &all[d - 1]);
        if (!choose_numbers(all, d, attempt))
            return false;
    }
    return true;
}

int main(void)
{
    static struct dimension all[SOBOL_DIMENSIONS];
    uint32_t attempt = 0;
    while (!choose_all(all, attempt))
        attempt++;
    puts("#include \"engine/sobol.h\"\n\nconst uint32_t sobol_directions[SOBOL_DIMENSIONS][SOBOL_BITS] = {");
    for (int d = 0; d < SOBOL_DIMENSIONS; d++) {
        printf("    {");
        for (int k = 0; k < SOBOL_BITS; k++)
            printf("0x%x%s", (unsigned)reversed(all[d].numbers[k]), k + 1 < SOBOL_BITS ? "," : "},\n");
    }
    puts("};");
    return 0;
}
