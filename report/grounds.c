#include "report/grounds.h"

#include "base/buffer.h"
#include "base/map.h"
#include "judge/verdict.h"
#include "report/escape.h"
#include "report/layout.h"

enum { NAMES_SHOWN = 4, SOURCES_SHOWN = 2 };

static bool is_known_by(const struct used_input *used, enum basis basis)
{
    return used->has_basis && used->basis == basis;
}

// Whether moving it alone inside its range turns the verdict.
static bool turns(const struct verdict *verdict, struct text name)
{
    for (size_t i = 0; i < verdict->crux_count; i++)
        if (text_equal(verdict->cruxes[i].name, name))
            return verdict->cruxes[i].flip_count > 0 && !verdict->cruxes[i].beyond;
    return false;
}

// What inputs of that basis are called, one and several.
struct words {
    const char *one, *several;
};

// Those that turn the verdict by name, the others as a number.
static void add_inputs(struct buffer *out, const struct verdict *verdict, enum basis basis, struct words words)
{
    struct map seen = map_on(out->arena);
    size_t named = 0;
    struct buffer names = buffer_on(out->arena);
    for (size_t i = 0; i < verdict->input_count; i++) {
        const struct used_input *used = &verdict->inputs_used[i];
        if (!is_known_by(used, basis))
            continue;
        const bool named_now = turns(verdict, used->name) && named < NAMES_SHOWN;
        if (map_put(&seen, named_now ? used->name : used->input->name, &seen) || !named_now)
            continue;
        buffer_printf(&names, "%s%.*s", named++ > 0 ? ", " : "", TEXT_ARGS(used->name));
    }
    if (seen.count == 0)
        return;
    const size_t more = seen.count - named;
    buffer_add_string(out, out->length > 0 ? "; " : "on ");
    if (named == 0)
        buffer_printf(out, "%zu %s", more, more == 1 ? words.one : words.several);
    else
        buffer_printf(out, "%s: %.*s", words.several, TEXT_ARGS(buffer_text(&names)));
    if (named > 0 && more > 0)
        buffer_printf(out, " and %zu more", more);
}

static void add_untraceable(struct buffer *out, const struct verdict *verdict)
{
    size_t count = 0;
    for (size_t i = 0; i < verdict->source_count; i++) {
        const struct source_entry *source = verdict->sources[i];
        if (source->url.length > 0 || count++ >= SOURCES_SHOWN)
            continue;
        buffer_printf(out, "%s", count > 1 ? ", " : out->length > 0 ? "; untraceable sources: " : "on untraceable sources: ");
        escape_terminal(out, source->name);
    }
    if (count > SOURCES_SHOWN)
        buffer_printf(out, " and %zu more", count - SOURCES_SHOWN);
}

void grounds_write(struct layout *layout, struct arena *arena, const struct verdict *verdict)
{
    struct buffer out = buffer_on(arena);
    add_inputs(&out, verdict, BASIS_GUESS, (struct words){"guess", "guesses"});
    add_inputs(&out, verdict, BASIS_RECALLED, (struct words){"figure from memory", "figures from memory"});
    add_untraceable(&out, verdict);
    if (out.length > 0)
        layout_field(layout, "rests", buffer_text(&out));
}
