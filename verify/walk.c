#include "verify/walk.h"

#include <math.h>
#include <string.h>

void walk_init(struct walk *walk, struct arena *arena, const struct program *program)
{
    *walk = (struct walk){.arena = arena, .program = program};
}

struct range walk_give_up(struct walk *walk, const char *reason)
{
    if (walk->reason == NULL)
        walk->reason = reason;
    return range_none();
}

double walk_first(const struct walk *walk, int step)
{
    return walk->program->timeline.start + step * walk->program->timeline.length;
}

void walk_enter(struct walk *walk, const double *box)
{
    walk->box = box;
    walk->box_number++;
    walk->entry_count = 0;
    walk->depth = 0;
}

struct range walk_truth(struct walk *walk, const struct node *node, const struct walk_world *world, int member)
{
    struct walk_scene scene = {.world = world};
    scene.slots[0] = member > 0 ? member : 0;
    return walk_node(walk, node, &scene);
}

struct range walk_at(struct walk *walk, const struct node *node, const struct walk_scene *scene, int step)
{
    struct walk_scene then = *scene;
    then.step = step;
    return walk_node(walk, node, &then);
}

// ---- operators --------------------------------------------------------------------------------------------------------------

static struct range of_two(struct walk *walk, enum op op, struct range x, struct range y)
{
    switch (op) {
    case OP_ADD:
        return range_add(x, y);
    case OP_SUB:
        return range_subtract(x, y);
    case OP_MUL:
        return range_multiply(x, y);
    case OP_DIV:
        return range_divide(x, y);
    case OP_POW:
        return range_power(x, y);
    case OP_MIN:
        return range_least(x, y);
    case OP_MAX:
        return range_greatest(x, y);
    case OP_AND:
        return truth_and(x, y);
    case OP_OR:
    case OP_UNLESS:
        return truth_or(x, y);
    case OP_IMPLIES:
        return truth_or(truth_not(x), y);
    default:
        return walk_give_up(walk, "an operator that only sampling knows");
    }
}

static struct range of_three(struct walk *walk, enum op op, struct range x, struct range y, struct range z)
{
    switch (op) {
    case OP_CLAMP:
        return range_least(range_greatest(x, y), z);
    case OP_SELECT:
        return range_select(x, y, z);
    case OP_IN_RANGE:
        return truth_and(range_compare(OP_LE, y, x, false), range_compare(OP_LE, x, z, false));
    case OP_WITHIN:
        return range_compare(OP_LE, range_function(OP_ABS, range_subtract(x, z)), range_multiply(y, range_function(OP_ABS, z)), false);
    default:
        return walk_give_up(walk, "an operator that only sampling knows");
    }
}

static bool is_comparison(enum op op)
{
    return (op >= OP_LT && op <= OP_NE) || op == OP_IS || op == OP_IS_NOT;
}

static struct range compared(struct walk *walk, const struct node *node, struct range x, const struct walk_scene *scene)
{
    const enum op op = node->op == OP_IS ? OP_EQ : node->op == OP_IS_NOT ? OP_NE : node->op;
    return range_compare(op, x, walk_node(walk, node->args[1], scene), node->args[0]->type.kind == KIND_DATE);
}

static struct range of_many(struct walk *walk, const struct node *node, struct range x, const struct walk_scene *scene)
{
    for (size_t i = 1; i < node->count; i++) {
        const struct node *other = node->args[i];
        const bool same = node->count == 2 && other == node->args[0];
        if (same && node->op == OP_SUB && !x.missing && isfinite(x.low) && isfinite(x.high))
            return range_of(0);
        x = of_two(walk, node->op, x, walk_node(walk, other, scene));
    }
    return x;
}

static bool takes_three(const struct node *node)
{
    return node->count == 3 && (node->op == OP_CLAMP || node->op == OP_SELECT || node->op == OP_IN_RANGE || node->op == OP_WITHIN);
}

