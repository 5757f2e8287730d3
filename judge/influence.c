#include "judge/influence.h"

#include <math.h>
#include <string.h>

#include "judge/inquiry.h"

enum { INFLUENCE_FUTURES = 4096 };
// A share of futures that differs by less may be chance: as many as would change it are one in two hundred.
#define SHIFT_LEAST 0.005

static bool is_seen(const struct work *work, const struct question *question)
{
    for (size_t i = 0; work->only && i < question->variable_count; i++)
        if (&work->model->variables[question->variables[i]] == work->only)
            return true;
    return false;
}

static bool is_scored(const struct inquiry *inquiry)
{
    const struct claim *claim = inquiry->verdict.claim;
    return inquiry->count > 0 && !inquiry->blocked && claim->conclusion && claim->hole.kind == HOLE_NONE;
}

// ---- how often it holds at both ends -----------------------------------------------------------------------------------

static double *columns_at(const struct work *work, const struct variable *variable, double share)
{
    double *fixed = work_fixed(work);
    const double at = variable->bounds_only ? (share < 0.5 ? 0 : 1) : share;
    for (size_t c = 0; c < variable->column_count; c++)
        fixed[variable->columns[c]] = column_quantile(&work->model->columns[variable->columns[c]], at);
    return fixed;
}

struct moved_claims { // those that see the variable
    size_t count;
    struct inquiry **inquiries;
    struct influence **influences;
};

// The shares at one end, of the same futures at both.
static bool count_at(struct work *work, const struct variable *variable, const struct moved_claims *claims, bool high)
{
    const struct question **questions = arena_array(work->scratch, claims->count, sizeof(const struct question *));
    struct tally *tallies = arena_array(work->scratch, claims->count, sizeof *tallies);
    for (size_t i = 0; i < claims->count; i++) {
        questions[i] = claims->inquiries[i]->findings[0].question;
        tallies[i] = tally_new(work->scratch, questions[i]);
    }
    struct group group = group_new(work->scratch, work->model, questions, claims->count, tallies);
    if (!group_run(work, &group, columns_at(work, variable, high ? 0.95 : 0.05), SEARCH_FIRST, INFLUENCE_FUTURES))
        return false;
    for (size_t i = 0; i < claims->count; i++)
        *(high ? &claims->influences[i]->at_high : &claims->influences[i]->at_low) = tally_share(&tallies[i]);
    return true;
}

// A number about all futures would have to be estimated anew at both ends: of such claims only the flips are known.
static bool count_ends(struct work *work, const struct variable *variable, const struct moved_claims *seeing)
{
    struct arena_mark mark = arena_mark(work->scratch);
    struct moved_claims plain = {0, arena_array(work->scratch, seeing->count, sizeof(struct inquiry *)),
                                 arena_array(work->scratch, seeing->count, sizeof(struct influence *))};
    for (size_t i = 0; i < seeing->count; i++) {
        if (seeing->inquiries[i]->findings[0].reach.aggregate_count > 0)
            continue;
        plain.inquiries[plain.count] = seeing->inquiries[i];
        plain.influences[plain.count++] = seeing->influences[i];
    }
    const bool done = plain.count == 0 || (count_at(work, variable, &plain, false) && count_at(work, variable, &plain, true));
    arena_release(work->scratch, mark);
    return done;
}

// ---- all claims --------------------------------------------------------------------------------------------------------

static struct influence influence_of(const struct work *work, const struct inquiry *inquiry)
{
    const struct verdict *verdict = &inquiry->verdict;
    struct influence influence = {.claim = verdict->claim, .program = work->model->program, .name = verdict->name, .scenario = verdict->scenario};
    influence.at_low = influence.at_high = NAN;
    influence.kind = INFLUENCE_APART;
    if (!is_scored(inquiry))
        influence.kind = INFLUENCE_UNKNOWN;
    else if (is_seen(work, inquiry->findings[0].question))
        influence.kind = INFLUENCE_NONE;
    return influence;
}

static void settle_kind(const struct inquiry *inquiry, struct influence *influence)
{
    const struct verdict *verdict = &inquiry->verdict;
    for (size_t i = 0; i < verdict->crux_count; i++)
        if (verdict->cruxes[i].flip_count > 0) {
            influence->crux = verdict->cruxes[i];
            influence->kind = INFLUENCE_FLIPS;
        }
    if (influence->kind == INFLUENCE_NONE && fabs(influence->at_high - influence->at_low) >= SHIFT_LEAST)
        influence->kind = INFLUENCE_SHIFTS;
}

static struct influences *gather(const struct work *work, const struct influence *all, size_t count)
{
    struct influences *influences = arena_alloc(work->arena, sizeof *influences);
    *influences = (struct influences){.count = count, .at = all, .futures = INFLUENCE_FUTURES, .low = NAN, .high = NAN};
    if (!work->only)
        return influences;
    const struct column *last = &work->model->columns[work->only->columns[work->only->column_count - 1]];
    influences->low = column_quantile(last, work->only->bounds_only ? 0 : 0.05);
    influences->high = column_quantile(last, work->only->bounds_only ? 1 : 0.95);
    return influences;
}

const struct influences *find_influences(struct work *work, struct inquiry *inquiries, size_t count)
{
    struct influence *all = arena_array(work->arena, count, sizeof *all);
    struct moved_claims seeing = {0, arena_array(work->scratch, count, sizeof(struct inquiry *)), arena_array(work->scratch, count, sizeof(struct influence *))};
    for (size_t i = 0; i < count; i++) {
        all[i] = influence_of(work, &inquiries[i]);
        if (all[i].kind != INFLUENCE_NONE)
            continue;
        judge_central(work, &inquiries[i]);
        inquiries[i].verdict.kind = VERDICT_SENSITIVE; // to be looked at like a claim that turns on something
        inquiries[i].finished = true;
        seeing.inquiries[seeing.count] = &inquiries[i];
        seeing.influences[seeing.count++] = &all[i];
    }
    if (seeing.count > 0) {
        find_cruxes(work, inquiries, count);
        if (work_continues(work, 0))
            count_ends(work, work->only, &seeing);
    }
    for (size_t i = 0; i < seeing.count; i++)
        settle_kind(seeing.inquiries[i], seeing.influences[i]);
    return gather(work, all, count);
}
