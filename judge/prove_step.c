// One step of a proof: eight boxes are computed at once, and each is decided, narrowed or halved.
#include "judge/proving.h"

#include <math.h>
#include <string.h>

// An axis narrower than this share of itself is not halved any more: what is still open there is an edge.
#define NARROWEST 1e-7
// A box narrowed to less than this share of itself is looked at again before it is halved.
#define WORTH_ANOTHER_LOOK 0.5
// Where to halve: how much the width of a side counts by itself, and a comparison of the premise beside one of the conclusion.
#define WIDTH_COUNTS 0.05
#define PREMISE_COUNTS 0.3
#define MONOTONE_COUNTS 0.25
#define UNKNOWN_COUNTS 1e9
enum {
    SLOPES_MOST = 4,   // comparisons whose derivatives are worth their time
    SCORED_MOST = 12,  // comparisons whose forms say where to halve
};

struct stepper {
    const struct proving *proving;
    struct enclosure **columns;   // by model column, without affine forms
    struct affine_column **forms; // by model column, with them
    struct enclosure *roots;
    struct affine_root *affine_roots;
    void *workspace;
    truth_set *sets;
    struct narrowing *narrowing;
    struct linear linear;
    double *place, *wants;        // numbers of a box; by axis
    double *shares[BOX_LANES];    // by lane and axis: axis_share of the box as it was computed
    uint8_t *live[BOX_LANES];     // by lane and node
    bool doubt[BOX_LANES];        // by lane: something that matters may be missing
    size_t slope_count, sloped[SLOPES_MOST]; // nodes
    struct slope *slopes[SLOPES_MOST];
    size_t *column_position;      // by model column: among the affine columns
};

// ---- making -----------------------------------------------------------------------------------------------------------------

static void add_column(struct arena *arena, struct stepper *stepper, size_t column, double value)
{
    struct enclosure *it = stepper->columns[column] = arena_alloc_wide(arena, sizeof *it);
    struct affine_column *form = stepper->forms[column] = arena_alloc_wide(arena, sizeof *form);
    for (size_t lane = 0; lane < BOX_LANES; lane++) {
        it->low[lane] = it->high[lane] = value;
        affine_column_set(form, lane, value, value);
    }
}

static void add_columns(struct arena *arena, struct stepper *stepper)
{
    const struct proving *proving = stepper->proving;
    const struct axes *axes = proving->axes;
    stepper->columns = arena_array(arena, proving->work->model->column_count, sizeof *stepper->columns);
    stepper->forms = arena_array(arena, proving->work->model->column_count, sizeof *stepper->forms);
    for (size_t i = 0; i < axes->point_count; i++)
        add_column(arena, stepper, axes->points[i].column, axes->points[i].value);
    for (size_t a = 0; a < axes->count; a++)
        for (size_t i = 0; i < axes->at[a].column_count; i++)
            add_column(arena, stepper, axes->at[a].columns[i].column, 0);
}

static void add_affine(struct arena *arena, struct stepper *stepper)
{
    const struct proving *proving = stepper->proving;
    const size_t axes = proving->axes->count, roots = proving->logic->root_count;
    size_t count;
    const size_t *columns = affine_columns(proving->affine, &count);
    stepper->affine_roots = arena_alloc_wide(arena, roots * sizeof *stepper->affine_roots);
    for (size_t r = 0; r < roots; r++)
        stepper->affine_roots[r].slope = arena_alloc_wide(arena, axes * BOX_LANES * sizeof(double));
    stepper->narrowing = narrowing_make(arena, proving);
    stepper->column_position = arena_array(arena, proving->work->model->column_count, sizeof *stepper->column_position);
    for (size_t i = 0; i < count; i++)
        stepper->column_position[columns[i]] = i;
    for (size_t i = 0; i < SLOPES_MOST; i++)
        stepper->slopes[i] = arena_alloc_wide(arena, count * sizeof **stepper->slopes);
}

