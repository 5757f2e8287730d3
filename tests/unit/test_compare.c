// Two scenarios compared: shares and switching sets against closed forms.
#include <criterion/criterion.h>
#include <math.h>

#include "engine/compile.h"
#include "tests/support/compared.h"
#include "tests/support/observed.h"

static double below(double z)
{
    return 0.5 * erfc(-z / sqrt(2));
}

static double share_of(struct compared_case *it, const char *claim, const char *item)
{
    const struct compared_item *found = compared_item(it, compared_claim(it, claim), item);
    cr_assert(found, "%s does not reach %s", item, claim);
    return found->share;
}

// P(x + p + q > 1) = below(p + q - 1): the mean over both orders of what each adds.
Test(compare, two_shifts_of_a_normal)
{
    struct compared_case it;
    compared_open(&it, "input x : 1 = normal(0, 1)\n"
                       "input p : 1 = 0\n"
                       "let q = 0\n"
                       "claim up : x + p + q > 1\n"
                       "claim still : x > 3\n"
                       "scenario a { }\n"
                       "scenario b { set p = 2 set q = 1 }\n");
    compared_scenarios(&it, "a", "b");
    cr_assert_eq(it.blend->item_count, 2);
    cr_expect_str_eq(it.blend->items[0].said[0], "0");
    cr_expect_str_eq(it.blend->items[0].said[1], "2");
    cr_expect_str_eq(it.blend->items[1].said[0], "0");
    const struct compared_claim *up = compared_claim(&it, "up");
    const double none = below(-1), p = below(1), q = below(0), both = below(2);
    cr_expect(up->differs);
    cr_expect(up->exact);
    cr_expect_eq(up->coalitions, 4);
    cr_expect_eq(up->sides[0].kind, VERDICT_SENSITIVE);
    cr_expect_eq(up->sides[1].kind, VERDICT_SUPPORTED);
    cr_expect_float_eq(up->change, both - none, 1e-3);
    cr_expect_float_eq(share_of(&it, "up", "p"), (p - none + both - q) / 2, 1e-3);
    cr_expect_float_eq(share_of(&it, "up", "q"), (q - none + both - p) / 2, 1e-3);
    cr_expect_float_eq(compared_item(&it, up, "p")->first, p - none, 1e-3);
    cr_expect_float_eq(compared_item(&it, up, "p")->last, both - q, 1e-3);
    cr_expect_str_eq(compared_sets(&it, up), "p q");
    cr_expect_not(compared_claim(&it, "still")->differs);
    cr_expect_eq(it.compared->idle_count, 0);
    compared_close(&it);
}

// ---- data ----------------------------------------------------------------------------------------------------------------

static const struct observed_row rows[] = {
    {"one.x", "1", "0", "", "4", "", "2025", "2025-02", "ft", "stated"},
    {"one.x", "1", "1", "", "9", "", "2025", "2025-06", "ft", "stated"},
    {"one.y", "1", "", "2", "", "", "2025", "2025-02", "ft", "stated"},
    {"one.y", "1", "", "3", "", "", "2025", "2025-06", "ft", "stated"},
    {"one.same", "1", "", "5", "", "", "2025", "2025-02", "ft", "stated"},
    {"one.new", "1", "", "5", "", "", "2025", "2025-06", "ft", "stated"},
    {"one.z", "1", "1", "", "2", "", "2025", "2025-02", "ft", "stated"},
};
static const struct observed store = {rows, sizeof rows / sizeof *rows};

