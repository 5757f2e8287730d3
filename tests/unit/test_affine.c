// engine/affine.h on bench/reference.crux and on small models whose forms are known.
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "engine/affine.h"
#include "engine/compile.h"
#include "engine/kernel.h"
#include "tests/support/checked.h"
#include "tests/support/random.h"

enum { INPUTS = 12, OUTPUTS = 8, POINTS = 400 };

static struct checked checked;
static const struct model *model;
static struct affine *affine;
static value_id roots[OUTPUTS];
static struct affine_column columns[INPUTS];
static const struct affine_column *given[INPUTS];
static double slopes[OUTPUTS][INPUTS * BOX_LANES];
static struct affine_root results[OUTPUTS];
static struct slope derivatives[INPUTS];
static void *workspace;

static const double low_ends[INPUTS] = {.06, .10, .03, .04, .55, .05, 12, .9, .005, .30, .02, .15};
static const double high_ends[INPUTS] = {.16, .40, .09, .12, .85, .11, 28, 1.6, .10, .90, .12, .45};

// Boxes about the middle, of an eighth of the inputs' widths in lane 7 and less before.
static void set_up(void)
{
    checked_reference(&checked);
    model = compile_program(&checked.arena, checked.program, checked.diags);
    cr_assert(model && model->column_count >= INPUTS);
    size_t axes[INPUTS];
    for (size_t i = 0; i < INPUTS; i++) {
        axes[i] = INPUTS - 1 - i;
        given[i] = &columns[i];
        for (size_t lane = 0; lane < BOX_LANES; lane++) {
            const double middle = (low_ends[i] + high_ends[i]) / 2, reach = (high_ends[i] - low_ends[i]) / 128 * (double)(lane + 1);
            affine_column_set(&columns[i], lane, middle - reach, middle + reach);
        }
    }
    for (size_t o = 0; o < OUTPUTS; o++) {
        roots[o] = model->questions[o].comparisons[0].at[0].left;
        results[o].slope = slopes[o];
    }
    affine = affine_make(&checked.arena, model, roots, OUTPUTS, axes, INPUTS);
    workspace = arena_alloc_wide(&checked.arena, affine_workspace(affine));
}

static void tear_down(void)
{
    checked_free(&checked);
}

TestSuite(affine_reference, .init = set_up, .fini = tear_down);

// The outputs at random points of the box of one lane.
static void outputs_inside(size_t lane, double points[INPUTS][POINTS], double *const *outputs)
{
    uint64_t state = lane;
    const double *at[INPUTS];
    for (size_t i = 0; i < INPUTS; i++) {
        at[i] = points[i];
        for (size_t p = 0; p < POINTS; p++) {
            const double t = (double)(random_bits(&state) >> 11) * 0x1p-53;
            points[i][p] = columns[i].low[lane] + (columns[i].high[lane] - columns[i].low[lane]) * (p % 2 ? t : round(t));
        }
    }
    const struct futures futures = {.model = model};
    const struct run_options options = {.threads = 1};
    points_run(&checked.arena, tape_make(&checked.arena, model, roots, OUTPUTS), &futures, at, POINTS, &options, outputs);
}

Test(affine_reference, holds_the_outputs)
{
    static double points[INPUTS][POINTS], values[OUTPUTS][POINTS];
    double *outputs[OUTPUTS];
    for (size_t o = 0; o < OUTPUTS; o++)
        outputs[o] = values[o];
    affine_run(affine, KERNELS_BEST, given, workspace, results);
    for (size_t lane = 0; lane < BOX_LANES; lane++) {
        outputs_inside(lane, points, outputs);
        for (size_t o = 0; o < OUTPUTS; o++)
            for (size_t p = 0; p < POINTS; p++) {
                double linear = results[o].center[lane];
                for (size_t i = 0; i < INPUTS; i++)
                    linear += slopes[o][(INPUTS - 1 - i) * BOX_LANES + lane] * (points[i][p] - columns[i].center[lane]) / columns[i].slope[lane];
                cr_assert(results[o].low[lane] <= values[o][p] && values[o][p] <= results[o].high[lane], "output %zu lane %zu", o, lane);
                cr_assert(fabs(values[o][p] - linear) <= results[o].error[lane] * (1 + 1e-9), "output %zu lane %zu", o, lane);
            }
    }
    // In the smallest box the form is almost all of it.
    cr_expect(results[0].error[0] < 0.15 * (results[0].high[0] - results[0].low[0]), "error %g of %g", results[0].error[0],
              results[0].high[0] - results[0].low[0]);
}

