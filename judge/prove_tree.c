// The tree of boxes, walked in rounds: the newest boxes are taken from the pile, all of them are looked at, and the halves of
// those that stay open go back on it in the same order. A round is the same however many threads share it, so the boxes that
// are counted are too.
#include "judge/proving.h"

#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/vector.h"

enum {
    ROUND_BOXES = 512,
    SHARED_BOXES = 64, // a round of fewer is not worth a thread
};
// After a part of the effort the decided weight says how many boxes the whole would need, as the pile is worked
// off from its end. More than GIVE_UP times the effort: it is given up.
#define GIVE_UP 8
#define FIRST_JUDGEMENT 0.125
// Where not one box is decided after a smaller part, nor after as many boxes as proofs at hand need before their first: it is
// given up as well. Proofs with many axes, which are dear, come at once or not at all.
#define FIRST_SIGN 0.03125
enum { SIGN_BOXES = 512, MANY_AXES = 24, SIGN_BOXES_OF_MANY = 31 };

struct numbers { // as VECTOR(double)
    double *at;
    size_t count, room;
};

struct box_tree {
    const struct proving *proving;
    const struct proof_effort *effort;
    size_t size;              // numbers of a box
    struct numbers pile, leaves;
    double *before, *now;     // the boxes of this round, as taken and as narrowed
    struct box_step *steps;
    size_t step_count;
    struct stepper **steppers;
    double decided;           // weight of the boxes decided
    uint64_t boxes;
    _Atomic size_t next;
};

static void push_leaf(struct box_tree *tree, const double *box)
{
    for (size_t i = 0; i < tree->size; i++)
        vector_push(tree->proving->work->scratch, &tree->leaves, box[i]);
}

// Behind a box stands its weight: that of the whole is 1, and both halves of a box have half of its.
static void push_box(struct box_tree *tree, const double *box, double weight)
{
    for (size_t i = 0; i < tree->size; i++)
        vector_push(tree->proving->work->scratch, &tree->pile, box[i]);
    vector_push(tree->proving->work->scratch, &tree->pile, weight);
}

// ---- a round ----------------------------------------------------------------------------------------------------------------

static void take_boxes(struct box_tree *tree)
{
    const size_t stride = tree->size + 1, there = tree->pile.count / stride;
    const uint64_t left = tree->effort->boxes - tree->boxes;
    tree->step_count = there < ROUND_BOXES ? there : ROUND_BOXES;
    tree->step_count = tree->step_count < left ? tree->step_count : (size_t)left;
    tree->pile.count -= tree->step_count * stride;
    memcpy(tree->before, tree->pile.at + tree->pile.count, tree->step_count * stride * sizeof *tree->before);
    memcpy(tree->now, tree->before, tree->step_count * stride * sizeof *tree->now);
    for (size_t i = 0; i < tree->step_count; i++)
        tree->steps[i] = (struct box_step){.box = tree->now + i * stride};
    tree->boxes += tree->step_count;
}

struct helper {
    struct box_tree *tree;
    struct stepper *stepper;
    pthread_t thread;
};

static void *look_at_boxes(void *argument)
{
    struct helper *helper = argument;
    struct box_tree *tree = helper->tree;
    for (size_t first; (first = atomic_fetch_add(&tree->next, BOX_LANES)) < tree->step_count;) {
        const size_t left = tree->step_count - first;
        stepper_run(helper->stepper, tree->steps + first, left < BOX_LANES ? left : BOX_LANES);
    }
    return NULL;
}

