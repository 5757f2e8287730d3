#include "judge/indices.h"

#include <math.h>
#include <string.h>

#include "engine/cone.h"
#include "judge/margin.h"

enum { TRUTHS = 4, PILOT = 512 };
enum quantity { TRUTH, MARGIN, QUANTITIES };
#define MISSING 1e-3

struct indices {
    struct work *work;
    const struct question *question;
    struct margin_plan plan;
    value_id *roots;             // the truths, then what the margin compares
    size_t root_count;
    size_t variable_count;
    struct crux **cruxes;        // one a variable
    const bool **moved;          // [variable][column]
    struct cone_set cones;
    double **columns;            // of B, by model column; NULL: not read
    double *a[QUANTITIES], *b[QUANTITIES];
    double **mixed[QUANTITIES];  // [variable][future]: A with that variable from B
    struct desk *desks;          // by worker
};

// What one worker needs.
struct desk {
    double *workspace, *margin_room;
    const double **columns, **roots, **cone_roots;
};

// ---- what is asked ---------------------------------------------------------------------------------------------------------

static bool is_correlated(const struct model *model, const struct variable *variable)
{
    for (size_t i = 0; i < variable->column_count; i++)
        for (size_t c = 0; c < model->correlated_count; c++)
            if (model->correlated[c] == variable->draws[i])
                return true;
    return false;
}

static void choose_variables(struct indices *indices, struct inquiry *inquiry)
{
    struct arena *scratch = indices->work->scratch;
    const struct model *model = indices->work->model;
    size_t count = inquiry->verdict.crux_count;
    indices->cruxes = arena_array(scratch, count, sizeof *indices->cruxes);
    indices->moved = arena_array(scratch, count, sizeof *indices->moved);
    for (size_t i = 0; i < count; i++) {
        const struct variable *variable = &model->variables[inquiry->cruxes[i].variable];
        if (is_correlated(model, variable))
            continue;
        bool *moved = arena_array(scratch, model->column_count, sizeof *moved);
        for (size_t c = 0; c < variable->column_count; c++)
            moved[variable->columns[c]] = true;
        indices->cruxes[indices->variable_count] = &inquiry->cruxes[i];
        indices->moved[indices->variable_count++] = moved;
    }
}

static void choose_roots(struct indices *indices)
{
    struct arena *scratch = indices->work->scratch;
    const struct question *question = indices->question;
    indices->plan = margin_plan_of(scratch, indices->work->model, question->conclusion);
    size_t truths = question_roots(question, NULL), count = TRUTHS + indices->plan.root_count;
    indices->roots = arena_array(scratch, count > truths ? count : truths, sizeof *indices->roots);
    question_roots(question, indices->roots);
    for (size_t i = 0; i < indices->plan.root_count; i++)
        indices->roots[TRUTHS + i] = indices->plan.roots[i];
    indices->root_count = count;
}

static void make_room(struct indices *indices)
{
    struct arena *scratch = indices->work->scratch;
    const struct model *model = indices->work->model;
    size_t count, columns = model->column_count + indices->cones.kept_count;
    const size_t *read = tape_columns(indices->cones.whole, &count);
    indices->columns = arena_array(scratch, model->column_count, sizeof *indices->columns);
    for (size_t i = 0; i < count; i++)
        indices->columns[read[i]] = arena_alloc_wide(scratch, INDEX_FUTURES * sizeof **indices->columns);
    for (int q = 0; q < QUANTITIES; q++) {
        indices->a[q] = arena_array(scratch, INDEX_FUTURES, sizeof **indices->a);
        indices->b[q] = arena_array(scratch, INDEX_FUTURES, sizeof **indices->b);
        indices->mixed[q] = arena_array(scratch, indices->variable_count, sizeof **indices->mixed);
        for (size_t v = 0; v < indices->variable_count; v++)
            indices->mixed[q][v] = indices->cones.cones[v].tape ? arena_array(scratch, INDEX_FUTURES, sizeof ***indices->mixed) : NULL;
    }
    indices->desks = arena_array(scratch, indices->work->run.threads, sizeof *indices->desks);
    for (size_t w = 0; w < indices->work->run.threads; w++) {
        struct desk *desk = &indices->desks[w];
        desk->workspace = arena_alloc_wide(scratch, (indices->cones.workspace + 1) * sizeof *desk->workspace);
        desk->margin_room = arena_array(scratch, indices->plan.step_count, sizeof *desk->margin_room);
        desk->columns = arena_array(scratch, columns, sizeof *desk->columns);
        desk->roots = arena_array(scratch, indices->root_count, sizeof *desk->roots);
        desk->cone_roots = arena_array(scratch, indices->root_count, sizeof *desk->cone_roots);
    }
}

// ---- running ---------------------------------------------------------------------------------------------------------------

