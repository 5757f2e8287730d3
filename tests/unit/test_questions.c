// What is judged: worlds, columns, draws, questions.
#include <criterion/criterion.h>
#include <math.h>

#include "engine/compile.h"
#include "engine/model.h"
#include "tests/support/failing_allocator.h"
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

static struct node *c(double value)
{
    return n_const(built, value);
}

static struct node *more(struct node *a, double b)
{
    return n_op(built, OP_GT, 2, a, c(b));
}

static double constant_at(const struct model *model, value_id id)
{
    cr_assert_eq(model->code[id].op, CODE_CONST);
    return model->code[id].constant;
}

// ---- slicing and columns -----------------------------------------------------------------------------------------------

Test(questions, only_what_claims_see)
{
    set_up(0);
    struct input *x = add_input(built, "x", law_uniform(0, 1)), *y = add_input(built, "y", law_uniform(0, 1));
    struct input *z = add_input(built, "z", law_uniform(0, 1));
    add_definition(built, "unused", KIND_QUANTITY, false, n_op(built, OP_EXP, 1, n_input(built, x)));
    add_claim(built, "first", NULL, more(n_input(built, z), 0.5));
    add_claim(built, "second", NULL, more(n_op(built, OP_ADD, 2, n_input(built, y), n_input(built, z)), 0.5));
    const struct model *model = compile();
    cr_assert_eq(model->question_count, 2);
    cr_expect_eq(model->column_count, 2);
    cr_expect_eq(model->count, 8, "true, false, 0.5, y, z, their sum and two comparisons, not %zu", model->count);
    cr_expect_eq(model->draw_count, 3);
    cr_expect_eq(model->columns[0].draw, 1, "a draw keeps its number whatever else is compiled");
    cr_expect_eq(model->questions[0].variable_count, 1);
    cr_expect_eq(model->questions[0].variables[0], 1);
    cr_expect_eq(model->questions[1].variable_count, 2);
    tear_down();
}

Test(questions, paths_share_a_draw_and_periods_do_not)
{
    set_up(8);
    struct distribution laws[] = {law_uniform(1, 2), law_uniform(2, 3)};
    struct input *path = add_path(built, "path", 2, laws, true), *fresh = add_input(built, "fresh", law_uniform(0, 1));
    fresh->varies = SECONDS_A_YEAR;
    struct node *sum = n_op(built, OP_ADD, 2, n_input(built, path), n_input(built, fresh));
    add_claim(built, "claim", NULL, n_time(built, PHRASE_THROUGHOUT, more(sum, 1), n_date(built, 2025), n_date(built, 2026.75)));
    const struct model *model = compile();
    cr_expect_eq(model->column_count, 4);
    cr_expect_eq(model->variable_count, 2);
    cr_expect_eq(model->columns[0].draw, model->columns[1].draw);
    cr_expect_neq(model->columns[2].draw, model->columns[3].draw);
    cr_expect(text_is(model->columns[1].name, "path at 2026Q4"), "%.*s", TEXT_ARGS(model->columns[1].name));
    cr_expect(text_is(model->columns[3].name, "fresh at 2026Q1"), "%.*s", TEXT_ARGS(model->columns[3].name));
    tear_down();
}

Test(questions, fractions_are_cut)
{
    set_up(0);
    struct input *share = add_input(built, "share", law_uniform(-1, 2));
    share->type.fraction = true;
    add_claim(built, "claim", NULL, more(n_input(built, share), 0.5));
    const struct model *model = compile();
    cr_expect_eq(model->columns[0].law->cut_low, 0);
    cr_expect_eq(model->columns[0].law->cut_high, 1);
    tear_down();
}

// ---- worlds ------------------------------------------------------------------------------------------------------------

