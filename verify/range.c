#include "verify/range.h"

#include <math.h>

#include "verify/rounded.h"

struct range range_none(void)
{
    return (struct range){INFINITY, -INFINITY, true};
}

struct range range_of(double value)
{
    return isnan(value) ? range_none() : (struct range){value, value, false};
}

struct range range_between(double low, double high)
{
    return low <= high ? (struct range){low, high, false} : range_none();
}

bool range_is_none(struct range a)
{
    return !(a.low <= a.high);
}

bool range_is_point(struct range a)
{
    return a.low == a.high && !a.missing;
}

struct range range_hull(struct range a, struct range b)
{
    if (range_is_none(a) || range_is_none(b)) {
        struct range r = range_is_none(a) ? b : a;
        r.missing = true;
        return r;
    }
    return (struct range){fmin(a.low, b.low), fmax(a.high, b.high), a.missing || b.missing};
}

// ---- arithmetic -------------------------------------------------------------------------------------------------------------

static bool is_finite(struct range a)
{
    return isfinite(a.low) && isfinite(a.high);
}

static bool has_zero(struct range a)
{
    return a.low <= 0 && a.high >= 0;
}

static struct range everything(void)
{
    return (struct range){-INFINITY, INFINITY, false};
}

// Where an infinity comes in, whether there is a value is not looked into.
static struct range arithmetic(enum op op, struct range a, struct range b)
{
    if (range_is_none(a) || range_is_none(b))
        return range_none();
    struct range r = everything();
    const bool plain = is_finite(a) && is_finite(b) && !(op == OP_DIV && has_zero(b));
    if (plain)
        r = rounded_arithmetic(op, a, b);
    else
        r.missing = true;
    if (op == OP_DIV && !plain && is_finite(a) && is_finite(b))
        r.missing = has_zero(a); // 1/0 is infinite, 0/0 has no value
    if (op == OP_ADD && !plain && a.low > -INFINITY && b.low > -INFINITY)
        r = (struct range){a.low + b.low < INFINITY ? nextafter(a.low + b.low, -INFINITY) : INFINITY, INFINITY, false};
    r.missing = r.missing || a.missing || b.missing;
    return r;
}

struct range range_add(struct range a, struct range b)
{
    return arithmetic(OP_ADD, a, b);
}

struct range range_subtract(struct range a, struct range b)
{
    return arithmetic(OP_SUB, a, b);
}

struct range range_multiply(struct range a, struct range b)
{
    return arithmetic(OP_MUL, a, b);
}

struct range range_divide(struct range a, struct range b)
{
    return arithmetic(OP_DIV, a, b);
}

static bool is_whole(double y)
{
    return floor(y) == y;
}

// Corners: y ln x is linear in each. A base of 0 needs an exponent above 0.
static struct range power_of_positive(struct range x, struct range y)
{
    struct range r = rounded_power(x.low, y.low);
    r = range_hull(r, rounded_power(x.high, y.low));
    r = range_hull(r, rounded_power(x.low, y.high));
    return range_hull(r, rounded_power(x.high, y.high));
}

static struct range whole_power(struct range x, double y)
{
    const struct range a = rounded_power(x.low, y), b = rounded_power(x.high, y);
    struct range r = range_hull(a, b);
    if (has_zero(x) && is_whole(y / 2))
        r.low = 0;
    return r;
}

struct range range_power(struct range x, struct range y)
{
    if (range_is_none(x) || range_is_none(y))
        return range_none();
    struct range r = everything();
    const bool finite = is_finite(x) && is_finite(y);
    if (finite && y.low == 0 && y.high == 0)
        r = range_of(1);
    else if (finite && (x.low > 0 || (x.low == 0 && y.low > 0)))
        r = power_of_positive(x, y);
    else if (finite && y.low == y.high && is_whole(y.low) && (y.low > 0 || !has_zero(x)))
        r = whole_power(x, y.low);
    else
        r.missing = true;
    r.missing = r.missing || x.missing || y.missing;
    return r;
}

struct range range_least(struct range a, struct range b)
{
    if (range_is_none(a) || range_is_none(b))
        return range_none();
    return (struct range){fmin(a.low, b.low), fmin(a.high, b.high), a.missing || b.missing};
}

struct range range_greatest(struct range a, struct range b)
{
    if (range_is_none(a) || range_is_none(b))
        return range_none();
    return (struct range){fmax(a.low, b.low), fmax(a.high, b.high), a.missing || b.missing};
}

