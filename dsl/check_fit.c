// Whether a value is of the kind and in the unit that its place wants, and what to say when it is not.
#include <math.h>

#include "base/buffer.h"
#include "base/number.h"
#include "dsl/checker.h"

static bool is_plain(struct checker *checker, const struct type *type)
{
    return type->kind == KIND_QUANTITY && type->dimension == dimension_none(checker->units);
}

// A number without a unit, with or without a sign.
static const struct expr *bare_number(const struct expr *expr, double *sign)
{
    *sign = 1;
    if (expr->kind == EXPR_APPLY && expr->op == OP_NEG) {
        *sign = -1;
        expr = expr->args.at[0].value;
    }
    return expr->kind == EXPR_NUMBER && expr->unit == NULL && !expr->percent ? expr : NULL;
}

static const char *unit_words(struct checker *checker, const struct type *type)
{
    struct buffer words = buffer_on(checker->arena);
    if (type->shown != NULL && type->shown->name.length > 0)
        buffer_add(&words, type->shown->name);
    else if (type->said.length > 0)
        buffer_add(&words, type->said);
    else
        dimension_print(&words, checker->units, type->dimension);
    // `1/cm^2` is written `/cm^2` behind a number.
    return words.length > 1 && words.at[0] == '1' && words.at[1] == '/' ? words.at + 1 : words.at;
}

static void offer_unit(struct checker *checker, struct diag *diag, const struct expr *number, const struct type *type)
{
    diag_help(checker->diags, diag, "give it a unit: `%.*s %s`", TEXT_ARGS(number->spelling), unit_words(checker, type));
}

static const char *kind_help(const struct type *wanted, const struct type *found)
{
    if (wanted->kind == KIND_TRUTH && found->kind == KIND_QUANTITY)
        return "compare it with something: `... > ...`";
    if (wanted->kind == KIND_TRUTH && found->kind == KIND_DATE)
        return "compare it with a date: `... by 2030`, `... < 2030`";
    if (wanted->kind == KIND_TRUTH && found->kind == KIND_MEMBER)
        return "ask which member it is: `... is us`";
    if (wanted->kind == KIND_QUANTITY && found->kind == KIND_TRUTH)
        return "to count a condition as 1 or 0, write `(if ... then 1 else 0)`";
    if (wanted->kind == KIND_QUANTITY && found->kind == KIND_DATE)
        return "the difference of two dates is a duration: `(... - 2025) / year`";
    return NULL;
}

static bool is_time_more(struct checker *checker, const struct type *a, const struct type *b)
{
    return dimension_is_time(checker->units, dimension_product(checker->units, a->dimension, b->dimension, -1));
}

// Rates taken for amounts are the commonest slip; of others the reader has to find which of the two is meant.
static const char *units_help(struct checker *checker, const struct type *wanted, const struct type *found)
{
    if (is_time_more(checker, wanted, found))
        return "a quantity per time becomes an amount over a duration: `... * (1 year)`";
    if (is_time_more(checker, found, wanted))
        return "an amount becomes a quantity per time over a duration: `... / (1 year)`";
    return "look for a wrong unit where one of them is declared, or for a forgotten product or quotient";
}

static void report_misfit(struct checker *checker, const struct node *node, const struct type *wanted)
{
    double sign;
    const struct expr *number = bare_number(node->expr, &sign);
    const struct type *found = &node->type;
    const char *expected = type_words(checker, wanted), *is = type_words(checker, found);
    enum diag_code code = found->kind != wanted->kind || found->kind == KIND_MEMBER ? DIAG_KIND : DIAG_UNITS;
    bool offer = code == DIAG_UNITS && number != NULL;
    struct diag *diag = diag_add(checker->diags, offer ? DIAG_UNIT_MISSING : code, node->expr->span, "expected %s, found %s", expected, is);
    diag_primary(checker->diags, diag, "this is %s", is);
    if (offer)
        offer_unit(checker, diag, number, wanted);
    else if (code == DIAG_UNITS)
        diag_help(checker->diags, diag, "%s", units_help(checker, wanted, found));
    else if (kind_help(wanted, found) != NULL)
        diag_help(checker->diags, diag, "%s", kind_help(wanted, found));
}

bool must_be_truth(struct checker *checker, const struct node *node)
{
    if (node->type.kind != KIND_TRUTH && !node_is_poison(node))
        report_misfit(checker, node, &type_truth);
    return node->type.kind == KIND_TRUTH;
}

