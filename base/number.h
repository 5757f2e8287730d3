// Reading and writing doubles the same way under every locale.
//
// Reading is our own: a product or quotient of two exact doubles where that is correctly rounded, else exact big integers.
// Writing takes the digits of snprintf's %e and drops whatever the locale puts between them. Neither touches the locale
// (uselocale can fail and is a state to put back) nor allocates. Both expect rounding to nearest.
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>

#include "base/text.h"

struct buffer;

// Reads digits[.digits][e[+-]digits] (also E), correctly rounded, ties to even. False when the text is anything else. 1e999 gives infinity.
bool number_read(struct text t, double *value);

// The shortest correctly rounded decimal that reads back to the same double: 0.1, 1e+300, -0, inf, nan.
void number_write_exact(struct buffer *buffer, double value);

// For people: at most `digits` (1 to 17) significant digits, no trailing zeros, without exponent between 1e-4 and 1e15,
// thin grouping left to the caller.
void number_write(struct buffer *buffer, double value, int digits);

// For people, short: 5, 1.5M, 610k, 2.4B, 0.22, 1.3e-7.
void number_write_short(struct buffer *buffer, double value, int digits);

#endif
