// The compiler on programs put together by hand.
#include <criterion/criterion.h>
#include <math.h>
#include <time.h>

#include "engine/compile.h"
#include "engine/model.h"
#include "tests/support/program_builder.h"
#include "tests/support/scalar.h"

static struct arena arena;
static jmp_buf no_memory;
static struct built *built;

static void set_up(int steps)
{
    arena_init(&arena, &system_allocator, &no_memory);
    built = built_new(&arena, steps);
}

static void tear_down(void)
{
    arena_reset(&arena);
}

static const struct model *compile(void)
{
    return compile_program(&arena, built_program(built), built->diags);
}

static size_t count_of(const struct model *model, uint32_t op)
{
    size_t count = 0;
    for (size_t i = 0; i < model->count; i++)
        count += model->code[i].op == op;
    return count;
}

static const struct model *compile_expression(struct node *node)
{
    built->program.expression_node = node;
    return compile();
}

// The value of a constant expression.
static double value_of(struct node *node)
{
    const struct model *model = compile_expression(node);
    cr_assert(model->code[model->expression].op == CODE_CONST, "not folded: op %u", model->code[model->expression].op);
    return model->code[model->expression].constant;
}

static struct node *c(double value)
{
    return n_const(built, value);
}

// ---- folding -----------------------------------------------------------------------------------------------------------

Test(compile, folds_constants)
{
    set_up(0);
    cr_expect_eq(value_of(n_op(built, OP_ADD, 2, c(2), n_op(built, OP_MUL, 2, c(3), c(4)))), 14);
    cr_expect_eq(value_of(n_op(built, OP_CLAMP, 3, c(7), c(0), c(5))), 5);
    cr_expect_eq(value_of(n_op(built, OP_MIN, 4, c(7), c(3), c(5), c(9))), 3);
    cr_expect_eq(value_of(n_op(built, OP_WITHIN, 3, c(9), c(0.15), c(8))), 1);
    cr_expect_eq(value_of(n_op(built, OP_WITHIN, 3, c(9), c(0.1), c(8))), 0);
    cr_expect_eq(value_of(n_op(built, OP_IN_RANGE, 3, c(4), c(4), c(5))), 1);
    cr_expect_eq(value_of(n_op(built, OP_GT, 2, c(4), c(5))), 0);
    cr_expect_eq(value_of(n_op(built, OP_LOG10, 1, c(1000))), 3);
    tear_down();
}

Test(compile, truth_has_three_values)
{
    set_up(0);
    struct node *unknown = n_op(built, OP_LT, 2, n_op(built, OP_LN, 1, c(-1)), c(0));
    cr_expect_eq(value_of(n_op(built, OP_AND, 2, unknown, n_truth(built, false))), 0);
    cr_expect_eq(value_of(n_op(built, OP_OR, 2, unknown, n_truth(built, true))), 1);
    cr_expect(isnan(value_of(n_op(built, OP_AND, 2, unknown, n_truth(built, true)))));
    cr_expect_eq(value_of(n_op(built, OP_IMPLIES, 2, n_truth(built, false), unknown)), 1);
    cr_expect_eq(value_of(n_op(built, OP_UNLESS, 2, unknown, n_truth(built, true))), 1);
    tear_down();
}

Test(compile, shares_equal_expressions)
{
    set_up(0);
    struct node *x = n_input(built, add_input(built, "x", law_uniform(1, 2)));
    struct node *y = n_input(built, add_input(built, "y", law_uniform(1, 2)));
    struct node *sum = n_op(built, OP_ADD, 2, x, y), *mus = n_op(built, OP_ADD, 2, y, x);
    const struct model *model = compile_expression(n_op(built, OP_MUL, 2, sum, n_op(built, OP_NEG, 1, mus)));
    cr_expect_eq(count_of(model, OP_ADD), 1);
    cr_expect_eq(model->column_count, 2);
    cr_expect_eq(model->variable_count, 2);
    tear_down();
}

Test(compile, simplifies_what_is_safe)
{
    set_up(0);
    struct node *x = n_input(built, add_input(built, "x", law_uniform(1, 2)));
    cr_expect_eq(compile_expression(n_op(built, OP_MUL, 2, x, c(1)))->count, 1);
    cr_expect_eq(compile_expression(n_op(built, OP_ADD, 2, c(0), x))->count, 1);
    cr_expect_eq(compile_expression(n_op(built, OP_MIN, 2, x, x))->count, 1);
    cr_expect_eq(compile_expression(n_op(built, OP_SELECT, 3, n_truth(built, true), x, c(9)))->count, 1);
    const struct model *model = compile_expression(n_op(built, OP_NOT, 1, n_op(built, OP_LT, 2, x, c(1))));
    cr_expect_eq(count_of(model, OP_LE), 1);
    cr_expect_eq(count_of(model, OP_NOT), 0);
    cr_expect_eq(count_of(compile_expression(n_op(built, OP_MUL, 2, x, c(0))), OP_MUL), 1, "0 * x has no value where x has none");
    tear_down();
}

