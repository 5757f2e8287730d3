// Questions about the set of futures: probability, possible, expected, median, quantile. Only claims may ask them.
#include <math.h>

#include "base/buffer.h"
#include "dsl/checker.h"

static const char *const names[] = {
    [AGGREGATE_PROBABILITY] = "probability", [AGGREGATE_POSSIBLE] = "possible", [AGGREGATE_EXPECTED] = "expected",
    [AGGREGATE_MEDIAN] = "median",           [AGGREGATE_QUANTILE] = "quantile",
};
enum { NAME_COUNT = sizeof names / sizeof *names };

static struct node *check_formula_of(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct formula formula = {0};
    check_formula(checker, where, expr, &formula);
    return formula.condition == NULL ? node_poison(checker, expr) : formula.condition;
}

// probability(F), probability(F given G), possible(F)
static struct node *of_condition(struct checker *checker, struct where *where, const struct expr *expr, enum aggregate aggregate)
{
    struct arg arg = expr->args.count > 0 ? expr->args.at[0] : (struct arg){0};
    const struct expr *given = aggregate == AGGREGATE_PROBABILITY ? arg.given : NULL;
    struct expr plain = *expr; // `given` is in its place
    if (given != NULL) {
        arg.given = NULL;
        plain.args = (struct arg_list){.at = &arg, .count = expr->args.count};
    }
    if (!check_plain_args(checker, &plain, 1, 1))
        return node_poison(checker, expr);
    struct node *node = node_new(checker, NODE_AGGREGATE, expr, given == NULL ? 1 : 2);
    node->aggregate = aggregate;
    node->args[0] = check_formula_of(checker, where, arg.value);
    if (given != NULL)
        node->args[1] = check_formula_of(checker, where, given);
    node->type = type_truth;
    if (aggregate == AGGREGATE_PROBABILITY)
        node->type = type_quantity(dimension_none(checker->units), units_word(checker->units, TEXT("%"), false));
    return any_poison(node) ? node_poison(checker, expr) : node;
}

static struct node *check_share(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct type plain = type_quantity(dimension_none(checker->units), NULL);
    double share = check_constant(checker, where->file, expr, &plain, NULL);
    if (share > 0 && share < 1)
        return node_const(checker, expr, plain, share);
    if (!isnan(share)) {
        struct diag *diag = diag_add(checker->diags, DIAG_CALL_ARGUMENT, expr->span, "a quantile lies between 0%% and 100%%");
        diag_help(checker->diags, diag, "write `quantile(x, 90%%)`");
    }
    return node_poison(checker, expr);
}

// expected(x), median(x), quantile(x, p)
static struct node *of_quantity(struct checker *checker, struct where *where, const struct expr *expr, enum aggregate aggregate)
{
    size_t count = aggregate == AGGREGATE_QUANTILE ? 2 : 1;
    if (!check_plain_args(checker, expr, count, count))
        return node_poison(checker, expr);
    struct node *node = node_new(checker, NODE_AGGREGATE, expr, count);
    node->aggregate = aggregate;
    node->args[0] = check_expr(checker, where, expr->args.at[0].value);
    if (count == 2)
        node->args[1] = check_share(checker, where, expr->args.at[1].value);
    bool date = node->args[0]->type.kind == KIND_DATE && aggregate != AGGREGATE_EXPECTED;
    if (any_poison(node) || (!date && !must_be_quantity(checker, node->args[0])))
        return node_poison(checker, expr);
    node->type = node->args[0]->type;
    return node;
}

struct node *check_aggregate(struct checker *checker, struct where *where, const struct expr *expr)
{
    size_t aggregate = 0;
    while (aggregate < NAME_COUNT && !text_is(expr->name.text, names[aggregate]))
        aggregate++;
    if (aggregate == NAME_COUNT)
        return NULL;
    if (where->kind != PLACE_CLAIM) {
        struct diag *diag = diag_add(checker->diags, DIAG_CLAIM_ONLY, expr->span, "only a claim may ask for `%s`", names[aggregate]);
        diag_primary(checker->diags, diag, "it speaks about all futures; this is worked out within one");
        diag_help(checker->diags, diag, "write it in a claim, and give the condition a name with `let` if it is long");
        return node_poison(checker, expr);
    }
    if (aggregate == AGGREGATE_PROBABILITY || aggregate == AGGREGATE_POSSIBLE)
        return of_condition(checker, where, expr, (enum aggregate)aggregate);
    return of_quantity(checker, where, expr, (enum aggregate)aggregate);
}
