// The spread of one expression: inputs without a probability stand at their central values; what they alone do to the central
// value is searched at the places of hole.h.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "judge/hole.h"

enum { SPREAD_FUTURES = 16384 };

struct spread {
    uint64_t first;
    size_t count;
    double **values; // by root
};

static void keep_values(void *user, size_t worker, const struct block *block)
{
    (void)worker;
    const struct spread *spread = user;
    for (size_t r = 0; r < spread->count; r++)
        memcpy(spread->values[r] + (block->first - spread->first), block->roots[r], block->lanes * sizeof(double));
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// Drops what has no value and sorts the rest.
static size_t sort_values(double *values, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!isnan(values[i]))
            values[kept++] = values[i];
    qsort(values, kept, sizeof *values, by_size);
    return kept;
}

// Straight between order statistics (the usual p (n - 1) rule).
static double quantile(const double *sorted, size_t count, double p)
{
    if (count == 0)
        return NAN;
    double at = p * (double)(count - 1);
    size_t below = (size_t)at;
    if (below + 1 >= count)
        return sorted[count - 1];
    double part = at - (double)below;
    return part > 0 ? sorted[below] + part * (sorted[below + 1] - sorted[below]) : sorted[below];
}

static double mean(const double *values, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += values[i];
    return count > 0 ? sum / (double)count : NAN;
}

static void write_spread(struct work *work, struct results *results, struct spread *spread, double **central)
{
    const struct model *model = work->model;
    size_t futures = results->samples, kept = sort_values(spread->values[0], futures);
    if (model->program && model->program->expression_node)
        results->type = model->program->expression_node->type;
    results->central = central[0][0];
    results->mean = mean(spread->values[0], kept);
    results->share = results->type.kind == KIND_TRUTH ? results->mean : NAN;
    results->p5 = quantile(spread->values[0], kept, 0.05);
    results->p50 = quantile(spread->values[0], kept, 0.5);
    results->p95 = quantile(spread->values[0], kept, 0.95);
    struct eval_step *steps = arena_array(work->arena, model->series_count, sizeof *steps);
    for (size_t s = 0; s < model->series_count; s++) {
        double *values = spread->values[1 + s];
        kept = sort_values(values, futures);
        steps[s] = (struct eval_step){(int)s, central[1 + s][0], quantile(values, kept, 0.05), quantile(values, kept, 0.5), quantile(values, kept, 0.95)};
    }
    results->steps = steps;
    results->step_count = model->series_count;
}

// The least and greatest central value: the uncertain inputs stand at theirs.
static void search_bounds(struct work *work, const struct reach *reach, struct results *results)
{
    const struct model *model = work->model;
    size_t places = hole_places(work, reach);
    results->bounds_low = results->bounds_high = NAN;
    if (places == 1)
        return;
    double *fixed = work_fixed(work), *values = arena_array(work->scratch, places, sizeof *values);
    double **points = arena_array(work->scratch, model->column_count, sizeof *points);
    for (size_t b = 0; b < reach->bounds_count; b++)
        points[reach->bounds[b]] = arena_array(work->scratch, places, sizeof **points);
    for (size_t k = 0; k < places; k++) {
        hole_place(work, reach, k, fixed);
        for (size_t b = 0; b < reach->bounds_count; b++)
            points[reach->bounds[b]][k] = fixed[reach->bounds[b]];
    }
    work_points(work, tape_make(work->scratch, model, &model->expression, 1), work->fixed, (const double *const *)points, places, &values);
    for (size_t k = 0; k < places; k++) {
        results->bounds_low = fmin(results->bounds_low, values[k]); // a NAN is no value
        results->bounds_high = fmax(results->bounds_high, values[k]);
    }
}

bool measure_expression(struct work *work, struct results *results)
{
    struct arena_mark mark = arena_mark(work->scratch);
    const struct model *model = work->model;
    size_t count = 1 + model->series_count;
    value_id *roots = arena_array(work->scratch, count, sizeof *roots);
    roots[0] = model->expression;
    for (size_t s = 0; s < model->series_count; s++)
        roots[1 + s] = model->series[s];
    const struct tape *tape = tape_make(work->scratch, model, roots, count);
    struct reach reach = reach_of(work->scratch, model, tape);
    results->samples = !reach.uncertain ? 1 : work->samples < SPREAD_FUTURES ? work->samples : SPREAD_FUTURES;
    struct spread spread = {0, count, arena_array(work->scratch, count, sizeof *spread.values)};
    double **central = arena_array(work->scratch, count, sizeof *central), *fixed = work_fixed(work);
    for (size_t r = 0; r < count; r++) {
        spread.values[r] = arena_array(work->scratch, results->samples, sizeof **spread.values);
        central[r] = arena_array(work->scratch, 1, sizeof **central);
    }
    const double **points = arena_array(work->scratch, model->column_count, sizeof *points);
    work_points(work, tape, fixed, points, 1, central);
    search_bounds(work, &reach, results);
    for (size_t b = 0; b < reach.bounds_count; b++)
        fixed[reach.bounds[b]] = column_central(&model->columns[reach.bounds[b]]);
    bool done = work_futures(work, tape, fixed, 0, results->samples, keep_values, &spread);
    if (done)
        write_spread(work, results, &spread, central);
    arena_release(work->scratch, mark);
    return done && work_continues(work, results->samples);
}
