#include "judge/joint.h"

#include "judge/tally.h"


// The bits of a row while they are made. A block fills whole words, so no two threads write to the same one.
struct row_bits {
    uint64_t *premise, *holds, *fails, *true_there, *admissible;
};

struct joining {
    const struct joint *joint;
    struct row_bits *bits;
};

enum { JOINT_ROOTS = 4 }; // ROOT_ASSUMED .. ROOT_CONCLUSION, of each row

// How one claim stands in one future.
struct stand {
    bool admissible, premise, holds, fails, true_there;
};

static struct stand stand_of(const struct question *question, const double *const *values, size_t lane)
{
    double assumed = question->assumed == NO_VALUE ? 1 : values[ROOT_ASSUMED][lane];
    double premise = question->premise == NO_VALUE ? 1 : values[ROOT_PREMISE][lane];
    double exception = question->exception == NO_VALUE ? 0 : values[ROOT_EXCEPTION][lane];
    double conclusion = values[ROOT_CONCLUSION][lane];
    struct stand stand = {.admissible = assumed == 1};
    const bool relevant = stand.admissible && premise == 1 && exception == 0;
    stand.holds = relevant && conclusion == 1;
    stand.fails = relevant && conclusion == 0;
    stand.premise = stand.holds || stand.fails;
    stand.true_there = stand.admissible && (premise == 0 || exception == 1 || conclusion == 1);
    return stand;
}

static void join_lane(const struct row_bits *bits, const struct stand *stand, uint64_t future)
{
    const uint64_t word = future / JOINT_WORD, bit = UINT64_C(1) << future % JOINT_WORD;
    bits->admissible[word] |= stand->admissible ? bit : 0;
    bits->premise[word] |= stand->premise ? bit : 0;
    bits->holds[word] |= stand->holds ? bit : 0;
    bits->fails[word] |= stand->fails ? bit : 0;
    bits->true_there[word] |= stand->true_there ? bit : 0;
}

static void join_block(void *user, size_t worker, const struct block *block)
{
    (void)worker;
    const struct joining *joining = user;
    for (size_t r = 0; r < joining->joint->row_count; r++) {
        const struct question *question = joining->joint->rows[r].question;
        for (size_t lane = 0; lane < block->lanes; lane++) {
            const struct stand stand = stand_of(question, block->roots + JOINT_ROOTS * r, lane);
            join_lane(&joining->bits[r], &stand, block->first - JOINT_FIRST + lane);
        }
    }
}

static bool has_row(const struct model *model, const struct question *question)
{
    const struct program *program = model->program;
    const struct scenario *baseline = program && program->scenario_count > 0 ? program->scenarios[0] : NULL;
    return !question->concession && !question->missing && question->hole_column == SIZE_MAX && question->conclusion != NO_VALUE &&
           question->claim->hole.kind == HOLE_NONE && (!baseline || !question->scenario || question->scenario == baseline);
}

static uint64_t *bits_new(struct work *work, const struct joint *joint)
{
    return arena_array(work->arena, joint->words, sizeof(uint64_t));
}

static void add_row(struct work *work, struct joint *joint, struct joint_row *rows, struct row_bits *bits, const struct question *question)
{
    const struct row_bits own = {bits_new(work, joint), bits_new(work, joint), bits_new(work, joint), bits_new(work, joint), bits_new(work, joint)};
    bits[joint->row_count] = own;
    rows[joint->row_count++] = (struct joint_row){question, own.premise, own.holds, own.fails, own.true_there, own.admissible};
}

static struct tape *joint_tape(struct work *work, const struct joint *joint)
{
    value_id *roots = arena_array(work->scratch, joint->row_count * JOINT_ROOTS, sizeof *roots);
    for (size_t r = 0; r < joint->row_count; r++) {
        const struct question *question = joint->rows[r].question;
        value_id *at = roots + JOINT_ROOTS * r;
        at[ROOT_ASSUMED] = question->assumed == NO_VALUE ? question->conclusion : question->assumed;
        at[ROOT_PREMISE] = question->premise == NO_VALUE ? question->conclusion : question->premise;
        at[ROOT_EXCEPTION] = question->exception == NO_VALUE ? question->conclusion : question->exception;
        at[ROOT_CONCLUSION] = question->conclusion;
    }
    return tape_make(work->scratch, work->model, roots, joint->row_count * JOINT_ROOTS);
}

const struct joint *joint_of(struct work *work)
{
    const struct model *model = work->model;
    struct joint *joint = arena_alloc(work->arena, sizeof *joint);
    struct joint_row *rows = arena_array(work->arena, model->question_count, sizeof *rows);
    struct arena_mark mark = arena_mark(work->scratch);
    struct row_bits *bits = arena_array(work->scratch, model->question_count, sizeof *bits);
    *joint = (struct joint){JOINT_FUTURES, JOINT_FUTURES / JOINT_WORD, 0, rows};
    for (size_t q = 0; q < model->question_count; q++)
        if (has_row(model, &model->questions[q]))
            add_row(work, joint, rows, bits, &model->questions[q]);
    struct joining joining = {joint, bits};
    bool done = joint->row_count == 0 || work_futures(work, joint_tape(work, joint), work->fixed, JOINT_FIRST, JOINT_FUTURES, join_block, &joining);
    arena_release(work->scratch, mark);
    return done && work_continues(work, JOINT_FUTURES) ? joint : NULL;
}

uint64_t joint_count(const struct joint *joint, const uint64_t *a, const uint64_t *b)
{
    uint64_t count = 0;
    for (size_t w = 0; w < joint->words; w++)
        count += (uint64_t)__builtin_popcountll(b ? a[w] & b[w] : a[w]);
    return count;
}

const struct joint_row *joint_row_of(const struct joint *joint, const struct claim *claim, int member)
{
    for (size_t r = 0; r < joint->row_count; r++)
        if (joint->rows[r].question->claim == claim && joint->rows[r].question->member == member)
            return &joint->rows[r];
    return NULL;
}
