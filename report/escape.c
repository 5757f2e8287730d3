#include "report/escape.h"

#include "base/buffer.h"
#include "report/words.h"

static void escape_json_char(struct buffer *out, char c)
{
    switch (c) {
    case '"':
        buffer_add_string(out, "\\\"");
        return;
    case '\\':
        buffer_add_string(out, "\\\\");
        return;
    case '\n':
        buffer_add_string(out, "\\n");
        return;
    case '\t':
        buffer_add_string(out, "\\t");
        return;
    case WORDS_JOIN:
        buffer_add_char(out, ' ');
        return;
    default:
        if ((unsigned char)c < 0x20 || c == 0x7f)
            buffer_printf(out, "\\u%04x", (unsigned)(unsigned char)c);
        else
            buffer_add_char(out, c);
    }
}

// U+0080 to U+009F are control characters too: C2 80 to C2 9F.
static bool starts_control(struct text t, size_t i)
{
    const unsigned char c = (unsigned char)t.at[i];
    if (c == 0xc2 && i + 1 < t.length)
        return (unsigned char)t.at[i + 1] < 0xa0;
    return (c < 0x20 && c != WORDS_JOIN) || c == 0x7f;
}

// Control characters beyond ASCII are written as escapes too: a terminal may obey them.
void escape_json(struct buffer *out, struct text t)
{
    buffer_add_char(out, '"');
    for (size_t i = 0; i < t.length; i++) {
        if ((unsigned char)t.at[i] == 0xc2 && starts_control(t, i))
            buffer_printf(out, "\\u%04x", (unsigned)(unsigned char)t.at[++i]);
        else
            escape_json_char(out, t.at[i]);
    }
    buffer_add_char(out, '"');
}

void escape_terminal(struct buffer *out, struct text t)
{
    for (size_t i = 0; i < t.length; i++) {
        if (t.at[i] == '\n' || t.at[i] == '\t' || t.at[i] == '\r') {
            buffer_add_char(out, ' ');
        } else if (starts_control(t, i)) {
            buffer_add_string(out, "\xef\xbf\xbd");
            i += (unsigned char)t.at[i] == 0xc2;
        } else {
            buffer_add_char(out, t.at[i]);
        }
    }
}
