// Where a variable stands, and what claims say there.
#include <math.h>

#include "judge/flipping.h"

enum { MOVED_STRIDE = 12 };

enum truth_state probe_state(const struct inquiry *inquiry, double *const *values, size_t k)
{
    const struct question *question = inquiry->findings[0].question;
    double assumed = question->assumed == NO_VALUE ? 1 : values[ROOT_ASSUMED][k];
    double premise = question->premise == NO_VALUE ? 1 : values[ROOT_PREMISE][k];
    double exception = question->exception == NO_VALUE ? 0 : values[ROOT_EXCEPTION][k];
    double conclusion = values[ROOT_CONCLUSION][k];
    bool irrelevant = assumed == 0 || premise == 0 || exception == 1;
    if (irrelevant)
        return inquiry->verdict.central_relevant ? SILENT : HOLDS;
    if (isnan(assumed) || isnan(premise) || isnan(exception) || isnan(conclusion))
        return SILENT;
    return conclusion == 1 ? HOLDS : FAILS;
}

static void add_roots(const struct inquiry *inquiry, value_id *roots)
{
    const struct question *question = inquiry->findings[0].question;
    roots[ROOT_CONCLUSION] = question->conclusion;
    roots[ROOT_ASSUMED] = question->assumed == NO_VALUE ? question->conclusion : question->assumed;
    roots[ROOT_PREMISE] = question->premise == NO_VALUE ? question->conclusion : question->premise;
    roots[ROOT_EXCEPTION] = question->exception == NO_VALUE ? question->conclusion : question->exception;
}

bool probe_is_estimated(const struct probe *probe)
{
    return probe->moved && probe->moved->sampled;
}

void probe_run(struct probe *probe, const double *positions, size_t count)
{
    const struct variable *variable = probe->mover->variable;
    for (size_t i = 0; i < variable->column_count; i++)
        for (size_t k = 0; k < count; k++)
            probe->points[variable->columns[i]][k] = mover_value(probe->mover, variable->columns[i], positions[k]);
    if (probe->moved)
        moved_estimate(probe->moved, probe->points, count);
    work_points(probe->work, probe->tape, probe->work->fixed, (const double *const *)probe->points, count, probe->results);
}

const struct tape *probe_tape(struct work *work, struct inquiry **inquiries, size_t count)
{
    value_id *roots = arena_array(work->scratch, count * ROOTS, sizeof *roots);
    for (size_t i = 0; i < count; i++)
        add_roots(inquiries[i], roots + i * ROOTS);
    return tape_make(work->scratch, work->model, roots, count * ROOTS);
}

void probe_open(struct probe *probe)
{
    struct arena *scratch = probe->work->scratch;
    probe->room = MOVER_POINTS > FLIPS_MAX * SECTIONS ? MOVER_POINTS : FLIPS_MAX * SECTIONS;
    if (!probe->tape)
        probe->tape = probe_tape(probe->work, probe->inquiries, probe->count);
    probe->results = arena_array(scratch, probe->count * ROOTS, sizeof *probe->results);
    for (size_t i = 0; i < probe->count * ROOTS; i++)
        probe->results[i] = arena_array(scratch, probe->room, sizeof **probe->results);
    probe->points = arena_array(scratch, probe->work->model->column_count, sizeof *probe->points);
    const struct variable *variable = probe->mover->variable;
    for (size_t i = 0; i < variable->column_count; i++)
        probe->points[variable->columns[i]] = arena_array(scratch, probe->room, sizeof **probe->points);
    for (size_t i = 0; probe->moved && i < probe->moved->count; i++) {
        size_t column = probe->work->model->aggregates[probe->moved->aggregates[i]].column;
        probe->points[column] = arena_array(scratch, probe->room, sizeof **probe->points);
    }
}

// Where aggregates have to be estimated, every few positions only; the ends and the range's ends stay.
size_t probe_grid(const struct probe *probe, double *positions)
{
    const struct mover *mover = probe->mover;
    size_t count = mover_grid(mover, positions), kept = 0;
    if (!probe_is_estimated(probe) || mover->move == MOVE_CHOICE)
        return count;
    for (size_t k = 0; k < count; k++) {
        bool corner = mover->move == MOVE_VALUE && (positions[k] == mover->low || positions[k] == mover->high || positions[k] == mover->central);
        if (k % MOVED_STRIDE == 0 || k + 1 == count || corner)
            positions[kept++] = positions[k];
    }
    return kept;
}
