#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "dsl/distribution.h"
#include "judge/deriving.h"

bool is_name(const struct node *node)
{
    return node->kind == NODE_INPUT || node->kind == NODE_DEFINITION || node->kind == NODE_CLAIM;
}

struct site part_of(struct site site, const struct node *node)
{
    site.node = node;
    return site;
}

// ---- nodes -------------------------------------------------------------------------------------------------------------

static struct text member_name(struct deriving *deriving, struct text name, const struct index *const *params, size_t count, size_t member)
{
    struct text list = TEXT("");
    for (size_t i = count; i > 0; member /= params[i - 1]->count, i--) {
        const struct text it = params[i - 1]->members[member % params[i - 1]->count];
        list = text_of(arena_printf(deriving->arena, "%.*s%s%.*s", TEXT_ARGS(it), list.length > 0 ? ", " : "", TEXT_ARGS(list)));
    }
    if (list.length == 0)
        return name;
    return text_of(arena_printf(deriving->arena, "%.*s[%.*s]", TEXT_ARGS(name), TEXT_ARGS(list)));
}

static bool input_varies(const struct input *input, size_t instance)
{
    return input->varies > 0 || input->instances[instance].point_count > 1;
}

static void name_it(struct deriving *deriving, struct derived *derived, const struct traced_name *name)
{
    bool varies = name->varies;
    derived->key = (struct derived_key){name->definition, name->world, name->member};
    if (name->definition) {
        derived->name = member_name(deriving, name->definition->name, name->definition->params, name->definition->param_count, name->member);
    } else if (name->claim) {
        derived->form = DERIVED_CLAIM;
        derived->key.owner = name->claim;
        derived->name = member_name(deriving, name->claim->name, name->claim->params, name->claim->param_count, name->member);
    } else {
        derived->form = DERIVED_INPUT;
        derived->key.owner = derived->input = name->input;
        derived->instance = name->member;
        derived->name = name->input->instances[name->member].name;
        derived->key.world = name->body ? name->world : NULL;
        varies = name->body ? node_varies(name->body) : input_varies(name->input, name->member);
    }
    derived->step = varies && deriving->program->timeline.given ? derived->step : -1;
}

struct derived *derive_add(struct deriving *deriving, struct derived *parent, struct site site, enum derived_role role, bool open)
{
    const struct site at = peel(deriving, site);
    struct derived *derived = arena_alloc(deriving->arena, sizeof *derived);
    *derived = (struct derived){.form = DERIVED_EXPRESSION, .role = role, .node = at.node, .under = at.under, .type = at.node->type};
    derived->members = trace_members(at.spot);
    derived->first = derived->last = derived->deciding[0] = derived->deciding[1] = -1;
    derived->low = derived->high = NAN;
    derived->parent = parent;
    derived->depth = parent ? parent->depth + (parent->form != DERIVED_EXPRESSION) : 0;
    derived->step = trace_step(at.spot);
    struct traced_name name;
    if (is_name(at.node) && trace_name(deriving->trace, 0, at.node, at.spot, &name)) {
        derived->form = DERIVED_DEFINITION;
        name_it(deriving, derived, &name);
    } else if (!deriving->program->timeline.given || !node_varies(at.node)) {
        derived->step = -1;
    }
    for (size_t f = 0; f < DERIVED_COLUMNS; f++)
        derived->values[f] = f < deriving->columns ? trace_value(deriving->trace, f, at.node, at.spot) : NAN;
    if (parent) {
        struct derived **children = arena_array(deriving->arena, parent->child_count + 1, sizeof(struct derived *));
        if (parent->child_count > 0)
            memcpy(children, parent->children, parent->child_count * sizeof(struct derived *));
        children[parent->child_count++] = derived;
        parent->children = children;
    }
    deriving->made++;
    if (open)
        derive_later(deriving, derived, at);
    return derived;
}

void derive_later(struct deriving *deriving, struct derived *derived, struct site site)
{
    vector_push(deriving->arena, &deriving->queue, ((struct task){derived, peel(deriving, site)}));
}

// ---- names -------------------------------------------------------------------------------------------------------------

