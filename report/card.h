// One claim on a terminal: its reading, its verdicts side by side, and what each turns on.
#ifndef REPORT_CARD_H
#define REPORT_CARD_H

#include <stddef.h>

#include "report/layout.h"
#include "report/report.h"

// "behind[own] under controls_loosen".
void card_title(struct buffer *out, const struct report_entry *entry);

// The card of one claim (for one member) with its verdicts in all scenarios and forecasts, and an empty line after it.
void card_write(struct layout *layout, const struct report *report, const struct report_entry *entries, size_t count);

#endif
