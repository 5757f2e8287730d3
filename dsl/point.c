#include "dsl/point.h"

#include "base/lanes_math.h"

#define SKIP lanes_nan()

double point_value(enum op op, double x, double y, double z)
{
    switch (op) {
#define OP(id, text, form, low, high, units, point, doc) \
    case OP_##id:                                        \
        return point;
#include "dsl/op.def"
#undef OP
    case OP_COUNT:
        break;
    }
    return lanes_nan();
}
