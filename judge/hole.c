// Claims that ask instead of testing.
#include "judge/hole.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "base/vector.h"
#include "judge/binomial.h"

enum { SET_FUTURES = 4096, SET_POINTS = 65, SET_HALVINGS = 24, DATE_FUTURES = 8192, DATE_STEPS_FULL = 64 };
#define ERROR 0.05

// ---- one value of the hole ---------------------------------------------------------------------------------------------

struct answer {
    double share;
    struct share_interval interval;
    double relevant;
    bool central, possible;
};

static bool holds_centrally(struct asked *asked, double *fixed, double value)
{
    struct tally tally = tally_new(asked->work->scratch, asked->question);
    size_t root_count = question_roots(asked->question, NULL);
    value_id *roots = arena_array(asked->work->scratch, root_count, sizeof *roots);
    question_roots(asked->question, roots);
    double **results = arena_array(asked->work->scratch, root_count, sizeof *results);
    for (size_t i = 0; i < root_count; i++)
        results[i] = arena_array(asked->work->scratch, 1, sizeof(double));
    const double **points = arena_array(asked->work->scratch, asked->work->model->column_count, sizeof *points);
    fixed[asked->question->hole_column] = value;
    work_points(asked->work, tape_make(asked->work->scratch, asked->work->model, roots, root_count), fixed, points, 1, results);
    bool undefined;
    tally_add(asked->question, tally.at, (const double *const *)results, 0, 1, &undefined);
    return tally.at[COUNT_HOLDS] > 0;
}

// Which of the draws without a probability a column follows: 0 for the first one, and so on.
static size_t draw_position(const struct model *model, const struct reach *reach, size_t b)
{
    size_t position = 0;
    for (size_t i = 0; i < b; i++) {
        size_t earlier = 0;
        while (model->columns[reach->bounds[earlier]].draw != model->columns[reach->bounds[i]].draw)
            earlier++;
        if (model->columns[reach->bounds[i]].draw == model->columns[reach->bounds[b]].draw)
            return position;
        position += earlier == i;
    }
    return position;
}

static size_t corner_bits(const struct model *model, const struct reach *reach)
{
    size_t bits = 0;
    for (size_t b = 0; b < reach->bounds_count; b++) {
        size_t position = draw_position(model, reach, b) + 1;
        bits = position > bits ? position : bits;
    }
    return bits < HOLE_DIMENSIONS ? bits : HOLE_DIMENSIONS;
}

size_t hole_places(const struct work *work, const struct reach *reach)
{
    size_t bits = corner_bits(work->model, reach);
    return bits == 0 ? 1 : 1 + ((size_t)1 << bits) + HOLE_INTERIOR;
}

void hole_place(const struct work *work, const struct reach *reach, size_t place, double *fixed)
{
    size_t bits = corner_bits(work->model, reach), corners = bits ? (size_t)1 << bits : 0;
    for (size_t b = 0; b < reach->bounds_count; b++) {
        const struct column *column = &work->model->columns[reach->bounds[b]];
        double u = future_uniform(work->options->seed, HOLE_FIRST * 2 + place, column->draw);
        if (place > 0 && place <= corners)
            u = (double)(((place - 1) >> (draw_position(work->model, reach, b) % bits)) & 1);
        fixed[reach->bounds[b]] = place == 0 ? column_central(column) : column_quantile(column, u);
    }
}

static bool count_at(struct asked *asked, const double *fixed, uint64_t futures, struct tally *tally)
{
    struct work *work = asked->work;
    *tally = tally_new(work->scratch, asked->question);
    struct group group = group_new(work->scratch, work->model, &asked->question, 1, tally);
    if (!group_run(work, &group, fixed, HOLE_FIRST, futures) || !work_continues(work, futures))
        return false;
    // Without a value is not with the one that is asked for.
    tally->at[COUNT_FAILS] += tally->at[COUNT_UNDEFINED];
    for (int r = 0; r < REPLICATES; r++)
        tally_split(tally, SPLIT_FAILS)[r] += tally_split(tally, SPLIT_UNDEFINED)[r];
    return true;
}

