#include "dsl/source.h"

#include <criterion/criterion.h>

#include "base/arena.h"

static struct arena arena;
static struct sources *sources;

static void set_up(void)
{
    arena_init(&arena, &system_allocator, NULL);
    sources = sources_new(&arena);
}

static void tear_down(void)
{
    arena_reset(&arena);
}

TestSuite(source, .init = set_up, .fini = tear_down);

static void is_at(uint32_t offset, const struct source *source, uint32_t line, uint32_t column)
{
    struct place place = sources_place(sources, offset);
    cr_assert(place.source == source && place.line == line && place.column == column, "offset %u: %u:%u, not %u:%u",
              offset, place.line, place.column, line, column);
}

Test(source, zero_is_no_place)
{
    cr_assert_null(sources_find(sources, 0));
    cr_assert_null(sources_find(sources, 1));
    sources_add(sources, TEXT("a"), TEXT("abc"));
    cr_assert_null(sources_find(sources, 0));
    is_at(0, NULL, 0, 0);
    uint32_t start;
    cr_assert(sources_line(sources, 0, &start).length == 0 && start == 0);
    cr_assert(sources_text(sources, (struct span){0, 0}).length == 0);
}

Test(source, each_offset_belongs_to_one_source)
{
    struct source *a = sources_add(sources, TEXT("a"), TEXT("abc"));
    struct source *empty = sources_add(sources, TEXT("empty"), TEXT(""));
    struct source *b = sources_add(sources, TEXT("b"), TEXT("x\n"));
    cr_assert(sources_find(sources, a->base) == a);
    cr_assert(sources_find(sources, a->base + 3) == a, "the end of file is in the file");
    cr_assert(sources_find(sources, empty->base) == empty);
    cr_assert(sources_find(sources, b->base) == b);
    cr_assert(sources_find(sources, b->base + 2) == b);
    cr_assert_null(sources_find(sources, b->base + 3));
    cr_assert_null(sources_find(sources, UINT32_MAX));
}

Test(source, places_count_lines_and_code_points)
{
    sources_add(sources, TEXT("first"), TEXT("zzz\nzzz"));
    struct source *s = sources_add(sources, TEXT("s"), TEXT("one\n\ncaf\xC3\xA9 x\r\nlast"));
    is_at(s->base, s, 1, 1);
    is_at(s->base + 3, s, 1, 4); // the newline
    is_at(s->base + 4, s, 2, 1);
    is_at(s->base + 5, s, 3, 1);
    is_at(s->base + 10, s, 3, 5); // behind é
    is_at(s->base + 14, s, 4, 1);
    is_at(s->base + 18, s, 4, 5); // end of file
}

static void line_is(uint32_t offset, const char *line, uint32_t line_start)
{
    uint32_t start;
    struct text found = sources_line(sources, offset, &start);
    cr_assert(text_is(found, line) && start == line_start, "offset %u: '%.*s' at %u", offset, TEXT_ARGS(found), start);
}

Test(source, lines_come_without_their_ends)
{
    struct source *s = sources_add(sources, TEXT("s"), TEXT("one\n\r\nlast\n"));
    line_is(s->base + 1, "one", s->base);
    line_is(s->base + 3, "one", s->base);
    line_is(s->base + 4, "", s->base + 4);
    line_is(s->base + 6, "last", s->base + 6);
    line_is(s->base + 11, "", s->base + 11);
    struct source *empty = sources_add(sources, TEXT("empty"), TEXT(""));
    line_is(empty->base, "", empty->base);
    is_at(empty->base, empty, 1, 1);
}

Test(source, text_of_a_span)
{
    struct source *s = sources_add(sources, TEXT("s"), TEXT("let a = 3"));
    sources_add(sources, TEXT("t"), TEXT("more"));
    struct text text = sources_text(sources, (struct span){s->base + 4, s->base + 5});
    cr_assert(text_is(text, "a"));
    text = sources_text(sources, (struct span){s->base + 8, s->base + 14});
    cr_assert(text_is(text, "3"), "a span ends with its source");
}

Test(source, offset_space_is_limited)
{
    // The bytes are never looked at, so the slice may claim what no memory holds.
    struct text huge = {"", UINT32_MAX - 10};
    cr_assert_not_null(sources_add(sources, TEXT("huge"), huge));
    cr_assert_null(sources_add(sources, TEXT("next"), TEXT("0123456789")));
    cr_assert_null(sources_add(sources, TEXT("more"), (struct text){"", (size_t)1 << 40}));
    cr_assert_not_null(sources_add(sources, TEXT("fits"), TEXT("012")));
}

Test(source, spans_join)
{
    struct span a = {5, 9}, b = {2, 6}, none = {0, 0}, point = {7, 7};
    struct span joined = span_join(a, b);
    cr_assert(joined.start == 2 && joined.end == 9);
    joined = span_join(none, a);
    cr_assert(joined.start == 5 && joined.end == 9);
    joined = span_join(a, none);
    cr_assert(joined.start == 5 && joined.end == 9);
    joined = span_join(b, point);
    cr_assert(joined.start == 2 && joined.end == 6);
    cr_assert(span_join(none, point).start == 7 && span_join(point, none).start == 7);
}
