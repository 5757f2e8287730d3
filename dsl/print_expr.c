#include "dsl/print.h"

#include <string.h>

#include "base/number.h"
#include "dsl/print_parts.h"

// ---- which operands need parentheses -----------------------------------------------------------------------------------

static enum tightness tightness_of_op(enum op op)
{
    switch ((int)op) {
    case OP_IMPLIES:
        return TIGHT_EXPR;
    case OP_UNLESS:
        return TIGHT_UNLESS;
    case OP_OR:
        return TIGHT_OR;
    case OP_AND:
        return TIGHT_AND;
    case OP_NOT:
        return TIGHT_NOT;
    case OP_ADD:
    case OP_SUB:
        return TIGHT_SUM;
    case OP_MUL:
    case OP_DIV:
        return TIGHT_TERM;
    case OP_NEG:
        return TIGHT_UNARY;
    case OP_POW:
        return TIGHT_POWER;
    default:
        return TIGHT_POST; // in, within, is, rises, falls, binds
    }
}

enum tightness tightness_of(const struct expr *expr)
{
    switch (expr->kind) {
    case EXPR_RANGE:
    case EXPR_SPREAD:
    case EXPR_DATA:
    case EXPR_TABLE:
        return TIGHT_LOOSE;
    case EXPR_QUANTIFIED:
    case EXPR_IF:
        return TIGHT_EXPR;
    case EXPR_COMPARE:
    case EXPR_TIME:
    case EXPR_UNDER:
        return TIGHT_POST;
    case EXPR_APPLY:
        return tightness_of_op(expr->op);
    case EXPR_ERROR:
    case EXPR_NUMBER:
    case EXPR_DATE:
    case EXPR_STRING:
    case EXPR_HOLE:
    case EXPR_REF:
    case EXPR_CALL:
    case EXPR_COUNTED:
        return TIGHT_PRIMARY;
    }
    return TIGHT_PRIMARY;
}

bool needs_parentheses(const struct expr *expr, enum tightness place, struct style style)
{
    return tightness_of(expr) < place || (style.keep_parentheses && expr->parenthesised);
}

enum tightness value_place(const struct expr *value)
{
    return tightness_of(value) == TIGHT_LOOSE ? TIGHT_LOOSE : TIGHT_SUM;
}

enum tightness first_place(const struct expr *expr)
{
    enum tightness own = tightness_of(expr);
    if (expr->kind == EXPR_APPLY && expr->op == OP_IMPLIES)
        return TIGHT_UNLESS;
    if (expr->kind == EXPR_APPLY && expr->op == OP_POW)
        return TIGHT_PRIMARY;
    if (expr->kind == EXPR_COMPARE && expr->args.at[0].value->kind == EXPR_COMPARE)
        return TIGHT_PRIMARY; // else it would join the chain
    return own;
}

enum tightness other_place(const struct expr *expr)
{
    enum tightness own = tightness_of(expr);
    if (expr->kind == EXPR_APPLY && expr->op == OP_IMPLIES)
        return TIGHT_EXPR;
    if (expr->kind == EXPR_APPLY && expr->op == OP_POW)
        return TIGHT_UNARY;
    return (enum tightness)(own + 1);
}

// ---- leaves --------------------------------------------------------------------------------------------------------------

static void print_date(struct buffer *out, const struct date *date)
{
    buffer_printf(out, "%04d", date->year);
    if (date->quarter != 0)
        buffer_printf(out, "Q%d", date->quarter);
    if (date->month != 0)
        buffer_printf(out, "-%02d", date->month);
    if (date->day != 0)
        buffer_printf(out, "-%02d", date->day);
}

static void write_factor(struct buffer *out, const struct unit_factor *factor, bool divided)
{
    int power = divided ? -factor->power : factor->power;
    buffer_add(out, factor->word);
    if (power != 1)
        buffer_printf(out, "^%d", power);
}

static void write_factors(struct buffer *out, const struct unit_expr *unit, bool slash_first)
{
    for (size_t i = 0; i < unit->count; i++) {
        const struct unit_factor *factor = &unit->factors[i];
        bool divided = factor->power < 0 && (i > 0 || slash_first);
        if (divided)
            buffer_add_char(out, '/');
        else if (i > 0)
            buffer_add_char(out, '*');
        write_factor(out, factor, divided);
    }
}

// Behind a number: "GW", "/cm^2".
static void print_unit(struct buffer *out, const struct unit_expr *unit)
{
    write_factors(out, unit, unit->starts_with_slash);
}

void print_type(struct buffer *out, const struct type_expr *type)
{
    const struct unit_expr *unit = type->unit;
    if (unit == NULL) {
        buffer_add(out, type->word.text);
        return;
    }
    if (unit->count == 0 || unit->factors[0].power < 0)
        buffer_add_char(out, '1');
    write_factors(out, unit, true);
}

