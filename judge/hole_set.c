// The values of an input, or of a figure, for which a claim is supported.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "base/vector.h"
#include "judge/hole.h"

enum { SET_POINTS = 65, SET_HALVINGS = 24 };

// Sure and hopeful: the lower and the upper end of the interval reach the level.
enum answer_set { SET_SUPPORTED, SET_CENTRAL, SET_POSSIBLE, SET_SURE, SET_HOPEFUL, SET_COUNT };

static bool belongs(const struct asked *asked, const struct answer *answer, enum answer_set set)
{
    if (set == SET_CENTRAL)
        return answer->central;
    if (set == SET_POSSIBLE)
        return answer->possible;
    const double level = asked->question->claim->level;
    if (set == SET_SUPPORTED)
        return answer->share >= level;
    struct share_interval interval = answer_interval(asked, answer, asked->error);
    return !isnan(answer->share) && (set == SET_SURE ? interval.low : interval.high) >= level;
}

// Between two values of which one belongs: where it turns.
static bool turning_point(struct asked *asked, enum answer_set set, double left, double right, double *at)
{
    struct answer answer;
    uint64_t futures = asked->reach.uncertain ? hole_futures(asked, SET_FUTURES) : 1;
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
    if (left <= 0 && right >= 0)
        *at = 0;
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
            vector_push(arena, &ranges->list, ((struct hole_range){k == 0 ? -INFINITY : turn, INFINITY, {NAN, NAN}, {NAN, NAN}}));
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

// What a figure is compared with: the side of the first comparison with it that it does not reach.
static value_id other_side(struct asked *asked)
{
    const struct question *question = asked->question;
    for (size_t i = 0; i < question->comparison_count; i++) {
        const struct comparison *comparison = &question->comparisons[i];
        for (size_t side = 0; side < 2 && comparison->count > 0; side++) {
            const struct comparison_at *at = &comparison->at[0];
            const value_id own = side ? at->right : at->left, other = side ? at->left : at->right;
            if (value_reads(asked->work, own, question->hole_column) && !value_reads(asked->work, other, question->hole_column))
                return other;
        }
    }
    return NO_VALUE;
}

static void keep_values(void *user, size_t worker, const struct block *block)
{
    (void)worker;
    memcpy((double *)user + (block->first - SEARCH_FIRST), block->roots[0], block->lanes * sizeof(double));
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// Of a figure in a claim: as wide as what it is compared with.
static struct scale scale_of_figure(struct asked *asked)
{
    struct scale scale = {.date = asked->hole->type.kind == KIND_DATE, .fraction = asked->hole->type.fraction};
    const value_id other = other_side(asked);
    if (other == NO_VALUE)
        return scale;
    double *values = arena_array(asked->work->scratch, SEARCH_FUTURES, sizeof *values), *fixed = work_fixed(asked->work);
    hole_set(asked, fixed, 0);
    const struct tape *tape = tape_make(asked->work->scratch, asked->work->model, &other, 1);
    if (!work_futures(asked->work, tape, fixed, SEARCH_FIRST, SEARCH_FUTURES, keep_values, values))
        return scale;
    for (size_t i = 0; i < SEARCH_FUTURES; i++)
        if (!isfinite(values[i]))
            return scale;
    qsort(values, SEARCH_FUTURES, sizeof *values, by_size);
    scale.central = values[SEARCH_FUTURES / 2];
    scale.half = (values[SEARCH_FUTURES * 95 / 100] - values[SEARCH_FUTURES * 5 / 100]) / 2;
    scale.known = true;
    if (!(scale.half > 0))
        scale.half = scale.central != 0 ? fabs(scale.central) / 2 : 1;
    return scale;
}

static size_t count_ends(const struct ranges *ranges)
{
    size_t ends = 0;
    for (size_t i = 0; i < ranges->list.count; i++)
        ends += (size_t)(isfinite(ranges->list.at[i].low) != 0) + (size_t)(isfinite(ranges->list.at[i].high) != 0);
    return ends;
}

// The range that holds the point, or touches it; NULL when none does.
static const struct hole_range *range_at(const struct ranges *ranges, double from, double to)
{
    for (size_t i = 0; i < ranges->list.count; i++)
        if (ranges->list.at[i].low <= to && ranges->list.at[i].high >= from)
            return &ranges->list.at[i];
    return NULL;
}

// Between which values each end lies: out to where it might be supported, in to where it is for sure.
static void set_end_intervals(struct ranges *supported, const struct ranges *sure, const struct ranges *hopeful)
{
    for (size_t i = 0; i < supported->list.count; i++) {
        struct hole_range *it = &supported->list.at[i];
        const struct hole_range *in = range_at(sure, it->low, it->high), *out = range_at(hopeful, it->low, it->high);
        if (isfinite(it->low)) {
            it->low_ci[0] = out ? fmin(out->low, it->low) : it->low;
            it->low_ci[1] = in ? fmax(in->low, it->low) : it->high;
        }
        if (isfinite(it->high)) {
            it->high_ci[0] = in ? fmin(in->high, it->high) : it->low;
            it->high_ci[1] = out ? fmax(out->high, it->high) : it->high;
        }
    }
}

static bool find_sets(struct asked *asked, const double *values, const struct answer *answers, struct ranges *ranges)
{
    for (enum answer_set set = 0; set <= SET_POSSIBLE; set++)
        if (!find_ranges(asked, set, values, answers, &ranges[set]))
            return false;
    size_t ends = count_ends(&ranges[SET_SUPPORTED]);
    if (ends == 0 || !asked->reach.uncertain)
        return true;
    asked->error = HOLE_ERROR / (double)ends;
    if (!find_ranges(asked, SET_SURE, values, answers, &ranges[SET_SURE]) || !find_ranges(asked, SET_HOPEFUL, values, answers, &ranges[SET_HOPEFUL]))
        return false;
    set_end_intervals(&ranges[SET_SUPPORTED], &ranges[SET_SURE], &ranges[SET_HOPEFUL]);
    return true;
}

bool solve_set(struct asked *asked, struct verdict *verdict)
{
    double values[SET_POINTS];
    struct scale scale = asked->hole->kind == HOLE_VALUES ? scale_of_figure(asked) : scale_of(asked->hole);
    struct answer answers[SET_POINTS];
    struct ranges ranges[SET_COUNT] = {0};
    set_grid(&scale, values);
    uint64_t futures = asked->reach.uncertain ? hole_futures(asked, SET_FUTURES) : 1;
    double relevant = 0;
    if (!draw_cones(asked, futures))
        return false;
    for (size_t k = 0; k < SET_POINTS; k++) {
        if (!fill_hole(asked, values[k], futures, &answers[k]))
            return false;
        relevant = fmax(relevant, answers[k].relevant);
    }
    if (!find_sets(asked, values, answers, ranges))
        return false;
    for (enum answer_set set = 0; set <= SET_POSSIBLE; set++)
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

