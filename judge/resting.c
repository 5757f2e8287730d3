#include "judge/resting.h"

#include <math.h>

#include "judge/prove.h"

#define RESTING_FIRST (UINT64_C(1) << 44)

// A few inputs, ascending.
struct few {
    size_t count;
    size_t inputs[RESTING_MOST];
};

struct few_list {
    struct few *at;
    size_t count, room;
};

struct search {
    struct opposing *opposing;
    struct places *places;
    struct arena *scratch;
    struct { // the inputs of each M
        bool **at;
        size_t count, room;
    } moved;
    struct few_list kept;     // they stand
    struct few_list doubtful; // too few futures are relevant to tell
    struct few_list found;    // while sets are listed
    uint64_t samples[RESTING_SETS];
    uint64_t drawn;           // futures
};

// ---- sets that hit all -------------------------------------------------------------------------------------------------

static bool has(const struct few *few, size_t input)
{
    for (size_t i = 0; i < few->count; i++)
        if (few->inputs[i] == input)
            return true;
    return false;
}

static bool inside(const struct few *small, const struct few *large)
{
    for (size_t i = 0; i < small->count; i++)
        if (!has(large, small->inputs[i]))
            return false;
    return true;
}

static bool any_inside(const struct few_list *list, const struct few *few)
{
    for (size_t i = 0; i < list->count; i++)
        if (inside(&list->at[i], few))
            return true;
    return false;
}

static bool hits(const struct search *search, const struct few *few, size_t number)
{
    for (size_t i = 0; i < few->count; i++)
        if (search->moved.at[number][few->inputs[i]])
            return true;
    return false;
}

// The first M that the set does not hit, or their number.
static size_t first_open(const struct search *search, const struct few *few)
{
    size_t number = 0;
    while (number < search->moved.count && hits(search, few, number))
        number++;
    return number;
}

static struct few with(const struct few *few, size_t input)
{
    struct few more = *few;
    size_t at = more.count++;
    for (; at > 0 && more.inputs[at - 1] > input; at--)
        more.inputs[at] = more.inputs[at - 1];
    more.inputs[at] = input;
    return more;
}

// Lists the sets of at most `most` inputs that hit every M: one input of each M that is open, in turn.
static void list_sets(struct search *search, const struct few *few, size_t most)
{
    size_t open = first_open(search, few);
    if (open == search->moved.count) {
        vector_push(search->scratch, &search->found, *few);
        return;
    }
    for (size_t i = 0; few->count < most && i < search->places->count; i++) {
        if (!search->moved.at[open][i])
            continue;
        struct few more = with(few, i);
        list_sets(search, &more, most);
    }
}

// How far down the list of what does most for the opposite its inputs stand: sets of telling inputs are tried first.
static size_t rank_of(const struct search *search, const struct few *few)
{
    size_t rank = 0;
    for (size_t r = 0; r < search->places->count; r++)
        if (has(few, search->opposing->leaning.order[r]))
            rank += r;
    return rank;
}

// The smallest set that hits every M, contains none that is kept and was not put to the test; of those the most telling one.
static bool next_set(struct search *search, struct few *next)
{
    const struct few none = {0};
    for (size_t most = 1; most <= RESTING_MOST; most++) {
        struct arena_mark mark = arena_mark(search->scratch);
        size_t best = SIZE_MAX;
        search->found = (struct few_list){0};
        list_sets(search, &none, most);
        for (size_t i = 0; i < search->found.count; i++) {
            const struct few *few = &search->found.at[i];
            size_t rank = rank_of(search, few);
            if (any_inside(&search->kept, few) || any_inside(&search->doubtful, few) || rank >= best)
                continue;
            best = rank;
            *next = *few;
        }
        arena_release(search->scratch, mark);
        if (best != SIZE_MAX)
            return true;
    }
    return false;
}

// ---- putting a set to the test -------------------------------------------------------------------------------------------

static void centre(const struct few *few, double *steps)
{
    for (size_t i = 0; i < few->count; i++)
        steps[few->inputs[i]] = 0;
}

