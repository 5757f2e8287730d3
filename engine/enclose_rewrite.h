// A model's code written so that intervals come out narrower.
//
// Interval arithmetic takes each use of a value for another value: x - x comes out as wide as x twice. Where the form of an
// expression says more than its parts do, its last instruction becomes one of enum enclose_code. Each gives an interval that
// holds the real function and, roundings included, what the sampler computes from the expression as it was written.
#ifndef ENGINE_ENCLOSE_REWRITE_H
#define ENGINE_ENCLOSE_REWRITE_H

#include <stddef.h>

#include "engine/model.h"

struct arena;

// The first `count` values of the model, each the same value as before. Only `code`, `count` and the columns are set.
struct model enclose_rewritten(struct arena *arena, const struct model *model, size_t count);

#endif
