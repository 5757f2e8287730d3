// Flip points: see inquiry.h for what is followed.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "judge/inquiry.h"
#include "judge/moved.h"
#include "judge/mover.h"

enum { ROOTS = 4, SECTIONS = 16, ROUNDS = 12, FLIPS_MAX = 64 };
#define FLIP_PRECISION 1e-7    // of the position, or of the half-width
#define MOVED_PRECISION 1e-3   // the same where aggregates are estimated
enum { MOVED_STRIDE = 12, MOVED_SECTIONS = 2, MOVED_FLIPS = 8 };
enum { FEW_PLACES = 5 };

enum state { FAILS, HOLDS, SILENT };

// The truth at point k of the four values of an inquiry.
static enum state state_at(const struct inquiry *inquiry, double *const *values, size_t k)
{
    const struct question *question = inquiry->findings[0].question;
    double assumed = question->assumed == NO_VALUE ? 1 : values[ROOT_ASSUMED][k];
    double premise = question->premise == NO_VALUE ? 1 : values[ROOT_PREMISE][k];
    double exception = question->exception == NO_VALUE ? 0 : values[ROOT_EXCEPTION][k];
    double conclusion = values[ROOT_CONCLUSION][k];
    bool irrelevant = assumed == 0 || premise == 0 || exception == 1;
    if (irrelevant)
        return inquiry->verdict.central_relevant ? SILENT : HOLDS;
    if (isnan(assumed) || isnan(premise) || isnan(exception) || isnan(conclusion))
        return SILENT;
    return conclusion == 1 ? HOLDS : FAILS;
}

static void add_roots(const struct inquiry *inquiry, value_id *roots)
{
    const struct question *question = inquiry->findings[0].question;
    roots[ROOT_CONCLUSION] = question->conclusion;
    roots[ROOT_ASSUMED] = question->assumed == NO_VALUE ? question->conclusion : question->assumed;
    roots[ROOT_PREMISE] = question->premise == NO_VALUE ? question->conclusion : question->premise;
    roots[ROOT_EXCEPTION] = question->exception == NO_VALUE ? question->conclusion : question->exception;
}

// One tape over the inquiries that see the variable.
struct probe {
    struct work *work;
    const struct mover *mover;
    struct inquiry **inquiries;
    size_t count;
    const struct tape *tape; // NULL: probe_open makes one
    double **results;
    double **points;
    size_t room;
    const struct moved *moved; // NULL: no aggregate sees it
};

// Its truth takes many futures, and is not exact.
static bool estimated(const struct probe *probe)
{
    return probe->moved && probe->moved->sampled;
}

static void probe_run(struct probe *probe, const double *positions, size_t count)
{
    const struct variable *variable = probe->mover->variable;
    for (size_t i = 0; i < variable->column_count; i++)
        for (size_t k = 0; k < count; k++)
            probe->points[variable->columns[i]][k] = mover_value(probe->mover, variable->columns[i], positions[k]);
    if (probe->moved)
        moved_estimate(probe->moved, probe->points, count);
    work_points(probe->work, probe->tape, probe->work->fixed, (const double *const *)probe->points, count, probe->results);
}

static const struct tape *probe_tape(struct work *work, struct inquiry **inquiries, size_t count)
{
    value_id *roots = arena_array(work->scratch, count * ROOTS, sizeof *roots);
    for (size_t i = 0; i < count; i++)
        add_roots(inquiries[i], roots + i * ROOTS);
    return tape_make(work->scratch, work->model, roots, count * ROOTS);
}

static void probe_open(struct probe *probe)
{
    struct arena *scratch = probe->work->scratch;
    probe->room = MOVER_POINTS > FLIPS_MAX * SECTIONS ? MOVER_POINTS : FLIPS_MAX * SECTIONS;
    if (!probe->tape)
        probe->tape = probe_tape(probe->work, probe->inquiries, probe->count);
    probe->results = arena_array(scratch, probe->count * ROOTS, sizeof *probe->results);
    for (size_t i = 0; i < probe->count * ROOTS; i++)
        probe->results[i] = arena_array(scratch, probe->room, sizeof **probe->results);
    probe->points = arena_array(scratch, probe->work->model->column_count, sizeof *probe->points);
    const struct variable *variable = probe->mover->variable;
    for (size_t i = 0; i < variable->column_count; i++)
        probe->points[variable->columns[i]] = arena_array(scratch, probe->room, sizeof **probe->points);
    for (size_t i = 0; probe->moved && i < probe->moved->count; i++) {
        size_t column = probe->work->model->aggregates[probe->moved->aggregates[i]].column;
        probe->points[column] = arena_array(scratch, probe->room, sizeof **probe->points);
    }
}

