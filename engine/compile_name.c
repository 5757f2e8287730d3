#include <math.h>

#include "engine/compiler.h"

// ---- instances ---------------------------------------------------------------------------------------------------------

static struct instance *instance_of(struct compiler *compiler, const struct instance_key *key, enum owner_kind kind)
{
    struct text bytes = {(const char *)key, sizeof *key};
    struct instance *instance = map_get(&compiler->instances, bytes);
    if (instance != NULL)
        return instance;
    instance = arena_alloc(compiler->scratch, sizeof *instance);
    instance->key = *key;
    instance->kind = kind;
    compiler->instance_count++;
    map_put(&compiler->instances, (struct text){(const char *)&instance->key, sizeof instance->key}, instance);
    return instance;
}

static size_t param_count(const struct instance *instance)
{
    switch (instance->kind) {
    case OWNER_DEFINITION:
        return ((const struct definition *)instance->key.owner)->param_count;
    case OWNER_INPUT:
        return ((const struct input *)instance->key.owner)->param_count;
    case OWNER_CLAIM:
        return ((const struct claim *)instance->key.owner)->param_count;
    }
    return 0;
}

static const struct index *const *params_of(const struct instance *instance)
{
    switch (instance->kind) {
    case OWNER_DEFINITION:
        return ((const struct definition *)instance->key.owner)->params;
    case OWNER_INPUT:
        return ((const struct input *)instance->key.owner)->params;
    case OWNER_CLAIM:
        return ((const struct claim *)instance->key.owner)->params;
    }
    return NULL;
}

static struct span span_of(const struct instance *instance)
{
    switch (instance->kind) {
    case OWNER_DEFINITION:
        return ((const struct definition *)instance->key.owner)->span;
    case OWNER_INPUT:
        return ((const struct input *)instance->key.owner)->span;
    case OWNER_CLAIM:
        return ((const struct claim *)instance->key.owner)->span;
    }
    return (struct span){0};
}

// The members that the row-major position stands for, in slots 0 ..
static void bind_members(const struct instance *instance, int *slots)
{
    size_t count = param_count(instance), rest = instance->key.member;
    const struct index *const *params = params_of(instance);
    for (size_t i = count; i > 0; i--) {
        if (i <= SLOT_MAX)
            slots[i - 1] = (int)(rest % params[i - 1]->count);
        rest /= params[i - 1]->count;
    }
}

static value_id original_value(struct compiler *compiler, const struct instance *instance, const struct spot *spot)
{
    switch (instance->kind) {
    case OWNER_DEFINITION:
        return compile_node(compiler, ((const struct definition *)instance->key.owner)->body, spot);
    case OWNER_INPUT:
        return compile_input(compiler, instance->key.owner, instance->key.member, spot->step);
    case OWNER_CLAIM:
        return compile_node(compiler, ((const struct claim *)instance->key.owner)->condition, spot);
    }
    return no_value();
}

// The value under the first `below` sets of the instance's world.
static value_id layered_value(struct compiler *compiler, const struct instance *instance, size_t below)
{
    struct spot spot = spot_in(instance->key.world, (int)instance->key.step);
    bind_members(instance, spot.slots);
    size_t layer = world_find(spot.world, below, instance->key.owner, instance->key.member, spot.slots, param_count(instance));
    if (layer == 0)
        return original_value(compiler, instance, &spot);
    const struct world_set *set = &spot.world->sets[layer - 1];
    if (set->override == NULL)
        return compile_probe(compiler, set, spot.step);
    spot.self = instance;
    spot.layer = layer - 1;
    return compile_node(compiler, set->override->value, &spot);
}

static value_id put_off(struct compiler *compiler, struct instance *instance)
{
    if (instance->state != INSTANCE_DEFERRED || instance->round != compiler->round)
        vector_push(compiler->scratch, &compiler->put_off, instance);
    instance->state = INSTANCE_DEFERRED;
    instance->round = compiler->round;
    compiler->unsettled++;
    return no_value();
}

