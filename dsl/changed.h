// What a later (or other) data store says differently about the inputs of a program: the same files checked twice, side A and side B.
//
// Only what is said of inputs and indexes is looked at, not what comes of it: a new observation may well leave a law as it was.
#ifndef DSL_CHANGED_H
#define DSL_CHANGED_H

#include "dsl/program.h"

enum change_kind {
    CHANGE_FIGURES,  // other observations on both sides
    CHANGE_KNOWN,    // not known on side A
    CHANGE_UNKNOWN,  // not known on side B
    CHANGE_EXPIRED,  // its `expires` lies between the two vintages
    CHANGE_REVIVED,  // the same, looked at backwards
};

// An observation of one period on both sides. NULL: there is none on that side.
struct changed_observation {
    const struct observation *sides[2];
    const struct source_entry *sources[2]; // who says so; NULL: not known
};

struct changed_input {
    struct text name;             // "capex[us]"
    enum change_kind kind;
    const struct input *input;    // of side B, and which instance; of side A where B has none
    size_t instance;
    const char *missing;          // CHANGE_UNKNOWN, CHANGE_EXPIRED: why on side B. CHANGE_KNOWN, CHANGE_REVIVED: why on side A
    size_t count;                 // in the order of the periods; those that are alike on both sides are left out
    const struct changed_observation *observations;
};

struct changed_index {
    struct text name;
    size_t added_count, gone_count;
    const struct text *added, *gone; // members
};

struct changed_data {
    size_t input_count;
    const struct changed_input *inputs;   // in the order of side B's program, then those that only side A has
    size_t index_count;
    const struct changed_index *indexes;
    bool present_moved;                   // `present data` is another step
    struct text present[2];               // its name
};

struct changed_data *changed_data(struct arena *arena, const struct program *from, const struct program *to);

// The observations of one quantity on both sides, period by period; those that are alike are left out.
const struct changed_observation *changed_series(struct arena *arena, const struct series *before, const struct series *after, size_t *count);

// Whether the figures are the same, whoever says so and since when.
bool figures_equal(const struct observation *a, const struct observation *b);
// Whether two observations say the same, about the same period and from the same source.
bool observations_equal(const struct observation *a, const struct observation *b);

#endif
