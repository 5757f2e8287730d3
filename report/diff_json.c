// What changed with the data, for programs. The contract is docs/crux-diff.schema.json.
#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "report/data.h"
#include "report/diff.h"
#include "report/json_writer.h"
#include "report/words.h"

static const char *const schema_version = "crux-diff/1";

static const char *const change_words[] = {
    [CHANGE_FIGURES] = "figures", [CHANGE_KNOWN] = "known",     [CHANGE_UNKNOWN] = "unknown",
    [CHANGE_EXPIRED] = "expired", [CHANGE_REVIVED] = "revived",
};
static const char *const effects[] = {
    [EFFECT_SAME] = "same", [EFFECT_NONE] = "none", [EFFECT_MOVED] = "moved",
};

// Empty texts are not known.
static void write_text(struct json *json, const char *key, struct text value)
{
    if (value.length > 0)
        json_text(json, key, value);
    else
        json_null(json, key);
}

static void write_texts(struct json *json, const char *key, const struct text *texts, size_t count)
{
    json_open(json, key, '[');
    for (size_t i = 0; i < count; i++)
        json_text(json, NULL, texts[i]);
    json_close(json, ']');
}

static void write_side(struct json *json, const char *key, const struct diff_side *side)
{
    json_open(json, key, '{');
    write_text(json, "database", side->folder ? TEXT("") : side->store);
    write_text(json, "folder", side->folder ? side->store : TEXT(""));
    write_text(json, "vintage", side->vintage);
    json_count(json, "quantities", side->name_count);
    json_count(json, "observations", side->observation_count);
    json_close(json, '}');
}

// ---- what changed --------------------------------------------------------------------------------------------------------------

static void write_source(struct json *json, const char *key, const struct source_entry *source)
{
    if (!source) {
        json_null(json, key);
        return;
    }
    struct buffer date = buffer_on(json->out->arena);
    if (!isnan(source->date))
        words_date(&date, source->date);
    json_open(json, key, '{');
    json_text(json, "source_id", source->name);
    write_text(json, "title", source->title);
    write_text(json, "publisher", source->publisher);
    write_text(json, "published", date.length > 0 ? buffer_text(&date) : TEXT(""));
    write_text(json, "url", source->url);
    json_close(json, '}');
}

