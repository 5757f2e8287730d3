#include "judge/standings.h"

#include <math.h>

// ---- parties -----------------------------------------------------------------------------------------------------------------------

static bool has_formula(const struct claim *claim)
{
    return claim->premise || claim->exception || claim->conclusion || claim->hole.kind != HOLE_NONE;
}

static struct inquiry *inquiry_of(const struct work *work, struct inquiry *inquiries, size_t count, const struct party *party)
{
    const struct scenario *own = joint_scenario(work, party->claim);
    for (size_t i = 0; i < count; i++) {
        const struct verdict *verdict = &inquiries[i].verdict;
        if (inquiries[i].finished && verdict->claim == party->claim && verdict->member == party->member && (!own || verdict->scenario == own))
            return &inquiries[i];
    }
    return NULL;
}

// Whether all futures in which it says something have it the same way.
static bool is_uniform(const struct joint *joint, const struct joint_row *row)
{
    const uint64_t holds = joint_count(joint, row->holds, NULL);
    return holds == 0 || holds == joint_count(joint, row->premise, NULL);
}

// False: it was neither asked for nor run.
static bool make_party(struct standings *standings, struct inquiry *inquiries, size_t count, struct party *party)
{
    const struct joint *joint = standings->joint;
    const struct claim *claim = party->claim;
    const bool formula = has_formula(claim);
    party->name = claim_member_name(standings->work->arena, claim, party->member);
    party->row = joint && formula ? joint_row_of(joint, claim, party->member) : NULL;
    party->inquiry = inquiry_of(standings->work, inquiries, count, party);
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
    struct party_list {
        struct party *at;
        size_t count, room;
    } list = {0};
    for (size_t i = 0; i < program->claim_count; i++) {
        const struct claim *claim = program->claims[i];
        const int members = has_formula(claim) && claim->param_count > 0 ? (int)claim->params[0]->count : 0;
        for (int m = members > 0 ? 0 : -1; !claim->broken && m < (members > 0 ? members : 0); m++) {
            struct party party = {.claim = claim, .member = m};
            if (make_party(standings, inquiries, count, &party))
                vector_push(standings->work->scratch, &list, party);
        }
    }
    standings->parties = list.at;
    standings->count = list.count;
}

// ---- relations ---------------------------------------------------------------------------------------------------------------------

static bool is_target(const struct party *from, const struct party *to, const struct relation *relation)
{
    if (!claim_is(to->claim, relation->target))
        return false;
    const bool same_index = from->member >= 0 && to->member >= 0 && from->claim->params[0] == to->claim->params[0];
    return !same_index || from->member == to->member;
}

// Of the results with several members the one to show: a grounded one, then the one that is clearest.
static bool is_clearer(const struct relation_result *a, const struct relation_result *b)
{
    if (a->finding != b->finding)
        return a->finding < b->finding;
    return fabs(a->with - a->without) > fabs(b->with - b->without);
}

static struct relation_result run_relation(struct standings *standings, size_t from, const struct relation *relation)
{
    struct relation_result shown = {.relation = relation, .finding = RELATION_RECORDED, .from = standings->parties[from].name};
    if (relation->assumption)
        return attack_assumption(standings, from, relation);
    for (size_t to = 0; to < standings->count; to++) {
        if (!is_target(&standings->parties[from], &standings->parties[to], relation))
            continue;
        struct reaching reaching = {from, to, relation_run(standings->work, standings->joint, relation, &standings->parties[from], &standings->parties[to])};
        vector_push(standings->work->scratch, &standings->reached, reaching);
        if (!shown.why || is_clearer(&reaching.result, &shown))
            shown = reaching.result;
    }
    if (shown.why)
        return shown;
    shown.to = relation->target->name;
    shown.with = shown.without = shown.with_error = shown.without_error = NAN;
    const bool recorded = standings->parties[from].kind == VERDICT_RECORDED;
    shown.why = arena_printf(standings->work->arena, "%.*s %s", TEXT_ARGS(recorded ? shown.from : shown.to), recorded ? "is recorded: it has no formula to run" : "was not run");
    return shown;
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
    run_relations(&standings);
    label_parties(&standings);
    for (size_t p = 0; p < standings.count && !atomic_load(&work->cancelled); p++)
        if (standings.parties[p].inquiry)
            standings.parties[p].inquiry->verdict.standing = standing_of(&standings, p);
    arena_release(work->scratch, mark);
}