// One variant: the least over the places of the inputs without a probability.
static bool fill_variant(struct asked *asked, double value, uint64_t futures, struct answer *answer)
{
    struct work *work = asked->work;
    struct arena_mark mark = arena_mark(work->scratch);
    const struct reach *reach = &asked->reach;
    double *fixed = arena_array(work->scratch, work->model->column_count, sizeof *fixed);
    memcpy(fixed, asked->fixed, work->model->column_count * sizeof *fixed);
    fixed[asked->question->hole_column] = value;
    *answer = (struct answer){.share = NAN, .interval = {0, 1}};
    for (size_t place = 0; place < hole_places(work, reach); place++) {
        struct tally tally;
        hole_place(work, reach, place, fixed);
        if (!count_at(asked, fixed, futures, &tally))
            return false;
        double share = tally_share(&tally);
        answer->possible = answer->possible || tally.at[COUNT_HOLDS] > 0;
        if (isnan(share) || share >= answer->share)
            continue;
        answer->share = share;
        answer->relevant = tally_decided(&tally);
        answer->interval = tally_interval(work, &tally, ERROR);
        if (!reach->uncertain)
            answer->interval = (struct share_interval){share, share};
    }
    answer->central = holds_centrally(asked, work_fixed(work), value);
    arena_release(work->scratch, mark);
    return true;
}

// What is asked of one variant.
static struct asked asked_of(const struct asked *asked, size_t variant)
{
    struct asked one = *asked;
    const struct finding *finding = &asked->variants[variant];
    one.question = finding->question;
    one.reach = finding->reach;
    one.fixed = arena_array(asked->work->scratch, asked->work->model->column_count, sizeof *one.fixed);
    memcpy(one.fixed, finding->central.fixed, asked->work->model->column_count * sizeof *one.fixed);
    return one;
}

// The weakest of all variants; a concession that never comes about asks nothing.
static bool fill_hole(struct asked *asked, double value, uint64_t futures, struct answer *answer)
{
    if (!fill_variant(asked, value, futures, answer))
        return false;
    for (size_t v = 1; v < asked->variant_count; v++) {
        struct arena_mark mark = arena_mark(asked->work->scratch);
        struct asked one = asked_of(asked, v);
        struct answer there;
        if (!fill_variant(&one, value, futures, &there))
            return false;
        arena_release(asked->work->scratch, mark);
        if (isnan(there.share))
            continue;
        answer->possible = answer->possible && there.possible;
        answer->central = answer->central && there.central;
        if (!(there.share < answer->share))
            continue;
        answer->share = there.share;
        answer->interval = there.interval;
    }
    return true;
}

// ---- dates -------------------------------------------------------------------------------------------------------------

// The first step from the easy end's far side at which the share reaches the level: earliest when later is easier, else latest.
static int strongest_step(const double *shares, int first, int last, double level)
{
    bool later_is_easier = shares[last - first] >= shares[0];
    for (int i = 0; i <= last - first; i++) {
        int step = later_is_easier ? first + i : last - i;
        if (shares[step - first] >= level)
            return step;
    }
    return -1;
}

static double instant(const struct timeline *timeline, int step)
{
    return step < 0 ? NAN : timeline->start + step * timeline->length;
}

static bool solve_date(struct asked *asked, struct verdict *verdict)
{
    struct work *work = asked->work;
    const struct timeline *timeline = &work->model->program->timeline;
    const struct claim *claim = asked->question->claim;
    int first = claim->start, last = timeline->count - 1, count = last - first + 1;
    double *shares[4]; // estimate, ends of the interval, central
    for (size_t i = 0; i < 4; i++)
        shares[i] = arena_array(work->scratch, (size_t)(count > 0 ? count : 1), sizeof **shares);
    uint64_t futures = !asked->reach.uncertain ? 1 : count <= DATE_STEPS_FULL ? DATE_FUTURES : DATE_FUTURES / 4;
    double relevant = 0;
    for (int i = 0; i < count; i++) {
        struct answer answer;
        if (!fill_hole(asked, instant(timeline, first + i), futures, &answer))
            return false;
        shares[0][i] = isnan(answer.share) ? 0 : answer.share;
        shares[1][i] = answer.interval.low;
        shares[2][i] = answer.interval.high;
        shares[3][i] = answer.central;
        relevant = fmax(relevant, answer.relevant);
    }
    int found = count > 0 ? strongest_step(shares[0], first, last, claim->level) : -1;
    verdict->solution.value = instant(timeline, found);
    double sure = instant(timeline, count > 0 ? strongest_step(shares[1], first, last, claim->level) : -1);
    double hopeful = instant(timeline, count > 0 ? strongest_step(shares[2], first, last, claim->level) : -1);
    bool later = count > 0 && shares[0][count - 1] >= shares[0][0];
    verdict->solution.ci_low = later ? hopeful : isnan(sure) ? -INFINITY : sure;
    verdict->solution.ci_high = !later ? hopeful : isnan(sure) ? INFINITY : sure;
    verdict->solution.central = instant(timeline, count > 0 ? strongest_step(shares[3], first, last, 1) : -1);
    verdict->relevant = (uint64_t)relevant;
    verdict->samples = futures;
    verdict->kind = relevant == 0 ? VERDICT_VACUOUS : found < 0 ? VERDICT_UNSOLVABLE : VERDICT_SOLVED;
    return true;
}