static void add_source(struct deriving *deriving, const struct source_entry *source)
{
    for (size_t i = 0; i < deriving->sources.count; i++)
        if (deriving->sources.at[i] == source || text_equal(deriving->sources.at[i]->name, source->name))
            return;
    vector_push(deriving->arena, &deriving->sources, source);
}

static bool is_spread(const struct input_instance *instance)
{
    const enum law law = instance->point_count > 0 ? instance->points[0].law.law : LAW_KNOWN;
    return !instance->missing && law != LAW_KNOWN && law != LAW_CHOICE && law != LAW_POSSIBLE;
}

static void open_input(struct deriving *deriving, struct derived *derived, const struct traced_name *name)
{
    const struct input *input = name->input;
    const struct input_instance *instance = &input->instances[name->member];
    if (is_spread(instance)) {
        derived->low = trace_quantile(deriving->trace, input, name->member, name->spot, instance->bounds_only ? 0 : 0.05);
        derived->high = trace_quantile(deriving->trace, input, name->member, name->spot, instance->bounds_only ? 1 : 0.95);
    }
    for (size_t i = 0; i < input->cite_count; i++)
        add_source(deriving, input->cites[i]);
    for (size_t i = 0; i < instance->observed.count; i++)
        if (instance->observed_by && instance->observed_by[i])
            add_source(deriving, instance->observed_by[i]);
}

static bool stands_above(const struct derived *derived, const struct derived *other)
{
    while (derived && derived != other)
        derived = derived->parent;
    return derived != NULL;
}

// A few earlier values, whole years apart where there is room, and the first.
static void list_past(struct deriving *deriving, struct derived *derived, struct site site)
{
    const double length = deriving->program->timeline.length;
    const int a_year = length > 0 && length < SECONDS_A_YEAR ? (int)lround(SECONDS_A_YEAR / length) : 1;
    int stride = (derived->step + DERIVED_PAST - 1) / DERIVED_PAST;
    if (stride > 1)
        stride = (stride + a_year - 1) / a_year * a_year;
    for (int step = derived->step; step > 0 && derived->past_count < DERIVED_PAST;) {
        step = step > stride && derived->past_count + 1 < DERIVED_PAST ? step - stride : 0;
        const size_t at = derived->past_count++;
        derived->past[at] = step;
        for (size_t f = 0; f < deriving->columns; f++)
            derived->past_values[at][f] = trace_value(deriving->trace, f, site.node, trace_at(deriving->trace, site.spot, step));
    }
}

static void cut(struct deriving *deriving, struct derived *derived)
{
    derived->cut = true;
    deriving->cut_count++;
}

static void open_name(struct deriving *deriving, struct derived *derived, struct site site)
{
    struct traced_name name;
    const struct text key = {(const char *)&derived->key, sizeof derived->key};
    const struct derived *known = map_get(&deriving->opened, key);
    if (!trace_name(deriving->trace, 0, site.node, site.spot, &name))
        return;
    if (known) {
        derived->same = known;
        derived->recursive = stands_above(derived->parent, known);
        if (derived->recursive)
            list_past(deriving, derived, site);
        return;
    }
    const bool deep = derived->depth >= deriving->depth || deriving->made >= DERIVED_MOST;
    if (deep && name.body) {
        cut(deriving, derived);
        return;
    }
    map_put(&deriving->opened, key, derived);
    derived->opened = true;
    derived->set = name.set;
    if (!name.body) {
        open_input(deriving, derived, &name);
        return;
    }
    struct site body = {name.body, derived->step < 0 ? name.spot : trace_at(deriving->trace, name.spot, derived->step), NULL};
    double condition;
    while (body.node->kind == NODE_APPLY && body.node->op == OP_SELECT && trace_known(deriving->trace, body.node->args[0], body.spot, &condition) &&
           !isnan(condition))
        body.node = body.node->args[condition != 0 ? 1 : 2];
    derived->formula = body.node;
    derived->formula_members = trace_members(body.spot);
    derive_open(deriving, derived, body);
}

// ---- everything --------------------------------------------------------------------------------------------------------

static void work_off(struct deriving *deriving)
{
    for (size_t next = 0; next < deriving->queue.count; next++) {
        const struct task task = deriving->queue.at[next];
        if (task.derived->form != DERIVED_EXPRESSION)
            open_name(deriving, task.derived, task.site);
        else if (deriving->made < DERIVED_MOST)
            derive_open(deriving, task.derived, task.site);
        else
            cut(deriving, task.derived);
    }
}

