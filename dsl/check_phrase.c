// Time phrases: `x at T`, `F by T`, `F throughout A .. B` and their like.
#include "dsl/check_time.h"

#include <math.h>

#include "base/buffer.h"

// The date of a phrase, or one end of its window: a span known now, or an instant that a future decides.
struct edge {
    const struct expr *expr;
    bool known;
    struct date_span span;
    struct node *node; // when not known
};

static const char *word(const struct expr *expr)
{
    return phrase_words[expr->phrase];
}

static struct node *phrase_fault(struct checker *checker, const struct expr *expr, struct span span, const char *message, const char *help)
{
    struct diag *diag = diag_add(checker->diags, DIAG_TIME_KIND, span, "%s", message);
    diag_help(checker->diags, diag, "%s", help);
    return node_poison(checker, expr);
}

static struct node *when_node(struct checker *checker, const struct where *where, const struct expr *expr, struct node *condition)
{
    struct node *node = node_new(checker, NODE_WHEN, expr, 1);
    node->args[0] = condition;
    node->type = type_date;
    node->steps = where->start;
    return node;
}

static bool check_loose_edge(struct checker *checker, struct where *where, const struct expr *phrase, struct edge *edge)
{
    struct node *node = edge->expr->kind == EXPR_HOLE ? check_hole(checker, where, edge->expr, &type_date) : check_expr(checker, where, edge->expr);
    if (node_is_poison(node))
        return false;
    if (node->kind == NODE_HOLE && where->claim)
        where->claim->hole.kind = HOLE_DATE;
    if (node->type.kind == KIND_TRUTH && phrase->phrase == PHRASE_UNTIL)
        node = when_node(checker, where, edge->expr, node);
    if (node->type.kind != KIND_DATE) {
        phrase_fault(checker, phrase, edge->expr->span, arena_printf(checker->arena, "`%s` needs a date, and this is %s", word(phrase), type_words(checker, &node->type)),
                     phrase->phrase == PHRASE_UNTIL ? "write a date such as 2027Q4, or a condition in parentheses: `until (gap < 2)`"
                                                    : "write a date such as 2027, 2027Q4 or 2027-04, or the name of one");
        return false;
    }
    double value;
    if (node_is_constant(node, &value) && isfinite(value)) {
        edge->known = true;
        edge->span = (struct date_span){value, value};
        return true;
    }
    if (node_varies(node)) {
        phrase_fault(checker, phrase, edge->expr->span, arena_printf(checker->arena, "the date after `%s` changes from step to step", word(phrase)),
                     "use a date that is the same at every step: a written date, an input, or `when(...)`");
        return false;
    }
    edge->node = node;
    return true;
}

static bool check_edge(struct checker *checker, struct where *where, const struct expr *phrase, size_t position, struct edge *edge)
{
    struct date date;
    *edge = (struct edge){.expr = phrase->args.at[position].value};
    if (edge->expr->kind == EXPR_ERROR)
        return false;
    if (!expr_is_date(edge->expr, &date))
        return check_loose_edge(checker, where, phrase, edge);
    edge->known = true;
    return check_date(checker, edge->expr, &edge->span);
}

// ---- phrases behind a date are comparisons -----------------------------------------------------------------------------------

static struct node *date_argument(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct node *node = check_as(checker, where, expr, &type_date, NULL);
    if (node->kind == NODE_HOLE && where->claim)
        where->claim->hole.kind = HOLE_DATE;
    return node;
}

static struct node *date_between(struct checker *checker, struct where *where, const struct expr *expr, struct node *x)
{
    struct node *from = date_argument(checker, where, expr->args.at[1].value);
    if (expr->args.count < 3)
        return check_date_comparison(checker, where, expr, OP_EQ, x, from);
    struct node *to = date_argument(checker, where, expr->args.at[2].value);
    struct node *low = check_date_comparison(checker, where, expr, OP_GE, x, from), *high = check_date_comparison(checker, where, expr, OP_LE, x, to);
    if (node_is_poison(low) || node_is_poison(high))
        return node_poison(checker, expr);
    return node_apply(checker, expr, OP_AND, type_truth, low, high);
}

