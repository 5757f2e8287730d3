// One step for one box, all cases. Each function says what its operator gives for any values in its arguments' intervals.
#include <float.h>
#include <math.h>

#include "base/elementary.h"
#include "engine/enclose_inside.h"
#include "engine/enclose_interval.h"

// ---- sums -------------------------------------------------------------------------------------------------------------------

// Adding rounds to a result with at most half a unit of error, and not at all to a subnormal one or 0.
static double sum_low(double a, double b)
{
    return isinf(a) || isinf(b) ? a + b : interval_below(a + b, SLACK_ROUNDED, 0.0);
}

static double sum_high(double a, double b)
{
    return -sum_low(-a, -b);
}

// inf - inf has no value: where an end is such a sum, the values there are come from the other side's other end.
static struct interval add(struct interval a, struct interval b)
{
    struct interval r = {sum_low(a.low, b.low), sum_high(a.high, b.high), a.missing || b.missing};
    r.missing |= (isinf(a.high) && a.high > 0 && b.low == -INFINITY) || (a.low == -INFINITY && isinf(b.high) && b.high > 0);
    if (isnan(r.low))
        r.low = (a.low > 0 ? b.high > -INFINITY : a.high > -INFINITY) ? INFINITY : NAN;
    if (isnan(r.high))
        r.high = (a.high < 0 ? b.low < INFINITY : a.low < INFINITY) ? -INFINITY : NAN;
    r.high += 0.0; // 1 - 1 is +0
    return isnan(r.low) || isnan(r.high) ? interval_empty() : r;
}

static struct interval negative(struct interval a)
{
    return (struct interval){-a.high, -a.low, a.missing};
}

static struct interval nothing(struct interval a)
{
    const bool infinite = isinf(a.low) || isinf(a.high);
    if (a.low == a.high && infinite)
        return interval_empty();
    return (struct interval){0.0, 0.0, a.missing || infinite};
}

// ---- products ---------------------------------------------------------------------------------------------------------------

static double product_low(double a, double b)
{
    if (a == 0 || b == 0)
        return 0.0;
    if (isinf(a) || isinf(b))
        return a * b;
    const double low = interval_below(a * b, SLACK_ROUNDED, SMALLEST);
    return signbit(a) == signbit(b) && low < 0 ? 0.0 : low;
}

static double product_high(double a, double b)
{
    return -product_low(-a, b);
}

static bool interval_has_infinity(struct interval a)
{
    return isinf(a.low) || isinf(a.high);
}

static bool interval_has_zero(struct interval a)
{
    return a.low <= 0 && a.high >= 0;
}

static struct interval multiply(struct interval a, struct interval b)
{
    struct interval r;
    r.low = fmin(fmin(product_low(a.low, b.low), product_low(a.low, b.high)), fmin(product_low(a.high, b.low), product_low(a.high, b.high)));
    r.high = fmax(fmax(product_high(a.low, b.low), product_high(a.low, b.high)),
                  fmax(product_high(a.high, b.low), product_high(a.high, b.high)));
    r.missing = a.missing || b.missing || (interval_has_zero(a) && interval_has_infinity(b)) || (interval_has_infinity(a) && interval_has_zero(b));
    if (r.low == 0)
        r.low = signbit(a.low) || signbit(b.low) ? -0.0 : 0.0;
    if (r.high == 0)
        r.high = 0.0;
    if ((a.low == 0 && a.high == 0 && isinf(b.low) && b.low == b.high) || (b.low == 0 && b.high == 0 && isinf(a.low) && a.low == a.high))
        return interval_empty();
    return r;
}

static struct interval square(struct interval a)
{
    const double near = a.low > 0 ? a.low : a.high < 0 ? -a.high : 0.0, far = fmax(-a.low, a.high);
    const double low = isinf(near) ? near : interval_below(near * near, SLACK_FUNCTION, SMALLEST);
    const double high = isinf(far) || far == 0 ? far * far : interval_above(far * far, SLACK_FUNCTION, SMALLEST);
    return (struct interval){low > 0 ? low : 0.0, high, a.missing};
}

// ---- quotients --------------------------------------------------------------------------------------------------------------

// By a number above 0, or by +0 where the dividend is not 0.
static double quotient_low(double a, double b)
{
    if (a == 0 || isinf(a) || isinf(b) || b == 0)
        return a / b;
    const double low = interval_below(a / b, SLACK_ROUNDED, SMALLEST);
    return a > 0 && low < 0 ? 0.0 : low;
}

static double quotient_high(double a, double b)
{
    return -quotient_low(-a, b);
}

