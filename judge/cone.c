#include "judge/cone.h"

#include <string.h>

enum part { PART_UNUSED, PART_OUTSIDE, PART_EDGE, PART_INSIDE }; // edge: outside, and read from inside

static void each_argument(const struct instruction *it, value_id i, value_id *args, size_t *count)
{
    const value_id all[] = {it->a, it->b, it->c};
    *count = 0;
    for (size_t k = 0; k < 3 && it->op != CODE_CONST && it->op != CODE_COLUMN; k++)
        if (all[k] < i)
            args[(*count)++] = all[k];
}

// Marks what the hole reaches among what the roots need.
static unsigned char *mark_parts(struct work *work, const struct question *question, const value_id *roots, size_t root_count)
{
    const struct model *model = work->model;
    unsigned char *parts = arena_array(work->scratch, model->count, 1);
    value_id args[3];
    size_t count;
    for (size_t r = 0; r < root_count; r++)
        parts[roots[r]] = PART_OUTSIDE;
    for (value_id i = (value_id)model->count; i-- > 0;) {
        each_argument(&model->code[i], i, args, &count);
        for (size_t k = 0; parts[i] != PART_UNUSED && k < count; k++)
            parts[args[k]] = PART_OUTSIDE;
    }
    for (value_id i = 0; i < model->count; i++) {
        const struct instruction *it = &model->code[i];
        if (parts[i] == PART_UNUSED)
            continue;
        if (it->op == CODE_COLUMN && it->a == question->hole_column)
            parts[i] = PART_INSIDE;
        each_argument(it, i, args, &count);
        for (size_t k = 0; k < count; k++)
            if (parts[args[k]] == PART_INSIDE)
                parts[i] = PART_INSIDE;
        for (size_t k = 0; parts[i] == PART_INSIDE && k < count; k++)
            if (parts[args[k]] == PART_OUTSIDE)
                parts[args[k]] = PART_EDGE;
    }
    for (size_t r = 0; r < root_count; r++)
        if (parts[roots[r]] == PART_OUTSIDE)
            parts[roots[r]] = PART_EDGE;
    return parts;
}

struct cutting {
    struct model *model;
    struct instruction *code;
    struct column *columns;
    value_id *renumbered; // by value of the whole model
    value_id *edge;       // by column of the cone's model
};

static void cut_value(struct cutting *cut, const struct question *question, const struct instruction *it, value_id i, bool inside)
{
    struct instruction *made = &cut->code[cut->model->count];
    cut->renumbered[i] = (value_id)cut->model->count++;
    *made = *it;
    if (it->op == CODE_CONST)
        return;
    if (!inside) {
        *made = (struct instruction){.op = CODE_COLUMN, .a = (value_id)cut->model->column_count, .b = NO_VALUE, .c = NO_VALUE};
        cut->edge[cut->model->column_count++] = i;
        return;
    }
    if (it->op == CODE_COLUMN) {
        made->a = (value_id)question->hole_column; // its number is known at the end
        return;
    }
    made->a = it->a < i ? cut->renumbered[it->a] : it->a;
    made->b = it->b < i ? cut->renumbered[it->b] : it->b;
    made->c = it->c < i ? cut->renumbered[it->c] : it->c;
}

static void cut_model(struct work *work, const struct question *question, const unsigned char *parts, struct cutting *cut)
{
    const struct model *model = work->model;
    size_t kept = 0;
    for (size_t i = 0; i < model->count; i++)
        kept += parts[i] >= PART_EDGE;
    cut->model = arena_alloc(work->scratch, sizeof *cut->model);
    cut->code = arena_array(work->scratch, kept, sizeof *cut->code);
    cut->edge = arena_array(work->scratch, kept + 1, sizeof *cut->edge);
    cut->renumbered = arena_array(work->scratch, model->count, sizeof *cut->renumbered);
    value_id hole = NO_VALUE;
    for (value_id i = 0; i < model->count; i++) {
        if (parts[i] < PART_EDGE)
            continue;
        cut_value(cut, question, &model->code[i], i, parts[i] == PART_INSIDE);
        if (parts[i] == PART_INSIDE && model->code[i].op == CODE_COLUMN)
            hole = cut->renumbered[i];
    }
    if (hole != NO_VALUE)
        cut->code[hole].a = (value_id)cut->model->column_count;
    cut->columns = arena_array(work->scratch, cut->model->column_count + 1, sizeof *cut->columns);
    for (size_t c = 0; c <= cut->model->column_count; c++)
        cut->columns[c] = (struct column){.kind = COLUMN_HOLE};
    cut->model->column_count++;
    cut->model->code = cut->code;
    cut->model->columns = cut->columns;
}

