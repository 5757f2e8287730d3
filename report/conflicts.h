// Claims that cannot hold together (judge/conflict.h), behind the cards and in JSON.
#ifndef REPORT_CONFLICTS_H
#define REPORT_CONFLICTS_H

#include "report/layout.h"

struct json;
struct report;

enum { CONFLICTS_LISTED = 12 }; // for people; the rest is counted

// A paragraph for each, then a blank line; nothing when there is none.
void conflicts_write(struct layout *layout, const struct report *report);
// "conflicts": [...]; nothing when there is none.
void conflicts_json(struct json *json, const struct report *report);

#endif