// By an interval from +0 on that has more than 0 in it, or {+0}. The dividend has more than 0 in it if the divisor is {+0}.
static struct interval divide_by_more(struct interval a, struct interval b)
{
    struct interval r = {quotient_low(a.low, a.low >= 0 ? b.high : b.low), quotient_high(a.high, a.high >= 0 ? b.low : b.high),
                     a.missing || b.missing};
    r.missing |= (interval_has_infinity(a) && isinf(b.high)) || (interval_has_zero(a) && b.low == 0);
    if (isnan(r.low)) // 0/0: the dividend goes on to above 0. inf/inf, -inf/inf: what finite values give
        r.low = a.low == 0 ? INFINITY : a.low > 0 ? (b.low < INFINITY ? INFINITY : NAN) : (a.high > -INFINITY ? -0.0 : NAN);
    if (isnan(r.high))
        r.high = a.high == 0 ? (b.high == 0 ? -INFINITY : 0.0)
                 : a.high < 0 ? (b.low < INFINITY ? -INFINITY : NAN) : (a.low < INFINITY ? 0.0 : NAN);
    if (r.high == 0)
        r.high = 0.0;
    return isnan(r.low) || isnan(r.high) ? interval_empty() : r;
}

static struct interval divide(struct interval a, struct interval b)
{
    if (b.high < 0 || (b.high == 0 && signbit(b.high)))
        a = negative(a), b = negative(b);
    if (!signbit(b.low) && !(b.high == 0 && a.low == 0 && a.high == 0))
        return divide_by_more(a, b);
    if (!signbit(b.low))
        return interval_empty(); // 0/0
    // Both signs of zero, or of numbers about it.
    if (a.low == 0 && a.high == 0)
        return b.low == 0 && b.high == 0 ? interval_empty() : (struct interval){-0.0, 0.0, true};
    return (struct interval){-INFINITY, INFINITY, a.missing || b.missing || interval_has_zero(a) || (interval_has_infinity(a) && interval_has_infinity(b))};
}

static struct interval one(struct interval a)
{
    if (a.low == a.high && (a.low == 0 || isinf(a.low)))
        return interval_empty();
    return (struct interval){1.0, 1.0, a.missing || interval_has_zero(a) || interval_has_infinity(a)};
}

// ---- forms ------------------------------------------------------------------------------------------------------------------

// As it was written: infinities, zeros and missing values are those of the parts.
static struct interval part_as_written(struct interval a, struct interval b, bool more)
{
    const struct interval part = multiply(a, b);
    if (interval_is_empty(part))
        return interval_empty();
    return add(a, more ? part : negative(part));
}

static struct interval share_as_written(struct interval a, struct interval b)
{
    const struct interval sum = add(a, b);
    return interval_is_empty(sum) ? interval_empty() : divide(a, sum);
}

// ---- functions --------------------------------------------------------------------------------------------------------------

static struct interval exponential(struct interval a)
{
    const double low = elementary_exp(a.low), high = elementary_exp(a.high);
    struct interval r = {low, high, a.missing};
    if (a.low != INFINITY)
        r.low = fmax(0.0, interval_below(low, SLACK_FUNCTION, 4 * SMALLEST));
    if (!isinf(a.high))
        r.high = interval_above(high, SLACK_FUNCTION, 4 * SMALLEST);
    return r;
}

static struct interval logarithm(struct interval a, double (*function)(double), double slack)
{
    if (a.high < 0)
        return interval_empty();
    const double low = function(fmax(a.low, 0.0)), high = function(a.high);
    return (struct interval){isinf(low) ? low : interval_below(low, slack, 0.0), isinf(high) ? high : interval_above(high, slack, 0.0),
                         a.missing || a.low < 0};
}

static struct interval root(struct interval a)
{
    if (a.high < 0)
        return interval_empty();
    const double low = a.low < 0 ? -0.0 : sqrt(a.low), high = sqrt(a.high);
    return (struct interval){isinf(low) ? low : interval_below(low, SLACK_ROUNDED, 0.0),
                         high == 0 ? 0.0 : isinf(high) ? high : interval_above(high, SLACK_ROUNDED, 0.0), a.missing || a.low < 0};
}

static struct interval absolute(struct interval a)
{
    const double near = a.low > 0 ? a.low : a.high < 0 ? -a.high : 0.0;
    return (struct interval){near, fmax(fabs(a.low), fabs(a.high)), a.missing};
}

// The kernels' min and max of zeros of both signs is one of them.
static struct interval least(struct interval a, struct interval b)
{
    return (struct interval){interval_lesser(a.low, b.low), interval_lesser(a.high, b.high) + 0.0, a.missing || b.missing};
}

static struct interval most(struct interval a, struct interval b)
{
    const double low = interval_greater(a.low, b.low);
    return (struct interval){low == 0 ? (signbit(a.low) || signbit(b.low) ? -0.0 : 0.0) : low, interval_greater(a.high, b.high) + 0.0,
                         a.missing || b.missing};
}

static struct interval whole(struct interval a, double (*function)(double))
{
    return (struct interval){function(a.low), function(a.high), a.missing};
}

