#include "tests/support/scalar.h"

#include "base/arena.h"
#include "engine/model.h"
#include "dsl/point.h"

const double *scalar_run(struct arena *arena, const struct model *model, const double *columns)
{
    double *values = arena_array(arena, model->count, sizeof *values);
    for (size_t i = 0; i < model->count; i++) {
        const struct instruction *code = &model->code[i];
        if (code->op == CODE_CONST)
            values[i] = code->constant;
        else if (code->op == CODE_COLUMN)
            values[i] = columns[code->a];
        else
            values[i] = point_value((enum op)code->op, values[code->a], code->b == NO_VALUE ? 0.0 : values[code->b],
                                      code->c == NO_VALUE ? 0.0 : values[code->c]);
    }
    return values;
}
