#include "engine/builder.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "dsl/point.h"

enum { SMALLEST_ROOM = 1024, LARGE_ROOM = 65536 }; // up to a large room in steps of four: each costs a copy and its pages

void builder_init(struct builder *builder, struct arena *arena, size_t limit)
{
    *builder = (struct builder){.arena = arena, .limit = limit};
    build_constant(builder, NAN);
}

bool build_is_constant(const struct builder *builder, value_id id, double *value)
{
    const struct instruction *code = &builder->code[id];
    if (code->op != CODE_CONST)
        return false;
    *value = code->constant;
    return true;
}

bool build_is(const struct builder *builder, value_id id, double value)
{
    double constant;
    return build_is_constant(builder, id, &constant) && constant == value;
}

void build_mark_never(struct builder *builder, value_id id)
{
    builder->never[id] = true;
}

// ---- sharing -----------------------------------------------------------------------------------------------------------

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
    return hash ^ (hash >> 29);
}

static uint64_t bits_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static uint64_t hash_of(const struct instruction *code)
{
    const uint64_t hash = mix(code->op, code->op == CODE_CONST ? bits_of(code->constant) : (uint64_t)code->a << 32 | code->b);
    return mix(hash, code->c);
}

static bool same(const struct instruction *x, const struct instruction *y)
{
    return x->op == y->op && x->a == y->a && x->b == y->b && x->c == y->c && bits_of(x->constant) == bits_of(y->constant);
}

static value_id *slot_of(const struct builder *builder, const struct instruction *code)
{
    size_t i = (size_t)hash_of(code) & (builder->table_room - 1);
    while (builder->table[i] != 0 && !same(&builder->code[builder->table[i] - 1], code))
        i = (i + 1) & (builder->table_room - 1);
    return &builder->table[i];
}

static void grow(struct builder *builder)
{
    size_t room = builder->room == 0 ? SMALLEST_ROOM : builder->room * (builder->room < LARGE_ROOM ? 4 : 2);
    struct instruction *code = arena_array(builder->arena, room, sizeof *code);
    bool *never = arena_array(builder->arena, room, sizeof *never);
    if (builder->count > 0) {
        memcpy(code, builder->code, builder->count * sizeof *code);
        memcpy(never, builder->never, builder->count * sizeof *never);
    }
    builder->code = code;
    builder->never = never;
    builder->room = room;
    builder->table_room = room * 2;
    builder->table = arena_array(builder->arena, builder->table_room, sizeof *builder->table);
    for (size_t i = 0; i < builder->count; i++)
        *slot_of(builder, &code[i]) = (value_id)(i + 1);
}

// Dates made from a date that never comes are as infinite as it is; truths are not.
static bool carries_never(uint32_t op)
{
    return op != OP_LT && op != OP_LE && op != OP_EQ && op != OP_NE && op != OP_AND && op != OP_OR && op != OP_NOT;
}

static bool is_never(const struct builder *builder, const struct instruction *code)
{
    if (code->op >= OP_COUNT || !carries_never(code->op))
        return false;
    return (code->a != NO_VALUE && builder->never[code->a]) || (code->b != NO_VALUE && builder->never[code->b]) ||
           (code->c != NO_VALUE && builder->never[code->c]);
}

static value_id share(struct builder *builder, struct instruction code)
{
    if (builder->count == builder->room)
        grow(builder);
    value_id *slot = slot_of(builder, &code);
    if (*slot != 0)
        return *slot - 1;
    if (builder->count >= builder->limit) {
        builder->full = true;
        return 0;
    }
    size_t id = builder->count++;
    builder->code[id] = code;
    builder->never[id] = is_never(builder, &code);
    *slot = (value_id)(id + 1);
    return (value_id)id;
}

value_id build_constant(struct builder *builder, double value)
{
    // One NaN, whatever its bits: value number 0.
    if (isnan(value))
        value = NAN;
    return share(builder, (struct instruction){.op = CODE_CONST, .a = NO_VALUE, .b = NO_VALUE, .c = NO_VALUE, .constant = value});
}

value_id build_column(struct builder *builder, size_t column)
{
    return share(builder, (struct instruction){.op = CODE_COLUMN, .a = (value_id)column, .b = NO_VALUE, .c = NO_VALUE});
}

// ---- simplifying -------------------------------------------------------------------------------------------------------

static value_id build(struct builder *builder, enum op op, value_id a, value_id b, value_id c)
{
    double x = 0.0, y = 0.0, z = 0.0;
    bool constant = build_is_constant(builder, a, &x) && (b == NO_VALUE || build_is_constant(builder, b, &y)) &&
                    (c == NO_VALUE || build_is_constant(builder, c, &z));
    if (constant)
        return build_constant(builder, point_value(op, x, y, z));
    return share(builder, (struct instruction){.op = op, .a = a, .b = b, .c = c});
}

// not (a < b) is b <= a: both have no value when a or b has none.
static value_id build_not(struct builder *builder, value_id a)
{
    const struct instruction code = builder->code[a];
    switch (code.op) {
    case OP_NOT:
        return code.a;
    case OP_LT:
        return build(builder, OP_LE, code.b, code.a, NO_VALUE);
    case OP_LE:
        return build(builder, OP_LT, code.b, code.a, NO_VALUE);
    case OP_EQ:
        return build(builder, OP_NE, code.a, code.b, NO_VALUE);
    case OP_NE:
        return build(builder, OP_EQ, code.a, code.b, NO_VALUE);
    default:
        return build(builder, OP_NOT, a, NO_VALUE, NO_VALUE);
    }
}

