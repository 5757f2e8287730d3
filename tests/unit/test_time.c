// Dates, timelines, time phrases and the defaults that formulas get.
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "dsl/checker.h"
#include "tests/support/checked.h"

static struct checked checked;

static void tear_down(void)
{
    checked_free(&checked);
}
TestSuite(time, .fini = tear_down);

#define QUARTERS "timeline 2022Q4 .. 2030Q4 by quarter, present 2025Q2\ninput start = 4 to 6 to 9\nlet gap = start * 0.9 ^ ((now - 2025) / year)\n"

static const struct claim *claim(const char *source)
{
    checked_make(&checked, source);
    cr_assert_eq(checked.diags->count, 0, "%s", checked_codes(&checked));
    return checked_claim(&checked, "c");
}

static void expect_code(const char *source, const char *code)
{
    checked_make(&checked, source);
    cr_expect(checked_has(&checked, code), "wanted %s, got %s for %s", code, checked_codes(&checked), source);
    checked_free(&checked);
}

static struct text step_of(double instant)
{
    const struct timeline *timeline = &checked.program->timeline;
    return timeline_step_name(&checked.arena, timeline, timeline_step_at(timeline, instant));
}

// "throughout 2025Q2 2027Q4" of the window that the node looks at.
static void expect_window(const struct node *node, enum phrase phrase, const char *first, const char *last)
{
    cr_assert_eq(node->kind, NODE_TIME);
    cr_expect_eq(node->phrase, phrase);
    cr_expect(text_is(step_of(node->args[1]->value), first), "from %.*s", TEXT_ARGS(step_of(node->args[1]->value)));
    if (last)
        cr_expect(text_is(step_of(node->args[2]->value), last), "to %.*s", TEXT_ARGS(step_of(node->args[2]->value)));
}

Test(time, dates_are_spans_of_the_nominal_calendar)
{
    struct date_span year = date_span_of((struct date){.year = 2027}), quarter = date_span_of((struct date){.year = 2027, .quarter = 4});
    struct date_span month = date_span_of((struct date){.year = 2027, .month = 12}), day = date_span_of((struct date){.year = 2027, .month = 12, .day = 31});
    cr_expect_eq(year.start, 2027 * SECONDS_A_YEAR);
    cr_expect_eq(year.end, quarter.end);
    cr_expect_eq(quarter.end - quarter.start, SECONDS_A_YEAR / 4);
    cr_expect_eq(month.end, quarter.end);
    cr_expect_eq(month.end - month.start, SECONDS_A_YEAR / 12);
    cr_expect_float_eq(day.end, month.end, 1e-3);
    cr_expect_float_eq(day.end - day.start, SECONDS_A_YEAR / 12 / 31, 1e-3);
    checked_make(&checked, "");
}

Test(time, bare_years_are_dates_and_other_numbers_are_not)
{
    struct expr year = {.kind = EXPR_NUMBER, .number = 2027, .spelling = TEXT("2027")}, share = year, thousand = year, early = year;
    struct date date;
    share.percent = true;
    thousand.spelling = TEXT("2.027k");
    early.number = 300;
    cr_expect(expr_is_date(&year, &date) && date.year == 2027 && date.month == 0);
    cr_expect_not(expr_is_date(&share, &date));
    cr_expect_not(expr_is_date(&thousand, &date));
    cr_expect_not(expr_is_date(&early, &date));
    checked_make(&checked, "");
}

