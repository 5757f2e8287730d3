// From futures that all agree to a proof that every one of them does.
#include "judge/inquiry.h"

#include <math.h>

#include "base/buffer.h"
#include "judge/prove.h"

enum { CHECK_POINTS = 1024 };
// Futures of their own numbers.
#define CHECK_FIRST (UINT64_C(1) << 43)

// ---- what may be shown ------------------------------------------------------------------------------------------------------

// What the futures tried agree on; false when they do not, or too little was seen.
static bool agreed(const struct finding *finding, enum proof_outcome *outcome)
{
    const double *all = finding->all.at;
    if (all[COUNT_UNDEFINED] > 0 || (all[COUNT_HOLDS] > 0 && all[COUNT_FAILS] > 0))
        return false;
    *outcome = all[COUNT_HOLDS] > 0 ? PROOF_HOLDS : all[COUNT_FAILS] > 0 ? PROOF_FAILS : PROOF_IRRELEVANT;
    return true;
}

// Of a contradiction only the assumptions are asked, of a vacuous claim also the premise.
static struct question silent_question(const struct finding *finding)
{
    struct question question = *finding->question;
    if (finding->kind == VERDICT_CONTRADICTORY)
        question.premise = NO_VALUE;
    if (finding->kind == VERDICT_CONTRADICTORY || finding->kind == VERDICT_VACUOUS)
        question.exception = NO_VALUE;
    return question;
}

// ---- a second look ------------------------------------------------------------------------------------------------------------

static double place(uint64_t seed, size_t point, const struct proof_axis *axis, uint64_t number)
{
    const double u = future_uniform(seed, CHECK_FIRST + point, number), width = axis->high - axis->low;
    // A third of the coordinates at either end: failures hide in corners.
    const double share = u < 1.0 / 3 ? 0 : u > 2.0 / 3 ? 1 : 3 * u - 1;
    return axis->choice ? floor(axis->low + share * width + 0.5) : share < 1 ? axis->low + share * width : axis->high;
}

static double value_at(const struct work *work, const struct proof_axis *axis, size_t column, double coordinate)
{
    const struct column *it = &work->model->columns[column];
    if (axis->choice)
        return it->law->values[(size_t)coordinate];
    return axis->by_draw ? column_quantile(it, coordinate) : coordinate;
}

static double **points_of(struct work *work, const struct finding *finding, const struct proof *proof)
{
    double **points = arena_array(work->scratch, work->model->column_count, sizeof *points);
    for (size_t i = 0; i < finding->reach.input_count; i++) {
        const size_t column = finding->reach.inputs[i], draw = work->model->columns[column].draw;
        for (size_t a = 0; a < proof->axis_count; a++) {
            if (proof->axes[a].draw != draw || work->model->columns[column].law->law == LAW_KNOWN)
                continue;
            points[column] = arena_array(work->scratch, CHECK_POINTS, sizeof **points);
            for (size_t k = 0; k < CHECK_POINTS; k++)
                points[column][k] = value_at(work, &proof->axes[a], column, place(work->options->seed, k, &proof->axes[a], draw));
        }
    }
    return points;
}

bool proof_contradicted(struct work *work, const struct finding *finding, const struct proof *proof)
{
    const struct arena_mark mark = arena_mark(work->scratch);
    const struct question *question = finding->question;
    const size_t root_count = question_roots(question, NULL);
    value_id *roots = arena_array(work->scratch, root_count, sizeof *roots);
    question_roots(question, roots);
    double **results = arena_array(work->scratch, root_count, sizeof *results);
    for (size_t i = 0; i < root_count; i++)
        results[i] = arena_array(work->scratch, CHECK_POINTS, sizeof **results);
    const struct tape *tape = tape_make(work->scratch, work->model, roots, root_count);
    work_points(work, tape, work->fixed, (const double *const *)points_of(work, finding, proof), CHECK_POINTS, results);
    struct tally tally = tally_new(work->scratch, question);
    for (size_t k = 0; k < CHECK_POINTS; k++) {
        bool undefined;
        tally_add(question, tally.at, (const double *const *)results, k, 1, &undefined);
    }
    const bool holds = tally.at[COUNT_HOLDS] > 0 && proof->outcome != PROOF_HOLDS;
    const bool fails = tally.at[COUNT_FAILS] > 0 && proof->outcome != PROOF_FAILS, undefined = tally.at[COUNT_UNDEFINED] > 0;
    arena_release(work->scratch, mark);
    // A contradiction may be shown without its premise, so what is silent is asked as a whole.
    return holds || fails || undefined;
}

// ---- findings -------------------------------------------------------------------------------------------------------------------

static void take_proof(struct work *work, struct finding *finding, const struct proof *proof)
{
    if (proof_contradicted(work, finding, proof)) {
        const struct text name = finding->question->claim->name;
        work->contradiction = arena_printf(work->arena, "the proof of `%.*s` and a future that was tried contradict each other", TEXT_ARGS(name));
        return;
    }
    finding->proof = proof;
    finding->searched = finding->on_edge = false;
    if (proof->outcome == PROOF_IRRELEVANT)
        return;
    const double share = proof->outcome == PROOF_HOLDS;
    finding->kind = share > 0 ? VERDICT_SUPPORTED : VERDICT_REFUTED;
    finding->probability = (struct probability){share, share, share, share, share};
}

void prove_inquiry(struct work *work, struct inquiry *inquiry)
{
    for (size_t i = 0; i < inquiry->count; i++) {
        struct finding *finding = &inquiry->findings[i];
        enum proof_outcome outcome;
        if (work->options->no_proofs || !finding->done || finding->exact || !agreed(finding, &outcome) || reads_estimates(work, &finding->reach))
            continue;
        const struct question question = outcome == PROOF_IRRELEVANT ? silent_question(finding) : *finding->question;
        const struct proof_effort effort = {.boxes = work->options->proof_boxes, .keep_leaves = work->options->keep_leaves};
        const struct proof *proof = prove_question(work, &question, NULL, outcome, &effort);
        if (proof)
            take_proof(work, finding, proof);
    }
}
