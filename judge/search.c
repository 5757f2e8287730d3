// Where the inputs without a probability are worst and best for a claim: a search, not a proof.
#include "judge/finding.h"

#include <math.h>
#include <string.h>

enum { SWEEPS = 3 };

// A candidate gives each draw a position: 0 the lower bound, 1 the upper, NAN the central value.
struct search {
    struct work *work;
    struct finding *finding;
    size_t dimensions;
    size_t *draws;
    size_t tried;
    double *lowest, *highest; // the candidates found so far
    double low, high;         // their shares
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

static void note(struct search *search, const double *candidate, const struct tally *tally)
{
    double share = tally_share(tally);
    size_t bytes = search->dimensions * sizeof *candidate;
    tally_join(search->finding->question, &search->finding->all, tally);
    search->tried++;
    if (isnan(share))
        return; // it makes the claim irrelevant
    if (!(share >= search->low)) {
        search->low = share;
        memcpy(search->lowest, candidate, bytes);
    }
    if (!(share <= search->high)) {
        search->high = share;
        memcpy(search->highest, candidate, bytes);
    }
}

// One future at many candidates: nothing else is uncertain.
static void try_points(struct search *search, const double *candidates, size_t count)
{
    struct work *work = search->work;
    struct arena_mark mark = arena_mark(work->scratch);
    const struct question *question = search->finding->question;
    const struct reach *reach = &search->finding->reach;
    value_id *roots = arena_array(work->scratch, question_roots(question, NULL), sizeof *roots);
    size_t root_count = question_roots(question, roots);
    double **points = arena_array(work->scratch, work->model->column_count, sizeof *points);
    double **results = arena_array(work->scratch, root_count, sizeof *results);
    double *fixed = arena_array(work->scratch, work->model->column_count, sizeof *fixed);
    for (size_t b = 0; b < reach->bounds_count; b++)
        points[reach->bounds[b]] = arena_array(work->scratch, count, sizeof **points);
    for (size_t r = 0; r < root_count; r++)
        results[r] = arena_array(work->scratch, count, sizeof **results);
    for (size_t k = 0; k < count; k++) {
        place(search, candidates + k * search->dimensions, fixed);
        for (size_t b = 0; b < reach->bounds_count; b++)
            points[reach->bounds[b]][k] = fixed[reach->bounds[b]];
    }
    const struct tape *tape = tape_make(work->scratch, work->model, roots, root_count);
    work_points(work, tape, search->finding->central.fixed, (const double *const *)points, count, results);
    for (size_t k = 0; k < count; k++) {
        struct tally tally = tally_new(work->scratch, question);
        bool undefined;
        tally_add(question, tally.at, (const double *const *)results, k, 1, &undefined);
        if (undefined)
            tally.first_undefined = search->tried;
        note(search, candidates + k * search->dimensions, &tally);
    }
    arena_release(work->scratch, mark);
}

// The same futures at each candidate.
static void try_futures(struct search *search, const double *candidates, size_t count)
{
    struct work *work = search->work;
    struct arena_mark mark = arena_mark(work->scratch);
    struct tally tally = tally_new(work->scratch, search->finding->question);
    struct group group = group_new(work->scratch, work->model, &search->finding->question, 1, &tally);
    double *fixed = arena_array(work->scratch, work->model->column_count, sizeof *fixed);
    memcpy(fixed, search->finding->central.fixed, work->model->column_count * sizeof *fixed);
    for (size_t k = 0; k < count; k++) {
        memset(tally.at, 0, tally_size(search->finding->question) * sizeof *tally.at);
        place(search, candidates + k * search->dimensions, fixed);
        if (!group_run(work, &group, fixed, SEARCH_FIRST, SEARCH_FUTURES))
            break;
        note(search, candidates + k * search->dimensions, &tally);
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

enum { POSITIONS_MAX = 64 };

// Where one coordinate is tried: quarters of the range, or every choice.
static size_t positions_of(const struct search *search, size_t dimension, double *positions)
{
    static const double quarters[] = {0, 0.25, NAN, 0.5, 0.75, 1};
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
    memcpy(positions, quarters, sizeof quarters);
    return sizeof quarters / sizeof *quarters;
}

// Moves one coordinate of the lowest (or highest) candidate at a time; true when that found a better one.
static bool improve(struct search *search, bool down)
{
    size_t n = search->dimensions;
    bool better = false;
    struct arena_mark mark = arena_mark(search->work->scratch);
    double *candidates = arena_array(search->work->scratch, POSITIONS_MAX * n, sizeof *candidates);
    double positions[POSITIONS_MAX];
    for (size_t i = 0; i < n; i++) {
        size_t count = positions_of(search, i, positions);
        for (size_t p = 0; p < count; p++) {
            memcpy(candidates + p * n, down ? search->lowest : search->highest, n * sizeof *candidates);
            candidates[p * n + i] = positions[p];
        }
        double low = search->low, high = search->high;
        try_candidates(search, candidates, count);
        better = better || (down ? search->low < low : search->high > high);
    }
    arena_release(search->work->scratch, mark);
    return better;
}

// Without other uncertain inputs the candidates' one future is all there is.
static void settle_point(struct search *search, struct arm *arm, const double *candidate)
{
    size_t size = tally_size(search->finding->question);
    struct tally sum = search->finding->all; // not to be counted again
    search->finding->all = tally_new(search->work->scratch, search->finding->question);
    double low = search->low, high = search->high;
    try_points(search, candidate, 1);
    memcpy(arm->tally.at, search->finding->all.at, size * sizeof *arm->tally.at);
    search->finding->all = sum;
    search->low = low;
    search->high = high;
    double share = tally_share(&arm->tally);
    arm->low = isnan(share) ? 0 : share;
    arm->high = isnan(share) ? 1 : share;
}

void search_question(struct work *work, struct finding *finding)
{
    struct arena_mark mark = arena_mark(work->scratch);
    struct search search = {.work = work, .finding = finding, .low = NAN, .high = NAN};
    find_draws(&search);
    double *central = arena_array(work->scratch, search.dimensions, sizeof *central);
    search.lowest = arena_array(work->scratch, search.dimensions, sizeof *central);
    search.highest = arena_array(work->scratch, search.dimensions, sizeof *central);
    for (size_t i = 0; i < search.dimensions; i++)
        central[i] = search.lowest[i] = search.highest[i] = NAN;
    try_everywhere(&search);
    for (int sweep = 0; sweep < SWEEPS && search.low > 0 && !work_late(work) && improve(&search, true); sweep++)
        continue;
    for (int sweep = 0; sweep < SWEEPS && search.high < 1 && !work_late(work) && improve(&search, false); sweep++)
        continue;
    place(&search, search.lowest, finding->lower.fixed);
    place(&search, search.highest, finding->upper.fixed);
    finding->searched = true;
    finding->samples = search.tried;
    if (!finding->reach.uncertain) {
        settle_point(&search, &finding->central, central);
        settle_point(&search, &finding->lower, search.lowest);
        settle_point(&search, &finding->upper, search.highest);
    }
    arena_release(work->scratch, mark);
}