struct stepper *stepper_make(struct arena *arena, const struct proving *proving)
{
    struct stepper *stepper = arena_alloc(arena, sizeof *stepper);
    const struct logic *logic = proving->logic;
    const size_t axes = proving->axes->count;
    *stepper = (struct stepper){.proving = proving};
    add_columns(arena, stepper);
    stepper->roots = arena_alloc_wide(arena, logic->root_count * sizeof *stepper->roots);
    stepper->workspace = arena_alloc_wide(arena, proving->affine ? affine_workspace(proving->affine) : enclosing_workspace(proving->enclosing));
    stepper->sets = arena_array(arena, logic->count, sizeof *stepper->sets);
    for (size_t lane = 0; lane < BOX_LANES; lane++) {
        stepper->live[lane] = arena_array(arena, logic->count, sizeof *stepper->live[lane]);
        stepper->shares[lane] = arena_array(arena, axes, sizeof *stepper->shares[lane]);
    }
    stepper->place = arena_array(arena, 2 * axes, sizeof *stepper->place);
    stepper->wants = arena_array(arena, axes, sizeof *stepper->wants);
    stepper->linear.slope = arena_array(arena, axes, sizeof *stepper->linear.slope);
    if (proving->affine)
        add_affine(arena, stepper);
    return stepper;
}

// ---- computing --------------------------------------------------------------------------------------------------------------

// The difference of the sides often says more than the sides alone.
static void settle_by_forms(struct stepper *stepper, size_t lane)
{
    const struct logic *logic = stepper->proving->logic;
    const size_t axes = stepper->proving->axes->count;
    for (size_t i = 0; i < logic->count; i++) {
        const struct logic_node *node = &logic->nodes[i];
        uint8_t *set = &stepper->sets[i][lane];
        const struct affine_root *left = &stepper->affine_roots[node->a], *right = &stepper->affine_roots[node->b];
        if ((node->op != OP_LT && node->op != OP_LE) || (*set & (MAY_HOLD | MAY_FAIL)) != (MAY_HOLD | MAY_FAIL))
            continue;
        if (linear_of(&stepper->linear, left, right, axes, lane) && linear_least(&stepper->linear, axes, stepper->place) > 0)
            *set = (uint8_t)(*set & ~MAY_HOLD);
        else if (linear_of(&stepper->linear, right, left, axes, lane) && linear_least(&stepper->linear, axes, stepper->place) > 0)
            *set = (uint8_t)(*set & ~MAY_FAIL);
    }
}

static void whole_place(struct stepper *stepper)
{
    for (size_t a = 0; a < stepper->proving->axes->count; a++) {
        stepper->place[2 * a] = -1;
        stepper->place[2 * a + 1] = 1;
    }
}

static void compute(struct stepper *stepper, const struct box_step *steps, size_t count)
{
    const struct proving *proving = stepper->proving;
    if (!proving->affine) {
        for (size_t lane = 0; lane < BOX_LANES; lane++)
            axes_place(proving->axes, steps[lane < count ? lane : 0].box, lane, stepper->columns);
        enclosing_run(proving->enclosing, KERNELS_BEST, (const struct enclosure *const *)stepper->columns, stepper->workspace, stepper->roots);
        logic_leaves(proving->logic, stepper->roots, stepper->sets);
        logic_combine(proving->logic, stepper->sets);
        return;
    }
    for (size_t lane = 0; lane < BOX_LANES; lane++)
        axes_place_affine(proving->axes, steps[lane < count ? lane : 0].box, lane, stepper->forms);
    affine_run(proving->affine, KERNELS_BEST, (const struct affine_column *const *)stepper->forms, stepper->workspace, stepper->affine_roots);
    for (size_t r = 0; r < proving->logic->root_count; r++) {
        memcpy(stepper->roots[r].low, stepper->affine_roots[r].low, sizeof stepper->roots[r].low);
        memcpy(stepper->roots[r].high, stepper->affine_roots[r].high, sizeof stepper->roots[r].high);
        memcpy(stepper->roots[r].missing, stepper->affine_roots[r].missing, sizeof stepper->roots[r].missing);
    }
    logic_leaves(proving->logic, stepper->roots, stepper->sets);
    whole_place(stepper);
    for (size_t lane = 0; lane < count; lane++)
        settle_by_forms(stepper, lane);
    logic_combine(proving->logic, stepper->sets);
}

