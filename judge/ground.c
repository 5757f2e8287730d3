#include "judge/ground.h"

#include <stdlib.h>
#include <string.h>

#include "base/vector.h"

enum { SLOTS = 16, EVERY = -1 };

// A formula to look through, and what its index variables stand for.
struct spot {
    const struct node *body;
    int members[SLOTS];
};

struct walk {
    struct arena *arena;
    const struct model *model;
    const struct question *question;
    struct map seen;
    VECTOR(struct spot) open;
    VECTOR(struct used_input) known;
};

// ---- what was seen -----------------------------------------------------------------------------------------------------

// True the first time.
static bool is_new(struct walk *walk, const void *key, size_t size)
{
    const struct text kept = {arena_copy(walk->arena, key, size), size};
    return map_put(&walk->seen, kept, walk) == NULL;
}

static bool is_new_instance(struct walk *walk, const struct input *input, size_t instance)
{
    struct {
        const struct input *input;
        size_t instance;
    } key = {input, instance};
    return is_new(walk, &key, sizeof key);
}

static void open_spot(struct walk *walk, const struct node *body, const int *members)
{
    struct spot spot;
    if (body == NULL)
        return;
    memset(&spot, 0, sizeof spot); // it is a key: no stray bytes between its parts
    spot.body = body;
    for (int i = 0; i < SLOTS; i++)
        spot.members[i] = members == NULL ? EVERY : members[i];
    if (is_new(walk, &spot, sizeof spot))
        vector_push(walk->arena, &walk->open, spot);
}

// ---- inputs ------------------------------------------------------------------------------------------------------------

static bool instance_fits(const struct input *input, size_t instance, const int *members)
{
    size_t rest = input->instance_count;
    for (size_t i = 0; i < input->param_count; i++) {
        rest /= input->params[i]->count;
        const int member = (int)(instance / rest % input->params[i]->count);
        if (i < SLOTS && members[i] != EVERY && members[i] != member)
            return false;
    }
    return true;
}

static struct used_input used_of(const struct input *input, size_t instance)
{
    struct used_input used = {.name = input->instances[instance].name, .input = input, .instance = instance};
    const struct series *observed = &input->instances[instance].observed;
    double newest = 0;
    used.has_basis = input_basis(input, instance, &used.basis);
    for (size_t i = 0; i < observed->count; i++)
        if (i == 0 || observed->at[i].known_from > newest) {
            newest = observed->at[i].known_from;
            used.known = observed->at[i].known;
        }
    return used;
}

static void use_input(struct walk *walk, const struct input *input, const int *members)
{
    for (size_t i = 0; i < input->instance_count; i++)
        if (instance_fits(input, i, members) && is_new_instance(walk, input, i) && input->instances[i].missing == NULL)
            vector_push(walk->arena, &walk->known, used_of(input, i));
}

// ---- what is set -------------------------------------------------------------------------------------------------------

// What a name stands for: an input or a definition, and its members.
struct target {
    const struct input *input;
    const struct definition *definition;
    size_t param_count;
    int members[SLOTS];
};

enum cover { COVERS_NOTHING, COVERS_SOME, COVERS_ALL };

static enum cover covers(const struct override *override, const struct target *target)
{
    if (override->input != target->input || override->definition != target->definition)
        return COVERS_NOTHING;
    enum cover cover = COVERS_ALL;
    for (size_t i = 0; i < target->param_count && i < SLOTS && override->members != NULL; i++) {
        if (override->members[i] == EVERY || override->members[i] == target->members[i])
            continue;
        if (target->members[i] != EVERY)
            return COVERS_NOTHING;
        cover = COVERS_SOME;
    }
    return cover;
}

// Opens the values that are set in the place of the target; true when nothing of itself is left.
static bool is_replaced(struct walk *walk, const struct target *target, const struct override *overrides, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const enum cover cover = covers(&overrides[i], target);
        if (cover != COVERS_NOTHING)
            open_spot(walk, overrides[i].value, target->members);
        if (cover == COVERS_ALL)
            return true;
    }
    return false;
}

static bool is_set(struct walk *walk, const struct target *target)
{
    const struct question *question = walk->question;
    const struct program *program = walk->model->program;
    const struct scenario *baseline = program->scenario_count > 0 ? program->scenarios[0] : NULL;
    if (is_replaced(walk, target, question->claim->overrides, question->claim->override_count))
        return true;
    if (question->scenario != NULL && is_replaced(walk, target, question->scenario->overrides, question->scenario->override_count))
        return true;
    return baseline != NULL && baseline != question->scenario && is_replaced(walk, target, baseline->overrides, baseline->override_count);
}

// ---- formulas ----------------------------------------------------------------------------------------------------------

static int member_of(const struct node *node, const int *members)
{
    if (node->kind == NODE_CONST)
        return (int)node->value;
    return node->kind == NODE_BINDER && node->slot >= 0 && node->slot < SLOTS ? members[node->slot] : EVERY;
}

