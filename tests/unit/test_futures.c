#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/probability.h"
#include "engine/evaluate.h"
#include "engine/kernel.h"
#include "engine/quantile.h"

// ---- a small model: five inputs, two of them correlated, one hole ------------------------------------------------------------

#define FREE .cut_low = -INFINITY, .cut_high = INFINITY, .level = 0.9

static const struct distribution laws[] = {
    {.law = LAW_SPREAD_LOGNORMAL, .a = 2, .b = 8, FREE},
    {.law = LAW_UNIFORM, .a = -1, .b = 3, FREE},
    {.law = LAW_NORMAL, .a = 10, .b = 2, FREE},
    {.law = LAW_PERT, .a = 0, .b = 4, .c = 1, FREE},
    {.law = LAW_NORMAL, .a = 0, .b = 1, .cut_low = -1, .cut_high = 2, .level = 0.9},
};
enum { INPUTS = sizeof laws / sizeof *laws, COLUMNS = INPUTS + 1, ROOTS = 4 };

static const struct column columns[COLUMNS] = {
    {.kind = COLUMN_INPUT, .law = &laws[0], .draw = 3}, {.kind = COLUMN_INPUT, .law = &laws[1], .draw = 0},
    {.kind = COLUMN_INPUT, .law = &laws[2], .draw = 1}, {.kind = COLUMN_INPUT, .law = &laws[3], .draw = 2},
    {.kind = COLUMN_INPUT, .law = &laws[4], .draw = 4}, {.kind = COLUMN_HOLE},
};

static const struct instruction code[] = {
    {.op = CODE_COLUMN, .a = 0},           {.op = CODE_COLUMN, .a = 1},          {.op = CODE_COLUMN, .a = 2},
    {.op = CODE_COLUMN, .a = 3},           {.op = CODE_COLUMN, .a = 4},          {.op = CODE_COLUMN, .a = 5},
    {.op = OP_POW, .a = 0, .b = 1},        {.op = OP_EXP, .a = 4},               {.op = OP_ADD, .a = 6, .b = 7},
    {.op = OP_DIV, .a = 8, .b = 2},        {.op = OP_MAX, .a = 9, .b = 3},       {.op = OP_LN, .a = 10},
    {.op = CODE_CONST, .constant = 0.25},  {.op = OP_LT, .a = 12, .b = 11},      {.op = OP_ADD, .a = 5, .b = 11},
};
static const value_id roots[ROOTS] = {11, 13, 14, 2};
static const size_t correlated[] = {0, 1};
static const double cholesky[] = {1, 0, 0.6, 0.8};

static const struct model model = {.count = sizeof code / sizeof *code, .code = code, .column_count = COLUMNS, .columns = columns,
                                   .draw_count = 5, .correlated_count = 2, .correlated = correlated, .cholesky = cholesky};

static const double fixed[COLUMNS] = {NAN, NAN, NAN, NAN, NAN, 100};

// ---- what a run gives, future by future ------------------------------------------------------------------------------------

enum { FUTURES = 5000 };

struct record {
    double roots[ROOTS][FUTURES];
    double inputs[INPUTS][FUTURES];
};

static void note(void *user, size_t worker, const struct block *block)
{
    (void)worker;
    struct record *record = user;
    for (size_t i = 0; i < block->lanes; i++) {
        for (size_t r = 0; r < ROOTS; r++)
            record->roots[r][block->first + i] = block->roots[r][i];
        for (size_t c = 0; c < INPUTS; c++)
            record->inputs[c][block->first + i] = block->columns[c][i];
    }
}

static struct arena arena;
static enum sampler sampler;

static struct record *record_of(enum kernels kernels, size_t threads, uint64_t part)
{
    struct record *record = arena_alloc(&arena, sizeof *record);
    struct futures futures = {.model = &model, .seed = 42, .fixed = fixed, .sampler = sampler};
    struct run_options options = {.threads = threads, .kernels = kernels};
    struct tape *tape = tape_make(&arena, &model, roots, ROOTS);
    for (uint64_t first = 0; first < FUTURES; first += part)
        cr_assert(futures_run(&arena, tape, &futures, first, first + part < FUTURES ? part : FUTURES - first, &options, note, record));
    return record;
}

static void set_up(void)
{
    arena_init(&arena, &system_allocator, NULL);
}

static void tear_down(void)
{
    sampler = SAMPLER_SOBOL;
    arena_reset(&arena);
}

TestSuite(futures, .init = set_up, .fini = tear_down);

static uint64_t hash_of(const struct record *record)
{
    uint64_t hash = 1469598103934665603u, word;
    const double *values = &record->roots[0][0];
    for (size_t i = 0; i < sizeof *record / sizeof *values; i++) {
        memcpy(&word, values + i, sizeof word);
        hash = (hash ^ word) * 1099511628211u;
    }
    return hash;
}

// The hash stands here, so that another compiler, machine or set of kernels that gives other bits is found.
static void check_bits(enum sampler from)
{
    sampler = from;
    const uint64_t hashes[] = {[SAMPLER_SOBOL] = 0x77db6629d46c2ad6, [SAMPLER_PHILOX] = 0xec8e4084c8764642};
    const uint64_t expected = hashes[sampler];
    for (enum kernels kernels = KERNELS_BEST; kernels <= KERNELS_AVX512; kernels++)
        for (size_t threads = 1; threads <= 3; threads++)
            cr_expect_eq(hash_of(record_of(kernels, threads, FUTURES)), expected, "kernels %d, %zu threads: %llx", (int)kernels,
                         threads, (unsigned long long)hash_of(record_of(kernels, threads, FUTURES)));
    cr_expect_eq(hash_of(record_of(KERNELS_BEST, 2, 100)), expected, "in parts of 100");
    cr_expect_eq(hash_of(record_of(KERNELS_BASELINE, 2, 1237)), expected, "in parts of 1237");
}

