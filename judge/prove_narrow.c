// Narrowing: the part of a box in which the question may go against what is to be shown.
//
// Every goal has to be met there. A comparison that has to hold is a linear condition on the box's axes, by the affine forms of
// its sides; of several conditions that all have to hold each narrows in turn, of several of which one suffices the hull of
// what each leaves counts. Forms say nothing about futures without a value, so what may be missing narrows nothing.
#include "judge/proving.h"

#include <math.h>
#include <string.h>

enum { VISITS_MOST = 400, DEPTH_MOST = 64, SPINE_MOST = 6 };

struct narrowing {
    const struct proving *proving;
    const struct affine_root *roots;
    const truth_set *sets;
    size_t lane;
    struct linear *forms;      // SPINE_MOST + 2
    double *places;            // DEPTH_MOST places
    size_t visits, spine_count;
};

struct narrowing *narrowing_make(struct arena *arena, const struct proving *proving)
{
    struct narrowing *it = arena_alloc(arena, sizeof *it);
    const size_t axes = proving->axes->count;
    *it = (struct narrowing){.proving = proving};
    it->forms = arena_array(arena, SPINE_MOST + 2, sizeof *it->forms);
    for (size_t i = 0; i < SPINE_MOST + 2; i++)
        it->forms[i].slope = arena_array(arena, axes, sizeof(double));
    it->places = arena_array(arena, 2 * axes * DEPTH_MOST, sizeof *it->places);
    return it;
}

static uint8_t may(bool wanted)
{
    return wanted ? MAY_HOLD : MAY_FAIL;
}

// ---- one comparison -----------------------------------------------------------------------------------------------------------

// The form that is at most 0 where the comparison is as wanted. False when there is none that says something.
static bool condition_of(const struct narrowing *it, const struct logic_node *node, bool wanted, struct linear *form)
{
    const struct affine_root *left = &it->roots[node->a], *right = &it->roots[node->b];
    const size_t axes = it->proving->axes->count;
    if (node->op != OP_LT && node->op != OP_LE)
        return false;
    return wanted ? linear_of(form, left, right, axes, it->lane) : linear_of(form, right, left, axes, it->lane);
}

static bool narrow_by_comparison(struct narrowing *it, const struct logic_node *node, bool wanted, double *place)
{
    struct linear *form = &it->forms[SPINE_MOST];
    const size_t axes = it->proving->axes->count;
    if (node->op == OP_EQ && wanted) {
        const struct affine_root *left = &it->roots[node->a], *right = &it->roots[node->b];
        return (!linear_of(form, left, right, axes, it->lane) || linear_narrow(form, axes, place)) &&
               (!linear_of(form, right, left, axes, it->lane) || linear_narrow(form, axes, place));
    }
    return !condition_of(it, node, wanted, form) || linear_narrow(form, axes, place);
}

// ---- formulas -------------------------------------------------------------------------------------------------------------------

static bool narrow_node(struct narrowing *it, uint32_t position, bool wanted, double *place, size_t depth);

// One of two suffices: the hull of what each leaves. What is missing leaves all.
static bool narrow_either(struct narrowing *it, const struct logic_node *node, bool wanted, double *place, size_t depth)
{
    const size_t numbers = 2 * it->proving->axes->count;
    double *other = it->places + depth * numbers;
    memcpy(other, place, numbers * sizeof *other);
    const bool first = narrow_node(it, node->a, wanted, place, depth + 1), second = narrow_node(it, node->b, wanted, other, depth + 1);
    for (size_t i = 0; second && i < numbers; i += 2) {
        place[i] = first ? fmin(place[i], other[i]) : other[i];
        place[i + 1] = first ? fmax(place[i + 1], other[i + 1]) : other[i + 1];
    }
    return first || second;
}

// False when no future of the place is as wanted (or without a value). `place` may then be spoilt.
static bool narrow_node(struct narrowing *it, uint32_t position, bool wanted, double *place, size_t depth)
{
    const struct logic_node *node = &it->proving->logic->nodes[position];
    const uint8_t set = it->sets[position][it->lane];
    if (!(set & (may(wanted) | MAY_MISS)))
        return false;
    if (set == may(wanted) || ++it->visits > VISITS_MOST || depth >= DEPTH_MOST)
        return true;
    switch (node->op) {
    case OP_LT:
    case OP_LE:
    case OP_EQ:
        return set & MAY_MISS ? true : narrow_by_comparison(it, node, wanted, place);
    case OP_NOT:
        return narrow_node(it, node->a, !wanted, place, depth + 1);
    case OP_AND:
    case OP_OR:
        if ((node->op == OP_OR) == wanted)
            return narrow_either(it, node, wanted, place, depth);
        return narrow_node(it, node->a, wanted, place, depth + 1) && narrow_node(it, node->b, wanted, place, depth + 1);
    default:
        return true;
    }
}

// ---- pairs ------------------------------------------------------------------------------------------------------------------------

// The comparisons that all have to be as wanted.
static void collect_spine(struct narrowing *it, uint32_t position, bool wanted, size_t depth)
{
    const struct logic_node *node = &it->proving->logic->nodes[position];
    const uint8_t set = it->sets[position][it->lane];
    if (it->spine_count >= SPINE_MOST || set == may(wanted) || depth >= DEPTH_MOST)
        return;
    if (node->op == OP_NOT) {
        collect_spine(it, node->a, !wanted, depth + 1);
    } else if ((node->op == OP_AND && wanted) || (node->op == OP_OR && !wanted)) {
        collect_spine(it, node->a, wanted, depth + 1);
        collect_spine(it, node->b, wanted, depth + 1);
    } else if ((node->op == OP_LT || node->op == OP_LE) && !(set & MAY_MISS)) {
        it->spine_count += condition_of(it, node, wanted, &it->forms[it->spine_count]);
    }
}

static bool narrow_by_pairs(struct narrowing *it, double *place)
{
    const size_t axes = it->proving->axes->count;
    for (size_t i = 0; i < it->spine_count; i++)
        for (size_t k = i + 1; k < it->spine_count; k++)
            if (!linear_narrow_both(&it->forms[i], &it->forms[k], &it->forms[SPINE_MOST], axes, place))
                return false;
    return true;
}

// ---- a box ------------------------------------------------------------------------------------------------------------------------

// When a goal that decides what is relevant may be missing, the future counts whatever the conclusion does.
static bool in_doubt(const struct narrowing *it)
{
    const struct logic *logic = it->proving->logic;
    for (size_t i = 0; i < logic->goal_count; i++)
        if (!logic->goals[i].conclusion && it->sets[logic->goals[i].node][it->lane] & MAY_MISS)
            return true;
    return false;
}

bool narrow_box(struct narrowing *it, const struct affine_root *roots, const truth_set *sets, size_t lane, double *place)
{
    const struct logic *logic = it->proving->logic;
    it->roots = roots;
    it->sets = sets;
    it->lane = lane;
    it->visits = it->spine_count = 0;
    const bool doubt = in_doubt(it);
    for (size_t i = 0; i < logic->goal_count; i++) {
        const struct goal *goal = &logic->goals[i];
        if (goal->conclusion && doubt)
            continue;
        if (!narrow_node(it, goal->node, goal->wanted, place, 0))
            return false;
        collect_spine(it, goal->node, goal->wanted, 0);
    }
    return narrow_by_pairs(it, place);
}
