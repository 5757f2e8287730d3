// What a store says at a vintage, and what it takes in.
#include <criterion/criterion.h>
#include <math.h>

#include "store/connection.h"
#include "tests/support/stored.h"

static struct stored stored;
static struct store *store;

static void setup(void)
{
    stored_open(&stored);
    store = stored_in_memory(&stored);
}

static void teardown(void)
{
    stored_close(&stored);
}

TestSuite(store, .init = setup, .fini = teardown);

static void add(const char *name, const char *valid, const char *known, const char *source, double central)
{
    cr_assert(stored_append(store, stored_figure(name, valid, known, source, central)) == APPEND_ADDED);
}

static void add_range(const char *name, const char *valid, const char *known, const char *source, double low, double high)
{
    struct observation observation = stored_figure(name, valid, known, source, (low + high) / 2);
    observation.low = low;
    observation.high = high;
    cr_assert(stored_append(store, observation) == APPEND_ADDED);
}

static struct series series_at(const char *vintage, const char *name, const char *source)
{
    const struct observer observer = stored_at(store, vintage);
    struct series found = {0};
    struct text earliest;
    observer.series(observer.context, &stored.arena, text_of(name), text_of(source), &found, &earliest);
    return found;
}

Test(store, says_what_was_known_at_the_vintage)
{
    add("fab.yield", "2024", "2024-11", "reuters", 0.5);
    add("fab.yield", "2024", "2025-02-01", "reuters", 0.4);
    struct series found = series_at("2024-12", "fab.yield", NULL);
    cr_assert(found.count == 1 && found.at[0].central == 0.5 && text_is(found.at[0].known, "2024-11"));
    cr_assert(text_is(found.at[0].name, "fab.yield") && text_is(found.at[0].source, "reuters") && text_is(found.at[0].valid, "2024"));
    found = series_at("2025-01-31", "fab.yield", NULL);
    cr_assert(found.at[0].central == 0.5, "the day before it became known");
    found = series_at("2025-02-01", "fab.yield", NULL);
    cr_assert(found.at[0].central == 0.4, "on the day it became known");
    cr_assert(series_at("2024-10", "fab.yield", NULL).count == 0);
}

Test(store, says_when_something_becomes_known)
{
    add("fab.yield", "2024", "2025-02-01", "reuters", 0.4);
    add("fab.yield", "2024", "2024-11", "csis", 0.5);
    const struct observer observer = stored_at(store, "2024-10");
    struct series found;
    struct text earliest;
    cr_assert(!observer.series(observer.context, &stored.arena, TEXT("fab.yield"), TEXT(""), &found, &earliest));
    cr_assert(text_is(earliest, "2024-11") && found.count == 0);
    cr_assert(!observer.series(observer.context, &stored.arena, TEXT("fab.yield"), TEXT("reuters"), &found, &earliest));
    cr_assert(text_is(earliest, "2025-02-01"));
    cr_assert(!observer.series(observer.context, &stored.arena, TEXT("fab.nothing"), TEXT(""), &found, &earliest));
    cr_assert(earliest.length == 0);
    cr_assert(!observer.series(observer.context, &stored.arena, TEXT("nodot"), TEXT(""), &found, &earliest));
}

Test(store, gives_periods_in_the_order_of_their_ends)
{
    add("capex.us", "2025", "2026-01", "a", 3);
    add("capex.us", "2023", "2024-01", "a", 1);
    add("capex.us", "2024-04 .. 2025-03", "2025-05", "a", 2);
    const struct series found = series_at("2026", "capex.us", NULL);
    cr_assert(found.count == 3 && found.at[0].central == 1 && found.at[1].central == 2 && found.at[2].central == 3);
    cr_assert(found.at[0].valid_end < found.at[1].valid_end && found.at[1].valid_start < found.at[1].valid_end);
}

Test(store, prefers_what_became_known_last_then_the_better_basis_then_the_order_of_names)
{
    add("a.b", "2024", "2024-05", "zeta", 1);
    add("a.b", "2024", "2024-06", "beta", 2);
    cr_assert(series_at("2025", "a.b", NULL).at[0].central == 2);
    struct observation derived = stored_figure("a.b", "2024", "2024-06", "alpha", 3);
    derived.basis = BASIS_DERIVED;
    cr_assert(stored_append(store, derived) == APPEND_ADDED);
    cr_assert(series_at("2025", "a.b", NULL).at[0].central == 2, "beta states it, alpha derives it");
    add("a.b", "2024", "2024-06", "aleph", 4);
    cr_assert(series_at("2025", "a.b", NULL).at[0].central == 4);
    cr_assert(series_at("2025", "a.b", "zeta").at[0].central == 1);
    cr_assert(series_at("2025", "a.b", "nobody").count == 0);
}

