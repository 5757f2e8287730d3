#include "dsl/diag.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "dsl/limits.h"

const struct diag_kind diag_kinds[DIAG_COUNT] = {
#define DIAG(id, code, severity, title) {code, severity, title},
#include "dsl/diag.def"
#undef DIAG
};

struct diags *diags_new(struct arena *arena, struct sources *sources)
{
    struct diags *diags = arena_alloc(arena, sizeof *diags);
    diags->arena = arena;
    diags->sources = sources;
    return diags;
}

__attribute__((format(printf, 2, 0))) static const char *format_on(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    size_t size = length < 0 ? 1 : (size_t)length + 1;
    char *text = arena_alloc(arena, size);
    vsnprintf(text, size, format, again);
    va_end(again);
    return text;
}

static bool same_place(const struct diag *diag, enum diag_code code, struct span span)
{
    return diag->code == code && diag->labels[0].span.start == span.start && diag->labels[0].span.end == span.end;
}

static struct diag *find(const struct diags *diags, enum diag_code code, struct span span)
{
    for (struct diag *diag = diags->first; diag != NULL; diag = diag->next)
        if (same_place(diag, code, span))
            return diag;
    return NULL;
}

static void keep(struct diags *diags, struct diag *diag)
{
    if (diags->last == NULL)
        diags->first = diag;
    else
        diags->last->next = diag;
    diags->last = diag;
}

static void count(struct diags *diags, enum severity severity)
{
    diags->count++;
    diags->error_count += severity == SEVERITY_ERROR;
    diags->warning_count += severity == SEVERITY_WARNING;
}

// Warnings beyond the limit are only counted. An error always finds room beside warnings, so that what stops the run is shown.
static bool has_room(const struct diags *diags, enum severity severity)
{
    if (severity == SEVERITY_ERROR)
        return diags->error_count < LIMIT_DIAGS;
    return diags->count < LIMIT_DIAGS;
}

struct diag *diag_add(struct diags *diags, enum diag_code code, struct span span, const char *format, ...)
{
    enum lint_level level = lint_level(diags->lints, diag_kinds[code].code);
    enum severity severity = level == LINT_ERROR ? SEVERITY_ERROR : diag_kinds[code].severity;
    struct diag *diag = arena_alloc(diags->arena, sizeof *diag);
    diag->code = code;
    diag->severity = severity;
    // A second message about the same thing: what is added to it is dropped.
    if (level == LINT_OFF || find(diags, code, span) != NULL)
        return diag;
    diag->labels[0].span = span;
    diag->label_count = 1;
    diag->message = "";
    if (has_room(diags, severity)) {
        va_list args;
        va_start(args, format);
        diag->message = format_on(diags->arena, format, args);
        va_end(args);
        keep(diags, diag);
    }
    count(diags, severity);
    return diag;
}

void diag_label(struct diags *diags, struct diag *diag, struct span span, const char *format, ...)
{
    if (diag->label_count == DIAG_LABEL_MAX)
        return;
    va_list args;
    va_start(args, format);
    diag->labels[diag->label_count++] = (struct label){span, format_on(diags->arena, format, args)};
    va_end(args);
}

void diag_primary(struct diags *diags, struct diag *diag, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag->labels[0].text = format_on(diags->arena, format, args);
    va_end(args);
}

void diag_help(struct diags *diags, struct diag *diag, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    diag->help = format_on(diags->arena, format, args);
    va_end(args);
}

struct numbered {
    const struct diag *diag;
    size_t number;
};

static int by_place(const void *left, const void *right)
{
    const struct numbered *a = left, *b = right;
    uint32_t p = a->diag->labels[0].span.start, q = b->diag->labels[0].span.start;
    if (p != q)
        return p < q ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

const struct diag **diags_sorted(const struct diags *diags, struct arena *arena, size_t *count_out)
{
    size_t n = 0;
    for (const struct diag *diag = diags->first; diag != NULL; diag = diag->next)
        n++;
    struct numbered *numbered = arena_array(arena, n, sizeof *numbered);
    const struct diag **sorted = arena_array(arena, n, sizeof *sorted);
    size_t i = 0;
    for (const struct diag *diag = diags->first; diag != NULL; diag = diag->next, i++)
        numbered[i] = (struct numbered){diag, i};
    if (n > 1)
        qsort(numbered, n, sizeof *numbered, by_place);
    for (i = 0; i < n; i++)
        sorted[i] = numbered[i].diag;
    *count_out = n;
    return sorted;
}
