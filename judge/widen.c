#include "judge/widen.h"

#include <math.h>

#include "base/elementary.h"
#include "dsl/diag.h"
#include "engine/compile.h"
#include "judge/mover.h"

enum { CHUNK = 512, TRUTHS = 4 };
#define YEARS_AWAY 10
#define FACTOR_AWAY 10

// ---- laws ------------------------------------------------------------------------------------------------------------------------

static const struct distribution *between(struct arena *arena, double low, double high)
{
    struct distribution *law = arena_alloc(arena, sizeof *law);
    *law = (struct distribution){.law = LAW_UNIFORM, .a = low, .b = high, .cut_low = -INFINITY, .cut_high = INFINITY};
    return law;
}

static const struct distribution *any_of(struct arena *arena, const double *values, size_t count)
{
    struct distribution *law = arena_alloc(arena, sizeof *law);
    *law = (struct distribution){.law = LAW_POSSIBLE, .choice_count = count, .values = values, .cut_low = -INFINITY, .cut_high = INFINITY};
    return law;
}

static const struct distribution *any_number(struct arena *arena, size_t count)
{
    double *values = arena_array(arena, count, sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = (double)i;
    return any_of(arena, values, count);
}

static const struct distribution *around_known(struct arena *arena, const struct distribution *law, const struct type *type)
{
    const double value = law->a, away = YEARS_AWAY * SECONDS_A_YEAR;
    if (type->kind == KIND_DATE)
        return between(arena, value - away, value + away);
    if (type->fraction)
        return between(arena, 0, 1);
    const double one = value / FACTOR_AWAY, other = value * FACTOR_AWAY;
    return value == 0 || !isfinite(other) ? law : between(arena, fmin(one, other), fmax(one, other));
}

static const struct distribution *law_wide(struct arena *arena, const struct model *model, size_t column)
{
    const struct column *it = &model->columns[column];
    const struct variable *of = &model->variables[it->variable];
    if (of->type.kind == KIND_TRUTH)
        return any_number(arena, 2);
    if (of->type.kind == KIND_MEMBER && of->type.index)
        return any_number(arena, of->type.index->count);
    if (it->law->law == LAW_CHOICE || it->law->law == LAW_POSSIBLE)
        return any_of(arena, it->law->values, it->law->choice_count);
    if (it->law->law == LAW_KNOWN)
        return around_known(arena, it->law, &of->type);
    const struct variable alone = {.input = of->input, .instance = of->instance, .type = of->type, .bounds_only = of->bounds_only, .column_count = 1, .columns = &column};
    struct mover mover;
    const bool moves = mover_new(model, &alone, INFINITY, &mover) && mover.first < mover.last && isfinite(mover.first) && isfinite(mover.last);
    return moves ? between(arena, mover.first, mover.last) : it->law;
}

// A copy of the model, every column with a draw of its own.
static struct model *model_wide(struct arena *arena, const struct model *model)
{
    struct model *wide = arena_alloc(arena, sizeof *wide);
    struct column *columns = arena_array(arena, model->column_count, sizeof *columns);
    *wide = *model;
    wide->columns = columns;
    wide->draw_count = model->column_count;
    wide->correlated_count = 0;
    for (size_t c = 0; c < model->column_count; c++) {
        columns[c] = model->columns[c];
        if (columns[c].kind != COLUMN_INPUT)
            continue;
        columns[c].law = law_wide(arena, model, c);
        columns[c].draw = c;
    }
    return wide;
}

// ---- futures ---------------------------------------------------------------------------------------------------------------------

struct widening {
    const struct model *narrow, *wide;
    uint64_t seed;
    double **points, **results;
};

// Over the whole range, evenly or by logarithm, or where the sources have it.
static double value_at(const struct widening *widening, size_t column, uint64_t future)
{
    const struct column *from = &widening->narrow->columns[column], *to = &widening->wide->columns[column];
    const uint64_t columns = widening->wide->column_count, number = WIDE_FIRST + future;
    const double wildness = future_uniform(widening->seed, number, 2 * columns);
    const double u = future_uniform(widening->seed, number, column), way = future_uniform(widening->seed, number, columns + column);
    if (way >= wildness)
        return from->law->law == LAW_KNOWN ? from->law->a : column_quantile(from, u);
    if (to->law->law != LAW_UNIFORM)
        return column_quantile(to, u);
    if (to->law->a > 0 && way < wildness / 2)
        return to->law->a * elementary_pow(to->law->b / to->law->a, u);
    return to->law->a + (to->law->b - to->law->a) * u;
}

static void place_futures(const struct widening *widening, const struct tape *tape, uint64_t first)
{
    size_t count;
    const size_t *columns = tape_columns(tape, &count);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < CHUNK && widening->wide->columns[columns[i]].kind == COLUMN_INPUT; k++)
            widening->points[columns[i]][k] = value_at(widening, columns[i], first + k);
}

