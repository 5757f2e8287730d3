// The inputs on which a verdict turns, and the answer of a claim with a hole, on a terminal.
#ifndef REPORT_FLIPS_H
#define REPORT_FLIPS_H

struct arena;
struct layout;
struct report_entry;

void flips_write(struct layout *layout, struct arena *arena, const struct report_entry *entry);
// Nothing when the claim has no hole.
void solution_write(struct layout *layout, struct arena *arena, const struct report_entry *entry);

#endif
