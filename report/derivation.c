#include "report/derivation.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/map.h"
#include "base/vector.h"
#include "dsl/program.h"
#include "judge/derivation.h"
#include "judge/verdict.h"
#include "report/derived_words.h"
#include "report/escape.h"
#include "report/full_cruxes.h"
#include "report/words.h"

// A line of the tree, or a remark under one.
struct row {
    const struct derived *derived; // NULL: a remark
    struct text guide, hanging;    // what stands before its first line and before the others
    struct text words;
    struct text cells[DERIVED_COLUMNS];
};

struct writing {
    struct layout *layout;
    struct arena *arena;
    struct derived_words words;
    size_t columns;
    size_t widths[DERIVED_COLUMNS];
    struct map printed; // by the address of what was opened
    VECTOR(struct row) rows;
};

// ---- rows --------------------------------------------------------------------------------------------------------------

static struct text joined(struct arena *arena, struct text a, const char *b)
{
    return text_of(arena_printf(arena, "%.*s%s", TEXT_ARGS(a), b));
}

static void add_remark(struct writing *tree, struct text guide, struct text words)
{
    if (words.length > 0)
        vector_push(tree->arena, &tree->rows, ((struct row){.guide = guide, .hanging = guide, .words = words}));
}

static void fill_cells(struct writing *tree, struct row *row)
{
    for (size_t f = 0; f < tree->columns; f++) {
        struct buffer cell = buffer_on(tree->arena);
        if (f > 0 && derived_same_value(row->derived))
            buffer_add_string(&cell, "same");
        else
            derived_value(&tree->words, &cell, row->derived, f);
        row->cells[f] = f > 0 && !derived_same_value(row->derived) ? text_of(arena_printf(tree->arena, "≠ %.*s", TEXT_ARGS(buffer_text(&cell))))
                                                                   : buffer_text(&cell);
        const size_t width = text_columns(row->cells[f]);
        tree->widths[f] = width > tree->widths[f] ? width : tree->widths[f];
    }
}

static bool was_printed(const struct writing *tree, const struct derived *derived)
{
    return map_get(&tree->printed, (struct text){(const char *)&derived, sizeof derived}) != NULL;
}

static void note_printed(struct writing *tree, const struct derived *derived)
{
    const struct derived **key = arena_alloc(tree->arena, sizeof(const struct derived *));
    *key = derived;
    map_put(&tree->printed, (struct text){(const char *)key, sizeof *key}, tree);
}

static void add_rows(struct writing *tree, const struct derived *derived, struct text guide, bool last);

// What was met above and is read here again, in one line.
static struct text known_again(struct writing *tree, const struct derived *derived)
{
    struct buffer out = buffer_on(tree->arena);
    for (size_t i = 0; i < derived->child_count; i++) {
        const struct derived *child = derived->children[i];
        if (!derived_is_known(child) || !was_printed(tree, child->same))
            continue;
        buffer_add_string(&out, out.length > 0 ? ", " : "with ");
        derived_known(&tree->words, &out, child);
    }
    if (out.length > 0)
        buffer_add_string(&out, " (above)");
    return buffer_text(&out);
}

static void add_leaf(struct writing *tree, struct text under, bool last, struct text words)
{
    const struct row row = {.guide = joined(tree->arena, under, last ? "└ " : "├ "), .hanging = joined(tree->arena, under, last ? "  " : "│ "), .words = words};
    vector_push(tree->arena, &tree->rows, row);
}

static void add_children(struct writing *tree, const struct derived *derived, struct text under)
{
    const struct text known = known_again(tree, derived);
    size_t left = derived->rest_count > 0;
    const struct derived **shown = arena_array(tree->arena, derived->child_count, sizeof(const struct derived *));
    size_t count = 0;
    for (size_t i = 0; i < derived->child_count; i++)
        if (!derived_is_known(derived->children[i]) || !was_printed(tree, derived->children[i]->same))
            shown[count++] = derived->children[i];
    left += count;
    if (known.length > 0)
        add_leaf(tree, under, left == 0, known);
    for (size_t i = 0; i < count; i++)
        add_rows(tree, shown[i], under, --left == 0);
    if (derived->rest_count == 0)
        return;
    struct buffer out = buffer_on(tree->arena);
    derived_rest(&tree->words, &out, derived);
    add_leaf(tree, under, true, buffer_text(&out));
}

