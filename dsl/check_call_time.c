// Calls that look along time: previous, lag, growth, interpolate, when.
#include <math.h>

#include "base/buffer.h"
#include "dsl/checker.h"

bool is_timeless_place(struct checker *checker, const struct where *where, const struct expr *expr)
{
    if (where->kind != PLACE_FUNCTION)
        return true;
    struct diag *diag = diag_add(checker->diags, DIAG_FUNCTION_IMPURE, expr->span, "a `def` is worked out within one step");
    diag_primary(checker->diags, diag, "`%.*s` looks at other steps", TEXT_ARGS(expr->name.text));
    diag_help(checker->diags, diag, "use `%.*s` where the function is called, or write a `let`", TEXT_ARGS(expr->name.text));
    return false;
}

// ---- previous, lag, growth ---------------------------------------------------------------------------------------------

// A whole number of steps, from a duration that is known beforehand; 0 after a diagnostic.
static int lag_steps(struct checker *checker, struct where *where, const struct expr *expr)
{
    const struct unit *year = units_word(checker->units, TEXT("year"), false);
    struct type duration = type_quantity(year->dimension, year);
    double seconds = check_constant(checker, where->file, expr, &duration, NULL);
    if (isnan(seconds))
        return 0;
    double steps = seconds / checker->program->timeline.length, whole = rint(steps);
    if (whole >= 1 && whole < 1e6 && fabs(steps - whole) < 1e-9 * whole)
        return (int)whole;
    struct diag *diag = diag_add(checker->diags, DIAG_LAG_STEPS, expr->span, "a lag is a whole number of steps, at least one");
    diag_label(checker->diags, diag, checker->program->timeline.span, "the steps are given here");
    diag_help(checker->diags, diag, "take a multiple of a step's length, or a timeline with shorter steps");
    return 0;
}

// x of the step before; a definition without a type that looks back at itself is taken to be like `before`.
static struct node *check_earlier(struct checker *checker, struct where *where, const struct expr *expr, const struct type *before)
{
    where->recursive = expr->kind == EXPR_REF && before != NULL && before->kind != KIND_ERROR ? before : NULL;
    checker->delayed++;
    struct node *node = check_expr(checker, where, expr);
    checker->delayed--;
    where->recursive = NULL;
    return node;
}

static struct node *check_previous(struct checker *checker, struct where *where, const struct expr *expr, bool lag)
{
    size_t count = lag ? 3 : 2;
    if (expr->args.count + 1 == count) {
        struct diag *diag = diag_add(checker->diags, DIAG_CALL_COUNT, expr->span, "`%.*s` needs the value before the first step", TEXT_ARGS(expr->name.text));
        diag_help(checker->diags, diag, lag ? "write `lag(x, 4 quarters, before)`" : "write `previous(x, before)`");
        return node_poison(checker, expr);
    }
    if (!check_plain_args(checker, expr, count, count) || !is_timeless_place(checker, where, expr))
        return node_poison(checker, expr);
    struct node *node = node_new(checker, lag ? NODE_LAG : NODE_PREVIOUS, expr, 2);
    node->steps = lag ? lag_steps(checker, where, expr->args.at[1].value) : 1;
    node->args[1] = check_expr(checker, where, expr->args.at[count - 1].value);
    node->args[0] = check_earlier(checker, where, expr->args.at[0].value, &node->args[1]->type);
    const char *what = arena_printf(checker->arena, "the value and the one before the first step in `%.*s`", TEXT_ARGS(expr->name.text));
    if (node->steps == 0 || any_poison(node) || !must_agree(checker, node->args[0], node->args[1], what))
        return node_poison(checker, expr);
    node->type = node->args[0]->type;
    return node;
}

static struct node *check_growth(struct checker *checker, struct where *where, const struct expr *expr)
{
    if (!check_plain_args(checker, expr, 1, 1) || !is_timeless_place(checker, where, expr))
        return node_poison(checker, expr);
    struct node *node = node_new(checker, NODE_GROWTH, expr, 1);
    node->args[0] = check_expr(checker, where, expr->args.at[0].value);
    node->type = type_quantity(dimension_none(checker->units), NULL);
    return must_be_quantity(checker, node->args[0]) ? node : node_poison(checker, expr);
}

static struct node *check_when(struct checker *checker, struct where *where, const struct expr *expr)
{
    if (!check_plain_args(checker, expr, 1, 1) || !is_timeless_place(checker, where, expr))
        return node_poison(checker, expr);
    struct node *node = node_new(checker, NODE_WHEN, expr, 1);
    node->args[0] = check_condition(checker, where, expr->args.at[0].value);
    node->steps = where->start;
    node->type = type_date;
    if (any_poison(node))
        return node_poison(checker, expr);
    warn_constant(checker, node->args[0]);
    return node;
}

