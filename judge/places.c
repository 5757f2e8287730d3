#include "judge/places.h"

#include <math.h>

#include "base/probability.h"
#include "judge/setting.h"

enum { TRUTHS = 4 }; // ROOT_ASSUMED .. ROOT_CONCLUSION
static const double score_of_p95 = 1.6448536269514722;
static const double score_of_p999 = 3.0902323061678132;

bool places_is_choice(const struct places *places, size_t input)
{
    return places->inputs[input].mover.move == MOVE_CHOICE;
}

size_t places_choices(const struct places *places, size_t input)
{
    return (size_t)places->inputs[input].mover.last + 1;
}

double places_position(const struct mover *mover, double step)
{
    if (mover->move == MOVE_CHOICE)
        return step - 1;
    if (mover->move == MOVE_VALUE)
        return mover->central + step * mover->half;
    return mover->bounds ? 0.5 + step / 2 : step * score_of_p95;
}

double places_value(const struct places *places, size_t input, size_t column, double step)
{
    if (step == 0)
        return places->central[column];
    const struct mover *mover = &places->inputs[input].mover;
    return mover_value(mover, column, places_position(mover, step));
}

// ---- ranges ------------------------------------------------------------------------------------------------------------

static void set_range(const struct model *model, struct place_input *input)
{
    const struct mover *mover = &input->mover;
    const struct column *column = &model->columns[mover->reported];
    if (mover->move == MOVE_CHOICE) {
        input->greatest = mover->last + 1;
        return;
    }
    if (mover->move == MOVE_DRAW) {
        input->greatest = mover->bounds ? 1 : score_of_p999 / score_of_p95;
        input->least = -input->greatest;
        return;
    }
    double low = column_quantile(column, mover->bounds ? 0 : 0.001), high = column_quantile(column, mover->bounds ? 1 : 0.999);
    input->least = (fmax(low, mover->first) - mover->central) / mover->half;
    input->greatest = (fmin(high, mover->last) - mover->central) / mover->half;
}

static double clamped(const struct place_input *input, double step)
{
    return fmin(fmax(step, input->least), input->greatest);
}

static double step_of_choice(const struct mover *mover, double value)
{
    if (value == mover->central)
        return 0;
    for (double n = 0; n <= mover->last; n++)
        if (mover_value(mover, mover->reported, n) == value)
            return n + 1;
    return 0;
}

double places_step(const struct places *places, size_t input, double value)
{
    const struct place_input *it = &places->inputs[input];
    const struct mover *mover = &it->mover;
    if (mover->move == MOVE_CHOICE)
        return step_of_choice(mover, value);
    if (mover->move == MOVE_VALUE)
        return clamped(it, (value - mover->central) / mover->half);
    // The draw: values rise with it.
    double low = it->least, high = it->greatest;
    for (int i = 0; i < 30; i++) {
        double middle = low + (high - low) / 2;
        if (mover_value(mover, mover->reported, places_position(mover, middle)) < value)
            low = middle;
        else
            high = middle;
    }
    return low + (high - low) / 2;
}

double places_draw(const struct places *places, size_t input, double u)
{
    const struct mover *mover = &places->inputs[input].mover;
    if (mover->move != MOVE_DRAW)
        return places_step(places, input, column_quantile(&places->work->model->columns[mover->reported], u));
    return mover->bounds ? 2 * u - 1 : normal_quantile_at(u) / score_of_p95;
}

// ---- opening -----------------------------------------------------------------------------------------------------------

static double end_of(const struct work *work, const struct inquiry *inquiry)
{
    const struct program *program = work->model->program;
    if (!program || !program->timeline.given)
        return INFINITY;
    return program->timeline.start + (inquiry->verdict.claim->end + 1) * program->timeline.length;
}

static void find_inputs(struct places *places)
{
    const struct work *work = places->work;
    const struct model *model = work->model;
    const struct reach reach = judged_reach(work->scratch, model, places->inquiry->findings[0].question);
    bool *judged = arena_array(work->scratch, model->variable_count, sizeof *judged);
    for (size_t i = 0; i < reach.input_count; i++)
        judged[model->columns[reach.inputs[i]].variable] = true;
    places->inputs = arena_array(work->scratch, reach.input_count, sizeof *places->inputs);
    for (size_t v = 0; v < model->variable_count; v++) {
        struct place_input input = {.variable = v};
        if (!judged[v] || !mover_new(model, &model->variables[v], end_of(work, places->inquiry), &input.mover))
            continue;
        set_range(model, &input);
        input.settable = setting_possible(work, places->inquiry, v);
        places->inputs[places->count++] = input;
    }
}