Test(questions, scenarios_share_what_they_agree_on)
{
    set_up(0);
    struct input *x = add_input(built, "x", law_uniform(0, 1)), *y = add_input(built, "y", law_uniform(0, 1));
    struct definition *costly = add_definition(built, "costly", KIND_QUANTITY, false, n_op(built, OP_EXP, 1, n_input(built, x)));
    struct definition *sum = add_definition(built, "sum", KIND_QUANTITY, false, n_op(built, OP_ADD, 2, n_name(built, costly), n_input(built, y)));
    struct scenario *other = add_scenario(built, "other");
    set_input(built, other, y, c(0.25));
    struct claim *claim = add_claim(built, "claim", NULL, more(n_name(built, sum), 2));
    const struct scenario *both[] = {built->scenarios.at[0], other};
    claim->scenarios = both;
    claim->scenario_count = 2;
    const struct model *model = compile();
    cr_assert_eq(model->question_count, 2);
    size_t exps = 0;
    for (size_t i = 0; i < model->count; i++)
        exps += model->code[i].op == OP_EXP;
    cr_expect_eq(exps, 1);
    const double columns[] = {0.5, 0.9};
    const double *values = scalar_run(&arena, model, columns);
    cr_expect_eq(values[model->questions[0].conclusion], 1);
    cr_expect_eq(values[model->questions[1].conclusion], 0);
    cr_expect_eq(model->questions[1].variable_count, 1);
    tear_down();
}

Test(questions, later_sets_win_and_under_is_on_top)
{
    set_up(0);
    struct input *x = add_input(built, "x", law_known(1));
    struct definition *twice = add_definition(built, "twice", KIND_QUANTITY, false, n_op(built, OP_MUL, 2, n_input(built, x), c(2)));
    set_input(built, (struct scenario *)(uintptr_t)built->scenarios.at[0], x, c(10));
    struct scenario *other = add_scenario(built, "other");
    set_input(built, other, x, n_op(built, OP_ADD, 2, n_input(built, x), c(5))); // ten more than five: the set below it
    struct node *under = n_kind(built, NODE_UNDER, KIND_QUANTITY, 1, n_name(built, twice));
    under->scenario = other;
    struct claim *claim = add_claim(built, "claim", NULL, n_op(built, OP_LT, 2, n_name(built, twice), under));
    const struct model *model = compile();
    cr_expect_eq(constant_at(model, model->questions[0].conclusion), 1);
    cr_expect_eq(constant_at(model, model->questions[0].comparisons[0].at[0].left), 20);
    cr_expect_eq(constant_at(model, model->questions[0].comparisons[0].at[0].right), 30);
    struct override with = {.input = x, .members = NULL, .value = c(100)};
    claim->overrides = &with;
    claim->override_count = 1;
    model = compile();
    cr_expect_eq(constant_at(model, model->questions[0].comparisons[0].at[0].left), 200);
    cr_expect_eq(constant_at(model, model->questions[0].comparisons[0].at[0].right), 210);
    tear_down();
}

Test(questions, a_set_can_make_things_vary)
{
    set_up(4);
    struct input *x = add_input(built, "x", law_known(1));
    struct definition *twice = add_definition(built, "twice", KIND_QUANTITY, false, n_op(built, OP_MUL, 2, n_input(built, x), c(2)));
    struct node *path = n_kind(built, NODE_PREVIOUS, KIND_QUANTITY, 2, c(7), c(3));
    set_input(built, (struct scenario *)(uintptr_t)built->scenarios.at[0], x, path);
    struct node *first = n_time(built, PHRASE_AT, n_name(built, twice), n_date(built, 2025), NULL);
    struct node *second = n_time(built, PHRASE_AT, n_name(built, twice), n_date(built, 2025.5), NULL);
    add_claim(built, "claim", NULL, n_op(built, OP_LT, 2, first, second));
    const struct model *model = compile();
    cr_expect_eq(constant_at(model, model->questions[0].comparisons[0].at[0].left), 6);
    cr_expect_eq(constant_at(model, model->questions[0].comparisons[0].at[0].right), 14);
    tear_down();
}

Test(questions, sets_in_a_circle_are_reported)
{
    set_up(0);
    struct input *x = add_input(built, "x", law_known(1));
    struct definition *y = add_definition(built, "y", KIND_QUANTITY, false, n_op(built, OP_ADD, 2, n_input(built, x), c(1)));
    set_input(built, (struct scenario *)(uintptr_t)built->scenarios.at[0], x, n_op(built, OP_MUL, 2, n_name(built, y), c(2)));
    add_claim(built, "claim", NULL, more(n_name(built, y), 0));
    cr_assert_not_null(compile());
    cr_assert_eq(built->diags->count, 1);
    cr_expect_eq(built->diags->first->code, DIAG_VALUE_CYCLE);
    tear_down();
}

