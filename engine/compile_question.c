// What is judged: one question per claim, scenario, member and concession.
#include <string.h>

#include "dsl/variant.h"
#include "engine/compiler.h"

struct spot spot_in(const struct world *world, int step)
{
    return (struct spot){.world = world, .step = step, .term = -1};
}

// ---- comparisons -------------------------------------------------------------------------------------------------------

static struct draft *draft_of(struct compiler *compiler, const struct node *node, const struct spot *spot)
{
    struct recorder *recorder = spot->recorder;
    for (size_t i = 0; i < recorder->drafts.count; i++)
        if (recorder->drafts.at[i].comparison.node == node)
            return &recorder->drafts.at[i];
    struct draft draft = {.known = map_on(compiler->scratch), .comparison = {.node = node, .op = node->op, .type = node->args[0]->type, .in_premise = recorder->in_premise, .any = spot->any}};
    vector_push(compiler->scratch, &recorder->drafts, draft);
    return &recorder->drafts.at[recorder->drafts.count - 1];
}

// The members at this spot; shared with the comparison before where they are the same.
static const int *members_at(struct compiler *compiler, const struct spot *spot)
{
    struct recorder *recorder = spot->recorder;
    if (recorder->members == NULL || memcmp(recorder->members, spot->slots, sizeof spot->slots) != 0) {
        int *members = arena_array(compiler->arena, SLOT_MAX, sizeof *members);
        memcpy(members, spot->slots, sizeof spot->slots);
        recorder->members = members;
    }
    return recorder->members;
}

void record_comparison(struct compiler *compiler, const struct node *node, const struct spot *spot, value_id left, value_id right, value_id holds)
{
    if (spot->recorder == NULL)
        return;
    struct draft *draft = draft_of(compiler, node, spot);
    const int step = spot->dated ? spot->step : -1;
    const value_id key[] = {(value_id)step, left, right, holds};
    const struct text bytes = {(const char *)key, sizeof key};
    if (map_get(&draft->known, bytes) != NULL)
        return;
    map_put(&draft->known, text_copy(compiler->scratch, bytes), draft);
    const struct comparison_at at = {step, left, right, holds, members_at(compiler, spot)};
    vector_push(compiler->scratch, &draft->at, at);
}

static size_t copy_comparisons(struct compiler *compiler, const struct recorder *recorder, struct comparison *into)
{
    for (size_t i = 0; i < recorder->drafts.count; i++) {
        const struct draft *draft = &recorder->drafts.at[i];
        struct comparison_at *at = arena_array(compiler->arena, draft->at.count, sizeof *at);
        memcpy(at, draft->at.at, draft->at.count * sizeof *at);
        into[i] = draft->comparison;
        into[i].count = draft->at.count;
        into[i].at = at;
    }
    return recorder->drafts.count;
}

static void keep_comparisons(struct compiler *compiler, struct question *question, const struct recorder *premise, const struct recorder *conclusion)
{
    struct comparison *all = arena_array(compiler->arena, premise->drafts.count + conclusion->drafts.count, sizeof *all);
    question->comparison_count = copy_comparisons(compiler, premise, all);
    question->comparison_count += copy_comparisons(compiler, conclusion, all + question->comparison_count);
    question->comparisons = all;
}

// ---- assumptions -------------------------------------------------------------------------------------------------------

static const struct scenario *baseline_of(const struct compiler *compiler)
{
    return compiler->program->scenario_count > 0 ? compiler->program->scenarios[0] : NULL;
}

static value_id assume(struct compiler *compiler, const struct scenario *scenario, const struct spot *spot, value_id so_far, value_id *values)
{
    for (size_t i = 0; scenario != NULL && i < scenario->assumption_count; i++) {
        // Inside an aggregate this is part of a round; the round is repeated until all is settled.
        value_id holds = compiler->depth > 0 ? compile_node(compiler, scenario->assumptions[i]->condition, spot)
                                             : settle(compiler, scenario->assumptions[i]->condition, spot);
        so_far = both(compiler, so_far, holds);
        if (values != NULL)
            values[i] = holds;
    }
    return so_far;
}

// How many assumptions there are besides those of a question's own scenario.
static size_t shared_assumptions(const struct compiler *compiler)
{
    const struct scenario *shared[] = {baseline_of(compiler), compiler->program->blend};
    size_t count = 0;
    for (size_t s = 0; s < 2; s++)
        count += shared[s] != NULL ? shared[s]->assumption_count : 0;
    return count;
}