static const struct tape *places_tape(const struct places *places)
{
    const struct work *work = places->work;
    const struct question *question = places->inquiry->findings[0].question;
    value_id *roots = arena_array(work->scratch, question_roots(question, NULL), sizeof *roots);
    question_roots(question, roots);
    return tape_make(work->scratch, work->model, roots, TRUTHS);
}

// The opposite of what the claim does in the central future; where it says nothing there, against the verdict.
static bool wanted_of(const struct verdict *verdict)
{
    if (verdict->central_relevant && verdict->central_defined)
        return !verdict->central_holds;
    return verdict->kind == VERDICT_REFUTED;
}

bool places_open(struct places *places, struct work *work, const struct inquiry *inquiry)
{
    struct arena *scratch = work->scratch;
    *places = (struct places){.work = work, .inquiry = inquiry, .wanted = wanted_of(&inquiry->verdict)};
    places->tape = places_tape(places);
    if (reach_of(scratch, work->model, places->tape).aggregate_count > 0)
        return false;
    find_inputs(places);
    if (places->count == 0)
        return false;
    places->central = arena_array(scratch, work->model->column_count, sizeof *places->central);
    places->points = arena_array(scratch, work->model->column_count, sizeof *places->points);
    for (size_t i = 0; i < places->count; i++) {
        const struct variable *variable = places->inputs[i].mover.variable;
        for (size_t c = 0; c < variable->column_count; c++) {
            places->central[variable->columns[c]] = column_central(&work->model->columns[variable->columns[c]]);
            places->points[variable->columns[c]] = arena_array(scratch, PLACES_ROOM, sizeof **places->points);
        }
    }
    places->results = arena_array(scratch, TRUTHS, sizeof *places->results);
    for (size_t r = 0; r < TRUTHS; r++)
        places->results[r] = arena_array(scratch, PLACES_ROOM, sizeof **places->results);
    places->hits = arena_array(scratch, PLACES_ROOM, sizeof *places->hits);
    places->relevant = arena_array(scratch, PLACES_ROOM, sizeof *places->relevant);
    return true;
}

// ---- running -----------------------------------------------------------------------------------------------------------

size_t places_put(struct places *places, const double *steps)
{
    for (size_t i = 0; i < places->count; i++) {
        const struct variable *variable = places->inputs[i].mover.variable;
        for (size_t c = 0; c < variable->column_count; c++)
            places->points[variable->columns[c]][places->filled] = places_value(places, i, variable->columns[c], steps[i]);
    }
    return places->filled++;
}

void places_set(struct places *places, size_t place, size_t column, double value)
{
    places->points[column][place] = value;
}

static bool is_relevant(const struct places *places, size_t k)
{
    const struct question *question = places->inquiry->findings[0].question;
    double *const *values = places->results;
    return (question->assumed == NO_VALUE || values[ROOT_ASSUMED][k] == 1) && (question->premise == NO_VALUE || values[ROOT_PREMISE][k] == 1) &&
           (question->exception == NO_VALUE || values[ROOT_EXCEPTION][k] == 0) && !isnan(values[ROOT_CONCLUSION][k]);
}

void places_run(struct places *places)
{
    if (places->filled == 0)
        return;
    struct work *work = places->work;
    work_points(work, places->tape, work->fixed, (const double *const *)places->points, places->filled, places->results);
    for (size_t k = 0; k < places->filled; k++) {
        places->relevant[k] = is_relevant(places, k);
        places->hits[k] = places->relevant[k] && places->results[ROOT_CONCLUSION][k] == (places->wanted ? 1 : 0);
    }
    places->tried += places->filled;
    places->filled = 0;
}

// ---- distances ---------------------------------------------------------------------------------------------------------

double places_distance_of(const struct places *places, size_t input, double step)
{
    const struct mover *mover = &places->inputs[input].mover;
    if (step == 0 || mover->move == MOVE_CHOICE)
        return step != 0;
    return mover->move == MOVE_VALUE ? fabs(step) : fabs(places_value(places, input, mover->reported, step) - mover->central) / mover->half;
}

double places_distance(const struct places *places, const double *steps)
{
    double sum = 0;
    for (size_t i = 0; i < places->count; i++) {
        double distance = places_distance_of(places, i, steps[i]);
        sum += distance * distance;
    }
    return sqrt(sum);
}

size_t places_moved(const struct places *places, const double *steps)
{
    size_t moved = 0;
    for (size_t i = 0; i < places->count; i++)
        moved += steps[i] != 0;
    return moved;
}
