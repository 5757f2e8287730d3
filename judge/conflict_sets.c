// Which sets of claims hold in no future together: bit sets, and how many futures chance would have left them.
#include <math.h>
#include <string.h>

#include "judge/conflicting.h"

// The sides of a set in one kind of futures.
struct sides {
    size_t count, words;
    struct side at[CONFLICT_MOST];
};

static struct sides sides_of(const struct conflicting *conflicting, const struct conflict_set *set, bool wide)
{
    struct sides sides = {.count = set->count, .words = wide ? conflicting->wide_words : conflicting->near_words};
    for (size_t i = 0; i < set->count; i++)
        sides.at[i] = wide ? conflicting->contenders[set->members[i]].wide : conflicting->contenders[set->members[i]].near;
    return sides;
}

static bool is_there(const struct sides *sides)
{
    for (size_t i = 0; i < sides->count; i++)
        if (!sides->at[i].question)
            return false;
    return true;
}

// Whether all but number `without` hold somewhere at once; SIZE_MAX: all.
static bool meet(const struct sides *sides, size_t without)
{
    for (size_t w = 0; w < sides->words; w++) {
        uint64_t both = UINT64_MAX;
        for (size_t i = 0; i < sides->count; i++)
            both &= i == without ? UINT64_MAX : sides->at[i].holds[w];
        if (both)
            return true;
    }
    return false;
}

static bool each_but_one_meets(const struct sides *sides)
{
    for (size_t i = 0; i < sides->count; i++)
        if (!meet(sides, i))
            return false;
    return true;
}

static uint64_t speaking(const struct sides *sides, size_t w)
{
    uint64_t all = UINT64_MAX;
    for (size_t i = 0; i < sides->count; i++)
        all &= sides->at[i].premise[w];
    return all;
}

// Among the futures in which all speak: those where number `alone` holds, times those where the others do, over all.
static double expected_of(const struct sides *sides, size_t alone, uint64_t *all)
{
    uint64_t one = 0, others = 0;
    *all = 0;
    for (size_t w = 0; w < sides->words; w++) {
        const uint64_t speak = speaking(sides, w);
        uint64_t rest = speak;
        for (size_t i = 0; i < sides->count; i++)
            rest &= i == alone ? UINT64_MAX : sides->at[i].holds[w];
        *all += (uint64_t)__builtin_popcountll(speak);
        one += (uint64_t)__builtin_popcountll(speak & sides->at[alone].holds[w]);
        others += (uint64_t)__builtin_popcountll(rest);
    }
    return *all > 0 ? (double)one * (double)others / (double)*all : 0;
}

static double least_expected(const struct sides *sides, uint64_t *all)
{
    double least = INFINITY;
    for (size_t i = 0; i < sides->count; i++)
        least = fmin(least, expected_of(sides, i, all));
    return least;
}

// ---- common inputs -----------------------------------------------------------------------------------------------------------------

static bool share_input(const struct question *a, const struct question *b)
{
    for (size_t i = 0, k = 0; i < a->variable_count && k < b->variable_count;) {
        if (a->variables[i] == b->variables[k])
            return true;
        if (a->variables[i] < b->variables[k])
            i++;
        else
            k++;
    }
    return false;
}

// Each claim sees an input that another of the set sees.
static bool connected(const struct sides *sides)
{
    for (size_t i = 0; i < sides->count; i++) {
        bool any = false;
        for (size_t k = 0; k < sides->count; k++)
            any = any || (i != k && share_input(sides->at[i].question, sides->at[k].question));
        if (!any)
            return false;
    }
    return true;
}

// ---- sets ----------------------------------------------------------------------------------------------------------------------------

static bool same_claim(const struct conflicting *conflicting, size_t a, size_t b)
{
    return conflicting->contenders[a].near.question->claim == conflicting->contenders[b].near.question->claim;
}

static bool holds_smaller(const struct conflicting *conflicting, const struct conflict_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        for (size_t k = i + 1; k < set->count; k++)
            if (same_claim(conflicting, set->members[i], set->members[k]) ||
                (set->count > 2 && conflicting->apart[set->members[i] * conflicting->count + set->members[k]]))
                return true;
    return false;
}

static bool is_listed(const struct conflicting *conflicting, const struct conflict_set *set)
{
    for (size_t i = 0; i < conflicting->sets.count; i++)
        if (conflicting->sets.at[i].count == set->count && memcmp(conflicting->sets.at[i].members, set->members, set->count * sizeof *set->members) == 0)
            return true;
    return false;
}

// Apart in these futures, beyond chance, and no smaller set is.
static bool is_apart(const struct conflicting *conflicting, struct conflict_set *set, bool wide, double expected)
{
    const struct sides sides = sides_of(conflicting, set, wide);
    if (!is_there(&sides) || meet(&sides, SIZE_MAX) || !each_but_one_meets(&sides) || !connected(&sides))
        return false;
    set->expected = least_expected(&sides, &set->speaking);
    return set->expected >= expected;
}

static void add(struct conflicting *conflicting, const struct conflict_set *set)
{
    vector_push(conflicting->work->scratch, &conflicting->sets, *set);
    if (set->count == 2)
        conflicting->apart[set->members[0] * conflicting->count + set->members[1]] = true;
}

static void try_near(struct conflicting *conflicting, struct conflict_set set)
{
    set.near = true;
    if (!holds_smaller(conflicting, &set) && is_apart(conflicting, &set, false, CONFLICT_EXPECTED))
        add(conflicting, &set);
}

static void try_wide(struct conflicting *conflicting, struct conflict_set set)
{
    const struct sides near = sides_of(conflicting, &set, false);
    set.wide = true;
    if (holds_smaller(conflicting, &set) || meet(&near, SIZE_MAX))
        return;
    if (!is_listed(conflicting, &set) && is_apart(conflicting, &set, true, CONFLICT_WIDE_EXPECTED))
        add(conflicting, &set);
}

static void each_set(struct conflicting *conflicting, size_t size, void (*try)(struct conflicting *, struct conflict_set))
{
    for (size_t a = 0; a < conflicting->count; a++)
        for (size_t b = a + 1; b < conflicting->count; b++) {
            if (size == 2)
                try(conflicting, (struct conflict_set){.count = 2, .members = {a, b}});
            for (size_t c = b + 1; size == 3 && c < conflicting->count; c++)
                try(conflicting, (struct conflict_set){.count = 3, .members = {a, b, c}});
        }
}

void conflict_near_sets(struct conflicting *conflicting)
{
    each_set(conflicting, 2, try_near);
    each_set(conflicting, 3, try_near);
}

void conflict_wide_sets(struct conflicting *conflicting)
{
    const size_t near = conflicting->sets.count;
    for (size_t i = 0; i < near; i++) {
        const struct sides sides = sides_of(conflicting, &conflicting->sets.at[i], true);
        conflicting->sets.at[i].wide = is_there(&sides) && !meet(&sides, SIZE_MAX);
    }
    each_set(conflicting, 2, try_wide);
    each_set(conflicting, 3, try_wide);
}
