#include "judge/proving.h"

#include <math.h>

// Bounds of the error of quantile_at, generous: a formula over lanes is within a few last places of its parts; the beta and
// triangular laws are solved to about 1e-13 of their width.
#define FORMULA_ERROR 0x1p-40
#define SOLVED_ERROR 1e-9
// Two draws nearer than this may be on either side of a step between two choices.
#define STEP_ERROR 1e-12

static bool is_discrete(const struct distribution *law)
{
    return law->law == LAW_CHOICE || law->law == LAW_POSSIBLE;
}

static bool is_formula(const struct quantile *quantile)
{
    return quantile->shape == QUANTILE_NORMAL || quantile->shape == QUANTILE_LOGNORMAL;
}

static bool open_below(const struct axis_column *column)
{
    return is_formula(&column->quantile) && isinf(column->quantile.low);
}

static bool open_above(const struct axis_column *column)
{
    return is_formula(&column->quantile) && isinf(column->quantile.high);
}

// The least and the greatest value of a bounded law.
static double law_least(const struct axis_column *column)
{
    const struct distribution *law = column->law;
    const bool beta = law->law == LAW_BETA, other = column->quantile.shape == QUANTILE_OTHER;
    return other ? fmax(beta ? 0 : law->a, column->quantile.low) : column->quantile.low;
}

static double law_greatest(const struct axis_column *column)
{
    const struct distribution *law = column->law;
    const bool beta = law->law == LAW_BETA, other = column->quantile.shape == QUANTILE_OTHER;
    return other ? fmin(beta ? 1 : law->b, column->quantile.high) : column->quantile.high;
}

// ---- making ---------------------------------------------------------------------------------------------------------------

static struct axis *axis_of(struct arena *arena, struct axes *axes, const struct column *column, size_t room)
{
    size_t i = 0;
    while (i < axes->count && axes->at[i].draw != column->draw)
        i++;
    if (i == axes->count) {
        axes->at[i] = (struct axis){.draw = column->draw, .variable = column->variable};
        axes->at[i].columns = arena_array(arena, room, sizeof *axes->at[i].columns);
        axes->count++;
    }
    return &axes->at[i];
}

static void add_column(struct arena *arena, struct axes *axes, const struct model *model, size_t column, size_t room)
{
    const struct column *it = &model->columns[column];
    if (it->law->law == LAW_KNOWN) {
        axes->points[axes->point_count++] = (struct axis_point){column, it->law->a};
        return;
    }
    struct axis *axis = axis_of(arena, axes, it, room);
    struct axis_column *added = &axis->columns[axis->column_count++];
    *added = (struct axis_column){.column = column, .quantile = quantile_of(it->law), .law = it->law};
}

static bool same_choice(const struct distribution *a, const struct distribution *b)
{
    if (!is_discrete(a) || a->law != b->law || a->choice_count != b->choice_count)
        return false;
    for (size_t i = 0; a->weights && i < a->choice_count; i++)
        if (a->weights[i] != b->weights[i])
            return false;
    return true;
}

static void set_value_range(struct axis *axis)
{
    const struct axis_column *column = &axis->columns[0];
    axis->kind = AXIS_VALUE;
    axis->cut = open_below(column) || open_above(column);
    axis->low = open_below(column) ? quantile_at(&column->quantile, CUT_LOW) : law_least(column);
    axis->high = open_above(column) ? quantile_at(&column->quantile, CUT_HIGH) : law_greatest(column);
}

static void set_slack(const struct axis *axis, struct axis_column *column)
{
    if (is_discrete(column->law))
        return;
    const double low = quantile_at(&column->quantile, axis->low), high = quantile_at(&column->quantile, axis->high);
    const bool other = column->quantile.shape == QUANTILE_OTHER, relative = column->quantile.shape == QUANTILE_LOGNORMAL;
    column->slack_relative = FORMULA_ERROR;
    column->slack = relative ? 0 : other ? SOLVED_ERROR * (high - low) : FORMULA_ERROR * (fabs(low) + fabs(high));
}