static struct range apply(struct walk *walk, const struct node *node, const struct walk_scene *scene)
{
    const struct range x = walk_node(walk, node->args[0], scene);
    if (is_comparison(node->op))
        return compared(walk, node, x, scene);
    if (node->op == OP_SELECT && !x.missing && x.low == x.high) // the branch that is not taken may have no end
        return walk_node(walk, node->args[x.low == 0 ? 2 : 1], scene);
    if (takes_three(node))
        return of_three(walk, node->op, x, walk_node(walk, node->args[1], scene), walk_node(walk, node->args[2], scene));
    if (node->count == 1)
        return node->op == OP_NOT ? truth_not(x) : node->op <= OP_ROUND && node->op != OP_MIN && node->op != OP_MAX ? range_function(node->op, x) : x;
    return of_many(walk, node, x, scene);
}

// ---- sums and the like ------------------------------------------------------------------------------------------------------

struct walk_total walk_total_of(const struct node *node)
{
    struct walk_total total = {.reduce = node->reduce, .wanted = node->value};
    const double first = node->reduce == REDUCE_PRODUCT || node->reduce == REDUCE_EVERY ? 1
                         : node->reduce == REDUCE_MIN ? INFINITY : node->reduce == REDUCE_MAX ? -INFINITY : 0;
    total.so_far = range_of(first);
    return total;
}

void walk_total_add(struct walk_total *total, struct range x)
{
    struct range *r = &total->so_far;
    total->count++;
    if (total->reduce == REDUCE_PRODUCT)
        *r = total->count == 1 ? x : range_multiply(*r, x);
    else if (total->reduce == REDUCE_MIN)
        *r = range_least(*r, x);
    else if (total->reduce == REDUCE_MAX)
        *r = range_greatest(*r, x);
    else if (total->reduce == REDUCE_EVERY)
        *r = truth_and(*r, x);
    else if (total->reduce == REDUCE_SOME)
        *r = truth_or(*r, x);
    else
        *r = total->count == 1 ? x : range_add(*r, x);
}

struct range walk_total_value(const struct walk_total *total, struct range count)
{
    if (total->reduce == REDUCE_MEAN)
        return range_divide(total->so_far, count);
    if (total->reduce == REDUCE_EXACTLY)
        return range_compare(OP_EQ, total->so_far, range_of(total->wanted), false);
    if (total->reduce == REDUCE_AT_LEAST)
        return range_compare(OP_GE, total->so_far, range_of(total->wanted), false);
    return total->so_far;
}

static struct range reduce(struct walk *walk, const struct node *node, const struct walk_scene *scene)
{
    struct walk_total total = walk_total_of(node);
    struct walk_scene inside = *scene;
    if (node->slot < 0 || node->slot >= WALK_SLOTS)
        return walk_give_up(walk, "too many names bound inside each other");
    for (size_t i = 0; i < node->index->count; i++) {
        inside.slots[node->slot] = (int)i;
        walk_total_add(&total, walk_node(walk, node->args[0], &inside));
    }
    return walk_total_value(&total, range_of((double)total.count));
}

static struct range counted(struct walk *walk, const struct node *node, const struct walk_scene *scene)
{
    struct walk_total total = walk_total_of(node);
    for (size_t i = 0; i < node->count; i++)
        walk_total_add(&total, walk_node(walk, node->args[i], scene));
    return walk_total_value(&total, range_of((double)total.count));
}

// ---- functions, tables, worlds ----------------------------------------------------------------------------------------------

static struct range table(struct walk *walk, const struct node *node, const struct walk_scene *scene)
{
    const struct range member = walk_node(walk, node->args[0], scene);
    struct range r = range_none();
    bool any = false;
    for (size_t i = 0; i + 1 < node->count; i++)
        if (member.low <= (double)i && (double)i <= member.high) {
            const struct range value = walk_node(walk, node->args[1 + i], scene);
            r = any ? range_hull(r, value) : value;
            any = true;
        }
    r.missing = r.missing || member.missing;
    return r;
}

static struct range call(struct walk *walk, const struct node *node, const struct walk_scene *scene)
{
    const struct walk_scene inside = {.world = scene->world, .step = scene->step, .call = node, .caller = scene};
    return walk_node(walk, node->function->body, &inside);
}

