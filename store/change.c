// store/history.h: what changed between two recorded verdicts.
#include <math.h>

#include "base/vector.h"
#include "store/history.h"

struct changed_inputs {
    struct changed_input *at;
    size_t count, room;
};

// Quantities that are not known are alike.
static bool same_number(double a, double b)
{
    return isnan(a) ? isnan(b) : a == b;
}

static bool same_observations(const struct recorded_input *a, const struct recorded_input *b)
{
    return a->observations == b->observations && text_equal(a->quantity, b->quantity) && text_equal(a->valid, b->valid) &&
           text_equal(a->known, b->known) && text_equal(a->source, b->source);
}

static bool same_figures(const struct recorded_input *a, const struct recorded_input *b)
{
    return same_number(a->low, b->low) && same_number(a->central, b->central) && same_number(a->high, b->high) && text_equal(a->unit, b->unit);
}

static void compare_input(struct arena *arena, struct changed_inputs *changed, const struct recorded_input *before, const struct recorded_input *after)
{
    const bool data = before && after && !same_observations(before, after);
    if (data || !before || !after || !same_figures(before, after))
        vector_push(arena, changed, ((struct changed_input){before, after, data}));
}

// Both are in the order of names; of equal ones (of two prefixes) the first is compared with the first.
static struct changed_inputs compare_inputs(struct arena *arena, const struct past_inputs *before, const struct past_inputs *after)
{
    struct changed_inputs changed = {0};
    size_t i = 0, j = 0;
    while (i < before->count || j < after->count) {
        int order = i == before->count ? 1 : j == after->count ? -1 : text_compare(before->at[i].name, after->at[j].name);
        compare_input(arena, &changed, order <= 0 ? &before->at[i] : NULL, order >= 0 ? &after->at[j] : NULL);
        i += order <= 0;
        j += order >= 0;
    }
    return changed;
}

// ---- goalposts ---------------------------------------------------------------------------------------------------------------------

static bool data_came(const struct past_verdict *before, const struct past_verdict *after, const struct changed_inputs *changed)
{
    const bool later = after->run->vintage_end > before->run->vintage_end;
    if (after->run->vintage_end < before->run->vintage_end)
        return false; // an earlier date was looked at again
    for (size_t i = 0; i < changed->count; i++) {
        const struct changed_input *input = &changed->at[i];
        if (input->data || (later && !input->after && input->before->observations > 0))
            return true;
    }
    return false;
}

static int rank(enum verdict_kind kind)
{
    return kind == VERDICT_REFUTED ? 0 : kind == VERDICT_SUPPORTED ? 2 : 1;
}

static bool same_wording(const struct past_verdict *a, const struct past_verdict *b)
{
    return text_equal(a->verdict.wording, b->verdict.wording);
}

const struct goalposts *past_goalposts(struct store *store, struct arena *arena, const struct past_claim *claim, size_t at)
{
    const struct past_verdict *now = &claim->at[at];
    if (at == 0 || same_wording(now, now - 1))
        return NULL;
    const struct past_verdict *last = now - 1, *first = last;
    while (first > claim->at && same_wording(first - 1, last))
        first--;
    const struct past_inputs before = past_inputs(store, arena, first), after = past_inputs(store, arena, now);
    const struct changed_inputs changed = compare_inputs(arena, &before, &after);
    if (!data_came(first, now, &changed))
        return NULL;
    struct goalposts *moved = arena_alloc(arena, sizeof *moved);
    *moved = (struct goalposts){.first = first, .last = last, .better = rank(now->verdict.kind) > rank(last->verdict.kind)};
    return moved;
}

// ---- steps -------------------------------------------------------------------------------------------------------------------------

static bool same_chance(const struct recorded_run *a, const struct recorded_run *b)
{
    return a->seed == b->seed && a->samples == b->samples && text_equal(a->sampler, b->sampler);
}

static unsigned compare(const struct past_verdict *before, const struct past_verdict *after)
{
    const struct recorded_verdict *a = &before->verdict, *b = &after->verdict;
    unsigned changes = 0;
    changes |= a->kind != b->kind ? CHANGE_VERDICT : 0;
    changes |= !text_equal(a->wording, b->wording) ? CHANGE_WORDING : 0;
    changes |= !text_equal(a->sentence, b->sentence) ? CHANGE_SENTENCE : 0;
    changes |= a->level != b->level ? CHANGE_LEVEL : 0;
    changes |= !text_equal(before->run->engine, after->run->engine) ? CHANGE_ENGINE : 0;
    changes |= !same_chance(before->run, after->run) ? CHANGE_CHANCE : 0;
    return changes;
}

// Inputs with other data stand before the others.
static void add_inputs(struct arena *arena, struct past_step *step, const struct changed_inputs *changed)
{
    struct changed_inputs sorted = {0};
    for (int data = 1; data >= 0; data--)
        for (size_t i = 0; i < changed->count; i++)
            if (changed->at[i].data == data) {
                vector_push(arena, &sorted, changed->at[i]);
                step->changes |= data ? CHANGE_DATA : CHANGE_INPUT;
            }
    step->input_count = sorted.count;
    step->inputs = sorted.at;
}

const struct past_step *past_steps(struct store *store, struct arena *arena, const struct past_claim *claim)
{
    struct past_step *steps = arena_array(arena, claim->count, sizeof *steps);
    struct past_inputs before = {0};
    for (size_t i = 0; i < claim->count; i++) {
        const struct past_inputs after = past_inputs(store, arena, &claim->at[i]);
        steps[i] = (struct past_step){.verdict = &claim->at[i]};
        if (i > 0) {
            const struct changed_inputs changed = compare_inputs(arena, &before, &after);
            steps[i].changes = compare(&claim->at[i - 1], &claim->at[i]);
            add_inputs(arena, &steps[i], &changed);
            steps[i].moved = past_goalposts(store, arena, claim, i);
        }
        before = after;
    }
    return steps;
}

size_t past_turns(const struct past_claim *claim)
{
    size_t turns = 0;
    for (size_t i = 1; i < claim->count; i++)
        turns += claim->at[i].verdict.kind != claim->at[i - 1].verdict.kind;
    return turns;
}
