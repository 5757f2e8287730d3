#include "judge/compare.h"

#include <math.h>
#include <string.h>

#include "engine/given.h"
#include "judge/shapley.h"
#include "judge/switching.h"

struct comparing {
    struct arena *arena, *scratch, *aside;
    const struct blend *blend;
    struct stage stages[2];              // of side A's structure and of side B's
    const struct judge_options *options; // those that were given
    struct judge_options inner;          // those for each run on the way
    struct judge_progress progress;
    uint64_t finished;                   // futures of runs that are over
    const struct results *results[2];
    struct compared *compared;
    struct compared_claim *claims;
    struct contest **contests;           // by claim; NULL: the sides do not differ
    bool *moves;                         // by item: some claim
};

// ---- progress ----------------------------------------------------------------------------------------------------------

// Each run counts its futures from 0.
static bool tell(void *user, const struct judge_progress *progress)
{
    struct comparing *comparing = user;
    if (progress->futures + comparing->finished < comparing->progress.futures)
        comparing->finished = comparing->progress.futures;
    comparing->progress.futures = comparing->finished + progress->futures;
    return comparing->options->progress == NULL || comparing->options->progress(comparing->options->user, &comparing->progress);
}

// ---- sides -------------------------------------------------------------------------------------------------------------

// Every switch at this side.
static const struct model *side_model(struct comparing *comparing, int side)
{
    const struct model *model = comparing->stages[side].model;
    const size_t *columns = comparing->stages[side].columns;
    double *fixed = arena_array(comparing->scratch, model->column_count, sizeof *fixed);
    for (size_t i = 0; i < model->column_count; i++)
        fixed[i] = NAN;
    for (size_t i = 0; i < comparing->blend->item_count; i++)
        if (columns[i] != SIZE_MAX)
            fixed[columns[i]] = side;
    struct model *given = model_given(comparing->arena, comparing->scratch, model, fixed, 0, model->question_count);
    struct question *questions = arena_array(comparing->arena, model->question_count, sizeof *questions);
    for (size_t i = 0; i < model->question_count; i++) {
        questions[i] = given->questions[i];
        if (comparing->blend->missing[side] != NULL)
            questions[i].missing = comparing->blend->missing[side];
    }
    given->questions = questions;
    return given;
}

static bool same_name(const struct claim *a, const struct claim *b)
{
    return a == b || text_equal(a->name, b->name);
}

static bool same_scenario(const struct scenario *a, const struct scenario *b)
{
    return a == b || (a != NULL && b != NULL && text_equal(a->name, b->name));
}

// The same verdict of the other side.
static const struct verdict *partner_of(const struct results *results, const struct verdict *verdict)
{
    for (size_t i = 0; i < results->verdict_count; i++) {
        const struct verdict *other = &results->verdicts[i];
        if (same_name(other->claim, verdict->claim) && text_equal(other->name, verdict->name) && same_scenario(other->scenario, verdict->scenario))
            return other;
    }
    return NULL;
}

static struct compared_side side_of(const struct verdict *verdict)
{
    if (verdict == NULL) {
        const struct probability none = {NAN, NAN, NAN, NAN, NAN};
        return (struct compared_side){.kind = VERDICT_BLOCKED, .probability = none, .premise_share = NAN, .reason = "it is not asked on this side"};
    }
    return (struct compared_side){verdict->kind,
                                  verdict->basis,
                                  verdict->probability,
                                  verdict->premise_share,
                                  verdict->central_holds,
                                  verdict->central_relevant,
                                  verdict->comparisons,
                                  verdict->comparison_count,
                                  verdict->reason};
}

// How far off an end of the probability may be.
static double doubt(double end, double interval)
{
    return isnan(end) || isnan(interval) ? 0 : fabs(end - interval);
}

// What rounding leaves of a difference between sums of weights.
#define ROUNDING 1e-12

static bool apart(double a, double b, double doubts)
{
    return isnan(a) != isnan(b) || fabs(a - b) > doubts + ROUNDING;
}

static bool probability_differs(const struct probability *a, const struct probability *b)
{
    return apart(a->lower, b->lower, doubt(a->lower, a->ci_low) + doubt(b->lower, b->ci_low)) ||
           apart(a->upper, b->upper, doubt(a->upper, a->ci_high) + doubt(b->upper, b->ci_high));
}

