// The nearest place at which a claim does what is looked for (judge/places.h): on a straight way, and with given inputs moved.
#ifndef JUDGE_NEAREST_H
#define JUDGE_NEAREST_H

#include "judge/places.h"

// A place, its steps by input.
struct near {
    double *steps;
    size_t moved;
    double distance;
};
struct near near_of(const struct places *places, double *steps);
// Fewer inputs first, then nearer; then in the order of the inputs.
int near_compare(const struct places *places, const struct near *a, const struct near *b);

// For each direction the first place on the way from the central future that hits: the steps grow together, each until the end of
// its range; choices stand from the start. Sixteen places of the whole way are looked at, then the stretch before the first
// that hits, and so on, so that a short hit between two places can be missed. direction[i] becomes that place, or NULL when
// none hits. Directions are on scratch and written over.
void nearest_on_ways(struct places *places, double **directions, size_t count);

// Brings a hit nearer while the same inputs move: the share of each in the direction is changed as long as this helps.
// A search for a local minimum, not a proof of it.
struct near nearest_with(struct places *places, const double *steps);

// Makes hits sparse. Each row loses the inputs whose `worth` (by row, by input: how much they do for the hit) is least, as long as
// it hits, then any other one by one. A row that does not hit becomes NULL. At most NEAREST_ROWS rows.
enum { NEAREST_ROWS = 48 };
void nearest_sparse(struct places *places, double **rows, double *const *worth, size_t count);

#endif