// Each side is what a check with its data says, to the bit.
static void expect_sides(struct compared_case *it)
{
    struct checked *sides[] = {&it->from, &it->checked};
    it->options.verdicts_only = true;
    for (int side = 0; side < 2; side++) {
        const struct model *model = compile_program(&it->arena, sides[side]->program, sides[side]->diags);
        const struct results *results = judge_model(&it->arena, &it->scratch, model, &it->options);
        cr_assert_eq(results->verdict_count, it->compared->claim_count);
        for (size_t i = 0; i < results->verdict_count; i++) {
            const struct verdict *wanted = &results->verdicts[i];
            const struct compared_side *found = &it->compared->claims[i].sides[side];
            cr_expect_eq(found->kind, wanted->kind);
            const bool known = !isnan(wanted->probability.estimate);
            cr_expect(!known || (found->probability.estimate == wanted->probability.estimate && found->probability.ci_low == wanted->probability.ci_low));
        }
    }
}

Test(compare, new_data)
{
    struct compared_case it;
    compared_data(&it,
                  "input x : 1 = data \"one.x\"\n"
                  "input y : 1 = data \"one.y\"\n"
                  "input same : 1 = data \"one.same\"\n"
                  "input new : 1 = data \"one.new\"\n"
                  "input z : 1 = data \"one.z\"\n"
                  "claim both : x + y > 4.5\n"
                  "claim needs_new : new + y > 0\n"
                  "claim still : z + same > 6\n",
                  &store, "2025-04", "2025-08");
    cr_assert_eq(it.blend->item_count, 3);
    cr_expect_null(it.blend->before);
    cr_expect_eq(it.blend->items[2].laws[0], NULL);
    cr_expect_str_eq(it.blend->items[1].said[0], "2");
    cr_expect_str_eq(it.blend->items[0].said[1], "1 to 9");
    const struct compared_claim *both = compared_claim(&it, "both"), *needs = compared_claim(&it, "needs_new");
    cr_expect(both->differs);
    cr_expect_eq(both->item_count, 2);
    cr_expect_float_eq(both->change, share_of(&it, "both", "x") + share_of(&it, "both", "y"), 1e-12);
    cr_expect(needs->differs);
    cr_expect_eq(needs->sides[0].kind, VERDICT_BLOCKED);
    cr_expect_neq(needs->sides[0].reason, NULL);
    cr_expect_eq(needs->sides[1].kind, VERDICT_SUPPORTED);
    cr_expect(isnan(needs->change));
    cr_expect_not(compared_claim(&it, "still")->differs);
    expect_sides(&it);
    compared_close(&it);
}

// A slope is taken over the law of the side: the effect lies where only the newer one reaches.
Test(compare, slopes_over_either_law)
{
    struct compared_case it;
    compared_data(&it,
                  "input x : 1 = data \"one.x\"\n"
                  "let y = max(x, 7)\n"
                  "claim matters : y rises with x\n",
                  &store, "2025-04", "2025-08");
    const struct compared_claim *matters = compared_claim(&it, "matters");
    cr_expect_eq(matters->sides[0].kind, VERDICT_REFUTED);
    cr_expect_eq(matters->sides[1].kind, VERDICT_SUPPORTED);
    compared_close(&it);
}

// The members are those of the data: that is one thing, and the laws are others.
static const struct observed_row grown[] = {
    {"thing.a.size", "1", "", "2", "", "", "2025", "2025-02", "ft", "stated"}, {"thing.b.size", "1", "", "3", "", "", "2025", "2025-02", "ft", "stated"},
    {"thing.a.size", "1", "", "4", "", "", "2025", "2025-06", "ft", "stated"}, {"thing.c.size", "1", "", "5", "", "", "2025", "2025-06", "ft", "stated"},
};
static const struct observed more = {grown, sizeof grown / sizeof *grown};

