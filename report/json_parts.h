// Pieces of JSON that several reports have.
#ifndef REPORT_JSON_PARTS_H
#define REPORT_JSON_PARTS_H

struct arena;
struct central_comparison;
struct json;
struct probability;
struct program;
struct report;
struct text;

void json_probability(struct json *json, const char *key, const struct probability *probability);
// One comparison at the central values, as an element of an array.
void json_comparison(struct json *json, struct arena *arena, const struct report *report, const struct program *program,
                     const struct central_comparison *comparison);
void json_text_or_null(struct json *json, const char *key, struct text value); // null when it is empty
void json_diagnostics(struct json *json, struct arena *arena, const struct report *report); // "diagnostics": [...]

#endif