Test(futures, bits_do_not_depend_on_kernels_threads_or_parts)
{
    check_bits(SAMPLER_SOBOL);
    check_bits(SAMPLER_PHILOX);
}

static void check_draws(enum sampler from, double (*u)(uint64_t seed, uint64_t future, uint64_t draw))
{
    sampler = from;
    const struct record *record = record_of(KERNELS_BEST, 1, FUTURES);
    for (uint64_t k = 0; k < FUTURES; k += 7) {
        cr_expect_eq(record->inputs[0][k], column_quantile(&columns[0], u(42, k, 3)));
        cr_expect_eq(record->inputs[3][k], column_quantile(&columns[3], u(42, k, 2)));
        cr_expect_eq(record->inputs[4][k], column_quantile(&columns[4], u(42, k, 4)));
        cr_expect_eq(record->roots[2][k], 100 + record->roots[0][k]);
    }
}

Test(futures, draws_are_the_quantiles_of_their_uniform_numbers)
{
    check_draws(SAMPLER_SOBOL, future_point);
    check_draws(SAMPLER_PHILOX, future_uniform);
}

static double share_below(const double *values, double x)
{
    double count = 0;
    for (size_t i = 0; i < FUTURES; i++)
        count += values[i] < x;
    return count / FUTURES;
}

Test(futures, samples_follow_their_laws)
{
    const struct record *record = record_of(KERNELS_BEST, 2, FUTURES);
    for (size_t c = 0; c < INPUTS; c++)
        for (double p = 0.05; p < 1; p += 0.15)
            cr_expect_float_eq(share_below(record->inputs[c], column_quantile(&columns[c], p)), p, 0.03, "input %zu at %g", c, p);
    // Correlation of the normal scores of inputs 1 and 2.
    double sum = 0, one = 0, other = 0;
    for (size_t i = 0; i < FUTURES; i++) {
        double a = normal_quantile_at((record->inputs[1][i] + 1) / 4), b = (record->inputs[2][i] - 10) / 2;
        sum += a * b;
        one += a * a;
        other += b * b;
    }
    cr_expect_float_eq(sum / sqrt(one * other), 0.6, 0.03);
}

static bool after_three(void *user)
{
    int *asked = user;
    return ++*asked > 3;
}

Test(futures, a_run_can_be_cancelled)
{
    struct futures futures = {.model = &model, .seed = 42, .fixed = fixed};
    int asked = 0;
    struct run_options options = {.threads = 1, .kernels = KERNELS_BEST, .cancelled = after_three, .user = &asked};
    struct tape *tape = tape_make(&arena, &model, roots, ROOTS);
    struct record *record = arena_alloc(&arena, sizeof *record);
    cr_expect(!futures_run(&arena, tape, &futures, 0, FUTURES, &options, note, record));
    cr_expect_eq(asked, 4);
    cr_expect_neq(record->inputs[0][3 * BLOCK_LANES - 1], 0);
    cr_expect_eq(record->inputs[0][3 * BLOCK_LANES], 0);
}

Test(futures, points_take_given_then_fixed_then_central_values)
{
    enum { COUNT = 300 };
    static double inputs[COUNT], results[ROOTS][COUNT];
    for (size_t i = 0; i < COUNT; i++)
        inputs[i] = 1 + (double)i;
    const double *points[COLUMNS] = {[0] = inputs};
    double *const into[ROOTS] = {results[0], results[1], results[2], results[3]};
    struct futures futures = {.model = &model, .seed = 1, .fixed = fixed};
    struct run_options options = {.threads = 2, .kernels = KERNELS_BEST};
    struct tape *tape = tape_make(&arena, &model, roots, ROOTS);
    points_run(&arena, tape, &futures, points, COUNT, &options, into);
    for (size_t i = 0; i < COUNT; i++) {
        double y = (inputs[i] * 1 + 1) / 10, pert = column_central(&columns[3]), want = log(fmax(y, pert));
        cr_expect_float_eq(results[0][i], want, 1e-14);
        cr_expect_eq(results[2][i], 100 + results[0][i]);
        cr_expect_eq(results[3][i], 10);
    }
    points_run(&arena, tape, &futures, NULL, 1, &options, into);
    cr_expect_eq(results[3][0], 10);
}

Test(futures, tapes_say_what_they_read)
{
    size_t count = 0;
    const value_id root = 8;
    struct tape *tape = tape_make(&arena, &model, &root, 1);
    const size_t *read = tape_columns(tape, &count);
    cr_assert_eq(count, 3u);
    cr_expect_eq(read[0], 0u);
    cr_expect_eq(read[1], 1u);
    cr_expect_eq(read[2], 4u);
    cr_expect_eq(tape_length(tape), 6u);
    const value_id constant = 12;
    double value = 0, *const into[] = {&value};
    struct futures futures = {.model = &model};
    struct run_options options = {.threads = 1};
    points_run(&arena, tape_make(&arena, &model, &constant, 1), &futures, NULL, 1, &options, into);
    cr_expect_eq(value, 0.25);
}
