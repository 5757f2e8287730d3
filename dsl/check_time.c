#include "dsl/check_time.h"

#include <math.h>

#include "base/buffer.h"
#include "dsl/equal.h"
#include "dsl/observe.h"

#define SECONDS_A_MONTH (SECONDS_A_YEAR / 12)

struct date_span date_span_of(struct date date)
{
    double year = date.year * 12.0;
    if (date.quarter > 0) {
        double first = year + (date.quarter - 1) * 3;
        return (struct date_span){first * SECONDS_A_MONTH, (first + 3) * SECONDS_A_MONTH};
    }
    if (date.month == 0)
        return (struct date_span){year * SECONDS_A_MONTH, (year + 12) * SECONDS_A_MONTH};
    double start = (year + date.month - 1) * SECONDS_A_MONTH;
    if (date.day == 0)
        return (struct date_span){start, (year + date.month) * SECONDS_A_MONTH};
    double day = SECONDS_A_MONTH / days_in_month(date.year, date.month);
    return (struct date_span){start + (date.day - 1) * day, start + date.day * day};
}

static bool only_digits(struct text spelling)
{
    for (size_t i = 0; i < spelling.length; i++)
        if (spelling.at[i] < '0' || spelling.at[i] > '9')
            return false;
    return true;
}

bool expr_is_date(const struct expr *expr, struct date *date)
{
    if (expr->kind == EXPR_DATE) {
        *date = expr->date;
        return true;
    }
    if (expr->kind != EXPR_NUMBER || expr->unit || expr->percent || !only_digits(expr->spelling))
        return false;
    if (expr->number < 1900 || expr->number > 2200 || expr->number != floor(expr->number))
        return false;
    *date = (struct date){.year = (int)expr->number};
    return true;
}

bool check_date(struct checker *checker, const struct expr *expr, struct date_span *span)
{
    (void)checker;
    struct date date;
    if (!expr_is_date(expr, &date))
        return false;
    *span = date_span_of(date);
    return true;
}

// ---- the timeline ------------------------------------------------------------------------------------------------------

static double step_length(struct text name)
{
    if (text_is(name, "year"))
        return SECONDS_A_YEAR;
    if (text_is(name, "quarter"))
        return SECONDS_A_YEAR / 4;
    if (text_is(name, "month"))
        return SECONDS_A_MONTH;
    return 0;
}

static struct diag *timeline_fault(struct checker *checker, struct span span, const char *message)
{
    return diag_add(checker->diags, DIAG_TIMELINE, span, "%s", message);
}

// The steps from `start` to `end`, or 0 with a diagnostic.
static int count_steps(struct checker *checker, const struct item *item, double start, double end, double length)
{
    struct diag *diag;
    if (end <= start) {
        diag = timeline_fault(checker, span_join(item->from->span, item->to->span), "the timeline ends before it begins");
        diag_help(checker->diags, diag, "write the earlier date first");
        return 0;
    }
    double begin = start / length, count = floor((end - start) / length + 0.5);
    if (begin != floor(begin) || (end - start) / length != count) {
        diag = timeline_fault(checker, span_join(item->from->span, item->to->span), "the timeline does not begin and end with whole steps");
        diag_help(checker->diags, diag, "with `by %.*s` both ends are whole %.*ss, as in `timeline 2022 .. 2040 by %.*s`", TEXT_ARGS(item->name.text),
                  TEXT_ARGS(item->name.text), TEXT_ARGS(item->name.text));
        return 0;
    }
    if (count > LIMIT_STEPS) {
        diag = timeline_fault(checker, item->span, arena_printf(checker->arena, "the timeline has more than %d steps", LIMIT_STEPS));
        diag_help(checker->diags, diag, "use longer steps or a shorter timeline");
        return 0;
    }
    return (int)count;
}

static bool timeline_dates(struct checker *checker, const struct item *item, struct date_span *from, struct date_span *to)
{
    struct date date;
    const struct expr *ends[] = {item->from, item->to};
    for (int i = 0; i < 2; i++) {
        if (!ends[i] || ends[i]->kind == EXPR_ERROR)
            return false;
        if (expr_is_date(ends[i], &date))
            continue;
        struct diag *diag = timeline_fault(checker, ends[i]->span, "a timeline runs from a date to a date");
        if (ends[i]->kind == EXPR_NUMBER)
            diag_primary(checker->diags, diag, "years go from 1900 to 2200");
        diag_help(checker->diags, diag, "write dates such as 2022Q4, as in `timeline 2022Q4 .. 2040Q4 by quarter`");
        return false;
    }
    return check_date(checker, item->from, from) && check_date(checker, item->to, to);
}