// ---- parts of a question -----------------------------------------------------------------------------------------------

Test(questions, assumptions_premise_start_and_comparisons)
{
    set_up(8);
    struct input *x = add_input(built, "x", law_uniform(0, 1));
    struct node *above = more(n_input(built, x), 0.5);
    struct node *by = n_time(built, PHRASE_BY, above, n_date(built, 2025), n_date(built, 2025.5));
    struct node *premise = n_time(built, PHRASE_THROUGHOUT, more(n_input(built, x), 0.1), n_date(built, 2025), n_date(built, 2026));
    struct expr written = {.kind = EXPR_COMPARE};
    premise->expr = &written;
    assume_in(built, (struct scenario *)(uintptr_t)built->scenarios.at[0], more(n_input(built, x), 0.2));
    struct scenario *other = add_scenario(built, "other");
    assume_in(built, other, more(n_input(built, x), 0.3));
    struct claim *claim = add_claim(built, "claim", premise, by);
    const struct scenario *under[] = {other};
    claim->scenarios = under;
    const struct model *model = compile();
    const struct question *question = &model->questions[0];
    cr_expect_eq(question->assumption_count, 2);
    const double *values = scalar_run(&arena, model, (double[]){0.25});
    cr_expect_eq(values[question->assumption_values[0]], 1);
    cr_expect_eq(values[question->assumption_values[1]], 0);
    cr_expect_eq(values[question->assumed], 0);
    cr_expect_eq(values[question->premise], 1);
    cr_expect_eq(values[question->conclusion], 0);
    cr_expect_neq(question->start, NO_VALUE);
    cr_expect_neq(question->premise_named, NO_VALUE);
    cr_assert_eq(question->comparison_count, 2);
    cr_expect(question->comparisons[0].in_premise && !question->comparisons[0].any);
    cr_expect(!question->comparisons[1].in_premise && question->comparisons[1].any);
    cr_expect_eq(question->comparisons[1].count, 3);
    cr_expect_eq(question->comparisons[1].at[2].step, 2);
    cr_expect_eq(question->hole_column, SIZE_MAX);
    tear_down();
}

Test(questions, claims_as_conditions)
{
    set_up(0);
    struct input *x = add_input(built, "x", law_uniform(0, 1));
    struct claim *first = add_claim(built, "first", NULL, more(n_input(built, x), 0.5));
    struct claim *second = add_claim(built, "second", NULL, more(n_input(built, x), 0.7));
    struct override with = {.input = x, .value = c(0.9)};
    second->overrides = &with;
    second->override_count = 1;
    struct node *a = node_of(built, NODE_CLAIM, KIND_TRUTH, 0), *b = node_of(built, NODE_CLAIM, KIND_TRUTH, 0);
    a->claim = first;
    b->claim = second;
    add_claim(built, "both", NULL, n_op(built, OP_AND, 2, a, b));
    const struct model *model = compile();
    cr_expect_eq(constant_at(model, model->questions[1].conclusion), 1);
    cr_expect_eq(model->questions[2].conclusion, model->questions[0].conclusion);
    cr_assert_eq(model->questions[2].comparison_count, 2);
    cr_expect_eq(constant_at(model, model->questions[2].comparisons[1].at[0].left), 0.9);
    tear_down();
}