Test(affine_reference, bounds_the_derivatives)
{
    static double points[INPUTS][POINTS], values[OUTPUTS][POINTS];
    double *outputs[OUTPUTS];
    for (size_t o = 0; o < OUTPUTS; o++)
        outputs[o] = values[o];
    affine_run(affine, KERNELS_BEST, given, workspace, results);
    affine_slopes(affine, KERNELS_BEST, workspace, 0, 5, derivatives);
    outputs_inside(0, points, outputs);
    // Any two points: the change is that of a sum of derivatives times the way along each input.
    for (size_t p = 1; p < POINTS; p++) {
        double low = 0, high = 0;
        for (size_t i = 0; i < INPUTS; i++) {
            const double way = points[i][p] - points[i][p - 1], x = derivatives[i].low[0] * way, y = derivatives[i].high[0] * way;
            low += fmin(x, y);
            high += fmax(x, y);
        }
        const double change = (values[0][p] - values[5][p]) - (values[0][p - 1] - values[5][p - 1]);
        cr_assert(low - 1e-9 <= change && change <= high + 1e-9, "%g is not in %g .. %g", change, low, high);
    }
    cr_expect(derivatives[8].high[0] < 0, "more leaks, a smaller gap: %g", derivatives[8].high[0]);
}

Test(affine_reference, is_the_same_on_all_kernels)
{
    static double expected_slopes[OUTPUTS][INPUTS * BOX_LANES];
    static struct affine_root expected[OUTPUTS];
    static struct slope expected_derivatives[INPUTS];
    for (size_t o = 0; o < OUTPUTS; o++)
        expected[o].slope = expected_slopes[o];
    affine_run(affine, KERNELS_BASELINE, given, workspace, expected);
    affine_slopes(affine, KERNELS_BASELINE, workspace, 0, 5, expected_derivatives);
    for (enum kernels kernels = KERNELS_AVX2; kernels <= KERNELS_AVX512; kernels++) {
        if (!kernels_available(kernels))
            continue;
        affine_run(affine, kernels, given, workspace, results);
        affine_slopes(affine, kernels, workspace, 0, 5, derivatives);
        cr_expect(memcmp(expected_slopes, slopes, sizeof slopes) == 0);
        cr_expect(memcmp(expected_derivatives, derivatives, sizeof derivatives) == 0);
        for (size_t o = 0; o < OUTPUTS; o++)
            cr_expect(memcmp(&expected[o], &results[o], offsetof(struct affine_root, slope)) == 0);
    }
}

// ---- small models -----------------------------------------------------------------------------------------------------------

struct small {
    struct arena arena;
    jmp_buf no_memory;
    struct model model;
    struct affine *affine;
    struct affine_column column[2];
    struct affine_root root;
    double slope[2 * BOX_LANES];
};

// The last of `code` over x in 1 .. 3 and y in low .. high, x and y on their own axes.
static void run_small(struct small *small, const struct instruction *code, size_t count, double low, double high)
{
    static const size_t axes[] = {0, 1};
    arena_init(&small->arena, &system_allocator, &small->no_memory);
    small->model = (struct model){.count = count, .code = code, .column_count = 2};
    const value_id last = (value_id)(count - 1);
    small->affine = affine_make(&small->arena, &small->model, &last, 1, axes, 2);
    for (size_t lane = 0; lane < BOX_LANES; lane++) {
        affine_column_set(&small->column[0], lane, 1, 3);
        affine_column_set(&small->column[1], lane, low, high);
    }
    const struct affine_column *columns_of[] = {&small->column[0], &small->column[1]};
    small->root.slope = small->slope;
    affine_run(small->affine, KERNELS_BEST, columns_of, arena_alloc_wide(&small->arena, affine_workspace(small->affine)), &small->root);
}

