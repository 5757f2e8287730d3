// What the checker asks of a data store, and what it is told. store/ answers; the checker does not know how or where.
//
// An observation is one source's figure for one quantity at one date, and when it could have been known. The *vintage* is the
// date up to which observations count as known. A quantity is named "subject.quantity" with the quantity after the last dot.
#ifndef DSL_OBSERVE_H
#define DSL_OBSERVE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"

// Where a number comes from: said by its source, passed on by another, computed, from memory, guessed.
enum basis { BASIS_STATED, BASIS_SECONDARY, BASIS_DERIVED, BASIS_RECALLED, BASIS_GUESS };
extern const char *const basis_words[]; // "stated", ...: in that order

// Instants are nominal seconds as in dsl/point.h. Texts live in the arena of the question.
struct observation {
    struct text name;                 // "fab.smic.yield_7nm"
    struct text unit;                 // as written: "1/cm^2", "fraction"; "date": low, central, high are instants; "text": see `value`
    double low, central, high;        // in that unit; NAN where not said
    struct text value;                // value_text
    struct text valid;                // the period it is about, as written: "2025", "2025Q3", "2025-04-03"
    double valid_start, valid_end;    // its first instant, and the first after it
    struct text known;                // known_from, as written
    double known_from;                // its first instant
    struct text source;               // source_id
    enum basis basis;
    struct text note;
    size_t others;                    // observations of the same name and period by other sources, known at the vintage, ...
    size_t dissenters;                // ... and those of them whose central value lies outside low .. high, or differs by more
                                      // than 5 % where there are no bounds; or who say only "at most" or
                                      // "at least", and leave no room for low .. high
};

// At most one observation for each end of a period, in the order of the ends.
struct series {
    size_t count;
    const struct observation *at;
};

// What the store says of a source, for `cite` and `from` of names that no `source` statement gives.
struct known_source {
    struct text id, title, publisher, published, url; // url empty: untraceable
};

struct observer {
    void *context;
    double vintage;       // the first instant after the vintage: what is known before it counts
    struct text vintage_text; // as it is printed: "2025-04-03"

    // The observations of a quantity known at the vintage: for each period the one with the newest known_from, only those of
    // `source` when it is not empty. False when there are none. *earliest: if there are some later, when the first becomes known.
    bool (*series)(void *context, struct arena *arena, struct text name, struct text source, struct series *found, struct text *earliest);
    // All sources' observations of one quantity and period known at the vintage, newest known_from first: to print a disagreement.
    struct series (*sources_of)(void *context, struct arena *arena, struct text name, double valid_end);
    bool (*source)(void *context, struct arena *arena, struct text id, struct known_source *found);
    // What the star of a pattern such as "chip.*" stands for, over the subjects known at the vintage, sorted, each once.
    // Returns how many.
    size_t (*members)(void *context, struct arena *arena, struct text pattern, const struct text **found);
    // Names of quantities near a misspelt one, for a hint; empty when none is near.
    struct text (*near)(void *context, struct arena *arena, struct text name);
};

#endif
