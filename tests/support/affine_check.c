#include "tests/support/affine_check.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "base/elementary.h"
#include "engine/affine.h"
#include "tests/support/random.h"

enum { COLUMNS = 5, AXES = 3, STEPS = 14, VALUES_MOST = COLUMNS + 2 * STEPS };
static const size_t axes_of_columns[COLUMNS] = {0, 1, 2, 0, NO_AXIS};

struct trial {
    uint64_t state;
    size_t number;                       // of the program, for messages
    struct instruction code[VALUES_MOST];
    size_t count;
    struct affine_column columns[COLUMNS];
    struct affine *affine;
    void *workspace;
    struct affine_root roots[VALUES_MOST];
    double slopes[VALUES_MOST][AXES * BOX_LANES];
    struct affine_checks checks;
};

// A future in one box: where its axes are, and its columns.
struct point {
    size_t lane;
    long double axes[AXES];
    double columns[COLUMNS];
    long double exact[VALUES_MOST];
    double rounded[VALUES_MOST];
};

static double uniform(struct trial *trial)
{
    return (double)(random_bits(&trial->state) >> 11) * 0x1p-53;
}

// ---- programs ---------------------------------------------------------------------------------------------------------------

static value_id add_constant(struct trial *trial)
{
    static const double some[] = {0, 1, -1, 2, 0.5, -0.5, 3, 10, 1e-3, 0.12, -2};
    struct instruction *code = &trial->code[trial->count];
    *code = (struct instruction){.op = CODE_CONST, .constant = some[random_below(&trial->state, sizeof some / sizeof *some)]};
    return (value_id)trial->count++;
}

static bool is_truth(const struct trial *trial, value_id value)
{
    return trial->code[value].op >= OP_LT && trial->code[value].op <= OP_NOT;
}

static value_id some_value(struct trial *trial, bool truth)
{
    for (size_t tries = 0; tries < 20; tries++) {
        const value_id value = random_below(&trial->state, (unsigned)trial->count);
        if (is_truth(trial, value) == truth)
            return value;
    }
    return 0;
}

static void add_step(struct trial *trial)
{
    static const uint8_t ops[] = {OP_ADD, OP_SUB, OP_MUL, OP_MUL, OP_DIV, OP_DIV, OP_NEG, OP_POW, OP_POW, OP_MIN, OP_MAX, OP_ABS, OP_EXP,
                                  OP_LN, OP_LOG10, OP_SQRT, OP_FLOOR, OP_CEIL, OP_ROUND, OP_LT, OP_LE, OP_EQ, OP_NE, OP_AND, OP_OR, OP_NOT,
                                  OP_SELECT, OP_SELECT, OP_ADD, OP_SUB, OP_MUL};
    const unsigned op = ops[random_below(&trial->state, sizeof ops)];
    const bool truths = op == OP_AND || op == OP_OR || op == OP_NOT;
    struct instruction code = {.op = op, .a = some_value(trial, truths || op == OP_SELECT)};
    code.b = random_below(&trial->state, 4) == 0 && !truths ? add_constant(trial) : some_value(trial, truths);
    code.c = some_value(trial, false);
    if ((truths && (!is_truth(trial, code.a) || !is_truth(trial, code.b))) || (op == OP_SELECT && !is_truth(trial, code.a)))
        code.op = OP_LT;
    trial->code[trial->count++] = code;
}

static void make_program(struct trial *trial)
{
    trial->count = 0;
    for (uint32_t c = 0; c < COLUMNS; c++)
        trial->code[trial->count++] = (struct instruction){.op = CODE_COLUMN, .a = c};
    for (size_t i = 0; i < STEPS; i++)
        add_step(trial);
}

// ---- boxes ------------------------------------------------------------------------------------------------------------------