static void write_observations(struct json *json, const struct changed_input *changed)
{
    static const char *const keys[2][2] = {{"before", "source_before"}, {"after", "source_after"}};
    json_open(json, "observations", '[');
    for (size_t i = 0; i < changed->count; i++) {
        json_open(json, NULL, '{');
        for (int side = 0; side < 2; side++) {
            if (changed->observations[i].sides[side])
                data_json_observation(json, keys[side][0], changed->observations[i].sides[side]);
            else
                json_null(json, keys[side][0]);
            write_source(json, keys[side][1], changed->observations[i].sources[side]);
        }
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_inputs(struct json *json, const struct data_diff *diff)
{
    const struct diff_inputs inputs = diff_inputs(json->out->arena, diff);
    json_open(json, "inputs", '[');
    for (size_t i = 0; i < inputs.count; i++) {
        const struct changed_input *changed = inputs.at[i].changed;
        json_open(json, NULL, '{');
        json_text(json, "input", changed->name);
        json_string(json, "change", change_words[changed->kind]);
        json_string(json, "reason", changed->missing);
        json_string(json, "effect", effects[inputs.at[i].effect]);
        write_observations(json, changed);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_structure(struct json *json, const struct changed_data *changed)
{
    json_open(json, "indexes", '[');
    for (size_t i = 0; i < changed->index_count; i++) {
        json_open(json, NULL, '{');
        json_text(json, "index", changed->indexes[i].name);
        write_texts(json, "added", changed->indexes[i].added, changed->indexes[i].added_count);
        write_texts(json, "gone", changed->indexes[i].gone, changed->indexes[i].gone_count);
        json_close(json, '}');
    }
    json_close(json, ']');
    if (changed->present_moved)
        write_texts(json, "present", changed->present, 2);
    else
        json_null(json, "present");
}

static void write_unread(struct json *json, const struct data_diff *diff)
{
    json_open(json, "unread", '[');
    for (size_t i = 0; i < diff->unread_count; i++) {
        json_open(json, NULL, '{');
        json_text(json, "name", diff->unread[i].name);
        json_count(json, "added", diff->unread[i].added);
        json_count(json, "gone", diff->unread[i].gone);
        json_close(json, '}');
    }
    json_close(json, ']');
}

// ---- claims --------------------------------------------------------------------------------------------------------------------

static void write_probability(struct json *json, const struct probability *p)
{
    json_open(json, "probability", '{');
    json_number(json, "lower", p->lower);
    json_number(json, "upper", p->upper);
    json_number(json, "estimate", p->estimate);
    json_numbers(json, "ci", (const double[]){p->ci_low, p->ci_high}, 2);
    json_close(json, '}');
}

static bool is_scored(const struct compared_side *side)
{
    return side->kind == VERDICT_SUPPORTED || side->kind == VERDICT_REFUTED || side->kind == VERDICT_SENSITIVE;
}

static void write_claim_side(struct json *json, const char *key, const struct compared_side *side)
{
    json_open(json, key, '{');
    json_string(json, "verdict", verdict_words[side->kind]);
    json_string(json, "basis", evidence_words[side->basis]);
    if (is_scored(side))
        write_probability(json, &side->probability);
    else
        json_null(json, "probability");
    json_string(json, "reason", side->reason);
    json_close(json, '}');
}

static void write_items(struct json *json, const struct blend *blend, const struct compared_claim *claim)
{
    json_open(json, "items", '[');
    for (size_t i = 0; i < claim->item_count; i++) {
        const struct compared_item *item = &claim->items[i];
        const struct blend_item *blended = &blend->items[item->item];
        json_open(json, NULL, '{');
        json_text(json, "name", blended->name);
        json_string(json, "from", blended->said[0]);
        json_string(json, "to", blended->said[1]);
        json_number(json, "share", item->share);
        json_number(json, "error", item->error);
        json_number(json, "first", item->first);
        json_number(json, "last", item->last);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_set(struct json *json, const struct blend *blend, const size_t *items, size_t count)
{
    json_open(json, NULL, '[');
    for (size_t i = 0; i < count; i++)
        json_text(json, NULL, blend->items[items[i]].name);
    json_close(json, ']');
}

static void write_sets(struct json *json, const struct blend *blend, const struct compared_claim *claim)
{
    json_open(json, "turned_by", '[');
    for (size_t i = 0; i < claim->set_count; i++)
        write_set(json, blend, claim->sets[i].items, claim->sets[i].count);
    if (claim->set_count == 0 && claim->whole_count > 0)
        write_set(json, blend, claim->whole, claim->whole_count);
    json_close(json, ']');
}

static void write_claim(struct json *json, const struct diff_part *part, const struct compared_claim *claim)
{
    json_open(json, NULL, '{');
    json_text(json, "name", claim->name);
    json_text(json, "text", claim->claim->text);
    json_text(json, "scenario", claim->scenario ? claim->scenario->name : TEXT("baseline"));
    write_text(json, "forecast", part->forecast);
    json_string(json, "reading", claim->reading);
    write_claim_side(json, "from", &claim->sides[0]);
    write_claim_side(json, "to", &claim->sides[1]);
    json_truth(json, "changed", diff_verdict_changed(claim));
    json_truth(json, "differs", claim->differs);
    json_number(json, "change", claim->differs ? claim->change : NAN);
    json_number(json, "change_error", claim->differs ? claim->change_error : NAN);
    json_truth(json, "exact", claim->exact);
    write_items(json, part->blend, claim);
    write_sets(json, part->blend, claim);
    json_close(json, '}');
}

static void write_part(struct json *json, const struct diff_part *part)
{
    json_open(json, NULL, '{');
    write_text(json, "forecast", part->forecast);
    write_structure(json, part->changed);
    json_count(json, "claims_asked", part->claim_count);
    json_open(json, "claims", '[');
    for (size_t i = 0; part->compared && i < part->compared->claim_count; i++)
        write_claim(json, part, &part->compared->claims[i]);
    json_close(json, ']');
    json_close(json, '}');
}

void write_diff_json(struct buffer *out, const struct report *report, const struct report_style *style)
{
    (void)style;
    const struct data_diff *diff = report->diff;
    struct json writer = {.out = out, .first = true}, *json = &writer;
    json_open(json, NULL, '{');
    json_string(json, "schema", schema_version);
    json_string(json, "engine", report->engine);
    write_side(json, "from", &diff->sides[0]);
    write_side(json, "to", &diff->sides[1]);
    json_truth(json, "backwards", diff->backwards);
    json_count(json, "seed", report->seed);
    json_count(json, "changed_verdicts", diff_changed_verdicts(diff));
    json_count(json, "moved", diff_claims(diff, diff_moved));
    json_open(json, "parts", '[');
    for (size_t i = 0; i < diff->part_count; i++)
        write_part(json, &diff->parts[i]);
    json_close(json, ']');
    write_inputs(json, diff);
    write_unread(json, diff);
    json_truth(json, "cancelled", report->cancelled);
    json_count(json, "exit_code", (uint64_t)report->exit_code);
    json_close(json, '}');
    buffer_add_char(out, '\n');
}
