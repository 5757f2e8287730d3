// Two sides as JSON. Its contract is docs/crux-compare.schema.json.
#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/blend.h"
#include "dsl/merge.h"
#include "judge/compare.h"
#include "report/compare.h"
#include "report/compared.h"
#include "report/json_parts.h"
#include "report/json_writer.h"

static const char *const schema_version = "crux-compare/1";

static void write_sides(struct json *json, const struct compare_report *sides)
{
    json_open(json, "sides", '[');
    for (int side = 0; side < 2; side++) {
        json_open(json, NULL, '{');
        json_text(json, "name", sides->names[side]);
        json_text_or_null(json, "file", sides->files[side]);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_worded(struct json *json, const struct compare_report *sides)
{
    json_open(json, "worded_differently", '[');
    for (size_t i = 0; i < sides->worded_count; i++) {
        json_open(json, NULL, '[');
        json_text(json, NULL, sides->worded[i].name);
        json_text(json, NULL, sides->worded[i].other);
        json_close(json, ']');
    }
    json_close(json, ']');
}

static void write_part(struct json *json, struct arena *arena, const struct report *report, const struct compare_part *part)
{
    const struct compared *compared = part->comparison;
    json_open(json, NULL, '{');
    json_text_or_null(json, "forecast", part->forecast);
    json_text_or_null(json, "vintage", part->vintage);
    compared_items_json(json, arena, compared);
    json_open(json, "claims", '[');
    for (size_t i = 0; i < compared->claim_count; i++)
        compared_json(json, arena, report, compared, &compared->claims[i]);
    json_close(json, ']');
    json_close(json, '}');
}

void compare_json(struct buffer *out, const struct report *report)
{
    const struct compare_report *sides = report->sides;
    struct json writer = {.out = out, .first = true}, *json = &writer;
    json_open(json, NULL, '{');
    json_string(json, "schema", schema_version);
    json_string(json, "engine", report->engine);
    json_count(json, "seed", report->seed);
    json_string(json, "sampler", report->sampler);
    write_sides(json, sides);
    write_worded(json, sides);
    json_open(json, "files", '[');
    for (size_t i = 0; i < sides->part_count; i++)
        write_part(json, out->arena, report, &sides->parts[i]);
    json_close(json, ']');
    json_diagnostics(json, out->arena, report);
    json_truth(json, "cancelled", report->cancelled);
    json_count(json, "exit_code", (uint64_t)report->exit_code);
    json_close(json, '}');
    buffer_add_char(out, '\n');
}
