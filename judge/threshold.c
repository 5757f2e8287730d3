#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "judge/binomial.h"
#include "judge/cone.h"
#include "judge/hole.h"
#include "judge/replicate.h"

enum { HALVINGS = 46, CORNER_FUTURES = 1024, POINT_BYTES = 64 << 20 };
#define CENTRAL UINT64_MAX // no future, but the central one

// Doubles as whole numbers in the same order.
static uint64_t rank_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static double value_at(uint64_t rank)
{
    uint64_t bits = rank >> 63 ? rank & ~(UINT64_C(1) << 63) : ~rank;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

struct lanes { // one future each
    struct cone cone;
    uint64_t *holds, *fails; // ranks between which the claim turns
};

static struct lanes lanes_of(struct asked *asked, size_t count)
{
    struct arena *scratch = asked->work->scratch;
    struct lanes lanes = {.cone = cone_of(asked->work, asked->question, count)};
    lanes.holds = arena_array(scratch, count, sizeof *lanes.holds);
    lanes.fails = arena_array(scratch, count, sizeof *lanes.fails);
    return lanes;
}

// Bisects all lanes at once. The claim must get harder in one direction only.
static bool bisect(struct asked *asked, struct lanes *lanes)
{
    uint64_t least = rank_of(-DBL_MAX), greatest = rank_of(DBL_MAX);
    bool above = asked->hole->stronger_above;
    for (size_t k = 0; k < lanes->cone.lanes; k++) {
        lanes->holds[k] = above ? least : greatest;
        lanes->fails[k] = above ? greatest : least;
    }
    for (int i = 0; i < HALVINGS; i++) {
        for (size_t k = 0; k < lanes->cone.lanes; k++)
            lanes->cone.tried[k] = value_at(lanes->holds[k] / 2 + lanes->fails[k] / 2 + (lanes->holds[k] & lanes->fails[k] & 1));
        cone_run(asked->work, &lanes->cone);
        for (size_t k = 0; k < lanes->cone.lanes; k++) {
            uint64_t rank = rank_of(lanes->cone.tried[k]);
            if (lanes->cone.results[ROOT_CONCLUSION][k] == 1)
                lanes->holds[k] = rank;
            else
                lanes->fails[k] = rank;
        }
        if (!work_continues(asked->work, i == 0 ? lanes->cone.lanes : 0))
            return false;
    }
    return true;
}

static int by_value(const void *a, const void *b)
{
    double x = ((const struct turn *)a)->value, y = ((const struct turn *)b)->value;
    return (x > y) - (x < y);
}

// The thresholds of the relevant lanes, sorted; never and always are infinite.
static size_t thresholds(struct asked *asked, const struct lanes *lanes, struct turn *found)
{
    bool above = asked->hole->stronger_above;
    struct tally tally = tally_new(asked->work->scratch, asked->question);
    size_t count = 0;
    for (size_t k = 0; k < lanes->cone.lanes; k++) {
        double before = tally.at[COUNT_RELEVANT];
        bool undefined;
        tally_add(asked->question, tally.at, (const double *const *)lanes->cone.results, k, 1, &undefined);
        if (tally.at[COUNT_RELEVANT] == before)
            continue;
        double value = value_at(lanes->holds[k]);
        if (lanes->holds[k] == rank_of(above ? -DBL_MAX : DBL_MAX))
            value = above ? -INFINITY : INFINITY;
        else if (fabs(value) > DBL_MAX / 4)
            value = value > 0 ? INFINITY : -INFINITY;
        found[count++] = (struct turn){value, k % REPLICATES};
    }
    qsort(found, count, sizeof *found, by_value);
    return count;
}

static double ranked(const struct turn *sorted, size_t count, uint64_t rank)
{
    return rank < 1 ? -INFINITY : rank > count ? INFINITY : sorted[rank - 1].value;
}

bool thresholds_at(struct asked *asked, const double *fixed, uint64_t futures, uint64_t first, bool central, struct turn **sorted, size_t *count)
{
    struct lanes lanes = lanes_of(asked, (size_t)futures);
    if (central)
        cone_centre(asked->work, &lanes.cone, fixed);
    else if (!cone_draw(asked->work, &lanes.cone, fixed, first))
        return false;
    if (!bisect(asked, &lanes))
        return false;
    *sorted = arena_array(asked->work->scratch, lanes.cone.lanes, sizeof **sorted);
    *count = thresholds(asked, &lanes, *sorted);
    return true;
}

double threshold_holding(const struct turn *sorted, size_t count, double share, bool above)
{
    double q = above ? 1 - share : share, slack = 1e-9 * (double)count;
    double at = above ? floor(q * (double)count + slack) : ceil(q * (double)count - slack) - 1;
    return sorted[at < 0 ? 0 : at < (double)count ? (size_t)at : count - 1].value;
}

static void set_interval(const struct asked *asked, const struct turn *sorted, size_t count, double q, struct solution *solution)
{
    uint64_t low, high;
    double counts[3][REPLICATES] = {0};
    solution->ci_low = solution->ci_high = solution->value;
    if (!asked->reach.uncertain)
        return;
    for (size_t i = 0; i < count; i++)
        counts[sorted[i].value < solution->value ? 0 : sorted[i].value > solution->value ? 2 : 1][sorted[i].replicate]++;
    if (asked->work->options->sampler == SAMPLER_SOBOL)
        replicated_ranks(counts[0], counts[1], counts[2], q, asked->error, &low, &high);
    else
        quantile_ranks(count, q, asked->error, &low, &high);
    solution->ci_low = ranked(sorted, count, low);
    solution->ci_high = ranked(sorted, count, high);
}

// Solves at `fixed` with so many futures; central: one lane with everything central.
static bool solve_at(struct asked *asked, const double *fixed, uint64_t futures, uint64_t first, struct solution *solution, uint64_t *relevant)
{
    struct work *work = asked->work;
    struct arena_mark mark = arena_mark(work->scratch);
    struct turn *sorted;
    size_t count;
    if (!thresholds_at(asked, fixed, futures, first, first == CENTRAL, &sorted, &count))
        return false;
    *relevant = count;
    solution->value = solution->ci_low = solution->ci_high = NAN;
    if (count > 0) {
        double level = asked->question->claim->level, q = asked->hole->stronger_above ? 1 - level : level;
        solution->value = threshold_holding(sorted, count, level, asked->hole->stronger_above);
        set_interval(asked, sorted, count, q, solution);
    }
    arena_release(work->scratch, mark);
    return true;
}

static bool weaker(const struct asked *asked, double a, double b)
{
    if (isnan(a) || isnan(b))
        return isnan(b) && !isnan(a);
    return asked->hole->stronger_above ? a < b : a > b;
}

static bool find_worst(struct asked *asked)
{
    struct work *work = asked->work;
    const struct reach *reach = &asked->reach;
    double *fixed = arena_array(work->scratch, work->model->column_count, sizeof *fixed), worst = NAN;
    memcpy(fixed, asked->fixed, work->model->column_count * sizeof *fixed);
    uint64_t futures = reach->uncertain ? CORNER_FUTURES : 1, relevant;
    for (size_t place = 0; place < hole_places(work, reach); place++) {
        hole_place(work, reach, place, fixed);
        struct solution there = {0};
        if (!solve_at(asked, fixed, futures, SEARCH_FIRST, &there, &relevant))
            return false;
        if (!weaker(asked, there.value, worst))
            continue;
        worst = there.value;
        memcpy(asked->fixed, fixed, work->model->column_count * sizeof *fixed);
    }
    return true;
}

bool solve_threshold(struct asked *asked, struct verdict *verdict)
{
    struct work *work = asked->work;
    uint64_t most = POINT_BYTES / (8 * (cone_width(work, asked->question) + 8)), none;
    if (asked->futures > most)
        asked->futures = most > CORNER_FUTURES ? most : CORNER_FUTURES;
    if (asked->reach.bounds_count > 0 && !find_worst(asked))
        return false;
    struct solution central = {0};
    double *fixed = work_fixed(work);
    if (!solve_at(asked, fixed, 1, CENTRAL, &central, &none))
        return false;
    if (!solve_at(asked, asked->fixed, asked->futures, HOLE_FIRST, &verdict->solution, &verdict->relevant))
        return false;
    verdict->solution.central = central.value;
    bool solved = asked->hole->stronger_above ? verdict->solution.value > -INFINITY : verdict->solution.value < INFINITY;
    verdict->kind = verdict->relevant == 0 ? VERDICT_VACUOUS : solved ? VERDICT_SOLVED : VERDICT_UNSOLVABLE;
    return true;
}
