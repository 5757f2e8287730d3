// Values of an aggregate's expression in the futures that count, and the number that they give.
#ifndef JUDGE_SAMPLES_H
#define JUDGE_SAMPLES_H

#include "judge/work.h"

enum { VALUE_WHAT, VALUE_GIVEN, VALUE_ASSUMED };

struct sample { // a value and its weight; without weights 1
    double value, weight;
    uint32_t replicate;
};
struct samples {
    size_t count;
    struct sample *at;
    double undefined, relevant;
    bool any_given, any_assumed; // there is no such condition
    bool weighted;
};

struct samples samples_of(const struct aggregate_request *request);
// Keeps what counts of `count` futures: assumed and given hold. `weights` may be NULL.
void samples_collect(struct arena *arena, struct samples *samples, const double *const *values, const double *weights, size_t count);
// With its interval: of a mean by normal standard errors, of a quantile between order statistics; of replicates by their spread
// (judge/replicate.h). `error`: the chance to miss. Reorders the samples.
struct estimate samples_estimate(const struct work *work, const struct aggregate_request *request, struct samples *samples, double error);
// The same value without an interval, for less; also of probabilities (the mean) and possibilities (1 where it holds once).
double samples_value(const struct work *work, const struct aggregate_request *request, struct samples *samples);

#endif