// ---- sets of an input's values -----------------------------------------------------------------------------------------

enum answer_set { SET_SUPPORTED, SET_CENTRAL, SET_POSSIBLE, SET_COUNT };

static bool belongs(const struct asked *asked, const struct answer *answer, enum answer_set set)
{
    if (set == SET_CENTRAL)
        return answer->central;
    if (set == SET_POSSIBLE)
        return answer->possible;
    return answer->share >= asked->question->claim->level;
}

// Between two values of which one belongs: where it turns.
static bool turning_point(struct asked *asked, enum answer_set set, double left, double right, double *at)
{
    struct answer answer;
    uint64_t futures = asked->reach.uncertain ? SET_FUTURES : 1;
    if (!fill_hole(asked, right, futures, &answer))
        return false;
    bool right_belongs = belongs(asked, &answer, set);
    for (int i = 0; i < SET_HALVINGS; i++) {
        double middle = left + (right - left) / 2;
        if (!fill_hole(asked, middle, futures, &answer))
            return false;
        if (belongs(asked, &answer, set) == right_belongs)
            right = middle;
        else
            left = middle;
    }
    *at = left + (right - left) / 2;
    return true;
}

struct ranges {
    VECTOR(struct hole_range) list;
};

static bool find_ranges(struct asked *asked, enum answer_set set, const double *values, const struct answer *answers, struct ranges *ranges)
{
    struct arena *arena = asked->work->arena;
    bool inside = false;
    for (size_t k = 0; k < SET_POINTS; k++) {
        bool now = belongs(asked, &answers[k], set);
        double turn = values[k];
        if (now != inside && k > 0 && !turning_point(asked, set, values[k - 1], values[k], &turn))
            return false;
        if (now && !inside)
            vector_push(arena, &ranges->list, ((struct hole_range){k == 0 ? -INFINITY : turn, INFINITY}));
        if (!now && inside)
            ranges->list.at[ranges->list.count - 1].high = turn;
        inside = now;
    }
    return true;
}

// ---- the values tried --------------------------------------------------------------------------------------------------

// What the hole stands for: how central and wide it is assumed to be.
struct scale {
    double central, half;
    bool known, positive, fraction, date;
};

static struct scale scale_of(const struct hole *hole)
{
    const struct input *input = hole->override.input;
    struct scale scale = {0};
    if (!input || input->instance_count == 0)
        return scale;
    size_t instance = 0;
    for (size_t i = 0; i < input->param_count; i++) {
        int member = hole->override.members ? hole->override.members[i] : 0;
        instance = instance * input->params[i]->count + (size_t)(member > 0 ? member : 0);
    }
    const struct input_instance *it = &input->instances[instance];
    if (it->point_count == 0)
        return scale;
    struct column column = {.kind = COLUMN_INPUT, .law = &it->points[it->point_count - 1].law};
    scale.central = column_central(&column);
    scale.half = (column_quantile(&column, it->bounds_only ? 1 : 0.95) - column_quantile(&column, it->bounds_only ? 0 : 0.05)) / 2;
    scale.known = isfinite(scale.central) && isfinite(scale.half);
    if (!(scale.half > 0))
        scale.half = scale.central != 0 ? fabs(scale.central) / 2 : 1;
    scale.fraction = input->type.fraction;
    scale.date = input->type.kind == KIND_DATE;
    scale.positive = scale.fraction || (!scale.date && scale.central > 0 && column_quantile(&column, it->bounds_only ? 0 : 0.001) >= 0);
    return scale;
}

