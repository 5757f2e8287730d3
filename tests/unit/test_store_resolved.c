// When a recorded claim resolves, and what its forecasts are worth then: store/resolve.h.
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "dsl/written.h"
#include "store/connection.h"
#include "store/resolve.h"
#include "tests/support/stored.h"

static struct stored stored;
static struct store *store;

static void setup(void)
{
    stored_open(&stored);
    store = stored_in_memory(&stored);
    cr_assert(store_commit(store) == STORE_OK);
}

static void teardown(void)
{
    stored_close(&stored);
}

TestSuite(store_resolved, .init = setup, .fini = teardown);

static double instant(const char *date)
{
    double start, end;
    cr_assert(written_date(text_of(date), &start, &end), "%s", date);
    return start;
}

// One claim about 2026, in one run.
struct said {
    const char *recorded_on, *vintage, *wording, *forecast, *speaker, *observed_until; // observed_until "": said beforehand; NULL: no data
    enum verdict_kind kind;
    double probability;
};

static void record(const struct said *said)
{
    double start, end;
    cr_assert(written_date(text_of(said->vintage), &start, &end));
    const struct recorded_input input = {.name = TEXT("x"), .low = NAN, .central = 1, .high = NAN, .unit = TEXT("1"), .basis = TEXT(""),
                                         .observations = said->observed_until != NULL, .known_from = NAN, .quantity = TEXT(""), .valid = TEXT(""), .known = TEXT(""), .source = TEXT(""),
                                         .observed_until = said->observed_until && *said->observed_until ? instant(said->observed_until) : NAN};
    const struct recorded_input *used[] = {&input};
    const struct recorded_verdict verdict = {
        .file = TEXT("a.crux"), .module = TEXT("a.crux"), .name = TEXT("c"), .scenario = TEXT("baseline"), .forecast = text_of(said->forecast),
        .speaker = text_of(said->speaker), .said_on = NAN, .wording = text_of(said->wording), .level = 0.9, .kind = said->kind, .basis = EVIDENCE_SAMPLED,
        .probability = {NAN, NAN, said->probability, NAN, NAN}, .as_expected = true, .window_end = instant("2027"), .input_count = 1, .inputs = used};
    struct recorded_run run = {.recorded_on = text_of(said->recorded_on), .engine = TEXT("0"), .vintage = text_of(said->vintage), .vintage_end = end,
                               .sampler = TEXT("sobol"), .level = 0.9, .verdict_count = 1, .verdicts = &verdict};
    cr_assert(store_begin(store, TEXT(""), TEXT("")) == STORE_OK && store_record(store, &stored.arena, &run) && store_commit(store) == STORE_OK);
}

static struct scores scores(void)
{
    const struct past past = ask_past(store, &stored.arena, TEXT(""));
    return past_scores(store, &stored.arena, &past);
}

static const struct score *score_of(const struct scores *all, enum forecaster kind, bool backtest)
{
    for (size_t i = 0; i < all->score_count; i++)
        if (all->scores[i].kind == kind && all->scores[i].backtest == backtest)
            return &all->scores[i];
    return NULL;
}

Test(store_resolved, only_what_is_over_and_observed_resolves)
{
    static const struct {
        const char *vintage, *observed_until;
        enum verdict_kind kind;
        bool resolves;
    } cases[] = {
        {"2027-03", "2027", VERDICT_SUPPORTED, true},  {"2027-03", "2028", VERDICT_REFUTED, true},     {"2027-03", "2026-10", VERDICT_REFUTED, false},
        {"2027-03", "", VERDICT_SUPPORTED, false},     {"2027-03", NULL, VERDICT_SUPPORTED, false},    {"2026-11", "2027", VERDICT_SUPPORTED, false},
        {"2027-03", "2027", VERDICT_SENSITIVE, false}, {"2026-12", "2027", VERDICT_SUPPORTED, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char wording[8];
        snprintf(wording, sizeof wording, "%zu", i);
        record(&(struct said){"2027-03-01T00:00:00Z", cases[i].vintage, wording, "", "", cases[i].observed_until, cases[i].kind, 1});
    }
    const struct scores all = scores();
    cr_assert(all.outcome_count == sizeof cases / sizeof *cases);
    for (size_t i = 0; i < all.outcome_count; i++) {
        cr_assert(all.outcomes[i].resolved == cases[i].resolves, "case %zu", i);
        cr_assert(!all.outcomes[i].resolved || all.outcomes[i].holds == (cases[i].kind == VERDICT_SUPPORTED));
    }
    cr_assert(!score_of(&all, FORECASTER_FORECAST, false), "a run that knows the outcome is no forecast of it");
}

Test(store_resolved, earlier_runs_are_scored_and_later_ones_are_not)
{
    record(&(struct said){"2025-01-01T00:00:00Z", "2025-01", "x", "supply", "D", "2025", VERDICT_SENSITIVE, 0.25});
    record(&(struct said){"2026-01-01T00:00:00Z", "2026-01", "x", "supply", "D", "2026", VERDICT_SENSITIVE, 0.5});
    record(&(struct said){"2028-01-01T00:00:00Z", "2026-01", "x", "supply", "D", "2026", VERDICT_SUPPORTED, 1});
    record(&(struct said){"2028-01-01T00:00:00Z", "2027-06", "x", "supply", "D", "2027", VERDICT_SUPPORTED, 1});
    const struct scores all = scores();
    const struct score *forecast = score_of(&all, FORECASTER_FORECAST, false), *backtest = score_of(&all, FORECASTER_FORECAST, true);
    const struct score *author = score_of(&all, FORECASTER_AUTHOR, false);
    cr_assert(all.resolved_count == 1 && forecast && backtest && author);
    cr_assert(forecast->claims == 1 && forecast->forecasts == 2 && text_is(forecast->name, "supply"));
    cr_assert_float_eq(forecast->brier, (0.5625 + 0.25) / 2, 1e-12);
    cr_assert_float_eq(forecast->bits, (2 + 1) / 2.0, 1e-12);
    cr_assert(backtest->forecasts == 1);
    cr_assert_float_eq(backtest->bits, -log2(0.9999), 1e-12);
    cr_assert_float_eq(author->brier, 0.01, 1e-12);
    cr_assert(author->forecasts == 1 && text_is(author->name, "D"));
}

Test(store_resolved, new_words_do_not_take_back_old_ones)
{
    record(&(struct said){"2025-01-01T00:00:00Z", "2025-01", "x > 2", "", "D", "2025", VERDICT_SENSITIVE, 0.5});
    record(&(struct said){"2027-06-01T00:00:00Z", "2027-06", "x > 2", "", "D", "2027", VERDICT_REFUTED, 0});
    record(&(struct said){"2027-07-01T00:00:00Z", "2027-07", "x > 1", "", "D", "2027", VERDICT_SUPPORTED, 1});
    const struct scores all = scores();
    const struct score *author = score_of(&all, FORECASTER_AUTHOR, false);
    cr_assert(all.resolved_count == 2 && author && author->claims == 1);
    cr_assert_float_eq(author->brier, 0.81, 1e-12);
}

Test(store_resolved, what_forecasts_contradict_stays_open_until_a_later_run)
{
    record(&(struct said){"2027-06-01T00:00:00Z", "2027-06", "x", "supply", "", "2027", VERDICT_REFUTED, 0});
    record(&(struct said){"2027-07-01T00:00:00Z", "2027-07", "x", "ai2027", "", "2027", VERDICT_SUPPORTED, 1});
    const struct scores all = scores();
    cr_assert(all.outcome_count == 1 && all.resolved_count == 1 && all.outcomes[0].holds, "the last run counts");
}