Test(compare, another_member)
{
    struct compared_case it;
    compared_data(&it,
                  "index thing = data \"thing.*\"\n"
                  "input size[t in thing] : 1 = data \"thing.{t}.size\"\n"
                  "input noise : 1 = normal(0, 0.1)\n"
                  "let total = sum(size[t] over t in thing)\n"
                  "claim large : total + noise > 9\n"
                  "claim each[t in thing] : size[t] > 2.5\n",
                  &more, "2025-04", "2025-08");
    cr_assert_eq(it.blend->item_count, 2);
    cr_assert_neq(it.blend->before, NULL);
    cr_expect_eq(it.blend->items[0].kind, BLEND_STRUCTURE);
    cr_expect_str_eq(it.blend->items[0].said[0], "index thing { a, b }");
    const struct compared_claim *large = compared_claim(&it, "large");
    cr_expect_eq(large->sides[0].kind, VERDICT_REFUTED);
    cr_expect_eq(large->sides[1].kind, VERDICT_SUPPORTED);
    cr_expect_str_eq(compared_sets(&it, large), "members and present");
    cr_expect_float_eq(large->change, 1, 1e-9);
    cr_expect_float_eq(compared_item(&it, large, "members and present")->share, 1, 1e-9);
    cr_expect_eq(compared_claim(&it, "each[c]")->sides[0].kind, VERDICT_BLOCKED);
    cr_expect_eq(compared_claim(&it, "each[a]")->sides[1].kind, VERDICT_SUPPORTED);
    compared_close(&it);
}

// ---- games with a known answer -------------------------------------------------------------------------------------------

// Choices of yes and no weigh nothing here: everything is exact.
Test(compare, all_any_and_most_of_three)
{
    struct compared_case it;
    compared_open(&it, "let p = no\nlet q = no\nlet r = no\n"
                       "claim all : p and q and r\n"
                       "claim any : p or q or r\n"
                       "claim most : at least 2 of (p, q, r)\n"
                       "claim one : q\n"
                       "scenario a { }\nscenario b { set p = yes set q = yes set r = yes }\n");
    compared_scenarios(&it, "a", "b");
    static const char *const claims[] = {"all", "any", "most"}, *const sets[] = {"p q r", "p | q | r", "p q | p r | q r"};
    static const char *const items[] = {"p", "q", "r"};
    for (int c = 0; c < 3; c++) {
        const struct compared_claim *claim = compared_claim(&it, claims[c]);
        cr_expect(claim->exact);
        cr_expect_eq(claim->coalitions, 8);
        cr_expect_float_eq(claim->change, 1, 1e-12);
        cr_expect_str_eq(compared_sets(&it, claim), sets[c]);
        for (int i = 0; i < 3; i++) {
            cr_expect_float_eq(compared_item(&it, claim, items[i])->share, 1.0 / 3, 1e-12);
            cr_expect_eq(compared_item(&it, claim, items[i])->error, 0);
        }
    }
    cr_expect_eq(compared_item(&it, compared_claim(&it, "all"), "p")->first, 0);
    cr_expect_eq(compared_item(&it, compared_claim(&it, "any"), "p")->first, 1);
    cr_expect_eq(compared_claim(&it, "one")->item_count, 1);
    compared_close(&it);
}

// One left glove and two right ones: 2/3, 1/6, 1/6. What the claim does not read is no item of it, and what moves nothing is idle.
Test(compare, gloves_and_what_moves_nothing)
{
    struct compared_case it;
    compared_open(&it, "let left = no\nlet right1 = no\nlet right2 = no\nlet nothing = 1\nlet unread = 1\n"
                       "claim pair : left and (right1 or right2) and nothing > 0\n"
                       "scenario a { }\nscenario b { set left = yes set right1 = yes set right2 = yes set nothing = 2 set unread = 2 }\n");
    compared_scenarios(&it, "a", "b");
    const struct compared_claim *pair = compared_claim(&it, "pair");
    cr_expect_eq(it.blend->item_count, 5);
    cr_expect_eq(pair->item_count, 4);
    cr_expect_float_eq(share_of(&it, "pair", "left"), 2.0 / 3, 1e-12);
    cr_expect_float_eq(share_of(&it, "pair", "right1"), 1.0 / 6, 1e-12);
    cr_expect_float_eq(share_of(&it, "pair", "right2"), 1.0 / 6, 1e-12);
    cr_expect_eq(share_of(&it, "pair", "nothing"), 0);
    cr_expect_str_eq(compared_sets(&it, pair), "left right1 | left right2");
    cr_expect_eq(it.compared->idle_count, 2);
    cr_expect_eq(it.compared->idle[0], 3);
    compared_close(&it);
}

