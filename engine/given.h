// A model in which some columns have one value: constants take their place, and what they decide is left out.
//
// A mixture of two sides (dsl/blend.h) is then judged as if it had been written by hand: what reaches a claim, what can be
// enumerated and what is missing are those of the mixture alone.
#ifndef ENGINE_GIVEN_H
#define ENGINE_GIVEN_H

#include "engine/model.h"

struct arena;

// On `arena`, which is not `scratch`. Columns of `fixed` that are not NAN are given. Of the model's questions `count` from `first` on are kept, and the aggregates that
// they read. Columns, variables and draws keep their numbers; the variables of a question are those it still can see, and
// `missing` is what it then lacks. Variants, related claims and the expression are left out.
struct model *model_given(struct arena *arena, struct arena *scratch, const struct model *model, const double *fixed, size_t first, size_t count);

#endif