static struct node *phrase_of_date(struct checker *checker, struct where *where, const struct expr *expr, struct node *x)
{
    enum op op = OP_NONE;
    switch (expr->phrase) {
    case PHRASE_AT:
        op = OP_EQ;
        break;
    case PHRASE_BY:
        op = OP_LE;
        break;
    case PHRASE_BEFORE:
        op = OP_LT;
        break;
    case PHRASE_AFTER:
        op = OP_GT;
        break;
    case PHRASE_FROM:
        op = OP_GE;
        break;
    case PHRASE_DURING:
        return date_between(checker, where, expr, x);
    case PHRASE_UNTIL:
    case PHRASE_THROUGHOUT:
        return phrase_fault(checker, expr, expr->op_span, arena_printf(checker->arena, "`%s` cannot follow a date", word(expr)),
                            "compare the date: `by`, `before`, `after`, `from` or `during`; or write a condition before the phrase");
    }
    return check_date_comparison(checker, where, expr, op, x, date_argument(checker, where, expr->args.at[1].value));
}

// ---- windows ---------------------------------------------------------------------------------------------------------------

static bool report_outside(struct checker *checker, const struct edge *edge)
{
    const struct timeline *timeline = &checker->program->timeline;
    struct diag *diag = diag_add(checker->diags, DIAG_DATE_OUTSIDE, edge->expr->span, "this date lies outside the timeline");
    diag_primary(checker->diags, diag, "the timeline runs from %s to %s", step_words(checker, 0), step_words(checker, timeline->count - 1));
    diag_label(checker->diags, diag, timeline->span, "said here");
    diag_help(checker->diags, diag, "use a date between them, or make the timeline longer");
    return false;
}

// The first and the last step that share an instant with a known edge; cut to the timeline.
static bool edge_steps(struct checker *checker, const struct edge *edge, int *first, int *last)
{
    const struct timeline *timeline = &checker->program->timeline;
    double end = timeline->start + timeline->count * timeline->length;
    double inside = edge->span.end > edge->span.start ? edge->span.end - 1 : edge->span.end; // an instant of the span, near its end
    if (edge->span.start >= end - 0.5 || inside < timeline->start - 0.5)
        return report_outside(checker, edge);
    *first = edge->span.start < timeline->start ? 0 : timeline_step_at(timeline, edge->span.start);
    *last = inside >= end ? timeline->count - 1 : timeline_step_at(timeline, inside);
    return true;
}

static struct node *shifted(struct checker *checker, const struct edge *edge, double steps)
{
    if (steps == 0)
        return edge->node;
    struct type duration = {.kind = KIND_QUANTITY};
    struct node *shift = node_const(checker, edge->expr, duration, steps * checker->program->timeline.length);
    return node_apply(checker, edge->expr, OP_ADD, type_date, edge->node, shift);
}

// A window: each end is a step, or a node when a future decides it.
struct window {
    int first, last;
    struct node *first_node, *last_node; // NULL when the step is known
};

// Sets one end of the window to an edge, `shift` steps further. `late`: from the last step of the edge's span, not the first.
static bool place(struct checker *checker, const struct edge *edge, bool late, int shift, int *step, struct node **node)
{
    int first, last;
    if (!edge->known) {
        *node = shifted(checker, edge, shift);
        return true;
    }
    if (!edge_steps(checker, edge, &first, &last))
        return false;
    *step = (late ? last : first) + shift;
    return true;
}

static bool place_window(struct checker *checker, const struct expr *expr, const struct edge edges[2], struct window *window)
{
    switch (expr->phrase) {
    case PHRASE_AT:
        return place(checker, &edges[0], true, 0, &window->first, &window->first_node);
    case PHRASE_BY:
        return place(checker, &edges[0], true, 0, &window->last, &window->last_node);
    case PHRASE_BEFORE:
    case PHRASE_UNTIL:
        return place(checker, &edges[0], false, -1, &window->last, &window->last_node);
    case PHRASE_AFTER:
        return place(checker, &edges[0], true, 1, &window->first, &window->first_node);
    case PHRASE_FROM:
        return place(checker, &edges[0], false, 0, &window->first, &window->first_node);
    case PHRASE_DURING:
    case PHRASE_THROUGHOUT:
        return place(checker, &edges[0], false, 0, &window->first, &window->first_node) &&
               place(checker, &edges[expr->args.count > 2], true, 0, &window->last, &window->last_node);
    }
    return false;
}

