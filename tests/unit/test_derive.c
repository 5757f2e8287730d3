// Derivations: values are those of the tape, in the central future and in another one, and what decides is marked for each.
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "engine/compile.h"
#include "engine/evaluate.h"
#include "engine/trace.h"
#include "judge/derivation.h"
#include "tests/support/checked.h"

static const char chain[] = "timeline 2025 .. 2030 by year, present 2026\n"
                            "index place = home, abroad\n"
                            "input dies : 1/year = 100k to 200k to 400k\n"
                            "input memory : 1/year = 100k .. 150k .. 300k\n"
                            "input late : truth = choice(yes: 30%, no: 70%)\n"
                            "input part[p in place] : fraction = (home: 60%, abroad: 20% .. 40%)\n"
                            "let made : 1/year = min(dies: dies, memory: memory)\n"
                            "let shared : 1/year = sum(made * part[p] over p in place)\n"
                            "let stock : 1 = previous(stock, 50k) * 0.9 + shared * 1 year\n"
                            "let sold : 1 = if late then 0.5 * stock else stock\n"
                            "scenario scarce { set memory = 80k /year }\n"
                            "claim c : sold > 300k throughout 2027 .. 2030 implies sold under scarce > 100k by 2029\n"
                            "claim d : sold > 300k at 2029 and made > 120k /year\n"
                            "claim e : every p in place: part[p] > 30%\n";

struct traced {
    struct checked checked;
    const struct model *model;
    struct trace *trace;
};

static void open(struct traced *traced)
{
    checked_make(&traced->checked, chain);
    cr_assert_str_eq(checked_codes(&traced->checked), "");
    traced->model = compile_traced(&traced->checked.arena, traced->checked.program, traced->checked.diags, &traced->trace);
    cr_assert(traced->model);
}

static const struct question *question_of(const struct traced *traced, const char *claim)
{
    for (size_t i = 0; i < traced->model->question_count; i++)
        if (text_is(traced->model->questions[i].claim->name, claim))
            return &traced->model->questions[i];
    return NULL;
}

// The columns at one quantile, those of choices and bounds too.
static double *columns_at(struct traced *traced, double quantile)
{
    struct arena *arena = &traced->checked.arena;
    double *columns = arena_array(arena, traced->model->column_count, sizeof *columns);
    for (size_t i = 0; i < traced->model->column_count; i++)
        columns[i] = isnan(quantile) ? column_central(&traced->model->columns[i]) : column_quantile(&traced->model->columns[i], quantile);
    return columns;
}

static double run_value(struct traced *traced, value_id root, const double *columns)
{
    struct arena *arena = &traced->checked.arena;
    const size_t count = traced->model->column_count;
    const double **points = arena_array(arena, count, sizeof *points);
    for (size_t i = 0; i < count; i++)
        points[i] = &columns[i];
    double value = NAN, *results[] = {&value};
    const struct tape *tape = tape_make(arena, traced->model, &root, 1);
    const struct futures futures = {.model = traced->model, .seed = 1};
    const struct run_options options = {.threads = 1};
    points_run(arena, tape, &futures, points, 1, &options, results);
    return value;
}

Test(derive, traced_values_are_the_tape_s)
{
    struct traced traced;
    static const double quantiles[] = {NAN, 0.02, 0.31, 0.5, 0.93};
    static const char *const names[] = {"c", "d", "e"};
    for (size_t q = 0; q + 1 < sizeof quantiles / sizeof *quantiles; q++) {
        open(&traced);
        const double *futures[] = {columns_at(&traced, quantiles[q]), columns_at(&traced, quantiles[q + 1])};
        trace_future(traced.trace, futures[0]);
        trace_future(traced.trace, futures[1]);
        for (size_t n = 0; n < 3; n++) {
            const struct question *question = question_of(&traced, names[n]);
            const struct spot *spot = trace_claim(traced.trace, question);
            for (size_t f = 0; f < 2; f++) {
                cr_expect_eq(trace_value(traced.trace, f, question->claim->conclusion, spot), run_value(&traced, question->conclusion, futures[f]),
                             "claim %s, future %zu", names[n], f);
                if (question->claim->premise)
                    cr_expect_eq(trace_value(traced.trace, f, question->claim->premise, spot), run_value(&traced, question->premise, futures[f]),
                                 "premise of %s, future %zu", names[n], f);
            }
        }
        for (size_t i = 0; i < traced.model->question_count; i++)
            for (size_t k = 0; k < traced.model->questions[i].comparison_count; k++) {
                const struct comparison *comparison = &traced.model->questions[i].comparisons[k];
                const struct comparison_at *at = &comparison->at[0];
                const struct spot *spot = trace_claim(traced.trace, &traced.model->questions[i]);
                if (at->step < 0 || comparison->node->args[0]->kind == NODE_UNDER)
                    continue;
                spot = trace_at(traced.trace, spot, at->step);
                const double left = trace_value(traced.trace, 1, comparison->node->args[0], spot), same = run_value(&traced, at->left, futures[1]);
                cr_expect(memcmp(&left, &same, sizeof left) == 0, "%a, not %a", left, same);
            }
        checked_free(&traced.checked);
    }
}

