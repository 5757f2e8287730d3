#include "judge/proving.h"

#include <math.h>
#include <string.h>

// ---- making ---------------------------------------------------------------------------------------------------------------

#define NONE UINT32_MAX

static bool is_comparison(uint32_t op)
{
    return op == OP_LT || op == OP_LE || op == OP_EQ || op == OP_NE;
}

static bool is_connective(uint32_t op)
{
    return op == OP_AND || op == OP_OR || op == OP_NOT || op == OP_SELECT;
}

struct making {
    const struct model *model;
    struct logic *logic;
    uint32_t *root_of;  // by value: among the roots, or NONE
    uint32_t *node_of;  // by value
    bool *is_truth;     // by value: wanted as a node
};

static uint32_t root_for(struct making *making, value_id value)
{
    struct logic *logic = making->logic;
    if (making->root_of[value] == NONE) {
        making->root_of[value] = (uint32_t)logic->root_count;
        logic->roots[logic->root_count++] = value;
    }
    return making->root_of[value];
}

// Values are made from earlier ones: from the last to the first, all users of a value have been seen before it.
static void mark_truths(struct making *making, size_t count)
{
    for (size_t v = count; v-- > 0;) {
        const struct instruction *it = &making->model->code[v];
        if (!making->is_truth[v] || !is_connective(it->op))
            continue;
        making->is_truth[it->a] = true;
        if (it->op != OP_NOT)
            making->is_truth[it->b] = true;
        if (it->op == OP_SELECT)
            making->is_truth[it->c] = true;
    }
}

static uint32_t constant_set(double value)
{
    return isnan(value) ? MAY_MISS : value != 0 ? MAY_HOLD : MAY_FAIL;
}

static struct logic_node node_for(struct making *making, value_id value)
{
    const struct instruction *it = &making->model->code[value];
    if (it->op == CODE_CONST)
        return (struct logic_node){CODE_CONST, constant_set(it->constant), 0, 0};
    if (is_comparison(it->op)) {
        const uint32_t left = root_for(making, it->a);
        return (struct logic_node){it->op, left, root_for(making, it->b), 0};
    }
    if (!is_connective(it->op))
        return (struct logic_node){CODE_COLUMN, root_for(making, value), 0, 0};
    struct logic_node node = {it->op, making->node_of[it->a], 0, 0};
    if (it->op != OP_NOT)
        node.b = making->node_of[it->b];
    if (it->op == OP_SELECT)
        node.c = making->node_of[it->c];
    return node;
}

static void make_nodes(struct making *making, size_t count)
{
    struct logic *logic = making->logic;
    for (size_t v = 0; v < count; v++) {
        if (!making->is_truth[v])
            continue;
        making->node_of[v] = (uint32_t)logic->count;
        logic->nodes[logic->count++] = node_for(making, (value_id)v);
    }
}

static void add_goal(struct making *making, value_id value, bool wanted, bool conclusion)
{
    if (value != NO_VALUE)
        making->logic->goals[making->logic->goal_count++] = (struct goal){making->node_of[value], wanted, conclusion};
}

static void mark_conclusion(struct logic *logic)
{
    for (size_t i = 0; i < logic->goal_count; i++)
        logic->concludes[logic->goals[i].node] = logic->goals[i].conclusion;
    for (size_t i = logic->count; i-- > 0;) {
        const struct logic_node *node = &logic->nodes[i];
        if (!logic->concludes[i] || !is_connective(node->op))
            continue;
        logic->concludes[node->a] = true;
        if (node->op != OP_NOT)
            logic->concludes[node->b] = true;
        if (node->op == OP_SELECT)
            logic->concludes[node->c] = true;
    }
}

static size_t value_limit(const value_id *values, size_t count)
{
    size_t limit = 0;
    for (size_t i = 0; i < count; i++)
        if (values[i] != NO_VALUE && values[i] >= limit)
            limit = (size_t)values[i] + 1;
    return limit;
}