// ---- functions --------------------------------------------------------------------------------------------------------------

static struct range negative(struct range a)
{
    return (struct range){-a.high, -a.low, a.missing};
}

static struct range size_of(struct range a)
{
    return has_zero(a) ? (struct range){0, fmax(-a.low, a.high), a.missing} : a.low > 0 ? a : negative(a);
}

static struct range exponential(struct range a)
{
    struct range r = rounded_function(OP_EXP, (struct range){fmax(a.low, -1e6), fmin(a.high, 1e6), false});
    if (a.high == INFINITY)
        r.high = INFINITY;
    if (a.low < -1e6 || r.low < 0)
        r.low = 0;
    return r;
}

static struct range of_positive(enum op op, struct range a)
{
    if (a.high < 0)
        return range_none();
    const bool root = op == OP_SQRT;
    const double least = root ? 0 : -INFINITY;
    if (a.high == 0)
        return (struct range){least, least, a.low < 0};
    struct range r = {least, INFINITY, a.low < 0};
    if (a.low > 0)
        r.low = isinf(a.low) ? INFINITY : rounded_function(op, range_of(a.low)).low;
    if (!isinf(a.high))
        r.high = rounded_function(op, range_of(a.high)).high;
    return r;
}

struct range range_function(enum op op, struct range a)
{
    struct range r = range_none();
    if (range_is_none(a))
        return r;
    if (op == OP_NEG)
        r = negative(a);
    else if (op == OP_ABS)
        r = size_of(a);
    else if (op == OP_EXP)
        r = exponential(a);
    else if (op == OP_FLOOR)
        r = range_between(floor(a.low), floor(a.high));
    else if (op == OP_CEIL)
        r = range_between(ceil(a.low), ceil(a.high));
    else if (op == OP_ROUND)
        r = range_between(nearbyint(a.low), nearbyint(a.high));
    else
        r = of_positive(op, a);
    r.missing = r.missing || a.missing;
    return r;
}

// ---- truths -----------------------------------------------------------------------------------------------------------------

struct range truth_of(bool fails, bool holds, bool missing)
{
    if (!fails && !holds)
        return range_none();
    return (struct range){fails ? 0 : 1, holds ? 1 : 0, missing};
}

bool can_fail(struct range a)
{
    return a.low <= 0 && a.high >= 0;
}

bool can_hold(struct range a)
{
    return a.low <= a.high && !(a.low == 0 && a.high == 0);
}

struct range truth_not(struct range a)
{
    return truth_of(can_hold(a), can_fail(a), a.missing);
}

// A failing side decides an `and`, a holding side an `or`, whether or not the other has a value.
struct range truth_and(struct range a, struct range b)
{
    const bool missing = (a.missing && (b.missing || can_hold(b))) || (b.missing && (a.missing || can_hold(a)));
    return truth_of(can_fail(a) || can_fail(b), can_hold(a) && can_hold(b), missing);
}

struct range truth_or(struct range a, struct range b)
{
    return truth_not(truth_and(truth_not(a), truth_not(b)));
}

// A comparison with a date that never comes is false.
struct range range_compare(enum op op, struct range a, struct range b, bool dates)
{
    if (op == OP_GT || op == OP_GE)
        return range_compare(op == OP_GT ? OP_LT : OP_LE, b, a, dates);
    if (range_is_none(a) || range_is_none(b))
        return range_none();
    bool fails, holds;
    if (op == OP_LT) {
        fails = a.high >= b.low;
        holds = a.low < b.high;
    } else if (op == OP_LE) {
        fails = a.high > b.low;
        holds = a.low <= b.high;
    } else {
        const bool differ = !(a.low == a.high && b.low == b.high && a.low == b.low), meet = a.low <= b.high && b.low <= a.high;
        fails = op == OP_EQ ? differ : meet;
        holds = op == OP_EQ ? meet : differ;
    }
    if (dates && (isinf(a.high) || isinf(b.high) || isinf(a.low) || isinf(b.low))) {
        fails = true;
        holds = holds && !isinf(a.low) && !isinf(b.low);
    }
    return truth_of(fails, holds, a.missing || b.missing);
}

struct range range_select(struct range condition, struct range yes, struct range no)
{
    struct range r = range_none();
    const bool first = can_hold(condition), second = can_fail(condition);
    if (first && second)
        r = range_hull(yes, no);
    else if (first || second)
        r = first ? yes : no;
    r.missing = r.missing || condition.missing;
    return r;
}
