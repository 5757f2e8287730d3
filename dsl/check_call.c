// Calls: functions of op.def by their unit rules, defs, and the name tables of the rest.
#include <math.h>

#include "base/buffer.h"
#include "dsl/checker.h"

// Calls that are not rows of op.def.
static const char *const forms[] = {"sum",         "product",  "mean",     "count",  "growth",   "previous", "lag",  "interpolate", "when",
                                    "probability", "possible", "expected", "median", "quantile", "clamp",    "log10"};
enum { FORM_COUNT = sizeof forms / sizeof *forms };

bool is_function_name(struct text name)
{
    for (size_t i = 0; i < FORM_COUNT; i++)
        if (text_is(name, forms[i]))
            return true;
    return op_function(name) != OP_COUNT || law_named(name) != LAW_COUNT;
}

// ---- arguments ---------------------------------------------------------------------------------------------------------

static bool report_extra(struct checker *checker, const struct expr *call, const struct arg *arg)
{
    const char *what = arg->label != NULL ? "a label" : arg->given != NULL ? "`given`" : "`over`";
    struct span span = arg->label != NULL ? arg->label->span : arg->given != NULL ? arg->given->span : arg->over.span;
    struct diag *diag = diag_add(checker->diags, DIAG_CALL_ARGUMENT, span, "%s does not belong in `%.*s(...)`", what, TEXT_ARGS(call->name.text));
    diag_help(checker->diags, diag, arg->label != NULL  ? "only the terms of `min`, `max` and `interpolate` have labels"
                                    : arg->given != NULL ? "`given` belongs in `probability(F given G)`"
                                                         : "`over` belongs in `sum`, `product`, `mean`, `min`, `max` and `count`");
    return false;
}

static bool report_count(struct checker *checker, const struct expr *call, size_t low, size_t high)
{
    struct text name = call->name.text;
    size_t count = call->args.count;
    struct diag *diag = diag_add(checker->diags, DIAG_CALL_COUNT, call->span, "`%.*s` takes %s%zu argument%s, found %zu", TEXT_ARGS(name),
                                 low == high     ? ""
                                 : count < low   ? "at least "
                                                 : "at most ",
                                 count < low ? low : high, (count < low ? low : high) == 1 ? "" : "s", count);
    enum op op = op_function(name);
    if (op != OP_COUNT)
        diag_help(checker->diags, diag, "`%.*s` gives: %s", TEXT_ARGS(name), op_table[op].doc);
    return false;
}

bool check_plain_args(struct checker *checker, const struct expr *expr, size_t low, size_t high)
{
    for (size_t i = 0; i < expr->args.count; i++) {
        const struct arg *arg = &expr->args.at[i];
        if (arg->label != NULL || arg->given != NULL || arg->over.text.length > 0)
            return report_extra(checker, expr, arg);
    }
    return (expr->args.count >= low && expr->args.count <= high) || report_count(checker, expr, low, high);
}

// ---- rows of op.def ----------------------------------------------------------------------------------------------------

static const char *quoted(struct checker *checker, struct text name)
{
    return arena_printf(checker->arena, "`%.*s`", TEXT_ARGS(name));
}

static bool same_units(struct checker *checker, struct node *node)
{
    const char *what = arena_printf(checker->arena, "the arguments of `%s`", op_table[node->op].text);
    bool dates = node->args[0]->type.kind == KIND_DATE && node->op != OP_CLAMP;
    bool good = dates || must_be_quantity(checker, node->args[0]);
    for (size_t i = 1; i < node->count && good; i++)
        good = must_agree(checker, node->args[0], node->args[i], what);
    node->type = node->args[0]->type;
    node->type.fraction = false;
    for (size_t i = 1; i < node->count && node->type.shown == NULL; i++)
        node->type.shown = node->args[i]->type.shown;
    return good;
}

static bool root_units(struct checker *checker, struct node *node)
{
    struct node *x = node->args[0];
    if (!must_be_quantity(checker, x))
        return false;
    const struct dimension *root = dimension_power(checker->units, x->type.dimension, 1, 2);
    if (root != NULL)
        node->type = type_quantity(root, NULL);
    else
        diag_add(checker->diags, DIAG_POWER, x->expr->span, "the root of %s has no unit", type_words(checker, &x->type));
    return root != NULL;
}

