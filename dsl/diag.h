// Diagnostics as data: passes add them, writers print them, sorted by place.
//
// The message says what is wrong and stands alone. A label says why here. The help says what to write instead.
#ifndef DSL_DIAG_H
#define DSL_DIAG_H

#include <stdbool.h>
#include <stddef.h>

#include "dsl/lint.h"
#include "dsl/source.h"

struct arena;

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE };

enum diag_code {
#define DIAG(id, code, severity, title) DIAG_##id,
#include "dsl/diag.def"
#undef DIAG
    DIAG_COUNT
};

// The row of diag.def.
struct diag_kind {
    const char *code; // "E012"
    enum severity severity;
    const char *title;
};
extern const struct diag_kind diag_kinds[DIAG_COUNT];

struct label {
    struct span span;
    const char *text; // may be NULL
};

enum { DIAG_LABEL_MAX = 4 };

struct diag {
    enum diag_code code;
    enum severity severity;              // of its row, unless the lints say otherwise
    const char *message;
    struct label labels[DIAG_LABEL_MAX]; // [0] is the primary place
    size_t label_count;
    const char *help;                    // may be NULL
    struct diag *next;
};

struct diags {
    struct arena *arena;
    struct sources *sources;
    const struct lints *lints;           // NULL: none
    struct diag *first, *last;
    size_t count, error_count, warning_count; // of different diagnostics; counts go on past LIMIT_DIAGS
};

struct diags *diags_new(struct arena *arena, struct sources *sources);

// Adds a diagnostic whose primary label is `span`. The same code at the same place twice is one; what the lints switch off is
// dropped. Never NULL.
struct diag *diag_add(struct diags *diags, enum diag_code code, struct span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void diag_label(struct diags *diags, struct diag *diag, struct span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void diag_primary(struct diags *diags, struct diag *diag, const char *format, ...) __attribute__((format(printf, 3, 4)));
void diag_help(struct diags *diags, struct diag *diag, const char *format, ...) __attribute__((format(printf, 3, 4)));

// Diagnostics in the order of their places (files in the order they were read).
const struct diag **diags_sorted(const struct diags *diags, struct arena *arena, size_t *count);

#endif
