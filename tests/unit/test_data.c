// `data` in inputs and indexes: what observations become, and what is said when they do not fit or are not there.
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "dsl/check_input.h"
#include "tests/support/checked.h"
#include "tests/support/observed.h"

static struct checked checked;

static void tear_down(void)
{
    checked_free(&checked);
}
TestSuite(data, .fini = tear_down);

#define QUARTERS "timeline 2022Q1 .. 2030Q4 by quarter\n"

static const struct observed_row rows[] = {
    {"one.known", "1/cm^2", "", "0.2", "", "", "2025", "2025-02", "ft", "stated"},
    {"law.three", "km", "1", "2", "8", "", "2025", "2025-02", "ft", "stated"},
    {"law.ends", "km", "1", "", "8", "", "2025", "2025-02", "ft", "stated"},
    {"law.low", "km", "2", "4", "", "", "2025", "2025-02", "ft", "stated"},
    {"law.high", "km", "", "4", "5", "", "2025", "2025-02", "ft", "stated"},
    {"law.edge", "km", "1", "1", "8", "", "2025", "2025-02", "ft", "stated"},
    {"law.same", "km", "8", "8", "8", "", "2025", "2025-02", "ft", "stated"},
    {"law.zero", "km", "0", "1", "8", "", "2025", "2025-02", "ft", "stated"},
    {"law.below", "km", "-1", "1", "8", "", "2025", "2025-02", "ft", "stated"},
    {"law.only_low", "km", "1", "", "", "", "2025", "2025-02", "ft", "stated"},
    {"law.disorder", "km", "3", "1", "8", "", "2025", "2025-02", "ft", "stated"},
    {"path.mixed", "km", "", "2", "", "", "2025", "2025-02", "ft", "stated"},
    {"path.mixed", "km", "1", "3", "8", "", "2026Q2", "2025-03", "epoch", "guess"},
    {"path.mixed", "km", "", "1", "", "", "2024", "2025-02", "ft", "recalled"},
    {"path.mixed", "km", "1", "", "", "", "2027", "2025-02", "ft", "stated"},
    {"path.zero", "km", "", "0", "", "", "2024", "2025-02", "ft", "stated"},
    {"path.zero", "km", "", "2", "", "", "2025", "2025-02", "ft", "stated"},
    {"con.x", "km", "", "2", "", "", "2025", "2025-02", "ft", "stated"},
    {"con.x", "km", "", "", "3", "", "2025", "2025-03", "nobody", "stated"},
    {"con.x", "km", "", "4", "", "", "2025", "2025-04", "epoch", "stated"},
    {"later.x", "km", "", "2", "", "", "2025", "2026-09", "ft", "stated"},
    {"when.ready", "date", "2026-06", "2028", "2035", "", "2025", "2025-02", "ft", "stated"},
    {"when.done", "date", "", "2024-03", "", "", "2024", "2025-02", "ft", "stated"},
    {"when.done", "date", "", "2024-06", "", "", "2025", "2025-02", "ft", "stated"},
    {"said.so", "text", "", "", "", "yes", "2025", "2025-02", "ft", "stated"},
    {"said.node", "text", "", "", "", "n5", "2025", "2025-02", "ft", "stated"},
    {"said.what", "text", "", "", "", "n1", "2025", "2025-02", "ft", "stated"},
    {"share.big", "fraction", "0.2", "0.5", "1.5", "", "2025", "2025-02", "ft", "stated"},
    {"share.good", "fraction", "0.2", "0.5", "0.9", "", "2025", "2025-02", "ft", "stated"},
    {"share.percent", "%", "", "40", "", "", "2025", "2025-02", "ft", "stated"},
    {"odd.unit", "furlong", "", "40", "", "", "2025", "2025-02", "ft", "stated"},
    {"capex.us", "USD/year", "", "224e9", "", "", "2024", "2025-02", "ft", "stated"},
    {"capex.china", "USD/year", "", "33e9", "", "", "2024", "2025-02", "epoch", "stated"},
    {"chip.h100.power", "W", "", "700", "", "", "2024", "2025-02", "ft", "stated"},
    {"chip.a100 80GB.power", "W", "", "400", "", "", "2024", "2025-02", "ft", "stated"},
    {"chip.a100-80GB.power", "W", "", "401", "", "", "2024", "2025-02", "ft", "stated"},
    {"chip.910b.power", "W", "", "300", "", "", "2024", "2025-02", "nobody", "stated"},
};
static const struct observed store = {rows, sizeof rows / sizeof *rows};

