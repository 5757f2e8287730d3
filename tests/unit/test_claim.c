// Claims: their parts, scenarios, sets, concessions, holes, relations and expectations.
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "tests/support/checked.h"

static struct checked checked;

static void tear_down(void)
{
    checked_free(&checked);
}
TestSuite(claim, .fini = tear_down);

#define WORLD                                                                                                                                              \
    "timeline 2025Q1 .. 2030Q4 by quarter, present 2025Q2\nindex actor = us, china\nsource s \"S\" on 2025-02-25\n"                                            \
    "input x = 1 to 2 to 3\ninput y[a in actor] : USD = 10 .. 20\ninput share : fraction = 20% to 40%\nlet z[a in actor] = x * y[a] * 0.9 ^ ((now - 2025) / year)\n" \
    "scenario high \"High\" by \"C\" { set x = 4 assume share < 30% }\n"

static const struct claim *claim(const char *rest)
{
    char source[2000];
    snprintf(source, sizeof source, "%s%s\n", WORLD, rest);
    checked_make(&checked, source);
    cr_assert_eq(checked.diags->error_count, 0, "%s: %s", rest, checked_codes(&checked));
    const struct claim *c = checked_claim(&checked, "c");
    cr_assert_not_null(c);
    return c;
}

static void expect_code(const char *rest, const char *code)
{
    char source[2000];
    snprintf(source, sizeof source, "%s%s\n", WORLD, rest);
    checked_make(&checked, source);
    cr_expect(checked_has(&checked, code), "wanted %s, got %s for %s", code, checked_codes(&checked), rest);
    checked_free(&checked);
}

Test(claim, the_head_is_kept)
{
    const struct claim *c = claim("claim c \"Text\" by \"D\" in s on 2026-07 cite s : x > 1 level 95%");
    cr_expect(text_is(c->speaker, "D"));
    cr_expect(text_is(c->text, "Text"));
    cr_expect_not_null(c->in);
    cr_expect_eq(c->in->date, (2025 + 1 / 12.0 + 24 / 28.0 / 12) * SECONDS_A_YEAR, "%f", c->in->date);
    cr_expect_eq(c->cite_count, 1);
    cr_expect_eq(c->level, 0.95);
    cr_expect_eq(c->start, 6);
    cr_expect(c->is_root && !c->broken);
    cr_expect_null(c->premise);
}

Test(claim, without_formula_it_is_recorded)
{
    const struct claim *c = claim("claim c \"It looks unserious\" by \"A\" in s");
    cr_expect(!c->conclusion && !c->condition && !c->broken);
}

Test(claim, scenarios_are_found_and_baseline_is_the_default)
{
    const struct claim *c = claim("claim c under baseline, high : x > 1\nclaim d : x > 1\n");
    cr_assert_eq(c->scenario_count, 2);
    cr_expect_eq(c->scenarios[0], checked.program->scenarios[0]);
    cr_expect(text_is(c->scenarios[1]->name, "high") && text_is(c->scenarios[1]->speaker, "C"));
    cr_expect_eq(c->scenarios[1]->override_count, 1);
    cr_expect_eq(c->scenarios[1]->assumption_count, 1);
    cr_expect_eq(checked_claim(&checked, "d")->scenarios[0], checked.program->scenarios[0]);
}

Test(claim, the_baseline_holds_what_the_file_sets_and_assumes)
{
    claim("set y[us] = 15 USD\nassume x < 2.5\nassume low: share < 35%\nclaim c : x > 1");
    const struct scenario *baseline = checked.program->scenarios[0];
    cr_assert_eq(baseline->override_count, 1);
    cr_expect_eq(baseline->overrides[0].members[0], 0);
    cr_expect_eq(baseline->overrides[0].value->value, 15);
    cr_assert_eq(baseline->assumption_count, 2);
    cr_expect(text_is(baseline->assumptions[1]->name, "low"));
}

Test(claim, drawn_values_of_sets_become_hidden_inputs)
{
    const struct claim *c = claim("claim c with y = 5 to 8 USD with x = 2 : z[us] > 1 USD at 2026");
    cr_assert_eq(c->override_count, 2);
    const struct node *value = c->overrides[0].value;
    cr_assert_eq(value->kind, NODE_INPUT);
    cr_expect(value->input->hidden);
    cr_expect_eq(value->input->instance_count, 2);
    cr_expect_eq(value->args[0]->kind, NODE_BINDER);
    cr_expect_eq(c->overrides[0].members[0], -1);
    bool listed = false;
    for (size_t i = 0; i < checked.program->input_count; i++)
        listed = listed || checked.program->inputs[i] == value->input;
    cr_expect(listed);
}

Test(claim, set_shares_are_not_percentages_of_percent)
{
    claim("set share = 0.3\nclaim c : share > 1%");
    cr_expect_eq(checked.program->scenarios[0]->overrides[0].value->value, 0.3);
}

Test(claim, concessions_are_of_three_kinds)
{
    const struct claim *c = claim("claim c : x > 0 even if x = 2 even if x <= 5 even if y[us] >= 5 USD even if share < 30% or x > 2");
    cr_assert_eq(c->concession_count, 4);
    cr_expect_eq(c->concessions[0].kind, CONCESSION_SET);
    cr_expect_eq(c->concessions[1].kind, CONCESSION_RANGE);
    cr_expect_eq(c->concessions[3].kind, CONCESSION_CONDITION);
    const struct distribution *beyond = &c->concessions[1].override.value->input->instances[0].points[0].law;
    cr_expect(beyond->law == LAW_BOUNDS && fabs(beyond->a - 3) < 1e-9 && beyond->b == 5, "%g %g", beyond->a, beyond->b);
    beyond = &c->concessions[2].override.value->input->instances[0].points[0].law;
    cr_expect(beyond->a == 5 && beyond->b == 10, "%g %g", beyond->a, beyond->b);
    cr_expect_not(c->concessions[1].already);
    checked_free(&checked);
    c = claim("claim c : x > 0 even if x <= 2");
    cr_expect(c->concessions[0].already && checked_has(&checked, "W722"));
}

