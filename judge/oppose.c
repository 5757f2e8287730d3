#include "judge/oppose.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// Beyond a flip, in steps: further than flips are exact.
#define BEYOND_FLIP 1e-6

// ---- lists of places ---------------------------------------------------------------------------------------------------

static void sort(const struct places *places, struct near_list *list)
{
    for (size_t i = 1; i < list->count; i++)
        for (size_t k = i; k > 0 && near_compare(places, &list->at[k], &list->at[k - 1]) < 0; k--) {
            struct near other = list->at[k];
            list->at[k] = list->at[k - 1];
            list->at[k - 1] = other;
        }
}

static double *no_steps(const struct places *places)
{
    return arena_array(places->work->scratch, places->count, sizeof(double));
}

// Runs the rows and adds those that hit.
static void add_hits(struct places *places, double *const *rows, size_t count, struct near_list *list)
{
    for (size_t first = 0; first < count; first += PLACES_ROOM) {
        size_t some = count - first < PLACES_ROOM ? count - first : PLACES_ROOM;
        for (size_t k = 0; k < some; k++)
            places_put(places, rows[first + k]);
        places_run(places);
        for (size_t k = 0; k < some; k++)
            if (places->hits[k])
                vector_push(places->work->scratch, list, near_of(places, rows[first + k]));
    }
}

struct rows {
    double **at;
    size_t count, room;
};

// ---- one input ---------------------------------------------------------------------------------------------------------

static void add_single(struct places *places, struct rows *rows, size_t input, double step)
{
    const struct place_input *it = &places->inputs[input];
    double *steps = no_steps(places);
    steps[input] = fmin(fmax(step, it->least), it->greatest);
    if (steps[input] != 0)
        vector_push(places->work->scratch, rows, steps);
}

static void add_flips(struct places *places, struct rows *rows, size_t input, const struct crux *crux)
{
    const struct place_input *it = &places->inputs[input];
    const size_t reported = it->mover.reported;
    for (size_t f = 0; f < crux->flip_count; f++) {
        double step = places_step(places, input, crux->flips_at[f]);
        if (crux->choice) {
            add_single(places, rows, input, step);
            continue;
        }
        if (crux->flips_at[f] < places_value(places, input, reported, it->least) || crux->flips_at[f] > places_value(places, input, reported, it->greatest))
            continue;
        double beyond = fmax(fabs(step) * BEYOND_FLIP, BEYOND_FLIP);
        if (step > -BEYOND_FLIP)
            add_single(places, rows, input, step + beyond);
        if (step < BEYOND_FLIP)
            add_single(places, rows, input, step - beyond);
    }
}

static size_t input_of(const struct places *places, size_t variable)
{
    size_t input = 0;
    while (input < places->count && places->inputs[input].variable != variable)
        input++;
    return input;
}

// Flips follow whether the claim fails where it is relevant. Where it is to hold and says nothing at the centre, every input is
// moved anew.
static bool flips_tell(const struct places *places)
{
    const struct verdict *verdict = &places->inquiry->verdict;
    return (verdict->central_relevant && verdict->central_defined) || !places->wanted;
}

static void add_ways(struct places *places, struct rows *rows)
{
    for (size_t i = 0; i < places->count; i++) {
        const struct place_input *it = &places->inputs[i];
        if (places_is_choice(places, i)) {
            for (double step = 1; step <= it->greatest; step++)
                add_single(places, rows, i, step);
            continue;
        }
        add_single(places, rows, i, it->least);
        add_single(places, rows, i, it->greatest);
    }
    nearest_on_ways(places, rows->at, rows->count);
    size_t kept = 0;
    for (size_t r = 0; r < rows->count; r++)
        if (rows->at[r])
            rows->at[kept++] = rows->at[r];
    rows->count = kept;
}

static void find_singles(struct opposing *opposing)
{
    struct places *places = &opposing->places;
    const struct verdict *verdict = &places->inquiry->verdict;
    struct rows rows = {0};
    if (!flips_tell(places))
        add_ways(places, &rows);
    for (size_t c = 0; flips_tell(places) && c < verdict->crux_count; c++) {
        size_t input = input_of(places, verdict->cruxes[c].variable);
        if (input < places->count)
            add_flips(places, &rows, input, &verdict->cruxes[c]);
    }
    add_hits(places, rows.at, rows.count, &opposing->singles);
    sort(places, &opposing->singles);
}

// ---- two inputs --------------------------------------------------------------------------------------------------------

// The ends of its range, or its choices.
static size_t ends_of(const struct places *places, size_t input, double *ends, size_t most)
{
    const struct place_input *it = &places->inputs[input];
    size_t count = 0;
    if (!places_is_choice(places, input)) {
        ends[count++] = it->least;
        ends[count++] = it->greatest;
        return count;
    }
    for (double step = 1; step <= it->greatest && count < most; step++)
        ends[count++] = step;
    return count;
}

static void add_corners(const struct places *places, struct rows *rows, size_t a, size_t b)
{
    enum { MOST = 6 };
    double first[MOST], second[MOST];
    size_t firsts = ends_of(places, a, first, MOST), seconds = ends_of(places, b, second, MOST);
    for (size_t i = 0; i < firsts; i++)
        for (size_t k = 0; k < seconds; k++) {
            double *steps = no_steps(places);
            steps[a] = first[i];
            steps[b] = second[k];
            vector_push(places->work->scratch, rows, steps);
        }
}

