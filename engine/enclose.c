// Makes the part of a model that some values need ready for boxes: which instructions, in what order, where each value stands.
#include "engine/enclose.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "engine/enclose_inside.h"
#include "engine/enclose_rewrite.h"
#include "engine/kernel.h"
#include "engine/tape_plan.h"

#define NO_PLACE UINT32_MAX

struct layout {
    const struct tape_plan *plan;
    double *constants;
    uint8_t *constants_missing;
    uint32_t constant_count;
    uint32_t *places;       // of a constant among the constants, of any other value its slot
    uint32_t *root_slots;   // a constant that is a root stands in the slots too
    uint32_t *uses_left;
    uint32_t *free_slots;   // the one given back last is taken first: it is the likeliest to be in the cache
    size_t free_count;
    uint32_t slot_count;
};

static uint32_t constant_place(struct layout *layout, value_id value)
{
    if (layout->places[value] != NO_PLACE)
        return layout->places[value];
    const uint32_t place = layout->places[value] = layout->constant_count++;
    const double constant = layout->plan->model->code[value].constant;
    const bool none = isnan(constant);
    double *to = layout->constants + (size_t)place * SLOT_DOUBLES;
    for (size_t i = 0; i < BOX_LANES; i++) {
        to[i] = none ? INFINITY : constant;
        to[BOX_LANES + i] = none ? -INFINITY : constant;
    }
    layout->constants_missing[place] = none ? UINT8_MAX : 0;
    return place;
}

static uint32_t take_slot(struct layout *layout)
{
    return layout->free_count > 0 ? layout->free_slots[--layout->free_count] : layout->slot_count++;
}

static void read_arguments(struct layout *layout, struct enclose_step *step, const struct node_arguments *arguments)
{
    for (size_t i = 0; i < arguments->count; i++) {
        const value_id value = arguments->values[i];
        const bool constant = plan_is_constant(layout->plan, value);
        step->args[i] = constant ? constant_place(layout, value) : layout->places[value];
        step->uniform = (uint16_t)(step->uniform | (constant ? 1u << i : 0u));
    }
    for (size_t i = arguments->count; i < 3 && arguments->count > 0; i++) { // read, and ignored
        step->args[i] = step->args[0];
        step->uniform = (uint16_t)(step->uniform | (step->uniform & 1u) << i);
    }
}

static void give_back(struct layout *layout, const struct node_arguments *arguments)
{
    for (size_t i = 0; i < arguments->count; i++) {
        const value_id value = arguments->values[i];
        if (!plan_is_constant(layout->plan, value) && --layout->uses_left[value] == 0)
            layout->free_slots[layout->free_count++] = layout->places[value];
    }
}

// The result never stands where an argument does: lanes out of the ordinary are done again from the arguments.
static void lay_step(struct layout *layout, struct enclose_step *step, value_id node)
{
    const struct tape_plan *plan = layout->plan;
    const struct instruction *code = &plan->model->code[node];
    const struct node_arguments arguments = plan_arguments(plan, node);
    step->code = (uint16_t)code->op;
    step->to = take_slot(layout);
    layout->root_slots[node] = step->to;
    if (code->op == CODE_CONST) {
        step->uniform = 1;
        step->args[0] = constant_place(layout, node);
        return;
    }
    if (code->op == CODE_COLUMN)
        step->args[0] = code->a;
    read_arguments(layout, step, &arguments);
    give_back(layout, &arguments);
    layout->places[node] = step->to;
}

static void lay_out(struct layout *layout, struct enclosing *enclosing, struct enclose_step *steps, uint32_t *roots)
{
    const struct tape_plan *plan = layout->plan;
    struct arena *scratch = plan->scratch;
    layout->places = arena_array(scratch, plan->value_count, sizeof *layout->places);
    layout->root_slots = arena_array(scratch, plan->value_count, sizeof *layout->root_slots);
    layout->uses_left = plan_uses_left(plan);
    layout->free_slots = arena_array(scratch, plan->value_count, sizeof *layout->free_slots);
    for (size_t v = 0; v < plan->value_count; v++)
        layout->places[v] = NO_PLACE;
    for (size_t i = 0; i < plan->node_count; i++)
        lay_step(layout, &steps[i], plan->order[i]);
    for (size_t r = 0; r < plan->root_count; r++)
        roots[r] = layout->root_slots[plan->roots[r]];
    enclosing->step_count = plan->node_count;
    enclosing->slot_count = layout->slot_count;
}

// What is kept is taken before the scratch is, so that the scratch can be given back.
struct enclosing *enclosing_make(struct arena *arena, const struct model *model, const value_id *roots, size_t root_count)
{
    const size_t count = plan_values_below(roots, root_count), constant_count = plan_constants_below(model, count);
    struct enclosing *enclosing = arena_alloc(arena, sizeof *enclosing);
    struct enclose_step *steps = arena_array(arena, count, sizeof *steps);
    double *constants = arena_alloc_wide(arena, (constant_count + 1) * SLOT_DOUBLES * sizeof *constants);
    uint8_t *constants_missing = arena_array(arena, constant_count + 1, sizeof *constants_missing);
    uint32_t *root_slots = arena_array(arena, root_count, sizeof *root_slots);
    size_t *columns = arena_array(arena, model->column_count, sizeof *columns);
    const struct arena_mark mark = arena_mark(arena);
    const struct model rewritten = enclose_rewritten(arena, model, count);
    const struct tape_plan plan = plan_of(arena, &rewritten, roots, root_count, true);
    struct layout layout = {.plan = &plan, .constants = constants, .constants_missing = constants_missing};
    *enclosing = (struct enclosing){.steps = steps,
                                    .constants = constants,
                                    .constants_missing = constants_missing,
                                    .root_count = root_count,
                                    .roots = root_slots,
                                    .columns = columns};
    lay_out(&layout, enclosing, steps, root_slots);
    enclosing->column_count = plan_columns(&plan, columns);
    arena_release(arena, mark);
    return enclosing;
}

size_t enclosing_length(const struct enclosing *enclosing)
{
    return enclosing->step_count;
}

const size_t *enclosing_columns(const struct enclosing *enclosing, size_t *count)
{
    *count = enclosing->column_count;
    return enclosing->columns;
}

size_t enclosing_workspace(const struct enclosing *enclosing)
{
    return enclosing->slot_count * (SLOT_DOUBLES * sizeof(double) + 1);
}

void enclosing_run(const struct enclosing *enclosing, enum kernels kernels, const struct enclosure *const *columns, void *workspace,
                   struct enclosure *roots)
{
    double *slots = workspace;
    uint8_t *missing = (uint8_t *)(slots + enclosing->slot_count * SLOT_DOUBLES);
    kernel_for(kernels)->enclose(enclosing, columns, slots, missing);
    for (size_t r = 0; r < enclosing->root_count; r++) {
        const double *from = slots + (size_t)enclosing->roots[r] * SLOT_DOUBLES;
        memcpy(roots[r].low, from, sizeof roots[r].low);
        memcpy(roots[r].high, from + BOX_LANES, sizeof roots[r].high);
        for (size_t lane = 0; lane < BOX_LANES; lane++)
            roots[r].missing[lane] = (unsigned)missing[enclosing->roots[r]] >> lane & 1u;
    }
}
