// Inputs, definitions and claims by name: in which world, for which member, at which step; each once a box.
#include <math.h>

#include "base/buffer.h"
#include "verify/law.h"
#include "verify/walk.h"

// ---- worlds -----------------------------------------------------------------------------------------------------------------

static const struct walk_world *world_over(struct walk *walk, const struct walk_world *below, const struct override *override)
{
    for (size_t i = 0; i < walk->worlds.count; i++)
        if (walk->worlds.at[i]->below == below && walk->worlds.at[i]->override == override)
            return walk->worlds.at[i];
    struct walk_world *world = arena_alloc(walk->arena, sizeof *world);
    *world = (struct walk_world){below, override, (below != NULL && below->varies) || node_varies(override->value)};
    vector_push(walk->arena, &walk->worlds, world);
    return world;
}

const struct walk_world *walk_with(struct walk *walk, const struct walk_world *below, const struct override *sets, size_t count)
{
    for (size_t i = 0; i < count; i++)
        below = world_over(walk, below, &sets[i]);
    return below;
}

// ---- values already found ---------------------------------------------------------------------------------------------------

static size_t place_of(const struct walk_entry *key, size_t room)
{
    uint64_t hash = (uint64_t)(uintptr_t)key->owner * 0x9e3779b97f4a7c15u ^ (uint64_t)(uintptr_t)key->world;
    hash = (hash ^ key->member) * 0x9e3779b97f4a7c15u;
    hash = (hash ^ (uint64_t)(unsigned)key->step) * 0x9e3779b97f4a7c15u;
    return (size_t)(hash >> 20) & (room - 1);
}

static bool same_key(const struct walk_entry *a, const struct walk_entry *b)
{
    return a->owner == b->owner && a->world == b->world && a->member == b->member && a->step == b->step;
}

// Where the entry is, or would be.
static struct walk_entry *find(const struct walk *walk, const struct walk_entry *key)
{
    size_t i = place_of(key, walk->entry_room);
    while (walk->entries[i].box == walk->box_number && !same_key(&walk->entries[i], key))
        i = (i + 1) & (walk->entry_room - 1);
    return &walk->entries[i];
}

static void make_room(struct walk *walk)
{
    if (2 * walk->entry_count < walk->entry_room)
        return;
    const struct walk_entry *old = walk->entries;
    const size_t old_room = walk->entry_room;
    walk->entry_room = old_room == 0 ? 4096 : 4 * old_room;
    walk->entries = arena_array(walk->arena, walk->entry_room, sizeof *walk->entries);
    for (size_t i = 0; i < old_room; i++)
        if (old[i].box == walk->box_number)
            *find(walk, &old[i]) = old[i];
}

static void note(struct walk *walk, const struct walk_entry *key, struct range value, bool busy)
{
    make_room(walk);
    struct walk_entry *entry = find(walk, key);
    walk->entry_count += entry->box != walk->box_number;
    *entry = *key;
    entry->box = walk->box_number;
    entry->busy = busy;
    entry->value = value;
}

// ---- inputs -----------------------------------------------------------------------------------------------------------------

static size_t axis_of(const struct walk *walk, const struct input *input, size_t instance, size_t period)
{
    for (size_t i = 0; i < walk->axis_count; i++)
        if (walk->axes[i].input == input && walk->axes[i].instance == instance && walk->axes[i].period == period)
            return i;
    return SIZE_MAX;
}

static struct range choices(const struct distribution *law, double low, double high)
{
    struct range r = {INFINITY, -INFINITY, false};
    for (size_t i = 0; i < law->choice_count; i++)
        if (low <= (double)i && (double)i <= high) {
            r.low = fmin(r.low, law->values[i]);
            r.high = fmax(r.high, law->values[i]);
        }
    return r;
}

// An input without an axis may be anywhere in its range: the claim need not turn on all that it reads.
static struct range anywhere(const struct distribution *law)
{
    if (law_is_discrete(law))
        return choices(law, 0, (double)law->choice_count);
    const struct range ends = law_ends(law);
    return isfinite(ends.low) && isfinite(ends.high) ? ends : law_drawn(law, LAW_TAIL, 1 - LAW_TAIL);
}

static struct range point_of(struct walk *walk, const struct input *input, size_t instance, size_t point, size_t period)
{
    const struct distribution law = law_followed(&input->instances[instance].points[point].law, input->type.fraction);
    double value;
    if (law_is_single(&law, &value))
        return range_of(value);
    const size_t axis = axis_of(walk, input, instance, period);
    if (axis == SIZE_MAX) {
        const struct range whole = anywhere(&law);
        return range_is_none(whole) ? walk_give_up(walk, arena_printf(walk->arena, "no axis for the input %.*s, which the claim reads",
                                                                      TEXT_ARGS(input->instances[instance].name)))
                                    : whole;
    }
    const double low = walk->box[2 * axis], high = walk->box[2 * axis + 1];
    if (walk->axes[axis].by_draw) {
        const struct range r = law_drawn(&law, low, high);
        return range_is_none(r) ? walk_give_up(walk, "a law whose draws the re-checker cannot turn into values") : r;
    }
    return walk->axes[axis].choice ? choices(&law, low, high) : range_between(low, high);
}

