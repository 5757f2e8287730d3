// exp, log, pow and the other pointwise functions for single numbers, to the bit what the vector kernels give.
//
// What folds constants must use these and not the host's libm, so that folding changes no result. Errors: base/lanes_math.h.
#ifndef BASE_ELEMENTARY_H
#define BASE_ELEMENTARY_H

double elementary_exp(double x);
double elementary_log(double x);            // -infinity at 0, NaN below
double elementary_log10(double x);          // exact at powers of ten
double elementary_pow(double x, double y);  // 0^0 is 1; NaN for a negative x unless y is whole; NaN spreads
double elementary_sqrt(double x);
double elementary_floor(double x);
double elementary_ceil(double x);
double elementary_round(double x);          // halves to even
double elementary_min(double x, double y);  // NaN spreads
double elementary_max(double x, double y);

#endif
