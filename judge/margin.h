// How far a truth is from being the other way, in every future: the quantitative semantics of signal temporal logic
// (Donze and Maler 2010), read off the instructions. A comparison gives comparison_margin; `and` takes the least, `or` the
// greatest, `not` the negative, a choice between truths that of the arm taken, cut by how far the condition is from
// changing. Time phrases and words over members are made of these. Positive where the truth holds, negative where it fails.
#ifndef JUDGE_MARGIN_H
#define JUDGE_MARGIN_H

#include "judge/work.h"

enum { MARGIN_COMPARISONS = 1024 }; // of more the margin is not followed

struct margin_step {
    uint32_t op;             // of the instruction
    uint32_t args[3];        // earlier steps, or roots: left and right of a comparison, the value of anything else
    bool plain;              // of a comparison: a difference in every future
};
struct margin_plan {
    size_t root_count;
    value_id *roots;         // what the comparisons compare: two each
    size_t step_count;       // 0: nothing is compared, or too much
    struct margin_step *steps;
};

struct margin_plan margin_plan_of(struct arena *arena, const struct model *model, value_id truth);
// Sees that a comparison of which some side is not positive in this future goes by the difference in every future, so that its
// margin does not jump from one future to another.
void margin_settle(struct margin_plan *plan, const double *const *values, size_t lane);
// values[r] points at the value of root r. `room`: plan.step_count doubles. NAN without a plan or a value, and where the truth
// turns on nothing that is compared.
double margin_at(const struct margin_plan *plan, const double *const *values, size_t lane, double *room);

#endif
