// A store's answers against those of a list searched in the plainest way, over random sets of observations.
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "tests/support/random.h"
#include "tests/support/stored.h"

enum { ROUNDS = 40, MOST = 120 };

static const char *const names[] = {"fab.yield", "fab.smic.yield", "chip.h100.tdp"};
static const char *const sources[] = {"alpha", "beta", "gamma", "delta"};
static const char *const dates[] = {"2024", "2024-01", "2024-03", "2024-03-31", "2024Q1", "2024-07-15", "2025", "2025-01-01", "2025Q2", "2026-12"};
static const char *const periods[] = {"2023",    "2023Q4",     "2023-12",    "2023-12-31",         "2024",
                                      "2024-02", "2024-02-29", "2024-06-30", "2024-04 .. 2025-03", "2025Q1"};
#define PICK(state, table) (table)[random_below(state, sizeof(table) / sizeof *(table))]

static struct stored stored;
static struct store *store;
static struct observation kept[MOST];
static size_t count;

static void setup(void)
{
    stored_open(&stored);
}

static void teardown(void)
{
    stored_close(&stored);
}

TestSuite(store_property, .init = setup, .fini = teardown);

static void fill(uint64_t *state)
{
    store = stored_in_memory(&stored);
    count = 0;
    const size_t wanted = random_below(state, MOST);
    for (size_t i = 0; i < wanted; i++) {
        struct observation one =
            stored_figure(PICK(state, names), PICK(state, periods), PICK(state, dates), PICK(state, sources), random_below(state, 40));
        one.basis = (enum basis)random_below(state, BASIS_GUESS + 1);
        if (random_below(state, 2) == 0) {
            one.low = one.central - random_below(state, 5);
            one.high = one.central + random_below(state, 5);
        }
        if (random_below(state, 8) == 0)
            one.central = NAN, one.low = 3, one.high = random_below(state, 2) ? 5 : NAN;
        if (stored_append(store, one) == APPEND_ADDED)
            kept[count++] = one;
    }
}

// ---- the plain way ---------------------------------------------------------------------------------------------------------

static bool same_end(const struct observation *a, const struct observation *b)
{
    return fabs(a->valid_end - b->valid_end) < 0.5;
}

static bool is_better(const struct observation *a, const struct observation *b)
{
    if (a->known_from != b->known_from)
        return a->known_from > b->known_from;
    if (a->basis != b->basis)
        return a->basis < b->basis;
    if (!text_equal(a->source, b->source))
        return text_compare(a->source, b->source) < 0;
    return a->valid_start > b->valid_start;
}

static bool counts(size_t i, const char *name, double vintage)
{
    return text_is(kept[i].name, name) && kept[i].known_from < vintage;
}

// Nothing of the same source and period is better.
static bool is_current(size_t i, const char *name, double vintage)
{
    for (size_t k = 0; k < count; k++)
        if (k != i && counts(k, name, vintage) && same_end(&kept[k], &kept[i]) && text_equal(kept[k].source, kept[i].source) &&
            is_better(&kept[k], &kept[i]))
            return false;
    return counts(i, name, vintage);
}

static bool is_chosen(size_t i, const char *name, double vintage, const char *source)
{
    if (!is_current(i, name, vintage) || (source[0] && !text_is(kept[i].source, source)))
        return false;
    for (size_t k = 0; k < count; k++)
        if (k != i && is_current(k, name, vintage) && same_end(&kept[k], &kept[i]) && (!source[0] || text_is(kept[k].source, source)) &&
            is_better(&kept[k], &kept[i]))
            return false;
    return true;
}

static bool disagree(const struct observation *a, const struct observation *b)
{
    const double slack = 0.05 * fabs(a->central);
    if (isnan(b->central))
        return b->high < (isnan(a->low) ? a->central - slack : a->low) || b->low > (isnan(a->high) ? a->central + slack : a->high);
    if (isnan(a->low) && isnan(a->high))
        return !isnan(a->central) && fabs(a->central - b->central) > slack;
    return (!isnan(a->low) && b->central < a->low) || (!isnan(a->high) && b->central > a->high);
}

static bool same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || a == b;
}

