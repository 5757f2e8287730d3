#include "judge/coalition.h"

#include <math.h>
#include <string.h>

#include "engine/given.h"
#include "judge/inquiry.h"

// ---- mixtures ----------------------------------------------------------------------------------------------------------

const struct stage *contest_stage(const struct contest *contest, const bool *switched)
{
    return &contest->stages[contest->structure == SIZE_MAX || switched[contest->structure]];
}

void stage_throw(const struct contest *contest, const struct stage *stage, const bool *switched, double *fixed)
{
    for (size_t i = 0; i < contest->blend->item_count; i++)
        if (stage->columns[i] != SIZE_MAX)
            fixed[stage->columns[i]] = 0;
    for (size_t i = 0; i < contest->count; i++)
        if (stage->columns[contest->items[i]] != SIZE_MAX)
            fixed[stage->columns[contest->items[i]]] = switched[i];
}

static double *nothing_fixed(struct arena *scratch, const struct model *model)
{
    double *fixed = arena_array(scratch, model->column_count, sizeof *fixed);
    for (size_t i = 0; i < model->column_count; i++)
        fixed[i] = NAN;
    return fixed;
}

static struct model *mixture(struct contest *contest, const struct stage *stage, const struct model *model, const bool *switched)
{
    double *fixed = nothing_fixed(contest->scratch, model);
    stage_throw(contest, stage, switched, fixed);
    return model_given(contest->aside, contest->scratch, model, fixed, stage->first, stage->count);
}

bool coalition_verdict(struct contest *contest, const bool *switched, enum verdict_kind *kind, struct probability *probability)
{
    struct arena_mark mark = arena_mark(contest->scratch), aside = arena_mark(contest->aside);
    const struct stage *stage = contest_stage(contest, switched);
    struct judge_options options = *contest->options;
    options.no_proofs = options.verdicts_only = true;
    const struct model *model = mixture(contest, stage, stage->model, switched);
    const struct results *results = judge_model(contest->aside, contest->scratch, model, &options);
    for (size_t i = 0; i < results->verdict_count; i++)
        if (results->verdicts[i].claim == model->questions[0].claim) {
            *kind = results->verdicts[i].kind;
            *probability = results->verdicts[i].probability;
        }
    const bool done = !results->cancelled;
    arena_release(contest->aside, aside);
    arena_release(contest->scratch, mark);
    return done;
}

// ---- values ------------------------------------------------------------------------------------------------------------

static double share_of(double holds, double fails, double otherwise)
{
    return holds + fails > 0 ? holds / (holds + fails) : otherwise;
}

static void take(struct coalition *value, const struct tally *tally, bool exact, double tolerance)
{
    const double share = tally_share(tally);
    value->undefined = value->undefined || tally_undefined(tally) > tolerance;
    if (isnan(share) || share >= value->share)
        return;
    value->share = share;
    value->exact = exact;
    for (size_t r = 0; r < REPLICATES; r++)
        value->parts[r] = exact ? share : share_of(tally_split(tally, SPLIT_HOLDS)[r], tally_split(tally, SPLIT_FAILS)[r], share);
}

// The weakest variant; what the first says of its own silence is that of the claim.
static void conclude(struct coalition *value, const struct tally *first)
{
    value->contradictory = !(first->at[COUNT_ADMISSIBLE] > 0);
    value->silent = !(first->at[COUNT_RELEVANT] > 0);
    if (isinf(value->share) || value->silent)
        value->share = NAN;
}

static bool value_question(struct work *work, const struct question *question, uint64_t futures, struct tally *tally, bool *exact)
{
    struct finding finding = finding_new(work, question, work->fixed);
    *exact = finding.constant || finding.reach.enumerable;
    if (*exact) {
        finding_prepare(work, &finding);
        *tally = finding.central.tally;
        return !atomic_load(&work->cancelled);
    }
    *exact = !finding.reach.uncertain;
    struct group group = group_new(work->scratch, work->model, &question, 1, &finding.central.tally);
    const bool done = group_run(work, &group, finding.central.fixed, 0, *exact ? COALITION_LEAST : futures);
    *tally = finding.central.tally;
    return done;
}

