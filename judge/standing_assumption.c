// Attacks on a named assumption.
#include <math.h>

#include "judge/standings.h"

static struct relation_result not_run(const struct standings *standings, size_t from, const struct relation *relation, const char *why)
{
    return (struct relation_result){.relation = relation,
                                    .finding = RELATION_RECORDED,
                                    .from = standings->parties[from].name,
                                    .to = relation->assumption->name,
                                    .with = NAN,
                                    .without = NAN,
                                    .with_error = NAN,
                                    .without_error = NAN,
                                    .why = why};
}

// The row of a party among those without the assumption; NULL: it has none.
static const struct joint_row *row_without(const struct standings *standings, const struct joint *without, const struct party *party)
{
    return party->row ? &without->rows[1 + (size_t)(party->row - standings->joint->rows)] : NULL;
}

static struct party assumed_party(const struct joint *without, const struct assumption *assumption)
{
    const uint64_t holds = joint_count(without, without->rows[0].holds, NULL);
    return (struct party){.member = -1, .name = assumption->name, .kind = holds > 0 ? VERDICT_SENSITIVE : VERDICT_REFUTED, .row = &without->rows[0]};
}

// Of a claim that fails more often where the assumption does.
static void reach_claims(struct standings *standings, const struct joint *without, size_t from, const struct relation_result *result)
{
    struct arena *arena = standings->work->arena;
    for (size_t to = 0; to < standings->count; to++) {
        const struct party *party = &standings->parties[to];
        const struct joint_row *row = row_without(standings, without, party);
        if (to == from || !row)
            continue;
        const struct relation_table table = relation_table(without, without->rows[0].fails, row->premise, row->fails);
        if (!relation_exceeds(&table))
            continue;
        struct buffer why = buffer_on(arena);
        buffer_printf(&why, "%.*s rests on %.*s: where that fails, it fails ", TEXT_ARGS(party->name), TEXT_ARGS(result->to));
        write_futures(&why, table.with_hits, table.with);
        buffer_printf(&why, "; %s", result->why);
        struct reaching reaching = {from, to, *result};
        reaching.result.why = why.at;
        vector_push(standings->work->scratch, &standings->reached, reaching);
    }
}

struct relation_result attack_assumption(struct standings *standings, size_t from, const struct relation *relation)
{
    struct work *work = standings->work;
    struct party attacker = standings->parties[from];
    if (!attacker.row)
        return not_run(standings, from, relation, arena_printf(work->arena, "%.*s is %s", TEXT_ARGS(attacker.name), verdict_words[attacker.kind]));
    const struct joint *without = joint_without(work, standings->joint, relation->assumption);
    if (!without)
        return not_run(standings, from, relation, "no claim is judged with it as it stands");
    attacker.row = row_without(standings, without, &attacker);
    attacker.kind = row_kind(without, attacker.row, attacker.claim->level);
    const struct party assumed = assumed_party(without, relation->assumption);
    struct relation_result result = relation_run(work, without, relation, &attacker, &assumed);
    if (result.finding == RELATION_GROUNDED)
        reach_claims(standings, without, from, &result);
    return result;
}