// Where aggregates have to be estimated, every few positions only; the ends and the range's ends stay.
static size_t probe_grid(const struct probe *probe, double *positions)
{
    const struct mover *mover = probe->mover;
    size_t count = mover_grid(mover, positions), kept = 0;
    if (!estimated(probe) || mover->move == MOVE_CHOICE)
        return count;
    for (size_t k = 0; k < count; k++) {
        bool corner = mover->move == MOVE_VALUE && (positions[k] == mover->low || positions[k] == mover->high || positions[k] == mover->central);
        if (k % MOVED_STRIDE == 0 || k + 1 == count || corner)
            positions[kept++] = positions[k];
    }
    return kept;
}

// ---- where the truth changes -------------------------------------------------------------------------------------------

struct bracket {
    double left, right;
    enum state right_state;
};
struct brackets {
    size_t count;
    struct bracket at[FLIPS_MAX];
};

static void find_brackets(const enum state *states, const double *positions, size_t count, size_t most, struct brackets *brackets)
{
    enum state before = SILENT;
    brackets->count = 0;
    for (size_t k = 0; k < count; k++) {
        if (states[k] == SILENT)
            continue;
        if (before != SILENT && states[k] != before && brackets->count < most)
            brackets->at[brackets->count++] = (struct bracket){positions[k - 1], positions[k], states[k]};
        before = states[k];
    }
}

static bool wide(const struct probe *probe, const struct bracket *bracket)
{
    const struct mover *mover = probe->mover;
    double scale = fmax(fabs(bracket->left), fabs(bracket->right));
    if (mover->move == MOVE_VALUE)
        scale = fmin(fmax(scale, 1e-3 * mover->half), fmax(mover->half, 1e-6 * scale));
    if (estimated(probe))
        return bracket->right - bracket->left > MOVED_PRECISION * (mover->move == MOVE_VALUE ? mover->half : 1);
    return bracket->right - bracket->left > FLIP_PRECISION * scale;
}

// Cuts every bracket into sections at once until all are narrow.
static void refine(struct probe *probe, const struct inquiry *inquiry, double *const *values, struct brackets *brackets)
{
    double *positions = arena_array(probe->work->scratch, probe->room, sizeof *positions);
    size_t sections = estimated(probe) ? MOVED_SECTIONS : SECTIONS;
    for (int round = 0; round < ROUNDS; round++) {
        size_t count = 0;
        bool any = false;
        for (size_t b = 0; b < brackets->count; b++) {
            const struct bracket *it = &brackets->at[b];
            any = any || wide(probe, it);
            for (size_t s = 1; s < sections; s++)
                positions[count++] = it->left + (it->right - it->left) * (double)s / (double)sections;
        }
        if (!any)
            return;
        probe_run(probe, positions, count);
        for (size_t b = 0; b < brackets->count; b++) {
            struct bracket *it = &brackets->at[b];
            size_t base = b * (sections - 1), s = 0;
            while (s < sections - 1 && state_at(inquiry, values, base + s) != it->right_state)
                s++;
            if (s < sections - 1)
                it->right = positions[base + s];
            if (s > 0)
                it->left = positions[base + s - 1];
        }
    }
}

// ---- cruxes ------------------------------------------------------------------------------------------------------------

static struct text point_name(const struct model *model, const struct mover *mover)
{
    struct text name = model->columns[mover->reported].name, part = {name.at, 0};
    for (size_t i = 0; i + 4 <= name.length; i++)
        if (memcmp(name.at + i, " at ", 4) == 0)
            part = (struct text){name.at + i + 4, name.length - i - 4};
    return part;
}

static struct crux crux_new(const struct mover *mover, size_t position)
{
    const struct variable *variable = mover->variable;
    struct crux crux = {.variable = position, .name = variable->name, .type = variable->type, .input = variable->input};
    crux.central = mover->central;
    crux.low = mover->low;
    crux.high = mover->high;
    crux.choice = mover->move == MOVE_CHOICE;
    crux.path = mover->move == MOVE_DRAW;
    if (crux.path)
        crux.point_name = point_name(mover->model, mover);
    crux.distance = INFINITY;
    crux.nearest = NAN;
    crux.score = (struct crux_score){NAN, NAN, NAN, {NAN, NAN, NAN, NAN}, {NAN, NAN, NAN, NAN}};
    return crux;
}

