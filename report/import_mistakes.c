// The mistakes of an import, for people: where, what, and what to write instead.
#include "base/buffer.h"
#include "report/data.h"
#include "report/escape.h"
#include "report/layout.h"
#include "report/words.h"

static void write_mistake(struct buffer *out, const struct import_mistake *mistake, bool colour)
{
    struct layout layout = {.out = out, .colour = colour};
    escape_terminal(out, mistake->path);
    if (mistake->line > 0)
        buffer_printf(out, ":%zu", mistake->line);
    buffer_add_string(out, ": ");
    layout_colour(&layout, COLOUR_RED, TEXT("error"));
    buffer_add_string(out, ": ");
    if (mistake->column > 0) {
        buffer_printf(out, "column %zu", mistake->column);
        buffer_add_string(out, mistake->name.length > 0 ? " (" : "");
        escape_terminal(out, mistake->name);
        buffer_add_string(out, mistake->name.length > 0 ? "): " : ": ");
    }
    escape_terminal(out, text_of(mistake->reason));
    buffer_add_char(out, '\n');
    if (!mistake->help)
        return;
    buffer_add_string(out, "       = help: ");
    escape_terminal(out, text_of(mistake->help));
    buffer_add_char(out, '\n');
}

void write_import_mistakes(struct buffer *out, const struct import_result *result, bool colour)
{
    for (size_t i = 0; i < result->mistakes_kept; i++)
        write_mistake(out, &result->mistakes[i], colour);
    if (result->mistake_count == result->mistakes_kept)
        return;
    buffer_add_string(out, "and ");
    words_count(out, result->mistake_count - result->mistakes_kept);
    buffer_add_string(out, " more\n");
}