static double truth_of(const struct question *question, const double *const *values, size_t lane)
{
    bool assumed = question->assumed == NO_VALUE || values[ROOT_ASSUMED][lane] == 1;
    bool premise = question->premise == NO_VALUE || values[ROOT_PREMISE][lane] == 1;
    bool exception = question->exception != NO_VALUE && values[ROOT_EXCEPTION][lane] != 0;
    bool fails = question->conclusion != NO_VALUE && values[ROOT_CONCLUSION][lane] == 0;
    return !(assumed && premise && !exception && fails);
}

static void note(const struct indices *indices, struct desk *desk, const double *const *values, size_t offset, double *const *to)
{
    for (size_t lane = 0; lane < BLOCK_LANES; lane++) {
        to[TRUTH][offset + lane] = truth_of(indices->question, values, lane);
        to[MARGIN][offset + lane] = margin_at(&indices->plan, values + TRUTHS, lane, desk->margin_room);
    }
}

static void settle_block(void *user, size_t worker, const struct block *block)
{
    (void)worker; // few futures run on one thread
    struct indices *indices = user;
    for (size_t lane = 0; lane < block->lanes; lane++)
        margin_settle(&indices->plan, block->roots + TRUTHS, lane);
}

static void note_other(void *user, size_t worker, const struct block *block)
{
    struct indices *indices = user;
    size_t offset = (size_t)(block->first - INDEX_OTHER_FIRST), count;
    const size_t *read = tape_columns(indices->cones.whole, &count);
    note(indices, &indices->desks[worker], block->roots, offset, indices->b);
    for (size_t i = 0; i < count; i++)
        memcpy(indices->columns[read[i]] + offset, block->columns[read[i]], BLOCK_LANES * sizeof **indices->columns);
}

static void run_cone(const struct indices *indices, struct desk *desk, size_t variable, const struct block *block)
{
    const struct cone *cone = &indices->cones.cones[variable];
    const struct model *model = indices->work->model;
    const struct variable *moved = &model->variables[indices->cruxes[variable]->variable];
    size_t offset = (size_t)(block->first - INDEX_FIRST);
    for (size_t c = 0; c < moved->column_count; c++)
        if (indices->columns[moved->columns[c]])
            desk->columns[moved->columns[c]] = indices->columns[moved->columns[c]] + offset;
    tape_run(cone->tape, indices->work->run.kernels, desk->columns, desk->workspace, desk->cone_roots);
    for (size_t r = 0; r < indices->root_count; r++)
        desk->roots[r] = block->roots[r];
    for (size_t r = 0; r < cone->root_count; r++)
        desk->roots[cone->roots[r]] = desk->cone_roots[r];
    double *const to[QUANTITIES] = {indices->mixed[TRUTH][variable], indices->mixed[MARGIN][variable]};
    note(indices, desk, desk->roots, offset, to);
    for (size_t c = 0; c < moved->column_count; c++)
        desk->columns[moved->columns[c]] = block->columns[moved->columns[c]];
}

static void run_block(void *user, size_t worker, const struct block *block)
{
    struct indices *indices = user;
    struct desk *desk = &indices->desks[worker];
    size_t columns = indices->work->model->column_count;
    note(indices, desk, block->roots, (size_t)(block->first - INDEX_FIRST), indices->a);
    memcpy(desk->columns, block->columns, columns * sizeof *desk->columns);
    for (size_t k = 0; k < indices->cones.kept_count; k++)
        desk->columns[columns + k] = block->roots[indices->root_count + k];
    for (size_t v = 0; v < indices->variable_count; v++)
        if (indices->cones.cones[v].tape)
            run_cone(indices, desk, v, block);
}

// Which future of B goes with each of A: any of the same batch. The points of a quasi-random sequence must not be paired by
// their number, because points of one number lie alike in both.
static size_t *pairing(struct work *work)
{
    size_t *order = arena_array(work->scratch, INDEX_FUTURES, sizeof *order);
    for (size_t k = 0; k < INDEX_FUTURES; k++)
        order[k] = k;
    for (size_t i = INDEX_FUTURES / INDEX_BATCHES; i-- > 1;)
        for (size_t batch = 0; batch < INDEX_BATCHES; batch++) {
            double u = future_uniform(work->options->seed, INDEX_FIRST + i, batch);
            size_t at = i * INDEX_BATCHES + batch, with = (size_t)(u * (double)(i + 1)) * INDEX_BATCHES + batch, kept = order[at];
            order[at] = order[with];
            order[with] = kept;
        }
    return order;
}

static void reorder(struct work *work, const size_t *order, double *values)
{
    struct arena_mark mark = arena_mark(work->scratch);
    double *copy = arena_array(work->scratch, INDEX_FUTURES, sizeof *copy);
    memcpy(copy, values, INDEX_FUTURES * sizeof *copy);
    for (size_t k = 0; k < INDEX_FUTURES; k++)
        values[k] = copy[order[k]];
    arena_release(work->scratch, mark);
}

