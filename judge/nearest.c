#include "judge/nearest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SECTIONS_LEAST = 4, SECTIONS_MOST = 16, SECTION_ROUNDS = 6, CHANGES = 12, PULLS = 3 };
#define WAY_PRECISION 1e-5     // of the way
#define CHANGE_PRECISION 1e-3  // the same while shares are changed
#define CHANGE_WORTH 1e-3      // a change must bring that much of the distance
#define CHANGE_FIRST 0.6       // the first changes make a share 1.6 times as large, or as small
#define CHANGE_LAST 0.03

struct near near_of(const struct places *places, double *steps)
{
    return (struct near){steps, places_moved(places, steps), places_distance(places, steps)};
}

int near_compare(const struct places *places, const struct near *a, const struct near *b)
{
    if (a->moved != b->moved)
        return a->moved < b->moved ? -1 : 1;
    if (a->distance != b->distance)
        return a->distance < b->distance ? -1 : 1;
    for (size_t i = 0; i < places->count; i++)
        if (a->steps[i] != b->steps[i])
            return a->steps[i] > b->steps[i] ? -1 : 1;
    return 0;
}

static double *copy_steps(const struct places *places, const double *steps)
{
    double *copy = arena_array(places->work->scratch, places->count, sizeof *copy);
    memcpy(copy, steps, places->count * sizeof *copy);
    return copy;
}

// ---- ways --------------------------------------------------------------------------------------------------------------

struct way {
    double *direction;
    double far;       // where every step is at the end of its range
    double low, high; // no hit is known up to low; a hit at high, but in the first round
    double precision;
};

static double limit_of(const struct place_input *input, double direction)
{
    return direction > 0 ? input->greatest : -input->least;
}

static void walk(const struct places *places, const double *direction, double share, double *steps)
{
    for (size_t i = 0; i < places->count; i++) {
        const struct place_input *input = &places->inputs[i];
        steps[i] = direction[i];
        if (direction[i] != 0 && !places_is_choice(places, i))
            steps[i] = fmin(fmax(direction[i] * share, input->least), input->greatest);
    }
}

static double far_of(const struct places *places, const double *direction)
{
    double far = 0;
    for (size_t i = 0; i < places->count; i++)
        if (direction[i] != 0 && !places_is_choice(places, i))
            far = fmax(far, limit_of(&places->inputs[i], direction[i]) / fabs(direction[i]));
    return far;
}

static bool open_way(const struct way *way)
{
    return way->direction && way->high - way->low > way->precision * way->far;
}

// One round over the ways from `first` on that fit: each is cut into sections.
static void cut(struct places *places, struct way *ways, size_t count, size_t sections)
{
    double *steps = arena_array(places->work->scratch, places->count, sizeof *steps);
    for (size_t w = 0; w < count; w++)
        for (size_t s = 1; open_way(&ways[w]) && s <= sections; s++) {
            walk(places, ways[w].direction, ways[w].low + (ways[w].high - ways[w].low) * (double)s / (double)sections, steps);
            places_put(places, steps);
        }
    places_run(places);
    for (size_t w = 0, at = 0; w < count; w++) {
        struct way *way = &ways[w];
        if (!open_way(way))
            continue;
        double width = (way->high - way->low) / (double)sections, low = way->low;
        size_t s = 0;
        while (s < sections && !places->hits[at + s])
            s++;
        at += sections;
        if (s == sections) {
            way->direction = NULL;
            continue;
        }
        // The last section keeps its end as it is: there the way is known to hit.
        way->low = low + width * (double)s;
        way->high = s + 1 == sections ? way->high : low + width * (double)(s + 1);
    }
}

// Ways on which only choices stand are one place.
static void stand(struct places *places, struct way *ways, size_t count)
{
    for (size_t w = 0; w < count; w++)
        if (ways[w].far == 0)
            places_put(places, ways[w].direction);
    places_run(places);
    for (size_t w = 0, at = 0; w < count; w++)
        if (ways[w].far == 0 && !places->hits[at++])
            ways[w].direction = NULL;
}

static void some_ways(struct places *places, double **directions, size_t count, double precision)
{
    struct arena_mark mark = arena_mark(places->work->scratch);
    struct way *ways = arena_array(places->work->scratch, count, sizeof *ways);
    for (size_t w = 0; w < count; w++) {
        double far = far_of(places, directions[w]);
        ways[w] = (struct way){directions[w], far, 0, far, precision};
    }
    stand(places, ways, count);
    size_t sections = SECTIONS_MOST;
    for (int round = 0; round < SECTION_ROUNDS; round++) {
        cut(places, ways, count, sections);
        sections = 128 / count < SECTIONS_LEAST ? SECTIONS_LEAST : SECTIONS_MOST;
    }
    for (size_t w = 0; w < count; w++) {
        double *steps = directions[w];
        if (ways[w].direction)
            walk(places, steps, ways[w].high, steps);
        else
            directions[w] = NULL;
    }
    arena_release(places->work->scratch, mark);
}

