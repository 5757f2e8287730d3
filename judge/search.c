// Where the inputs without a probability are worst and best for a claim: a search, not a proof.
//
// Candidates are compared by the share of the futures in which the claim holds, and where that is equal by how far its
// comparisons are from failing on average: that leads to a corner or a pocket of failures in which no candidate lies yet.
#include "judge/finding.h"

#include <math.h>
#include <string.h>

enum { QUARTER_SWEEPS = 2, FINER_SWEEPS = 6, POSITIONS_MAX = 64 };

struct score {
    double share, margin;
};

// A candidate gives each draw a position: 0 the lower bound, 1 the upper, NAN the central value.
struct search {
    struct work *work;
    struct finding *finding;
    size_t dimensions;
    size_t *draws;
    size_t tried;
    uint64_t futures;         // for each candidate
    double *lowest, *highest; // the candidates found so far
    struct score low, high;   // their scores
    double *gaps, undefined;  // the one that is undefined in the greatest share, and that share
    value_id *roots;          // of the question, then the sides of the conclusion's comparisons
    size_t question_count, root_count;
};

static void find_draws(struct search *search)
{
    const struct reach *reach = &search->finding->reach;
    const struct model *model = search->work->model;
    search->draws = arena_array(search->work->scratch, reach->bounds_count, sizeof *search->draws);
    for (size_t b = 0; b < reach->bounds_count; b++) {
        size_t draw = model->columns[reach->bounds[b]].draw, i = 0;
        while (i < search->dimensions && search->draws[i] != draw)
            i++;
        search->draws[i] = draw;
        if (i == search->dimensions)
            search->dimensions++;
    }
}

static void find_roots(struct search *search)
{
    const struct question *question = search->finding->question;
    size_t count = question_roots(question, NULL);
    for (size_t i = 0; i < question->comparison_count; i++)
        count += question->comparisons[i].in_premise ? 0 : 2 * question->comparisons[i].count;
    search->roots = arena_array(search->work->scratch, count, sizeof *search->roots);
    search->root_count = count;
    size_t next = search->question_count = question_roots(question, search->roots);
    for (size_t i = 0; i < question->comparison_count; i++)
        for (size_t k = 0; !question->comparisons[i].in_premise && k < question->comparisons[i].count; k++) {
            search->roots[next++] = question->comparisons[i].at[k].left;
            search->roots[next++] = question->comparisons[i].at[k].right;
        }
}

static void place(const struct search *search, const double *candidate, double *fixed)
{
    const struct reach *reach = &search->finding->reach;
    for (size_t b = 0; b < reach->bounds_count; b++) {
        const struct column *column = &search->work->model->columns[reach->bounds[b]];
        size_t i = 0;
        while (search->draws[i] != column->draw)
            i++;
        fixed[reach->bounds[b]] = isnan(candidate[i]) ? column_central(column) : column_quantile(column, candidate[i]);
    }
}

// ---- scores ------------------------------------------------------------------------------------------------------------

static bool above(struct score a, struct score b)
{
    if (a.share != b.share || isnan(a.share))
        return !(a.share <= b.share);
    return a.margin > b.margin;
}

static bool below(struct score a, struct score b)
{
    if (a.share != b.share || isnan(a.share))
        return !(a.share >= b.share);
    return a.margin < b.margin;
}

static void note(struct search *search, const double *candidate, const struct tally *tally, double margins)
{
    double decided = tally_decided(tally);
    struct score score = {tally_share(tally), decided > 0 ? margins / decided : NAN};
    size_t bytes = search->dimensions * sizeof *candidate;
    tally_join(search->finding->question, &search->finding->all, tally);
    search->tried++;
    if (tally_undefined(tally) > search->undefined) {
        search->undefined = tally_undefined(tally);
        memcpy(search->gaps, candidate, bytes);
    }
    if (isnan(score.share))
        return; // it makes the claim irrelevant
    if (below(score, search->low)) {
        search->low = score;
        memcpy(search->lowest, candidate, bytes);
    }
    if (above(score, search->high)) {
        search->high = score;
        memcpy(search->highest, candidate, bytes);
    }
}