bool must_be_quantity(struct checker *checker, const struct node *node)
{
    if (node->type.kind == KIND_QUANTITY || node_is_poison(node))
        return node->type.kind == KIND_QUANTITY;
    const char *is = type_words(checker, &node->type);
    struct diag *diag = diag_add(checker->diags, DIAG_KIND, node->expr->span, "expected a quantity, found %s", is);
    diag_primary(checker->diags, diag, "this is %s", is);
    const struct type wanted = {.kind = KIND_QUANTITY};
    if (kind_help(&wanted, &node->type) != NULL)
        diag_help(checker->diags, diag, "%s", kind_help(&wanted, &node->type));
    return false;
}

bool must_be_plain(struct checker *checker, const struct node *node, const char *who)
{
    if (!must_be_quantity(checker, node) || is_plain(checker, &node->type))
        return node->type.kind == KIND_QUANTITY;
    struct diag *diag = diag_add(checker->diags, DIAG_UNITS, node->expr->span, "%s needs a plain number, found %s", who, type_words(checker, &node->type));
    diag_primary(checker->diags, diag, "this is %s", type_label(checker, &node->type));
    const char *unit = unit_words(checker, &node->type);
    diag_help(checker->diags, diag, "divide it by the size that counts as 1: `... / (1 %s)`", unit);
    return false;
}

static const char *named(struct checker *checker, const struct node *node)
{
    const char *words = expr_words(checker, node->expr, "this");
    bool quoted = words[0] != 't' || words[1] != 'h' || words[2] != 'i' || words[3] != 's' || words[4] != '\0';
    return quoted ? arena_printf(checker->arena, "`%s`", words) : words;
}

bool must_agree(struct checker *checker, const struct node *a, const struct node *b, const char *what)
{
    if (types_agree(&a->type, &b->type))
        return !node_is_poison(a) && !node_is_poison(b);
    double sign;
    bool quantities = a->type.kind == KIND_QUANTITY && b->type.kind == KIND_QUANTITY;
    const struct expr *number_a = is_plain(checker, &a->type) ? bare_number(a->expr, &sign) : NULL;
    const struct expr *number_b = is_plain(checker, &b->type) ? bare_number(b->expr, &sign) : NULL;
    bool bare = quantities && (number_a != NULL || number_b != NULL);
    enum diag_code code = bare ? DIAG_UNIT_MISSING : quantities ? DIAG_UNITS : DIAG_KIND;
    const struct node *primary = bare && number_a != NULL ? a : b, *other = primary == a ? b : a;
    struct diag *diag = diag_add(checker->diags, code, primary->expr->span, "%s must be alike: %s and %s", what, type_words(checker, &a->type),
                                 type_words(checker, &b->type));
    diag_primary(checker->diags, diag, "%s is %s", named(checker, primary), type_label(checker, &primary->type));
    diag_label(checker->diags, diag, other->expr->span, "%s is %s", named(checker, other), type_label(checker, &other->type));
    if (bare)
        offer_unit(checker, diag, primary->expr->kind == EXPR_NUMBER ? primary->expr : primary->expr->args.at[0].value, &other->type);
    else if (quantities)
        diag_help(checker->diags, diag, "%s", units_help(checker, &a->type, &b->type));
    else if (kind_help(&a->type, &b->type) != NULL)
        diag_help(checker->diags, diag, "%s", kind_help(&a->type, &b->type));
    return false;
}

bool must_have_timeline(struct checker *checker, const struct expr *expr, const char *who)
{
    if (checker->program->timeline.given)
        return true;
    if (timeline_is_absent(checker))
        return false;
    struct diag *diag = diag_add(checker->diags, DIAG_NO_TIMELINE, expr->span, "`%s` needs a timeline", who);
    diag_primary(checker->diags, diag, "there are no steps to look at");
    diag_help(checker->diags, diag, "add `timeline 2025 .. 2030 by year`, or `use` a file that has one");
    return false;
}

void warn_constant(struct checker *checker, const struct node *node)
{
    double value;
    bool written = node->kind == NODE_CONST; // `true` or `false` on purpose
    if (written || !node_is_constant(node, &value) || isnan(value))
        return;
    struct diag *diag = diag_add(checker->diags, DIAG_CONSTANT_CONDITION, node->expr->span, "this condition is always %s", value != 0 ? "true" : "false");
    diag_primary(checker->diags, diag, "no input changes it");
    diag_help(checker->diags, diag, "leave it out, or compare something that an input can change");
}

// ---- what is wanted ----------------------------------------------------------------------------------------------------

bool is_member_name(struct checker *checker, const struct where *where, const struct expr *expr, const struct index *index)
{
    if (expr->kind != EXPR_REF || expr->args.count > 0 || find_member(index, expr->name.text) < 0)
        return false;
    if (is_variable(where, expr->name.text))
        return false;
    struct symbol *symbol = find_symbol(checker, where->file, expr->name.text);
    return symbol == NULL || (symbol->kind & SYMBOL_VALUE) == 0 || symbol->kind == SYMBOL_CLAIM;
}

