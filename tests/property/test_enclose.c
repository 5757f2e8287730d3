// Random models over random boxes: what single futures give lies inside the enclosures, and every kernel gives the same bits.
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "dsl/point.h"
#include "engine/enclose.h"
#include "engine/kernel.h"
#include "tests/support/failing_allocator.h"
#include "tests/support/random.h"

enum { COLUMNS = 5, VALUES = 120, ROOTS = VALUES, MODELS = 400, POINTS = 12 };

static const enum op numeric[] = {OP_ADD, OP_SUB, OP_MUL, OP_DIV,  OP_MIN,  OP_MAX,   OP_ADD, OP_SUB, OP_MUL,   OP_NEG,
                                  OP_POW, OP_ABS, OP_EXP, OP_LN,   OP_SQRT, OP_FLOOR, OP_CEIL, OP_ROUND, OP_LOG10, OP_SELECT};
static const enum op truths[] = {OP_LT, OP_LE, OP_EQ, OP_NE, OP_AND, OP_OR, OP_NOT};
static const double special[] = {0.0, -0.0, 1.0, -1.0, INFINITY, -INFINITY, 0.5, 2.0, 3.0, 1e300, -3.0, 0x1p-1074, 0.25, -1e-300, 2.5};

struct trial {
    struct instruction code[VALUES];
    bool truth[VALUES];
    struct model model;
    value_id roots[ROOTS];
    struct enclosure boxes[COLUMNS];
};

static double uniform(uint64_t *state)
{
    return (double)(random_bits(state) >> 11) * 0x1p-53;
}

static double number(uint64_t *state)
{
    if (random_below(state, 4) == 0)
        return special[random_below(state, sizeof special / sizeof *special)];
    return 8 * uniform(state) - (random_below(state, 2) ? 4 : 0);
}

// An earlier value of the kind wanted; value 0 is a number, value COLUMNS a truth.
static value_id earlier(const struct trial *trial, value_id before, bool truth, uint64_t *state)
{
    for (int tries = 0; tries < 50; tries++) {
        value_id id = (value_id)random_below(state, before);
        if (trial->truth[id] == truth)
            return id;
    }
    return truth ? COLUMNS : 0;
}

static void random_value(struct trial *trial, value_id i, uint64_t *state)
{
    struct instruction *code = &trial->code[i];
    *code = (struct instruction){.op = CODE_CONST, .a = NO_VALUE, .b = NO_VALUE, .c = NO_VALUE};
    if (i == COLUMNS || random_below(state, 20) == 0) {
        trial->truth[i] = true;
        code->constant = random_below(state, 2);
    } else if (random_below(state, 8) == 0)
        code->constant = random_below(state, 20) == 0 ? NAN : number(state);
    else {
        trial->truth[i] = random_below(state, 3) == 0;
        code->op = trial->truth[i] ? truths[random_below(state, 7)] : numeric[random_below(state, 20)];
        const bool logic = code->op == OP_AND || code->op == OP_OR || code->op == OP_NOT;
        code->a = earlier(trial, i, logic || code->op == OP_SELECT, state);
        code->b = random_below(state, 10) == 0 && code->op != OP_SELECT ? code->a : earlier(trial, i, logic, state);
        code->c = earlier(trial, i, logic, state);
    }
}

// The forms that are rewritten (engine/enclose_rewrite.h), which chance alone would seldom make: x - x y, x + x y, x / (x + y),
// (1 - exp(-x)) / x. They end at value i.
static void random_form(struct trial *trial, value_id i, uint64_t *state)
{
    const value_id x = earlier(trial, i - 4, false, state), y = earlier(trial, i - 4, false, state);
    const bool turned = random_below(state, 2);
    struct instruction *code = &trial->code[i];
    for (value_id k = i - 4; k <= i; k++)
        trial->truth[k] = false;
    code[-4] = (struct instruction){.op = CODE_CONST, .a = NO_VALUE, .b = NO_VALUE, .c = NO_VALUE, .constant = 1.0};
    code[-3] = (struct instruction){.op = OP_NEG, .a = x, .b = x, .c = x};
    code[-2] = (struct instruction){.op = OP_EXP, .a = i - 3, .b = x, .c = x};
    code[-1] = (struct instruction){.op = OP_MUL, .a = turned ? y : x, .b = turned ? x : y, .c = x};
    switch (random_below(state, 4)) {
    case 0:
        *code = (struct instruction){.op = OP_SUB, .a = x, .b = i - 1, .c = x};
        break;
    case 1:
        *code = (struct instruction){.op = OP_ADD, .a = turned ? x : i - 1, .b = turned ? i - 1 : x, .c = x};
        break;
    case 2:
        code[-1].op = OP_ADD;
        *code = (struct instruction){.op = OP_DIV, .a = x, .b = i - 1, .c = x};
        break;
    default:
        code[-1] = (struct instruction){.op = OP_SUB, .a = i - 4, .b = i - 2, .c = x};
        *code = (struct instruction){.op = OP_DIV, .a = i - 1, .b = x, .c = x};
    }
}

static void random_boxes(struct trial *trial, uint64_t *state)
{
    for (size_t c = 0; c < COLUMNS; c++)
        for (size_t lane = 0; lane < BOX_LANES; lane++) {
            double a = number(state), b = random_below(state, 3) == 0 ? a : number(state);
            if (random_below(state, 3) == 0)
                b = a + uniform(state) * 1e-3;
            const bool turned = a > b || (a == b && signbit(b) && !signbit(a));
            trial->boxes[c].low[lane] = turned ? b : a;
            trial->boxes[c].high[lane] = turned ? a : b;
            trial->boxes[c].missing[lane] = 0;
        }
}

