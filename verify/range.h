// Intervals for the re-checker: its own, sharing nothing with the engine's.
//
// With MPFI (CRUX_HAVE_MPFI) each operation is MPFI's at 53 bits: both ends correctly rounded outward. Without it, sums, products,
// quotients and square roots of doubles are moved outward by one double, and what the C library computes (exp, log, log10, pow)
// by RANGE_SLACK of its size: sixteen times the error of one unit that such libraries keep below.
#ifndef VERIFY_RANGE_H
#define VERIFY_RANGE_H

#include <stdbool.h>

#include "dsl/op.h"

#define RANGE_SLACK 0x1p-48

// What a value can be: low .. high (none: low > high), and whether it can be missing (0/0).
struct range {
    double low, high;
    bool missing;
};

struct range range_of(double value); // NAN: missing
struct range range_between(double low, double high);
struct range range_none(void);
bool range_is_none(struct range a);
bool range_is_point(struct range a);
struct range range_hull(struct range a, struct range b);

struct range range_add(struct range a, struct range b);
struct range range_subtract(struct range a, struct range b);
struct range range_multiply(struct range a, struct range b);
struct range range_divide(struct range a, struct range b);
struct range range_power(struct range a, struct range b);
struct range range_least(struct range a, struct range b);
struct range range_greatest(struct range a, struct range b);
struct range range_function(enum op op, struct range a); // of one argument: NEG ABS EXP LN LOG10 SQRT FLOOR CEIL ROUND

// Truths: 0 .. 0 fails, 1 .. 1 holds, 0 .. 1 open.
struct range truth_of(bool can_fail, bool can_hold, bool missing);
bool can_fail(struct range a);
bool can_hold(struct range a);
struct range truth_not(struct range a);
struct range truth_and(struct range a, struct range b);
struct range truth_or(struct range a, struct range b);
struct range range_compare(enum op op, struct range a, struct range b, bool dates); // LT LE GT GE EQ NE
struct range range_select(struct range condition, struct range yes, struct range no);

// What MPFI's caches hold is given back.
void range_finish(void);

#endif
