#include "report/proof.h"

#include "base/buffer.h"
#include "dsl/program.h"
#include "judge/verdict.h"
#include "report/json_writer.h"
#include "report/words.h"

// An input that varies by period or follows a path is one input.
static size_t count_inputs(const struct proof *proof)
{
    size_t count = 0;
    for (size_t i = 0; i < proof->axis_count; i++) {
        size_t before = 0;
        while (before < i && proof->axes[before].variable != proof->axes[i].variable)
            before++;
        count += before == i;
    }
    return count;
}

void proof_write(struct buffer *out, const struct proof *proof)
{
    const size_t inputs = count_inputs(proof);
    buffer_add_string(out, "proved over the whole range of ");
    if (inputs == 1)
        buffer_add_string(out, "its one input");
    else
        buffer_printf(out, "%zu inputs", inputs);
    buffer_add_string(out, " (");
    words_count(out, proof->boxes);
    buffer_add_string(out, proof->boxes == 1 ? " box)" : " boxes)");
    if (proof->cut)
        buffer_add_string(out, "; unbounded inputs cut at p0.01 and p99.99");
}

static const char *const outcome_words[] = {[PROOF_HOLDS] = "holds", [PROOF_FAILS] = "fails", [PROOF_IRRELEVANT] = "irrelevant"};

static void write_axis(struct json *json, const struct program *program, const struct proof_axis *axis)
{
    const bool plain = axis->by_draw || axis->choice;
    const struct type *type = axis->input ? &axis->input->type : NULL;
    json_open(json, NULL, '{');
    json_text(json, "input", axis->name);
    json_string(json, "of", axis->choice ? "choice" : axis->by_draw ? "probability" : "value");
    json_string(json, "unit", plain || !type ? NULL : words_unit(json->out->arena, program, type));
    json_number(json, "low", plain || !type ? axis->low : words_in_unit(program, type, axis->low));
    json_number(json, "high", plain || !type ? axis->high : words_in_unit(program, type, axis->high));
    json_truth(json, "cut", axis->cut);
    json_close(json, '}');
}

void proof_write_json(struct json *json, const struct program *program, const struct proof *proof)
{
    if (!proof) {
        json_null(json, "proof");
        return;
    }
    json_open(json, "proof", '{');
    json_string(json, "outcome", outcome_words[proof->outcome]);
    json_count(json, "boxes", proof->boxes);
    json_open(json, "axes", '[');
    for (size_t i = 0; i < proof->axis_count; i++)
        write_axis(json, program, &proof->axes[i]);
    json_close(json, ']');
    json_close(json, '}');
}
