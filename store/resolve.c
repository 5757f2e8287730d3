#include "store/resolve.h"

#include <math.h>
#include <stdlib.h>

#include "base/vector.h"
#include "dsl/written.h"

#define CERTAIN 0.0001 // a probability is not nearer than this to 0 or 1

struct scoring {
    struct store *store;
    struct arena *arena;
    const struct past *past;
    VECTOR(struct outcome) outcomes;
    VECTOR(struct score) scores; // brier and bits are sums over claims
};

static bool is_baseline(const struct past_claim *claim)
{
    return text_is(claim->at[0].verdict.scenario, "baseline");
}

// ---- outcomes --------------------------------------------------------------------------------------------------------------------

static bool is_observed(struct scoring *scoring, const struct past_verdict *past)
{
    const struct past_inputs inputs = past_inputs(scoring->store, scoring->arena, past);
    size_t taken = 0;
    for (size_t i = 0; i < inputs.count; i++) {
        taken += inputs.at[i].observations > 0;
        if (inputs.at[i].observations > 0 && !(inputs.at[i].observed_until >= past->verdict.window_end))
            return false;
    }
    return taken > 0;
}

static bool resolves(struct scoring *scoring, const struct past_verdict *past)
{
    const bool decided = past->verdict.kind == VERDICT_SUPPORTED || past->verdict.kind == VERDICT_REFUTED;
    return decided && past->verdict.window_end <= past->run->vintage_end && is_observed(scoring, past);
}

static void resolve(struct scoring *scoring, struct outcome *outcome, const struct past_claim *claim)
{
    for (size_t i = claim->count; i > 0; i--) {
        const struct past_verdict *past = &claim->at[i - 1];
        const bool holds = past->verdict.kind == VERDICT_SUPPORTED;
        if (!text_equal(past->verdict.wording, outcome->wording))
            continue;
        if (outcome->by && past->run->number < outcome->by->run->number)
            return; // another forecast says more
        if (!resolves(scoring, past))
            continue;
        outcome->contested = outcome->by && outcome->by->run == past->run && (outcome->contested || outcome->holds != holds);
        outcome->by = past;
        outcome->holds = holds;
        outcome->resolved = !outcome->contested;
        return;
    }
}

static bool is_of(const struct outcome *outcome, const struct past_claim *claim)
{
    return text_equal(outcome->module, claim->at[0].verdict.module) && text_equal(outcome->name, claim->at[0].verdict.name);
}

// That of the claim in these words; those of one claim stand together at the end.
static struct outcome *outcome_in(struct scoring *scoring, const struct past_claim *claim, struct text wording)
{
    for (size_t i = scoring->outcomes.count; i > 0 && is_of(&scoring->outcomes.at[i - 1], claim); i--)
        if (text_equal(scoring->outcomes.at[i - 1].wording, wording))
            return &scoring->outcomes.at[i - 1];
    const struct recorded_verdict *verdict = &claim->at[0].verdict;
    vector_push(scoring->arena, &scoring->outcomes, ((struct outcome){.module = verdict->module, .name = verdict->name, .wording = wording}));
    return &scoring->outcomes.at[scoring->outcomes.count - 1];
}

// Claims of one name stand together, the baseline first.
static void find_outcomes(struct scoring *scoring)
{
    for (size_t i = 0; i < scoring->past->claim_count; i++) {
        const struct past_claim *claim = &scoring->past->claims[i];
        for (size_t k = 0; is_baseline(claim) && k < claim->count; k++)
            if (k == 0 || !text_equal(claim->at[k].verdict.wording, claim->at[k - 1].verdict.wording))
                resolve(scoring, outcome_in(scoring, claim, claim->at[k].verdict.wording), claim);
    }
}

// ---- forecasts -------------------------------------------------------------------------------------------------------------------

struct sum {
    size_t count;
    double brier, bits;
};

static void add_forecast(struct sum *sum, double probability, bool holds)
{
    const double p = fmin(fmax(probability, CERTAIN), 1 - CERTAIN);
    sum->count++;
    sum->brier += (p - holds) * (p - holds);
    sum->bits -= log2(holds ? p : 1 - p);
}

// The means of one claim go into the sums of the forecaster.
static void add_claim(struct scoring *scoring, enum forecaster kind, struct text name, bool backtest, const struct sum *sum)
{
    size_t at = 0;
    if (sum->count == 0)
        return;
    for (; at < scoring->scores.count; at++)
        if (scoring->scores.at[at].kind == kind && scoring->scores.at[at].backtest == backtest && text_equal(scoring->scores.at[at].name, name))
            break;
    if (at == scoring->scores.count)
        vector_push(scoring->arena, &scoring->scores, ((struct score){.kind = kind, .name = name, .backtest = backtest}));
    struct score *score = &scoring->scores.at[at];
    score->claims++;
    score->forecasts += sum->count;
    score->brier += sum->brier / (double)sum->count;
    score->bits += sum->bits / (double)sum->count;
}

