#include <criterion/criterion.h>
#include <string.h>

#include "dsl/limits.h"
#include "grammar/parse.h"
#include "tests/support/parsed.h"

TestSuite(parser, .init = parsed_begin, .fini = parsed_end);

Test(parser, binds_as_the_reference_says)
{
    static const char *const cases[][2] = {
        {"a implies b implies c", "(implies a (implies b c))"},
        {"a implies b unless c unless d", "(implies a (unless (unless b c) d))"},
        {"a unless b or c and not d", "(unless a (or b (and c (not d))))"},
        {"not a > 3 at 2027", "(not (at (> a 3) 2027))"},
        {"x at 2026 < x at 2024", "(at (< (at x 2026) x) 2024)"},
        {"gap under s > 1.1 * gap", "(> (under s gap) (* 1.1 gap))"},
        {"a < b <= c != d", "(< <= != a b c d)"},
        {"(a < b) < c", "(< (< a b) c)"},
        {"x in 1 .. 2 and y in S", "(and (in x 1 2) (in y S))"},
        {"x within 10% of y + 1 at 2027", "(at (within x 10% (+ y 1)) 2027)"},
        {"x is a and x is not b", "(and (is x a) (is not x b))"},
        {"x rises with y[a] or x falls with z", "(or (rises with x y[a]) (falls with x z))"},
        {"hbm binds packages during 2026", "(during (binds hbm packages) 2026)"},
        {"?which binds packages", "(binds ?which packages)"},
        {"F during 2025 .. 2027", "(during F 2025 2027)"},
        {"F throughout 2025 .. now + 1 year", "(throughout F 2025 (+ now 1 year))"},
        {"F until (gap < 2)", "(until F (< gap 2))"},
        {"F by ?when", "(by F ?when)"},
        {"F before 2027 or F after 2030 or F from 2027", "(or (or (before F 2027) (after F 2030)) (from F 2027))"},
        {"a + b * c - d / e", "(- (+ a (* b c)) (/ d e))"},
        {"-a^2 * b", "(* (- (^ a 2)) b)"},
        {"a^b^c", "(^ a (^ b c))"},
        {"2^-1", "(^ 2 (- 1))"},
        {"--a", "(- (- a))"},
        {"every i in S: a or b implies c", "(every i in S: (implies (or a b) c))"},
        {"a implies some i in S: b", "(implies a (some i in S: b))"},
        {"if a then b else c implies d", "(if a b (implies c d))"},
        {"(if a then b else c) + 1", "(+ (if a b c) 1)"},
        {"at least 2 of (a, b, c) and exactly 1 of (d)", "(and (at least 2 a b c) (exactly 1 d))"},
        {"sum(compute[a] over a in actor)", "(sum compute[a] over a in actor)"},
        {"sum(capex, now - 5 years .. now, 0 USD/year)", "(sum capex (.. (- now 5 years) now) 0 USD/year)"},
        {"probability(F given G)", "(probability F given G)"},
        {"min(dies: d, hbm: h)", "(min dies:d hbm:h)"},
        {"interpolate(2025: 15k to 20k to 45k, 2026-04: 3, hold)", "(interpolate 2025:(to 15k 20k 45k) 2026-04:3 hold)"},
        {"choice(yes: 10%, no: 90%)", "(choice yes:10% no:90%)"},
        {"f(source: 1, input: 2)", "(f source:1 input:2)"},
        {"f()", "(f)"},
        {"3k to 6k wafer/month", "(to 3k 6k wafer/month)"},
        {"3x .. 5x .. 10x", "(.. 3x 5x 10x)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        cr_expect_str_eq(dump_expr(parsed_expression(cases[i][0], NULL)), cases[i][1], "%s", cases[i][0]);
}

static const struct item *only(const char *text)
{
    struct parsed parsed = parsed_string(text);
    cr_assert(parsed.diags->count == 0, "%s\n%s", text, printed_diags(parsed.diags));
    cr_assert(parsed.tree->item_count == 1);
    return parsed.tree->items;
}

Test(parser, fills_a_claim)
{
    const struct item *claim = only("claim c[a in actor] \"said\" by \"D\" in thread on 2025-07 cite s1, s2 under baseline, loose\n"
                                    "with x[n7] = 0.3 /cm^2 with y = ?w : gap > 5 level 95% even if z <= 3 rebuts other\n"
                                    "expect sensitive to x[n7], y under loose expect refuted");
    cr_assert(claim->kind == ITEM_CLAIM && text_is(claim->name.text, "c"));
    cr_assert(claim->params.count == 1 && text_is(claim->params.at[0].set.text, "actor"));
    cr_assert(claim->has_text && text_is(claim->text, "said") && text_is(claim->by, "D") && text_is(claim->in.text, "thread"));
    cr_assert(claim->on->date.month == 7);
    cr_assert_str_eq(dump_expr(claim->value), "(> gap 5)");
    static const enum clause_kind kinds[] = {CLAUSE_CITE,    CLAUSE_UNDER,  CLAUSE_WITH,   CLAUSE_WITH,  CLAUSE_LEVEL,
                                             CLAUSE_EVEN_IF, CLAUSE_REBUTS, CLAUSE_EXPECT, CLAUSE_EXPECT};
    const struct clause *clause = claim->clauses;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++, clause = clause->next)
        cr_assert(clause != NULL && clause->kind == kinds[i], "clause %zu", i);
    cr_assert_null(clause);
}

Test(parser, fills_expectations)
{
    const struct clause *clause = only("claim c : a expect sensitive to x[n7], y under loose")->clauses;
    cr_assert(text_is(clause->name.text, "sensitive") && text_is(clause->scenario.text, "loose") && clause->refs.count == 2);
    clause = only("claim c under forecast ai2027 : a")->clauses;
    cr_assert(clause->kind == CLAUSE_UNDER && text_is(clause->name.text, "ai2027") && clause->names.count == 0);
}

Test(parser, fills_an_input)
{
    const struct item *input = only("input fab.d0[n7] : 1/cm^2 = 0.14 to 0.22 to 0.50 \"density\" cite a, b as of 2025-04\n"
                                    "expires 2026-12-31 within 0 .. 1 interval 95% varies by year correlated with o -0.6 basis guess");
    cr_assert(input->params.count == 1 && text_is(input->params.at[0].name.text, "n7") && input->params.at[0].set.text.length == 0);
    cr_assert(input->type->unit->count == 1 && input->type->unit->factors[0].power == -2 && input->type->word.text.length == 0);
    cr_assert_str_eq(dump_expr(input->value), "(to 0.14 0.22 0.50)");
    cr_assert(input->clause_kinds == ((1u << CLAUSE_CITE) | (1u << CLAUSE_AS_OF) | (1u << CLAUSE_EXPIRES) | (1u << CLAUSE_WITHIN) |
                                      (1u << CLAUSE_INTERVAL) | (1u << CLAUSE_VARIES) | (1u << CLAUSE_CORRELATED) | (1u << CLAUSE_BASIS)));
    input = only("input p[s in stage] : fraction = (algorithms: 60%, learning: 40% .. 50%)");
    cr_assert(text_is(input->type->word.text, "fraction"));
    cr_assert_str_eq(dump_expr(input->value), "(table algorithms:60% learning:(.. 40% 50%))");
    input = only("input x = data \"capex.{a}\" from ft_2025");
    cr_assert(input->value->kind == EXPR_DATA && text_is(input->value->name.text, "ft_2025"));
}

Test(parser, fills_the_other_statements)
{
    const struct item *item = only("source ft \"title\" by \"FT\" on 2025-02-25 <https://x.org/a?b=1#c>");
    cr_assert(text_is(item->url, "https://x.org/a?b=1#c") && text_is(item->by, "FT"));
    item = only("use \"theirs.crux\" as theirs");
    cr_assert(text_is(item->text, "theirs.crux") && text_is(item->as.text, "theirs"));
    cr_assert(text_is(only("use forecast")->name.text, "forecast"));
    item = only("timeline 2022Q4 .. 2040Q4 by quarter, present 2025Q2");
    cr_assert(item->from->date.quarter == 4 && item->to->date.year == 2040 && item->present->date.quarter == 2);
    item = only("index odd = data, source, level");
    cr_assert(item->names.count == 3 && text_is(item->names.at[0].text, "data"));
    item = only("def murphy(area: mm^2, d0: 1/cm^2, when: date, n) = area * d0");
    cr_assert(item->params.count == 4 && item->params.at[1].unit->factors[0].power == -2 && text_is(item->params.at[2].type.text, "date"));
    item = only("scenario loose \"text\" by \"C\" { set a = 3 assume b < 4 assume ramp: c implies d }");
    cr_assert(item->items->kind == ITEM_SET && text_is(item->items->next->next->name.text, "ramp"));
    item = only("default level 95%");
    cr_assert(text_is(item->name.text, "level") && item->value->number == 0.95);
    item = only("unit PFLOPS = 1e15 FLOP/s");
    cr_assert(item->value->unit->count == 2);
}

Test(parser, reads_a_set_from_the_command_line)
{
    struct sources *sources = sources_new(parsed_arena());
    struct diags *diags = diags_new(parsed_arena(), sources);
    const struct source *source = sources_add(sources, TEXT("--set"), TEXT("fab.d0[n7]=0.3/cm^2"));
    const struct item *item = parse_set(parsed_arena(), sources, source, diags);
    cr_assert(diags->count == 0 && item->kind == ITEM_SET);
    cr_assert_str_eq(printed_expr(item->target), "fab.d0[n7]");
    cr_assert_str_eq(dump_expr(item->value), "(/ 0.3 (^ cm 2))");
}

Test(parser, gives_every_node_its_place)
{
    struct parsed parsed = parsed_string("let x = a + 5 GW\nclaim c : (b) > 3 level 95%");
    const struct item *let = parsed.tree->items, *claim = let->next;
    struct sources *sources = parsed.diags->sources;
    cr_assert(text_is(sources_text(sources, let->span), "let x = a + 5 GW"));
    cr_assert(text_is(sources_text(sources, let->value->args.at[1].value->span), "5 GW"));
    cr_assert(text_is(sources_text(sources, let->value->op_span), "+"));
    cr_assert(text_is(sources_text(sources, let->value->args.at[1].value->unit->span), "GW"));
    cr_assert(text_is(sources_text(sources, claim->span), "claim c : (b) > 3 level 95%"));
    cr_assert(text_is(sources_text(sources, claim->value->span), "(b) > 3"));
    cr_assert(text_is(sources_text(sources, claim->clauses->span), "level 95%"));
}

Test(parser, goes_on_after_errors)
{
    struct parsed parsed = parsed_string("let a = = 3\nlet b = 4\nlet c = )\nclaim d : x > \nlevel 95% expect refuted\nlet e = 5GW\n"
                                         "input f : m == 3\nclaim : x\nlet g = (1\nlet h = 7");
    cr_assert(parsed.diags->error_count == 7, "%zu\n%s", parsed.diags->error_count, printed_diags(parsed.diags));
    const struct item *item = parsed.tree->items;
    cr_assert(item->kind == ITEM_ERROR && text_is(item->name.text, "a"), "the name of what is broken is kept");
    item = item->next;
    cr_assert(item->kind == ITEM_LET && text_is(item->name.text, "b"));
    const struct item *claim = item->next->next;
    cr_assert(claim->kind == ITEM_CLAIM && claim->value->kind == EXPR_ERROR);
    cr_assert(claim->clause_kinds & 1u << CLAUSE_EXPECT, "clauses behind a broken condition are read");
}

static struct parsed parsed_repeated(const char *head, const char *part, size_t count, const char *tail)
{
    struct buffer out = buffer_on(parsed_arena());
    buffer_add_string(&out, head);
    for (size_t i = 0; i < count; i++)
        buffer_add_string(&out, part);
    buffer_add_string(&out, tail);
    return parsed_text("big.crux", buffer_text(&out));
}

Test(parser, answers_hostile_texts_with_one_message)
{
    static const struct {
        const char *head, *part;
        size_t count;
        enum diag_code code;
    } cases[] = {
        {"claim x : ", "(", 100000, DIAG_LIMIT},
        {"let x = ", "- ", 100000, DIAG_LIMIT},
        {"claim x : ", "not ", 100000, DIAG_LIMIT},
        {"claim x : ", "a implies ", 90000, DIAG_LIMIT},
        {"let x = a", " + a", 90000, DIAG_LIMIT},
        {"let x = ", "if a then ", 90000, DIAG_LIMIT},
        {"", "claim a : b\n", 600000, DIAG_LIMIT},
        {"# ", "x", 2000000, DIAG_LIMIT},
        {"", "# x\n", 3000000, DIAG_LIMIT},
        {"let x = ", "1", 100000, DIAG_NUMBER_RANGE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct parsed parsed = parsed_repeated(cases[i].head, cases[i].part, cases[i].count, "");
        cr_expect(parsed.diags->count == 1, "%zu: %zu messages", i, parsed.diags->count);
        cr_expect(parsed.diags->first != NULL && parsed.diags->first->code == cases[i].code, "%zu", i);
    }
}

Test(parser, stops_after_many_messages)
{
    struct parsed parsed = parsed_repeated("", "let a = $ $\n", 500000, "");
    cr_assert(parsed.diags->count <= LIMIT_DIAGS, "%zu", parsed.diags->count);
}

Test(parser, refuses_what_is_no_text)
{
    static const struct {
        const char *bytes;
        size_t length;
        uint32_t at;
    } cases[] = {{"let a = 3\0", 10, 9}, {"let\xFF", 4, 3}, {"\x7F" "ELF\x02\x01", 6, 0}, {"\xED\xA0\x80", 3, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct parsed parsed = parsed_text("binary", (struct text){cases[i].bytes, cases[i].length});
        cr_assert(parsed.diags->count == 1 && parsed.diags->first->code == DIAG_ENCODING, "%zu", i);
        uint32_t base = parsed.diags->sources->at[0]->base;
        cr_assert(parsed.diags->first->labels[0].span.start == base + cases[i].at, "%zu", i);
        cr_assert_null(parsed.tree->items);
    }
}

Test(parser, reads_empty_texts)
{
    cr_assert(parsed_string("").diags->count == 0);
    cr_assert(parsed_string("# only a comment").diags->count == 0);
    size_t errors;
    cr_assert(parsed_expression("", &errors)->kind == EXPR_ERROR && errors == 1);
}
