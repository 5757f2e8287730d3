#include "judge/information.h"

#include <math.h>

#include "base/elementary.h"

#define LN2 0.69314718055994530942
#define ERRORS_APART 2.0
#define NULL_DEVIATIONS 3.0

static double times_log(double x)
{
    return x > 0 ? x * elementary_log(x) : 0;
}

double entropy_of(double share)
{
    return fabs(times_log(share) + times_log(1 - share)) / LN2;
}

// What is left of the counts without one batch; its number of cells that occur.
struct table {
    struct truth_counts at[INFORMATION_BINS];
    size_t bins;
};

static void add(struct table *table, const struct truth_counts *counts, double sign)
{
    for (size_t b = 0; b < table->bins; b++)
        for (int t = 0; t < 2; t++)
            table->at[b].at[t] += sign * counts[b].at[t];
}

// n I = sum n_bt ln n_bt - sum n_b ln n_b - sum n_t ln n_t + n ln n, in nats; `freedom` cells more than independence explains.
static double nats_of(const struct table *table, double *freedom, double *futures)
{
    double sum = 0, truths[2] = {0, 0};
    int cells = 0, bins = 0;
    for (size_t b = 0; b < table->bins; b++) {
        const double *at = table->at[b].at;
        sum += times_log(at[0]) + times_log(at[1]) - times_log(at[0] + at[1]);
        cells += (at[0] > 0) + (at[1] > 0);
        bins += at[0] + at[1] > 0;
        truths[0] += at[0];
        truths[1] += at[1];
    }
    double n = truths[0] + truths[1];
    *futures = n;
    // Bins - 1 where both truths occur: expected under independence, which leaves no cell empty for long.
    *freedom = (truths[0] > 0) + (truths[1] > 0) > 1 ? bins - 1 : 0;
    double corrected = cells - bins - ((truths[0] > 0) + (truths[1] > 0)) + 1;
    if (n == 0)
        return 0;
    return (sum - times_log(truths[0]) - times_log(truths[1]) + times_log(n) - corrected / 2) / n;
}

struct information information_of(const struct truth_counts *counts, size_t batch_count, size_t bin_count)
{
    struct table table = {.bins = bin_count};
    double freedom, n, ignored, rest, part[INFORMATION_BATCHES], mean = 0, squares = 0;
    size_t batches = 0;
    for (size_t g = 0; g < batch_count; g++)
        add(&table, counts + g * bin_count, 1);
    double nats = nats_of(&table, &freedom, &n);
    for (size_t g = 0; g < batch_count; g++) {
        add(&table, counts + g * bin_count, -1);
        double without = nats_of(&table, &ignored, &rest);
        add(&table, counts + g * bin_count, 1);
        if (rest > 0 && rest < n)
            mean += part[batches++] = without;
    }
    for (size_t g = 0; g < batches; g++)
        squares += (part[g] - mean / (double)batches) * (part[g] - mean / (double)batches);
    double error = batches > 1 ? sqrt(squares * (double)(batches - 1) / (double)batches) : 0;
    double holds = 0;
    for (size_t b = 0; b < bin_count; b++)
        holds += table.at[b].at[1];
    double entropy = n > 0 ? entropy_of(holds / n) : 0, nothing = n > 0 ? sqrt(2 * freedom) / (2 * n) : 0;
    bool told = nats > ERRORS_APART * error && nats > NULL_DEVIATIONS * nothing;
    return (struct information){told ? fmin(nats / LN2, entropy) : 0, error / LN2};
}
