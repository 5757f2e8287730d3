// sum, product, mean, min, max and count: over the members of an index, or over a window of time.
#include <math.h>

#include "base/buffer.h"
#include "dsl/checker.h"

static bool reduce_named(struct text name, enum reduce *reduce)
{
    static const struct {
        const char *name;
        enum reduce reduce;
    } names[] = {
        {"sum", REDUCE_SUM}, {"product", REDUCE_PRODUCT}, {"mean", REDUCE_MEAN}, {"min", REDUCE_MIN}, {"max", REDUCE_MAX}, {"count", REDUCE_COUNT},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_is(name, names[i].name)) {
            *reduce = names[i].reduce;
            return true;
        }
    return false;
}

// ---- over an index -----------------------------------------------------------------------------------------------------

// The type of a reduction of x over `count` members; a diagnostic and false when it has none.
static bool reduced_type(struct checker *checker, enum reduce reduce, const struct node *x, size_t count, struct type *type)
{
    const struct dimension *none = dimension_none(checker->units);
    *type = x->type;
    type->fraction = false;
    if (reduce == REDUCE_COUNT) {
        *type = type_quantity(none, NULL);
        return must_be_truth(checker, x);
    }
    if (!must_be_quantity(checker, x))
        return false;
    if (reduce != REDUCE_PRODUCT || x->type.dimension == none)
        return true;
    const struct dimension *power = count == 0 || count > 100 ? NULL : dimension_power(checker->units, x->type.dimension, (int)count, 1);
    *type = type_quantity(power, NULL);
    if (power == NULL)
        return must_be_plain(checker, x, "this `product`");
    return true;
}

static struct node *over_index(struct checker *checker, struct where *where, const struct expr *expr, enum reduce reduce)
{
    const struct arg *arg = &expr->args.at[0];
    if (expr->args.count != 1) {
        struct diag *diag = diag_add(checker->diags, DIAG_CALL_COUNT, expr->span, "`%.*s` over an index takes one argument", TEXT_ARGS(expr->name.text));
        diag_help(checker->diags, diag, "write `%.*s(x[i] over i in S)`", TEXT_ARGS(expr->name.text));
        return node_poison(checker, expr);
    }
    struct param param = {.name = arg->over, .set = arg->in};
    const struct index *const *index;
    if (!check_params(checker, where, &(struct param_list){.at = &param, .count = 1}, &index))
        return node_poison(checker, expr);
    struct node *node = node_new(checker, NODE_REDUCE, expr, 1);
    node->args[0] = check_expr(checker, where, arg->value);
    node->slot = (int)--where->binder_count;
    node->index = *index;
    node->reduce = reduce;
    if (any_poison(node) || !reduced_type(checker, reduce, node->args[0], node->index->count, &node->type))
        return node_poison(checker, expr);
    return node;
}

// ---- over time ---------------------------------------------------------------------------------------------------------

static bool is_window(const struct expr *expr)
{
    struct date date;
    return expr->kind == EXPR_RANGE || expr->kind == EXPR_DATE || expr_is_date(expr, &date);
}

// One end of a window: a written date stands for its span, anything else for its instant.
static struct node *check_end(struct checker *checker, struct where *where, const struct expr *expr, bool last)
{
    struct date date;
    struct node *node = check_as(checker, where, expr, &type_date, NULL);
    if (node_is_poison(node) || !expr_is_date(expr, &date))
        return node;
    struct date_span span = date_span_of(date);
    return node_const(checker, expr, type_date, last ? span.end : span.start);
}

static bool read_window(struct checker *checker, struct where *where, const struct expr *window, struct node *node)
{
    bool range = window->kind == EXPR_RANGE;
    if (range && window->args.count != 2) {
        diag_help(checker->diags, diag_add(checker->diags, DIAG_CALL_ARGUMENT, window->span, "a window of time has two ends"), "write `2025 .. 2027`");
        return false;
    }
    node->args[1] = check_end(checker, where, range ? window->args.at[0].value : window, false);
    node->args[2] = check_end(checker, where, range ? window->args.at[1].value : window, true);
    return !node_is_poison(node->args[1]) && !node_is_poison(node->args[2]);
}