static struct node *report_empty(struct checker *checker, const struct where *where, const struct expr *expr)
{
    enum phrase phrase = expr->phrase;
    struct span dates = span_join(expr->args.at[1].value->span, expr->args.at[expr->args.count - 1].value->span);
    struct diag *diag = diag_add(checker->diags, DIAG_WINDOW_EMPTY, dates, "no step of the timeline lies in this window");
    if (phrase == PHRASE_BY || phrase == PHRASE_BEFORE || phrase == PHRASE_UNTIL) {
        diag_primary(checker->diags, diag, "`%s` looks from the claim's start, %s", word(expr), step_words(checker, where->start));
        diag_help(checker->diags, diag, "a claim looks forward from its start; of the past say `at`, `during` or `throughout`");
    } else if (phrase == PHRASE_AFTER) {
        diag_primary(checker->diags, diag, "the timeline ends in %s", step_words(checker, checker->program->timeline.count - 1));
        diag_help(checker->diags, diag, "use an earlier date, or make the timeline longer");
    } else {
        diag_help(checker->diags, diag, "write the earlier date first");
    }
    return node_poison(checker, expr);
}

static void note_phrase(struct checker *checker, const struct expr *expr, const struct window *window, size_t mark)
{
    const struct expr *x = explicit_expr(checker, expr->args.at[0].value, mark);
    struct expr *to;
    checker->rewrites.count = mark;
    if (window->first_node || window->last_node) {
        to = arena_alloc(checker->arena, sizeof *to);
        *to = *expr;
        to->args.at = arena_array(checker->arena, expr->args.count, sizeof *to->args.at);
        for (size_t i = 0; i < expr->args.count; i++)
            to->args.at[i] = expr->args.at[i];
        to->args.at[0].value = x == expr->args.at[0].value ? expr->args.at[0].value : phrase_expr(checker, expr->phrase, x, 0, 0)->args.at[0].value;
    } else {
        bool every = expr->phrase == PHRASE_FROM || expr->phrase == PHRASE_UNTIL || expr->phrase == PHRASE_THROUGHOUT;
        to = phrase_expr(checker, expr->phrase == PHRASE_AT ? PHRASE_AT : every ? PHRASE_THROUGHOUT : PHRASE_DURING, x, window->first, window->last);
        to->span = expr->span;
        to->parenthesised = expr->parenthesised;
    }
    note_rewrite(checker, expr, to);
}

static struct node *window_node(struct checker *checker, const struct expr *expr, struct node *x, const struct window *window)
{
    bool at = expr->phrase == PHRASE_AT;
    struct node *node = node_new(checker, NODE_TIME, expr, at ? 2 : 3);
    node->phrase = expr->phrase;
    node->type = x->type;
    node->args[0] = x;
    node->args[1] = window->first_node ? window->first_node : step_node(checker, expr, window->first);
    if (!at)
        node->args[2] = window->last_node ? window->last_node : step_node(checker, expr, window->last);
    return node;
}

static struct node *report_quantity(struct checker *checker, const struct expr *expr, const struct node *x)
{
    const char *message = arena_printf(checker->arena, "`%s` dates a condition, and this is %s", word(expr), type_words(checker, &x->type));
    return phrase_fault(checker, expr, expr->args.at[0].value->span, message,
                        "a quantity is taken `at` a date; other phrases need a condition, such as `gap > 5 by 2027`, or a date before them");
}

static void report_no_timeline(struct checker *checker, const struct expr *expr)
{
    struct diag *diag = diag_add(checker->diags, DIAG_NO_TIMELINE, expr->op_span, "`%s` needs a timeline", word(expr));
    diag_help(checker->diags, diag, "say which steps the model has, as in `timeline 2022Q4 .. 2040Q4 by quarter`, or `use` a forecast");
}

