// One expression and what is to be seen below it.
#include <math.h>

#include "judge/deriving.h"

// ---- where to look -----------------------------------------------------------------------------------------------------

// One step towards the expression that gives the value; false when it is there.
static bool peel_once(struct deriving *deriving, struct site *site)
{
    const struct node *node = site->node;
    const int step = trace_step(site->spot);
    int first, last;
    double known;
    if (node->kind == NODE_TIME && (node->phrase == PHRASE_AT || node->count < 3)) {
        if (!trace_steps(deriving->trace, 0, node, site->spot, &first, &last))
            return false;
        site->spot = trace_at(deriving->trace, site->spot, first);
        site->node = node->args[0];
    } else if (node->kind == NODE_UNDER) {
        site->spot = trace_under(deriving->trace, site->spot, node);
        site->under = node->scenario;
        site->node = node->args[0];
    } else if (node->kind == NODE_PREVIOUS || node->kind == NODE_LAG) {
        const int back = node->kind == NODE_PREVIOUS ? 1 : node->steps;
        site->node = node->args[step < back ? 1 : 0];
        if (step >= back)
            site->spot = trace_at(deriving->trace, site->spot, step - back);
    } else if (node->kind == NODE_APPLY && node->op == OP_SELECT) {
        if (!trace_known(deriving->trace, node->args[0], site->spot, &known) || isnan(known))
            return false;
        site->node = node->args[known != 0 ? 1 : 2];
    } else if (node->kind == NODE_TABLE) {
        if (!trace_known(deriving->trace, node->args[0], site->spot, &known) || !(known >= 0 && known + 1 < (double)node->count))
            return false;
        site->node = node->args[1 + (size_t)known];
    } else {
        return false;
    }
    return true;
}

struct site peel(struct deriving *deriving, struct site site)
{
    while (peel_once(deriving, &site))
        continue;
    return site;
}

// ---- what an expression is ---------------------------------------------------------------------------------------------

bool is_comparison(const struct node *node)
{
    if (node->kind != NODE_APPLY)
        return false;
    switch (node->op) {
    case OP_LT:
    case OP_LE:
    case OP_GT:
    case OP_GE:
    case OP_EQ:
    case OP_NE:
    case OP_IS:
    case OP_IS_NOT:
    case OP_IN_RANGE:
    case OP_IN_SET:
    case OP_WITHIN:
        return true;
    default:
        return false;
    }
}

static bool is_junction(const struct node *node)
{
    return node->kind == NODE_COUNTED ||
           (node->kind == NODE_APPLY &&
            (node->op == OP_AND || node->op == OP_OR || node->op == OP_NOT || node->op == OP_IMPLIES || node->op == OP_UNLESS));
}

static bool is_limit(const struct node *node)
{
    return node->kind == NODE_APPLY && (node->op == OP_MIN || node->op == OP_MAX) && node->count > 1;
}

static bool is_bare(const struct node *node) // says all by itself
{
    return node->kind == NODE_CONST || node->kind == NODE_BINDER || node->kind == NODE_NOW || node->kind == NODE_PARAM;
}

// Worth a line of its own, with its value.
static bool has_shape(const struct node *node)
{
    switch (node->kind) {
    case NODE_REDUCE:
    case NODE_TIME:
    case NODE_WINDOW:
    case NODE_WHEN:
    case NODE_BINDS:
    case NODE_SLOPE:
    case NODE_AGGREGATE:
    case NODE_HOLE:
    case NODE_MISSING:
        return true;
    default:
        return is_comparison(node) || is_junction(node) || is_limit(node) || (node->kind == NODE_APPLY && node->op == OP_SELECT);
    }
}

// ---- what it reads -----------------------------------------------------------------------------------------------------

static bool is_listed(struct deriving *deriving, const struct derived *derived, struct site site)
{
    struct traced_name name;
    if (!trace_name(deriving->trace, 0, site.node, site.spot, &name))
        return false;
    const void *owner = name.definition ? (const void *)name.definition : name.claim ? (const void *)name.claim : (const void *)name.input;
    const void *world = name.body ? name.world : NULL;
    const int step = trace_step(site.spot);
    for (size_t i = 0; i < derived->child_count; i++) {
        const struct derived *child = derived->children[i];
        if (child->form != DERIVED_EXPRESSION && child->key.owner == owner && child->key.world == world && child->key.member == name.member &&
            (child->step < 0 || child->step == step))
            return true;
    }
    return false;
}

static void gather(struct deriving *deriving, struct derived *derived, struct site site);
static void gather_path(struct deriving *deriving, struct derived *derived, struct site site);