// The least margin of the conclusion's comparisons: of each the best step if one suffices, else the worst.
static double margin_of(const struct question *question, const double *const *values, size_t lane)
{
    double least = INFINITY;
    for (size_t i = 0; i < question->comparison_count; i++) {
        const struct comparison *it = &question->comparisons[i];
        double best = it->any ? -INFINITY : INFINITY;
        for (size_t k = 0; !it->in_premise && k < it->count; k++, values += 2) {
            double margin = comparison_margin(it->op, values[0][lane], values[1][lane]);
            if (it->any ? margin > best : margin < best)
                best = margin;
        }
        if (!it->in_premise && best < least)
            least = best;
    }
    return isfinite(least) ? least : 0;
}

// Adds one future; the sum of margins runs over those in which the claim is judged.
static void add_future(const struct search *search, const double *const *values, size_t lane, struct tally *tally, double *margins)
{
    const struct question *question = search->finding->question;
    double before = tally_decided(tally);
    bool undefined;
    tally_add(question, tally->at, values, lane, 1, &undefined);
    if (undefined && tally->first_undefined == UINT64_MAX)
        tally->first_undefined = search->tried;
    if (tally_decided(tally) > before)
        *margins += margin_of(question, values + search->question_count, lane);
}

// ---- trying ------------------------------------------------------------------------------------------------------------

// One future at many candidates: nothing else is uncertain.
static void try_points(struct search *search, const double *candidates, size_t count)
{
    struct work *work = search->work;
    struct arena_mark mark = arena_mark(work->scratch);
    const struct reach *reach = &search->finding->reach;
    double **points = arena_array(work->scratch, work->model->column_count, sizeof *points);
    double **results = arena_array(work->scratch, search->root_count, sizeof *results);
    double *fixed = arena_array(work->scratch, work->model->column_count, sizeof *fixed);
    for (size_t b = 0; b < reach->bounds_count; b++)
        points[reach->bounds[b]] = arena_array(work->scratch, count, sizeof **points);
    for (size_t r = 0; r < search->root_count; r++)
        results[r] = arena_array(work->scratch, count, sizeof **results);
    for (size_t k = 0; k < count; k++) {
        place(search, candidates + k * search->dimensions, fixed);
        for (size_t b = 0; b < reach->bounds_count; b++)
            points[reach->bounds[b]][k] = fixed[reach->bounds[b]];
    }
    const struct tape *tape = tape_make(work->scratch, work->model, search->roots, search->root_count);
    work_points(work, tape, search->finding->central.fixed, (const double *const *)points, count, results);
    for (size_t k = 0; k < count; k++) {
        struct tally tally = tally_new(work->scratch, search->finding->question);
        double margins = 0;
        add_future(search, (const double *const *)results, k, &tally, &margins);
        note(search, candidates + k * search->dimensions, &tally, margins);
    }
    arena_release(work->scratch, mark);
}

struct trial {
    const struct search *search;
    struct tally tally;
    double margins;
};

static void try_block(void *user, size_t worker, const struct block *block)
{
    (void)worker; // few futures run on one thread
    struct trial *trial = user;
    for (size_t lane = 0; lane < block->lanes; lane++)
        add_future(trial->search, block->roots, lane, &trial->tally, &trial->margins);
}

