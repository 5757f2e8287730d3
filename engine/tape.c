#include "engine/tape.h"

#include "base/arena.h"
#include "engine/kernel.h"
#include "engine/tape_plan.h"

#define NO_OFFSET UINT32_MAX

// Where the values stand while the steps are laid out.
struct layout {
    const struct tape_plan *plan;
    struct tape_step *steps;
    double *constants;
    uint32_t constant_count;
    uint32_t *offsets;      // of a constant among the constants, of any other value among the slots
    uint32_t *uses_left;
    uint32_t *free_slots;   // the one given back last is taken first: it is the likeliest to be in the cache
    size_t free_count;
    uint32_t slot_count;
};

static uint32_t constant_offset(struct layout *layout, value_id value)
{
    if (layout->offsets[value] == NO_OFFSET) {
        layout->offsets[value] = layout->constant_count * CONSTANT_COPIES;
        for (size_t i = 0; i < CONSTANT_COPIES; i++)
            layout->constants[layout->offsets[value] + i] = layout->plan->model->code[value].constant;
        layout->constant_count++;
    }
    return layout->offsets[value];
}

static uint32_t take_slot(struct layout *layout)
{
    if (layout->free_count > 0)
        return layout->free_slots[--layout->free_count];
    return layout->slot_count++ * BLOCK_LANES;
}

static void read_arguments(struct layout *layout, struct tape_step *step, const struct node_arguments *arguments)
{
    for (size_t i = 0; i < arguments->count; i++) {
        const value_id value = arguments->values[i];
        const bool constant = plan_is_constant(layout->plan, value);
        step->args[i] = constant ? constant_offset(layout, value) : layout->offsets[value];
        step->uniform = (uint16_t)(step->uniform | (constant ? 1u << i : 0u));
    }
}

static void give_back(struct layout *layout, const struct node_arguments *arguments)
{
    for (size_t i = 0; i < arguments->count; i++) {
        const value_id value = arguments->values[i];
        if (!plan_is_constant(layout->plan, value) && --layout->uses_left[value] == 0)
            layout->free_slots[layout->free_count++] = layout->offsets[value];
    }
}

// Steps that go over their argument twice must not write where it stands; all others may.
static bool reads_twice(uint16_t code)
{
    return code == TAPE_EXP || code == TAPE_LN || code == TAPE_POW;
}

// A constant that is a root stands in the slots too, but its users read it among the constants: `root_slots` has its place.
static void lay_step(struct layout *layout, struct tape_step *step, value_id node, uint32_t *root_slots)
{
    const struct tape_plan *plan = layout->plan;
    const struct node_arguments arguments = plan_arguments(plan, node);
    step->code = plan_code(plan, node);
    if (step->code == CODE_CONST) {
        step->uniform = 1;
        step->args[0] = constant_offset(layout, node);
        step->to = root_slots[node] = take_slot(layout);
        return;
    }
    if (step->code == CODE_COLUMN)
        step->args[0] = plan->model->code[node].a;
    read_arguments(layout, step, &arguments);
    if (reads_twice(step->code))
        step->to = take_slot(layout);
    give_back(layout, &arguments);
    if (!reads_twice(step->code))
        step->to = take_slot(layout);
    layout->offsets[node] = root_slots[node] = step->to;
}

static void lay_out(struct tape *tape, const struct tape_plan *plan, struct tape_step *steps, double *constants,
                    uint32_t *roots)
{
    struct arena *scratch = plan->scratch;
    struct layout layout = {.plan = plan, .steps = steps, .constants = constants};
    layout.offsets = arena_array(scratch, plan->value_count, sizeof *layout.offsets);
    layout.uses_left = plan_uses_left(plan);
    layout.free_slots = arena_array(scratch, plan->node_count, sizeof *layout.free_slots);
    uint32_t *root_slots = arena_array(scratch, plan->value_count, sizeof *root_slots);
    for (size_t v = 0; v < plan->value_count; v++)
        layout.offsets[v] = NO_OFFSET;
    for (size_t i = 0; i < plan->node_count; i++)
        lay_step(&layout, &steps[i], plan->order[i], root_slots);
    for (size_t r = 0; r < plan->root_count; r++)
        roots[r] = root_slots[plan->roots[r]];
    tape->slot_count = layout.slot_count;
}

// What the tape keeps is taken before the scratch is, so that the scratch can be given back: the bounds are the number of
// values for the steps and of constants for the constants.
struct tape *tape_make(struct arena *arena, const struct model *model, const value_id *roots, size_t root_count)
{
    const size_t value_count = plan_values_below(roots, root_count), constant_count = plan_constants_below(model, value_count);
    struct tape *tape = arena_alloc(arena, sizeof *tape);
    struct tape_step *steps = arena_array(arena, value_count, sizeof *steps);
    double *constants = arena_alloc_wide(arena, (constant_count + 1) * CONSTANT_COPIES * sizeof *constants);
    uint32_t *root_offsets = arena_array(arena, root_count, sizeof *root_offsets);
    size_t *columns = arena_array(arena, model->column_count, sizeof *columns);
    const struct arena_mark mark = arena_mark(arena);
    const struct tape_plan plan = plan_of(arena, model, roots, root_count, false);
    *tape = (struct tape){.step_count = plan.node_count,
                          .steps = steps,
                          .constants = constants,
                          .root_count = root_count,
                          .roots = root_offsets,
                          .columns = columns};
    lay_out(tape, &plan, steps, constants, root_offsets);
    tape->column_count = plan_columns(&plan, columns);
    arena_release(arena, mark);
    return tape;
}

size_t tape_length(const struct tape *tape)
{
    return tape->step_count;
}

const size_t *tape_columns(const struct tape *tape, size_t *count)
{
    *count = tape->column_count;
    return tape->columns;
}

size_t tape_workspace(const struct tape *tape)
{
    return tape->slot_count * BLOCK_LANES;
}

void tape_run(const struct tape *tape, enum kernels kernels, const double *const *columns, double *workspace,
              const double **roots)
{
    kernel_for(kernels)->run(tape, columns, workspace);
    for (size_t r = 0; r < tape->root_count; r++)
        roots[r] = workspace + tape->roots[r];
}
