// x^y for intervals: the positive, the zero and the negative part of the base, each with what it gives, and the hull of all.
#include "base/elementary.h"
#include "engine/enclose_interval.h"

static void include(struct interval *hull, double low, double high)
{
    hull->low = interval_lesser(hull->low, low);
    hull->high = interval_greater(hull->high, high);
}

// A corner of the base and the exponent, and what is surely below and above the power there.
static void include_corner(struct interval *hull, double x, double y)
{
    const double r = elementary_pow(x, y);
    if (y == 0 || x == 1 || x == 0 || isinf(x) || isinf(y)) {
        include(hull, r, r);
        return;
    }
    if (fabs(y) > 0x1p60) { // of these the sampler keeps only on which side of 1 they lie: at least 2^184 away from it
        include(hull, r > 1 ? 0x1p180 : 0.0, r > 1 ? INFINITY : 0x1p-180);
        return;
    }
    const double low = interval_below(r, SLACK_FUNCTION, 4 * SMALLEST);
    include(hull, low > 0 ? low : 0.0, interval_above(r, SLACK_FUNCTION, 4 * SMALLEST));
}

// Sizes from x.low >= 0 to x.high > 0. The logarithm of the power, y ln x, is bilinear: the extremes are at the corners. At a
// base of 0 the corner is the limit from above.
static struct interval of_sizes(struct interval x, struct interval y)
{
    struct interval hull = interval_empty();
    include_corner(&hull, x.low, y.low);
    include_corner(&hull, x.high, y.low);
    if (y.low != y.high) {
        include_corner(&hull, x.low, y.high);
        include_corner(&hull, x.high, y.high);
    }
    return hull;
}

static bool is_whole(double y)
{
    return elementary_floor(y) == y;
}

static bool is_odd(double y)
{
    return is_whole(y) && !is_whole(y * 0.5);
}

// 0^y, `minus` when the zero may be -0: only odd exponents see that.
static void include_zero(struct interval *hull, struct interval y, bool minus)
{
    const bool odd = minus && (y.low != y.high || is_odd(y.low));
    if (y.high > 0)
        include(hull, odd ? -0.0 : 0.0, 0.0);
    if (y.low <= 0 && y.high >= 0)
        include(hull, 1.0, 1.0);
    if (y.low < 0)
        include(hull, odd ? -INFINITY : INFINITY, INFINITY);
}

// A base below 0 has powers for whole exponents alone.
static void include_negative(struct interval *hull, struct interval x, struct interval y)
{
    if (y.low != y.high || !is_whole(y.low))
        hull->missing = true;
    if (elementary_floor(y.high) < y.low)
        return;
    const struct interval r = of_sizes((struct interval){x.high < 0 ? -x.high : 0.0, -x.low, false}, y);
    if (y.low != y.high)
        include(hull, -r.high, r.high);
    else if (is_odd(y.low))
        include(hull, -r.high, -r.low);
    else
        include(hull, r.low, r.high);
}

struct interval interval_power(struct interval x, struct interval y)
{
    struct interval hull = interval_empty();
    hull.missing = x.missing || y.missing;
    if (x.high > 0) {
        const struct interval r = of_sizes((struct interval){x.low > 0 ? x.low : 0.0, x.high, false}, y);
        include(&hull, r.low, r.high);
    }
    if (x.low <= 0 && x.high >= 0)
        include_zero(&hull, y, signbit(x.low) != 0);
    if (x.low < 0)
        include_negative(&hull, x, y);
    if (interval_is_empty(hull))
        return interval_empty();
    if (hull.low == 0 && signbit(x.low))
        hull.low = -0.0;
    if (hull.high == 0)
        hull.high = 0.0;
    return hull;
}
