#include "judge/standings.h"

#include <math.h>

enum { PAIRS_MOST = 16384 }; // of members, a relation

// ---- parties -----------------------------------------------------------------------------------------------------------------------

// What parties are made of.
struct making {
    struct standings *standings;
    struct inquiry *inquiries;
    size_t count;
    struct map first_inquiry[2]; // by name of the claim: of verdicts that were found out, and of those taken over
    struct map first_row;        // by name of the claim
};

static bool has_formula(const struct claim *claim)
{
    return claim->premise || claim->exception || claim->conclusion || claim->hole.kind != HOLE_NONE;
}

// What is asked for of one claim stands together, except that verdicts that are taken over stand behind all others: the first of it, by
// its name.
static struct map first_inquiries(const struct standings *standings, struct inquiry *inquiries, size_t count, bool reused)
{
    struct map first = map_on(standings->work->scratch);
    for (size_t i = count; i-- > 0;)
        if (inquiries[i].verdict.reused == reused)
            map_put(&first, inquiries[i].verdict.claim->name, &inquiries[i]);
    return first;
}

static struct map first_rows(struct work *work, const struct joint *joint)
{
    struct map first = map_on(work->scratch);
    for (size_t r = joint ? joint->all_count : 0; r-- > 0;)
        map_put(&first, joint->rows[r].question->claim->name, (void *)(uintptr_t)&joint->rows[r]);
    return first;
}

static struct inquiry *inquiry_among(const struct making *making, const struct party *party, bool reused)
{
    const struct scenario *own = joint_scenario(making->standings->work, party->claim);
    struct inquiry *it = map_get(&making->first_inquiry[reused], party->claim->name);
    for (; it && it < making->inquiries + making->count && it->verdict.claim == party->claim; it++)
        if (it->finished && it->verdict.member == party->member && (!own || it->verdict.scenario == own))
            return it;
    return NULL;
}

static struct inquiry *inquiry_of(const struct making *making, const struct party *party)
{
    struct inquiry *found = inquiry_among(making, party, false);
    return found ? found : inquiry_among(making, party, true);
}

static const struct joint_row *row_of(const struct making *making, const struct party *party)
{
    const struct joint *joint = making->standings->joint;
    const struct joint_row *it = map_get(&making->first_row, party->claim->name);
    for (; it && it < joint->rows + joint->all_count && claim_is(it->question->claim, party->claim); it++)
        if (it->question->member == party->member)
            return it;
    return NULL;
}

// Whether all futures in which it says something have it the same way.
static bool is_uniform(const struct joint *joint, const struct joint_row *row)
{
    const uint64_t holds = joint_count(joint, row->holds, NULL);
    return holds == 0 || holds == joint_count(joint, row->premise, NULL);
}

// False: it was neither asked for nor run.
static bool make_party(const struct making *making, struct party *party)
{
    const struct standings *standings = making->standings;
    const struct joint *joint = standings->joint;
    const struct claim *claim = party->claim;
    const bool formula = has_formula(claim);
    party->name = claim_member_name(standings->work->arena, claim, party->member);
    party->row = formula ? row_of(making, party) : NULL;
    party->inquiry = inquiry_of(making, party);
    if (!party->inquiry && !party->row && formula)
        return false;
    party->kind = !formula ? VERDICT_RECORDED : party->inquiry ? party->inquiry->verdict.kind : row_kind(joint, party->row, claim->level);
    const bool estimated = party->inquiry && party->inquiry->verdict.estimate_count > 0;
    party->at_once = estimated && party->row && party->kind == VERDICT_SENSITIVE && is_uniform(joint, party->row);
    return true;
}

static void make_parties(struct standings *standings, struct inquiry *inquiries, size_t count)
{
    const struct program *program = standings->work->model->program;
    struct making making = {.standings = standings, .inquiries = inquiries, .count = count};
    for (int reused = 0; reused < 2; reused++)
        making.first_inquiry[reused] = first_inquiries(standings, inquiries, count, reused);
    making.first_row = first_rows(standings->work, standings->joint);
    struct party_list {
        struct party *at;
        size_t count, room;
    } list = {0};
    for (size_t i = 0; i < program->claim_count; i++) {
        const struct claim *claim = program->claims[i];
        const int members = has_formula(claim) && claim->param_count > 0 ? (int)claim->params[0]->count : 0;
        for (int m = members > 0 ? 0 : -1; !claim->broken && m < (members > 0 ? members : 0); m++) {
            struct party party = {.claim = claim, .member = m};
            if (make_party(&making, &party))
                vector_push(standings->work->scratch, &list, party);
        }
    }
    standings->parties = list.at;
    standings->count = list.count;
}

// ---- relations ---------------------------------------------------------------------------------------------------------------------

