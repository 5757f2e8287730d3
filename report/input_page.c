#include "report/input_page.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/number.h"
#include "dsl/distribution.h"
#include "dsl/program.h"
#include "dsl/source.h"
#include "judge/influence.h"
#include "report/data.h"
#include "report/derived_words.h"
#include "report/escape.h"
#include "report/law_words.h"
#include "report/words.h"

struct page {
    struct layout *layout;
    struct arena *arena;
    const struct report *report;
    const struct input_page *of;
};

static struct text safe(struct page *page, struct text text)
{
    return escape_for_terminal(page->arena, text);
}

static struct text name_of(const struct page *page)
{
    const struct input *input = page->of->input;
    return page->of->instance == SIZE_MAX ? input->name : input->instances[page->of->instance].name;
}

// ---- what it is --------------------------------------------------------------------------------------------------------

static void write_value(struct page *page, size_t instance, const char *label, bool named)
{
    const struct input *input = page->of->input;
    const struct input_instance *it = &input->instances[instance];
    struct buffer out = buffer_on(page->arena);
    if (named)
        buffer_printf(&out, "%.*s: ", TEXT_ARGS(it->name));
    law_words(&out, page->of->program, input, instance);
    layout_field(page->layout, label, safe(page, buffer_text(&out)));
}

// A path has a line for each of its points.
static void write_path(struct page *page, size_t instance)
{
    enum { MOST = 16 };
    const struct input_instance *it = &page->of->input->instances[instance];
    for (size_t i = 0; i < it->point_count && i < MOST; i++) {
        struct buffer out = buffer_on(page->arena);
        law_words_point(&out, page->of->program, page->of->input, instance, i);
        layout_field(page->layout, i == 0 ? "value" : "", safe(page, buffer_text(&out)));
    }
    const size_t more = it->point_count > MOST ? it->point_count - MOST : 0;
    layout_field(page->layout, "", text_of(arena_printf(page->arena, "%sone draw for the whole path", more > 0 ? "and more points; " : "")));
}

static void write_values(struct page *page)
{
    enum { MOST = 24 };
    const struct input *input = page->of->input;
    if (page->of->instance != SIZE_MAX && input->instances[page->of->instance].point_count > 1) {
        write_path(page, page->of->instance);
        return;
    }
    if (page->of->instance != SIZE_MAX) {
        write_value(page, page->of->instance, "value", false);
        return;
    }
    for (size_t i = 0; i < input->instance_count && i < MOST; i++)
        write_value(page, i, i == 0 ? "values" : "", input->param_count > 0);
    if (input->instance_count > MOST)
        layout_field(page->layout, "", text_of(arena_printf(page->arena, "and %zu more", input->instance_count - MOST)));
}

static void write_basis(struct page *page)
{
    const struct input *input = page->of->input;
    const size_t instance = page->of->instance == SIZE_MAX ? 0 : page->of->instance;
    const struct input_instance *it = &input->instances[instance];
    enum basis basis;
    if (input_basis(input, instance, &basis))
        layout_field(page->layout, "basis", text_of(basis_words[basis]));
    if (it->other && it->correlation != 0) {
        struct buffer out = buffer_on(page->arena);
        buffer_printf(&out, "with %.*s, correlation ", TEXT_ARGS(it->other->instances[it->other_instance].name));
        number_write(&out, it->correlation, 3);
        layout_field(page->layout, "tied", buffer_text(&out));
    }
    if (it->dissent)
        layout_field(page->layout, "note", safe(page, text_of(it->dissent)));
}

// As it stands in the file; what is too wide goes on below.
static void write_line(struct page *page, struct text line)
{
    enum { INDENT = 4 };
    size_t blanks = 0;
    while (blanks < line.length && line.at[blanks] == ' ')
        blanks++;
    if (INDENT + text_columns(line) <= LAYOUT_WIDTH) {
        buffer_repeat(page->layout->out, ' ', INDENT);
        layout_colour(page->layout, COLOUR_DIM, line);
        buffer_add_char(page->layout->out, '\n');
        return;
    }
    layout_entry(page->layout, TEXT(""), INDENT + blanks + 4, line);
}

