// One claim on a terminal: its reading, its verdicts side by side, and what each turns on.
#ifndef REPORT_CARD_H
#define REPORT_CARD_H

#include <stddef.h>

#include "report/layout.h"
#include "report/report.h"

// "behind[own] under controls_loosen".
void card_title(struct buffer *out, const struct report_entry *entry);

struct central_comparison;
struct program;
// "gap 7.9 against 5 (+58 %)".
void card_comparison(struct buffer *out, const struct report *report, const struct program *program, const struct central_comparison *comparison);

// The card of one claim (for one member) with its verdicts in all scenarios and forecasts, and an empty line after it.
void card_write(struct layout *layout, const struct report *report, const struct report_entry *entries, size_t count);

#endif
