// Operators and pointwise functions: one row of op.def each.
#ifndef DSL_OP_H
#define DSL_OP_H

#include <stdbool.h>

#include "base/text.h"

// How the units of the result follow from those of the arguments.
enum unit_rule {
    UNITS_SAME,     // all arguments alike, result alike: a + b, min, clamp
    UNITS_PRODUCT,  // a * b
    UNITS_QUOTIENT, // a / b
    UNITS_POWER,    // a ^ b: b dimensionless, constant unless a is dimensionless
    UNITS_ROOT,     // sqrt
    UNITS_KEEP,     // one argument, result alike: -a, abs
    UNITS_NONE,     // dimensionless to dimensionless: exp, ln
    UNITS_ORDER,    // two alike (quantities or dates), result a truth: <
    UNITS_EQUALITY, // two alike (also members and truths), result a truth: =
    UNITS_TRUTH,    // truths to truth: and
    UNITS_SELECT,   // truth, then two alike
    UNITS_SPECIAL,  // the checker has a rule of its own: in, within, rises ...
};

enum op_form { OP_INFIX, OP_PREFIX, OP_FUNCTION, OP_PHRASE, OP_INTERNAL };

enum op {
#define OP(id, text, form, low, high, units, point, doc) OP_##id,
#include "dsl/op.def"
#undef OP
    OP_COUNT
};

struct op_row {
    const char *text; // "+", "min"
    enum op_form form;
    int low, high;    // number of arguments; high -1 for any number
    enum unit_rule units;
    const char *doc;
};
extern const struct op_row op_table[OP_COUNT];

// The function of that name, or OP_COUNT.
enum op op_function(struct text name);

#endif
