#include "dsl/diag_print.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "dsl/diag.h"

enum {
    GUTTER = 6,      // columns for the line number
    TEXT_WIDTH = 72, // columns of a line that are shown
    TAB = 4,
};

// ---- characters --------------------------------------------------------------------------------------------------------

struct glyph {
    struct text bytes; // as shown
    size_t length;     // bytes in the source
    size_t columns;
};

static size_t length_of(unsigned char first)
{
    return first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
}

// Control characters, and those that turn the direction of writing around.
static bool disturbs(struct text bytes)
{
    unsigned char a = (unsigned char)bytes.at[0];
    if (bytes.length == 1)
        return a < 0x20 || a == 0x7F;
    unsigned char b = (unsigned char)bytes.at[1];
    if (bytes.length == 2)
        return a == 0xC2 && b < 0xA0;
    unsigned char c = (unsigned char)bytes.at[2];
    if (bytes.length != 3 || a != 0xE2)
        return false;
    return (b == 0x80 && c >= 0xAA && c <= 0xAE) || (b == 0x81 && c >= 0xA6 && c <= 0xA9);
}

static struct glyph next_glyph(struct text text, size_t at)
{
    static const struct text replacement = {"\xEF\xBF\xBD", 3}, blanks = {"    ", TAB};
    if (text.at[at] == '\t')
        return (struct glyph){blanks, 1, TAB};
    size_t length = length_of((unsigned char)text.at[at]), bad;
    if (length > text.length - at)
        return (struct glyph){replacement, 1, 1};
    struct text bytes = {text.at + at, length};
    if (!text_valid_utf8(bytes, &bad))
        return (struct glyph){replacement, 1, 1};
    return (struct glyph){disturbs(bytes) ? replacement : bytes, length, 1};
}

static void add_safe(struct buffer *out, struct text text)
{
    for (size_t at = 0; at < text.length;) {
        struct glyph glyph = next_glyph(text, at);
        buffer_add(out, glyph.bytes);
        at += glyph.length;
    }
}

// ---- colour ------------------------------------------------------------------------------------------------------------

struct paint {
    const char *strong, *error, *warning, *note, *other, *plain;
};

static struct paint paint_for(bool colour)
{
    static const struct paint none = {"", "", "", "", "", ""};
    static const struct paint bright = {"\033[1m", "\033[1;31m", "\033[1;33m", "\033[1;36m", "\033[1;34m", "\033[0m"};
    return colour ? bright : none;
}

static const char *severity_word(enum severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return "error";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_NOTE:
        return "note";
    }
    return "";
}

static const char *severity_paint(const struct paint *paint, enum severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return paint->error;
    case SEVERITY_WARNING:
        return paint->warning;
    case SEVERITY_NOTE:
        return paint->note;
    }
    return "";
}

// ---- a line and the marks under it -------------------------------------------------------------------------------------

// Columns of a line, from 0.
struct columns {
    size_t mark, mark_end, total;
};

static struct columns measure(struct text line, size_t start, size_t end)
{
    struct columns columns = {0};
    size_t column = 0, at = 0;
    while (at < line.length) {
        if (at <= start)
            columns.mark = column;
        if (at < end)
            columns.mark_end = column + 1;
        struct glyph glyph = next_glyph(line, at);
        at += glyph.length;
        column += glyph.columns;
    }
    if (start >= line.length)
        columns.mark = column;
    if (columns.mark_end <= columns.mark)
        columns.mark_end = columns.mark + 1;
    columns.total = column;
    return columns;
}

struct window {
    size_t from, to; // columns shown
    bool cut_left, cut_right;
};

static struct window window_around(struct columns columns)
{
    if (columns.total <= TEXT_WIDTH)
        return (struct window){0, columns.total, false, false};
    size_t from = columns.mark > TEXT_WIDTH / 3 ? columns.mark - TEXT_WIDTH / 3 : 0;
    if (from > 0 && columns.total - from < TEXT_WIDTH)
        from = columns.total - TEXT_WIDTH;
    size_t to = from + TEXT_WIDTH;
    return (struct window){from, to, from > 0, to < columns.total};
}

static const char ellipsis[] = "\xE2\x80\xA6";

static void add_window(struct buffer *out, struct text line, struct window window)
{
    if (window.cut_left)
        buffer_add_string(out, ellipsis);
    size_t first = window.from + window.cut_left, last = window.to - window.cut_right, column = 0;
    for (size_t at = 0; at < line.length && column < last;) {
        struct glyph glyph = next_glyph(line, at);
        for (size_t i = 0; glyph.columns > 1 && i < glyph.columns; i++)
            if (column + i >= first && column + i < last)
                buffer_add_char(out, ' ');
        if (glyph.columns == 1 && column >= first)
            buffer_add(out, glyph.bytes);
        at += glyph.length;
        column += glyph.columns;
    }
    if (window.cut_right)
        buffer_add_string(out, ellipsis);
}

