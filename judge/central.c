#include "judge/inquiry.h"

#include <math.h>

// One point; `columns` NULL: everything at its central value.
static double **values_at(struct work *work, const value_id *roots, size_t count, const double *columns)
{
    double **results = arena_array(work->scratch, count, sizeof *results);
    for (size_t i = 0; i < count; i++)
        results[i] = arena_array(work->scratch, 1, sizeof **results);
    const struct tape *tape = tape_make(work->scratch, work->model, roots, count);
    const double **points = arena_array(work->scratch, work->model->column_count, sizeof *points);
    for (size_t c = 0; columns && c < work->model->column_count; c++)
        if (column_is(work->model, c, COLUMN_INPUT))
            points[c] = &columns[c];
    work_points(work, tape, work->fixed, points, 1, results);
    return results;
}

double *central_columns(const struct work *work)
{
    const struct model *model = work->model;
    double *columns = arena_array(work->arena, model->column_count, sizeof *columns);
    for (size_t i = 0; i < model->column_count; i++)
        columns[i] = column_is(model, i, COLUMN_INPUT) ? column_central(&model->columns[i]) : work->fixed[i];
    return columns;
}

static bool is_order(enum op op)
{
    return op == OP_LT || op == OP_LE || op == OP_GT || op == OP_GE;
}

struct sides {
    double left, right, truth;
};

// Whether a decides rather than b: the best step where one suffices, else the worst; without a value is worst.
static bool decides(const struct comparison *comparison, struct sides a, struct sides b)
{
    if (isnan(a.truth) != isnan(b.truth))
        return isnan(a.truth) != comparison->any;
    if (a.truth != b.truth && !isnan(a.truth))
        return (a.truth > b.truth) == comparison->any;
    double first = comparison_margin(comparison->op, a.left, a.right), second = comparison_margin(comparison->op, b.left, b.right);
    return comparison->any ? first > second : first < second;
}

static struct central_comparison compare(const struct comparison *comparison, double **values)
{
    struct sides best = {NAN, NAN, NAN};
    size_t at = 0;
    for (size_t i = 0; i < comparison->count; i++) {
        struct sides sides = {values[3 * i][0], values[3 * i + 1][0], values[3 * i + 2][0]};
        if (i > 0 && !decides(comparison, sides, best))
            continue;
        best = sides;
        at = i;
    }
    struct central_comparison central = {.node = comparison->node, .op = comparison->op, .type = comparison->type, .in_premise = comparison->in_premise};
    central.step = comparison->count ? comparison->at[at].step : -1;
    central.members = comparison->count ? comparison->at[at].members : NULL;
    central.left = best.left;
    central.right = best.right;
    central.holds = best.truth == 1;
    central.on_edge = is_order(comparison->op) && best.left == best.right;
    return central;
}

// What is estimated may be equal by chance.
static bool is_estimated(struct work *work, const struct comparison *comparison, const struct central_comparison *central)
{
    for (size_t i = 0; i < comparison->count; i++) {
        const struct comparison_at *at = &comparison->at[i];
        if (at->step != central->step || at->members != central->members)
            continue;
        const struct tape *tape = tape_make(work->scratch, work->model, (const value_id[]){at->left, at->right}, 2);
        const struct reach reach = reach_of(work->scratch, work->model, tape);
        return reads_estimates(work, &reach);
    }
    return false;
}

static size_t central_roots(const struct question *question, value_id *roots)
{
    size_t count = question_roots(question, roots);
    for (size_t i = 0; i < question->comparison_count; i++)
        for (size_t k = 0; k < question->comparisons[i].count; k++, count += 3) {
            if (!roots)
                continue;
            const struct comparison_at *at = &question->comparisons[i].at[k];
            roots[count] = at->left;
            roots[count + 1] = at->right;
            roots[count + 2] = at->truth;
        }
    return count;
}

static enum lapse lapse_of(const struct question *question, double *const *values)
{
    if (question->assumed != NO_VALUE && values[ROOT_ASSUMED][0] != 1)
        return LAPSE_ASSUMPTION;
    if (question->premise != NO_VALUE && values[ROOT_PREMISE][0] != 1)
        return LAPSE_PREMISE;
    return question->exception != NO_VALUE && values[ROOT_EXCEPTION][0] != 0 ? LAPSE_EXCEPTION : LAPSE_NONE;
}

static struct central_comparison *compare_all(struct work *work, const struct question *question, double **values)
{
    struct central_comparison *comparisons = arena_array(work->arena, question->comparison_count, sizeof *comparisons);
    double **next = values + question_roots(question, NULL);
    for (size_t i = 0; i < question->comparison_count; i++) {
        comparisons[i] = compare(&question->comparisons[i], next);
        if (comparisons[i].on_edge)
            comparisons[i].on_edge = !is_estimated(work, &question->comparisons[i], &comparisons[i]);
        next += 3 * question->comparisons[i].count;
    }
    return comparisons;
}

const struct central_comparison *comparisons_at(struct work *work, const struct question *question, const double *columns)
{
    struct arena_mark mark = arena_mark(work->scratch);
    value_id *roots = arena_array(work->scratch, central_roots(question, NULL), sizeof *roots);
    double **values = values_at(work, roots, central_roots(question, roots), columns);
    struct central_comparison *comparisons = compare_all(work, question, values);
    arena_release(work->scratch, mark);
    return comparisons;
}

void judge_central(struct work *work, struct inquiry *inquiry)
{
    struct arena_mark mark = arena_mark(work->scratch);
    const struct question *question = inquiry->findings[0].question;
    value_id *roots = arena_array(work->scratch, central_roots(question, NULL), sizeof *roots);
    double **values = values_at(work, roots, central_roots(question, roots), NULL);
    struct tally tally = tally_new(work->scratch, question);
    bool undefined;
    tally_add(question, tally.at, (const double *const *)values, 0, 1, &undefined);
    struct verdict *verdict = &inquiry->verdict;
    verdict->central_defined = !undefined;
    verdict->central_relevant = tally.at[COUNT_RELEVANT] > 0;
    verdict->central_lapse = lapse_of(question, values);
    verdict->central_holds = values[ROOT_CONCLUSION][0] == 1;
    verdict->comparisons = compare_all(work, question, values);
    verdict->comparison_count = question->comparison_count;
    arena_release(work->scratch, mark);
}
