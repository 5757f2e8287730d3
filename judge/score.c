#include "judge/score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "judge/information.h"

enum { MIDDLE_BINS = 64, EDGE_FUTURES = 1024, A_BIN = 64, A_RARE_BIN = 4, A_TAIL = 16 };

struct scoring {
    struct work *work;
    const struct scatter *scatter;
    size_t bins;             // of a continuous input
    double *means;           // room for one value a future
    double *sorted;          // the same
    double *edges;           // INFORMATION_BINS
    struct truth_counts *counts;
};

// The values to be binned: those of its only draw, or the mean over its periods. NULL: it does not reach the claim directly.
static const double *values_of(const struct scoring *scoring, const struct variable *variable)
{
    const struct scatter *scatter = scoring->scatter;
    const struct model *model = scoring->work->model;
    const double *only = NULL;
    size_t draws = 0, last = SIZE_MAX;
    for (size_t i = 0; i < variable->column_count; i++) {
        size_t at = scatter_column(scatter, variable->columns[i]);
        if (at == SIZE_MAX || model->columns[variable->columns[i]].law->law == LAW_KNOWN)
            continue;
        only = scatter->values[at];
        if (draws++ == 0)
            for (size_t k = 0; k < scatter->count; k++)
                scoring->means[k] = 0;
        else if (last == variable->draws[i])
            draws--;
        last = variable->draws[i];
        for (size_t k = 0; k < scatter->count; k++)
            scoring->means[k] += only[k];
    }
    return draws > 1 ? scoring->means : only;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// Lower ends of all bins but the first, ascending.
static size_t find_edges(const struct scoring *scoring, const double *values, bool choice)
{
    size_t some = scoring->scatter->count < EDGE_FUTURES ? scoring->scatter->count : EDGE_FUTURES, count = 0;
    double *sorted = scoring->sorted, *edges = scoring->edges;
    memcpy(sorted, values, some * sizeof *sorted);
    qsort(sorted, some, sizeof *sorted, by_size);
    double before = sorted[0];
    for (size_t b = 1; b < (choice ? some : scoring->bins) && count < MIDDLE_BINS; b++) {
        double edge = sorted[choice ? b : b * some / scoring->bins];
        if (edge > before)
            edges[count++] = before = edge;
    }
    return count;
}

// Halves the bin above the last edge, or below the first, towards the end again and again; adds the edges behind the others.
static size_t add_tail(const struct scoring *scoring, const double *values, size_t count, bool upper, double end)
{
    double *sorted = scoring->sorted;
    size_t in = 0;
    for (size_t k = 0; k < scoring->scatter->count; k++)
        if (upper ? values[k] >= end : values[k] < end)
            sorted[in++] = values[k];
    qsort(sorted, in, sizeof *sorted, by_size);
    double before = upper ? end : in > 0 ? sorted[0] : end;
    for (size_t size = in / 2; size >= A_TAIL; size /= 2) {
        double edge = sorted[upper ? in - size : size];
        if (edge > before && (upper || edge < end))
            scoring->edges[count++] = edge;
        if (upper)
            before = fmax(before, edge);
        else
            end = fmin(end, edge);
    }
    return count;
}

// Bins, whose edges are then followed by INFINITY.
static size_t find_bins(const struct scoring *scoring, const double *values, bool choice)
{
    size_t count = find_edges(scoring, values, choice);
    if (!choice && count > 0) {
        double first = scoring->edges[0], last = scoring->edges[count - 1];
        count = add_tail(scoring, values, count, false, first);
        count = add_tail(scoring, values, count, true, last);
        qsort(scoring->edges, count, sizeof *scoring->edges, by_size);
    }
    for (size_t i = count; i < INFORMATION_BINS; i++)
        scoring->edges[i] = INFINITY;
    return count + 1;
}

// How many of the ends are at or below the value; always as many steps, so that no branch has to be foreseen.
static size_t bin_of(const double *edges, double value)
{
    size_t bin = 0;
    for (size_t step = INFORMATION_BINS / 2; step > 0; step /= 2)
        bin += edges[bin + step - 1] <= value ? step : 0;
    return bin;
}

static struct information score_of(const struct scoring *scoring, const double *values, bool choice)
{
    const struct scatter *scatter = scoring->scatter;
    size_t bins = find_bins(scoring, values, choice);
    for (size_t i = 0; i < bins * INFORMATION_BATCHES; i++)
        scoring->counts[i] = (struct truth_counts){{0, 0}};
    for (size_t k = 0; k < scatter->count; k++) {
        size_t batch = scatter->numbers[k] % INFORMATION_BATCHES;
        scoring->counts[batch * bins + bin_of(scoring->edges, values[k])].at[scatter->holds[k]]++;
    }
    return information_of(scoring->counts, INFORMATION_BATCHES, bins);
}

static size_t rarer(const struct scatter *scatter)
{
    size_t fails = scatter->count - scatter->hold_count;
    return fails < scatter->hold_count ? fails : scatter->hold_count;
}

static struct scoring scoring_of(struct work *work, const struct scatter *scatter)
{
    struct scoring scoring = {.work = work, .scatter = scatter, .bins = MIDDLE_BINS};
    while (scoring.bins > 2 && (scoring.bins * A_BIN > scatter->count || scoring.bins * A_RARE_BIN > rarer(scatter)))
        scoring.bins /= 2;
    scoring.means = arena_array(work->scratch, scatter->count, sizeof *scoring.means);
    scoring.sorted = arena_array(work->scratch, scatter->count, sizeof *scoring.sorted);
    scoring.edges = arena_array(work->scratch, INFORMATION_BINS, sizeof *scoring.edges);
    scoring.counts = arena_array(work->scratch, INFORMATION_BINS * INFORMATION_BATCHES, sizeof *scoring.counts);
    return scoring;
}

static void score(const struct scoring *scoring, double entropy, struct crux *crux)
{
    const struct variable *variable = &scoring->work->model->variables[crux->variable];
    const double *values = values_of(scoring, variable);
    if (!values)
        return;
    struct information information = {0, 0};
    if (entropy > 0)
        information = score_of(scoring, values, crux->choice);
    crux->score.bits = information.bits;
    crux->score.bits_error = information.error;
    crux->score.share = entropy > 0 ? information.bits / entropy : 0;
}

static int more_first(const void *a, const void *b)
{
    const struct crux *x = a, *y = b;
    double more = isnan(x->score.bits) ? -1 : x->score.bits, other = isnan(y->score.bits) ? -1 : y->score.bits;
    if (more != other)
        return more > other ? -1 : 1;
    return (x->variable > y->variable) - (x->variable < y->variable);
}

void score_cruxes(struct work *work, struct inquiry *inquiry, const struct scatter *scatter)
{
    struct verdict *verdict = &inquiry->verdict;
    if (scatter->count == 0)
        return;
    verdict->entropy = entropy_of((double)scatter->hold_count / (double)scatter->count);
    if (rarer(scatter) > 0 && rarer(scatter) < SCORE_RARE)
        return;
    struct arena_mark mark = arena_mark(work->scratch);
    struct scoring scoring = scoring_of(work, scatter);
    for (size_t i = 0; i < verdict->crux_count; i++)
        score(&scoring, verdict->entropy, &inquiry->cruxes[i]);
    arena_release(work->scratch, mark);
    size_t flips = 0;
    while (flips < verdict->crux_count && inquiry->cruxes[flips].flip_count > 0)
        flips++;
    if (flips < verdict->crux_count)
        qsort(inquiry->cruxes + flips, verdict->crux_count - flips, sizeof(struct crux), more_first);
}
