// The texts of a run and places in them.
//
// All files of a run share one space of offsets: a span needs no file, and the file, line and column of an offset are found
// only when something is printed. Offset 0 belongs to no file, so a zeroed span means "no place".
#ifndef DSL_SOURCE_H
#define DSL_SOURCE_H

#include <stdint.h>

#include "base/text.h"

struct arena;

struct span {
    uint32_t start, end; // half open
};

struct source {
    struct text path;     // as the user gave it, or "forecast:ai2027/production.crux" for a shipped file
    struct text bytes;
    uint32_t base;        // offset of the first byte
    uint32_t *lines;      // offsets of line starts, made when first asked for
    uint32_t line_count;
};

struct sources {
    struct arena *arena;
    struct source **at;
    size_t count, room;
};

struct place {
    const struct source *source; // NULL for no place
    uint32_t line, column;       // from 1; columns in code points
};

struct sources *sources_new(struct arena *arena);
// The bytes must stay. NULL when the offset space (4 GB) is full.
struct source *sources_add(struct sources *sources, struct text path, struct text bytes);
// The source that holds the offset; its end of file counts as its own. NULL for no place.
struct source *sources_find(const struct sources *sources, uint32_t offset);
struct place sources_place(const struct sources *sources, uint32_t offset);
struct text sources_line(const struct sources *sources, uint32_t offset, uint32_t *line_start); // without its end of line
// Ends with the source where the span starts.
struct text sources_text(const struct sources *sources, struct span span);
struct span span_join(struct span a, struct span b); // an empty span joins as nothing

#endif