static bool apply_units(struct checker *checker, struct node *node)
{
    switch (op_table[node->op].units) {
    case UNITS_SAME:
        return same_units(checker, node);
    case UNITS_KEEP:
        node->type = node->args[0]->type;
        return must_be_quantity(checker, node->args[0]);
    case UNITS_NONE:
        node->type = type_quantity(dimension_none(checker->units), NULL);
        return must_be_plain(checker, node->args[0], quoted(checker, node->expr->name.text));
    case UNITS_ROOT:
        return root_units(checker, node);
    case UNITS_PRODUCT:
    case UNITS_QUOTIENT:
    case UNITS_POWER:
    case UNITS_ORDER:
    case UNITS_EQUALITY:
    case UNITS_TRUTH:
    case UNITS_SELECT:
    case UNITS_SPECIAL:
        break;
    }
    return false;
}

// A constant argument outside of what the function is defined for.
static bool has_value(struct checker *checker, const struct node *node)
{
    double x;
    bool partial = node->op == OP_LN || node->op == OP_LOG10 || node->op == OP_SQRT;
    if (!partial || !node_is_constant(node->args[0], &x) || !(x < 0 || (x == 0 && node->op != OP_SQRT)))
        return true;
    struct diag *diag = diag_add(checker->diags, DIAG_NO_VALUE, node->args[0]->expr->span, "`%s` has no value here", op_table[node->op].text);
    diag_primary(checker->diags, diag, x < 0 ? "this is negative" : "this is 0");
    diag_help(checker->diags, diag, "%s", op_table[node->op].doc);
    return false;
}

static struct node *check_op(struct checker *checker, struct where *where, const struct expr *expr, enum op op)
{
    size_t low = (size_t)op_table[op].low, high = op_table[op].high < 0 ? expr->args.count : (size_t)op_table[op].high;
    if (!check_plain_args(checker, expr, low, high < low ? low : high))
        return node_poison(checker, expr);
    struct node *node = node_new(checker, NODE_APPLY, expr, expr->args.count);
    node->op = op;
    for (size_t i = 0; i < node->count; i++)
        node->args[i] = check_expr(checker, where, expr->args.at[i].value);
    if (any_poison(node) || !apply_units(checker, node) || !has_value(checker, node))
        return node_poison(checker, expr);
    return node;
}

// ---- min and max with names for their terms ------------------------------------------------------------------------------

static size_t label_count(const struct expr *expr)
{
    size_t count = 0;
    for (size_t i = 0; i < expr->args.count; i++)
        count += expr->args.at[i].label != NULL;
    return count;
}

static bool read_labels(struct checker *checker, const struct expr *expr, struct text *labels)
{
    for (size_t i = 0; i < expr->args.count; i++) {
        const struct expr *label = expr->args.at[i].label;
        if (label == NULL || label->kind != EXPR_REF) {
            struct span span = label == NULL ? expr->args.at[i].value->span : label->span;
            struct diag *diag = diag_add(checker->diags, DIAG_CALL_ARGUMENT, span, "every term needs a name, or none");
            diag_help(checker->diags, diag, "write `%.*s(first: ..., second: ...)`", TEXT_ARGS(expr->name.text));
            return false;
        }
        labels[i] = label->name.text;
        for (size_t k = 0; k < i; k++) {
            if (!text_equal(labels[k], labels[i]))
                continue;
            struct diag *diag = diag_add(checker->diags, DIAG_CALL_ARGUMENT, label->span, "two terms are called `%.*s`", TEXT_ARGS(labels[i]));
            diag_label(checker->diags, diag, expr->args.at[k].label->span, "the first");
            diag_help(checker->diags, diag, "give each term a name of its own");
            return false;
        }
    }
    return true;
}

static struct node *check_labelled(struct checker *checker, struct where *where, const struct expr *expr, enum op op)
{
    struct text *labels = arena_array(checker->arena, expr->args.count, sizeof *labels);
    if (!read_labels(checker, expr, labels))
        return node_poison(checker, expr);
    struct node *node = node_new(checker, NODE_APPLY, expr, expr->args.count);
    node->op = op;
    node->labels = labels;
    for (size_t i = 0; i < node->count; i++)
        node->args[i] = check_expr(checker, where, expr->args.at[i].value);
    if (any_poison(node) || !same_units(checker, node))
        return node_poison(checker, expr);
    where->limit = node;
    where->limit_count++;
    return node;
}

// ---- def ---------------------------------------------------------------------------------------------------------------

static struct node *check_argument(struct checker *checker, struct where *where, const struct expr *expr, const struct type *type)
{
    return type->kind == KIND_ERROR ? check_expr(checker, where, expr) : check_as(checker, where, expr, type, NULL);
}

