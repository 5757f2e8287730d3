// Which way moving each input pushes a claim, told by futures that were kept. A guide for searches, nothing more.
#ifndef JUDGE_LEANING_H
#define JUDGE_LEANING_H

#include "judge/places.h"
#include "judge/scatter.h"

struct leaning {
    const struct places *places;
    double *slopes;    // by input: what a step up does for a hit
    double **choices;  // by input that is a choice: what each value does; else NULL
    size_t *order;     // inputs, those that can do most for a hit first
};

// On scratch. The regression of the margin (cut to a size all have in common; of the truth where there is no margin) on each input.
struct leaning leaning_of(const struct places *places, const struct scatter *scatter);
// What the step does for a hit: an estimate without unit, 0 at the centre.
double leaning_worth(const struct leaning *leaning, size_t input, double step);
// The step, at an end of the range or a choice, that does most for a hit; 0 when none does anything.
double leaning_end(const struct leaning *leaning, size_t input);

// Where the inputs stand in a kept future, brought into their ranges.
void leaning_place(const struct places *places, const struct scatter *scatter, size_t future, double *steps);

#endif
