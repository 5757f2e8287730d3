#include <math.h>

#include "base/arena.h"
#include "dsl/blend.h"
#include "dsl/program.h"
#include "judge/compare.h"
#include "report/compared.h"
#include "report/json_parts.h"
#include "report/json_writer.h"
#include "report/report.h"

static const char *const kinds[] = {
    [BLEND_INPUT] = "input",
    [BLEND_DEFINITION] = "definition",
    [BLEND_ASSUMPTION] = "assumption",
    [BLEND_STRUCTURE] = "structure",
};

void compared_items_json(struct json *json, struct arena *arena, const struct compared *compared)
{
    const struct blend *blend = compared->blend;
    bool *idle = arena_array(arena, blend->item_count + 1, sizeof *idle);
    for (size_t i = 0; i < compared->idle_count; i++)
        idle[compared->idle[i]] = true;
    json_open(json, "items", '[');
    for (size_t i = 0; i < blend->item_count; i++) {
        const struct blend_item *item = &blend->items[i];
        json_open(json, NULL, '{');
        json_text(json, "name", item->name);
        json_string(json, "kind", kinds[item->kind]);
        json_open(json, "says", '[');
        json_string(json, NULL, item->said[0]);
        json_string(json, NULL, item->said[1]);
        json_close(json, ']');
        json_truth(json, "moves_a_claim", !idle[i]);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_side(struct json *json, struct arena *arena, const struct report *report, const struct program *program, const struct compared_side *side)
{
    json_open(json, NULL, '{');
    json_string(json, "verdict", verdict_words[side->kind]);
    json_string(json, "basis", evidence_words[side->basis]);
    json_string(json, "reason", side->reason);
    json_probability(json, "probability", &side->probability);
    json_number(json, "premise_share", side->premise_share);
    json_open(json, "central", '{');
    json_truth(json, "holds", side->central_holds);
    json_truth(json, "relevant", side->central_relevant);
    json_open(json, "comparisons", '[');
    for (size_t i = 0; i < side->comparison_count; i++)
        json_comparison(json, arena, report, program, &side->comparisons[i]);
    json_close(json, ']');
    json_close(json, '}');
    json_close(json, '}');
}

static void write_positions(struct json *json, const char *key, const size_t *positions, size_t count)
{
    json_open(json, key, '[');
    for (size_t i = 0; i < count; i++)
        json_count(json, NULL, positions[i]);
    json_close(json, ']');
}

static void write_shares(struct json *json, const struct compared_claim *claim)
{
    json_open(json, "shares", '[');
    for (size_t i = 0; i < claim->item_count; i++) {
        const struct compared_item *item = &claim->items[i];
        json_open(json, NULL, '{');
        json_count(json, "item", item->item);
        json_number(json, "share", item->share);
        json_number(json, "error", item->error);
        json_number(json, "first", item->first);
        json_number(json, "last", item->last);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_sets(struct json *json, const struct compared_claim *claim)
{
    json_open(json, "double_crux", '[');
    for (size_t i = 0; i < claim->set_count; i++) {
        json_open(json, NULL, '{');
        write_positions(json, "items", claim->sets[i].items, claim->sets[i].count);
        json_probability(json, "probability", &claim->sets[i].probability);
        json_close(json, '}');
    }
    json_close(json, ']');
    write_positions(json, "whole", claim->whole, claim->whole_count);
}

void compared_json(struct json *json, struct arena *arena, const struct report *report, const struct compared *compared, const struct compared_claim *claim)
{
    const struct place place = sources_place(report->sources, claim->claim->span.start);
    json_open(json, NULL, '{');
    json_text(json, "name", claim->name);
    json_text(json, "text", claim->claim->text);
    json_text(json, "by", claim->claim->speaker);
    json_text(json, "file", place.source ? place.source->path : TEXT(""));
    json_count(json, "line", place.line);
    json_text(json, "scenario", claim->scenario ? claim->scenario->name : TEXT("baseline"));
    json_string(json, "reading", claim->reading);
    json_open(json, "sides", '[');
    for (int side = 0; side < 2; side++)
        write_side(json, arena, report, compared->blend->program, &claim->sides[side]);
    json_close(json, ']');
    json_truth(json, "differs", claim->differs);
    json_number(json, "change", claim->differs ? claim->change : NAN);
    json_number(json, "change_error", claim->differs ? claim->change_error : NAN);
    json_truth(json, "exact", claim->exact);
    json_count(json, "coalitions", claim->coalitions);
    json_count(json, "futures", claim->futures);
    write_shares(json, claim);
    write_sets(json, claim);
    json_close(json, '}');
}
