// What looks at more than one future or world: aggregates, slopes, holes.
#include <math.h>

#include "engine/compiler.h"

static size_t add_column(struct compiler *compiler, struct column column)
{
    vector_push(compiler->scratch, &compiler->columns, column);
    vector_push(compiler->scratch, &compiler->column_sources, (struct column_source){0});
    return compiler->columns.count - 1;
}

// ---- holes -------------------------------------------------------------------------------------------------------------

size_t hole_column(const struct compiler *compiler, const struct node *node)
{
    for (size_t i = 0; i < compiler->holes.count; i++)
        if (compiler->holes.at[i] == node)
            return compiler->hole_columns.at[i];
    return SIZE_MAX;
}

static struct text hole_name(const struct compiler *compiler, const struct node *node)
{
    for (size_t i = 0; i < compiler->program->claim_count; i++)
        if (compiler->program->claims[i]->hole.node == node)
            return compiler->program->claims[i]->hole.name;
    return TEXT("?");
}

value_id compile_hole(struct compiler *compiler, const struct node *node)
{
    size_t column = hole_column(compiler, node);
    if (column == SIZE_MAX) {
        column = add_column(compiler, (struct column){.kind = COLUMN_HOLE, .name = hole_name(compiler, node)});
        vector_push(compiler->scratch, &compiler->holes, node);
        vector_push(compiler->scratch, &compiler->hole_columns, column);
    }
    return build_column(&compiler->builder, column);
}

// ---- aggregates --------------------------------------------------------------------------------------------------------

static bool same_request(const struct aggregate_request *x, const struct aggregate_request *y)
{
    return x->kind == y->kind && x->what == y->what && x->given == y->given && x->assumed == y->assumed && x->p == y->p;
}

static size_t request(struct compiler *compiler, struct aggregate_request wanted)
{
    for (size_t i = 0; i < compiler->aggregates.count; i++)
        if (same_request(&compiler->aggregates.at[i], &wanted))
            return i;
    size_t number = compiler->aggregates.count;
    wanted.column = add_column(compiler, (struct column){.kind = COLUMN_AGGREGATE, .aggregate = number});
    vector_push(compiler->scratch, &compiler->aggregates, wanted);
    return number;
}

value_id compile_aggregate(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    size_t before = compiler->unsettled;
    struct spot inside = *spot;
    inside.recorder = NULL;
    struct aggregate_request wanted = {.kind = node->aggregate, .given = NO_VALUE, .node = node, .p = 0.0};
    wanted.what = compile_node(compiler, node->args[0], &inside);
    if (node->count > 1) {
        value_id second = compile_node(compiler, node->args[1], &inside);
        if (node->aggregate != AGGREGATE_QUANTILE)
            wanted.given = second;
        else if (!build_is_constant(&compiler->builder, second, &wanted.p))
            wanted.p = NAN;
    }
    wanted.assumed = compile_assumed(compiler, spot->world, NULL);
    if (compiler->unsettled != before || compiler->failed)
        return no_value();
    size_t number = request(compiler, wanted);
    return build_column(&compiler->builder, compiler->aggregates.at[number].column);
}

// ---- slopes ------------------------------------------------------------------------------------------------------------

enum { SLOPE_POINTS = 9 };

// Bounds are tried from end to end; a law with tails between its p1 and p99.
static double slope_quantile(const struct input_instance *instance, size_t i)
{
    double share = (double)i / (SLOPE_POINTS - 1);
    return instance->bounds_only ? share : 0.01 + 0.98 * share;
}

static bool slope_instance(struct compiler *compiler, const struct node *name, const struct spot *spot, size_t *instance)
{
    *instance = 0;
    for (size_t i = 0; i < name->count; i++) {
        double member;
        if (!build_is_constant(&compiler->builder, compile_node(compiler, name->args[i], spot), &member) || isnan(member))
            return false;
        *instance = *instance * name->input->params[i]->count + (size_t)member;
    }
    return *instance < name->input->instance_count;
}

// One request for `strict somewhere` serves all steps at which the same slope is asked: the effect may begin late.
static size_t slope_column(struct compiler *compiler, const struct node *node, const struct spot *spot, value_id strict)
{
    for (size_t i = 0; i < compiler->slopes.count; i++) {
        struct slope *slope = &compiler->slopes.at[i];
        if (slope->node != node || slope->world != spot->world)
            continue;
        struct aggregate_request *asked = &compiler->aggregates.at[slope->aggregate];
        asked->what = either(compiler, asked->what, strict);
        return slope->column;
    }
    size_t number = compiler->aggregates.count;
    size_t column = add_column(compiler, (struct column){.kind = COLUMN_AGGREGATE, .aggregate = number});
    struct aggregate_request wanted = {.kind = AGGREGATE_POSSIBLE, .what = strict, .given = NO_VALUE, .node = node, .column = column};
    wanted.assumed = compile_assumed(compiler, spot->world, NULL);
    vector_push(compiler->scratch, &compiler->aggregates, wanted);
    vector_push(compiler->scratch, &compiler->slopes, ((struct slope){node, spot->world, column, number}));
    return column;
}

// Never the wrong way as the input moves over its range in this future, and the right way in some future.
value_id compile_slope(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    size_t before = compiler->unsettled, instance;
    const struct node *name = node->args[1];
    if (!slope_instance(compiler, name, spot, &instance))
        return no_value();
    struct builder *builder = &compiler->builder;
    struct spot inside = *spot;
    inside.recorder = NULL;
    value_id weak = truth(compiler, true), strict = truth(compiler, false), last = NO_VALUE;
    for (size_t i = 0; i < SLOPE_POINTS; i++) {
        double quantile = slope_quantile(&name->input->instances[instance], i);
        inside.world = world_probe(&compiler->worlds, spot->world, name->input, instance, quantile);
        value_id value = compile_node(compiler, node->args[0], &inside);
        if (last != NO_VALUE) {
            bool rises = node->op == OP_RISES;
            weak = both(compiler, weak, build2(builder, OP_LE, rises ? last : value, rises ? value : last));
            strict = either(compiler, strict, build2(builder, OP_LT, rises ? last : value, rises ? value : last));
        }
        last = value;
    }
    if (compiler->unsettled != before || compiler->failed)
        return no_value();
    return both(compiler, weak, build_column(builder, slope_column(compiler, node, spot, strict)));
}