static void add_rows(struct writing *tree, const struct derived *derived, struct text guide, bool last)
{
    struct row row = {.derived = derived};
    const bool top = derived->parent == NULL;
    row.guide = top ? guide : joined(tree->arena, guide, last ? "└ " : "├ ");
    const struct text under = top ? guide : joined(tree->arena, guide, last ? "  " : "│ ");
    row.hanging = joined(tree->arena, under, derived->child_count > 0 ? "│   " : "    ");
    struct buffer label = buffer_on(tree->arena);
    derived_label(&tree->words, &label, derived);
    if (derived->same)
        derived_elsewhere(&tree->words, &label, derived, was_printed(tree, derived->same));
    row.words = buffer_text(&label);
    fill_cells(tree, &row);
    vector_push(tree->arena, &tree->rows, row);
    note_printed(tree, derived);
    const struct text remark_guide = joined(tree->arena, under, derived->child_count > 0 ? "│ " : "  ");
    const struct derived_remarks remarks = derived_remarks(&tree->words, derived);
    for (size_t i = 0; i < remarks.count; i++)
        add_remark(tree, remark_guide, remarks.at[i]);
    add_children(tree, derived, under);
}

// ---- writing -----------------------------------------------------------------------------------------------------------

enum { ROOM_LEAST = 24 };

// The words that fit into `room` columns, taken off the front. A word that is too long is broken.
static struct text take_line(struct text *rest, size_t room)
{
    size_t used = 0, end = 0, at = 0;
    while (rest->length > 0 && rest->at[0] == ' ') {
        rest->at++;
        rest->length--;
    }
    while (at < rest->length) {
        const size_t start = at;
        do
            at++;
        while (at < rest->length && ((unsigned char)rest->at[at] & 0xC0) == 0x80);
        used += text_columns((struct text){rest->at + start, at - start});
        if (used > room) {
            at = start;
            break;
        }
        if (at == rest->length || rest->at[at] == ' ')
            end = at;
    }
    if (end == 0)
        end = at > 0 ? at : 1;
    const struct text line = {rest->at, end};
    rest->at += end;
    rest->length -= end;
    return line;
}

static enum colour cell_colour(const struct row *row, size_t f)
{
    const struct derived *derived = row->derived;
    if (f > 0 && derived_same_value(derived))
        return COLOUR_DIM;
    if (derived->type.kind != KIND_TRUTH || isnan(derived->values[f]))
        return COLOUR_NONE;
    return derived->values[f] != 0 ? COLOUR_GREEN : COLOUR_RED;
}

static void write_cells(struct writing *tree, const struct row *row, size_t column)
{
    size_t at = column;
    size_t right = LAYOUT_WIDTH;
    for (size_t f = 0; f < tree->columns; f++)
        right -= tree->widths[f] + (f > 0 ? 2 : 0);
    for (size_t f = 0; f < tree->columns; f++) {
        const size_t width = text_columns(row->cells[f]), start = right + tree->widths[f] - width;
        buffer_repeat(tree->layout->out, ' ', start > at ? start - at : 1);
        layout_colour(tree->layout, cell_colour(row, f), row->cells[f]);
        at = start + width;
        right += tree->widths[f] + 2;
    }
}

// Far down only the innermost levels are drawn.
static struct text narrow(struct writing *tree, struct text guide)
{
    enum { GUIDE_COLUMNS = 40 };
    const size_t columns = text_columns(guide);
    if (columns <= GUIDE_COLUMNS)
        return guide;
    size_t at = 0;
    for (size_t dropped = 0; dropped < columns - GUIDE_COLUMNS + 2; dropped++)
        do
            at++;
        while (at < guide.length && ((unsigned char)guide.at[at] & 0xC0) == 0x80);
    return text_of(arena_printf(tree->arena, "… %.*s", (int)(guide.length - at), guide.at + at));
}