Test(time, timelines_go_by_year_quarter_and_month)
{
    static const struct {
        const char *source, *last;
        int count, present;
    } rows[] = {
        {"timeline 2025 .. 2030 by year, present 2026", "2030", 6, 1},
        {"timeline 2022Q4 .. 2040Q4 by quarter, present 2025Q2", "2040Q4", 73, 10},
        {"timeline 2025-11 .. 2026-02 by month", "2026-02", 4, 0},
        {"timeline 2025 .. 2026 by month, present 2026", "2026-12", 24, 12},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        checked_make(&checked, rows[i].source);
        const struct timeline *timeline = &checked.program->timeline;
        cr_assert(timeline->given, "%s: %s", rows[i].source, checked_codes(&checked));
        cr_expect_eq(timeline->count, rows[i].count, "%s has %d steps", rows[i].source, timeline->count);
        cr_expect_eq(timeline->present, rows[i].present);
        cr_expect(text_is(timeline_step_name(&checked.arena, timeline, timeline->count - 1), rows[i].last));
        for (int step = 0; step < timeline->count; step++) {
            cr_expect_eq(timeline_step_at(timeline, timeline->start + step * timeline->length), step);
            cr_expect_eq(timeline_step_at(timeline, timeline->start + (step + 0.999) * timeline->length), step);
        }
        cr_expect_eq(timeline_step_at(timeline, timeline->start - 1), -1);
        cr_expect_eq(timeline_step_at(timeline, timeline->start + timeline->count * timeline->length), -1);
        checked_free(&checked);
    }
    checked_make(&checked, "");
}

Test(time, wrong_timelines_are_told)
{
    expect_code("timeline 2030 .. 2025 by year\n", "E406");
    expect_code("timeline 2022Q3 .. 2025 by year\n", "E406");
    expect_code("timeline 2022 .. 2025 by quarter, present 2030\n", "E401");
    expect_code("timeline 2022 .. 2025 by year\ntimeline 2022 .. 2025 by year\n", "E407");
    expect_code("timeline 1000-01 .. 2200-01 by month\n", "E406");
    checked_make(&checked, "");
}