// ---- narrowing --------------------------------------------------------------------------------------------------------------

static double width_of(const struct axis *axis, const double *side)
{
    return axis->kind == AXIS_CHOICE ? side[1] - side[0] + 1 : side[1] - side[0];
}

static void narrow(struct stepper *stepper, size_t lane, struct box_step *step)
{
    const struct axes *axes = stepper->proving->axes;
    double left = 1;
    whole_place(stepper);
    bool some = narrow_box(stepper->narrowing, stepper->affine_roots, (const truth_set *)stepper->sets, lane, stepper->place);
    for (size_t a = 0; some && a < axes->count; a++) {
        double *side = step->box + 2 * a;
        const double before = width_of(&axes->at[a], side);
        some = axis_narrow(&axes->at[a], side, stepper->place + 2 * a);
        if (before > 0)
            left *= width_of(&axes->at[a], side) / before;
    }
    if (!some)
        step->fate = BOX_DECIDED;
    step->again = some && left < WORTH_ANOTHER_LOOK;
}

// ---- monotone axes ------------------------------------------------------------------------------------------------------------

// The derivatives of the comparisons that keep boxes open, when these are few.
static void take_slopes(struct stepper *stepper, const struct box_step *steps, size_t count)
{
    const struct logic *logic = stepper->proving->logic;
    stepper->slope_count = 0;
    for (size_t i = 0; i < logic->count; i++) {
        bool wanted = false;
        for (size_t lane = 0; lane < count; lane++)
            wanted = wanted || (steps[lane].fate == BOX_OPEN && !stepper->doubt[lane] && stepper->live[lane][i] && logic_is_comparison(&logic->nodes[i]));
        if (!wanted)
            continue;
        if (stepper->slope_count == SLOPES_MOST) {
            stepper->slope_count = 0;
            return;
        }
        stepper->sloped[stepper->slope_count++] = i;
    }
    for (size_t k = 0; k < stepper->slope_count; k++) {
        const struct logic_node *node = &logic->nodes[stepper->sloped[k]];
        affine_slopes(stepper->proving->affine, KERNELS_BEST, stepper->workspace, node->b, node->a, stepper->slopes[k]);
    }
}

static const struct slope *slopes_of(const struct stepper *stepper, size_t node)
{
    for (size_t k = 0; k < stepper->slope_count; k++)
        if (stepper->sloped[k] == node)
            return stepper->slopes[k];
    return NULL;
}

enum { RISES = 1, FALLS = 2 };

// How right - left of a comparison goes with an axis: the columns of an axis all rise with it.
static uint8_t ways_of(const struct stepper *stepper, const struct axis *axis, const struct slope *slopes, size_t lane)
{
    uint8_t ways = 0;
    for (size_t i = 0; i < axis->column_count; i++) {
        const struct slope *slope = &slopes[stepper->column_position[axis->columns[i].column]];
        ways |= slope->high[lane] > 0 || isnan(slope->high[lane]) ? RISES : 0;
        ways |= slope->low[lane] < 0 || isnan(slope->low[lane]) ? FALLS : 0;
    }
    return ways;
}

// A side that may be infinite (a date that is never reached) leaps there, and a derivative says nothing of a leap.
static bool has_ends(const struct stepper *stepper, const struct logic_node *node, size_t lane)
{
    const struct enclosure *left = &stepper->roots[node->a], *right = &stepper->roots[node->b];
    return isfinite(left->low[lane]) && isfinite(left->high[lane]) && isfinite(right->low[lane]) && isfinite(right->high[lane]);
}

