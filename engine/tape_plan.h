// From a model to a tape in three moves: which values are computed and which operators are joined (tape_pair.c), in what
// order (tape_order.c), and where each value stands (tape.c).
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

// Needed values, their uses, and the pairs.
void plan_nodes(struct tape_plan *plan);
struct node_arguments plan_arguments(const struct tape_plan *plan, value_id node);
uint16_t plan_code(const struct tape_plan *plan, value_id node);

// Fills `order` so that few values are alive at a time.
void plan_order(struct tape_plan *plan);

#endif
