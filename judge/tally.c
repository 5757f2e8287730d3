#include "judge/tally.h"

#include <math.h>

#include "judge/replicate.h"

size_t tally_size(const struct question *question)
{
    return COUNT_FIXED + question->when_count + question->term_count + question->assumption_count;
}

struct tally tally_new(struct arena *arena, const struct question *question)
{
    return (struct tally){arena_array(arena, tally_size(question), sizeof(double)), UINT64_MAX};
}

double tally_decided(const struct tally *tally)
{
    return tally->at[COUNT_HOLDS] + tally->at[COUNT_FAILS];
}

double tally_share(const struct tally *tally)
{
    double decided = tally_decided(tally);
    return decided > 0 ? tally->at[COUNT_HOLDS] / decided : NAN;
}

double *tally_split(const struct tally *tally, enum split split)
{
    return tally->at + COUNT_SPLIT + split * REPLICATES;
}

struct share_interval tally_interval(const struct work *work, const struct tally *tally, double error)
{
    if (work->options->sampler == SAMPLER_PHILOX)
        return clopper_pearson((uint64_t)tally->at[COUNT_HOLDS], (uint64_t)tally_decided(tally), error);
    return replicated_share(tally_split(tally, SPLIT_HOLDS), tally_split(tally, SPLIT_FAILS), error);
}

struct share_interval tally_premise_interval(const struct work *work, const struct tally *tally, double error)
{
    if (work->options->sampler == SAMPLER_PHILOX)
        return clopper_pearson((uint64_t)tally->at[COUNT_PREMISED], (uint64_t)tally->at[COUNT_ADMISSIBLE], error);
    double others[REPLICATES];
    const double *premised = tally_split(tally, SPLIT_PREMISED);
    for (int r = 0; r < REPLICATES; r++)
        others[r] = tally_split(tally, SPLIT_ADMISSIBLE)[r] - premised[r];
    return replicated_share(premised, others, error);
}

double tally_undefined(const struct tally *tally)
{
    double undefined = tally->at[COUNT_UNDEFINED];
    return undefined > 0 ? undefined / (tally_decided(tally) + undefined) : 0;
}

void tally_join(const struct question *question, struct tally *sum, const struct tally *part)
{
    for (size_t i = 0; i < tally_size(question); i++)
        sum->at[i] += part->at[i];
    if (part->first_undefined < sum->first_undefined)
        sum->first_undefined = part->first_undefined;
}

// A value that is absent is not read.
static value_id or_else(value_id value, value_id stand_in)
{
    return value == NO_VALUE ? stand_in : value;
}

size_t question_roots(const struct question *question, value_id *roots)
{
    size_t count = ROOT_FIXED + question->when_count + question->term_count + question->assumption_count;
    if (!roots)
        return count;
    // Which terms bind may be asked without a conclusion.
    value_id any = or_else(question->conclusion, question->term_count > 0 ? question->terms[0] : 0);
    roots[ROOT_ASSUMED] = or_else(question->assumed, any);
    roots[ROOT_PREMISE] = or_else(question->premise, any);
    roots[ROOT_EXCEPTION] = or_else(question->exception, any);
    roots[ROOT_CONCLUSION] = any;
    roots[ROOT_START] = or_else(question->start, any);
    roots[ROOT_NAMED] = or_else(question->premise_named, any);
    value_id *next = roots + ROOT_FIXED;
    for (size_t i = 0; i < question->when_count; i++)
        *next++ = question->when[i];
    for (size_t i = 0; i < question->term_count; i++)
        *next++ = question->terms[i];
    for (size_t i = 0; i < question->assumption_count; i++)
        *next++ = question->assumption_values[i];
    return count;
}

static void add_details(const struct question *question, double *at, const double *const *values, size_t lane, double weight, bool relevant)
{
    const double *const *value = values + ROOT_FIXED;
    double *count = at + COUNT_FIXED;
    for (size_t i = 0; i < question->when_count; i++, count++, value++)
        if (relevant && isinf((*value)[lane]))
            *count += weight;
    for (size_t i = 0; i < question->term_count; i++, count++, value++)
        if (relevant && (*value)[lane] == 1)
            *count += weight;
    for (size_t i = 0; i < question->assumption_count; i++, count++, value++)
        if ((*value)[lane] != 1)
            *count += weight;
}

