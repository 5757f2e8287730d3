// Discrete inputs: every combination once, with its weight.
#include "judge/finding.h"

#include <math.h>
#include <string.h>

enum { CHUNK = 4096 };

// Columns in the order of the digits of a combination's number, slowest first: those without a probability, then the others.
struct digits {
    size_t count;
    size_t *columns;
    double **points;
    double *weights;
};

static size_t ways_of(const struct column *column)
{
    return column->law->law == LAW_KNOWN ? 1 : column->law->choice_count;
}

static struct digits digits_new(struct work *work, const struct reach *reach)
{
    struct digits digits = {0};
    const struct model *model = work->model;
    digits.columns = arena_array(work->scratch, reach->input_count, sizeof *digits.columns);
    digits.points = arena_array(work->scratch, model->column_count, sizeof *digits.points);
    digits.weights = arena_array(work->scratch, CHUNK, sizeof *digits.weights);
    for (int free = 1; free >= 0; free--)
        for (size_t i = 0; i < reach->input_count; i++)
            if (model->variables[model->columns[reach->inputs[i]].variable].bounds_only == (free == 1))
                digits.columns[digits.count++] = reach->inputs[i];
    for (size_t i = 0; i < digits.count; i++)
        digits.points[digits.columns[i]] = arena_array(work->scratch, CHUNK, sizeof **digits.points);
    return digits;
}

static void fill(const struct model *model, struct digits *digits, size_t first, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        size_t rest = first + k;
        digits->weights[k] = 1;
        for (size_t i = digits->count; i-- > 0;) {
            const struct column *column = &model->columns[digits->columns[i]];
            size_t ways = ways_of(column), way = rest % ways;
            rest /= ways;
            bool known = column->law->law == LAW_KNOWN;
            digits->points[digits->columns[i]][k] = known ? column->law->a : column->law->values[way];
            if (column->law->law == LAW_CHOICE)
                digits->weights[k] *= column->law->weights[way];
        }
    }
}

void enumerate_values(struct work *work, const struct reach *reach, const struct tape *tape, const double *fixed, double *const *results, double *weights)
{
    struct arena_mark mark = arena_mark(work->scratch);
    struct digits digits = digits_new(work, reach);
    for (size_t first = 0; first < reach->combinations; first += CHUNK) {
        size_t count = reach->combinations - first < CHUNK ? reach->combinations - first : CHUNK;
        fill(work->model, &digits, first, count);
        memcpy(weights + first, digits.weights, count * sizeof *weights);
        double *at[AGGREGATE_ROOTS];
        for (size_t r = 0; r < AGGREGATE_ROOTS; r++)
            at[r] = results[r] + first;
        work_points(work, tape, fixed, (const double *const *)digits.points, count, at);
    }
    arena_release(work->scratch, mark);
}

static void copy_tally(struct tally *to, const struct tally *from, size_t size)
{
    memcpy(to->at, from->at, size * sizeof *from->at);
    to->first_undefined = from->first_undefined;
}

static void take_place(const struct finding *finding, struct arm *arm, const struct tally *tally, const struct digits *digits, size_t k)
{
    copy_tally(&arm->tally, tally, tally_size(finding->question));
    for (size_t i = 0; i < digits->count; i++)
        for (size_t b = 0; b < finding->reach.bounds_count; b++)
            if (digits->columns[i] == finding->reach.bounds[b])
                arm->fixed[digits->columns[i]] = digits->points[digits->columns[i]][k];
}

// One place of the inputs without a probability is complete at point k.
static void finish_place(struct finding *finding, const struct tally *tally, const struct digits *digits, size_t k)
{
    size_t size = tally_size(finding->question);
    for (size_t i = 0; i < size; i++)
        finding->all.at[i] += tally->at[i];
    bool central = true;
    for (size_t b = 0; b < finding->reach.bounds_count; b++) {
        size_t column = finding->reach.bounds[b];
        central = central && digits->points[column][k] == finding->central.fixed[column];
    }
    if (central)
        copy_tally(&finding->central.tally, tally, size);
    double share = tally_share(tally), low = tally_share(&finding->lower.tally), high = tally_share(&finding->upper.tally);
    if (finding->arms && !isnan(share) && !(share >= low))
        take_place(finding, &finding->lower, tally, digits, k);
    if (finding->arms && !isnan(share) && !(share <= high))
        take_place(finding, &finding->upper, tally, digits, k);
    if (finding->arms && tally_undefined(tally) > tally_undefined(&finding->gaps.tally)) {
        take_place(finding, &finding->gaps, tally, digits, k);
        finding->has_gaps = true;
    }
}

static void set_interval(struct arm *arm)
{
    double share = tally_share(&arm->tally);
    arm->low = isnan(share) ? 0 : share;
    arm->high = isnan(share) ? 1 : share;
}

void enumerate_question(struct work *work, struct finding *finding)
{
    struct arena_mark mark = arena_mark(work->scratch);
    const struct question *question = finding->question;
    value_id *roots = arena_array(work->scratch, question_roots(question, NULL), sizeof *roots);
    size_t root_count = question_roots(question, roots), total = finding->reach.combinations;
    struct tape *tape = tape_make(work->scratch, work->model, roots, root_count);
    double **results = arena_array(work->scratch, root_count, sizeof *results);
    for (size_t i = 0; i < root_count; i++)
        results[i] = arena_array(work->scratch, CHUNK, sizeof **results);
    struct digits digits = digits_new(work, &finding->reach);
    struct tally tally = tally_new(work->scratch, question);
    size_t each = total / finding->reach.free_combinations;
    for (size_t first = 0; first < total; first += CHUNK) {
        size_t count = total - first < CHUNK ? total - first : CHUNK;
        fill(work->model, &digits, first, count);
        work_points(work, tape, finding->central.fixed, (const double *const *)digits.points, count, results);
        for (size_t k = 0; k < count; k++) {
            bool undefined;
            tally_add(question, tally.at, (const double *const *)results, k, digits.weights[k], &undefined);
            if (undefined && first + k < finding->all.first_undefined)
                finding->all.first_undefined = first + k;
            if ((first + k + 1) % each > 0)
                continue;
            finish_place(finding, &tally, &digits, k);
            memset(tally.at, 0, tally_size(question) * sizeof *tally.at);
        }
    }
    finding->exact = true;
    finding->samples = total;
    set_interval(&finding->central);
    set_interval(&finding->lower);
    set_interval(&finding->upper);
    arena_release(work->scratch, mark);
}
