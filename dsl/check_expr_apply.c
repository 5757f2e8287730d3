// Operators: sums with dates and durations, products of units, powers, and what joins conditions.
#include <math.h>

#include "base/buffer.h"
#include "dsl/checker.h"

// ---- + and - -----------------------------------------------------------------------------------------------------------

static bool is_duration(const struct checker *checker, const struct type *type)
{
    return type->kind == KIND_QUANTITY && dimension_is_time(checker->units, type->dimension);
}

// Beside a date or a duration a bare year is a date: `2027 - controls.end`, `2025 + 6 months`.
static void read_year(struct checker *checker, struct where *where, struct node **node, const struct node *other)
{
    struct date date;
    bool dated = other->type.kind == KIND_DATE || is_duration(checker, &other->type);
    if (dated && (*node)->type.kind == KIND_QUANTITY && expr_is_date((*node)->expr, &date))
        *node = check_as(checker, where, (*node)->expr, &type_date, NULL);
}

static struct node *report_dates(struct checker *checker, const struct expr *expr, const struct node *a, const struct node *b)
{
    const char *verb = expr->op == OP_ADD ? "be added to" : "be taken from";
    const struct node *first = expr->op == OP_ADD ? a : b, *second = first == a ? b : a;
    struct diag *diag = diag_add(checker->diags, DIAG_KIND, expr->span, "%s cannot %s %s", type_words(checker, &first->type), verb,
                                 type_words(checker, &second->type));
    diag_primary(checker->diags, diag, "only a duration can be added to a date");
    diag_label(checker->diags, diag, a->expr->span, "%s", type_words(checker, &a->type));
    diag_label(checker->diags, diag, b->expr->span, "%s", type_words(checker, &b->type));
    diag_help(checker->diags, diag, "write the duration with its unit: `2027 + 6 months`; the difference of two dates is a duration");
    return node_poison(checker, expr);
}

static struct node *check_date_sum(struct checker *checker, const struct expr *expr, struct node *a, struct node *b)
{
    bool minus = expr->op == OP_SUB;
    const struct unit *year = units_word(checker->units, TEXT("year"), false);
    if (a->type.kind == KIND_DATE && b->type.kind == KIND_DATE && minus)
        return node_apply(checker, expr, expr->op, type_quantity(year->dimension, year), a, b);
    bool after = a->type.kind == KIND_DATE && is_duration(checker, &b->type);
    bool before = !minus && is_duration(checker, &a->type) && b->type.kind == KIND_DATE;
    return after || before ? node_apply(checker, expr, expr->op, type_date, a, b) : report_dates(checker, expr, a, b);
}

static struct type shown_as(struct type type, const struct type *other)
{
    if (type.shown == NULL)
        type.shown = other->shown;
    type.fraction = false;
    return type;
}

static struct node *check_sum(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct node *a = check_expr(checker, where, expr->args.at[0].value);
    struct node *b = check_expr(checker, where, expr->args.at[1].value);
    if (node_is_poison(a) || node_is_poison(b))
        return node_poison(checker, expr);
    read_year(checker, where, &a, b);
    read_year(checker, where, &b, a);
    if (a->type.kind == KIND_DATE || b->type.kind == KIND_DATE)
        return check_date_sum(checker, expr, a, b);
    bool good = must_be_quantity(checker, a);
    good = must_be_quantity(checker, b) && good;
    if (!good || !must_agree(checker, a, b, expr->op == OP_ADD ? "both sides of `+`" : "both sides of `-`"))
        return node_poison(checker, expr);
    return node_apply(checker, expr, expr->op, shown_as(a->type, &b->type), a, b);
}

// ---- * / ^ -------------------------------------------------------------------------------------------------------------

static struct node *check_factor(struct checker *checker, struct where *where, const struct expr *expr)
{
    where->unit_fits = true;
    struct node *node = check_expr(checker, where, expr);
    where->unit_fits = false;
    return must_be_quantity(checker, node) ? node : node_poison(checker, expr);
}

static bool divides_by_zero(struct checker *checker, const struct expr *expr, const struct node *divisor)
{
    double value;
    if (expr->op != OP_DIV || !node_is_constant(divisor, &value) || value != 0)
        return false;
    struct diag *diag = diag_add(checker->diags, DIAG_NO_VALUE, divisor->expr->span, "a division by zero");
    diag_primary(checker->diags, diag, "this is always 0");
    diag_help(checker->diags, diag, "divide by something that is not 0");
    return true;
}

// A quantity's unit in the author's words; empty when there are none.
static struct text said(const struct type *type)
{
    return type->shown != NULL && type->shown->name.length > 0 ? type->shown->name : type->said;
}

