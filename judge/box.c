#include "judge/box.h"

#include <math.h>
#include <stdlib.h>

enum { LEVELS = 1024, A_LEVEL = 4, SLICES = 5 };
#define SLICE 0.05
#define SLICE_DEVIATIONS 2.0
#define LARGE_ENOUGH 5.0   // failures expected in a slice, nearly
#define LOSS 0.02
#define CHANCE 1.645       // normal score of a quasi-p-value of 5 %
#define LEAST_GAIN 0.1     // of coverage over mass
#define DEVIATIONS 3.0

struct counts {
    size_t all, wanted;
};

// One input, its values sorted into levels: about equally many futures to each, or the values of a choice.
struct axis {
    const struct crux *crux;
    const double *values;
    size_t levels;
    double *starts;        // the least value of each level
    uint16_t *level;       // by future
    size_t low, high;      // the box: levels low .. high
};

struct prim {
    struct work *work;
    const struct scatter *scatter;
    bool wanted;           // the truth that the box is to hold
    size_t axis_count;
    struct axis axes[BOX_AXES];
    size_t *choosing;      // futures that choose
    size_t choosing_count;
    size_t *inside;        // of them
    struct counts total, box;
    double needed;         // of them wanted, and inside
    struct counts *levels; // room for one histogram
};

static double density_of(struct counts counts)
{
    return counts.all > 0 ? (double)counts.wanted / (double)counts.all : 0;
}

static bool measures(const struct scatter *scatter, size_t k)
{
    return scatter->numbers[k] % 2 == 1;
}

static bool is_wanted(const struct prim *prim, size_t k)
{
    return prim->scatter->holds[k] == prim->wanted;
}

// ---- axes --------------------------------------------------------------------------------------------------------------

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// The column whose values the crux reports, or SIZE_MAX when several draws make up the input.
static size_t column_of(const struct model *model, const struct crux *crux)
{
    const struct variable *variable = &model->variables[crux->variable];
    size_t found = variable->columns[0];
    for (size_t i = 0; i < variable->column_count; i++) {
        struct text name = model->columns[variable->columns[i]].name, point = crux->point_name;
        if (variable->draws[i] != variable->draws[0])
            return SIZE_MAX;
        if (point.length > 0 && name.length > point.length && text_equal((struct text){name.at + name.length - point.length, point.length}, point))
            found = variable->columns[i];
    }
    return found;
}

