// The answer of a claim with a hole, and the weaker version of one that fails, as JSON.
#ifndef REPORT_JSON_HOLE_H
#define REPORT_JSON_HOLE_H

struct arena;
struct json;
struct program;
struct solution;
struct weakening;

// The member "solution": null when the claim has no hole.
void json_solution(struct json *json, struct arena *arena, const struct program *program, const struct solution *solution);
// The member "weakening": null when there is none.
void json_weakening(struct json *json, const struct weakening *weakening);

#endif