static bool value_mixture(struct contest *contest, const struct stage *stage, const bool *switched, struct coalition *value)
{
    struct arena *scratch = contest->scratch;
    const struct model *model = mixture(contest, stage, stage->common, switched);
    struct work work;
    work_start(&work, scratch, scratch, model, contest->options);
    if (!estimate_roughly(&work, contest->futures))
        return false;
    struct tally first = {0};
    for (size_t q = 0; q < model->question_count; q++) {
        struct tally tally;
        bool exact;
        if (!value_question(&work, &model->questions[q], contest->futures, &tally, &exact))
            return false;
        take(value, &tally, exact && model->aggregate_count == 0, work.tolerance);
        if (q == 0)
            first = tally;
    }
    conclude(value, &first);
    return work_continues(&work, contest->futures);
}

static bool value_as_it_stands(struct contest *contest, const struct stage *stage, const bool *switched, struct coalition *value)
{
    struct work *work = stage->work;
    const struct question **questions = arena_array(contest->scratch, stage->count, sizeof *questions);
    struct tally *tallies = arena_array(contest->scratch, stage->count, sizeof *tallies);
    size_t *offsets = arena_array(contest->scratch, stage->count, sizeof *offsets);
    for (size_t q = 0; q < stage->count; q++) {
        questions[q] = &stage->common->questions[stage->first + q];
        tallies[q] = tally_new(contest->scratch, questions[q]);
        offsets[q] = stage->offsets[q];
    }
    stage_throw(contest, stage, switched, stage->fixed);
    struct group group = {questions, stage->count, tallies, stage->tape, offsets};
    if (!group_run(work, &group, stage->fixed, 0, contest->futures))
        return false;
    for (size_t q = 0; q < stage->count; q++)
        take(value, &tallies[q], false, work->tolerance);
    conclude(value, &tallies[0]);
    return work_continues(work, contest->futures);
}

const struct coalition *coalition_value(struct contest *contest, const bool *switched)
{
    const struct text key = {(const char *)switched, contest->count * sizeof *switched};
    const struct coalition *known = map_get(&contest->known, key);
    if (known != NULL)
        return known;
    struct coalition *value = arena_alloc(contest->scratch, sizeof *value);
    bool *kept = arena_array(contest->scratch, contest->count, sizeof *kept);
    if (contest->count > 0)
        memcpy(kept, switched, contest->count * sizeof *kept);
    *value = (struct coalition){.share = INFINITY};
    const struct stage *stage = contest_stage(contest, switched);
    struct arena_mark mark = arena_mark(contest->scratch), aside = arena_mark(contest->aside);
    bool done = stage->tape != NULL ? value_as_it_stands(contest, stage, switched, value) : value_mixture(contest, stage, switched, value);
    arena_release(contest->aside, aside);
    arena_release(contest->scratch, mark);
    if (!done)
        return NULL;
    contest->evaluated++;
    contest->silent += isnan(value->share) != 0;
    map_put(&contest->known, (struct text){(const char *)kept, contest->count * sizeof *kept}, value);
    return value;
}

// ---- opening -----------------------------------------------------------------------------------------------------------

static size_t draw_of(const struct model *model, const struct input *input, size_t instance)
{
    for (size_t v = 0; v < model->variable_count; v++)
        if (model->variables[v].input == input && model->variables[v].instance == instance)
            return model->variables[v].draws[0];
    return SIZE_MAX;
}

static bool is_correlated(const struct model *model, size_t draw)
{
    for (size_t i = 0; i < model->correlated_count; i++)
        if (model->correlated[i] == draw)
            return true;
    return false;
}

