// Claims that ask instead of testing.
#include "judge/hole.h"

#include <math.h>
#include <string.h>

// ---- which term binds --------------------------------------------------------------------------------------------------

struct term_shares {
    double *share, *low, *high;
    double relevant;
};

// One variant at one place. The interval of each share is widened for the number of terms, so that all hold together.
static void add_shares(const struct asked *asked, const struct tally *tally, bool first, struct term_shares *shares)
{
    const struct question *question = asked->question;
    const double relevant = tally->at[COUNT_RELEVANT], error = HOLE_ERROR / (double)question->term_count;
    for (size_t i = 0; i < question->term_count && relevant > 0; i++) {
        const double binds = tally->at[COUNT_FIXED + question->when_count + i];
        struct share_interval interval = {binds / relevant, binds / relevant};
        if (asked->reach.uncertain)
            interval = clopper_pearson((uint64_t)binds, (uint64_t)relevant, error); // no narrower for points that are spread evenly
        if (first)
            shares->share[i] = binds / relevant;
        shares->low[i] = fmin(shares->low[i], interval.low);
        shares->high[i] = fmax(shares->high[i], interval.high);
    }
    if (first)
        shares->relevant = relevant;
}

// At all places of the inputs without a probability; what is printed as the share is at their central values.
static bool share_variant(struct asked *asked, struct term_shares *shares)
{
    struct work *work = asked->work;
    double *fixed = arena_array(work->scratch, work->model->column_count, sizeof *fixed);
    memcpy(fixed, asked->fixed, work->model->column_count * sizeof *fixed);
    for (size_t place = 0; place < hole_places(work, &asked->reach); place++) {
        struct tally tally = tally_new(work->scratch, asked->question);
        struct group group = group_new(work->scratch, work->model, &asked->question, 1, &tally);
        hole_place(work, &asked->reach, place, fixed);
        if (!group_run(work, &group, fixed, HOLE_FIRST, asked->futures) || !work_continues(work, asked->futures))
            return false;
        add_shares(asked, &tally, asked->cone == 0 && place == 0, shares);
    }
    return true;
}

static bool solve_term(struct asked *asked, struct verdict *verdict)
{
    struct arena *arena = asked->work->arena;
    const size_t terms = asked->question->term_count;
    struct term_shares shares = {arena_array(arena, terms, sizeof(double)), arena_array(arena, terms, sizeof(double)), arena_array(arena, terms, sizeof(double)), 0};
    for (size_t i = 0; i < terms; i++)
        shares.low[i] = 1;
    for (size_t v = 0; v < asked->variant_count; v++) {
        struct asked one = asked_of(asked, v);
        if (!share_variant(&one, &shares))
            return false;
    }
    verdict->solution.labels = asked->hole->limit ? asked->hole->limit->labels : NULL;
    verdict->solution.shares = shares.share;
    verdict->solution.share_low = shares.low;
    verdict->solution.share_high = shares.high;
    verdict->solution.share_count = terms;
    verdict->relevant = (uint64_t)shares.relevant;
    verdict->kind = verdict->relevant > 0 ? VERDICT_SOLVED : VERDICT_VACUOUS;
    return true;
}

// ---- thresholds --------------------------------------------------------------------------------------------------------

static double weakest(const struct asked *asked, double a, double b)
{
    if (isnan(a) || isnan(b))
        return isnan(a) ? b : a;
    return asked->hole->stronger_above ? fmin(a, b) : fmax(a, b);
}

// Of the claim and of each concession; the weakest answer is the answer, and each end of the interval the weakest of theirs, each
// widened for their number.
static bool solve_thresholds(struct asked *asked, struct verdict *verdict)
{
    asked->error = HOLE_ERROR / (double)asked->variant_count;
    if (!solve_threshold(asked, verdict))
        return false;
    for (size_t v = 1; v < asked->variant_count && verdict->kind != VERDICT_VACUOUS; v++) {
        struct asked one = asked_of(asked, v);
        struct verdict there = *verdict;
        if (!solve_threshold(&one, &there))
            return false;
        if (there.kind == VERDICT_VACUOUS)
            continue;
        struct solution *all = &verdict->solution;
        if (there.kind == VERDICT_UNSOLVABLE)
            verdict->kind = there.kind;
        all->central = weakest(asked, all->central, there.solution.central);
        all->value = weakest(asked, all->value, there.solution.value);
        all->ci_low = weakest(asked, all->ci_low, there.solution.ci_low);
        all->ci_high = weakest(asked, all->ci_high, there.solution.ci_high);
    }
    return true;
}

// An estimate over all futures reads the hole: it would be another one for each value.
static bool estimates_read_hole(struct work *work, const struct question *question)
{
    bool found = false;
    for (size_t i = 0; i < work->model->aggregate_count && !found; i++) {
        struct arena_mark mark = arena_mark(work->scratch);
        size_t count;
        const size_t *columns = tape_columns(aggregate_tape(work, &work->model->aggregates[i]), &count);
        for (size_t c = 0; c < count; c++)
            found = found || columns[c] == question->hole_column;
        arena_release(work->scratch, mark);
    }
    return found;
}

bool solve_hole(struct work *work, struct inquiry *inquiry)
{
    struct arena_mark mark = arena_mark(work->scratch);
    struct verdict *verdict = &inquiry->verdict;
    const struct hole *hole = &verdict->claim->hole;
    struct asked asked = {.work = work, .hole = hole, .variants = inquiry->findings, .variant_count = inquiry->count, .futures = 1, .error = HOLE_ERROR};
    asked = asked_of(&asked, 0);
    for (size_t v = 0; v < inquiry->count; v++)
        asked.reach.uncertain = asked.reach.uncertain || inquiry->findings[v].reach.uncertain;
    if (asked.reach.uncertain)
        asked.futures = work->samples < HOLE_FUTURES ? work->samples : HOLE_FUTURES;
    verdict->solution = (struct solution){.hole = hole, .value = NAN, .ci_low = NAN, .ci_high = NAN, .central = NAN};
    verdict->basis = asked.reach.input_count == 0 ? EVIDENCE_EXACT : EVIDENCE_SAMPLED;
    verdict->searched = asked.reach.bounds_count > 0;
    bool done = estimates_read_hole(work, asked.question);
    if (done) {
        verdict->kind = VERDICT_UNSOLVABLE;
        verdict->reason = "what is asked for stands inside a number about all futures, which is not worked out again for each value: put values "
                          "there one by one, in scenarios";
        arena_release(work->scratch, mark);
        return true;
    }
    if (hole->kind == HOLE_THRESHOLD)
        done = solve_thresholds(&asked, verdict);
    else if (hole->kind == HOLE_DATE)
        done = solve_date(&asked, verdict);
    else if (hole->kind == HOLE_INPUT || hole->kind == HOLE_VALUES)
        done = solve_set(&asked, verdict);
    else
        done = solve_term(&asked, verdict);
    if (hole->kind == HOLE_THRESHOLD || hole->kind == HOLE_TERM)
        verdict->samples = asked.futures;
    arena_release(work->scratch, mark);
    return done;
}