// The instant that the present stands at; false after a diagnostic. `present data` is the last instant before what counts as
// unknown.
static bool find_present(struct checker *checker, const struct expr *present, double *instant)
{
    struct date date;
    struct date_span span;
    if (present->kind == EXPR_DATA) {
        const struct observer *observer = checker->options->observer;
        *instant = (observer ? observer->vintage : checker->options->vintage) - 1;
        if (isnan(*instant))
            diag_help(checker->diags, timeline_fault(checker, present->span, "there is no data store to take the present from"), "write a date: `present 2025Q2`");
        checker->program->dated = true;
        return !isnan(*instant);
    }
    if (!expr_is_date(present, &date)) {
        diag_help(checker->diags, timeline_fault(checker, present->span, "the present is a date"), "write a date such as `present 2025Q2`, or `present data` for the vintage of the data");
        return false;
    }
    if (!check_date(checker, present, &span))
        return false;
    *instant = span.start;
    return true;
}

static const char *present_words(struct checker *checker, const struct expr *present)
{
    const struct observer *observer = checker->options->observer;
    if (present->kind != EXPR_DATA || !observer)
        return "the present lies outside the timeline";
    return arena_printf(checker->arena, "the present is the vintage of the data, %.*s, and lies outside the timeline", TEXT_ARGS(observer->vintage_text));
}

static void place_present(struct checker *checker, const struct item *item)
{
    struct timeline *timeline = &checker->program->timeline;
    double instant;
    if (!item->present || item->present->kind == EXPR_ERROR || !find_present(checker, item->present, &instant))
        return;
    int step = timeline_step_at(timeline, instant);
    if (step >= 0) {
        timeline->present = step;
        return;
    }
    struct diag *diag = diag_add(checker->diags, DIAG_DATE_OUTSIDE, item->present->span, "%s", present_words(checker, item->present));
    diag_help(checker->diags, diag, "the timeline has the steps %s to %s%s", step_words(checker, 0), step_words(checker, timeline->count - 1),
              item->present->kind == EXPR_DATA ? "; make it longer, or choose another vintage" : "");
}

static void lay_out(struct checker *checker, const struct item *item)
{
    struct date_span from, to;
    double length = item->name.text.length ? step_length(item->name.text) : SECONDS_A_YEAR / 4;
    if (length == 0) {
        struct diag *diag = timeline_fault(checker, item->name.span, "a timeline goes by year, quarter or month");
        diag_help(checker->diags, diag, "write `by quarter`, for example");
        return;
    }
    if (!timeline_dates(checker, item, &from, &to))
        return;
    int count = count_steps(checker, item, from.start, to.end, length);
    if (count == 0)
        return;
    checker->program->timeline = (struct timeline){.given = true, .start = from.start, .length = length, .count = count, .span = item->span};
    place_present(checker, item);
}

// A forecast that the root file has under a prefix only. It stands beside another one, whose present counts.
static bool is_prefixed(const struct checker *checker, size_t file)
{
    const struct taken_list *taken = &checker->taken[0];
    if (!checker->forest->files[file].is_forecast)
        return false;
    for (size_t i = 0; i < taken->count; i++)
        if (taken->at[i].prefix.length == 0 && text_equal(taken->at[i].forecast, checker->forest->files[file].forecast))
            return false;
    return taken->count > 0;
}

static bool same_steps(const struct item *a, const struct item *b)
{
    return expr_equal(a->from, b->from) && expr_equal(a->to, b->to) && text_equal(a->name.text, b->name.text);
}

static void add_timeline(struct checker *checker, const struct item *item, const struct item **first, bool prefixed)
{
    if (!*first) {
        *first = item;
        checker->program->timeline.span = item->span;
        lay_out(checker, item);
        return;
    }
    if (prefixed && same_steps(*first, item))
        return;
    struct diag *diag = diag_add(checker->diags, DIAG_TIMELINE_TWICE, item->span, "there is a timeline already");
    diag_label(checker->diags, diag, (*first)->span, "the other one");
    diag_help(checker->diags, diag, "keep one of them: all files of a run share their steps");
}

void check_timeline(struct checker *checker)
{
    const struct item *first = NULL;
    checker->program->timeline = (struct timeline){.count = 1};
    for (int prefixed = 0; prefixed < 2; prefixed++)
        for (size_t i = 0; i < checker->forest->file_count; i++) {
            if (is_prefixed(checker, i) != (prefixed == 1))
                continue;
            for (const struct item *item = checker->forest->files[i].tree->items; item; item = item->next)
                if (item->kind == ITEM_TIMELINE)
                    add_timeline(checker, item, &first, prefixed == 1);
        }
}