static void straight(double *values, size_t count, double from, double to)
{
    for (size_t i = 0; i < count; i++)
        values[i] = from + (to - from) * (double)i / (double)(count - 1);
}

static void geometric(double *values, size_t count, double from, double to)
{
    for (size_t i = 0; i < count; i++)
        values[i] = from * elementary_pow(to / from, (double)i / (double)count);
}

// An input's range and 8 half-widths evenly; below and above that by factors, to a millionth and a thousandfold, within what
// it can take. Of a definition nothing is known: decades of both signs.
static void set_grid(const struct scale *scale, double *values)
{
    enum { LOW = 20, MIDDLE = 30, HIGH = SET_POINTS - 1 - LOW - MIDDLE };
    double top = scale->central + 8 * scale->half, most = scale->fraction ? 1 : 1e3 * top;
    if (!scale->known) {
        for (size_t k = 0; k < SET_POINTS; k++) {
            const int place = (int)k - SET_POINTS / 2;
            values[k] = place == 0 ? 0 : copysign(elementary_pow(10, abs(place) - 10), place);
        }
    } else if (!scale->positive) {
        straight(values, SET_POINTS, scale->central - 8 * scale->half, top);
    } else {
        top = scale->fraction ? fmin(top, 1) : top;
        values[0] = 0;
        geometric(values + 1, LOW, 1e-6 * scale->central, 0.1 * scale->central);
        straight(values + 1 + LOW, MIDDLE, 0.1 * scale->central, top);
        for (size_t k = 0; k < HIGH; k++)
            values[1 + LOW + MIDDLE + k] = top * elementary_pow(most / top, (double)(k + 1) / HIGH);
    }
}

// A range that begins or ends with the grid goes on to the natural limit.
static void open_ends(const struct scale *scale, struct ranges *ranges)
{
    for (size_t i = 0; i < ranges->list.count; i++) {
        struct hole_range *it = &ranges->list.at[i];
        if (isinf(it->low) && scale->positive)
            it->low = 0;
        if (isinf(it->high) && scale->fraction)
            it->high = 1;
    }
}

static bool solve_set(struct asked *asked, struct verdict *verdict)
{
    double values[SET_POINTS];
    struct scale scale = scale_of(asked->hole);
    struct answer answers[SET_POINTS];
    struct ranges ranges[SET_COUNT] = {0};
    set_grid(&scale, values);
    uint64_t futures = asked->reach.uncertain ? SET_FUTURES : 1;
    double relevant = 0;
    for (size_t k = 0; k < SET_POINTS; k++) {
        if (!fill_hole(asked, values[k], futures, &answers[k]))
            return false;
        relevant = fmax(relevant, answers[k].relevant);
    }
    for (enum answer_set set = 0; set < SET_COUNT; set++)
        if (!find_ranges(asked, set, values, answers, &ranges[set]))
            return false;
    for (enum answer_set set = 0; set < SET_COUNT; set++)
        open_ends(&scale, &ranges[set]);
    struct solution *solution = &verdict->solution;
    solution->supported = ranges[SET_SUPPORTED].list.at;
    solution->supported_count = ranges[SET_SUPPORTED].list.count;
    solution->central_set = ranges[SET_CENTRAL].list.at;
    solution->central_count = ranges[SET_CENTRAL].list.count;
    solution->possible = ranges[SET_POSSIBLE].list.at;
    solution->possible_count = ranges[SET_POSSIBLE].list.count;
    verdict->samples = futures;
    verdict->relevant = (uint64_t)relevant;
    verdict->kind = relevant == 0 ? VERDICT_VACUOUS : solution->supported_count > 0 ? VERDICT_SOLVED : VERDICT_UNSOLVABLE;
    return true;
}

// ---- which term binds --------------------------------------------------------------------------------------------------

static bool solve_term(struct asked *asked, struct verdict *verdict)
{
    struct work *work = asked->work;
    const struct question *question = asked->question;
    struct tally tally = tally_new(work->scratch, question);
    struct group group = group_new(work->scratch, work->model, &question, 1, &tally);
    if (!group_run(work, &group, asked->fixed, HOLE_FIRST, asked->futures) || !work_continues(work, asked->futures))
        return false;
    double *shares = arena_array(work->arena, question->term_count, sizeof *shares);
    for (size_t i = 0; i < question->term_count; i++)
        shares[i] = tally.at[COUNT_FIXED + question->when_count + i] / tally.at[COUNT_RELEVANT];
    verdict->solution.labels = asked->hole->limit ? asked->hole->limit->labels : NULL;
    verdict->solution.shares = shares;
    verdict->solution.share_count = question->term_count;
    verdict->relevant = (uint64_t)tally.at[COUNT_RELEVANT];
    verdict->kind = verdict->relevant > 0 ? VERDICT_SOLVED : VERDICT_VACUOUS;
    return true;
}

