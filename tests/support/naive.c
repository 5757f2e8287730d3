#include "tests/support/naive.h"

#include <math.h>
#include <string.h>

#include "tests/support/random.h"

enum { SLOTS = 8, DEPTH = 3000 };

struct scene {
    const struct naive_world *world;
    int step;
    bool now_at_end;
    const struct node *call; // of the function being evaluated
    const struct scene *caller;
    int slots[SLOTS];
};

static double eval(struct naive *naive, const struct node *node, const struct scene *scene);

static double first_of(const struct naive *naive, int step)
{
    return naive->program->timeline.start + step * naive->program->timeline.length;
}

// ---- operators ---------------------------------------------------------------------------------------------------------

static double compare(enum op op, double x, double y, bool dates)
{
    if (dates && (isinf(x) || isinf(y)))
        return 0;
    if (isnan(x) || isnan(y))
        return NAN;
    switch (op) {
    case OP_LT:
        return x < y;
    case OP_LE:
        return x <= y;
    case OP_GT:
        return x > y;
    case OP_GE:
        return x >= y;
    case OP_EQ:
    case OP_IS:
        return x == y;
    default:
        return x != y;
    }
}

static double and2(double x, double y)
{
    return x == 0 || y == 0 ? 0 : x * y;
}

static double or2(double x, double y)
{
    return x == 1 || y == 1 ? 1 : x + y;
}

static double extreme(double x, double y, bool greatest)
{
    if (isnan(x) || isnan(y))
        return NAN;
    return (x > y) == greatest ? x : y;
}

static double apply2(enum op op, double x, double y)
{
    switch (op) {
    case OP_ADD:
        return x + y;
    case OP_SUB:
        return x - y;
    case OP_MUL:
        return x * y;
    case OP_DIV:
        return x / y;
    case OP_POW:
        return pow(x, y);
    case OP_MIN:
    case OP_MAX:
        return extreme(x, y, op == OP_MAX);
    case OP_AND:
        return and2(x, y);
    case OP_OR:
        return or2(x, y);
    case OP_IMPLIES:
        return or2(1 - x, y);
    case OP_UNLESS:
        return or2(x, y);
    default:
        return NAN;
    }
}

static double apply1(enum op op, double x)
{
    switch (op) {
    case OP_NEG:
        return -x;
    case OP_ABS:
        return fabs(x);
    case OP_EXP:
        return exp(x);
    case OP_LN:
        return log(x);
    case OP_LOG10:
        return log10(x);
    case OP_SQRT:
        return sqrt(x);
    case OP_FLOOR:
        return floor(x);
    case OP_CEIL:
        return ceil(x);
    case OP_ROUND:
        return nearbyint(x);
    case OP_NOT:
        return 1 - x;
    default:
        return x;
    }
}

static double apply3(enum op op, double x, double y, double z)
{
    switch (op) {
    case OP_CLAMP:
        return extreme(extreme(x, y, true), z, false);
    case OP_SELECT:
        return isnan(x) ? NAN : x != 0 ? y : z;
    case OP_IN_RANGE:
        return and2(compare(OP_LE, y, x, false), compare(OP_LE, x, z, false));
    case OP_WITHIN:
        return compare(OP_LE, fabs(x - z), y * fabs(z), false);
    default:
        return NAN;
    }
}

static double eval_apply(struct naive *naive, const struct node *node, const struct scene *scene)
{
    double x = eval(naive, node->args[0], scene);
    bool comparison = (node->op >= OP_LT && node->op <= OP_NE) || node->op == OP_IS || node->op == OP_IS_NOT;
    if (comparison)
        return compare(node->op, x, eval(naive, node->args[1], scene), node->args[0]->type.kind == KIND_DATE);
    if (node->count == 3 && (node->op == OP_CLAMP || node->op == OP_SELECT || node->op == OP_IN_RANGE || node->op == OP_WITHIN))
        return apply3(node->op, x, eval(naive, node->args[1], scene), eval(naive, node->args[2], scene));
    if (node->count == 1)
        return apply1(node->op, x);
    for (size_t i = 1; i < node->count; i++)
        x = apply2(node->op, x, eval(naive, node->args[i], scene));
    return x;
}

// ---- reductions --------------------------------------------------------------------------------------------------------