static double some_center(struct trial *trial)
{
    static const double some[] = {0, 1, -1, 3, 0.25, 1e-6, 50, -20, 1e6};
    return some[random_below(&trial->state, sizeof some / sizeof *some)] * (0.5 + uniform(trial));
}

static double some_width(struct trial *trial)
{
    static const double some[] = {0, 1e-14, 1e-6, 0.01, 0.1, 0.5, 2, 30};
    return some[random_below(&trial->state, sizeof some / sizeof *some)];
}

static void make_boxes(struct trial *trial)
{
    for (size_t c = 0; c < COLUMNS; c++)
        for (size_t lane = 0; lane < BOX_LANES; lane++) {
            const double center = some_center(trial), width = some_width(trial) * (random_below(&trial->state, 2) ? 1 : fabs(center));
            const bool from_zero = random_below(&trial->state, 12) == 0;
            affine_column_set(&trial->columns[c], lane, from_zero ? 0.0 : center - width, from_zero ? width : center + width);
        }
    // Columns that are about what their axis says, and one without an axis.
    for (size_t lane = 0; lane < BOX_LANES; lane++) {
        struct affine_column *shared = &trial->columns[3], *loose = &trial->columns[4];
        shared->error[lane] = 0.1 * shared->slope[lane] + 1e-14 * fabs(shared->center[lane]);
        shared->slope[lane] *= 0.8;
        loose->error[lane] = loose->slope[lane];
    }
}

static double within(double low, double high, double x)
{
    return fmin(high, fmax(low, x));
}

static void set_columns(struct trial *trial, struct point *point)
{
    for (size_t c = 0; c < COLUMNS; c++) {
        const struct affine_column *column = &trial->columns[c];
        const double low = column->low[point->lane], high = column->high[point->lane], slope = column->slope[point->lane];
        const double t = random_below(&trial->state, 3) == 0 ? random_below(&trial->state, 2) : uniform(trial);
        point->columns[c] = within(low, high, low + (high - low) * t);
        if (c < AXES)
            point->axes[c] = slope == 0 ? 0 : ((long double)point->columns[c] - column->center[point->lane]) / slope;
    }
    const struct affine_column *shared = &trial->columns[3];
    const double x = shared->center[point->lane] + shared->slope[point->lane] * (double)point->axes[0];
    point->columns[3] = within(shared->low[point->lane], shared->high[point->lane], x + 0.9 * shared->error[point->lane] * (2 * uniform(trial) - 1));
}

// ---- values -----------------------------------------------------------------------------------------------------------------

static long double truth(bool holds, long double x, long double y)
{
    return isnan(x) || isnan(y) ? (long double)NAN : holds;
}

// C has a value for -INFINITY to any power.
static long double power(long double x, long double y)
{
    return isnan(x) || isnan(y) || (x < 0 && floorl(y) != y) ? (long double)NAN : powl(x, y);
}

static long double both(long double x, long double y)
{
    return x == 0 || y == 0 ? 0 : x * y;
}

static long double either(long double x, long double y)
{
    return x == 1 || y == 1 ? 1 : x + y;
}

static long double exact_value(const struct instruction *code, const struct point *point)
{
    const long double x = point->exact[code->a], y = point->exact[code->b], z = point->exact[code->c];
    switch (code->op) {
    case CODE_CONST: return code->constant;
    case CODE_COLUMN: return point->columns[code->a];
    case OP_ADD: return x + y;
    case OP_SUB: return x - y;
    case OP_MUL: return x * y;
    case OP_DIV: return x / y;
    case OP_NEG: return -x;
    case OP_POW: return power(x, y);
    case OP_MIN: return isnan(x) || isnan(y) ? x + y : fminl(x, y);
    case OP_MAX: return isnan(x) || isnan(y) ? x + y : fmaxl(x, y);
    case OP_ABS: return fabsl(x);
    case OP_EXP: return expl(x);
    case OP_LN: return logl(x);
    case OP_LOG10: return log10l(x);
    case OP_SQRT: return sqrtl(x);
    case OP_FLOOR: return floorl(x);
    case OP_CEIL: return ceill(x);
    case OP_ROUND: return rintl(x);
    case OP_LT: return truth(x < y, x, y);
    case OP_LE: return truth(x <= y, x, y);
    case OP_EQ: return truth(x == y, x, y);
    case OP_NE: return truth(x != y, x, y);
    case OP_AND: return both(x, y);
    case OP_OR: return either(x, y);
    case OP_NOT: return 1 - x;
    default: return isnan(x) ? x : x == 0 ? z : y;
    }
}

