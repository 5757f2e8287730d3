#include "tests/support/program_builder.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

static const struct dimension plain;

struct built *built_new(struct arena *arena, int steps)
{
    struct built *built = arena_alloc(arena, sizeof *built);
    built->arena = arena;
    built->diags = diags_new(arena, NULL);
    built->program.arena = arena;
    built->program.level = 0.9;
    built->program.timeline = (struct timeline){.given = steps > 0, .count = steps > 0 ? steps : 1};
    if (steps > 0) {
        built->program.timeline.start = built_instant(2025);
        built->program.timeline.length = SECONDS_A_YEAR / 4;
    }
    add_scenario(built, "baseline");
    return built;
}

const struct program *built_program(struct built *built)
{
    struct program *program = &built->program;
    program->inputs = built->inputs.at;
    program->input_count = built->inputs.count;
    program->definitions = built->definitions.at;
    program->definition_count = built->definitions.count;
    program->scenarios = built->scenarios.at;
    program->scenario_count = built->scenarios.count;
    program->claims = built->claims.at;
    program->claim_count = built->claims.count;
    return program;
}

double built_instant(double year)
{
    return year * SECONDS_A_YEAR;
}

// ---- nodes -------------------------------------------------------------------------------------------------------------

struct node *node_of(struct built *built, enum node_kind kind, enum kind type, size_t count)
{
    struct node *node = arena_alloc(built->arena, sizeof *node);
    node->kind = kind;
    node->type.kind = type;
    if (type == KIND_QUANTITY)
        node->type.dimension = &plain;
    node->count = count;
    node->args = arena_array(built->arena, count, sizeof(struct node *));
    return node;
}

static struct node *constant_of(struct built *built, enum kind kind, double value)
{
    struct node *node = node_of(built, NODE_CONST, kind, 0);
    node->value = value;
    return node;
}

struct node *n_const(struct built *built, double value)
{
    return constant_of(built, KIND_QUANTITY, value);
}

struct node *n_date(struct built *built, double year)
{
    return constant_of(built, KIND_DATE, built_instant(year));
}

struct node *n_truth(struct built *built, bool value)
{
    return constant_of(built, KIND_TRUTH, value);
}

struct node *n_member(struct built *built, int member)
{
    return constant_of(built, KIND_MEMBER, member);
}

static bool gives_truth(enum op op)
{
    return (op >= OP_LT && op <= OP_UNLESS) || (op >= OP_IN_RANGE && op <= OP_IS_NOT);
}

struct node *n_op(struct built *built, enum op op, size_t count, ...)
{
    struct node *node = node_of(built, NODE_APPLY, gives_truth(op) ? KIND_TRUTH : KIND_QUANTITY, count);
    node->op = op;
    va_list args;
    va_start(args, count);
    for (size_t i = 0; i < count; i++)
        node->args[i] = va_arg(args, struct node *);
    va_end(args);
    if (op == OP_SELECT)
        node->type = node->args[1]->type;
    if ((op == OP_ADD || op == OP_SUB) && node->args[0]->type.kind == KIND_DATE && node->args[1]->type.kind == KIND_QUANTITY)
        node->type = node->args[0]->type;
    return node;
}

struct node *n_kind(struct built *built, enum node_kind kind, enum kind type, size_t count, ...)
{
    struct node *node = node_of(built, kind, type, count);
    va_list args;
    va_start(args, count);
    for (size_t i = 0; i < count; i++)
        node->args[i] = va_arg(args, struct node *);
    va_end(args);
    return node;
}

struct node *n_input(struct built *built, const struct input *input)
{
    struct node *node = node_of(built, NODE_INPUT, input->type.kind, input->param_count);
    node->input = input;
    return node;
}

struct node *n_name(struct built *built, const struct definition *definition)
{
    struct node *node = node_of(built, NODE_DEFINITION, definition->type.kind, definition->param_count);
    node->definition = definition;
    return node;
}

struct node *n_time(struct built *built, enum phrase phrase, struct node *x, struct node *first, struct node *last)
{
    struct node *node = n_kind(built, NODE_TIME, x->type.kind, last == NULL ? 2 : 3, x, first, last);
    node->phrase = phrase;
    return node;
}

struct node *n_window(struct built *built, enum reduce reduce, struct node *x, struct node *first, struct node *last, struct node *before)
{
    struct node *node = n_kind(built, NODE_WINDOW, x->type.kind, before == NULL ? 3 : 4, x, first, last, before);
    node->reduce = reduce;
    node->integrate = reduce == REDUCE_SUM;
    return node;
}

// ---- what has a name ---------------------------------------------------------------------------------------------------

static struct input *input_of(struct built *built, const char *name, size_t count)
{
    struct input *input = arena_alloc(built->arena, sizeof *input);
    struct input_instance *instance = arena_alloc(built->arena, sizeof *instance);
    struct input_point *points = arena_array(built->arena, count, sizeof *points);
    *instance = (struct input_instance){.name = text_of(name), .points = points, .point_count = count};
    *input = (struct input){.name = text_of(name), .type.kind = KIND_QUANTITY, .instance_count = 1, .instances = instance};
    vector_push(built->arena, &built->inputs, input);
    return input;
}