// Any value of a narrow bracket will do, so zero does where it is one: nobody wants to read 4e-11.
static double flip_of(const struct mover *mover, const struct bracket *bracket)
{
    const bool around_zero = mover->move == MOVE_VALUE && bracket->left <= 0 && bracket->right >= 0;
    return around_zero ? 0 : mover_value(mover, mover->reported, bracket->left + (bracket->right - bracket->left) / 2);
}

static void add_flips(struct work *work, const struct mover *mover, const struct brackets *brackets, struct crux *crux)
{
    double *flips = arena_array(work->arena, brackets->count, sizeof *flips);
    for (size_t i = 0; i < brackets->count; i++) {
        const struct bracket *it = &brackets->at[i];
        flips[i] = flip_of(mover, it);
        double distance = fabs(flips[i] - mover->central) / mover->half;
        if (distance >= crux->distance)
            continue;
        crux->distance = distance;
        crux->nearest = flips[i];
        crux->holds_below = it->right_state == FAILS;
    }
    crux->flips_at = flips;
    crux->flip_count = brackets->count;
    crux->beyond = brackets->count > 0 && (crux->nearest < crux->low || crux->nearest > crux->high);
}

// Every choice at which the truth is not that of the central one.
static void add_choices(struct work *work, const struct mover *mover, const enum state *states, size_t count, struct crux *crux)
{
    double *flips = arena_array(work->arena, count, sizeof *flips);
    enum state central = SILENT;
    for (size_t k = 0; k < count; k++)
        if (mover_value(mover, mover->reported, (double)k) == mover->central)
            central = states[k];
    for (size_t k = 0; k < count && central != SILENT; k++)
        if (states[k] != SILENT && states[k] != central)
            flips[crux->flip_count++] = mover_value(mover, mover->reported, (double)k);
    crux->flips_at = flips;
    crux->holds_below = central == HOLDS;
    if (crux->flip_count == 0)
        return;
    crux->distance = 1;
    crux->nearest = flips[0];
}

static struct crux find_crux(struct probe *probe, size_t which, size_t variable)
{
    struct work *work = probe->work;
    double *positions = arena_array(work->scratch, MOVER_POINTS, sizeof *positions);
    enum state *states = arena_array(work->scratch, MOVER_POINTS, sizeof *states);
    size_t count = probe_grid(probe, positions);
    double *const *values = probe->results + which * ROOTS;
    const struct inquiry *inquiry = probe->inquiries[which];
    for (size_t k = 0; k < count; k++)
        states[k] = state_at(inquiry, values, k);
    struct crux crux = crux_new(probe->mover, variable);
    if (probe->mover->move == MOVE_CHOICE) {
        add_choices(work, probe->mover, states, count, &crux);
        return crux;
    }
    struct brackets brackets;
    find_brackets(states, positions, count, estimated(probe) ? MOVED_FLIPS : FLIPS_MAX, &brackets);
    if (brackets.count > 0) {
        // A tape of its own: only this claim's truth changes here.
        struct inquiry *only = probe->inquiries[which];
        struct probe fine = {.work = work, .mover = probe->mover, .inquiries = &only, .count = 1, .moved = probe->moved};
        probe_open(&fine);
        refine(&fine, inquiry, fine.results, &brackets);
    }
    add_flips(work, probe->mover, &brackets, &crux);
    return crux;
}

// ---- all variables of all inquiries ------------------------------------------------------------------------------------

bool inquiry_turns(const struct inquiry *inquiry)
{
    enum verdict_kind kind = inquiry->verdict.kind;
    return inquiry->finished && (kind == VERDICT_SUPPORTED || kind == VERDICT_REFUTED || kind == VERDICT_SENSITIVE);
}

// How many variables there are to try: thousands of claims keep no more room than that.
static size_t mark_judged(struct work *work, const struct dependence *dependence, struct inquiry *inquiry)
{
    const struct model *model = work->model;
    struct reach reach = inquiry->judged_reach = judged_reach(work->scratch, model, inquiry->findings[0].question);
    inquiry->judged = arena_array(work->scratch, model->variable_count, sizeof *inquiry->judged);
    for (size_t i = 0; i < reach.input_count; i++)
        inquiry->judged[model->columns[reach.inputs[i]].variable] = true;
    for (size_t v = 0; v < model->variable_count && reach.aggregate_count > 0; v++)
        inquiry->judged[v] = inquiry->judged[v] || moved_of(work, dependence, &reach, v).count > 0;
    size_t variables = 0;
    for (size_t v = 0; v < model->variable_count; v++)
        variables += inquiry->judged[v];
    return variables;
}

