// Numbers about the set of futures: estimated before what contains them is judged.
//
// probability(F given G) and possible(F) are judged like a claim "G implies F" without a level, so what can be enumerated is
// exact and inputs without a probability are searched. Expected values and quantiles are taken over AGGREGATE_FUTURES futures, with
// the intervals of judge/samples.h; where inputs have no probability, the interval reaches from the least to the greatest
// estimate over their corners and centre.
//
// The intervals of all that a claim reads, and its own, hold at once with at least 95 %: each may miss by its part of the 5 %.
#include <math.h>
#include <string.h>

#include "judge/inquiry.h"
#include "judge/moved.h"
#include "judge/samples.h"

enum { AGGREGATE_FUTURES = 65536, CORNER_FUTURES = 2048, CORNER_DIMENSIONS = 6, MODES_MAX = 3, WITNESS_FUTURES = 1024 };

static double error_of(const struct work *work, const struct aggregate_request *request)
{
    return work->errors[request - work->model->aggregates];
}

// ---- probability and possible ------------------------------------------------------------------------------------------

static struct question *as_question(struct work *work, const struct aggregate_request *request)
{
    struct claim *claim = arena_alloc(work->scratch, sizeof *claim);
    claim->level = NAN; // no level: sampled until the samples are used up
    struct question *question = arena_alloc(work->scratch, sizeof *question);
    *question = (struct question){.claim = claim, .member = -1, .assumed = request->assumed, .premise = request->given};
    question->exception = question->start = question->premise_named = NO_VALUE;
    question->conclusion = request->what;
    question->hole_column = SIZE_MAX;
    return question;
}

static bool estimate_truth(struct work *work, const struct aggregate_request *request, const double *fixed, struct estimate *estimate)
{
    struct finding finding = finding_new(work, as_question(work, request), fixed);
    finding.error = error_of(work, request);
    if (!finding_judge(work, &finding))
        return false;
    *estimate = (struct estimate){NAN, NAN, NAN, finding.exact, finding.searched, finding.samples, finding.arms};
    if (request->kind == AGGREGATE_POSSIBLE) {
        bool found = finding.all.at[COUNT_HOLDS] > 0;
        estimate->value = estimate->low = estimate->high = found;
        estimate->searched = !found && !finding.exact;
        // A witness shows that it can be; that none was found does not show that it cannot.
        bool asked = request->node && request->node->kind == NODE_AGGREGATE;
        if (asked && estimate->searched)
            estimate->high = 1;
        estimate->bounds = estimate->bounds || (asked && estimate->searched); // more futures would not tell
    } else if (finding.kind == VERDICT_SENSITIVE) {
        *estimate = (struct estimate){finding.probability.estimate, finding.probability.ci_low, finding.probability.ci_high, finding.exact, finding.searched, finding.samples, finding.arms};
        estimate->exact = finding.exact && !finding.arms;
        if (isnan(estimate->value))
            estimate->value = (estimate->low + estimate->high) / 2;
    }
    return true;
}

static bool draw_samples(struct work *work, const struct tape *tape, const double *fixed, uint64_t count, struct samples *samples);

// One future in which it holds settles what is possible, and it mostly is among the first. False when cancelled.
static bool find_witness(struct work *work, const struct aggregate_request *request, const double *fixed, struct estimate *estimate)
{
    struct arena_mark mark = arena_mark(work->scratch);
    struct tape *tape = aggregate_tape(work, request);
    struct reach reach = reach_of(work->scratch, work->model, tape);
    struct samples samples = samples_of(request);
    bool done = true, found = false;
    if (!reach.enumerable && reach.input_count > 0) {
        done = draw_samples(work, tape, fixed, WITNESS_FUTURES, &samples);
        found = done && samples_value(work, request, &samples) == 1;
    }
    if (found)
        *estimate = (struct estimate){1, 1, 1, false, false, WITNESS_FUTURES, reach.bounds_count > 0};
    arena_release(work->scratch, mark);
    return done;
}

// ---- numbers -----------------------------------------------------------------------------------------------------------

struct keeper {
    uint64_t first;
    double *results[AGGREGATE_ROOTS];
};

static void keep_block(void *user, size_t worker, const struct block *block)
{
    (void)worker;
    const struct keeper *keeper = user;
    for (size_t r = 0; r < AGGREGATE_ROOTS; r++)
        memcpy(keeper->results[r] + (block->first - keeper->first), block->roots[r], block->lanes * sizeof(double));
}

