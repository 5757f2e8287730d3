// What goes against a verdict, and what it rests on: the nearest counterexample, the nearest pair of flips, resting sets.
#ifndef REPORT_COUNTER_H
#define REPORT_COUNTER_H

struct arena;
struct json;
struct layout;
struct report;
struct report_entry;

// On a card; nothing where there is nothing to say.
void counter_write(struct layout *layout, struct arena *arena, const struct report *report, const struct report_entry *entry);

// The members "flip_pair", "rests_on" and "counterexample" of a claim.
void counter_json(struct json *json, struct arena *arena, const struct report *report, const struct report_entry *entry);

#endif
