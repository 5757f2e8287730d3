// Flip points of all variables and inquiries: see inquiry.h for what is followed.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "judge/flipping.h"

enum { FEW_PLACES = 5 };

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
            it->cruxes[it->verdict.crux_count++] = crux_find(&probe, i, variable);
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
    const enum truth_state central = inquiry->verdict.central_holds ? HOLDS : FAILS;
    probe_run(probe, positions, count);
    double *column = probe->points[probe->work->model->aggregates[probe->moved->aggregates[0]].column];
    double *estimates = arena_array(probe->work->scratch, count, sizeof *estimates);
    memcpy(estimates, column, count * sizeof *estimates);
    for (int side = -1; side <= 1; side += 2) {
        for (size_t k = 0; k < count; k++)
            column[k] = fmin(fmax(estimates[k] + side * moved_slack(probe->moved, estimates[k]), 0), 1);
        work_points(probe->work, probe->tape, probe->work->fixed, (const double *const *)probe->points, count, probe->results);
        for (size_t k = 0; k < count; k++)
            if (isnan(estimates[k]) || probe_state(inquiry, probe->results, k) == (central == HOLDS ? FAILS : HOLDS))
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
