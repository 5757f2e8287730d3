// Why there is nothing to judge: assumptions that contradict each other, values that do not exist.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/number.h"
#include "judge/inquiry.h"

enum { CONTRADICTION_FUTURES = 16384, UNDEFINED_FUTURES = 4096, SETTINGS_MAX = 4 };

// ---- contradiction -----------------------------------------------------------------------------------------------------

struct records {
    size_t count;           // assumptions
    unsigned char *holds;   // [assumption * CONTRADICTION_FUTURES + future]
    uint64_t first;
};

static void record_block(void *user, size_t worker, const struct block *block)
{
    (void)worker;
    const struct records *records = user;
    for (size_t i = 0; i < records->count; i++)
        for (size_t lane = 0; lane < block->lanes; lane++)
            records->holds[i * CONTRADICTION_FUTURES + (block->first - records->first) + lane] = block->roots[i][lane] == 1;
}

static bool hold_somewhere(const struct records *records, const bool *chosen)
{
    for (size_t k = 0; k < CONTRADICTION_FUTURES; k++) {
        bool all = true;
        for (size_t i = 0; i < records->count && all; i++)
            all = !chosen[i] || records->holds[i * CONTRADICTION_FUTURES + k];
        if (all)
            return true;
    }
    return false;
}

static bool contradict(const struct records *records, bool *chosen, size_t first, size_t second)
{
    memset(chosen, 0, records->count * sizeof *chosen);
    chosen[first] = chosen[second] = true;
    return !hold_somewhere(records, chosen);
}

// One or two assumptions that suffice.
static bool find_few(const struct records *records, bool *chosen)
{
    for (size_t i = 0; i < records->count; i++)
        if (contradict(records, chosen, i, i))
            return true;
    for (size_t i = 0; i < records->count; i++)
        for (size_t k = 0; k < i; k++)
            if (contradict(records, chosen, i, k))
                return true;
    return false;
}

static void choose(const struct records *records, bool *chosen)
{
    if (find_few(records, chosen))
        return;
    for (size_t i = 0; i < records->count; i++)
        chosen[i] = true;
    for (size_t i = 0; i < records->count; i++) {
        chosen[i] = false;
        chosen[i] = hold_somewhere(records, chosen);
    }
}

void find_contradiction(struct work *work, struct inquiry *inquiry)
{
    struct arena_mark mark = arena_mark(work->scratch);
    const struct question *question = inquiry->findings[0].question;
    struct records records = {question->assumption_count, NULL, SEARCH_FIRST};
    const struct assumption **found = arena_array(work->arena, records.count, sizeof *found);
    bool *chosen = arena_array(work->scratch, records.count, sizeof *chosen);
    records.holds = arena_array(work->scratch, records.count * CONTRADICTION_FUTURES, 1);
    const struct tape *tape = tape_make(work->scratch, work->model, question->assumption_values, records.count);
    // Inputs without a probability are drawn evenly between their bounds here: only possibility counts.
    if (records.count > 0 && work_futures(work, tape, work->fixed, SEARCH_FIRST, CONTRADICTION_FUTURES, record_block, &records))
        choose(&records, chosen);
    for (size_t i = 0; i < records.count; i++)
        if (chosen[i])
            found[inquiry->verdict.contradicting_count++] = question->assumptions[i];
    inquiry->verdict.contradicting = found;
    size_t count = inquiry->verdict.contradicting_count;
    inquiry->verdict.reason = count == 1 ? arena_printf(work->arena, "one assumption holds in none of the %d futures tried", CONTRADICTION_FUTURES)
                                         : arena_printf(work->arena, "%zu assumptions hold together in none of the %d futures tried", count, CONTRADICTION_FUTURES);
    arena_release(work->scratch, mark);
}

// ---- vacuous and idle --------------------------------------------------------------------------------------------------