static void find_firsts(struct standings *standings)
{
    standings->first = map_on(standings->work->scratch);
    for (size_t p = standings->count; p-- > 0;)
        map_put(&standings->first, standings->parties[p].claim->name, &standings->parties[p]);
}

static bool same_index(const struct party *from, const struct party *to)
{
    return from->member >= 0 && to->member >= 0 && from->claim->params[0] == to->claim->params[0];
}

// Where the parties of the claim begin and end; each argues with those of its own member where both are over one index.
static size_t parties_of(const struct standings *standings, const struct claim *claim, size_t *first)
{
    const struct party *found = map_get(&standings->first, claim->name);
    *first = found ? (size_t)(found - standings->parties) : 0;
    size_t end = *first;
    while (found && end < standings->count && claim_is(standings->parties[end].claim, claim))
        end++;
    return end;
}

// Of the results with several members the one to show: a grounded one, then the one that is clearest.
static bool is_clearer(const struct relation_result *a, const struct relation_result *b)
{
    if (a->finding != b->finding)
        return a->finding < b->finding;
    return fabs(a->with - a->without) > fabs(b->with - b->without);
}

static struct relation_result not_run(const struct standings *standings, size_t from, const struct relation *relation, size_t pairs)
{
    struct relation_result result = {.relation = relation, .finding = RELATION_RECORDED, .from = standings->parties[from].name, .to = relation->target->name};
    const bool recorded = standings->parties[from].kind == VERDICT_RECORDED;
    result.with = result.without = result.with_error = result.without_error = NAN;
    if (pairs > PAIRS_MOST)
        result.why = arena_printf(standings->work->arena, "it has %zu pairs of members, too many to run each", pairs);
    else
        result.why = arena_printf(standings->work->arena, "%.*s %s", TEXT_ARGS(recorded ? result.from : result.to),
                                  recorded ? "is recorded: it has no formula to run" : "was not run");
    return result;
}

static struct relation_result run_relation(struct standings *standings, size_t from, const struct relation *relation)
{
    struct relation_result shown = {0};
    if (relation->assumption)
        return attack_assumption(standings, from, relation);
    const struct party *it = &standings->parties[from];
    size_t first, end = parties_of(standings, relation->target, &first);
    const size_t members = it->member >= 0 ? it->claim->params[0]->count : 1;
    const size_t pairs = end > first && same_index(it, &standings->parties[first]) ? members : members * (end - first);
    for (size_t to = first; to < end && pairs <= PAIRS_MOST; to++) {
        if (same_index(it, &standings->parties[to]) && it->member != standings->parties[to].member)
            continue;
        struct reaching reaching = {from, to, relation_run(standings->work, standings->joint, relation, it, &standings->parties[to])};
        vector_push(standings->work->scratch, &standings->reached, reaching);
        if (!shown.why || is_clearer(&reaching.result, &shown))
            shown = reaching.result;
    }
    return shown.why ? shown : not_run(standings, from, relation, pairs);
}

static void run_relations(struct standings *standings)
{
    standings->results = arena_array(standings->work->scratch, standings->count, sizeof *standings->results);
    for (size_t p = 0; p < standings->count; p++) {
        const struct claim *claim = standings->parties[p].claim;
        standings->results[p] = arena_array(standings->work->arena, claim->relation_count, sizeof **standings->results);
        for (size_t r = 0; r < claim->relation_count; r++)
            standings->results[p][r] = run_relation(standings, p, &claim->relations[r]);
    }
}

static void label_parties(struct standings *standings)
{
    struct attack *attacks = arena_array(standings->work->scratch, standings->reached.count, sizeof *attacks);
    size_t count = 0;
    for (size_t i = 0; i < standings->reached.count; i++)
        if (standings->reached.at[i].result.attacks)
            attacks[count++] = (struct attack){standings->reached.at[i].from, standings->reached.at[i].to};
    standings->labels = grounded_labels(standings->work->scratch, standings->count, attacks, count);
}

static bool has_relations(const struct program *program)
{
    for (size_t i = 0; i < program->claim_count; i++)
        if (program->claims[i]->relation_count > 0)
            return true;
    return false;
}

void find_standings(struct work *work, struct inquiry *inquiries, size_t count)
{
    const struct program *program = work->model->program;
    if (!program || count == 0)
        return;
    struct standings standings = {.work = work};
    if (has_relations(program) && !(standings.joint = joint_of(work)))
        return;
    struct arena_mark mark = arena_mark(work->scratch);
    make_parties(&standings, inquiries, count);
    find_firsts(&standings);
    run_relations(&standings);
    label_parties(&standings);
    for (size_t p = 0; p < standings.count && !atomic_load(&work->cancelled); p++)
        if (standings.parties[p].inquiry)
            standings.parties[p].inquiry->verdict.standing = standing_of(&standings, p);
    arena_release(work->scratch, mark);
}
