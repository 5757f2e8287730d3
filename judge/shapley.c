#include "judge/shapley.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// A value for all replicates at once, then for each replicate.
enum { WHOLE = REPLICATES, PARTS = REPLICATES + 1 };

struct shares {
    struct contest *contest;
    size_t count;           // of players
    bool *switched;         // by item: where `value_of` has them
    double half[PARTS];     // what a coalition counts where the claim says nothing
    double (*of)[PARTS];    // by player
    double *squares;        // by player: of the means of pairs of orders, for their spread
    double none[PARTS], all[PARTS];
};

// False when cancelled.
static bool value_of_items(struct shares *shares, double *value)
{
    const struct coalition *coalition = coalition_value(shares->contest, shares->switched);
    if (coalition == NULL)
        return false;
    const bool silent = isnan(coalition->share);
    for (size_t p = 0; p < REPLICATES; p++)
        value[p] = silent ? shares->half[p] : coalition->parts[p];
    value[WHOLE] = silent ? shares->half[WHOLE] : coalition->share;
    return true;
}

// Of players.
static bool value_of(struct shares *shares, const bool *players, double *value)
{
    for (size_t i = 0; i < shares->contest->count; i++)
        shares->switched[i] = players[shares->contest->player_of[i]];
    return value_of_items(shares, value);
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

static void shuffle(const struct shares *shares, uint64_t order, size_t *items)
{
    for (size_t i = 0; i < shares->count; i++)
        items[i] = i;
    for (size_t i = shares->count; i > 1; i--) {
        const size_t k = (size_t)(future_uniform(shares->contest->options->seed, ORDERS_FIRST + order, i) * (double)i);
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
    const double orders = (double)shares->contest->orders;
    size_t *items = arena_array(scratch, shares->count, sizeof *items);
    for (uint64_t order = 0; order < shares->contest->orders; order++) {
        double(*added)[PARTS] = arena_array(scratch, shares->count, sizeof *added);
        shuffle(shares, order, items);
        if (!follow(shares, items, false, added) || !follow(shares, items, true, added))
            return false;
        for (size_t i = 0; i < shares->count; i++) {
            for (size_t p = 0; p < PARTS; p++)
                shares->of[i][p] += added[i][p] / 2 / orders;
            shares->squares[i] += added[i][WHOLE] / 2 * (added[i][WHOLE] / 2);
        }
    }
    return true;
}

// The square of the standard error that comes from the choice of orders.
static double orders_error(const struct shares *shares, size_t player)
{
    const double n = (double)shares->contest->orders, mean = shares->of[player][WHOLE];
    return fmax(shares->squares[player] / n - mean * mean, 0) / (n - 1);
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
    for (size_t i = 0; i < shares->contest->count; i++)
        shares->switched[i] = i == item ? !rest : rest;
    double values[PARTS];
    const bool done = value_of_items(shares, values);
    *value = values[WHOLE];
    return done;
}

// What rounding leaves of sums that are 0, of thousands of numbers up to 1.
#define ROUNDING 1e-13

static double clean(double value)
{
    return fabs(value) > ROUNDING ? value : 0;
}

static double root(double squared)
{
    return clean(sqrt(fmax(squared, 0)));
}

static int by_share(const void *one, const void *other)
{
    const struct compared_item *a = one, *b = other;
    const double x = fabs(a->share), y = fabs(b->share);
    return x != y ? (x < y) - (x > y) : (a->item > b->item) - (a->item < b->item);
}

// Items that are switched as one have equal parts in what they add.
static void tell_share(const struct shares *shares, size_t item, bool all_orders, struct compared_item *told)
{
    const struct contest *contest = shares->contest;
    const size_t player = contest->player_of[item];
    double as_one = 0;
    for (size_t i = 0; i < contest->count; i++)
        as_one += contest->player_of[i] == player;
    const double error = futures_error(shares->of[player]) + (all_orders ? 0 : orders_error(shares, player));
    told->item = contest->items[item];
    told->share = clean(shares->of[player][WHOLE] / as_one);
    told->error = root(error) / as_one;
}

static bool tell_items(struct shares *shares, struct arena *arena, struct compared_claim *claim)
{
    const size_t count = shares->contest->count;
    struct compared_item *items = arena_array(arena, count, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        double alone, without;
        if (!lone_value(shares, i, false, &alone) || !lone_value(shares, i, true, &without))
            return false;
        tell_share(shares, i, shares->count <= shares->contest->exact_up_to, &items[i]);
        items[i].first = alone - shares->none[WHOLE];
        items[i].last = shares->all[WHOLE] - without;
    }
    if (count > 0)
        qsort(items, count, sizeof *items, by_share);
    claim->item_count = count;
    claim->items = items;
    return true;
}

static bool open_sides(struct shares *shares, bool *comparable)
{
    const size_t count = shares->contest->count;
    shares->switched = arena_array(shares->contest->scratch, count, sizeof *shares->switched);
    for (size_t p = 0; p < PARTS; p++)
        shares->half[p] = NAN;
    if (!value_of_items(shares, shares->none))
        return false;
    for (size_t i = 0; i < count; i++)
        shares->switched[i] = true;
    if (!value_of_items(shares, shares->all))
        return false;
    *comparable = !isnan(shares->none[WHOLE]) && !isnan(shares->all[WHOLE]);
    for (size_t p = 0; p < PARTS; p++)
        shares->half[p] = (shares->none[p] + shares->all[p]) / 2;
    return true;
}

static void tell_change(const struct shares *shares, struct compared_claim *claim)
{
    double change[REPLICATES];
    for (size_t p = 0; p < REPLICATES; p++)
        change[p] = shares->all[p] - shares->none[p];
    claim->change = shares->all[WHOLE] - shares->none[WHOLE];
    claim->change_error = root(futures_error(change));
    claim->exact = shares->contest->count <= shares->contest->exact_up_to;
}

bool find_shares(struct contest *contest, struct arena *arena, struct compared_claim *claim)
{
    struct shares shares = {.contest = contest};
    bool comparable;
    if (!open_sides(&shares, &comparable))
        return false;
    if (!comparable)
        return true;
    if (!find_players(contest))
        return false;
    shares.count = contest->player_count;
    shares.of = arena_array(contest->scratch, shares.count, sizeof *shares.of);
    shares.squares = arena_array(contest->scratch, shares.count, sizeof *shares.squares);
    if (!(shares.count <= contest->exact_up_to ? take_all(&shares) : take_orders(&shares)))
        return false;
    tell_change(&shares, claim);
    return tell_items(&shares, arena, claim);
}
