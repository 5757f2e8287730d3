#include "judge/margin.h"

#include <math.h>

enum { ARGUMENTS = 3 };
#define NO_STEP UINT32_MAX

struct planner {
    const struct model *model;
    struct margin_plan *plan;
    uint32_t *step_of; // by value: its step plus one
    size_t comparisons;
};

static bool is_comparison(uint32_t op)
{
    return op == OP_LT || op == OP_LE || op == OP_EQ || op == OP_NE;
}

static bool is_connective(uint32_t op)
{
    return op == OP_AND || op == OP_OR || op == OP_NOT || op == OP_SELECT;
}

// Only what truths are made of is followed; arithmetic on truths ends in a comparison above it.
static size_t arguments_of(const struct instruction *code, value_id *arguments)
{
    const value_id all[ARGUMENTS] = {code->a, code->b, code->c};
    size_t count = 0;
    for (size_t i = 0; i < ARGUMENTS && is_connective(code->op) && all[i] != NO_VALUE; i++)
        arguments[count++] = all[i];
    return count;
}

// Marks what the truth is made of; the array is in order, so one pass from the truth down suffices.
static void mark(struct planner *planner, value_id truth)
{
    planner->step_of[truth] = 1;
    for (value_id id = truth + 1; id-- > 0;) {
        value_id arguments[ARGUMENTS];
        size_t count = planner->step_of[id] ? arguments_of(&planner->model->code[id], arguments) : 0;
        for (size_t i = 0; i < count; i++)
            planner->step_of[arguments[i]] = 1;
    }
}

static uint32_t add_root(struct margin_plan *plan, value_id value)
{
    plan->roots[plan->root_count] = value;
    return (uint32_t)plan->root_count++;
}

static void add_step(struct planner *planner, value_id id)
{
    struct margin_plan *plan = planner->plan;
    const struct instruction *code = &planner->model->code[id];
    struct margin_step *step = &plan->steps[plan->step_count];
    *step = (struct margin_step){code->op, {NO_STEP, NO_STEP, NO_STEP}, false};
    value_id arguments[ARGUMENTS];
    size_t count = arguments_of(code, arguments);
    for (size_t i = 0; i < count; i++)
        step->args[i] = planner->step_of[arguments[i]] - 1;
    if (is_comparison(code->op)) {
        step->args[0] = add_root(plan, code->a);
        step->args[1] = add_root(plan, code->b);
        planner->comparisons++;
    } else if (count == 0) {
        step->args[0] = add_root(plan, id);
    }
    planner->step_of[id] = (uint32_t)++plan->step_count;
}

struct margin_plan margin_plan_of(struct arena *arena, const struct model *model, value_id truth)
{
    struct margin_plan plan = {0};
    if (truth == NO_VALUE)
        return plan;
    struct planner planner = {.model = model, .plan = &plan, .step_of = arena_array(arena, (size_t)truth + 1, sizeof *planner.step_of)};
    mark(&planner, truth);
    size_t steps = 0;
    for (value_id id = 0; id <= truth; id++)
        steps += planner.step_of[id] > 0;
    plan.steps = arena_array(arena, steps, sizeof *plan.steps);
    plan.roots = arena_array(arena, 2 * steps, sizeof *plan.roots);
    for (value_id id = 0; id <= truth; id++)
        if (planner.step_of[id])
            add_step(&planner, id);
    if (planner.comparisons == 0 || planner.comparisons > MARGIN_COMPARISONS)
        plan.root_count = plan.step_count = 0;
    return plan;
}

// ---- values ------------------------------------------------------------------------------------------------------------

// What is not known leaves `and` known where the other fails.
static double least(double a, double b)
{
    if (isnan(a) || isnan(b))
        return a < 0 ? a : b < 0 ? b : NAN;
    return a < b ? a : b;
}

static double greatest(double a, double b)
{
    return -least(-a, -b);
}

static double difference(uint32_t op, double left, double right)
{
    if (op == OP_LT || op == OP_LE)
        return right - left;
    return op == OP_NE ? fabs(left - right) : -fabs(left - right);
}

void margin_settle(struct margin_plan *plan, const double *const *values, size_t lane)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        struct margin_step *step = &plan->steps[i];
        if (is_comparison(step->op) && (values[step->args[0]][lane] <= 0 || values[step->args[1]][lane] <= 0))
            step->plain = true;
    }
}

static double step_margin(const struct margin_step *step, const double *const *values, size_t lane, const double *room)
{
    const uint32_t *args = step->args;
    switch (step->op) {
    case OP_LT:
    case OP_LE:
    case OP_EQ:
    case OP_NE:
        if (step->plain)
            return difference(step->op, values[args[0]][lane], values[args[1]][lane]);
        return comparison_margin((enum op)step->op, values[args[0]][lane], values[args[1]][lane]);
    case OP_AND:
        return least(room[args[0]], room[args[1]]);
    case OP_OR:
        return greatest(room[args[0]], room[args[1]]);
    case OP_NOT:
        return -room[args[0]];
    case OP_SELECT:
        return greatest(least(room[args[0]], room[args[1]]), least(-room[args[0]], room[args[2]]));
    default: // a truth that is given, not compared: as certain as can be
        return isnan(values[args[0]][lane]) ? NAN : values[args[0]][lane] > 0 ? INFINITY : -INFINITY;
    }
}

double margin_at(const struct margin_plan *plan, const double *const *values, size_t lane, double *room)
{
    if (plan->step_count == 0)
        return NAN;
    for (size_t i = 0; i < plan->step_count; i++)
        room[i] = step_margin(&plan->steps[i], values, lane, room);
    double margin = room[plan->step_count - 1];
    return isfinite(margin) ? margin : NAN;
}
