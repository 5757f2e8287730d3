#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "dsl/blend_make.h"

static const struct type truth_type = {.kind = KIND_TRUTH};

// ---- nodes -------------------------------------------------------------------------------------------------------------

static struct node *new_node(struct blending *blending, enum node_kind kind, struct type type, size_t count)
{
    struct node *node = arena_alloc(blending->arena, sizeof *node);
    *node = (struct node){.kind = kind, .type = type, .count = count, .args = arena_array(blending->arena, count, sizeof *node->args)};
    return node;
}

static void name_members(struct blending *blending, struct node *node, const struct index *const *params, const int *members)
{
    for (size_t i = 0; i < node->count; i++) {
        node->args[i] = new_node(blending, NODE_CONST, (struct type){.kind = KIND_MEMBER, .index = params[i]}, 0);
        node->args[i]->value = members[i];
    }
}

struct node *blend_input(struct blending *blending, const struct input *input, const int *members)
{
    struct node *node = new_node(blending, NODE_INPUT, input->type, input->param_count);
    node->input = input;
    name_members(blending, node, input->params, members);
    return node;
}

struct node *blend_definition(struct blending *blending, const struct definition *definition, const int *members)
{
    struct node *node = new_node(blending, NODE_DEFINITION, definition->type, definition->param_count);
    node->definition = definition;
    name_members(blending, node, definition->params, members);
    return node;
}

struct node *blend_choose(struct blending *blending, const struct input *with, struct node *b, struct node *a)
{
    struct node *node = new_node(blending, NODE_APPLY, a->type, 3);
    node->op = OP_SELECT;
    node->args[0] = blend_input(blending, with, NULL);
    node->args[1] = b;
    node->args[2] = a;
    return node;
}

struct node *blend_unless(struct blending *blending, const struct input *with, bool negated, struct node *condition)
{
    struct node *off = blend_input(blending, with, NULL), *node = new_node(blending, NODE_APPLY, truth_type, 2);
    if (negated) {
        struct node *denied = new_node(blending, NODE_APPLY, truth_type, 1);
        denied->op = OP_NOT;
        denied->args[0] = off;
        off = denied;
    }
    node->op = OP_OR;
    node->args[0] = off;
    node->args[1] = condition;
    return node;
}

// ---- switches ----------------------------------------------------------------------------------------------------------

const struct input *blend_switch(struct blending *blending, struct text name)
{
    static const double sides[] = {0, 1};
    struct input *input = arena_alloc(blending->arena, sizeof *input);
    struct input_instance *instance = arena_alloc(blending->arena, sizeof *instance);
    struct input_point *point = arena_alloc(blending->arena, sizeof *point);
    *point = (struct input_point){.law = {.law = LAW_POSSIBLE, .cut_low = -INFINITY, .cut_high = INFINITY, .choice_count = 2, .values = sides}};
    *instance = (struct input_instance){.name = name, .points = point, .point_count = 1, .bounds_only = true};
    *input = (struct input){.name = name, .type = truth_type, .instance_count = 1, .instances = instance, .hidden = true, .is_switch = true};
    input->as_of = input->expires = NAN;
    vector_push(blending->arena, &blending->inputs, input);
    return input;
}

// ---- members -----------------------------------------------------------------------------------------------------------

void blend_members(size_t position, size_t count, const struct index *const *params, int *members)
{
    for (size_t i = count; i > 0; i--) {
        members[i - 1] = (int)(position % params[i - 1]->count);
        position /= params[i - 1]->count;
    }
}

size_t blend_position(size_t count, const struct index *const *params, const int *members)
{
    size_t position = 0;
    for (size_t i = 0; i < count; i++)
        position = position * params[i]->count + (size_t)members[i];
    return position;
}

struct text blend_name(struct arena *arena, struct text name, size_t count, const struct index *const *params, const int *members)
{
    struct buffer out = buffer_on(arena);
    buffer_add(&out, name);
    for (size_t i = 0; i < count; i++) {
        buffer_add(&out, i == 0 ? TEXT("[") : TEXT(", "));
        buffer_add(&out, params[i]->members[members[i]]);
    }
    if (count > 0)
        buffer_add_char(&out, ']');
    return buffer_text(&out);
}

// ---- the blend ---------------------------------------------------------------------------------------------------------

struct blend *blend_finish(struct blending *blending, struct scenario *scenario)
{
    struct program *program = blending->program;
    const size_t count = program->input_count + blending->inputs.count;
    const struct input **inputs = arena_array(blending->arena, count, sizeof *inputs);
    if (program->input_count > 0)
        memcpy(inputs, program->inputs, program->input_count * sizeof *inputs);
    for (size_t i = 0; i < blending->inputs.count; i++)
        inputs[program->input_count + i] = blending->inputs.at[i];
    program->inputs = inputs;
    program->input_count = count;
    program->variants = NULL;
    program->variant_count = 0;
    scenario->name = TEXT("blend");
    scenario->overrides = blending->overrides.at;
    scenario->override_count = blending->overrides.count;
    scenario->assumptions = blending->assumptions.at;
    scenario->assumption_count = blending->assumptions.count;
    struct blend *blend = arena_alloc(blending->arena, sizeof *blend);
    *blend = (struct blend){.program = program, .scenario = scenario, .item_count = blending->items.count, .items = blending->items.at};
    blend->twin_count = blending->twins.count;
    blend->twins = blending->twins.at;
    return blend;
}