Test(questions, members_and_concessions)
{
    set_up(0);
    struct input *x = add_input(built, "x", law_uniform(0, 1));
    const struct index *actors[] = {add_index(built, "actor", 3)};
    struct node *member = node_of(built, NODE_BINDER, KIND_MEMBER, 0);
    struct node *table = n_kind(built, NODE_TABLE, KIND_QUANTITY, 4, member, c(0.1), c(0.2), n_input(built, x));
    struct claim *claim = add_claim(built, "claim", NULL, more(table, 0.15));
    claim->params = actors;
    claim->param_count = 1;
    struct concession concession = {.kind = CONCESSION_CONDITION, .condition = more(n_input(built, x), 0.5)};
    claim->concessions = &concession;
    claim->concession_count = 1;
    const struct model *model = compile();
    cr_assert_eq(model->question_count, 6);
    cr_expect_eq(model->questions[2].member, 1);
    cr_expect_null(model->questions[2].concession);
    cr_expect_eq(model->questions[3].concession, &concession);
    cr_expect_eq(constant_at(model, model->questions[0].conclusion), 0);
    cr_expect_eq(constant_at(model, model->questions[2].conclusion), 1);
    cr_expect_eq(model->questions[4].variable_count, 1);
    cr_expect_eq(constant_at(model, model->questions[0].premise), 1);
    cr_expect_eq(model->code[model->questions[1].premise].op, OP_LT);
    tear_down();
}

Test(questions, missing_data_blocks_only_who_sees_it)
{
    set_up(0);
    struct node *gone = node_of(built, NODE_MISSING, KIND_QUANTITY, 0);
    gone->reason = "nothing observed";
    struct node *never = n_op(built, OP_SELECT, 3, n_truth(built, false), gone, c(1));
    add_claim(built, "blocked", NULL, more(gone, 1));
    add_claim(built, "free", NULL, more(never, 0));
    const struct model *model = compile();
    cr_expect_str_eq(model->questions[0].missing, "nothing observed");
    cr_expect_null(model->questions[1].missing);
    cr_expect_eq(model->column_count, 0);
    tear_down();
}

Test(questions, holes_and_aggregates_are_columns)
{
    set_up(0);
    struct input *x = add_input(built, "x", law_uniform(0, 1));
    struct node *hole = node_of(built, NODE_HOLE, KIND_QUANTITY, 0);
    struct node *chance = n_kind(built, NODE_AGGREGATE, KIND_QUANTITY, 1, more(n_input(built, x), 0.5));
    struct claim *asked = add_claim(built, "asked", NULL, n_op(built, OP_GT, 2, n_input(built, x), hole));
    asked->hole = (struct hole){.kind = HOLE_THRESHOLD, .name = TEXT("?x"), .node = hole};
    add_claim(built, "likely", NULL, more(chance, 0.4));
    const struct model *model = compile();
    cr_expect_eq(model->column_count, 3);
    cr_expect_eq(model->questions[0].hole_column, 1);
    cr_expect(text_is(model->columns[1].name, "?x"));
    cr_assert_eq(model->aggregate_count, 1);
    cr_expect_eq(model->aggregates[0].column, 2);
    cr_expect_eq(model->aggregates[0].given, NO_VALUE);
    cr_expect_eq(constant_at(model, model->aggregates[0].assumed), 1);
    cr_expect_eq(model->questions[1].variable_count, 1, "what is inside the probability counts");
    tear_down();
}

static struct node *slope(enum op op, struct node *x, struct input *by)
{
    struct node *node = n_kind(built, NODE_SLOPE, KIND_TRUTH, 2, x, n_input(built, by));
    node->op = op;
    return node;
}

Test(questions, slopes_are_weak_in_each_future_and_strict_in_some)
{
    set_up(4);
    struct input *x = add_input(built, "x", law_bounds(1, 2)), *y = add_input(built, "y", law_uniform(-1, 1));
    struct node *product = n_op(built, OP_MUL, 2, n_input(built, x), n_input(built, y));
    struct node *late = n_kind(built, NODE_PREVIOUS, KIND_QUANTITY, 2, n_input(built, x), c(0));
    add_claim(built, "turns", NULL, slope(OP_RISES, product, x));
    add_claim(built, "late", NULL, n_time(built, PHRASE_THROUGHOUT, slope(OP_RISES, late, x), n_date(built, 2025), n_date(built, 2025.75)));
    add_claim(built, "flat", NULL, slope(OP_FALLS, c(1), x));
    const struct model *model = compile();
    cr_assert_eq(model->aggregate_count, 3, "one request a slope, not one a step");
    cr_expect_eq(model->aggregates[0].kind, AGGREGATE_POSSIBLE);
    double columns[8] = {0};
    for (size_t i = 0; i < model->column_count; i++)
        columns[i] = model->columns[i].kind == COLUMN_AGGREGATE ? 1 : 0.5;
    const double *values = scalar_run(&arena, model, columns);
    cr_expect_eq(values[model->questions[0].conclusion], 1, "y is positive here");
    cr_expect_eq(values[model->aggregates[0].what], 1);
    cr_expect_eq(values[model->questions[1].conclusion], 1);
    cr_expect_eq(constant_at(model, model->aggregates[1].what), 1, "no effect at the first step, but later");
    cr_expect_eq(constant_at(model, model->aggregates[2].what), 0);
    for (size_t i = 0; i < model->column_count; i++)
        columns[i] = model->columns[i].kind == COLUMN_AGGREGATE ? 1 : -0.5;
    values = scalar_run(&arena, model, columns);
    cr_expect_eq(values[model->questions[0].conclusion], 0);
    tear_down();
}