// A window whose ends are known must be inside the timeline, but for what `before` speaks of.
static bool window_fits(struct checker *checker, const struct expr *window, const struct node *node)
{
    const struct timeline *timeline = &checker->program->timeline;
    double first, last, end = timeline->start + timeline->length * timeline->count;
    double slack = timeline->length * 1e-6;
    bool known_first = node_is_constant(node->args[1], &first), known_last = node_is_constant(node->args[2], &last);
    if (known_first && known_last && !(first < last)) {
        struct diag *diag = diag_add(checker->diags, DIAG_WINDOW_EMPTY, window->span, "this window is empty");
        diag_help(checker->diags, diag, "put the earlier date first");
        return false;
    }
    bool early = known_first && first < timeline->start - slack && node->count < 4;
    bool late = known_last && last > end + slack;
    if (!early && !late)
        return true;
    struct diag *diag = diag_add(checker->diags, DIAG_DATE_OUTSIDE, window->span, "this window reaches beyond the timeline");
    diag_label(checker->diags, diag, timeline->span, "the timeline");
    if (early)
        diag_help(checker->diags, diag, "start it later, or say what was before: `%.*s(x, ..., before)`", TEXT_ARGS(node->expr->name.text));
    else
        diag_help(checker->diags, diag, "end it earlier, or make the timeline longer");
    return false;
}

// x is per time: its sum over time is an amount.
static bool integrate(struct checker *checker, struct node *node)
{
    const struct node *x = node->args[0];
    const struct unit *second = units_word(checker->units, TEXT("s"), false);
    if (dimension_is_rate(checker->units, x->type.dimension)) {
        node->integrate = true;
        node->type = type_quantity(dimension_product(checker->units, x->type.dimension, second->dimension, 1), NULL);
        return true;
    }
    const char *words = type_words(checker, &x->type);
    struct diag *diag = diag_add(checker->diags, DIAG_SUM_STOCK, x->expr->span, "a sum over time needs something per time, found %s", words);
    diag_primary(checker->diags, diag, "the sum of a stock counts the same thing at every step");
    diag_help(checker->diags, diag, "write `mean(...)`, `max(...)` or `... at 2027` of a stock; sum what is added per year");
    return false;
}

static bool window_type(struct checker *checker, struct node *node)
{
    const struct node *x = node->args[0];
    if (!reduced_type(checker, node->reduce, x, 0, &node->type))
        return false;
    return node->reduce != REDUCE_SUM || integrate(checker, node);
}

static bool takes_before(struct checker *checker, struct where *where, const struct expr *expr, struct node *node)
{
    if (node->count < 4)
        return true;
    node->args[3] = check_as(checker, where, expr->args.at[2].value, &node->args[0]->type, NULL);
    return !node_is_poison(node->args[3]);
}

static struct node *over_time(struct checker *checker, struct where *where, const struct expr *expr, enum reduce reduce)
{
    if (!must_have_timeline(checker, expr, arena_printf(checker->arena, "%.*s over time", TEXT_ARGS(expr->name.text))))
        return node_poison(checker, expr);
    if (!check_plain_args(checker, expr, 2, 3) || !is_timeless_place(checker, where, expr))
        return node_poison(checker, expr);
    struct node *node = node_new(checker, NODE_WINDOW, expr, expr->args.count + 1);
    node->reduce = reduce;
    node->args[0] = check_expr(checker, where, expr->args.at[0].value);
    bool good = read_window(checker, where, expr->args.at[1].value, node) && !node_is_poison(node->args[0]);
    good = good && window_type(checker, node) && takes_before(checker, where, expr, node);
    return good && window_fits(checker, expr->args.at[1].value, node) ? node : node_poison(checker, expr);
}

static struct node *report_reduction(struct checker *checker, const struct expr *expr)
{
    struct text name = expr->name.text;
    struct diag *diag = diag_add(checker->diags, DIAG_CALL_ARGUMENT, expr->span, "`%.*s` over what?", TEXT_ARGS(name));
    diag_primary(checker->diags, diag, "neither an index nor a window of time");
    diag_help(checker->diags, diag, "write `%.*s(x[i] over i in S)` or `%.*s(x, 2025 .. 2027)`", TEXT_ARGS(name), TEXT_ARGS(name));
    return node_poison(checker, expr);
}

struct node *check_reduction(struct checker *checker, struct where *where, const struct expr *expr)
{
    enum reduce reduce;
    if (!reduce_named(expr->name.text, &reduce))
        return NULL;
    bool pointwise = reduce == REDUCE_MIN || reduce == REDUCE_MAX;
    if (expr->args.count == 0)
        return pointwise ? NULL : report_reduction(checker, expr);
    if (expr->args.at[0].over.text.length > 0)
        return over_index(checker, where, expr, reduce);
    bool window = expr->args.count >= 2 && is_window(expr->args.at[1].value);
    if (window && (!pointwise || expr->args.count == 2 || expr->args.at[1].value->kind == EXPR_RANGE))
        return over_time(checker, where, expr, reduce);
    return pointwise ? NULL : report_reduction(checker, expr);
}
