// Operators written as words: in, within, is, rises, falls, binds.
#include <math.h>

#include "base/buffer.h"
#include "dsl/checker.h"

static struct node *apply3(struct checker *checker, const struct expr *expr, struct node *a, struct node *b, struct node *c)
{
    struct node *node = node_new(checker, NODE_APPLY, expr, 3);
    node->op = expr->op;
    node->type = type_truth;
    node->args[0] = a;
    node->args[1] = b;
    node->args[2] = c;
    return any_poison(node) ? node_poison(checker, expr) : node;
}

static const struct expr *arg(const struct expr *expr, size_t i)
{
    return expr->args.at[i].value;
}

// ---- in ----------------------------------------------------------------------------------------------------------------

static struct node *date_in_range(struct checker *checker, struct where *where, const struct expr *expr, struct node *date)
{
    struct node *low = check_as(checker, where, arg(expr, 1), &type_date, NULL);
    struct node *high = check_as(checker, where, arg(expr, 2), &type_date, NULL);
    if (node_is_poison(low) || node_is_poison(high))
        return node_poison(checker, expr);
    struct node *from = check_date_comparison(checker, where, expr, OP_GE, date, low);
    struct node *until = check_date_comparison(checker, where, expr, OP_LE, date, high);
    if (node_is_poison(from) || node_is_poison(until))
        return node_poison(checker, expr);
    return node_apply(checker, expr, OP_AND, type_truth, from, until);
}

static void warn_empty_range(struct checker *checker, const struct expr *expr, const struct node *low, const struct node *high)
{
    double a, b;
    if (!node_is_constant(low, &a) || !node_is_constant(high, &b) || !(a > b))
        return;
    struct span span = span_join(low->expr->span, high->expr->span);
    struct diag *diag = diag_add(checker->diags, DIAG_CONSTANT_CONDITION, span, "nothing lies in this range: its ends are out of order");
    diag_primary(checker->diags, diag, "the first end is the larger one");
    diag_help(checker->diags, diag, "write `%s .. %s`", expr_words(checker, high->expr, "low"), expr_words(checker, low->expr, "high"));
    (void)expr;
}

// An end may be asked for: `x in ?low .. 5`.
static struct node *range_end(struct checker *checker, struct where *where, const struct expr *end, const struct node *x)
{
    return end->kind == EXPR_HOLE ? check_hole(checker, where, end, &x->type) : check_expr(checker, where, end);
}

static struct node *check_in_range(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct node *x = check_expr(checker, where, arg(expr, 0));
    if (x->type.kind == KIND_DATE)
        return date_in_range(checker, where, expr, x);
    struct node *low = range_end(checker, where, arg(expr, 1), x), *high = range_end(checker, where, arg(expr, 2), x);
    struct node *node = apply3(checker, expr, x, low, high);
    if (node_is_poison(node) || !must_be_quantity(checker, x) || !must_agree(checker, x, low, "a value and its range") ||
        !must_agree(checker, x, high, "a value and its range"))
        return node_poison(checker, expr);
    warn_empty_range(checker, expr, low, high);
    return node;
}

// x in S, S another index than that of x: x is one of the members that both have.
static struct node *one_of(struct checker *checker, const struct expr *expr, struct node *x, const struct index *set)
{
    struct node *any = node_new(checker, NODE_APPLY, expr, 0);
    struct node **args = arena_array(checker->arena, set->count, sizeof *args);
    for (size_t i = 0; i < set->count; i++) {
        int member = find_member(x->type.index, set->members[i]);
        if (member >= 0)
            args[any->count++] = node_apply(checker, expr, OP_IS, type_truth, x, node_const(checker, expr, x->type, member));
    }
    any->op = OP_OR;
    any->type = type_truth;
    any->args = args;
    if (any->count == x->type.index->count)
        diag_help(checker->diags, diag_add(checker->diags, DIAG_CONSTANT_CONDITION, expr->span, "this condition is always true: every member is in the index"),
                  "name a smaller index, or leave the condition out");
    if (any->count > 0)
        return any->count == 1 ? args[0] : any;
    struct diag *diag = diag_add(checker->diags, DIAG_MEMBER_UNKNOWN, expr->span, "`%.*s` and `%.*s` have no member in common", TEXT_ARGS(x->type.index->name),
                                 TEXT_ARGS(set->name));
    diag_label(checker->diags, diag, set->span, "this index");
    return node_poison(checker, expr);
}

