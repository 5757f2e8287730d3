#include "judge/leaning.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FUTURES_MOST = 4096 };

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// Positive where it hits. Without margins the truth alone.
static double *hit_margins(const struct places *places, const struct scatter *scatter, size_t count)
{
    struct arena *scratch = places->work->scratch;
    double *values = arena_array(scratch, count, sizeof *values), *sizes = arena_array(scratch, count, sizeof *sizes);
    size_t known = 0;
    for (size_t k = 0; k < count; k++)
        if (isfinite(scatter->margins[k]))
            sizes[known++] = fabs(scatter->margins[k]);
    if (known > 0)
        qsort(sizes, known, sizeof *sizes, by_size);
    const double scale = known > 0 ? sizes[known / 2] : 0, sign = places->wanted ? 1 : -1;
    for (size_t k = 0; k < count; k++) {
        double margin = scatter->margins[k], truth = scatter->holds[k] ? 1 : -1;
        bool use = scale > 0 && !isnan(margin);
        values[k] = sign * (use ? (isinf(margin) ? truth : margin / (fabs(margin) + scale)) : truth);
    }
    return values;
}

static double varying_mean(const struct places *places, const struct scatter *scatter, size_t input, size_t future)
{
    const struct variable *variable = places->inputs[input].mover.variable;
    double sum = 0;
    size_t count = 0;
    for (size_t c = 0; c < variable->column_count; c++) {
        size_t at = scatter_column(scatter, variable->columns[c]);
        if (at == SIZE_MAX)
            continue;
        sum += scatter->values[at][future];
        count++;
    }
    return count > 0 ? sum / (double)count : places->inputs[input].mover.central;
}

// Its value in the reported column; of an input that varies by period the mean of all.
static double value_in(const struct places *places, const struct scatter *scatter, size_t input, size_t future)
{
    const struct mover *mover = &places->inputs[input].mover;
    size_t at = scatter_column(scatter, mover->reported);
    if (mover->move == MOVE_VALUE && mover->variable->column_count > 1)
        return varying_mean(places, scatter, input, future);
    return at == SIZE_MAX ? mover->central : scatter->values[at][future];
}

void leaning_place(const struct places *places, const struct scatter *scatter, size_t future, double *steps)
{
    for (size_t i = 0; i < places->count; i++)
        steps[i] = places_step(places, i, value_in(places, scatter, i, future));
}

static double slope_of(const struct places *places, const struct scatter *scatter, size_t input, const double *margins, size_t count)
{
    const struct mover *mover = &places->inputs[input].mover;
    double mean_x = 0, mean_y = 0, xx = 0, xy = 0;
    for (size_t k = 0; k < count; k++) {
        double x = (value_in(places, scatter, input, k) - mover->central) / mover->half, y = margins[k];
        double dx = x - mean_x;
        mean_x += dx / (double)(k + 1);
        mean_y += (y - mean_y) / (double)(k + 1);
        xx += dx * (x - mean_x);
        xy += dx * (y - mean_y);
    }
    return xx > 0 ? xy / xx : 0;
}

// The mean of each value of a choice, less that of the central one; 0 for what did not come up.
static double *means_of(const struct places *places, const struct scatter *scatter, size_t input, const double *margins, size_t count)
{
    struct arena *scratch = places->work->scratch;
    size_t choices = places_choices(places, input);
    double *sums = arena_array(scratch, choices + 1, sizeof *sums), *counts = arena_array(scratch, choices + 1, sizeof *counts);
    for (size_t k = 0; k < count; k++) {
        size_t step = (size_t)places_step(places, input, value_in(places, scatter, input, k));
        sums[step] += margins[k];
        counts[step]++;
    }
    double central = counts[0] > 0 ? sums[0] / counts[0] : 0;
    for (size_t n = 0; n <= choices; n++)
        sums[n] = counts[n] > 0 ? sums[n] / counts[n] - central : 0;
    return sums;
}

double leaning_worth(const struct leaning *leaning, size_t input, double step)
{
    if (leaning->choices[input])
        return leaning->choices[input][(size_t)step];
    return leaning->slopes[input] * step;
}

double leaning_end(const struct leaning *leaning, size_t input)
{
    const struct place_input *it = &leaning->places->inputs[input];
    if (!leaning->choices[input])
        return leaning->slopes[input] > 0 ? it->greatest : leaning->slopes[input] < 0 ? it->least : 0;
    double best = 0;
    for (double step = 1; step <= it->greatest; step++)
        if (leaning_worth(leaning, input, step) > leaning_worth(leaning, input, best))
            best = step;
    return best;
}

static void set_order(struct leaning *leaning)
{
    struct arena *scratch = leaning->places->work->scratch;
    size_t count = leaning->places->count;
    double *most = arena_array(scratch, count, sizeof *most);
    leaning->order = arena_array(scratch, count, sizeof *leaning->order);
    for (size_t i = 0; i < count; i++) {
        size_t at = i;
        most[i] = leaning_worth(leaning, i, leaning_end(leaning, i));
        for (; at > 0 && most[leaning->order[at - 1]] < most[i]; at--)
            leaning->order[at] = leaning->order[at - 1];
        leaning->order[at] = i;
    }
}

struct leaning leaning_of(const struct places *places, const struct scatter *scatter)
{
    struct arena *scratch = places->work->scratch;
    struct leaning leaning = {places, arena_array(scratch, places->count, sizeof(double)), arena_array(scratch, places->count, sizeof(double *)), NULL};
    size_t count = scatter->count < FUTURES_MOST ? scatter->count : FUTURES_MOST;
    const double *margins = hit_margins(places, scatter, count);
    for (size_t i = 0; i < places->count; i++) {
        if (places_is_choice(places, i))
            leaning.choices[i] = means_of(places, scatter, i, margins, count);
        else
            leaning.slopes[i] = slope_of(places, scatter, i, margins, count);
    }
    set_order(&leaning);
    return leaning;
}
