// Which claims are run together, and how much is spent on them.
#include <math.h>
#include <string.h>

#include "judge/coalition.h"
#include "judge/finding.h"

// ---- bundles -----------------------------------------------------------------------------------------------------------

// Making a model of a mixture, in steps for each of its instructions.
#define MAKING 500

// Whether the claim with the items of one side alone takes futures; and what a mixture costs.
static bool is_sampled(struct contest *contest, size_t stage, bool side)
{
    struct arena_mark mark = arena_mark(contest->scratch), aside = arena_mark(contest->aside);
    bool *switched = arena_array(contest->scratch, contest->count, sizeof *switched);
    for (size_t i = 0; i < contest->count; i++)
        switched[i] = side;
    const struct model *model = mixture_of(contest, stage, true, switched);
    struct work work;
    work_start(&work, contest->scratch, contest->scratch, model, contest->options);
    bool sampled = false;
    for (size_t q = 0; q < model->question_count; q++) {
        const struct finding finding = finding_new(&work, &model->questions[q], work.fixed);
        sampled = sampled || !(finding.constant || finding.reach.enumerable || !finding.reach.uncertain);
    }
    contest->steps = fmax(contest->steps, (double)model->count);
    contest->more = MAKING * contest->steps;
    arena_release(contest->aside, aside);
    arena_release(contest->scratch, mark);
    return sampled;
}

static bool reads_aggregates(const struct contest *contest, size_t s)
{
    struct arena_mark mark = arena_mark(contest->scratch);
    const struct model *model = contest->stages[s].model;
    bool reads = false;
    for (size_t q = 0; q < contest->questions[s]; q++) {
        const struct question *question = &model->questions[contest->first[s] + q];
        const struct group group = group_new(contest->scratch, model, &question, 1, NULL);
        reads = reads || reach_of(contest->scratch, model, group.tape).aggregate_count > 0;
    }
    arena_release(contest->scratch, mark);
    return reads;
}

static bool fits(const struct bundle *bundle, const struct contest *contest, size_t s)
{
    const struct contest *other = bundle->members.at[0];
    return other->stages[s].model == contest->stages[s].model && other->count == contest->count &&
           memcmp(other->items, contest->items, contest->count * sizeof *contest->items) == 0;
}

static struct bundle *bundle_new(struct arena *scratch, const struct contest *contest, size_t s)
{
    struct bundle *bundle = arena_alloc(scratch, sizeof *bundle);
    work_start(&bundle->work, scratch, scratch, contest->stages[s].common, contest->options);
    return bundle;
}

static void open_tape(struct bundle *bundle, size_t s)
{
    struct arena *scratch = bundle->work.scratch;
    const struct model *model = bundle->work.model;
    size_t count = 0;
    for (size_t m = 0; m < bundle->members.count; m++)
        count += bundle->members.at[m]->questions[s];
    bundle->questions = arena_array(scratch, count, sizeof *bundle->questions);
    for (size_t m = 0; m < bundle->members.count; m++)
        for (size_t q = 0; q < bundle->members.at[m]->questions[s]; q++)
            bundle->questions[bundle->question_count++] = &model->questions[bundle->members.at[m]->first[s] + q];
    const struct group group = group_new(scratch, model, bundle->questions, count, NULL);
    const struct reach reach = reach_of(scratch, model, group.tape);
    bundle->tape = group.tape;
    bundle->offsets = group.offsets;
    bundle->fixed = nothing_fixed(scratch, model);
    for (size_t i = 0; i < reach.bounds_count; i++)
        bundle->fixed[reach.bounds[i]] = column_central(&model->columns[reach.bounds[i]]);
}

static void bundle_stage(struct arena *scratch, struct contest *const *contests, size_t count, size_t s)
{
    VECTOR(struct bundle *) bundles = {0};
    for (size_t i = 0; i < count; i++) {
        struct contest *contest = contests[i];
        const bool from = is_sampled(contest, s, false), to = is_sampled(contest, s, true);
        if ((!from && !to) || reads_aggregates(contest, s))
            continue;
        for (size_t b = 0; b < bundles.count && contest->bundles[s] == NULL; b++)
            if (fits(bundles.at[b], contest, s))
                contest->bundles[s] = bundles.at[b];
        if (contest->bundles[s] == NULL) {
            contest->bundles[s] = bundle_new(scratch, contest, s);
            vector_push(scratch, &bundles, contest->bundles[s]);
        }
        vector_push(scratch, &contest->bundles[s]->members, contest);
    }
    for (size_t b = 0; b < bundles.count; b++)
        open_tape(bundles.at[b], s);
}

