#include "judge/scatter.h"

#include <math.h>

#include "judge/margin.h"

enum { TRUTHS = 4 }; // ROOT_ASSUMED .. ROOT_CONCLUSION

// A batch is written future by future where its number puts it, by any thread; then what does not count is dropped.
struct gathering {
    struct work *work;
    const struct question *question;
    struct scatter *scatter;
    struct margin_plan plan;
    const struct tape *tape;
    signed char *states;     // of the batch: 1 holds, 0 fails, -1 does not count
    double **rooms;          // by worker
    uint64_t first;          // number of the batch's first future
};

static signed char state_of(const struct question *question, const double *const *values, size_t lane)
{
    double assumed = question->assumed == NO_VALUE ? 1 : values[ROOT_ASSUMED][lane];
    double premise = question->premise == NO_VALUE ? 1 : values[ROOT_PREMISE][lane];
    double exception = question->exception == NO_VALUE ? 0 : values[ROOT_EXCEPTION][lane];
    double conclusion = question->conclusion == NO_VALUE ? 1 : values[ROOT_CONCLUSION][lane];
    if (assumed != 1 || premise != 1 || exception != 0 || isnan(conclusion))
        return -1;
    return conclusion == 1;
}

static void keep_block(void *user, size_t worker, const struct block *block)
{
    const struct gathering *gathering = user;
    const struct scatter *scatter = gathering->scatter;
    size_t offset = (size_t)(block->first - gathering->first), to = scatter->count + offset;
    for (size_t lane = 0; lane < block->lanes; lane++) {
        gathering->states[offset + lane] = state_of(gathering->question, block->roots, lane);
        if (gathering->states[offset + lane] >= 0)
            scatter->margins[to + lane] = margin_at(&gathering->plan, block->roots + TRUTHS, lane, gathering->rooms[worker]);
    }
    for (size_t c = 0; c < scatter->column_count; c++)
        for (size_t lane = 0; lane < block->lanes; lane++)
            scatter->values[c][to + lane] = block->columns[scatter->columns[c]][lane];
}

static const struct tape *gathering_tape(struct gathering *gathering)
{
    struct arena *scratch = gathering->work->scratch;
    const struct question *question = gathering->question;
    const struct model *model = gathering->work->model;
    gathering->plan = margin_plan_of(scratch, model, question->conclusion);
    size_t count = TRUTHS + gathering->plan.root_count, truths = question_roots(question, NULL);
    value_id *roots = arena_array(scratch, count > truths ? count : truths, sizeof *roots);
    question_roots(question, roots);
    for (size_t i = 0; i < gathering->plan.root_count; i++)
        roots[TRUTHS + i] = gathering->plan.roots[i];
    return tape_make(scratch, model, roots, count);
}

static void make_room(struct gathering *gathering, size_t futures)
{
    struct scatter *scatter = gathering->scatter;
    struct arena *scratch = gathering->work->scratch;
    size_t used;
    const size_t *read = tape_columns(gathering->tape, &used);
    size_t *columns = arena_array(scratch, used, sizeof *columns);
    for (size_t i = 0; i < used; i++)
        if (column_is(gathering->work->model, read[i], COLUMN_INPUT))
            columns[scatter->column_count++] = read[i];
    scatter->columns = columns;
    scatter->values = arena_array(scratch, scatter->column_count, sizeof *scatter->values);
    for (size_t c = 0; c < scatter->column_count; c++)
        scatter->values[c] = arena_array(scratch, futures, sizeof **scatter->values);
    scatter->holds = arena_array(scratch, futures, sizeof *scatter->holds);
    scatter->margins = arena_array(scratch, futures, sizeof *scatter->margins);
    scatter->numbers = arena_array(scratch, futures, sizeof *scatter->numbers);
    gathering->states = arena_array(scratch, futures, sizeof *gathering->states);
    gathering->rooms = arena_array(scratch, gathering->work->run.threads, sizeof *gathering->rooms);
    for (size_t w = 0; w < gathering->work->run.threads; w++)
        gathering->rooms[w] = arena_array(scratch, gathering->plan.step_count, sizeof **gathering->rooms);
}

// Closes the gaps that futures leave which do not count.
static void drop(struct gathering *gathering, size_t futures)
{
    struct scatter *scatter = gathering->scatter;
    size_t from = scatter->count, to = scatter->count;
    for (size_t c = 0; c < scatter->column_count; c++) {
        double *values = scatter->values[c];
        to = from;
        for (size_t k = 0; k < futures; k++)
            if (gathering->states[k] >= 0)
                values[to++] = values[from + k];
    }
    to = from;
    for (size_t k = 0; k < futures; k++) {
        if (gathering->states[k] < 0)
            continue;
        scatter->margins[to] = scatter->margins[from + k];
        scatter->numbers[to] = gathering->first + k;
        scatter->hold_count += gathering->states[k] == 1;
        scatter->holds[to++] = gathering->states[k] == 1;
    }
    scatter->count = to;
}

struct scatter scatter_of(struct work *work, const struct question *question, size_t futures)
{
    struct scatter scatter = {0};
    struct gathering gathering = {.work = work, .question = question, .scatter = &scatter, .first = SCATTER_FIRST};
    gathering.tape = gathering_tape(&gathering);
    make_room(&gathering, futures);
    size_t enough = futures / 2 < SCATTER_ENOUGH ? futures / 2 : SCATTER_ENOUGH;
    size_t most = (work->stretch > 1 ? SCATTER_MOST : 1) * futures;
    do {
        size_t batch = scatter.drawn == 0 ? futures : (futures - scatter.count) / BLOCK_LANES * BLOCK_LANES;
        if (batch == 0)
            break;
        if (!work_futures(work, gathering.tape, work->fixed, gathering.first, batch, keep_block, &gathering) || !work_continues(work, batch)) {
            scatter.count = scatter.hold_count = 0;
            break;
        }
        drop(&gathering, batch);
        scatter.drawn += batch;
        gathering.first += batch;
    } while (scatter.count < enough && scatter.drawn < most);
    return scatter;
}

size_t scatter_column(const struct scatter *scatter, size_t column)
{
    size_t low = 0, high = scatter->column_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (scatter->columns[middle] < column)
            low = middle + 1;
        else
            high = middle;
    }
    return low < scatter->column_count && scatter->columns[low] == column ? low : SIZE_MAX;
}