static void ways_to(struct places *places, double **directions, size_t count, double precision)
{
    enum { AT_ONCE = PLACES_ROOM / SECTIONS_MOST };
    for (size_t first = 0; first < count; first += AT_ONCE)
        some_ways(places, directions + first, count - first < AT_ONCE ? count - first : AT_ONCE, precision);
}

void nearest_on_ways(struct places *places, double **directions, size_t count)
{
    ways_to(places, directions, count, WAY_PRECISION);
}

// ---- with the same inputs ----------------------------------------------------------------------------------------------

// Tries each share larger and smaller; the best place, or `now`.
static struct near change(struct places *places, const struct near *now, double factor)
{
    struct arena *scratch = places->work->scratch;
    double **ways = arena_array(scratch, 2 * places->count, sizeof *ways);
    size_t count = 0;
    for (size_t i = 0; i < places->count; i++)
        for (int side = 0; side < 2 && now->steps[i] != 0 && !places_is_choice(places, i); side++) {
            ways[count] = copy_steps(places, now->steps);
            ways[count++][i] *= side ? factor : 1 / factor;
        }
    ways_to(places, ways, count, CHANGE_PRECISION);
    struct near best = *now;
    for (size_t w = 0; w < count; w++) {
        if (!ways[w])
            continue;
        struct near other = near_of(places, ways[w]);
        if (near_compare(places, &other, &best) < 0)
            best = other;
    }
    return best;
}

// Brings one input as near to its central value as the others let it where they are: where two conditions meet in a corner no way from
// the centre, however its shares are changed, ends in it.
static void pull(struct places *places, double *steps, size_t input)
{
    double low = 0, high = steps[input];
    for (int round = 0; round < PULLS; round++) {
        double width = (high - low) / SECTIONS_MOST;
        for (int s = 0; s < SECTIONS_MOST; s++) {
            steps[input] = low + width * s;
            places_put(places, steps);
        }
        places_run(places);
        int s = 0;
        while (s < SECTIONS_MOST && !places->hits[s])
            s++;
        high = s < SECTIONS_MOST ? low + width * s : high;
        low = s > 0 ? low + width * (s - 1) : high;
    }
    steps[input] = high;
}

static struct near pulled(struct places *places, const struct near *near)
{
    double *steps = copy_steps(places, near->steps);
    for (size_t i = 0; i < places->count; i++)
        if (steps[i] != 0 && !places_is_choice(places, i))
            pull(places, steps, i);
    return near_of(places, steps);
}

struct near nearest_with(struct places *places, const double *steps)
{
    double *way = copy_steps(places, steps);
    struct near best = near_of(places, copy_steps(places, steps));
    nearest_on_ways(places, &way, 1);
    if (way)
        best = near_of(places, way);
    if (best.moved < 2)
        return best;
    double more = CHANGE_FIRST;
    for (int i = 0; i < CHANGES && more > CHANGE_LAST; i++) {
        struct near next = change(places, &best, 1 + more);
        bool helps = next.moved < best.moved || next.distance < best.distance * (1 - CHANGE_WORTH);
        if (near_compare(places, &next, &best) < 0)
            best = next;
        if (!helps)
            more /= 3;
    }
    way = copy_steps(places, best.steps);
    nearest_on_ways(places, &way, 1);
    if (way) {
        struct near exact = near_of(places, way);
        best = near_compare(places, &exact, &best) < 0 ? exact : best;
    }
    return pulled(places, &best);
}

// ---- fewer inputs ------------------------------------------------------------------------------------------------------

enum { PREFIXES = 24, THINNINGS = 8 };

// The inputs of a row that are moved, what they are worth descending.
struct row_order {
    size_t count;
    size_t *inputs;
};

static struct row_order order_of(const struct places *places, const double *steps, const double *worth)
{
    struct row_order order = {0, arena_array(places->work->scratch, places->count, sizeof *order.inputs)};
    for (size_t i = 0; i < places->count; i++) {
        if (steps[i] == 0)
            continue;
        size_t at = order.count++;
        for (; at > 0 && worth[order.inputs[at - 1]] < worth[i]; at--)
            order.inputs[at] = order.inputs[at - 1];
        order.inputs[at] = i;
    }
    return order;
}

// 1, 2, 3, 4, 6, 8, 12, ... and all.
static size_t lengths_of(size_t count, size_t *lengths)
{
    size_t used = 0;
    for (size_t length = 1; length < count && used + 1 < PREFIXES; length += length < 4 ? 1 : length % 3 == 0 ? length / 3 : length / 2)
        lengths[used++] = length;
    lengths[used++] = count;
    return used;
}

static void keep_first(const struct row_order *order, size_t length, double *steps)
{
    for (size_t i = length; i < order->count; i++)
        steps[order->inputs[i]] = 0;
}

