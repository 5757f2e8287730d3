// What a verdict turns on, in full: below the derivation of an explained claim.
#ifndef REPORT_FULL_CRUXES_H
#define REPORT_FULL_CRUXES_H

#include "report/layout.h"
#include "report/report.h"

void full_cruxes_write(struct layout *layout, const struct report_entry *entry);

#endif
