// How a claim came to its truth: for people a tree of 80 columns, values at the right; for programs nested objects.
#ifndef REPORT_DERIVATION_H
#define REPORT_DERIVATION_H

#include "report/layout.h"
#include "report/report.h"

struct arena;
struct derivation;
struct json;
struct program;

// Under its card: the derivation of a verdict that has one, or why there can be none.
void derivation_of(struct layout *layout, const struct report *report, const struct report_entry *entry);
void derivation_write(struct layout *layout, const struct report *report, const struct program *program, const struct derivation *derivation);

// As the member "derivation" of the object that is open.
void derivation_json(struct json *json, struct arena *arena, const struct report *report, const struct program *program,
                     const struct derivation *derivation);

#endif
