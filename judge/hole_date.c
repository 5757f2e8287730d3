#include <math.h>
#include <string.h>

#include "base/vector.h"
#include "judge/hole.h"

static double instant(const struct timeline *timeline, int step)
{
    return step < 0 ? NAN : timeline->start + step * timeline->length;
}

struct tried { // all steps
    int first, count;
    struct answer *answers;
    double *share, *sure, *hopeful, *central;
};

// The first step from the easy end's far side at which the share reaches the level: earliest when later is easier, else latest.
static int strongest_step(const struct tried *tried, const double *shares, double level)
{
    bool later_is_easier = tried->share[tried->count - 1] >= tried->share[0];
    for (int i = 0; i < tried->count; i++) {
        int s = later_is_easier ? i : tried->count - 1 - i;
        if (shares[s] >= level)
            return tried->first + s;
    }
    return -1;
}

static bool try_steps(struct asked *asked, struct tried *tried, uint64_t futures)
{
    const struct timeline *timeline = &asked->work->model->program->timeline;
    for (int i = 0; i < tried->count; i++)
        if (!fill_hole(asked, instant(timeline, tried->first + i), futures, &tried->answers[i]))
            return false;
    return true;
}

// The steps at which it is supported begin or end once only.
static bool turns_once(const struct tried *tried, double level)
{
    int turns = 0;
    for (int i = 1; i < tried->count; i++)
        turns += (tried->share[i] >= level) != (tried->share[i - 1] >= level);
    return turns <= 1;
}

static void list_ranges(struct asked *asked, const struct tried *tried, double level, struct solution *solution)
{
    const struct timeline *timeline = &asked->work->model->program->timeline;
    struct {
        VECTOR(struct hole_range) list;
    } ranges = {0};
    for (int i = 0; i < tried->count; i++) {
        if (tried->share[i] < level)
            continue;
        const double at = instant(timeline, tried->first + i);
        if (i > 0 && tried->share[i - 1] >= level)
            ranges.list.at[ranges.list.count - 1].high = at;
        else
            vector_push(asked->work->arena, &ranges.list, ((struct hole_range){at, at, {NAN, NAN}, {NAN, NAN}}));
    }
    solution->supported = ranges.list.at;
    solution->supported_count = ranges.list.count;
}

static void answer_date(struct asked *asked, const struct tried *tried, struct solution *solution)
{
    const struct timeline *timeline = &asked->work->model->program->timeline;
    const double level = asked->question->claim->level;
    bool later = tried->share[tried->count - 1] >= tried->share[0];
    double sure = instant(timeline, strongest_step(tried, tried->sure, level)), hopeful = instant(timeline, strongest_step(tried, tried->hopeful, level));
    solution->central = instant(timeline, strongest_step(tried, tried->central, 1));
    if (!turns_once(tried, level)) {
        list_ranges(asked, tried, level, solution);
        return;
    }
    solution->value = instant(timeline, strongest_step(tried, tried->share, level));
    solution->ci_low = later ? hopeful : isnan(sure) ? -INFINITY : sure;
    solution->ci_high = !later ? hopeful : isnan(sure) ? INFINITY : sure;
}

static void set_shares(const struct asked *asked, struct tried *tried, double error)
{
    double *room = arena_array(asked->work->scratch, 4 * (size_t)tried->count, sizeof *room);
    tried->share = room, tried->sure = room + tried->count, tried->hopeful = tried->sure + tried->count, tried->central = tried->hopeful + tried->count;
    for (int i = 0; i < tried->count; i++) {
        const struct answer *answer = &tried->answers[i];
        struct share_interval interval = answer_interval(asked, answer, error);
        tried->share[i] = isnan(answer->share) ? 0 : answer->share;
        tried->sure[i] = interval.low;
        tried->hopeful[i] = interval.high;
        tried->central[i] = answer->central;
    }
}

static struct turns *turns_new(struct arena *arena, size_t lanes)
{
    struct turns *turns = arena_alloc(arena, sizeof *turns);
    *turns = (struct turns){.last = arena_array(arena, lanes, sizeof *turns->last)};
    for (size_t i = 0; i < lanes; i++)
        turns->last[i] = NAN;
    return turns;
}

bool solve_date(struct asked *asked, struct verdict *verdict)
{
    struct work *work = asked->work;
    const struct timeline *timeline = &work->model->program->timeline;
    const int first = asked->question->claim->start, count = timeline->count - first;
    uint64_t futures = asked->reach.uncertain ? hole_futures(asked, DATE_FUTURES) : 1;
    struct tried tried = {first, count, arena_array(work->scratch, (size_t)(count > 0 ? count : 1), sizeof *tried.answers), NULL, NULL, NULL, NULL};
    asked->turns = turns_new(work->scratch, asked->variant_count * DATE_FUTURES);
    verdict->samples = futures;
    verdict->kind = VERDICT_UNSOLVABLE;
    if (count <= 0)
        return true;
    if (!draw_cones(asked, futures) || !try_steps(asked, &tried, futures))
        return false;
    bool one_way = asked->cones && !(asked->turns->begins && asked->turns->stops);
    set_shares(asked, &tried, one_way ? HOLE_ERROR : HOLE_ERROR / count);
    answer_date(asked, &tried, &verdict->solution);
    double relevant = 0;
    for (int i = 0; i < count; i++)
        relevant = fmax(relevant, tried.answers[i].relevant);
    verdict->relevant = (uint64_t)relevant;
    bool found = !isnan(verdict->solution.value) || verdict->solution.supported_count > 0;
    verdict->kind = relevant == 0 ? VERDICT_VACUOUS : found ? VERDICT_SOLVED : VERDICT_UNSOLVABLE;
    return true;
}
