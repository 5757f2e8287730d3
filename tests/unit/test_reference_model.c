// bench/reference.crux through the whole engine: the numbers are those of the peers.
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "engine/compile.h"
#include "engine/evaluate.h"
#include "engine/kernel.h"
#include "tests/support/checked.h"

enum { INPUTS = 12, OUTPUTS = 8 };

// From bench/model.py evaluated by Python.
static const struct {
    double inputs[INPUTS], outputs[OUTPUTS];
} points[] = {
    {{0.1, 0.25, 0.06, 0.08, 0.7, 0.08, 20, 1.2, 0.05, 0.55, 0.07, 0.3},
     {6.66180436746608, 0.175106155298171, 1.94932275086013, 10, 5.17909301806556, 0.869482441466889, 2.18404856282628, 1079.76873434285}},
    {{0.13, 0.12, 0.08, 0.05, 0.8, 0.06, 13, 1.0, 0.01, 0.4, 0.1, 0.2},
     {16.7015992503968, 0.179808392676372, 2.97873054782181, 23, 6.30856103221049, 0.94350792909417, 2.81550447833449, 1318.20672660414}},
    {{0.08, 0.39, 0.03, 0.11, 0.56, 0.1, 27, 1.5, 0.09, 0.85, 0.03, 0.44},
     {2.86034584634409, 0.124828723126159, 1.00242118004113, 0, 5.32634635124158, 0.740955852194683, 1.93814770253138, 1004.07541392166}},
};
enum { POINTS = sizeof points / sizeof *points };

static struct checked checked;
static const struct model *model;
static struct tape *tape;

static void set_up(void)
{
    checked_reference(&checked);
    model = compile_program(&checked.arena, checked.program, checked.diags);
    cr_assert(model && checked.diags->error_count == 0);
    cr_assert_eq(model->question_count, OUTPUTS);
    value_id roots[OUTPUTS];
    for (size_t o = 0; o < OUTPUTS; o++)
        roots[o] = model->questions[o].comparisons[0].at[0].left;
    tape = tape_make(&checked.arena, model, roots, OUTPUTS);
}

static void tear_down(void)
{
    checked_free(&checked);
}

TestSuite(reference_model, .init = set_up, .fini = tear_down);

Test(reference_model, outputs_are_those_of_the_peers)
{
    double columns[INPUTS][POINTS], results[OUTPUTS][POINTS], *into[OUTPUTS];
    const double *given[INPUTS];
    cr_assert_geq(model->column_count, INPUTS); // behind the inputs those of the claims' open figures
    for (size_t i = 0; i < INPUTS; i++) {
        given[i] = columns[i];
        for (size_t p = 0; p < POINTS; p++)
            columns[i][p] = points[p].inputs[i];
    }
    for (size_t o = 0; o < OUTPUTS; o++)
        into[o] = results[o];
    const struct futures futures = {.model = model};
    const struct run_options options = {.threads = 1};
    points_run(&checked.arena, tape, &futures, given, POINTS, &options, into);
    for (size_t o = 0; o < OUTPUTS; o++)
        for (size_t p = 0; p < POINTS; p++)
            cr_expect(fabs(results[o][p] - points[p].outputs[o]) <= 1e-11 * fabs(points[p].outputs[o]),
                      "output %zu at point %zu: %.17g, not %.17g", o, p, results[o][p], points[p].outputs[o]);
}

static void count_above(void *user, size_t worker, const struct block *block)
{
    uint64_t *above = user;
    for (size_t i = 0; i < block->lanes; i++)
        above[worker] += block->roots[0][i] > 8;
}

// P(gap > 8) is 0.369; the count is exact, and the same for any kernels and any number of threads.
Test(reference_model, as_many_futures_hold_everywhere)
{
    enum { FUTURES = 5000, COUNT = 1915, SPREAD_COUNT = 1851 };
    for (int i = 0; i < 2 * (KERNELS_AVX512 + 1); i++) {
        const enum kernels kernels = (enum kernels)(i / 2);
        uint64_t above[3] = {0};
        const struct futures futures = {.model = model, .seed = 2026, .sampler = i % 2 ? SAMPLER_PHILOX : SAMPLER_SOBOL};
        const struct run_options options = {.threads = 3, .kernels = kernels};
        cr_assert(futures_run(&checked.arena, tape, &futures, 0, FUTURES, &options, count_above, above));
        cr_expect_eq(above[0] + above[1] + above[2], i % 2 ? COUNT : SPREAD_COUNT, "kernels %d: %d", (int)kernels, (int)(above[0] + above[1] + above[2]));
    }
}

// Values are placed so that few are alive at a time: what a block needs stays far below the second cache's size.
Test(reference_model, the_tape_is_small)
{
    cr_expect_lt(tape_length(tape), 6000);
    cr_expect_leq(tape_workspace(tape) * sizeof(double), 128u * 1024);
}
