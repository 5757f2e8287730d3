// What two vintages say differently of the inputs of a program.
#include <criterion/criterion.h>
#include <string.h>

#include "base/buffer.h"
#include "dsl/changed.h"
#include "tests/support/checked.h"
#include "tests/support/observed.h"

static struct checked from, to;

static void tear_down(void)
{
    checked_free(&from);
    checked_free(&to);
}
TestSuite(changed, .fini = tear_down);

static const struct observed_row rows[] = {
    {"mill.size", "km", "", "2", "", "", "2024", "2025-01", "old", "stated"},
    {"mill.size", "km", "", "3", "", "", "2024", "2025-06", "new", "stated"},
    {"mill.path", "km", "", "1", "", "", "2023", "2025-01", "old", "stated"},
    {"mill.path", "km", "", "2", "", "", "2024", "2025-01", "old", "stated"},
    {"mill.path", "km", "", "5", "", "", "2024", "2025-06", "new", "stated"},
    {"mill.path", "km", "", "9", "", "", "2025", "2025-06", "new", "stated"},
    {"mill.same", "km", "", "7", "", "", "2024", "2025-01", "old", "stated"},
    {"mill.again", "km", "", "7", "", "", "2024", "2025-01", "old", "stated"},
    {"mill.again", "km", "", "7", "", "", "2024", "2025-06", "new", "stated"},
    {"mill.late", "km", "", "7", "", "", "2024", "2025-06", "new", "stated"},
    {"wheel.east.speed", "km", "", "1", "", "", "2024", "2025-01", "old", "stated"},
    {"wheel.west.speed", "km", "", "1", "", "", "2024", "2025-06", "new", "stated"},
};
static const struct observed store = {rows, sizeof rows / sizeof *rows};

static const struct changed_data *changes(const char *source, const char *before, const char *after)
{
    tear_down();
    checked_with_data(&from, source, &store, before);
    checked_with_data(&to, source, &store, after);
    cr_assert_eq(from.diags->error_count + to.diags->error_count, 0, "%s | %s", checked_codes(&from), checked_codes(&to));
    return changed_data(&to.arena, from.program, to.program);
}

#define CLAIM "claim c : x > 1 km\n"

static const struct changed_input *only_change(const char *source)
{
    const struct changed_data *changed = changes(source, "2025-02", "2025-07");
    cr_assert_eq(changed->input_count, 1, "%zu", changed->input_count);
    return changed->inputs;
}

Test(changed, a_newer_figure)
{
    const struct changed_input *x = only_change("input x : km = data \"mill.size\"\n" CLAIM);
    cr_assert(text_is(x->name, "x") && x->kind == CHANGE_FIGURES && x->count == 1);
    cr_assert(x->observations[0].sides[0]->central == 2 && x->observations[0].sides[1]->central == 3);
    cr_assert(text_is(x->observations[0].sources[0]->name, "old") && text_is(x->observations[0].sources[1]->name, "new"));
}

Test(changed, points_of_a_path_by_period)
{
    const struct changed_input *x = only_change("timeline 2023 .. 2026 by year\ninput x : km = data \"mill.path\" hold\nclaim c : x > 1 km at 2025\n");
    cr_assert_eq(x->count, 2);
    cr_assert(x->observations[0].sides[0]->central == 2 && x->observations[0].sides[1]->central == 5);
    cr_assert(x->observations[1].sides[0] == NULL && x->observations[1].sides[1]->central == 9);
}

Test(changed, the_same_figure_from_another_source_is_another_observation)
{
    const struct changed_input *x = only_change("input x : km = data \"mill.again\"\n" CLAIM);
    cr_assert(x->kind == CHANGE_FIGURES && x->count == 1);
}

Test(changed, nothing)
{
    const char *source = "input x : km = data \"mill.same\"\ninput y : km = 2 km to 3 km\nclaim c : x > y\n";
    const struct changed_data *changed = changes(source, "2025-02", "2025-07");
    cr_assert(changed->input_count == 0 && changed->index_count == 0 && !changed->present_moved);
    changed = changes("input x : km = data \"mill.size\"\n" CLAIM, "2025-02", "2025-02");
    cr_assert_eq(changed->input_count, 0);
}

Test(changed, known_and_unknown)
{
    const char *source = "input x : km = data \"mill.late\"\n" CLAIM;
    const struct changed_input *x = only_change(source);
    cr_assert(x->kind == CHANGE_KNOWN && x->count == 1 && x->observations[0].sides[0] == NULL);
    cr_assert(strstr(x->missing, "2025-06") != NULL, "%s", x->missing);
    x = changes(source, "2025-07", "2025-02")->inputs;
    cr_assert(x->kind == CHANGE_UNKNOWN && x->observations[0].sides[1] == NULL && strstr(x->missing, "2025-06") != NULL);
}

Test(changed, expired_between_the_vintages)
{
    static const char *const sources[] = {
        "input x : km = data \"mill.same\" expires 2025-04\n" CLAIM,
        "input x : km = 2 km to 3 km expires 2025-04\n" CLAIM,
    };
    for (size_t i = 0; i < 2; i++) {
        const struct changed_input *x = only_change(sources[i]);
        cr_assert(x->kind == CHANGE_EXPIRED && x->count == 0 && strstr(x->missing, "expired") != NULL);
        x = changes(sources[i], "2025-07", "2025-02")->inputs;
        cr_assert_eq(x->kind, CHANGE_REVIVED);
    }
}

Test(changed, members_from_data)
{
    const struct changed_data *changed = changes("index wheel = data \"wheel.*\"\ninput speed[w in wheel] : km = data \"wheel.{w}.speed\"\n"
                                                 "claim c : sum(speed[w] over w in wheel) > 1 km\n", "2025-02", "2025-07");
    cr_assert(changed->index_count == 1 && changed->indexes->added_count == 1 && changed->indexes->gone_count == 0);
    cr_assert(text_is(changed->indexes->added[0], "west"));
    cr_assert(changed->input_count == 1 && text_is(changed->inputs->name, "speed[west]") && changed->inputs->kind == CHANGE_KNOWN);
    changed = changes("index wheel = data \"wheel.*\"\ninput speed[w in wheel] : km = data \"wheel.{w}.speed\"\n"
                      "claim c : sum(speed[w] over w in wheel) > 1 km\n", "2025-07", "2025-02");
    cr_assert(changed->indexes->gone_count == 1 && changed->inputs->kind == CHANGE_UNKNOWN);
}

Test(changed, where_the_future_begins)
{
    const struct changed_data *changed = changes("timeline 2023Q1 .. 2026Q4 by quarter, present data\ninput x : km = data \"mill.path\" hold\n"
                                                 "claim c : x > 1 km at 2025\n", "2025-02", "2025-07");
    cr_assert(changed->present_moved);
    cr_assert(!text_equal(changed->present[0], changed->present[1]));
}
