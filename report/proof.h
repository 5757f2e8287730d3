// How a proof is told: in a sentence and as JSON.
#ifndef REPORT_PROOF_H
#define REPORT_PROOF_H

struct buffer;
struct json;
struct program;
struct proof;

// "proved over the whole range of 6 inputs (19 boxes); unbounded inputs cut at p0.01 and p99.99"
void proof_write(struct buffer *out, const struct proof *proof);
// The member "proof"; null without one.
void proof_write_json(struct json *json, const struct program *program, const struct proof *proof);

#endif
