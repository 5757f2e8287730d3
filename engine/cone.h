// Running a model again with only some of its columns changed: of the instructions only those that depend on these columns,
// their cone, are run; everything else that the cone reads is kept from the run before.
#ifndef ENGINE_CONE_H
#define ENGINE_CONE_H

#include "engine/evaluate.h"

struct cone {
    const struct tape *tape;  // NULL: none of the roots depends on the columns
    size_t root_count;
    const size_t *roots;      // which of the roots asked for it gives, ascending; the others stay as they were
};

struct cone_set {
    const struct tape *whole; // its roots are those asked for, then the values that are kept
    size_t root_count, kept_count;
    size_t cone_count;
    const struct cone *cones;
    size_t workspace;         // doubles that suffice for every cone's tape
};

// columns[i]: by model column, whether it is one of those that change together for cone i.
struct cone_set cones_make(struct arena *arena, const struct model *model, const value_id *roots, size_t root_count, const bool *const *columns,
                           size_t cone_count);

// A cone's tape reads the changed columns where the model has them, other columns too, and the kept value j, which is root
// root_count + j of the whole, at column model->column_count + j.

#endif
