#include "dsl/blend.h"

#include <string.h>

#include "base/buffer.h"
#include "dsl/blend_make.h"
#include "dsl/equal.h"

enum { A, B };

// What some side sets, and the sets of both that are about it, lower ones first.
struct subject {
    const struct input *input;
    const struct definition *definition;
    struct text name;
    size_t count;                        // of parameters
    const struct index *const *params;
};

struct layers {
    size_t count;
    const struct override **at;
};

static bool is_about(const struct override *override, const struct subject *subject)
{
    return override->input == subject->input && override->definition == subject->definition;
}

static bool matches(const struct override *override, const struct subject *subject, const int *members)
{
    for (size_t i = 0; i < subject->count; i++)
        if (override->members[i] >= 0 && override->members[i] != members[i])
            return false;
    return true;
}

// The baseline's sets lie below both sides and are no part of them.
static size_t own_count(const struct program *program, const struct scenario *scenario)
{
    return program->scenario_count > 0 && scenario == program->scenarios[0] ? 0 : scenario->override_count;
}

static struct layers layers_of(struct blending *blending, const struct scenario *scenario, const struct subject *subject, const int *members)
{
    const size_t own = own_count(blending->program, scenario);
    struct layers layers = {0, arena_array(blending->arena, own, sizeof *layers.at)};
    for (size_t i = 0; i < own; i++)
        if (is_about(&scenario->overrides[i], subject) && matches(&scenario->overrides[i], subject, members))
            layers.at[layers.count++] = &scenario->overrides[i];
    return layers;
}

static bool same_layers(const struct layers *a, const struct layers *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->at[i] != b->at[i] && !expr_equal(a->at[i]->value->expr, b->at[i]->value->expr))
            return false;
    return true;
}

// ---- what the sides say ------------------------------------------------------------------------------------------------

// The topmost of the baseline's sets, or NULL.
static const struct override *baseline_set(const struct program *program, const struct subject *subject, const int *members)
{
    const struct scenario *baseline = program->scenario_count > 0 ? program->scenarios[0] : NULL;
    for (size_t i = baseline != NULL ? baseline->override_count : 0; i > 0; i--)
        if (is_about(&baseline->overrides[i - 1], subject) && matches(&baseline->overrides[i - 1], subject, members))
            return &baseline->overrides[i - 1];
    return NULL;
}

static const char *said(struct blending *blending, const struct subject *subject, const struct layers *layers, const int *members)
{
    const struct program *program = blending->program;
    const struct override *top = layers->count > 0 ? layers->at[layers->count - 1] : baseline_set(program, subject, members);
    if (top != NULL)
        return blend_say(blending->arena, top->value->expr);
    if (subject->input != NULL)
        return blend_say_instance(blending->arena, program, subject->input, blend_position(subject->count, subject->params, members));
    return blend_say_definition(blending->arena, program, subject->definition);
}

// The law that the side draws: of a hidden input that stands for the whole value, or of the input itself.
struct drawn {
    const struct input *input;
    size_t instance;
};

static struct drawn drawn_at(const struct subject *subject, const struct override *top, const int *members)
{
    if (top == NULL)
        return (struct drawn){subject->input, subject->input != NULL ? blend_position(subject->count, subject->params, members) : 0};
    const struct node *value = top->value;
    if (value->kind != NODE_INPUT || !value->input->hidden)
        return (struct drawn){NULL, 0};
    size_t instance = 0;
    for (size_t i = 0; i < value->count; i++)
        instance = instance * value->input->params[i]->count + (size_t)members[value->args[i]->slot];
    return (struct drawn){value->input, instance};
}

static const struct input_instance *law_of_drawn(const struct drawn *drawn)
{
    if (drawn->input == NULL || drawn->input->instances[drawn->instance].missing != NULL)
        return NULL;
    return &drawn->input->instances[drawn->instance];
}

