#include "judge/judge.h"

#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "base/vector.h"
#include "dsl/reading.h"
#include "judge/conflict.h"
#include "judge/fingerprint.h"
#include "judge/ground.h"
#include "judge/influence.h"
#include "judge/inquiry.h"
#include "judge/lint.h"
#include "judge/reuse.h"
#include "judge/standing.h"
#include "judge/study.h"
#include "judge/weaken.h"

struct plan {
    struct inquiry *inquiries; // those to evaluate, then those whose verdict is known from before
    size_t count, open;        // open: to evaluate
    size_t *order;             // position of each among `inquiries`
};

// ---- what is asked -----------------------------------------------------------------------------------------------------

static bool same_inquiry(const struct question *a, const struct question *b)
{
    return a->claim == b->claim && a->member == b->member && a->scenario == b->scenario;
}

static bool has_formula(const struct claim *claim)
{
    return claim->premise || claim->exception || claim->conclusion || claim->hole.kind != HOLE_NONE;
}

static struct inquiry inquiry_of(struct work *work, const struct question *questions, size_t count)
{
    struct inquiry inquiry = {.findings = arena_array(work->scratch, count, sizeof *inquiry.findings), .count = count};
    const struct claim *claim = questions[0].claim;
    inquiry.verdict = (struct verdict){.claim = claim, .member = questions[0].member, .scenario = questions[0].scenario};
    inquiry.verdict.name = claim_member_name(work->arena, claim, inquiry.verdict.member);
    for (size_t i = 0; i < count && !inquiry.blocked; i++)
        inquiry.blocked = questions[i].missing;
    for (size_t i = 0; i < count; i++)
        if (has_formula(claim) && !inquiry.blocked)
            inquiry.findings[i] = finding_new(work, &questions[i], work->fixed);
        else
            inquiry.findings[i] = (struct finding){.question = &questions[i]};
    return inquiry;
}

static struct inquiry recorded(const struct claim *claim, const struct scenario *scenario)
{
    return (struct inquiry){.verdict = {.claim = claim, .name = claim->name, .member = -1, .scenario = scenario}};
}

// Claims without formula may have no question; they keep their place.
static void plan_recorded(struct work *work, struct plan *plan, const struct question *next, size_t *claim)
{
    const struct program *program = work->model->program;
    for (; program && *claim < program->claim_count; ++*claim) {
        const struct claim *it = program->claims[*claim];
        if (next && it == next->claim)
            return;
        if (it->is_root && !it->broken && !has_formula(it))
            plan->inquiries[plan->count++] = recorded(it, program->scenario_count ? program->scenarios[0] : NULL);
    }
}

static struct plan plan_inquiries(struct work *work)
{
    const struct model *model = work->model;
    size_t claims = model->program ? model->program->claim_count : 0, claim = 0;
    struct plan plan = {.inquiries = arena_array(work->scratch, model->question_count + claims, sizeof *plan.inquiries)};
    for (size_t i = 0, next; i < model->question_count; i = next) {
        const struct question *first = &model->questions[i];
        for (next = i + 1; next < model->question_count && same_inquiry(first, &model->questions[next]); next++)
            continue;
        if (i == 0 || first->claim != model->questions[i - 1].claim) {
            plan_recorded(work, &plan, first, &claim);
            claim++;
        }
        plan.inquiries[plan.count++] = inquiry_of(work, first, next - i);
    }
    plan_recorded(work, &plan, NULL, &claim);
    return plan;
}

// Puts those whose verdict is known behind the others.
static void set_known_aside(struct work *work, struct plan *plan)
{
    struct inquiry *all = arena_array(work->scratch, plan->count, sizeof *all);
    bool *known = arena_array(work->scratch, plan->count, sizeof *known);
    plan->order = arena_array(work->scratch, plan->count, sizeof *plan->order);
    for (size_t i = 0; i < plan->count; i++) {
        known[i] = reuse_verdict(work, &plan->inquiries[i]);
        plan->open += !known[i];
        all[i] = plan->inquiries[i];
    }
    size_t next[] = {0, plan->open};
    for (size_t i = 0; i < plan->count; i++) {
        plan->order[i] = next[known[i]]++;
        plan->inquiries[plan->order[i]] = all[i];
    }
}

// ---- judging -----------------------------------------------------------------------------------------------------------

static bool asks(const struct inquiry *inquiry)
{
    return inquiry->verdict.claim->hole.kind != HOLE_NONE;
}