static struct node *member_const(struct checker *checker, const struct expr *expr, const struct type *type)
{
    return node_const(checker, expr, *type, find_member(type->index, expr->name.text));
}

static struct node *date_const(struct checker *checker, const struct expr *expr)
{
    struct date_span span;
    return check_date(checker, expr, &span) ? node_const(checker, expr, type_date, span.start) : node_poison(checker, expr);
}

static struct node *number_as(struct checker *checker, const struct expr *expr, const struct type *type, const struct unit *unit)
{
    bool negative = expr->kind == EXPR_APPLY;
    const struct expr *number = negative ? expr->args.at[0].value : expr;
    double value = unit_to_base(unit, negative ? -number->number : number->number);
    if (isfinite(value))
        return node_const(checker, expr, *type, value);
    diag_add(checker->diags, DIAG_NO_VALUE, expr->span, "this number is too large");
    return node_poison(checker, expr);
}

// A number without a unit takes the declared one. A percentage does where it is per time: `growth : 1/year = 3%`.
static bool takes_unit(struct checker *checker, const struct expr *expr, const struct type *type, const struct unit *unit)
{
    double sign;
    if (type->kind != KIND_QUANTITY || unit == NULL || unit->dimension != type->dimension)
        return false;
    if (bare_number(expr, &sign) != NULL)
        return true;
    const struct unit *second = units_word(checker->units, TEXT("s"), false);
    const struct dimension *rate = dimension_power(checker->units, second->dimension, -1, 1);
    const struct expr *number = expr->kind == EXPR_APPLY && expr->op == OP_NEG ? expr->args.at[0].value : expr;
    return number->kind == EXPR_NUMBER && number->percent && type->dimension == rate;
}

static bool fits_nothing(struct checker *checker, const struct node *node, const struct type *type)
{
    if (node_is_poison(node) || types_agree(&node->type, type))
        return false;
    report_misfit(checker, node, type);
    return true;
}

struct node *check_as(struct checker *checker, struct where *where, const struct expr *expr, const struct type *type, const struct unit *unit)
{
    struct date date;
    if (expr->kind == EXPR_HOLE)
        return check_hole(checker, where, expr, type);
    if (type->kind == KIND_DATE && expr_is_date(expr, &date))
        return date_const(checker, expr);
    if (type->kind == KIND_MEMBER && is_member_name(checker, where, expr, type->index))
        return member_const(checker, expr, type);
    if (takes_unit(checker, expr, type, unit))
        return number_as(checker, expr, type, unit);
    struct node *node;
    if (expr->kind == EXPR_TABLE)
        node = check_table(checker, where, expr, type, unit);
    else if (expr->kind == EXPR_IF)
        node = check_if(checker, where, expr, type, unit);
    else if (expr->kind == EXPR_CALL && text_is(expr->name.text, "interpolate"))
        node = check_interpolate(checker, where, expr, type, unit);
    else
        node = check_expr(checker, where, expr);
    return fits_nothing(checker, node, type) ? node_poison(checker, expr) : node;
}

struct node *check_wanted(struct checker *checker, struct where *where, const struct expr *expr, const struct type *type, const struct unit *unit)
{
    return type == NULL ? check_expr(checker, where, expr) : check_as(checker, where, expr, type, unit);
}

struct node *check_condition(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct node *node = check_expr(checker, where, expr);
    return must_be_truth(checker, node) ? node : node_poison(checker, expr);
}

double check_constant(struct checker *checker, size_t file, const struct expr *expr, const struct type *type, const struct unit *unit)
{
    struct where where = {.kind = PLACE_CONSTANT, .file = file, .end = checker->program->timeline.count - 1};
    struct node *node = check_as(checker, &where, expr, type, unit);
    double value;
    if (node_is_poison(node))
        return NAN;
    if (!fold_deep(node, &value)) {
        struct diag *diag = diag_add(checker->diags, DIAG_NOT_CONSTANT, expr->span, "this must be known beforehand");
        diag_primary(checker->diags, diag, "it depends on an input or on time");
        diag_help(checker->diags, diag, "write a number, or names of definitions that depend on no input");
        return NAN;
    }
    if (isfinite(value))
        return value;
    diag_help(checker->diags, diag_add(checker->diags, DIAG_NO_VALUE, expr->span, "this calculation has no value"),
              "look for a division by zero, or a root or logarithm of a negative number");
    return NAN;
}
