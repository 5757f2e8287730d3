#include "tests/support/observed.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "dsl/program.h"
#include "dsl/written.h"

static double vintage_of(const char *vintage)
{
    double start, end;
    return written_date(text_of(vintage), &start, &end) ? end : NAN;
}

// The context of the observer: the rows, and the vintage behind them.
struct context {
    const struct observed *rows;
    double vintage;
};

static double figure(const struct observed_row *row, const char *words)
{
    double start, end;
    if (!words || !*words)
        return NAN;
    if (strcmp(row->unit, "date") == 0)
        return written_date(text_of(words), &start, &end) ? start : (double)NAN;
    return strtod(words, NULL);
}

static struct observation observation_of(const struct observed_row *row)
{
    struct observation seen = {.name = text_of(row->name), .unit = text_of(row->unit), .value = text_of(row->value), .valid = text_of(row->valid)};
    double end;
    seen.low = figure(row, row->low);
    seen.central = figure(row, row->central);
    seen.high = figure(row, row->high);
    written_period(seen.valid, &seen.valid_start, &seen.valid_end);
    seen.known = text_of(row->known);
    written_date(seen.known, &seen.known_from, &end);
    seen.source = text_of(row->source);
    for (int i = 0; row->basis && i <= BASIS_GUESS; i++)
        if (strcmp(row->basis, basis_words[i]) == 0)
            seen.basis = (enum basis)i;
    return seen;
}

// Puts it in its place by the end of its period; a newer one about the same period takes the place of an older one.
static void insert(struct observation *found, size_t *count, const struct observation *seen)
{
    size_t at = 0;
    while (at < *count && (found[at].valid_end < seen->valid_end || (found[at].valid_end == seen->valid_end && found[at].valid_start < seen->valid_start)))
        at++;
    if (at < *count && found[at].valid_end == seen->valid_end && found[at].valid_start == seen->valid_start) {
        struct observation *old = &found[at];
        size_t others = old->others + 1, dissenters = old->dissenters + (old->central != seen->central);
        if (seen->known_from > old->known_from)
            *old = *seen;
        old->others = others;
        old->dissenters = dissenters;
        return;
    }
    memmove(found + at + 1, found + at, (*count - at) * sizeof *found);
    found[at] = *seen;
    ++*count;
}

static bool find_series(void *user, struct arena *arena, struct text name, struct text source, struct series *found, struct text *earliest)
{
    const struct context *context = user;
    struct observation *list = arena_array(arena, context->rows->count + 1, sizeof *list);
    size_t count = 0;
    double first = INFINITY;
    *earliest = TEXT("");
    for (size_t i = 0; i < context->rows->count; i++) {
        struct observation seen = observation_of(&context->rows->rows[i]);
        if (!text_equal(seen.name, name) || (source.length > 0 && !text_equal(seen.source, source)))
            continue;
        if (seen.known_from < context->vintage) {
            insert(list, &count, &seen);
        } else if (seen.known_from < first) {
            first = seen.known_from;
            *earliest = seen.known;
        }
    }
    *found = (struct series){count, list};
    return count > 0;
}

static struct series find_sources(void *user, struct arena *arena, struct text name, double valid_end)
{
    const struct context *context = user;
    struct observation *list = arena_array(arena, context->rows->count, sizeof *list);
    size_t count = 0;
    for (size_t i = 0; i < context->rows->count; i++) {
        struct observation seen = observation_of(&context->rows->rows[i]);
        if (text_equal(seen.name, name) && seen.valid_end == valid_end && seen.known_from < context->vintage)
            list[count++] = seen;
    }
    return (struct series){count, list};
}

static bool find_source(void *user, struct arena *arena, struct text id, struct known_source *found)
{
    const struct context *context = user;
    *found = (struct known_source){.id = text_copy(arena, id), .publisher = TEXT("A paper"), .published = TEXT("2025-02-25")};
    found->title = text_of(arena_printf(arena, "Title of %.*s", TEXT_ARGS(id)));
    if (id.length < 2 || memcmp(id.at, "no", 2) != 0)
        found->url = text_of(arena_printf(arena, "https://example.org/%.*s", TEXT_ARGS(id)));
    for (size_t i = 0; i < context->rows->count; i++)
        if (text_is(id, context->rows->rows[i].source))
            return true;
    return false;
}

static int by_bytes(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

// Patterns of the form "chip.*": the star is one part of the name.
static size_t find_members(void *user, struct arena *arena, struct text pattern, const struct text **found)
{
    const struct context *context = user;
    struct text *list = arena_array(arena, context->rows->count, sizeof *list);
    size_t count = 0, stem = pattern.length - 1;
    for (size_t i = 0; i < context->rows->count; i++) {
        struct text name = text_of(context->rows->rows[i].name);
        double known, end;
        const bool late = !written_date(text_of(context->rows->rows[i].known), &known, &end) || known >= context->vintage;
        if (late || name.length <= stem || memcmp(name.at, pattern.at, stem) != 0)
            continue;
        const char *dot = memrchr(name.at, '.', name.length);
        const struct observation seen = observation_of(&context->rows->rows[i]);
        if (seen.known_from < context->vintage)
            list[count++] = (struct text){name.at + stem, (size_t)(dot - name.at) - stem};
    }
    qsort(list, count, sizeof *list, by_bytes);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || !text_equal(list[kept - 1], list[i]))
            list[kept++] = list[i];
    *found = list;
    return kept;
}

static struct text find_near(void *user, struct arena *arena, struct text name)
{
    const struct context *context = user;
    (void)arena;
    for (size_t i = 0; i < context->rows->count; i++)
        if (text_distance(name, text_of(context->rows->rows[i].name), 2) <= 2)
            return text_of(context->rows->rows[i].name);
    return TEXT("");
}

struct observer observed_at(struct arena *arena, const struct observed *rows, const char *vintage)
{
    struct context *context = arena_alloc(arena, sizeof *context);
    *context = (struct context){rows, vintage_of(vintage)};
    return (struct observer){context, context->vintage, text_of(vintage), find_series, find_sources, find_source, find_members, find_near};
}
