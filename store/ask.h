// What people ask a store: which quantities it has, what is known of one and why it counts, how it moved, and what is wrong.
//
// Each answer is about a vintage, the observer's. Everything lives in the arena of the question. After a failure of the database
// an answer is empty, and store_trouble says why.
#ifndef STORE_ASK_H
#define STORE_ASK_H

#include "store/store.h"

// ---- which quantities ----------------------------------------------------------------------------------------------------

struct asked_name {
    struct text name;
    size_t known;                  // observations known at the vintage
    bool has_newest;
    struct observation newest;     // of the latest period
};

struct asked_names {
    size_t count;
    const struct asked_name *at;   // by name
};

// Those that match: * stands for any text, ? for one character, [ab] for a or b. A pattern without any of these is a name, or the
// beginning of names up to a dot. Empty: all.
struct asked_names ask_names(struct store *store, const struct observer *observer, struct arena *arena, struct text pattern);

// ---- one quantity --------------------------------------------------------------------------------------------------------

enum why_it_counts { WHY_ALONE, WHY_LATER, WHY_BASIS, WHY_ORDER, WHY_PERIOD };

// One period, with what counts and what stands beside it.
struct asked_period {
    struct observation counts;
    struct known_source source;    // its id alone when it is not known
    enum why_it_counts why;
    size_t other_count;
    const struct observation *others; // of other sources, what counts most first
    const bool *dissents;             // which of them disagree with what counts
};

struct asked_periods {
    size_t count;
    const struct asked_period *at;
};

struct asked_periods ask_periods(const struct observer *observer, struct arena *arena, struct text name);

// One observation as history shows it.
struct asked_step {
    struct observation observation;
    bool counts;      // for its period, at the vintage
    bool superseded;  // the same source said something else later
};

struct asked_steps {
    size_t count;
    const struct asked_step *at;   // by known_from, then period, then source
};

struct asked_steps ask_history(struct store *store, const struct observer *observer, struct arena *arena, struct text name);

// ---- what is wrong -------------------------------------------------------------------------------------------------------

struct asked_source {
    struct known_source source;
    size_t known; // observations at the vintage
};

struct asked_findings {
    size_t name_count, observation_count, source_count; // known at the vintage; all sources
    struct asked_periods conflicts;                      // periods on which a source disagrees with what counts
    struct series overtaken;                             // what counts for a period that is over was said before it began, or before half of a long one was over
    size_t untraceable_count, unused_count;
    const struct asked_source *untraceable, *unused;     // sources without an address; without an observation
    size_t basis_count[BASIS_GUESS + 1];                 // observations by basis
};

struct asked_findings ask_findings(struct store *store, const struct observer *observer, struct arena *arena);

// ---- near names ----------------------------------------------------------------------------------------------------------

// The id of a source near a misspelt one; empty when none is near.
struct text ask_nearest_source(struct store *store, struct arena *arena, struct text id);

#endif