static double period_at(const struct input *input, double instant)
{
    return floor(instant / input->varies + 1e-6);
}

static struct range input_value(struct walk *walk, const struct input *input, size_t instance, int step)
{
    const struct input_instance *read = &input->instances[instance];
    if (read->missing != NULL)
        return walk_give_up(walk, "data that is not there");
    if (read->point_count > 1) {
        struct range values[WALK_POINTS];
        if (read->point_count > WALK_POINTS)
            return walk_give_up(walk, "a path of more points than the re-checker looks at");
        for (size_t i = 0; i < read->point_count; i++)
            values[i] = point_of(walk, input, instance, i, 0);
        return walk_input_path(walk, read, values, step);
    }
    size_t period = 0;
    if (input->varies > 0)
        period = (size_t)(period_at(input, walk_first(walk, step)) - period_at(input, walk_first(walk, 0)));
    return point_of(walk, input, instance, 0, period);
}

// ---- names ------------------------------------------------------------------------------------------------------------------

struct named {
    const struct node *node;
    const void *owner;
    const struct index *const *params;
    size_t count;
    int members[WALK_SLOTS];
};

static struct named named_by(const struct node *node)
{
    if (node->kind == NODE_INPUT)
        return (struct named){node, node->input, node->input->params, node->input->param_count, {0}};
    if (node->kind == NODE_CLAIM)
        return (struct named){node, node->claim, node->claim->params, node->claim->param_count, {0}};
    return (struct named){node, node->definition, node->definition->params, node->definition->param_count, {0}};
}

static bool sets(const struct override *override, const struct named *named)
{
    if (override->input != named->owner && override->definition != named->owner)
        return false;
    for (size_t i = 0; i < named->count; i++)
        if (override->members[i] >= 0 && override->members[i] != named->members[i])
            return false;
    return true;
}

// The value under the sets from `from` down.
static struct range layered(struct walk *walk, const struct named *named, const struct walk_entry *key, const struct walk_world *from)
{
    struct walk_scene inside = {.world = key->world, .step = key->step};
    for (size_t i = 0; i < named->count; i++)
        inside.slots[i] = named->members[i];
    for (const struct walk_world *world = from; world != NULL && named->node->kind != NODE_CLAIM; world = world->below)
        if (sets(world->override, named)) {
            inside.self = key;
            inside.layer = world->below;
            return walk_node(walk, world->override->value, &inside);
        }
    if (named->node->kind == NODE_INPUT)
        return input_value(walk, named->node->input, key->member, key->step);
    return walk_node(walk, named->node->kind == NODE_CLAIM ? named->node->claim->condition : named->node->definition->body, &inside);
}

static bool at_every_step(const struct named *named, const struct walk_world *world)
{
    if (named->node->kind == NODE_CLAIM)
        return false;
    return named->node->kind == NODE_INPUT || named->node->definition->varies || (world != NULL && world->varies);
}

static struct range value_of(struct walk *walk, const struct named *named, size_t member, const struct walk_scene *scene)
{
    const struct walk_world *world = scene->world;
    if (named->node->kind == NODE_CLAIM)
        world = walk_with(walk, world, named->node->claim->overrides, named->node->claim->override_count);
    const struct walk_entry key = {.owner = named->owner, .world = world, .member = member, .step = at_every_step(named, world) ? scene->step : 0};
    if (scene->self != NULL && same_key(scene->self, &key)) // a set that mentions what it sets means what lies below
        return layered(walk, named, &key, scene->layer);
    make_room(walk);
    const struct walk_entry *known = find(walk, &key);
    if (known->box == walk->box_number)
        return known->busy ? walk_give_up(walk, "values that depend on themselves") : known->value;
    note(walk, &key, range_none(), true);
    const struct range value = layered(walk, named, &key, world);
    note(walk, &key, value, false);
    return value;
}

// From parameter `at` on; a member that is not known gives the hull over those it can be.
static struct range over_members(struct walk *walk, struct named *named, size_t at, size_t member, const struct walk_scene *scene)
{
    if (at == named->count)
        return value_of(walk, named, member, scene);
    const struct range which = walk_node(walk, named->node->args[at], scene);
    const size_t members = named->params[at]->count;
    struct range r = range_none();
    bool any = false;
    for (size_t i = 0; i < members; i++) {
        if (!(which.low <= (double)i && (double)i <= which.high))
            continue;
        named->members[at] = (int)i;
        const struct range value = over_members(walk, named, at + 1, member * members + i, scene);
        r = any ? range_hull(r, value) : value;
        any = true;
    }
    r.missing = r.missing || which.missing;
    return r;
}

struct range walk_name(struct walk *walk, const struct node *node, const struct walk_scene *scene)
{
    struct named named = named_by(node);
    if (named.count > WALK_SLOTS)
        return walk_give_up(walk, "too many indexes");
    return over_members(walk, &named, 0, 0, scene);
}
