// What a verdict rests on, on a terminal.
#ifndef REPORT_GROUNDS_H
#define REPORT_GROUNDS_H

struct arena;
struct layout;
struct verdict;

// "rests   on guesses: hbm.cxmt and 12 more; 1 figure from memory; untraceable sources: forum". Guesses that turn the verdict alone
// are named. Nothing when all inputs are known better.
void grounds_write(struct layout *layout, struct arena *arena, const struct verdict *verdict);

#endif
