// The result object: everything a writer may say about a run. Made by judge/judge, read by report/ and store/.
//
// Quantities are in base units; `type` and its `shown` unit say how to show them. Lists are in a fixed order, so that equal
// runs give equal bytes. NAN means "not known" or "does not apply".
#ifndef JUDGE_VERDICT_H
#define JUDGE_VERDICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dsl/program.h"

enum evidence { EVIDENCE_NONE, EVIDENCE_EXACT, EVIDENCE_PROVED, EVIDENCE_SAMPLED }; // "basis" in the output
extern const char *const evidence_words[]; // "none", "exact", "proved", "sampled"

// Lower and upper probability. Without bounds-only inputs both are the same estimate.
struct probability {
    double lower, upper, estimate; // estimate: with the bounds-only inputs at their central values
    double ci_low, ci_high;        // 95 %: of `lower` from below and of `upper` from above; NAN where only an estimate inside the
                                   // claim (`probability(...) > 80%`) is uncertain
};

// One comparison at the central values, at the step that decides it.
struct central_comparison {
    const struct node *node;
    enum op op;
    struct type type;
    int step;                      // -1: none
    const int *members;            // what the binders in it stand for, by slot; NULL: none
    double left, right;
    bool holds, in_premise;
    bool on_edge;                  // exactly equal, and neither side is an estimate that may be so by chance
};

// How much one input has to do with a claim's truth, over the relevant futures. Inputs without a probability are spread evenly
// over their bounds, for this alone.
struct crux_score {
    double bits, bits_error;       // mutual information with the truth, bias-corrected, and its standard error; NAN: not estimated
    double share;                  // of the entropy of the truth, 0 .. 1
    // Sobol' indices of the truth and of the margin, when they were asked for, with standard errors; else NAN.
    struct sobol {
        double first, first_error, total, total_error;
    } truth, margin;
};

// What moving one input alone does, the others central.
struct crux {
    size_t variable;
    struct text name;
    struct type type;
    const struct input *input;
    double central, low, high;     // central, p5 and p95 or the bounds
    bool choice;                   // of some values: `flips_at` are those at which the truth is not that of the central one
    bool path;                     // a path: the values are those of one of its points, `point_name` says which
    struct text point_name;
    size_t flip_count;
    const double *flips_at;        // ascending; inside the range and beyond it
    bool holds_below;              // the claim holds just below the nearest flip (and not just above)
    double distance;               // of the nearest flip from the central value in half-widths; INFINITY when it never flips
    double nearest;                // the nearest flip
    bool beyond;                   // the nearest flip lies outside low .. high
    struct crux_score score;
};

// An input away from its central value.
struct shift {
    size_t variable;
    struct text name;              // "capex[us]"
    struct type type;
    const struct input *input;
    double central, value;         // of a path: of the point that `point_name` names
    struct text point_name;        // empty: no path
    double distance;               // half-widths of its 90 % interval, or of its bounds; of a choice 1
};

// Two inputs that flip the claim together where neither does alone: the nearest such pair.
struct flip_pair {
    struct shift first, second;
    double distance;               // the root of the sum of squares of both
    bool holds_there;              // the claim holds at the flip (and not in the central future)
};

// With these inputs at their central values the verdict is the same whatever the others do within their ranges.
enum { RESTING_MOST = 3 };
struct resting_set {
    size_t count;                  // 1 .. RESTING_MOST
    size_t variables[RESTING_MOST];
    struct text names[RESTING_MOST];
    bool holds;                    // what the claim then always does: hold, or fail
    enum evidence basis;           // proved, or sampled
    uint64_t samples;              // of a sampled one: relevant futures, none to the contrary
};

// A box over few inputs that holds most of the futures in which the claim fails (when it mostly fails: in which it holds).
struct failing_box {
    size_t count;
    const struct box_side {
        size_t variable;
        struct text name;
        struct type type;
        const struct input *input;
        double low, high;          // -INFINITY or INFINITY: as far as the input goes
        struct text point_name;    // of a path: the point that the values are of
    } *sides;
    bool holds;                    // it holds those futures in which the claim holds
    double coverage;               // share of all such futures that are in the box
    double density;                // share of the futures in the box that are such
    double mass;                   // share of the relevant futures that are in the box
};

// The future nearest to the central one in which the claim does the opposite, by fewest inputs moved, then by distance.
struct counterexample {
    size_t count;
    const struct shift *shifts;    // farthest first
    double distance;
    bool holds;                    // what the claim does there
    const char *scenario;          // "scenario NAME { set ... }", to be pasted behind the claim; it reproduces this future
    const double *columns;         // the whole future, by model column
    const struct central_comparison *comparisons; // as in struct verdict, there
    size_t comparison_count;
};

