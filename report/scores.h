// What learning an input would tell about a claim, for people and for machines.
#ifndef REPORT_SCORES_H
#define REPORT_SCORES_H

#include <stdbool.h>

struct arena;
struct buffer;
struct crux_score;
struct json;
struct layout;
struct verdict;

// "0.41 bit"; nothing where there is no score or less than half a hundredth of a bit.
void scores_words(struct buffer *out, const struct crux_score *score);
// The inputs that would settle most, where none flips the claim inside its range: "learning a would settle 34 % of it, b 12 %".
void scores_write_learning(struct layout *layout, struct arena *arena, const struct verdict *verdict);
// A table of Sobol' indices, the inputs with the greatest part in the truth first; nothing where none were asked for.
void scores_write_indices(struct layout *layout, struct arena *arena, const struct verdict *verdict);
// The members of a crux: bits, bits_error, share, indices.
void scores_write_json(struct json *json, const struct crux_score *score);

#endif
