// From a model to a tape in three moves: which values are computed and which operators are joined (tape_pair.c), in what
// order (tape_order.c), and where each value stands (tape.c; for boxes enclose.c and affine_make.c).
#ifndef ENGINE_TAPE_PLAN_H
#define ENGINE_TAPE_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/model.h"

struct arena;

// Arrays are by value. A value is a node when a step makes it: it is needed, not a constant argument, not inside a pair.
struct tape_plan {
    struct arena *scratch;
    const struct model *model;
    size_t value_count;      // one past the greatest root
    const value_id *roots;
    size_t root_count;
    bool unpaired;           // no two operators in one step
    uint32_t *uses;          // as an argument of a needed value, and as a root
    bool *is_root;
    bool *is_node;
    value_id *joined;        // the argument that is computed in the same step, or NO_VALUE
    size_t node_count;
    value_id *order;         // the nodes, in the order of their steps
};

struct node_arguments {
    uint32_t count;
    value_id values[3];
};

static inline bool plan_is_constant(const struct tape_plan *plan, value_id value)
{
    return plan->model->code[value].op == CODE_CONST;
}

// The first two moves. Everything is taken from `scratch`.
struct tape_plan plan_of(struct arena *scratch, const struct model *model, const value_id *roots, size_t root_count, bool unpaired);
// The columns that the nodes read, ascending, into `columns`, which has room for all of the model's; how many.
size_t plan_columns(const struct tape_plan *plan, size_t *columns);
// By value: how many nodes read it, and one more for a root, so that it outlives them all. On scratch.
uint32_t *plan_uses_left(const struct tape_plan *plan);
// One past the greatest root; the constants among so many values.
size_t plan_values_below(const value_id *roots, size_t root_count);
size_t plan_constants_below(const struct model *model, size_t value_count);

// Needed values, their uses, and the pairs.
void plan_nodes(struct tape_plan *plan);
struct node_arguments plan_arguments(const struct tape_plan *plan, value_id node);
uint16_t plan_code(const struct tape_plan *plan, value_id node);

// Fills `order` so that few values are alive at a time.
void plan_order(struct tape_plan *plan);

#endif