static void trim_end(struct buffer *out)
{
    while (out->length > 0 && out->at[out->length - 1] == ' ')
        out->length--;
    buffer_add_char(out, '\n');
}

static void add_marks(struct buffer *out, struct columns columns, struct window window, char mark)
{
    buffer_repeat(out, ' ', columns.mark - window.from);
    size_t room = window.from + TEXT_WIDTH > columns.mark ? window.from + TEXT_WIDTH - columns.mark : 1;
    size_t width = columns.mark_end - columns.mark;
    buffer_repeat(out, mark, width < room ? width : room);
}

struct mark {
    char sign;
    const char *colour, *plain;
};

// `shown`: the line stands there already; it is repeated only where another part of it matters.
static void add_line(struct buffer *out, const struct diags *diags, const struct label *label, struct mark mark, bool shown)
{
    uint32_t line_start;
    struct text line = sources_line(diags->sources, label->span.start, &line_start);
    struct place place = sources_place(diags->sources, label->span.start);
    size_t start = label->span.start - line_start, end = label->span.end - line_start;
    while (line.length > 0 && line.at[line.length - 1] == '\r')
        line.length--;
    struct columns columns = measure(line, start, end < line.length ? end : line.length);
    struct window window = window_around(columns);
    if (!shown || columns.total > TEXT_WIDTH) {
        buffer_printf(out, "%*u | ", GUTTER, place.line);
        add_window(out, line, window);
        trim_end(out);
    }
    buffer_printf(out, "%*s | %s", GUTTER, "", mark.colour);
    add_marks(out, columns, window, mark.sign);
    if (label->text != NULL) {
        buffer_add_char(out, ' ');
        add_safe(out, text_of(label->text));
    }
    buffer_add_string(out, mark.plain);
    trim_end(out);
}

// ---- the whole message -------------------------------------------------------------------------------------------------

static void add_place(struct buffer *out, struct place place)
{
    add_safe(out, place.source->path);
    buffer_printf(out, ":%u:%u:", place.line, place.column);
}

static void add_labels(struct buffer *out, const struct diags *diags, const struct diag *diag, const struct paint *paint)
{
    const char *colour = severity_paint(paint, diag->severity);
    struct place first = sources_place(diags->sources, diag->labels[0].span.start), last = {0};
    for (size_t i = 0; i < diag->label_count; i++) {
        struct place place = sources_place(diags->sources, diag->labels[i].span.start);
        if (place.source == NULL)
            continue;
        if (place.source != first.source) {
            buffer_printf(out, "%*s ", GUTTER, "-->");
            add_place(out, place);
            buffer_add_char(out, '\n');
        }
        struct mark mark = {i == 0 ? '^' : '~', i == 0 ? colour : paint->other, paint->plain};
        add_line(out, diags, &diag->labels[i], mark, place.source == last.source && place.line == last.line);
        last = place;
    }
}

void diag_print(struct buffer *out, const struct diags *diags, const struct diag *diag, bool colour)
{
    struct paint paint = paint_for(colour);
    const struct diag_kind *kind = &diag_kinds[diag->code];
    struct place place = sources_place(diags->sources, diag->labels[0].span.start);
    if (place.source != NULL) {
        add_place(out, place);
        buffer_add_char(out, ' ');
    }
    buffer_printf(out, "%s%s[%s]:%s %s", severity_paint(&paint, diag->severity), severity_word(diag->severity), kind->code, paint.plain,
                  paint.strong);
    add_safe(out, text_of(diag->message));
    buffer_printf(out, "%s\n", paint.plain);
    add_labels(out, diags, diag, &paint);
    if (diag->help == NULL)
        return;
    buffer_printf(out, "%*s = %shelp:%s ", GUTTER, "", paint.note, paint.plain);
    add_safe(out, text_of(diag->help));
    buffer_add_char(out, '\n');
}

void diags_print(struct buffer *out, const struct diags *diags, bool colour)
{
    size_t count;
    const struct diag **sorted = diags_sorted(diags, out->arena, &count);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buffer_add_char(out, '\n');
        diag_print(out, diags, sorted[i], colour);
    }
    if (diags->count > count)
        buffer_printf(out, "\nand %zu more like these\n", diags->count - count);
}