static bool to_sample(const struct inquiry *inquiry)
{
    return has_formula(inquiry->verdict.claim) && !inquiry->blocked && !asks(inquiry);
}

struct finding_list {
    struct finding **at;
    size_t count, room;
};

// The findings of one inquiry that are sampled as they stand, without estimates inside.
static bool open_findings(struct work *work, struct inquiry *inquiry, struct finding_list *open)
{
    for (size_t f = 0; to_sample(inquiry) && f < inquiry->count; f++) {
        struct finding *finding = &inquiry->findings[f];
        if (reads_estimates(work, &finding->reach))
            continue;
        finding_prepare(work, finding);
        if (!work_continues(work, 0))
            return false;
        vector_push(work->scratch, open, finding);
    }
    return true;
}

static bool judge_estimates(struct work *work, struct inquiry *inquiry)
{
    for (size_t f = 0; to_sample(inquiry) && f < inquiry->count; f++)
        if (reads_estimates(work, &inquiry->findings[f].reach) && !judge_between_estimates(work, &inquiry->findings[f]))
            return false;
    return true;
}

static bool judge_all(struct work *work, struct plan *plan)
{
    struct finding_list open = {0};
    for (size_t i = 0; i < plan->open; i++) {
        work->progress.claim = i;
        if (!open_findings(work, &plan->inquiries[i], &open))
            return false;
    }
    if (!sample_findings(work, open.at, open.count))
        return false;
    for (size_t i = 0; i < plan->open; i++)
        if (!judge_estimates(work, &plan->inquiries[i]))
            return false;
    return true;
}

static enum evidence evidence_of(const struct finding *finding)
{
    return finding->exact ? EVIDENCE_EXACT : finding->proof ? EVIDENCE_PROVED : EVIDENCE_SAMPLED;
}

// Of equals the one that is less sure: what was sampled, not what was proved.
static bool weaker(const struct finding *a, const struct finding *b)
{
    const struct probability *p = &a->probability, *q = &b->probability;
    return p->lower < q->lower || (p->lower == q->lower && p->ci_low < q->ci_low);
}

static bool weighs(enum verdict_kind kind)
{
    return kind != VERDICT_VACUOUS && kind != VERDICT_IDLE; // the concession never comes about: it asks nothing
}

// What fails fails by one variant; what holds does so by all of them.
static enum evidence basis_of(const struct inquiry *inquiry, const struct finding *worst)
{
    enum evidence basis = evidence_of(worst);
    for (size_t i = 0; worst->kind == VERDICT_SUPPORTED && i < inquiry->count; i++)
        if (weighs(inquiry->findings[i].kind) && evidence_of(&inquiry->findings[i]) == EVIDENCE_SAMPLED)
            basis = EVIDENCE_SAMPLED;
    return basis;
}

// With concessions all variants must hold; the weakest one gives the numbers.
static void merge(struct work *work, struct inquiry *inquiry)
{
    struct verdict *verdict = &inquiry->verdict;
    const struct finding *worst = &inquiry->findings[0];
    enum verdict_kind kind = worst->kind;
    struct concession_result *results = arena_array(work->arena, inquiry->count, sizeof *results);
    for (size_t i = 1; i < inquiry->count; i++) {
        const struct finding *it = &inquiry->findings[i];
        const struct concession *concession = it->question->concession;
        results[i - 1] = (struct concession_result){concession, it->probability, it->kind, concession && concession->already};
        if (!weighs(it->kind) || kind == VERDICT_REFUTED || kind > VERDICT_SENSITIVE)
            continue;
        if (it->kind == VERDICT_REFUTED || it->kind > VERDICT_SENSITIVE || kind == VERDICT_SUPPORTED)
            kind = it->kind;
        if (weaker(it, worst) || it->kind == VERDICT_REFUTED)
            worst = it;
    }
    verdict->without_concessions = inquiry->findings[0].probability;
    verdict->without_concessions_kind = inquiry->findings[0].kind;
    verdict->concessions = results;
    verdict->concession_count = inquiry->count - 1;
    verdict->kind = kind;
    verdict->basis = basis_of(inquiry, worst);
    verdict->proof = verdict->basis == EVIDENCE_PROVED ? worst->proof : NULL;
    verdict->samples = worst->samples;
    verdict->probability = worst->probability;
    verdict->on_edge_of_level = worst->on_edge;
    for (size_t i = 0; i < inquiry->count; i++)
        verdict->searched = verdict->searched || inquiry->findings[i].searched;
}

