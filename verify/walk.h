// What the nodes of a program are worth over a box of inputs: the tree is walked, nothing is compiled.
#ifndef VERIFY_WALK_H
#define VERIFY_WALK_H

#include "base/arena.h"
#include "base/vector.h"
#include "dsl/program.h"
#include "verify/range.h"

// Which draw of which input an axis of the box is.
struct walk_axis {
    const struct input *input;
    size_t instance, period;
    bool by_draw, choice;       // as in judge/verdict.h: probabilities, or positions of a choice; else values
};

// The sets in force: one on top of those below.
struct walk_world {
    const struct walk_world *below;
    const struct override *override;
    bool varies;                // some set makes something vary over time
};

struct walk_entry {             // a value that was found in the present box
    const void *owner;
    const struct walk_world *world;
    size_t member;
    int step;
    unsigned box;               // which one; others count as free
    bool busy;
    struct range value;
};

struct walk {
    struct arena *arena;
    const struct program *program;
    size_t axis_count;
    const struct walk_axis *axes;
    const double *box;          // low, high of each axis
    unsigned box_number;
    struct walk_entry *entries;
    size_t entry_count, entry_room;
    VECTOR(const struct walk_world *) worlds;
    long visits;                // left
    int depth;
    const char *reason;         // why what was found says nothing; NULL: it does
};

void walk_init(struct walk *walk, struct arena *arena, const struct program *program);
const struct walk_world *walk_with(struct walk *walk, const struct walk_world *below, const struct override *sets, size_t count);
// Goes to another box; values of the last are forgotten.
void walk_enter(struct walk *walk, const double *box);
// A truth without step; member -1: the claim has no parameter.
struct range walk_truth(struct walk *walk, const struct node *node, const struct walk_world *world, int member);

// ---- inside -----------------------------------------------------------------------------------------------------------------

enum { WALK_SLOTS = 16, WALK_DEPTH = 5000, WALK_POINTS = 64 };

struct walk_scene {
    const struct walk_world *world;
    int step;
    bool now_at_end;                  // in the dates of a window
    const struct node *call;          // of the function being evaluated
    const struct walk_scene *caller;
    const struct walk_entry *self;    // whose set value this is, a copy of its key, and what lies below that set
    const struct walk_world *layer;
    int slots[WALK_SLOTS];
};

struct range walk_node(struct walk *walk, const struct node *node, const struct walk_scene *scene);
struct range walk_at(struct walk *walk, const struct node *node, const struct walk_scene *scene, int step);
struct range walk_name(struct walk *walk, const struct node *node, const struct walk_scene *scene);
struct range walk_time(struct walk *walk, const struct node *node, const struct walk_scene *scene);
struct range walk_window(struct walk *walk, const struct node *node, const struct walk_scene *scene);
struct range walk_when(struct walk *walk, const struct node *node, const struct walk_scene *scene);
struct range walk_path(struct walk *walk, const struct node *node, const struct walk_scene *scene);
// Between the points of an input (at most WALK_POINTS), whose values these are.
struct range walk_input_path(struct walk *walk, const struct input_instance *instance, const struct range *values, int step);
double walk_first(const struct walk *walk, int step); // instant of a step
struct range walk_give_up(struct walk *walk, const char *reason);

// Sums and the like over members, steps or items.
struct walk_total {
    enum reduce reduce;
    double wanted;              // of EXACTLY and AT_LEAST
    size_t count;
    struct range so_far;
};
struct walk_total walk_total_of(const struct node *node);
void walk_total_add(struct walk_total *total, struct range x);
struct range walk_total_value(const struct walk_total *total, struct range count);

#endif