static bool draw_samples(struct work *work, const struct tape *tape, const double *fixed, uint64_t count, struct samples *samples)
{
    struct keeper keeper = {AGGREGATE_FIRST, {NULL}};
    for (size_t r = 0; r < AGGREGATE_ROOTS; r++)
        keeper.results[r] = arena_array(work->scratch, count, sizeof(double));
    if (!work_futures(work, tape, fixed, AGGREGATE_FIRST, count, keep_block, &keeper) || !work_continues(work, count))
        return false;
    samples_collect(work->scratch, samples, (const double *const *)keeper.results, NULL, count);
    return true;
}

static void enumerate_samples(struct work *work, const struct reach *reach, const struct tape *tape, const double *fixed, struct samples *samples)
{
    size_t count = reach->combinations;
    double *results[AGGREGATE_ROOTS], *weights = arena_array(work->scratch, count, sizeof *weights);
    for (size_t r = 0; r < AGGREGATE_ROOTS; r++)
        results[r] = arena_array(work->scratch, count, sizeof(double));
    enumerate_values(work, reach, tape, fixed, results, weights);
    samples_collect(work->scratch, samples, (const double *const *)results, weights, count);
}

// The least and greatest estimate over corners of the inputs without a probability, a few futures each.
static bool widen(struct work *work, const struct aggregate_request *request, const struct tape *tape, const struct reach *reach, struct estimate *estimate)
{
    double *fixed = work_fixed(work);
    size_t bits = reach->bounds_count < CORNER_DIMENSIONS ? reach->bounds_count : CORNER_DIMENSIONS;
    for (size_t corner = 0; corner < (size_t)1 << bits; corner++) {
        struct arena_mark mark = arena_mark(work->scratch);
        for (size_t b = 0; b < reach->bounds_count; b++)
            fixed[reach->bounds[b]] = column_quantile(&work->model->columns[reach->bounds[b]], (double)((corner >> (b % bits)) & 1));
        struct samples samples = samples_of(request);
        bool done = draw_samples(work, tape, fixed, CORNER_FUTURES, &samples);
        if (!done)
            return false;
        struct estimate there = samples_estimate(work, request, &samples, error_of(work, request));
        estimate->low = fmin(estimate->low, reach->uncertain ? there.low : there.value);
        estimate->high = fmax(estimate->high, reach->uncertain ? there.high : there.value);
        arena_release(work->scratch, mark);
    }
    estimate->searched = estimate->bounds = true;
    return true;
}

struct tape *aggregate_tape(struct work *work, const struct aggregate_request *request)
{
    // Absent truths are stood in for by the value itself; collect knows.
    value_id given = request->given == NO_VALUE ? request->what : request->given;
    value_id roots[AGGREGATE_ROOTS] = {request->what, given, request->assumed == NO_VALUE ? request->what : request->assumed};
    return tape_make(work->scratch, work->model, roots, AGGREGATE_ROOTS);
}

static bool estimate_number(struct work *work, const struct aggregate_request *request, double *fixed, struct estimate *estimate)
{
    struct samples samples = samples_of(request);
    struct tape *tape = aggregate_tape(work, request);
    struct reach reach = reach_of(work->scratch, work->model, tape);
    for (size_t b = 0; b < reach.bounds_count; b++)
        fixed[reach.bounds[b]] = column_central(&work->model->columns[reach.bounds[b]]);
    if (reach.enumerable && reach.bounds_count == 0) {
        enumerate_samples(work, &reach, tape, fixed, &samples);
        *estimate = samples_estimate(work, request, &samples, error_of(work, request));
        estimate->low = estimate->high = estimate->value;
        estimate->exact = true;
        return true;
    }
    if (!draw_samples(work, tape, fixed, reach.uncertain ? AGGREGATE_FUTURES : 1, &samples))
        return false;
    *estimate = samples_estimate(work, request, &samples, error_of(work, request));
    if (!reach.uncertain)
        estimate->low = estimate->high = estimate->value;
    return reach.bounds_count == 0 || widen(work, request, tape, &reach, estimate);
}

// ---- all of them, in order ---------------------------------------------------------------------------------------------

static bool estimate_one(struct work *work, const struct aggregate_request *request, double *fixed, struct estimate *estimate)
{
    if (request->kind == AGGREGATE_POSSIBLE) {
        *estimate = (struct estimate){.value = NAN};
        if (!find_witness(work, request, fixed, estimate))
            return false;
        if (estimate->value == 1)
            return true;
    }
    if (request->kind == AGGREGATE_PROBABILITY || request->kind == AGGREGATE_POSSIBLE)
        return estimate_truth(work, request, fixed, estimate);
    return estimate_number(work, request, fixed, estimate);
}

