#include "judge/proving.h"

#include <math.h>
#include <string.h>

// A sum of n terms in doubles is off by less than n 2^-53 of the sum of their sizes; axes are fewer than 2^10.
#define SUM_ERROR 0x1p-42

// Rounding, generously: nothing here is worth a last place.
static double a_little(double size)
{
    return size * SUM_ERROR + 0x1p-1060;
}

bool linear_of(struct linear *form, const struct affine_root *plus, const struct affine_root *minus, size_t axis_count, size_t lane)
{
    form->center = plus->center[lane] - minus->center[lane];
    double size = fabs(plus->center[lane]) + fabs(minus->center[lane]);
    for (size_t a = 0; a < axis_count; a++) {
        const double p = plus->slope[a * BOX_LANES + lane], m = minus->slope[a * BOX_LANES + lane];
        form->slope[a] = p - m;
        size += fabs(p) + fabs(m);
    }
    const double error = plus->error[lane] + minus->error[lane];
    form->error = error + a_little(size + error);
    return isfinite(form->error) && isfinite(size);
}

// The least of slope * e over low .. high.
static double least_term(double slope, const double *side)
{
    return slope > 0 ? slope * side[0] : slope < 0 ? slope * side[1] : 0;
}

double linear_least(const struct linear *form, size_t axis_count, const double *place)
{
    double least = form->center - form->error, size = fabs(form->center) + form->error;
    for (size_t a = 0; a < axis_count; a++) {
        least += least_term(form->slope[a], place + 2 * a);
        size += fabs(form->slope[a]);
    }
    return least - a_little(size);
}

// One axis: slope * e <= limit.
static bool narrow_side(double slope, double limit, double *side)
{
    const double bound = limit / slope, slack = a_little(fabs(bound) + 1);
    if (slope > 0 && bound + slack < side[1])
        side[1] = bound + slack;
    if (slope < 0 && bound - slack > side[0])
        side[0] = bound - slack;
    return side[0] <= side[1];
}

bool linear_narrow(const struct linear *form, size_t axis_count, double *place)
{
    double least = linear_least(form, axis_count, place), size = fabs(form->center) + form->error;
    if (!(least <= 0))
        return isnan(least);
    for (size_t a = 0; a < axis_count; a++)
        size += fabs(form->slope[a]);
    for (size_t a = 0; a < axis_count; a++) {
        if (form->slope[a] == 0)
            continue;
        const double rest = least - least_term(form->slope[a], place + 2 * a) - a_little(size);
        if (isfinite(rest) && !narrow_side(form->slope[a], -rest, place + 2 * a))
            return false;
    }
    return true;
}

static void mix(struct linear *sum, const struct linear *one, const struct linear *other, double weight, size_t axis_count)
{
    double size = fabs(one->center) + weight * fabs(other->center);
    sum->center = one->center + weight * other->center;
    for (size_t a = 0; a < axis_count; a++) {
        sum->slope[a] = one->slope[a] + weight * other->slope[a];
        size += fabs(one->slope[a]) + weight * fabs(other->slope[a]);
    }
    sum->error = one->error + weight * other->error;
    sum->error += a_little(size + sum->error);
}

// Where both are at most 0 so is one + weight * other. Its least value is concave in the weight and made of straight pieces, which
// meet where a slope vanishes: the greatest is at one of these.
bool linear_narrow_both(const struct linear *one, const struct linear *other, struct linear *room, size_t axis_count, double *place)
{
    double best = -INFINITY, best_weight = 0;
    for (size_t a = 0; a < axis_count; a++) {
        const double weight = other->slope[a] != 0 ? -one->slope[a] / other->slope[a] : 0;
        if (!(weight > 0) || !isfinite(weight))
            continue;
        mix(room, one, other, weight, axis_count);
        const double least = linear_least(room, axis_count, place) / (1 + weight);
        if (least > best) {
            best = least;
            best_weight = weight;
        }
    }
    if (best_weight == 0)
        return true;
    mix(room, one, other, best_weight, axis_count);
    return linear_narrow(room, axis_count, place);
}