static void gather_one(struct deriving *deriving, struct derived *derived, struct site site)
{
    site = peel(deriving, site);
    if (is_bare(site.node))
        return;
    if (site.node->kind == NODE_PATH)
        gather_path(deriving, derived, site);
    else if (!is_name(site.node) && !has_shape(site.node))
        gather(deriving, derived, site);
    else if (!is_name(site.node) || !is_listed(deriving, derived, site))
        derive_add(deriving, derived, site, ROLE_READ, true);
}

static void gather(struct deriving *deriving, struct derived *derived, struct site site)
{
    for (size_t i = 0; i < site.node->count; i++)
        gather_one(deriving, derived, part_of(site, site.node->args[i]));
}

// Of points in time those that the value lies between.
static void gather_path(struct deriving *deriving, struct derived *derived, struct site site)
{
    enum { EDGE_SECONDS = 1 };
    const struct timeline *timeline = &deriving->program->timeline;
    const struct path *path = site.node->path;
    const double instant = timeline->start + (double)(trace_step(site.spot) + 1) * timeline->length;
    size_t first = 0;
    while (first + 1 < path->count && path->instants[first + 1] <= instant + EDGE_SECONDS)
        first++;
    gather_one(deriving, derived, part_of(site, site.node->args[first]));
    if (first + 1 < path->count && path->instants[first] < instant - EDGE_SECONDS)
        gather_one(deriving, derived, part_of(site, site.node->args[first + 1]));
}

// ---- sums --------------------------------------------------------------------------------------------------------------

struct sum {
    VECTOR(struct site) terms;
    VECTOR(bool) less;
};

static void list_terms(struct deriving *deriving, struct site site, bool less, struct sum *sum)
{
    const struct node *node = site.node;
    const bool adds = node->kind == NODE_APPLY && (node->op == OP_ADD || node->op == OP_SUB) && node->type.kind == KIND_QUANTITY;
    if (!adds) {
        vector_push(deriving->arena, &sum->terms, site);
        vector_push(deriving->arena, &sum->less, less);
        return;
    }
    list_terms(deriving, part_of(site, node->args[0]), less, sum);
    list_terms(deriving, part_of(site, node->args[1]), less != (node->op == OP_SUB), sum);
}

// Terms that are names, and numbers beside them, need no lines of their own: they are what the formula reads.
static bool is_worth_splitting(const struct sum *sum)
{
    size_t compound = 0, all = 0;
    for (size_t i = 0; i < sum->terms.count; i++) {
        const struct node *node = sum->terms.at[i].node;
        all += !is_bare(node);
        compound += !is_bare(node) && !is_name(node);
    }
    return all > 1 && compound > 0;
}

static void open_sum(struct deriving *deriving, struct derived *derived, struct site site)
{
    struct sum sum = {0};
    list_terms(deriving, site, false, &sum);
    if (!is_worth_splitting(&sum)) {
        gather(deriving, derived, site);
        return;
    }
    for (size_t i = 0; i < sum.terms.count; i++) {
        bool matters = sum.terms.at[i].node->kind == NODE_APPLY && sum.terms.at[i].node->op == OP_SELECT; // or why it is nothing
        for (size_t f = 0; f < deriving->columns; f++)
            matters = matters || trace_value(deriving->trace, f, sum.terms.at[i].node, sum.terms.at[i].spot) != 0;
        if (!is_bare(sum.terms.at[i].node))
            derive_add(deriving, derived, sum.terms.at[i], sum.less.at[i] ? ROLE_LESS : ROLE_TERM, matters);
    }
}

// ---- choices -----------------------------------------------------------------------------------------------------------

static bool is_marked(const struct deriving *deriving, const bool *marked)
{
    bool any = false;
    for (size_t f = 0; f < deriving->columns; f++)
        any = any || marked[f];
    return any;
}

static void open_limit(struct deriving *deriving, struct derived *derived, struct site site)
{
    const struct node *node = site.node;
    for (size_t i = 0; i < node->count; i++) {
        const struct site term = part_of(site, node->args[i]);
        bool marked[DERIVED_COLUMNS] = {false};
        for (size_t f = 0; f < deriving->columns; f++)
            marked[f] = trace_value(deriving->trace, f, term.node, term.spot) == trace_value(deriving->trace, f, node, site.spot);
        struct derived *child = derive_add(deriving, derived, term, ROLE_TERM, is_marked(deriving, marked));
        for (size_t f = 0; f < deriving->columns; f++)
            child->marked[f] = marked[f];
        if (node->labels)
            child->label = node->labels[i];
    }
}

