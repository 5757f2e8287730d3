// Inside crux_compare: two scenarios of the files that were added, or two files put side by side.
#ifndef API_COMPARE_H
#define API_COMPARE_H

#include "api/run.h"

// One program with both sides as scenarios.
struct sided {
    struct road *road;
    const struct scenario *scenarios[2];
};
struct sided_list {
    struct sided *at;
    size_t count, room;
};

struct compare_report;

// compare_files.c: the files of two authors; the others that were added state further claims.
void compare_load_files(struct run *run, const struct text paths[2], struct compare_report *report, struct sided_list *list);

// compare_view.c: makes the public views.
void view_compared(struct crux_session *crux, const struct compare_report *report);

#endif