Test(affine, knows_what_cancels)
{
    const struct instruction code[] = {{.op = CODE_COLUMN, .a = 0}, {.op = CODE_COLUMN, .a = 1}, {.op = OP_ADD, .a = 0, .b = 1}, {.op = OP_SUB, .a = 2, .b = 0}};
    struct small small;
    run_small(&small, code, 4, 5, 7);
    cr_expect(small.root.low[3] > 5 - 1e-12 && small.root.high[3] < 7 + 1e-12);
    cr_expect(fabs(small.slope[0 + 3]) < 1e-12 && fabs(small.slope[BOX_LANES + 3] - 1) < 1e-12);
    arena_reset(&small.arena);
}

Test(affine, knows_that_a_share_is_at_most_one)
{
    const struct instruction code[] = {{.op = CODE_COLUMN, .a = 0}, {.op = CODE_COLUMN, .a = 1}, {.op = OP_ADD, .a = 0, .b = 1}, {.op = OP_DIV, .a = 0, .b = 2}};
    struct small small;
    run_small(&small, code, 4, 2, 2.5);
    cr_expect(small.root.high[0] < 0.66 && small.root.low[0] > 0.2, "%g .. %g, in truth 0.286 .. 0.6", small.root.low[0], small.root.high[0]);
    arena_reset(&small.arena);
}

Test(affine, decides_what_the_difference_decides)
{
    const struct instruction code[] = {{.op = CODE_COLUMN, .a = 0}, {.op = CODE_COLUMN, .a = 1}, {.op = OP_ADD, .a = 0, .b = 1}, {.op = OP_LT, .a = 0, .b = 2}};
    struct small small;
    run_small(&small, code, 4, 0.5, 1);
    cr_expect(small.root.low[0] == 1 && small.root.high[0] == 1 && small.root.missing[0] == 0);
    arena_reset(&small.arena);
}

Test(affine, gives_up_forms_without_ends)
{
    const struct instruction code[] = {{.op = CODE_COLUMN, .a = 0}, {.op = CODE_COLUMN, .a = 1}, {.op = OP_DIV, .a = 0, .b = 1}};
    struct small small;
    run_small(&small, code, 3, -1, 1);
    cr_expect(small.root.low[0] == -INFINITY && small.root.high[0] == INFINITY && small.root.error[0] == INFINITY && small.root.center[0] == 0);
    arena_reset(&small.arena);
    run_small(&small, code, 2, 1, INFINITY);
    cr_expect(small.root.low[0] == 1 && small.root.high[0] == INFINITY && small.root.error[0] == INFINITY);
    arena_reset(&small.arena);
}

// b ^ b for b = y / y + x / 8 - 1 / 4, about 1, where y / y may be missing: then the power's interval has other ends than its form.
Test(affine, holds_powers_of_what_may_be_missing)
{
    const struct instruction code[] = {{.op = CODE_COLUMN, .a = 0},     {.op = CODE_COLUMN, .a = 1},  {.op = OP_DIV, .a = 1, .b = 1},
                                       {.op = CODE_CONST, .constant = 0.125}, {.op = OP_MUL, .a = 0, .b = 3}, {.op = OP_ADD, .a = 2, .b = 4},
                                       {.op = CODE_CONST, .constant = 0.25},  {.op = OP_SUB, .a = 5, .b = 6}, {.op = OP_POW, .a = 7, .b = 7}};
    struct small small;
    run_small(&small, code, 9, -1, 1);
    cr_expect(small.root.missing[0] == 1);
    for (double x = 1; x <= 3; x += 0.25) {
        const double base = 0.75 + x / 8, value = pow(base, base), linear = small.root.center[0] + small.slope[0] * (x - 2);
        cr_expect(fabs(value - linear) <= small.root.error[0], "at %g: %g from %g, error %g", x, value, linear, small.root.error[0]);
    }
    arena_reset(&small.arena);
}

Test(affine, reads_constants_as_roots)
{
    const struct instruction code[] = {{.op = CODE_CONST, .constant = 2.5}};
    struct small small;
    run_small(&small, code, 1, 0, 1);
    cr_expect(small.root.low[7] == 2.5 && small.root.high[7] == 2.5 && small.root.center[7] == 2.5 && small.root.error[7] == 0 && small.root.missing[7] == 0);
    arena_reset(&small.arena);
    const struct instruction none[] = {{.op = CODE_CONST, .constant = NAN}};
    run_small(&small, none, 1, 0, 1);
    cr_expect(small.root.missing[7] == 1);
    arena_reset(&small.arena);
}
