#include "judge/moved.h"

#include <math.h>
#include <string.h>

#include "judge/inquiry.h"
#include "judge/samples.h"

static void add_inner(struct dependence *dependence, size_t outer, size_t inner)
{
    for (size_t v = 0; v < dependence->variable_count; v++)
        if (dependence->variables[inner * dependence->variable_count + v])
            dependence->variables[outer * dependence->variable_count + v] = true;
    for (size_t a = 0; a < dependence->aggregate_count; a++)
        if (dependence->aggregates[inner * dependence->aggregate_count + a])
            dependence->aggregates[outer * dependence->aggregate_count + a] = true;
}

struct dependence dependence_of(struct work *work)
{
    const struct model *model = work->model;
    size_t count = model->aggregate_count;
    struct dependence dependence = {model->variable_count, count, NULL, NULL, NULL};
    dependence.tapes = arena_array(work->scratch, count, sizeof *dependence.tapes);
    dependence.variables = arena_array(work->scratch, count * model->variable_count, sizeof *dependence.variables);
    dependence.aggregates = arena_array(work->scratch, count * count, sizeof *dependence.aggregates);
    for (size_t a = 0; a < count; a++) {
        dependence.tapes[a] = aggregate_tape(work, &model->aggregates[a]);
        struct reach reach = reach_of(work->scratch, model, dependence.tapes[a]);
        dependence.aggregates[a * count + a] = true;
        for (size_t i = 0; i < reach.input_count; i++)
            dependence.variables[a * model->variable_count + model->columns[reach.inputs[i]].variable] = true;
        for (size_t i = 0; i < reach.aggregate_count; i++)
            add_inner(&dependence, a, model->columns[reach.aggregates[i]].aggregate);
    }
    return dependence;
}

static bool reads(const struct work *work, const struct dependence *dependence, const struct reach *reach, size_t aggregate)
{
    for (size_t i = 0; i < reach->aggregate_count; i++)
        if (dependence->aggregates[work->model->columns[reach->aggregates[i]].aggregate * dependence->aggregate_count + aggregate])
            return true;
    return false;
}

// That an effect is there in some future at all is not asked again at each place of another input.
static bool is_slope(const struct aggregate_request *request)
{
    return request->kind == AGGREGATE_POSSIBLE && request->node && request->node->kind == NODE_SLOPE;
}

struct moved moved_of(struct work *work, const struct dependence *dependence, const struct reach *reach, size_t variable)
{
    struct moved moved = {work, dependence, &work->model->variables[variable], 0, NULL, NULL, false, 0};
    moved.aggregates = arena_array(work->scratch, dependence->aggregate_count, sizeof *moved.aggregates);
    for (size_t a = 0; a < dependence->aggregate_count; a++)
        if (!is_slope(&work->model->aggregates[a]) && dependence->variables[a * dependence->variable_count + variable] && reads(work, dependence, reach, a))
            moved.aggregates[moved.count++] = a;
    return moved;
}

// ---- futures -----------------------------------------------------------------------------------------------------------

// The futures of one aggregate, or the combinations when they can be enumerated.
struct futures_kept {
    struct reach reach;        // of what stays uncertain
    size_t count;
    double *fixed;             // columns, without the variable's and those of inner aggregates
    double **points;           // by column
    double *weights;           // of combinations; NULL for futures
    double *results[AGGREGATE_ROOTS];
    size_t same;               // an earlier one with the same values, or its own position
};

static bool same_values(const struct aggregate_request *a, const struct aggregate_request *b)
{
    bool possible = a->kind == AGGREGATE_POSSIBLE || b->kind == AGGREGATE_POSSIBLE;
    return !possible && a->what == b->what && a->given == b->given && a->assumed == b->assumed;
}

static const struct aggregate_request *request_of(const struct moved *moved, size_t i)
{
    return &moved->work->model->aggregates[moved->aggregates[i]];
}

static struct tape *tape_of(const struct moved *moved, size_t i)
{
    return moved->dependence->tapes[moved->aggregates[i]];
}

static void keep_columns(void *user, size_t worker, const struct block *block)
{
    (void)worker;
    const struct futures_kept *kept = user;
    for (size_t i = 0; i < kept->reach.input_count; i++) {
        size_t column = kept->reach.inputs[i];
        memcpy(kept->points[column] + (block->first - AGGREGATE_FIRST), block->columns[column], block->lanes * sizeof(double));
    }
}