struct total {
    double sum, product, least, greatest, every, some;
    size_t count;
};

static struct total total_none(void)
{
    return (struct total){0, 1, INFINITY, -INFINITY, 1, 0, 0};
}

static void total_add(struct total *total, double x, double weight)
{
    total->sum += x * weight;
    total->product *= x;
    total->least = extreme(total->least, x, false);
    total->greatest = extreme(total->greatest, x, true);
    total->every = and2(total->every, x);
    total->some = or2(total->some, x);
    total->count++;
}

static double total_value(const struct total *total, const struct node *node)
{
    switch (node->reduce) {
    case REDUCE_SUM:
    case REDUCE_COUNT:
        return total->sum;
    case REDUCE_PRODUCT:
        return total->product;
    case REDUCE_MEAN:
        return total->sum / (double)total->count;
    case REDUCE_MIN:
        return total->least;
    case REDUCE_MAX:
        return total->greatest;
    case REDUCE_EVERY:
        return total->every;
    case REDUCE_SOME:
        return total->some;
    case REDUCE_EXACTLY:
        return compare(OP_EQ, total->sum, node->value, false);
    case REDUCE_AT_LEAST:
        return compare(OP_GE, total->sum, node->value, false);
    }
    return NAN;
}

static double eval_reduce(struct naive *naive, const struct node *node, const struct scene *scene)
{
    struct total total = total_none();
    struct scene inside = *scene;
    for (size_t i = 0; i < node->index->count; i++) {
        inside.slots[node->slot] = (int)i;
        total_add(&total, eval(naive, node->args[0], &inside), 1);
    }
    return total_value(&total, node);
}

static double eval_counted(struct naive *naive, const struct node *node, const struct scene *scene)
{
    struct total total = total_none();
    for (size_t i = 0; i < node->count; i++)
        total_add(&total, eval(naive, node->args[i], scene), 1);
    return total_value(&total, node);
}

// ---- time --------------------------------------------------------------------------------------------------------------

static double eval_at(struct naive *naive, const struct node *node, const struct scene *scene, int step)
{
    struct scene then = *scene;
    then.step = step;
    return eval(naive, node, &then);
}

static double eval_time(struct naive *naive, const struct node *node, const struct scene *scene)
{
    double first = eval(naive, node->args[1], scene);
    int count = naive->program->timeline.count;
    if (node->phrase == PHRASE_AT) {
        for (int k = 0; k < count; k++)
            if (first_of(naive, k) <= first && first < first_of(naive, k + 1))
                return eval_at(naive, node->args[0], scene, k);
        return NAN;
    }
    double last = eval(naive, node->args[2], scene);
    bool some = node->phrase == PHRASE_BY || node->phrase == PHRASE_BEFORE || node->phrase == PHRASE_AFTER || node->phrase == PHRASE_DURING;
    double result = some ? 0 : 1;
    for (int k = 0; k < count; k++) {
        double inside = and2(compare(OP_LT, first, first_of(naive, k + 1), false), compare(OP_LE, first_of(naive, k), last, false));
        double x = inside == 0 ? NAN : eval_at(naive, node->args[0], scene, k);
        result = some ? or2(result, and2(inside, x)) : and2(result, or2(1 - inside, x));
    }
    return result;
}

static double eval_when(struct naive *naive, const struct node *node, const struct scene *scene)
{
    for (int k = node->steps; k < naive->program->timeline.count; k++) {
        double x = eval_at(naive, node->args[0], scene, k);
        if (isnan(x))
            return NAN;
        if (x != 0)
            return first_of(naive, k);
    }
    return INFINITY;
}

static double eval_window(struct naive *naive, const struct node *node, const struct scene *scene)
{
    struct scene dates = *scene;
    dates.now_at_end = true;
    double first = eval(naive, node->args[1], &dates), last = eval(naive, node->args[2], &dates);
    int count = naive->program->timeline.count;
    if (isnan(first) || isnan(last) || last > first_of(naive, count) || (first < first_of(naive, 0) && node->count < 4))
        return NAN;
    struct total total = total_none();
    for (int k = -1; k < count; k++) {
        double from = fmax(first, k < 0 ? -INFINITY : first_of(naive, k)), to = fmin(last, first_of(naive, k + 1));
        if (to <= from)
            continue;
        bool weighs = node->reduce == REDUCE_MEAN || node->reduce == REDUCE_SUM;
        double unit = node->reduce == REDUCE_SUM && !node->integrate ? naive->program->timeline.length : 1;
        double x = k < 0 ? eval(naive, node->args[3], scene) : eval_at(naive, node->args[0], scene, k);
        total_add(&total, x, weighs ? (to - from) / unit : 1);
    }
    if (node->reduce == REDUCE_MEAN)
        return total.sum / (last - first);
    return total_value(&total, node);
}