// The inputs over whose whole ranges a claim was proved, and how.
struct proof_axis {
    size_t draw, variable;
    const struct input *input;
    struct text name;              // of the variable, or of its period
    bool by_draw;                  // low .. high are probabilities of the draw (several columns follow it); else values of its column
    bool choice;                   // low .. high count its values, from 0
    bool cut;                      // an unbounded law, cut at its p0.01 and p99.99
    double low, high;
};
enum proof_outcome { PROOF_HOLDS, PROOF_FAILS, PROOF_IRRELEVANT };
struct proof {
    enum proof_outcome outcome;    // in every future of the box; irrelevant: it says nothing in any
    size_t axis_count;
    const struct proof_axis *axes;
    bool cut;                      // some axis is
    uint64_t boxes;                // looked at
    size_t leaf_count;             // boxes that cover the whole and were decided; kept when a certificate was asked for, else 0
    const double *leaves;          // leaf_count * axis_count pairs: low, high of each axis
};

// The strongest version of a claim that is refuted or sensitive and would be supported, nearest to what was said.
struct weakening {
    const char *claim;             // the whole claim, to be pasted
    const char *change;            // "gap > 3.1 instead of 5"
    struct probability probability;
};

// Why a future says nothing about a claim.
enum lapse { LAPSE_NONE, LAPSE_ASSUMPTION, LAPSE_PREMISE, LAPSE_EXCEPTION };

struct concession_result {
    const struct concession *concession;
    struct probability probability;
    enum verdict_kind verdict;
    bool already;                  // inside the range already: changes nothing
};

// A number about the set of futures that the claim compares, `probability(x > 1)`, and what it rests on.
struct estimated {
    const struct node *node;
    struct type type;
    double value;                  // with the bounds-only inputs at their central values; NAN: none
    double low, high;              // 95 %; over the bounds when `bounds`
    uint64_t samples;
    bool exact, bounds;            // bounds: inputs without a probability reach it, and were searched
};

enum remark_kind { // things pointed out, one row of remark.def each
#define REMARK(id, code, text) REMARK_##id,
#include "judge/remark.def"
#undef REMARK
    REMARK_COUNT
};
struct remark {
    enum remark_kind kind;
    const char *text;              // a sentence
};

// ---- arguments (judge/standing.h) ----------------------------------------------------------------------------------------------

// What running a relation showed. Recorded: it could not be run, because one of the two has no formula, or no verdict.
enum relation_finding { RELATION_GROUNDED, RELATION_NOT_GROUNDED, RELATION_RECORDED };
extern const char *const relation_finding_words[]; // "grounded", "not grounded", "recorded"
struct relation_result {
    const struct relation *relation;
    enum relation_finding finding;
    struct text from, to;          // whose relation, and to what: claims with their members, or an assumption
    bool attacks;                  // a grounded attack of a claim that can stand: it may defeat others
    double with, without;          // share of futures in which the target holds (undercut: premise without conclusion) where the attacker or
                                   // supporter holds, and overall; NAN: not computed
    double with_error, without_error; // standard errors
    uint64_t seen;                 // futures that `with` is a share of
    const char *why;               // a sentence without its end, with the figures
};

enum standing_kind { STANDING_STANDS, STANDING_DEFEATED, STANDING_CONTESTED, STANDING_RECORDED };
extern const char *const standing_words[]; // "stands", "defeated", "contested", "recorded"
struct standing {
    enum standing_kind kind;
    bool by_itself;                // stands, or is defeated, by its own verdict: no attack has a part in it
    size_t by_count;               // what defeats it, or contests it: names of claims, in order of the files
    const struct text *by;
    const char *why;               // a sentence without its end
    size_t relation_count;         // of its own relations, in their order
    const struct relation_result *relations;
    size_t received_count;         // those of other claims to it, in order of the files
    const struct relation_result *received;
};

// Claims that hold in no future together, and no fewer of them (judge/conflict.h).
enum { CONFLICT_MOST = 3 };
struct conflict {
    size_t count;                  // 2 or 3
    const struct claim *claims[CONFLICT_MOST];
    struct text names[CONFLICT_MOST]; // with their members
    double shares[CONFLICT_MOST];  // how often each holds alone
    bool whatever_inputs;          // not only for what the sources say: whatever values the inputs take
    enum evidence basis;           // proved, exact or sampled
    uint64_t samples;              // of a count: futures in which all say something, none in which they hold together
    bool declared;                 // some relation between them says that they are at odds
    bool same_author;              // who contradicts himself
    const char *why;               // a sentence
    size_t sets;                   // that this one stands for: they differ only in the members of the claims, and are as sure or surer
};

// An input that a verdict used, and how it is known.
struct used_input {
    struct text name;              // "capex[us]"
    const struct input *input;
    size_t instance;
    bool has_basis;
    enum basis basis;              // of its clause, else the weakest of its observations
    struct text known;             // since when its newest observation could be known, as written; empty: it has none
};

