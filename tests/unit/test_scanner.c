#include <criterion/criterion.h>
#include <string.h>

#include "grammar/word.h"
#include "tests/support/parsed.h"

TestSuite(scanner, .init = parsed_begin, .fini = parsed_end);

Test(scanner, keywords_stand_in_the_order_of_the_alphabet)
{
    for (int i = 1; i < keyword_count; i++)
        cr_assert(strcmp(keyword_table[i - 1].text, keyword_table[i].text) < 0, "%s", keyword_table[i].text);
    for (int i = 0; i < keyword_count; i++)
        cr_assert(keyword_of_text(text_of(keyword_table[i].text)) == &keyword_table[i]);
    cr_assert_null(keyword_of_text(TEXT("now")));
    cr_assert_null(keyword_of_text(TEXT("")));
}

Test(scanner, reads_numbers)
{
    static const struct {
        const char *text;
        double value;
        bool percent;
    } cases[] = {
        {"0", 0, false},       {"007", 7, false},       {"2.9M", 2.9e6, false}, {"200k", 200e3, false}, {"4.1B", 4.1e9, false},
        {"0.3T", 0.3e12, false}, {"5x", 5, false},      {"30%", 0.30, true},    {"40 %", 0.40, true},   {"1.1k%", 11, true},
        {"1e15", 1e15, false}, {"1.5e-3", 1.5e-3, false}, {"1E+3", 1e3, false}, {"2e3k", 2e6, false},   {"1e308", 1e308, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct expr *expr = parsed_expression(cases[i].text, NULL);
        cr_assert(expr->kind == EXPR_NUMBER && expr->number == cases[i].value, "%s gives %a", cases[i].text, expr->number);
        cr_assert(expr->percent == cases[i].percent, "%s", cases[i].text);
        cr_assert(expr->unit == NULL, "%s", cases[i].text);
    }
}

Test(scanner, reads_units_behind_numbers)
{
    static const struct {
        const char *text;
        const char *factors; // "mm 2 s -1"
    } cases[] = {
        {"5 GW", "GW 1"},           {"858 mm^2", "mm 2"},          {"0.22 /cm^2", "cm -2"},      {"3k wafer/month", "wafer 1 month -1"},
        {"1 kg*m/s^2", "kg 1 m 1 s -2"}, {"2 s^-1", "s -1"},       {"2 /s^-1", "s 1"},           {"20% /year", "year -1"},
        {"4\tmonths", "months 1"},  {"1 level", NULL},             {"5\nGW", NULL},              {"5", ""},
        {"5 GW2", "GW2 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t errors;
        const struct expr *expr = parsed_expression(cases[i].text, &errors);
        if (cases[i].factors == NULL) {
            cr_assert(errors > 0, "%s", cases[i].text);
            continue;
        }
        struct buffer out = buffer_on(parsed_arena());
        buffer_add_string(&out, "");
        for (size_t f = 0; expr->unit != NULL && f < expr->unit->count; f++)
            buffer_printf(&out, "%s%.*s %d", f > 0 ? " " : "", TEXT_ARGS(expr->unit->factors[f].word), expr->unit->factors[f].power);
        cr_assert_str_eq(out.at, cases[i].factors, "%s", cases[i].text);
    }
}

Test(scanner, takes_words_of_the_language_for_no_units)
{
    cr_assert_str_eq(dump_expr(parsed_expression("a > 5 and b", NULL)), "(and (> a 5) b)");
    cr_assert_str_eq(dump_expr(parsed_expression("5 GW / 3 kW", NULL)), "(/ 5 GW 3 kW)");
    cr_assert_str_eq(dump_expr(parsed_expression("5 / year", NULL)), "(/ 5 year)");
    cr_assert_str_eq(dump_expr(parsed_expression("5 GW*2", NULL)), "(* 5 GW 2)");
    cr_assert_str_eq(dump_expr(parsed_expression("exactly 1 i in S: x[i]", NULL)), "(exactly 1 i in S: x[i])");
}

Test(scanner, reads_dates)
{
    static const struct {
        const char *text;
        struct date date;
    } cases[] = {
        {"2027Q4", {2027, 4, 0, 0}},
        {"2027-04", {2027, 0, 4, 0}},
        {"2027-04-03", {2027, 0, 4, 3}},
        {"2028-02-29", {2028, 0, 2, 29}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct expr *expr = parsed_expression(cases[i].text, NULL);
        cr_assert(expr->kind == EXPR_DATE && memcmp(&expr->date, &cases[i].date, sizeof expr->date) == 0, "%s", cases[i].text);
    }
    cr_assert(parsed_expression("2027", NULL)->kind == EXPR_NUMBER);
    cr_assert_str_eq(dump_expr(parsed_expression("2027 - 04", NULL)), "(- 2027 04)");
}

Test(scanner, tells_ranges_from_points)
{
    cr_assert_str_eq(dump_expr(parsed_expression("2025..2027", NULL)), "(.. 2025 2027)");
    cr_assert_str_eq(dump_expr(parsed_expression("0.2..0.6", NULL)), "(.. 0.2 0.6)");
    cr_assert_str_eq(dump_expr(parsed_expression("2022Q4..2040Q4", NULL)), "(.. 2022Q4 2040Q4)");
    cr_assert_str_eq(dump_expr(parsed_expression("a..b", NULL)), "(.. a b)");
}

Test(scanner, reads_dotted_names_whatever_their_words)
{
    cr_assert_str_eq(dump_expr(parsed_expression("event.source > x.claim.to", NULL)), "(> event.source x.claim.to)");
    cr_assert_str_eq(dump_expr(parsed_expression("p[source] + level", NULL)), "(+ p[source] level)");
}

Test(scanner, keeps_comments_with_their_places)
{
    struct parsed parsed = parsed_string("# one\nlet a = 3  # two \r\n  # three");
    cr_assert(parsed.diags->count == 0);
    const struct comment_list *comments = &parsed.tree->comments;
    cr_assert(comments->count == 3);
    cr_assert(comments->at[0].own_line && !comments->at[1].own_line && comments->at[2].own_line);
    cr_assert(text_is(sources_text(parsed.diags->sources, comments->at[1].span), "# two"));
}

Test(scanner, skips_marks_of_the_encoding_and_odd_blanks)
{
    struct parsed parsed = parsed_string("\xEF\xBB\xBFlet a\xC2\xA0= 5\xC2\xA0GW\r\nlet b = 3");
    cr_assert(parsed.diags->count == 0, "%s", printed_diags(parsed.diags));
    cr_assert(parsed.tree->item_count == 2);
}