// A law that replaces a correlated one is not correlated itself, so it keeps its own draw.
static struct model *with_common_draws(struct contest *contest, const struct stage *stage)
{
    const struct model *model = stage->model;
    struct model *common = arena_alloc(contest->scratch, sizeof *common);
    struct column *columns = arena_array(contest->scratch, model->column_count, sizeof *columns);
    if (model->column_count > 0)
        memcpy(columns, model->columns, model->column_count * sizeof *columns);
    *common = *model;
    common->columns = columns;
    for (size_t t = 0; t < stage->blend->twin_count; t++) {
        const struct blend_twin *twin = &stage->blend->twins[t];
        const size_t draw = draw_of(model, twin->input, twin->instance);
        if (draw == SIZE_MAX || is_correlated(model, draw) || is_correlated(model, draw_of(model, twin->twin, twin->twin_instance)))
            continue;
        for (size_t i = 0; i < model->column_count; i++) {
            const struct variable *variable = columns[i].kind == COLUMN_INPUT ? &model->variables[columns[i].variable] : NULL;
            if (variable != NULL && variable->input == twin->twin && variable->instance == twin->twin_instance)
                columns[i].draw = draw;
        }
    }
    return common;
}

// Whether the claim with side A's or side B's items alone takes futures, and no estimates.
static bool is_sampled(struct contest *contest, const struct stage *stage, bool side)
{
    struct arena_mark mark = arena_mark(contest->scratch), aside = arena_mark(contest->aside);
    bool *switched = arena_array(contest->scratch, contest->count, sizeof *switched);
    for (size_t i = 0; i < contest->count; i++)
        switched[i] = side;
    const struct model *model = mixture(contest, stage, stage->common, switched);
    struct work work;
    work_start(&work, contest->scratch, contest->scratch, model, contest->options);
    bool sampled = false;
    for (size_t q = 0; q < model->question_count; q++) {
        const struct finding finding = finding_new(&work, &model->questions[q], work.fixed);
        sampled = sampled || !(finding.constant || finding.reach.enumerable || !finding.reach.uncertain);
    }
    sampled = sampled && model->aggregate_count == 0;
    arena_release(contest->aside, aside);
    arena_release(contest->scratch, mark);
    return sampled;
}

static void open_tape(struct contest *contest, struct stage *stage)
{
    struct arena *scratch = contest->scratch;
    struct work *work = arena_alloc(scratch, sizeof *work);
    work_start(work, scratch, scratch, stage->common, contest->options);
    const struct question **questions = arena_array(scratch, stage->count, sizeof *questions);
    for (size_t q = 0; q < stage->count; q++)
        questions[q] = &stage->common->questions[stage->first + q];
    const struct group group = group_new(scratch, stage->common, questions, stage->count, NULL);
    const struct reach reach = reach_of(scratch, stage->common, group.tape);
    if (reach.aggregate_count > 0)
        return;
    stage->work = work;
    stage->tape = group.tape;
    stage->offsets = group.offsets;
    stage->fixed = nothing_fixed(scratch, stage->common);
    for (size_t i = 0; i < reach.bounds_count; i++)
        stage->fixed[reach.bounds[i]] = column_central(&stage->common->columns[reach.bounds[i]]);
}

static uint64_t futures_for(const struct contest *contest)
{
    const size_t exponent = contest->count < COMPARE_EXACT ? contest->count : COMPARE_EXACT;
    const uint64_t each = (uint64_t)COALITION_FUTURES >> exponent;
    const uint64_t most = contest->options->samples > 0 && contest->options->samples < COALITION_MOST ? contest->options->samples : COALITION_MOST;
    return each > most ? most : each < COALITION_LEAST ? COALITION_LEAST : each;
}

void contest_open(struct contest *contest)
{
    contest->known = map_on(contest->scratch);
    contest->futures = futures_for(contest);
    for (size_t s = 0; s < 2; s++) {
        struct stage *stage = &contest->stages[s];
        if (s == 1 && contest->structure == SIZE_MAX)
            break;
        stage->common = with_common_draws(contest, stage);
        if (is_sampled(contest, stage, false) || is_sampled(contest, stage, true))
            open_tape(contest, stage);
    }
    if (contest->structure == SIZE_MAX)
        contest->stages[1] = contest->stages[0];
}
