// Steps in time: phrases, windows, first dates, paths. What an empty set of steps comes to is said in dsl/program.h.
#include <math.h>

#include "verify/walk.h"

// Dates closer than this are the same: a twelfth of a year is no whole number of doubles.
static const double SAME_SECONDS = 1e-3;

static int step_count(const struct walk *walk)
{
    return walk->program->timeline.count < 1 ? 1 : walk->program->timeline.count;
}

static struct range date(struct walk *walk, const struct node *node, const struct walk_scene *scene)
{
    const struct timeline *timeline = &walk->program->timeline;
    const struct range r = walk_node(walk, node, scene);
    if (!range_is_point(r) || !isfinite(r.low) || timeline->length <= 0)
        return r;
    const double edge = timeline->start + round((r.low - timeline->start) / timeline->length) * timeline->length;
    return fabs(edge - r.low) < SAME_SECONDS ? range_of(edge) : r;
}

// ---- phrases ----------------------------------------------------------------------------------------------------------------

static struct range at_date(struct walk *walk, const struct node *node, const struct walk_scene *scene)
{
    const struct range when = date(walk, node->args[1], scene);
    struct range r = range_none();
    bool any = false, elsewhere = when.missing || when.low < walk_first(walk, 0) || when.high >= walk_first(walk, step_count(walk));
    for (int step = 0; step < step_count(walk); step++) {
        if (!(when.low < walk_first(walk, step + 1) && when.high >= walk_first(walk, step)))
            continue;
        const struct range value = walk_at(walk, node->args[0], scene, step);
        r = any ? range_hull(r, value) : value;
        any = true;
    }
    r.missing = r.missing || elsewhere;
    return r;
}

static bool is_some(enum phrase phrase)
{
    return phrase == PHRASE_BY || phrase == PHRASE_BEFORE || phrase == PHRASE_AFTER || phrase == PHRASE_DURING;
}

struct range walk_time(struct walk *walk, const struct node *node, const struct walk_scene *scene)
{
    if (walk->program->timeline.length <= 0)
        return walk_at(walk, node->args[0], scene, 0);
    if (node->phrase == PHRASE_AT || node->count < 3)
        return at_date(walk, node, scene);
    const bool some = is_some(node->phrase);
    const struct range first = date(walk, node->args[1], scene), last = date(walk, node->args[2], scene);
    struct range r = range_of(some ? 0 : 1);
    for (int step = 0; step < step_count(walk); step++) {
        const struct range begun = range_compare(OP_LT, first, range_of(walk_first(walk, step + 1)), false);
        const struct range open = range_compare(OP_LE, range_of(walk_first(walk, step)), last, false);
        const struct range inside = truth_and(begun, open);
        if (!can_hold(inside) && !inside.missing)
            continue;
        const struct range holds = walk_at(walk, node->args[0], scene, step);
        r = some ? truth_or(r, truth_and(inside, holds)) : truth_and(r, truth_or(truth_not(inside), holds));
    }
    return r;
}

struct range walk_when(struct walk *walk, const struct node *node, const struct walk_scene *scene)
{
    struct range r = range_of(INFINITY);
    for (int step = step_count(walk) - 1; step >= node->steps && step >= 0; step--)
        r = range_select(walk_at(walk, node->args[0], scene, step), range_of(walk_first(walk, step)), r);
    return r;
}

// ---- windows ----------------------------------------------------------------------------------------------------------------

struct window {
    struct range first, last;
};

// How many of its seconds lie in start .. end.
static struct range seconds_in(const struct window *window, double start, double end)
{
    if (range_is_point(window->first) && range_is_point(window->last))
        return range_of(fmax(0, fmin(end, window->last.low) - fmax(start, window->first.low)));
    const struct range to = range_least(range_of(end), window->last), from = range_greatest(range_of(start), window->first);
    return range_greatest(range_of(0), range_subtract(to, from));
}

static bool weighs(const struct node *node)
{
    return node->reduce == REDUCE_MEAN || node->reduce == REDUCE_SUM;
}

// What a value that stands for those seconds adds.
static struct range part_of(const struct walk *walk, const struct node *node, struct range value, struct range seconds)
{
    const struct range inside = range_compare(OP_LT, range_of(0), seconds, false);
    if (node->reduce == REDUCE_SUM && !node->integrate)
        seconds = range_divide(seconds, range_of(walk->program->timeline.length));
    if (weighs(node))
        return range_select(inside, range_multiply(value, seconds), range_of(0));
    if (node->reduce == REDUCE_MIN || node->reduce == REDUCE_MAX)
        return range_select(inside, value, range_of(node->reduce == REDUCE_MIN ? INFINITY : -INFINITY));
    if (node->reduce == REDUCE_PRODUCT)
        return range_select(inside, value, range_of(1));
    return node->reduce == REDUCE_EVERY ? truth_or(truth_not(inside), value) : truth_and(inside, value);
}