Test(time, phrases_become_windows)
{
    static const struct {
        const char *claim;
        enum phrase phrase;
        const char *first, *last;
    } rows[] = {
        {"claim c : gap > 1 at 2027", PHRASE_AT, "2027Q4", NULL},
        {"claim c : gap > 1 at 2027Q2", PHRASE_AT, "2027Q2", NULL},
        {"claim c : gap > 1 at 2022", PHRASE_AT, "2022Q4", NULL},
        {"claim c : gap > 1 by 2027", PHRASE_BY, "2025Q2", "2027Q4"},
        {"claim c : gap > 1 before 2027", PHRASE_BEFORE, "2025Q2", "2026Q4"},
        {"claim c : gap > 1 after 2027", PHRASE_AFTER, "2028Q1", "2030Q4"},
        {"claim c : gap > 1 during 2027", PHRASE_DURING, "2027Q1", "2027Q4"},
        {"claim c : gap > 1 during 2026 .. 2027Q2", PHRASE_DURING, "2026Q1", "2027Q2"},
        {"claim c : gap > 1 throughout 2026 .. 2027", PHRASE_THROUGHOUT, "2026Q1", "2027Q4"},
        {"claim c : gap > 1 from 2027", PHRASE_FROM, "2027Q1", "2030Q4"},
        {"claim c : gap > 1 until 2027", PHRASE_UNTIL, "2025Q2", "2026Q4"},
        {"claim c by \"D\" on 2026-08 : gap > 1 by 2027", PHRASE_BY, "2026Q3", "2027Q4"},
        {"claim c : gap > 1", PHRASE_THROUGHOUT, "2025Q2", "2030Q4"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char source[400];
        snprintf(source, sizeof source, "%s%s", QUARTERS, rows[i].claim);
        expect_window(claim(source)->conclusion, rows[i].phrase, rows[i].first, rows[i].last);
        checked_free(&checked);
    }
    checked_make(&checked, "");
}

Test(time, parts_without_phrase_reach_to_the_latest_date)
{
    const struct claim *c = claim(QUARTERS "claim c : gap > 1 implies gap > 2 at 2027 unless gap < 1\n");
    expect_window(c->premise, PHRASE_THROUGHOUT, "2025Q2", "2027Q4");
    expect_window(c->exception, PHRASE_DURING, "2025Q2", "2027Q4");
    expect_window(c->conclusion, PHRASE_AT, "2027Q4", NULL);
    cr_expect(text_is(timeline_step_name(&checked.arena, &checked.program->timeline, c->end), "2027Q4"));
}

Test(time, right_nested_premises_merge)
{
    const struct claim *c = claim(QUARTERS "claim c : start > 5 implies start < 8 implies gap > 1 at 2027\n");
    cr_assert_not_null(c->premise);
    cr_expect_eq(c->premise->kind, NODE_APPLY);
    cr_expect_eq(c->premise->op, OP_AND);
    cr_expect_null(c->exception);
}

Test(time, uncertain_dates_stay_nodes)
{
    const struct claim *c = claim(QUARTERS "input end : date = 2026 to 2028\nclaim c : gap > 1 until end\n");
    cr_expect_eq(c->conclusion->args[2]->kind, NODE_APPLY);
    cr_expect_eq(c->conclusion->args[2]->args[0]->kind, NODE_INPUT);
    cr_expect_eq(c->conclusion->args[2]->args[1]->value, -SECONDS_A_YEAR / 4);
    checked_free(&checked);
    c = claim(QUARTERS "claim c : gap > 1 until (gap < 2)\n");
    cr_expect_eq(c->conclusion->args[2]->args[0]->kind, NODE_WHEN);
    cr_expect_eq(c->conclusion->args[2]->args[0]->steps, 10);
}

Test(time, dates_compare_with_spans)
{
    static const struct {
        const char *formula;
        double holds;
    } rows[] = {
        {"2026-12 < 2027", 1},    {"2027Q1 < 2027", 0},  {"2027Q1 = 2027", 1},  {"2027 = 2027Q1", 0},  {"2028Q1 > 2027", 1},   {"2027Q4 > 2027", 0},
        {"2027Q4 >= 2027", 1},    {"2027Q4 <= 2027", 1}, {"2028-01 <= 2027", 0}, {"2026-12 >= 2027", 0}, {"2027-04 = 2027Q2", 1}, {"2027-04 != 2027Q2", 0},
        {"2027Q2 by 2027", 1},    {"2028Q1 by 2027", 0}, {"2028Q1 after 2027", 1}, {"2026Q4 before 2027", 1}, {"2027Q2 during 2026 .. 2027", 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char source[200];
        double value = NAN;
        snprintf(source, sizeof source, "let a : date = 2027Q2\nclaim c : %s\n", rows[i].formula);
        checked_make(&checked, source);
        const struct claim *c = checked_claim(&checked, "c");
        cr_assert_not_null(c->conclusion, "%s: %s", rows[i].formula, checked_codes(&checked));
        cr_expect(node_is_constant(c->conclusion, &value) && value == rows[i].holds, "%s is %g", rows[i].formula, value);
        checked_free(&checked);
    }
    checked_make(&checked, "");
}

Test(time, mistakes_are_told)
{
    expect_code(QUARTERS "claim c : gap > 5 at 2035\n", "E401");
    expect_code(QUARTERS "claim c : gap > 5 from 2020\n", "E401");
    expect_code(QUARTERS "claim c : gap > 5 by 2024\n", "E402");
    expect_code(QUARTERS "claim c : gap > 5 throughout 2028 .. 2026\n", "E402");
    expect_code(QUARTERS "claim c : gap > 5 after 2030\n", "E402");
    expect_code(QUARTERS "claim c : gap > 5 implies gap > 4 at 2024\n", "E402");
    expect_code(QUARTERS "claim c : gap > 5 and gap < 9 at 2027\n", "E403");
    expect_code(QUARTERS "claim c : gap > 5 at 2027 or gap < 1\n", "E403");
    expect_code(QUARTERS "claim c : gap by 2027\n", "E404");
    expect_code(QUARTERS "claim c : gap > 5 at gap\n", "E404");
    expect_code(QUARTERS "claim c : gap > 5 at now\n", "E404");
    expect_code("input gap = 1 to 2\nclaim c : gap > 5 at 2027\n", "E405");
    checked_make(&checked, "");
}

Test(time, truths_that_do_not_vary_need_no_phrase)
{
    const struct claim *c = claim(QUARTERS "input war : truth = choice(yes: 10%, no: 90%)\nclaim c : gap > 2 at 2027 and not war\n");
    cr_expect_eq(c->conclusion->kind, NODE_APPLY);
}
