// Bytes that grow on an arena.
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stddef.h>

#include "base/text.h"

struct arena;

struct buffer {
    struct arena *arena;
    char *at;      // NUL-terminated once something was added
    size_t length, room;
};

struct buffer buffer_on(struct arena *arena);
void buffer_add(struct buffer *buffer, struct text bytes);
void buffer_add_string(struct buffer *buffer, const char *string);
void buffer_add_char(struct buffer *buffer, char c);
void buffer_repeat(struct buffer *buffer, char c, size_t count);
// Like printf, without floating-point conversions: numbers go through base/number.h, which no locale changes.
void buffer_printf(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct text buffer_text(const struct buffer *buffer);
// What printf would give, on the arena.
const char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