static double interpolate(size_t count, const double *instants, const double *values, bool hold, bool logarithmic, double instant)
{
    bool unknown = false;
    for (size_t i = 0; i < count; i++) {
        logarithmic = logarithmic && !(values[i] <= 0);
        unknown = unknown || isnan(values[i]);
    }
    for (size_t i = 0; i < count; i++)
        if (fabs(instants[i] - instant) < 1)
            return values[i];
    if (instant < instants[0])
        return hold ? values[0] : NAN;
    for (size_t i = 0; i + 1 < count; i++)
        if (instant < instants[i + 1]) {
            double share = (instant - instants[i]) / (instants[i + 1] - instants[i]);
            return logarithmic && unknown ? NAN : logarithmic ? exp(log(values[i]) + share * (log(values[i + 1]) - log(values[i]))) : values[i] * (1 - share) + share * values[i + 1];
        }
    return hold ? values[count - 1] : NAN;
}

static double eval_path(struct naive *naive, const struct node *node, const struct scene *scene)
{
    double values[8];
    for (size_t i = 0; i < node->count; i++)
        values[i] = eval(naive, node->args[i], scene);
    return interpolate(node->count, node->path->instants, values, node->path->hold, node->path->logarithmic, first_of(naive, scene->step + 1));
}

static double eval_growth(struct naive *naive, const struct node *node, const struct scene *scene)
{
    if (scene->step == 0)
        return NAN;
    double now = eval(naive, node->args[0], scene), past = eval_at(naive, node->args[0], scene, scene->step - 1);
    return pow(now / past, SECONDS_A_YEAR / naive->program->timeline.length);
}

static double eval_past(struct naive *naive, const struct node *node, const struct scene *scene, int steps)
{
    return scene->step < steps ? eval(naive, node->args[1], scene) : eval_at(naive, node->args[0], scene, scene->step - steps);
}

// ---- names -------------------------------------------------------------------------------------------------------------

static double read_input(struct naive *naive, const struct input *input, size_t instance, int step)
{
    const struct input_instance *read = &input->instances[instance];
    if (input->varies > 0) {
        double now = floor(first_of(naive, step) / input->varies + 1e-6), start = floor(first_of(naive, 0) / input->varies + 1e-6);
        return naive->read(input, instance, 0, (size_t)(now - start));
    }
    if (read->point_count == 1)
        return naive->read(input, instance, 0, 0);
    double values[8], instants[8];
    for (size_t i = 0; i < read->point_count; i++) {
        values[i] = naive->read(input, instance, i, 0);
        instants[i] = read->points[i].instant;
    }
    return interpolate(read->point_count, instants, values, read->hold, read->logarithmic, first_of(naive, step + 1));
}

static double eval_name(struct naive *naive, const struct node *node, const struct scene *scene)
{
    bool is_input = node->kind == NODE_INPUT;
    size_t params = is_input ? node->input->param_count : node->definition->param_count, instance = 0;
    const struct index *const *sets = is_input ? node->input->params : node->definition->params;
    struct scene inside = {.world = scene->world, .step = scene->step};
    for (size_t i = 0; i < params; i++) {
        double member = eval(naive, node->args[i], scene);
        if (isnan(member))
            return NAN;
        inside.slots[i] = (int)member;
        instance = instance * sets[i]->count + (size_t)member;
    }
    for (const struct naive_world *world = scene->world; world != NULL; world = world->below) {
        const struct override *override = world->override;
        bool hit = is_input ? override->input == node->input : override->definition == node->definition;
        for (size_t i = 0; i < params; i++)
            hit = hit && (override->members[i] < 0 || override->members[i] == inside.slots[i]);
        if (hit)
            return eval(naive, override->value, &inside);
    }
    return is_input ? read_input(naive, node->input, instance, scene->step) : eval(naive, node->definition->body, &inside);
}