Test(claim, holes_know_what_they_ask)
{
    static const struct {
        const char *source;
        enum hole_kind kind;
        bool above;
    } rows[] = {
        {"claim c : x > ?v", HOLE_THRESHOLD, true},
        {"claim c : x < ?v", HOLE_THRESHOLD, false},
        {"claim c : ?v < x", HOLE_THRESHOLD, true},
        {"claim c : not x > ?v", HOLE_THRESHOLD, false},
        {"claim c : x > ?v implies share > 25%", HOLE_THRESHOLD, false},
        {"claim c : x < ?v implies share > 25%", HOLE_THRESHOLD, true},
        {"claim c : share > 25% unless x < ?v", HOLE_THRESHOLD, false},
        {"claim c : x in ?v .. 5", HOLE_THRESHOLD, true},
        {"claim c : probability(x > 2) > ?v", HOLE_THRESHOLD, true},
        {"claim c with x = ?v : share > 25%", HOLE_INPUT, false},
        {"claim c : z[us] < 10 USD by ?v", HOLE_DATE, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct claim *c = claim(rows[i].source);
        cr_expect_eq(c->hole.kind, rows[i].kind, "%s: kind %d", rows[i].source, c->hole.kind);
        cr_expect(text_is(c->hole.name, "v"), "%.*s", TEXT_ARGS(c->hole.name));
        if (rows[i].kind == HOLE_THRESHOLD)
            cr_expect_eq(c->hole.stronger_above, rows[i].above, "%s", rows[i].source);
        checked_free(&checked);
    }
    checked_make(&checked, "");
}

Test(claim, relations_point_to_claims_before_and_behind)
{
    const struct claim *c = claim("claim a : x > 1 rebuts c\nclaim c : x > 2 implies share > 25% rebuts a supports b\nclaim b : x > 1 undercuts c");
    cr_assert_eq(c->relation_count, 2);
    cr_expect_eq(c->relations[0].target, checked_claim(&checked, "a"));
    cr_expect_eq(c->relations[1].kind, RELATION_SUPPORTS);
    cr_expect_eq(checked_claim(&checked, "a")->relations[0].target, c);
}

Test(claim, expectations_name_verdicts_cruxes_and_scenarios)
{
    const struct claim *c = claim("claim c under baseline, high : x > 1 expect sensitive to x, y[us] expect refuted under high");
    cr_assert_eq(c->expectation_count, 2);
    cr_expect_eq(c->expectations[0].verdict, VERDICT_SENSITIVE);
    cr_assert_eq(c->expectations[0].crux_count, 2);
    cr_expect(text_is(c->expectations[0].cruxes[1], "y[us]"));
    cr_expect(text_is(c->expectations[1].scenario->name, "high"));
}

Test(claim, indexed_claims_have_their_index)
{
    const struct claim *c = claim("claim c[a in actor] : z[a] > 1 USD at 2026");
    cr_assert_eq(c->param_count, 1);
    cr_expect(text_is(c->params[0]->name, "actor"));
}

Test(claim, mistakes_are_told)
{
    static const char *const rows[][2] = {
        {"claim c : x = 2 implies share > 20%", "E601"}, {"assume x = 2\nclaim c : x > 1", "E601"}, {"claim c : x > 1 even if x + 1 = 2", "E601"},
        {"claim c : x > 1 supports c", "E602"}, {"claim a : x > 1\nclaim c : x > 2 undercuts a", "E603"}, {"claim c : x > 1 expect good", "E604"},
        {"claim c : x > 1 expect refuted under high", "E605"}, {"claim c : x > 1 expect refuted expect supported", "E606"}, {"claim c : x > ?a and x > ?b", "E607"},
        {"claim c : x > max(?a, 2)", "E608"}, {"claim c : exp(?a) > x", "E608"}, {"set x = ?a\nclaim c : x > 1", "E608"}, {"claim c : ?a", "E608"}, {"claim c : x > 1 level 5", "E609"},
        {"set y[us, us] = 1 USD\nclaim c : x > 1", "E610"}, {"set x = 1\nset x = 2\nclaim c : x > 1", "E611"}, {"claim c with x = 1 with x = 2 : x > 1", "E611"},
        {"claim c \"T\" level 95%", "E612"}, {"claim c under forecast none : x > 1", "E613"}, {"claim c : x > 1 supports x", "E614"},
        {"claim c : 1 < 2 implies x > 1", "W721"}, {"claim a : x > 1 supports c\nclaim c : x > 1 supports a", "W723"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_code(rows[i][0], rows[i][1]);
    checked_make(&checked, "");
}

Test(claim, separate_values_may_be_equated)
{
    claim("input n = choice(1: 50%, 2: 50%)\nassume n = 2\nclaim c : x > 1 and floor(x) = 2 implies share > 20%");
}

Test(claim, what_is_broken_is_marked_and_the_rest_is_checked)
{
    char source[2000];
    snprintf(source, sizeof source, "%sclaim c : nothing > 1\nclaim d : x > 1\nclaim e : c and x > 1\n", WORLD);
    checked_make(&checked, source);
    cr_expect_eq(checked.diags->error_count, 1, "%s", checked_codes(&checked));
    cr_expect(checked_claim(&checked, "c")->broken);
    cr_expect_not(checked_claim(&checked, "d")->broken);
    cr_expect(checked_claim(&checked, "e")->broken);
}
