// What the files behind crux_diff share.
#ifndef API_DIFF_H
#define API_DIFF_H

#include "api/run.h"
#include "report/diff.h"

// diff_side.c: the store of a side and its answers, into `run`. False after a failure that the session has noted.
bool open_side(struct run *run, const struct crux_data_side *asked, struct diff_side *side);

// diff_unread.c: what else changed in the stores of two sides, beside what the programs of the roads read.
void find_unread(const struct run *from, const struct run *to, struct data_diff *diff);

#endif
