#include "dsl/reading.h"

#include <ctype.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/checker.h"
#include "dsl/print.h"
#include "dsl/program.h"

enum { ASSUMPTIONS_SHOWN = 3 };

// People set a blank before the percent sign: `40 %`.
static void add_spaced(struct buffer *out, struct text code)
{
    for (size_t i = 0; i < code.length; i++) {
        if (code.at[i] == '%' && i > 0 && isdigit((unsigned char)code.at[i - 1]))
            buffer_add_char(out, ' ');
        buffer_add_char(out, code.at[i]);
    }
}

static void write_code(struct buffer *out, const struct expr *expr)
{
    struct buffer code = buffer_on(out->arena);
    print_expr(&code, expr);
    add_spaced(out, buffer_text(&code));
}

// ---- conditions ----------------------------------------------------------------------------------------------------------------

// How tightly the words of a condition hold together: those that hold looser need brackets.
static int tightness(const struct expr *expr)
{
    if (expr->kind == EXPR_QUANTIFIED || expr->kind == EXPR_IF)
        return 0;
    if (expr->kind != EXPR_APPLY)
        return 5;
    switch ((int)expr->op) {
    case OP_IMPLIES:
        return 0;
    case OP_UNLESS:
        return 1;
    case OP_OR:
        return 2;
    case OP_AND:
        return 3;
    case OP_NOT:
        return 4;
    }
    return 5;
}

enum { BRACKETS = 6 }; // tighter than anything: brackets always

static void write_condition(struct buffer *out, const struct expr *expr, int place);

static bool is_date(const struct expr *expr)
{
    return expr->kind == EXPR_DATE || expr->kind == EXPR_NUMBER;
}

static const char *window_words(enum phrase phrase)
{
    switch (phrase) {
    case PHRASE_AT:
        return "in";
    case PHRASE_DURING:
        return "at some step of";
    case PHRASE_THROUGHOUT:
        return "throughout";
    case PHRASE_BY:
    case PHRASE_BEFORE:
    case PHRASE_AFTER:
    case PHRASE_FROM:
    case PHRASE_UNTIL:
        break;
    }
    return phrase_words[phrase];
}

static void write_phrase(struct buffer *out, const struct expr *expr)
{
    const struct expr *first = expr->args.at[1].value, *x = expr->args.at[0].value;
    // `gap at 2028Q4 < gap at 2026Q4` keeps its own words: `in 2026Q4` would seem to date both sides.
    bool plain = expr->phrase == PHRASE_AT && (!is_date(first) || expr_has_time(x));
    write_condition(out, x, 5);
    buffer_printf(out, " %s ", plain ? "at" : window_words(expr->phrase));
    if (tightness(first) < 5 || first->kind == EXPR_COMPARE) {
        buffer_add_char(out, '(');
        write_code(out, first);
        buffer_add_char(out, ')');
        return;
    }
    write_code(out, first);
    if (expr->args.count < 3)
        return;
    buffer_add_string(out, "..");
    write_code(out, expr->args.at[2].value);
}

static void write_words(struct buffer *out, const struct expr *expr)
{
    int own = tightness(expr);
    if (expr->kind == EXPR_TIME) {
        write_phrase(out, expr);
    } else if (expr->kind == EXPR_APPLY && expr->op == OP_NOT) {
        bool dated = expr->args.at[0].value->kind == EXPR_TIME; // `not (F throughout A..B)`, not `(not F) throughout A..B`
        buffer_add_string(out, "not ");
        write_condition(out, expr->args.at[0].value, dated ? BRACKETS : own);
    } else if (expr->kind == EXPR_APPLY && (expr->op == OP_AND || expr->op == OP_OR)) {
        write_condition(out, expr->args.at[0].value, own);
        buffer_add_string(out, expr->op == OP_AND ? " and " : " or ");
        write_condition(out, expr->args.at[1].value, own + 1);
    } else {
        write_code(out, expr);
    }
}

static void write_condition(struct buffer *out, const struct expr *expr, int place)
{
    bool brackets = tightness(expr) < place;
    if (brackets)
        buffer_add_char(out, '(');
    write_words(out, expr);
    if (brackets)
        buffer_add_char(out, ')');
}

// ---- one member of a claim -----------------------------------------------------------------------------------------------------

static struct expr *told_expr(struct arena *arena, const struct expr *expr, struct text binder, struct text member)
{
    if (!expr)
        return NULL;
    struct expr *copy = arena_alloc(arena, sizeof *copy);
    *copy = *expr;
    if (expr->kind == EXPR_REF && expr->args.count == 0 && text_equal(expr->name.text, binder))
        copy->name.text = member;
    copy->args.at = arena_array(arena, expr->args.count, sizeof *copy->args.at);
    for (size_t i = 0; i < expr->args.count; i++) {
        struct arg *arg = &copy->args.at[i];
        *arg = expr->args.at[i];
        bool rebound = text_equal(arg->over.text, binder) || (expr->kind == EXPR_QUANTIFIED && text_equal(expr->name.text, binder));
        if (rebound)
            continue;
        arg->value = told_expr(arena, arg->value, binder, member);
        arg->given = told_expr(arena, arg->given, binder, member);
    }
    return copy;
}

