// A verdict in the making: one claim, for one member, in one scenario.
#ifndef JUDGE_INQUIRY_H
#define JUDGE_INQUIRY_H

#include "judge/finding.h"

struct inquiry {
    struct finding *findings; // [0] without concession, then one per concession
    size_t count;
    const char *blocked;      // why, or NULL
    bool *judged;             // by variable: it reaches premise, exception or conclusion, if only inside an aggregate
    struct reach judged_reach; // of these three
    struct crux *cruxes;      // verdict.cruxes, while they are made
    bool finished;            // false: cancelled before it was decided
    struct verdict verdict;
};

// A verdict that inputs may turn: supported, refuted or sensitive.
bool inquiry_turns(const struct inquiry *inquiry);

// Estimates every aggregate of the model, in order, into work->estimates and work->fixed. False when cancelled.
bool estimate_aggregates(struct work *work);
// The same with so many futures for each and without intervals: for comparing many variants of a model. What has no probability is
// central, but for `possible` anywhere between its bounds.
bool estimate_roughly(struct work *work, uint64_t futures);
// The values that samples_collect wants, as roots; on scratch.
struct tape *aggregate_tape(struct work *work, const struct aggregate_request *request);
// Judges a question that contains aggregates at the estimates and at the ends of their intervals.
bool judge_between_estimates(struct work *work, struct finding *finding);
// Tries to prove what the futures agree on. A finding that is proved takes kind and probability from its proof.
void prove_inquiry(struct work *work, struct inquiry *inquiry);
// Whether some point of the proof's box says otherwise: corners and inner points are tried. Then there is a mistake in Crux.
bool proof_contradicted(struct work *work, const struct finding *finding, const struct proof *proof);
// Lists the estimates that the claim reads.
void show_estimates(struct work *work, struct inquiry *inquiry);

// The central future, by model column.
double *central_columns(const struct work *work);
// The claim in the central future: sides of each comparison at the step that decides it.
void judge_central(struct work *work, struct inquiry *inquiry);
// The same sides in the future with these values of the input columns, one for each comparison of the question. On work->arena.
const struct central_comparison *comparisons_at(struct work *work, const struct question *question, const double *columns);

// What moving each input alone does.
//
// The truth followed: when the claim is relevant in the central future, the conclusion, wherever the claim stays relevant (where
// the premise stops holding the claim is silent, which is no flip); otherwise the truth of "relevant implies conclusion".
// An input is moved by its value over p0.1 .. p99.9 (or its bounds) and beyond to 8 half-widths of its 90 % interval (of its
// bounds) on both sides, within what its law can take: fractions stay in 0 .. 1, lognormal values positive, cut laws inside
// their cut. A path moves by its draw, all points together; the values are those of its last point at or before the claim's
// end. A choice is tried value by value: `flips_at` are the values at which the truth is not that of the central one, each
// one half-width away, and `holds_below` says that the claim holds at the central value.
//
// Aggregates (`probability(...)`) that see the input are estimated anew where it stands (judge/moved.h): on a coarse grid, then
// by halving until the flip is known to a thousandth of a half-width. What was estimated has an error, so has such a flip.
void find_cruxes(struct work *work, struct inquiry *inquiries, size_t count);

// Answers the hole of the claim; sets kind, basis and solution.
bool solve_hole(struct work *work, struct inquiry *inquiry);

// A smallest set of assumptions that hold together in no future drawn: one or two if such a set exists, else by leaving out
// one after the other.
void find_contradiction(struct work *work, struct inquiry *inquiry);

// What an undefined claim could not compute, and in which future.
const char *explain_undefined(struct work *work, const struct finding *finding);
// The first path the claim looks at that has no value at the step (-1: at some step), as a sentence; NULL when all have one.
const char *explain_gap(struct work *work, const struct claim *claim, int step);
// Why no future is relevant to a vacuous or idle claim.
const char *explain_irrelevant(struct work *work, const struct inquiry *inquiry);

// "12 %", "99.98 %", "under 0.01 %": never "0 %" or "100 %" for a share that is neither.
struct buffer;
void write_percent(struct buffer *buffer, double share);

void add_remarks(struct work *work, struct inquiry *inquiry);
// The expectation that applies: a scenario's before a forecast's, and either before the claim's. NULL: none.
const struct expectation *expectation_of(const struct verdict *verdict);
// Sets expected, as_expected and unexpected.
//
// `sensitive to X` is met when the verdict is sensitive and some input named X, or X[...], flips the claim alone inside its range
// (struct crux), or, when it does not flip it alone, when moving it from its p5 to its p95 (bound to bound) changes the
// claim's truth in enough of the futures that are relevant at both ends: 5 %, or a quarter of the rarer outcome's share.
void meet_expectation(struct work *work, struct inquiry *inquiry);

// `crux eval`: central value, spread and values over time.
bool measure_expression(struct work *work, struct results *results);

#endif
