// The intervals of the re-checker where there is no MPFI hold those of MPFI, where there is.
#include <criterion/criterion.h>
#include <math.h>

#include "tests/support/random.h"
#include "verify/range.h"

void plain_finish(void);

#undef CRUX_HAVE_MPFI
#define rounded_arithmetic plain_arithmetic
#define rounded_function plain_function
#define rounded_power plain_power
#define range_finish plain_finish
#include "verify/rounded.c"
#undef rounded_arithmetic
#undef rounded_function
#undef rounded_power
#undef range_finish

struct range rounded_arithmetic(enum op op, struct range a, struct range b);
struct range rounded_function(enum op op, struct range a);
struct range rounded_power(double x, double y);

static double number(uint64_t *state, bool positive)
{
    const double size = ldexp(1 + (double)random_below(state, 1u << 30) * 0x1p-30, (int)random_below(state, 60) - 40);
    return positive || random_below(state, 2) ? size : -size;
}

static struct range between(uint64_t *state, bool positive)
{
    const double a = number(state, positive), b = random_below(state, 3) ? number(state, positive) : a;
    return (struct range){fmin(a, b), fmax(a, b), false};
}

static void holds(struct range plain, struct range exact, enum op op)
{
    cr_expect(plain.low <= exact.low && exact.high <= plain.high, "%d: %a .. %a and %a .. %a", (int)op, plain.low, plain.high, exact.low, exact.high);
    const double room = 1e-13 * (fabs(exact.low) + fabs(exact.high)) + 1e-300;
    cr_expect(plain.low >= exact.low - room && plain.high <= exact.high + room, "%d is too wide: %a .. %a and %a .. %a", (int)op, plain.low,
              plain.high, exact.low, exact.high);
}

Test(verify_plain, holds_what_mpfi_gives)
{
    static const enum op functions[] = {OP_EXP, OP_LN, OP_LOG10, OP_SQRT};
    uint64_t state = random_seed();
    for (int round = 0; round < 20000; round++) {
        const struct range a = between(&state, false), b = between(&state, false), p = between(&state, true), q = between(&state, true);
        holds(plain_arithmetic(OP_ADD, a, b), rounded_arithmetic(OP_ADD, a, b), OP_ADD);
        holds(plain_arithmetic(OP_SUB, a, b), rounded_arithmetic(OP_SUB, a, b), OP_SUB);
        holds(plain_arithmetic(OP_MUL, a, b), rounded_arithmetic(OP_MUL, a, b), OP_MUL);
        holds(plain_arithmetic(OP_DIV, a, p), rounded_arithmetic(OP_DIV, a, p), OP_DIV);
        for (size_t i = 0; i < 4; i++)
            if (functions[i] != OP_EXP || p.high < 700)
                holds(plain_function(functions[i], p), rounded_function(functions[i], p), functions[i]);
        const double x = q.low, y = fmod(p.low, 8);
        holds(plain_power(x, y), rounded_power(x, y), OP_POW);
    }
    plain_finish();
}
