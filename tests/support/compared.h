// Two scenarios, or two sets of data, of a source text compared, for tests.
#ifndef TESTS_COMPARED_H
#define TESTS_COMPARED_H

#include "judge/compare.h"
#include "tests/support/checked.h"

struct observed;

struct compared_case {
    struct checked checked, from;       // from: of the older data
    struct arena arena, scratch;
    struct judge_options options;
    const struct blend *blend;
    const struct compared *compared;
};

// The case is made with options that can be changed before the sides are named. "" is the baseline. Fails the test on mistakes.
void compared_open(struct compared_case *it, const char *source);
void compared_scenarios(struct compared_case *it, const char *a, const char *b);
void compared_data(struct compared_case *it, const char *source, const struct observed *rows, const char *from, const char *to);
void compared_close(struct compared_case *it);

const struct compared_claim *compared_claim(const struct compared_case *it, const char *name);
// The share and the item of that name; NULL when it does not reach the claim.
const struct compared_item *compared_item(const struct compared_case *it, const struct compared_claim *claim, const char *name);
// The names of each set's items: "x y | z".
const char *compared_sets(struct compared_case *it, const struct compared_claim *claim);
const struct scenario *compared_scenario(const struct compared_case *it, const char *name);

#endif
