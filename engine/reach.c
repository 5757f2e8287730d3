#include "engine/reach.h"

#include "base/arena.h"
#include "engine/world.h"

enum { WORD_BITS = 64, MOST_WORDS = 4 << 20 }; // 32 MB of reach

struct vertex {
    const void *owner; // key of the map
    const struct function *function; // it stands for, or NULL
    uint64_t *bits;
    VECTOR(struct vertex *) users; // they reach what this one reaches
    bool queued;
};

static struct text pointer_key(const void *const *pointer)
{
    return (struct text){(const char *)pointer, sizeof *pointer};
}

// ---- targets -----------------------------------------------------------------------------------------------------------

static void add_target(struct worlds *worlds, const void *target)
{
    if (target == NULL || map_get(&worlds->targets, pointer_key(&target)) != NULL)
        return;
    struct vertex *entry = arena_alloc(worlds->arena, sizeof *entry);
    size_t *number = arena_alloc(worlds->arena, sizeof *number);
    entry->owner = target;
    *number = worlds->target_count++;
    map_put(&worlds->targets, pointer_key(&entry->owner), number);
}

static void add_override(struct worlds *worlds, const struct override *override)
{
    add_target(worlds, override->input);
    add_target(worlds, override->definition);
}

bool reach_has(const struct worlds *worlds, const uint64_t *bits, const void *target)
{
    const size_t *number = map_get(&worlds->targets, pointer_key(&target));
    return number != NULL && (bits[*number / WORD_BITS] >> (*number % WORD_BITS) & 1);
}

void reach_add_target(const struct worlds *worlds, uint64_t *bits, const void *target)
{
    const size_t *number = map_get(&worlds->targets, pointer_key(&target));
    if (number != NULL)
        bits[*number / WORD_BITS] |= (uint64_t)1 << (*number % WORD_BITS);
}

void reach_add(const struct worlds *worlds, uint64_t *bits, const void *owner)
{
    const struct vertex *vertex = owner == NULL ? NULL : map_get(&worlds->vertices, pointer_key(&owner));
    for (size_t i = 0; vertex != NULL && i < worlds->words; i++)
        bits[i] |= vertex->bits[i];
}

// ---- the graph ---------------------------------------------------------------------------------------------------------

static struct vertex *vertex_of(struct worlds *worlds, const void *owner)
{
    struct vertex *vertex = map_get(&worlds->vertices, pointer_key(&owner));
    if (vertex != NULL)
        return vertex;
    vertex = arena_alloc(worlds->arena, sizeof *vertex);
    vertex->owner = owner;
    vertex->bits = arena_array(worlds->arena, worlds->words, sizeof *vertex->bits);
    map_put(&worlds->vertices, pointer_key(&vertex->owner), vertex);
    vector_push(worlds->arena, &worlds->all, vertex);
    return vertex;
}

static void refer(struct worlds *worlds, struct vertex *user, const void *used)
{
    if (used == NULL)
        return;
    reach_add_target(worlds, user->bits, used);
    vector_push(worlds->arena, &vertex_of(worlds, used)->users, user);
}

static void walk(struct worlds *worlds, struct vertex *user, const struct node *node)
{
    if (node == NULL)
        return;
    refer(worlds, user, node->input);
    refer(worlds, user, node->definition);
    refer(worlds, user, node->function);
    if (node->function != NULL)
        vertex_of(worlds, node->function)->function = node->function;
    refer(worlds, user, node->claim);
    for (size_t i = 0; node->scenario != NULL && i < node->scenario->override_count; i++)
        refer(worlds, user, &node->scenario->overrides[i]);
    for (size_t i = 0; i < node->count; i++)
        walk(worlds, user, node->args[i]);
}

static void walk_override(struct worlds *worlds, const struct override *override)
{
    if (override->value != NULL)
        walk(worlds, vertex_of(worlds, override), override->value);
}

static void walk_claim(struct worlds *worlds, const struct claim *claim)
{
    struct vertex *vertex = vertex_of(worlds, claim);
    walk(worlds, vertex, claim->condition);
    walk(worlds, vertex, claim->premise);
    walk(worlds, vertex, claim->exception);
    walk(worlds, vertex, claim->conclusion);
    for (size_t i = 0; i < claim->override_count; i++)
        refer(worlds, vertex, &claim->overrides[i]);
}

