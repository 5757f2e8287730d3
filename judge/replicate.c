#include "judge/replicate.h"

#include <math.h>
#include <stdbool.h>

#include "base/elementary.h"
#include "base/probability.h"
#include "engine/sobol.h"

// How far Student's t goes to both sides: the share of the beta law beyond it is the error.
static double student_reach(double freedom, double error)
{
    const double share = beta_quantile_at(freedom / 2, 0.5, error);
    return sqrt(freedom * (1 - share) / share);
}

static double sum_of(const double *values)
{
    double sum = 0;
    for (int r = 0; r < REPLICATES; r++)
        sum += values[r];
    return sum;
}

// t times the standard error of sum(parts) / sum(wholes).
static double ratio_reach(const double *parts, const double *wholes, double error)
{
    const double whole = sum_of(wholes), ratio = sum_of(parts) / whole;
    double squares = 0;
    int used = 0;
    for (int r = 0; r < REPLICATES; r++) {
        const double residual = parts[r] - ratio * wholes[r];
        squares += residual * residual;
        used += wholes[r] > 0;
    }
    if (used < 2)
        return INFINITY;
    return student_reach(used - 1, error) * sqrt(squares * used / (used - 1)) / whole;
}

// What n independent futures cannot show.
static double resolution(double n, double error)
{
    return 1 - elementary_pow(error / 2, 1 / n);
}

static bool all_used(const double *wholes)
{
    for (int r = 0; r < REPLICATES; r++)
        if (!(wholes[r] > 0))
            return false;
    return true;
}

static double expit(double odds)
{
    return 1 / (1 + elementary_exp(-odds));
}

// Student's interval of the logarithm of the odds: it keeps inside 0 .. 1, and is wider towards the middle.
static struct share_interval student_interval(double share, double reach)
{
    const double odds = elementary_log(share / (1 - share)), off = reach / (share * (1 - share));
    return (struct share_interval){expit(odds - off), expit(odds + off)};
}

struct share_interval replicated_share(const double *holds, const double *others, double error)
{
    double decided[REPLICATES];
    for (int r = 0; r < REPLICATES; r++)
        decided[r] = holds[r] + others[r];
    const double n = sum_of(decided), count = sum_of(holds);
    struct share_interval interval = clopper_pearson((uint64_t)count, (uint64_t)n, error);
    if (count == 0 || count == n)
        return interval;
    const struct share_interval student = student_interval(count / n, ratio_reach(holds, decided, error));
    if (all_used(decided)) { // else there are few, most of them in replicates of their own
        interval.low = fmax(interval.low, student.low - resolution(n, error));
        interval.high = fmin(interval.high, student.high + resolution(n, error));
    }
    interval.low = fmin(interval.low, student.low);
    interval.high = fmax(interval.high, student.high);
    return interval;
}

double replicated_reach(const double *counts, const double *sums, double deviation, double error)
{
    // A jump between two values is at least two deviations when both are as likely.
    return ratio_reach(sums, counts, error) + 2 * deviation * resolution(sum_of(counts), error);
}

static double share_reach(const double *holds, const double *others, double error)
{
    const struct share_interval interval = replicated_share(holds, others, error);
    const double count = sum_of(holds), share = count / (count + sum_of(others));
    return fmax(share - interval.low, interval.high - share);
}

void replicated_ranks(const double *below, const double *equal, const double *above, double q, double error, uint64_t *low, uint64_t *high)
{
    double at_most[REPLICATES], at_least[REPLICATES];
    for (int r = 0; r < REPLICATES; r++) {
        at_most[r] = below[r] + equal[r];
        at_least[r] = equal[r] + above[r];
    }
    const double n = sum_of(at_most) + sum_of(above);
    const double reach = fmax(share_reach(below, at_least, error), share_reach(at_most, above, error));
    *low = (uint64_t)floor(fmax(n * (q - reach), 0));
    *high = (uint64_t)ceil(fmin(n * (q + reach), n)) + 1;
}
