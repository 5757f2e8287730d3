// The peer of intervals and proofs: a plain interpreter of the instructions for one box at a time, natural intervals without
// rewriting, the product's own functions.
#ifndef BENCH_PLAIN_H
#define BENCH_PLAIN_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/elementary.h"
#include "bench/measure.h"
#include "engine/model.h"

struct range {
    double low, high;
};

static inline struct range outward(double low, double high, double slack)
{
    return (struct range){low - (fabs(low) * slack + 0x1p-1074), high + (fabs(high) * slack + 0x1p-1074)};
}

static inline struct range corners(double p, double q, double r, double s, double slack)
{
    return outward(lesser(lesser(p, q), lesser(r, s)), greater(greater(p, q), greater(r, s)), slack);
}

static inline struct range quotient(struct range a, struct range b)
{
    if (b.low <= 0 && b.high >= 0)
        return (struct range){-INFINITY, INFINITY};
    return corners(a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high, 0x1p-53);
}

static inline struct range power(struct range a, struct range b)
{
    if (b.low == b.high)
        return b.low >= 0 ? outward(elementary_pow(a.low, b.low), elementary_pow(a.high, b.low), 0x1p-50)
                          : outward(elementary_pow(a.high, b.low), elementary_pow(a.low, b.low), 0x1p-50);
    return corners(elementary_pow(a.low, b.low), elementary_pow(a.low, b.high), elementary_pow(a.high, b.low),
                   elementary_pow(a.high, b.high), 0x1p-50);
}

static inline struct range truth(bool surely, bool possibly)
{
    return (struct range){surely, possibly};
}

static inline struct range step(const struct instruction *code, struct range a, struct range b, struct range c)
{
    switch (code->op) {
    case OP_ADD:
        return outward(a.low + b.low, a.high + b.high, 0x1p-53);
    case OP_SUB:
        return outward(a.low - b.high, a.high - b.low, 0x1p-53);
    case OP_MUL:
        return corners(a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high, 0x1p-53);
    case OP_DIV:
        return quotient(a, b);
    case OP_NEG:
        return (struct range){-a.high, -a.low};
    case OP_POW:
        return power(a, b);
    case OP_MIN:
        return (struct range){lesser(a.low, b.low), lesser(a.high, b.high)};
    case OP_MAX:
        return (struct range){greater(a.low, b.low), greater(a.high, b.high)};
    case OP_EXP:
        return outward(elementary_exp(a.low), elementary_exp(a.high), 0x1p-50);
    case OP_LN:
        return outward(elementary_log(a.low), elementary_log(a.high), 0x1p-50);
    case OP_SQRT:
        return outward(sqrt(a.low), sqrt(a.high), 0x1p-53);
    case OP_LT:
        return truth(a.high < b.low, a.low < b.high);
    case OP_LE:
        return truth(a.high <= b.low, a.low <= b.high);
    case OP_SELECT:
        return a.low == 1 ? b : a.high == 0 ? c : (struct range){lesser(b.low, c.low), greater(b.high, c.high)};
    default:
        fprintf(stderr, "operator %u is not in this benchmark\n", (unsigned)code->op);
        exit(1);
    }
}

static inline void plain_run(const struct model *model, const bool *needed, const struct range *columns, struct range *values)
{
    for (size_t i = 0; i < model->count; i++) {
        const struct instruction *code = &model->code[i];
        if (!needed[i])
            continue;
        if (code->op == CODE_CONST)
            values[i] = (struct range){code->constant, code->constant};
        else if (code->op == CODE_COLUMN)
            values[i] = columns[code->a];
        else
            values[i] = step(code, values[code->a], values[code->b == NO_VALUE ? code->a : code->b],
                             values[code->c == NO_VALUE ? code->a : code->c]);
    }
}

static inline bool *plain_needed(const struct model *model, const value_id *roots, size_t root_count)
{
    bool *needed = calloc(model->count, sizeof *needed);
    for (size_t o = 0; o < root_count; o++)
        needed[roots[o]] = true;
    for (size_t i = model->count; i-- > 0;) {
        const struct instruction *code = &model->code[i];
        if (!needed[i] || code->op == CODE_CONST || code->op == CODE_COLUMN)
            continue;
        needed[code->a] = true;
        if (code->b != NO_VALUE)
            needed[code->b] = true;
        if (code->c != NO_VALUE)
            needed[code->c] = true;
    }
    return needed;
}

#endif