static void add_twin(struct blending *blending, const struct drawn *one, const struct drawn *other)
{
    if (one->input == NULL || other->input == NULL || one->input == other->input || one->input->varies != other->input->varies)
        return;
    struct blend_twin twin = {other->input, one->input, other->instance, one->instance};
    vector_push(blending->arena, &blending->twins, twin);
}

// ---- sets --------------------------------------------------------------------------------------------------------------

static struct node *itself(struct blending *blending, const struct subject *subject, const int *members)
{
    return subject->input != NULL ? blend_input(blending, subject->input, members) : blend_definition(blending, subject->definition, members);
}

static struct override *add_set(struct blending *blending, const struct override *from, const struct subject *subject, const int *members, struct node *value)
{
    int *kept = arena_array(blending->arena, subject->count, sizeof *kept);
    if (subject->count > 0)
        memcpy(kept, members, subject->count * sizeof *kept);
    struct override set = {.input = subject->input, .definition = subject->definition, .members = kept, .value = value, .span = from->span};
    vector_push(blending->arena, &blending->overrides, set);
    return &blending->overrides.at[blending->overrides.count - 1];
}

// A side's sets where the other side is meant let through what is below.
static void add_switched(struct blending *blending, const struct input *with, const struct subject *subject, const int *members, const struct layers *sides)
{
    if (sides[A].count == 1 && sides[B].count == 1) {
        add_set(blending, sides[B].at[0], subject, members, blend_choose(blending, with, sides[B].at[0]->value, sides[A].at[0]->value));
        return;
    }
    for (int side = A; side <= B; side++)
        for (size_t i = 0; i < sides[side].count; i++) {
            struct node *value = sides[side].at[i]->value, *below = itself(blending, subject, members);
            struct node *chosen = blend_choose(blending, with, side == B ? value : below, side == B ? below : value);
            struct override *set = add_set(blending, sides[side].at[i], subject, members, chosen);
            set->with = with;
            set->through[1 - side] = true;
        }
}

static void add_item(struct blending *blending, const struct subject *subject, const int *members, const struct layers *sides, const char *const *words)
{
    struct blend_item item = {.kind = subject->input != NULL ? BLEND_INPUT : BLEND_DEFINITION, .input = subject->input, .definition = subject->definition};
    item.type = subject->input != NULL ? subject->input->type : subject->definition->type;
    item.instance = blend_position(subject->count, subject->params, members);
    item.name = blend_name(blending->arena, subject->name, subject->count, subject->params, members);
    item.with = blend_switch(blending, item.name);
    struct drawn drawn[2];
    for (int side = A; side <= B; side++) {
        const struct override *top = sides[side].count > 0 ? sides[side].at[sides[side].count - 1] : baseline_set(blending->program, subject, members);
        drawn[side] = drawn_at(subject, top, members);
        item.laws[side] = law_of_drawn(&drawn[side]);
        item.said[side] = words[side];
    }
    add_twin(blending, &drawn[A], &drawn[B]);
    vector_push(blending->arena, &blending->items, item);
    add_switched(blending, item.with, subject, members, sides);
}

static void blend_subject(struct blending *blending, const struct scenario *const *sides, const struct subject *subject)
{
    size_t combinations = 1;
    for (size_t i = 0; i < subject->count; i++)
        combinations *= subject->params[i]->count;
    int *members = arena_array(blending->arena, subject->count, sizeof *members);
    for (size_t position = 0; position < combinations; position++) {
        blend_members(position, subject->count, subject->params, members);
        struct layers layers[2];
        const char *words[2];
        for (int side = A; side <= B; side++) {
            layers[side] = layers_of(blending, sides[side], subject, members);
            words[side] = said(blending, subject, &layers[side], members);
        }
        const bool one = layers[A].count + layers[B].count == 1;
        if (layers[A].count + layers[B].count == 0 || (one && strcmp(words[A], words[B]) == 0))
            continue;
        if (!same_layers(&layers[A], &layers[B])) {
            add_item(blending, subject, members, layers, words);
            continue;
        }
        for (size_t i = 0; i < layers[A].count; i++)
            add_set(blending, layers[A].at[i], subject, members, layers[A].at[i]->value);
    }
}