static double end_of(const struct model *model, const struct inquiry *inquiry)
{
    if (!model->program || !model->program->timeline.given)
        return INFINITY;
    const struct timeline *timeline = &model->program->timeline;
    return timeline->start + (inquiry->verdict.claim->end + 1) * timeline->length;
}

struct company { // inquiries that end together: for a path the end decides which point is reported
    struct inquiry **inquiries;
    size_t count;
    const struct tape *tape; // over all of them, or NULL
};

// `moved`: aggregates to be estimated anew, of one inquiry; or NULL.
static void probe_variable(struct work *work, size_t variable, const struct company *company, const struct moved *moved)
{
    struct arena_mark mark = arena_mark(work->scratch);
    const struct model *model = work->model;
    struct mover mover;
    if (mover_new(model, &model->variables[variable], end_of(model, company->inquiries[0]), &mover)) {
        struct probe probe = {.work = work, .mover = &mover, .inquiries = company->inquiries, .count = company->count, .tape = company->tape, .moved = moved};
        double *positions = arena_array(work->scratch, MOVER_POINTS, sizeof *positions);
        probe_open(&probe);
        probe_run(&probe, positions, probe_grid(&probe, positions));
        for (size_t i = 0; i < company->count; i++) {
            struct inquiry *it = company->inquiries[i];
            it->cruxes[it->verdict.crux_count++] = find_crux(&probe, i, variable);
        }
    }
    arena_release(work->scratch, mark);
}

// ---- inputs that move a probability too little -----------------------------------------------------------------------------

// A single estimated probability: of the others it is not known how far off few futures leave them.
static bool has_slack(const struct work *work, const struct moved *moved)
{
    const struct aggregate_request *request = &work->model->aggregates[moved->aggregates[0]];
    return moved->sampled && moved->count == 1 && request->kind == AGGREGATE_PROBABILITY && request->given == NO_VALUE;
}

// Whether the truth is the central one at each place and at both ends of what few futures leave open about the probability there.
static bool stays(struct probe *probe, const double *positions, size_t count)
{
    const struct inquiry *inquiry = probe->inquiries[0];
    const enum state central = inquiry->verdict.central_holds ? HOLDS : FAILS;
    probe_run(probe, positions, count);
    double *column = probe->points[probe->work->model->aggregates[probe->moved->aggregates[0]].column];
    double *estimates = arena_array(probe->work->scratch, count, sizeof *estimates);
    memcpy(estimates, column, count * sizeof *estimates);
    for (int side = -1; side <= 1; side += 2) {
        for (size_t k = 0; k < count; k++)
            column[k] = fmin(fmax(estimates[k] + side * moved_slack(probe->moved, estimates[k]), 0), 1);
        work_points(probe->work, probe->tape, probe->work->fixed, (const double *const *)probe->points, count, probe->results);
        for (size_t k = 0; k < count; k++)
            if (isnan(estimates[k]) || state_at(inquiry, probe->results, k) == (central == HOLDS ? FAILS : HOLDS))
                return false;
    }
    return true;
}

// Settles a variable with few futures where they suffice to see that it flips nothing: then its crux is noted.
static bool settled_by_few(struct work *work, size_t variable, struct inquiry *inquiry, const struct moved *moved)
{
    struct mover mover;
    if (!has_slack(work, moved) || !mover_new(work->model, &work->model->variables[variable], end_of(work->model, inquiry), &mover) ||
        mover.move == MOVE_CHOICE)
        return false;
    struct probe probe = {.work = work, .mover = &mover, .inquiries = &inquiry, .count = 1, .moved = moved};
    double *positions = arena_array(work->scratch, MOVER_POINTS, sizeof *positions);
    probe_open(&probe);
    size_t count = mover_grid(&mover, positions);
    for (size_t k = 0; k < FEW_PLACES; k++)
        positions[k] = positions[k * (count - 1) / (FEW_PLACES - 1)];
    if (!stays(&probe, positions, FEW_PLACES))
        return false;
    inquiry->cruxes[inquiry->verdict.crux_count++] = crux_new(&mover, variable);
    return true;
}

static bool settled_early(struct work *work, size_t variable, struct inquiry *inquiry, struct moved *moved)
{
    const size_t futures[] = {MOVED_FEW, MOVED_MORE};
    bool settled = false;
    for (size_t i = 0; i < sizeof futures / sizeof *futures && !settled; i++) {
        struct arena_mark mark = arena_mark(work->scratch);
        settled = !moved_open(moved, futures[i]) || settled_by_few(work, variable, inquiry, moved);
        arena_release(work->scratch, mark);
    }
    return settled;
}