struct bits {
    uint64_t *premise, *holds;
};

static void set_bits(const struct bits *bits, double *const *values, uint64_t first)
{
    for (size_t k = 0; k < CHUNK; k++) {
        const bool says = values[0][k] == 1 && values[1][k] == 1 && values[2][k] == 0 && !isnan(values[3][k]);
        const uint64_t word = (first + k) / WIDE_WORD, bit = UINT64_C(1) << (first + k) % WIDE_WORD;
        bits->premise[word] |= says ? bit : 0;
        bits->holds[word] |= says && values[3][k] == 1 ? bit : 0;
    }
}

static double **rooms(struct arena *arena, size_t count)
{
    double **rooms = arena_array(arena, count, sizeof *rooms);
    for (size_t i = 0; i < count; i++)
        rooms[i] = arena_array(arena, CHUNK, sizeof **rooms);
    return rooms;
}

static void run_rows(const struct widened *widened, struct widening *widening, const struct bits *bits)
{
    struct work *work = widened->work;
    value_id *roots = arena_array(work->scratch, TRUTHS * widened->row_count, sizeof *roots);
    for (size_t r = 0; r < widened->row_count; r++) {
        const struct question *question = widened->rows[r].question;
        const value_id own[TRUTHS] = {question->assumed, question->premise, question->exception, question->conclusion};
        for (size_t i = 0; i < TRUTHS; i++)
            roots[TRUTHS * r + i] = own[i];
    }
    const struct tape *tape = tape_make(work->scratch, work->model, roots, TRUTHS * widened->row_count);
    widening->points = rooms(work->scratch, work->model->column_count);
    widening->results = rooms(work->scratch, TRUTHS * widened->row_count);
    for (uint64_t first = 0; first < WIDE_FUTURES && work_continues(work, 0); first += CHUNK) {
        place_futures(widening, tape, first);
        work_points(work, tape, work->fixed, (const double *const *)widening->points, CHUNK, widening->results);
        for (size_t r = 0; r < widened->row_count; r++)
            set_bits(&bits[r], widening->results + TRUTHS * r, first);
    }
}

const struct widened *widen(struct work *work, const bool *asked)
{
    const struct program *program = work->model->program;
    struct diags *diags = diags_new(work->arena, NULL);
    const struct model *narrow = program ? compile_freed(work->arena, program, asked, diags) : NULL;
    if (!narrow)
        return NULL;
    struct widened *widened = arena_alloc(work->arena, sizeof *widened);
    struct wide_row *rows = arena_array(work->arena, narrow->question_count, sizeof *rows);
    struct bits *bits = arena_array(work->arena, narrow->question_count, sizeof *bits);
    struct model *wide = model_wide(work->arena, narrow);
    *widened = (struct widened){.work = arena_alloc(work->arena, sizeof *widened->work), .rows = rows};
    work_start(widened->work, work->arena, work->scratch, wide, work->options);
    for (size_t q = 0; q < wide->question_count; q++) {
        const size_t words = WIDE_FUTURES / WIDE_WORD;
        if (wide->questions[q].concession || wide->questions[q].missing || wide->questions[q].hole_column != SIZE_MAX)
            continue;
        bits[widened->row_count] = (struct bits){arena_array(work->arena, words, sizeof(uint64_t)), arena_array(work->arena, words, sizeof(uint64_t))};
        rows[widened->row_count] = (struct wide_row){&wide->questions[q], bits[widened->row_count].premise, bits[widened->row_count].holds};
        widened->row_count++;
    }
    const struct arena_mark mark = arena_mark(work->scratch);
    run_rows(widened, &(struct widening){.narrow = narrow, .wide = wide, .seed = work->options->seed}, bits);
    arena_release(work->scratch, mark);
    return widened;
}
