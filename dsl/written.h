// Dates, periods and units that stand alone in a text, outside any Crux file: a cell of a table, an option.
//
// They are written as in the language (docs/language.md). Blanks around them do not count.
#ifndef DSL_WRITTEN_H
#define DSL_WRITTEN_H

#include <stdbool.h>

#include "base/text.h"

struct unit;
struct unit_system;

// Without the blanks at both ends.
struct text written_trim(struct text t);

// 2025, 2025Q3, 2025-04 or 2025-04-03: its first instant, and the first after it, in the nominal calendar of dsl/program.h.
bool written_date(struct text t, double *start, double *end);
// The same, or two of them with ".." between: from the beginning of the first to the end of the second.
bool written_period(struct text t, double *start, double *end);

// "1/cm^2", "/cm^2", "chip/year", "1" and "fraction" (a plain number). NULL: then *bad is the part that is not understood.
const struct unit *written_unit(struct unit_system *units, struct text t, struct text *bad);

#endif
