#include "report/full_cruxes.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/number.h"
#include "dsl/program.h"
#include "judge/verdict.h"
#include "report/words.h"

enum { INDENT = 6, FLIPS_MOST = 6, SILENT_MOST = 30, SETS_ON_CARD = 2 };
#define BITS_LEAST 0.005 // less is not told from nothing
#define SHARE_LEAST 0.01

struct section {
    struct layout *layout;
    struct arena *arena;
    const struct program *program;
    const struct verdict *verdict;
};

static void add_value(const struct section *section, struct buffer *out, const struct type *type, double value)
{
    words_value(out, section->program, type, value, 3);
}

// ---- one input -----------------------------------------------------------------------------------------------------------

static void add_range(const struct section *section, struct buffer *out, const struct crux *crux)
{
    buffer_add_string(out, "central ");
    add_value(section, out, &crux->type, crux->central);
    if (crux->choice || !(crux->low < crux->high))
        return;
    buffer_add_string(out, ", range ");
    add_value(section, out, &crux->type, crux->low);
    buffer_add_string(out, " to ");
    add_value(section, out, &crux->type, crux->high);
}

static void add_flips(const struct section *section, struct buffer *out, const struct crux *crux)
{
    const double half = (crux->high - crux->low) / 2;
    if (crux->flip_count == 0) {
        buffer_add_string(out, "; alone never flips it");
        return;
    }
    buffer_add_string(out, "; flips at ");
    for (size_t i = 0; i < crux->flip_count && i < FLIPS_MOST; i++) {
        buffer_add_string(out, i > 0 ? ", " : "");
        add_value(section, out, &crux->type, crux->flips_at[i]);
        if (crux->choice || !(half > 0))
            continue;
        const double distance = fabs(crux->flips_at[i] - crux->central) / half;
        if (distance < 1e-6) {
            buffer_add_string(out, " (the central value)");
            continue;
        }
        buffer_add_string(out, " (");
        number_write(out, distance, 2);
        buffer_printf(out, "%chalf-widths%s)", WORDS_JOIN, crux->flips_at[i] < crux->low || crux->flips_at[i] > crux->high ? ", outside" : "");
    }
    if (crux->flip_count > FLIPS_MOST)
        buffer_printf(out, " and at %zu more", crux->flip_count - FLIPS_MOST);
    if (!crux->choice)
        buffer_printf(out, "; it holds %s the nearest", crux->holds_below ? "below" : "above");
}

static void add_index(struct buffer *out, const char *of, const struct sobol *sobol)
{
    if (!(sobol->total > 0 || sobol->first > 0)) // also when they were not asked for
        return;
    buffer_printf(out, "; of the %s's spread ", of);
    words_percent(out, sobol->first, 0);
    buffer_add_string(out, " alone, ");
    words_percent(out, sobol->total, 0);
    buffer_add_string(out, " with others");
}

static void add_score(struct buffer *out, const struct crux_score *score)
{
    if (score->bits > 0) {
        buffer_add_string(out, "; ");
        number_write(out, score->bits, 2);
        buffer_add_string(out, " bit");
        if (score->bits_error > 0) {
            buffer_add_string(out, " (standard error ");
            number_write(out, score->bits_error, 1);
            buffer_add_char(out, ')');
        }
        if (score->share > 0) {
            buffer_add_string(out, ", ");
            words_percent(out, score->share, 0);
            buffer_add_string(out, " of the doubt");
        }
    }
    add_index(out, "truth", &score->truth);
    add_index(out, "margin", &score->margin);
}

static void write_crux(const struct section *section, const struct crux *crux)
{
    struct buffer name = buffer_on(section->arena), out = buffer_on(section->arena);
    buffer_printf(&name, "  %.*s", TEXT_ARGS(crux->name));
    if (crux->path && crux->point_name.length > 0)
        buffer_printf(&name, " at %.*s", TEXT_ARGS(crux->point_name));
    layout_colour(section->layout, COLOUR_BOLD, buffer_text(&name));
    buffer_add_char(section->layout->out, '\n');
    add_range(section, &out, crux);
    add_flips(section, &out, crux);
    add_score(&out, &crux->score);
    layout_entry(section->layout, TEXT(""), INDENT, buffer_text(&out));
}

// ---- all -------------------------------------------------------------------------------------------------------------------

static bool says_something(const struct crux *crux)
{
    return crux->flip_count > 0 || crux->score.bits >= BITS_LEAST || crux->score.truth.total > SHARE_LEAST;
}

static void write_silent(const struct section *section)
{
    struct buffer out = buffer_on(section->arena);
    size_t count = 0;
    for (size_t i = 0; i < section->verdict->crux_count; i++) {
        const struct crux *crux = &section->verdict->cruxes[i];
        if (says_something(crux))
            continue;
        if (count < SILENT_MOST)
            buffer_printf(&out, "%s%.*s", count > 0 ? ", " : "alone never flip it: ", TEXT_ARGS(crux->name));
        count++;
    }
    if (count > SILENT_MOST)
        buffer_printf(&out, " and %zu more", count - SILENT_MOST);
    if (count > 0)
        layout_entry(section->layout, TEXT(""), 2, buffer_text(&out));
}

// Those that the card has no room for.
static void write_more_sets(const struct section *section)
{
    for (size_t i = SETS_ON_CARD; i < section->verdict->resting_count; i++) {
        const struct resting_set *set = &section->verdict->resting[i];
        struct buffer out = buffer_on(section->arena);
        buffer_add_string(&out, i == SETS_ON_CARD ? "rests also on {" : "or on {");
        for (size_t k = 0; k < set->count; k++)
            buffer_printf(&out, "%s%.*s", k > 0 ? ", " : "", TEXT_ARGS(set->names[k]));
        buffer_printf(&out, "}, %s", evidence_words[set->basis]);
        layout_entry(section->layout, TEXT(""), 2, buffer_text(&out));
    }
}

// To be pasted: lines stay as they are.
static void write_paste(const struct section *section, const char *head, const char *text)
{
    if (!text)
        return;
    layout_entry(section->layout, TEXT(""), 2, text_of(head));
    for (const char *line = text; *line;) {
        const size_t length = strcspn(line, "\n");
        buffer_repeat(section->layout->out, ' ', 4);
        layout_colour(section->layout, COLOUR_NONE, (struct text){line, length});
        buffer_add_char(section->layout->out, '\n');
        line += length + (line[length] == '\n');
    }
}

void full_cruxes_write(struct layout *layout, const struct report_entry *entry)
{
    const struct section section = {layout, layout->out->arena, entry->results->program, entry->verdict};
    const struct verdict *verdict = entry->verdict;
    if (verdict->crux_count == 0 && !verdict->counterexample && !verdict->weakening)
        return;
    layout_heading(layout, TEXT("cruxes"), TEXT("each input moved alone, the others central"), COLOUR_DIM);
    for (size_t i = 0; i < verdict->crux_count; i++)
        if (says_something(&verdict->cruxes[i]))
            write_crux(&section, &verdict->cruxes[i]);
    write_silent(&section);
    write_more_sets(&section);
    if (verdict->counterexample)
        write_paste(&section, "the counterexample, to be pasted below the claim:", verdict->counterexample->scenario);
    if (verdict->weakening)
        write_paste(&section, "a weaker claim that is supported, to be pasted below it:", verdict->weakening->claim);
    buffer_add_char(layout->out, '\n');
}
