// What a claim that is refuted or sensitive would have to say to hold.
#ifndef REPORT_WEAKEN_H
#define REPORT_WEAKEN_H

#include "report/layout.h"

struct arena;
struct verdict;

// "would hold  gap > 3.1 instead of 5 (supported, 92 %)". Nothing when no such version was found.
void weakening_write(struct layout *layout, struct arena *arena, const struct verdict *verdict);

#endif
