// Our own texts of one statement a line: certificates, baselines. Lines end with LF or CR LF; words are parted by one blank.
#ifndef BASE_LINES_H
#define BASE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct lines {
    struct text rest;
    size_t line; // of the one taken last, from 1
};

// The next line without its end; empty at the end of the text too.
struct text lines_take(struct lines *lines);

// Takes the first word off the line; empty at its end.
struct text word_take(struct text *line);
// A finite number. False when the word is something else.
bool word_take_number(struct text *line, double *value);
// A whole number from 0 to `most`.
bool word_take_whole(struct text *line, double most, size_t *value);

#endif
