#include "judge/joint.h"

#include "judge/tally.h"

// The bits of a row while they are made. A block fills whole words, so no two threads write to the same one.
struct row_bits {
    uint64_t *premise, *holds, *fails, *true_there, *admissible;
};

struct joining {
    const struct joint *joint;
    struct row_bits *bits;
    const size_t *roots; // where those of a row begin: premise, exception, conclusion, then its assumptions, one by one
    const struct assumption *left_out; // NULL: none
};

enum { AT_PREMISE, AT_EXCEPTION, AT_CONCLUSION, AT_ASSUMED };

// How one claim stands in one future.
struct stand {
    bool admissible, premise, holds, fails, true_there;
};

static bool is_admissible(const struct joining *joining, const struct question *question, const double *const *values, size_t lane)
{
    if (!joining->left_out)
        return question->assumed == NO_VALUE || values[AT_ASSUMED][lane] == 1;
    for (size_t i = 0; i < question->assumption_count; i++)
        if (question->assumptions[i] != joining->left_out && values[AT_ASSUMED + i][lane] != 1)
            return false;
    return true;
}

static struct stand stand_of(const struct joining *joining, const struct question *question, const double *const *values, size_t lane)
{
    double premise = question->premise == NO_VALUE ? 1 : values[AT_PREMISE][lane];
    double exception = question->exception == NO_VALUE ? 0 : values[AT_EXCEPTION][lane];
    double conclusion = values[AT_CONCLUSION][lane];
    struct stand stand = {.admissible = is_admissible(joining, question, values, lane)};
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
    for (size_t r = 0; r < joining->joint->all_count; r++) {
        const struct question *question = joining->joint->rows[r].question;
        for (size_t lane = 0; lane < block->lanes; lane++) {
            const struct stand stand = stand_of(joining, question, block->roots + joining->roots[r], lane);
            join_lane(&joining->bits[r], &stand, block->first - JOINT_FIRST + lane);
        }
    }
}

// ---- rows ------------------------------------------------------------------------------------------------------------------------

static const struct scenario *baseline_of(const struct work *work)
{
    const struct program *program = work->model->program;
    return program && program->scenario_count > 0 ? program->scenarios[0] : NULL;
}

const struct scenario *joint_scenario(const struct work *work, const struct claim *claim)
{
    const struct scenario *baseline = baseline_of(work);
    for (size_t s = 0; s < claim->scenario_count; s++)
        if (claim->scenarios[s] == baseline)
            return baseline;
    return claim->scenario_count > 0 ? claim->scenarios[0] : baseline;
}

static bool has_row(const struct work *work, const struct question *question)
{
    const bool asks = question->hole_column != SIZE_MAX || question->claim->hole.kind != HOLE_NONE;
    const struct scenario *own = joint_scenario(work, question->claim);
    return !question->concession && !question->missing && !asks && question->conclusion != NO_VALUE && (!own || question->scenario == own);
}

static bool is_elsewhere(const struct work *work, const struct question *question)
{
    const struct scenario *baseline = baseline_of(work);
    return baseline && question->scenario != baseline;
}

static uint64_t *bits_new(struct work *work, const struct joint *joint)
{
    return arena_array(work->arena, joint->words, sizeof(uint64_t));
}

static void add_row(struct work *work, struct joint *joint, struct joint_row *rows, struct row_bits *bits, const struct question *question)
{
    const struct row_bits own = {bits_new(work, joint), bits_new(work, joint), bits_new(work, joint), bits_new(work, joint), bits_new(work, joint)};
    bits[joint->all_count] = own;
    rows[joint->all_count++] = (struct joint_row){question, own.premise, own.holds, own.fails, own.true_there, own.admissible};
}

static value_id or_else(value_id value, value_id stand_in)
{
    return value == NO_VALUE ? stand_in : value;
}

static size_t list_roots(const struct joining *joining, const struct question *question, value_id *roots)
{
    size_t count = AT_ASSUMED;
    roots[AT_PREMISE] = or_else(question->premise, question->conclusion);
    roots[AT_EXCEPTION] = or_else(question->exception, question->conclusion);
    roots[AT_CONCLUSION] = question->conclusion;
    if (!joining->left_out)
        roots[count++] = or_else(question->assumed, question->conclusion);
    for (size_t i = 0; joining->left_out && i < question->assumption_count; i++)
        roots[count++] = question->assumption_values[i];
    return count;
}

static bool run_rows(struct work *work, struct joining *joining)
{
    const struct joint *joint = joining->joint;
    size_t total = 0;
    for (size_t r = 0; r < joint->all_count; r++)
        total += AT_ASSUMED + 1 + joint->rows[r].question->assumption_count;
    value_id *roots = arena_array(work->scratch, total, sizeof *roots);
    size_t *offsets = arena_array(work->scratch, joint->all_count, sizeof *offsets), count = 0;
    for (size_t r = 0; r < joint->all_count; r++) {
        offsets[r] = count;
        count += list_roots(joining, joint->rows[r].question, roots + count);
    }
    joining->roots = offsets;
    const struct tape *tape = tape_make(work->scratch, work->model, roots, count);
    return work_futures(work, tape, work->fixed, JOINT_FIRST, joint->futures, join_block, joining) && work_continues(work, joint->futures);
}

