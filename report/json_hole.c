#include "report/json_hole.h"

#include "dsl/program.h"
#include "judge/verdict.h"
#include "report/json_writer.h"
#include "report/words.h"

struct hole_writing {
    struct json *json;
    struct arena *arena;
    const struct program *program;
};

static void write_number(const struct hole_writing *w, const char *key, const struct type *type, double value)
{
    json_number(w->json, key, words_in_unit(w->program, type, value));
}

static void write_range(const struct hole_writing *w, const char *key, const struct type *type, const double *range)
{
    json_numbers(w->json, key, (const double[]){words_in_unit(w->program, type, range[0]), words_in_unit(w->program, type, range[1])}, 2);
}

static void write_ranges(const struct hole_writing *w, const char *key, const struct type *type, const struct hole_range *ranges, size_t count)
{
    json_open(w->json, key, '[');
    for (size_t i = 0; i < count; i++)
        write_range(w, NULL, type, (const double[]){ranges[i].low, ranges[i].high});
    json_close(w->json, ']');
}

// Where the ends of the supported ranges lie.
static void write_ends(const struct hole_writing *w, const struct solution *solution)
{
    struct json *json = w->json;
    json_open(json, "supported_ci", '[');
    for (size_t i = 0; i < solution->supported_count; i++) {
        json_open(json, NULL, '{');
        write_range(w, "low", &solution->hole->type, solution->supported[i].low_ci);
        write_range(w, "high", &solution->hole->type, solution->supported[i].high_ci);
        json_close(json, '}');
    }
    json_close(json, ']');
}

void json_solution(struct json *json, struct arena *arena, const struct program *program, const struct solution *solution)
{
    const struct hole_writing all = {json, arena, program}, *w = &all;
    if (!solution->hole || solution->hole->kind == HOLE_NONE) {
        json_null(json, "solution");
        return;
    }
    const struct type *type = &solution->hole->type;
    json_open(json, "solution", '{');
    json_text(json, "hole", solution->hole->name);
    json_string(json, "unit", words_unit(w->arena, w->program, type));
    write_number(w, "value", type, solution->value);
    write_range(w, "ci", type, (const double[]){solution->ci_low, solution->ci_high});
    write_number(w, "central", type, solution->central);
    write_ranges(w, "supported", type, solution->supported, solution->supported_count);
    write_ends(w, solution);
    write_ranges(w, "central_set", type, solution->central_set, solution->central_count);
    write_ranges(w, "possible", type, solution->possible, solution->possible_count);
    json_open(json, "shares", '[');
    for (size_t i = 0; i < solution->share_count; i++) {
        json_open(json, NULL, '{');
        json_text(json, "term", solution->labels[i]);
        json_number(json, "share", solution->shares[i]);
        json_numbers(json, "ci", (const double[]){solution->share_low[i], solution->share_high[i]}, 2);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
}

void json_weakening(struct json *json, const struct weakening *weakening)
{
    if (!weakening) {
        json_null(json, "weakening");
        return;
    }
    const struct probability *probability = &weakening->probability;
    json_open(json, "weakening", '{');
    json_string(json, "claim", weakening->claim);
    json_string(json, "change", weakening->change);
    json_open(json, "probability", '{');
    json_number(json, "lower", probability->lower);
    json_number(json, "upper", probability->upper);
    json_number(json, "estimate", probability->estimate);
    json_numbers(json, "ci", (const double[]){probability->ci_low, probability->ci_high}, 2);
    json_close(json, '}');
    json_close(json, '}');
}