static struct node *check_in_set(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct node *x = check_expr(checker, where, arg(expr, 0));
    if (arg(expr, 1)->kind != EXPR_REF) {
        struct diag *diag = diag_add(checker->diags, DIAG_KIND, arg(expr, 1)->span, "expected an index or a range after `in`");
        diag_help(checker->diags, diag, "write `x in 4 .. 5`, or `x in S` with an index S");
        return node_poison(checker, expr);
    }
    struct symbol *set = need_symbol(checker, where->file, arg(expr, 1)->name, SYMBOL_INDEX, "index");
    if (set == NULL || node_is_poison(x))
        return node_poison(checker, expr);
    if (x->type.kind == KIND_MEMBER)
        return one_of(checker, expr, x, set->index);
    struct diag *diag = diag_add(checker->diags, DIAG_KIND, arg(expr, 0)->span, "expected a member, found %s", type_words(checker, &x->type));
    diag_primary(checker->diags, diag, "only a member can be in an index");
    return node_poison(checker, expr);
}

// ---- within ------------------------------------------------------------------------------------------------------------

// A share of y, or a quantity like y? Of plain numbers only a percentage is a share.
static bool is_share(struct checker *checker, const struct node *tolerance, const struct node *y)
{
    const struct dimension *none = dimension_none(checker->units);
    if (tolerance->type.kind != KIND_QUANTITY || tolerance->type.dimension != none || y->type.kind != KIND_QUANTITY)
        return false;
    const struct unit *percent = units_word(checker->units, TEXT("%"), false);
    bool bare = tolerance->expr->kind == EXPR_NUMBER && !tolerance->expr->percent; // `within 1 of 4 GW` lacks its unit
    return (y->type.dimension != none && !bare) || tolerance->type.fraction || tolerance->type.shown == percent;
}

static struct node *check_tolerance(struct checker *checker, struct node *tolerance, const struct node *y)
{
    if (tolerance->kind == NODE_HOLE && y->type.kind == KIND_QUANTITY)
        return tolerance; // asked for as a share
    if (is_share(checker, tolerance, y)) {
        struct node *share = arena_alloc(checker->arena, sizeof *share);
        *share = *tolerance;
        share->type.fraction = true; // tells the compiler that the tolerance is relative
        return share;
    }
    tolerance->type.fraction = false;
    if (y->type.kind != KIND_DATE)
        return must_agree(checker, tolerance, y, "a tolerance and what it is measured from") ? tolerance : node_poison(checker, tolerance->expr);
    const struct unit *year = units_word(checker->units, TEXT("year"), false);
    if (tolerance->type.kind == KIND_QUANTITY && dimension_is_time(checker->units, tolerance->type.dimension))
        return tolerance;
    struct diag *diag = diag_add(checker->diags, DIAG_KIND, tolerance->expr->span, "expected a duration, found %s", type_words(checker, &tolerance->type));
    diag_help(checker->diags, diag, "write `within 3 months of ...` (%.*ss, quarters, weeks and days will do too)", TEXT_ARGS(year->name));
    return node_poison(checker, tolerance->expr);
}