static void set_draw_range(struct axis *axis)
{
    axis->kind = AXIS_DRAW;
    axis->high = 1;
    for (size_t i = 0; i < axis->column_count; i++) {
        axis->low = open_below(&axis->columns[i]) ? CUT_LOW : axis->low;
        axis->high = open_above(&axis->columns[i]) ? CUT_HIGH : axis->high;
        axis->cut = axis->low > 0 || axis->high < 1;
    }
    for (size_t i = 0; i < axis->column_count; i++)
        set_slack(axis, &axis->columns[i]);
}

static void set_range(struct axis *axis)
{
    bool choice = true;
    for (size_t i = 0; i < axis->column_count; i++)
        choice = choice && same_choice(axis->columns[0].law, axis->columns[i].law);
    if (choice) {
        axis->kind = AXIS_CHOICE;
        axis->high = (double)(axis->columns[0].law->choice_count - 1);
    } else if (axis->column_count == 1) {
        set_value_range(axis);
    } else {
        set_draw_range(axis);
    }
}

bool axes_make(struct arena *arena, const struct model *model, const size_t *columns, size_t count, const double *fixed, struct axes *axes)
{
    *axes = (struct axes){.at = arena_array(arena, count, sizeof *axes->at)};
    axes->points = arena_array(arena, count, sizeof *axes->points);
    for (size_t i = 0; i < count; i++) {
        const double value = fixed ? fixed[columns[i]] : NAN;
        if (!isnan(value))
            axes->points[axes->point_count++] = (struct axis_point){columns[i], value};
        else if (model->columns[columns[i]].kind != COLUMN_INPUT)
            return false;
        else
            add_column(arena, axes, model, columns[i], count);
    }
    for (size_t i = 0; i < axes->count; i++)
        set_range(&axes->at[i]);
    return true;
}

void axes_whole(const struct axes *axes, double *box)
{
    for (size_t i = 0; i < axes->count; i++) {
        box[2 * i] = axes->at[i].low;
        box[2 * i + 1] = axes->at[i].high;
    }
}

// ---- placing ----------------------------------------------------------------------------------------------------------------

struct values {
    double low, high;
};

static struct values choices(const struct axis_column *column, size_t first, size_t last)
{
    struct values span = {INFINITY, -INFINITY};
    for (size_t i = first; i <= last; i++) {
        span.low = fmin(span.low, column->law->values[i]);
        span.high = fmax(span.high, column->law->values[i]);
    }
    return span;
}

// The choices whose part of 0 .. 1 meets the draws.
static struct values steps(const struct axis_column *column, const double *side)
{
    const struct distribution *law = column->law;
    size_t first = 0, last = 0;
    double below = 0;
    for (size_t i = 0; i + 1 < law->choice_count; i++) {
        below += law->law == LAW_CHOICE && law->weights ? law->weights[i] : 1.0 / (double)law->choice_count;
        first += side[0] > below + STEP_ERROR;
        last += side[1] >= below - STEP_ERROR;
    }
    return choices(column, first, last);
}

static struct values widened(const struct axis_column *column, double low, double high)
{
    const double least = low - (fabs(low) * column->slack_relative + column->slack), greatest = high + (fabs(high) * column->slack_relative + column->slack);
    return (struct values){fmax(least, column->quantile.low), fmin(greatest, column->quantile.high)};
}

static struct values span_of(const struct axis *axis, const struct axis_column *column, const double *side)
{
    if (axis->kind == AXIS_VALUE)
        return (struct values){side[0], side[1]};
    if (axis->kind == AXIS_CHOICE)
        return choices(column, (size_t)side[0], (size_t)side[1]);
    if (is_discrete(column->law))
        return steps(column, side);
    return widened(column, quantile_at(&column->quantile, side[0]), quantile_at(&column->quantile, side[1]));
}

void axes_place(const struct axes *axes, const double *box, size_t lane, struct enclosure *const *columns)
{
    for (size_t a = 0; a < axes->count; a++)
        for (size_t i = 0; i < axes->at[a].column_count; i++) {
            const struct axis_column *column = &axes->at[a].columns[i];
            const struct values span = span_of(&axes->at[a], column, box + 2 * a);
            struct enclosure *to = columns[column->column];
            to->low[lane] = span.low;
            to->high[lane] = span.high;
            to->missing[lane] = 0;
        }
}

