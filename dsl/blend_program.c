// The same text checked with two sets of data: what differs are laws of inputs, members of indexes and the present.
#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "base/map.h"
#include "dsl/blend_make.h"

enum { A, B };

// ---- laws --------------------------------------------------------------------------------------------------------------

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool same_law(const struct distribution *x, const struct distribution *y)
{
    if (x->law != y->law || !same_number(x->a, y->a) || !same_number(x->b, y->b) || !same_number(x->c, y->c) || !same_number(x->level, y->level))
        return false;
    if (!same_number(x->cut_low, y->cut_low) || !same_number(x->cut_high, y->cut_high) || x->choice_count != y->choice_count)
        return false;
    for (size_t i = 0; i < x->choice_count; i++)
        if (!same_number(x->values[i], y->values[i]) || (x->law == LAW_CHOICE && !same_number(x->weights[i], y->weights[i])))
            return false;
    return true;
}

static bool same_instance(const struct input_instance *x, const struct input_instance *y)
{
    if (x->missing != NULL || y->missing != NULL)
        return x->missing != NULL && y->missing != NULL;
    if (x->point_count != y->point_count || x->hold != y->hold || x->logarithmic != y->logarithmic)
        return false;
    for (size_t i = 0; i < x->point_count; i++)
        if (!same_number(x->points[i].instant, y->points[i].instant) || !same_law(&x->points[i].law, &y->points[i].law))
            return false;
    return true;
}

// ---- pairs -------------------------------------------------------------------------------------------------------------

// An instance of an input on both sides. Of several hidden inputs with one name the first goes with the first.
struct pair {
    const struct input *inputs[2];
    size_t instances[2];
};

struct pairing {
    struct arena *arena;
    const struct program *sides[2];
    VECTOR(struct pair) pairs;
};

static const struct input *input_named(const struct program *program, struct text name, size_t which)
{
    for (size_t i = 0; i < program->input_count; i++)
        if (text_equal(program->inputs[i]->name, name) && which-- == 0)
            return program->inputs[i];
    return NULL;
}

static size_t instance_named(const struct input *input, struct text name)
{
    for (size_t i = 0; i < input->instance_count; i++)
        if (text_equal(input->instances[i].name, name))
            return i;
    return SIZE_MAX;
}

static void pair_instances(struct pairing *pairing, const struct input *from, const struct input *to)
{
    for (size_t i = 0; i < to->instance_count; i++) {
        struct pair pair = {{from, to}, {instance_named(from, to->instances[i].name), i}};
        if (pair.instances[A] != SIZE_MAX && !same_instance(&from->instances[pair.instances[A]], &to->instances[i]))
            vector_push(pairing->arena, &pairing->pairs, pair);
    }
}

static void pair_inputs(struct pairing *pairing)
{
    struct map seen = map_on(pairing->arena); // by name: how many inputs had it
    const struct program *to = pairing->sides[B];
    for (size_t i = 0; i < to->input_count; i++) {
        size_t *before = map_get(&seen, to->inputs[i]->name);
        if (before == NULL)
            map_put(&seen, to->inputs[i]->name, before = arena_alloc(pairing->arena, sizeof *before));
        const struct input *from = input_named(pairing->sides[A], to->inputs[i]->name, (*before)++);
        if (from != NULL && from->type.kind == to->inputs[i]->type.kind)
            pair_instances(pairing, from, to->inputs[i]);
    }
}

// ---- what cannot be switched one by one ----------------------------------------------------------------------------------

static bool same_index(const struct index *x, const struct index *y)
{
    if (x->count != y->count)
        return false;
    for (size_t i = 0; i < x->count; i++)
        if (!text_equal(x->members[i], y->members[i]))
            return false;
    return true;
}

static const struct index *index_named(const struct program *program, struct text name)
{
    for (size_t i = 0; i < program->index_count; i++)
        if (text_equal(program->indexes[i]->name, name))
            return program->indexes[i];
    return NULL;
}

static bool same_timeline(const struct timeline *x, const struct timeline *y)
{
    return x->given == y->given && x->start == y->start && x->length == y->length && x->count == y->count && x->present == y->present;
}

static void say_next(struct buffer *out, const char *between)
{
    if (out->length > 0)
        buffer_add_string(out, between);
}

static void say_index(struct buffer *out, const struct index *index)
{
    say_next(out, "; ");
    buffer_printf(out, "index %.*s {", TEXT_ARGS(index->name));
    for (size_t i = 0; i < index->count; i++) {
        buffer_add_string(out, i > 0 ? ", " : " ");
        buffer_add(out, index->members[i]);
    }
    buffer_add_string(out, " }");
}