static void write_number(struct buffer *out, const struct expr *expr)
{
    if (expr->spelling.length > 0) {
        for (size_t i = 0; i < expr->spelling.length; i++) {
            char c = expr->spelling.at[i];
            if (c > ' ' && c < 0x7F) // 40 % is written 40%
                buffer_add_char(out, c);
        }
    } else {
        number_write_exact(out, expr->percent ? expr->number * 100 : expr->number);
        if (expr->percent)
            buffer_add_char(out, '%');
    }
    if (expr->unit == NULL || expr->unit->count == 0)
        return;
    buffer_add_char(out, ' ');
    print_unit(out, expr->unit);
}

void write_names(struct buffer *out, struct name_list names)
{
    for (size_t i = 0; i < names.count; i++) {
        if (i > 0)
            buffer_add_string(out, ", ");
        buffer_add(out, names.at[i].text);
    }
}

// ---- inner nodes -------------------------------------------------------------------------------------------------------


void write_arg_head(struct buffer *out, const struct arg *arg)
{
    if (arg->label == NULL)
        return;
    write_flat(out, arg->label, TIGHT_PRIMARY, (struct style){.limit = (size_t)-1});
    buffer_add_string(out, ": ");
}

void write_arg_tail(struct buffer *out, const struct arg *arg, struct style style)
{
    if (arg->given != NULL) {
        buffer_add_string(out, " given ");
        write_flat(out, arg->given, TIGHT_EXPR, style);
    }
    if (arg->over.text.length > 0)
        buffer_printf(out, " over %.*s in %.*s", TEXT_ARGS(arg->over.text), TEXT_ARGS(arg->in.text));
}

static void write_args(struct buffer *out, const struct expr *expr, enum tightness place, struct style style)
{
    for (size_t i = 0; i < expr->args.count && out->length <= style.limit; i++) {
        const struct arg *arg = &expr->args.at[i];
        if (i > 0)
            buffer_add_string(out, ", ");
        write_arg_head(out, arg);
        write_flat(out, arg->value, place == TIGHT_SUM ? value_place(arg->value) : place, style);
        write_arg_tail(out, arg, style);
    }
}

void write_quantifier(struct buffer *out, const struct expr *expr)
{
    static const char *const words[] = {
        [QUANTIFIER_EVERY] = "every",
        [QUANTIFIER_SOME] = "some",
        [QUANTIFIER_EXACTLY] = "exactly ",
        [QUANTIFIER_AT_LEAST] = "at least ",
    };
    buffer_add_string(out, words[expr->quantifier]);
    if (expr->quantifier == QUANTIFIER_EXACTLY || expr->quantifier == QUANTIFIER_AT_LEAST) {
        struct expr count = {.kind = EXPR_NUMBER, .number = expr->number, .spelling = expr->spelling};
        write_number(out, &count);
    }
    if (expr->kind == EXPR_QUANTIFIED)
        buffer_printf(out, " %.*s in %.*s: ", TEXT_ARGS(expr->name.text), TEXT_ARGS(expr->set.text));
    else
        buffer_add_string(out, " of ");
}

static const struct expr *part(const struct expr *expr, size_t i)
{
    return expr->args.at[i].value;
}

static void write_joined(struct buffer *out, const struct expr *expr, const char *between, struct style style)
{
    for (size_t i = 0; i < expr->args.count; i++) {
        if (i > 0)
            buffer_add_string(out, between);
        write_flat(out, part(expr, i), TIGHT_SUM, style);
    }
}

static void write_if(struct buffer *out, const struct expr *expr, struct style style)
{
    static const char *const words[] = {"if ", " then ", " else "};
    for (size_t i = 0; i < expr->args.count && i < 3; i++) {
        buffer_add_string(out, words[i]);
        write_flat(out, part(expr, i), TIGHT_EXPR, style);
    }
}

static void write_compare(struct buffer *out, const struct expr *expr, struct style style)
{
    write_flat(out, part(expr, 0), first_place(expr), style);
    for (size_t i = 1; i < expr->args.count; i++) {
        buffer_printf(out, " %s ", op_table[expr->ops[i - 1]].text);
        write_flat(out, part(expr, i), TIGHT_SUM, style);
    }
}

static void write_time(struct buffer *out, const struct expr *expr, struct style style)
{
    write_flat(out, part(expr, 0), TIGHT_POST, style);
    buffer_printf(out, " %s ", phrase_words[expr->phrase]);
    write_flat(out, part(expr, 1), TIGHT_SUM, style);
    if (expr->args.count > 2) {
        buffer_add_string(out, " .. ");
        write_flat(out, part(expr, 2), TIGHT_SUM, style);
    }
}

static void write_three(struct buffer *out, const struct expr *expr, const char *between, struct style style)
{
    write_flat(out, part(expr, 0), TIGHT_POST, style);
    buffer_printf(out, " %s ", op_table[expr->op].text);
    write_flat(out, part(expr, 1), TIGHT_SUM, style);
    buffer_add_string(out, between);
    write_flat(out, part(expr, 2), TIGHT_SUM, style);
}

// 5 GW ^ 2 would read well and mean (5 GW)^2; better said.
static bool is_quantity(const struct expr *expr)
{
    return expr->kind == EXPR_NUMBER && expr->unit != NULL && expr->unit->count > 0;
}