Test(store, counts_other_sources_and_those_that_disagree)
{
    add_range("a.b", "2024", "2024-06", "mine", 8, 12);
    add("a.b", "2024", "2024-05", "inside", 11);
    add("a.b", "2024", "2024-04", "outside", 13);
    add("a.b", "2024", "2024-03", "changed", 20);
    add("a.b", "2024", "2024-04", "changed", 9);
    add("a.b", "2024", "2024-07", "later", 50);
    struct series found = series_at("2024-06", "a.b", NULL);
    cr_assert(found.at[0].others == 3 && found.at[0].dissenters == 1);
    found = series_at("2024-06", "a.b", "outside");
    cr_assert(found.at[0].others == 3 && found.at[0].dissenters == 3, "without bounds five in a hundred are too many");
    cr_assert(series_at("2024-06", "a.b", "mine").at[0].dissenters == 1);
    const struct observer observer = stored_at(store, "2024-06");
    const struct series all = observer.sources_of(observer.context, &stored.arena, TEXT("a.b"), found.at[0].valid_end);
    cr_assert(all.count == 4 && text_is(all.at[0].source, "mine") && text_is(all.at[1].source, "inside"));
    cr_assert(text_is(all.at[2].source, "changed") && all.at[2].central == 9 && text_is(all.at[3].source, "outside"));
}

Test(store, counts_bounds_that_leave_no_room)
{
    const struct observation range = {.low = 8, .central = 10, .high = 12}, point = {.low = NAN, .central = 10, .high = NAN};
    const struct observation at_most_7 = {.low = NAN, .central = NAN, .high = 7}, at_most_9 = {.low = NAN, .central = NAN, .high = 9};
    const struct observation at_least_13 = {.low = 13, .central = NAN, .high = NAN};
    cr_assert(observations_disagree(&range, &at_most_7) && observations_disagree(&range, &at_least_13));
    cr_assert(!observations_disagree(&range, &at_most_9), "8 to 9 is room");
    cr_assert(observations_disagree(&point, &at_most_9) && observations_disagree(&point, &at_least_13));
    cr_assert(!observations_disagree(&at_most_9, &at_most_7) && observations_disagree(&at_most_7, &at_least_13));
}

Test(store, takes_periods_with_one_end_as_one)
{
    add("a.b", "2024", "2024-06", "year", 1);
    add("a.b", "2024Q4", "2024-07", "quarter", 2);
    add("a.b", "2024-12-31", "2024-08", "day", 3);
    const struct series found = series_at("2025", "a.b", NULL);
    cr_assert(found.count == 1 && found.at[0].central == 3 && found.at[0].others == 2);
    const struct observer observer = stored_at(store, "2025");
    cr_assert(observer.sources_of(observer.context, &stored.arena, TEXT("a.b"), found.at[0].valid_end).count == 3);
}

Test(store, compares_dates_by_months_and_texts_by_their_letters)
{
    struct observation date = stored_figure("n5.start", "2024", "2024-06", "a", 0);
    date.unit = TEXT("date");
    date.central = stored_figure("a.b", "2026-03", "2024", "a", 0).valid_start;
    cr_assert(stored_append(store, date) == APPEND_ADDED);
    date.source = TEXT("b");
    date.central = stored_figure("a.b", "2026-04", "2024", "a", 0).valid_start;
    cr_assert(stored_append(store, date) == APPEND_ADDED);
    cr_assert(series_at("2025", "n5.start", "a").at[0].dissenters == 0);
    date.source = TEXT("c");
    date.central = stored_figure("a.b", "2026-09", "2024", "a", 0).valid_start;
    cr_assert(stored_append(store, date) == APPEND_ADDED);
    cr_assert(series_at("2025", "n5.start", "a").at[0].dissenters == 1);
    struct observation words = stored_figure("n5.maker", "2024", "2024-06", "a", NAN);
    words.unit = TEXT("text");
    words.value = TEXT("SMIC");
    cr_assert(stored_append(store, words) == APPEND_ADDED);
    words.source = TEXT("b");
    words.value = TEXT("Huawei");
    cr_assert(stored_append(store, words) == APPEND_ADDED);
    cr_assert(series_at("2025", "n5.maker", NULL).at[0].dissenters == 1);
}

