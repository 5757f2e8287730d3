// Model -> results: sampling with a confidence interval, search over bounds-only inputs, flips, concessions, holes.
#ifndef JUDGE_JUDGE_H
#define JUDGE_JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "engine/evaluate.h"

struct arena;
struct input;
struct lints;
struct model;
struct results;
struct verdict;

struct judge_progress {
    size_t claim, claims;      // claim k of n
    uint64_t futures;
};

struct judge_options {
    uint64_t seed;
    enum sampler sampler;      // of the futures
    uint64_t samples;          // at most, a claim; 0: the default
    double budget;             // seconds for the run, 0: none
    bool no_proofs;            // none is tried
    uint64_t proof_boxes;      // at most, a proof; 0: as many as take about a third of a second
    bool keep_leaves;          // the boxes of each proof, for a certificate
    size_t threads;            // 0: as many as there are processors
    double undefined_tolerance;// share of relevant futures; 0: the default 0.001
    double coalition_steps;    // of judge_compare: instructions for the claims that the same items reach; 0: the default
    const struct lints *lints; // which remarks are given, and which fail a claim; NULL: all are given
    bool indices;              // Sobol' indices too
    const char *engine;        // the version of Crux, for the fingerprints; NULL: none
    // Sets kind, basis and probability of a verdict when an earlier run gave one of the same fingerprint (then: true). May be NULL.
    bool (*known)(void *user, struct verdict *verdict);
    bool verdicts_only;        // no flips, counterexamples, weaker versions and remarks, and nothing is held against an `expect`
    // Returns false to cancel. May be NULL. Called from the calling thread only.
    bool (*progress)(void *user, const struct judge_progress *progress);
    void *user;
};

// What was finished before a cancellation is kept.
struct results *judge_model(struct arena *arena, struct arena *scratch, const struct model *model, const struct judge_options *options);
// Judges nothing: what moving this instance of an input does to each claim (results->influences, judge/influence.h).
struct results *judge_influences(struct arena *arena, struct arena *scratch, const struct model *model, const struct judge_options *options,
                                 const struct input *input, size_t instance);

#endif
