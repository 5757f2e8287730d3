// The box in which a claim fails, for people and for machines.
#ifndef REPORT_FAILING_H
#define REPORT_FAILING_H

struct arena;
struct buffer;
struct failing_box;
struct json;
struct layout;
struct program;
struct verdict;

// "capex[us] < 0.3T USD/year and yield > 60 %"
void failing_words(struct buffer *out, const struct program *program, const struct failing_box *box);
// "fails   where ...: 84 % of its failures, 91 % dense"; nothing without a box.
void failing_write(struct layout *layout, struct arena *arena, const struct program *program, const struct verdict *verdict);
// The member fails_in of a claim.
void failing_write_json(struct json *json, struct arena *arena, const struct program *program, const struct failing_box *box);

#endif