// ---- thresholds --------------------------------------------------------------------------------------------------------

static double weakest(const struct asked *asked, double a, double b)
{
    if (isnan(a) || isnan(b))
        return isnan(a) ? b : a;
    return asked->hole->stronger_above ? fmin(a, b) : fmax(a, b);
}

// Of the claim and of each concession; the weakest answer is the answer.
static bool solve_thresholds(struct asked *asked, struct verdict *verdict)
{
    if (!solve_threshold(asked, verdict))
        return false;
    for (size_t v = 1; v < asked->variant_count && verdict->kind != VERDICT_VACUOUS; v++) {
        struct asked one = asked_of(asked, v);
        struct verdict there = *verdict;
        if (!solve_threshold(&one, &there))
            return false;
        if (there.kind == VERDICT_VACUOUS)
            continue;
        verdict->solution.central = weakest(asked, verdict->solution.central, there.solution.central);
        if (there.kind == VERDICT_UNSOLVABLE)
            verdict->kind = there.kind;
        if (weakest(asked, verdict->solution.value, there.solution.value) == verdict->solution.value)
            continue;
        verdict->solution.value = there.solution.value;
        verdict->solution.ci_low = there.solution.ci_low;
        verdict->solution.ci_high = there.solution.ci_high;
    }
    return true;
}

// An estimate over all futures reads the hole: it would be another one for each value.
static bool estimates_read_hole(struct work *work, const struct question *question)
{
    bool found = false;
    for (size_t i = 0; i < work->model->aggregate_count && !found; i++) {
        struct arena_mark mark = arena_mark(work->scratch);
        size_t count;
        const size_t *columns = tape_columns(aggregate_tape(work, &work->model->aggregates[i]), &count);
        for (size_t c = 0; c < count; c++)
            found = found || columns[c] == question->hole_column;
        arena_release(work->scratch, mark);
    }
    return found;
}

bool solve_hole(struct work *work, struct inquiry *inquiry)
{
    struct arena_mark mark = arena_mark(work->scratch);
    struct verdict *verdict = &inquiry->verdict;
    const struct hole *hole = &verdict->claim->hole;
    struct asked asked = {.work = work, .hole = hole, .variants = inquiry->findings, .variant_count = inquiry->count, .futures = 1};
    asked = asked_of(&asked, 0);
    for (size_t v = 0; v < inquiry->count; v++)
        asked.reach.uncertain = asked.reach.uncertain || inquiry->findings[v].reach.uncertain;
    if (asked.reach.uncertain)
        asked.futures = work->samples < HOLE_FUTURES ? work->samples : HOLE_FUTURES;
    verdict->solution = (struct solution){.hole = hole, .value = NAN, .ci_low = NAN, .ci_high = NAN, .central = NAN};
    verdict->basis = asked.reach.input_count == 0 ? EVIDENCE_EXACT : EVIDENCE_SAMPLED;
    verdict->searched = asked.reach.bounds_count > 0;
    bool done = estimates_read_hole(work, asked.question);
    if (done) {
        verdict->kind = VERDICT_UNSOLVABLE;
        verdict->reason = "what is asked for stands inside a number about all futures, which is not worked out again for each value: put values "
                          "there one by one, in scenarios";
        arena_release(work->scratch, mark);
        return true;
    }
    if (hole->kind == HOLE_THRESHOLD)
        done = solve_thresholds(&asked, verdict);
    else if (hole->kind == HOLE_DATE)
        done = solve_date(&asked, verdict);
    else if (hole->kind == HOLE_INPUT)
        done = solve_set(&asked, verdict);
    else
        done = solve_term(&asked, verdict);
    if (hole->kind == HOLE_THRESHOLD || hole->kind == HOLE_TERM)
        verdict->samples = asked.futures;
    arena_release(work->scratch, mark);
    return done;
}