// P(x < 0.1 + 0.1 p + 0.2 q + 0.4 r) of a uniform x: each item's share is its own part whatever the order.
Test(compare, parts_of_a_sum)
{
    struct compared_case it;
    compared_open(&it, "input x : 1 = uniform(0, 1)\nlet p = 0\nlet q = 0\nlet r = 0\n"
                       "claim below : x < 0.1 + p + q + r\n"
                       "scenario a { }\nscenario b { set p = 0.1 set q = 0.2 set r = 0.4 }\n");
    compared_scenarios(&it, "a", "b");
    const struct compared_claim *claim = compared_claim(&it, "below");
    double sum = 0;
    static const char *const items[] = {"r", "q", "p"};
    for (int i = 0; i < 3; i++) {
        cr_expect_str_eq(text_copy(&it.arena, it.blend->items[claim->items[i].item].name).at, items[i]);
        cr_expect_float_eq(claim->items[i].share, 0.4 / (1 << i), 1e-3);
        cr_expect_lt(claim->items[i].error, 1e-3);
        sum += claim->items[i].share;
    }
    cr_expect_float_eq(sum, claim->change, 1e-12);
    compared_close(&it);
}

// A set with more than three members: none can be left out.
Test(compare, a_large_switching_set)
{
    struct compared_case it;
    compared_open(&it, "let a = no\nlet b = no\nlet c = no\nlet d = no\nlet e = no\n"
                       "claim all : a and b and c and d and (e or not e)\n"
                       "scenario one { }\nscenario two { set a = yes set b = yes set c = yes set d = yes set e = yes }\n");
    compared_scenarios(&it, "one", "two");
    const struct compared_claim *all = compared_claim(&it, "all");
    cr_expect_eq(all->set_count, 0);
    cr_assert_eq(all->whole_count, 4);
    for (size_t i = 0; i < 4; i++)
        cr_expect_eq(all->whole[i], i);
    compared_close(&it);
}

// ---- sides ---------------------------------------------------------------------------------------------------------------

// What both sides say alike is no item; an assumption of one side is.
Test(compare, assumptions_and_what_both_say)
{
    struct compared_case it;
    compared_open(&it, "input x : 1 = uniform(0, 1)\nlet k = 0\n"
                       "claim low : x + k < 0.55\n"
                       "scenario a { assume x < 0.9 set k = 0.05 }\n"
                       "scenario b { set k = 0.05 assume x < 0.5 assume x < 0.9 }\n");
    compared_scenarios(&it, "a", "b");
    cr_assert_eq(it.blend->item_count, 1);
    cr_expect_eq(it.blend->items[0].kind, BLEND_ASSUMPTION);
    cr_expect_str_eq(it.blend->items[0].said[0], "not assumed");
    cr_expect_str_eq(it.blend->items[0].said[1], "assumed");
    const struct compared_claim *low = compared_claim(&it, "low");
    cr_expect_float_eq(low->sides[0].probability.estimate, 0.5 / 0.9, 2e-3);
    cr_expect_eq(low->sides[1].kind, VERDICT_SUPPORTED);
    cr_expect_float_eq(low->change, 0.4 / 0.9, 2e-3);
    compared_close(&it);
}

