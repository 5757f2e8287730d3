// A compiled model run for one future, one instruction after the other.
#ifndef TESTS_SUPPORT_SCALAR_H
#define TESTS_SUPPORT_SCALAR_H

struct arena;
struct model;

// columns[c]: the value of model column c. The result has one value per instruction.
const double *scalar_run(struct arena *arena, const struct model *model, const double *columns);

#endif