struct logic logic_make(struct arena *arena, const struct model *model, const struct question *question, enum proof_outcome outcome)
{
    struct logic logic = {0};
    const value_id conclusion = outcome == PROOF_IRRELEVANT ? NO_VALUE : question->conclusion;
    const value_id values[] = {question->assumed, question->premise, question->exception, conclusion};
    const size_t count = value_limit(values, 4);
    struct making making = {.model = model, .logic = &logic};
    making.root_of = arena_array(arena, count, sizeof *making.root_of);
    making.node_of = arena_array(arena, count, sizeof *making.node_of);
    making.is_truth = arena_array(arena, count, sizeof *making.is_truth);
    for (size_t v = 0; v < count; v++)
        making.root_of[v] = NONE;
    for (size_t i = 0; i < 4; i++)
        if (values[i] != NO_VALUE)
            making.is_truth[values[i]] = true;
    mark_truths(&making, count);
    logic.nodes = arena_array(arena, count, sizeof *logic.nodes);
    logic.roots = arena_array(arena, count, sizeof *logic.roots);
    make_nodes(&making, count);
    add_goal(&making, question->assumed, true, false);
    add_goal(&making, question->premise, true, false);
    add_goal(&making, question->exception, false, false);
    add_goal(&making, conclusion, outcome == PROOF_FAILS, true);
    logic.concludes = arena_array(arena, logic.count, sizeof *logic.concludes);
    mark_conclusion(&logic);
    return logic;
}

// ---- sets -----------------------------------------------------------------------------------------------------------------

// Exact over all pairs of values: a known false side decides, whatever the other is.
static uint8_t set_and(uint8_t a, uint8_t b)
{
    uint8_t set = (uint8_t)((a & b & MAY_HOLD) | ((a | b) & MAY_FAIL));
    if (((a & MAY_MISS) && (b & (MAY_HOLD | MAY_MISS))) || ((b & MAY_MISS) && (a & (MAY_HOLD | MAY_MISS))))
        set |= MAY_MISS;
    return set;
}

static uint8_t set_not(uint8_t a)
{
    return (uint8_t)((a & MAY_MISS) | (a & MAY_FAIL ? MAY_HOLD : 0) | (a & MAY_HOLD ? MAY_FAIL : 0));
}

static uint8_t set_or(uint8_t a, uint8_t b)
{
    return set_not(set_and(set_not(a), set_not(b)));
}

static uint8_t set_select(uint8_t condition, uint8_t yes, uint8_t no)
{
    return (uint8_t)((condition & MAY_MISS) | (condition & MAY_HOLD ? yes : 0) | (condition & MAY_FAIL ? no : 0));
}

static uint8_t set_less(const struct enclosure *x, const struct enclosure *y, size_t lane, bool equal)
{
    uint8_t set = x->missing[lane] != 0 || y->missing[lane] != 0 ? MAY_MISS : 0;
    if (x->low[lane] < y->high[lane] || (equal && x->low[lane] == y->high[lane]))
        set |= MAY_HOLD;
    if (x->high[lane] > y->low[lane] || (!equal && x->high[lane] == y->low[lane]))
        set |= MAY_FAIL;
    return set;
}

static uint8_t set_equal(const struct enclosure *x, const struct enclosure *y, size_t lane)
{
    uint8_t set = x->missing[lane] != 0 || y->missing[lane] != 0 ? MAY_MISS : 0;
    const bool point = x->low[lane] == x->high[lane] && y->low[lane] == y->high[lane];
    if (x->low[lane] <= y->high[lane] && y->low[lane] <= x->high[lane])
        set |= MAY_HOLD;
    if (!(point && x->low[lane] == y->low[lane]) && x->low[lane] <= x->high[lane] && y->low[lane] <= y->high[lane])
        set |= MAY_FAIL;
    return set;
}

static uint8_t set_truth(const struct enclosure *x, size_t lane)
{
    uint8_t set = x->missing[lane] != 0 ? MAY_MISS : 0;
    if (x->low[lane] <= 1 && x->high[lane] >= 1)
        set |= MAY_HOLD;
    if (x->low[lane] <= 0 && x->high[lane] >= 0)
        set |= MAY_FAIL;
    return set;
}

