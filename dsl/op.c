#include "dsl/op.h"

const struct op_row op_table[OP_COUNT] = {
#define OP(id, text, form, low, high, units, point, doc) {text, form, low, high, units, doc},
#include "dsl/op.def"
#undef OP
};

enum op op_function(struct text name)
{
    for (int op = 0; op < OP_COUNT; op++)
        if (op_table[op].form == OP_FUNCTION && text_is(name, op_table[op].text))
            return (enum op)op;
    return OP_COUNT;
}
