// How much of the change each thing makes.
#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/number.h"
#include "dsl/program.h"
#include "report/compared_parts.h"
#include "report/escape.h"
#include "report/evidence.h"
#include "report/words.h"

struct text compared_short(struct arena *arena, struct text text, size_t columns)
{
    if (text_columns(text) <= columns)
        return text;
    size_t length = 0;
    for (size_t seen = 0; length < text.length && seen + 1 < columns; seen++)
        for (length++; length < text.length && ((unsigned char)text.at[length] & 0xC0) == 0x80;)
            length++;
    return text_of(arena_printf(arena, "%.*s…", (int)length, text.at));
}

enum { SHARE_COLUMNS = 4, SHARE_ROWS = 8, NAME_WIDTH = 30, SHARE_WIDTH = 12 };

// "-12.3", "+0.4 ± 0.1": percentage points.
static void add_points(struct buffer *out, double share, double error)
{
    const double points = round(share * 1000) / 10;
    buffer_add_string(out, points > 0 ? "+" : "");
    number_write(out, points == 0 ? 0 : points, 6);
    if (error > 0) {
        buffer_printf(out, "%c±%c", WORDS_JOIN, WORDS_JOIN);
        number_write(out, fmax(ceil(error * 1000) / 10, 0.1), 3);
    }
}

// A share that a reader would see as nothing.
static bool is_nothing(const struct compared_item *item)
{
    return fabs(item->share) < 0.0005;
}

static size_t count_shown(const struct compared_claim *claim)
{
    size_t count = 0;
    while (count < claim->item_count && !is_nothing(&claim->items[count]))
        count++;
    return count > SHARE_ROWS ? SHARE_ROWS - 1 : count;
}

static size_t widest_saying(const struct telling *it, size_t shown, int side)
{
    size_t widest = text_columns(text_of(it->compared->sides[side]));
    for (size_t i = 0; i < shown; i++) {
        struct text words[2];
        compared_words(it->arena, item_of(it->compared, it->claim->items[i].item), words);
        const size_t width = text_columns(words[side]);
        widest = width > widest ? width : widest;
    }
    return widest;
}

// Columns for what each side says, beside the names: what one does not need the other may have.
static void share_out(const struct telling *it, size_t shown, size_t widths[2])
{
    size_t widest = 8;
    for (size_t i = 0; i < shown; i++) {
        const size_t width = text_columns(item_of(it->compared, it->claim->items[i].item)->name);
        widest = width > widest ? width : widest;
    }
    const size_t room = LAYOUT_WIDTH - LAYOUT_TEXT - SHARE_WIDTH - 6 - (widest < NAME_WIDTH ? widest : NAME_WIDTH);
    const size_t a = widest_saying(it, shown, 0), b = widest_saying(it, shown, 1);
    widths[0] = a <= room / 2 ? a : b <= room / 2 ? room - b : room / 2;
    widths[1] = room - widths[0];
}

static void fill_row(const struct telling *it, const struct compared_item *item, const size_t widths[2], struct text *row)
{
    const struct blend_item *what = item_of(it->compared, item->item);
    struct buffer name = buffer_on(it->arena), share = buffer_on(it->arena);
    escape_terminal(&name, what->name);
    add_points(&share, item->share, item->error);
    row[0] = compared_short(it->arena, buffer_text(&name), NAME_WIDTH);
    struct text words[2];
    compared_words(it->arena, what, words);
    for (int side = 0; side < 2; side++)
        row[1 + side] = compared_short(it->arena, words[side], widths[side]);
    row[3] = buffer_text(&share);
}

static size_t add_rest(const struct telling *it, size_t shown, struct text *row)
{
    double share = 0, error = 0;
    size_t count = 0;
    for (size_t i = shown; i < it->claim->item_count; i++) {
        count += !is_nothing(&it->claim->items[i]);
        share += it->claim->items[i].share;
        error = hypot(error, it->claim->items[i].error);
    }
    if (count == 0)
        return 0;
    struct buffer points = buffer_on(it->arena);
    add_points(&points, share, error);
    row[0] = text_of(arena_printf(it->arena, "%zu others", count));
    row[1] = row[2] = TEXT("–");
    row[3] = buffer_text(&points);
    return 1;
}