static struct deriving *deriving_new(struct arena *arena, struct trace *trace, const struct program *program, size_t depth)
{
    struct deriving *deriving = arena_alloc(arena, sizeof *deriving);
    *deriving = (struct deriving){.arena = arena, .trace = trace, .program = program, .columns = trace_futures(trace), .depth = depth};
    deriving->opened = map_on(arena);
    return deriving;
}

static const struct derivation *finish(struct deriving *deriving, struct derived *const *parts, size_t count)
{
    work_off(deriving);
    struct derivation *derivation = arena_alloc(deriving->arena, sizeof *derivation);
    *derivation = (struct derivation){.parts = parts, .part_count = count, .columns = deriving->columns, .cut_count = deriving->cut_count};
    derivation->depth = deriving->depth;
    derivation->sources = deriving->sources.at;
    derivation->source_count = deriving->sources.count;
    derivation->node_count = deriving->made;
    return derivation;
}

// The assumptions that fail in one of the futures: they silence the claim there.
static size_t add_assumptions(struct deriving *deriving, const struct question *question, const struct spot *spot, struct derived **parts)
{
    size_t count = 0;
    for (size_t i = 0; i < question->assumption_count; i++) {
        const struct node *node = question->assumptions[i]->condition;
        bool fails = false;
        for (size_t f = 0; f < deriving->columns; f++)
            fails = fails || trace_value(deriving->trace, f, node, spot) != 1;
        if (fails)
            parts[count++] = derive_add(deriving, NULL, (struct site){node, spot, NULL}, ROLE_ASSUMPTION, true);
    }
    return count;
}

static const struct derivation *claim_to(struct deriving *deriving, const struct question *question)
{
    const struct claim *claim = question->claim;
    const struct spot *spot = trace_claim(deriving->trace, question);
    struct derived **parts = arena_array(deriving->arena, question->assumption_count + 3, sizeof(struct derived *));
    size_t count = add_assumptions(deriving, question, spot, parts);
    const struct node *const nodes[] = {claim->premise, claim->exception, claim->conclusion};
    for (size_t i = 0; i < 3; i++)
        if (nodes[i])
            parts[count++] = derive_add(deriving, NULL, (struct site){nodes[i], spot, NULL}, (enum derived_role)(ROLE_PREMISE + (int)i), true);
    return finish(deriving, parts, count);
}

static const struct derivation *expression_to(struct deriving *deriving, const struct node *node, int step)
{
    struct derived **parts = arena_array(deriving->arena, 1, sizeof(struct derived *));
    parts[0] = derive_add(deriving, NULL, (struct site){node, trace_expression(deriving->trace, step), NULL}, ROLE_READ, true);
    return finish(deriving, parts, 1);
}

static void give_futures(struct trace *trace, const struct derive_options *options)
{
    trace_future(trace, options->central);
    if (options->counterexample)
        trace_future(trace, options->counterexample);
}

const struct derivation *derive_claim(struct arena *arena, struct trace *trace, const struct program *program, const struct question *question,
                                      const struct derive_options *options)
{
    size_t depth = options->depth > 0 ? options->depth : DERIVE_DEPTH;
    give_futures(trace, options);
    const struct derivation *derivation = claim_to(deriving_new(arena, trace, program, depth), question);
    while (options->depth == 0 && depth > 1 && derivation->node_count > DERIVE_SCREEN)
        derivation = claim_to(deriving_new(arena, trace, program, --depth), question);
    return derivation;
}

const struct derivation *derive_expression(struct arena *arena, struct trace *trace, const struct program *program, const struct node *node, int step,
                                           const struct derive_options *options)
{
    size_t depth = options->depth > 0 ? options->depth : DERIVE_DEPTH;
    give_futures(trace, options);
    const struct derivation *derivation = expression_to(deriving_new(arena, trace, program, depth), node, step);
    while (options->depth == 0 && depth > 1 && derivation->node_count > DERIVE_SCREEN)
        derivation = expression_to(deriving_new(arena, trace, program, --depth), node, step);
    return derivation;
}