Test(questions, terms_that_bind)
{
    static const struct text labels[] = {{"dies", 4}, {"hbm", 3}};
    set_up(4);
    struct node *x = n_input(built, add_input(built, "x", law_uniform(0, 1)));
    struct node *limit = n_op(built, OP_MIN, 2, x, c(0.5));
    limit->labels = labels;
    struct definition *packages = add_definition(built, "packages", KIND_QUANTITY, false, n_op(built, OP_MUL, 2, limit, c(3)));
    packages->limit = limit;
    struct node *which = n_kind(built, NODE_BINDS, KIND_TRUTH, 1, n_name(built, packages));
    struct node *hbm = n_kind(built, NODE_BINDS, KIND_TRUTH, 1, n_name(built, packages));
    hbm->label = labels[1];
    struct claim *claim = add_claim(built, "which", NULL, n_time(built, PHRASE_DURING, which, n_date(built, 2025), n_date(built, 2025.5)));
    claim->hole = (struct hole){.kind = HOLE_TERM, .limit = limit, .definition = packages};
    add_claim(built, "hbm", NULL, hbm);
    const struct model *model = compile();
    cr_assert_eq(model->questions[0].term_count, 2);
    const double tries[][3] = {{0.2, 1, 0}, {0.7, 0, 1}, {0.5, 1, 1}};
    for (size_t i = 0; i < 3; i++) {
        const double *values = scalar_run(&arena, model, tries[i]);
        cr_expect_eq(values[model->questions[0].terms[0]], tries[i][1]);
        cr_expect_eq(values[model->questions[0].terms[1]], tries[i][2]);
        cr_expect_eq(values[model->questions[1].conclusion], tries[i][2]);
    }
    tear_down();
}

// ---- correlations ------------------------------------------------------------------------------------------------------

static void tie(const struct input *a, const struct input *b, double correlation)
{
    struct input_instance *instance = (struct input_instance *)(uintptr_t)a->instances;
    instance->other = b;
    instance->correlation = correlation;
}

// What a draw is does not depend on where its input is written; what varies by period, bounds and what is known come last.
Test(questions, draws_go_by_name)
{
    const char *const orders[][5] = {{"a", "bounded", "c", "varying", "z"}, {"z", "varying", "bounded", "c", "a"}, {"varying", "c", "z", "a", "bounded"}};
    for (size_t order = 0; order < 3; order++) {
        set_up(4);
        struct node *sum = n_const(built, 0);
        for (size_t i = 0; i < 5; i++) {
            const bool bounds = strcmp(orders[order][i], "bounded") == 0;
            struct input *input = add_input(built, orders[order][i], bounds ? law_bounds(0, 1) : law_uniform(0, 1));
            input->varies = strcmp(orders[order][i], "varying") == 0 ? SECONDS_A_YEAR / 2 : 0;
            sum = n_op(built, OP_ADD, 2, sum, n_input(built, input));
        }
        add_claim(built, "claim", NULL, more(sum, 0.5));
        const struct model *model = compile();
        for (size_t c = 0; c < model->column_count; c++) {
            const struct column *column = &model->columns[c];
            const size_t wanted = text_is(column->name, "a") ? 0 : text_is(column->name, "c") ? 1 : text_is(column->name, "z") ? 2 : 3;
            if (text_is(column->name, "bounded"))
                cr_expect_eq(column->draw, model->draw_count - 1);
            else if (wanted < 3)
                cr_expect_eq(column->draw, wanted, "order %zu", order);
            else
                cr_expect(column->draw >= 3 && column->draw < model->draw_count - 1);
        }
        tear_down();
    }
}