// The shortest of the lengths tried at which the row hits.
static void shorten(struct places *places, double **rows, const struct row_order *orders, size_t count)
{
    size_t lengths[PREFIXES];
    for (size_t r = 0; r < count; r++) {
        size_t used = lengths_of(orders[r].count, lengths);
        double *steps = arena_array(places->work->scratch, places->count, sizeof *steps);
        for (size_t k = 0; k < used; k++) {
            memcpy(steps, rows[r], places->count * sizeof *steps);
            keep_first(&orders[r], lengths[k], steps);
            places_put(places, steps);
        }
    }
    places_run(places);
    for (size_t r = 0, at = 0; r < count; r++) {
        size_t used = lengths_of(orders[r].count, lengths), k = 0;
        while (k < used && !places->hits[at + k])
            k++;
        at += used;
        if (k == used)
            rows[r] = NULL;
        else
            keep_first(&orders[r], lengths[k], rows[r]);
    }
}

static void put_without(struct places *places, const double *row, const size_t *inputs, size_t count)
{
    double *steps = copy_steps(places, row);
    for (size_t i = 0; i < count; i++)
        steps[inputs[i]] = 0;
    places_put(places, steps);
}

struct thinning {
    double *row;       // NULL: done
    struct row_order order;
    size_t *spare;     // the inputs it does without, one at a time; those that are worth least first
    size_t count;
};

static void put_each(struct places *places, const struct thinning *thinning)
{
    for (size_t i = thinning->order.count; i > 0; i--)
        put_without(places, thinning->row, &thinning->order.inputs[i - 1], 1);
}

static size_t take_spare(const struct places *places, struct thinning *thinning, size_t at)
{
    thinning->spare = arena_array(places->work->scratch, thinning->order.count, sizeof *thinning->spare);
    for (size_t i = thinning->order.count; i > 0; i--)
        if (places->hits[at++])
            thinning->spare[thinning->count++] = thinning->order.inputs[i - 1];
    return at;
}

static void put_together(struct places *places, const struct thinning *thinning)
{
    size_t lengths[PREFIXES], used = thinning->count > 0 ? lengths_of(thinning->count, lengths) : 0;
    for (size_t k = 0; k < used; k++)
        put_without(places, thinning->row, thinning->spare, lengths[k]);
}

static size_t take_together(const struct places *places, struct thinning *thinning, size_t at)
{
    size_t lengths[PREFIXES], used = thinning->count > 0 ? lengths_of(thinning->count, lengths) : 0, most = 0;
    for (size_t k = 0; k < used; k++)
        if (places->hits[at++])
            most = lengths[k];
    for (size_t i = 0; i < most; i++)
        thinning->row[thinning->spare[i]] = 0;
    if (most == thinning->count)
        thinning->row = NULL;
    return at;
}

// Puts back as many of the inputs that each row does without one at a time as it does without together.
static void thin(struct places *places, struct thinning *rows, size_t count)
{
    for (size_t r = 0; r < count; r++)
        put_each(places, &rows[r]);
    places_run(places);
    for (size_t r = 0, at = 0; r < count; r++)
        at = take_spare(places, &rows[r], at);
    for (size_t r = 0; r < count; r++)
        put_together(places, &rows[r]);
    places_run(places);
    for (size_t r = 0, at = 0; r < count; r++)
        at = take_together(places, &rows[r], at);
}

// One round over all rows that are not done, as many at once as there is room for. False when all are done.
static bool thin_all(struct places *places, double **rows, double *const *worth, bool *done, size_t count)
{
    struct thinning some[NEAREST_ROWS];
    size_t numbers[NEAREST_ROWS], used = 0, room = PLACES_ROOM;
    bool any = false;
    for (size_t r = 0; r <= count; r++) {
        struct row_order order = r < count && rows[r] && !done[r] ? order_of(places, rows[r], worth[r]) : (struct row_order){0, NULL};
        if (used > 0 && (r == count || order.count > room)) {
            thin(places, some, used);
            for (size_t i = 0; i < used; i++)
                done[numbers[i]] = !some[i].row;
            used = 0;
            room = PLACES_ROOM;
        }
        if (order.count == 0 || order.count > room)
            continue;
        any = true;
        room -= order.count;
        numbers[used] = r;
        some[used++] = (struct thinning){rows[r], order, NULL, 0};
    }
    return any;
}

void nearest_sparse(struct places *places, double **rows, double *const *worth, size_t count)
{
    struct row_order orders[NEAREST_ROWS];
    for (size_t r = 0; r < count; r++)
        orders[r] = order_of(places, rows[r], worth[r]);
    shorten(places, rows, orders, count);
    bool done[NEAREST_ROWS] = {false};
    for (int i = 0; i < THINNINGS && thin_all(places, rows, worth, done, count); i++)
        continue;
}