static const struct input *input(const char *source)
{
    checked_free(&checked);
    checked_with_data(&checked, source, &store, "2025-04");
    cr_assert_eq(checked.diags->error_count, 0, "%s: %s", source, checked_codes(&checked));
    const struct input *x = checked_input(&checked, "x");
    cr_assert_not_null(x);
    return x;
}

static void expect_law(const char *source, enum law wanted, double a, double b, double c)
{
    const struct distribution *law = &input(source)->instances[0].points[0].law;
    cr_expect_eq(law->law, wanted, "%s: %s", source, law_table[law->law].id);
    cr_expect_float_eq(law->a, a, 1e-9 * (1 + fabs(a)), "%s: a %g", source, law->a);
    cr_expect_float_eq(law->b, b, 1e-9 * (1 + fabs(b)), "%s: b %g", source, law->b);
    cr_expect_float_eq(law->c, c, 1e-9 * (1 + fabs(c)), "%s: c %g", source, law->c);
}

Test(data, figures_become_laws)
{
    expect_law("input x : 1/cm^2 = data \"one.known\"", LAW_KNOWN, 2000, 0, 0);
    expect_law("input x : m = data \"law.three\"", LAW_SPREAD_TWO_LOGNORMAL, 1e3, 8e3, 2e3);
    expect_law("input x : m = data \"law.ends\"", LAW_SPREAD_LOGNORMAL, 1e3, 8e3, 0);
    expect_law("input x : m = data \"law.zero\"", LAW_SPREAD_TWO_ZERO, 0, 8e3, 1e3);
    expect_law("input x : m = data \"law.below\"", LAW_SPREAD_TWO_NORMAL, -1e3, 8e3, 1e3);
    expect_law("input x : m = data \"law.same\"", LAW_KNOWN, 8e3, 0, 0);
    expect_law("input x : m = data \"law.edge\"", LAW_BOUNDS, 1e3, 8e3, 1e3);
    expect_law("input x : fraction = data \"share.good\"", LAW_SPREAD_TWO_LOGNORMAL, 0.2, 0.9, 0.5);
    expect_law("input x : fraction = data \"share.percent\"", LAW_KNOWN, 0.4, 0, 0);
}

Test(data, a_missing_end_lies_as_far_as_the_other)
{
    expect_law("input x : km = data \"law.low\"", LAW_SPREAD_TWO_LOGNORMAL, 2e3, 8e3, 4e3);
    expect_law("input x : km = data \"law.high\"", LAW_SPREAD_TWO_LOGNORMAL, 3.2e3, 5e3, 4e3);
}

Test(data, intervals_have_the_level_of_the_input)
{
    cr_expect_eq(input("input x : km = data \"law.three\" interval 80%")->instances[0].points[0].law.level, 0.8);
    cr_expect_eq(input("default interval 50%\ninput x : km = data \"law.three\"")->instances[0].points[0].law.level, 0.5);
}

Test(data, dates_truths_and_members)
{
    double year = SECONDS_A_YEAR;
    expect_law("input x : date = data \"when.ready\"", LAW_SPREAD_TWO_NORMAL, 2026 * year + 5 * year / 12, 2035 * year, 2028 * year);
    expect_law("input x : date = data \"when.done\"", LAW_KNOWN, 2024 * year + 5 * year / 12, 0, 0);
    expect_law("input x : truth = data \"said.so\"", LAW_KNOWN, 1, 0, 0);
    expect_law("index node = n7, n5\ninput x : node = data \"said.node\"", LAW_KNOWN, 1, 0, 0);
}

Test(data, the_type_may_be_left_to_the_data)
{
    cr_expect_eq(input("input x = data \"when.ready\"")->type.kind, KIND_DATE);
    cr_expect_eq(input("input x = data \"said.so\"")->type.kind, KIND_TRUTH);
    cr_expect_eq(input("index node = n7, n5\ninput x = data \"said.node\"")->type.kind, KIND_MEMBER);
    cr_expect(input("input x = data \"share.good\"")->type.fraction);
    const struct input *x = input("index actor = us, china\ninput x[a in actor] = data \"capex.{a}\"");
    cr_expect(text_is(x->type.shown->name, "USD/year"));
    cr_expect_float_eq(x->instances[1].points[0].law.a * SECONDS_A_YEAR, 33e9, 1);
    x = input("index actor = us, china\ninput x[a in actor] = (us: 5 USD/year, china: data \"capex.china\")");
    cr_expect_float_eq(x->instances[1].points[0].law.a * SECONDS_A_YEAR, 33e9, 1);
}