// ---- steps as words, trees and nodes -------------------------------------------------------------------------------------

const char *step_words(struct checker *checker, int step)
{
    return timeline_step_name(checker->arena, &checker->program->timeline, step).at;
}

struct expr *step_expr(struct checker *checker, int step)
{
    const struct timeline *timeline = &checker->program->timeline;
    struct text name = timeline_step_name(checker->arena, timeline, step);
    double months = floor((timeline->start + step * timeline->length) / SECONDS_A_MONTH + 0.5);
    int year = (int)floor(months / 12), month = (int)(months - 12.0 * year);
    struct expr *expr = arena_alloc(checker->arena, sizeof *expr);
    *expr = (struct expr){.kind = EXPR_NUMBER, .number = year, .spelling = name};
    if (timeline->length < SECONDS_A_YEAR)
        *expr = (struct expr){.kind = EXPR_DATE, .spelling = name, .date = {.year = year}};
    if (timeline->length == SECONDS_A_YEAR / 4)
        expr->date.quarter = month / 3 + 1;
    else if (timeline->length < SECONDS_A_YEAR / 4)
        expr->date.month = month + 1;
    return expr;
}

struct node *step_node(struct checker *checker, const struct expr *expr, int step)
{
    const struct timeline *timeline = &checker->program->timeline;
    return node_const(checker, expr, type_date, timeline->start + step * timeline->length);
}

// ---- comparisons ---------------------------------------------------------------------------------------------------------

// One side of a comparison: a span where a partial date is written, else an instant.
struct side {
    struct node *node;
    bool is_span;
    struct date_span span;
};

static struct side side_of(struct node *node)
{
    struct side side = {.node = node};
    struct date date;
    if (node->kind == NODE_CONST && node->expr && expr_is_date(node->expr, &date)) {
        side.is_span = true;
        side.span = date_span_of(date);
    }
    return side;
}

static enum op mirrored(enum op op)
{
    switch ((int)op) {
    case OP_LT:
        return OP_GT;
    case OP_LE:
        return OP_GE;
    case OP_GT:
        return OP_LT;
    case OP_GE:
        return OP_LE;
    }
    return op;
}

static bool compare_spans(struct date_span a, struct date_span b, enum op op)
{
    bool before = a.end <= b.start, after = a.start >= b.end;
    bool inside = a.start >= b.start && a.end <= b.end;
    switch ((int)op) {
    case OP_LT:
        return before;
    case OP_LE:
        return !after;
    case OP_GT:
        return after;
    case OP_GE:
        return !before;
    case OP_EQ:
        return inside;
    }
    return !inside;
}

static struct node *instant_against(struct checker *checker, const struct expr *expr, enum op op, struct node *x, struct date_span span)
{
    struct node *start = node_const(checker, expr, type_date, span.start), *end = node_const(checker, expr, type_date, span.end);
    switch ((int)op) {
    case OP_LT:
        return node_apply(checker, expr, OP_LT, type_truth, x, start);
    case OP_LE:
        return node_apply(checker, expr, OP_LT, type_truth, x, end);
    case OP_GT:
        return node_apply(checker, expr, OP_GE, type_truth, x, end);
    case OP_GE:
        return node_apply(checker, expr, OP_GE, type_truth, x, start);
    case OP_EQ:
        return node_apply(checker, expr, OP_AND, type_truth, node_apply(checker, expr, OP_GE, type_truth, x, start),
                          node_apply(checker, expr, OP_LT, type_truth, x, end));
    }
    // Not the negation of `=`: a date that never comes is false in every comparison.
    return node_apply(checker, expr, OP_OR, type_truth, node_apply(checker, expr, OP_LT, type_truth, x, start),
                      node_apply(checker, expr, OP_GE, type_truth, x, end));
}

struct node *check_date_comparison(struct checker *checker, struct where *where, const struct expr *expr, enum op op, struct node *a, struct node *b)
{
    (void)where;
    if (node_is_poison(a) || node_is_poison(b))
        return node_poison(checker, expr);
    struct side left = side_of(a), right = side_of(b);
    if (left.is_span && right.is_span)
        return node_const(checker, expr, type_truth, compare_spans(left.span, right.span, op));
    if (right.is_span)
        return instant_against(checker, expr, op, a, right.span);
    if (left.is_span)
        return instant_against(checker, expr, mirrored(op), b, left.span);
    return node_apply(checker, expr, op, type_truth, a, b);
}