// With the member's name where the claim has its index variable: `pump[clean] > 5` for `pump[m] > 5`.
static const struct expr *told(struct arena *arena, const struct claim *claim, int member, const struct expr *expr)
{
    if (member < 0 || claim->param_count == 0)
        return expr;
    return told_expr(arena, expr, claim->item->params.at[0].name.text, claim->params[0]->members[member]);
}

// ---- the sentence ----------------------------------------------------------------------------------------------------------------

// The first letter of a sentence is a capital where it is a word of ours, never where it is a name.
static void write_lead(struct buffer *out, size_t start, const char *words)
{
    size_t at = out->length;
    buffer_add_string(out, words);
    if (at == start)
        out->at[at] = (char)toupper((unsigned char)out->at[at]);
}

static void write_hole(struct buffer *out, size_t start, const struct claim *claim)
{
    struct text name = claim->hole.name;
    switch (claim->hole.kind) {
    case HOLE_NONE:
        return;
    case HOLE_THRESHOLD:
        write_lead(out, start, "what is the strongest ");
        buffer_printf(out, "?%.*s such that ", TEXT_ARGS(name));
        return;
    case HOLE_INPUT:
    case HOLE_VALUES:
        write_lead(out, start, "for which ");
        buffer_printf(out, "?%.*s is it so that ", TEXT_ARGS(name));
        return;
    case HOLE_DATE:
        write_lead(out, start, "what is the strongest date ");
        buffer_printf(out, "?%.*s such that ", TEXT_ARGS(name));
        return;
    case HOLE_TERM:
        write_lead(out, start, "for which term ");
        buffer_printf(out, "?%.*s is it so that ", TEXT_ARGS(name));
        return;
    }
}

static void write_members(struct buffer *out, size_t start, const struct claim *claim)
{
    for (size_t i = 0; i < claim->param_count; i++) {
        write_lead(out, start, "for each ");
        buffer_printf(out, "%.*s in %.*s, ", TEXT_ARGS(claim->item->params.at[i].name.text), TEXT_ARGS(claim->params[i]->name));
    }
}

static void write_replacements(struct buffer *out, size_t start, const struct claim *claim, int member)
{
    bool first = true;
    for (const struct clause *clause = claim->item->clauses; clause; clause = clause->next) {
        if (clause->kind != CLAUSE_WITH || !clause->target || !clause->value)
            continue;
        if (first)
            write_lead(out, start, "with ");
        else
            buffer_add_string(out, "and ");
        first = false;
        write_code(out, told(out->arena, claim, member, clause->target));
        buffer_add_string(out, " = ");
        write_code(out, told(out->arena, claim, member, clause->value));
        buffer_add_string(out, ", ");
    }
}

static void write_concessions(struct buffer *out, const struct claim *claim, int member)
{
    for (size_t i = 0; i < claim->concession_count; i++) {
        const struct concession *concession = &claim->concessions[i];
        buffer_add_string(out, i == 0 ? " This must hold even if " : ", and even if ");
        write_condition(out, told(out->arena, claim, member, concession->expr), 0);
        if (concession->kind == CONCESSION_SET)
            buffer_add_string(out, " is set");
    }
    if (claim->concession_count)
        buffer_add_char(out, '.');
}

static size_t write_some(struct buffer *out, const struct scenario *scenario, size_t before)
{
    size_t count = scenario ? scenario->assumption_count : 0;
    for (size_t i = 0; i < count && before + i < ASSUMPTIONS_SHOWN; i++) {
        const struct assumption *assumption = scenario->assumptions[i];
        buffer_add_string(out, before + i == 0 ? "; over futures where " : ", and where ");
        if (assumption->name.length)
            buffer_printf(out, "%.*s holds", TEXT_ARGS(assumption->name));
        else
            write_condition(out, assumption->reading, 3);
    }
    return before + count;
}

// What keeps the futures apart: in every scenario, then in this one.
static void write_assumptions(struct buffer *out, const struct program *program, const struct scenario *scenario)
{
    const struct scenario *baseline = program->scenario_count ? program->scenarios[0] : NULL;
    size_t count = write_some(out, baseline, 0);
    if (scenario != baseline)
        count = write_some(out, scenario, count);
    if (count > ASSUMPTIONS_SHOWN)
        buffer_printf(out, ", and %zu more", count - ASSUMPTIONS_SHOWN);
}

void reading_write(struct buffer *out, const struct program *program, const struct claim *claim, const struct scenario *scenario, int member)
{
    size_t start = out->length;
    if (!claim->conclusion_read) {
        buffer_add_string(out, claim->broken ? "This claim could not be read." : "No formula: recorded, not scored.");
        return;
    }
    if (member < 0)
        write_members(out, start, claim);
    write_replacements(out, start, claim, member);
    write_hole(out, start, claim);
    if (claim->exception_read) {
        write_lead(out, start, "unless ");
        write_condition(out, told(out->arena, claim, member, claim->exception_read), 0);
        buffer_add_string(out, ", ");
    }
    if (claim->premise_read) {
        write_lead(out, start, "if ");
        write_condition(out, told(out->arena, claim, member, claim->premise_read), 0);
        buffer_add_string(out, ", then ");
    }
    write_condition(out, told(out->arena, claim, member, claim->conclusion_read), 0);
    write_assumptions(out, program, scenario);
    buffer_add_char(out, claim->hole.kind == HOLE_NONE ? '.' : '?');
    write_concessions(out, claim, member);
}
