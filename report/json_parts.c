#include "report/json_parts.h"

#include "base/arena.h"
#include "dsl/diag.h"
#include "dsl/program.h"
#include "dsl/source.h"
#include "judge/verdict.h"
#include "report/json_writer.h"
#include "report/report.h"
#include "report/words.h"

void json_text_or_null(struct json *json, const char *key, struct text value)
{
    if (value.length > 0)
        json_text(json, key, value);
    else
        json_null(json, key);
}

void json_probability(struct json *json, const char *key, const struct probability *probability)
{
    json_open(json, key, '{');
    json_number(json, "lower", probability->lower);
    json_number(json, "upper", probability->upper);
    json_number(json, "estimate", probability->estimate);
    json_numbers(json, "ci", (const double[]){probability->ci_low, probability->ci_high}, 2);
    json_close(json, '}');
}

void json_comparison(struct json *json, struct arena *arena, const struct report *report, const struct program *program,
                     const struct central_comparison *comparison)
{
    json_open(json, NULL, '{');
    json_text(json, "expr", words_bound(arena, report->sources, comparison->node->expr, comparison->node, comparison->members));
    if (comparison->step >= 0)
        json_text(json, "step", timeline_step_name(arena, &program->timeline, comparison->step));
    else
        json_null(json, "step");
    json_number(json, "left", words_in_unit(program, &comparison->type, comparison->left));
    json_number(json, "right", words_in_unit(program, &comparison->type, comparison->right));
    json_string(json, "unit", words_unit(arena, program, &comparison->type));
    json_truth(json, "holds", comparison->holds);
    json_truth(json, "in_premise", comparison->in_premise);
    json_truth(json, "on_edge", comparison->on_edge);
    json_close(json, '}');
}

// ---- diagnostics ---------------------------------------------------------------------------------------------------------

static void write_place(struct json *json, const struct report *report, const struct diag *diag)
{
    const struct place place = sources_place(report->sources, diag->labels[0].span.start);
    if (place.source) {
        json_text(json, "file", place.source->path);
        json_count(json, "line", place.line);
        json_count(json, "column", place.column);
        return;
    }
    json_null(json, "file");
    json_null(json, "line");
    json_null(json, "column");
}

void json_diagnostics(struct json *json, struct arena *arena, const struct report *report)
{
    static const char *const severities[] = {"error", "warning", "note"};
    size_t count;
    const struct diag **sorted = diags_sorted(report->diags, arena, &count);
    json_open(json, "diagnostics", '[');
    for (size_t i = 0; i < count; i++) {
        json_open(json, NULL, '{');
        json_string(json, "code", diag_kinds[sorted[i]->code].code);
        json_string(json, "severity", severities[sorted[i]->severity]);
        json_string(json, "message", sorted[i]->message);
        json_string(json, "help", sorted[i]->help);
        write_place(json, report, sorted[i]);
        json_close(json, '}');
    }
    json_close(json, ']');
}
