// Random claims as the prover, the enclosures, the re-checker, the sampler and the naive evaluator see them.
#ifndef TESTS_AGREEMENT_H
#define TESTS_AGREEMENT_H

#include <stddef.h>
#include <stdint.h>

// Of the programs of the seeds first .. first + programs - 1. At every point tried in random boxes, corners among them, the
// sampler's and the naive evaluator's values agree and are within the intervals and the linear forms of the box, and what is
// missing is marked; in every future tried, what the prover shows and the re-checker accepts is so. Fails the test with the
// program's seed when something is not.
struct agreement {
    size_t values;        // of naive and sampled futures that were compared
    size_t missing;       // that had none
    size_t skipped;       // that were too long to walk
    size_t edges;         // that differ at a jump, within rounding of which they do not, or past a division by 0
    size_t enclosed, forms; // that were held against intervals, and against forms that are finite
    size_t holds, fails, irrelevant; // claims that were proved so
    size_t relevant;      // futures that a proof spoke about
    size_t verified, refused; // proofs, by the re-checker
};
struct agreement agreement_check(uint64_t first, size_t programs);

#endif