// Only what was sampled has an interval, and a premise that is not said holds by itself.
static void set_premise_interval(const struct work *work, const struct finding *base, struct verdict *verdict)
{
    const struct tally *tally = &base->central.tally;
    verdict->premise_low = verdict->premise_high = NAN;
    if (base->exact || !verdict->claim->premise || !base->reach.uncertain || reads_estimates(work, &base->reach) || !(tally->at[COUNT_RELEVANT] > 0))
        return;
    const struct share_interval interval = tally_premise_interval(work, tally, FINDING_ERROR);
    verdict->premise_low = interval.low;
    verdict->premise_high = interval.high;
}

static void set_shares(const struct work *work, struct inquiry *inquiry)
{
    struct verdict *verdict = &inquiry->verdict;
    const struct finding *base = &inquiry->findings[0];
    // Shares are those of the central arm, unless nothing is relevant there.
    const double *at = base->central.tally.at[COUNT_RELEVANT] > 0 ? base->central.tally.at : base->all.at;
    verdict->uncertain = base->reach.uncertain && !base->constant;
    verdict->relevant = base->exact ? 0 : (uint64_t)at[COUNT_RELEVANT];
    verdict->admissible_share = at[COUNT_DRAWN] > 0 ? at[COUNT_ADMISSIBLE] / at[COUNT_DRAWN] : NAN;
    verdict->premise_share = at[COUNT_ADMISSIBLE] > 0 ? at[COUNT_PREMISED] / at[COUNT_ADMISSIBLE] : NAN;
    verdict->undefined_share = finding_undefined(base);
    set_premise_interval(work, base, verdict);
}

// ---- verdicts ----------------------------------------------------------------------------------------------------------

static const char *reading_of(struct work *work, const struct verdict *verdict)
{
    if (!verdict->claim->conclusion_read)
        return "";
    struct buffer buffer = buffer_on(work->arena);
    reading_write(&buffer, work->model->program, verdict->claim, verdict->scenario, verdict->member);
    return buffer.at ? buffer.at : "";
}

static bool decided(const struct inquiry *inquiry)
{
    for (size_t i = 0; i < inquiry->count; i++)
        if (!inquiry->findings[i].done)
            return false;
    return true;
}

static void explain(struct work *work, struct inquiry *inquiry)
{
    struct verdict *verdict = &inquiry->verdict;
    if (verdict->kind == VERDICT_CONTRADICTORY)
        find_contradiction(work, inquiry);
    if (verdict->kind == VERDICT_VACUOUS || verdict->kind == VERDICT_IDLE)
        verdict->reason = explain_irrelevant(work, inquiry);
    for (size_t i = 0; verdict->kind == VERDICT_UNDEFINED && !verdict->reason && i < inquiry->count; i++)
        if (inquiry->findings[i].kind == VERDICT_UNDEFINED)
            verdict->reason = explain_undefined(work, &inquiry->findings[i]);
}

static void begin(struct work *work, struct inquiry *inquiry)
{
    struct verdict *verdict = &inquiry->verdict;
    verdict->level = verdict->claim->level;
    verdict->reading = reading_of(work, verdict);
    verdict->as_expected = true;
    verdict->without_concessions = (struct probability){NAN, NAN, NAN, NAN, NAN};
    verdict->premise_low = verdict->premise_high = verdict->premise_share = verdict->admissible_share = verdict->undefined_share = verdict->entropy = NAN;
    inquiry->finished = true;
    if (inquiry->count > 0)
        find_grounds(work, inquiry);
}

static bool conclude(struct work *work, struct inquiry *inquiry)
{
    struct verdict *verdict = &inquiry->verdict;
    begin(work, inquiry);
    verdict->probability = (struct probability){NAN, NAN, NAN, NAN, NAN};
    if (!has_formula(verdict->claim)) {
        verdict->kind = VERDICT_RECORDED;
    } else if (inquiry->blocked) {
        verdict->kind = VERDICT_BLOCKED;
        verdict->reason = inquiry->blocked;
    } else if (asks(inquiry)) {
        inquiry->finished = solve_hole(work, inquiry);
    } else if (decided(inquiry)) {
        prove_inquiry(work, inquiry);
        merge(work, inquiry);
        set_shares(work, inquiry);
        show_estimates(work, inquiry);
        explain(work, inquiry);
        judge_central(work, inquiry);
    } else {
        inquiry->finished = false;
    }
    return inquiry->finished;
}

