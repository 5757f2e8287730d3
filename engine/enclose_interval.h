// Single intervals: the parts that enclose_one.c and enclose_power.c share.
#ifndef ENGINE_ENCLOSE_SPAN_H
#define ENGINE_ENCLOSE_SPAN_H

#include <float.h>
#include <math.h>

#include "engine/enclose_inside.h"

static inline struct interval interval_empty(void)
{
    return (struct interval){INFINITY, -INFINITY, true};
}

static inline bool interval_is_empty(struct interval a)
{
    return !(a.low <= a.high);
}

// A lower bound of what rounds to r with a relative error of `slack` and an absolute one of `least`. What rounds to infinity is
// at least the greatest number, less the error.
static inline double interval_below(double r, double slack, double least)
{
    if (r == -INFINITY)
        return r;
    if (r == INFINITY)
        r = DBL_MAX;
    return r - (fabs(r) * slack + least);
}

static inline double interval_above(double r, double slack, double least)
{
    return -interval_below(-r, slack, least);
}

// The lesser and the greater end, -0 below +0.
static inline double interval_lesser(double x, double y)
{
    return x < y || (x == y && signbit(x)) ? x : y;
}

static inline double interval_greater(double x, double y)
{
    return x > y || (x == y && !signbit(x)) ? x : y;
}

struct interval interval_power(struct interval x, struct interval y);

#endif