static struct interval yield_as_written(struct interval a)
{
    const struct interval unit = {1.0, 1.0, false};
    return divide(add(unit, negative(exponential(negative(a)))), a);
}

// ---- truths -----------------------------------------------------------------------------------------------------------------

static bool can_fail(struct interval a)
{
    return a.low <= 0 && a.high >= 0;
}

static bool can_hold(struct interval a)
{
    return a.low <= a.high && !(a.low == 0 && a.high == 0);
}

static struct interval truth(bool fails, bool holds, bool missing)
{
    if (!fails && !holds)
        return interval_empty();
    return (struct interval){fails ? 0.0 : 1.0, holds ? 1.0 : 0.0, missing};
}

static struct interval both(struct interval a, struct interval b)
{
    return truth(can_fail(a) || can_fail(b), can_hold(a) && can_hold(b),
                 (a.missing && (b.missing || can_hold(b))) || (b.missing && (a.missing || can_hold(a))));
}

static struct interval either(struct interval a, struct interval b)
{
    return truth(can_fail(a) && can_fail(b), can_hold(a) || can_hold(b),
                 (a.missing && (b.missing || can_fail(b))) || (b.missing && (a.missing || can_fail(a))));
}

static struct interval equal(struct interval a, struct interval b)
{
    return truth(!(a.low == a.high && b.low == b.high && a.low == b.low), a.low <= b.high && b.low <= a.high, a.missing || b.missing);
}

// The branch that is not taken may have no value.
static struct interval select(struct interval condition, struct interval yes, struct interval no)
{
    const bool first = can_hold(condition), second = can_fail(condition);
    struct interval r = first && !interval_is_empty(yes) ? yes : interval_empty();
    if (second && !interval_is_empty(no))
        r = (struct interval){interval_lesser(r.low, no.low), interval_greater(r.high, no.high), false};
    r.missing = condition.missing || (first && yes.missing) || (second && no.missing);
    return r;
}

// ---- all steps --------------------------------------------------------------------------------------------------------------

static struct interval of_two(unsigned code, struct interval a, struct interval b)
{
    switch (code) {
    case OP_ADD:
        return add(a, b);
    case OP_SUB:
        return add(a, negative(b));
    case OP_MUL:
        return multiply(a, b);
    case OP_DIV:
        return divide(a, b);
    case OP_POW:
        return interval_power(a, b);
    case OP_MIN:
        return least(a, b);
    case OP_MAX:
        return most(a, b);
    case OP_LT:
        return truth(!(a.high < b.low), a.low < b.high, a.missing || b.missing);
    case OP_LE:
        return truth(!(a.high <= b.low), a.low <= b.high, a.missing || b.missing);
    case OP_EQ:
        return equal(a, b);
    case ENCLOSE_LESS_PART:
    case ENCLOSE_MORE_PART:
        return part_as_written(a, b, code == ENCLOSE_MORE_PART);
    case ENCLOSE_SHARE:
        return share_as_written(a, b);
    default: { // OP_NE
        const struct interval r = equal(a, b);
        return (struct interval){1.0 - r.high, 1.0 - r.low, r.missing};
    }
    }
}

static struct interval of_one(unsigned code, struct interval a)
{
    switch (code) {
    case OP_NEG:
        return negative(a);
    case OP_ABS:
        return absolute(a);
    case OP_EXP:
        return exponential(a);
    case OP_LN:
        return logarithm(a, elementary_log, SLACK_FUNCTION);
    case OP_LOG10:
        return logarithm(a, elementary_log10, SLACK_LOG10);
    case OP_SQRT:
        return root(a);
    case OP_FLOOR:
        return whole(a, elementary_floor);
    case OP_CEIL:
        return whole(a, elementary_ceil);
    case OP_ROUND:
        return whole(a, elementary_round);
    case OP_NOT:
        return (struct interval){1.0 - a.high, 1.0 - a.low, a.missing};
    case ENCLOSE_SQUARE:
        return square(a);
    case ENCLOSE_NOTHING:
        return nothing(a);
    case ENCLOSE_YIELD:
        return yield_as_written(a);
    default: // ENCLOSE_ONE
        return one(a);
    }
}

static bool takes_two(unsigned code)
{
    return (code >= OP_ADD && code <= OP_DIV) || (code >= OP_POW && code <= OP_MAX) || (code >= OP_LT && code <= OP_NE) ||
           (code >= ENCLOSE_LESS_PART && code <= ENCLOSE_SHARE);
}

struct interval enclose_one(unsigned code, struct interval a, struct interval b, struct interval c)
{
    if (code == OP_SELECT)
        return select(a, b, c);
    if (code == OP_AND)
        return both(a, b);
    if (code == OP_OR)
        return either(a, b);
    if (interval_is_empty(a) || (takes_two(code) && interval_is_empty(b)))
        return interval_empty();
    return takes_two(code) ? of_two(code, a, b) : of_one(code, a);
}