struct cone cone_of(struct work *work, const struct question *question, size_t lanes)
{
    struct arena *scratch = work->scratch;
    struct cone cone = {.question = question, .lanes = lanes, .root_count = question_roots(question, NULL)};
    value_id *roots = arena_array(scratch, cone.root_count, sizeof *roots);
    question_roots(question, roots);
    struct cutting cut = {0};
    cut_model(work, question, mark_parts(work, question, roots, cone.root_count), &cut);
    cone.model = cut.model;
    cone.outside_count = cut.model->column_count - 1;
    cone.outside = tape_make(scratch, work->model, cut.edge, cone.outside_count);
    for (size_t r = 0; r < cone.root_count; r++)
        roots[r] = cut.renumbered[roots[r]];
    cone.inside = tape_make(scratch, cut.model, roots, cone.root_count);
    cone.points = arena_array(scratch, cut.model->column_count, sizeof *cone.points);
    cone.results = arena_array(scratch, cone.root_count, sizeof *cone.results);
    for (size_t c = 0; c < cut.model->column_count; c++)
        cone.points[c] = arena_array(scratch, lanes, sizeof(double));
    for (size_t r = 0; r < cone.root_count; r++)
        cone.results[r] = arena_array(scratch, lanes, sizeof(double));
    cone.tried = cone.points[cone.outside_count];
    return cone;
}

bool value_reads(struct work *work, value_id value, size_t column)
{
    struct arena_mark mark = arena_mark(work->scratch);
    size_t count;
    const size_t *columns = tape_columns(tape_make(work->scratch, work->model, &value, 1), &count);
    bool reads = false;
    for (size_t i = 0; i < count; i++)
        reads = reads || columns[i] == column;
    arena_release(work->scratch, mark);
    return reads;
}

size_t cone_width(struct work *work, const struct question *question)
{
    struct arena_mark mark = arena_mark(work->scratch);
    size_t root_count = question_roots(question, NULL), width = 2 * root_count;
    value_id *roots = arena_array(work->scratch, root_count, sizeof *roots);
    question_roots(question, roots);
    const unsigned char *parts = mark_parts(work, question, roots, root_count);
    for (size_t i = 0; i < work->model->count; i++)
        width += parts[i] == PART_EDGE;
    arena_release(work->scratch, mark);
    return width;
}

struct filling {
    const struct cone *cone;
    uint64_t first;
};

static void fill_block(void *user, size_t worker, const struct block *block)
{
    (void)worker;
    const struct filling *filling = user;
    for (size_t c = 0; c < filling->cone->outside_count; c++)
        memcpy(filling->cone->points[c] + (block->first - filling->first), block->roots[c], block->lanes * sizeof(double));
}

// The hole reaches none of these values.
static double *unheld(struct work *work, const struct cone *cone, const double *fixed)
{
    double *all = arena_array(work->scratch, work->model->column_count, sizeof *all);
    memcpy(all, fixed, work->model->column_count * sizeof *all);
    if (cone->question->hole_column != SIZE_MAX)
        all[cone->question->hole_column] = 0;
    return all;
}

bool cone_draw(struct work *work, struct cone *cone, const double *fixed, uint64_t first)
{
    struct filling filling = {cone, first};
    struct arena_mark mark = arena_mark(work->scratch);
    bool done = cone->outside_count == 0 || work_futures(work, cone->outside, unheld(work, cone, fixed), first, cone->lanes, fill_block, &filling);
    arena_release(work->scratch, mark);
    return done;
}

void cone_centre(struct work *work, struct cone *cone, const double *fixed)
{
    struct arena_mark mark = arena_mark(work->scratch);
    const double **points = arena_array(work->scratch, work->model->column_count, sizeof *points);
    if (cone->outside_count > 0)
        work_points(work, cone->outside, unheld(work, cone, fixed), points, 1, cone->points);
    arena_release(work->scratch, mark);
}

void cone_run(struct work *work, struct cone *cone)
{
    const struct futures futures = {.model = cone->model, .seed = work->options->seed, .sampler = work->options->sampler};
    struct run_options run = work->run;
    if (cone->lanes < (size_t)8 * BLOCK_LANES)
        run.threads = 1;
    struct arena_mark mark = arena_mark(work->scratch);
    points_run(work->scratch, cone->inside, &futures, (const double *const *)cone->points, cone->lanes, &run, cone->results);
    arena_release(work->scratch, mark);
}