static value_id report_circle(struct compiler *compiler, const struct instance *instance)
{
    if (!compiler->circular) {
        struct diag *diag = diag_add(compiler->diags, DIAG_VALUE_CYCLE, span_of(instance), "this value depends on itself at the same step");
        diag_help(compiler->diags, diag, "a `set`, or a phrase such as `at` that looks ahead, closes a circle: break it with `previous(...)`");
    }
    compiler->circular = true;
    return no_value();
}

value_id compile_instance(struct compiler *compiler, struct instance *instance)
{
    if (instance->state == INSTANCE_DONE)
        return instance->value;
    if (compiler->instance_count > LIMIT_INSTANCES)
        report_limit(compiler, span_of(instance), "values, counting every member, step and world", LIMIT_INSTANCES);
    if (compiler->failed)
        return no_value();
    // At depth 0 it is catch_up that goes on with it; below, something it waits for needs it.
    if (instance->state == INSTANCE_BUSY || (instance->entered && compiler->depth > 0))
        return report_circle(compiler, instance);
    if (instance->state == INSTANCE_DEFERRED && instance->round == compiler->round) {
        compiler->unsettled++;
        return no_value();
    }
    if (compiler->depth > DEPTH_DEFER)
        return put_off(compiler, instance);
    size_t before = compiler->unsettled;
    instance->state = INSTANCE_BUSY;
    value_id value = layered_value(compiler, instance, instance->key.world->count);
    bool settled = compiler->unsettled == before;
    instance->state = settled ? INSTANCE_DONE : INSTANCE_DEFERRED;
    instance->round = compiler->round;
    instance->value = value;
    return value;
}

// ---- names -------------------------------------------------------------------------------------------------------------

struct reference {
    enum owner_kind kind;
    const void *owner;
    const struct node *node;
    const struct index *const *params;
    size_t count;
    bool varies;
};

static struct reference reference_of(const struct node *node)
{
    if (node->kind == NODE_INPUT)
        return (struct reference){OWNER_INPUT, node->input, node, node->input->params, node->input->param_count, true};
    if (node->kind == NODE_CLAIM)
        return (struct reference){OWNER_CLAIM, node->claim, node, node->claim->params, node->claim->param_count, false};
    const struct definition *definition = node->definition;
    return (struct reference){OWNER_DEFINITION, definition, node, definition->params, definition->param_count, definition->varies};
}

enum { CLAIMS_LOOKED_INTO = 32 };

// The comparisons of a claim that stands as a condition are comparisons of the claim that names it.
static void look_into(struct compiler *compiler, const struct instance *instance, struct recorder *recorder)
{
    bool known = recorder->claims.count >= CLAIMS_LOOKED_INTO || instance->state != INSTANCE_DONE;
    for (size_t i = 0; i < recorder->claims.count && !known; i++)
        known = recorder->claims.at[i] == instance;
    if (known)
        return;
    vector_push(compiler->scratch, &recorder->claims, instance);
    struct spot inside = spot_in(instance->key.world, 0);
    bind_members(instance, inside.slots);
    inside.recorder = recorder;
    compile_node(compiler, ((const struct claim *)instance->key.owner)->condition, &inside);
}

static struct instance_key key_of(struct compiler *compiler, const struct reference *reference, size_t member, const struct spot *spot)
{
    const struct world *world = spot->world;
    if (reference->kind == OWNER_CLAIM)
        world = world_with(&compiler->worlds, world, reference->node->claim->overrides, reference->node->claim->override_count);
    else
        world = world_restrict(&compiler->worlds, world, reference->owner);
    bool at_step = reference->varies || (world->varies && reference->kind != OWNER_CLAIM);
    return (struct instance_key){reference->owner, world, member, at_step ? (size_t)spot->step : 0};
}