Test(store, takes_in_the_same_row_once_and_contradictions_never)
{
    const struct observation figure = stored_figure("a.b", "2024", "2024-06", "s", 1);
    cr_assert(stored_append(store, figure) == APPEND_ADDED);
    cr_assert(stored_append(store, figure) == APPEND_THERE);
    struct observation other = figure;
    other.central = 2;
    cr_assert(stored_append(store, other) == APPEND_CONTRADICTS);
    other.known = TEXT("2024-07");
    other.known_from = stored_figure("a.b", "2024", "2024-07", "s", 1).known_from;
    other.unit = TEXT("chip");
    cr_assert(stored_append(store, other) == APPEND_OTHER_UNIT);
    cr_assert(text_is(store_unit(store, &stored.arena, TEXT("a.b")), "1"));
    other.unit = TEXT("1");
    other.source = TEXT("unheard_of");
    cr_assert(store_append_observation(store, &other) == APPEND_NO_SOURCE);
    const struct known_source source = {.id = TEXT("s"), .title = TEXT("Another report")};
    cr_assert(store_append_source(store, &source) == APPEND_CONTRADICTS);
    cr_assert(store_commit(store) == STORE_OK);
    cr_assert(series_at("2025", "a.b", NULL).count == 1);
}

Test(store, knows_sources)
{
    add("a.b", "2024", "2024-06", "s", 1);
    const struct observer observer = stored_at(store, "2020");
    struct known_source found;
    cr_assert(observer.source(observer.context, &stored.arena, TEXT("s"), &found));
    cr_assert(text_is(found.id, "s") && text_is(found.title, "A report") && text_is(found.published, "2024") && found.url.length == 0);
    cr_assert(!observer.source(observer.context, &stored.arena, TEXT("t"), &found));
}

Test(store, says_what_a_star_stands_for)
{
    add("chip.h100", "2024", "2024-06", "s", 1);
    add("chip.b200.tdp", "2024", "2024-06", "s", 1);
    add("chip.a100.tdp", "2024", "2024-06", "s", 1);
    add("chip.a100.bandwidth", "2024", "2024-06", "s", 1);
    add("chip.a100.mask.rev2.count", "2024", "2024-06", "s", 1);
    add("chip.c900.tdp", "2024", "2025-06", "s", 1);
    add("chipper.d.tdp", "2024", "2024-06", "s", 1);
    const struct observer observer = stored_at(store, "2024");
    const struct text *found;
    cr_assert(observer.members(observer.context, &stored.arena, TEXT("chip.*"), &found) == 2);
    cr_assert(text_is(found[0], "a100") && text_is(found[1], "b200"));
    cr_assert(observer.members(observer.context, &stored.arena, TEXT("chip.*.mask.rev2"), &found) == 1 && text_is(found[0], "a100"));
    cr_assert(observer.members(observer.context, &stored.arena, TEXT("chip.a100"), &found) == 0);
    cr_assert(observer.members(observer.context, &stored.arena, TEXT("fab.*"), &found) == 0);
}

Test(store, finds_a_misspelt_name)
{
    add("fab.smic.yield_7nm", "2024", "2024-06", "s", 1);
    add("fab.smic.wafers", "2024", "2024-06", "s", 1);
    const struct observer observer = stored_at(store, "2024");
    cr_assert(text_is(observer.near(observer.context, &stored.arena, TEXT("fab.smic.yeild_7nm")), "fab.smic.yield_7nm"));
    cr_assert(text_is(observer.near(observer.context, &stored.arena, TEXT("fab.smic.wafer")), "fab.smic.wafers"));
    cr_assert(observer.near(observer.context, &stored.arena, TEXT("population.lisbon")).length == 0);
}

Test(store, knows_its_latest_date)
{
    cr_assert(store_latest(store, &stored.arena).length == 0);
    add("a.b", "2024", "2026", "s", 1);
    add("a.b", "2024", "2026-01", "t", 1);
    add("a.b", "2024", "2025-12-31", "u", 1);
    cr_assert(text_is(store_latest(store, &stored.arena), "2026"), "the whole year ends later than its January");
    add("a.b", "2024", "2026-02-03", "s", 1);
    cr_assert(text_is(store_latest(store, &stored.arena), "2026-02-03"));
}