Test(questions, correlations_have_a_factor)
{
    set_up(0);
    struct input *x = add_input(built, "x", law_uniform(0, 1));
    add_input(built, "xx", law_uniform(0, 1));
    struct input *y = add_input(built, "y", law_uniform(0, 1));
    tie(y, x, 0.6);
    add_claim(built, "claim", NULL, more(n_input(built, y), 0.5));
    const struct model *model = compile();
    cr_assert_eq(model->correlated_count, 2);
    cr_expect_eq(model->correlated[0], 0);
    cr_expect_eq(model->correlated[1], 2);
    cr_expect_eq(model->cholesky[0], 1);
    cr_expect_eq(model->cholesky[1], 0);
    cr_expect_float_eq(model->cholesky[2], 0.6, 1e-15);
    cr_expect_float_eq(model->cholesky[3], 0.8, 1e-15);
    tear_down();
}

Test(questions, impossible_correlations_are_reported)
{
    set_up(0);
    struct input *x = add_input(built, "x", law_uniform(0, 1)), *y = add_input(built, "y", law_uniform(0, 1));
    struct input *z = add_input(built, "z", law_uniform(0, 1));
    tie(x, y, 0.9);
    tie(y, z, 0.9);
    tie(z, x, -0.9);
    const struct model *model = compile();
    cr_assert_eq(built->diags->count, 1);
    cr_expect_eq(built->diags->first->code, DIAG_CORRELATIONS);
    cr_expect_null(model->cholesky);
    tear_down();
}

// ---- limits ------------------------------------------------------------------------------------------------------------

Test(questions, too_large_is_a_diagnostic)
{
    set_up(4000);
    struct definition *last = NULL;
    for (int i = 0; i < 60; i++) {
        struct definition *next = add_definition(built, "d", KIND_QUANTITY, true, NULL);
        struct node *past = n_kind(built, NODE_PREVIOUS, KIND_QUANTITY, 2, n_name(built, next), c(1));
        next->body = last == NULL ? past : n_op(built, OP_ADD, 2, past, n_name(built, last));
        last = next;
    }
    add_claim(built, "claim", NULL, more(n_time(built, PHRASE_AT, n_name(built, last), n_date(built, 3000), NULL), 1));
    cr_expect_null(compile());
    cr_assert_eq(built->diags->count, 1);
    cr_expect_eq(built->diags->first->code, DIAG_LIMIT);
    tear_down();
}

// ---- memory ------------------------------------------------------------------------------------------------------------

static const struct model *compile_recursion(void)
{
    built = built_new(&arena, 4000);
    struct definition *grow = add_definition(built, "grow", KIND_QUANTITY, true, NULL);
    struct node *past = n_kind(built, NODE_PREVIOUS, KIND_QUANTITY, 2, n_name(built, grow), c(1));
    grow->body = n_op(built, OP_MUL, 2, past, n_input(built, add_input(built, "x", law_uniform(1, 2))));
    add_claim(built, "claim", NULL, more(n_time(built, PHRASE_AT, n_name(built, grow), n_date(built, 3000), NULL), 1));
    return compile();
}

static bool compiles_without(size_t fail_at)
{
    struct failing_allocator state;
    failing_allocator_init(&state, fail_at);
    arena_init(&arena, &state.allocator, &no_memory);
    const bool done = setjmp(no_memory) == 0 && compile_recursion() != NULL;
    arena_reset(&arena);
    cr_assert_eq(state.live_blocks, 0);
    return done;
}

// Every allocation may fail: control comes back, and what was taken is given back.
Test(questions, no_memory_leaves_nothing_behind)
{
    size_t fail_at = 0;
    while (!compiles_without(fail_at))
        fail_at++;
    cr_expect_gt(fail_at, 3);
}
