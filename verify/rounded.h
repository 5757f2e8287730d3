// The operations that round, on intervals of finite numbers for which they are defined everywhere.
#ifndef VERIFY_ROUNDED_H
#define VERIFY_ROUNDED_H

#include "verify/range.h"

// ADD SUB MUL DIV (b without 0) of finite intervals.
struct range rounded_arithmetic(enum op op, struct range a, struct range b);
// EXP; LN and LOG10 of what is above 0; SQRT of what is at least 0.
struct range rounded_function(enum op op, struct range a);
// One power: x at least 0, or y whole; all finite, not 0 to a negative power.
struct range rounded_power(double x, double y);

#endif