static value_id instance_value(struct compiler *compiler, const struct reference *reference, size_t member, const struct spot *spot)
{
    struct instance_key key = key_of(compiler, reference, member, spot);
    if (reference->kind == OWNER_INPUT && key.world->count == 0)
        return compile_input(compiler, reference->owner, member, spot->step);
    struct instance *instance = instance_of(compiler, &key, reference->kind);
    // A set that mentions what it sets means the value below it.
    if (instance == spot->self)
        return layered_value(compiler, instance, spot->layer);
    value_id value = compile_instance(compiler, instance);
    if (reference->kind == OWNER_CLAIM && spot->recorder != NULL)
        look_into(compiler, instance, spot->recorder);
    return value;
}

void name_origin(struct compiler *compiler, const struct node *node, const struct spot *spot, size_t member, struct origin *origin)
{
    struct reference reference = reference_of(node);
    struct instance_key key = key_of(compiler, &reference, member, spot);
    struct instance *instance = instance_of(compiler, &key, reference.kind);
    *origin = (struct origin){.world = key.world, .spot = spot_in(key.world, (int)key.step)};
    origin->varies = reference.varies || (key.world->varies && reference.kind != OWNER_CLAIM);
    bind_members(instance, origin->spot.slots);
    size_t below = instance == spot->self ? spot->layer : key.world->count;
    size_t layer = world_find(key.world, below, key.owner, member, origin->spot.slots, reference.count);
    if (layer > 0) {
        origin->set = key.world->sets[layer - 1].override;
        origin->body = origin->set != NULL ? origin->set->value : NULL;
        origin->spot.self = instance;
        origin->spot.layer = layer - 1;
    } else if (reference.kind != OWNER_INPUT) {
        origin->body = reference.kind == OWNER_CLAIM ? node->claim->condition : node->definition->body;
    }
}

// The value for the members from parameter `at` on, those before it being position `member`. A member that is not known
// before the run is chosen by a chain of comparisons.
static value_id member_value(struct compiler *compiler, const struct reference *reference, size_t at, size_t member, const struct spot *spot)
{
    if (at == reference->count)
        return instance_value(compiler, reference, member, spot);
    size_t members = reference->params[at]->count;
    value_id arg = compile_node(compiler, reference->node->args[at], spot);
    double known;
    if (build_is_constant(&compiler->builder, arg, &known)) {
        if (!(known >= 0.0 && known < (double)members))
            return no_value();
        return member_value(compiler, reference, at + 1, member * members + (size_t)known, spot);
    }
    value_id result = no_value();
    for (size_t i = members; i > 0; i--) {
        value_id value = member_value(compiler, reference, at + 1, member * members + i - 1, spot);
        value_id is = build2(&compiler->builder, OP_EQ, arg, constant(compiler, (double)(i - 1)));
        result = build_select(&compiler->builder, is, value, result);
    }
    return result;
}

value_id compile_name(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    struct reference reference = reference_of(node);
    return member_value(compiler, &reference, 0, 0, spot);
}

value_id compile_table(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    value_id arg = compile_node(compiler, node->args[0], spot);
    size_t members = node->count - 1;
    double known;
    if (build_is_constant(&compiler->builder, arg, &known)) {
        if (!(known >= 0.0 && known < (double)members))
            return no_value();
        return compile_node(compiler, node->args[1 + (size_t)known], spot);
    }
    value_id result = no_value();
    for (size_t i = members; i > 0; i--) {
        value_id is = build2(&compiler->builder, OP_EQ, arg, constant(compiler, (double)(i - 1)));
        result = build_select(&compiler->builder, is, compile_node(compiler, node->args[i], spot), result);
    }
    return result;
}

// ---- functions ---------------------------------------------------------------------------------------------------------

