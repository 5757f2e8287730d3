// Paths in time: values at points, and what lies between.
#include <math.h>

#include "engine/compiler.h"

// Dates closer than this are the same.
static const double EDGE_SECONDS = 1e-3;

// a (b / a) ^ share: a straight line in the logarithm. Quarters of a year make the power two square roots.
static value_id geometric(struct builder *builder, value_id a, value_id b, value_id share)
{
    return build2(builder, OP_MUL, a, build2(builder, OP_POW, build2(builder, OP_DIV, b, a), share));
}

static value_id straight(struct compiler *compiler, value_id a, value_id b, double share)
{
    struct builder *builder = &compiler->builder;
    value_id rest = build2(builder, OP_MUL, a, constant(compiler, 1.0 - share));
    return build2(builder, OP_ADD, rest, build2(builder, OP_MUL, b, constant(compiler, share)));
}

static value_id all_positive(struct compiler *compiler, const struct points *points)
{
    value_id result = truth(compiler, true);
    for (size_t i = 0; i < points->count && !points->positive; i++)
        result = both(compiler, result, build2(&compiler->builder, OP_LT, constant(compiler, 0.0), points->values[i]));
    return result;
}

static value_id between(struct compiler *compiler, const struct points *points, size_t i, double share)
{
    struct builder *builder = &compiler->builder;
    value_id a = points->values[i], b = points->values[i + 1];
    if (a == b)
        return a;
    if (!points->logarithmic)
        return straight(compiler, a, b, share);
    value_id positive = all_positive(compiler, points);
    if (build_is(builder, positive, 1.0))
        return geometric(builder, a, b, constant(compiler, share));
    if (build_is(builder, positive, 0.0))
        return straight(compiler, a, b, share);
    return build_select(builder, positive, geometric(builder, a, b, constant(compiler, share)), straight(compiler, a, b, share));
}

value_id compile_points(struct compiler *compiler, const struct points *points, int step)
{
    double instant = step_first(compiler, step + 1);
    size_t last = points->count - 1;
    for (size_t i = 0; i < points->count; i++)
        if (fabs(points->instants[i] - instant) < EDGE_SECONDS)
            return points->values[i];
    if (instant < points->instants[0])
        return points->hold ? points->values[0] : no_value();
    if (instant > points->instants[last])
        return points->hold ? points->values[last] : no_value();
    size_t i = 0;
    while (i + 1 < last && instant > points->instants[i + 1])
        i++;
    double share = (instant - points->instants[i]) / (points->instants[i + 1] - points->instants[i]);
    // Quarters and months of a year are meant exactly.
    double twelfths = round(share * 12.0) / 12.0;
    return between(compiler, points, i, fabs(share - twelfths) < 1e-9 ? twelfths : share);
}

value_id compile_path(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    value_id *values = arena_array(compiler->scratch, node->count, sizeof *values);
    for (size_t i = 0; i < node->count; i++)
        values[i] = compile_node(compiler, node->args[i], spot);
    struct points points = {node->count, node->path->instants, values, node->path->hold, node->path->logarithmic, false};
    return compile_points(compiler, &points, spot->step);
}
