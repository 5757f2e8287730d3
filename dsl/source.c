#include "dsl/source.h"

#include <string.h>

#include "base/arena.h"
#include "base/vector.h"

struct sources *sources_new(struct arena *arena)
{
    struct sources *sources = arena_alloc(arena, sizeof *sources);
    sources->arena = arena;
    return sources;
}

// The offset behind the last source is its end of file; the next source starts one further.
static uint32_t next_base(const struct sources *sources)
{
    if (sources->count == 0)
        return 1;
    const struct source *last = sources->at[sources->count - 1];
    return last->base + (uint32_t)last->bytes.length + 1;
}

struct source *sources_add(struct sources *sources, struct text path, struct text bytes)
{
    uint32_t base = next_base(sources);
    if (bytes.length >= UINT32_MAX - base)
        return NULL;
    struct source *source = arena_alloc(sources->arena, sizeof *source);
    *source = (struct source){.path = path, .bytes = bytes, .base = base};
    vector_push(sources->arena, sources, source);
    return source;
}

struct source *sources_find(const struct sources *sources, uint32_t offset)
{
    size_t low = 0, high = sources->count; // the last source that starts at or before offset lies below high
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sources->at[middle]->base <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return NULL;
    struct source *source = sources->at[low - 1];
    return offset - source->base <= source->bytes.length ? source : NULL;
}

static uint32_t count_lines(struct text bytes)
{
    uint32_t count = 1;
    for (size_t i = 0; i < bytes.length; i++)
        count += bytes.at[i] == '\n';
    return count;
}

static void make_lines(struct arena *arena, struct source *source)
{
    if (source->lines != NULL)
        return;
    uint32_t count = count_lines(source->bytes);
    uint32_t *lines = arena_array(arena, count, sizeof *lines);
    uint32_t line = 0;
    lines[line++] = source->base;
    for (size_t i = 0; i < source->bytes.length; i++)
        if (source->bytes.at[i] == '\n')
            lines[line++] = source->base + (uint32_t)i + 1;
    source->line_count = count;
    source->lines = lines;
}

// Index of the line that holds the offset.
static uint32_t find_line(const struct source *source, uint32_t offset)
{
    uint32_t low = 1, high = source->line_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (source->lines[middle] <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low - 1;
}

static struct text slice(const struct source *source, uint32_t start, uint32_t end)
{
    return (struct text){source->bytes.at + (start - source->base), end - start};
}

struct place sources_place(const struct sources *sources, uint32_t offset)
{
    struct source *source = sources_find(sources, offset);
    if (source == NULL)
        return (struct place){0};
    make_lines(sources->arena, source);
    uint32_t line = find_line(source, offset);
    size_t before = text_columns(slice(source, source->lines[line], offset));
    return (struct place){.source = source, .line = line + 1, .column = (uint32_t)before + 1};
}

struct text sources_line(const struct sources *sources, uint32_t offset, uint32_t *line_start)
{
    struct source *source = sources_find(sources, offset);
    *line_start = 0;
    if (source == NULL)
        return TEXT("");
    make_lines(sources->arena, source);
    *line_start = source->lines[find_line(source, offset)];
    struct text line = slice(source, *line_start, source->base + (uint32_t)source->bytes.length);
    const char *newline = line.length == 0 ? NULL : memchr(line.at, '\n', line.length);
    if (newline != NULL)
        line.length = (size_t)(newline - line.at);
    if (newline != NULL && line.length > 0 && newline[-1] == '\r')
        line.length--;
    return line;
}

struct text sources_text(const struct sources *sources, struct span span)
{
    const struct source *source = sources_find(sources, span.start);
    if (source == NULL || span.end < span.start)
        return TEXT("");
    uint32_t last = source->base + (uint32_t)source->bytes.length;
    return slice(source, span.start, span.end < last ? span.end : last);
}

static bool is_empty(struct span span)
{
    return span.start == span.end;
}

struct span span_join(struct span a, struct span b)
{
    if (is_empty(b) && (b.start == 0 || !is_empty(a)))
        return a;
    if (is_empty(a))
        return b;
    return (struct span){
        .start = a.start < b.start ? a.start : b.start,
        .end = a.end > b.end ? a.end : b.end,
    };
}