// The same futures at each candidate.
static void try_futures(struct search *search, const double *candidates, size_t count)
{
    struct work *work = search->work;
    struct arena_mark mark = arena_mark(work->scratch);
    const struct tape *tape = tape_make(work->scratch, work->model, search->roots, search->root_count);
    double *fixed = arena_array(work->scratch, work->model->column_count, sizeof *fixed);
    memcpy(fixed, search->finding->central.fixed, work->model->column_count * sizeof *fixed);
    for (size_t k = 0; k < count && (k == 0 || !work_late(work)); k++) {
        struct trial trial = {search, tally_new(work->scratch, search->finding->question), 0};
        place(search, candidates + k * search->dimensions, fixed);
        if (!work_futures(work, tape, fixed, SEARCH_FIRST, search->futures, try_block, &trial))
            break;
        note(search, candidates + k * search->dimensions, &trial.tally, trial.margins);
    }
    arena_release(work->scratch, mark);
}

static void try_candidates(struct search *search, const double *candidates, size_t count)
{
    if (search->finding->reach.uncertain)
        try_futures(search, candidates, count);
    else
        try_points(search, candidates, count);
}

// The centre, the corners, random interior points; the random numbers are those of futures nobody else uses.
static void try_everywhere(struct search *search)
{
    size_t n = search->dimensions, all = n < 10 ? (size_t)1 << n : SEARCH_CORNERS;
    size_t count = 1 + all + SEARCH_INTERIOR;
    struct arena_mark mark = arena_mark(search->work->scratch);
    double *candidates = arena_array(search->work->scratch, count * n, sizeof *candidates);
    uint64_t seed = search->work->options->seed;
    for (size_t k = 0; k < count; k++)
        for (size_t i = 0; i < n; i++) {
            double u = future_uniform(seed, SEARCH_FIRST * 2 + k, search->draws[i]);
            double corner = n <= 10 ? (double)(((k - 1) >> i) & 1) : (double)(u < 0.5);
            // The first two corners are the extreme ones also when the rest is random.
            if (n > 10 && k <= 2)
                corner = (double)(k - 1);
            candidates[k * n + i] = k == 0 ? NAN : k <= all ? corner : u;
        }
    try_candidates(search, candidates, count);
    arena_release(search->work->scratch, mark);
}

// ---- moving one coordinate ---------------------------------------------------------------------------------------------

// Every choice of a weightless choice, or none for other laws.
static size_t choices_of(const struct search *search, size_t dimension, double *positions)
{
    const struct reach *reach = &search->finding->reach;
    for (size_t b = 0; b < reach->bounds_count; b++) {
        const struct column *column = &search->work->model->columns[reach->bounds[b]];
        size_t ways = column->law->choice_count;
        if (column->draw != search->draws[dimension] || column->law->law != LAW_POSSIBLE || ways > POSITIONS_MAX)
            continue;
        for (size_t i = 0; i < ways; i++)
            positions[i] = ((double)i + 0.5) / (double)ways;
        return ways;
    }
    return 0;
}

// Quarters of the range first (step 0), then a step to both sides of where it is.
static size_t positions_of(const struct search *search, size_t dimension, double now, double step, double *positions)
{
    static const double quarters[] = {0, 0.25, NAN, 0.5, 0.75, 1};
    size_t ways = choices_of(search, dimension, positions);
    if (ways > 0)
        return ways;
    if (step == 0) {
        memcpy(positions, quarters, sizeof quarters);
        return sizeof quarters / sizeof *quarters;
    }
    double at = isnan(now) ? 0.5 : now;
    positions[0] = fmax(at - step, 0);
    positions[1] = fmin(at + step, 1);
    return 2;
}

// Moves one coordinate of the lowest (or highest) candidate at a time.
static void improve(struct search *search, bool down, double step)
{
    size_t n = search->dimensions;
    struct arena_mark mark = arena_mark(search->work->scratch);
    double *candidates = arena_array(search->work->scratch, POSITIONS_MAX * n, sizeof *candidates);
    double positions[POSITIONS_MAX];
    for (size_t i = 0; i < n && !work_late(search->work); i++) {
        const double *best = down ? search->lowest : search->highest;
        size_t count = positions_of(search, i, best[i], step, positions);
        for (size_t p = 0; p < count; p++) {
            memcpy(candidates + p * n, best, n * sizeof *candidates);
            candidates[p * n + i] = positions[p];
        }
        try_candidates(search, candidates, count);
    }
    arena_release(search->work->scratch, mark);
}