Test(data, several_periods_are_a_path)
{
    const struct input *x = input(QUARTERS "input x : m = data \"path.mixed\"");
    const struct input_instance *path = &x->instances[0];
    enum basis basis;
    cr_assert_eq(path->point_count, 3, "%zu", path->point_count);
    cr_expect_eq(path->points[0].instant, 2025 * SECONDS_A_YEAR);
    cr_expect_eq(path->points[2].instant, 2026.5 * SECONDS_A_YEAR);
    cr_expect_eq(path->points[1].law.law, LAW_KNOWN);
    cr_expect_eq(path->points[2].law.law, LAW_SPREAD_TWO_LOGNORMAL);
    cr_expect(path->logarithmic && !path->hold && !path->bounds_only);
    cr_assert_eq(path->observed.count, 3);
    cr_expect(text_is(path->observed_by[2]->title, "Title of epoch"));
    cr_expect(input_basis(x, 0, &basis) && basis == BASIS_GUESS);
    cr_expect(input(QUARTERS "input x : m = data \"path.zero\" hold")->instances[0].hold);
    cr_expect_not(checked_input(&checked, "x")->instances[0].logarithmic);
}

Test(data, from_picks_a_source)
{
    const struct input_instance *x = &input(QUARTERS "input x : m = data \"path.mixed\" from epoch")->instances[0];
    cr_assert_eq(x->point_count, 1);
    cr_expect_eq(x->points[0].law.c, 3e3);
}

static void expect_missing(const char *source, const char *words)
{
    const struct input_instance *x = &input(source)->instances[0];
    cr_assert_not_null(x->missing, "%s", source);
    cr_expect_str_eq(x->missing, words);
}

Test(data, what_is_not_there_blocks_and_says_why)
{
    expect_missing("input x : km = data \"later.x\"", "\"later.x\" is known only from 2026-09 on; this run's vintage is 2025-04");
    expect_missing("input x : km = data \"law.thre\"", "the data store has nothing called \"law.thre\"; did you mean \"law.three\"?");
    expect_missing("input x : km = data \"nothing.like_it\"", "the data store has nothing called \"nothing.like_it\"");
    expect_missing(QUARTERS "input x : km = data \"law.three\" from epoch", "the source epoch has nothing on \"law.three\"; figures are there from ft");
    expect_missing("input x : km = data \"law.only_low\"", "of \"law.only_low\" the data store knows only how much it is at least, or at most");
}

static void expect_code(const char *source, const char *code, const char *words)
{
    checked_free(&checked);
    checked_with_data(&checked, source, &store, "2025-04");
    cr_assert(checked_has(&checked, code), "wanted %s, got %s for %s", code, checked_codes(&checked), source);
    const struct diag *diag = checked.diags->first;
    cr_expect(strstr(diag->message, words) || (diag->help && strstr(diag->help, words)), "%s: %s (%s)", source, diag->message, diag->help ? diag->help : "");
}

Test(data, what_does_not_fit_is_told)
{
    expect_code("input x : 1/cm^2 = data \"law.three\"", "E512", "that of ft for 2025");
    expect_code("input x : date = data \"law.three\"", "E512", "in km");
    expect_code("input x : km = data \"when.ready\"", "E512", "a date");
    expect_code("input x : truth = data \"law.three\"", "E512", "in km");
    expect_code("input x : km = data \"said.so\"", "E512", "a word");
    expect_code("input x : km = data \"odd.unit\"", "E512", "furlong");
    expect_code("input x = data \"odd.unit\"", "E512", "furlong");
    expect_code("input x : km = data \"law.disorder\"", "E513", "out of order");
    expect_code("input x : fraction = data \"share.big\"", "E513", "outside 0 .. 1");
    expect_code("index node = n7, n5\ninput x : node = data \"said.what\"", "E513", "no member of `node`");
    expect_code("input x : truth = data \"said.what\"", "E513", "neither yes nor no");
    expect_code("input x : km = data \"law.three\" from bloomberg", "E514", "is known from ft");
    expect_code("input x : km = data \"path.mixed\"", "E405", "3 periods");
    expect_code("input x = data \"law.thre\"", "E511", "does not show");
}

