// Holes: what a claim asks for.
#include "base/buffer.h"
#include "dsl/check_claim.h"

static struct node *hole_fault(struct checker *checker, const struct expr *expr, const char *message, const char *help)
{
    struct diag *diag = diag_add(checker->diags, DIAG_HOLE_PLACE, expr->span, "%s", message);
    diag_help(checker->diags, diag, "%s", help);
    return node_poison(checker, expr);
}

struct node *check_hole(struct checker *checker, struct where *where, const struct expr *expr, const struct type *type)
{
    struct claim *claim = where->claim;
    if (!claim)
        return hole_fault(checker, expr, "only a claim can ask for a value", "move the hole into a claim, as in `claim how_far : gap > ?x at 2027`");
    if (!type)
        return hole_fault(checker, expr, "nothing here says what kind of value is asked for", "let the hole stand on one side of a comparison, alone or in a sum or product: `gap > ?x`, `gap > 2 * ?x`");
    if (type->kind == KIND_ERROR)
        return node_poison(checker, expr);
    if (claim->hole.kind != HOLE_NONE) {
        struct diag *diag = diag_add(checker->diags, DIAG_HOLE_TWICE, expr->span, "a claim has one hole");
        diag_label(checker->diags, diag, claim->hole.span, "this one");
        diag_help(checker->diags, diag, "ask for the other value in a claim of its own");
        return node_poison(checker, expr);
    }
    if (type->kind != KIND_QUANTITY && type->kind != KIND_DATE)
        return hole_fault(checker, expr, "only quantities and dates can be asked for", "compare a quantity or a date with the hole");
    struct node *node = node_new(checker, NODE_HOLE, expr, 0);
    node->type = *type;
    claim->hole = (struct hole){.kind = HOLE_THRESHOLD, .name = expr->name.text, .type = *type, .node = node, .span = expr->span};
    return node;
}

// ---- holes inside arithmetic ---------------------------------------------------------------------------------------------------------

bool has_hole(const struct expr *expr)
{
    if (expr->kind == EXPR_HOLE)
        return true;
    for (size_t i = 0; i < expr->args.count; i++)
        if (expr->args.at[i].value && has_hole(expr->args.at[i].value))
            return true;
    return false;
}

// From the type of the whole to that of the hole in it; false where it is not known, or a part is wrong.
static bool hole_type(struct checker *checker, struct where *where, const struct expr *expr, struct type *type)
{
    if (expr->kind == EXPR_HOLE)
        return true;
    const bool product = expr->kind == EXPR_APPLY && (expr->op == OP_MUL || expr->op == OP_DIV);
    const bool sum = expr->kind == EXPR_APPLY && (expr->op == OP_ADD || expr->op == OP_SUB || expr->op == OP_NEG);
    if (type->kind != KIND_QUANTITY || (!product && !sum))
        return false;
    const struct expr *first = expr->args.at[0].value, *second = expr->args.count > 1 ? expr->args.at[1].value : NULL;
    const bool in_first = has_hole(first);
    type->fraction = false;
    if (sum)
        return hole_type(checker, where, in_first ? first : second, type);
    where->unit_fits = true;
    struct node *other = check_expr(checker, where, in_first ? second : first);
    where->unit_fits = false;
    if (node_is_poison(other) || other->type.kind != KIND_QUANTITY)
        return false;
    const struct dimension *whole = type->dimension, *part = other->type.dimension;
    const bool divided = expr->op == OP_DIV;
    if (divided && !in_first) // part / ?x
        *type = type_quantity(dimension_product(checker->units, part, whole, -1), NULL);
    else if (part != dimension_none(checker->units))
        *type = type_quantity(dimension_product(checker->units, whole, part, divided ? 1 : -1), NULL);
    return hole_type(checker, where, in_first ? first : second, type);
}

struct node *check_around_hole(struct checker *checker, struct where *where, const struct expr *expr, const struct type *type)
{
    struct type own = *type;
    if (expr->kind == EXPR_HOLE)
        return check_hole(checker, where, expr, type);
    const bool known = type->kind == KIND_ERROR || hole_type(checker, where, expr, &own);
    where->hole_type = known ? &own : NULL;
    struct node *node = check_expr(checker, where, expr);
    where->hole_type = NULL;
    return node;
}

// ---- which way a threshold is stronger ------------------------------------------------------------------------------------------------

// Of a condition and the value in its hole: no hole in it, the condition is harder to meet above, below, or neither.
enum way { WAY_NONE, WAY_ABOVE, WAY_BELOW, WAY_UNCLEAR };

static enum way turned(enum way way)
{
    return way == WAY_ABOVE ? WAY_BELOW : way == WAY_BELOW ? WAY_ABOVE : way;
}

static enum way both(enum way a, enum way b)
{
    if (a == WAY_NONE || a == b)
        return b;
    return b == WAY_NONE ? a : WAY_UNCLEAR;
}

static enum way way_of(const struct expr *expr);

static bool is_positive(const struct expr *expr)
{
    return expr->kind == EXPR_NUMBER && expr->number > 0;
}