static void fix_end(const struct work *work, double *fixed, size_t aggregates, int end)
{
    for (size_t i = 0; i < aggregates; i++) {
        const struct estimate *it = &work->estimates[i];
        fixed[work->model->aggregates[i].column] = end < 0 ? it->low : end > 0 ? it->high : it->value;
    }
}

// What contains estimates is estimated also at their ends.
static bool estimate_at_ends(struct work *work, size_t position, struct estimate *estimate)
{
    const struct aggregate_request *request = &work->model->aggregates[position];
    bool inexact = false;
    for (size_t i = 0; i < position; i++)
        inexact = inexact || !work->estimates[i].exact;
    for (int end = -1; inexact && end <= 1; end += 2) {
        double *fixed = work_fixed(work);
        fix_end(work, fixed, position, end);
        struct estimate there;
        if (!estimate_one(work, request, fixed, &there))
            return false;
        estimate->exact = estimate->exact && there.value == estimate->value && there.exact;
        estimate->low = fmin(estimate->low, there.low);
        estimate->high = fmax(estimate->high, there.high);
    }
    return true;
}

// How many of a question's estimates are uncertain, and whether it is so by itself.
static size_t count_errors(const struct work *work, const struct dependence *dependence, const struct reach *reach, bool *read)
{
    size_t count = reach->uncertain;
    for (size_t a = 0; a < dependence->aggregate_count; a++) {
        read[a] = false;
        for (size_t i = 0; i < reach->aggregate_count; i++)
            read[a] = read[a] || dependence->aggregates[work->model->columns[reach->aggregates[i]].aggregate * dependence->aggregate_count + a];
        count += read[a] && work->model->aggregates[a].kind != AGGREGATE_POSSIBLE;
    }
    return count;
}

static void share_errors(struct work *work)
{
    const struct model *model = work->model;
    work->errors = arena_array(work->arena, model->aggregate_count, sizeof *work->errors);
    struct arena_mark mark = arena_mark(work->scratch);
    const struct dependence dependence = dependence_of(work);
    bool *read = arena_array(work->scratch, model->aggregate_count, sizeof *read);
    for (size_t a = 0; a < model->aggregate_count; a++)
        work->errors[a] = FINDING_ERROR;
    for (size_t q = 0; model->aggregate_count > 1 && q < model->question_count; q++) {
        struct arena_mark inner = arena_mark(work->scratch);
        const struct reach reach = judged_reach(work->scratch, model, &model->questions[q]);
        const size_t count = count_errors(work, &dependence, &reach, read);
        for (size_t a = 0; a < model->aggregate_count; a++)
            if (read[a] && count > 0)
                work->errors[a] = fmin(work->errors[a], FINDING_ERROR / (double)count);
        arena_release(work->scratch, inner);
    }
    arena_release(work->scratch, mark);
}

// Of a claim that reads estimates.
static double finding_error(const struct work *work, const struct reach *reach)
{
    double error = FINDING_ERROR;
    for (size_t i = 0; i < reach->aggregate_count; i++)
        error = fmin(error, work->errors[work->model->columns[reach->aggregates[i]].aggregate]);
    return error;
}

bool estimate_aggregates(struct work *work)
{
    share_errors(work);
    for (size_t i = 0; i < work->model->aggregate_count; i++) {
        struct arena_mark mark = arena_mark(work->scratch);
        const struct aggregate_request *request = &work->model->aggregates[i];
        if (!estimate_one(work, request, work_fixed(work), &work->estimates[i]))
            return false;
        if (!estimate_at_ends(work, i, &work->estimates[i]))
            return false;
        work->fixed[request->column] = work->estimates[i].value;
        arena_release(work->scratch, mark);
    }
    return true;
}

static bool estimate_one_roughly(struct work *work, const struct aggregate_request *request, uint64_t futures, double *value)
{
    double *fixed = work_fixed(work);
    struct samples samples = samples_of(request);
    struct tape *tape = aggregate_tape(work, request);
    struct reach reach = reach_of(work->scratch, work->model, tape);
    for (size_t b = 0; request->kind != AGGREGATE_POSSIBLE && b < reach.bounds_count; b++)
        fixed[reach.bounds[b]] = column_central(&work->model->columns[reach.bounds[b]]);
    if (reach.enumerable && (reach.bounds_count == 0 || request->kind == AGGREGATE_POSSIBLE))
        enumerate_samples(work, &reach, tape, fixed, &samples);
    else if (!draw_samples(work, tape, fixed, reach.input_count > 0 ? futures : 1, &samples))
        return false;
    *value = samples_value(work, request, &samples);
    return true;
}