// Recorded after the window's end: no forecast any more.
static bool is_hindsight(const struct past_verdict *past)
{
    enum { DATE = 10 };
    double start, end;
    const struct text on = past->run->recorded_on;
    return on.length < DATE || !written_date((struct text){on.at, DATE}, &start, &end) || !(end <= past->verdict.window_end);
}

static bool is_in_time(const struct past_verdict *past)
{
    return past->run->vintage_end < past->verdict.window_end;
}

static bool says_the_same(const struct outcome *outcome, const struct past_verdict *past)
{
    return text_equal(past->verdict.wording, outcome->wording);
}

static void score_claim(struct scoring *scoring, const struct outcome *outcome, const struct past_claim *claim)
{
    struct sum sums[2] = {{0}, {0}}; // forecasts, backtests
    const struct recorded_verdict *any = &claim->at[0].verdict;
    for (size_t i = 0; i < claim->count; i++) {
        const struct past_verdict *past = &claim->at[i];
        if (says_the_same(outcome, past) && is_in_time(past) && !isnan(past->verdict.probability.estimate))
            add_forecast(&sums[is_hindsight(past)], past->verdict.probability.estimate, outcome->holds);
    }
    for (int backtest = 0; backtest < 2; backtest++) {
        const bool baseline = is_baseline(claim);
        add_claim(scoring, baseline ? FORECASTER_FORECAST : FORECASTER_SCENARIO, baseline ? any->forecast : any->scenario, backtest, &sums[backtest]);
    }
}

// The first of the claim's verdicts, of any forecast; with this wording only, or with any.
static const struct past_verdict *first_said(const struct past *past, const struct outcome *outcome, bool same)
{
    const struct past_verdict *first = NULL;
    for (size_t i = 0; i < past->claim_count; i++)
        for (size_t k = 0; is_of(outcome, &past->claims[i]) && k < past->claims[i].count; k++) {
            const struct past_verdict *verdict = &past->claims[i].at[k];
            if ((!same || says_the_same(outcome, verdict)) && (!first || verdict->run->number < first->run->number))
                first = verdict;
        }
    return first;
}

static void score_author(struct scoring *scoring, const struct outcome *outcome)
{
    const struct past_verdict *first = first_said(scoring->past, outcome, true);
    const struct recorded_verdict *verdict = first ? &first->verdict : NULL;
    if (!verdict || verdict->speaker.length == 0)
        return;
    struct sum sum = {0};
    // A date that stands beside other words than at first says nothing of when these were said.
    const bool dated = !isnan(verdict->said_on) && first == first_said(scoring->past, outcome, false);
    if (dated ? verdict->said_on < verdict->window_end : is_in_time(first) && !is_hindsight(first))
        add_forecast(&sum, verdict->level, outcome->holds);
    add_claim(scoring, FORECASTER_AUTHOR, verdict->speaker, false, &sum);
}

static int by_kind(const void *a, const void *b)
{
    const struct score *x = a, *y = b;
    if (x->backtest != y->backtest)
        return x->backtest - y->backtest;
    return x->kind != y->kind ? (int)x->kind - (int)y->kind : text_compare(x->name, y->name);
}

struct scores past_scores(struct store *store, struct arena *arena, const struct past *past)
{
    struct scoring scoring = {.store = store, .arena = arena, .past = past};
    size_t resolved = 0;
    find_outcomes(&scoring);
    for (size_t i = 0; i < scoring.outcomes.count; i++) {
        const struct outcome *outcome = &scoring.outcomes.at[i];
        resolved += outcome->resolved;
        for (size_t k = 0; outcome->resolved && k < past->claim_count; k++)
            if (is_of(outcome, &past->claims[k]))
                score_claim(&scoring, outcome, &past->claims[k]);
        if (outcome->resolved)
            score_author(&scoring, outcome);
    }
    for (size_t i = 0; i < scoring.scores.count; i++) {
        scoring.scores.at[i].brier /= (double)scoring.scores.at[i].claims;
        scoring.scores.at[i].bits /= (double)scoring.scores.at[i].claims;
    }
    if (scoring.scores.count > 0)
        qsort(scoring.scores.at, scoring.scores.count, sizeof *scoring.scores.at, by_kind);
    return (struct scores){scoring.outcomes.count, resolved, scoring.scores.count, scoring.outcomes.at, scoring.scores.at};
}
