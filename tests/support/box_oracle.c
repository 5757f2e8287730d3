#include "tests/support/box_oracle.h"

#include <float.h>
#include <math.h>
#include <mpfi.h>
#include <mpfi_io.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "dsl/point.h"
#include "tests/support/random.h"

const enum op box_operators[] = {OP_ADD, OP_SUB,   OP_MUL,  OP_DIV,   OP_NEG, OP_POW, OP_MIN, OP_MAX, OP_ABS, OP_EXP, OP_LN,  OP_LOG10,
                                 OP_SQRT, OP_FLOOR, OP_CEIL, OP_ROUND, OP_LT,  OP_LE,  OP_EQ,  OP_NE,  OP_AND, OP_OR,  OP_NOT, OP_SELECT};
const size_t box_operator_count = sizeof box_operators / sizeof *box_operators;

enum { PRECISION = 80, POINTS_PER_BOX = 12 };

// ---- boxes and points -------------------------------------------------------------------------------------------------------

static double share(uint64_t *state)
{
    return (double)(random_bits(state) >> 11) * 0x1p-53;
}

static double any_number(uint64_t *state)
{
    static const double special[] = {0.0, 1.0, 2.0, 0.5, 3.0, INFINITY, DBL_MAX, DBL_MIN, 0x1p-1074, 0x1p-1070, 709.78, 745.1, 10.0, 1000.0,
                                     0x1p53, 0x1p60, 0x1p61, 1.0 / 3.0, 0x1.fffffffffffffp-1, 0x1.0000000000001p0, 0x1p-960, 0x1p1000};
    const double sign = random_below(state, 3) ? 1.0 : -1.0;
    switch (random_below(state, 8)) {
    case 0:
        return sign * special[random_below(state, sizeof special / sizeof *special)];
    case 1:
        return sign * ldexp(1.0 + share(state), (int)random_below(state, 2097) - 1074);
    case 2:
        return sign * (1.0 + ldexp(share(state) - 0.5, -(int)random_below(state, 50)));
    case 3:
        return sign * (double)random_below(state, 20) * 0.5;
    case 4:
        return sign * 800.0 * share(state);
    default:
        return sign * ldexp(1.0 + share(state), (int)random_below(state, 20) - 12);
    }
}

static bool is_truth(enum op op, int argument)
{
    return op == OP_AND || op == OP_OR || op == OP_NOT || (op == OP_SELECT && argument == 0);
}

static void random_lane(struct enclosure *box, size_t lane, bool truth, uint64_t *state)
{
    double a = any_number(state), b = a;
    switch (random_below(state, 4)) {
    case 0:
        b = random_below(state, 3) ? a : nextafter(a, INFINITY);
        break;
    case 1:
        b = isinf(a) ? a : a + fabs(a) * ldexp(1.0, -(int)random_below(state, 52));
        break;
    default:
        b = any_number(state);
    }
    if (truth) {
        a = random_below(state, 2);
        b = random_below(state, 2);
    }
    const bool turned = a > b || (a == b && signbit(b) && !signbit(a));
    box->low[lane] = turned ? b : a;
    box->high[lane] = turned ? a : b;
    box->missing[lane] = random_below(state, 12) == 0;
}

// One of the values of an interval, or none.
static double point_of(const struct enclosure *box, size_t lane, bool truth, unsigned corner, uint64_t *state)
{
    const double low = box->low[lane], high = box->high[lane];
    if (box->missing[lane] != 0 && random_below(state, 2))
        return NAN;
    if (truth || corner < 2)
        return (truth ? random_below(state, 2) : corner) ? high : low;
    if (corner == 2 && low < 0 && high > 0)
        return random_below(state, 2) ? 0.0 : -0.0;
    const double from = fmax(low, -DBL_MAX / 4), to = fmin(high, DBL_MAX / 4), x = from + share(state) * (to - from);
    if (corner == 3 && low < 0x1.0p0 && high > 0x1.0p0)
        return 1.0;
    if (low < rint(x) && rint(x) < high && random_below(state, 3) == 0)
        return rint(x);
    return low < x && x < high ? x : high;
}

// ---- the true value ---------------------------------------------------------------------------------------------------------

static void function_of(enum op op, mpfi_t r, double x, double y)
{
    mpfi_t a, b;
    mpfi_init2(a, 53);
    mpfi_init2(b, 53);
    mpfi_set_d(a, x);
    mpfi_set_d(b, y);
    if (op == OP_ADD)
        mpfi_add(r, a, b);
    else if (op == OP_SUB)
        mpfi_sub(r, a, b);
    else if (op == OP_MUL)
        mpfi_mul(r, a, b);
    else if (op == OP_DIV)
        mpfi_div(r, a, b);
    else if (op == OP_EXP)
        mpfi_exp(r, a);
    else if (op == OP_LN)
        mpfi_log(r, a);
    else if (op == OP_LOG10)
        mpfi_log10(r, a);
    else if (op == OP_SQRT)
        mpfi_sqrt(r, a);
    else { // MPFI has no power
        mpfr_pow(&r->left, &a->left, &b->left, MPFR_RNDD);
        mpfr_pow(&r->right, &a->left, &b->left, MPFR_RNDU);
    }
    mpfi_clear(a);
    mpfi_clear(b);
}

