// A source text checked as a whole program, for tests.
#ifndef TESTS_CHECKED_H
#define TESTS_CHECKED_H

#include <stdbool.h>

#include "base/arena.h"
#include "dsl/diag.h"
#include "dsl/program.h"

struct checked {
    struct arena arena;
    struct diags *diags;
    const struct program *program;
};

// Never fails: the test process ends when memory does.
void checked_make(struct checked *checked, const char *source);
// The same with a data store.
struct observed;
void checked_with_data(struct checked *checked, const char *source, const struct observed *rows, const char *vintage);
// The reference model of bench/, whose outputs are its claims. Tests run at the root of the repository.
void checked_reference(struct checked *checked);
void checked_free(struct checked *checked);

const struct claim *checked_claim(const struct checked *checked, const char *name); // NULL when absent
const struct input *checked_input(const struct checked *checked, const char *name);
// Whether there is a diagnostic of that code; for the messages of tests, all codes in order: "E401 W721".
bool checked_has(const struct checked *checked, const char *code);
const char *checked_codes(struct checked *checked);
// The reading of a claim.
const char *checked_reading(struct checked *checked, const char *claim);

#endif