static double eval_table(struct naive *naive, const struct node *node, const struct scene *scene)
{
    double member = eval(naive, node->args[0], scene);
    return isnan(member) ? NAN : eval(naive, node->args[1 + (size_t)member], scene);
}

static double eval_call(struct naive *naive, const struct node *node, const struct scene *scene)
{
    struct scene inside = {.world = scene->world, .step = scene->step, .call = node, .caller = scene};
    return eval(naive, node->function->body, &inside);
}

static double eval_param(struct naive *naive, const struct node *node, const struct scene *scene)
{
    struct scene outside = *scene->caller;
    outside.step = scene->step;
    outside.world = scene->world;
    return eval(naive, scene->call->args[node->slot], &outside);
}

// The scenario's sets on top, the last one first found.
static double eval_under(struct naive *naive, const struct node *node, const struct scene *scene)
{
    struct naive_world worlds[8];
    struct scene inside = *scene;
    for (size_t i = 0; i < node->scenario->override_count; i++) {
        worlds[i] = (struct naive_world){&node->scenario->overrides[i], inside.world};
        inside.world = &worlds[i];
    }
    return eval(naive, node->args[0], &inside);
}

static double eval_binds(struct naive *naive, const struct node *node, const struct scene *scene)
{
    const struct node *limit = node->args[0]->definition->limit;
    double best = eval(naive, limit, &(struct scene){.world = scene->world, .step = scene->step});
    for (size_t i = 0; i < limit->count; i++)
        if (text_equal(limit->labels[i], node->label))
            return compare(OP_EQ, eval(naive, limit->args[i], &(struct scene){.world = scene->world, .step = scene->step}), best, false);
    return NAN;
}

static double eval_kind(struct naive *naive, const struct node *node, const struct scene *scene)
{
    switch (node->kind) {
    case NODE_CONST:
        return node->value;
    case NODE_INPUT:
    case NODE_DEFINITION:
        return eval_name(naive, node, scene);
    case NODE_CLAIM:
        return eval(naive, node->claim->condition, &(struct scene){.world = scene->world});
    case NODE_BINDER:
        return scene->slots[node->slot];
    case NODE_PARAM:
        return eval_param(naive, node, scene);
    case NODE_CALL:
        return eval_call(naive, node, scene);
    case NODE_APPLY:
        return eval_apply(naive, node, scene);
    case NODE_TABLE:
        return eval_table(naive, node, scene);
    case NODE_REDUCE:
        return eval_reduce(naive, node, scene);
    case NODE_COUNTED:
        return eval_counted(naive, node, scene);
    case NODE_PREVIOUS:
        return eval_past(naive, node, scene, 1);
    case NODE_LAG:
        return eval_past(naive, node, scene, node->steps);
    case NODE_GROWTH:
        return eval_growth(naive, node, scene);
    case NODE_NOW:
        return first_of(naive, scene->step + scene->now_at_end);
    case NODE_PATH:
        return eval_path(naive, node, scene);
    case NODE_TIME:
        return eval_time(naive, node, scene);
    case NODE_WINDOW:
        return eval_window(naive, node, scene);
    case NODE_WHEN:
        return eval_when(naive, node, scene);
    case NODE_UNDER:
        return eval_under(naive, node, scene);
    case NODE_BINDS:
        return eval_binds(naive, node, scene);
    case NODE_SLOPE:
    case NODE_AGGREGATE:
    case NODE_HOLE:
    case NODE_MISSING:
        return NAN; // not about one future
    }
    return NAN;
}

static double eval(struct naive *naive, const struct node *node, const struct scene *scene)
{
    if (naive->depth > DEPTH)
        naive->budget = 0;
    if (--naive->budget < 0)
        return NAN;
    naive->depth++;
    double value = eval_kind(naive, node, scene);
    naive->depth--;
    naive->infinite = naive->infinite || (isinf(value) && node->type.kind == KIND_QUANTITY);
    if (naive->noise && node->type.kind == KIND_QUANTITY)
        value *= 1 + 1e-12 * ((double)random_below(naive->noise, 2001) / 1000 - 1);
    return value;
}

double naive_value(struct naive *naive, const struct node *node, int step, const struct naive_world *world)
{
    return eval(naive, node, &(struct scene){.world = world, .step = step});
}
