// The standard normal law and the beta law for single numbers: the same bits on every machine.
//
// Probabilities are those of a value up to the one given. Largest relative errors of the normal law: base/lanes_normal.h; of the
// beta law about 1e-16 times the sum of its shapes, and 1e-13 at least.
#ifndef BASE_PROBABILITY_H
#define BASE_PROBABILITY_H

double normal_probability_at(double z);
double normal_quantile_at(double u); // infinite at 0 and 1, NaN outside

// Of a beta law with shapes a and b, both positive: the regularized incomplete beta function I_x(a, b) and its inverse in x.
double beta_probability_at(double a, double b, double x);
double beta_quantile_at(double a, double b, double u);

#endif