// ---- as linear functions ----------------------------------------------------------------------------------------------------

// The position e in -1 .. 1 on a side stands for center + reach * e.
static void position(const double *side, double *center, double *reach)
{
    *center = side[0] + (side[1] - side[0]) * 0.5;
    *reach = nextafter(fmax(side[1] - *center, *center - side[0]), INFINITY);
}

// A quantile between the straight line through its ends, with the greatest distance from it: in each part of the side it lies
// between its values at the part's ends, as it never decreases, and so does the line.
static void place_line(const struct axis_column *column, const double *side, size_t lane, struct affine_column *to)
{
    enum { PARTS = 24 };
    const double first = quantile_at(&column->quantile, side[0]), last = quantile_at(&column->quantile, side[1]);
    const double width = side[1] - side[0], rise = last - first;
    double before = first, error = 0;
    for (int i = 1; i <= PARTS; i++) {
        const double share = (double)i / PARTS, line = first + rise * share, line_before = first + rise * (double)(i - 1) / PARTS;
        const double value = i < PARTS ? quantile_at(&column->quantile, side[0] + width * share) : last;
        error = fmax(error, fmax(value - line_before, line - before));
        before = value;
    }
    const double size = fabs(first) + fabs(last);
    to->center[lane] = 0.5 * (first + last);
    to->slope[lane] = 0.5 * rise;
    to->error[lane] = error + size * (column->slack_relative + FORMULA_ERROR) + column->slack;
}

static void place_affine(const struct axis *axis, const struct axis_column *column, const double *side, size_t lane, struct affine_column *to)
{
    const struct values span = span_of(axis, column, side);
    affine_column_set(to, lane, span.low, span.high);
    if (axis->kind == AXIS_DRAW && !is_discrete(column->law) && side[0] < side[1]) {
        place_line(column, side, lane, to);
    } else if (axis->kind != AXIS_VALUE) {
        to->error[lane] += to->slope[lane];
        to->slope[lane] = 0;
    }
}

void axes_place_affine(const struct axes *axes, const double *box, size_t lane, struct affine_column *const *columns)
{
    for (size_t a = 0; a < axes->count; a++)
        for (size_t i = 0; i < axes->at[a].column_count; i++) {
            const struct axis_column *column = &axes->at[a].columns[i];
            place_affine(&axes->at[a], column, box + 2 * a, lane, columns[column->column]);
        }
}

bool axis_narrow(const struct axis *axis, double *side, const double *place)
{
    double center, reach;
    if (axis->kind == AXIS_CHOICE)
        return true;
    position(side, &center, &reach);
    const double slack = (fabs(center) + reach) * FORMULA_ERROR;
    if (place[1] < 1)
        side[1] = fmin(side[1], center + reach * place[1] + slack);
    if (place[0] > -1)
        side[0] = fmax(side[0], center + reach * place[0] - slack);
    return side[0] <= side[1];
}

double axis_share(const struct axis *axis, const double *side)
{
    return axis->high > axis->low ? (side[1] - side[0]) / (axis->high - axis->low) : 0;
}

const struct proof_axis *axes_show(struct work *work, const struct axes *axes)
{
    struct proof_axis *shown = arena_array(work->arena, axes->count, sizeof *shown);
    for (size_t i = 0; i < axes->count; i++) {
        const struct axis *axis = &axes->at[i];
        const struct variable *variable = &work->model->variables[axis->variable];
        shown[i] = (struct proof_axis){axis->draw, axis->variable, variable->input, variable->name, axis->kind == AXIS_DRAW, axis->kind == AXIS_CHOICE, axis->cut, axis->low, axis->high};
        // The columns of an input that varies by period have draws of their own.
        for (size_t k = 1; k < variable->column_count; k++)
            if (variable->draws[k] != variable->draws[0])
                shown[i].name = work->model->columns[axis->columns[0].column].name;
    }
    return shown;
}
