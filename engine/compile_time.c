// Steps: phrases, windows, first dates, the past.
#include <math.h>

#include "dsl/point.h"
#include "engine/compiler.h"

// Dates closer to a step's edge than this are on it: a twelfth of a year is not a whole number of floating-point steps.
static const double EDGE_SECONDS = 1e-3;

double step_first(const struct compiler *compiler, int step)
{
    const struct timeline *timeline = &compiler->program->timeline;
    return timeline->start + (double)step * timeline->length;
}

static int step_count(const struct compiler *compiler)
{
    return compiler->program->timeline.count < 1 ? 1 : compiler->program->timeline.count;
}

// The value of a date node; a constant one is moved onto the edge it lies on.
static value_id compile_date(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    const struct timeline *timeline = &compiler->program->timeline;
    struct spot plain = *spot;
    plain.recorder = NULL;
    value_id date = compile_node(compiler, node, &plain);
    double instant;
    if (!build_is_constant(&compiler->builder, date, &instant) || !isfinite(instant) || timeline->length <= 0.0)
        return date;
    double edge = timeline->start + round((instant - timeline->start) / timeline->length) * timeline->length;
    return fabs(edge - instant) < EDGE_SECONDS ? constant(compiler, edge) : date;
}

value_id settle_date(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    settle(compiler, node, spot);
    return compiler->failed ? no_value() : compile_date(compiler, node, spot);
}

// ---- phrases -----------------------------------------------------------------------------------------------------------

static value_id value_at(struct compiler *compiler, const struct node *node, const struct spot *spot, int step)
{
    struct spot inside = *spot;
    inside.step = step;
    inside.dated = true;
    return compile_node(compiler, node->args[0], &inside);
}

// The value at the step that contains the date; no value outside the timeline.
static value_id compile_at(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    struct builder *builder = &compiler->builder;
    size_t before = compiler->unsettled;
    value_id date = compile_date(compiler, node->args[1], spot);
    value_id result = no_value();
    if (compiler->unsettled != before) // which steps count is not known yet
        return result;
    for (int step = step_count(compiler) - 1; step >= 0; step--) {
        value_id begun = build2(builder, OP_LE, constant(compiler, step_first(compiler, step)), date);
        value_id ended = build2(builder, OP_LE, constant(compiler, step_first(compiler, step + 1)), date);
        if (build_is(builder, begun, 0.0) || build_is(builder, ended, 1.0))
            continue;
        if (build_is(builder, begun, 1.0) && build_is(builder, ended, 0.0))
            return value_at(compiler, node, spot, step);
        value_id inside = both(compiler, begun, build1(builder, OP_NOT, ended));
        result = build_select(builder, inside, value_at(compiler, node, spot, step), result);
    }
    return result;
}

static bool is_some(enum phrase phrase)
{
    return phrase == PHRASE_BY || phrase == PHRASE_BEFORE || phrase == PHRASE_AFTER || phrase == PHRASE_DURING;
}

// Holds at some, or at every, step between those that contain the two dates.
static value_id compile_between(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    struct builder *builder = &compiler->builder;
    bool some = is_some(node->phrase);
    size_t before = compiler->unsettled;
    value_id first = compile_date(compiler, node->args[1], spot), last = compile_date(compiler, node->args[2], spot);
    if (compiler->unsettled != before)
        return no_value();
    value_id result = truth(compiler, !some);
    struct spot inside = *spot;
    inside.any = some;
    for (int step = 0; step < step_count(compiler); step++) {
        value_id begun = build2(builder, OP_LT, first, constant(compiler, step_first(compiler, step + 1)));
        value_id open = build2(builder, OP_LE, constant(compiler, step_first(compiler, step)), last);
        value_id member = both(compiler, begun, open);
        if (build_is(builder, member, 0.0))
            continue;
        value_id holds = value_at(compiler, node, &inside, step);
        result = some ? either(compiler, result, both(compiler, member, holds))
                      : both(compiler, result, either(compiler, build1(builder, OP_NOT, member), holds));
    }
    return result;
}

value_id compile_time(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    if (compiler->program->timeline.length <= 0.0)
        return value_at(compiler, node, spot, 0);
    return node->phrase == PHRASE_AT || node->count < 3 ? compile_at(compiler, node, spot) : compile_between(compiler, node, spot);
}

// The first instant of the first step at which the condition holds; infinite when it never does.
value_id compile_when(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    struct builder *builder = &compiler->builder;
    struct spot inside = *spot;
    inside.recorder = NULL;
    value_id result = constant(compiler, INFINITY);
    for (int step = step_count(compiler) - 1; step >= node->steps && step >= 0; step--)
        result = build_select(builder, value_at(compiler, node, &inside, step), constant(compiler, step_first(compiler, step)), result);
    build_mark_never(builder, result);
    vector_push(compiler->scratch, &compiler->dates, result);
    return result;
}

// ---- the past ----------------------------------------------------------------------------------------------------------

value_id compile_past(struct compiler *compiler, const struct node *node, const struct spot *spot, int steps)
{
    if (spot->step < steps)
        return compile_node(compiler, node->args[1], spot);
    return value_at(compiler, node, spot, spot->step - steps);
}

