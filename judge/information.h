// Mutual information between a truth and something that comes in bins, from counts.
//
// Plug-in entropies, corrected by Miller and Madow: (cells that occur - 1) / 2n nats each (Miller 1955). The standard error is
// the jackknife's, leaving out one batch at a time (Efron and Stein 1981): batches may be replicates of a randomised
// quasi-random sequence, whose futures are not independent of each other.
#ifndef JUDGE_INFORMATION_H
#define JUDGE_INFORMATION_H

#include <stdbool.h>
#include <stddef.h>

enum { INFORMATION_BINS = 128, INFORMATION_BATCHES = 16 };

struct truth_counts { // of one bin
    double at[2];     // fails, holds
};
struct information {
    double bits;      // corrected, between 0 and the entropy of the truth; 0 where it cannot be told from nothing
    double error;     // one standard error
};

// Of a truth that holds with this probability, in bits.
double entropy_of(double share);

// counts[batch * bin_count + bin]. Told from nothing are `bits` of more than two standard errors and of more than three standard
// deviations of what independence gives (chi-squared, Wilks 1938).
struct information information_of(const struct truth_counts *counts, size_t batch_count, size_t bin_count);

#endif