// Whole blocks; no more than were asked for, and than JOINT_BITS allow.
static uint64_t joint_futures(const struct work *work, size_t rows)
{
    const uint64_t asked = work->options->samples, room = rows > 0 ? JOINT_BITS / rows : JOINT_FUTURES;
    uint64_t futures = asked == 0 || asked > JOINT_FUTURES ? JOINT_FUTURES : asked;
    futures = futures < room ? futures : room;
    return futures < BLOCK_LANES ? BLOCK_LANES : futures / BLOCK_LANES * BLOCK_LANES;
}

const struct joint *joint_of(struct work *work)
{
    const struct model *model = work->model;
    const size_t most = model->question_count + model->related_question_count;
    if (work->joint)
        return work->joint;
    struct joint *joint = arena_alloc(work->arena, sizeof *joint);
    struct joint_row *rows = arena_array(work->arena, most, sizeof *rows);
    struct arena_mark mark = arena_mark(work->scratch);
    struct row_bits *bits = arena_array(work->scratch, most, sizeof *bits);
    *joint = (struct joint){.futures = joint_futures(work, most), .rows = rows};
    joint->words = joint->futures / JOINT_WORD;
    for (int elsewhere = 0; elsewhere < 2; elsewhere++) {
        for (size_t q = 0; q < model->question_count; q++)
            if (has_row(work, &model->questions[q]) && is_elsewhere(work, &model->questions[q]) == (elsewhere == 1))
                add_row(work, joint, rows, bits, &model->questions[q]);
        if (elsewhere == 0)
            joint->row_count = joint->all_count;
    }
    for (size_t q = 0; q < model->related_question_count; q++)
        if (has_row(work, &model->related_questions[q]))
            add_row(work, joint, rows, bits, &model->related_questions[q]);
    struct joining joining = {.joint = joint, .bits = bits};
    work->joint = joint->all_count == 0 || run_rows(work, &joining) ? joint : NULL;
    arena_release(work->scratch, mark);
    return work->joint;
}

// ---- without an assumption --------------------------------------------------------------------------------------------------------

// The assumption as a question of the baseline, from one that lists it.
static struct question *assumption_question(struct work *work, const struct joint *joint, const struct assumption *assumption)
{
    for (size_t r = 0; r < joint->all_count; r++) {
        const struct question *like = joint->rows[r].question;
        for (size_t i = 0; i < like->assumption_count && !is_elsewhere(work, like) && like->claim->override_count == 0; i++) {
            if (like->assumptions[i] != assumption)
                continue;
            struct question *question = arena_alloc(work->arena, sizeof *question);
            *question = *like;
            question->premise = question->exception = NO_VALUE;
            question->conclusion = like->assumption_values[i];
            return question;
        }
    }
    return NULL;
}

const struct joint *joint_without(struct work *work, const struct joint *joint, const struct assumption *assumption)
{
    struct question *question = assumption_question(work, joint, assumption);
    if (!question)
        return NULL;
    struct joint *without = arena_alloc(work->arena, sizeof *without);
    struct joint_row *rows = arena_array(work->arena, joint->all_count + 1, sizeof *rows);
    struct arena_mark mark = arena_mark(work->scratch);
    struct row_bits *bits = arena_array(work->scratch, joint->all_count + 1, sizeof *bits);
    *without = (struct joint){.futures = joint->futures, .words = joint->words, .rows = rows};
    add_row(work, without, rows, bits, question);
    for (size_t r = 0; r < joint->all_count; r++)
        add_row(work, without, rows, bits, joint->rows[r].question);
    without->row_count = without->all_count;
    struct joining joining = {.joint = without, .bits = bits, .left_out = assumption};
    bool done = run_rows(work, &joining);
    arena_release(work->scratch, mark);
    return done ? without : NULL;
}

// ---- reading ------------------------------------------------------------------------------------------------------------------------

uint64_t joint_count(const struct joint *joint, const uint64_t *a, const uint64_t *b)
{
    uint64_t count = 0;
    for (size_t w = 0; w < joint->words; w++)
        count += (uint64_t)__builtin_popcountll(b ? a[w] & b[w] : a[w]);
    return count;
}

const struct joint_row *joint_row_of(const struct joint *joint, const struct claim *claim, int member)
{
    for (size_t r = 0; r < joint->all_count; r++)
        if (claim_is(joint->rows[r].question->claim, claim) && joint->rows[r].question->member == member)
            return &joint->rows[r];
    return NULL;
}