Test(compile, cheap_powers)
{
    set_up(0);
    struct node *x = n_input(built, add_input(built, "x", law_uniform(1, 2)));
    const double exponents[] = {1, 2, 3, 4, -1, -2, 0.5, 0.25, 0.75, 1.5, -0.5, 2.25};
    for (size_t i = 0; i < sizeof exponents / sizeof *exponents; i++) {
        const struct model *model = compile_expression(n_op(built, OP_POW, 2, x, c(exponents[i])));
        cr_expect_eq(count_of(model, OP_POW), 0);
        cr_expect_float_eq(scalar_run(&arena, model, (double[]){1.7})[model->expression], pow(1.7, exponents[i]), 1e-14);
    }
    cr_expect_eq(count_of(compile_expression(n_op(built, OP_POW, 2, x, c(0.3))), OP_POW), 1);
    tear_down();
}

// ---- time --------------------------------------------------------------------------------------------------------------

// previous(x, 1) * 1.5
static struct definition *growing(void)
{
    struct definition *definition = add_definition(built, "grow", KIND_QUANTITY, true, NULL);
    struct node *past = n_kind(built, NODE_PREVIOUS, KIND_QUANTITY, 2, n_name(built, definition), c(1));
    definition->body = n_op(built, OP_ADD, 2, past, c(1));
    return definition;
}

Test(compile, recursion_over_all_steps)
{
    set_up(4000);
    struct definition *grow = growing();
    cr_expect_eq(value_of(n_name(built, grow)), 4001);
    cr_expect_eq(value_of(n_time(built, PHRASE_AT, n_name(built, grow), n_date(built, 2025.25), NULL)), 3);
    tear_down();
}

Test(compile, long_chains_of_definitions)
{
    set_up(0);
    enum { LENGTH = 20000 };
    struct definition *last = add_definition(built, "d", KIND_QUANTITY, false, n_input(built, add_input(built, "x", law_uniform(0, 1))));
    for (int i = 0; i < LENGTH; i++)
        last = add_definition(built, "d", KIND_QUANTITY, false, n_op(built, OP_ADD, 2, n_name(built, last), c(1)));
    const struct model *model = compile_expression(n_name(built, last));
    cr_expect_eq(scalar_run(&arena, model, (double[]){0.5})[model->expression], LENGTH + 0.5);
    tear_down();
}

Test(compile, phrases)
{
    set_up(12); // 2025Q1 .. 2027Q4
    struct node *above = n_op(built, OP_GT, 2, n_name(built, growing()), c(5)); // false until 2025Q4 (5), true from 2026Q1 (6)
    struct node *q1 = n_date(built, 2025), *q5 = n_date(built, 2026), *q4 = n_date(built, 2025.75), *last = n_date(built, 2027.75);
    cr_expect_eq(value_of(n_time(built, PHRASE_AT, above, q4, NULL)), 0);
    cr_expect_eq(value_of(n_time(built, PHRASE_AT, above, q5, NULL)), 1);
    cr_expect_eq(value_of(n_time(built, PHRASE_BY, above, q1, q4)), 0);
    cr_expect_eq(value_of(n_time(built, PHRASE_BY, above, q1, q5)), 1);
    cr_expect_eq(value_of(n_time(built, PHRASE_THROUGHOUT, above, q4, q5)), 0);
    cr_expect_eq(value_of(n_time(built, PHRASE_THROUGHOUT, above, q5, last)), 1);
    cr_expect(isnan(value_of(n_time(built, PHRASE_AT, above, n_date(built, 2031), NULL))));
    struct node *when = n_kind(built, NODE_WHEN, KIND_DATE, 1, above);
    cr_expect_eq(value_of(when), built_instant(2026));
    struct node *never = n_kind(built, NODE_WHEN, KIND_DATE, 1, n_truth(built, false));
    cr_expect_eq(value_of(n_op(built, OP_LT, 2, never, q1)), 0);
    cr_expect_eq(value_of(n_op(built, OP_GT, 2, never, q1)), 0, "every comparison with a date that never comes is false");
    cr_expect_eq(value_of(n_op(built, OP_NE, 2, never, q1)), 0);
    tear_down();
}