// ---- what is spent -----------------------------------------------------------------------------------------------------

static void count_steps(struct contest *contest)
{
    for (size_t s = 0; s < 2; s++)
        if (contest->bundles[s] != NULL) {
            contest->steps = fmax(s == 0 ? 0 : contest->steps, (double)tape_length(contest->bundles[s]->tape));
            contest->more = 0;
        }
}

// Those of all coalitions; of some orders and what comes before them, where there are too many.
static double coalitions_of(const struct contest *contest)
{
    enum { ORDERS_MEANT = 24, PLAYERS_MEANT = 24 };
    if (contest->count <= contest->exact_up_to)
        return (double)((uint64_t)1 << contest->count);
    const double players = contest->count < PLAYERS_MEANT ? (double)contest->count : PLAYERS_MEANT;
    return 2.0 * (double)contest->count + 2.0 * ORDERS_MEANT * players;
}

static double steps_to_spend(const struct contest *contest)
{
    return contest->options->coalition_steps > 0 ? contest->options->coalition_steps : COALITION_STEPS;
}

// A power of two, so that the points are spread evenly.
static void spend(struct contest *contest)
{
    uint64_t most = COALITION_MOST, futures = COALITION_LEAST;
    if (contest->options->samples > 0 && contest->options->samples < most)
        most = contest->options->samples;
    while (futures * 2 <= most && coalitions_of(contest) * (contest->steps * (double)futures * 2 + contest->more) <= steps_to_spend(contest))
        futures *= 2;
    contest->futures = futures;
}

void bundle_contests(struct arena *scratch, struct contest *const *contests, size_t count)
{
    bool structure = false;
    for (size_t i = 0; i < count; i++)
        structure = structure || contests[i]->structure != SIZE_MAX;
    if (structure)
        bundle_stage(scratch, contests, count, 0);
    bundle_stage(scratch, contests, count, 1);
    for (size_t i = 0; i < count; i++) {
        count_steps(contests[i]);
        spend(contests[i]);
    }
}

// ---- players -----------------------------------------------------------------------------------------------------------

static bool equal_values(const struct coalition *a, const struct coalition *b)
{
    return memcmp(a->parts, b->parts, sizeof a->parts) == 0 && isnan(a->share) == isnan(b->share);
}

// Whether the item, switched alone or last, changes anything for some claim of the bundle. False when cancelled.
static bool look_at(struct contest *const *members, size_t count, size_t item, bool *moves)
{
    bool *switched = arena_array(members[0]->scratch, members[0]->count, sizeof *switched);
    for (int rest = 0; rest < 2; rest++)
        for (size_t m = 0; m < count; m++) {
            for (size_t i = 0; i < members[0]->count; i++)
                switched[i] = rest;
            const struct coalition *before = coalition_value(members[m], switched);
            switched[item] = !rest;
            const struct coalition *after = before != NULL ? coalition_value(members[m], switched) : NULL;
            if (after == NULL)
                return false;
            *moves = *moves || !equal_values(before, after);
        }
    return true;
}

static void set_orders(struct contest *contest)
{
    const double each = contest->steps * (double)contest->futures + contest->more;
    const double left = steps_to_spend(contest) / each - 2.0 * (double)contest->count;
    const double orders = left / (2.0 * (double)contest->player_count);
    contest->orders = orders < ORDERS_LEAST ? ORDERS_LEAST : orders > ORDERS_MOST ? ORDERS_MOST : (uint64_t)orders;
}

bool find_players(struct contest *contest)
{
    if (contest->player_of != NULL)
        return true;
    struct bundle *bundle = contest->bundles[1];
    struct contest **members = bundle != NULL ? bundle->members.at : &contest;
    const size_t count = bundle != NULL ? bundle->members.count : 1;
    size_t *player_of = arena_array(contest->scratch, contest->count, sizeof *player_of), players = 0;
    bool any_idle = false;
    for (size_t i = 0; i < contest->count; i++) {
        bool moves = contest->count <= contest->exact_up_to;
        if (!moves && !look_at(members, count, i, &moves))
            return false;
        player_of[i] = moves ? players++ : SIZE_MAX;
        any_idle = any_idle || !moves;
    }
    for (size_t i = 0; i < contest->count; i++)
        if (player_of[i] == SIZE_MAX)
            player_of[i] = players;
    for (size_t m = 0; m < count; m++) {
        members[m]->player_of = player_of;
        members[m]->player_count = players + any_idle;
        set_orders(members[m]);
    }
    return true;
}
