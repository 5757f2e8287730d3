// The inside of the prover: axes and boxes, the logic of a question, the tree of boxes. Not for other folders.
//
// A box is 2 * axis_count numbers: low and high of each axis, the ends belonging to it.
#ifndef JUDGE_PROVING_H
#define JUDGE_PROVING_H

#include "engine/affine.h"
#include "engine/enclose.h"
#include "engine/quantile.h"
#include "judge/prove.h"

// ---- axes ---------------------------------------------------------------------------------------------------------------

// One axis for each draw that reaches the question. Its coordinate is the value of the column that follows the draw, the
// number of a choice (from 0), or, where several columns follow it, the probability of the draw.
struct axis {
    enum axis_kind { AXIS_VALUE, AXIS_CHOICE, AXIS_DRAW } kind;
    size_t draw, variable;
    double low, high;
    bool cut;                   // unbounded: cut at CUT_LOW and CUT_HIGH
    size_t column_count;
    struct axis_column {
        size_t column;
        struct quantile quantile;
        const struct distribution *law;
        double slack_relative, slack; // of AXIS_DRAW: the quantile's error is at most relative * value + slack
    } *columns;
};
#define CUT_LOW 0.0001
#define CUT_HIGH 0.9999

struct axes {
    size_t count;
    struct axis *at;
    size_t point_count;         // columns that stand at one value
    struct axis_point {
        size_t column;
        double value;
    } *points;
};

// The axes of these columns, those of `fixed` that are not NAN held. False when some column has neither a law nor a value.
bool axes_make(struct arena *arena, const struct model *model, const size_t *columns, size_t count, const double *fixed, struct axes *axes);
// The whole box.
void axes_whole(const struct axes *axes, double *box);
// Sets the columns of every axis in one lane: as intervals, and as linear functions of the axis' position -1 .. 1 in the box.
void axes_place(const struct axes *axes, const double *box, size_t lane, struct enclosure *const *columns);
void axes_place_affine(const struct axes *axes, const double *box, size_t lane, struct affine_column *const *columns);
// Narrows the side of a box to these positions in it, widened by rounding. False when nothing is left.
bool axis_narrow(const struct axis *axis, double *side, const double *place);
// The width of an axis of the box as a share of the whole axis; of a choice 0 for one value.
double axis_share(const struct axis *axis, const double *side);
const struct proof_axis *axes_show(struct work *work, const struct axes *axes);

// ---- logic ----------------------------------------------------------------------------------------------------------------

// What a truth may be somewhere in a box.
enum { MAY_FAIL = 1, MAY_HOLD = 2, MAY_MISS = 4 };

// A question as truths over comparisons. It is *against* what is to be shown in a future that is relevant and where the
// conclusion is not as wanted, or where what matters has no value. Every such future meets all goals, or misses one.
struct logic_node {
    uint32_t op;                // OP_LT LE EQ NE of roots a and b; OP_AND OR NOT SELECT of nodes a, b, c; CODE_CONST: the set a;
    uint32_t a, b, c;           // CODE_COLUMN: the truth that is root a
};
struct logic {
    size_t count;
    struct logic_node *nodes;   // each after those it reads
    bool *concludes;            // by node: the conclusion reads it
    size_t root_count;
    value_id *roots;            // numbers that the comparisons read, and truths that are no formula
    size_t goal_count;
    struct goal {
        uint32_t node;
        bool wanted, conclusion;
    } goals[4];                 // assumptions, premise, exception, conclusion
};
typedef uint8_t truth_set[BOX_LANES];

struct logic logic_make(struct arena *arena, const struct model *model, const struct question *question, enum proof_outcome outcome);
// The set of each node that reads roots, from the roots' intervals; then those of all others.
void logic_leaves(const struct logic *logic, const struct enclosure *roots, truth_set *sets);
void logic_combine(const struct logic *logic, truth_set *sets);
// What the sets say of one box.
enum box_fate { BOX_DECIDED, BOX_AGAINST, BOX_OPEN }; // shown; to the contrary everywhere in it; neither
enum box_fate logic_fate(const struct logic *logic, const truth_set *sets, size_t lane);
// Why the box is open: of each node how it matters. More futures are against what is to be shown the more of the FOR nodes hold
// and the more of the COUNTER nodes fail.
enum { LIVE_FOR = 1, LIVE_COUNTER = 2 };
void logic_live(const struct logic *logic, const truth_set *sets, size_t lane, uint8_t *live);
bool logic_is_comparison(const struct logic_node *node);

// ---- linear conditions --------------------------------------------------------------------------------------------------------

// center + sum of slope[a] * e_a + error * [-1, 1] over a place: low and high of each e_a, within -1 .. 1.
struct linear {
    double center, error;
    double *slope;
};

// plus - minus in one lane; false when it has no finite form.
bool linear_of(struct linear *form, const struct affine_root *plus, const struct affine_root *minus, size_t axis_count, size_t lane);
double linear_least(const struct linear *form, size_t axis_count, const double *place);
// Narrows the place to where the form may be at most 0; false when that is nowhere.
bool linear_narrow(const struct linear *form, size_t axis_count, double *place);
// The same for two forms at once; `room` is used for their sum.
bool linear_narrow_both(const struct linear *one, const struct linear *other, struct linear *room, size_t axis_count, double *place);

struct proving;
struct narrowing; // one worker's
struct narrowing *narrowing_make(struct arena *arena, const struct proving *proving);
// Narrows the place to where the question may go against what is to be shown; false when that is nowhere.
bool narrow_box(struct narrowing *narrowing, const struct affine_root *roots, const truth_set *sets, size_t lane, double *place);

// ---- steps ------------------------------------------------------------------------------------------------------------------

// What a proof works with; the same for all its workers.
struct proving {
    struct work *work;
    const struct axes *axes;
    const struct logic *logic;
    const struct enclosing *enclosing; // of the roots
    const struct affine *affine;// the same; NULL: too many axes, or not wanted
    bool collapse;              // monotone axes may be narrowed to an end
    const bool *reads;          // [root * axes->count + axis]: the root depends on the axis
};

// A box, before a step and after it.
struct box_step {
    double *box;                // narrowed to where the question may go against what is to be shown
    enum box_fate fate;
    bool again;                 // of an open box: it became so narrow that it is looked at again as it is
    size_t axis;                // else: where to split it; SIZE_MAX: it cannot be split any more
    double low_end, high_start; // the halves: low .. low_end and high_start .. high
};

struct stepper; // one worker's
struct stepper *stepper_make(struct arena *arena, const struct proving *proving);
// At most BOX_LANES boxes at once.
void stepper_run(struct stepper *stepper, struct box_step *steps, size_t count);

// ---- the tree ---------------------------------------------------------------------------------------------------------------

struct tree_result {
    enum proof_end end;
    uint64_t boxes;
    double decided;
    size_t leaf_count;
    const double *leaves;       // on work->arena
};
struct tree_result tree_search(const struct proving *proving, const struct proof_effort *effort);

#endif