static void descend(struct search *search, bool down)
{
    double step = 0;
    for (int sweep = 0; sweep < QUARTER_SWEEPS + FINER_SWEEPS; sweep++) {
        // Nothing is lower than never, nothing higher than always.
        if ((down ? search->low.share <= 0 : search->high.share >= 1) || work_late(search->work))
            return;
        if (sweep >= QUARTER_SWEEPS)
            step = step == 0 ? 0.125 : step / 2;
        improve(search, down, step);
    }
}

// Without other uncertain inputs the candidates' one future is all there is.
static void settle_point(struct search *search, struct arm *arm, const double *candidate)
{
    struct search alone = *search;
    struct finding copy = *search->finding;
    copy.all = arm->tally;
    alone.finding = &copy;
    alone.lowest = arena_array(search->work->scratch, search->dimensions, sizeof *alone.lowest);
    alone.highest = arena_array(search->work->scratch, search->dimensions, sizeof *alone.highest);
    alone.gaps = arena_array(search->work->scratch, search->dimensions, sizeof *alone.gaps);
    try_points(&alone, candidate, 1);
    double share = tally_share(&arm->tally);
    arm->low = isnan(share) ? 0 : share;
    arm->high = isnan(share) ? 1 : share;
}

// Candidates cannot be told apart by a handful of relevant futures: where the premise is rare, more are drawn.
static void choose_futures(struct search *search)
{
    struct work *work = search->work;
    struct arena_mark mark = arena_mark(work->scratch);
    struct tally tally = tally_new(work->scratch, search->finding->question);
    struct group group = group_new(work->scratch, work->model, &search->finding->question, 1, &tally);
    search->futures = SEARCH_FUTURES;
    uint64_t drawn = 0;
    while (group_run(work, &group, search->finding->central.fixed, SEARCH_FIRST + drawn, search->futures - drawn)) {
        drawn = search->futures;
        if (tally_decided(&tally) == 0 || tally_decided(&tally) >= SEARCH_RELEVANT || search->futures >= SEARCH_MOST)
            break;
        search->futures *= 2;
    }
    arena_release(work->scratch, mark);
}

void search_question(struct work *work, struct finding *finding)
{
    struct arena_mark mark = arena_mark(work->scratch);
    struct search search = {.work = work, .finding = finding, .low = {NAN, NAN}, .high = {NAN, NAN}};
    find_draws(&search);
    find_roots(&search);
    double *central = arena_array(work->scratch, search.dimensions, sizeof *central);
    search.lowest = arena_array(work->scratch, search.dimensions, sizeof *central);
    search.highest = arena_array(work->scratch, search.dimensions, sizeof *central);
    search.gaps = arena_array(work->scratch, search.dimensions, sizeof *central);
    for (size_t i = 0; i < search.dimensions; i++)
        central[i] = search.lowest[i] = search.highest[i] = NAN;
    search.futures = SEARCH_FUTURES;
    if (finding->reach.uncertain)
        choose_futures(&search);
    try_everywhere(&search);
    descend(&search, true);
    descend(&search, false);
    place(&search, search.lowest, finding->lower.fixed);
    place(&search, search.highest, finding->upper.fixed);
    finding->has_gaps = search.undefined > 0;
    place(&search, search.gaps, finding->gaps.fixed);
    finding->searched = true;
    finding->samples = search.tried;
    if (!finding->reach.uncertain) {
        settle_point(&search, &finding->central, central);
        settle_point(&search, &finding->lower, search.lowest);
        settle_point(&search, &finding->upper, search.highest);
        if (finding->has_gaps)
            settle_point(&search, &finding->gaps, search.gaps);
    }
    arena_release(work->scratch, mark);
}
