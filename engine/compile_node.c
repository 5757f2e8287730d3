#include <math.h>

#include "engine/compiler.h"

value_id no_value(void)
{
    return 0; // the builder's first value is NaN
}

value_id constant(struct compiler *compiler, double value)
{
    return build_constant(&compiler->builder, value);
}

value_id truth(struct compiler *compiler, bool value)
{
    return constant(compiler, value ? 1.0 : 0.0);
}

value_id both(struct compiler *compiler, value_id a, value_id b)
{
    return build2(&compiler->builder, OP_AND, a, b);
}

value_id either(struct compiler *compiler, value_id a, value_id b)
{
    return build2(&compiler->builder, OP_OR, a, b);
}

static value_id negate(struct compiler *compiler, value_id a)
{
    return build1(&compiler->builder, OP_NOT, a);
}

static value_id arg(struct compiler *compiler, const struct node *node, size_t i, const struct spot *spot)
{
    return compile_node(compiler, node->args[i], spot);
}

// ---- comparisons -------------------------------------------------------------------------------------------------------

// Every comparison with a date that never comes is false.
static value_id unless_never(struct compiler *compiler, value_id side, value_id holds)
{
    struct builder *builder = &compiler->builder;
    double known;
    bool finite = build_is_constant(builder, side, &known) && !isinf(known);
    if (!builder->never[side] || finite)
        return holds;
    value_id comes = build2(builder, OP_LT, build1(builder, OP_ABS, side), constant(compiler, INFINITY));
    return both(compiler, holds, comes);
}

static value_id compile_comparison(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    value_id left = arg(compiler, node, 0, spot), right = arg(compiler, node, 1, spot);
    enum op op = node->op == OP_IS ? OP_EQ : node->op == OP_IS_NOT ? OP_NE : node->op;
    value_id holds = build2(&compiler->builder, op, left, right);
    holds = unless_never(compiler, right, unless_never(compiler, left, holds));
    if (node->args[0]->type.kind != KIND_TRUTH)
        record_comparison(compiler, node, spot, left, right, holds);
    return holds;
}

// x in a .. b. What it is compared with, for margins, is the nearer end.
static value_id compile_in_range(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    struct builder *builder = &compiler->builder;
    value_id x = arg(compiler, node, 0, spot), low = arg(compiler, node, 1, spot), high = arg(compiler, node, 2, spot);
    value_id holds = both(compiler, build2(builder, OP_LE, low, x), build2(builder, OP_LE, x, high));
    holds = unless_never(compiler, x, holds);
    value_id above = build2(builder, OP_SUB, x, low), under = build2(builder, OP_SUB, high, x);
    value_id nearer = build_select(builder, build2(builder, OP_LT, above, under), low, high);
    record_comparison(compiler, node, spot, x, nearer, holds);
    return holds;
}

static bool is_plain(const struct dimension *dimension)
{
    for (size_t i = 0; dimension != NULL && i < LIMIT_DIMENSIONS; i++)
        if (dimension->power[i] != 0)
            return false;
    return true;
}

// x within tolerance of y: a share of y, or a quantity like y.
static value_id compile_within(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    struct builder *builder = &compiler->builder;
    value_id x = arg(compiler, node, 0, spot), tolerance = arg(compiler, node, 1, spot), y = arg(compiler, node, 2, spot);
    bool share = is_plain(node->args[1]->type.dimension) && node->args[2]->type.kind != KIND_DATE;
    value_id room = share ? build2(builder, OP_MUL, tolerance, build1(builder, OP_ABS, y)) : tolerance;
    value_id away = build1(builder, OP_ABS, build2(builder, OP_SUB, x, y));
    value_id holds = build2(builder, OP_LE, away, room);
    holds = unless_never(compiler, y, unless_never(compiler, x, holds));
    record_comparison(compiler, node, spot, x, y, holds);
    return holds;
}

// The member is one of the index: those of its own index whose names the other has too.
static value_id compile_in_set(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    value_id member = arg(compiler, node, 0, spot), result = truth(compiler, false);
    const struct index *own = node->args[0]->type.index, *set = node->index;
    for (size_t i = 0; own != NULL && set != NULL && i < own->count; i++)
        for (size_t k = 0; k < set->count; k++)
            if (text_equal(own->members[i], set->members[k]))
                result = either(compiler, result, build2(&compiler->builder, OP_EQ, member, constant(compiler, (double)i)));
    return result;
}

// ---- operators ---------------------------------------------------------------------------------------------------------