static const struct derived *find(const struct derived *derived, const char *name)
{
    if (text_is(derived->name, name) && derived->opened)
        return derived;
    for (size_t i = 0; i < derived->child_count; i++) {
        const struct derived *found = find(derived->children[i], name);
        if (found)
            return found;
    }
    return NULL;
}

static const struct derivation *derive(struct traced *traced, const char *claim, double other, size_t depth)
{
    const struct derive_options options = {.depth = depth, .central = columns_at(traced, NAN), .counterexample = isnan(other) ? NULL : columns_at(traced, other)};
    return derive_claim(&traced->checked.arena, traced->trace, traced->checked.program, question_of(traced, claim), &options);
}

// At the median memory (150k) is less than dies (200k); where everything is at its p2, dies (near 80k) are less than memory.
Test(derive, marks_what_binds_in_each_future)
{
    struct traced traced;
    open(&traced);
    const struct derivation *derivation = derive(&traced, "d", 0.02, 9);
    cr_assert_eq(derivation->part_count, 1);
    cr_expect_eq(derivation->columns, 2);
    const struct derived *made = find(derivation->parts[0], "made");
    cr_assert(made && made->child_count == 2);
    const struct derived *dies = made->children[0], *memory = made->children[1];
    cr_expect(!dies->marked[0] && dies->marked[1] && memory->marked[0] && !memory->marked[1]);
    cr_expect_eq(made->values[0], memory->values[0]);
    cr_expect_eq(made->values[1], dies->values[1]);
    cr_expect(dies->opened && memory->opened, "what binds in one of them is opened");
    cr_expect_float_eq(memory->low * SECONDS_A_YEAR, 100e3, 1);
    cr_expect_float_eq(memory->high * SECONDS_A_YEAR, 300e3, 1);
    checked_free(&traced.checked);
}

Test(derive, both_branches_where_the_futures_part)
{
    struct traced traced;
    open(&traced);
    const struct derived *sold = find(derive(&traced, "d", 0.02, 9)->parts[0], "sold");
    cr_assert_eq(sold->child_count, 3);
    cr_expect_eq(sold->children[0]->role, ROLE_CONDITION);
    cr_expect_eq(sold->children[0]->values[0], 0);
    cr_expect_eq(sold->children[0]->values[1], 1);
    cr_expect(sold->children[1]->marked[1] && !sold->children[1]->marked[0]);
    cr_expect(sold->children[2]->marked[0] && !sold->children[2]->marked[1]);
    checked_free(&traced.checked);
}

Test(derive, a_stock_is_followed_one_step_back)
{
    struct traced traced;
    open(&traced);
    const struct derived *stock = find(derive(&traced, "d", NAN, 9)->parts[0], "stock");
    const struct derived *before = stock->children[0]->form == DERIVED_EXPRESSION ? stock->children[0]->children[0] : stock->children[0];
    cr_expect_eq(stock->step, 4);
    cr_expect_eq(before->step, 3);
    cr_expect(before->recursive && before->same == stock && before->child_count == 0);
    cr_assert_eq(before->past_count, 3);
    cr_expect_eq(before->past[2], 0, "back to the first step");
    cr_expect_lt(before->past_values[2][0], before->values[0]);
    cr_expect(isnan(before->values[1]), "there is no second future");
    checked_free(&traced.checked);
}

// Grows from year to year: `throughout` is decided at its first step, `by` at its last.
Test(derive, the_step_that_decides)
{
    struct traced traced;
    open(&traced);
    const struct derivation *derivation = derive(&traced, "c", NAN, 9);
    cr_assert_eq(derivation->part_count, 2);
    const struct derived *premise = derivation->parts[0], *conclusion = derivation->parts[1];
    cr_expect_eq(premise->role, ROLE_PREMISE);
    cr_expect_eq(premise->first, 2);
    cr_expect_eq(premise->last, 5);
    cr_expect_eq(premise->deciding[0], 2);
    cr_expect_eq(conclusion->deciding[0], 4);
    cr_expect(conclusion->weighed);
    const struct derived *under = conclusion->children[0]->children[0];
    cr_assert(under->under);
    cr_expect(text_is(under->under->name, "scarce"));
    checked_free(&traced.checked);
}

Test(derive, a_member_that_fails_comes_first)
{
    struct traced traced;
    open(&traced);
    const struct derived *every = derive(&traced, "e", 0.1, 9)->parts[0];
    cr_assert_eq(every->child_count, 2);
    cr_expect_eq(every->counted, 2);
    cr_expect_eq(every->holding[1], 1);
    cr_expect(text_is(every->children[0]->label, "abroad"));
    checked_free(&traced.checked);
}

Test(derive, stops_at_the_depth_asked_for)
{
    struct traced traced;
    open(&traced);
    const struct derivation *shallow = derive(&traced, "d", NAN, 1);
    cr_expect_gt(shallow->cut_count, 0);
    cr_expect_eq(shallow->depth, 1);
    cr_expect_null(find(shallow->parts[0], "stock"));
    cr_expect(find(shallow->parts[0], "sold"));
    checked_free(&traced.checked);
}