// One member is set on one side, all on the other, twice; the value below is meant where a set mentions what it sets.
Test(compare, members_and_layers)
{
    struct compared_case it;
    compared_open(&it, "index m = one, two, three\n"
                       "input x[i in m] : 1 = 10\n"
                       "claim sum_is : x[one] + 100 * x[two] + 10000 * x[three] > 103010\n"
                       "set x[two] = 20\n"
                       "scenario a { set x[i] = x[i] * 2 set x[one] = x[one] + 1 }\n"
                       "scenario b { set x[three] = x[three] * 2 set x[two] = x[two] / 2 }\n");
    compared_scenarios(&it, "a", "b");
    cr_assert_eq(it.blend->item_count, 3);
    cr_expect_str_eq(text_copy(&it.arena, it.blend->items[1].name).at, "x[two]");
    const struct compared_claim *claim = compared_claim(&it, "sum_is");
    cr_assert(claim->sides[0].comparison_count == 1 && claim->sides[1].comparison_count == 1);
    cr_expect_eq(claim->sides[0].comparisons[0].left, 21 + 100 * 40 + 10000 * 20);
    cr_expect_eq(claim->sides[1].comparisons[0].left, 10 + 100 * 10 + 10000 * 20);
    compared_close(&it);
}

// A law on both sides is read at one draw: the sides differ by nothing but the law, so little that it shows only so.
Test(compare, laws_at_one_draw)
{
    struct compared_case it;
    compared_open(&it, "input x : 1 = normal(0, 1)\ninput y : 1 = normal(0, 1)\nlet k = no\n"
                       "claim up : x + y > 0 or k\n"
                       "scenario a { set x = normal(5, 3) }\n"
                       "scenario b { set x = normal(2 * 2.5, 3) set k = yes }\n"
                       "scenario c { set x = normal(5, 3.001) set k = yes }\n");
    compared_scenarios(&it, "a", "b");
    cr_expect_eq(it.blend->item_count, 2);
    cr_expect_eq(share_of(&it, "up", "x"), 0);
    it.compared = NULL;
    compared_scenarios(&it, "a", "c");
    cr_expect_float_eq(share_of(&it, "up", "x"), 0, 1e-4);
    compared_close(&it);
}

// ---- how it runs -----------------------------------------------------------------------------------------------------------

static const char busy[] = "input x : 1 = normal(0, 1)\ninput z : 1 = 0 .. 1\nlet p = 0\nlet q = 0\nlet r = 0\n"
                           "claim sum : x + p * q + r > z\n"
                           "claim likely : probability(x + p + r > 0) > 90%\n"
                           "scenario a { }\nscenario b { set p = 1 set q = 1.5 set r = 0.7 }\n";

Test(compare, threads_change_nothing)
{
    struct compared_case one, three;
    compared_open(&one, busy);
    compared_open(&three, busy);
    one.options.threads = 1;
    three.options.threads = 3;
    compared_scenarios(&one, "a", "b");
    compared_scenarios(&three, "a", "b");
    for (size_t c = 0; c < 2; c++) {
        const struct compared_claim *x = &one.compared->claims[c], *y = &three.compared->claims[c];
        cr_assert_eq(x->item_count, y->item_count);
        cr_expect_eq(x->set_count, y->set_count);
        for (size_t i = 0; i < x->item_count; i++) {
            cr_expect_eq(x->items[i].share, y->items[i].share);
            cr_expect_eq(x->items[i].error, y->items[i].error);
        }
    }
    compared_close(&one);
    compared_close(&three);
}

static bool stop_after(void *user, const struct judge_progress *progress)
{
    (void)progress;
    return --*(int *)user > 0;
}

// Wherever it is stopped: what is finished stays, and nothing else is told.
Test(compare, stopped_on_the_way)
{
    for (int calls = 1; calls < 40; calls += 3) {
        struct compared_case it;
        int left = calls;
        compared_open(&it, busy);
        it.options.progress = stop_after;
        it.options.user = &left;
        compared_scenarios(&it, "a", "b");
        cr_expect(it.compared->cancelled || left > 0);
        cr_expect(it.compared->claim_count < 2 || !it.compared->cancelled);
        compared_close(&it);
    }
}