// The way of one side, if a greater side makes the comparison easier. Of factors only written figures are known to be positive.
static enum way way_of_side(const struct expr *side)
{
    if (side->kind == EXPR_HOLE)
        return WAY_BELOW; // a greater value is easier, so that a smaller one is harder
    if (!has_hole(side))
        return WAY_NONE;
    const struct arg *args = side->args.at;
    const int op = side->kind == EXPR_APPLY ? (int)side->op : -1;
    if (op == OP_NEG)
        return turned(way_of_side(args[0].value));
    if (op == OP_ADD)
        return both(way_of_side(args[0].value), way_of_side(args[1].value));
    if (op == OP_SUB)
        return both(way_of_side(args[0].value), turned(way_of_side(args[1].value)));
    if (op == OP_MUL && is_positive(args[0].value))
        return way_of_side(args[1].value);
    if ((op == OP_MUL || op == OP_DIV) && is_positive(args[1].value))
        return way_of_side(args[0].value);
    return WAY_UNCLEAR;
}

static enum way way_of_pair(enum op op, const struct expr *a, const struct expr *b)
{
    if (op == OP_GT || op == OP_GE)
        return both(way_of_side(a), turned(way_of_side(b)));
    if (op == OP_LT || op == OP_LE)
        return both(turned(way_of_side(a)), way_of_side(b));
    return has_hole(a) || has_hole(b) ? WAY_UNCLEAR : WAY_NONE;
}

static enum way way_of_apply(const struct expr *expr)
{
    const struct arg *args = expr->args.at;
    switch ((int)expr->op) {
    case OP_NOT:
        return turned(way_of(args[0].value));
    case OP_AND:
    case OP_OR:
    case OP_UNLESS: // P unless E is `E or P`
        return both(way_of(args[0].value), way_of(args[1].value));
    case OP_IMPLIES:
        return both(turned(way_of(args[0].value)), way_of(args[1].value));
    case OP_IN_RANGE:
        return both(both(way_of_side(args[0].value) == WAY_NONE ? WAY_NONE : WAY_UNCLEAR, turned(way_of_side(args[1].value))), way_of_side(args[2].value));
    case OP_WITHIN:
        return has_hole(args[0].value) || has_hole(args[2].value) ? WAY_UNCLEAR : way_of_side(args[1].value);
    }
    return has_hole(expr) ? WAY_UNCLEAR : WAY_NONE;
}

static enum way way_of_compare(const struct expr *expr)
{
    enum way way = WAY_NONE;
    for (size_t i = 0; i + 1 < expr->args.count; i++)
        way = both(way, way_of_pair(expr->ops[i], expr->args.at[i].value, expr->args.at[i + 1].value));
    return way;
}

static enum way way_of(const struct expr *expr)
{
    enum way way = WAY_NONE;
    switch (expr->kind) {
    case EXPR_APPLY:
        return way_of_apply(expr);
    case EXPR_COMPARE:
        return way_of_compare(expr);
    case EXPR_UNDER:
    case EXPR_TIME:
        return way_of(expr->args.at[0].value);
    case EXPR_QUANTIFIED:
    case EXPR_COUNTED:
        for (size_t i = 0; i < expr->args.count; i++)
            way = both(way, way_of(expr->args.at[i].value));
        return way != WAY_NONE && expr->quantifier == QUANTIFIER_EXACTLY ? WAY_UNCLEAR : way;
    case EXPR_CALL: // what is asked about all futures at once is not solved future by future
    case EXPR_ERROR:
    case EXPR_NUMBER:
    case EXPR_DATE:
    case EXPR_STRING:
    case EXPR_HOLE:
    case EXPR_REF:
    case EXPR_IF:
    case EXPR_RANGE:
    case EXPR_SPREAD:
    case EXPR_DATA:
    case EXPR_TABLE:
        break;
    }
    return has_hole(expr) ? WAY_UNCLEAR : WAY_NONE;
}

// The function about all futures that the hole stands in, or NULL.
static const char *aggregate_around(const struct expr *expr)
{
    static const char *const names[] = {"probability", "possible", "expected", "median", "quantile"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (expr->kind == EXPR_CALL && text_is(expr->name.text, names[i]) && has_hole(expr))
            return names[i];
    const char *found = NULL;
    for (size_t i = 0; i < expr->args.count && !found; i++)
        if (expr->args.at[i].value)
            found = aggregate_around(expr->args.at[i].value);
    return found;
}

void finish_hole(struct checker *checker, const struct item *item, struct claim *claim)
{
    if (claim->hole.kind == HOLE_DATE || claim->hole.kind == HOLE_THRESHOLD) {
        enum way way = way_of(item->value);
        claim->hole.stronger_above = way == WAY_ABOVE;
        const char *inside = way == WAY_UNCLEAR ? aggregate_around(item->value) : NULL;
        if (inside)
            hole_fault(checker, claim->hole.node->expr, arena_printf(checker->arena, "a hole cannot stand inside `%s`", inside),
                       "ask for a quantile: `quantile(x, 10%) > ?v` finds the ?v for which `probability(x > ?v)` is 90%; or give the claim a "
                       "level: `x > ?v level 95%`");
        else if (claim->hole.kind == HOLE_THRESHOLD && way == WAY_UNCLEAR)
            claim->hole.kind = HOLE_VALUES;
    }
}