static void write_declaration(struct page *page)
{
    const struct place place = sources_place(page->report->sources, page->of->input->span.start);
    struct buffer where = buffer_on(page->arena);
    if (place.source)
        buffer_printf(&where, "%.*s:%u", TEXT_ARGS(safe(page, place.source->path)), place.line);
    layout_field(page->layout, "where", buffer_text(&where));
    struct text rest = page->of->declared;
    while (rest.length > 0) {
        const char *end = memchr(rest.at, '\n', rest.length);
        const size_t length = end ? (size_t)(end - rest.at) : rest.length;
        write_line(page, safe(page, (struct text){rest.at, length}));
        rest.at += length + (end != NULL);
        rest.length -= length + (end != NULL);
    }
}

static void write_cites(struct page *page)
{
    const struct input *input = page->of->input;
    for (size_t i = 0; i < input->cite_count; i++) {
        struct buffer out = buffer_on(page->arena);
        derived_source(&out, input->cites[i]);
        layout_field(page->layout, i == 0 ? "sources" : "", buffer_text(&out));
    }
}

// ---- who reads it ------------------------------------------------------------------------------------------------------

static void write_readers(struct page *page, bool claims, const char *label)
{
    enum { MOST = 12 };
    struct buffer out = buffer_on(page->arena);
    size_t count = 0;
    for (size_t i = 0; i < page->of->reader_count; i++) {
        if (page->of->readers[i].is_claim != claims)
            continue;
        if (count < MOST)
            buffer_printf(&out, "%s%.*s", count > 0 ? ", " : claims ? "claims " : "definitions ", TEXT_ARGS(page->of->readers[i].name));
        count++;
    }
    if (count > MOST)
        buffer_printf(&out, " and %zu more", count - MOST);
    if (count > 0)
        layout_field(page->layout, label, buffer_text(&out));
}

static bool has_readers(const struct page *page, bool claims)
{
    for (size_t i = 0; i < page->of->reader_count; i++)
        if (page->of->readers[i].is_claim == claims)
            return true;
    return false;
}

// ---- which claims it moves ---------------------------------------------------------------------------------------------

static void add_title(struct buffer *out, const struct influence *influence)
{
    buffer_add(out, influence->name);
    if (influence->scenario && influence->scenario->position > 0)
        buffer_printf(out, " under %.*s", TEXT_ARGS(influence->scenario->name));
    if (influence->forecast.length > 0)
        buffer_printf(out, " under forecast %.*s", TEXT_ARGS(influence->forecast));
}

static void add_flip(struct buffer *out, const struct influence *influence)
{
    const struct crux *crux = &influence->crux;
    if (influence->kind != INFLUENCE_FLIPS) {
        buffer_add_string(out, "alone never flips it");
        return;
    }
    buffer_add_string(out, crux->choice ? "flips at " : crux->nearest > crux->central ? "flips above " : "flips below ");
    words_value(out, influence->program, &crux->type, crux->nearest, 3);
    if (crux->path && crux->point_name.length > 0)
        buffer_printf(out, " in %.*s", TEXT_ARGS(crux->point_name));
    if (crux->choice || !isfinite(crux->distance))
        return;
    if (crux->distance < 1e-6) {
        buffer_add_string(out, " (the central value)");
        return;
    }
    buffer_add_string(out, " (");
    number_write(out, crux->distance, 2);
    const bool one = out->at[out->length - 1] == '1' && out->at[out->length - 2] == '(';
    buffer_printf(out, " half-width%s%s)", one ? "" : "s", crux->beyond ? ", outside its range" : "");
}

static double moved_by(const struct influence *influence)
{
    const double shift = fabs(influence->at_high - influence->at_low);
    const double near = influence->kind == INFLUENCE_FLIPS && !influence->crux.beyond ? 2 - fmin(influence->crux.distance, 1) : 0;
    return near + (isnan(shift) ? 0 : shift);
}

