// What the parts of judge/standing.h share. Not for others.
#ifndef JUDGE_STANDINGS_H
#define JUDGE_STANDINGS_H

#include "base/vector.h"
#include "judge/grounded.h"
#include "judge/relation.h"
#include "judge/standing.h"

// A relation of parties[from] as it reaches parties[to].
struct reaching {
    size_t from, to;
    struct relation_result result;
};

struct standings {
    struct work *work;
    const struct joint *joint;        // NULL: no claim has a relation
    struct party *parties;            // in order of the files
    size_t count;
    struct map first;                 // by name of a claim: its first party
    struct relation_result **results; // by party: of its relations
    VECTOR(struct reaching) reached;  // in order of `from`
    enum label *labels;               // by party
};

// standing_assumption.c: runs an attack on a named assumption, and adds how it reaches the claims that rest on it.
struct relation_result attack_assumption(struct standings *standings, size_t from, const struct relation *relation);
// standing_words.c: what came out for one party.
struct standing *standing_of(const struct standings *standings, size_t party);

#endif