static const struct observation *find(const struct series *series, const struct observation *wanted)
{
    for (size_t i = 0; i < series->count; i++) {
        const struct observation *o = &series->at[i];
        if (text_equal(o->source, wanted->source) && text_equal(o->valid, wanted->valid) && text_equal(o->known, wanted->known) &&
            same_number(o->central, wanted->central) && same_number(o->low, wanted->low) && same_number(o->high, wanted->high) &&
            o->basis == wanted->basis && o->valid_end == wanted->valid_end && o->valid_start == wanted->valid_start)
            return o;
    }
    return NULL;
}

static void count_plainly(size_t i, const char *name, double vintage, size_t *others, size_t *dissenters)
{
    *others = *dissenters = 0;
    for (size_t k = 0; k < count; k++) {
        if (!is_current(k, name, vintage) || !same_end(&kept[k], &kept[i]) || text_equal(kept[k].source, kept[i].source))
            continue;
        ++*others;
        *dissenters += disagree(&kept[i], &kept[k]);
    }
}

// ---- both ------------------------------------------------------------------------------------------------------------------

static void compare_series(uint64_t seed, const char *name, const char *vintage, const char *source)
{
    const struct observer observer = stored_at(store, vintage);
    struct series found;
    struct text earliest;
    const bool any = observer.series(observer.context, &stored.arena, text_of(name), text_of(source), &found, &earliest);
    size_t wanted = 0;
    double first = INFINITY;
    for (size_t i = 0; i < count; i++) {
        if (text_is(kept[i].name, name) && (!source[0] || text_is(kept[i].source, source)))
            first = fmin(first, kept[i].known_from);
        if (!is_chosen(i, name, observer.vintage, source))
            continue;
        wanted++;
        size_t others, dissenters;
        const struct observation *there = find(&found, &kept[i]);
        count_plainly(i, name, observer.vintage, &others, &dissenters);
        cr_assert(there && there->others == others && there->dissenters == dissenters, "seed %llu: %s of %s at %s, source `%s`",
                  (unsigned long long)seed, kept[i].valid.at, name, vintage, source);
    }
    cr_assert(found.count == wanted && any == (wanted > 0), "seed %llu: %s at %s: %zu, not %zu", (unsigned long long)seed, name, vintage,
              found.count, wanted);
    for (size_t i = 1; i < found.count; i++)
        cr_assert(found.at[i - 1].valid_end < found.at[i].valid_end);
    cr_assert((earliest.length > 0) == (wanted == 0 && isfinite(first)), "seed %llu: %s at %s", (unsigned long long)seed, name, vintage);
    if (earliest.length > 0)
        cr_assert(stored_figure("a.b", "2024", earliest.at, "s", 1).known_from == first);
}

static void compare_sources(uint64_t seed, const char *name, const char *vintage, const char *period)
{
    const struct observer observer = stored_at(store, vintage);
    const struct observation like = stored_figure(name, period, "2024", "s", 0);
    const struct series found = observer.sources_of(observer.context, &stored.arena, text_of(name), like.valid_end);
    size_t wanted = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_current(i, name, observer.vintage) || !same_end(&kept[i], &like))
            continue;
        wanted++;
        cr_assert(find(&found, &kept[i]), "seed %llu: %s of %s at %s", (unsigned long long)seed, period, name, vintage);
    }
    cr_assert(found.count == wanted, "seed %llu: %s of %s at %s", (unsigned long long)seed, period, name, vintage);
    for (size_t i = 1; i < found.count; i++)
        cr_assert(is_better(&found.at[i - 1], &found.at[i]));
}

Test(store_property, answers_as_a_plain_list_does)
{
    const uint64_t seed = random_seed();
    uint64_t state = seed;
    for (int round = 0; round < ROUNDS; round++) {
        fill(&state);
        for (int question = 0; question < 30; question++) {
            const char *name = PICK(&state, names), *vintage = PICK(&state, dates);
            compare_series(seed, name, vintage, random_below(&state, 2) ? PICK(&state, sources) : "");
            compare_sources(seed, name, vintage, PICK(&state, periods));
        }
        store_rollback(store);
        arena_reset(&stored.arena);
    }
}
