// Comparisons: chains, and sides that take their kind from the other side (members, years, holes).
#include <math.h>

#include "base/buffer.h"
#include "dsl/checker.h"

// A name that nothing has: perhaps a member of the other side's index.
static bool is_unknown_name(const struct checker *checker, const struct where *where, const struct expr *expr)
{
    if (expr->kind != EXPR_REF || expr->args.count > 0 || find_symbol(checker, where->file, expr->name.text) != NULL)
        return false;
    return !is_variable(where, expr->name.text) && !is_built_in_value(expr->name.text);
}

static bool waits(const struct checker *checker, const struct where *where, const struct expr *expr)
{
    return expr->kind == EXPR_HOLE || (expr->kind == EXPR_APPLY && has_hole(expr)) || is_unknown_name(checker, where, expr);
}

// The side as it reads beside one of that type.
static struct node *check_beside(struct checker *checker, struct where *where, const struct expr *expr, const struct type *type)
{
    bool member = type->kind == KIND_MEMBER && expr->kind == EXPR_REF;
    if (expr->kind == EXPR_APPLY && has_hole(expr))
        return check_around_hole(checker, where, expr, type);
    if (expr->kind == EXPR_HOLE || (member && is_member_name(checker, where, expr, type->index)))
        return check_as(checker, where, expr, type, NULL);
    if (member && is_unknown_name(checker, where, expr)) {
        need_member(checker, type->index, expr->name);
        return node_poison(checker, expr);
    }
    return check_expr(checker, where, expr);
}

// All sides of a chain: first those that know their kind, then the others beside a neighbour.
static struct node **check_sides(struct checker *checker, struct where *where, const struct arg_list *args)
{
    struct node **sides = arena_array(checker->arena, args->count, sizeof *sides);
    for (size_t i = 0; i < args->count; i++)
        if (!waits(checker, where, args->at[i].value))
            sides[i] = check_expr(checker, where, args->at[i].value);
    for (size_t i = 0; i < args->count; i++) {
        if (sides[i] != NULL)
            continue;
        const struct node *left = i > 0 ? sides[i - 1] : NULL, *right = i + 1 < args->count ? sides[i + 1] : NULL;
        const struct node *beside = left != NULL ? left : right;
        if (beside != NULL && node_is_poison(beside))
            sides[i] = node_poison(checker, args->at[i].value);
        else
            sides[i] = beside == NULL ? check_expr(checker, where, args->at[i].value)
                                      : check_beside(checker, where, args->at[i].value, &beside->type);
    }
    return sides;
}

static void read_year(struct checker *checker, struct node **node, const struct node *other)
{
    struct date date;
    struct where nowhere = {.kind = PLACE_CONSTANT};
    if (other->type.kind == KIND_DATE && (*node)->type.kind == KIND_QUANTITY && expr_is_date((*node)->expr, &date))
        *node = check_as(checker, &nowhere, (*node)->expr, &type_date, NULL);
}

static bool is_order(enum op op)
{
    return op_table[op].units == UNITS_ORDER;
}

static bool can_be_ordered(struct checker *checker, const struct expr *expr, enum op op, const struct node *side)
{
    if (!is_order(op) || side->type.kind == KIND_QUANTITY || side->type.kind == KIND_DATE)
        return true;
    struct diag *diag = diag_add(checker->diags, DIAG_KIND, expr->span, "`%s` compares quantities or dates, found %s", op_table[op].text,
                                 type_words(checker, &side->type));
    diag_primary(checker->diags, diag, "no order between these");
    diag_label(checker->diags, diag, side->expr->span, "%s", type_words(checker, &side->type));
    if (side->type.kind == KIND_MEMBER)
        diag_help(checker->diags, diag, "ask `is`, or compare a quantity of each member");
    else
        diag_help(checker->diags, diag, "join conditions with `and`, `or`, `implies`");
    return false;
}

// A declared fraction stays within 0 .. 1: a comparison with something outside is decided.
static bool outside_fraction(enum op op, double bound)
{
    switch ((int)op) {
    case OP_LT:
    case OP_GE:
        return bound <= 0 || bound > 1;
    case OP_GT:
    case OP_LE:
        return bound < 0 || bound >= 1;
    }
    return false;
}

static void warn_fraction(struct checker *checker, const struct expr *expr, enum op op, const struct node *a, const struct node *b)
{
    double bound;
    if (a->kind != NODE_INPUT || !a->type.fraction || !node_is_constant(b, &bound) || !outside_fraction(op, bound))
        return;
    bool holds = op == OP_LT || op == OP_LE ? bound > 0.5 : bound < 0.5;
    struct diag *diag = diag_add(checker->diags, DIAG_CONSTANT_CONDITION, expr->span, "this condition is always %s", holds ? "true" : "false");
    diag_label(checker->diags, diag, a->input->span, "declared `fraction`: always within 0%% .. 100%%");
    diag_help(checker->diags, diag, "compare it with a share between 0%% and 100%%");
}

static struct node *check_comparison(struct checker *checker, struct where *where, const struct expr *expr, enum op op, struct node *a, struct node *b)
{
    if (node_is_poison(a) || node_is_poison(b))
        return node_poison(checker, expr);
    read_year(checker, &a, b);
    read_year(checker, &b, a);
    if (node_is_poison(a) || node_is_poison(b))
        return node_poison(checker, expr);
    if (a->type.kind == KIND_DATE && b->type.kind == KIND_DATE)
        return check_date_comparison(checker, where, expr, op, a, b);
    const char *what = arena_printf(checker->arena, "both sides of `%s`", op_table[op].text);
    if (!must_agree(checker, a, b, what) || !can_be_ordered(checker, expr, op, a))
        return node_poison(checker, expr);
    warn_fraction(checker, expr, op, a, b);
    return node_apply(checker, expr, op, type_truth, a, b);
}

struct node *check_compare(struct checker *checker, struct where *where, const struct expr *expr)
{
    size_t links = expr->args.count - 1;
    struct node **sides = check_sides(checker, where, &expr->args);
    struct node *chain = node_new(checker, NODE_APPLY, expr, links);
    chain->op = OP_AND;
    chain->type = type_truth;
    for (size_t i = 0; i < links; i++)
        chain->args[i] = check_comparison(checker, where, expr, expr->ops[i], sides[i], sides[i + 1]);
    if (any_poison(chain))
        return node_poison(checker, expr);
    return links == 1 ? chain->args[0] : chain;
}