static void note_moved(struct search *search, const double *steps)
{
    bool *moved = arena_array(search->scratch, search->places->count, sizeof *moved);
    for (size_t i = 0; i < search->places->count; i++)
        moved[i] = steps[i] != 0;
    vector_push(search->scratch, &search->moved, moved);
}

// Makes the hits sparse and notes what they move.
static void note_rows(struct search *search, double **rows, size_t count)
{
    double *worth[NEAREST_ROWS];
    for (size_t r = 0; r < count; r++) {
        worth[r] = arena_array(search->scratch, search->places->count, sizeof **worth);
        for (size_t i = 0; i < search->places->count; i++)
            worth[r][i] = leaning_worth(&search->opposing->leaning, i, rows[r][i]);
    }
    nearest_sparse(search->places, rows, worth, count);
    for (size_t r = 0; r < count; r++)
        if (rows[r])
            note_moved(search, rows[r]);
}

struct rows {
    double *at[RESTING_BATCH];
    size_t count;
};

static double *add_row(struct search *search, struct rows *rows)
{
    return rows->at[rows->count++] = arena_array(search->scratch, search->places->count, sizeof(double));
}

// Runs the rows; how many are relevant. Up to 8 hits are noted.
static size_t run_rows(struct search *search, struct rows *rows, bool *any)
{
    enum { NOTED = 8 };
    struct places *places = search->places;
    double *hit[NOTED];
    size_t relevant = 0, count = 0;
    for (size_t r = 0; r < rows->count; r++)
        places_put(places, rows->at[r]);
    places_run(places);
    for (size_t r = 0; r < rows->count; r++) {
        relevant += places->relevant[r];
        if (places->hits[r] && count < NOTED)
            hit[count++] = rows->at[r];
    }
    *any = count > 0;
    note_rows(search, hit, count);
    return relevant;
}

// The kept futures to the contrary, and every other input at its end, with the set at the centre.
static bool contradicted_by_kept(struct search *search, const struct few *few)
{
    enum { KEPT = 127 };
    const struct opposing *opposing = search->opposing;
    struct rows *rows = arena_alloc(search->scratch, sizeof *rows);
    double *greedy = add_row(search, rows);
    for (size_t i = 0; i < search->places->count; i++)
        greedy[i] = leaning_end(&opposing->leaning, i);
    centre(few, greedy);
    for (size_t k = 0; k < opposing->scatter->count && rows->count <= KEPT; k++) {
        if (opposing->scatter->holds[k] != search->places->wanted)
            continue;
        double *steps = add_row(search, rows);
        leaning_place(search->places, opposing->scatter, k, steps);
        centre(few, steps);
    }
    bool any;
    run_rows(search, rows, &any);
    return any;
}

static double drawn(struct search *search, size_t input, bool corner)
{
    const struct place_input *it = &search->places->inputs[input];
    const struct work *work = search->places->work;
    double u = future_uniform(work->options->seed, RESTING_FIRST + search->drawn, it->mover.variable->draws[0]);
    if (!corner || places_is_choice(search->places, input))
        return places_draw(search->places, input, 0.001 + 0.998 * u);
    return u < 0.4 ? it->least : u < 0.8 ? it->greatest : it->least + (it->greatest - it->least) * (u - 0.8) / 0.2;
}

static void draw_rows(struct search *search, const struct few *few, bool corners, struct rows *rows)
{
    rows->count = 0;
    for (size_t r = 0; r < RESTING_BATCH; r++, search->drawn++) {
        double *steps = add_row(search, rows);
        for (size_t i = 0; i < search->places->count; i++)
            steps[i] = drawn(search, i, corners);
        centre(few, steps);
    }
}

enum rest_state { CONTRADICTED, STANDS, UNKNOWN };

static enum rest_state test(struct search *search, const struct few *few, uint64_t *samples)
{
    bool any;
    if (contradicted_by_kept(search, few))
        return CONTRADICTED;
    struct rows *rows = arena_alloc(search->scratch, sizeof *rows);
    draw_rows(search, few, true, rows);
    run_rows(search, rows, &any);
    *samples = 0;
    for (int batch = 0; !any && *samples < RESTING_RELEVANT && batch < RESTING_BATCHES; batch++) {
        draw_rows(search, few, false, rows);
        *samples += run_rows(search, rows, &any);
    }
    if (any)
        return CONTRADICTED;
    return *samples >= RESTING_RELEVANT ? STANDS : UNKNOWN;
}

