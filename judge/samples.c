#include "judge/samples.h"

#include <math.h>
#include <stdlib.h>

#include "base/probability.h"
#include "engine/sobol.h"
#include "judge/binomial.h"
#include "judge/replicate.h"

struct samples samples_of(const struct aggregate_request *request)
{
    return (struct samples){.any_given = request->given == NO_VALUE, .any_assumed = request->assumed == NO_VALUE};
}

static void collect(struct samples *samples, const double *const *values, size_t k, double weight)
{
    if ((!samples->any_assumed && values[VALUE_ASSUMED][k] != 1) || (!samples->any_given && values[VALUE_GIVEN][k] != 1))
        return;
    samples->relevant += weight;
    if (isnan(values[VALUE_WHAT][k]))
        samples->undefined += weight;
    else
        samples->at[samples->count++] = (struct sample){values[VALUE_WHAT][k], weight, k % REPLICATES};
}

void samples_collect(struct arena *arena, struct samples *samples, const double *const *values, const double *weights, size_t count)
{
    samples->at = arena_array(arena, count, sizeof *samples->at);
    samples->count = 0;
    samples->undefined = samples->relevant = 0;
    samples->weighted = weights != NULL;
    for (size_t k = 0; k < count; k++)
        collect(samples, values, k, weights ? weights[k] : 1);
}

static bool known(const struct work *work, const struct samples *samples)
{
    return samples->count > 0 && samples->undefined <= work->tolerance * samples->relevant;
}

// ---- means -------------------------------------------------------------------------------------------------------------

static double mean_value(const struct samples *samples)
{
    double sum = 0, weight = 0;
    for (size_t i = 0; i < samples->count; i++) {
        sum += samples->at[i].value * samples->at[i].weight;
        weight += samples->at[i].weight;
    }
    return sum / weight;
}

static double deviation_of(const struct samples *samples, double mean)
{
    double squares = 0, n = (double)samples->count;
    for (size_t i = 0; i < samples->count; i++)
        squares += (samples->at[i].value - mean) * (samples->at[i].value - mean);
    return n > 1 ? sqrt(squares / (n - 1)) : INFINITY;
}

static double mean_reach(const struct samples *samples, double deviation, double error)
{
    double counts[REPLICATES] = {0}, sums[REPLICATES] = {0};
    for (size_t i = 0; i < samples->count; i++) {
        counts[samples->at[i].replicate]++;
        sums[samples->at[i].replicate] += samples->at[i].value;
    }
    return replicated_reach(counts, sums, deviation, error);
}

static struct estimate mean_of(const struct work *work, const struct samples *samples, double error)
{
    double mean = mean_value(samples), deviation = deviation_of(samples, mean);
    double reach = normal_quantile_at(1 - error / 2) * deviation / sqrt((double)samples->count);
    if (work->options->sampler == SAMPLER_SOBOL && isfinite(deviation))
        reach = mean_reach(samples, deviation, error);
    return (struct estimate){mean, mean - reach, mean + reach, false, false, samples->count, false};
}

// ---- quantiles ---------------------------------------------------------------------------------------------------------

static int by_value(const void *a, const void *b)
{
    double x = ((const struct sample *)a)->value, y = ((const struct sample *)b)->value;
    return (x > y) - (x < y);
}

// Of sorted samples: the first with at least a share of p at or below it.
static size_t quantile_position(const struct samples *samples, double p)
{
    double total = 0, below = 0;
    for (size_t i = 0; i < samples->count; i++)
        total += samples->at[i].weight;
    size_t k = 0;
    while (k + 1 < samples->count && (below += samples->at[k].weight) < p * total * (1 - 1e-12))
        k++;
    return k;
}

static double middle_of(double a, double b, double c)
{
    double least = fmin(a, b), greatest = fmax(a, b);
    return c < least ? least : c > greatest ? greatest : c;
}

// Hoare's selection: the value at a rank without sorting all of them.
static double select_value(struct sample *at, size_t count, size_t rank)
{
    size_t left = 0, right = count - 1;
    while (left < right) {
        double pivot = middle_of(at[left].value, at[left + (right - left) / 2].value, at[right].value);
        size_t i = left, j = right;
        for (;;) {
            while (at[i].value < pivot)
                i++;
            while (at[j].value > pivot)
                j--;
            if (i >= j)
                break;
            struct sample swapped = at[i];
            at[i++] = at[j];
            at[j--] = swapped;
        }
        // All up to j are at most the pivot, all after it at least.
        if (rank <= j)
            right = j;
        else
            left = j + 1;
    }
    return at[rank].value;
}

static double quantile_value(struct samples *samples, double p)
{
    if (samples->weighted) {
        qsort(samples->at, samples->count, sizeof *samples->at, by_value);
        return samples->at[quantile_position(samples, p)].value;
    }
    return select_value(samples->at, samples->count, quantile_position(samples, p)); // all weigh the same: their order is no matter
}

// The value at a rank from 0: of samples that weigh the same by selection, else of sorted ones.
static double ranked(struct samples *samples, size_t rank)
{
    return samples->weighted ? samples->at[rank].value : select_value(samples->at, samples->count, rank);
}

static void find_ranks(const struct samples *samples, double value, double p, double error, uint64_t *low, uint64_t *high)
{
    double below[REPLICATES] = {0}, equal[REPLICATES] = {0}, above[REPLICATES] = {0};
    for (size_t i = 0; i < samples->count; i++) {
        const struct sample *it = &samples->at[i];
        double *count = it->value < value ? below : it->value > value ? above : equal;
        count[it->replicate]++;
    }
    replicated_ranks(below, equal, above, p, error, low, high);
}

static struct estimate quantile_of(const struct work *work, struct samples *samples, double p, double error)
{
    uint64_t low, high, n = samples->count;
    struct estimate estimate = {quantile_value(samples, p), -INFINITY, INFINITY, false, false, samples->count, false};
    if (work->options->sampler == SAMPLER_SOBOL)
        find_ranks(samples, estimate.value, p, error, &low, &high);
    else
        quantile_ranks(n, p, error, &low, &high);
    if (low >= 1)
        estimate.low = ranked(samples, low - 1);
    if (high <= n)
        estimate.high = ranked(samples, high - 1);
    return estimate;
}

// ---- numbers -----------------------------------------------------------------------------------------------------------

static double share_wanted(const struct aggregate_request *request)
{
    return request->kind == AGGREGATE_MEDIAN ? 0.5 : request->p;
}

struct estimate samples_estimate(const struct work *work, const struct aggregate_request *request, struct samples *samples, double error)
{
    if (!known(work, samples))
        return (struct estimate){NAN, NAN, NAN, false, false, samples->count, false};
    return request->kind == AGGREGATE_EXPECTED ? mean_of(work, samples, error) : quantile_of(work, samples, share_wanted(request), error);
}

static double any_true(const struct samples *samples)
{
    for (size_t i = 0; i < samples->count; i++)
        if (samples->at[i].value == 1)
            return 1;
    return 0;
}

double samples_value(const struct work *work, const struct aggregate_request *request, struct samples *samples)
{
    if (request->kind == AGGREGATE_POSSIBLE)
        return any_true(samples);
    if (!known(work, samples))
        return NAN;
    if (request->kind == AGGREGATE_EXPECTED || request->kind == AGGREGATE_PROBABILITY)
        return mean_value(samples);
    return quantile_value(samples, share_wanted(request));
}
