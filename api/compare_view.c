// What crux_compare found, as the plain structures of crux.h.
#include "api/compare.h"
#include "dsl/blend.h"
#include "dsl/program.h"
#include "judge/compare.h"
#include "report/compare.h"

static const char *string_of(struct arena *arena, struct text t)
{
    return text_copy(arena, t).at;
}

static const struct crux_share *view_shares(struct arena *arena, const struct compared *compared, const struct compared_claim *claim)
{
    struct crux_share *shares = arena_array(arena, claim->item_count + 1, sizeof *shares);
    for (size_t i = 0; i < claim->item_count; i++) {
        const struct compared_item *item = &claim->items[i];
        const struct blend_item *what = &compared->blend->items[item->item];
        shares[i] = (struct crux_share){string_of(arena, what->name), {what->said[0], what->said[1]}, item->share, item->error};
    }
    return shares;
}

static size_t position_of(const struct compared_claim *claim, size_t item)
{
    size_t position = 0;
    while (position < claim->item_count && claim->items[position].item != item)
        position++;
    return position;
}

static const struct crux_switch *view_switches(struct arena *arena, const struct compared_claim *claim)
{
    struct crux_switch *switches = arena_array(arena, claim->set_count + 1, sizeof *switches);
    for (size_t i = 0; i < claim->set_count; i++) {
        const struct switching_set *set = &claim->sets[i];
        size_t *positions = arena_array(arena, set->count, sizeof *positions);
        for (size_t k = 0; k < set->count; k++)
            positions[k] = position_of(claim, set->items[k]);
        switches[i] = (struct crux_switch){set->count, positions, set->probability.estimate};
    }
    return switches;
}

static struct crux_compared view_claim(struct arena *arena, const struct compared *compared, const struct compared_claim *claim)
{
    struct crux_compared view = {
        .name = string_of(arena, claim->name),
        .scenario = claim->scenario ? string_of(arena, claim->scenario->name) : "baseline",
        .differs = claim->differs,
        .change = claim->change,
        .change_error = claim->change_error,
        .share_count = claim->item_count,
        .shares = view_shares(arena, compared, claim),
        .crux_count = claim->set_count,
        .cruxes = view_switches(arena, claim),
    };
    for (int side = 0; side < 2; side++) {
        const struct probability *probability = &claim->sides[side].probability;
        view.verdicts[side] = (enum crux_verdict_kind)claim->sides[side].kind;
        view.lower[side] = probability->lower;
        view.upper[side] = probability->upper;
        view.estimate[side] = probability->estimate;
    }
    return view;
}

void view_compared(struct crux_session *crux, const struct compare_report *report)
{
    size_t count = 0;
    for (size_t i = 0; i < report->part_count; i++)
        count += report->parts[i].comparison->claim_count;
    struct crux_compared *views = arena_array(&crux->run, count + 1, sizeof *views);
    crux->compared = views;
    for (size_t i = 0; i < report->part_count; i++)
        for (size_t k = 0; k < report->parts[i].comparison->claim_count; k++)
            views[crux->compared_count++] = view_claim(&crux->run, report->parts[i].comparison, &report->parts[i].comparison->claims[k]);
}

size_t crux_compared_count(const struct crux_session *crux)
{
    return crux->compared_count;
}

const struct crux_compared *crux_compared(const struct crux_session *crux, size_t position)
{
    return position < crux->compared_count ? &crux->compared[position] : NULL;
}