// Both sides' structures in words, where they differ. False: they are the same.
static bool say_structure(struct arena *arena, const struct program *const *sides, const char **said)
{
    for (int side = A; side <= B; side++) {
        const struct program *program = sides[side], *other = sides[1 - side];
        struct buffer out = buffer_on(arena);
        if (!same_timeline(&program->timeline, &other->timeline)) {
            struct text present = timeline_step_name(arena, &program->timeline, program->timeline.present);
            buffer_printf(&out, "the present is %.*s", TEXT_ARGS(present));
        }
        for (size_t i = 0; i < program->index_count; i++) {
            const struct index *index = program->indexes[i], *there = index_named(other, index->name);
            if (there == NULL || !same_index(index, there))
                say_index(&out, index);
        }
        said[side] = out.at;
    }
    return said[A] != NULL || said[B] != NULL;
}

// ---- the blend ---------------------------------------------------------------------------------------------------------

// The other side's law, read at the draw of the instance that it stands for.
static const struct input *stand_in(struct blending *blending, const struct pair *pair, int base)
{
    const struct input *input = pair->inputs[base], *other = pair->inputs[1 - base];
    struct input *hidden = arena_alloc(blending->arena, sizeof *hidden);
    struct input_instance *instance = arena_alloc(blending->arena, sizeof *instance);
    *instance = other->instances[pair->instances[1 - base]];
    instance->other = NULL;
    *hidden = (struct input){.name = input->name, .type = input->type, .instance_count = 1, .instances = instance, .varies = input->varies, .hidden = true};
    hidden->as_of = hidden->expires = NAN;
    hidden->drawn_as = input;
    hidden->drawn_instance = pair->instances[base];
    vector_push(blending->arena, &blending->inputs, hidden);
    return hidden;
}

static void add_pair(struct blending *blending, const struct program *const *sides, const struct pair *pair, int base)
{
    const struct input *input = pair->inputs[base];
    int *members = arena_array(blending->arena, input->param_count, sizeof *members);
    blend_members(pair->instances[base], input->param_count, input->params, members);
    struct blend_item item = {.kind = BLEND_INPUT, .input = input, .instance = pair->instances[base], .type = input->type};
    item.name = input->instances[item.instance].name;
    item.with = blend_switch(blending, item.name);
    for (int side = A; side <= B; side++) {
        const struct input_instance *it = &pair->inputs[side]->instances[pair->instances[side]];
        item.laws[side] = it->missing == NULL ? it : NULL;
        item.said[side] = blend_say_instance(blending->arena, sides[side], pair->inputs[side], pair->instances[side]);
    }
    struct node *own = blend_input(blending, input, members);
    struct node *other = blend_input(blending, stand_in(blending, pair, base), NULL);
    struct node *value = blend_choose(blending, item.with, base == B ? own : other, base == B ? other : own);
    struct override set = {.input = input, .members = members, .value = value, .span = input->instances[item.instance].span};
    vector_push(blending->arena, &blending->overrides, set);
    vector_push(blending->arena, &blending->items, item);
}

static struct blend *blend_on(const struct pairing *pairing, const char *const *structure, int base)
{
    struct arena *arena = pairing->arena;
    struct program *copy = arena_alloc(arena, sizeof *copy);
    struct scenario *scenario = arena_alloc(arena, sizeof *scenario);
    *copy = *pairing->sides[base];
    struct blending blending = {.arena = arena, .program = copy};
    if (structure != NULL) {
        struct blend_item item = {.kind = BLEND_STRUCTURE, .name = TEXT("members and present")};
        for (int side = A; side <= B; side++)
            item.said[side] = structure[side] != NULL ? structure[side] : "";
        vector_push(arena, &blending.items, item);
    }
    for (size_t i = 0; i < pairing->pairs.count; i++)
        add_pair(&blending, pairing->sides, &pairing->pairs.at[i], base);
    struct blend *blend = blend_finish(&blending, scenario);
    copy->ground = scenario;
    return blend;
}

struct blend *blend_programs(struct arena *arena, const struct program *from, const struct program *to)
{
    struct pairing pairing = {.arena = arena, .sides = {from, to}};
    const char *said[2];
    const bool structure = say_structure(arena, pairing.sides, said);
    pair_inputs(&pairing);
    struct blend *blend = blend_on(&pairing, structure ? said : NULL, B);
    if (structure)
        blend->before = blend_on(&pairing, said, A);
    return blend;
}
