#include "engine/tape_plan.h"

#include "base/arena.h"

size_t plan_values_below(const value_id *roots, size_t root_count)
{
    size_t count = 0;
    for (size_t r = 0; r < root_count; r++)
        count = roots[r] >= count ? (size_t)roots[r] + 1 : count;
    return count;
}

size_t plan_constants_below(const struct model *model, size_t value_count)
{
    size_t count = 0;
    for (size_t v = 0; v < value_count; v++)
        count += model->code[v].op == CODE_CONST;
    return count;
}

struct tape_plan plan_of(struct arena *scratch, const struct model *model, const value_id *roots, size_t root_count, bool unpaired)
{
    struct tape_plan plan = {.scratch = scratch, .model = model, .roots = roots, .root_count = root_count, .unpaired = unpaired};
    plan.value_count = plan_values_below(roots, root_count);
    plan.uses = arena_array(scratch, plan.value_count, sizeof *plan.uses);
    plan.is_root = arena_array(scratch, plan.value_count, sizeof *plan.is_root);
    plan.is_node = arena_array(scratch, plan.value_count, sizeof *plan.is_node);
    plan.joined = arena_array(scratch, plan.value_count, sizeof *plan.joined);
    plan_nodes(&plan);
    plan_order(&plan);
    return plan;
}

size_t plan_columns(const struct tape_plan *plan, size_t *columns)
{
    size_t count = 0;
    bool *read = arena_array(plan->scratch, plan->model->column_count, sizeof *read);
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct instruction *instruction = &plan->model->code[plan->order[i]];
        if (instruction->op == CODE_COLUMN)
            read[instruction->a] = true;
    }
    for (size_t c = 0; c < plan->model->column_count; c++)
        if (read[c])
            columns[count++] = c;
    return count;
}

uint32_t *plan_uses_left(const struct tape_plan *plan)
{
    uint32_t *left = arena_array(plan->scratch, plan->value_count, sizeof *left);
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct node_arguments arguments = plan_arguments(plan, plan->order[i]);
        for (size_t k = 0; k < arguments.count; k++)
            left[arguments.values[k]]++;
    }
    for (size_t r = 0; r < plan->root_count; r++)
        left[plan->roots[r]]++;
    return left;
}