value_id build1(struct builder *builder, enum op op, value_id a)
{
    const struct instruction code = builder->code[a];
    if (op == OP_NOT)
        return build_not(builder, a);
    if (op == OP_NEG && code.op == OP_NEG)
        return code.a;
    if (op == OP_ABS && code.op == OP_ABS)
        return a;
    return build(builder, op, a, NO_VALUE, NO_VALUE);
}

// The value that `a op b` equals without an instruction, or NO_VALUE. Only what keeps every bit, "no value" included; the
// one exception is the sign of zero in x + 0.
static value_id shortcut(const struct builder *builder, enum op op, value_id a, value_id b)
{
    switch (op) {
    case OP_ADD:
        return build_is(builder, a, 0.0) ? b : build_is(builder, b, 0.0) ? a : NO_VALUE;
    case OP_SUB:
        return build_is(builder, b, 0.0) ? a : NO_VALUE;
    case OP_MUL:
        return build_is(builder, a, 1.0) ? b : build_is(builder, b, 1.0) ? a : NO_VALUE;
    case OP_DIV:
        return build_is(builder, b, 1.0) ? a : NO_VALUE;
    case OP_MIN:
    case OP_MAX:
        return a == b ? a : NO_VALUE;
    case OP_AND:
        if (a == b || build_is(builder, b, 1.0) || build_is(builder, a, 0.0))
            return a;
        return build_is(builder, a, 1.0) || build_is(builder, b, 0.0) ? b : NO_VALUE;
    case OP_OR:
        if (a == b || build_is(builder, b, 0.0) || build_is(builder, a, 1.0))
            return a;
        return build_is(builder, a, 0.0) || build_is(builder, b, 1.0) ? b : NO_VALUE;
    default:
        return NO_VALUE;
    }
}

static bool commutes(enum op op)
{
    return op == OP_ADD || op == OP_MUL || op == OP_MIN || op == OP_MAX || op == OP_AND || op == OP_OR || op == OP_EQ || op == OP_NE;
}

static value_id build_power(struct builder *builder, value_id base, value_id exponent);

value_id build2(struct builder *builder, enum op op, value_id a, value_id b)
{
    if (op == OP_POW)
        return build_power(builder, a, b);
    bool greater = op == OP_GT || op == OP_GE;
    if (greater || (commutes(op) && a > b)) {
        value_id swap = a;
        a = b;
        b = swap;
    }
    if (greater)
        op = op == OP_GT ? OP_LT : OP_LE;
    value_id known = shortcut(builder, op, a, b);
    return known != NO_VALUE ? known : build(builder, op, a, b, NO_VALUE);
}

value_id build_select(struct builder *builder, value_id condition, value_id a, value_id b)
{
    double known;
    if (build_is_constant(builder, condition, &known))
        return isnan(known) ? condition : known != 0.0 ? a : b;
    return build(builder, OP_SELECT, condition, a, b);
}

// ---- powers ------------------------------------------------------------------------------------------------------------

// base ^ whole for 0 <= whole <= 4, multiplied in this order: x, x x, (x x) x, (x x)(x x). 0 gives NO_VALUE: no factor.
static value_id whole_power(struct builder *builder, value_id base, int whole)
{
    if (whole == 0)
        return NO_VALUE;
    if (whole == 1)
        return base;
    value_id square = build2(builder, OP_MUL, base, base);
    if (whole == 2)
        return square;
    return build2(builder, OP_MUL, square, whole == 3 ? base : square);
}

static value_id times(struct builder *builder, value_id a, value_id b)
{
    return a == NO_VALUE ? b : build2(builder, OP_MUL, a, b);
}

// Quarters matter: a yearly factor raised to dt / year in a quarterly model is two square roots instead of a power.
static value_id quarter_power(struct builder *builder, value_id base, int quarters)
{
    value_id result = whole_power(builder, base, quarters / 4);
    if (quarters % 4 == 0)
        return result;
    value_id root = build1(builder, OP_SQRT, base);
    if (quarters & 2)
        result = times(builder, result, root);
    if (quarters & 1)
        result = times(builder, result, build1(builder, OP_SQRT, root));
    return result;
}

// x raised to a constant: multiplications and square roots where the exponent is a small multiple of a quarter.
static value_id build_power(struct builder *builder, value_id base, value_id exponent)
{
    enum { MOST_QUARTERS = 16 };
    double power, known;
    if (build_is_constant(builder, base, &known) || !build_is_constant(builder, exponent, &power))
        return build(builder, OP_POW, base, exponent, NO_VALUE);
    double quarters = 4.0 * power;
    if (power == 0.0 || !(fabs(quarters) <= MOST_QUARTERS) || quarters != floor(quarters))
        return build(builder, OP_POW, base, exponent, NO_VALUE);
    value_id result = quarter_power(builder, base, (int)fabs(quarters));
    return power > 0.0 ? result : build2(builder, OP_DIV, build_constant(builder, 1.0), result);
}
