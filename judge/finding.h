// What was found out about one question: which inputs reach it, its tallies, its probability and what follows.
#ifndef JUDGE_FINDING_H
#define JUDGE_FINDING_H

#include "judge/tally.h"

// What the values of a question depend on.
struct reach {
    size_t input_count, bounds_count, aggregate_count;
    size_t *inputs;      // all input columns, ascending
    size_t *bounds;      // those without a probability
    size_t *aggregates;  // aggregate columns
    bool uncertain;      // some input column has a probability
    bool enumerable;     // no input column, or all are uncut, independent choices with few combinations
    size_t combinations;
    size_t free_combinations; // of the columns without a probability
};
struct reach reach_of(struct arena *arena, const struct model *model, const struct tape *tape);
// As if the columns of `fixed` that are not NAN were no inputs.
struct reach reach_given(struct arena *arena, const struct model *model, const struct tape *tape, const double *fixed);
// Aggregates that are not exact are among what is reached.
bool reads_estimates(const struct work *work, const struct reach *reach);

// What reaches premise, exception or conclusion: moving anything else can only make the claim silent.
struct reach judged_reach(struct arena *arena, const struct model *model, const struct question *question);

// One way to place the inputs without a probability, and what the futures say there.
struct arm {
    double *fixed;       // by column
    struct tally tally;
    double low, high;    // sequential 95 % interval of the share, intersected over the looks
};

#define FINDING_ERROR 0.05

struct finding {
    const struct question *question;
    struct reach reach;
    bool constant;       // no input reaches premise, exception and conclusion: the assumptions only have to leave a future
    double *constant_fixed; // columns for that search
    struct arm central, lower, upper; // lower and upper are central when nothing is without a probability
    struct arm gaps;     // with has_gaps: where it is undefined in the greatest share of the futures tried
    bool has_gaps;
    struct tally all;    // over everything that was tried: whether anything is admissible, relevant
    bool arms;           // lower and upper are their own
    double error;        // of its interval: the chance to miss
    bool done, exact, searched, on_edge;
    enum verdict_kind kind;
    struct probability probability;
    uint64_t samples;
    const struct proof *proof; // of what `kind` says; NULL: none
};

// A finding with nothing counted yet, on scratch; its arms at `fixed` and the central values of what has no probability.
struct finding finding_new(struct work *work, const struct question *question, const double *fixed);

// Every combination of discrete inputs, with weights: exact. Sets everything but `kind`.
void enumerate_question(struct work *work, struct finding *finding);

enum { AGGREGATE_ROOTS = 3 };
// One future for each combination of the inputs that a tape of AGGREGATE_ROOTS roots reads (reach.enumerable), with weights;
// results[r] and weights have room for reach.combinations values.
void enumerate_values(struct work *work, const struct reach *reach, const struct tape *tape, const double *fixed, double *const *results, double *weights);

// Looks for the places of the inputs without a probability at which the claim is least and most probable, among those that make
// it relevant: all corners (a random choice of them when there are many), the centre, random interior points, then moves of one
// coordinate at a time. Not a proof. Sets the arms and `all`; without other uncertain inputs also the tallies.
void search_question(struct work *work, struct finding *finding);

// Sequential looks at futures until each finding is decided, the samples are used up or time is over; what needs no arms of its
// own shares one tape. False when cancelled: findings that are not done stay so.
bool sample_findings(struct work *work, struct finding *const *findings, size_t count);

// The verdict that the tallies and intervals allow. `final`: no more futures will come. True when it is settled.
bool finding_decide(struct finding *finding, double level, double tolerance, bool final);

// The greatest share of undefined futures among those that are open, over the arms; 0 when none is open.
double finding_undefined(const struct finding *finding);

// Enumerates or searches; what is still not done then needs futures.
void finding_prepare(struct work *work, struct finding *finding);

// All of the above for one question with these columns fixed.
bool finding_judge(struct work *work, struct finding *finding);

#endif
