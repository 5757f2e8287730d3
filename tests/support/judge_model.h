// Models made by hand, for tests of the judge: inputs, instructions and questions are added one by one.
#ifndef TESTS_JUDGE_MODEL_H
#define TESTS_JUDGE_MODEL_H

#include "base/arena.h"
#include "engine/model.h"
#include "judge/judge.h"
#include "judge/verdict.h"

enum { HAND_MAX = 256 };

struct hand {
    struct arena arena, scratch;
    struct program program;
    struct model model;
    struct instruction code[HAND_MAX];
    struct column columns[HAND_MAX];
    struct distribution laws[HAND_MAX];
    struct variable variables[HAND_MAX];
    struct input inputs[HAND_MAX];
    struct input_instance instances[HAND_MAX];
    size_t column_of[HAND_MAX], draw_of[HAND_MAX];
    size_t seen[HAND_MAX];
    struct question questions[HAND_MAX];
    struct claim claims[HAND_MAX];
    const struct claim *claim_list[HAND_MAX];
    struct comparison comparisons[HAND_MAX];
    struct comparison_at comparison_at[HAND_MAX];
    struct aggregate_request aggregates[16];
    struct scenario baseline;
    struct node truth;
    size_t comparison_count;
    struct judge_options options;
};

struct hand *hand_new(void);
void hand_free(struct hand *hand);

value_id hand_const(struct hand *hand, double value);
value_id hand_op(struct hand *hand, enum op op, value_id a, value_id b);
// An input that follows the law, with one column; its value.
value_id hand_input(struct hand *hand, const char *name, enum law law, double a, double b);
value_id hand_choice(struct hand *hand, const char *name, size_t count, const double *values, const double *weights);
value_id hand_hole(struct hand *hand, size_t *column);
value_id hand_aggregate(struct hand *hand, enum aggregate kind, value_id what, value_id given, double p);

// A claim "premise implies conclusion" (NO_VALUE: absent) at level 90 %; all inputs so far are its variables.
struct question *hand_claim(struct hand *hand, const char *name, value_id premise, value_id conclusion);
// a OP b as a truth, recorded as a comparison of the next claim.
value_id hand_compare(struct hand *hand, enum op op, value_id a, value_id b);

struct results *hand_judge(struct hand *hand);
const struct crux *hand_crux(const struct verdict *verdict, const char *name);

#endif