static struct node *check_within(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct node *x = check_expr(checker, where, arg(expr, 0));
    const struct type share = {.kind = KIND_QUANTITY, .dimension = dimension_none(checker->units), .fraction = true};
    struct node *tolerance = arg(expr, 1)->kind == EXPR_HOLE ? check_hole(checker, where, arg(expr, 1), &share) : check_expr(checker, where, arg(expr, 1));
    struct node *y = x->type.kind == KIND_DATE || arg(expr, 2)->kind == EXPR_HOLE ? check_as(checker, where, arg(expr, 2), &x->type, NULL) : check_expr(checker, where, arg(expr, 2));
    if (node_is_poison(x) || node_is_poison(tolerance) || node_is_poison(y))
        return node_poison(checker, expr);
    if (!must_agree(checker, x, y, "both sides of `within`") || (x->type.kind != KIND_DATE && !must_be_quantity(checker, x)))
        return node_poison(checker, expr);
    return apply3(checker, expr, x, check_tolerance(checker, tolerance, y), y);
}

// ---- is ----------------------------------------------------------------------------------------------------------------

static struct node *check_is(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct node *x = check_expr(checker, where, arg(expr, 0));
    const struct expr *member = arg(expr, 1);
    if (node_is_poison(x))
        return node_poison(checker, expr);
    if (x->type.kind != KIND_MEMBER) {
        struct diag *diag = diag_add(checker->diags, DIAG_KIND, arg(expr, 0)->span, "expected a member of an index, found %s", type_words(checker, &x->type));
        diag_primary(checker->diags, diag, "`is` asks which member something is");
        diag_help(checker->diags, diag, x->type.kind == KIND_TRUTH ? "a condition stands alone: leave out `is ...`" : "compare it with `=`, `<` or `>`");
        return node_poison(checker, expr);
    }
    bool plain = member->kind == EXPR_REF && member->args.count == 0;
    if (plain && find_member(x->type.index, member->name.text) < 0 && find_symbol(checker, where->file, member->name.text) == NULL &&
        !is_variable(where, member->name.text)) {
        need_member(checker, x->type.index, member->name);
        return node_poison(checker, expr);
    }
    struct node *y = check_as(checker, where, member, &x->type, NULL);
    return node_is_poison(y) ? node_poison(checker, expr) : node_apply(checker, expr, expr->op, type_truth, x, y);
}

// ---- rises, falls, binds -----------------------------------------------------------------------------------------------

static struct node *check_slope(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct node *x = check_expr(checker, where, arg(expr, 0)), *y = check_expr(checker, where, arg(expr, 1));
    if (node_is_poison(x) || node_is_poison(y) || !must_be_quantity(checker, x))
        return node_poison(checker, expr);
    if (y->kind == NODE_INPUT) {
        struct node *node = node_apply(checker, expr, expr->op, type_truth, x, y);
        node->kind = NODE_SLOPE;
        return node;
    }
    const char *derived = arena_printf(checker->arena, "works `%s` out, so it cannot be moved", expr_words(checker, y->expr, "it"));
    if (y->kind == NODE_DEFINITION && other_has_none(checker, derived))
        return node_poison(checker, expr);
    struct diag *diag = diag_add(checker->diags, DIAG_SLOPE_TARGET, y->expr->span, "`%s` is asked about an input", op_table[expr->op].text);
    diag_primary(checker->diags, diag, "this is no input");
    if (y->kind == NODE_DEFINITION)
        diag_label(checker->diags, diag, y->definition->span, "a definition, moved by inputs of its own");
    diag_help(checker->diags, diag, "name the input that is moved");
    return node_poison(checker, expr);
}