// The calling thread is the first helper. A thread that cannot be had is done without.
static void look_at_round(struct box_tree *tree, struct helper *helpers)
{
    const size_t threads = tree->step_count < SHARED_BOXES ? 1 : tree->proving->work->run.threads;
    size_t started = 1;
    atomic_store(&tree->next, 0);
    while (started < threads && pthread_create(&helpers[started].thread, NULL, look_at_boxes, &helpers[started]) == 0)
        started++;
    look_at_boxes(&helpers[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(helpers[i].thread, NULL);
}

// What narrowing cut off is shown as well: one slab for each side that moved.
static void keep_slabs(struct box_tree *tree, const double *before, const double *now)
{
    double *slab = arena_array(tree->proving->work->scratch, tree->size, sizeof *slab);
    memcpy(slab, before, tree->size * sizeof *slab);
    for (size_t i = 0; i < tree->size; i += 2) {
        const bool choice = tree->proving->axes->at[i / 2].kind == AXIS_CHOICE;
        if (now[i] > before[i]) {
            slab[i + 1] = now[i] - (choice ? 1 : 0);
            push_leaf(tree, slab);
        }
        slab[i] = now[i];
        slab[i + 1] = before[i + 1];
        if (now[i + 1] < before[i + 1]) {
            slab[i] = now[i + 1] + (choice ? 1 : 0);
            push_leaf(tree, slab);
        }
        slab[i] = now[i];
        slab[i + 1] = now[i + 1];
    }
}

static void push_halves(struct box_tree *tree, const struct box_step *step, double weight)
{
    const size_t at = 2 * step->axis;
    const double high = step->box[at + 1];
    step->box[at + 1] = step->low_end;
    push_box(tree, step->box, weight / 2);
    step->box[at + 1] = high;
    step->box[at] = step->high_start;
    push_box(tree, step->box, weight / 2);
}

// PROOF_SHOWN: so far.
static enum proof_end settle_round(struct box_tree *tree)
{
    for (size_t i = 0; i < tree->step_count; i++) {
        const struct box_step *step = &tree->steps[i];
        const double *before = tree->before + i * (tree->size + 1), weight = before[tree->size];
        if (step->fate == BOX_AGAINST)
            return PROOF_AGAINST;
        if (step->fate == BOX_OPEN && !step->again && step->axis == SIZE_MAX)
            return PROOF_EDGE;
        if (step->fate == BOX_DECIDED)
            tree->decided += weight;
        if (step->fate == BOX_DECIDED && tree->effort->keep_leaves)
            push_leaf(tree, before);
        if (step->fate == BOX_DECIDED)
            continue;
        if (tree->effort->keep_leaves)
            keep_slabs(tree, before, step->box);
        if (step->again)
            push_box(tree, step->box, weight);
        else
            push_halves(tree, step, weight);
    }
    return PROOF_SHOWN;
}

static bool without_a_sign(const struct box_tree *tree)
{
    const double least = tree->proving->axes->count > MANY_AXES ? SIGN_BOXES_OF_MANY : SIGN_BOXES;
    return tree->decided == 0 && (double)tree->boxes >= fmax(least, FIRST_SIGN * (double)tree->effort->boxes);
}

static bool hopeless(const struct box_tree *tree)
{
    const double boxes = (double)tree->boxes, effort = (double)tree->effort->boxes;
    return boxes >= effort || without_a_sign(tree) || (boxes >= FIRST_JUDGEMENT * effort && boxes > GIVE_UP * effort * tree->decided);
}

static enum proof_end search(struct box_tree *tree, struct helper *helpers)
{
    while (tree->pile.count > 0 || tree->boxes == 0) {
        if (hopeless(tree) || atomic_load(&tree->proving->work->cancelled))
            return PROOF_EFFORT;
        take_boxes(tree);
        look_at_round(tree, helpers);
        const enum proof_end end = settle_round(tree);
        if (end != PROOF_SHOWN)
            return end;
    }
    return PROOF_SHOWN;
}

struct tree_result tree_search(const struct proving *proving, const struct proof_effort *effort)
{
    struct work *work = proving->work;
    struct box_tree tree = {.proving = proving, .effort = effort, .size = 2 * proving->axes->count};
    struct helper *helpers = arena_array(work->scratch, work->run.threads, sizeof *helpers);
    for (size_t i = 0; i < work->run.threads; i++)
        helpers[i] = (struct helper){.tree = &tree, .stepper = stepper_make(work->scratch, proving)};
    tree.before = arena_array(work->scratch, ROUND_BOXES * (tree.size + 1), sizeof *tree.before);
    tree.now = arena_array(work->scratch, ROUND_BOXES * (tree.size + 1), sizeof *tree.now);
    tree.steps = arena_array(work->scratch, ROUND_BOXES, sizeof *tree.steps);
    double *whole = arena_array(work->scratch, tree.size, sizeof *whole);
    axes_whole(proving->axes, whole);
    push_box(&tree, whole, 1);
    struct tree_result result = {.end = search(&tree, helpers), .boxes = tree.boxes, .decided = tree.decided};
    if (result.end == PROOF_SHOWN && effort->keep_leaves) {
        double *leaves = arena_array(work->arena, tree.leaves.count, sizeof *leaves);
        if (tree.leaves.count)
            memcpy(leaves, tree.leaves.at, tree.leaves.count * sizeof *leaves);
        result.leaf_count = tree.size ? tree.leaves.count / tree.size : 0;
        result.leaves = leaves;
    }
    return result;
}
