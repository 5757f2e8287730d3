#include "judge/shapley.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// A value for all replicates at once, then for each replicate.
enum { WHOLE = REPLICATES, PARTS = REPLICATES + 1 };

struct shares {
    struct contest *contest;
    size_t count;
    double half[PARTS];     // what a coalition counts where the claim says nothing
    double (*of)[PARTS];    // by item
    double *squares;        // by item: of the means of pairs of orders, for their spread
    double none[PARTS], all[PARTS];
};

// False when cancelled.
static bool value_of(struct shares *shares, const bool *switched, double *value)
{
    const struct coalition *coalition = coalition_value(shares->contest, switched);
    if (coalition == NULL)
        return false;
    const bool silent = isnan(coalition->share);
    for (size_t p = 0; p < REPLICATES; p++)
        value[p] = silent ? shares->half[p] : coalition->parts[p];
    value[WHOLE] = silent ? shares->half[WHOLE] : coalition->share;
    return true;
}

// ---- all coalitions ----------------------------------------------------------------------------------------------------

// 1 / (n (n - 1 over size)): the share of the orders in which just these `size` items come before the item.
static double weight_of(size_t n, size_t size)
{
    double ways = 1;
    for (size_t i = 0; i < size; i++)
        ways = ways * (double)(n - 1 - i) / (double)(i + 1);
    return 1 / ((double)n * ways);
}

static void add_coalition(struct shares *shares, const bool *switched, size_t size, const double *value)
{
    for (size_t i = 0; i < shares->count; i++) {
        const double weight = switched[i] ? weight_of(shares->count, size - 1) : -weight_of(shares->count, size);
        for (size_t p = 0; p < PARTS; p++)
            shares->of[i][p] += weight * value[p];
    }
}

static bool take_all(struct shares *shares)
{
    bool switched[COMPARE_EXACT];
    for (size_t mask = 0; mask < (size_t)1 << shares->count; mask++) {
        size_t size = 0;
        for (size_t i = 0; i < shares->count; i++)
            size += switched[i] = mask >> i & 1;
        double value[PARTS];
        if (!value_of(shares, switched, value))
            return false;
        add_coalition(shares, switched, size, value);
    }
    return true;
}

// ---- random orders -----------------------------------------------------------------------------------------------------

static void shuffle(const struct contest *contest, uint64_t order, size_t *items)
{
    for (size_t i = 0; i < contest->count; i++)
        items[i] = i;
    for (size_t i = contest->count; i > 1; i--) {
        const size_t k = (size_t)(future_uniform(contest->options->seed, ORDERS_FIRST + order, i) * (double)i);
        const size_t swap = items[i - 1];
        items[i - 1] = items[k];
        items[k] = swap;
    }
}

// What each item adds in this order, or in its reverse, added to `added`.
static bool follow(struct shares *shares, const size_t *items, bool reverse, double (*added)[PARTS])
{
    bool *switched = arena_array(shares->contest->scratch, shares->count, sizeof *switched);
    double before[PARTS], after[PARTS];
    memcpy(before, shares->none, sizeof before);
    for (size_t i = 0; i < shares->count; i++) {
        const size_t item = items[reverse ? shares->count - 1 - i : i];
        switched[item] = true;
        if (!value_of(shares, switched, after))
            return false;
        for (size_t p = 0; p < PARTS; p++)
            added[item][p] += after[p] - before[p];
        memcpy(before, after, sizeof before);
    }
    return true;
}

static bool take_orders(struct shares *shares)
{
    struct arena *scratch = shares->contest->scratch;
    size_t *items = arena_array(scratch, shares->count, sizeof *items);
    for (uint64_t order = 0; order < SHAPLEY_ORDERS; order++) {
        double(*added)[PARTS] = arena_array(scratch, shares->count, sizeof *added);
        shuffle(shares->contest, order, items);
        if (!follow(shares, items, false, added) || !follow(shares, items, true, added))
            return false;
        for (size_t i = 0; i < shares->count; i++) {
            for (size_t p = 0; p < PARTS; p++)
                shares->of[i][p] += added[i][p] / 2 / SHAPLEY_ORDERS;
            shares->squares[i] += added[i][WHOLE] / 2 * (added[i][WHOLE] / 2);
        }
    }
    return true;
}