// RISES: more futures are against what is to be shown towards the high end; FALLS: towards the low end.
static uint8_t ways_against(const struct stepper *stepper, size_t a, size_t lane)
{
    const struct proving *proving = stepper->proving;
    const size_t axes = proving->axes->count;
    uint8_t ways = 0;
    for (size_t i = 0; i < proving->logic->count && ways != (RISES | FALLS); i++) {
        const struct logic_node *node = &proving->logic->nodes[i];
        const uint8_t live = stepper->live[lane][i];
        if (!live || node->op == OP_AND || node->op == OP_OR || node->op == OP_NOT || node->op == OP_SELECT || node->op == CODE_CONST)
            continue;
        const bool reads = proving->reads[node->a * axes + a] || (logic_is_comparison(node) && proving->reads[node->b * axes + a]);
        const struct slope *slopes = slopes_of(stepper, i);
        if (!reads)
            continue;
        const uint8_t way = slopes && has_ends(stepper, node, lane) ? ways_of(stepper, &proving->axes->at[a], slopes, lane) : RISES | FALLS;
        if (way && (node->op == OP_EQ || node->op == OP_NE || live == (LIVE_FOR | LIVE_COUNTER)))
            return RISES | FALLS;
        ways |= live == LIVE_FOR ? way : (uint8_t)((way & RISES ? FALLS : 0) | (way & FALLS ? RISES : 0));
    }
    return ways;
}

// The values of a choice stand in the order written: they need not rise with the draw that they share with others.
static bool rises_with_draw(const struct proving *proving, const struct axis *axis)
{
    for (size_t i = 0; i < axis->column_count; i++) {
        const enum law law = proving->work->model->columns[axis->columns[i].column].law->law;
        if (law == LAW_CHOICE || law == LAW_POSSIBLE)
            return false;
    }
    return axis->kind != AXIS_CHOICE;
}

static void collapse(struct stepper *stepper, size_t lane, struct box_step *step)
{
    const struct axes *axes = stepper->proving->axes;
    for (size_t a = 0; a < axes->count; a++) {
        double *side = step->box + 2 * a;
        if (side[0] == side[1] || !rises_with_draw(stepper->proving, &axes->at[a]))
            continue;
        const uint8_t ways = ways_against(stepper, a, lane);
        if (ways == (RISES | FALLS))
            continue;
        side[0] = side[1] = ways == RISES ? side[1] : side[0];
        step->again = true;
    }
}

// ---- halving ----------------------------------------------------------------------------------------------------------------

static bool halve(const struct axis *axis, struct box_step *step, size_t position)
{
    const double low = step->box[2 * position], high = step->box[2 * position + 1], middle = low + 0.5 * (high - low);
    step->axis = position;
    if (axis->kind == AXIS_CHOICE) {
        step->low_end = floor(middle);
        step->high_start = step->low_end + 1;
        return low < high;
    }
    step->low_end = step->high_start = middle;
    return middle > low && middle < high && axis_share(axis, step->box + 2 * position) > NARROWEST;
}

// How much a comparison's difference may change along an axis: the derivative times the width, less when it is monotone.
static double change_along(const struct stepper *stepper, size_t a, const struct slope *slopes, size_t lane)
{
    const struct axis *axis = &stepper->proving->axes->at[a];
    double change = 0;
    for (size_t i = 0; i < axis->column_count; i++) {
        const size_t column = axis->columns[i].column;
        const struct slope *slope = &slopes[stepper->column_position[column]];
        const double width = stepper->forms[column]->high[lane] - stepper->forms[column]->low[lane];
        const bool monotone = slope->low[lane] >= 0 || slope->high[lane] <= 0;
        change += fmax(fabs(slope->low[lane]), fabs(slope->high[lane])) * width * (monotone ? MONOTONE_COUNTS : 1);
    }
    return isfinite(change) ? change : INFINITY;
}