const char *explain_irrelevant(struct work *work, const struct inquiry *inquiry)
{
    const struct finding *finding = &inquiry->findings[0];
    bool vacuous = inquiry->verdict.kind == VERDICT_VACUOUS;
    if (finding->exact)
        return vacuous ? "the premise holds in no future" : "the exception holds in every future";
    size_t tried = (size_t)finding->all.at[vacuous ? COUNT_ADMISSIBLE : COUNT_PREMISED];
    return arena_printf(work->arena, vacuous ? "the premise holds in none of the %zu futures tried" : "the exception holds in all of the %zu futures tried",
                        tried);
}

// ---- undefined ---------------------------------------------------------------------------------------------------------

struct capture { // the columns of one future
    double *fixed;
    size_t column_count;
};

static void capture_block(void *user, size_t worker, const struct block *block)
{
    (void)worker;
    const struct capture *capture = user;
    for (size_t c = 0; c < capture->column_count; c++)
        if (block->columns[c])
            capture->fixed[c] = block->columns[c][0];
}

static bool has_value(double *const *values, value_id id, size_t count)
{
    return id >= count || !isnan(values[id][0]);
}

// The first instruction without a value whose arguments have one; those before `count` were computed.
static value_id culprit(const struct model *model, double *const *values, const bool *used)
{
    for (value_id i = 0; i < model->count; i++) {
        const struct instruction *it = &model->code[i];
        if (!used[i] || !isnan(values[i][0]) || it->op == CODE_CONST || it->op == CODE_COLUMN)
            continue;
        if (has_value(values, it->a, i) && has_value(values, it->b, i) && has_value(values, it->c, i))
            return i;
    }
    return NO_VALUE;
}

static void mark_used(const struct model *model, const value_id *roots, size_t count, bool *used)
{
    for (size_t i = 0; i < count; i++)
        used[roots[i]] = true;
    for (size_t i = model->count; i-- > 0;) {
        const struct instruction *it = &model->code[i];
        if (!used[i] || it->op == CODE_CONST || it->op == CODE_COLUMN)
            continue;
        const value_id args[] = {it->a, it->b, it->c};
        for (size_t k = 0; k < 3; k++)
            if (args[k] < i)
                used[args[k]] = true;
    }
}

// The values of every instruction the question uses, in the captured future.
static double **all_values(struct work *work, const double *fixed, const bool *used)
{
    size_t count = work->model->count, kept = 0;
    value_id *roots = arena_array(work->scratch, count, sizeof *roots);
    double **values = arena_array(work->scratch, count, sizeof *values), **results = arena_array(work->scratch, count, sizeof *results);
    double *room = arena_array(work->scratch, count, sizeof *room);
    for (value_id i = 0; i < count; i++) {
        values[i] = &room[i];
        if (!used[i])
            continue;
        results[kept] = &room[i];
        roots[kept++] = i;
    }
    const double **points = arena_array(work->scratch, work->model->column_count, sizeof *points);
    work_points(work, tape_make(work->scratch, work->model, roots, kept), fixed, points, 1, results);
    return values;
}

static const char *operation(enum op op)
{
    if (op == OP_DIV)
        return "a division";
    if (op == OP_LN || op == OP_LOG10)
        return "a logarithm";
    if (op == OP_SQRT)
        return "a square root";
    if (op == OP_POW)
        return "a power";
    if (op == OP_ADD)
        return "a sum";
    if (op == OP_SUB)
        return "a difference";
    if (op == OP_MUL)
        return "a product";
    return "an operation";
}

static void write_value(struct buffer *buffer, const struct type *type, double value)
{
    if (type->kind == KIND_QUANTITY && type->shown)
        unit_print(buffer, type->shown, value, 4);
    else if (type->kind == KIND_TRUTH)
        buffer_add_string(buffer, value == 1 ? "yes" : "no");
    else if (type->kind == KIND_MEMBER && type->index && value >= 0 && value < (double)type->index->count)
        buffer_add(buffer, type->index->members[(size_t)value]);
    else
        number_write(buffer, value, 4);
}