static bool is_nothing(struct range seconds)
{
    return range_is_point(seconds) && seconds.low == 0;
}

static void add_steps(struct walk *walk, const struct node *node, const struct walk_scene *scene, const struct window *window, struct walk_total *total)
{
    for (int step = 0; step < step_count(walk); step++) {
        const struct range seconds = seconds_in(window, walk_first(walk, step), walk_first(walk, step + 1));
        if (!is_nothing(seconds))
            walk_total_add(total, part_of(walk, node, walk_at(walk, node->args[0], scene, step), seconds));
    }
}

struct range walk_window(struct walk *walk, const struct node *node, const struct walk_scene *scene)
{
    struct walk_scene dates = *scene;
    dates.now_at_end = true;
    const struct window window = {date(walk, node->args[1], &dates), date(walk, node->args[2], &dates)};
    struct range beyond = range_compare(OP_LT, range_of(walk_first(walk, step_count(walk))), window.last, false);
    if (node->count < 4)
        beyond = truth_or(beyond, range_compare(OP_LT, window.first, range_of(walk_first(walk, 0)), false));
    if (!can_fail(beyond))
        return range_none();
    struct walk_total total = walk_total_of(node);
    if (node->count > 3) {
        const struct range seconds = seconds_in(&window, -INFINITY, walk_first(walk, 0));
        if (!is_nothing(seconds))
            walk_total_add(&total, part_of(walk, node, walk_node(walk, node->args[3], scene), seconds));
    }
    add_steps(walk, node, scene, &window, &total);
    return range_select(beyond, range_none(), walk_total_value(&total, range_subtract(window.last, window.first)));
}

// ---- paths ------------------------------------------------------------------------------------------------------------------

struct points {
    size_t count;
    const double *instants;
    const struct range *values;
    bool hold, logarithmic;
};

// Between two values: a straight line, in the logarithm when all are above 0, and either when that is not known. Both grow with
// both ends.
static struct range between(const struct points *points, size_t i, double share)
{
    const struct range a = points->values[i], b = points->values[i + 1];
    bool positive = true;
    for (size_t k = 0; k < points->count; k++)
        positive = positive && points->values[k].low > 0;
    if (range_is_none(a) || range_is_none(b))
        return range_none();
    if (points->logarithmic && !positive)
        return range_hull(a, b);
    const double twelfths = round(share * 12) / 12; // quarters and months of a year are meant exactly
    if (fabs(share - twelfths) < 1e-9)
        share = twelfths;
    const struct range rest = range_of(1 - share), part = range_of(share);
    const struct range r = points->logarithmic ? range_multiply(range_power(a, rest), range_power(b, part))
                                               : range_add(range_multiply(a, rest), range_multiply(b, part));
    const double room = 1e-13 * (fabs(r.low) + fabs(r.high)); // `share` and what is left of it are rounded
    return (struct range){r.low - room, r.high + room, r.missing};
}

static struct range at_instant(const struct points *points, double instant)
{
    const size_t last = points->count - 1;
    for (size_t i = 0; i <= last; i++)
        if (fabs(points->instants[i] - instant) < SAME_SECONDS)
            return points->values[i];
    if (instant < points->instants[0])
        return points->hold ? points->values[0] : range_none();
    if (instant > points->instants[last])
        return points->hold ? points->values[last] : range_none();
    size_t i = 0;
    while (i + 1 < last && instant > points->instants[i + 1])
        i++;
    return between(points, i, (instant - points->instants[i]) / (points->instants[i + 1] - points->instants[i]));
}

struct range walk_path(struct walk *walk, const struct node *node, const struct walk_scene *scene)
{
    struct range values[WALK_POINTS];
    if (node->count > WALK_POINTS)
        return walk_give_up(walk, "a path of more points than the re-checker looks at");
    for (size_t i = 0; i < node->count; i++)
        values[i] = walk_node(walk, node->args[i], scene);
    const struct points points = {node->count, node->path->instants, values, node->path->hold, node->path->logarithmic};
    return at_instant(&points, walk_first(walk, scene->step + 1));
}

struct range walk_input_path(struct walk *walk, const struct input_instance *instance, const struct range *values, int step)
{
    double instants[WALK_POINTS];
    for (size_t i = 0; i < instance->point_count; i++)
        instants[i] = instance->points[i].instant;
    const struct points points = {instance->point_count, instants, values, instance->hold, instance->logarithmic};
    return at_instant(&points, walk_first(walk, step + 1));
}
