// Arguments: which relations of a claim are grounded, and whether it stands.
#ifndef REPORT_ARGUMENTS_H
#define REPORT_ARGUMENTS_H

#include "report/json_writer.h"
#include "report/layout.h"
#include "report/report.h"

// Of a card: whether it stands where an attack has a part in that, and its relations that are not grounded. Nothing where it is
// explained: there arguments_write_all says more.
void arguments_write(struct layout *layout, const struct report *report, const struct verdict *verdict);
// Every relation of an explained claim and to it, with the figures.
void arguments_write_all(struct layout *layout, const struct verdict *verdict);
// How many relations of the run were run, and how many of them are not grounded; each once, whatever the members.
void arguments_count(const struct report *report, size_t *run, size_t *ungrounded);
// The members `relations` and `standing` of a claim.
void arguments_json(struct json *json, const struct verdict *verdict);

#endif