static uint8_t leaf_set(const struct logic_node *node, const struct enclosure *roots, size_t lane)
{
    switch (node->op) {
    case CODE_CONST:
        return (uint8_t)node->a;
    case OP_LT:
    case OP_LE:
        return set_less(&roots[node->a], &roots[node->b], lane, node->op == OP_LE);
    case OP_EQ:
        return set_equal(&roots[node->a], &roots[node->b], lane);
    case OP_NE:
        return set_not(set_equal(&roots[node->a], &roots[node->b], lane));
    default:
        return set_truth(&roots[node->a], lane);
    }
}

static uint8_t joined_set(const struct logic_node *node, const truth_set *sets, size_t lane)
{
    switch (node->op) {
    case OP_NOT:
        return set_not(sets[node->a][lane]);
    case OP_AND:
        return set_and(sets[node->a][lane], sets[node->b][lane]);
    case OP_OR:
        return set_or(sets[node->a][lane], sets[node->b][lane]);
    default:
        return set_select(sets[node->a][lane], sets[node->b][lane], sets[node->c][lane]);
    }
}

void logic_leaves(const struct logic *logic, const struct enclosure *roots, truth_set *sets)
{
    for (size_t i = 0; i < logic->count; i++)
        for (size_t lane = 0; !is_connective(logic->nodes[i].op) && lane < BOX_LANES; lane++)
            sets[i][lane] = leaf_set(&logic->nodes[i], roots, lane);
}

void logic_combine(const struct logic *logic, truth_set *sets)
{
    for (size_t i = 0; i < logic->count; i++)
        for (size_t lane = 0; is_connective(logic->nodes[i].op) && lane < BOX_LANES; lane++)
            sets[i][lane] = joined_set(&logic->nodes[i], (const truth_set *)sets, lane);
}

// ---- what they say ----------------------------------------------------------------------------------------------------------

enum box_fate logic_fate(const struct logic *logic, const truth_set *sets, size_t lane)
{
    bool missing = false, against = true, shown = false;
    for (size_t i = 0; i < logic->goal_count; i++) {
        const struct goal *goal = &logic->goals[i];
        const uint8_t set = sets[goal->node][lane], wanted = goal->wanted ? MAY_HOLD : MAY_FAIL;
        if (!goal->conclusion && !(set & (wanted | MAY_MISS)))
            return BOX_DECIDED; // never relevant, never in doubt
        shown = shown || !(set & (wanted | MAY_MISS));
        missing = missing || (set & MAY_MISS) != 0;
        against = against && set == wanted;
    }
    if (against)
        return BOX_AGAINST;
    return shown && !missing ? BOX_DECIDED : BOX_OPEN;
}

static uint8_t turned(uint8_t live)
{
    return (uint8_t)((live & LIVE_FOR ? LIVE_COUNTER : 0) | (live & LIVE_COUNTER ? LIVE_FOR : 0));
}

static void pass_down(const struct logic_node *node, uint8_t how, uint8_t *live)
{
    if (node->op == OP_NOT) {
        live[node->a] |= turned(how);
        return;
    }
    live[node->a] |= node->op == OP_SELECT ? LIVE_FOR | LIVE_COUNTER : how;
    live[node->b] |= how;
    if (node->op == OP_SELECT)
        live[node->c] |= how;
}

static bool is_settled(uint8_t set)
{
    return set == MAY_FAIL || set == MAY_HOLD;
}

void logic_live(const struct logic *logic, const truth_set *sets, size_t lane, uint8_t *live)
{
    memset(live, 0, logic->count * sizeof *live);
    for (size_t i = 0; i < logic->goal_count; i++)
        live[logic->goals[i].node] |= logic->goals[i].wanted ? LIVE_FOR : LIVE_COUNTER;
    for (size_t i = logic->count; i-- > 0;) {
        if (is_settled(sets[i][lane]))
            live[i] = 0;
        if (live[i] && is_connective(logic->nodes[i].op))
            pass_down(&logic->nodes[i], live[i], live);
    }
}

bool logic_is_comparison(const struct logic_node *node)
{
    return is_comparison(node->op);
}