value_id compile_growth(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    double length = compiler->program->timeline.length;
    if (spot->step < 1 || length <= 0.0)
        return no_value();
    struct builder *builder = &compiler->builder;
    value_id now = value_at(compiler, node, spot, spot->step), before = value_at(compiler, node, spot, spot->step - 1);
    return build2(builder, OP_POW, build2(builder, OP_DIV, now, before), constant(compiler, SECONDS_A_YEAR / length));
}

// ---- windows -----------------------------------------------------------------------------------------------------------

struct window {
    value_id first, last;  // half open
    value_id before;       // NO_VALUE: none
};

// max(0, min(end, last) - max(start, first)): how many seconds of the window lie in start .. end.
static value_id overlap(struct compiler *compiler, const struct window *window, double start, double end)
{
    struct builder *builder = &compiler->builder;
    double first, last;
    // Most windows have fixed dates, and most steps lie outside: one value instead of six.
    if (build_is_constant(builder, window->first, &first) && build_is_constant(builder, window->last, &last)) {
        const double seconds = point_value(OP_SUB, point_value(OP_MIN, end, last, 0.0), point_value(OP_MAX, start, first, 0.0), 0.0);
        return constant(compiler, point_value(OP_MAX, 0.0, seconds, 0.0));
    }
    value_id to = build2(builder, OP_MIN, constant(compiler, end), window->last);
    value_id from = build2(builder, OP_MAX, constant(compiler, start), window->first);
    return build2(builder, OP_MAX, constant(compiler, 0.0), build2(builder, OP_SUB, to, from));
}

// What a value counts that stands for `seconds` of the window. A value outside counts nothing, even when there is none.
static value_id weighted(struct compiler *compiler, const struct node *node, value_id value, value_id seconds)
{
    struct builder *builder = &compiler->builder;
    value_id inside = build2(builder, OP_LT, constant(compiler, 0.0), seconds);
    if (node->reduce == REDUCE_SUM && !node->integrate)
        seconds = build2(builder, OP_DIV, seconds, constant(compiler, compiler->program->timeline.length));
    if (node->reduce == REDUCE_MEAN || node->reduce == REDUCE_SUM)
        return build_select(builder, inside, build2(builder, OP_MUL, value, seconds), constant(compiler, 0.0));
    switch (node->reduce) {
    case REDUCE_MIN:
        return build_select(builder, inside, value, constant(compiler, INFINITY));
    case REDUCE_MAX:
        return build_select(builder, inside, value, constant(compiler, -INFINITY));
    case REDUCE_PRODUCT:
        return build_select(builder, inside, value, constant(compiler, 1.0));
    case REDUCE_EVERY:
        return either(compiler, build1(builder, OP_NOT, inside), value);
    default:
        return both(compiler, inside, value);
    }
}

static struct window window_of(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    struct spot dates = *spot;
    dates.now_at_end = true;
    struct window window = {compile_date(compiler, node->args[1], &dates), compile_date(compiler, node->args[2], &dates), NO_VALUE};
    if (node->count > 3)
        window.before = compile_node(compiler, node->args[3], spot);
    return window;
}

// Beyond the last step there is no value; before the first only when `before` gives it.
static value_id outside(struct compiler *compiler, const struct window *window)
{
    struct builder *builder = &compiler->builder;
    double start = step_first(compiler, 0), end = step_first(compiler, step_count(compiler));
    value_id late = build2(builder, OP_LT, constant(compiler, end), window->last);
    if (window->before != NO_VALUE)
        return late;
    return either(compiler, late, build2(builder, OP_LT, window->first, constant(compiler, start)));
}

static value_id add_part(struct compiler *compiler, const struct node *node, value_id total, value_id value, value_id seconds)
{
    return reduce_step(compiler, node->reduce, total, weighted(compiler, node, value, seconds));
}

value_id compile_window(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    struct builder *builder = &compiler->builder;
    struct spot inside = *spot;
    inside.recorder = NULL;
    size_t before = compiler->unsettled;
    struct window window = window_of(compiler, node, spot);
    value_id beyond = outside(compiler, &window), total = NO_VALUE;
    if (build_is(builder, beyond, 1.0) || compiler->unsettled != before)
        return no_value();
    if (window.before != NO_VALUE) {
        value_id seconds = overlap(compiler, &window, -INFINITY, step_first(compiler, 0));
        if (!build_is(builder, seconds, 0.0))
            total = add_part(compiler, node, total, window.before, seconds);
    }
    for (int step = 0; step < step_count(compiler); step++) {
        value_id seconds = overlap(compiler, &window, step_first(compiler, step), step_first(compiler, step + 1));
        if (!build_is(builder, seconds, 0.0))
            total = add_part(compiler, node, total, value_at(compiler, node, &inside, step), seconds);
    }
    if (node->reduce == REDUCE_MEAN && total != NO_VALUE)
        total = build2(builder, OP_DIV, total, build2(builder, OP_SUB, window.last, window.first));
    else
        total = finish_reduce(compiler, node, total, 1);
    return build_select(builder, beyond, no_value(), total);
}