static void make_trial(struct trial *trial, uint64_t *state)
{
    memset(trial, 0, sizeof *trial);
    for (value_id i = 0; i < VALUES; i++) {
        if (i < COLUMNS)
            trial->code[i] = (struct instruction){.op = CODE_COLUMN, .a = i, .b = NO_VALUE, .c = NO_VALUE};
        else
            random_value(trial, i, state);
        trial->roots[i] = i;
        if (i > COLUMNS + 5 && random_below(state, 12) == 0)
            random_form(trial, i, state);
    }
    random_boxes(trial, state);
    trial->model = (struct model){.count = VALUES, .code = trial->code, .column_count = COLUMNS};
}

static double point_in(double low, double high, uint64_t *state)
{
    switch (random_below(state, 4)) {
    case 0:
        return low;
    case 1:
        return high;
    case 2:
        if (low < 0 && high > 0)
            return random_below(state, 2) ? 0.0 : -0.0;
        return low <= 1 && high >= 1 ? 1 : low;
    default: {
        const double from = fmax(low, -0x1p1000), to = fmin(high, 0x1p1000), x = from + uniform(state) * (to - from);
        return low < x && x < high ? x : low;
    }
    }
}

static void evaluate_one(const struct instruction *code, const double *columns, double *values)
{
    for (value_id i = 0; i < VALUES; i++) {
        const struct instruction *c = &code[i];
        values[i] = c->op == CODE_CONST ? c->constant : c->op == CODE_COLUMN ? columns[c->a] : NAN;
        if (c->op < OP_COUNT)
            values[i] = point_value(c->op, values[c->a], values[c->b], values[c->c]);
    }
}

// Zeros too are inside by their signs.
static bool inside(double x, double low, double high)
{
    return low <= x && x <= high && !(x == 0 && low == 0 && signbit(x) && !signbit(low)) && !(x == 0 && high == 0 && !signbit(x) && signbit(high));
}

static void check_point(const struct trial *trial, const struct enclosure *found, size_t lane, uint64_t *state, uint64_t seed)
{
    double columns[COLUMNS], values[VALUES];
    for (size_t c = 0; c < COLUMNS; c++)
        columns[c] = point_in(trial->boxes[c].low[lane], trial->boxes[c].high[lane], state);
    evaluate_one(trial->code, columns, values);
    for (value_id i = 0; i < VALUES; i++) {
        const struct instruction *code = &trial->code[i];
        const bool known = isnan(values[i]) ? found[i].missing[lane] == 1 : inside(values[i], found[i].low[lane], found[i].high[lane]);
        cr_assert(known, "seed %llx, value %u (op %u of %a .. %a and %a .. %a: %a, %a): %a not in %a .. %a, missing %g", (unsigned long long)seed,
                  i, code->op, code->a < i ? found[code->a].low[lane] : NAN, code->a < i ? found[code->a].high[lane] : NAN,
                  code->b < i ? found[code->b].low[lane] : NAN, code->b < i ? found[code->b].high[lane] : NAN,
                  code->a < i ? values[code->a] : NAN, code->b < i ? values[code->b] : NAN, values[i], found[i].low[lane], found[i].high[lane],
                  found[i].missing[lane]);
        const bool marked = found[i].missing[lane] == 0 || found[i].missing[lane] == 1;
        const bool empty = found[i].low[lane] == INFINITY && found[i].high[lane] == -INFINITY && found[i].missing[lane] == 1;
        cr_assert(marked && (empty || found[i].low[lane] <= found[i].high[lane]), "seed %llx, value %u (op %u): %a .. %a, missing %g",
                  (unsigned long long)seed, i, code->op, found[i].low[lane], found[i].high[lane], found[i].missing[lane]);
    }
}

static void run_trial(struct arena *arena, const struct trial *trial, enum kernels kernels, struct enclosure *found)
{
    struct enclosing *enclosing = enclosing_make(arena, &trial->model, trial->roots, ROOTS);
    void *workspace = arena_alloc_wide(arena, enclosing_workspace(enclosing));
    const struct enclosure *columns[COLUMNS];
    for (size_t c = 0; c < COLUMNS; c++)
        columns[c] = &trial->boxes[c];
    enclosing_run(enclosing, kernels, columns, workspace, found);
}

Test(enclose, futures_lie_inside_the_enclosures_of_their_box)
{
    static struct trial trial;
    static struct enclosure found[ROOTS], others[ROOTS];
    uint64_t state = random_seed();
    for (int m = 0; m < MODELS; m++) {
        const uint64_t seed = state;
        make_trial(&trial, &state);
        struct arena arena;
        arena_init(&arena, &system_allocator, NULL);
        run_trial(&arena, &trial, KERNELS_BASELINE, found);
        for (size_t lane = 0; lane < BOX_LANES; lane++)
            for (int p = 0; p < POINTS; p++)
                check_point(&trial, found, lane, &state, seed);
        for (enum kernels kernels = KERNELS_AVX2; kernels <= KERNELS_AVX512; kernels++) {
            if (!kernels_available(kernels))
                continue;
            run_trial(&arena, &trial, kernels, others);
            for (size_t r = 0; r < ROOTS; r++)
                cr_assert(memcmp(&found[r], &others[r], sizeof found[r]) == 0, "seed %llx, kernels %d, value %zu (op %u)",
                          (unsigned long long)seed, (int)kernels, r, trial.code[r].op);
        }
        arena_reset(&arena);
    }
}