static void write_future(struct work *work, struct buffer *buffer, const struct question *question, const double *fixed)
{
    size_t written = 0;
    for (size_t i = 0; i < question->variable_count && written < SETTINGS_MAX; i++) {
        const struct variable *variable = &work->model->variables[question->variables[i]];
        if (variable->column_count == 0 || isnan(fixed[variable->columns[0]]) || variable->type.kind == KIND_DATE)
            continue;
        buffer_add_string(buffer, written++ ? ", " : "; for example with ");
        buffer_add(buffer, variable->name);
        buffer_add_string(buffer, " = ");
        write_value(buffer, &variable->type, fixed[variable->columns[0]]);
    }
}

// The columns of a future in which the question has no value, in capture->fixed.
static bool find_future(struct work *work, const struct finding *finding, struct capture *capture)
{
    const struct arm *arms[] = {&finding->gaps, &finding->central, &finding->lower, &finding->upper};
    for (size_t i = !finding->has_gaps; i < (finding->arms ? 4u : 2u); i++) {
        struct tally tally = tally_new(work->scratch, finding->question);
        struct group group = group_new(work->scratch, work->model, &finding->question, 1, &tally);
        if (!group_run(work, &group, arms[i]->fixed, 0, UNDEFINED_FUTURES))
            return false;
        if (tally.first_undefined == UINT64_MAX)
            continue;
        memcpy(capture->fixed, arms[i]->fixed, capture->column_count * sizeof *capture->fixed);
        return work_futures(work, group.tape, arms[i]->fixed, tally.first_undefined, 1, capture_block, capture);
    }
    return false;
}

// The comparison that has no value because of the culprit, as it was written, and its first step without a value.
static struct text guilty_text(const struct work *work, const struct question *question, double *const *values, const bool *used, int *step)
{
    const struct program *program = work->model->program;
    for (size_t i = 0; i < question->comparison_count; i++) {
        const struct comparison *comparison = &question->comparisons[i];
        for (size_t k = 0; k < comparison->count; k++) {
            value_id truth = comparison->at[k].truth;
            if (!used[truth] || !isnan(values[truth][0]) || !comparison->node || !comparison->node->expr)
                continue;
            *step = comparison->at[k].step;
            if (program && program->sources)
                return sources_text(program->sources, comparison->node->expr->span);
        }
    }
    return (struct text){NULL, 0};
}

static void write_culprit(struct work *work, struct buffer *buffer, const struct question *question, const double *fixed)
{
    const struct model *model = work->model;
    value_id *roots = arena_array(work->scratch, question_roots(question, NULL), sizeof *roots);
    size_t root_count = question_roots(question, roots);
    bool *used = arena_array(work->scratch, model->count, sizeof *used);
    mark_used(model, roots, root_count, used);
    double **values = all_values(work, fixed, used);
    value_id id = culprit(model, values, used);
    int step = -1;
    struct text text = guilty_text(work, question, values, used, &step);
    const char *gap = id == NO_VALUE ? explain_gap(work, question->claim, step) : NULL;
    if (gap) {
        buffer_printf(buffer, ": %s", gap);
        return;
    }
    if (text.length > 0)
        buffer_printf(buffer, ": `%.*s`", TEXT_ARGS(text));
    else if (id == NO_VALUE)
        buffer_add_string(buffer, ": a part of it has no value in any future, such as a path outside its points");
    if (id != NO_VALUE)
        buffer_printf(buffer, "%s %s in it has no value", text.length > 0 ? "," : ":", operation((enum op)model->code[id].op));
    write_future(work, buffer, question, fixed);
}

const char *explain_undefined(struct work *work, const struct finding *finding)
{
    struct arena_mark mark = arena_mark(work->scratch);
    const double *at = finding->all.at;
    double share = at[COUNT_UNDEFINED] / (at[COUNT_HOLDS] + at[COUNT_FAILS] + at[COUNT_UNDEFINED]);
    struct buffer buffer = buffer_on(work->arena);
    buffer_add_string(&buffer, "the claim has no value in ");
    write_percent(&buffer, share);
    buffer_add_string(&buffer, " of the relevant futures");
    size_t columns = work->model->column_count;
    struct capture capture = {arena_array(work->scratch, columns, sizeof(double)), columns};
    if (find_future(work, finding, &capture))
        write_culprit(work, &buffer, finding->question, capture.fixed);
    arena_release(work->scratch, mark);
    return buffer.at;
}
