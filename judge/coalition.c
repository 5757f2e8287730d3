#include "judge/coalition.h"

#include <math.h>
#include <string.h>

#include "engine/given.h"
#include "judge/inquiry.h"

// ---- mixtures ----------------------------------------------------------------------------------------------------------

static size_t stage_number(const struct contest *contest, const bool *switched)
{
    return contest->structure == SIZE_MAX || switched[contest->structure];
}

// Throws the switches: `switched` by item of the contest; all other items stand at 0.
static void throw_switches(const struct contest *contest, const struct stage *stage, const bool *switched, double *fixed)
{
    for (size_t i = 0; i < contest->blend->item_count; i++)
        if (stage->columns[i] != SIZE_MAX)
            fixed[stage->columns[i]] = 0;
    for (size_t i = 0; i < contest->count; i++)
        if (stage->columns[contest->items[i]] != SIZE_MAX)
            fixed[stage->columns[contest->items[i]]] = switched[i];
}

double *nothing_fixed(struct arena *scratch, const struct model *model)
{
    double *fixed = arena_array(scratch, model->column_count, sizeof *fixed);
    for (size_t i = 0; i < model->column_count; i++)
        fixed[i] = NAN;
    return fixed;
}

const struct model *mixture_of(const struct contest *contest, size_t s, bool common, const bool *switched)
{
    const struct stage *stage = &contest->stages[s];
    const struct model *model = common ? stage->common : stage->model;
    double *fixed = nothing_fixed(contest->scratch, model);
    throw_switches(contest, stage, switched, fixed);
    return model_given(contest->aside, contest->scratch, model, fixed, contest->first[s], contest->questions[s]);
}

