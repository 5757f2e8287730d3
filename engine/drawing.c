#include "engine/drawing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "engine/quantile.h"

#define NOT_CORRELATED SIZE_MAX

struct drawn_column {
    size_t column, draw;
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
    if (a->draw != b->draw)
        return a->draw < b->draw ? -1 : 1;
    return (a->column > b->column) - (a->column < b->column);
}

static size_t correlated_position(const struct model *model, size_t draw)
{
    for (size_t i = 0; i < model->correlated_count; i++)
        if (model->correlated[i] == draw)
            return i;
    return NOT_CORRELATED;
}

struct drawing drawing_make(struct arena *arena, const struct tape *tape, const struct futures *futures)
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
                                       .draw = column->draw,
                                       .correlated = correlated_position(model, column->draw),
                                       .quantile = quantile_of(column->law)};
        if (drawn->correlated != NOT_CORRELATED)
            drawing.correlated_count = model->correlated_count;
    }
    if (drawing.column_count > 0)
        qsort(columns, drawing.column_count, sizeof *columns, by_draw);
    return drawing;
}

// u and z of one draw, then those of the correlated draws.
size_t drawing_workspace(const struct drawing *drawing)
{
    return (2 + drawing->correlated_count) * BLOCK_LANES;
}

// Independent normal draws, then the rows of the Cholesky factor times them, the last row first: a row reads only itself and
// those before it.
static void draw_correlated(const struct drawing *drawing, const struct kernel *kernel, uint64_t first, double *z)
{
    const struct model *model = drawing->model;
    const size_t count = drawing->correlated_count;
    for (size_t row = 0; row < count; row++) {
        kernel->uniforms(drawing->seed, first, model->correlated[row], z + row * BLOCK_LANES);
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
        if (i == 0 || drawn->draw != drawn[-1].draw)
            have_u = have_z = false;
        if (!have_u && tied)
            kernel->probabilities(normal, u);
        else if (!have_u)
            kernel->uniforms(drawing->seed, first, drawn->draw, u);
        have_u = true;
        if (wants_z && !tied && !have_z) {
            kernel->normals(u, z);
            have_z = true;
        }
        kernel->quantiles(&drawn->quantile, u, normal, columns[drawn->column]);
    }
}