static bool differs(const struct compared_side *sides)
{
    return sides[0].kind != sides[1].kind || probability_differs(&sides[0].probability, &sides[1].probability);
}

// ---- one claim ---------------------------------------------------------------------------------------------------------

// NULL for the baseline.
static const struct scenario *own_scenario(const struct program *program, const struct scenario *scenario)
{
    return program->scenario_count > 0 && scenario == program->scenarios[0] ? NULL : scenario;
}

static bool stands_for(const struct program *program, const struct question *question, const struct compared_claim *claim)
{
    if (!same_name(question->claim, claim->claim) || !same_scenario(own_scenario(program, question->scenario), claim->scenario))
        return false;
    const struct text name = claim->name;
    if (question->claim->param_count == 0 || question->member < 0)
        return true;
    const struct text member = question->claim->params[0]->members[question->member];
    return name.length >= member.length + 1 && memcmp(name.at + name.length - member.length - 1, member.at, member.length) == 0 &&
           name.at[name.length - member.length - 2] == '[';
}

static struct contest *contest_of(const struct comparing *comparing, const struct compared_claim *claim)
{
    struct contest *contest = arena_alloc(comparing->scratch, sizeof *contest);
    *contest = (struct contest){.scratch = comparing->scratch, .aside = comparing->aside, .options = &comparing->inner, .blend = comparing->blend};
    contest->stages = comparing->stages;
    for (size_t s = 0; s < 2; s++) {
        const struct model *model = comparing->stages[s].model;
        for (size_t i = 0; i < model->question_count; i++)
            if (stands_for(model->program, &model->questions[i], claim) && contest->questions[s]++ == 0)
                contest->first[s] = i;
    }
    contest_open(contest);
    return contest;
}

// Verdicts that follow from futures: mixtures of such sides have a value.
static bool is_valued(const struct compared_claim *claim)
{
    for (int side = 0; side < 2; side++) {
        const enum verdict_kind kind = claim->sides[side].kind;
        if (kind == VERDICT_BLOCKED || kind == VERDICT_RECORDED || kind == VERDICT_SOLVED || kind == VERDICT_UNSOLVABLE)
            return false;
    }
    return true;
}

static bool can_be_held(const struct compared_claim *claim, const struct contest *contest)
{
    return contest != NULL && is_valued(claim) && contest->count > 0 && contest->questions[0] > 0 && contest->questions[1] > 0;
}

static void list_reached(struct arena *arena, const struct contest *contest, struct compared_claim *claim)
{
    struct compared_item *items = arena_array(arena, contest->count, sizeof *items);
    for (size_t i = 0; i < contest->count; i++)
        items[i] = (struct compared_item){contest->items[i], NAN, NAN, NAN, NAN};
    claim->items = items;
    claim->item_count = contest->count;
}

static void note_movers(struct comparing *comparing, const struct compared_claim *claim)
{
    for (size_t i = 0; i < claim->item_count; i++) {
        const struct compared_item *it = &claim->items[i];
        if (it->share != 0 || it->first != 0 || it->last != 0) // what is not known may be anything
            comparing->moves[it->item] = true;
    }
    for (size_t i = 0; i < claim->set_count; i++)
        for (size_t k = 0; k < claim->sets[i].count; k++)
            comparing->moves[claim->sets[i].items[k]] = true;
    for (size_t i = 0; i < claim->whole_count; i++)
        comparing->moves[claim->whole[i]] = true;
}

// False when cancelled.
static bool explain(const struct comparing *comparing, struct contest *contest, struct compared_claim *claim)
{
    bool done = find_shares(contest, comparing->arena, claim);
    if (done && claim->sides[0].kind != claim->sides[1].kind)
        done = find_switching(contest, comparing->arena, claim);
    claim->coalitions = contest->evaluated;
    claim->silent = contest->silent;
    claim->futures = contest->futures;
    return done;
}

static struct compared_claim claim_of(const struct comparing *comparing, const struct verdict *verdict)
{
    struct compared_claim claim = {.claim = verdict->claim, .member = verdict->member, .name = verdict->name, .reading = verdict->reading};
    claim.scenario = own_scenario(comparing->blend->program, verdict->scenario);
    claim.change = NAN;
    return claim;
}

// ---- all of them -------------------------------------------------------------------------------------------------------

