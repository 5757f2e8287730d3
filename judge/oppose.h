// Futures near the central one in which a claim does the opposite, found by moving few inputs.
#ifndef JUDGE_OPPOSE_H
#define JUDGE_OPPOSE_H

#include "base/vector.h"
#include "judge/leaning.h"
#include "judge/nearest.h"

struct near_list {
    struct near *at;
    size_t count, room;
};

struct opposing {
    struct places places;
    const struct scatter *scatter;
    struct leaning leaning;   // not set when an input alone suffices, before oppose_lean
    struct near_list singles; // one input moved, nearest first: from the flips inside the range
    struct near_list pairs;   // two, as near as was found, nearest first; none are looked for where one suffices
    struct near_list sparse;  // hits among the kept futures with all inputs put back that it takes not; fewest first
    struct near_list several; // the best of these and of greedy ones, three or more inputs, brought near; fewest first
};

// False when nothing can be moved, or the claim reads estimates. Everything is on scratch.
bool oppose(struct opposing *opposing, struct work *work, const struct inquiry *inquiry, const struct scatter *scatter);

// Sets the leaning if it is not yet.
void oppose_lean(struct opposing *opposing);

// How many inputs the most telling pairs and triples are chosen from, and hits that are followed up.
enum { OPPOSE_PAIRS = 24, OPPOSE_TRIPLES = 12, OPPOSE_FOLLOWED = 32, OPPOSE_REFINED = 2 };

#endif