Test(compile, windows)
{
    set_up(12);
    struct node *x = n_name(built, growing()); // 2, 3, 4, 5 in 2025
    double quarter = SECONDS_A_YEAR / 4;
    cr_expect_float_eq(value_of(n_window(built, REDUCE_SUM, x, n_date(built, 2025), n_date(built, 2026), NULL)), 14 * quarter, 1e-3);
    cr_expect_float_eq(value_of(n_window(built, REDUCE_MEAN, x, n_date(built, 2025), n_date(built, 2026), NULL)), 3.5, 1e-9);
    cr_expect_eq(value_of(n_window(built, REDUCE_MAX, x, n_date(built, 2025), n_date(built, 2026), NULL)), 5);
    cr_expect_eq(value_of(n_window(built, REDUCE_MIN, x, n_date(built, 2024), n_date(built, 2026), c(1))), 1);
    cr_expect_float_eq(value_of(n_window(built, REDUCE_SUM, x, n_date(built, 2024.5), n_date(built, 2026), c(1))), 16 * quarter, 1e-3);
    cr_expect(isnan(value_of(n_window(built, REDUCE_SUM, x, n_date(built, 2024), n_date(built, 2026), NULL))));
    cr_expect(isnan(value_of(n_window(built, REDUCE_SUM, x, n_date(built, 2026), n_date(built, 2031), NULL))));
    struct node *now = n_kind(built, NODE_NOW, KIND_DATE, 0);
    struct node *year_ago = n_op(built, OP_SUB, 2, now, c(SECONDS_A_YEAR));
    struct node *trailing = n_window(built, REDUCE_SUM, x, year_ago, now, c(0));
    cr_expect_float_eq(value_of(n_time(built, PHRASE_AT, trailing, n_date(built, 2025.75), NULL)), 14 * quarter, 1e-3);
    cr_expect_float_eq(value_of(n_time(built, PHRASE_AT, trailing, n_date(built, 2025), NULL)), 2 * quarter, 1e-3);
    tear_down();
}

Test(compile, paths)
{
    set_up(12);
    struct distribution laws[] = {law_known(100), law_known(1600)};
    struct node *path = n_input(built, add_path(built, "p", 2, laws, false)); // ends of 2025 and 2026
    cr_expect_eq(value_of(n_time(built, PHRASE_AT, path, n_date(built, 2025.75), NULL)), 100);
    cr_expect_float_eq(value_of(n_time(built, PHRASE_AT, path, n_date(built, 2026.25), NULL)), 400, 1e-9);
    cr_expect_float_eq(value_of(n_time(built, PHRASE_AT, path, n_date(built, 2026), NULL)), 200, 1e-9);
    cr_expect_eq(value_of(n_time(built, PHRASE_AT, path, n_date(built, 2026.75), NULL)), 1600);
    cr_expect(isnan(value_of(n_time(built, PHRASE_AT, path, n_date(built, 2027), NULL))));
    struct distribution low[] = {law_known(-4), law_known(4)};
    struct node *held = n_input(built, add_path(built, "q", 2, low, true));
    cr_expect_eq(value_of(n_time(built, PHRASE_AT, held, n_date(built, 2026.25), NULL)), 0);
    cr_expect_eq(value_of(n_time(built, PHRASE_AT, held, n_date(built, 2027.5), NULL)), 4);
    cr_expect_eq(value_of(n_time(built, PHRASE_AT, held, n_date(built, 2025), NULL)), -4);
    tear_down();
}

// ---- speed -------------------------------------------------------------------------------------------------------------

// As large as the reference model: 24 steps of 174 equations with about 430 operations.
Test(compile, reference_size_is_quick)
{
    enum { EQUATIONS = 174 };
    set_up(24);
    struct definition *all[EQUATIONS];
    struct node *x = n_input(built, add_input(built, "x", law_uniform(1, 2)));
    for (int i = 0; i < EQUATIONS; i++) {
        all[i] = add_definition(built, "e", KIND_QUANTITY, true, NULL);
        struct node *a = i > 0 ? n_name(built, all[i - 1]) : x, *b = i > 20 ? n_name(built, all[i - 17]) : c(1 + i);
        struct node *past = n_kind(built, NODE_PREVIOUS, KIND_QUANTITY, 2, n_name(built, all[i]), x);
        all[i]->body = n_op(built, OP_ADD, 2, n_op(built, OP_MUL, 2, a, c(0.5 + i)), i % 5 == 0 ? n_op(built, OP_EXP, 1, past) : n_op(built, OP_DIV, 2, b, past));
    }
    built->program.expression_node = n_name(built, all[EQUATIONS - 1]);
    struct timespec start, end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    const struct model *model = compile();
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    double seconds = (double)(end.tv_sec - start.tv_sec) + 1e-9 * (double)(end.tv_nsec - start.tv_nsec);
    cr_log_info("%zu instructions in %.2f ms", model->count, 1e3 * seconds);
    cr_expect_gt(model->count, 24 * 174 * 2);
    cr_expect_lt(seconds, 0.2, "%.1f ms", 1e3 * seconds); // ten times what it takes, for slow machines and sanitizers
    tear_down();
}