// A stretch of values that a hole's answer covers.
struct hole_range {
    double low, high;              // INFINITY: open end
    double low_ci[2], high_ci[2];  // of a supported range: where each end lies, 95 % for all ends together; NAN: known, or open
};
struct solution {
    const struct hole *hole;       // NULL: the claim has none
    double value;                  // the strongest threshold, or the date; NAN when unsolvable
    double ci_low, ci_high;        // where the strongest threshold lies, 95 %
    double central;                // the same in the central future
    // with w = ?w: the values for which the claim is supported, holds in the central future, holds in some future
    size_t supported_count, central_count, possible_count;
    const struct hole_range *supported, *central_set, *possible;
    // ?which: the share of relevant futures in which each term binds
    size_t share_count;
    const struct text *labels;
    const double *shares;          // with the bounds-only inputs central and without concessions
    const double *share_low, *share_high; // 95 % for all together, and least and greatest over the bounds and concessions
};

// One verdict: a claim, for one member, in one scenario.
struct verdict {
    const struct claim *claim;
    struct text name;              // "behind[own]" for a member
    int member;
    const struct scenario *scenario;
    const char *reading;
    enum verdict_kind kind;
    enum evidence basis;
    double level;
    struct probability probability;
    uint64_t samples, relevant;    // futures drawn (exact: combinations seen, 1 without uncertain inputs), and relevant among them
    double premise_share;          // of the admissible futures
    double premise_low, premise_high; // 95 % confidence; NAN: not sampled, or among estimates
    double admissible_share;       // of all futures: the assumptions hold
    double undefined_share;        // of the relevant futures, where the bounds-only inputs make it greatest
    bool on_edge_of_level;         // undecided when the budget ended
    bool searched;                 // bounds-only inputs were searched, not covered
    bool uncertain;                // an input with a probability reaches it other than inside an estimate
    const struct estimated *estimates;
    size_t estimate_count;
    bool central_holds, central_relevant, central_defined;
    enum lapse central_lapse;      // when it is not relevant
    const struct central_comparison *comparisons;
    size_t comparison_count;
    const struct proof *proof;     // of a proved verdict, else NULL
    const struct crux *cruxes;     // those that flip first, nearest first, then the others
    size_t crux_count;
    double entropy;                // of the claim's truth over the relevant futures, in bits; NAN: not estimated
    const struct flip_pair *pair;  // NULL: none was found, or some input flips it alone
    const struct resting_set *resting; // smallest first
    size_t resting_count;
    const struct failing_box *failing; // NULL: none
    const struct counterexample *counterexample; // NULL: none was found
    const struct weakening *weakening; // NULL: none, or it is supported
    const struct concession_result *concessions;
    size_t concession_count;
    struct probability without_concessions;
    enum verdict_kind without_concessions_kind;
    const struct remark *remarks;
    size_t remark_count;
    struct solution solution;
    const char *reason;            // why blocked, undefined, contradictory, vacuous, idle
    const struct assumption *const *contradicting; // a smallest set
    size_t contradicting_count;
    const struct expectation *expected; // the one that applies, or NULL
    bool as_expected;              // true without expectation
    const char *unexpected;        // why not as expected, a sentence
    const struct used_input *inputs_used; // the uncertain ones first
    size_t input_count;
    const struct source_entry *const *sources;
    size_t source_count;
    size_t guesses;                // inputs used whose basis is a guess
    const struct standing *standing; // of a verdict in the claim's own world (judge/joint.h), else NULL
    bool reused;                   // kind, basis and probability are those of an earlier run; nothing was drawn, so there are no cruxes and remarks
    const char *fingerprint;       // of everything the verdict follows from, 32 hexadecimal digits: equal ones have equal verdicts
};

struct influences; // judge/influence.h

struct results {
    const struct program *program;
    const struct verdict *verdicts;
    size_t verdict_count;
    uint64_t seed;
    double level;
    struct text vintage;           // of the data used, as written; empty: none used
    struct text forecast;          // the one that was taken in; empty when none was
    bool other_forecast;           // it is not the one that the file takes in by itself
    bool cancelled;
    const struct influences *influences; // of judge_influences, else NULL
    const double *central_future;  // by model column, aggregates at their estimates; NAN: holes
    const struct conflict *conflicts; // what is of most interest first (judge/conflict.h)
    size_t conflict_count;
    const char *internal;          // what went wrong in Crux itself, a sentence without its end; NULL: nothing
    // crux eval
    struct type type;
    double central, mean, p5, p50, p95;
    double share;                  // of futures in which a truth holds
    double bounds_low, bounds_high;// least and greatest central value over the inputs without a probability; NAN without such
    uint64_t samples;
    const struct eval_step {       // values over time, when it varies
        int step;
        double central, p5, p50, p95;
    } *steps;
    size_t step_count;
};

#endif