// From left to right: a order that stays, so that sums have the same bits everywhere.
static value_id fold_args(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    value_id result = arg(compiler, node, 0, spot);
    for (size_t i = 1; i < node->count; i++) {
        bool decided = (node->op == OP_AND && build_is(&compiler->builder, result, 0.0)) ||
                       (node->op == OP_OR && build_is(&compiler->builder, result, 1.0));
        if (decided && spot->recorder == NULL)
            break;
        result = build2(&compiler->builder, node->op, result, arg(compiler, node, i, spot));
    }
    return result;
}

static value_id compile_if(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    value_id condition = arg(compiler, node, 0, spot);
    double known;
    if (build_is_constant(&compiler->builder, condition, &known))
        return isnan(known) ? condition : arg(compiler, node, known != 0.0 ? 1 : 2, spot);
    return build_select(&compiler->builder, condition, arg(compiler, node, 1, spot), arg(compiler, node, 2, spot));
}

// What decides whether all hold decides whether none does not: under a negation the best step becomes the worst.
static value_id denied(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    struct spot inside = *spot;
    inside.any = !spot->any;
    return negate(compiler, arg(compiler, node, 0, &inside));
}

static value_id compile_clamp(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    struct builder *builder = &compiler->builder;
    value_id raised = build2(builder, OP_MAX, arg(compiler, node, 0, spot), arg(compiler, node, 1, spot));
    return build2(builder, OP_MIN, raised, arg(compiler, node, 2, spot));
}

static value_id compile_apply(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    struct builder *builder = &compiler->builder;
    switch (node->op) {
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
    case OP_EQ:
    case OP_NE:
    case OP_IS:
    case OP_IS_NOT:
        return compile_comparison(compiler, node, spot);
    case OP_IN_RANGE:
        return compile_in_range(compiler, node, spot);
    case OP_IN_SET:
        return compile_in_set(compiler, node, spot);
    case OP_WITHIN:
        return compile_within(compiler, node, spot);
    case OP_SELECT:
        return compile_if(compiler, node, spot);
    case OP_CLAMP:
        return compile_clamp(compiler, node, spot);
    case OP_IMPLIES:
        return either(compiler, denied(compiler, node, spot), arg(compiler, node, 1, spot));
    case OP_NOT:
        return denied(compiler, node, spot);
    case OP_UNLESS: // P unless E: not E implies P
        return either(compiler, arg(compiler, node, 1, spot), arg(compiler, node, 0, spot));
    case OP_NONE:
    case OP_RISES:
    case OP_FALLS:
    case OP_BINDS:
    case OP_COUNT:
        return no_value();
    default:
        return node->count == 1 && op_table[node->op].high == 1 ? build1(builder, node->op, arg(compiler, node, 0, spot))
                                                                : fold_args(compiler, node, spot);
    }
}

// ---- members -----------------------------------------------------------------------------------------------------------

value_id reduce_step(struct compiler *compiler, enum reduce reduce, value_id so_far, value_id item)
{
    if (so_far == NO_VALUE)
        return item;
    struct builder *builder = &compiler->builder;
    switch (reduce) {
    case REDUCE_PRODUCT:
        return build2(builder, OP_MUL, so_far, item);
    case REDUCE_MIN:
        return build2(builder, OP_MIN, so_far, item);
    case REDUCE_MAX:
        return build2(builder, OP_MAX, so_far, item);
    case REDUCE_EVERY:
        return both(compiler, so_far, item);
    case REDUCE_SOME:
        return either(compiler, so_far, item);
    case REDUCE_SUM:
    case REDUCE_MEAN:
    case REDUCE_COUNT:
    case REDUCE_EXACTLY:
    case REDUCE_AT_LEAST:
        return build2(builder, OP_ADD, so_far, item);
    }
    return no_value();
}

value_id finish_reduce(struct compiler *compiler, const struct node *node, value_id total, size_t count)
{
    struct builder *builder = &compiler->builder;
    if (total == NO_VALUE) // nothing to reduce
        total = node->reduce == REDUCE_PRODUCT || node->reduce == REDUCE_EVERY                                ? constant(compiler, 1.0)
                : node->reduce == REDUCE_MIN || node->reduce == REDUCE_MAX || node->reduce == REDUCE_MEAN ? no_value()
                                                                                                              : constant(compiler, 0.0);
    if (node->reduce == REDUCE_MEAN)
        return build2(builder, OP_DIV, total, constant(compiler, (double)count));
    if (node->reduce == REDUCE_EXACTLY)
        return build2(builder, OP_EQ, total, constant(compiler, node->value));
    if (node->reduce == REDUCE_AT_LEAST)
        return build2(builder, OP_LE, constant(compiler, node->value), total);
    return total;
}

