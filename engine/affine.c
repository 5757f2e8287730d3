#include "engine/affine.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "engine/affine_tape.h"
#include "engine/kernel.h"

size_t affine_length(const struct affine *affine)
{
    return affine->step_count;
}

const size_t *affine_columns(const struct affine *affine, size_t *count)
{
    *count = affine->column_count;
    return affine->columns;
}

size_t affine_workspace(const struct affine *affine)
{
    return (2 * affine->step_count * SPAN_DOUBLES + affine->slot_doubles) * sizeof(double) + (affine->step_count + 63) / 64 * 64;
}

struct affine_work affine_work_at(const struct affine *affine, void *workspace)
{
    struct affine_work work = {.spans = workspace};
    work.slots = work.spans + affine->step_count * SPAN_DOUBLES;
    work.slopes = work.slots + affine->slot_doubles;
    work.missing = (uint8_t *)(work.slopes + affine->step_count * SPAN_DOUBLES);
    return work;
}

// The slope reaches both ends from the center, so that each value has a position in -1 .. 1 and no error is left.
void affine_column_set(struct affine_column *column, size_t lane, double low, double high)
{
    const bool finite = high - low < INFINITY;
    const double center = finite ? low + (high - low) * 0.5 : 0.0, reach = fmax(high - center, center - low);
    column->low[lane] = low;
    column->high[lane] = high;
    column->center[lane] = center;
    column->slope[lane] = low == high || !finite ? 0.0 : nextafter(reach, INFINITY);
    column->error[lane] = finite ? 0.0 : INFINITY;
}

static const struct affine_kernel *affine_kernel_for(enum kernels kernels)
{
#if defined __x86_64__
    const struct kernel *kernel = kernel_for(kernels);
    if (kernel == &kernel_avx512)
        return &affine_avx512;
    if (kernel == &kernel_avx2)
        return &affine_avx2;
#else
    (void)kernels;
#endif
    return &affine_baseline;
}

static void read_root(const struct affine *affine, const struct affine_place *place, const struct affine_work *work, struct affine_root *root)
{
    const double *constant = affine->constants + (size_t)place->span * CONSTANT_DOUBLES;
    const double *span = place->constant ? constant : work->spans + (size_t)place->span * SPAN_DOUBLES;
    const double *form = place->constant ? constant + SPAN_DOUBLES : work->slots + place->form;
    memcpy(root->low, span, sizeof root->low);
    memcpy(root->high, span + BOX_LANES, sizeof root->high);
    memcpy(root->center, form + FORM_CENTER * BOX_LANES, sizeof root->center);
    memcpy(root->error, form + FORM_ERROR * BOX_LANES, sizeof root->error);
    for (size_t lane = 0; lane < BOX_LANES; lane++)
        root->missing[lane] = place->constant ? span[lane] > span[BOX_LANES + lane] : work->missing[place->span] >> lane & 1;
    memset(root->slope, 0, affine->axis_count * BOX_LANES * sizeof *root->slope);
    for (size_t k = 0; k < place->terms; k++)
        memcpy(root->slope + (size_t)place->axes[k] * BOX_LANES, form + (FORM_TERMS + k) * BOX_LANES, BOX_LANES * sizeof *form);
}

void affine_run(const struct affine *affine, enum kernels kernels, const struct affine_column *const *columns, void *workspace,
                struct affine_root *roots)
{
    const struct affine_work work = affine_work_at(affine, workspace);
    affine_kernel_for(kernels)->run(affine, columns, &work);
    for (size_t r = 0; r < affine->root_count; r++)
        read_root(affine, &affine->roots[r], &work, &roots[r]);
}

// ---- derivatives ------------------------------------------------------------------------------------------------------------

static void start_slope(const struct affine *affine, const struct affine_work *work, size_t root, double slope)
{
    if (root == SIZE_MAX || affine->roots[root].constant)
        return;
    double *at = work->slopes + (size_t)affine->roots[root].span * SPAN_DOUBLES;
    for (size_t i = 0; i < SPAN_DOUBLES; i++)
        at[i] += slope;
}

static size_t last_step(const struct affine *affine, size_t root)
{
    return root == SIZE_MAX || affine->roots[root].constant ? 0 : affine->roots[root].span;
}

void affine_slopes(const struct affine *affine, enum kernels kernels, void *workspace, size_t plus, size_t minus, struct slope *slopes)
{
    const struct affine_work work = affine_work_at(affine, workspace);
    const size_t one = last_step(affine, plus), other = last_step(affine, minus), from = one > other ? one : other;
    memset(work.slopes, 0, affine->step_count * SPAN_DOUBLES * sizeof *work.slopes);
    start_slope(affine, &work, plus, 1.0);
    start_slope(affine, &work, minus, -1.0);
    if (affine->step_count > 0)
        affine_kernel_for(kernels)->sweep(affine, &work, from);
    for (size_t i = 0; i < affine->column_count; i++)
        memcpy(&slopes[i], work.slopes + (size_t)affine->column_steps[i] * SPAN_DOUBLES, sizeof slopes[i]);
}