// ---- all -----------------------------------------------------------------------------------------------------------------

static void note_list(struct search *search, const struct near_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        note_moved(search, list->at[i].steps);
}

static size_t alone(const struct search *search)
{
    const struct near_list *singles = &search->opposing->singles;
    bool *seen = arena_array(search->scratch, search->places->count, sizeof *seen);
    size_t count = 0;
    for (size_t s = 0; s < singles->count; s++)
        for (size_t i = 0; i < search->places->count; i++)
            if (singles->at[s].steps[i] != 0 && !seen[i]) {
                seen[i] = true;
                count++;
            }
    return count;
}

// The kept set, proved: the claim does the same all over the box of the others.
static bool proved(const struct search *search, const struct few *few)
{
    struct work *work = search->places->work;
    if (search->places->count - few->count > RESTING_OTHERS)
        return false;
    struct arena_mark mark = arena_mark(work->scratch);
    double *fixed = work_fixed(work);
    for (size_t i = 0; i < few->count; i++) {
        const struct variable *variable = search->places->inputs[few->inputs[i]].mover.variable;
        for (size_t c = 0; c < variable->column_count; c++)
            fixed[variable->columns[c]] = search->places->central[variable->columns[c]];
    }
    const struct proof_effort effort = {.boxes = RESTING_BOXES};
    const enum proof_outcome outcome = search->places->wanted ? PROOF_FAILS : PROOF_HOLDS;
    bool shown = prove_question(work, search->places->inquiry->findings[0].question, fixed, outcome, &effort) != NULL;
    arena_release(work->scratch, mark);
    return shown;
}

static void write_sets(const struct search *search, struct inquiry *inquiry)
{
    struct arena *arena = search->places->work->arena;
    struct resting_set *sets = arena_array(arena, search->kept.count, sizeof *sets);
    for (size_t s = 0; s < search->kept.count; s++) {
        const struct few *few = &search->kept.at[s];
        sets[s] = (struct resting_set){.count = few->count, .holds = !search->places->wanted, .basis = EVIDENCE_SAMPLED, .samples = search->samples[s]};
        if (s < RESTING_PROVED && proved(search, few)) {
            sets[s].basis = EVIDENCE_PROVED;
            sets[s].samples = 0;
        }
        for (size_t i = 0; i < few->count; i++) {
            const struct place_input *input = &search->places->inputs[few->inputs[i]];
            sets[s].variables[i] = input->variable;
            sets[s].names[i] = input->mover.variable->name;
        }
    }
    inquiry->verdict.resting = sets;
    inquiry->verdict.resting_count = search->kept.count;
}

void find_resting(struct opposing *opposing, struct inquiry *inquiry)
{
    struct search search = {.opposing = opposing, .places = &opposing->places, .scratch = opposing->places.work->scratch};
    note_list(&search, &opposing->singles);
    note_list(&search, &opposing->pairs);
    note_list(&search, &opposing->sparse);
    if (alone(&search) > RESTING_MOST || search.moved.count == 0)
        return;
    oppose_lean(opposing);
    struct few next;
    const uint64_t most = opposing->places.tried + RESTING_WORK / (tape_length(opposing->places.tape) + 1);
    for (int round = 0; round < RESTING_ROUNDS && search.kept.count < RESTING_SETS && opposing->places.tried < most; round++) {
        if (!next_set(&search, &next) || next.count == search.places->count)
            break;
        uint64_t samples;
        enum rest_state state = test(&search, &next, &samples);
        if (state == UNKNOWN)
            vector_push(search.scratch, &search.doubtful, next);
        if (state != STANDS)
            continue;
        search.samples[search.kept.count] = samples;
        vector_push(search.scratch, &search.kept, next);
    }
    write_sets(&search, inquiry);
}