static bool is_exact(enum op op, double x, double y)
{
    switch (op) {
    case OP_ADD:
    case OP_SUB:
    case OP_MUL:
    case OP_DIV:
        return x == 0 || y == 0 || isinf(x) || isinf(y);
    case OP_POW:
        return x == 0 || y == 0 || isinf(x) || isinf(y) || (x < 0 && floor(y) != y);
    case OP_EXP:
        return isinf(x);
    case OP_LN:
    case OP_LOG10:
    case OP_SQRT:
        return x <= 0 || isinf(x);
    default:
        return true;
    }
}

// Zeros too are inside by their signs.
static bool holds_number(double low, double high, double x)
{
    return low <= x && x <= high && !(x == 0 && low == 0 && signbit(x) && !signbit(low)) && !(x == 0 && high == 0 && !signbit(x) && signbit(high));
}

static bool holds_value(enum op op, const struct enclosure *found, size_t lane, const double at[3], mpfi_t r)
{
    const double low = found->low[lane], high = found->high[lane], plain = point_value(op, at[0], at[1], at[2]);
    if (isnan(plain))
        return found->missing[lane] == 1;
    if (!holds_number(low, high, plain)) // what the sampler finds
        return false;
    if (is_exact(op, at[0], at[1]))
        return true;
    function_of(op, r, at[0], at[1]);
    return mpfr_cmp_d(&r->left, low) >= 0 && mpfr_cmp_d(&r->right, high) <= 0;
}

// ---- all together -----------------------------------------------------------------------------------------------------------

struct oracle {
    enum op op;
    enum kernels kernels;
    const struct enclosing *enclosing;
    void *workspace;
    struct enclosure boxes[3], found;
    mpfi_t r;
    uint64_t *state;
};

static const char *check_lane(struct oracle *o, size_t lane)
{
    static _Thread_local char message[400];
    for (unsigned i = 0; i < POINTS_PER_BOX; i++) {
        double at[3];
        for (int k = 0; k < 3; k++)
            at[k] = point_of(&o->boxes[k], lane, is_truth(o->op, k), i < 4 ? (i >> k & 1) : random_below(o->state, 6), o->state);
        if (holds_value(o->op, &o->found, lane, at, o->r))
            continue;
        snprintf(message, sizeof message, "%s, kernels %d: %a .. %a, %a .. %a, %a .. %a gives %a .. %a, missing %g; not at %a, %a, %a",
                 op_table[o->op].text, (int)o->kernels, o->boxes[0].low[lane], o->boxes[0].high[lane], o->boxes[1].low[lane],
                 o->boxes[1].high[lane], o->boxes[2].low[lane], o->boxes[2].high[lane], o->found.low[lane], o->found.high[lane],
                 o->found.missing[lane], at[0], at[1], at[2]);
        return message;
    }
    return NULL;
}

static const char *check_block(struct oracle *o)
{
    const struct enclosure *const columns[] = {&o->boxes[0], &o->boxes[1], &o->boxes[2]};
    for (size_t lane = 0; lane < BOX_LANES; lane++)
        for (int k = 0; k < 3; k++)
            random_lane(&o->boxes[k], lane, is_truth(o->op, k), o->state);
    enclosing_run(o->enclosing, o->kernels, columns, o->workspace, &o->found);
    for (size_t lane = 0; lane < BOX_LANES; lane++) {
        const char *wrong = check_lane(o, lane);
        if (wrong != NULL)
            return wrong;
    }
    return NULL;
}

const char *box_oracle(enum op op, enum kernels kernels, uint64_t points, uint64_t *state)
{
    struct instruction code[] = {{.op = CODE_COLUMN, .a = 0}, {.op = CODE_COLUMN, .a = 1}, {.op = CODE_COLUMN, .a = 2}, {.op = op, .a = 0, .b = 1, .c = 2}};
    const struct model model = {.count = 4, .code = code, .column_count = 3};
    const value_id root = 3;
    struct arena arena;
    arena_init(&arena, &system_allocator, NULL);
    const struct enclosing *enclosing = enclosing_make(&arena, &model, &root, 1);
    struct oracle oracle = {.op = op, .kernels = kernels, .enclosing = enclosing, .state = state};
    oracle.workspace = arena_alloc_wide(&arena, enclosing_workspace(enclosing));
    mpfi_init2(oracle.r, PRECISION);
    const char *wrong = NULL;
    for (uint64_t done = 0; done < points && wrong == NULL; done += BOX_LANES * POINTS_PER_BOX)
        wrong = check_block(&oracle);
    mpfi_clear(oracle.r);
    arena_reset(&arena);
    return wrong;
}
