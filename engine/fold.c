// The value of one operator at one future, from the same rows of op.def as the block kernels.
#include <math.h>

#include "engine/builder.h"

static double lanes_pow(double x, double y)
{
    return pow(x, y);
}

static double lanes_exp(double x)
{
    return exp(x);
}

static double lanes_log(double x)
{
    return log(x);
}

static bool any_nan(double x, double y)
{
    return isnan(x) || isnan(y);
}

static double lanes_min(double x, double y)
{
    return any_nan(x, y) ? NAN : x < y ? x : y;
}

static double lanes_max(double x, double y)
{
    return any_nan(x, y) ? NAN : x > y ? x : y;
}

static double lanes_abs(double x)
{
    return fabs(x);
}

static double lanes_sqrt(double x)
{
    return sqrt(x);
}

static double lanes_floor(double x)
{
    return floor(x);
}

static double lanes_ceil(double x)
{
    return ceil(x);
}

static double lanes_round(double x)
{
    return rint(x);
}

static double lanes_lt(double x, double y)
{
    return any_nan(x, y) ? NAN : x < y;
}

static double lanes_le(double x, double y)
{
    return any_nan(x, y) ? NAN : x <= y;
}

static double lanes_eq(double x, double y)
{
    return any_nan(x, y) ? NAN : x == y;
}

static double lanes_ne(double x, double y)
{
    return any_nan(x, y) ? NAN : x != y;
}

static double lanes_and(double x, double y)
{
    if (x == 0.0 || y == 0.0)
        return 0.0;
    return any_nan(x, y) ? NAN : 1.0;
}

static double lanes_or(double x, double y)
{
    if ((x != 0.0 && !isnan(x)) || (y != 0.0 && !isnan(y)))
        return 1.0;
    return any_nan(x, y) ? NAN : 0.0;
}

static double lanes_select(double x, double y, double z)
{
    return isnan(x) ? NAN : x != 0.0 ? y : z;
}

#define SKIP NAN
double fold_operator(enum op op, double x, double y, double z)
{
    switch (op) {
#define OP(id, text, form, low, high, units, point, doc) \
    case OP_##id:                                        \
        return point;
#include "dsl/op.def"
#undef OP
    case OP_COUNT:
        break;
    }
    return NAN;
}
