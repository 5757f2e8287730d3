// What the parts of judge/conflict.c share. Not for other folders.
#ifndef JUDGE_CONFLICTING_H
#define JUDGE_CONFLICTING_H

#include "base/vector.h"
#include "judge/conflict.h"
#include "judge/joint.h"
#include "judge/verdict.h"
#include "judge/widen.h"

// One claim, for one member. Both sets of futures: as the sources have it, and with almost any inputs.
struct side {
    const struct question *question; // NULL: not among these futures
    const uint64_t *premise, *holds;
};
struct contender {
    struct side near, wide;
};

struct conflict_set {
    size_t count;
    size_t members[CONFLICT_MOST]; // contenders, ascending
    bool near;                     // kind 1; else kind 2
    bool wide;                     // it holds in none of the widened futures either
    uint64_t speaking;             // futures in which all speak, of those of its kind
    double expected;               // futures in which all would hold by chance
};
struct conflict_sets {
    struct conflict_set *at;
    size_t count, room;
};

struct conflicting {
    struct work *work;
    const struct widened *widened; // NULL: not made
    struct contender *contenders;
    size_t count;
    uint64_t near_futures;
    size_t near_words, wide_words;
    bool *apart;                   // [a * count + b], a < b: a set of the two was found
    struct conflict_sets sets;
};

// conflict_sets.c: adds the sets of kind 1, then those of kind 2.
void conflict_near_sets(struct conflicting *conflicting);
void conflict_wide_sets(struct conflicting *conflicting);
// conflict_prove.c: whether no future of the box (widened or not) lets all hold; an edge: only where two values are equal may one.
enum order_end { ORDER_OPEN, ORDER_EDGE, ORDER_CONTRARY };
enum order_end conflict_prove(struct conflicting *conflicting, const struct conflict_set *set, bool wide);
// conflict_order.c: the same by the form of the truth `all`, in which ANDs, NOTs and comparisons are seen.
enum order_end conflict_by_order(struct arena *scratch, const struct model *model, value_id all);

#endif
