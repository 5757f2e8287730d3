// Where the truth changes as a variable moves, and the crux this makes.
#include <math.h>
#include <string.h>

#include "judge/flipping.h"

enum { ROUNDS = 12 };
#define FLIP_PRECISION 1e-7    // of the position, or of the half-width
#define MOVED_PRECISION 1e-3   // the same where aggregates are estimated
enum { MOVED_SECTIONS = 2, MOVED_FLIPS = 8 };

// ---- where the truth changes -------------------------------------------------------------------------------------------

struct bracket {
    double left, right;
    enum truth_state right_state;
};
struct brackets {
    size_t count;
    struct bracket at[FLIPS_MAX];
};

static void find_brackets(const enum truth_state *states, const double *positions, size_t count, size_t most, struct brackets *brackets)
{
    enum truth_state before = SILENT;
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
    if (probe_is_estimated(probe))
        return bracket->right - bracket->left > MOVED_PRECISION * (mover->move == MOVE_VALUE ? mover->half : 1);
    return bracket->right - bracket->left > FLIP_PRECISION * scale;
}

// Cuts every bracket into sections at once until all are narrow.
static void refine(struct probe *probe, const struct inquiry *inquiry, double *const *values, struct brackets *brackets)
{
    double *positions = arena_array(probe->work->scratch, probe->room, sizeof *positions);
    size_t sections = probe_is_estimated(probe) ? MOVED_SECTIONS : SECTIONS;
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
            while (s < sections - 1 && probe_state(inquiry, values, base + s) != it->right_state)
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

struct crux crux_new(const struct mover *mover, size_t position)
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
static void add_choices(struct work *work, const struct mover *mover, const enum truth_state *states, size_t count, struct crux *crux)
{
    double *flips = arena_array(work->arena, count, sizeof *flips);
    enum truth_state central = SILENT;
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

struct crux crux_find(struct probe *probe, size_t which, size_t variable)
{
    struct work *work = probe->work;
    double *positions = arena_array(work->scratch, MOVER_POINTS, sizeof *positions);
    enum truth_state *states = arena_array(work->scratch, MOVER_POINTS, sizeof *states);
    size_t count = probe_grid(probe, positions);
    double *const *values = probe->results + which * ROOTS;
    const struct inquiry *inquiry = probe->inquiries[which];
    for (size_t k = 0; k < count; k++)
        states[k] = probe_state(inquiry, values, k);
    struct crux crux = crux_new(probe->mover, variable);
    if (probe->mover->move == MOVE_CHOICE) {
        add_choices(work, probe->mover, states, count, &crux);
        return crux;
    }
    struct brackets brackets;
    find_brackets(states, positions, count, probe_is_estimated(probe) ? MOVED_FLIPS : FLIPS_MAX, &brackets);
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