struct input *add_input(struct built *built, const char *name, struct distribution law)
{
    struct input *input = input_of(built, name, 1);
    ((struct input_point *)(uintptr_t)input->instances->points)->law = law;
    ((struct input_instance *)(uintptr_t)input->instances)->bounds_only = law.law == LAW_BOUNDS || law.law == LAW_POSSIBLE;
    return input;
}

struct input *add_path(struct built *built, const char *name, size_t count, const struct distribution *laws, bool hold)
{
    struct input *input = input_of(built, name, count);
    struct input_instance *instance = (struct input_instance *)(uintptr_t)input->instances;
    struct input_point *points = (struct input_point *)(uintptr_t)instance->points;
    instance->hold = hold;
    instance->logarithmic = true;
    for (size_t i = 0; i < count; i++) {
        points[i].instant = built_instant(2026.0 + (double)i);
        points[i].law = laws[i];
        instance->logarithmic = instance->logarithmic && laws[i].a > 0.0;
    }
    return input;
}

struct definition *add_definition(struct built *built, const char *name, enum kind type, bool varies, struct node *body)
{
    struct definition *definition = arena_alloc(built->arena, sizeof *definition);
    *definition = (struct definition){.name = text_of(name), .type.kind = type, .varies = varies, .body = body};
    vector_push(built->arena, &built->definitions, definition);
    return definition;
}

struct index *add_index(struct built *built, const char *name, size_t count)
{
    struct index *index = arena_alloc(built->arena, sizeof *index);
    struct text *members = arena_array(built->arena, count, sizeof *members);
    *index = (struct index){.name = text_of(name), .count = count, .members = members};
    for (size_t i = 0; i < count; i++)
        members[i] = text_copy(built->arena, (struct text){&"abcdefghijklmnopqrstuvwxyz"[i % 26], 1});
    return index;
}

struct scenario *add_scenario(struct built *built, const char *name)
{
    struct scenario *scenario = arena_alloc(built->arena, sizeof *scenario);
    *scenario = (struct scenario){.name = text_of(name), .position = built->scenarios.count};
    vector_push(built->arena, &built->scenarios, scenario);
    return scenario;
}

struct claim *add_claim(struct built *built, const char *name, struct node *premise, struct node *conclusion)
{
    struct claim *claim = arena_alloc(built->arena, sizeof *claim);
    const struct scenario **scenarios = arena_array(built->arena, 1, sizeof *scenarios);
    scenarios[0] = built->scenarios.at[0];
    *claim = (struct claim){.name = text_of(name), .premise = premise, .conclusion = conclusion, .is_root = true, .on = NAN, .level = 0.9};
    claim->scenarios = scenarios;
    claim->scenario_count = 1;
    claim->end = built->program.timeline.count - 1;
    claim->condition = premise == NULL ? conclusion : n_op(built, OP_IMPLIES, 2, premise, conclusion);
    vector_push(built->arena, &built->claims, claim);
    return claim;
}

static void add_override(struct built *built, struct scenario *scenario, struct override override)
{
    struct override *all = arena_array(built->arena, scenario->override_count + 1, sizeof *all);
    if (scenario->override_count > 0)
        memcpy(all, scenario->overrides, scenario->override_count * sizeof *all);
    int *members = arena_array(built->arena, 8, sizeof *members);
    for (size_t i = 0; i < 8; i++)
        members[i] = -1;
    override.members = members;
    all[scenario->override_count++] = override;
    scenario->overrides = all;
}

void set_input(struct built *built, struct scenario *scenario, const struct input *input, struct node *value)
{
    add_override(built, scenario, (struct override){.input = input, .value = value});
}

void set_definition(struct built *built, struct scenario *scenario, const struct definition *definition, struct node *value)
{
    add_override(built, scenario, (struct override){.definition = definition, .value = value});
}

void assume_in(struct built *built, struct scenario *scenario, struct node *condition)
{
    const struct assumption **all = arena_array(built->arena, scenario->assumption_count + 1, sizeof *all);
    struct assumption *assumption = arena_alloc(built->arena, sizeof *assumption);
    if (scenario->assumption_count > 0)
        memcpy(all, scenario->assumptions, scenario->assumption_count * sizeof *all);
    assumption->condition = condition;
    all[scenario->assumption_count++] = assumption;
    scenario->assumptions = all;
}

// ---- laws --------------------------------------------------------------------------------------------------------------

struct distribution law_known(double value)
{
    return (struct distribution){.law = LAW_KNOWN, .a = value, .cut_low = -INFINITY, .cut_high = INFINITY};
}

struct distribution law_uniform(double low, double high)
{
    return (struct distribution){.law = LAW_UNIFORM, .a = low, .b = high, .cut_low = -INFINITY, .cut_high = INFINITY};
}

struct distribution law_bounds(double low, double high)
{
    return (struct distribution){.law = LAW_BOUNDS, .a = low, .b = high, .c = (low + high) / 2, .cut_low = -INFINITY, .cut_high = INFINITY};
}