static int nearest_first(const void *a, const void *b)
{
    const struct crux *x = a, *y = b;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    return (x->variable > y->variable) - (x->variable < y->variable);
}

// The companies of the variable before: the next one is often seen by the same inquiries, and a tape costs more than its run.
struct companies {
    struct arena_mark mark;  // what lies on scratch behind it is theirs
    struct inquiry **seeing; // all of them
    size_t seeing_count;
    struct company *at;
    size_t count;
};

static bool same_seeing(const struct companies *companies, struct inquiry **seeing, size_t count)
{
    return companies->seeing_count == count && memcmp(companies->seeing, seeing, count * sizeof *seeing) == 0;
}

static struct company company_at(struct work *work, const struct companies *companies, double end)
{
    struct company company = {.inquiries = arena_array(work->scratch, companies->seeing_count, sizeof *company.inquiries)};
    for (size_t k = 0; k < companies->seeing_count; k++)
        if (end_of(work->model, companies->seeing[k]) == end)
            company.inquiries[company.count++] = companies->seeing[k];
    company.tape = probe_tape(work, company.inquiries, company.count);
    return company;
}

static void gather_by_end(struct work *work, struct inquiry **seeing, size_t count, struct companies *companies)
{
    arena_release(work->scratch, companies->mark);
    companies->seeing = arena_array(work->scratch, count, sizeof *companies->seeing);
    memcpy(companies->seeing, seeing, count * sizeof *seeing);
    companies->seeing_count = count;
    companies->at = arena_array(work->scratch, count, sizeof *companies->at);
    companies->count = 0;
    for (size_t i = 0; i < count; i++) {
        const double end = end_of(work->model, seeing[i]);
        bool first = true;
        for (size_t k = 0; k < i && first; k++)
            first = end_of(work->model, seeing[k]) != end;
        if (first)
            companies->at[companies->count++] = company_at(work, companies, end);
    }
}

static void probe_by_end(struct work *work, size_t variable, struct inquiry **seeing, size_t count, struct companies *companies)
{
    if (!same_seeing(companies, seeing, count))
        gather_by_end(work, seeing, count, companies);
    for (size_t i = 0; i < companies->count; i++)
        probe_variable(work, variable, &companies->at[i], NULL);
}

// Those that see the variable in aggregates one by one, all others together.
static void probe_all(struct work *work, const struct dependence *dependence, size_t variable, struct inquiry **seeing, size_t count, struct companies *companies)
{
    size_t plain = 0;
    for (size_t i = 0; i < count; i++) {
        struct arena_mark mark = arena_mark(work->scratch);
        struct moved moved = moved_of(work, dependence, &seeing[i]->judged_reach, variable);
        if (moved.count == 0)
            seeing[plain++] = seeing[i];
        else if (!settled_early(work, variable, seeing[i], &moved) && moved_open(&moved, moved_futures(work)))
            probe_variable(work, variable, &(struct company){&seeing[i], 1, NULL}, &moved);
        arena_release(work->scratch, mark);
    }
    if (plain > 0)
        probe_by_end(work, variable, seeing, plain, companies);
}

void find_cruxes(struct work *work, struct inquiry *inquiries, size_t count)
{
    struct arena_mark mark = arena_mark(work->scratch);
    struct dependence dependence = dependence_of(work);
    struct inquiry **seeing = arena_array(work->scratch, count, sizeof *seeing);
    for (size_t i = 0; i < count; i++) {
        if (!inquiry_turns(&inquiries[i]))
            continue;
        size_t variables = mark_judged(work, &dependence, &inquiries[i]);
        inquiries[i].verdict.cruxes = inquiries[i].cruxes = arena_array(work->arena, variables, sizeof(struct crux));
    }
    struct companies companies = {.mark = arena_mark(work->scratch)};
    for (size_t v = 0; v < work->model->variable_count; v++) {
        if (work->only && work->only != &work->model->variables[v])
            continue;
        size_t some = 0;
        for (size_t i = 0; i < count; i++)
            if (inquiry_turns(&inquiries[i]) && inquiries[i].judged[v])
                seeing[some++] = &inquiries[i];
        if (some > 0)
            probe_all(work, &dependence, v, seeing, some, &companies);
        if (work_late(work) || !work_continues(work, 0))
            break;
    }
    for (size_t i = 0; i < count; i++)
        if (inquiries[i].verdict.crux_count > 0)
            qsort(inquiries[i].cruxes, inquiries[i].verdict.crux_count, sizeof(struct crux), nearest_first);
    arena_release(work->scratch, mark);
}
