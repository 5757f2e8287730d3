#include "base/arena.h"
#include "engine/tape.h"
#include "engine/tape_plan.h"

// How many of a, b and c an instruction reads. Codes beyond the model's own (engine/enclose_inside.h) read all three.
static uint32_t instruction_arity(uint32_t op)
{
    static const uint8_t fewest[OP_COUNT] = {
#define OP(id, text, form, low, high, units, point, doc) [OP_##id] = low,
#include "dsl/op.def"
#undef OP
    };
    if (op >= OP_COUNT)
        return op < CODE_COUNT ? 0 : 3;
    return op == OP_MIN || op == OP_MAX ? 2 : fewest[op];
}

static const value_id *argument_list(const struct instruction *instruction, value_id list[static 3])
{
    list[0] = instruction->a;
    list[1] = instruction->b;
    list[2] = instruction->c;
    return list;
}

// ---- pairs ------------------------------------------------------------------------------------------------------------------

enum { NOT_FIRST = -1 };

static int pair_first(uint32_t op)
{
    switch (op) {
    case OP_ADD:
        return 0;
    case OP_SUB:
        return 1;
    case OP_MUL:
        return 2;
    case OP_DIV:
        return 3;
    case OP_MIN:
        return 4;
    case OP_MAX:
        return 5;
    default:
        return NOT_FIRST;
    }
}

// The second operator of a pair, by its row in PAIR_SECONDS; `right` when the first is its right argument.
static int pair_second(uint32_t op, bool right)
{
    static const int left_rows[] = {0, 1, 3, 4, 6, 8}, right_rows[] = {0, 2, 3, 5, 7, 9};
    const int row = pair_first(op);
    return row == NOT_FIRST ? NOT_FIRST : right ? right_rows[row] : left_rows[row];
}

// An argument joins the step of its only user when both are plain operators and the argument is not a pair itself.
static bool can_join(const struct tape_plan *plan, value_id value, value_id argument)
{
    const struct instruction *code = plan->model->code;
    return pair_first(code[value].op) != NOT_FIRST && pair_first(code[argument].op) != NOT_FIRST &&
           plan->uses[argument] == 1 && !plan->is_root[argument] && plan->joined[argument] == NO_VALUE;
}

static void join(struct tape_plan *plan, value_id value)
{
    const struct instruction *instruction = &plan->model->code[value];
    value_id argument = NO_VALUE;
    if (can_join(plan, value, instruction->a))
        argument = instruction->a;
    else if (can_join(plan, value, instruction->b))
        argument = instruction->b;
    else
        return;
    plan->joined[value] = argument;
    plan->is_node[argument] = false;
    plan->node_count--;
}

// ---- nodes ------------------------------------------------------------------------------------------------------------------

static void count_uses(struct tape_plan *plan)
{
    for (size_t r = 0; r < plan->root_count; r++) {
        plan->is_root[plan->roots[r]] = true;
        plan->uses[plan->roots[r]]++;
    }
    for (value_id value = (value_id)plan->value_count; value-- > 0;) {
        if (plan->uses[value] == 0)
            continue;
        value_id list[3];
        const struct instruction *instruction = &plan->model->code[value];
        argument_list(instruction, list);
        for (size_t i = 0; i < instruction_arity(instruction->op); i++)
            plan->uses[list[i]]++;
    }
}

void plan_nodes(struct tape_plan *plan)
{
    count_uses(plan);
    for (value_id value = 0; value < plan->value_count; value++) {
        plan->joined[value] = NO_VALUE;
        if (plan->uses[value] == 0 || (plan_is_constant(plan, value) && !plan->is_root[value]))
            continue;
        plan->is_node[value] = true;
        plan->node_count++;
        if (!plan->unpaired && instruction_arity(plan->model->code[value].op) == 2)
            join(plan, value);
    }
}

struct node_arguments plan_arguments(const struct tape_plan *plan, value_id node)
{
    const struct instruction *code = plan->model->code, *own = &code[node];
    const value_id joined = plan->joined[node];
    struct node_arguments arguments = {instruction_arity(own->op), {own->a, own->b, own->c}};
    if (joined == NO_VALUE)
        return arguments;
    const value_id other = own->a == joined ? own->b : own->a;
    return (struct node_arguments){3, {code[joined].a, code[joined].b, other}};
}

uint16_t plan_code(const struct tape_plan *plan, value_id node)
{
    const struct instruction *code = plan->model->code, *own = &code[node];
    const value_id joined = plan->joined[node];
    if (joined != NO_VALUE)
        return (uint16_t)(TAPE_PAIRS + pair_first(code[joined].op) * PAIR_SECOND_COUNT +
                          pair_second(own->op, own->a != joined));
    switch (own->op) {
    case OP_EXP:
        return TAPE_EXP;
    case OP_LN:
        return TAPE_LN;
    case OP_POW:
        return TAPE_POW;
    default:
        return (uint16_t)own->op;
    }
}