static bool has_own(const struct compiler *compiler, const struct scenario *scenario)
{
    return scenario != NULL && scenario != baseline_of(compiler);
}

value_id compile_assumed(struct compiler *compiler, const struct world *world, value_id *values)
{
    const struct scenario *baseline = baseline_of(compiler);
    struct spot spot = spot_in(world, 0);
    value_id assumed = assume(compiler, baseline, &spot, truth(compiler, true), values);
    if (compiler->program->blend != NULL)
        assumed = assume(compiler, compiler->program->blend, &spot, assumed, values != NULL && baseline != NULL ? values + baseline->assumption_count : values);
    if (values != NULL)
        values += shared_assumptions(compiler);
    return has_own(compiler, world->scenario) ? assume(compiler, world->scenario, &spot, assumed, values) : assumed;
}

static void list_assumptions(struct compiler *compiler, struct question *question)
{
    const struct scenario *own = has_own(compiler, question->scenario) ? question->scenario : NULL;
    const struct scenario *from[] = {baseline_of(compiler), compiler->program->blend, own};
    size_t count = shared_assumptions(compiler) + (own != NULL ? own->assumption_count : 0);
    const struct assumption **list = arena_array(compiler->arena, count, sizeof *list);
    for (size_t s = 0; s < 3; s++)
        for (size_t i = 0; from[s] != NULL && i < from[s]->assumption_count; i++)
            list[question->assumption_count++] = from[s]->assumptions[i];
    question->assumptions = list;
}

// ---- questions ---------------------------------------------------------------------------------------------------------

static const struct world *put_on(struct compiler *compiler, const struct world *world, const struct scenario *scenario)
{
    return scenario == NULL ? world : world_with(&compiler->worlds, world, scenario->overrides, scenario->override_count);
}

// The sets that hold under every scenario.
static const struct world *common_world(struct compiler *compiler, const struct scenario *scenario)
{
    const struct program *program = compiler->program;
    const struct world *world = put_on(compiler, world_in(&compiler->worlds, compiler->worlds.empty, scenario), program->ground);
    return put_on(compiler, put_on(compiler, world, baseline_of(compiler)), program->blend);
}

const struct world *question_world(struct compiler *compiler, const struct question *question)
{
    struct worlds *worlds = &compiler->worlds;
    const struct claim *claim = question->claim;
    const struct world *world = common_world(compiler, question->scenario);
    if (has_own(compiler, question->scenario))
        world = put_on(compiler, world, question->scenario);
    world = world_with(worlds, world, claim->overrides, claim->override_count);
    if (claim->hole.kind == HOLE_INPUT)
        world = world_with(worlds, world, &claim->hole.override, 1);
    if (question->concession != NULL && question->concession->kind != CONCESSION_CONDITION)
        world = world_with(worlds, world, &question->concession->override, 1);
    return world;
}

static value_id part(struct compiler *compiler, const struct node *node, struct spot spot, struct recorder *recorder, bool absent)
{
    if (node == NULL)
        return truth(compiler, absent);
    spot.recorder = recorder;
    return settle(compiler, node, &spot);
}

// The condition of an outermost phrase at one step.
static value_id undated(struct compiler *compiler, const struct node *phrase, struct spot spot, int step)
{
    spot.step = step;
    return settle(compiler, phrase->args[0], &spot);
}

static bool is_default_throughout(const struct node *node)
{
    return node != NULL && node->kind == NODE_TIME && node->phrase == PHRASE_THROUGHOUT && node->expr != NULL && node->expr->kind != EXPR_TIME;
}

static void ask_extras(struct compiler *compiler, struct question *question, const struct spot *spot)
{
    const struct claim *claim = question->claim;
    const struct node *conclusion = claim->conclusion;
    question->start = question->premise_named = NO_VALUE;
    if (conclusion->kind == NODE_TIME && conclusion->phrase == PHRASE_BY)
        question->start = undated(compiler, conclusion, *spot, claim->start);
    if (is_default_throughout(claim->premise))
        question->premise_named = undated(compiler, claim->premise, *spot, claim->end);
    question->hole_column = claim->hole.kind == HOLE_NONE ? SIZE_MAX : hole_column(compiler, claim->hole.node);
    if (claim->hole.kind != HOLE_TERM || claim->hole.limit == NULL)
        return;
    value_id *terms = arena_array(compiler->arena, claim->hole.limit->count, sizeof *terms);
    question->term_count = claim->hole.limit->count;
    struct spot named = *spot;
    for (size_t i = 0; i < question->term_count; i++) {
        named.term = (int)i;
        terms[i] = settle(compiler, conclusion, &named);
    }
    question->terms = terms;
}