static void list_claims(struct comparing *comparing)
{
    const struct results *b = comparing->results[1];
    comparing->claims = arena_array(comparing->arena, b->verdict_count, sizeof *comparing->claims);
    comparing->contests = arena_array(comparing->scratch, b->verdict_count, sizeof *comparing->contests);
    comparing->compared->claims = comparing->claims;
    comparing->progress.claims = b->verdict_count;
    for (size_t i = 0; i < b->verdict_count; i++) {
        struct compared_claim *claim = &comparing->claims[i];
        *claim = claim_of(comparing, &b->verdicts[i]);
        claim->sides[0] = side_of(partner_of(comparing->results[0], &b->verdicts[i]));
        claim->sides[1] = side_of(&b->verdicts[i]);
        claim->differs = differs(claim->sides);
        if (claim->differs)
            comparing->contests[i] = contest_of(comparing, claim);
    }
}

// Of contests that can be held.
static void bundle(struct comparing *comparing)
{
    const size_t claims = comparing->results[1]->verdict_count;
    struct contest **held = arena_array(comparing->scratch, claims, sizeof *held);
    size_t count = 0;
    for (size_t i = 0; i < claims; i++)
        if (can_be_held(&comparing->claims[i], comparing->contests[i]))
            held[count++] = comparing->contests[i];
    bundle_contests(comparing->scratch, held, count);
}

static void compare_claims(struct comparing *comparing)
{
    list_claims(comparing);
    bundle(comparing);
    for (size_t i = 0; i < comparing->results[1]->verdict_count; i++) {
        struct compared_claim *claim = &comparing->claims[i];
        struct contest *contest = comparing->contests[i];
        comparing->progress.claim = i;
        if (can_be_held(claim, contest) && !explain(comparing, contest, claim)) {
            comparing->compared->cancelled = true;
            return;
        }
        if (contest != NULL && claim->item_count == 0)
            list_reached(comparing->arena, contest, claim);
        note_movers(comparing, claim);
        comparing->compared->claim_count++;
    }
}

static void list_idle(struct comparing *comparing)
{
    size_t *idle = arena_array(comparing->arena, comparing->blend->item_count, sizeof *idle);
    for (size_t i = 0; i < comparing->blend->item_count; i++)
        if (!comparing->moves[i])
            idle[comparing->compared->idle_count++] = i;
    comparing->compared->idle = idle;
}

static void judge_sides(struct comparing *comparing)
{
    struct judge_options options = comparing->inner;
    options.no_proofs = comparing->options->no_proofs;
    for (int side = 0; side < 2 && !comparing->compared->cancelled; side++) {
        const struct model *model = side_model(comparing, side);
        comparing->results[side] = judge_model(comparing->arena, comparing->scratch, model, &options);
        comparing->compared->cancelled = comparing->results[side]->cancelled;
    }
}

static void give_back(void *aside)
{
    arena_reset(aside);
}

// Given back with `scratch`, or when memory runs out.
static struct arena *arena_aside(struct arena *scratch)
{
    struct arena *aside = arena_alloc(scratch, sizeof *aside);
    arena_init(aside, scratch->allocator, scratch->no_memory);
    aside->limit = scratch->limit;
    arena_defer(scratch, give_back, aside);
    return aside;
}

struct compared *judge_compare(struct arena *arena, struct arena *scratch, const struct blend *blend, const struct model *model,
                               const struct model *before, const struct judge_options *options)
{
    struct arena_mark mark = arena_mark(scratch);
    struct comparing comparing = {.arena = arena, .scratch = scratch, .blend = blend, .options = options, .inner = *options};
    comparing.aside = arena_aside(scratch);
    comparing.compared = arena_alloc(arena, sizeof *comparing.compared);
    *comparing.compared = (struct compared){.blend = blend};
    comparing.inner.verdicts_only = comparing.inner.no_proofs = true;
    comparing.inner.budget = 0;
    comparing.inner.indices = comparing.inner.keep_leaves = false;
    comparing.inner.progress = tell;
    comparing.inner.user = &comparing;
    comparing.moves = arena_array(scratch, blend->item_count, sizeof *comparing.moves);
    comparing.stages[0] = comparing.stages[1] = stage_of(arena, blend, model);
    if (before != NULL)
        comparing.stages[0] = stage_of(arena, blend->before, before);
    judge_sides(&comparing);
    if (!comparing.compared->cancelled) {
        compare_claims(&comparing);
        list_idle(&comparing);
    }
    arena_release(scratch, mark);
    return comparing.compared;
}