static value_id compile_reduce(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    struct spot inside = *spot;
    value_id total = NO_VALUE;
    if (node->reduce == REDUCE_EVERY || node->reduce == REDUCE_SOME)
        inside.any = node->reduce == REDUCE_SOME;
    for (size_t i = 0; i < node->index->count; i++) {
        if (node->slot < SLOT_MAX)
            inside.slots[node->slot] = (int)i;
        total = reduce_step(compiler, node->reduce, total, arg(compiler, node, 0, &inside));
    }
    return finish_reduce(compiler, node, total, node->index->count);
}

static value_id compile_counted(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    value_id total = NO_VALUE;
    for (size_t i = 0; i < node->count; i++)
        total = reduce_step(compiler, REDUCE_COUNT, total, arg(compiler, node, i, spot));
    return finish_reduce(compiler, node, total, node->count);
}

// ---- nodes -------------------------------------------------------------------------------------------------------------

static value_id compile_now(struct compiler *compiler, const struct spot *spot)
{
    return constant(compiler, step_first(compiler, spot->step + (spot->now_at_end ? 1 : 0)));
}

static value_id compile_under(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    struct spot inside = *spot;
    inside.world = world_with(&compiler->worlds, spot->world, node->scenario->overrides, node->scenario->override_count);
    return arg(compiler, node, 0, &inside);
}

static value_id compile_binder(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    return node->slot >= 0 && node->slot < SLOT_MAX ? constant(compiler, spot->slots[node->slot]) : no_value();
}

static value_id compile_kind(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    switch (node->kind) {
    case NODE_CONST:
        return constant(compiler, node->value);
    case NODE_INPUT:
    case NODE_DEFINITION:
    case NODE_CLAIM:
        return compile_name(compiler, node, spot);
    case NODE_BINDER:
        return compile_binder(compiler, node, spot);
    case NODE_PARAM:
        return compile_param(compiler, node, spot);
    case NODE_CALL:
        return compile_call(compiler, node, spot);
    case NODE_APPLY:
        return compile_apply(compiler, node, spot);
    case NODE_TABLE:
        return compile_table(compiler, node, spot);
    case NODE_REDUCE:
        return compile_reduce(compiler, node, spot);
    case NODE_COUNTED:
        return compile_counted(compiler, node, spot);
    case NODE_PREVIOUS:
        return compile_past(compiler, node, spot, 1);
    case NODE_LAG:
        return compile_past(compiler, node, spot, node->steps);
    case NODE_GROWTH:
        return compile_growth(compiler, node, spot);
    case NODE_NOW:
        return compile_now(compiler, spot);
    case NODE_PATH:
        return compile_path(compiler, node, spot);
    case NODE_TIME:
        return compile_time(compiler, node, spot);
    case NODE_WINDOW:
        return compile_window(compiler, node, spot);
    case NODE_WHEN:
        return compile_when(compiler, node, spot);
    case NODE_UNDER:
        return compile_under(compiler, node, spot);
    case NODE_BINDS:
        return compile_binds(compiler, node, spot);
    case NODE_SLOPE:
        return compile_slope(compiler, node, spot);
    case NODE_AGGREGATE:
        return compile_aggregate(compiler, node, spot);
    case NODE_HOLE:
        return compile_hole(compiler, node);
    case NODE_MISSING:
        return compile_missing(compiler, node->reason);
    }
    return no_value();
}

static struct span span_at(const struct node *node)
{
    return node->expr != NULL ? node->expr->span : (struct span){0};
}

value_id compile_node(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    if (compiler->failed || node->type.kind == KIND_ERROR)
        return no_value();
    if (++compiler->work > WORK_MAX)
        report_limit(compiler, span_at(node), "steps of work to compile", WORK_MAX);
    if (compiler->builder.full)
        report_limit(compiler, span_at(node), "instructions", LIMIT_INSTRUCTIONS);
    if (compiler->depth > DEPTH_MAX)
        report_limit(compiler, span_at(node), "expressions inside each other", DEPTH_MAX);
    if (compiler->failed)
        return no_value();
    compiler->depth++;
    value_id value = compile_kind(compiler, node, spot);
    compiler->depth--;
    return value;
}