void tally_add(const struct question *question, double *at, const double *const *values, size_t lane, double weight, bool *undefined)
{
    double assumed = question->assumed == NO_VALUE ? 1 : values[ROOT_ASSUMED][lane];
    double premise = question->premise == NO_VALUE ? 1 : values[ROOT_PREMISE][lane];
    double exception = question->exception == NO_VALUE ? 0 : values[ROOT_EXCEPTION][lane];
    double conclusion = question->conclusion == NO_VALUE ? 1 : values[ROOT_CONCLUSION][lane];
    bool relevant = assumed == 1 && premise == 1 && exception == 0;
    bool open = assumed != 0 && premise != 0 && exception != 1; // relevant, or in doubt: a NAN equals nothing
    *undefined = open && (!relevant || isnan(conclusion));
    at[COUNT_DRAWN] += weight;
    if (assumed == 1) {
        at[COUNT_ADMISSIBLE] += weight;
        if (premise == 1)
            at[COUNT_PREMISED] += weight;
        if (values[ROOT_NAMED][lane] == 1)
            at[COUNT_NAMED] += weight;
    }
    if (*undefined)
        at[COUNT_UNDEFINED] += weight;
    if (relevant) {
        at[COUNT_RELEVANT] += weight;
        if (conclusion == 1)
            at[COUNT_HOLDS] += weight;
        else if (conclusion == 0)
            at[COUNT_FAILS] += weight;
        if (values[ROOT_START][lane] == 1)
            at[COUNT_STARTED] += weight;
    }
    add_details(question, at, values, lane, weight, relevant);
}

struct group group_new(struct arena *arena, const struct model *model, const struct question *const *questions, size_t count, struct tally *tallies)
{
    struct group group = {questions, count, tallies, NULL, arena_array(arena, count, sizeof(size_t))};
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        group.offsets[i] = total;
        total += question_roots(questions[i], NULL);
    }
    value_id *roots = arena_array(arena, total, sizeof *roots);
    for (size_t i = 0; i < count; i++)
        question_roots(questions[i], roots + group.offsets[i]);
    group.tape = tape_make(arena, model, roots, total);
    return group;
}

static const enum count split_of[SPLIT_COUNT] = {COUNT_HOLDS, COUNT_FAILS, COUNT_UNDEFINED, COUNT_ADMISSIBLE, COUNT_PREMISED};

// Counts of one worker: whole numbers below 2^53 held in doubles, so their sum does not depend on who counted what.
struct counter {
    const struct group *group;
    struct tally **workers; // [worker][question]
};

// Adds what the counts grew by since `before` to those of a replicate.
static void split_counts(struct tally *tally, const double before[static SPLIT_COUNT], size_t replicate)
{
    for (enum split i = 0; i < SPLIT_COUNT; i++)
        tally_split(tally, i)[replicate] += tally->at[split_of[i]] - before[i];
}

void tally_lane(const struct question *question, struct tally *tally, const double *const *values, size_t lane, size_t replicate)
{
    double before[SPLIT_COUNT];
    bool undefined;
    for (int i = 0; i < SPLIT_COUNT; i++)
        before[i] = tally->at[split_of[i]];
    tally_add(question, tally->at, values, lane, 1, &undefined);
    split_counts(tally, before, replicate);
}

static void count_replicate(const struct counter *counter, size_t q, struct tally *tally, const struct block *block, size_t replicate)
{
    const struct group *group = counter->group;
    double before[SPLIT_COUNT];
    for (int i = 0; i < SPLIT_COUNT; i++)
        before[i] = tally->at[split_of[i]];
    for (size_t lane = (replicate - block->first) % REPLICATES; lane < block->lanes; lane += REPLICATES) {
        bool undefined;
        tally_add(group->questions[q], tally->at, block->roots + group->offsets[q], lane, 1, &undefined);
        if (undefined && block->first + lane < tally->first_undefined)
            tally->first_undefined = block->first + lane;
    }
    split_counts(tally, before, replicate);
}

static void count_block(void *user, size_t worker, const struct block *block)
{
    const struct counter *counter = user;
    for (size_t q = 0; q < counter->group->count; q++) {
        for (size_t replicate = 0; replicate < REPLICATES; replicate++)
            count_replicate(counter, q, &counter->workers[worker][q], block, replicate);
    }
}

bool group_run(struct work *work, struct group *group, const double *fixed, uint64_t first, uint64_t count)
{
    struct arena_mark mark = arena_mark(work->scratch);
    struct counter counter = {group, arena_array(work->scratch, work->run.threads, sizeof *counter.workers)};
    for (size_t w = 0; w < work->run.threads; w++) {
        counter.workers[w] = arena_array(work->scratch, group->count, sizeof **counter.workers);
        for (size_t q = 0; q < group->count; q++)
            counter.workers[w][q] = tally_new(work->scratch, group->questions[q]);
    }
    bool done = work_futures(work, group->tape, fixed, first, count, count_block, &counter);
    for (size_t w = 0; done && w < work->run.threads; w++)
        for (size_t q = 0; q < group->count; q++)
            tally_join(group->questions[q], &group->tallies[q], &counter.workers[w][q]);
    arena_release(work->scratch, mark);
    return done;
}
