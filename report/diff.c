// What the writers of a comparison of data share: which claims differ how, and what came of what changed.
#include "report/diff.h"

#include <math.h>
#include <stdlib.h>

bool diff_verdict_changed(const struct compared_claim *claim)
{
    return claim->sides[0].kind != claim->sides[1].kind;
}

size_t diff_claims(const struct data_diff *diff, bool (*counts)(const struct compared_claim *claim))
{
    size_t count = 0;
    for (size_t i = 0; i < diff->part_count; i++)
        for (size_t k = 0; diff->parts[i].compared && k < diff->parts[i].compared->claim_count; k++)
            count += counts(&diff->parts[i].compared->claims[k]);
    return count;
}

size_t diff_changed_verdicts(const struct data_diff *diff)
{
    return diff_claims(diff, diff_verdict_changed);
}

bool diff_moved(const struct compared_claim *claim)
{
    return claim->differs && !diff_verdict_changed(claim);
}

bool diff_is_felt(const struct compared_item *item)
{
    return !(fabs(item->share) < DIFF_LEAST);
}

const struct changed_input *diff_input_of(const struct diff_part *part, size_t item)
{
    const struct blend_item *shown = &part->blend->items[item];
    for (size_t i = 0; shown->kind == BLEND_INPUT && i < part->changed->input_count; i++)
        if (text_equal(part->changed->inputs[i].name, shown->name))
            return &part->changed->inputs[i];
    return NULL;
}

// ---- what came of a changed input --------------------------------------------------------------------------------------------

static const struct blend_item *item_named(const struct blend *blend, struct text name, size_t *position)
{
    for (size_t i = 0; blend && i < blend->item_count; i++)
        if (blend->items[i].kind == BLEND_INPUT && text_equal(blend->items[i].name, name)) {
            *position = i;
            return &blend->items[i];
        }
    return NULL;
}

static bool moves_a_claim(const struct compared *compared, size_t item)
{
    for (size_t i = 0; i < compared->claim_count; i++) {
        const struct compared_claim *claim = &compared->claims[i];
        for (size_t k = 0; claim->differs && k < claim->item_count; k++)
            if (claim->items[k].item == item && diff_is_felt(&claim->items[k]))
                return true;
    }
    return false;
}

static enum diff_effect effect_in(const struct diff_part *part, struct text name)
{
    size_t item = 0;
    if (!item_named(part->blend, name, &item))
        return EFFECT_SAME;
    return part->compared && moves_a_claim(part->compared, item) ? EFFECT_MOVED : EFFECT_NONE;
}

static enum diff_effect effect_of(const struct data_diff *diff, struct text name)
{
    enum diff_effect most = EFFECT_SAME;
    for (size_t i = 0; i < diff->part_count; i++) {
        const enum diff_effect effect = effect_in(&diff->parts[i], name);
        most = effect > most ? effect : most;
    }
    return most;
}

// ---- all changed inputs, each once -------------------------------------------------------------------------------------------

static bool is_listed(const struct diff_inputs *list, struct text name)
{
    for (size_t i = 0; i < list->count; i++)
        if (text_equal(list->at[i].changed->name, name))
            return true;
    return false;
}

struct diff_inputs diff_inputs(struct arena *arena, const struct data_diff *diff)
{
    struct diff_inputs list = {NULL, 0};
    size_t room = 0;
    for (size_t i = 0; i < diff->part_count; i++)
        room += diff->parts[i].changed->input_count;
    list.at = arena_array(arena, room, sizeof *list.at);
    for (size_t i = 0; i < diff->part_count; i++) {
        const struct changed_data *changed = diff->parts[i].changed;
        for (size_t k = 0; k < changed->input_count; k++)
            if (!is_listed(&list, changed->inputs[k].name))
                list.at[list.count++] = (struct diff_input){&changed->inputs[k], effect_of(diff, changed->inputs[k].name)};
    }
    return list;
}

const char *const effect_words[] = {
    [EFFECT_SAME] = "it comes to the same law",
    [EFFECT_NONE] = "it moves no claim by as much as can be told",
    [EFFECT_MOVED] = "it moves claims",
};
