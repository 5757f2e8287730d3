// The order of the steps, found from the last to the first.
//
// Going backwards, a value is alive from its last user until its own step. A node whose users all have their place may be
// placed next; the one is taken that adds the fewest values to those alive (its arguments not yet alive, less itself), among
// equals the one that is deepest in the model, so that a model over time goes back in time step by step.
#include "base/arena.h"
#include "base/vector.h"
#include "engine/tape_plan.h"

// A heap of keys, the greatest first: depth in the high half, value in the low.
struct heap {
    uint64_t *at;
    size_t count, room;
};

static void heap_push(struct arena *arena, struct heap *heap, uint64_t key)
{
    vector_push(arena, heap, key);
    size_t i = heap->count - 1;
    for (; i > 0 && heap->at[(i - 1) / 2] < key; i = (i - 1) / 2)
        heap->at[i] = heap->at[(i - 1) / 2];
    heap->at[i] = key;
}

static uint64_t heap_pop(struct heap *heap)
{
    const uint64_t top = heap->at[0], last = heap->at[--heap->count];
    size_t i = 0;
    for (size_t child; (child = 2 * i + 1) < heap->count; i = child) {
        if (child + 1 < heap->count && heap->at[child + 1] > heap->at[child])
            child++;
        if (heap->at[child] <= last)
            break;
        heap->at[i] = heap->at[child];
    }
    heap->at[i] = last;
    return top;
}

enum { GROWTHS = 4 }; // -1, 0, 1, 2 more values alive

struct ordering {
    struct tape_plan *plan;
    uint32_t *depth;
    uint32_t *waiting;      // users without a place yet
    bool *alive, *placed;
    struct node_arguments *lists; // of each node: the distinct nodes among its arguments
    size_t *user_start;     // users of value v: users[user_start[v]] .. users[user_start[v + 1] - 1]
    value_id *users;
    struct heap ready[GROWTHS];
};

static struct node_arguments node_list(const struct tape_plan *plan, value_id node)
{
    const struct node_arguments all = plan_arguments(plan, node);
    struct node_arguments list = {0, {0, 0, 0}};
    for (size_t i = 0; i < all.count; i++) {
        bool seen = !plan->is_node[all.values[i]] || plan_is_constant(plan, all.values[i]);
        for (size_t k = 0; k < list.count; k++)
            seen = seen || list.values[k] == all.values[i];
        if (!seen)
            list.values[list.count++] = all.values[i];
    }
    return list;
}

static void find_users(struct ordering *o)
{
    const struct tape_plan *plan = o->plan;
    for (value_id node = 0; node < plan->value_count; node++) {
        if (!plan->is_node[node])
            continue;
        const struct node_arguments list = o->lists[node] = node_list(plan, node);
        for (size_t i = 0; i < list.count; i++) {
            o->waiting[list.values[i]]++;
            if (o->depth[list.values[i]] >= o->depth[node])
                o->depth[node] = o->depth[list.values[i]] + 1;
        }
    }
    for (size_t v = 0; v < plan->value_count; v++)
        o->user_start[v + 1] = o->user_start[v] + o->waiting[v];
    o->users = arena_array(plan->scratch, o->user_start[plan->value_count], sizeof *o->users);
    uint32_t *filled = arena_array(plan->scratch, plan->value_count, sizeof *filled);
    for (value_id node = 0; node < plan->value_count; node++) {
        if (!plan->is_node[node])
            continue;
        const struct node_arguments list = o->lists[node];
        for (size_t i = 0; i < list.count; i++)
            o->users[o->user_start[list.values[i]] + filled[list.values[i]]++] = node;
    }
}

static size_t growth_of(const struct ordering *o, value_id node)
{
    const struct node_arguments list = o->lists[node];
    size_t growth = 0;
    for (size_t i = 0; i < list.count; i++)
        growth += !o->alive[list.values[i]];
    return growth;
}

static void make_ready(struct ordering *o, value_id node)
{
    heap_push(o->plan->scratch, &o->ready[growth_of(o, node)], (uint64_t)o->depth[node] << 32 | node);
}

// The arguments of a placed node come alive; their other users that are ready then add one value less.
static void place(struct ordering *o, value_id node)
{
    o->placed[node] = true;
    const struct node_arguments list = o->lists[node];
    for (size_t i = 0; i < list.count; i++) {
        const value_id argument = list.values[i];
        if (!o->alive[argument]) {
            o->alive[argument] = true;
            for (size_t u = o->user_start[argument]; u < o->user_start[argument + 1]; u++)
                if (o->waiting[o->users[u]] == 0 && !o->placed[o->users[u]])
                    make_ready(o, o->users[u]);
        }
        if (--o->waiting[argument] == 0)
            make_ready(o, argument);
    }
}

// A node may stand in several heaps: it counts where its present growth puts it.
static value_id next_ready(struct ordering *o)
{
    for (size_t growth = 0; growth < GROWTHS; growth++)
        while (o->ready[growth].count > 0) {
            const value_id node = (value_id)(heap_pop(&o->ready[growth]) & UINT32_MAX);
            if (!o->placed[node] && growth_of(o, node) == growth)
                return node;
        }
    return NO_VALUE;
}

void plan_order(struct tape_plan *plan)
{
    struct arena *scratch = plan->scratch;
    const size_t count = plan->value_count;
    struct ordering o = {.plan = plan,
                         .depth = arena_array(scratch, count, sizeof *o.depth),
                         .waiting = arena_array(scratch, count, sizeof *o.waiting),
                         .alive = arena_array(scratch, count, sizeof *o.alive),
                         .placed = arena_array(scratch, count, sizeof *o.placed),
                         .lists = arena_array(scratch, count, sizeof *o.lists),
                         .user_start = arena_array(scratch, count + 1, sizeof *o.user_start)};
    find_users(&o);
    for (value_id node = 0; node < count; node++)
        if (plan->is_node[node] && o.waiting[node] == 0)
            make_ready(&o, node);
    plan->order = arena_array(scratch, plan->node_count, sizeof *plan->order);
    for (size_t i = plan->node_count; i-- > 0;) {
        plan->order[i] = next_ready(&o);
        place(&o, plan->order[i]);
    }
}