typedef void (*override_visitor)(struct worlds *worlds, const struct override *override);

static void each_of_scenario(struct worlds *worlds, const struct scenario *scenario, override_visitor visit)
{
    for (size_t i = 0; scenario != NULL && i < scenario->override_count; i++)
        visit(worlds, &scenario->overrides[i]);
}

static void each_override(struct worlds *worlds, override_visitor visit)
{
    const struct program *program = worlds->program;
    each_of_scenario(worlds, program->ground, visit);
    each_of_scenario(worlds, program->blend, visit);
    for (size_t s = 0; s < program->scenario_count; s++)
        each_of_scenario(worlds, program->scenarios[s], visit);
    for (size_t c = 0; c < program->claim_count; c++) {
        const struct claim *claim = program->claims[c];
        for (size_t i = 0; i < claim->override_count; i++)
            visit(worlds, &claim->overrides[i]);
        for (size_t i = 0; i < claim->concession_count; i++)
            visit(worlds, &claim->concessions[i].override);
        visit(worlds, &claim->hole.override);
    }
}

// Every vertex tells its users what it reaches until nobody learns anything new.
static void spread(struct worlds *worlds)
{
    VECTOR(struct vertex *) queue = {0};
    for (size_t i = 0; i < worlds->all.count; i++) {
        worlds->all.at[i]->queued = true;
        vector_push(worlds->arena, &queue, worlds->all.at[i]);
    }
    while (queue.count > 0) {
        struct vertex *vertex = queue.at[--queue.count];
        vertex->queued = false;
        for (size_t u = 0; u < vertex->users.count; u++) {
            struct vertex *user = vertex->users.at[u];
            uint64_t news = 0;
            for (size_t i = 0; i < worlds->words; i++) {
                news |= vertex->bits[i] & ~user->bits[i];
                user->bits[i] |= vertex->bits[i];
            }
            if (news != 0 && !user->queued) {
                user->queued = true;
                vector_push(worlds->arena, &queue, user);
            }
        }
    }
}

static void add_probes(struct worlds *worlds, const struct node *node)
{
    if (node == NULL)
        return;
    if (node->kind == NODE_SLOPE)
        add_target(worlds, node->args[1]->input);
    for (size_t i = 0; i < node->count; i++)
        add_probes(worlds, node->args[i]);
}

static void number_targets(struct worlds *worlds)
{
    const struct program *program = worlds->program;
    each_override(worlds, add_override);
    for (size_t i = 0; i < program->definition_count; i++)
        add_probes(worlds, program->definitions[i]->body);
    for (size_t i = 0; i < program->claim_count; i++) {
        add_probes(worlds, program->claims[i]->premise);
        add_probes(worlds, program->claims[i]->exception);
        add_probes(worlds, program->claims[i]->conclusion);
        add_probes(worlds, program->claims[i]->condition);
    }
    add_probes(worlds, program->expression_node);
}

void reach_compute(struct worlds *worlds)
{
    worlds->targets = map_on(worlds->arena);
    worlds->vertices = map_on(worlds->arena);
    number_targets(worlds);
    const struct program *program = worlds->program;
    worlds->words = (worlds->target_count + WORD_BITS - 1) / WORD_BITS;
    worlds->whole = worlds->words * (program->definition_count + program->claim_count) > MOST_WORDS;
    if (worlds->whole)
        worlds->words = 0;
    if (worlds->words == 0)
        return;
    for (size_t i = 0; i < program->definition_count; i++)
        walk(worlds, vertex_of(worlds, program->definitions[i]), program->definitions[i]->body);
    for (size_t i = 0; i < program->claim_count; i++)
        walk_claim(worlds, program->claims[i]);
    each_override(worlds, walk_override);
    // Functions are met on the way, and may call further ones.
    for (size_t i = 0; i < worlds->all.count; i++)
        if (worlds->all.at[i]->function != NULL)
            walk(worlds, worlds->all.at[i], worlds->all.at[i]->function->body);
    spread(worlds);
}