// Those it moves most come first; equal ones in the order of the claims.
static size_t *ranked(struct page *page, size_t *count)
{
    size_t *order = arena_array(page->arena, page->of->influence_count, sizeof *order);
    const struct influence *all = page->of->influences;
    *count = 0;
    for (size_t i = 0; i < page->of->influence_count; i++) {
        if (all[i].kind != INFLUENCE_FLIPS && all[i].kind != INFLUENCE_SHIFTS)
            continue;
        size_t at = (*count)++;
        for (; at > 0 && moved_by(&all[order[at - 1]]) < moved_by(&all[i]); at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return order;
}

static size_t count_kind(const struct page *page, enum influence_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < page->of->influence_count; i++)
        count += page->of->influences[i].kind == kind;
    return count;
}

static void write_counts(struct page *page)
{
    const size_t none = count_kind(page, INFLUENCE_NONE), apart = count_kind(page, INFLUENCE_APART), unknown = count_kind(page, INFLUENCE_UNKNOWN);
    struct buffer out = buffer_on(page->arena);
    if (none > 0)
        buffer_printf(&out, "reaches %zu more and cannot move %s", none, none == 1 ? "it" : "them");
    if (apart > 0)
        buffer_printf(&out, "%sdoes not reach %zu", out.length > 0 ? "; " : "", apart);
    if (unknown > 0)
        buffer_printf(&out, "%s%zu %s not scored", out.length > 0 ? "; " : "", unknown, unknown == 1 ? "is" : "are");
    if (out.length > 0)
        layout_field(page->layout, "", buffer_text(&out));
}

static void write_influence(struct page *page, const struct influence *influence, const char *label)
{
    struct buffer out = buffer_on(page->arena);
    add_title(&out, influence);
    buffer_add_string(&out, ": ");
    if (!isnan(influence->at_low) && !isnan(influence->at_high)) {
        buffer_add_string(&out, "holds in ");
        const int decimals = fabs(influence->at_high - influence->at_low) < 0.02; // 26 % → 26 % says nothing
        words_percent(&out, influence->at_low, decimals);
        buffer_add_string(&out, " → ");
        words_percent(&out, influence->at_high, decimals);
        buffer_add_string(&out, "; ");
    }
    add_flip(&out, influence);
    layout_field(page->layout, label, buffer_text(&out));
}

static void write_influences(struct page *page)
{
    enum { MOST = 30 };
    size_t count;
    const size_t *order = ranked(page, &count);
    const size_t shown = count > MOST ? MOST : count;
    buffer_add_char(page->layout->out, '\n');
    for (size_t i = 0; i < shown; i++)
        write_influence(page, &page->of->influences[order[i]], i == 0 ? "claims" : "");
    if (shown == 0)
        layout_field(page->layout, "claims", TEXT("it moves none of them"));
    if (shown < count)
        layout_field(page->layout, "", text_of(arena_printf(page->arena, "and %zu more: --format json lists them all", count - shown)));
    write_counts(page);
    if (shown > 0)
        layout_field(page->layout, "",
                     text_of(arena_printf(page->arena, "→ : in how many of %llu futures it holds, with the input at its p5 and at its p95 (or its bounds)",
                                          (unsigned long long)page->of->futures)));
}

// ---- all ---------------------------------------------------------------------------------------------------------------

void input_page_write(struct layout *layout, const struct report *report, const struct input_page *of)
{
    struct page page = {layout, layout->out->arena, report, of};
    layout_heading(layout, name_of(&page), TEXT("INPUT"), COLOUR_BLUE);
    if (of->input->text.length > 0)
        layout_field(layout, "says", safe(&page, of->input->text));
    write_values(&page);
    write_basis(&page);
    write_declaration(&page);
    write_cites(&page);
    write_readers(&page, false, "read by");
    write_readers(&page, true, has_readers(&page, false) ? "" : "read by");
    if (of->influences)
        write_influences(&page);
    else if (of->instance == SIZE_MAX)
        layout_field(layout, "claims", text_of(arena_printf(page.arena, "name one of them, as in `crux explain '%.*s'`, to see which claims it moves",
                                                            TEXT_ARGS(of->input->instances[0].name))));
    for (size_t i = 0; i < of->quantity_count; i++) {
        const struct data_answer answer = {.question = DATA_HISTORY, .name = of->quantities[i], .vintage = of->vintage, .steps = of->histories[i]};
        const struct report_style style = {.colour = layout->colour};
        buffer_add_char(layout->out, '\n');
        write_data_human(layout->out, &answer, &style);
    }
    buffer_add_char(layout->out, '\n');
}
