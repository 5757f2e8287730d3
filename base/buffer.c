#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

enum { SMALLEST_ROOM = 64 };

struct buffer buffer_on(struct arena *arena)
{
    return (struct buffer){.arena = arena};
}

// Room for `count` bytes and the NUL behind them; where they go.
static char *make_room(struct buffer *buffer, size_t count)
{
    size_t needed = buffer->length + count + 1;
    if (needed > buffer->room) {
        size_t room = needed < SMALLEST_ROOM / 2 ? SMALLEST_ROOM : needed * 2;
        buffer->at = arena_grow(buffer->arena, buffer->at, buffer->room, room);
        buffer->room = room;
    }
    return buffer->at + buffer->length;
}

void buffer_add(struct buffer *buffer, struct text bytes)
{
    char *to = make_room(buffer, bytes.length);
    if (bytes.length > 0)
        memcpy(to, bytes.at, bytes.length);
    to[bytes.length] = '\0';
    buffer->length += bytes.length;
}

void buffer_add_string(struct buffer *buffer, const char *string)
{
    buffer_add(buffer, text_of(string));
}

void buffer_add_char(struct buffer *buffer, char c)
{
    buffer_add(buffer, (struct text){&c, 1});
}

void buffer_repeat(struct buffer *buffer, char c, size_t count)
{
    char *to = make_room(buffer, count);
    memset(to, c, count);
    to[count] = '\0';
    buffer->length += count;
}

__attribute__((format(printf, 2, 0))) static void add_formatted(struct buffer *buffer, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    if (length >= 0) {
        char *to = make_room(buffer, (size_t)length);
        vsnprintf(to, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add_formatted(buffer, format, args);
    va_end(args);
}

struct text buffer_text(const struct buffer *buffer)
{
    return buffer->at == NULL ? TEXT("") : (struct text){buffer->at, buffer->length};
}

const char *arena_printf(struct arena *arena, const char *format, ...)
{
    struct buffer buffer = buffer_on(arena);
    va_list args;
    va_start(args, format);
    add_formatted(&buffer, format, args);
    va_end(args);
    return buffer_text(&buffer).at;
}
