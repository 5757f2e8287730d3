// Which warnings and remarks are given, and which stop a run: what the person who runs it decides, code by code.
#ifndef DSL_LINT_H
#define DSL_LINT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum lint_level { LINT_WARN, LINT_OFF, LINT_ERROR };

// Later ones win. The code "all" stands for every code that can be switched.
struct lints {
    struct lint {
        struct text code; // "W703"
        enum lint_level level;
    } *at;
    size_t count, room;
};

// LINT_WARN when nothing is said about it, or `lints` is NULL. Errors (E...) are never switched.
enum lint_level lint_level(const struct lints *lints, const char *code);
// "W703=off" as a lint; false when the level is none of off, warn, error. The code is not looked up.
bool lint_read(struct text written, struct lint *lint);

#endif
