#include "report/layout.h"

#include <assert.h>

#include "base/buffer.h"
#include "report/words.h"

static const char *const colour_codes[] = {
    [COLOUR_NONE] = "",        [COLOUR_BOLD] = "\033[1m",    [COLOUR_DIM] = "\033[2m",      [COLOUR_RED] = "\033[1;31m",
    [COLOUR_GREEN] = "\033[32m", [COLOUR_YELLOW] = "\033[33m", [COLOUR_BLUE] = "\033[36m",
};

// The blanks that must not end a line become blanks like others.
static void add_plain(struct buffer *out, struct text text)
{
    for (size_t i = 0; i < text.length; i++)
        buffer_add_char(out, text.at[i] == WORDS_JOIN ? ' ' : text.at[i]);
}

void layout_colour(struct layout *layout, enum colour colour, struct text text)
{
    const bool coloured = layout->colour && colour != COLOUR_NONE;
    if (coloured)
        buffer_add_string(layout->out, colour_codes[colour]);
    add_plain(layout->out, text);
    if (coloured)
        buffer_add_string(layout->out, "\033[0m");
}

void layout_heading(struct layout *layout, struct text left, struct text right, enum colour colour)
{
    const size_t used = text_columns(left) + text_columns(right);
    layout_colour(layout, COLOUR_BOLD, left);
    buffer_repeat(layout->out, ' ', used + 2 < LAYOUT_WIDTH ? LAYOUT_WIDTH - used : 2);
    layout_colour(layout, colour, right);
    buffer_add_char(layout->out, '\n');
}

// The column at which the text starts.
static size_t add_label(struct layout *layout, const char *label)
{
    size_t column = 2 + text_columns(text_of(label));
    buffer_add_string(layout->out, "  ");
    layout_colour(layout, COLOUR_DIM, text_of(label));
    const size_t gap = column + 2 > LAYOUT_TEXT ? 2 : LAYOUT_TEXT - column;
    buffer_repeat(layout->out, ' ', gap);
    return column + gap;
}

static struct text next_word(struct text *rest)
{
    while (rest->length > 0 && rest->at[0] == ' ') {
        rest->at++;
        rest->length--;
    }
    size_t length = 0;
    while (length < rest->length && rest->at[length] != ' ')
        length++;
    const struct text word = {rest->at, length};
    rest->at += length;
    rest->length -= length;
    return word;
}

static void wrap(struct layout *layout, struct text text, size_t column, size_t indent)
{
    bool line_start = true;
    for (struct text word = next_word(&text); word.length > 0; word = next_word(&text)) {
        const size_t width = text_columns(word);
        if (!line_start && column + 1 + width > LAYOUT_WIDTH) {
            buffer_add_char(layout->out, '\n');
            buffer_repeat(layout->out, ' ', indent);
            column = indent;
            line_start = true;
        }
        if (!line_start) {
            buffer_add_char(layout->out, ' ');
            column++;
        }
        add_plain(layout->out, word);
        column += width;
        line_start = false;
    }
    buffer_add_char(layout->out, '\n');
}

void layout_field(struct layout *layout, const char *label, struct text text)
{
    wrap(layout, text, add_label(layout, label), LAYOUT_TEXT);
}

void layout_paragraph(struct layout *layout, struct text text)
{
    wrap(layout, text, 0, 0);
}

void layout_entry(struct layout *layout, struct text name, size_t indent, struct text text)
{
    const size_t width = text_columns(name);
    layout_colour(layout, COLOUR_BOLD, name);
    if (text.length == 0) {
        buffer_add_char(layout->out, '\n');
        return;
    }
    if (width >= indent)
        buffer_add_char(layout->out, '\n');
    buffer_repeat(layout->out, ' ', width < indent ? indent - width : indent);
    wrap(layout, text, indent, indent);
}

static size_t column_width(const struct text *cells, size_t rows, size_t columns, size_t column)
{
    size_t widest = 0;
    for (size_t row = 0; row < rows; row++) {
        const size_t width = text_columns(cells[row * columns + column]);
        // A cell followed by empty ones may run on.
        const bool runs_on = column + 1 < columns && cells[row * columns + column + 1].length == 0;
        if (width > widest && !runs_on)
            widest = width;
    }
    return widest;
}

static void write_row(struct layout *layout, const struct text *row, const size_t *widths, size_t columns)
{
    size_t at = LAYOUT_TEXT, owed = 0; // blanks before the next cell that has something
    for (size_t column = 0; column < columns; column++) {
        const size_t width = text_columns(row[column]), room = widths[column] + 2;
        if (row[column].length > 0 && column > 1 && at + owed + width > LAYOUT_WIDTH) {
            // It does not fit: on a line of its own, under the second column.
            buffer_add_char(layout->out, '\n');
            at = 0;
            owed = LAYOUT_TEXT + widths[0] + 2;
        }
        if (row[column].length > 0) {
            buffer_repeat(layout->out, ' ', owed);
            add_plain(layout->out, row[column]);
            at += owed + width;
            owed = 0;
        }
        owed += width < room ? room - width : 2;
    }
    buffer_add_char(layout->out, '\n');
}

void layout_table(struct layout *layout, const char *label, const struct text *cells, size_t rows, size_t columns)
{
    enum { MOST_COLUMNS = 8 };
    size_t widths[MOST_COLUMNS];
    assert(columns <= MOST_COLUMNS);
    for (size_t column = 0; column < columns; column++)
        widths[column] = column_width(cells, rows, columns, column);
    for (size_t row = 0; row < rows; row++) {
        add_label(layout, row == 0 ? label : "");
        write_row(layout, &cells[row * columns], widths, columns);
    }
}