// As the sampler computes it. Only what long double does not say is spelled out.
static double rounded_value(const struct instruction *code, const struct point *point)
{
    const double x = point->rounded[code->a], y = point->rounded[code->b];
    switch (code->op) {
    case OP_POW: return elementary_pow(x, y);
    case OP_EXP: return elementary_exp(x);
    case OP_LN: return elementary_log(x);
    case OP_LOG10: return elementary_log10(x);
    case OP_ADD: return x + y;
    case OP_SUB: return x - y;
    case OP_MUL: return x * y;
    case OP_DIV: return x / y;
    case OP_SQRT: return sqrt(x);
    default: {
        struct point alone;
        for (size_t i = 0; i < COLUMNS; i++)
            alone.columns[i] = point->columns[i];
        if (code->op < OP_COUNT) {
            alone.exact[code->a] = x;
            alone.exact[code->b] = y;
            alone.exact[code->c] = point->rounded[code->c];
        }
        return (double)exact_value(code, &alone);
    }
    }
}

static void evaluate(const struct trial *trial, struct point *point)
{
    for (size_t v = 0; v < trial->count; v++) {
        point->exact[v] = exact_value(&trial->code[v], point);
        point->rounded[v] = rounded_value(&trial->code[v], point);
    }
}

// ---- what must hold ---------------------------------------------------------------------------------------------------------

bool affine_form_contains(const struct affine_root *root, size_t lane, const long double *axes, size_t axis_count, long double x)
{
    long double linear = root->center[lane], own_rounding = fabsl(linear);
    for (size_t a = 0; a < axis_count; a++) {
        linear += root->slope[a * BOX_LANES + lane] * axes[a];
        own_rounding += fabs(root->slope[a * BOX_LANES + lane]);
    }
    return fabsl(x - linear) <= root->error[lane] + own_rounding * 0x1p-61L;
}

static void check_value(struct trial *trial, const struct point *point, size_t value, long double x)
{
    const struct affine_root *root = &trial->roots[value];
    const size_t lane = point->lane;
    if (isnan(x)) {
        trial->checks.missing++;
        cr_assert(root->missing[lane] == 1, "program %zu box %zu value %zu (op %u) is missing without a mark", trial->number, lane, value,
                  trial->code[value].op);
        return;
    }
    cr_assert(root->low[lane] <= x && x <= root->high[lane], "program %zu box %zu value %zu (op %u): %La is not in %a .. %a", trial->number, lane,
              value, trial->code[value].op, x, root->low[lane], root->high[lane]);
    if (root->error[lane] == INFINITY)
        return;
    trial->checks.values++;
    cr_assert(affine_form_contains(root, lane, point->axes, AXES, x), "program %zu box %zu value %zu (op %u): %La is farther from its form than %a",
              trial->number, lane, value, trial->code[value].op, x, root->error[lane]);
}

static void check_point(struct trial *trial, const struct point *point)
{
    for (size_t v = 0; v < trial->count; v++) {
        check_value(trial, point, v, point->exact[v]);
        check_value(trial, point, v, point->rounded[v]);
    }
}

// The greatest number on the way. The rounding of the long doubles is a part of it, which a product may enlarge as much again.
static long double greatest(const struct trial *trial, const struct point *point)
{
    long double most = 1;
    for (size_t v = 0; v < trial->count; v++)
        most = isfinite(point->exact[v]) ? fmaxl(most, fabsl(point->exact[v])) : most;
    return most;
}

