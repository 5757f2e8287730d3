// Random models, run by every kernel this machine has, against one value at a time.
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "engine/evaluate.h"
#include "engine/kernel.h"
#include "dsl/point.h"
#include "tests/support/failing_allocator.h"

enum { COLUMNS = 5, VALUES = 400, ROOTS = 12, MODELS = 60 };

static uint64_t next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static const enum op plain[] = {OP_ADD, OP_SUB, OP_MUL, OP_DIV, OP_MIN, OP_MAX, OP_ADD, OP_MUL};
static const enum op any[] = {OP_NEG, OP_POW, OP_ABS, OP_EXP, OP_LN,  OP_SQRT, OP_FLOOR, OP_CEIL, OP_ROUND,
                              OP_LT,  OP_LE,  OP_EQ,  OP_NE,  OP_AND, OP_OR,   OP_NOT,   OP_SELECT, OP_POW};

static const double special[] = {0.0, -0.0, 1.0, -1.0, INFINITY, -INFINITY, NAN, 0.5, 2.0, 1e300, -3.0, 0x1p-1074, 0.25};

static double number(uint64_t *state)
{
    if (next(state) % 4 == 0)
        return special[next(state) % (sizeof special / sizeof *special)];
    return (double)(int64_t)next(state) * 0x1p-62;
}

static void random_code(struct instruction *code, uint64_t *state)
{
    for (value_id i = 0; i < VALUES; i++) {
        code[i] = (struct instruction){.op = CODE_CONST, .constant = number(state)};
        if (i < COLUMNS)
            code[i] = (struct instruction){.op = CODE_COLUMN, .a = i};
        else if (next(state) % 8 != 0) {
            bool simple = next(state) % 3 != 0;
            code[i].op = simple ? plain[next(state) % 8] : any[next(state) % 18];
            size_t near = i > 30 && next(state) % 2 ? 30 : i;
            code[i].a = i - 1 - (value_id)(next(state) % near);
            code[i].b = i - 1 - (value_id)(next(state) % near);
            code[i].c = i - 1 - (value_id)(next(state) % i);
        }
    }
}

static bool same(double a, double b)
{
    return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof a) == 0;
}

static void evaluate_one(const struct instruction *code, const double *columns, double *values)
{
    for (value_id i = 0; i < VALUES; i++) {
        const struct instruction *c = &code[i];
        if (c->op == CODE_CONST)
            values[i] = c->constant;
        else if (c->op == CODE_COLUMN)
            values[i] = columns[c->a];
        else
            values[i] = point_value(c->op, values[c->a], values[c->b], values[c->c]);
    }
}

struct trial {
    struct instruction code[VALUES];
    struct model model;
    value_id roots[ROOTS];
    double inputs[COLUMNS][BLOCK_LANES];
};

static void make_trial(struct trial *trial, uint64_t *state)
{
    random_code(trial->code, state);
    trial->model = (struct model){.count = VALUES, .code = trial->code, .column_count = COLUMNS};
    for (size_t r = 0; r < ROOTS; r++)
        trial->roots[r] = next(state) % VALUES;
    trial->roots[3] = trial->roots[2];
    trial->roots[4] = 1; // a column
    for (size_t c = 0; c < COLUMNS; c++)
        for (size_t i = 0; i < BLOCK_LANES; i++)
            trial->inputs[c][i] = number(state);
}

static void check_trial(struct arena *arena, const struct trial *trial, enum kernels kernels, uint64_t seed)
{
    struct tape *tape = tape_make(arena, &trial->model, trial->roots, ROOTS);
    double *workspace = arena_alloc_wide(arena, tape_workspace(tape) * sizeof *workspace);
    const double *columns[COLUMNS], *roots[ROOTS];
    for (size_t c = 0; c < COLUMNS; c++)
        columns[c] = trial->inputs[c];
    tape_run(tape, kernels, columns, workspace, roots);
    for (size_t i = 0; i < BLOCK_LANES; i++) {
        double one[COLUMNS], values[VALUES];
        for (size_t c = 0; c < COLUMNS; c++)
            one[c] = trial->inputs[c][i];
        evaluate_one(trial->code, one, values);
        for (size_t r = 0; r < ROOTS; r++)
            cr_assert(same(roots[r][i], values[trial->roots[r]]), "seed %llx, kernels %d, root %zu, lane %zu: %a, not %a",
                      (unsigned long long)seed, (int)kernels, r, i, roots[r][i], values[trial->roots[r]]);
    }
}

Test(tape, every_kernel_gives_the_values_of_single_numbers)
{
    uint64_t state = 0x9e3779b97f4a7c15;
    struct trial *trial = malloc(sizeof *trial);
    for (int m = 0; m < MODELS; m++) {
        const uint64_t seed = state;
        make_trial(trial, &state);
        for (enum kernels kernels = KERNELS_BEST; kernels <= KERNELS_AVX512; kernels++) {
            if (!kernels_available(kernels))
                continue;
            struct arena arena;
            arena_init(&arena, &system_allocator, NULL);
            check_trial(&arena, trial, kernels, seed);
            arena_reset(&arena);
        }
    }
    free(trial);
}

// A chain of sums over a chain of products: the slots needed must not grow with its length.
Test(tape, slots_are_used_again)
{
    enum { LENGTH = 1000 };
    static struct instruction code[3 * LENGTH + 1];
    code[0] = (struct instruction){.op = CODE_COLUMN, .a = 0};
    value_id count = 1, product = 0, sum = 0;
    for (int i = 0; i < LENGTH; i++) {
        code[count] = (struct instruction){.op = OP_SQRT, .a = product};
        product = count++;
        code[count] = (struct instruction){.op = OP_ADD, .a = sum, .b = product};
        sum = count++;
    }
    struct model model = {.count = count, .code = code, .column_count = 1};
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    struct tape *tape = tape_make(&arena, &model, &sum, 1);
    cr_expect_leq(tape_workspace(tape), 4u * BLOCK_LANES);
    arena_reset(&arena);
}