bool coalition_verdict(struct contest *contest, const bool *switched, enum verdict_kind *kind, struct probability *probability)
{
    struct arena_mark mark = arena_mark(contest->scratch), aside = arena_mark(contest->aside);
    struct judge_options options = *contest->options;
    options.no_proofs = options.verdicts_only = true;
    const struct model *model = mixture_of(contest, stage_number(contest, switched), false, switched);
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

static bool value_mixture(struct contest *contest, size_t stage, const bool *switched, struct coalition *value)
{
    struct arena *scratch = contest->scratch;
    const struct model *model = mixture_of(contest, stage, true, switched);
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

// All members of the bundle at once: by member.
static bool value_bundle(struct bundle *bundle, size_t stage, const bool *switched, struct coalition *const *values)
{
    struct work *work = &bundle->work;
    const struct contest *any = bundle->members.at[0];
    struct tally *tallies = arena_array(work->scratch, bundle->question_count, sizeof *tallies);
    for (size_t q = 0; q < bundle->question_count; q++)
        tallies[q] = tally_new(work->scratch, bundle->questions[q]);
    throw_switches(any, &any->stages[stage], switched, bundle->fixed);
    struct group group = {bundle->questions, bundle->question_count, tallies, bundle->tape, bundle->offsets};
    if (!group_run(work, &group, bundle->fixed, 0, any->futures))
        return false;
    for (size_t m = 0, q = 0; m < bundle->members.count; m++) {
        const size_t first = q;
        for (size_t i = 0; i < bundle->members.at[m]->questions[stage]; i++, q++)
            take(values[m], &tallies[q], false, work->tolerance);
        conclude(values[m], &tallies[first]);
    }
    return work_continues(work, any->futures);
}

static struct coalition *value_new(struct arena *scratch)
{
    struct coalition *value = arena_alloc(scratch, sizeof *value);
    *value = (struct coalition){.share = INFINITY};
    return value;
}

static void keep(struct contest *contest, struct text key, struct coalition *value)
{
    contest->evaluated++;
    contest->silent += isnan(value->share) != 0;
    map_put(&contest->known, key, value);
}

static bool find_value(struct contest *contest, const bool *switched, struct text key)
{
    const size_t stage = stage_number(contest, switched);
    struct bundle *bundle = contest->bundles[stage];
    struct contest **members = bundle != NULL ? bundle->members.at : &contest;
    const size_t count = bundle != NULL ? bundle->members.count : 1;
    struct coalition **values = arena_array(contest->scratch, count, sizeof *values);
    for (size_t m = 0; m < count; m++)
        values[m] = value_new(contest->scratch);
    struct arena_mark mark = arena_mark(contest->scratch), aside = arena_mark(contest->aside);
    const bool done = bundle != NULL ? value_bundle(bundle, stage, switched, values) : value_mixture(contest, stage, switched, values[0]);
    arena_release(contest->aside, aside);
    arena_release(contest->scratch, mark);
    for (size_t m = 0; done && m < count; m++)
        keep(members[m], key, values[m]);
    return done;
}

const struct coalition *coalition_value(struct contest *contest, const bool *switched)
{
    const struct text key = {(const char *)switched, contest->count * sizeof *switched};
    const struct coalition *known = map_get(&contest->known, key);
    if (known != NULL)
        return known;
    const struct text kept = text_copy(contest->scratch, key);
    return find_value(contest, switched, kept) ? map_get(&contest->known, kept) : NULL;
}

// ---- opening -----------------------------------------------------------------------------------------------------------

static const struct variable *variable_of(const struct model *model, const struct input *input, size_t instance)
{
    for (size_t v = 0; v < model->variable_count; v++)
        if (model->variables[v].input == input && model->variables[v].instance == instance)
            return &model->variables[v];
    return NULL;
}

static bool is_correlated(const struct model *model, size_t draw)
{
    for (size_t i = 0; i < model->correlated_count; i++)
        if (model->correlated[i] == draw)
            return true;
    return false;
}

// Of what varies by period each draw of its own: both are read at the same steps, unless one of them is known.
static void share_draws(const struct variable *from, const struct variable *to, struct column *columns)
{
    const bool varies = from->input->varies > 0 && from->column_count == to->column_count;
    for (size_t i = 0; i < to->column_count; i++)
        columns[to->columns[i]].draw = from->draws[varies ? i : 0];
}

// A law that replaces a correlated one is not correlated itself, so it keeps its own draw.
static const struct model *with_common_draws(struct arena *arena, const struct blend *blend, const struct model *model)
{
    struct model *common = arena_alloc(arena, sizeof *common);
    struct column *columns = arena_array(arena, model->column_count, sizeof *columns);
    if (model->column_count > 0)
        memcpy(columns, model->columns, model->column_count * sizeof *columns);
    *common = *model;
    common->columns = columns;
    for (size_t t = 0; t < blend->twin_count; t++) {
        const struct blend_twin *twin = &blend->twins[t];
        const struct variable *from = variable_of(model, twin->input, twin->instance), *to = variable_of(model, twin->twin, twin->twin_instance);
        if (from != NULL && to != NULL && !is_correlated(model, from->draws[0]) && !is_correlated(model, to->draws[0]))
            share_draws(from, to, columns);
    }
    return common;
}

static const size_t *switch_columns(struct arena *arena, const struct blend *blend, const struct model *model)
{
    size_t *columns = arena_array(arena, blend->item_count, sizeof *columns);
    for (size_t i = 0; i < blend->item_count; i++) {
        columns[i] = SIZE_MAX;
        for (size_t v = 0; blend->items[i].with != NULL && v < model->variable_count; v++)
            if (model->variables[v].input == blend->items[i].with)
                columns[i] = model->variables[v].columns[0];
    }
    return columns;
}

struct stage stage_of(struct arena *arena, const struct blend *blend, const struct model *model)
{
    return (struct stage){model, with_common_draws(arena, blend, model), blend, switch_columns(arena, blend, model)};
}

static bool sees(const struct contest *contest, size_t s, size_t column)
{
    const struct model *model = contest->stages[s].model;
    for (size_t q = 0; column != SIZE_MAX && q < contest->questions[s]; q++) {
        const struct question *question = &model->questions[contest->first[s] + q];
        for (size_t v = 0; v < question->variable_count; v++)
            if (question->variables[v] == model->columns[column].variable)
                return true;
    }
    return false;
}

void contest_open(struct contest *contest)
{
    size_t *items = arena_array(contest->scratch, contest->blend->item_count, sizeof *items);
    contest->items = items;
    contest->structure = SIZE_MAX;
    contest->known = map_on(contest->scratch);
    if (contest->exact_up_to == 0)
        contest->exact_up_to = COMPARE_EXACT;
    for (size_t i = 0; i < contest->blend->item_count; i++) {
        const bool structure = contest->blend->items[i].kind == BLEND_STRUCTURE;
        if (!structure && !sees(contest, 0, contest->stages[0].columns[i]) && !sees(contest, 1, contest->stages[1].columns[i]))
            continue;
        if (structure)
            contest->structure = contest->count;
        items[contest->count++] = i;
    }
}