// Two points that differ in one column: the mean slope between them is within the bounds. Less the rounding of the long doubles.
// A column that shares its axis cannot move alone.
static void check_change(struct trial *trial, const struct point *point, size_t value, size_t column, const struct slope *slope)
{
    struct point other = *point;
    const struct affine_column *range = &trial->columns[column];
    other.columns[column] = within(range->low[point->lane], range->high[point->lane],
                                   range->low[point->lane] + (range->high[point->lane] - range->low[point->lane]) * uniform(trial));
    evaluate(trial, &other);
    const long double run = (long double)other.columns[column] - point->columns[column], rise = other.exact[value] - point->exact[value];
    if (run == 0 || !isfinite(rise) || trial->roots[value].missing[point->lane] != 0)
        return;
    const double low = slope->low[point->lane], high = slope->high[point->lane];
    const long double most = greatest(trial, point) + greatest(trial, &other), mean = rise / run;
    const long double slack = (1e-15L * most + 1e-17L * most * most) / fabsl(run);
    trial->checks.changes += low > -INFINITY || high < INFINITY;
    cr_assert(low - slack <= mean && mean <= high + slack, "program %zu box %zu value %zu (op %u) by column %zu: %Lg is not in %g .. %g",
              trial->number, point->lane, value, trial->code[value].op, column, mean, low, high);
}

static void check_slopes(struct trial *trial, const struct point *points, size_t count)
{
    struct slope slopes[COLUMNS];
    size_t column_count;
    const size_t *columns = affine_columns(trial->affine, &column_count);
    const size_t value = trial->count - 1 - random_below(&trial->state, 4);
    affine_slopes(trial->affine, KERNELS_BEST, trial->workspace, value, SIZE_MAX, slopes);
    for (size_t i = 0; i < column_count; i++)
        for (size_t p = 0; p < count && columns[i] != 0 && columns[i] != 3; p++)
            check_change(trial, &points[p], value, columns[i], &slopes[i]);
}

static void run_program(struct trial *trial, struct arena *arena)
{
    struct model model = {.count = trial->count, .code = trial->code, .column_count = COLUMNS};
    value_id roots[VALUES_MOST];
    const struct affine_column *columns[COLUMNS];
    for (size_t v = 0; v < trial->count; v++) {
        roots[v] = (value_id)v;
        trial->roots[v].slope = trial->slopes[v];
    }
    for (size_t c = 0; c < COLUMNS; c++)
        columns[c] = &trial->columns[c];
    trial->affine = affine_make(arena, &model, roots, trial->count, axes_of_columns, AXES);
    trial->workspace = arena_alloc_wide(arena, affine_workspace(trial->affine));
    affine_run(trial->affine, KERNELS_BEST, columns, trial->workspace, trial->roots);
}

struct affine_checks affine_check_programs(uint64_t seed, size_t programs, size_t points)
{
    struct trial *trial = calloc(1, sizeof *trial);
    struct point *at = calloc(points * BOX_LANES, sizeof *at);
    trial->state = seed;
    for (trial->number = 0; trial->number < programs; trial->number++) {
        struct arena arena;
        jmp_buf no_memory;
        arena_init(&arena, &system_allocator, &no_memory);
        make_program(trial);
        make_boxes(trial);
        run_program(trial, &arena);
        for (size_t p = 0; p < points * BOX_LANES; p++) {
            at[p].lane = p % BOX_LANES;
            set_columns(trial, &at[p]);
            evaluate(trial, &at[p]);
            check_point(trial, &at[p]);
        }
        check_slopes(trial, at, points * BOX_LANES);
        arena_reset(&arena);
    }
    const struct affine_checks checks = trial->checks;
    free(at);
    free(trial);
    return checks;
}