static struct node *check_def(struct checker *checker, struct where *where, const struct expr *expr, struct symbol *symbol)
{
    const struct function *written = symbol->function;
    if (!check_symbol(checker, symbol, expr->name.span) || !check_plain_args(checker, expr, written->param_count, written->param_count))
        return node_poison(checker, expr);
    struct node *node = node_new(checker, NODE_CALL, expr, written->param_count);
    struct type *types = arena_array(checker->arena, node->count, sizeof *types);
    for (size_t i = 0; i < node->count; i++) {
        node->args[i] = check_argument(checker, where, expr->args.at[i].value, &written->param_types[i]);
        types[i] = written->param_types[i].kind == KIND_ERROR ? node->args[i]->type : written->param_types[i];
    }
    if (any_poison(node))
        return node_poison(checker, expr);
    node->function = function_for(checker, symbol, types, expr->span);
    if (node->function == NULL)
        return node_poison(checker, expr);
    node->type = node->function->type;
    return node;
}

// ---- all calls ---------------------------------------------------------------------------------------------------------

static struct text nearest_form(struct text name)
{
    struct text best = TEXT("");
    size_t limit = name.length < 4 ? 1 : 2, nearest = limit + 1;
    for (size_t i = 0; i < FORM_COUNT + OP_COUNT; i++) {
        bool form = i < FORM_COUNT;
        if (!form && op_table[i - FORM_COUNT].form != OP_FUNCTION)
            continue;
        struct text known = text_of(form ? forms[i] : op_table[i - FORM_COUNT].text);
        size_t distance = text_distance(name, known, limit);
        if (distance < nearest) {
            nearest = distance;
            best = known;
        }
    }
    return best;
}

static struct node *report_function(struct checker *checker, const struct where *where, const struct expr *expr, const struct symbol *symbol)
{
    struct text name = expr->name.text;
    if (symbol != NULL ? is_lost(symbol) : name_is_absent(checker, where->file, name))
        return node_poison(checker, expr);
    struct diag *diag = diag_add(checker->diags, DIAG_FUNCTION_UNKNOWN, expr->name.span, "there is no function called `%.*s`", TEXT_ARGS(name));
    struct text near = nearest_name(checker, where->file, name, SYMBOL_FUNCTION), form = nearest_form(name);
    if (symbol != NULL) {
        diag_primary(checker->diags, diag, "this is %s", symbol_kind_words(symbol->kind));
        diag_label(checker->diags, diag, symbol->span, "given here");
        diag_help(checker->diags, diag, "members stand in square brackets: `%.*s[...]`; a product needs a `*`", TEXT_ARGS(name));
    } else if (near.length > 0 || form.length > 0)
        diag_help(checker->diags, diag, "did you mean `%.*s`?", TEXT_ARGS(near.length > 0 ? near : form));
    else
        diag_help(checker->diags, diag, "make one: `def %.*s(x) = ...`", TEXT_ARGS(name));
    return node_poison(checker, expr);
}

static struct node *report_law(struct checker *checker, const struct expr *expr)
{
    struct diag *diag = diag_add(checker->diags, DIAG_RANGE_PLACE, expr->span, "an uncertain value cannot stand inside a formula");
    diag_primary(checker->diags, diag, "`%.*s` says what an input can be", TEXT_ARGS(expr->name.text));
    diag_help(checker->diags, diag, "give it a name: `input x = %s`, and write `x` here", expr_words(checker, expr, "..."));
    return node_poison(checker, expr);
}

struct node *check_call(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct text name = expr->name.text;
    enum op op = op_function(name);
    if ((op == OP_MIN || op == OP_MAX) && label_count(expr) > 0)
        return check_labelled(checker, where, expr, op);
    struct node *node = check_reduction(checker, where, expr);
    if (node == NULL)
        node = check_call_time(checker, where, expr);
    if (node == NULL)
        node = check_aggregate(checker, where, expr);
    if (node != NULL)
        return node;
    if (op != OP_COUNT)
        return check_op(checker, where, expr, op);
    if (law_named(name) != LAW_COUNT)
        return report_law(checker, expr);
    struct symbol *symbol = find_symbol(checker, where->file, name);
    if (symbol != NULL && symbol->kind == SYMBOL_FUNCTION)
        return check_def(checker, where, expr, symbol);
    return report_function(checker, where, expr, symbol);
}
