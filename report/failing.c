#include "report/failing.h"

#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "judge/verdict.h"
#include "report/json_writer.h"
#include "report/layout.h"
#include "report/words.h"

#define LEAST_DENSITY 0.1 // a box that is thinner tells a reader little
#define DENSE 0.9

static void add_value(struct buffer *out, const struct program *program, const struct box_side *side, double value)
{
    words_value(out, program, &side->type, value, 3);
}

static void add_side(struct buffer *out, const struct program *program, const struct box_side *side)
{
    buffer_add(out, side->name);
    if (side->point_name.length > 0)
        buffer_printf(out, " at %.*s", TEXT_ARGS(side->point_name));
    if (side->low == side->high)
        buffer_add_string(out, " = ");
    else if (isfinite(side->low) && isfinite(side->high))
        buffer_add_string(out, " in ");
    else
        buffer_add_string(out, isfinite(side->low) ? " > " : " < ");
    if (isfinite(side->low))
        add_value(out, program, side, side->low);
    if (isfinite(side->low) && isfinite(side->high) && side->low != side->high)
        buffer_add_string(out, " .. ");
    if (isfinite(side->high) && side->low != side->high)
        add_value(out, program, side, side->high);
}

void failing_words(struct buffer *out, const struct program *program, const struct failing_box *box)
{
    for (size_t i = 0; i < box->count; i++) {
        buffer_add_string(out, i == 0 ? "" : i + 1 < box->count ? ", " : " and ");
        add_side(out, program, &box->sides[i]);
    }
}

// One input that flips the claim has said so already.
static bool is_told(const struct verdict *verdict)
{
    const struct failing_box *box = verdict->failing;
    if (box->count != 1 || box->density < DENSE)
        return false;
    for (size_t i = 0; i < verdict->crux_count; i++)
        if (verdict->cruxes[i].variable == box->sides[0].variable)
            return verdict->cruxes[i].flip_count > 0;
    return false;
}

void failing_write(struct layout *layout, struct arena *arena, const struct program *program, const struct verdict *verdict)
{
    const struct failing_box *box = verdict->failing;
    if (!box || box->density < LEAST_DENSITY || is_told(verdict))
        return;
    struct buffer out = buffer_on(arena);
    buffer_add_string(&out, "where ");
    failing_words(&out, program, box);
    buffer_add_string(&out, ": ");
    words_percent(&out, box->coverage, 0);
    buffer_add_string(&out, box->holds ? " of where it holds, " : " of its failures, ");
    words_percent(&out, box->density, 0);
    buffer_add_string(&out, " dense");
    layout_field(layout, box->holds ? "holds" : "fails", buffer_text(&out));
}

static void write_side(struct json *json, struct arena *arena, const struct program *program, const struct box_side *side)
{
    json_open(json, NULL, '{');
    json_text(json, "input", side->name);
    if (side->point_name.length > 0)
        json_text(json, "point", side->point_name);
    else
        json_null(json, "point");
    json_string(json, "unit", words_unit(arena, program, &side->type));
    json_number(json, "low", words_in_unit(program, &side->type, side->low));
    json_number(json, "high", words_in_unit(program, &side->type, side->high));
    json_close(json, '}');
}

void failing_write_json(struct json *json, struct arena *arena, const struct program *program, const struct failing_box *box)
{
    if (!box) {
        json_null(json, "fails_in");
        return;
    }
    json_open(json, "fails_in", '{');
    json_truth(json, "holds", box->holds);
    json_open(json, "box", '[');
    for (size_t i = 0; i < box->count; i++)
        write_side(json, arena, program, &box->sides[i]);
    json_close(json, ']');
    json_number(json, "coverage", box->coverage);
    json_number(json, "density", box->density);
    json_number(json, "mass", box->mass);
    json_close(json, '}');
}