struct node *check_time_phrase(struct checker *checker, struct where *where, const struct expr *expr)
{
    size_t mark = checker->rewrites.count;
    struct node *x = check_expr(checker, where, expr->args.at[0].value);
    if (!node_is_poison(x) && x->type.kind == KIND_DATE)
        return phrase_of_date(checker, where, expr, x);
    if (!checker->program->timeline.given) {
        if (checker->program->timeline.span.end == 0 && !node_is_poison(x))
            report_no_timeline(checker, expr);
        return node_poison(checker, expr); // silent where a timeline was written and could not be laid out
    }
    struct edge edges[2];
    bool known = check_edge(checker, where, expr, 1, &edges[0]);
    edges[1] = edges[0];
    if (expr->args.count > 2)
        known = check_edge(checker, where, expr, 2, &edges[1]) && known;
    if (node_is_poison(x) || !known)
        return node_poison(checker, expr);
    if (x->type.kind != KIND_TRUTH && expr->phrase != PHRASE_AT)
        return report_quantity(checker, expr, x);
    struct window window = {.first = where->start, .last = checker->program->timeline.count - 1};
    if (!place_window(checker, expr, edges, &window))
        return node_poison(checker, expr);
    if (expr->phrase != PHRASE_AT && !window.first_node && !window.last_node && window.first > window.last)
        return report_empty(checker, where, expr);
    if (window.first >= checker->program->timeline.count)
        return report_empty(checker, where, expr);
    note_phrase(checker, expr, &window, mark);
    return window_node(checker, expr, x, &window);
}

// ---- trees with their phrases made explicit -----------------------------------------------------------------------------------

void note_rewrite(struct checker *checker, const struct expr *from, const struct expr *to)
{
    vector_push(checker->arena, &checker->rewrites, ((struct rewrite){from, to}));
}

// A phrase follows comparisons and what binds tighter.
static bool needs_parentheses(const struct expr *expr)
{
    if (expr->parenthesised)
        return false;
    if (expr->kind == EXPR_QUANTIFIED || expr->kind == EXPR_IF)
        return true;
    return expr->kind == EXPR_APPLY && (expr->op == OP_AND || expr->op == OP_OR || expr->op == OP_NOT || expr->op == OP_IMPLIES || expr->op == OP_UNLESS);
}

static struct expr *shallow(struct checker *checker, const struct expr *expr)
{
    struct expr *copy = arena_alloc(checker->arena, sizeof *copy);
    *copy = *expr;
    if (expr->args.count)
        copy->args.at = arena_array(checker->arena, expr->args.count, sizeof *copy->args.at);
    for (size_t i = 0; i < expr->args.count; i++)
        copy->args.at[i] = expr->args.at[i];
    copy->args.room = copy->args.count;
    return copy;
}

struct expr *phrase_expr(struct checker *checker, enum phrase phrase, const struct expr *x, int first, int last)
{
    struct expr *dated = shallow(checker, x), *expr = arena_alloc(checker->arena, sizeof *expr);
    dated->parenthesised = x->parenthesised || needs_parentheses(x);
    if (first == last)
        phrase = PHRASE_AT;
    *expr = (struct expr){.kind = EXPR_TIME, .phrase = phrase, .span = x->span};
    expr->args.count = expr->args.room = phrase == PHRASE_AT ? 2 : 3;
    expr->args.at = arena_array(checker->arena, expr->args.count, sizeof *expr->args.at);
    expr->args.at[0].value = dated;
    expr->args.at[1].value = step_expr(checker, first);
    if (phrase != PHRASE_AT)
        expr->args.at[2].value = step_expr(checker, last);
    return expr;
}

static const struct expr *rewritten(const struct checker *checker, const struct expr *expr, size_t mark)
{
    for (size_t i = checker->rewrites.count; i > mark; i--)
        if (checker->rewrites.at[i - 1].from == expr)
            return checker->rewrites.at[i - 1].to;
    return NULL;
}

const struct expr *explicit_expr(struct checker *checker, const struct expr *expr, size_t mark)
{
    if (checker->rewrites.count == mark)
        return expr;
    const struct expr *to = rewritten(checker, expr, mark);
    if (to)
        return to;
    struct expr *copy = NULL;
    for (size_t i = 0; i < expr->args.count; i++) {
        const struct expr *value = expr->args.at[i].value;
        const struct expr *new_value = value ? explicit_expr(checker, value, mark) : value;
        if (new_value == value)
            continue;
        if (!copy)
            copy = shallow(checker, expr);
        copy->args.at[i].value = shallow(checker, new_value); // nodes point to trees that may be changed; the rewritten one may not
    }
    return copy ? copy : expr;
}

bool expr_has_time(const struct expr *expr)
{
    if (expr->kind == EXPR_TIME)
        return true;
    if (expr->kind == EXPR_CALL && text_is(expr->name.text, "when"))
        return false;
    for (size_t i = 0; i < expr->args.count; i++)
        if (expr->args.at[i].value && expr_has_time(expr->args.at[i].value))
            return true;
    return false;
}