static struct range param(struct walk *walk, const struct node *node, const struct walk_scene *scene)
{
    struct walk_scene outside = *scene->caller;
    outside.step = scene->step;
    outside.world = scene->world;
    return walk_node(walk, scene->call->args[node->slot], &outside);
}

static struct range under(struct walk *walk, const struct node *node, const struct walk_scene *scene)
{
    struct walk_scene inside = *scene;
    inside.world = walk_with(walk, scene->world, node->scenario->overrides, node->scenario->override_count);
    return walk_node(walk, node->args[0], &inside);
}

static struct range binds(struct walk *walk, const struct node *node, const struct walk_scene *scene)
{
    const struct node *limit = node->args[0]->definition->limit;
    if (limit == NULL || node->args[0]->count > 0)
        return walk_give_up(walk, "`binds` of a definition with an index");
    const struct walk_scene plain = {.world = scene->world, .step = scene->step};
    const struct range best = walk_node(walk, limit, &plain);
    for (size_t i = 0; i < limit->count; i++)
        if (text_equal(limit->labels[i], node->label))
            return range_compare(OP_EQ, walk_node(walk, limit->args[i], &plain), best, false);
    return walk_give_up(walk, "a label that is asked for");
}

static struct range past(struct walk *walk, const struct node *node, const struct walk_scene *scene, int steps)
{
    return scene->step < steps ? walk_node(walk, node->args[1], scene) : walk_at(walk, node->args[0], scene, scene->step - steps);
}

static struct range growth(struct walk *walk, const struct node *node, const struct walk_scene *scene)
{
    const double length = walk->program->timeline.length;
    if (scene->step < 1 || length <= 0)
        return range_none();
    const struct range now = walk_node(walk, node->args[0], scene), before = walk_at(walk, node->args[0], scene, scene->step - 1);
    return range_power(range_divide(now, before), range_of(SECONDS_A_YEAR / length));
}

// ---- all nodes --------------------------------------------------------------------------------------------------------------

static struct range of_kind(struct walk *walk, const struct node *node, const struct walk_scene *scene)
{
    switch (node->kind) {
    case NODE_CONST:
        return range_of(node->value);
    case NODE_INPUT:
    case NODE_DEFINITION:
    case NODE_CLAIM:
        return walk_name(walk, node, scene);
    case NODE_BINDER:
        return range_of(scene->slots[node->slot]);
    case NODE_PARAM:
        return param(walk, node, scene);
    case NODE_CALL:
        return call(walk, node, scene);
    case NODE_APPLY:
        return apply(walk, node, scene);
    case NODE_TABLE:
        return table(walk, node, scene);
    case NODE_REDUCE:
        return reduce(walk, node, scene);
    case NODE_COUNTED:
        return counted(walk, node, scene);
    case NODE_PREVIOUS:
        return past(walk, node, scene, 1);
    case NODE_LAG:
        return past(walk, node, scene, node->steps);
    case NODE_GROWTH:
        return growth(walk, node, scene);
    case NODE_NOW:
        return range_of(walk_first(walk, scene->step + scene->now_at_end));
    case NODE_PATH:
        return walk_path(walk, node, scene);
    case NODE_TIME:
        return walk_time(walk, node, scene);
    case NODE_WINDOW:
        return walk_window(walk, node, scene);
    case NODE_WHEN:
        return walk_when(walk, node, scene);
    case NODE_UNDER:
        return under(walk, node, scene);
    case NODE_BINDS:
        return binds(walk, node, scene);
    case NODE_MISSING:
        return walk_give_up(walk, "data that is not there");
    case NODE_SLOPE:
    case NODE_AGGREGATE:
    case NODE_HOLE:
        break;
    }
    return walk_give_up(walk, "a number about the set of futures, which one box does not tell");
}

struct range walk_node(struct walk *walk, const struct node *node, const struct walk_scene *scene)
{
    if (walk->reason != NULL)
        return range_none();
    if (--walk->visits < 0)
        return walk_give_up(walk, "more values than the re-checker looks at");
    if (walk->depth >= WALK_DEPTH)
        return walk_give_up(walk, "values that depend on each other too deeply");
    walk->depth++;
    const struct range r = of_kind(walk, node, scene);
    walk->depth--;
    return r;
}
