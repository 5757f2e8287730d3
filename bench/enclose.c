// Boxes of futures of bench/reference.crux as intervals: enclose FILE KERNELS
//
// Prints nanoseconds a box for the product's block of eight boxes, and for a plain interpreter of one box at a time (the same
// code without rewriting, natural intervals, the same functions), and how the widths of the outputs compare.
#include <setjmp.h>

#include "base/arena.h"
#include "bench/measure.h"
#include "bench/plain.h"
#include "bench/reference.h"
#include "engine/enclose.h"
#include "engine/kernel.h"

enum { BOXES = 256 };

// ---- both -------------------------------------------------------------------------------------------------------------------

static struct enclosure columns[BOXES / BOX_LANES][MODEL_INPUTS], found[BOXES / BOX_LANES][MODEL_OUTPUTS];
static struct range inputs[BOXES][MODEL_INPUTS], outputs[BOXES][MODEL_OUTPUTS];

// A fiftieth of each input's probability, somewhere within 5 % .. 95 %.
static void make_boxes(void)
{
    for (size_t box = 0; box < BOXES; box++)
        for (size_t i = 0; i < MODEL_INPUTS; i++) {
            const struct quantile quantile = quantile_of(&model_laws[i]);
            const double u = 0.05 + 0.88 * future_uniform(SEED, box, i);
            inputs[box][i] = (struct range){quantile_at(&quantile, u), quantile_at(&quantile, u + 0.02)};
            struct enclosure *column = &columns[box / BOX_LANES][i];
            column->low[box % BOX_LANES] = inputs[box][i].low;
            column->high[box % BOX_LANES] = inputs[box][i].high;
            column->missing[box % BOX_LANES] = 0;
        }
}

static void run_blocks(const struct enclosing *enclosing, enum kernels kernels, void *workspace)
{
    for (size_t block = 0; block < BOXES / BOX_LANES; block++) {
        const struct enclosure *given[MODEL_INPUTS];
        for (size_t i = 0; i < MODEL_INPUTS; i++)
            given[i] = &columns[block][i];
        enclosing_run(enclosing, kernels, given, workspace, found[block]);
    }
}

static double time_blocks(const struct enclosing *enclosing, enum kernels kernels)
{
    double times[ROUNDS];
    void *workspace = aligned_alloc(64, (enclosing_workspace(enclosing) + 63) / 64 * 64);
    for (int round = 0; round < ROUNDS; round++) {
        const double start = seconds(CLOCK_THREAD_CPUTIME_ID);
        for (int pass = 0; pass < 10; pass++)
            run_blocks(enclosing, kernels, workspace);
        times[round] = (seconds(CLOCK_THREAD_CPUTIME_ID) - start) / (10 * BOXES) * 1e9;
    }
    qsort(times, ROUNDS, sizeof *times, ascending);
    return times[ROUNDS / 2];
}

static double time_single(const struct model *model, const value_id *roots)
{
    double times[ROUNDS];
    const bool *needed = plain_needed(model, roots, MODEL_OUTPUTS);
    struct range *values = calloc(model->count, sizeof *values);
    for (int round = 0; round < ROUNDS; round++) {
        const double start = seconds(CLOCK_THREAD_CPUTIME_ID);
        for (size_t box = 0; box < BOXES; box++) {
            plain_run(model, needed, inputs[box], values);
            for (size_t o = 0; o < MODEL_OUTPUTS; o++)
                outputs[box][o] = values[roots[o]];
        }
        times[round] = (seconds(CLOCK_THREAD_CPUTIME_ID) - start) / BOXES * 1e9;
    }
    qsort(times, ROUNDS, sizeof *times, ascending);
    return times[ROUNDS / 2];
}

// The median ratio of the widths of the first output; a bound of the product that lies outside the peer's is an error.
static double compared(void)
{
    double ratios[BOXES];
    for (size_t box = 0; box < BOXES; box++) {
        for (size_t o = 0; o < MODEL_OUTPUTS; o++) {
            const struct range *plain = &outputs[box][o];
            const double low = found[box / BOX_LANES][o].low[box % BOX_LANES], high = found[box / BOX_LANES][o].high[box % BOX_LANES];
            const double room = 1e-9 * (1 + fabs(plain->low) + fabs(plain->high));
            if (low < plain->low - room || high > plain->high + room)
                fprintf(stderr, "box %zu, output %zu: %.17g .. %.17g outside %.17g .. %.17g\n", box, o, low, high, plain->low, plain->high);
            if (o == 0)
                ratios[box] = (high - low) / (plain->high - plain->low);
        }
    }
    qsort(ratios, BOXES, sizeof *ratios, ascending);
    return ratios[BOXES / 2];
}

int main(int count, char **arguments)
{
    static jmp_buf no_memory;
    static struct arena arena;
    value_id roots[MODEL_OUTPUTS];
    const enum kernels kernels = count > 2 ? (enum kernels)atoi(arguments[2]) : KERNELS_BEST;
    if (count < 2 || !kernels_available(kernels) || setjmp(no_memory))
        return 2;
    arena_init(&arena, &system_allocator, &no_memory);
    const struct model *model = reference_compiled(&arena, reference_read(&arena, arguments[1]));
    reference_roots(model, roots);
    const struct enclosing *enclosing = enclosing_make(&arena, model, roots, MODEL_OUTPUTS);
    make_boxes();
    const double block = time_blocks(enclosing, kernels), single = time_single(model, roots);
    printf("%.1f ns a box, one at a time %.1f ns, ratio %.2f; %zu steps, %zu bytes; width of gap / plain %.4f\n", block, single,
           single / block, enclosing_length(enclosing), enclosing_workspace(enclosing), compared());
    return 0;
}
