// Text for a terminal of 80 columns: labelled paragraphs, wrapped, and colours that only repeat what the words say.
#ifndef REPORT_LAYOUT_H
#define REPORT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct buffer;

enum { LAYOUT_WIDTH = 80, LAYOUT_TEXT = 10 }; // columns; where the text behind a label starts

enum colour { COLOUR_NONE, COLOUR_BOLD, COLOUR_DIM, COLOUR_RED, COLOUR_GREEN, COLOUR_YELLOW, COLOUR_BLUE };

struct layout {
    struct buffer *out;
    bool colour;
};

// The text in that colour.
void layout_colour(struct layout *layout, enum colour colour, struct text text);
// `left` at the start and `right` at the end of a line.
void layout_heading(struct layout *layout, struct text left, struct text right, enum colour colour);
// "  label   text text text", the following lines under the text. An empty label continues the paragraph above.
void layout_field(struct layout *layout, const char *label, struct text text);

// Wrapped text from the first column.
void layout_paragraph(struct layout *layout, struct text text);

// A name, and text that starts at column `indent` and stays there; on the next line when the name is longer.
void layout_entry(struct layout *layout, struct text name, size_t indent, struct text text);

// A table under one label: cells are given row by row; columns are as wide as their widest cell.
void layout_table(struct layout *layout, const char *label, const struct text *cells, size_t rows, size_t columns);

#endif