// By its share in the reach of a comparison's form, and by what its derivative allows the more the larger the form's error is.
static void want_by_form(struct stepper *stepper, size_t node, size_t lane, const struct box_step *step)
{
    const struct axes *axes = stepper->proving->axes;
    const struct logic_node *it = &stepper->proving->logic->nodes[node];
    const struct slope *slopes = stepper->doubt[lane] ? NULL : slopes_of(stepper, node);
    const double weight = stepper->proving->logic->concludes[node] ? 1 : PREMISE_COUNTS;
    struct linear *form = &stepper->linear;
    if (!linear_of(form, &stepper->affine_roots[it->a], &stepper->affine_roots[it->b], axes->count, lane))
        return;
    double reach = form->error;
    for (size_t a = 0; a < axes->count; a++)
        reach += fabs(form->slope[a]);
    for (size_t a = 0; a < axes->count && reach > 0; a++) {
        const bool reads = stepper->proving->reads[it->a * axes->count + a] || stepper->proving->reads[it->b * axes->count + a];
        const double share = axis_share(&axes->at[a], step->box + 2 * a), before = stepper->shares[lane][a];
        double base = slopes ? change_along(stepper, a, slopes, lane) / reach * (before > 0 ? share / before : 0) : share;
        base = isfinite(base) ? base : UNKNOWN_COUNTS * share;
        if (reads)
            stepper->wants[a] += weight * (fabs(form->slope[a]) / reach + base * (form->error / reach + WIDTH_COUNTS));
    }
}

static void want_by_width(struct stepper *stepper, size_t root, const struct box_step *step)
{
    const struct axes *axes = stepper->proving->axes;
    for (size_t a = 0; a < axes->count; a++)
        if (stepper->proving->reads[root * axes->count + a])
            stepper->wants[a] += 1e-3 * axis_share(&axes->at[a], step->box + 2 * a);
}

static void want(struct stepper *stepper, size_t lane, const struct box_step *step)
{
    const struct logic *logic = stepper->proving->logic;
    size_t scored = 0;
    memset(stepper->wants, 0, stepper->proving->axes->count * sizeof *stepper->wants);
    for (size_t i = 0; i < logic->count; i++) {
        const struct logic_node *node = &logic->nodes[i];
        const bool compares = logic_is_comparison(node);
        if (!stepper->live[lane][i] || (!compares && node->op != CODE_COLUMN))
            continue;
        want_by_width(stepper, node->a, step);
        if (compares)
            want_by_width(stepper, node->b, step);
        if (compares && stepper->proving->affine && scored++ < SCORED_MOST)
            want_by_form(stepper, i, lane, step);
    }
}

static void choose_axis(struct stepper *stepper, size_t lane, struct box_step *step)
{
    const struct axes *axes = stepper->proving->axes;
    want(stepper, lane, step);
    size_t best = 0;
    for (size_t a = 1; a < axes->count; a++)
        if (stepper->wants[a] > stepper->wants[best])
            best = a;
    if (axes->count == 0 || stepper->wants[best] == 0 || !halve(&axes->at[best], step, best))
        step->axis = SIZE_MAX;
}

// ---- a step -------------------------------------------------------------------------------------------------------------------

static bool something_missing(const struct stepper *stepper, size_t lane)
{
    for (size_t i = 0; i < stepper->proving->logic->count; i++)
        if (stepper->live[lane][i] && stepper->sets[i][lane] & MAY_MISS)
            return true;
    return false;
}

void stepper_run(struct stepper *stepper, struct box_step *steps, size_t count)
{
    const struct proving *proving = stepper->proving;
    compute(stepper, steps, count);
    for (size_t lane = 0; lane < count; lane++) {
        steps[lane].fate = logic_fate(proving->logic, (const truth_set *)stepper->sets, lane);
        if (steps[lane].fate != BOX_OPEN)
            continue;
        logic_live(proving->logic, (const truth_set *)stepper->sets, lane, stepper->live[lane]);
        for (size_t a = 0; a < proving->axes->count; a++)
            stepper->shares[lane][a] = axis_share(&proving->axes->at[a], steps[lane].box + 2 * a);
        stepper->doubt[lane] = something_missing(stepper, lane);
        if (proving->affine)
            narrow(stepper, lane, &steps[lane]);
    }
    if (proving->affine && proving->collapse)
        take_slopes(stepper, steps, count);
    for (size_t lane = 0; lane < count; lane++) {
        if (steps[lane].fate == BOX_OPEN && proving->affine && proving->collapse && !stepper->doubt[lane])
            collapse(stepper, lane, &steps[lane]);
        if (steps[lane].fate == BOX_OPEN && !steps[lane].again)
            choose_axis(stepper, lane, &steps[lane]);
    }
}