static struct node *report_term(struct checker *checker, const struct expr *expr, const struct definition *definition)
{
    const struct node *limit = definition->limit;
    const struct expr *label = arg(expr, 0);
    struct diag *diag;
    if (limit == NULL) {
        diag = diag_add(checker->diags, DIAG_TERM_UNKNOWN, arg(expr, 1)->span, "`%.*s` has no terms that could bind", TEXT_ARGS(definition->name));
        diag_label(checker->diags, diag, definition->span, "it must contain exactly one `min` or `max` with labels");
        diag_help(checker->diags, diag, "name the terms where it is defined: `min(dies: ..., hbm: ...)`");
        return node_poison(checker, expr);
    }
    struct buffer terms = buffer_on(checker->arena);
    for (size_t i = 0; i < limit->count; i++)
        buffer_printf(&terms, "%s%.*s", i == 0 ? "" : ", ", TEXT_ARGS(limit->labels[i]));
    diag = diag_add(checker->diags, DIAG_TERM_UNKNOWN, label->span, "`%.*s` is no term of `%.*s`", TEXT_ARGS(label->name.text), TEXT_ARGS(definition->name));
    diag_label(checker->diags, diag, limit->expr->span, "its terms are: %s", terms.at);
    return node_poison(checker, expr);
}

// `?which binds x`: the claim asks for the term.
static bool ask_term(struct checker *checker, struct where *where, const struct expr *hole, const struct definition *definition)
{
    struct claim *claim = where->claim;
    if (claim == NULL || claim->hole.kind != HOLE_NONE) {
        struct diag *diag = diag_add(checker->diags, claim == NULL ? DIAG_HOLE_PLACE : DIAG_HOLE_TWICE, hole->span,
                                     claim == NULL ? "only a claim can ask" : "a claim can ask one thing only");
        if (claim != NULL)
            diag_label(checker->diags, diag, claim->hole.span, "the first hole");
        diag_help(checker->diags, diag, claim == NULL ? "write a term's name here" : "write a claim for each hole");
        return false;
    }
    claim->hole = (struct hole){.kind = HOLE_TERM, .name = hole->name.text, .definition = definition, .limit = definition->limit, .span = hole->span};
    return true;
}

static struct node *check_binds(struct checker *checker, struct where *where, const struct expr *expr)
{
    const struct expr *label = arg(expr, 0);
    struct node *x = check_expr(checker, where, arg(expr, 1));
    if (node_is_poison(x))
        return node_poison(checker, expr);
    if (x->kind != NODE_DEFINITION) {
        struct diag *diag = diag_add(checker->diags, DIAG_TERM_UNKNOWN, x->expr->span, "`binds` is asked about a definition");
        diag_help(checker->diags, diag, "give the `min(dies: ..., hbm: ...)` a name with `let`, and ask about the name");
        return node_poison(checker, expr);
    }
    const struct node *limit = x->definition->limit;
    bool found = limit != NULL && label->kind == EXPR_HOLE;
    for (size_t i = 0; limit != NULL && !found && i < limit->count; i++)
        found = label->kind == EXPR_REF && text_equal(limit->labels[i], label->name.text);
    if (!found && term_is_absent(checker, where->file, x->expr->name.text, label->name.text))
        return node_poison(checker, expr);
    if (!found)
        return report_term(checker, expr, x->definition);
    if (label->kind == EXPR_HOLE && !ask_term(checker, where, label, x->definition))
        return node_poison(checker, expr);
    struct node *node = node_new(checker, NODE_BINDS, expr, 1);
    node->args[0] = x;
    node->type = type_truth;
    node->label = label->kind == EXPR_HOLE ? TEXT("") : label->name.text;
    return node;
}

struct node *check_phrase(struct checker *checker, struct where *where, const struct expr *expr)
{
    switch ((int)expr->op) {
    case OP_IN_RANGE:
        return check_in_range(checker, where, expr);
    case OP_IN_SET:
        return check_in_set(checker, where, expr);
    case OP_WITHIN:
        return check_within(checker, where, expr);
    case OP_IS:
    case OP_IS_NOT:
        return check_is(checker, where, expr);
    case OP_RISES:
    case OP_FALLS:
        return check_slope(checker, where, expr);
    case OP_BINDS:
        return check_binds(checker, where, expr);
    }
    return node_poison(checker, expr);
}
