// Reading and writing doubles the same way under every locale.
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>

#include "base/text.h"

struct buffer;

// Reads digits[.digits][e[+-]digits], correctly rounded. False when the text is anything else. 1e999 gives infinity.
bool number_read(struct text t, double *value);

// The shortest decimal that reads back to the same double: 0.1, 1e+300, inf, nan.
void number_write_exact(struct buffer *buffer, double value);

// For people: `digits` significant digits, without exponent between 1e-4 and 1e15, thin grouping left to the caller.
void number_write(struct buffer *buffer, double value, int digits);

// For people, short: 5, 1.5M, 610k, 2.4B, 0.22, 1.3e-7.
void number_write_short(struct buffer *buffer, double value, int digits);

#endif
