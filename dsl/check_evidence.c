// Lints about what claims lean on: supports and premises that rest on one source, claims older than what they cite.
#include <math.h>

#include "base/vector.h"
#include "dsl/check_claim.h"
#include "dsl/check_input.h"

// ---- what something rests on -----------------------------------------------------------------------------------------------------

struct evidence_list {
    VECTOR(const struct source_entry *) sources;
    VECTOR(const struct input *) inputs;
};

static void add_source(struct arena *arena, struct evidence_list *list, const struct source_entry *source)
{
    for (size_t i = 0; i < list->sources.count; i++)
        if (list->sources.at[i] == source)
            return;
    vector_push(arena, &list->sources, source);
}

static void add_input(struct arena *arena, struct evidence_list *list, const struct input *input)
{
    vector_push(arena, &list->inputs, input);
    for (size_t i = 0; i < input->cite_count; i++)
        add_source(arena, list, input->cites[i]);
    const struct input_instance *only = &input->instances[0];
    for (size_t i = 0; input->instance_count == 1 && only->observed_by && i < only->observed.count; i++)
        if (only->observed_by[i])
            add_source(arena, list, only->observed_by[i]);
}

// The inputs that are named in it, not those behind definitions.
static void add_node(struct arena *arena, struct evidence_list *list, const struct node *node)
{
    if (node->kind == NODE_INPUT && !node->input->hidden)
        add_input(arena, list, node->input);
    for (size_t i = 0; i < node->count; i++)
        if (node->args[i])
            add_node(arena, list, node->args[i]);
}

static const struct source_entry *shared_source(const struct evidence_list *a, const struct evidence_list *b)
{
    for (size_t i = 0; i < a->sources.count; i++)
        for (size_t k = 0; k < b->sources.count; k++)
            if (a->sources.at[i] == b->sources.at[k])
                return a->sources.at[i];
    return NULL;
}

static bool shares_input(const struct evidence_list *a, const struct evidence_list *b)
{
    for (size_t i = 0; i < a->inputs.count; i++)
        for (size_t k = 0; k < b->inputs.count; k++)
            if (a->inputs.at[i] == b->inputs.at[k])
                return true;
    return false;
}

// ---- premises --------------------------------------------------------------------------------------------------------------------

struct parts {
    VECTOR(const struct node *) list;
};

// What `and` joins, through the time phrases and worlds around it.
static void split(struct arena *arena, const struct node *node, struct parts *parts)
{
    if ((node->kind == NODE_TIME || node->kind == NODE_UNDER) && node->count > 0) {
        split(arena, node->args[0], parts);
    } else if (node->kind == NODE_APPLY && node->op == OP_AND) {
        for (size_t i = 0; i < node->count; i++)
            split(arena, node->args[i], parts);
    } else {
        vector_push(arena, &parts->list, node);
    }
}

static void check_premises(struct checker *checker, const struct claim *claim)
{
    struct parts parts = {0};
    if (!claim->premise)
        return;
    split(checker->arena, claim->premise, &parts);
    struct evidence_list *rests = arena_array(checker->arena, parts.list.count, sizeof *rests);
    for (size_t i = 0; i < parts.list.count; i++) {
        add_node(checker->arena, &rests[i], parts.list.at[i]);
        for (size_t k = 0; k < i; k++) {
            const struct source_entry *source = shares_input(&rests[i], &rests[k]) ? NULL : shared_source(&rests[i], &rests[k]);
            if (!source || !parts.list.at[i]->expr || !parts.list.at[k]->expr)
                continue;
            struct diag *diag = diag_add(checker->diags, DIAG_ONE_SOURCE, parts.list.at[i]->expr->span, "two premises rest on one source, `%.*s`", TEXT_ARGS(source->name));
            diag_label(checker->diags, diag, parts.list.at[k]->expr->span, "the other one");
            diag_help(checker->diags, diag, "who doubts that source doubts both: cite another source for one of them, or tie their inputs with `correlated with`");
            return;
        }
    }
}

// ---- supports --------------------------------------------------------------------------------------------------------------------

static const struct relation *support_of(const struct claim *claim, const struct claim *target)
{
    for (size_t i = 0; i < claim->relation_count; i++)
        if (claim->relations[i].kind == RELATION_SUPPORTS && claim->relations[i].target == target)
            return &claim->relations[i];
    return NULL;
}

static struct evidence_list evidence_of(struct checker *checker, const struct claim *claim)
{
    struct evidence_list list = {0};
    for (size_t i = 0; i < claim->cite_count; i++)
        add_source(checker->arena, &list, claim->cites[i]);
    if (claim->condition)
        add_node(checker->arena, &list, claim->condition);
    return list;
}

static void compare_supports(struct checker *checker, const struct claim *one, const struct claim *other)
{
    for (size_t i = 0; i < one->relation_count; i++) {
        const struct relation *relation = &one->relations[i];
        if (relation->kind != RELATION_SUPPORTS || !relation->target || !support_of(other, relation->target))
            continue;
        struct evidence_list a = evidence_of(checker, one), b = evidence_of(checker, other);
        const struct source_entry *source = shared_source(&a, &b);
        if (!source || source == one->in || source == other->in) // where something is said is no evidence for it
            return;
        struct diag *diag = diag_add(checker->diags, DIAG_ONE_SOURCE, relation->span, "two supports of `%.*s` rest on one source, `%.*s`", TEXT_ARGS(relation->target->name),
                                     TEXT_ARGS(source->name));
        diag_label(checker->diags, diag, support_of(other, relation->target)->span, "the other one, of `%.*s`", TEXT_ARGS(other->name));
        diag_help(checker->diags, diag, "who doubts that source doubts both: cite another source for one of them, or let one claim say it");
    }
}

// ---- claims and the dates of their sources -----------------------------------------------------------------------------------------

static void check_age(struct checker *checker, const struct claim *claim)
{
    struct date date;
    struct date_span on;
    if (!claim->item->on || !expr_is_date(claim->item->on, &date) || isnan(claim->on) || !check_date(checker, claim->item->on, &on))
        return;
    for (size_t i = 0; i < claim->cite_count; i++) {
        const struct source_entry *source = claim->cites[i];
        if (isnan(source->date) || source->date < on.end)
            continue;
        struct diag *diag = diag_add(checker->diags, DIAG_OLDER_THAN_SOURCE, claim->item->on->span, "this claim is older than `%.*s`, which it cites", TEXT_ARGS(source->name));
        if (source->span.end > source->span.start)
            diag_label(checker->diags, diag, source->span, "published later");
        diag_help(checker->diags, diag, "its text was changed after it was made: give the date of the text as it stands, or cite what was known then");
    }
}

void check_evidence(struct checker *checker, const struct program *program)
{
    for (size_t i = 0; i < program->claim_count; i++) {
        const struct claim *claim = program->claims[i];
        if (!claim->is_root || claim->broken)
            continue;
        check_premises(checker, claim);
        check_age(checker, claim);
        for (size_t k = 0; k < i && claim->relation_count > 0; k++)
            if (program->claims[k]->is_root && program->claims[k]->relation_count > 0)
                compare_supports(checker, claim, program->claims[k]);
    }
}
