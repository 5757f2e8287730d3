// More items than all coalitions of which can be tried.
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "engine/compile.h"
#include "judge/shapley.h"
#include "tests/support/compared.h"

// `count` numbers p0, p1, ... that are 0 on side a and on side b what `value` says of their number; then the claims.
static const char *text_of_many(struct arena *arena, int count, const char *claims, const char *value)
{
    struct buffer out = buffer_on(arena);
    for (int i = 0; i < count; i++)
        buffer_printf(&out, "let p%d = 0\n", i);
    buffer_add_string(&out, claims);
    buffer_add_string(&out, "scenario a { }\nscenario b {");
    for (int i = 0; i < count; i++)
        buffer_printf(&out, " set p%d = %s * %d", i, value, i + 1);
    buffer_add_string(&out, " }\n");
    return out.at;
}

// ---- random orders against all of them -------------------------------------------------------------------------------------

static struct compared_claim shares_of(struct compared_case *it, struct arena *aside, size_t exact_up_to)
{
    const struct model *model = compile_program(&it->arena, it->blend->program, it->checked.diags);
    struct stage *stages = arena_array(&it->arena, 2, sizeof *stages);
    stages[0] = stages[1] = stage_of(&it->arena, it->blend, model);
    struct contest contest = {.scratch = &it->scratch, .aside = aside, .options = &it->options, .blend = it->blend, .stages = stages, .exact_up_to = exact_up_to};
    contest.questions[0] = contest.questions[1] = model->question_count;
    contest_open(&contest);
    bundle_contests(&it->scratch, (struct contest *[]){&contest}, 1);
    contest.futures = 2048;
    struct compared_claim claim = {.claim = model->questions[0].claim};
    cr_assert(find_shares(&contest, &it->arena, &claim));
    cr_expect_eq(claim.exact, exact_up_to >= contest.count);
    return claim;
}

static double share_of_item(const struct compared_claim *claim, size_t item, double *error)
{
    for (size_t i = 0; i < claim->item_count; i++)
        if (claim->items[i].item == item) {
            *error = claim->items[i].error;
            return claim->items[i].share;
        }
    return NAN;
}

Test(compare_many, orders_agree_with_all_coalitions)
{
    struct compared_case it;
    struct arena aside, texts;
    jmp_buf no_memory;
    if (setjmp(no_memory))
        abort();
    arena_init(&aside, &system_allocator, &no_memory);
    arena_init(&texts, &system_allocator, &no_memory);
    // Items help each other (the product) and stand in for each other (the largest).
    compared_open(&it, text_of_many(&texts, 10,
                                    "input x : 1 = uniform(0, 1)\n"
                                    "claim c : x < (p0 + p1) * (p2 + p3 + p4) + max(p5, p6, p7) - 0.5 * p8 * p9 + 0.2\n",
                                    "0.1"));
    it.blend = blend_scenarios(&it.arena, it.checked.program, compared_scenario(&it, "a"), compared_scenario(&it, "b"));
    const struct compared_claim all = shares_of(&it, &aside, 12), some = shares_of(&it, &aside, 4);
    double sum = 0, worst = 0, largest = 0;
    for (size_t i = 0; i < 10; i++) {
        double none = 0, error = 0, exact = share_of_item(&all, i, &none), sampled = share_of_item(&some, i, &error);
        sum += sampled;
        largest = fmax(largest, fabs(exact));
        worst = fmax(worst, fabs(sampled - exact) / (error + 1e-6));
    }
    cr_expect_float_eq(some.change, all.change, 0, "the same futures");
    cr_expect_float_eq(sum, some.change, 1e-12);
    cr_expect_gt(largest, 0.1);
    cr_expect_lt(worst, 4, "an item is off by %g standard errors", worst);
    cr_expect_gt(worst, 0);
    compared_close(&it);
    arena_reset(&aside);
    arena_reset(&texts);
}

// ---- many items ------------------------------------------------------------------------------------------------------------

static void compare_text(struct compared_case *it, struct arena *texts, int count, const char *claims, const char *value)
{
    static jmp_buf no_memory;
    if (setjmp(no_memory))
        abort();
    arena_init(texts, &system_allocator, &no_memory);
    compared_open(it, text_of_many(texts, count, claims, value));
    compared_scenarios(it, "a", "b");
}

// Of 40 items 5 move the claim: they are found, and all coalitions of them are tried; the others are one.
Test(compare_many, what_moves_nothing_is_one)
{
    struct compared_case it;
    struct arena texts;
    compare_text(&it, &texts, 40,
                 "input x : 1 = uniform(0, 1)\n"
                 "let rest = p5 + p6 + p7 + p8 + p9 + p10 + p11 + p12 + p13 + p14 + p15 + p16 + p17 + p18 + p19 + p20 + p21 + p22 + p23 + p24\n"
                 "let more = p25 + p26 + p27 + p28 + p29 + p30 + p31 + p32 + p33 + p34 + p35 + p36 + p37 + p38 + p39\n"
                 "claim c : x < 0.05 + 5 * (p0 + p1 + p2 + p3 + p4) + 0 * (rest + more)\n",
                 "0.01");
    const struct compared_claim *claim = compared_claim(&it, "c");
    cr_assert_eq(claim->item_count, 40);
    cr_expect_not(claim->exact);
    cr_expect_leq(claim->coalitions, 200u);
    for (int i = 0; i < 5; i++)
        cr_expect_float_eq(claim->items[i].share, 0.05 * (5 - i), 2e-3);
    cr_expect_eq(claim->items[5].share, 0);
    cr_expect_eq(it.compared->idle_count, 35);
    compared_close(&it);
    arena_reset(&texts);
}

// At least 8 of 15: each has the same share, none of the small sets turns the verdict, and eight are needed.
Test(compare_many, most_of_fifteen)
{
    struct compared_case it;
    struct arena texts;
    compare_text(&it, &texts, 15,
                 "claim most : at least 8 of (p0 > 0, p1 > 0, p2 > 0, p3 > 0, p4 > 0, p5 > 0, p6 > 0, p7 > 0, p8 > 0, p9 > 0, p10 > 0, p11 > 0, "
                 "p12 > 0, p13 > 0, p14 > 0)\n",
                 "1");
    const struct compared_claim *most = compared_claim(&it, "most");
    double sum = 0;
    for (size_t i = 0; i < most->item_count; i++) {
        cr_expect_float_eq(most->items[i].share, 1.0 / 15, 4 * most->items[i].error + 1e-9);
        sum += most->items[i].share;
    }
    cr_expect_float_eq(sum, 1, 1e-9);
    cr_expect_eq(most->set_count, 0);
    cr_expect_eq(most->whole_count, 8);
    compared_close(&it);
    arena_reset(&texts);
}
