#include "base/elementary.h"

#define LANES 1
#include "base/lanes_math.h"

double elementary_exp(double x)
{
    return lanes_exp(x);
}

double elementary_log(double x)
{
    return lanes_log(x);
}

double elementary_log10(double x)
{
    return lanes_log10(x);
}

double elementary_pow(double x, double y)
{
    return lanes_pow(x, y);
}

double elementary_sqrt(double x)
{
    return lanes_sqrt(x);
}

double elementary_floor(double x)
{
    return lanes_floor(x);
}

double elementary_ceil(double x)
{
    return lanes_ceil(x);
}

double elementary_round(double x)
{
    return lanes_round(x);
}

double elementary_min(double x, double y)
{
    return lanes_min(x, y);
}

double elementary_max(double x, double y)
{
    return lanes_max(x, y);
}
