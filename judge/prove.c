#include "judge/prove.h"

#include <math.h>
#include <string.h>

#include "judge/proving.h"

// About a third of a second of one processor.
#define EFFORT_BOX_INSTRUCTIONS 5e7
enum { EFFORT_BOXES_LEAST = 256, EFFORT_BOXES_MOST = 100000 };

// ---- what a root depends on -------------------------------------------------------------------------------------------------

static size_t *axis_of_columns(struct arena *arena, const struct model *model, const struct axes *axes)
{
    size_t *axis_of = arena_array(arena, model->column_count, sizeof *axis_of);
    for (size_t c = 0; c < model->column_count; c++)
        axis_of[c] = SIZE_MAX;
    for (size_t a = 0; a < axes->count; a++)
        for (size_t i = 0; i < axes->at[a].column_count; i++)
            axis_of[axes->at[a].columns[i].column] = a;
    return axis_of;
}

static void join_bits(uint64_t *to, const uint64_t *from, size_t words)
{
    for (size_t w = 0; w < words; w++)
        to[w] |= from[w];
}

static bool *find_reads(struct arena *arena, const struct model *model, const struct axes *axes, const struct logic *logic)
{
    const size_t words = axes->count / 64 + 1;
    size_t limit = 0;
    for (size_t r = 0; r < logic->root_count; r++)
        limit = logic->roots[r] >= limit ? (size_t)logic->roots[r] + 1 : limit;
    bool *reads = arena_array(arena, logic->root_count * axes->count, sizeof *reads);
    const struct arena_mark mark = arena_mark(arena);
    const size_t *axis_of = axis_of_columns(arena, model, axes);
    uint64_t *bits = arena_array(arena, limit * words, sizeof *bits);
    for (size_t v = 0; v < limit; v++) {
        const struct instruction *it = &model->code[v];
        if (it->op == CODE_COLUMN && axis_of[it->a] != SIZE_MAX)
            bits[v * words + axis_of[it->a] / 64] |= UINT64_C(1) << axis_of[it->a] % 64;
        const value_id args[] = {it->a, it->b, it->c};
        for (size_t i = 0; it->op != CODE_COLUMN && it->op != CODE_CONST && i < 3; i++)
            if (args[i] < v)
                join_bits(bits + v * words, bits + args[i] * words, words);
    }
    for (size_t r = 0; r < logic->root_count; r++)
        for (size_t a = 0; a < axes->count; a++)
            reads[r * axes->count + a] = bits[logic->roots[r] * words + a / 64] >> a % 64 & 1;
    arena_release(arena, mark);
    return reads;
}

// ---- one question -------------------------------------------------------------------------------------------------------------

// Estimates stand at their values when these are exact.
static double *held_columns(struct work *work, const double *fixed)
{
    double *held = arena_array(work->scratch, work->model->column_count, sizeof *held);
    for (size_t c = 0; c < work->model->column_count; c++) {
        const struct column *column = &work->model->columns[c];
        held[c] = fixed ? fixed[c] : NAN;
        if (column->kind == COLUMN_AGGREGATE)
            held[c] = work->estimates[column->aggregate].exact ? work->fixed[c] : NAN;
    }
    return held;
}

static uint64_t boxes_for(const struct proof_effort *effort, const struct enclosing *enclosing)
{
    if (effort->boxes > 0)
        return effort->boxes;
    const double boxes = EFFORT_BOX_INSTRUCTIONS / (double)(enclosing_length(enclosing) + 1);
    return (uint64_t)fmin(fmax(boxes, EFFORT_BOXES_LEAST), EFFORT_BOXES_MOST);
}

// Without an axis there is one future.
static struct tree_result look_once(struct work *work, const struct proving *proving)
{
    double none[2] = {0, 0};
    struct box_step step = {.box = none};
    stepper_run(stepper_make(work->scratch, proving), &step, 1);
    const enum proof_end end = step.fate == BOX_DECIDED ? PROOF_SHOWN : step.fate == BOX_AGAINST ? PROOF_AGAINST : PROOF_EDGE;
    return (struct tree_result){.end = end, .boxes = 1};
}

static const struct proof *write_proof(struct work *work, const struct axes *axes, enum proof_outcome outcome, const struct tree_result *result)
{
    struct proof *proof = arena_alloc(work->arena, sizeof *proof);
    *proof = (struct proof){.outcome = outcome, .axis_count = axes->count, .axes = axes_show(work, axes), .boxes = result->boxes};
    for (size_t i = 0; i < axes->count; i++)
        proof->cut = proof->cut || axes->at[i].cut;
    proof->leaf_count = result->leaf_count;
    proof->leaves = result->leaves;
    return proof;
}

const struct proof *prove_question(struct work *work, const struct question *question, const double *fixed, enum proof_outcome outcome,
                                   const struct proof_effort *effort)
{
    const struct proof *proof = NULL;
    if (effort->trial)
        *effort->trial = (struct proof_trial){.end = PROOF_UNKNOWN_VALUES};
    const struct arena_mark mark = arena_mark(work->scratch);
    const struct logic logic = logic_make(work->scratch, work->model, question, outcome);
    const struct enclosing *enclosing = enclosing_make(work->scratch, work->model, logic.roots, logic.root_count);
    struct axes axes;
    size_t count;
    const size_t *columns = enclosing_columns(enclosing, &count);
    if (logic.goal_count > 0 && axes_make(work->scratch, work->model, columns, count, held_columns(work, fixed), &axes)) {
        struct proving proving = {.work = work, .axes = &axes, .logic = &logic, .enclosing = enclosing, .collapse = !effort->keep_leaves};
        proving.reads = find_reads(work->scratch, work->model, &axes, &logic);
        if (axes.count > 0 && axes.count <= AFFINE_AXES_MOST && !effort->plain)
            proving.affine = affine_make(work->scratch, work->model, logic.roots, logic.root_count, axis_of_columns(work->scratch, work->model, &axes), axes.count);
        const struct proof_effort limit = {.boxes = boxes_for(effort, enclosing), .keep_leaves = effort->keep_leaves};
        const struct tree_result result = axes.count == 0 ? look_once(work, &proving) : tree_search(&proving, &limit);
        if (result.end == PROOF_SHOWN)
            proof = write_proof(work, &axes, outcome, &result);
        if (effort->trial)
            *effort->trial = (struct proof_trial){result.end, axes.count, enclosing_length(enclosing), result.boxes, result.decided};
    }
    arena_release(work->scratch, mark);
    return proof;
}
