// What an input can be, in words: "18k to 31k wafer/month in 90 % of the futures, most likely around 25k".
#ifndef REPORT_LAW_WORDS_H
#define REPORT_LAW_WORDS_H

#include <stddef.h>

struct buffer;
struct input;
struct program;

void law_words(struct buffer *out, const struct program *program, const struct input *input, size_t instance);
// One point of a path with its period: "2027Q4: 10k to 35k ...".
void law_words_point(struct buffer *out, const struct program *program, const struct input *input, size_t instance, size_t point);

#endif
