#include "judge/mover.h"

#include <math.h>
#include <stdlib.h>

#include "base/elementary.h"
#include "base/probability.h"

#define BEYOND 8.0     // half-widths on both sides of the central value
#define SCORE_MAX 8.1  // beyond this normal score a double cannot tell u from 1

static bool is_choice(const struct distribution *law)
{
    return law->law == LAW_CHOICE || law->law == LAW_POSSIBLE;
}

static double share_of(double score)
{
    return normal_probability_at(score);
}

static double straight(const struct distribution *law, double position)
{
    return law->a + (law->b - law->a) * position;
}

static double limited(const struct mover *mover, double value)
{
    if (mover->positive && value < 0)
        value = 0;
    if (mover->fraction && value > 1)
        value = 1;
    return value;
}

double mover_value(const struct mover *mover, size_t column, double position)
{
    const struct column *it = &mover->model->columns[column];
    if (mover->move == MOVE_VALUE)
        return position;
    if (mover->move == MOVE_CHOICE)
        return it->law->law == LAW_KNOWN ? it->law->a : it->law->values[(size_t)position];
    if (it->law->law == LAW_BOUNDS)
        return limited(mover, straight(it->law, position));
    if (!mover->bounds)
        return column_quantile(it, share_of(position));
    return column_quantile(it, fmin(fmax(position, 0), 1));
}

static double instant_of(const struct mover *mover, const struct distribution *law)
{
    const struct variable *variable = mover->variable;
    if (!variable->input || !variable->input->instances)
        return -INFINITY;
    const struct input_instance *instance = &variable->input->instances[variable->instance];
    for (size_t i = 0; i < instance->point_count; i++)
        if (&instance->points[i].law == law)
            return instance->points[i].instant;
    return -INFINITY;
}

// The last point at or before the end, else the first.
static size_t reported_column(const struct mover *mover, double end)
{
    const struct variable *variable = mover->variable;
    size_t found = variable->columns[0];
    for (size_t i = 0; i < variable->column_count; i++)
        if (instant_of(mover, mover->model->columns[variable->columns[i]].law) <= end)
            found = variable->columns[i];
    return found;
}

static bool same_law(const struct mover *mover)
{
    const struct variable *variable = mover->variable;
    const struct column *first = &mover->model->columns[variable->columns[0]];
    for (size_t i = 1; i < variable->column_count; i++)
        if (mover->model->columns[variable->columns[i]].law != first->law)
            return false;
    return true;
}

// How far a value goes: p0.1 .. p99.9 or the bounds, and BEYOND, within what the law can take.
static void set_reach(struct mover *mover)
{
    const struct column *column = &mover->model->columns[mover->reported];
    const struct distribution *law = column->law;
    double least = column_quantile(column, mover->bounds ? 0 : 0.001), greatest = column_quantile(column, mover->bounds ? 1 : 0.999);
    mover->first = fmin(least, mover->central - BEYOND * mover->half);
    mover->last = fmax(greatest, mover->central + BEYOND * mover->half);
    if (mover->positive && mover->first < 0)
        mover->first = 0;
    // A positive law stays positive: as many half-widths down in the logarithm.
    bool logarithmic = law->law == LAW_SPREAD_LOGNORMAL || law->law == LAW_SPREAD_TWO_LOGNORMAL || law->law == LAW_LOGNORMAL;
    if (logarithmic && mover->first <= 0)
        mover->first = fmin(least, mover->central * elementary_pow(mover->low / mover->central, BEYOND));
    if (mover->fraction || law->law == LAW_BETA)
        mover->last = fmin(mover->last, 1);
    if (isfinite(law->cut_low) && law->cut_low < law->cut_high)
        mover->first = fmax(mover->first, law->cut_low);
    if (isfinite(law->cut_high) && law->cut_low < law->cut_high)
        mover->last = fmin(mover->last, law->cut_high);
}

bool mover_new(const struct model *model, const struct variable *variable, double end, struct mover *mover)
{
    if (variable->column_count == 0)
        return false;
    *mover = (struct mover){.model = model, .variable = variable, .bounds = variable->bounds_only};
    mover->reported = reported_column(mover, end);
    const struct column *column = &model->columns[mover->reported];
    mover->central = column_central(column);
    mover->low = column_quantile(column, mover->bounds ? 0 : 0.05);
    mover->high = column_quantile(column, mover->bounds ? 1 : 0.95);
    mover->half = (mover->high - mover->low) / 2;
    mover->fraction = variable->type.fraction;
    mover->positive = mover->fraction || (variable->type.kind != KIND_DATE && column_quantile(column, mover->bounds ? 0 : 0.001) >= 0);
    if (is_choice(column->law)) {
        mover->move = MOVE_CHOICE;
        mover->last = (double)column->law->choice_count - 1;
        return column->law->choice_count > 1;
    }
    if (!(mover->half > 0) || !isfinite(mover->half))
        return false;
    if (same_law(mover)) {
        set_reach(mover);
        return true;
    }
    mover->move = MOVE_DRAW;
    mover->first = mover->bounds ? 0.5 - BEYOND / 2 : -SCORE_MAX;
    mover->last = mover->bounds ? 0.5 + BEYOND / 2 : SCORE_MAX;
    return true;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// Evenly over all, evenly over the range, by probability, and by logarithm where all is positive.
static size_t value_grid(const struct mover *mover, double *positions)
{
    enum { EACH = 63 };
    const struct column *column = &mover->model->columns[mover->reported];
    size_t count = 0;
    for (int i = 0; i < EACH; i++) {
        double share = i / (double)(EACH - 1);
        positions[count++] = mover->first + (mover->last - mover->first) * share;
        positions[count++] = mover->low + (mover->high - mover->low) * share;
        if (!mover->bounds)
            positions[count++] = column_quantile(column, 0.001 + 0.998 * share);
        if (mover->first > 0)
            positions[count++] = mover->first * elementary_pow(mover->last / mover->first, share);
    }
    positions[count++] = mover->central;
    for (size_t i = 0; i < count; i++)
        positions[i] = fmin(fmax(positions[i], mover->first), mover->last);
    return count;
}

size_t mover_grid(const struct mover *mover, double *positions)
{
    size_t count = 0;
    if (mover->move == MOVE_CHOICE)
        for (; count < MOVER_POINTS && (double)count <= mover->last; count++)
            positions[count] = (double)count;
    else if (mover->move == MOVE_VALUE)
        count = value_grid(mover, positions);
    else
        for (; count < MOVER_POINTS; count++)
            positions[count] = mover->first + (mover->last - mover->first) * (double)count / (MOVER_POINTS - 1);
    qsort(positions, count, sizeof *positions, by_size);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || positions[i] > positions[kept - 1])
            positions[kept++] = positions[i];
    return kept;
}