// km*USD rather than m*USD. What has a name of its own keeps it: W for J/s.
static struct text said_product(struct checker *checker, const struct type *product, const struct type *a, const struct type *b, int times)
{
    const struct dimension *none = dimension_none(checker->units);
    bool silent = (a->dimension != none && said(a).length == 0) || (b->dimension != none && said(b).length == 0);
    struct text own = units_natural(checker->units, product->dimension)->name;
    if (silent || product->dimension == none || units_word(checker->units, own, false) != NULL)
        return TEXT("");
    return units_product_name(checker->units, a->dimension == none ? TEXT("1") : said(a), b->dimension == none ? TEXT("1") : said(b), times);
}

static struct node *check_product(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct node *a = check_factor(checker, where, expr->args.at[0].value);
    struct node *b = check_factor(checker, where, expr->args.at[1].value);
    if (node_is_poison(a) || node_is_poison(b) || divides_by_zero(checker, expr, b))
        return node_poison(checker, expr);
    const struct dimension *none = dimension_none(checker->units);
    struct type type = type_quantity(dimension_product(checker->units, a->type.dimension, b->type.dimension, expr->op == OP_MUL ? 1 : -1), NULL);
    if (b->type.dimension == none)
        type.shown = a->type.shown;
    else if (a->type.dimension == none && expr->op == OP_MUL)
        type.shown = b->type.shown;
    if (type.dimension == none)
        type.shown = NULL; // a share of a share is shown as a number
    if (type.shown == NULL)
        type.said = said_product(checker, &type, &a->type, &b->type, expr->op == OP_MUL ? 1 : -1);
    return node_apply(checker, expr, expr->op, type, a, b);
}

static struct node *report_power(struct checker *checker, const struct expr *expr, const struct node *base, const struct node *exponent, bool known)
{
    struct diag *diag = diag_add(checker->diags, DIAG_POWER, exponent->expr->span, known ? "this power of %s has no unit" : "this power of %s could have any unit",
                                 type_words(checker, &base->type));
    diag_primary(checker->diags, diag, known ? "not a multiple of 1/12" : "not a fixed number");
    diag_label(checker->diags, diag, base->expr->span, "%s", type_label(checker, &base->type));
    diag_help(checker->diags, diag, "make the base a plain number first: `(... / (1 %s)) ^ ...`",
              base->type.shown != NULL ? arena_printf(checker->arena, "%.*s", TEXT_ARGS(base->type.shown->name)) : "unit");
    return node_poison(checker, expr);
}

static struct node *check_power(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct node *base = check_factor(checker, where, expr->args.at[0].value);
    struct node *exponent = check_expr(checker, where, expr->args.at[1].value);
    double power;
    if (node_is_poison(base) || !must_be_plain(checker, exponent, "an exponent"))
        return node_poison(checker, expr);
    if (base->type.dimension == dimension_none(checker->units))
        return node_apply(checker, expr, OP_POW, type_quantity(base->type.dimension, NULL), base, exponent);
    if (!node_is_constant(exponent, &power))
        return report_power(checker, expr, base, exponent, false);
    double twelfths = rint(power * POWER_SCALE);
    bool whole = fabs(power * POWER_SCALE - twelfths) < 1e-9 && fabs(twelfths) < 10000;
    const struct dimension *dimension = whole ? dimension_power(checker->units, base->type.dimension, (int)twelfths, POWER_SCALE) : NULL;
    if (dimension == NULL)
        return report_power(checker, expr, base, exponent, true);
    struct type type = type_quantity(dimension, NULL);
    if (power == rint(power) && fabs(power) <= 12)
        type.said = said_product(checker, &type, &(struct type){.dimension = dimension_none(checker->units)}, &base->type, (int)power);
    return node_apply(checker, expr, OP_POW, type, base, exponent);
}

static struct node *check_negative(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct node *node = check_expr(checker, where, expr->args.at[0].value);
    if (!must_be_quantity(checker, node))
        return node_poison(checker, expr);
    struct type type = node->type;
    type.fraction = false;
    return node_apply(checker, expr, OP_NEG, type, node, NULL);
}

// ---- conditions --------------------------------------------------------------------------------------------------------

static struct node *check_truths(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct node *node = node_new(checker, NODE_APPLY, expr, expr->args.count);
    node->op = expr->op;
    node->type = type_truth;
    for (size_t i = 0; i < node->count; i++)
        node->args[i] = check_condition(checker, where, expr->args.at[i].value);
    for (size_t i = 0; i < node->count && expr->op != OP_NOT; i++)
        warn_constant(checker, node->args[i]);
    return any_poison(node) ? node_poison(checker, expr) : node;
}

struct node *check_apply(struct checker *checker, struct where *where, const struct expr *expr)
{
    switch ((int)expr->op) {
    case OP_ADD:
    case OP_SUB:
        return check_sum(checker, where, expr);
    case OP_MUL:
    case OP_DIV:
        return check_product(checker, where, expr);
    case OP_POW:
        return check_power(checker, where, expr);
    case OP_NEG:
        return check_negative(checker, where, expr);
    case OP_AND:
    case OP_OR:
    case OP_NOT:
    case OP_IMPLIES:
    case OP_UNLESS:
        return check_truths(checker, where, expr);
    }
    return check_phrase(checker, where, expr);
}
