#include "engine/drawing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "engine/quantile.h"
#include "engine/sobol.h"

#define NOT_CORRELATED SIZE_MAX

struct draw {
    size_t number;
    const struct scramble *scramble; // NULL: Philox
};

struct drawn_column {
    size_t column;
    struct draw draw;
    size_t correlated; // position among the correlated draws, or NOT_CORRELATED
    struct quantile quantile;
};

double column_quantile(const struct column *column, double u)
{
    if (column->kind != COLUMN_INPUT)
        return NAN;
    const struct quantile quantile = quantile_of(column->law);
    return quantile_at(&quantile, u);
}

double column_central(const struct column *column)
{
    return column->kind == COLUMN_INPUT ? distribution_central(column->law) : NAN;
}

double futures_fixed(const struct futures *futures, size_t column)
{
    return futures->fixed == NULL ? NAN : futures->fixed[column];
}

static int by_draw(const void *one, const void *other)
{
    const struct drawn_column *a = one, *b = other;
    if (a->draw.number != b->draw.number)
        return a->draw.number < b->draw.number ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column);
}

static size_t correlated_position(const struct model *model, size_t draw)
{
    for (size_t i = 0; i < model->correlated_count; i++)
        if (model->correlated[i] == draw)
            return i;
    return NOT_CORRELATED;
}

static struct draw draw_of(struct arena *arena, const struct futures *futures, uint64_t first, size_t number)
{
    struct draw draw = {number, NULL};
    if (futures->sampler != SAMPLER_SOBOL || number >= SOBOL_DIMENSIONS)
        return draw;
    struct scramble *scramble = arena_alloc(arena, sizeof *scramble);
    *scramble = scramble_of(futures->seed, first >> STREAM_SHIFT, number);
    draw.scramble = scramble;
    return draw;
}

// The draws of what is not correlated; one for each run of columns that share it. The columns are in order of their draws.
static void find_draws(struct arena *arena, struct drawn_column *columns, size_t count, const struct futures *futures, uint64_t first)
{
    for (size_t i = 0; i < count; i++) {
        struct draw *draw = &columns[i].draw;
        if (i > 0 && draw->number == columns[i - 1].draw.number)
            *draw = columns[i - 1].draw;
        else if (columns[i].correlated == NOT_CORRELATED)
            *draw = draw_of(arena, futures, first, draw->number);
    }
}

static const struct draw *correlated_draws(struct arena *arena, const struct futures *futures, uint64_t first)
{
    const struct model *model = futures->model;
    struct draw *draws = arena_array(arena, model->correlated_count, sizeof *draws);
    for (size_t i = 0; i < model->correlated_count; i++)
        draws[i] = draw_of(arena, futures, first, model->correlated[i]);
    return draws;
}

struct drawing drawing_make(struct arena *arena, const struct tape *tape, const struct futures *futures, uint64_t first)
{
    const struct model *model = futures->model;
    size_t count = 0;
    const size_t *read = tape_columns(tape, &count);
    struct drawn_column *columns = arena_array(arena, count, sizeof *columns);
    struct drawing drawing = {.model = model, .seed = futures->seed, .columns = columns};
    for (size_t i = 0; i < count; i++) {
        const struct column *column = &model->columns[read[i]];
        if (column->kind != COLUMN_INPUT || !isnan(futures_fixed(futures, read[i])))
            continue;
        struct drawn_column *drawn = &columns[drawing.column_count++];
        *drawn = (struct drawn_column){.column = read[i],
                                       .draw = {column->draw, NULL},
                                       .correlated = correlated_position(model, column->draw),
                                       .quantile = quantile_of(column->law)};
        if (drawn->correlated != NOT_CORRELATED)
            drawing.correlated_count = model->correlated_count;
    }
    if (drawing.column_count > 0)
        qsort(columns, drawing.column_count, sizeof *columns, by_draw);
    find_draws(arena, columns, drawing.column_count, futures, first);
    if (drawing.correlated_count > 0)
        drawing.correlated = correlated_draws(arena, futures, first);
    return drawing;
}

// u and z of one draw, then those of the correlated draws.
size_t drawing_workspace(const struct drawing *drawing)
{
    return (2 + drawing->correlated_count) * BLOCK_LANES;
}

static void draw_uniforms(const struct drawing *drawing, const struct kernel *kernel, const struct draw *draw, uint64_t first, double *u)
{
    if (draw->scramble != NULL)
        kernel->points(draw->scramble, first, u);
    else
        kernel->uniforms(drawing->seed, first, draw->number, u);
}

// Independent normal draws, then the rows of the Cholesky factor times them, the last row first: a row reads only itself and
// those before it.
static void draw_correlated(const struct drawing *drawing, const struct kernel *kernel, uint64_t first, double *z)
{
    const struct model *model = drawing->model;
    const size_t count = drawing->correlated_count;
    for (size_t row = 0; row < count; row++) {
        draw_uniforms(drawing, kernel, &drawing->correlated[row], first, z + row * BLOCK_LANES);
        kernel->normals(z + row * BLOCK_LANES, z + row * BLOCK_LANES);
    }
    for (size_t row = count; row-- > 0;) {
        const double *factors = model->cholesky + row * count;
        for (size_t lane = 0; lane < BLOCK_LANES; lane++) {
            double sum = 0;
            for (size_t i = 0; i <= row; i++)
                sum += factors[i] * z[i * BLOCK_LANES + lane];
            z[row * BLOCK_LANES + lane] = sum;
        }
    }
}

void draw_block(const struct drawing *drawing, const struct kernel *kernel, uint64_t first, double *workspace,
                double *const *columns)
{
    double *const u = workspace, *const z = u + BLOCK_LANES, *const correlated = z + BLOCK_LANES;
    if (drawing->correlated_count > 0)
        draw_correlated(drawing, kernel, first, correlated);
    bool have_u = false, have_z = false;
    for (size_t i = 0; i < drawing->column_count; i++) {
        const struct drawn_column *drawn = &drawing->columns[i];
        const bool wants_z = quantile_wants_normal(&drawn->quantile), tied = drawn->correlated != NOT_CORRELATED;
        const double *normal = tied ? correlated + drawn->correlated * BLOCK_LANES : z;
        if (i == 0 || drawn->draw.number != drawn[-1].draw.number)
            have_u = have_z = false;
        if (!have_u && tied)
            kernel->probabilities(normal, u);
        else if (!have_u)
            draw_uniforms(drawing, kernel, &drawn->draw, first, u);
        have_u = true;
        if (wants_z && !tied && !have_z) {
            kernel->normals(u, z);
            have_z = true;
        }
        kernel->quantiles(&drawn->quantile, u, normal, columns[drawn->column]);
    }
}
