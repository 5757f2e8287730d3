#include "dsl/changed.h"

#include <math.h>

#include "base/map.h"
#include "base/vector.h"

// ---- observations ------------------------------------------------------------------------------------------------------------

static bool numbers_equal(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

bool figures_equal(const struct observation *a, const struct observation *b)
{
    return text_equal(a->unit, b->unit) && numbers_equal(a->low, b->low) && numbers_equal(a->central, b->central) &&
           numbers_equal(a->high, b->high) && text_equal(a->value, b->value);
}

bool observations_equal(const struct observation *a, const struct observation *b)
{
    return text_equal(a->name, b->name) && figures_equal(a, b) && text_equal(a->valid, b->valid) && text_equal(a->known, b->known) &&
           text_equal(a->source, b->source) && a->basis == b->basis;
}

// Ends of periods in whole seconds, as the store tells them apart.
static int compare_periods(const struct observation *a, const struct observation *b)
{
    const double first = floor(a->valid_end + 0.5), second = floor(b->valid_end + 0.5);
    return (first > second) - (first < second);
}

// What one side observed, and from whom.
struct observed {
    struct series series;
    const struct source_entry *const *by; // NULL: not known
};

struct pairs {
    struct arena *arena;
    VECTOR(struct changed_observation) list;
};

// Position SIZE_MAX: none on that side.
static void add_pair(struct pairs *pairs, const struct observed *sides, const size_t *positions)
{
    struct changed_observation pair = {{NULL, NULL}, {NULL, NULL}};
    for (int side = 0; side < 2; side++) {
        const struct observed *observed = &sides[side];
        if (positions[side] == SIZE_MAX)
            continue;
        pair.sides[side] = &observed->series.at[positions[side]];
        pair.sources[side] = observed->by ? observed->by[positions[side]] : NULL;
    }
    if (!pair.sides[0] || !pair.sides[1] || !observations_equal(pair.sides[0], pair.sides[1]))
        vector_push(pairs->arena, &pairs->list, pair);
}

// Both series are in the order of their periods. One observation each are about one thing, whatever their periods.
static struct pairs pair_observations(struct arena *arena, const struct observed *sides)
{
    struct pairs pairs = {.arena = arena};
    const size_t counts[2] = {sides[0].series.count, sides[1].series.count};
    size_t at[2] = {0, 0};
    while (at[0] < counts[0] || at[1] < counts[1]) {
        int order = at[0] == counts[0] ? 1 : at[1] == counts[1] ? -1 : 0;
        if (order == 0 && !(counts[0] == 1 && counts[1] == 1))
            order = compare_periods(&sides[0].series.at[at[0]], &sides[1].series.at[at[1]]);
        add_pair(&pairs, sides, (size_t[2]){order <= 0 ? at[0] : SIZE_MAX, order >= 0 ? at[1] : SIZE_MAX});
        at[0] += order <= 0;
        at[1] += order >= 0;
    }
    return pairs;
}

const struct changed_observation *changed_series(struct arena *arena, const struct series *before, const struct series *after, size_t *count)
{
    const struct pairs pairs = pair_observations(arena, (struct observed[2]){{*before, NULL}, {*after, NULL}});
    *count = pairs.list.count;
    return pairs.list.at;
}

// ---- inputs ------------------------------------------------------------------------------------------------------------------

// An instance of an input, by its name.
struct named_instance {
    const struct input *input;
    size_t position;
    bool met;
};

struct changing {
    struct arena *arena;
    struct map before; // of side A
    VECTOR(struct changed_input) inputs;
    VECTOR(struct changed_index) indexes;
};

static const struct input_instance *instance_of(const struct named_instance *named)
{
    return named ? &named->input->instances[named->position] : NULL;
}

// What was written or observed is there, only too old: beside the reason what the store said still stands.
static bool is_expired(const struct input *input, const struct input_instance *missing, const struct input_instance *known)
{
    return !isnan(input->expires) && (missing->observed.count > 0 || known->observed.count == 0);
}

static enum change_kind kind_of(const struct named_instance *before, const struct named_instance *after)
{
    const struct input_instance *a = instance_of(before), *b = instance_of(after);
    const bool known[2] = {a && !a->missing, b && !b->missing};
    if (known[0] == known[1])
        return CHANGE_FIGURES;
    if (known[1])
        return a && is_expired(before->input, a, b) ? CHANGE_REVIVED : CHANGE_KNOWN;
    return b && is_expired(after->input, b, a) ? CHANGE_EXPIRED : CHANGE_UNKNOWN;
}

static struct observed observed_of(const struct input_instance *instance)
{
    return instance ? (struct observed){instance->observed, instance->observed_by} : (struct observed){{0, NULL}, NULL};
}

static void compare_instance(struct changing *changing, const struct named_instance *before, const struct named_instance *after)
{
    const struct input_instance *sides[2] = {instance_of(before), instance_of(after)};
    const enum change_kind kind = kind_of(before, after);
    const struct input_instance *lacking = kind == CHANGE_KNOWN || kind == CHANGE_REVIVED ? sides[0] : sides[1];
    const struct pairs pairs = pair_observations(changing->arena, (struct observed[2]){observed_of(sides[0]), observed_of(sides[1])});
    if (pairs.list.count == 0 && kind == CHANGE_FIGURES)
        return;
    // Written in the file and only on one side: a member of an index that has others; said there.
    if (pairs.list.count == 0 && !(sides[0] && sides[1]))
        return;
    const struct named_instance *shown = after ? after : before;
    const struct changed_input changed = {
        .name = instance_of(shown)->name,
        .kind = kind,
        .input = shown->input,
        .instance = shown->position,
        .missing = kind != CHANGE_FIGURES && lacking ? lacking->missing : NULL,
        .count = pairs.list.count,
        .observations = pairs.list.at,
    };
    vector_push(changing->arena, &changing->inputs, changed);
}

static void note_instances(struct changing *changing, const struct program *program)
{
    for (size_t i = 0; i < program->input_count; i++) {
        const struct input *input = program->inputs[i];
        for (size_t k = 0; k < input->instance_count && !input->hidden; k++) {
            struct named_instance *named = arena_alloc(changing->arena, sizeof *named);
            *named = (struct named_instance){.input = input, .position = k};
            map_put(&changing->before, input->instances[k].name, named);
        }
    }
}

static void compare_inputs(struct changing *changing, const struct program *from, const struct program *to)
{
    note_instances(changing, from);
    for (size_t i = 0; i < to->input_count; i++) {
        const struct input *input = to->inputs[i];
        for (size_t k = 0; k < input->instance_count && !input->hidden; k++) {
            const struct named_instance after = {.input = input, .position = k};
            struct named_instance *before = map_get(&changing->before, input->instances[k].name);
            compare_instance(changing, before, &after);
            if (before)
                before->met = true;
        }
    }
    for (size_t i = 0; i < from->input_count; i++) {
        const struct input *input = from->inputs[i];
        for (size_t k = 0; k < input->instance_count && !input->hidden; k++) {
            const struct named_instance *before = map_get(&changing->before, input->instances[k].name);
            if (!before->met)
                compare_instance(changing, before, NULL);
        }
    }
}

// ---- structure ---------------------------------------------------------------------------------------------------------------

static const struct index *index_named(const struct program *program, struct text name)
{
    for (size_t i = 0; i < program->index_count; i++)
        if (text_equal(program->indexes[i]->name, name))
            return program->indexes[i];
    return NULL;
}

static bool has_member(const struct index *index, struct text member)
{
    for (size_t i = 0; index && i < index->count; i++)
        if (text_equal(index->members[i], member))
            return true;
    return false;
}

// The members of `index` that `other` has not.
static const struct text *members_beyond(struct arena *arena, const struct index *index, const struct index *other, size_t *count)
{
    VECTOR(struct text) list = {0};
    for (size_t i = 0; index && i < index->count; i++)
        if (!has_member(other, index->members[i]))
            vector_push(arena, &list, index->members[i]);
    *count = list.count;
    return list.at;
}

static void compare_index(struct changing *changing, struct text name, const struct index *before, const struct index *after)
{
    struct changed_index changed = {.name = name};
    changed.added = members_beyond(changing->arena, after, before, &changed.added_count);
    changed.gone = members_beyond(changing->arena, before, after, &changed.gone_count);
    if (changed.added_count + changed.gone_count > 0)
        vector_push(changing->arena, &changing->indexes, changed);
}

static void compare_indexes(struct changing *changing, const struct program *from, const struct program *to)
{
    for (size_t i = 0; i < to->index_count; i++)
        compare_index(changing, to->indexes[i]->name, index_named(from, to->indexes[i]->name), to->indexes[i]);
    for (size_t i = 0; i < from->index_count; i++)
        if (!index_named(to, from->indexes[i]->name))
            compare_index(changing, from->indexes[i]->name, from->indexes[i], NULL);
}

struct changed_data *changed_data(struct arena *arena, const struct program *from, const struct program *to)
{
    struct changing changing = {.arena = arena, .before = map_on(arena)};
    struct changed_data *changed = arena_alloc(arena, sizeof *changed);
    compare_inputs(&changing, from, to);
    compare_indexes(&changing, from, to);
    *changed = (struct changed_data){
        .input_count = changing.inputs.count,
        .inputs = changing.inputs.at,
        .index_count = changing.indexes.count,
        .indexes = changing.indexes.at,
        .present_moved = from->timeline.present != to->timeline.present,
        .present = {timeline_step_name(arena, &from->timeline, from->timeline.present), timeline_step_name(arena, &to->timeline, to->timeline.present)},
    };
    return changed;
}
