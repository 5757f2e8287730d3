// One operator of op.def for single numbers: to the bit what the kernels give for a lane. For folding constants.
#ifndef DSL_POINT_H
#define DSL_POINT_H

#include "dsl/op.h"

// Arguments that the operator does not have are not looked at. NAN for operators that the compiler rewrites into others.
double point_value(enum op op, double x, double y, double z);

#endif