static void visit_target(struct walk *walk, const struct node *node, const int *members)
{
    struct target target = {.input = node->input, .definition = node->definition, .param_count = node->count};
    for (size_t i = 0; i < SLOTS; i++)
        target.members[i] = i < node->count ? member_of(node->args[i], members) : EVERY;
    if (node->kind == NODE_CLAIM) {
        open_spot(walk, node->claim->condition, target.members);
        return;
    }
    if (is_set(walk, &target))
        return;
    if (node->kind == NODE_INPUT)
        use_input(walk, node->input, target.members);
    else
        open_spot(walk, node->definition->body, target.members);
}

static void visit(struct walk *walk, const struct node *node, const int *members)
{
    int inside[SLOTS];
    memcpy(inside, members, sizeof inside);
    if (node->kind == NODE_REDUCE && node->slot >= 0 && node->slot < SLOTS)
        inside[node->slot] = EVERY;
    if (node->kind == NODE_INPUT || node->kind == NODE_DEFINITION || node->kind == NODE_CLAIM)
        visit_target(walk, node, members);
    if (node->kind == NODE_CALL)
        open_spot(walk, node->function->body, NULL);
    for (size_t i = 0; node->kind == NODE_UNDER && i < node->scenario->override_count; i++)
        open_spot(walk, node->scenario->overrides[i].value, NULL);
    const int arm = node->kind == NODE_TABLE ? member_of(node->args[0], members) : EVERY;
    for (size_t i = 0; i < node->count; i++)
        if (node->args[i] != NULL && (arm == EVERY || i == 0 || i == (size_t)arm + 1))
            visit(walk, node->args[i], inside);
}

static void open_question(struct walk *walk)
{
    const struct claim *claim = walk->question->claim;
    int members[SLOTS];
    for (int i = 0; i < SLOTS; i++)
        members[i] = i == 0 ? walk->question->member : EVERY;
    open_spot(walk, claim->premise, members);
    open_spot(walk, claim->exception, members);
    open_spot(walk, claim->conclusion, members);
    for (size_t i = 0; i < walk->question->assumption_count; i++)
        open_spot(walk, walk->question->assumptions[i]->condition, NULL);
}

// ---- a verdict ---------------------------------------------------------------------------------------------------------

static int by_spot(const void *a, const void *b)
{
    const struct used_input *x = a, *y = b;
    if (x->input->span.start != y->input->span.start)
        return x->input->span.start < y->input->span.start ? -1 : 1;
    return x->instance < y->instance ? -1 : x->instance > y->instance;
}

// The certain inputs, in the order of the files.
static void look_through(struct walk *walk)
{
    if (walk->model->program == NULL)
        return;
    open_question(walk);
    while (walk->open.count > 0) {
        const struct spot spot = walk->open.at[--walk->open.count];
        visit(walk, spot.body, spot.members);
    }
    if (walk->known.count > 0)
        qsort(walk->known.at, walk->known.count, sizeof *walk->known.at, by_spot);
}

struct source_list {
    const struct source_entry **at;
    size_t count, room;
};

static void add_source(struct work *work, struct source_list *list, const struct source_entry *source)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i] == source)
            return;
    if (source != NULL)
        vector_push(work->arena, list, source);
}

// The input's own sources count once, and it is one guess, however many of its members were used.
static void add_input(struct work *work, struct verdict *verdict, struct source_list *list, const struct used_input *used)
{
    for (size_t i = 0; i < used->input->cite_count; i++)
        add_source(work, list, used->input->cites[i]);
    verdict->guesses += used->has_basis && used->basis == BASIS_GUESS;
}

static void set_sources(struct work *work, struct verdict *verdict)
{
    struct source_list list = {0};
    struct map seen = map_on(work->scratch);
    for (size_t i = 0; i < verdict->input_count; i++) {
        const struct used_input *used = &verdict->inputs_used[i];
        const struct input_instance *instance = &used->input->instances[used->instance];
        const struct text key = {(const char *)&used->input, sizeof used->input};
        if (map_put(&seen, key, verdict) == NULL)
            add_input(work, verdict, &list, used);
        for (size_t k = 0; k < instance->observed.count; k++)
            add_source(work, &list, instance->observed_by[k]);
    }
    verdict->sources = list.at;
    verdict->source_count = list.count;
}

void find_grounds(struct work *work, struct inquiry *inquiry)
{
    const struct question *question = inquiry->findings[0].question;
    const struct model *model = work->model;
    struct verdict *verdict = &inquiry->verdict;
    const struct arena_mark mark = arena_mark(work->scratch);
    struct walk walk = {.arena = work->scratch, .model = model, .question = question, .seen = map_on(work->scratch)};
    VECTOR(struct used_input) used = {0};
    for (size_t i = 0; i < question->variable_count; i++) {
        const struct variable *variable = &model->variables[question->variables[i]];
        if (variable->input == NULL || !is_new_instance(&walk, variable->input, variable->instance))
            continue;
        vector_push(work->arena, &used, used_of(variable->input, variable->instance));
        used.at[used.count - 1].name = variable->name;
    }
    look_through(&walk);
    for (size_t i = 0; i < walk.known.count; i++)
        if (!walk.known.at[i].input->hidden)
            vector_push(work->arena, &used, walk.known.at[i]);
    verdict->inputs_used = used.at;
    verdict->input_count = used.count;
    set_sources(work, verdict);
    arena_release(work->scratch, mark);
}