static bool run(struct indices *indices)
{
    struct work *work = indices->work;
    const struct tape *tape = indices->cones.whole;
    if (!work_futures(work, tape, work->fixed, INDEX_OTHER_FIRST, PILOT, settle_block, indices) ||
        !work_futures(work, tape, work->fixed, INDEX_OTHER_FIRST, INDEX_FUTURES, note_other, indices))
        return false;
    const size_t *order = pairing(work);
    for (size_t c = 0; c < work->model->column_count; c++)
        if (indices->columns[c])
            reorder(work, order, indices->columns[c]);
    for (int q = 0; q < QUANTITIES; q++)
        reorder(work, order, indices->b[q]);
    return work_futures(work, tape, work->fixed, INDEX_FIRST, INDEX_FUTURES, run_block, indices) && work_continues(work, INDEX_FUTURES);
}

// ---- estimating ------------------------------------------------------------------------------------------------------------

struct sums { // of one batch, or of all but one
    double first, total, variance, count;
};

static void add_sums(struct sums *to, const struct sums *from, double sign)
{
    to->first += sign * from->first;
    to->total += sign * from->total;
    to->variance += sign * from->variance;
    to->count += sign * from->count;
}

static double first_of(const struct sums *sums)
{
    return sums->first / sums->variance;
}

static double total_of(const struct sums *sums)
{
    return sums->total / sums->variance;
}

static double jackknife(const struct sums *batches, const struct sums *all, double (*value)(const struct sums *))
{
    double without[INDEX_BATCHES], mean = 0, squares = 0;
    for (size_t g = 0; g < INDEX_BATCHES; g++) {
        struct sums rest = *all;
        add_sums(&rest, &batches[g], -1);
        mean += (without[g] = value(&rest)) / INDEX_BATCHES;
    }
    for (size_t g = 0; g < INDEX_BATCHES; g++)
        squares += (without[g] - mean) * (without[g] - mean);
    return sqrt(squares * (INDEX_BATCHES - 1) / INDEX_BATCHES);
}

static struct sobol estimate(const double *a, const double *b, const double *mixed, double mean)
{
    struct sums batches[INDEX_BATCHES] = {0}, all = {0};
    for (size_t k = 0; k < INDEX_FUTURES; k++) {
        double at = a[k] - mean, other = b[k] - mean, moved = mixed[k] - mean;
        struct sums one = {other * (moved - at), (at - moved) * (at - moved) / 2, (at * at + other * other) / 2, 1};
        add_sums(&batches[k % INDEX_BATCHES], &one, 1);
    }
    for (size_t g = 0; g < INDEX_BATCHES; g++)
        add_sums(&all, &batches[g], 1);
    if (!(all.variance > 0))
        return (struct sobol){NAN, NAN, NAN, NAN};
    return (struct sobol){fmax(first_of(&all), 0), jackknife(batches, &all, first_of), fmax(total_of(&all), 0), jackknife(batches, &all, total_of)};
}

// A future that lacks a margin stands at the mean; false when there are too many of them.
static bool fill_gaps(double *values, double mean)
{
    size_t missing = 0;
    for (size_t k = 0; k < INDEX_FUTURES; k++) {
        missing += isnan(values[k]) ? 1 : 0;
        values[k] = isnan(values[k]) ? mean : values[k];
    }
    return (double)missing <= MISSING * INDEX_FUTURES;
}

static double mean_of(const double *a, const double *b)
{
    double sum = 0, count = 0;
    for (size_t k = 0; k < INDEX_FUTURES; k++) {
        sum += (isnan(a[k]) ? 0 : a[k]) + (isnan(b[k]) ? 0 : b[k]);
        count += !isnan(a[k]) + !isnan(b[k]);
    }
    return count > 0 ? sum / count : 0;
}

static void estimate_all(struct indices *indices, enum quantity quantity)
{
    double *a = indices->a[quantity], *b = indices->b[quantity], mean = mean_of(a, b);
    bool whole = fill_gaps(a, mean) && fill_gaps(b, mean);
    for (size_t v = 0; v < indices->variable_count; v++)
        whole = (!indices->mixed[quantity][v] || fill_gaps(indices->mixed[quantity][v], mean)) && whole;
    for (size_t v = 0; whole && v < indices->variable_count; v++) {
        if (!indices->mixed[quantity][v])
            continue; // only an aggregate sees it
        struct crux_score *score = &indices->cruxes[v]->score;
        struct sobol sobol = estimate(a, b, indices->mixed[quantity][v], mean);
        *(quantity == TRUTH ? &score->truth : &score->margin) = sobol;
    }
}

void find_indices(struct work *work, struct inquiry *inquiry)
{
    struct arena_mark mark = arena_mark(work->scratch);
    struct indices indices = {.work = work, .question = inquiry->findings[0].question};
    choose_variables(&indices, inquiry);
    choose_roots(&indices);
    indices.cones = cones_make(work->scratch, work->model, indices.roots, indices.root_count, indices.moved, indices.variable_count);
    make_room(&indices);
    if (indices.variable_count > 0 && run(&indices))
        for (int q = 0; q < QUANTITIES; q++)
            estimate_all(&indices, (enum quantity)q);
    arena_release(work->scratch, mark);
}
