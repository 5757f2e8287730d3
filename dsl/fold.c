// The value of nodes that depend on no future and no step.
//
// Only for what must be known before the model runs: exponents, ends of ranges, dates, levels. exp, ln and powers are those of
// the engine, so that a folded value is the same on every machine.
#include <math.h>

#include "base/elementary.h"
#include "dsl/checker.h"

struct folding {
    const double *params; // arguments of the def being called
    bool deep;            // look into definitions
    int *steps_left;      // shared by all calls: functions that call each other twice over would take forever
};

enum { STEPS_MAX = 20000 };

static bool fold(const struct folding *folding, const struct node *node, double *value);

static double truth(bool holds)
{
    return holds ? 1 : 0;
}

static double fold_truth(enum op op, double x, double y)
{
    switch ((int)op) {
    case OP_LT:
        return truth(x < y);
    case OP_LE:
        return truth(x <= y);
    case OP_GT:
        return truth(x > y);
    case OP_GE:
        return truth(x >= y);
    case OP_EQ:
    case OP_IS:
        return truth(x == y);
    case OP_NE:
    case OP_IS_NOT:
        return truth(x != y);
    case OP_AND:
        return fmin(x, y);
    case OP_OR:
        return fmax(x, y);
    case OP_NOT:
        return 1 - x;
    case OP_IMPLIES:
        return fmax(1 - x, y);
    case OP_UNLESS:
        return fmax(x, y);
    }
    return NAN;
}

// Exact for powers of ten.
static double decimal_logarithm(double x)
{
    const double logarithm = elementary_log(x) / elementary_log(10), whole = rint(logarithm);
    return elementary_pow(10, whole) == x ? whole : logarithm;
}

static double fold_number(enum op op, double x, double y)
{
    switch ((int)op) {
    case OP_ADD:
        return x + y;
    case OP_SUB:
        return x - y;
    case OP_MUL:
        return x * y;
    case OP_DIV:
        return x / y;
    case OP_NEG:
        return -x;
    case OP_POW:
        return elementary_pow(x, y);
    case OP_MIN:
        return fmin(x, y);
    case OP_MAX:
        return fmax(x, y);
    case OP_ABS:
        return fabs(x);
    case OP_EXP:
        return elementary_exp(x);
    case OP_LN:
        return elementary_log(x);
    case OP_LOG10:
        return decimal_logarithm(x);
    case OP_SQRT:
        return sqrt(x);
    case OP_FLOOR:
        return floor(x);
    case OP_CEIL:
        return ceil(x);
    case OP_ROUND:
        return rint(x);
    }
    return fold_truth(op, x, y);
}

static double fold_three(const struct node *node, double x, double y, double z)
{
    switch ((int)node->op) {
    case OP_CLAMP:
        return fmin(fmax(x, y), z);
    case OP_IN_RANGE:
        return truth(y <= x && x <= z);
    case OP_WITHIN: // x within y of z
        return truth(fabs(x - z) <= (node->args[1]->type.fraction ? y * fabs(z) : y));
    case OP_SELECT:
        return x != 0 ? y : z;
    }
    return NAN;
}

static bool is_three(enum op op)
{
    return op == OP_CLAMP || op == OP_IN_RANGE || op == OP_WITHIN || op == OP_SELECT;
}

static bool fold_apply(const struct folding *folding, const struct node *node, double *value)
{
    if (node->op == OP_RISES || node->op == OP_FALLS || node->op == OP_BINDS || node->count == 0)
        return false;
    double first, rest[2] = {0, 0};
    if (!fold(folding, node->args[0], &first))
        return false;
    bool missing = isnan(first);
    for (size_t i = 1; i < node->count; i++) {
        double *next = &rest[is_three(node->op) ? i - 1 : 0];
        if (!fold(folding, node->args[i], next))
            return false;
        missing = missing || isnan(*next);
        if (!is_three(node->op))
            first = fold_number(node->op, first, *next);
    }
    if (is_three(node->op))
        first = fold_three(node, first, rest[0], rest[1]);
    else if (node->count == 1 && node->op != OP_MIN && node->op != OP_MAX && node->op != OP_AND && node->op != OP_OR)
        first = fold_number(node->op, first, 0);
    *value = missing ? NAN : first;
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
    if (node->kind == NODE_DEFINITION && folding->deep && node->count == 0 && node->definition->body != NULL && !node->definition->varies)
        return fold(folding, node->definition->body, value);
    return false;
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
