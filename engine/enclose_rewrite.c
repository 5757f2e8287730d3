#include "engine/enclose_rewrite.h"

#include <string.h>

#include "base/arena.h"
#include "engine/enclose_inside.h"

static bool is_constant(const struct instruction *code, value_id value, double constant)
{
    return code[value].op == CODE_CONST && code[value].constant == constant;
}

static struct instruction one_of(unsigned op, value_id a)
{
    return (struct instruction){.op = op, .a = a, .b = a, .c = a};
}

static struct instruction rewritten(const struct instruction *code, struct instruction own)
{
    if ((own.op == OP_MUL && own.a == own.b) || (own.op == OP_POW && is_constant(code, own.b, 2.0)))
        return one_of(ENCLOSE_SQUARE, own.a);
    if (own.op == OP_SUB && own.a == own.b)
        return one_of(ENCLOSE_NOTHING, own.a);
    if (own.op == OP_DIV && own.a == own.b)
        return one_of(ENCLOSE_ONE, own.a);
    return own;
}

struct model enclose_rewritten(struct arena *arena, const struct model *model, size_t count)
{
    struct instruction *code = arena_array(arena, count, sizeof *code);
    for (size_t i = 0; i < count; i++)
        code[i] = rewritten(model->code, model->code[i]);
    return (struct model){.count = count, .code = code, .column_count = model->column_count, .columns = model->columns};
}
