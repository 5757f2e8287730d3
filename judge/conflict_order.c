// Whether truths contradict each other by their form alone: chains of comparisons that come back to where they began, as in
// a < b, b < c, c < a, and a truth and its negation. Boxes cannot show these: they stay open along a = b.
#include <math.h>

#include "judge/conflicting.h"

enum { ORDER_VALUES = 64, ORDER_TRUTHS = 256 };
enum relation_of { UNRELATED, AT_MOST, BELOW };

struct truth {
    value_id value;
    bool wanted;
};
struct order {
    const struct model *model;
    size_t value_count, truth_count;
    value_id values[ORDER_VALUES];
    uint8_t relation[ORDER_VALUES][ORDER_VALUES];
    struct truth truths[ORDER_TRUTHS]; // all of them are so
    bool contrary;
    bool equals;                       // what is said to be equal counts too: such values do not merely touch
};

static void add_truth(struct order *order, value_id value, bool wanted)
{
    for (size_t i = 0; i < order->truth_count; i++)
        if (order->truths[i].value == value) {
            order->contrary = order->contrary || order->truths[i].wanted != wanted;
            return;
        }
    if (order->truth_count < ORDER_TRUTHS) // what is left out only shows less
        order->truths[order->truth_count++] = (struct truth){value, wanted};
}

static size_t place_of(struct order *order, value_id value)
{
    size_t i = 0;
    while (i < order->value_count && order->values[i] != value)
        i++;
    if (i == order->value_count && i < ORDER_VALUES)
        order->values[order->value_count++] = value;
    return i;
}

static void relate(struct order *order, value_id low, value_id high, enum relation_of relation)
{
    const size_t from = place_of(order, low), to = place_of(order, high);
    if (from < ORDER_VALUES && to < ORDER_VALUES && order->relation[from][to] < relation)
        order->relation[from][to] = (uint8_t)relation;
}

// What follows from one truth: more truths, or an order of two values. A comparison that holds or fails has values on both sides.
static void follow(struct order *order, struct truth truth)
{
    const struct instruction *it = &order->model->code[truth.value];
    if (it->op == OP_NOT)
        add_truth(order, it->a, !truth.wanted);
    if ((it->op == OP_AND && truth.wanted) || (it->op == OP_OR && !truth.wanted)) {
        add_truth(order, it->a, truth.wanted);
        add_truth(order, it->b, truth.wanted);
    }
    if ((it->op == OP_LT || it->op == OP_LE) && truth.wanted)
        relate(order, it->a, it->b, it->op == OP_LT ? BELOW : AT_MOST);
    if ((it->op == OP_LT || it->op == OP_LE) && !truth.wanted)
        relate(order, it->b, it->a, it->op == OP_LT ? AT_MOST : BELOW);
    if (order->equals && ((it->op == OP_EQ && truth.wanted) || (it->op == OP_NE && !truth.wanted))) {
        relate(order, it->a, it->b, AT_MOST);
        relate(order, it->b, it->a, AT_MOST);
    }
}

static void relate_constants(struct order *order)
{
    for (size_t i = 0; i < order->value_count; i++)
        for (size_t k = 0; k < order->value_count; k++) {
            const struct instruction *a = &order->model->code[order->values[i]], *b = &order->model->code[order->values[k]];
            if (i != k && a->op == CODE_CONST && b->op == CODE_CONST && a->constant <= b->constant)
                relate(order, order->values[i], order->values[k], a->constant < b->constant ? BELOW : AT_MOST);
        }
}

// Through each value in between; then a value that lies below itself is a contradiction, and two that are at most each other are equal.
static enum order_end run_circles(struct order *order)
{
    enum order_end end = ORDER_OPEN;
    for (size_t k = 0; k < order->value_count; k++)
        for (size_t i = 0; i < order->value_count; i++)
            for (size_t j = 0; order->relation[i][k] && j < order->value_count; j++) {
                const uint8_t first = order->relation[i][k], second = order->relation[k][j], through = first > second ? first : second;
                if (second && order->relation[i][j] < through)
                    order->relation[i][j] = through;
            }
    for (size_t i = 0; i < order->value_count; i++) {
        if (order->relation[i][i] == BELOW)
            return ORDER_CONTRARY;
        end = order->relation[i][i] == AT_MOST ? ORDER_EDGE : end;
    }
    return end;
}

static enum order_end end_of(struct arena *scratch, const struct model *model, value_id all, bool equals)
{
    struct order *order = arena_alloc(scratch, sizeof *order);
    order->model = model;
    order->equals = equals;
    add_truth(order, all, true);
    for (size_t i = 0; i < order->truth_count; i++)
        follow(order, order->truths[i]);
    relate_constants(order);
    return order->contrary ? ORDER_CONTRARY : run_circles(order);
}

enum order_end conflict_by_order(struct arena *scratch, const struct model *model, value_id all)
{
    return end_of(scratch, model, all, true) == ORDER_CONTRARY ? ORDER_CONTRARY : end_of(scratch, model, all, false);
}