static void open_choice(struct deriving *deriving, struct derived *derived, struct site site)
{
    const struct node *node = site.node;
    const struct derived *condition = derive_add(deriving, derived, part_of(site, node->args[0]), ROLE_CONDITION, true);
    for (size_t branch = 1; branch <= 2; branch++) {
        bool marked[DERIVED_COLUMNS] = {false};
        for (size_t f = 0; f < deriving->columns; f++)
            marked[f] = condition->values[f] == (branch == 1 ? 1 : 0);
        if (!is_marked(deriving, marked))
            continue;
        struct derived *child = derive_add(deriving, derived, part_of(site, node->args[branch]), ROLE_BRANCH, true);
        for (size_t f = 0; f < deriving->columns; f++)
            child->marked[f] = marked[f];
    }
}

struct part_list {
    VECTOR(struct site) at;
};

// `a and b and c` has three parts.
static void list_parts(struct deriving *deriving, struct site site, enum op op, struct part_list *parts)
{
    for (size_t i = 0; i < site.node->count; i++) {
        const struct site part = part_of(site, site.node->args[i]);
        const bool same = part.node->kind == NODE_APPLY && part.node->op == op && (op == OP_AND || op == OP_OR);
        if (same)
            list_parts(deriving, part, op, parts);
        else
            vector_push(deriving->arena, &parts->at, part);
    }
}

// How much a part tells about the whole, 0: nothing. Of a false `and` only what is false does, of a true `or` only what is true, in
// either future; most tells what makes the counterexample one.
static int telling(struct deriving *deriving, struct site whole, struct site part, enum op op)
{
    int most = op == OP_AND || op == OP_OR ? 0 : 1;
    for (size_t f = 0; f < deriving->columns; f++) {
        const double all = trace_value(deriving->trace, f, whole.node, whole.spot), own = trace_value(deriving->trace, f, part.node, part.spot);
        const bool decided = all == (op == OP_AND ? 0 : 1);
        const int here = most > 0 && op != OP_AND && op != OP_OR ? 1 : decided && own == all ? 2 : !decided ? 1 : 0;
        most = here > most ? here : most;
    }
    return most;
}

static void open_junction(struct deriving *deriving, struct derived *derived, struct site site)
{
    const enum op op = site.node->kind == NODE_COUNTED ? OP_NONE : site.node->op;
    struct part_list parts = {0};
    list_parts(deriving, site, op, &parts);
    struct derived **added = arena_array(deriving->arena, parts.at.count, sizeof(struct derived *));
    for (size_t i = 0; i < parts.at.count; i++)
        if (!is_bare(parts.at.at[i].node))
            added[i] = derive_add(deriving, derived, parts.at.at[i], ROLE_PART, false);
    // What tells most is opened first: what it shares with others then stands there.
    for (int level = 2; level > 0; level--)
        for (size_t i = 0; i < parts.at.count; i++)
            if (added[i] && telling(deriving, site, parts.at.at[i], op) == level)
                derive_later(deriving, added[i], parts.at.at[i]);
}

static void open_sides(struct deriving *deriving, struct derived *derived, struct site site)
{
    for (size_t i = 0; i < site.node->count; i++)
        if (!is_bare(site.node->args[i]))
            derive_add(deriving, derived, part_of(site, site.node->args[i]), ROLE_SIDE, true);
}

// ---- any ---------------------------------------------------------------------------------------------------------------

static void open_apply(struct deriving *deriving, struct derived *derived, struct site site)
{
    const enum op op = site.node->op;
    if (is_comparison(site.node))
        open_sides(deriving, derived, site);
    else if (is_junction(site.node))
        open_junction(deriving, derived, site);
    else if (is_limit(site.node))
        open_limit(deriving, derived, site);
    else if (op == OP_SELECT)
        open_choice(deriving, derived, site);
    else if ((op == OP_ADD || op == OP_SUB) && site.node->type.kind == KIND_QUANTITY)
        open_sum(deriving, derived, site);
    else
        gather(deriving, derived, site);
}

void derive_open(struct deriving *deriving, struct derived *derived, struct site site)
{
    site = peel(deriving, site);
    switch (site.node->kind) {
    case NODE_APPLY:
        open_apply(deriving, derived, site);
        break;
    case NODE_COUNTED:
        open_junction(deriving, derived, site);
        break;
    case NODE_REDUCE:
        open_members(deriving, derived, site);
        break;
    case NODE_TIME:
        open_phrase(deriving, derived, site);
        break;
    case NODE_WINDOW:
        open_window(deriving, derived, site);
        break;
    case NODE_WHEN:
        open_when(deriving, derived, site);
        break;
    case NODE_PATH:
        gather_path(deriving, derived, site);
        break;
    case NODE_INPUT:
    case NODE_DEFINITION:
    case NODE_CLAIM:
        gather_one(deriving, derived, site);
        break;
    default:
        gather(deriving, derived, site);
        break;
    }
}