Test(data, sources_of_the_store_can_be_cited)
{
    const struct input *x = input("input x = 1 to 2 cite ft, nobody\nclaim c \"C\" in epoch cite ft : x > 1");
    cr_assert_eq(x->cite_count, 2);
    cr_expect(text_is(x->cites[0]->title, "Title of ft"));
    cr_expect_float_eq(x->cites[0]->date / SECONDS_A_YEAR, 2025 + 1.0 / 12 + 24.0 / 28 / 12, 1e-9);
    cr_expect_eq(x->cites[1]->url.length, 0);
    const struct claim *claim = checked_claim(&checked, "c");
    cr_expect(text_is(claim->in->name, "epoch"));
    cr_expect_eq(claim->cites[0], x->cites[0]);
    cr_expect_eq(checked.program->source_count, 3);
    x = input("source ft \"Another\"\ninput x = 1 to 2 cite ft");
    cr_expect(text_is(x->cites[0]->title, "Another"));
    expect_code("input x = 1 to 2 cite bloomberg", "E201", "bloomberg");
}

Test(data, members_come_from_names)
{
    const struct input *x = input("index chip = data \"chip.*\"\ninput x[c in chip] = data \"chip.{c}.power\"");
    static const char *const names[] = {"x[_910b]", "x[a100_80GB]", "x[a100_80GB_2]", "x[h100]"};
    static const double watts[] = {300, 400, 401, 700};
    cr_assert_eq(x->instance_count, 4);
    for (size_t i = 0; i < 4; i++) {
        cr_expect(text_is(x->instances[i].name, names[i]), "%.*s", TEXT_ARGS(x->instances[i].name));
        cr_expect_eq(x->instances[i].points[0].law.a, watts[i]);
    }
    expect_code("index chip = data \"wafer.*\"", "E208", "nothing like");
    expect_code("index chip = data \"chip.*\" from ft", "E208", "all sources");
}

Test(data, inputs_expire)
{
    checked_free(&checked);
    checked_with_data(&checked, "input x = 1 to 2 expires 2025-04", &store, "2025-04");
    cr_expect(checked_has(&checked, "W724"));
    cr_expect_null(checked_input(&checked, "x")->instances[0].missing);
    cr_expect(checked.program->dated);
    checked_free(&checked);
    checked_with_data(&checked, "input x = 1 to 2 expires 2025-07", &store, "2025-05-20");
    cr_expect(checked_has(&checked, "W724"));
    checked_free(&checked);
    checked_with_data(&checked, "input x = 1 to 2 expires 2025-07", &store, "2025-03");
    cr_expect_eq(checked.diags->count, 0);
    expect_missing("input x = 1 to 2 expires 2025-03-31", "`x` expired after 2025-03-31; this run's vintage is 2025-04");
}

Test(data, the_present_can_be_the_vintage)
{
    input("timeline 2022Q1 .. 2030Q4 by quarter, present data\ninput x = 1 to 2");
    cr_expect_eq(checked.program->timeline.present, 13); // 2025Q2
    checked_free(&checked);
    checked_with_data(&checked, "timeline 2022Q1 .. 2030Q4 by quarter, present data", &store, "2025-03");
    cr_expect_eq(checked.program->timeline.present, 12);
    expect_code("timeline 2026Q1 .. 2030Q4 by quarter, present data", "E401", "the vintage of the data, 2025-04");
    checked_free(&checked);
    checked_make(&checked, "timeline 2022Q1 .. 2030Q4 by quarter, present data");
    cr_expect(checked_has(&checked, "E406"));
}

Test(data, present_is_a_date)
{
    input("timeline 2022Q1 .. 2030Q4 by quarter, present 2025Q2\ninput x = 1 to 2\nlet past = now < present\nlet y = if past then 1 else x\n"
          "claim a : y > 1 at present\nclaim b : y > 0 during present .. 2026\nclaim c : present > 2025-03 or y > 1 from present");
    checked_free(&checked);
    checked_make(&checked, "let present = 5");
    cr_expect(checked_has(&checked, "E205"));
    checked_free(&checked);
    checked_make(&checked, "claim a : present > 2024");
    cr_expect(checked_has(&checked, "E405"));
}

Test(data, disagreements_are_put_in_words)
{
    cr_expect_str_eq(input("input x : km = data \"con.x\"")->instances[0].dissent,
                     "sources disagree on \"con.x\" (km) for 2025: 4 (epoch, taken), 2 (ft), at most 3 (nobody); `from` picks one");
    cr_expect_null(input("input x : km = data \"con.x\" from ft")->instances[0].dissent);
    cr_expect_null(input("input x : km = data \"law.three\"")->instances[0].dissent);
}
