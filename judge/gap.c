// Paths that end too early: which one has no value at the step at which a claim has none.
#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/vector.h"
#include "judge/inquiry.h"

// Points closer to the end of a step than this stand there.
#define EDGE_SECONDS 1e-3

struct gap { // a path without a value at a step
    struct text name;
    double first, last; // its points
    int step;
};

struct search {
    struct work *work;
    const struct timeline *timeline;
    int step; // -1: any
    bool found;
    struct gap gap;
    VECTOR(const void *) seen; // definitions and claims
    VECTOR(const struct node *) bodies; // what they say; looked into one after the other
    VECTOR(struct text) names;
};

static bool covers(const struct search *search, double first, double last, int step)
{
    double instant = search->timeline->start + (step + 1) * search->timeline->length;
    return instant > first - EDGE_SECONDS && instant < last + EDGE_SECONDS;
}

static void look_at(struct search *search, struct text name, double first, double last)
{
    int from = search->step < 0 ? 0 : search->step, to = search->step < 0 ? search->timeline->count - 1 : search->step;
    for (int step = from; step <= to && !search->found; step++) {
        if (covers(search, first, last, step))
            continue;
        search->found = true;
        search->gap = (struct gap){name, first, last, step};
    }
}

static void look_at_input(struct search *search, const struct input *input)
{
    for (size_t i = 0; i < input->instance_count; i++) {
        const struct input_instance *it = &input->instances[i];
        if (it->point_count > 1 && !it->hold)
            look_at(search, it->name, it->points[0].instant, it->points[it->point_count - 1].instant);
    }
}

static void put_off(struct search *search, const void *thing, const struct node *body, struct text name)
{
    for (size_t i = 0; i < search->seen.count; i++)
        if (search->seen.at[i] == thing)
            return;
    struct arena *arena = search->work->scratch;
    vector_push(arena, &search->seen, thing);
    vector_push(arena, &search->bodies, body);
    vector_push(arena, &search->names, name);
}

static void look_into(struct search *search, const struct node *node, struct text name)
{
    if (!node || search->found)
        return;
    if (node->kind == NODE_PATH && node->path && node->path->count > 0 && !node->path->hold)
        look_at(search, name, node->path->instants[0], node->path->instants[node->path->count - 1]);
    if (node->kind == NODE_INPUT && node->input)
        look_at_input(search, node->input);
    if (node->kind == NODE_DEFINITION && node->definition)
        put_off(search, node->definition, node->definition->body, node->definition->name);
    if (node->kind == NODE_CLAIM && node->claim)
        put_off(search, node->claim, node->claim->conclusion, node->claim->name);
    for (size_t i = 0; i < node->count; i++)
        look_into(search, node->args[i], name);
}

static void find_gap(struct search *search, const struct claim *claim)
{
    const struct node *parts[] = {claim->premise, claim->exception, claim->conclusion};
    search->seen.count = search->bodies.count = search->names.count = 0;
    for (size_t i = 0; i < 3; i++)
        look_into(search, parts[i], claim->name);
    for (size_t i = 0; i < search->bodies.count; i++)
        look_into(search, search->bodies.at[i], search->names.at[i]);
}

static struct text place_of(const struct search *search, double point)
{
    int step = timeline_step_at(search->timeline, point - 1);
    if (step >= 0)
        return timeline_step_name(search->work->scratch, search->timeline, step);
    return text_of(arena_printf(search->work->scratch, "%d", (int)floor((point - 1) / SECONDS_A_YEAR)));
}

const char *explain_gap(struct work *work, const struct claim *claim, int step)
{
    const struct program *program = work->model->program;
    if (!program || !program->timeline.given)
        return NULL;
    struct search search = {.work = work, .timeline = &program->timeline, .step = step};
    find_gap(&search, claim);
    if (!search.found) {
        search.step = -1; // another step than the claim's, in the past or a window
        find_gap(&search, claim);
    }
    if (!search.found)
        return NULL;
    const struct gap *gap = &search.gap;
    struct buffer out = buffer_on(work->arena);
    struct text at = timeline_step_name(work->scratch, search.timeline, gap->step);
    struct text first = place_of(&search, gap->first), last = place_of(&search, gap->last);
    if (search.step < 0)
        buffer_printf(&out, "`%.*s` has values only from %.*s to %.*s, where its points are", TEXT_ARGS(gap->name), TEXT_ARGS(first), TEXT_ARGS(last));
    else
        buffer_printf(&out, "`%.*s` has no value in %.*s: its points run from %.*s to %.*s", TEXT_ARGS(gap->name), TEXT_ARGS(at), TEXT_ARGS(first),
                      TEXT_ARGS(last));
    buffer_add_string(&out, "; `hold`, behind its `data \"...\"` or last in its `interpolate`, keeps the values at its ends");
    return out.at;
}
