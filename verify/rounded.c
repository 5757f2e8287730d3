#include "verify/rounded.h"

#include <math.h>

#if defined CRUX_HAVE_MPFI

#include <mpfi.h>

enum { BITS = 53 };

static struct range taken(mpfi_t r)
{
    const struct range result = {mpfr_get_d(&r->left, MPFR_RNDD), mpfr_get_d(&r->right, MPFR_RNDU), false};
    mpfi_clear(r);
    return result;
}

struct range rounded_arithmetic(enum op op, struct range a, struct range b)
{
    mpfi_t x, y, r;
    mpfi_init2(x, BITS);
    mpfi_init2(y, BITS);
    mpfi_init2(r, BITS);
    mpfi_interv_d(x, a.low, a.high);
    mpfi_interv_d(y, b.low, b.high);
    if (op == OP_ADD)
        mpfi_add(r, x, y);
    else if (op == OP_SUB)
        mpfi_sub(r, x, y);
    else if (op == OP_MUL)
        mpfi_mul(r, x, y);
    else
        mpfi_div(r, x, y);
    mpfi_clear(x);
    mpfi_clear(y);
    return taken(r);
}

struct range rounded_function(enum op op, struct range a)
{
    mpfi_t x, r;
    mpfi_init2(x, BITS);
    mpfi_init2(r, BITS);
    mpfi_interv_d(x, a.low, a.high);
    if (op == OP_EXP)
        mpfi_exp(r, x);
    else if (op == OP_LN)
        mpfi_log(r, x);
    else if (op == OP_LOG10)
        mpfi_log10(r, x);
    else
        mpfi_sqrt(r, x);
    mpfi_clear(x);
    return taken(r);
}

// MPFI has no power; MPFR's rounds each way.
struct range rounded_power(double x, double y)
{
    mpfr_t a, b, r;
    mpfr_inits2(BITS, a, b, r, (mpfr_ptr)0);
    mpfr_set_d(a, x, MPFR_RNDN);
    mpfr_set_d(b, y, MPFR_RNDN);
    mpfr_pow(r, a, b, MPFR_RNDD);
    const double low = mpfr_get_d(r, MPFR_RNDD);
    mpfr_pow(r, a, b, MPFR_RNDU);
    const double high = mpfr_get_d(r, MPFR_RNDU);
    mpfr_clears(a, b, r, (mpfr_ptr)0);
    return (struct range){low, high, false};
}

void range_finish(void)
{
    mpfr_free_cache();
}

#else

static struct range widened(double low, double high)
{
    return (struct range){nextafter(low, -INFINITY), nextafter(high, INFINITY), false};
}

static double quotient_or_product(enum op op, double x, double y)
{
    return op == OP_MUL ? x * y : x / y;
}

struct range rounded_arithmetic(enum op op, struct range a, struct range b)
{
    if (op == OP_ADD)
        return widened(a.low + b.low, a.high + b.high);
    if (op == OP_SUB)
        return widened(a.low - b.high, a.high - b.low);
    const double p = quotient_or_product(op, a.low, b.low), q = quotient_or_product(op, a.low, b.high);
    const double r = quotient_or_product(op, a.high, b.low), s = quotient_or_product(op, a.high, b.high);
    const double low = fmin(fmin(p, q), fmin(r, s)), high = fmax(fmax(p, q), fmax(r, s));
    if (op == OP_MUL && low == 0 && a.low >= 0 && b.low >= 0)
        return (struct range){0, high == 0 && (a.high == 0 || b.high == 0) ? 0 : nextafter(high, INFINITY), false};
    return widened(low, high);
}

static double function_at(enum op op, double x)
{
    return op == OP_EXP ? exp(x) : op == OP_LN ? log(x) : op == OP_LOG10 ? log10(x) : sqrt(x);
}

static struct range with_slack(double low, double high)
{
    return widened(low - fabs(low) * RANGE_SLACK, isinf(high) ? high : high + fabs(high) * RANGE_SLACK);
}

struct range rounded_function(enum op op, struct range a)
{
    const double low = function_at(op, a.low), high = function_at(op, a.high);
    struct range r = isinf(low) ? with_slack(0x1.fffffffffffffp1023, high) : with_slack(low, high);
    if ((op == OP_EXP || op == OP_SQRT) && r.low < 0)
        r.low = 0;
    return r;
}

struct range rounded_power(double x, double y)
{
    const double r = pow(x, y);
    if (isinf(r))
        return r > 0 ? (struct range){0x1.fffp1023, INFINITY, false} : (struct range){-INFINITY, -0x1.fffp1023, false};
    struct range result = with_slack(r, r);
    if (x >= 0 && result.low < 0)
        result.low = 0;
    return result;
}

void range_finish(void)
{
}

#endif