static void ask(struct compiler *compiler, struct question question)
{
    const struct claim *claim = question.claim;
    const struct world *world = question_world(compiler, &question);
    struct spot spot = spot_in(world, 0);
    spot.slots[0] = question.member >= 0 ? question.member : 0;
    struct recorder premise = {.in_premise = true}, conclusion = {.in_premise = false};
    list_assumptions(compiler, &question);
    value_id *values = arena_array(compiler->arena, question.assumption_count, sizeof *values);
    question.assumed = compile_assumed(compiler, world, values);
    question.assumption_values = values;
    question.premise = part(compiler, claim->premise, spot, &premise, true);
    question.exception = part(compiler, claim->exception, spot, NULL, false);
    question.conclusion = part(compiler, claim->conclusion, spot, &conclusion, true);
    if (question.concession != NULL && question.concession->kind == CONCESSION_CONDITION)
        question.premise = both(compiler, question.premise, part(compiler, question.concession->condition, spot, NULL, true));
    keep_comparisons(compiler, &question, &premise, &conclusion);
    ask_extras(compiler, &question, &spot);
    vector_push(compiler->scratch, &compiler->questions, question);
}

static void ask_concessions(struct compiler *compiler, struct question question)
{
    ask(compiler, question);
    for (size_t i = 0; i < question.claim->concession_count; i++) {
        question.concession = &question.claim->concessions[i];
        ask(compiler, question);
    }
}

void ask_claim(struct compiler *compiler, const struct claim *claim)
{
    for (size_t s = 0; s < claim->scenario_count; s++) {
        const struct scenario *scenario = claim->scenarios[s], *baseline = baseline_of(compiler);
        struct question question = {.claim = claim, .scenario = scenario, .member = -1, .missing = scenario->missing};
        if (question.missing == NULL && baseline != NULL)
            question.missing = baseline->missing;
        if (claim->param_count == 0) {
            ask_concessions(compiler, question);
            continue;
        }
        for (size_t m = 0; m < claim->params[0]->count; m++) {
            question.member = (int)m;
            ask_concessions(compiler, question);
        }
    }
}

const struct world *baseline_world(struct compiler *compiler)
{
    return common_world(compiler, baseline_of(compiler));
}

static bool reads_estimates(const struct node *node)
{
    if (node == NULL)
        return false;
    if (node->kind == NODE_AGGREGATE || node->kind == NODE_SLOPE || (node->kind == NODE_CLAIM && reads_estimates(node->claim->condition)))
        return true;
    for (size_t i = 0; i < node->count; i++)
        if (reads_estimates(node->args[i]))
            return true;
    return false;
}

// Those of claims that are asked for and read no estimates, which would have to be made anew for each figure tried.
static void ask_variants(struct compiler *compiler)
{
    const struct program *program = compiler->program;
    size_t claim = 0;
    compiler->claim_questions = compiler->questions.count;
    for (size_t i = 0; i < program->variant_count && !compiler->failed; i++) {
        const struct variant *variant = &program->variants[i];
        size_t from = claim;
        while (claim < program->claim_count && program->claims[claim] != variant->of)
            claim++;
        if (claim == program->claim_count)
            claim = from; // it was not asked for
        else if (!reads_estimates(variant->of->condition))
            ask_claim(compiler, variant->claim);
    }
}

static void compile_expression(struct compiler *compiler)
{
    const struct program *program = compiler->program;
    if (program->expression_node == NULL)
        return;
    int last = program->timeline.count > 0 ? program->timeline.count - 1 : 0;
    struct spot spot = spot_in(baseline_world(compiler), last);
    compiler->expression = settle(compiler, program->expression_node, &spot);
    for (int step = 0; node_varies(program->expression_node) && step <= last; step++) {
        spot.step = step;
        vector_push(compiler->scratch, &compiler->series, settle(compiler, program->expression_node, &spot));
    }
}

void compile_questions(struct compiler *compiler)
{
    for (size_t i = 0; i < compiler->program->claim_count && !compiler->failed; i++) {
        const struct claim *claim = compiler->program->claims[i];
        if (claim->is_root && !claim->broken && claim->conclusion != NULL && (compiler->asked == NULL || compiler->asked[i]))
            ask_claim(compiler, claim);
    }
    compiler->claim_questions = compiler->related_from = compiler->questions.count;
    if (compiler->asked != NULL)
        return;
    ask_variants(compiler);
    ask_related(compiler);
    compile_expression(compiler);
}
