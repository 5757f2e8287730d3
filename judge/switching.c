#include "judge/switching.h"

#include <math.h>
#include <string.h>

#include "base/vector.h"

// How far a value may be on the wrong side of the level, for a mixture to be judged all the same: futures are few.
#define LEVEL_SLACK 0.03

struct switching {
    struct contest *contest;
    struct arena *arena;
    struct compared_claim *claim;
    size_t count;
    const size_t *order;       // the contest's items, the most telling first
    bool *switched;
    size_t judged;
    VECTOR(struct switching_set) sets; // items as positions in the contest
};

static bool is_turned(enum verdict_kind kind)
{
    return kind == VERDICT_SUPPORTED || kind == VERDICT_REFUTED || kind == VERDICT_SENSITIVE;
}

// Whether a mixture of this value can have side B's verdict.
static bool may_agree(const struct switching *switching, const struct coalition *value)
{
    const struct compared_side *b = &switching->claim->sides[1];
    const double level = switching->claim->claim->level;
    if (b->kind == VERDICT_CONTRADICTORY)
        return value->contradictory;
    if (b->kind == VERDICT_UNDEFINED)
        return value->undefined;
    if (!is_turned(b->kind))
        return value->silent;
    if (isnan(value->share))
        return false;
    if (b->kind == VERDICT_SUPPORTED)
        return value->share >= level - LEVEL_SLACK;
    if (b->kind == VERDICT_REFUTED)
        return value->share <= 1 - level + LEVEL_SLACK;
    const bool bounded = b->probability.upper > b->probability.lower || value->exact;
    return bounded || (value->share <= level + LEVEL_SLACK && value->share >= 1 - level - LEVEL_SLACK);
}

enum answer { ANSWER_CANCELLED, ANSWER_NO, ANSWER_YES };

// Whether the items that are switched turn the verdict.
static enum answer ask(struct switching *switching, struct probability *probability)
{
    struct contest *contest = switching->contest;
    const struct coalition *value = coalition_value(contest, switching->switched);
    if (value == NULL)
        return ANSWER_CANCELLED;
    if (switching->judged >= SWITCHING_JUDGED || !may_agree(switching, value))
        return ANSWER_NO;
    switching->judged++;
    enum verdict_kind kind = VERDICT_COUNT;
    if (!coalition_verdict(contest, switching->switched, &kind, probability))
        return ANSWER_CANCELLED;
    return kind == switching->claim->sides[1].kind ? ANSWER_YES : ANSWER_NO;
}

// ---- small sets --------------------------------------------------------------------------------------------------------

static bool holds_a_set(const struct switching *switching)
{
    for (size_t s = 0; s < switching->sets.count; s++) {
        size_t held = 0;
        for (size_t i = 0; i < switching->sets.at[s].count; i++)
            held += switching->switched[switching->sets.at[s].items[i]];
        if (held == switching->sets.at[s].count)
            return true;
    }
    return false;
}

static bool try_set(struct switching *switching, const size_t *items, size_t count)
{
    struct switching_set set = {.count = count};
    memset(switching->switched, 0, switching->count * sizeof *switching->switched);
    for (size_t i = 0; i < count; i++) {
        set.items[i] = items[i];
        switching->switched[items[i]] = true;
    }
    if (holds_a_set(switching))
        return true;
    const enum answer answer = ask(switching, &set.probability);
    if (answer == ANSWER_YES)
        vector_push(switching->arena, &switching->sets, set);
    return answer != ANSWER_CANCELLED;
}

// How many items sets of `count` are made of.
static size_t width(const struct switching *switching, size_t count)
{
    const size_t most = count == 1 || switching->count <= COMPARE_EXACT ? SIZE_MAX : count == 2 ? SWITCHING_PAIRS : SWITCHING_THREES;
    return switching->count < most ? switching->count : most;
}

// Every set of `count` of the items from order[from] on, and those chosen already.
static bool try_sets(struct switching *switching, size_t *chosen, size_t have, size_t count, size_t from)
{
    if (have == count)
        return try_set(switching, chosen, count);
    for (size_t i = from; i < width(switching, count) && switching->sets.count < SWITCHING_SETS; i++) {
        chosen[have] = switching->order[i];
        if (!try_sets(switching, chosen, have + 1, count, i + 1))
            return false;
    }
    return true;
}

// ---- a large set -------------------------------------------------------------------------------------------------------

// From all items the least telling are left out first, as long as the verdict stays.
static bool leave_out(struct switching *switching)
{
    struct probability probability;
    for (size_t i = 0; i < switching->count; i++)
        switching->switched[i] = true;
    enum answer all = ask(switching, &probability);
    if (all != ANSWER_YES)
        return all != ANSWER_CANCELLED;
    for (size_t i = switching->count; i-- > 0;) {
        switching->switched[switching->order[i]] = false;
        const enum answer answer = ask(switching, &probability);
        if (answer == ANSWER_CANCELLED)
            return false;
        switching->switched[switching->order[i]] = answer != ANSWER_YES;
    }
    size_t *whole = arena_array(switching->arena, switching->count, sizeof *whole);
    for (size_t i = 0; i < switching->count; i++)
        if (switching->switched[i])
            whole[switching->claim->whole_count++] = switching->contest->items[i];
    switching->claim->whole = whole;
    return true;
}

// ---- telling -----------------------------------------------------------------------------------------------------------

// The contest's items in the order of the claim's; in their own where it has none.
static const size_t *telling_order(const struct contest *contest, const struct compared_claim *claim)
{
    size_t *order = arena_array(contest->scratch, contest->count, sizeof *order);
    for (size_t i = 0; i < contest->count; i++) {
        order[i] = i;
        for (size_t k = 0; i < claim->item_count && k < contest->count; k++)
            if (contest->items[k] == claim->items[i].item)
                order[i] = k;
    }
    return order;
}

static void tell_sets(struct switching *switching)
{
    for (size_t s = 0; s < switching->sets.count; s++)
        for (size_t i = 0; i < switching->sets.at[s].count; i++)
            switching->sets.at[s].items[i] = switching->contest->items[switching->sets.at[s].items[i]];
    switching->claim->set_count = switching->sets.count;
    switching->claim->sets = switching->sets.at;
}

bool find_switching(struct contest *contest, struct arena *arena, struct compared_claim *claim)
{
    struct switching switching = {.contest = contest, .arena = arena, .claim = claim, .count = contest->count};
    switching.order = telling_order(contest, claim);
    switching.switched = arena_array(contest->scratch, contest->count, sizeof *switching.switched);
    size_t chosen[SWITCHING_MOST];
    for (size_t size = 1; size <= SWITCHING_MOST && size <= contest->count; size++)
        if (!try_sets(&switching, chosen, 0, size, 0))
            return false;
    tell_sets(&switching);
    if (claim->set_count > 0 || contest->count <= SWITCHING_MOST)
        return true;
    switching.judged = 0;
    return leave_out(&switching);
}
