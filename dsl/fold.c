// The value of nodes that depend on no future and no step.
//
// Only for what must be known before the model runs: exponents, ends of ranges, dates, levels. Operators have the formulas of
// op.def, which are the engine's, so that a folded value is the same on every machine.
#include <math.h>

#include "base/elementary.h"
#include "dsl/checker.h"
#include "dsl/point.h"

struct folding {
    const double *params; // arguments of the def being called
    bool deep;            // look into definitions
    int *steps_left;      // shared by all calls: functions that call each other twice over would take forever
};

enum { STEPS_MAX = 20000 };

static bool fold(const struct folding *folding, const struct node *node, double *value);

static double fold_within(double x, double tolerance, double y, bool fraction)
{
    if (fraction)
        tolerance *= fabs(y);
    return point_value(OP_LE, fabs(x - y), tolerance, 0);
}

// Operators that the compiler rewrites into others are rewritten here too.
static double fold_values(const struct node *node, double x, double y, double z)
{
    switch ((int)node->op) {
    case OP_GT:
        return point_value(OP_LT, y, x, 0);
    case OP_GE:
        return point_value(OP_LE, y, x, 0);
    case OP_IS:
        return point_value(OP_EQ, x, y, 0);
    case OP_IS_NOT:
        return point_value(OP_NE, x, y, 0);
    case OP_IMPLIES:
        return point_value(OP_OR, 1 - x, y, 0);
    case OP_UNLESS:
        return point_value(OP_OR, x, y, 0);
    case OP_CLAMP:
        return elementary_min(elementary_max(x, y), z);
    case OP_IN_RANGE:
        return point_value(OP_AND, point_value(OP_LE, y, x, 0), point_value(OP_LE, x, z, 0), 0);
    case OP_WITHIN: // x within y of z
        return fold_within(x, y, z, node->args[1]->type.fraction);
    }
    return point_value(node->op, x, y, z);
}

// A sum, a min, an `and` may have any number of arguments: they are taken two at a time.
static bool fold_apply(const struct folding *folding, const struct node *node, double *value)
{
    if (node->op == OP_RISES || node->op == OP_FALLS || node->op == OP_BINDS || node->count == 0)
        return false;
    double args[3] = {0};
    bool three = op_table[node->op].low == 3;
    for (size_t i = 0; i < node->count; i++) {
        double next;
        if (!fold(folding, node->args[i], &next))
            return false;
        if (three || i == 0)
            args[i] = next;
        else
            args[0] = fold_values(node, args[0], next, 0);
    }
    bool pairwise = !three && (node->count > 1 || op_table[node->op].low > 1 || op_table[node->op].high < 0);
    *value = pairwise ? args[0] : fold_values(node, args[0], args[1], args[2]);
    return true;
}

enum { PARAMS_MAX = 32 };

static bool fold_call(const struct folding *folding, const struct node *node, double *value)
{
    double params[PARAMS_MAX];
    if (node->count > PARAMS_MAX || node->function->body == NULL)
        return false;
    for (size_t i = 0; i < node->count; i++)
        if (!fold(folding, node->args[i], &params[i]))
            return false;
    struct folding inside = {.params = params, .deep = folding->deep, .steps_left = folding->steps_left};
    return fold(&inside, node->function->body, value);
}

static bool fold_table(const struct folding *folding, const struct node *node, double *value)
{
    double member;
    if (!fold(folding, node->args[0], &member) || !(member >= 0) || (size_t)member + 1 >= node->count)
        return false;
    return fold(folding, node->args[1 + (size_t)member], value);
}

static bool fold(const struct folding *folding, const struct node *node, double *value)
{
    if (--*folding->steps_left < 0)
        return false;
    if (node->kind == NODE_CONST) {
        *value = node->value;
        return node->type.kind != KIND_ERROR;
    }
    if (node->kind == NODE_PARAM && folding->params != NULL) {
        *value = folding->params[node->slot];
        return true;
    }
    if (node->kind == NODE_APPLY)
        return fold_apply(folding, node, value);
    if (node->kind == NODE_CALL)
        return fold_call(folding, node, value);
    if (node->kind == NODE_TABLE)
        return fold_table(folding, node, value);
    if (node->kind != NODE_DEFINITION || !folding->deep || !node->definition->constant)
        return false;
    *value = node->definition->value;
    return true;
}

bool fold_node(const struct node *node, double *value)
{
    int steps_left = STEPS_MAX;
    return fold(&(struct folding){.deep = false, .steps_left = &steps_left}, node, value);
}

bool fold_deep(const struct node *node, double *value)
{
    int steps_left = STEPS_MAX;
    return fold(&(struct folding){.deep = true, .steps_left = &steps_left}, node, value);
}
