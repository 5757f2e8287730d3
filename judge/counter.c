#include "judge/counter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "judge/oppose.h"
#include "judge/resting.h"
#include "judge/setting.h"

// Rounding may take so much more of the distance, and so many half-widths besides.
#define ROUNDING_SHARE 0.05
#define ROUNDING_MORE 0.02
enum { TRIED = 8 }; // places that are tried to be written down

// ---- shifts ------------------------------------------------------------------------------------------------------------

static struct text point_of(struct text column)
{
    for (size_t i = 0; i + 4 <= column.length; i++)
        if (memcmp(column.at + i, " at ", 4) == 0)
            return (struct text){column.at + i + 4, column.length - i - 4};
    return (struct text){column.at, 0};
}

static struct shift shift_of(const struct places *places, size_t input, double value, double distance)
{
    const struct mover *mover = &places->inputs[input].mover;
    const struct variable *variable = mover->variable;
    struct shift shift = {.variable = places->inputs[input].variable, .name = variable->name, .type = variable->type, .input = variable->input};
    shift.central = mover->central;
    shift.value = value;
    shift.distance = distance;
    if (mover->move == MOVE_DRAW)
        shift.point_name = point_of(places->work->model->columns[mover->reported].name);
    return shift;
}

// ---- pairs -------------------------------------------------------------------------------------------------------------

static struct shift shift_at(const struct places *places, const double *steps, size_t input)
{
    double value = places_value(places, input, places->inputs[input].mover.reported, steps[input]);
    return shift_of(places, input, value, places_distance_of(places, input, steps[input]));
}

static void set_pair(const struct opposing *opposing, struct verdict *verdict)
{
    const struct places *places = &opposing->places;
    if (opposing->singles.count > 0 || opposing->pairs.count == 0 || opposing->pairs.at[0].moved != 2)
        return;
    const struct near *near = &opposing->pairs.at[0];
    struct flip_pair *pair = arena_alloc(places->work->arena, sizeof *pair);
    size_t found = 0;
    *pair = (struct flip_pair){.distance = near->distance, .holds_there = places->wanted};
    for (size_t i = 0; i < places->count; i++)
        if (near->steps[i] != 0)
            *(found++ == 0 ? &pair->first : &pair->second) = shift_at(places, near->steps, i);
    verdict->pair = pair;
}

// ---- counterexamples ---------------------------------------------------------------------------------------------------

struct written {
    struct setting *settings; // of the inputs moved
    size_t count;
    double distance;
};

static bool write_down(const struct places *places, const double *steps, int attempt, struct written *written)
{
    *written = (struct written){arena_array(places->work->scratch, places_moved(places, steps), sizeof *written->settings), 0, 0};
    double sum = 0;
    for (size_t i = 0; i < places->count; i++) {
        if (steps[i] == 0)
            continue;
        struct setting *setting = &written->settings[written->count++];
        if (!setting_make(places, i, steps[i], attempt, setting))
            return false;
        sum += setting->distance * setting->distance;
    }
    written->distance = sqrt(sum);
    return true;
}

static void put_written(struct places *places, const struct written *written)
{
    double *central = arena_array(places->work->scratch, places->count, sizeof *central);
    size_t place = places_put(places, central);
    for (size_t i = 0; i < written->count; i++)
        for (size_t c = 0; c < written->settings[i].column_count; c++)
            places_set(places, place, written->settings[i].columns[c], written->settings[i].values[c]);
}

// The first way to write the place down, from few digits to many, with which it is still a hit and not much farther; else the first that hits.
static bool confirm(struct places *places, const struct near *near, struct written *written)
{
    struct written tried[SETTING_ATTEMPTS];
    bool made[SETTING_ATTEMPTS];
    for (int a = 0; a < SETTING_ATTEMPTS; a++) {
        made[a] = write_down(places, near->steps, a, &tried[a]);
        if (made[a])
            put_written(places, &tried[a]);
    }
    places_run(places);
    const double most = near->distance * (1 + ROUNDING_SHARE) + ROUNDING_MORE;
    bool found = false;
    for (size_t a = 0, at = 0; a < SETTING_ATTEMPTS; a++) {
        if (!made[a] || !places->hits[at++])
            continue;
        if (!found || (written->distance > most && tried[a].distance <= most))
            *written = tried[a];
        found = true;
    }
    return found;
}

static bool all_settable(const struct places *places, const double *steps)
{
    for (size_t i = 0; i < places->count; i++)
        if (steps[i] != 0 && !places->inputs[i].settable)
            return false;
    return true;
}

static bool confirm_one_of(struct places *places, const struct near_list *list, struct written *written)
{
    for (size_t i = 0, tried = 0; i < list->count && tried < TRIED; i++) {
        if (!all_settable(places, list->at[i].steps))
            continue;
        if (confirm(places, &list->at[i], written))
            return true;
        tried++;
    }
    return false;
}

static int farthest_first(const void *a, const void *b)
{
    const struct shift *x = a, *y = b;
    if (x->distance != y->distance)
        return x->distance > y->distance ? -1 : 1;
    return (x->variable > y->variable) - (x->variable < y->variable);
}

// The central future, but for what is set.
static double *columns_of(const struct places *places, const struct written *written)
{
    const struct work *work = places->work;
    const struct model *model = work->model;
    double *columns = arena_array(work->arena, model->column_count, sizeof *columns);
    for (size_t c = 0; c < model->column_count; c++)
        columns[c] = column_is(model, c, COLUMN_INPUT) ? column_central(&model->columns[c]) : work->fixed[c];
    for (size_t i = 0; i < written->count; i++)
        for (size_t c = 0; c < written->settings[i].column_count; c++)
            columns[written->settings[i].columns[c]] = written->settings[i].values[c];
    return columns;
}

static void set_counterexample(const struct places *places, const struct written *written, struct inquiry *inquiry)
{
    struct work *work = places->work;
    struct counterexample *counter = arena_alloc(work->arena, sizeof *counter);
    struct shift *shifts = arena_array(work->arena, written->count, sizeof *shifts);
    for (size_t i = 0; i < written->count; i++)
        shifts[i] = shift_of(places, written->settings[i].input, written->settings[i].value, written->settings[i].distance);
    qsort(shifts, written->count, sizeof *shifts, farthest_first);
    const double *columns = columns_of(places, written);
    *counter = (struct counterexample){.count = written->count, .shifts = shifts, .distance = written->distance, .holds = places->wanted, .columns = columns};
    counter->scenario = setting_scenario(places, written->settings, written->count);
    counter->comparisons = comparisons_at(work, inquiry->findings[0].question, columns);
    counter->comparison_count = inquiry->findings[0].question->comparison_count;
    inquiry->verdict.counterexample = counter;
}

void find_counter(struct work *work, struct inquiry *inquiry, const struct scatter *scatter)
{
    struct opposing opposing;
    struct written written;
    if (!oppose(&opposing, work, inquiry, scatter))
        return;
    set_pair(&opposing, &inquiry->verdict);
    if (confirm_one_of(&opposing.places, &opposing.singles, &written) || confirm_one_of(&opposing.places, &opposing.pairs, &written) ||
        confirm_one_of(&opposing.places, &opposing.several, &written))
        set_counterexample(&opposing.places, &written, inquiry);
    find_resting(&opposing, inquiry);
}