bool estimate_roughly(struct work *work, uint64_t futures)
{
    for (size_t i = 0; i < work->model->aggregate_count; i++) {
        struct arena_mark mark = arena_mark(work->scratch);
        const struct aggregate_request *request = &work->model->aggregates[i];
        double value;
        if (!estimate_one_roughly(work, request, futures, &value))
            return false;
        work->estimates[i] = (struct estimate){.value = value, .low = value, .high = value, .exact = true};
        work->fixed[request->column] = value;
        arena_release(work->scratch, mark);
    }
    return true;
}

// ---- claims about estimates --------------------------------------------------------------------------------------------

// More futures would narrow an estimate, unless its interval is that of bounds.
static bool could_narrow(const struct work *work, const struct finding *finding)
{
    for (size_t i = 0; i < finding->reach.aggregate_count; i++)
        if (work->estimates[work->model->columns[finding->reach.aggregates[i]].aggregate].bounds)
            return false;
    return true;
}

static void join(const struct work *work, struct finding *finding, const struct finding *there)
{
    if (there->kind != finding->kind) {
        finding->kind = VERDICT_SENSITIVE;
        finding->on_edge = could_narrow(work, finding);
    }
    finding->searched = finding->searched || there->searched;
    finding->probability.lower = fmin(finding->probability.lower, there->probability.lower);
    finding->probability.upper = fmax(finding->probability.upper, there->probability.upper);
    finding->probability.ci_low = fmin(finding->probability.ci_low, there->probability.ci_low);
    finding->probability.ci_high = fmax(finding->probability.ci_high, there->probability.ci_high);
}

bool judge_between_estimates(struct work *work, struct finding *finding)
{
    const struct reach *reach = &finding->reach;
    finding->error = finding_error(work, reach);
    if (!finding_judge(work, finding))
        return false;
    // Every mixture of ends of up to three estimates; of more all low and all high.
    size_t bits = reach->aggregate_count < MODES_MAX ? reach->aggregate_count : MODES_MAX;
    for (size_t mode = 0; mode < (size_t)1 << bits; mode++) {
        if (reach->aggregate_count > MODES_MAX && mode != 0 && mode != ((size_t)1 << bits) - 1)
            continue;
        double *fixed = work_fixed(work);
        for (size_t i = 0; i < reach->aggregate_count; i++) {
            const struct estimate *it = &work->estimates[work->model->columns[reach->aggregates[i]].aggregate];
            fixed[reach->aggregates[i]] = (mode >> (i % bits)) & 1 ? it->high : it->low;
        }
        struct finding there = finding_new(work, finding->question, fixed);
        there.error = finding->error;
        if (!finding_judge(work, &there))
            return false;
        join(work, finding, &there);
    }
    // Nothing else uncertain: it has no probability, only estimates.
    bool alone = finding->constant || reach->input_count == 0;
    for (size_t i = 0; i < reach->aggregate_count; i++) {
        const struct estimate *it = &work->estimates[work->model->columns[reach->aggregates[i]].aggregate];
        finding->searched = finding->searched || it->searched;
        if (alone && it->samples > finding->samples)
            finding->samples = it->samples;
    }
    if (alone)
        finding->probability.ci_low = finding->probability.ci_high = NAN;
    finding->exact = false;
    return true;
}

void show_estimates(struct work *work, struct inquiry *inquiry)
{
    const struct reach *reach = &inquiry->findings[0].reach;
    struct estimated *estimates = arena_array(work->arena, reach->aggregate_count, sizeof *estimates);
    size_t count = 0;
    for (size_t i = 0; i < reach->aggregate_count; i++) {
        size_t which = work->model->columns[reach->aggregates[i]].aggregate;
        const struct node *node = work->model->aggregates[which].node;
        const struct estimate *it = &work->estimates[which];
        if (node)
            estimates[count++] = (struct estimated){node, node->type, it->value, it->low, it->high, it->samples, it->exact, it->bounds};
    }
    inquiry->verdict.estimates = estimates;
    inquiry->verdict.estimate_count = count;
}
