// Boxes of futures of bench/reference.crux as affine forms: affine FILE KERNELS
//
// Prints nanoseconds a box, in blocks of eight, for the forms, for one reverse sweep of derivatives and for the natural intervals
// alone, and how the widths of the outputs compare. The boxes are those of bench/enclose; all inputs are axes.
#include <setjmp.h>

#include "base/arena.h"
#include "bench/measure.h"
#include "bench/reference.h"
#include "engine/affine.h"
#include "engine/kernel.h"

enum { BOXES = 256, BLOCKS = BOXES / BOX_LANES };
enum way { NATURAL, FORMS, SLOPES };

struct run {
    enum kernels kernels;
    struct enclosing *enclosing;
    struct affine *affine;
    void *natural_workspace, *workspace;
    struct enclosure natural_columns[BLOCKS][MODEL_INPUTS], natural[BLOCKS][MODEL_OUTPUTS];
    struct affine_column columns[BLOCKS][MODEL_INPUTS];
    struct affine_root forms[BLOCKS][MODEL_OUTPUTS];
    double terms[MODEL_OUTPUTS][MODEL_INPUTS * BOX_LANES];
};

// A fiftieth of each input's probability, somewhere within 5 % .. 95 %.
static void make_boxes(struct run *run)
{
    for (size_t box = 0; box < BOXES; box++)
        for (size_t i = 0; i < MODEL_INPUTS; i++) {
            const struct quantile quantile = quantile_of(&model_laws[i]);
            const double u = 0.05 + 0.88 * future_uniform(SEED, box, i), low = quantile_at(&quantile, u), high = quantile_at(&quantile, u + 0.02);
            struct enclosure *column = &run->natural_columns[box / BOX_LANES][i];
            column->low[box % BOX_LANES] = low;
            column->high[box % BOX_LANES] = high;
            affine_column_set(&run->columns[box / BOX_LANES][i], box % BOX_LANES, low, high);
        }
    for (size_t block = 0; block < BLOCKS; block++)
        for (size_t o = 0; o < MODEL_OUTPUTS; o++)
            run->forms[block][o].slope = run->terms[o];
}

static void run_block(struct run *run, enum way way, size_t block)
{
    const struct enclosure *natural[MODEL_INPUTS];
    const struct affine_column *columns[MODEL_INPUTS];
    struct slope slopes[MODEL_INPUTS];
    for (size_t i = 0; i < MODEL_INPUTS; i++) {
        natural[i] = &run->natural_columns[block][i];
        columns[i] = &run->columns[block][i];
    }
    switch (way) {
    case NATURAL:
        enclosing_run(run->enclosing, run->kernels, natural, run->natural_workspace, run->natural[block]);
        return;
    case FORMS:
        affine_run(run->affine, run->kernels, columns, run->workspace, run->forms[block]);
        return;
    case SLOPES:
        affine_slopes(run->affine, run->kernels, run->workspace, 0, SIZE_MAX, slopes);
        return;
    }
}

static double time_of(struct run *run, enum way way)
{
    double times[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        const double start = seconds(CLOCK_THREAD_CPUTIME_ID);
        for (size_t block = 0; block < BLOCKS; block++)
            run_block(run, way, block);
        times[round] = (seconds(CLOCK_THREAD_CPUTIME_ID) - start) / BOXES * 1e9;
    }
    qsort(times, ROUNDS, sizeof *times, ascending);
    return times[ROUNDS / 2];
}

// The median ratio of the widths of the first output.
static double compared(const struct run *run)
{
    double ratios[BOXES];
    for (size_t box = 0; box < BOXES; box++) {
        const size_t block = box / BOX_LANES, lane = box % BOX_LANES;
        const struct affine_root *form = &run->forms[block][0];
        const struct enclosure *natural = &run->natural[block][0];
        ratios[box] = (form->high[lane] - form->low[lane]) / (natural->high[lane] - natural->low[lane]);
    }
    qsort(ratios, BOXES, sizeof *ratios, ascending);
    return ratios[BOXES / 2];
}

int main(int count, char **arguments)
{
    static jmp_buf no_memory;
    static struct arena arena;
    static struct run run;
    value_id roots[MODEL_OUTPUTS];
    size_t axes[MODEL_INPUTS];
    run.kernels = count > 2 ? (enum kernels)atoi(arguments[2]) : KERNELS_BEST;
    if (count < 2 || !kernels_available(run.kernels) || setjmp(no_memory))
        return 2;
    arena_init(&arena, &system_allocator, &no_memory);
    const struct model *model = reference_compiled(&arena, reference_read(&arena, arguments[1]));
    reference_roots(model, roots);
    for (size_t i = 0; i < MODEL_INPUTS; i++)
        axes[i] = i;
    run.enclosing = enclosing_make(&arena, model, roots, MODEL_OUTPUTS);
    run.affine = affine_make(&arena, model, roots, MODEL_OUTPUTS, axes, MODEL_INPUTS);
    run.natural_workspace = arena_alloc_wide(&arena, enclosing_workspace(run.enclosing));
    run.workspace = arena_alloc_wide(&arena, affine_workspace(run.affine));
    make_boxes(&run);
    const double natural = time_of(&run, NATURAL), forms = time_of(&run, FORMS), slopes = time_of(&run, SLOPES);
    printf("%.1f ns a box, derivatives %.1f ns, natural %.1f ns, ratio %.2f; %zu steps, %zu bytes; width of gap / natural %.4f\n", forms, slopes,
           natural, forms / natural, affine_length(run.affine), affine_workspace(run.affine), compared(&run));
    return 0;
}
