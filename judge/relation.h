// Relations between claims, run instead of drawn. Not for other folders.
//
// Both sides are looked at in the same futures (judge/joint.h). Let n be the futures in which the target says something; in K of
// them it fails, in m the other side holds, in x both are so. Then `rebuts` is *grounded* when the attacker is supported and the
// target refuted, or when x / m exceeds K / n by more than chance explains: were the m futures drawn from the n without regard to
// the target, x or more failures would come with a probability of at most RELATION_ERROR (Fisher's exact test, one-sided: Fisher 1934).
// `supports` is the same with "holds" for "fails", and grounded also when both hold in every future.
// `undercuts` is grounded when the target's premise holds without its conclusion in some future, and the attacker is not refuted;
// where there are such futures in which the attacker holds, those are told of.
#ifndef JUDGE_RELATION_H
#define JUDGE_RELATION_H

#include "base/buffer.h"
#include "judge/joint.h"

#define RELATION_ERROR 0.001

// One claim (for one member) that may argue.
struct party {
    const struct claim *claim;
    int member;
    struct text name;
    enum verdict_kind kind;        // of the verdict; of a claim that was not asked for, what its futures say
    bool at_once;                  // its sensitive verdict is about all futures at once: in no future does it hold by itself
    const struct joint_row *row;   // NULL: it was not run
    struct inquiry *inquiry;       // NULL: not asked for
};

// What both did: counts of futures. A hit is what the relation is about: the target fails (of `supports`: holds).
struct relation_table {
    uint64_t futures, hits;        // in which the target says something
    uint64_t with, with_hits;      // ... and the other side holds
    uint64_t holds;                // in which the other side holds, whatever the target says
    double error, with_error;      // standard errors of both shares
};
struct relation_table relation_table(const struct joint *joint, const uint64_t *other, const uint64_t *says, const uint64_t *hits);
// Whether with_hits / with exceeds hits / futures by more than chance.
bool relation_exceeds(const struct relation_table *table);
// The chance of x or more among m of n, of which K are such; 0 <= x <= m <= n.
double hypergeometric_at_least(uint64_t x, uint64_t n, uint64_t K, uint64_t m);

// What its futures say, without an interval: supported, refuted, sensitive or vacuous.
enum verdict_kind row_kind(const struct joint *joint, const struct joint_row *row, double level);
bool party_can_stand(const struct party *party);
// "in every future tried", "in no future tried", "in 12 % of futures".
void write_futures(struct buffer *buffer, uint64_t count, uint64_t of);

// The relation of one party to another.
struct relation_result relation_run(struct work *work, const struct joint *joint, const struct relation *relation, const struct party *from,
                                    const struct party *to);

#endif