static void fix_columns(const struct moved *moved, size_t i, double *fixed)
{
    const struct model *model = moved->work->model;
    size_t count, *bounds = bounds_columns(moved->work->scratch, model, tape_of(moved, i), &count);
    for (size_t b = 0; b < count && request_of(moved, i)->kind != AGGREGATE_POSSIBLE; b++)
        fixed[bounds[b]] = column_central(&model->columns[bounds[b]]);
    for (size_t c = 0; c < moved->variable->column_count; c++)
        fixed[moved->variable->columns[c]] = 0;
}

static bool keep_futures(struct moved *moved, size_t i)
{
    struct work *work = moved->work;
    struct futures_kept *kept = &moved->kept[i];
    for (kept->same = 0; !same_values(request_of(moved, kept->same), request_of(moved, i)); kept->same++)
        if (kept->same == i)
            break;
    if (kept->same < i)
        return true;
    kept->fixed = work_fixed(work);
    fix_columns(moved, i, kept->fixed);
    kept->reach = reach_given(work->scratch, work->model, tape_of(moved, i), kept->fixed);
    kept->count = kept->reach.enumerable ? kept->reach.combinations : moved->futures;
    for (size_t r = 0; r < AGGREGATE_ROOTS; r++)
        kept->results[r] = arena_array(work->scratch, kept->count, sizeof(double));
    if (kept->reach.enumerable) {
        kept->weights = arena_array(work->scratch, kept->count, sizeof *kept->weights);
        return true;
    }
    moved->sampled = true;
    kept->points = arena_array(work->scratch, work->model->column_count, sizeof *kept->points);
    for (size_t c = 0; c < kept->reach.input_count; c++)
        kept->points[kept->reach.inputs[c]] = arena_array(work->scratch, kept->count, sizeof(double));
    return work_futures(work, tape_of(moved, i), kept->fixed, AGGREGATE_FIRST, kept->count, keep_columns, kept);
}

bool moved_open(struct moved *moved, size_t futures)
{
    moved->futures = futures;
    moved->sampled = false;
    moved->kept = arena_array(moved->work->scratch, moved->count, sizeof *moved->kept);
    for (size_t i = 0; i < moved->count; i++)
        if (!keep_futures(moved, i))
            return false;
    return true;
}

double moved_slack(const struct moved *moved, double estimate)
{
    const double futures = (double)moved->futures;
    return 4 * sqrt(fmax(estimate * (1 - estimate), 2 / futures) / futures);
}

size_t moved_futures(const struct work *work)
{
    return work->options->sampler == SAMPLER_SOBOL ? MOVED_FUTURES : MOVED_INDEPENDENT * MOVED_FUTURES;
}

// Computes the values anew with these columns fixed.
static void run_kept(const struct moved *moved, size_t i, const double *fixed)
{
    struct futures_kept *kept = &moved->kept[i];
    if (kept->weights)
        enumerate_values(moved->work, &kept->reach, tape_of(moved, i), fixed, kept->results, kept->weights);
    else
        work_points(moved->work, tape_of(moved, i), fixed, (const double *const *)kept->points, kept->count, kept->results);
}

static double estimate_at(const struct moved *moved, size_t i, double *const *points, size_t k)
{
    struct work *work = moved->work;
    const struct futures_kept *kept = &moved->kept[moved->kept[i].same];
    if (moved->kept[i].same == i) {
        for (size_t c = 0; c < moved->variable->column_count; c++)
            kept->fixed[moved->variable->columns[c]] = points[moved->variable->columns[c]][k];
        for (size_t inner = 0; inner < i; inner++)
            kept->fixed[request_of(moved, inner)->column] = points[request_of(moved, inner)->column][k];
        run_kept(moved, i, kept->fixed);
    }
    struct samples samples = samples_of(request_of(moved, i));
    samples_collect(work->scratch, &samples, (const double *const *)kept->results, kept->weights, kept->count);
    return samples_value(work, request_of(moved, i), &samples);
}

void moved_estimate(const struct moved *moved, double *const *points, size_t count)
{
    struct work *work = moved->work;
    for (size_t k = 0; k < count; k++) {
        bool stopped = work_late(work) || !work_continues(work, moved->futures);
        for (size_t i = 0; i < moved->count; i++) {
            struct arena_mark mark = arena_mark(work->scratch);
            points[request_of(moved, i)->column][k] = stopped ? NAN : estimate_at(moved, i, points, k);
            arena_release(work->scratch, mark);
        }
    }
}