static void write_row(struct writing *tree, const struct row *row)
{
    size_t values = 0;
    for (size_t f = 0; f < tree->columns && row->derived; f++)
        values += tree->widths[f] + 2;
    struct text rest = row->words;
    for (bool first = true; first || rest.length > 0; first = false) {
        const struct text guide = narrow(tree, first ? row->guide : row->hanging);
        const size_t used = text_columns(guide) + 2;
        const size_t room = LAYOUT_WIDTH > used + values + ROOM_LEAST ? LAYOUT_WIDTH - used - values : ROOM_LEAST;
        const struct text line = take_line(&rest, room);
        buffer_add_string(tree->layout->out, "  ");
        layout_colour(tree->layout, COLOUR_DIM, guide);
        layout_colour(tree->layout, row->derived ? COLOUR_NONE : COLOUR_DIM, line);
        if (first && row->derived)
            write_cells(tree, row, used + text_columns(line));
        buffer_add_char(tree->layout->out, '\n');
    }
}

static void write_heading(struct writing *tree)
{
    static const char *const names[] = {"central", "counterexample"};
    if (tree->columns > 1 && tree->widths[1] < strlen(names[1]))
        tree->widths[1] = strlen(names[1]);
    if (tree->widths[0] < strlen(names[0]))
        tree->widths[0] = strlen(names[0]);
    size_t room = LAYOUT_WIDTH;
    struct buffer line = buffer_on(tree->arena);
    for (size_t f = 0; f < tree->columns; f++) {
        buffer_repeat(&line, ' ', tree->widths[f] - strlen(names[f]) + (f > 0 ? 2 : 0));
        buffer_add_string(&line, names[f]);
    }
    room -= text_columns(buffer_text(&line));
    layout_colour(tree->layout, COLOUR_BOLD, TEXT("derivation"));
    buffer_repeat(tree->layout->out, ' ', room > 10 ? room - 10 : 1);
    layout_colour(tree->layout, COLOUR_DIM, buffer_text(&line));
    buffer_add_char(tree->layout->out, '\n');
}

static void write_cut(struct writing *tree, const struct derivation *derivation)
{
    if (derivation->cut_count == 0)
        return;
    struct buffer out = buffer_on(tree->arena);
    buffer_printf(&out, "%zu name%s behind … %s not opened: --depth %zu opens more, `crux explain NAME` one of them", derivation->cut_count,
                  derivation->cut_count == 1 ? "" : "s", derivation->cut_count == 1 ? "is" : "are", derivation->depth + 2);
    buffer_add_char(tree->layout->out, '\n');
    layout_paragraph(tree->layout, buffer_text(&out));
}

static void write_sources(struct writing *tree, const struct derivation *derivation)
{
    enum { MOST = 12 };
    const size_t shown = derivation->source_count > MOST + 1 ? MOST : derivation->source_count;
    if (shown > 0)
        buffer_add_char(tree->layout->out, '\n');
    for (size_t i = 0; i < shown; i++) {
        struct buffer out = buffer_on(tree->arena);
        derived_source(&out, derivation->sources[i]);
        layout_field(tree->layout, i == 0 ? "sources" : "", buffer_text(&out));
    }
    if (shown < derivation->source_count)
        layout_field(tree->layout, "", text_of(arena_printf(tree->arena, "and %zu more: --format json lists them all", derivation->source_count - shown)));
}

void derivation_write(struct layout *layout, const struct report *report, const struct program *program, const struct derivation *derivation)
{
    struct arena *arena = layout->out->arena;
    struct writing tree = {.layout = layout, .arena = arena, .words = {arena, report->sources, program}, .columns = derivation->columns};
    tree.printed = map_on(arena);
    for (size_t i = 0; i < derivation->part_count; i++)
        add_rows(&tree, derivation->parts[i], TEXT(""), true);
    write_heading(&tree);
    for (size_t i = 0; i < tree.rows.count; i++)
        write_row(&tree, &tree.rows.at[i]);
    write_cut(&tree, derivation);
    write_sources(&tree, derivation);
    buffer_add_char(layout->out, '\n');
}

void derivation_of(struct layout *layout, const struct report *report, const struct report_entry *entry)
{
    const char *none = NULL;
    if (entry->derivation) {
        derivation_write(layout, report, entry->results->program, entry->derivation);
        full_cruxes_write(layout, entry);
    }
    if (entry->verdict->kind == VERDICT_RECORDED)
        none = "It states no formula: it is recorded and never scored, and there is nothing to derive.";
    else if (entry->verdict->kind == VERDICT_BLOCKED)
        none = "Nothing can be derived while what it needs is not there.";
    if (!none)
        return;
    layout_paragraph(layout, text_of(none));
    buffer_add_char(layout->out, '\n');
}
