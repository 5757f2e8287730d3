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

static struct instruction two_of(unsigned op, value_id a, value_id b)
{
    return (struct instruction){.op = op, .a = a, .b = b, .c = b};
}

// The other argument of a sum or product of `part`; NO_VALUE when it is none, or both are `part`.
static value_id other_of(const struct instruction *own, unsigned op, value_id part)
{
    if (own->op != op || own->a == own->b)
        return NO_VALUE;
    return own->a == part ? own->b : own->b == part ? own->a : NO_VALUE;
}

static bool is_yield(const struct instruction *code, const struct instruction *own)
{
    const struct instruction *rest = &code[own->a];
    if (rest->op != OP_SUB || !is_constant(code, rest->a, 1.0) || code[rest->b].op != OP_EXP)
        return false;
    const struct instruction *power = &code[code[rest->b].a];
    return power->op == OP_NEG && power->a == own->b;
}

static struct instruction rewritten_sum(const struct instruction *code, struct instruction own)
{
    const value_id right = other_of(&code[own.b], OP_MUL, own.a), left = other_of(&code[own.a], OP_MUL, own.b);
    if (own.op == OP_SUB)
        return right != NO_VALUE ? two_of(ENCLOSE_LESS_PART, own.a, right) : own;
    if (right != NO_VALUE)
        return two_of(ENCLOSE_MORE_PART, own.a, right);
    return left != NO_VALUE ? two_of(ENCLOSE_MORE_PART, own.b, left) : own;
}

static struct instruction rewritten(const struct instruction *code, struct instruction own)
{
    if ((own.op == OP_MUL && own.a == own.b) || (own.op == OP_POW && is_constant(code, own.b, 2.0)))
        return one_of(ENCLOSE_SQUARE, own.a);
    if (own.op == OP_SUB && own.a == own.b)
        return one_of(ENCLOSE_NOTHING, own.a);
    if (own.op == OP_DIV && own.a == own.b)
        return one_of(ENCLOSE_ONE, own.a);
    if (own.op == OP_ADD || own.op == OP_SUB)
        return rewritten_sum(code, own);
    if (own.op != OP_DIV)
        return own;
    const value_id rest = other_of(&code[own.b], OP_ADD, own.a);
    if (rest != NO_VALUE)
        return two_of(ENCLOSE_SHARE, own.a, rest);
    return is_yield(code, &own) ? one_of(ENCLOSE_YIELD, own.b) : own;
}

struct model enclose_rewritten(struct arena *arena, const struct model *model, size_t count)
{
    struct instruction *code = arena_array(arena, count, sizeof *code);
    for (size_t i = 0; i < count; i++)
        code[i] = rewritten(model->code, model->code[i]);
    return (struct model){.count = count, .code = code, .column_count = model->column_count, .columns = model->columns};
}