// Where it stands in the central future costs one future.
static void conclude_known(struct work *work, struct inquiry *inquiry)
{
    begin(work, inquiry);
    judge_central(work, inquiry);
}

static void point_out(struct work *work, struct plan *plan)
{
    for (size_t i = 0; i < plan->open; i++)
        if (plan->inquiries[i].finished && has_formula(plan->inquiries[i].verdict.claim) && !plan->inquiries[i].blocked)
            add_remarks(work, &plan->inquiries[i]);
    if (atomic_load(&work->cancelled))
        return;
    if (plan->open == plan->count)
        add_lints(work, plan->inquiries, plan->count);
    else
        lint_claims(work, plan->inquiries, plan->open); // what moves no claim cannot be seen from some of them
}

static void write_results(struct work *work, struct plan *plan, struct results *results)
{
    struct verdict *verdicts = arena_array(work->arena, plan->count, sizeof *verdicts);
    for (size_t i = 0; i < plan->count; i++) {
        struct inquiry *inquiry = &plan->inquiries[plan->order[i]];
        if (!inquiry->finished)
            continue;
        if (!work->options->verdicts_only) {
            meet_expectation(work, inquiry);
            apply_lints(work, inquiry);
        }
        verdicts[results->verdict_count++] = inquiry->verdict;
    }
    results->verdicts = verdicts;
}

static void look_closer(struct work *work, struct plan *plan)
{
    if (!atomic_load(&work->cancelled))
        find_cruxes(work, plan->inquiries, plan->open);
    if (!atomic_load(&work->cancelled))
        study_inquiries(work, plan->inquiries, plan->open);
    if (!atomic_load(&work->cancelled))
        weaken_claims(work, plan->inquiries, plan->open);
    if (!atomic_load(&work->cancelled))
        find_standings(work, plan->inquiries, plan->count);
    point_out(work, plan);
}

struct results *judge_model(struct arena *arena, struct arena *scratch, const struct model *model, const struct judge_options *options)
{
    struct work work;
    struct arena_mark mark = arena_mark(scratch);
    work_start(&work, arena, scratch, model, options);
    struct results *results = arena_alloc(arena, sizeof *results);
    *results = (struct results){.program = model->program, .seed = options->seed};
    results->level = model->program ? model->program->level : 0.9;
    if (estimate_aggregates(&work)) {
        struct plan plan = plan_inquiries(&work);
        work.progress.claims = plan.count;
        if (!options->verdicts_only)
            find_fingerprints(&work, plan.inquiries, plan.count);
        set_known_aside(&work, &plan);
        judge_all(&work, &plan);
        work.deadline = options->budget > 0 ? work.deadline + options->budget * (1 - SAMPLING_PART) : INFINITY;
        for (size_t i = 0; i < plan.count; i++)
            if (i < plan.open)
                conclude(&work, &plan.inquiries[i]);
            else
                conclude_known(&work, &plan.inquiries[i]);
        if (!options->verdicts_only)
            look_closer(&work, &plan);
        if (!options->verdicts_only && !atomic_load(&work.cancelled))
            find_conflicts(&work, results);
        write_results(&work, &plan, results);
        if (model->expression != NO_VALUE && !atomic_load(&work.cancelled))
            measure_expression(&work, results);
    }
    results->internal = work.contradiction;
    results->cancelled = atomic_load(&work.cancelled);
    results->central_future = central_columns(&work);
    arena_release(scratch, mark);
    return results;
}

struct results *judge_influences(struct arena *arena, struct arena *scratch, const struct model *model, const struct judge_options *options,
                                 const struct input *input, size_t instance)
{
    struct work work;
    struct arena_mark mark = arena_mark(scratch);
    work_start(&work, arena, scratch, model, options);
    struct results *results = arena_alloc(arena, sizeof *results);
    *results = (struct results){.program = model->program, .seed = options->seed};
    for (size_t v = 0; v < model->variable_count && !work.only; v++)
        if (model->variables[v].input == input && model->variables[v].instance == instance)
            work.only = &model->variables[v];
    if (estimate_aggregates(&work)) {
        struct plan plan = plan_inquiries(&work);
        work.progress.claims = plan.count;
        results->influences = find_influences(&work, plan.inquiries, plan.count);
    }
    results->cancelled = atomic_load(&work.cancelled);
    arena_release(scratch, mark);
    return results;
}