// ---- interpolate -------------------------------------------------------------------------------------------------------

static bool is_hold(const struct arg *arg)
{
    return arg->label == NULL && arg->value->kind == EXPR_REF && arg->value->args.count == 0 && text_is(arg->value->name.text, "hold");
}

static bool read_instant(struct checker *checker, const struct expr *expr, size_t i, double *instants)
{
    const struct arg *arg = &expr->args.at[i];
    struct date date;
    if (arg->label == NULL || !expr_is_date(arg->label, &date)) {
        struct diag *diag = diag_add(checker->diags, DIAG_CALL_ARGUMENT, arg->label == NULL ? arg->value->span : arg->label->span,
                                     "a point of `interpolate` starts with its date");
        diag_help(checker->diags, diag, "write `interpolate(2025: 5, 2026: 11)`; a last argument `hold` keeps the ends");
        return false;
    }
    struct date_span span;
    if (!check_date(checker, arg->label, &span))
        return false;
    instants[i] = span.end;
    if (i == 0 || instants[i] > instants[i - 1])
        return true;
    struct diag *diag = diag_add(checker->diags, DIAG_CALL_ARGUMENT, arg->label->span, "this point does not come after the one before it");
    diag_label(checker->diags, diag, expr->args.at[i - 1].label->span, "the point before");
    diag_help(checker->diags, diag, "write the points in order of time; a point stands at the end of its period");
    return false;
}

// Straight lines in the logarithm, unless a point is known not to be positive.
static bool is_logarithmic(const struct node *node)
{
    double value;
    for (size_t i = 0; i < node->count; i++)
        if (node_is_constant(node->args[i], &value) && !(value > 0))
            return false;
    return true;
}

static bool check_points(struct checker *checker, struct where *where, struct node *node, double *instants, const struct type *type, const struct unit *unit)
{
    const struct expr *expr = node->expr;
    bool good = true;
    for (size_t i = 0; i < node->count; i++) {
        good = read_instant(checker, expr, i, instants) && good;
        node->args[i] = check_wanted(checker, where, expr->args.at[i].value, type, unit);
    }
    good = good && !any_poison(node);
    for (size_t i = 0; i < node->count && good; i++)
        good = must_be_quantity(checker, node->args[i]) && must_agree(checker, node->args[0], node->args[i], "the points of `interpolate`");
    return good;
}

struct node *check_interpolate(struct checker *checker, struct where *where, const struct expr *expr, const struct type *type, const struct unit *unit)
{
    if (!must_have_timeline(checker, expr, "interpolate") || !is_timeless_place(checker, where, expr))
        return node_poison(checker, expr);
    size_t count = expr->args.count;
    bool hold = count > 0 && is_hold(&expr->args.at[count - 1]);
    count -= hold;
    if (count == 0) {
        diag_help(checker->diags, diag_add(checker->diags, DIAG_CALL_COUNT, expr->span, "`interpolate` needs points"),
                  "write `interpolate(2025: 5, 2026: 11)`");
        return node_poison(checker, expr);
    }
    struct node *node = node_new(checker, NODE_PATH, expr, count);
    double *instants = arena_array(checker->arena, count, sizeof *instants);
    if (!check_points(checker, where, node, instants, type, unit))
        return node_poison(checker, expr);
    struct path *path = arena_alloc(checker->arena, sizeof *path);
    *path = (struct path){.count = count, .instants = instants, .hold = hold, .logarithmic = is_logarithmic(node)};
    node->path = path;
    node->type = node->args[0]->type;
    return node;
}

// ---- all ---------------------------------------------------------------------------------------------------------------

struct node *check_call_time(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct text name = expr->name.text;
    if (text_is(name, "interpolate"))
        return check_interpolate(checker, where, expr, NULL, NULL);
    bool previous = text_is(name, "previous"), lag = text_is(name, "lag"), growth = text_is(name, "growth"), when = text_is(name, "when");
    if (!previous && !lag && !growth && !when)
        return NULL;
    if (!must_have_timeline(checker, expr, arena_printf(checker->arena, "%.*s", TEXT_ARGS(name))))
        return node_poison(checker, expr);
    if (growth)
        return check_growth(checker, where, expr);
    return when ? check_when(checker, where, expr) : check_previous(checker, where, expr, lag);
}