value_id compile_call(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    struct frame frame = {.call = node, .caller = spot, .depth = spot->frame == NULL ? 1 : spot->frame->depth + 1};
    if (frame.depth > LIMIT_CALL_DEPTH) {
        report_limit(compiler, node->function->span, "calls inside each other", LIMIT_CALL_DEPTH);
        return no_value();
    }
    frame.given = arena_array(compiler->scratch, node->count, sizeof *frame.given);
    struct spot inside = *spot;
    inside.frame = &frame;
    inside.recorder = NULL;
    inside.self = NULL;
    for (size_t i = 0; i < SLOT_MAX; i++)
        inside.slots[i] = 0;
    return compile_node(compiler, node->function->body, &inside);
}

// Substitution: the argument is compiled where it was written, at the step and in the world where it is used.
value_id compile_param(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    const struct frame *frame = spot->frame;
    if (frame == NULL || (size_t)node->slot >= frame->call->count)
        return no_value();
    struct given *given = &frame->given[node->slot];
    if (given->world == spot->world && given->step == spot->step && given->now_at_end == spot->now_at_end)
        return given->value;
    struct spot outside = *frame->caller;
    outside.step = spot->step;
    outside.world = spot->world;
    outside.now_at_end = spot->now_at_end;
    outside.recorder = NULL;
    value_id value = compile_node(compiler, frame->call->args[node->slot], &outside);
    *given = (struct given){spot->world, spot->step, spot->now_at_end, value};
    return value;
}

// ---- binding terms -----------------------------------------------------------------------------------------------------

static size_t term_number(const struct node *node, const struct node *limit, const struct spot *spot)
{
    if (node->label.length == 0)
        return spot->term >= 0 ? (size_t)spot->term : limit->count;
    for (size_t i = 0; i < limit->count; i++)
        if (text_equal(limit->labels[i], node->label))
            return i;
    return limit->count;
}

// Where the terms of the definition's min or max are compiled: its members bound, its world.
static bool inside_definition(struct compiler *compiler, const struct node *name, const struct spot *spot, struct spot *inside)
{
    const struct definition *definition = name->definition;
    *inside = spot_in(spot->world, spot->step);
    for (size_t i = 0; i < definition->param_count && i < SLOT_MAX; i++) {
        double member;
        if (!build_is_constant(&compiler->builder, compile_node(compiler, name->args[i], spot), &member) || isnan(member))
            return false;
        inside->slots[i] = (int)member;
    }
    return true;
}

static value_id binds_here(struct compiler *compiler, const struct node *node, const struct spot *spot, const struct spot *inside)
{
    const struct node *limit = node->args[0]->definition->limit;
    value_id best = compile_node(compiler, limit, inside);
    size_t term = term_number(node, limit, spot);
    value_id value = term == limit->count ? best : compile_node(compiler, limit->args[term], inside);
    return build2(&compiler->builder, OP_EQ, value, best);
}

// Under the first `below` sets. A definition that is set to something else has no term that could; a set of one side of a blend
// leaves the other side its terms.
static value_id binds_below(struct compiler *compiler, const struct node *node, const struct spot *spot, const struct spot *inside, size_t below)
{
    const struct definition *definition = node->args[0]->definition;
    size_t layer = world_find(inside->world, below, definition, 0, inside->slots, definition->param_count);
    if (layer == 0)
        return binds_here(compiler, node, spot, inside);
    const struct override *set = inside->world->sets[layer - 1].override;
    if (set == NULL || set->with == NULL)
        return no_value();
    value_id through = binds_below(compiler, node, spot, inside, layer - 1);
    value_id with = compile_input(compiler, set->with, 0, spot->step);
    return build_select(&compiler->builder, with, set->through[1] ? through : no_value(), set->through[0] ? through : no_value());
}

// In a tie every tied term binds.
value_id compile_binds(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    struct spot inside;
    if (node->args[0]->definition->limit == NULL || !inside_definition(compiler, node->args[0], spot, &inside))
        return no_value();
    return binds_below(compiler, node, spot, &inside, inside.world->count);
}