// Brings up to OPPOSE_FOLLOWED hits nearer on their way to the centre, and the best OPPOSE_REFINED of these with other shares.
static void follow(struct places *places, struct near_list *list)
{
    double *rows[OPPOSE_FOLLOWED];
    size_t count = list->count < OPPOSE_FOLLOWED ? list->count : OPPOSE_FOLLOWED, kept = 0;
    for (size_t i = 0; i < count; i++)
        rows[i] = list->at[i].steps;
    nearest_on_ways(places, rows, count);
    for (size_t i = 0; i < count; i++)
        if (rows[i])
            list->at[kept++] = near_of(places, rows[i]);
    list->count = kept;
    sort(places, list);
    for (size_t i = 0; i < list->count && i < OPPOSE_REFINED; i++)
        list->at[i] = nearest_with(places, list->at[i].steps);
    sort(places, list);
}

// Sparse hits of two inputs first, then all corners of the most telling inputs.
static void find_pairs(struct opposing *opposing)
{
    struct places *places = &opposing->places;
    const size_t *order = opposing->leaning.order;
    size_t most = places->count < OPPOSE_PAIRS ? places->count : OPPOSE_PAIRS;
    struct rows rows = {0};
    for (size_t s = 0; s < opposing->sparse.count && opposing->sparse.at[s].moved <= 2; s++)
        vector_push(places->work->scratch, &opposing->pairs, opposing->sparse.at[s]);
    for (size_t b = 1; b < most; b++)
        for (size_t a = 0; a < b; a++)
            add_corners(places, &rows, order[a], order[b]);
    add_hits(places, rows.at, rows.count, &opposing->pairs);
    follow(places, &opposing->pairs);
    for (size_t i = 0; i < opposing->pairs.count; i++)
        if (opposing->pairs.at[i].moved < 2)
            vector_push(places->work->scratch, &opposing->singles, opposing->pairs.at[i]);
}

// ---- more inputs -------------------------------------------------------------------------------------------------------

static void set_worth(const struct leaning *leaning, const double *steps, double *worth)
{
    for (size_t i = 0; i < leaning->places->count; i++)
        worth[i] = leaning_worth(leaning, i, steps[i]);
}

static void make_sparse(struct opposing *opposing, struct rows *rows, struct near_list *list)
{
    struct places *places = &opposing->places;
    double **worth = arena_array(places->work->scratch, rows->count, sizeof *worth);
    for (size_t r = 0; r < rows->count; r++) {
        worth[r] = no_steps(places);
        set_worth(&opposing->leaning, rows->at[r], worth[r]);
    }
    nearest_sparse(places, rows->at, worth, rows->count);
    for (size_t r = 0; r < rows->count; r++)
        if (rows->at[r])
            vector_push(places->work->scratch, list, near_of(places, rows->at[r]));
    sort(places, list);
}

// The futures among the kept ones in which the claim does the opposite, and one in which every input does its most for it.
static void find_sparse(struct opposing *opposing)
{
    struct places *places = &opposing->places;
    const struct scatter *scatter = opposing->scatter;
    struct rows rows = {0};
    double *greedy = no_steps(places);
    for (size_t i = 0; i < places->count; i++)
        greedy[i] = leaning_end(&opposing->leaning, i);
    vector_push(places->work->scratch, &rows, greedy);
    for (size_t k = 0; k < scatter->count && rows.count < NEAREST_ROWS; k++) {
        if (scatter->holds[k] != places->wanted)
            continue;
        double *steps = no_steps(places);
        leaning_place(places, scatter, k, steps);
        vector_push(places->work->scratch, &rows, steps);
    }
    make_sparse(opposing, &rows, &opposing->sparse);
}

static void add_triples(struct opposing *opposing)
{
    struct places *places = &opposing->places;
    const struct leaning *leaning = &opposing->leaning;
    size_t most = places->count < OPPOSE_TRIPLES ? places->count : OPPOSE_TRIPLES;
    struct rows rows = {0};
    for (size_t c = 2; c < most; c++)
        for (size_t b = 1; b < c; b++)
            for (size_t a = 0; a < b; a++) {
                double *steps = no_steps(places);
                const size_t inputs[] = {leaning->order[a], leaning->order[b], leaning->order[c]};
                for (size_t i = 0; i < 3; i++)
                    steps[inputs[i]] = leaning_end(leaning, inputs[i]);
                vector_push(places->work->scratch, &rows, steps);
            }
    add_hits(places, rows.at, rows.count, &opposing->several);
}

static void find_several(struct opposing *opposing)
{
    struct places *places = &opposing->places;
    size_t fewest = opposing->sparse.count > 0 ? opposing->sparse.at[0].moved : SIZE_MAX;
    if (fewest > 3)
        add_triples(opposing);
    fewest = opposing->several.count > 0 ? 3 : fewest;
    for (size_t s = 0; s < opposing->sparse.count; s++)
        if (opposing->sparse.at[s].moved <= fewest)
            vector_push(places->work->scratch, &opposing->several, opposing->sparse.at[s]);
    follow(places, &opposing->several);
}

void oppose_lean(struct opposing *opposing)
{
    if (!opposing->leaning.order)
        opposing->leaning = leaning_of(&opposing->places, opposing->scatter);
}

bool oppose(struct opposing *opposing, struct work *work, const struct inquiry *inquiry, const struct scatter *scatter)
{
    *opposing = (struct opposing){.scatter = scatter};
    if (!places_open(&opposing->places, work, inquiry))
        return false;
    find_singles(opposing);
    if (opposing->singles.count > 0)
        return true;
    oppose_lean(opposing);
    find_sparse(opposing);
    find_pairs(opposing);
    if (opposing->pairs.count == 0)
        find_several(opposing);
    return true;
}