static void write_power(struct buffer *out, const struct expr *expr, struct style style)
{
    const struct expr *base = part(expr, 0);
    bool wrap = is_quantity(base) && !(style.keep_parentheses && base->parenthesised);
    if (wrap)
        buffer_add_char(out, '(');
    write_flat(out, base, TIGHT_PRIMARY, style);
    buffer_add_string(out, wrap ? ")^" : "^");
    write_flat(out, part(expr, 1), TIGHT_UNARY, style);
}

static void write_apply(struct buffer *out, const struct expr *expr, struct style style)
{
    const char *text = op_table[expr->op].text;
    switch ((int)expr->op) {
    case OP_IN_RANGE:
        write_three(out, expr, " .. ", style);
        return;
    case OP_WITHIN:
        write_three(out, expr, " of ", style);
        return;
    case OP_POW:
        write_power(out, expr, style);
        return;
    case OP_NOT:
    case OP_NEG:
        buffer_add_string(out, expr->op == OP_NOT ? "not " : "-");
        write_flat(out, part(expr, 0), tightness_of(expr), style);
        return;
    default:
        write_flat(out, part(expr, 0), first_place(expr), style);
        buffer_printf(out, " %s ", text);
        write_flat(out, part(expr, 1), other_place(expr), style);
    }
}

static void write_data(struct buffer *out, const struct expr *expr)
{
    buffer_add_string(out, "data");
    if (expr->string.at != NULL)
        buffer_printf(out, " \"%.*s\"", TEXT_ARGS(expr->string));
    if (expr->name.text.length > 0)
        buffer_printf(out, " from %.*s", TEXT_ARGS(expr->name.text));
    if (expr->hold)
        buffer_add_string(out, " hold");
}

static void write_bracketed(struct buffer *out, const struct expr *expr, const char *marks, enum tightness place, struct style style)
{
    if (expr->args.count == 0 && marks[0] == '[')
        return;
    buffer_add_char(out, marks[0]);
    write_args(out, expr, place, style);
    buffer_add_char(out, marks[1]);
}

// True when the expression has no parts, or they stand in brackets.
static bool write_closed(struct buffer *out, const struct expr *expr, struct style style)
{
    switch ((int)expr->kind) {
    case EXPR_ERROR:
        buffer_add_string(out, "?");
        return true;
    case EXPR_NUMBER:
        write_number(out, expr);
        return true;
    case EXPR_DATE:
        print_date(out, &expr->date);
        return true;
    case EXPR_STRING:
        buffer_printf(out, "\"%.*s\"", TEXT_ARGS(expr->string));
        return true;
    case EXPR_HOLE:
        buffer_printf(out, "?%.*s", TEXT_ARGS(expr->name.text));
        return true;
    case EXPR_REF:
        buffer_add(out, expr->name.text);
        write_bracketed(out, expr, "[]", TIGHT_PRIMARY, style);
        return true;
    case EXPR_CALL:
        buffer_add(out, expr->name.text);
        write_bracketed(out, expr, "()", TIGHT_LOOSE, style);
        return true;
    case EXPR_COUNTED:
        write_quantifier(out, expr);
        write_bracketed(out, expr, "()", TIGHT_LOOSE, style);
        return true;
    case EXPR_TABLE:
        write_bracketed(out, expr, "()", TIGHT_SUM, style);
        return true;
    case EXPR_DATA:
        write_data(out, expr);
        return true;
    default:
        return false;
    }
}

static void write_node(struct buffer *out, const struct expr *expr, struct style style)
{
    if (write_closed(out, expr, style))
        return;
    switch ((int)expr->kind) {
    case EXPR_APPLY:
        write_apply(out, expr, style);
        return;
    case EXPR_COMPARE:
        write_compare(out, expr, style);
        return;
    case EXPR_TIME:
        write_time(out, expr, style);
        return;
    case EXPR_UNDER:
        write_flat(out, part(expr, 0), TIGHT_POST, style);
        buffer_printf(out, " under %.*s", TEXT_ARGS(expr->name.text));
        return;
    case EXPR_QUANTIFIED:
        write_quantifier(out, expr);
        write_flat(out, part(expr, 0), TIGHT_EXPR, style);
        return;
    case EXPR_IF:
        write_if(out, expr, style);
        return;
    default:
        write_joined(out, expr, expr->kind == EXPR_RANGE ? " .. " : " to ", style);
    }
}

void write_flat(struct buffer *out, const struct expr *expr, enum tightness place, struct style style)
{
    if (out->length > style.limit)
        return;
    bool wrap = needs_parentheses(expr, place, style);
    if (wrap)
        buffer_add_char(out, '(');
    write_node(out, expr, style);
    if (wrap)
        buffer_add_char(out, ')');
}

void print_expr(struct buffer *out, const struct expr *expr)
{
    write_flat(out, expr, TIGHT_LOOSE, (struct style){.keep_parentheses = false, .limit = (size_t)-1});
}
