#include "report/escape.h"

#include <string.h>
#include <strings.h>

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

struct text escape_for_terminal(struct arena *arena, struct text t)
{
    struct buffer out = buffer_on(arena);
    escape_terminal(&out, t);
    return out.at ? buffer_text(&out) : TEXT("");
}

// ---- formats for CI --------------------------------------------------------------------------------------------------------------

static size_t length_of(unsigned char first)
{
    return first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
}

// The character at i, to be written as it is; U+FFFD for control characters, bad bytes and U+FFFE and U+FFFF. Line breaks and tabs stay.
static struct text character_at(struct text t, size_t i, size_t *length)
{
    const char c = t.at[i];
    size_t bad;
    *length = length_of((unsigned char)c);
    if (c == WORDS_JOIN)
        return TEXT(" ");
    if (*length > t.length - i || !text_valid_utf8((struct text){t.at + i, *length}, &bad)) {
        *length = 1;
        return TEXT("\xef\xbf\xbd");
    }
    const struct text whole = {t.at + i, *length};
    const bool no_character = *length == 3 && memcmp(whole.at, "\xef\xbf", 2) == 0 && (unsigned char)whole.at[2] >= 0xbe;
    if (c != '\n' && c != '\t' && c != '\r' && (starts_control(t, i) || no_character))
        return TEXT("\xef\xbf\xbd");
    return whole;
}

void escape_xml(struct buffer *out, struct text t)
{
    for (size_t i = 0, length; i < t.length; i += length) {
        const struct text c = character_at(t, i, &length);
        const char *entity = c.length > 1 ? NULL : *c.at == '&' ? "&amp;" : *c.at == '<' ? "&lt;" : *c.at == '>' ? "&gt;" : *c.at == '"' ? "&quot;" : *c.at == '\r' ? "&#13;" : NULL;
        if (entity)
            buffer_add_string(out, entity);
        else
            buffer_add(out, c);
    }
}

void escape_github(struct buffer *out, struct text t, bool property)
{
    for (size_t i = 0, length; i < t.length; i += length) {
        const struct text c = character_at(t, i, &length);
        if (c.length == 1 && strchr(property ? "%\r\n:," : "%\r\n", *c.at))
            buffer_printf(out, "%%%02X", (unsigned)(unsigned char)*c.at);
        else
            buffer_add(out, c);
    }
}

// A character of no width behind these keeps GitHub from seeing a mention, a reference or a link.
static const char no_width[] = "\xe2\x80\x8b";

static void add_markdown(struct buffer *out, struct text c)
{
    if (c.length > 1)
        buffer_add(out, c);
    else if (strchr("\n\r\t", *c.at))
        buffer_add_char(out, ' ');
    else if (*c.at == '<' || *c.at == '>' || *c.at == '&')
        buffer_add_string(out, *c.at == '<' ? "&lt;" : *c.at == '>' ? "&gt;" : "&amp;");
    else if (strchr("\\`*_{}[]|~#!$", *c.at))
        buffer_printf(out, "\\%c", *c.at);
    else
        buffer_add(out, c);
}

void escape_markdown(struct buffer *out, struct text t)
{
    for (size_t i = 0, length; i < t.length; i += length) {
        const struct text c = character_at(t, i, &length), rest = {t.at + i, t.length - i};
        const bool www = rest.length > 4 && strncasecmp(rest.at, "www.", 4) == 0;
        add_markdown(out, c);
        if ((c.length == 1 && strchr("@#", *c.at)) || www || (rest.length > 2 && memcmp(rest.at, "://", 3) == 0))
            buffer_add_string(out, no_width);
    }
}

void escape_uri(struct buffer *out, struct text path)
{
    const char *kept = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    if (path.length > 0 && path.at[0] == '/')
        buffer_add_string(out, "file://");
    while (path.length > 2 && memcmp(path.at, "./", 2) == 0)
        path = (struct text){path.at + 2, path.length - 2};
    for (size_t i = 0; i < path.length; i++)
        if (path.at[i] != '\0' && strchr(kept, path.at[i]))
            buffer_add_char(out, path.at[i]);
        else
            buffer_printf(out, "%%%02X", (unsigned)(unsigned char)path.at[i]);
}