// The square of the standard error that comes from the choice of orders.
static double orders_error(const struct shares *shares, size_t item)
{
    const double n = SHAPLEY_ORDERS, mean = shares->of[item][WHOLE];
    return fmax(shares->squares[item] / n - mean * mean, 0) / (n - 1);
}

// ---- what is told ------------------------------------------------------------------------------------------------------

// The square of the standard error that comes from the choice of futures.
static double futures_error(const double *parts)
{
    double mean = 0, squares = 0;
    for (size_t p = 0; p < REPLICATES; p++)
        mean += parts[p] / REPLICATES;
    for (size_t p = 0; p < REPLICATES; p++)
        squares += (parts[p] - mean) * (parts[p] - mean);
    return squares / REPLICATES / (REPLICATES - 1);
}

static bool lone_value(struct shares *shares, size_t item, bool rest, double *value)
{
    bool *switched = arena_array(shares->contest->scratch, shares->count, sizeof *switched);
    for (size_t i = 0; i < shares->count; i++)
        switched[i] = i == item ? !rest : rest;
    double values[PARTS];
    const bool done = value_of(shares, switched, values);
    *value = values[WHOLE];
    return done;
}

// Rounding aside, of numbers up to 1.
#define ROUNDING 1e-15

static double root(double squared)
{
    return squared > ROUNDING * ROUNDING ? sqrt(squared) : 0;
}

static int by_share(const void *one, const void *other)
{
    const struct compared_item *a = one, *b = other;
    const double x = fabs(a->share), y = fabs(b->share);
    return x != y ? (x < y) - (x > y) : (a->item > b->item) - (a->item < b->item);
}

static bool tell_items(struct shares *shares, struct arena *arena, struct compared_claim *claim)
{
    struct compared_item *items = arena_array(arena, shares->count, sizeof *items);
    for (size_t i = 0; i < shares->count; i++) {
        double alone, without;
        if (!lone_value(shares, i, false, &alone) || !lone_value(shares, i, true, &without))
            return false;
        const double error = futures_error(shares->of[i]) + (claim->exact ? 0 : orders_error(shares, i));
        items[i] = (struct compared_item){.item = shares->contest->items[i], .share = shares->of[i][WHOLE], .error = root(error)};
        items[i].first = alone - shares->none[WHOLE];
        items[i].last = shares->all[WHOLE] - without;
    }
    if (shares->count > 0)
        qsort(items, shares->count, sizeof *items, by_share);
    claim->item_count = shares->count;
    claim->items = items;
    return true;
}

static bool open_sides(struct shares *shares, bool *comparable)
{
    bool *switched = arena_array(shares->contest->scratch, shares->count, sizeof *switched);
    if (!value_of(shares, switched, shares->none))
        return false;
    for (size_t i = 0; i < shares->count; i++)
        switched[i] = true;
    if (!value_of(shares, switched, shares->all))
        return false;
    *comparable = !isnan(shares->none[WHOLE]) && !isnan(shares->all[WHOLE]);
    for (size_t p = 0; p < PARTS; p++)
        shares->half[p] = (shares->none[p] + shares->all[p]) / 2;
    return true;
}

bool find_shares(struct contest *contest, struct arena *arena, struct compared_claim *claim)
{
    struct shares shares = {.contest = contest, .count = contest->count};
    bool comparable;
    for (size_t p = 0; p < PARTS; p++)
        shares.half[p] = NAN;
    if (!open_sides(&shares, &comparable))
        return false;
    if (!comparable)
        return true;
    shares.of = arena_array(contest->scratch, shares.count, sizeof *shares.of);
    shares.squares = arena_array(contest->scratch, shares.count, sizeof *shares.squares);
    claim->exact = shares.count <= COMPARE_EXACT;
    if (!(claim->exact ? take_all(&shares) : take_orders(&shares)))
        return false;
    double change[REPLICATES];
    for (size_t p = 0; p < REPLICATES; p++)
        change[p] = shares.all[p] - shares.none[p];
    claim->change = shares.all[WHOLE] - shares.none[WHOLE];
    claim->change_error = root(futures_error(change));
    return tell_items(&shares, arena, claim);
}
