// Whole models over random boxes: the reference model, and the thread's claims under its forecasts. Everything that their
// questions read is, at random points of the box, within its enclosure.
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "api/run.h"
#include "engine/enclose.h"
#include "engine/evaluate.h"
#include "engine/model.h"
#include "engine/quantile.h"
#include "judge/tally.h"
#include "tests/support/random.h"

enum { BLOCKS = 6, POINTS = 16, ALL = BOX_LANES * POINTS };

struct trial {
    struct arena *arena;
    const struct model *model;
    value_id *roots;
    size_t root_count;
    struct enclosure *boxes, *found;
    double (*ends)[BOX_LANES][2];  // of each draw, as probabilities
    double **points, **values;     // by column, by root: the points of lane after lane
    uint64_t state;
};

static double uniform(uint64_t *state)
{
    return (double)(random_bits(state) >> 11) * 0x1p-53;
}

static void all_roots(struct trial *trial)
{
    const struct model *model = trial->model;
    for (size_t i = 0; i < model->question_count; i++)
        trial->root_count += question_roots(&model->questions[i], NULL);
    trial->roots = arena_array(trial->arena, trial->root_count, sizeof *trial->roots);
    size_t count = 0;
    for (size_t i = 0; i < model->question_count; i++)
        count += question_roots(&model->questions[i], trial->roots + count);
}

static void take_room(struct trial *trial)
{
    const struct model *model = trial->model;
    trial->boxes = arena_array(trial->arena, model->column_count, sizeof *trial->boxes);
    trial->found = arena_array(trial->arena, trial->root_count, sizeof *trial->found);
    trial->ends = arena_array(trial->arena, model->draw_count, sizeof *trial->ends);
    trial->points = arena_array(trial->arena, model->column_count, sizeof *trial->points);
    trial->values = arena_array(trial->arena, trial->root_count, sizeof *trial->values);
    for (size_t c = 0; c < model->column_count; c++)
        trial->points[c] = arena_array(trial->arena, ALL, sizeof(double));
    for (size_t r = 0; r < trial->root_count; r++)
        trial->values[r] = arena_array(trial->arena, ALL, sizeof(double));
}

// Every lane has boxes of another width, from all of the law to a ten-thousandth.
static void draw_boxes(struct trial *trial)
{
    static const double widths[BOX_LANES] = {0.998, 0.5, 0.2, 0.1, 0.02, 0.001, 1e-4, 0};
    for (size_t d = 0; d < trial->model->draw_count; d++)
        for (size_t lane = 0; lane < BOX_LANES; lane++) {
            const double low = 0.001 + (0.998 - widths[lane]) * uniform(&trial->state);
            trial->ends[d][lane][0] = low;
            trial->ends[d][lane][1] = low + widths[lane];
        }
}

static void place_column(struct trial *trial, size_t c)
{
    const struct column *column = &trial->model->columns[c];
    struct enclosure *box = &trial->boxes[c];
    const bool input = column->kind == COLUMN_INPUT;
    for (size_t lane = 0; lane < BOX_LANES; lane++) {
        const double *u = trial->ends[input ? column->draw : 0][lane];
        double low = input ? column_quantile(column, u[0]) : 0.5, high = input ? column_quantile(column, u[1]) : 0.5;
        for (size_t i = 0; i < POINTS; i++) {
            const double share = i == 0 ? 0 : i == 1 ? 1 : uniform(&trial->state);
            const double at = input ? column_quantile(column, fmin(u[0] + share * (u[1] - u[0]), u[1])) : 0.5;
            trial->points[c][lane * POINTS + i] = at;
            low = fmin(low, at); // of a choice
            high = fmax(high, at);
        }
        box->low[lane] = low;
        box->high[lane] = high;
    }
}

static void evaluate_points(struct trial *trial, const struct tape *tape)
{
    const struct futures futures = {.model = trial->model, .seed = 1};
    const struct run_options options = {.threads = 1};
    points_run(trial->arena, tape, &futures, (const double *const *)trial->points, ALL, &options, trial->values);
}

static size_t check_block(struct trial *trial, const struct tape *tape, const struct enclosing *enclosing, void *workspace)
{
    size_t narrow = 0;
    const struct enclosure **columns = arena_array(trial->arena, trial->model->column_count, sizeof *columns);
    draw_boxes(trial);
    for (size_t c = 0; c < trial->model->column_count; c++) {
        place_column(trial, c);
        columns[c] = &trial->boxes[c];
    }
    evaluate_points(trial, tape);
    enclosing_run(enclosing, KERNELS_BEST, columns, workspace, trial->found);
    for (size_t r = 0; r < trial->root_count; r++)
        for (size_t i = 0; i < ALL; i++) {
            const struct enclosure *found = &trial->found[r];
            const double value = trial->values[r][i], low = found->low[i / POINTS], high = found->high[i / POINTS];
            const bool inside = isnan(value) ? found->missing[i / POINTS] == 1 : low <= value && value <= high;
            cr_assert(inside, "root %zu, point %zu: %a not in %a .. %a, missing %g", r, i, value, low, high, found->missing[i / POINTS]);
            narrow += isfinite(low) && isfinite(high);
        }
    return narrow;
}

static void check_model(struct arena *arena, const struct model *model)
{
    struct trial trial = {.arena = arena, .model = model, .state = random_seed()};
    all_roots(&trial);
    take_room(&trial);
    const struct tape *tape = tape_make(arena, model, trial.roots, trial.root_count);
    const struct enclosing *enclosing = enclosing_make(arena, model, trial.roots, trial.root_count);
    void *workspace = arena_alloc_wide(arena, enclosing_workspace(enclosing));
    size_t narrow = 0;
    for (int block = 0; block < BLOCKS; block++)
        narrow += check_block(&trial, tape, enclosing, workspace);
    cr_assert(narrow > BLOCKS * trial.root_count * ALL / 2, "most enclosures are infinite: %zu of %zu are not", narrow,
              BLOCKS * trial.root_count * ALL);
}

static void check_roads(struct crux_session *crux, void *argument)
{
    struct run run;
    (void)argument;
    run_open(&run, crux);
    run_compile(&run);
    cr_assert(run.roads.count > 0);
    for (size_t i = 0; i < run.roads.count; i++) {
        cr_assert(run.roads.at[i]->model != NULL);
        check_model(&crux->scratch, run.roads.at[i]->model);
    }
}

static void check_file(const char *path, const char *forecast)
{
    struct crux_session *crux = crux_open(NULL);
    cr_assert(forecast == NULL || crux_set(crux, CRUX_FORECAST, forecast) == CRUX_OK);
    cr_assert_eq(crux_add_file(crux, path), CRUX_OK);
    cr_assert_eq(session_enter(crux, check_roads, NULL), CRUX_OK);
    crux_close(crux);
}

Test(enclose_models, the_reference_model)
{
    check_file("bench/reference.crux", NULL);
}

Test(enclose_models, the_thread_under_supply)
{
    check_file("claims/thread.crux", "supply");
}

Test(enclose_models, the_thread_under_ai2027)
{
    check_file("claims/thread.crux", "ai2027");
}