void compared_shares(const struct telling *it)
{
    const struct compared_claim *claim = it->claim;
    const size_t shown = count_shown(claim);
    size_t widths[2];
    if (isnan(claim->change) || shown == 0)
        return;
    share_out(it, shown, widths);
    struct text *cells = arena_array(it->arena, (shown + 3) * SHARE_COLUMNS, sizeof *cells);
    struct buffer together = buffer_on(it->arena);
    for (int side = 0; side < 2; side++)
        cells[1 + side] = compared_short(it->arena, text_of(it->compared->sides[side]), widths[side]);
    cells[3] = TEXT("points");
    for (size_t i = 0; i < shown; i++)
        fill_row(it, &claim->items[i], widths, &cells[(i + 1) * SHARE_COLUMNS]);
    size_t rows = 1 + shown;
    rows += add_rest(it, shown, &cells[rows * SHARE_COLUMNS]);
    if (rows > 2) {
        add_points(&together, claim->change, claim->change_error);
        struct text *row = &cells[rows++ * SHARE_COLUMNS];
        row[0] = TEXT("together");
        row[1] = row[2] = TEXT("–");
        row[3] = buffer_text(&together);
    }
    layout_table(it->layout, "shares", cells, rows, SHARE_COLUMNS);
}

static bool is_of_crux(const struct compared_claim *claim, size_t item)
{
    for (size_t i = 0; i < claim->set_count; i++)
        for (size_t k = 0; k < claim->sets[i].count; k++)
            if (claim->sets[i].items[k] == item)
                return true;
    for (size_t i = 0; i < claim->whole_count; i++)
        if (claim->whole[i] == item)
            return true;
    return false;
}

// What reaches the claim, is said differently, and moves it by nothing that shows.
void compared_also(const struct telling *it)
{
    enum { MOST = 4 };
    struct buffer out = buffer_on(it->arena);
    size_t count = 0;
    for (size_t i = 0; i < it->claim->item_count; i++) {
        if (!is_nothing(&it->claim->items[i]) || is_of_crux(it->claim, it->claim->items[i].item))
            continue;
        if (count < MOST) {
            buffer_add_string(&out, count > 0 ? ", " : "");
            escape_terminal(&out, item_of(it->compared, it->claim->items[i].item)->name);
        }
        count++;
    }
    if (count > MOST)
        buffer_printf(&out, " and %zu more", count - MOST);
    if (count == 0)
        return;
    buffer_add_string(&out, count == 1 ? " differs as well, and does not matter here" : " differ as well, and do not matter here");
    layout_field(it->layout, "also", buffer_text(&out));
}
void compared_write_shortly(struct layout *layout, const struct compared *compared, const struct compared_claim *claim)
{
    struct buffer out = buffer_on(layout->out->arena);
    compared_title(&out, claim);
    buffer_printf(&out, ", %s:", verdict_words[claim->sides[0].kind]);
    for (int side = 0; side < 2; side++) {
        buffer_add_string(&out, side == 0 ? " " : ", ");
        escape_terminal(&out, text_of(compared->sides[side]));
        buffer_add_char(&out, ' ');
        evidence_probability(&out, &claim->sides[side].probability);
    }
    if (claim->item_count > 0 && !is_nothing(&claim->items[0])) {
        buffer_add_string(&out, "; ");
        escape_terminal(&out, item_of(compared, claim->items[0].item)->name);
        buffer_add_char(&out, ' ');
        add_points(&out, claim->items[0].share, 0);
        buffer_add_string(&out, " points");
    }
    layout_field(layout, "", buffer_text(&out));
}