static size_t level_of(const struct axis *axis, double value)
{
    size_t low = 0, high = axis->levels;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (axis->starts[middle] <= value)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void make_levels(const struct prim *prim, struct axis *axis)
{
    struct arena *scratch = prim->work->scratch;
    size_t n = prim->choosing_count, wanted = n / A_LEVEL < LEVELS ? n / A_LEVEL : LEVELS;
    double *sorted = arena_array(scratch, n, sizeof *sorted);
    for (size_t i = 0; i < n; i++)
        sorted[i] = axis->values[prim->choosing[i]];
    qsort(sorted, n, sizeof *sorted, by_size);
    axis->starts = arena_array(scratch, LEVELS, sizeof *axis->starts);
    for (size_t i = 0; i < (axis->crux->choice ? n : wanted) && axis->levels < LEVELS; i++) {
        double start = sorted[axis->crux->choice ? i : i * n / wanted];
        if (axis->levels == 0 || start > axis->starts[axis->levels - 1])
            axis->starts[axis->levels++] = start;
    }
    axis->high = axis->levels - 1;
    axis->level = arena_array(scratch, prim->scatter->count, sizeof *axis->level);
    for (size_t k = 0; k < prim->scatter->count; k++)
        axis->level[k] = (uint16_t)level_of(axis, axis->values[k]);
}

static int more_bits(const void *a, const void *b)
{
    const struct crux *x = *(const struct crux *const *)a, *y = *(const struct crux *const *)b;
    if (x->score.bits != y->score.bits)
        return x->score.bits > y->score.bits ? -1 : 1;
    return (x->variable > y->variable) - (x->variable < y->variable);
}

static void choose_axes(struct prim *prim, const struct inquiry *inquiry)
{
    struct arena *scratch = prim->work->scratch;
    const struct crux **cruxes = arena_array(scratch, inquiry->verdict.crux_count, sizeof *cruxes);
    size_t count = 0;
    for (size_t i = 0; i < inquiry->verdict.crux_count; i++)
        if (inquiry->cruxes[i].score.bits > 0)
            cruxes[count++] = &inquiry->cruxes[i];
    if (count > 0)
        qsort(cruxes, count, sizeof *cruxes, more_bits);
    for (size_t i = 0; i < count && prim->axis_count < BOX_AXES; i++) {
        size_t column = column_of(prim->work->model, cruxes[i]);
        size_t at = column == SIZE_MAX ? SIZE_MAX : scatter_column(prim->scatter, column);
        if (at == SIZE_MAX)
            continue;
        struct axis *axis = &prim->axes[prim->axis_count++];
        *axis = (struct axis){.crux = cruxes[i], .values = prim->scatter->values[at]};
        make_levels(prim, axis);
    }
}

// ---- the box -----------------------------------------------------------------------------------------------------------

static bool within(const struct axis *axis, size_t k)
{
    return axis->level[k] >= axis->low && axis->level[k] <= axis->high;
}

// Whether it is inside, not looking at the axis `but`.
static bool within_all(const struct prim *prim, size_t k, const struct axis *but)
{
    for (size_t a = 0; a < prim->axis_count; a++)
        if (&prim->axes[a] != but && !within(&prim->axes[a], k))
            return false;
    return true;
}

static void add(const struct prim *prim, struct counts *counts, size_t k)
{
    counts->all++;
    counts->wanted += is_wanted(prim, k);
}

static void take_inside(struct prim *prim)
{
    prim->box = (struct counts){0, 0};
    for (size_t i = 0; i < prim->choosing_count; i++) {
        size_t k = prim->choosing[i];
        if (!within_all(prim, k, NULL))
            continue;
        prim->inside[prim->box.all] = k;
        add(prim, &prim->box, k);
    }
}

static bool is_whole(const struct axis *axis)
{
    return axis->low == 0 && axis->high == axis->levels - 1;
}

static void clear_levels(const struct prim *prim, const struct axis *axis)
{
    for (size_t l = 0; l < axis->levels; l++)
        prim->levels[l] = (struct counts){0, 0};
}

// A side moved to another level, and what that takes in or leaves out.
struct move_of_side {
    struct axis *axis;
    bool upper;
    size_t to;
    double gain;           // NAN: there is none
};

static void apply(struct prim *prim, const struct move_of_side *move)
{
    if (move->upper)
        move->axis->high = move->to;
    else
        move->axis->low = move->to;
    take_inside(prim);
}

// Makes the move of one side that gains most. False: none gains.
static bool move_best(struct prim *prim, void (*count_levels)(struct prim *, const struct axis *),
                      struct move_of_side (*move_side)(const struct prim *, struct axis *, bool upper, size_t least), size_t least)
{
    struct move_of_side best = {NULL, false, 0, 0};
    for (size_t a = 0; a < prim->axis_count; a++) {
        struct axis *axis = &prim->axes[a];
        clear_levels(prim, axis);
        count_levels(prim, axis);
        for (int upper = 0; upper < 2; upper++) {
            const struct move_of_side move = move_side(prim, axis, upper, least);
            if (move.gain > best.gain)
                best = move;
        }
    }
    if (best.axis)
        apply(prim, &best);
    return best.axis != NULL;
}

// ---- peeling -----------------------------------------------------------------------------------------------------------

// A slice that is large enough to tell has to be thinner than chance makes it.
static bool is_thinner(struct counts cut, double density)
{
    double spread = density * (1 - density) * (double)cut.all;
    double slack = spread > LARGE_ENOUGH ? SLICE_DEVIATIONS * sqrt(spread) / (double)cut.all : 0;
    return density_of(cut) < density - slack;
}

// The first cut from one side that leaves out at least `least` futures.
static struct move_of_side peel_side(const struct prim *prim, struct axis *axis, bool upper, size_t least)
{
    struct move_of_side move = {axis, upper, upper ? axis->high : axis->low, NAN};
    struct counts left = prim->box, cut = {0, 0};
    while (cut.all < least && move.to != (upper ? axis->low : axis->high)) {
        cut.all += prim->levels[move.to].all;
        cut.wanted += prim->levels[move.to].wanted;
        move.to = upper ? move.to - 1 : move.to + 1;
    }
    left.all -= cut.all;
    left.wanted -= cut.wanted;
    bool covers = (double)left.wanted >= prim->needed;
    if (cut.all >= least && left.all > 0 && covers && is_thinner(cut, density_of(prim->box)))
        move.gain = (density_of(left) - density_of(prim->box)) / (double)cut.all;
    return move;
}

static void count_inside(struct prim *prim, const struct axis *axis)
{
    for (size_t i = 0; i < prim->box.all; i++)
        add(prim, &prim->levels[axis->level[prim->inside[i]]], prim->inside[i]);
}

static bool peel_once(struct prim *prim, size_t least)
{
    return move_best(prim, count_inside, peel_side, least);
}

static void peel(struct prim *prim)
{
    double slice = SLICE;
    for (int i = 0; i < SLICES; i++, slice /= 2) {
        size_t least = (size_t)(slice * (double)prim->box.all);
        while (peel_once(prim, least > 0 ? least : 1))
            least = (size_t)(slice * (double)prim->box.all);
    }
}

// ---- pasting -----------------------------------------------------------------------------------------------------------

static struct move_of_side paste_side(const struct prim *prim, struct axis *axis, bool upper, size_t least)
{
    struct move_of_side move = {axis, upper, upper ? axis->high : axis->low, NAN};
    struct counts taken = {0, 0};
    while (taken.all < least && move.to != (upper ? axis->levels - 1 : 0)) {
        move.to = upper ? move.to + 1 : move.to - 1;
        taken.all += prim->levels[move.to].all;
        taken.wanted += prim->levels[move.to].wanted;
    }
    if (taken.all > 0 && density_of(taken) >= density_of(prim->box))
        move.gain = (double)taken.wanted;
    return move;
}

// Without the axis itself; a whole axis has nothing to take in.
static void count_around(struct prim *prim, const struct axis *axis)
{
    for (size_t i = 0; i < prim->choosing_count && !is_whole(axis); i++)
        if (within_all(prim, prim->choosing[i], axis))
            add(prim, &prim->levels[axis->level[prim->choosing[i]]], prim->choosing[i]);
}

static bool paste_once(struct prim *prim, double slice)
{
    return move_best(prim, count_around, paste_side, (size_t)(slice * (double)prim->box.all) + 1);
}

static void paste(struct prim *prim)
{
    for (double slice = SLICE / 4; slice > SLICE / 100; slice /= 4)
        while (paste_once(prim, slice))
            continue;
}

// ---- dropping inputs ---------------------------------------------------------------------------------------------------

// What the density loses without the axis; INFINITY when that matters.
static double loss_without(const struct prim *prim, const struct axis *axis)
{
    struct counts without = {0, 0};
    for (size_t i = 0; i < prim->choosing_count; i++)
        if (within_all(prim, prim->choosing[i], axis))
            add(prim, &without, prim->choosing[i]);
    double share = density_of(without), loss = density_of(prim->box) - share;
    double chance = CHANCE * sqrt(share * (1 - share) / (double)prim->box.all);
    return loss < LOSS || loss < chance ? loss : INFINITY;
}

static bool drop_once(struct prim *prim)
{
    struct axis *least = NULL;
    double loss = INFINITY;
    for (size_t a = 0; a < prim->axis_count; a++) {
        struct axis *axis = &prim->axes[a];
        double without = is_whole(axis) ? INFINITY : loss_without(prim, axis);
        if (without < loss) {
            loss = without;
            least = axis;
        }
    }
    if (!least)
        return false;
    least->low = 0;
    least->high = least->levels - 1;
    take_inside(prim);
    return true;
}

// ---- what is said ------------------------------------------------------------------------------------------------------

static void measure(struct prim *prim, struct failing_box *box)
{
    struct counts all = {0, 0}, inside = {0, 0};
    for (size_t k = 0; k < prim->scatter->count; k++) {
        if (!measures(prim->scatter, k))
            continue;
        add(prim, &all, k);
        if (within_all(prim, k, NULL))
            add(prim, &inside, k);
    }
    box->coverage = all.wanted > 0 ? (double)inside.wanted / (double)all.wanted : 0;
    box->density = density_of(inside);
    box->mass = all.all > 0 ? (double)inside.all / (double)all.all : 0;
    struct counts outside = {all.all - inside.all, all.wanted - inside.wanted};
    double share = density_of(all), error = sqrt(share * (1 - share) * (1 / (double)inside.all + 1 / (double)outside.all));
    if (inside.all == 0 || outside.all == 0 || box->density - density_of(outside) < DEVIATIONS * error)
        box->coverage = 0;
}

static struct box_side side_of(const struct axis *axis)
{
    const struct crux *crux = axis->crux;
    struct box_side side = {crux->variable, crux->name, crux->type, crux->input, -INFINITY, INFINITY, crux->point_name};
    bool whole_choice = crux->choice && axis->low == axis->high; // one value: both ends
    if (axis->low > 0 || whole_choice)
        side.low = axis->starts[axis->low];
    if (axis->high < axis->levels - 1 || whole_choice)
        side.high = axis->starts[crux->choice ? axis->high : axis->high + 1];
    return side;
}

static const struct failing_box *box_of(struct prim *prim)
{
    struct failing_box found = {.holds = prim->wanted};
    measure(prim, &found);
    if (found.coverage - found.mass < LEAST_GAIN)
        return NULL;
    struct box_side *sides = arena_array(prim->work->arena, prim->axis_count, sizeof *sides);
    for (size_t a = 0; a < prim->axis_count; a++)
        if (prim->axes[a].low > 0 || prim->axes[a].high < prim->axes[a].levels - 1)
            sides[found.count++] = side_of(&prim->axes[a]);
    found.sides = sides;
    struct failing_box *box = arena_alloc(prim->work->arena, sizeof *box);
    *box = found;
    return found.count > 0 ? box : NULL;
}

static void split(struct prim *prim)
{
    const struct scatter *scatter = prim->scatter;
    prim->choosing = arena_array(prim->work->scratch, scatter->count, sizeof *prim->choosing);
    prim->inside = arena_array(prim->work->scratch, scatter->count, sizeof *prim->inside);
    prim->levels = arena_array(prim->work->scratch, LEVELS, sizeof *prim->levels);
    for (size_t k = 0; k < scatter->count; k++) {
        if (measures(scatter, k))
            continue;
        prim->choosing[prim->choosing_count++] = k;
        add(prim, &prim->total, k);
    }
    double wanted = (double)prim->total.wanted;
    prim->needed = BOX_COVERAGE * wanted + sqrt(BOX_COVERAGE * (1 - BOX_COVERAGE) * wanted);
}

void find_failing_box(struct work *work, struct inquiry *inquiry, const struct scatter *scatter)
{
    size_t fails = scatter->count - scatter->hold_count, rarer = fails < scatter->hold_count ? fails : scatter->hold_count;
    if (rarer < BOX_RARE)
        return;
    struct arena_mark mark = arena_mark(work->scratch);
    struct prim prim = {.work = work, .scatter = scatter, .wanted = fails > scatter->hold_count};
    split(&prim);
    choose_axes(&prim, inquiry);
    take_inside(&prim);
    if (prim.axis_count > 0 && prim.total.wanted > 0) {
        peel(&prim);
        paste(&prim);
        while (drop_once(&prim))
            paste(&prim);
        inquiry->verdict.failing = box_of(&prim);
    }
    arena_release(work->scratch, mark);
}
