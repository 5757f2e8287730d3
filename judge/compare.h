// Why two sides come to different verdicts on the same claims (`crux compare`, `crux diff`).
//
// The sides differ on items (dsl/blend.h). A coalition is a set of items switched from side A's value to side B's. Its value is the
// probability of the claim. The smallest coalitions that turn A's verdict into B's are the double crux. An item's share is its
// Shapley value (Shapley 1953; for explaining a change: Strumbelj and Kononenko 2014): the mean over all orders of switching of
// what the item adds; shares add up to the change. Exact up to COMPARE_EXACT items that reach the claim, else over random orders,
// each with its reverse, with a standard error.
#ifndef JUDGE_COMPARE_H
#define JUDGE_COMPARE_H

#include "dsl/blend.h"
#include "judge/judge.h"
#include "judge/verdict.h"

struct model;

enum { COMPARE_EXACT = 12, SWITCHING_MOST = 3, SWITCHING_SETS = 8 };

struct compared_side {
    enum verdict_kind kind;
    enum evidence basis;
    struct probability probability;
    double premise_share;
    bool central_holds, central_relevant;
    const struct central_comparison *comparisons;
    size_t comparison_count;
    const char *reason;            // as in struct verdict
};

struct compared_item {
    size_t item;                   // position in blend->items
    double share;                  // of the change in probability, with its sign
    double error;                  // standard error; 0: exact
    double first, last;            // what it adds when it is switched alone, and when it is switched after all others
};

struct switching_set {
    size_t count;
    size_t items[SWITCHING_MOST];
    struct probability probability;// with these switched to B's values
};

struct compared_claim {
    const struct claim *claim;
    int member;
    struct text name;              // "behind[own]"
    const struct scenario *scenario; // the claim's own, on top of both sides; NULL: baseline
    const char *reading;
    struct compared_side sides[2];
    bool differs;                  // in verdict, or in probability by more than both are uncertain; what follows is only then filled in
    double change;                 // B's probability less A's, as the shares add up to it; NAN where there is none (blocked, vacuous)
    double change_error;           // 0: exact
    bool exact;                    // all coalitions were evaluated
    uint64_t coalitions, futures;  // evaluated, and futures each
    uint64_t silent;               // of the coalitions: the claim says nothing there; they count as half way between the sides
    size_t item_count;             // of those that reach the claim: largest share first, then in the order of the items
    const struct compared_item *items;
    size_t set_count;              // no larger than SWITCHING_MOST, smallest first; 0: none so small, or the verdict is the same
    const struct switching_set *sets;
    size_t whole_count;            // with no such set: a larger one none of which can be left out; items, else 0
    const size_t *whole;
};

struct compared {
    const struct blend *blend;
    const char *sides[2];          // what the sides are called: "b", "2025-04-30"
    size_t claim_count;            // all of them, those that differ too
    const struct compared_claim *claims;
    size_t idle_count;             // items that move no claim
    const size_t *idle;
    bool cancelled;
};

// `model` is that of blend->program. With BLEND_STRUCTURE also the one of blend->before, else NULL. On `arena`.
struct compared *judge_compare(struct arena *arena, struct arena *scratch, const struct blend *blend, const struct model *model,
                                 const struct model *before, const struct judge_options *options);

#endif