static bool is_set(const struct blending *blending, const struct scenario *scenario, const struct subject *subject)
{
    for (size_t i = 0; i < own_count(blending->program, scenario); i++)
        if (is_about(&scenario->overrides[i], subject))
            return true;
    return false;
}

static void blend_sets(struct blending *blending, const struct scenario *const *sides)
{
    const struct program *program = blending->program;
    for (size_t i = 0; i < program->input_count; i++) {
        const struct input *input = program->inputs[i];
        const struct subject subject = {.input = input, .name = input->name, .count = input->param_count, .params = input->params};
        if (is_set(blending, sides[A], &subject) || is_set(blending, sides[B], &subject))
            blend_subject(blending, sides, &subject);
    }
    for (size_t i = 0; i < program->definition_count; i++) {
        const struct definition *definition = program->definitions[i];
        const struct subject subject = {.definition = definition, .name = definition->name, .count = definition->param_count, .params = definition->params};
        if (is_set(blending, sides[A], &subject) || is_set(blending, sides[B], &subject))
            blend_subject(blending, sides, &subject);
    }
}

// ---- assumptions -------------------------------------------------------------------------------------------------------

static size_t own_assumptions(const struct program *program, const struct scenario *scenario)
{
    return program->scenario_count > 0 && scenario == program->scenarios[0] ? 0 : scenario->assumption_count;
}

static bool assumes(const struct program *program, const struct scenario *scenario, const struct assumption *wanted)
{
    for (size_t i = 0; i < own_assumptions(program, scenario); i++)
        if (scenario->assumptions[i] == wanted || expr_equal(scenario->assumptions[i]->reading, wanted->reading))
            return true;
    return false;
}

static void add_assumption(struct blending *blending, const struct assumption *from, int side)
{
    struct blend_item item = {.kind = BLEND_ASSUMPTION, .assumption = from, .name = from->name, .type = {.kind = KIND_TRUTH}};
    if (item.name.length == 0)
        item.name = text_of(blend_say(blending->arena, from->reading));
    item.with = blend_switch(blending, item.name);
    item.said[side] = "assumed";
    item.said[1 - side] = "not assumed";
    struct assumption *switched = arena_alloc(blending->arena, sizeof *switched);
    *switched = *from;
    switched->condition = blend_unless(blending, item.with, side == B, from->condition);
    vector_push(blending->arena, &blending->assumptions, switched);
    vector_push(blending->arena, &blending->items, item);
}

static void blend_assumptions(struct blending *blending, const struct scenario *const *sides)
{
    const struct program *program = blending->program;
    for (int side = A; side <= B; side++)
        for (size_t i = 0; i < own_assumptions(program, sides[side]); i++) {
            const struct assumption *it = sides[side]->assumptions[i];
            const bool shared = assumes(program, sides[1 - side], it);
            if (!shared)
                add_assumption(blending, it, side);
            else if (side == A)
                vector_push(blending->arena, &blending->assumptions, it);
        }
}

struct blend *blend_scenarios(struct arena *arena, const struct program *program, const struct scenario *a, const struct scenario *b)
{
    struct program *copy = arena_alloc(arena, sizeof *copy);
    struct scenario *scenario = arena_alloc(arena, sizeof *scenario);
    *copy = *program;
    struct blending blending = {.arena = arena, .program = copy};
    const struct scenario *const sides[] = {a, b};
    blend_sets(&blending, sides);
    blend_assumptions(&blending, sides);
    struct blend *blend = blend_finish(&blending, scenario);
    copy->blend = scenario;
    blend->missing[A] = a->missing;
    blend->missing[B] = b->missing;
    return blend;
}
