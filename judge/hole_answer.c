// What a claim says with one value in its hole.
#include <math.h>
#include <string.h>

#include "judge/hole.h"

enum { CONE_BYTES = 128 << 20 };

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
    hole_set(asked, fixed, value);
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

static void keep_turns(struct turns *turns, size_t lane, double now)
{
    turns->begins = turns->begins || (turns->last[lane] == 0 && now == 1);
    turns->stops = turns->stops || (turns->last[lane] == 1 && now == 0);
    turns->last[lane] = now;
}

// Without a value is not with the one that is asked for.
static void count_missing(struct tally *tally)
{
    tally->at[COUNT_FAILS] += tally->at[COUNT_UNDEFINED];
    for (int r = 0; r < REPLICATES; r++)
        tally_split(tally, SPLIT_FAILS)[r] += tally_split(tally, SPLIT_UNDEFINED)[r];
}

static bool count_in_cone(struct asked *asked, double value, struct tally *tally)
{
    struct cone *cone = &asked->cones[asked->cone];
    for (size_t k = 0; k < cone->lanes; k++)
        cone->tried[k] = value;
    cone_run(asked->work, cone);
    for (size_t k = 0; k < cone->lanes; k++) {
        double before = tally->at[COUNT_RELEVANT];
        tally_lane(asked->question, tally, (const double *const *)cone->results, k, k % REPLICATES);
        if (asked->turns && tally->at[COUNT_RELEVANT] > before)
            keep_turns(asked->turns, k + cone->lanes * asked->cone, cone->results[ROOT_CONCLUSION][k]);
    }
    count_missing(tally);
    return work_continues(asked->work, 0);
}

bool count_at(struct asked *asked, const double *fixed, uint64_t futures, struct tally *tally)
{
    struct work *work = asked->work;
    *tally = tally_new(work->scratch, asked->question);
    if (asked->cones)
        return count_in_cone(asked, hole_value(asked, fixed), tally);
    struct group group = group_new(work->scratch, work->model, &asked->question, 1, tally);
    if (!group_run(work, &group, fixed, HOLE_FIRST, futures) || !work_continues(work, futures))
        return false;
    count_missing(tally);
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
    hole_set(asked, fixed, value);
    *answer = (struct answer){.share = NAN};
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
        memcpy(answer->holds, tally_split(&tally, SPLIT_HOLDS), sizeof answer->holds);
        memcpy(answer->fails, tally_split(&tally, SPLIT_FAILS), sizeof answer->fails);
    }
    answer->central = holds_centrally(asked, work_fixed(work), value);
    arena_release(work->scratch, mark);
    return true;
}

// What is asked of one variant.
struct asked asked_of(const struct asked *asked, size_t variant)
{
    struct asked one = *asked;
    one.cone = variant;
    const struct finding *finding = &asked->variants[variant];
    one.question = finding->question;
    one.reach = finding->reach;
    one.fixed = arena_array(asked->work->scratch, asked->work->model->column_count, sizeof *one.fixed);
    memcpy(one.fixed, finding->central.fixed, asked->work->model->column_count * sizeof *one.fixed);
    return one;
}

// The weakest of all variants; a concession that never comes about asks nothing.
bool fill_hole(struct asked *asked, double value, uint64_t futures, struct answer *answer)
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
        there.possible = answer->possible;
        there.central = answer->central;
        *answer = there;
    }
    return true;
}

struct share_interval answer_interval(const struct asked *asked, const struct answer *answer, double error)
{
    if (isnan(answer->share))
        return (struct share_interval){0, 1};
    if (!asked->reach.uncertain)
        return (struct share_interval){answer->share, answer->share};
    struct tally tally = tally_new(asked->work->scratch, asked->question);
    memcpy(tally_split(&tally, SPLIT_HOLDS), answer->holds, sizeof answer->holds);
    memcpy(tally_split(&tally, SPLIT_FAILS), answer->fails, sizeof answer->fails);
    tally.at[COUNT_HOLDS] = round(answer->share * answer->relevant);
    tally.at[COUNT_FAILS] = answer->relevant - tally.at[COUNT_HOLDS];
    return tally_interval(asked->work, &tally, error);
}

bool draw_cones(struct asked *asked, uint64_t futures)
{
    for (size_t v = 0; v < asked->variant_count; v++)
        if (hole_places(asked->work, &asked->variants[v].reach) > 1)
            return true;
    struct cone *cones = arena_array(asked->work->scratch, asked->variant_count, sizeof *cones);
    for (size_t v = 0; v < asked->variant_count; v++) {
        const struct finding *finding = &asked->variants[v];
        if (cone_width(asked->work, finding->question) * futures * sizeof(double) > CONE_BYTES)
            return true;
        cones[v] = cone_of(asked->work, finding->question, (size_t)futures);
        if (!cone_draw(asked->work, &cones[v], finding->central.fixed, HOLE_FIRST))
            return false;
    }
    asked->cones = cones;
    return true;
}
