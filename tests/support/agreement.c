#include "tests/support/agreement.h"

#include <criterion/criterion.h>
#include <math.h>

#include "engine/affine.h"
#include "engine/quantile.h"
#include "judge/prove.h"
#include "judge/work.h"
#include "tests/support/affine_check.h"
#include "tests/support/random.h"
#include "tests/support/random_program.h"
#include "verify/verify.h"

enum { ROOTS_MOST = 32, POINTS = 2 * BOX_LANES, COLUMNS_MOST = 32, FUTURES = 24, PROOF_BOXES = 48, VISITS = 20000, NOISY = 40, RECHECKED = 16, WORLDS_MOST = 8 };

struct trial {
    struct arena arena, scratch;
    unsigned long long seed;
    uint64_t state;
    struct random_program program;
    struct column_place places[COLUMNS_MOST];
    struct work work;
    struct judge_options options;
    double fixed[COLUMNS_MOST];      // NAN: moves
    bool infinite, noisy;            // of the last walk; whether the next ones are
    struct agreement found;
};

// What naive_value reads.
static const struct trial *reading;
static const double *future;

static double read_future(const struct input *input, size_t instance, size_t point, size_t period)
{
    for (size_t c = 0; c < reading->program.model->column_count; c++) {
        const struct column_place *place = &reading->places[c];
        if (place->input == input && place->point == point && place->period == period)
            return future[c];
    }
    return distribution_central(&input->instances[instance].points[point].law); // the model does not need it
}

static double uniform(struct trial *trial)
{
    return (double)(random_bits(&trial->state) >> 11) * 0x1p-53;
}

// ---- points -----------------------------------------------------------------------------------------------------------------

// A draw: an end one time in three.
static double some_draw(struct trial *trial)
{
    return random_below(&trial->state, 3) == 0 ? random_below(&trial->state, 2) : uniform(trial);
}

// A future that the laws allow, with the columns of `fixed` held.
static void set_future(struct trial *trial, double *columns)
{
    const struct model *model = trial->program.model;
    double draws[COLUMNS_MOST];
    for (size_t d = 0; d < model->draw_count; d++)
        draws[d] = some_draw(trial);
    for (size_t c = 0; c < model->column_count; c++)
        columns[c] = isnan(trial->fixed[c]) ? column_quantile(&model->columns[c], draws[model->columns[c].draw]) : trial->fixed[c];
}

// values[r * POINTS + k], by the kernels that sample.
static void sample(struct trial *trial, const value_id *roots, size_t root_count, double (*columns)[COLUMNS_MOST], size_t count, double *values)
{
    const struct model *model = trial->program.model;
    const double **points = arena_array(&trial->arena, model->column_count, sizeof *points);
    double **results = arena_array(&trial->arena, root_count, sizeof *results);
    for (size_t c = 0; c < model->column_count; c++) {
        double *column = arena_array(&trial->arena, count, sizeof *column);
        for (size_t k = 0; k < count; k++)
            column[k] = columns[k][c];
        points[c] = column;
    }
    for (size_t r = 0; r < root_count; r++)
        results[r] = values + r * count;
    work_points(&trial->work, tape_make(&trial->arena, model, roots, root_count), trial->work.fixed, points, count, results);
}

// False: too long to walk.
static bool walk(struct trial *trial, const struct node *node, int step, const struct scenario *scenario, const double *columns, double *value)
{
    struct naive_world worlds[WORLDS_MOST];
    struct naive naive = {.program = trial->program.model->program, .read = read_future, .budget = VISITS, .noise = trial->noisy ? &trial->state : NULL};
    reading = trial;
    future = columns;
    *value = naive_value(&naive, node, step, scenario ? worlds_of(scenario, worlds) : NULL);
    trial->infinite = naive.infinite;
    trial->found.skipped += naive.budget < 0;
    return naive.budget >= 0;
}

// ---- boxes ------------------------------------------------------------------------------------------------------------------

// A value, and the node that it is; node NULL: some value on the way.
struct watched {
    const struct node *node;
    const struct scenario *scenario;
    int step;
};

struct boxes {
    size_t count;
    value_id roots[ROOTS_MOST];
    struct watched watched[ROOTS_MOST];
    struct affine_column columns[COLUMNS_MOST];
    struct enclosure sides[COLUMNS_MOST], enclosures[ROOTS_MOST];
    struct affine_root forms[ROOTS_MOST];
    double points[POINTS][COLUMNS_MOST];
    double values[ROOTS_MOST * POINTS];
};

static void watch(struct boxes *boxes, value_id value, const struct node *node, const struct scenario *scenario, int step)
{
    if (boxes->count < ROOTS_MOST) {
        boxes->roots[boxes->count] = value;
        boxes->watched[boxes->count++] = (struct watched){node, scenario, step};
    }
}

static void watch_all(struct trial *trial, struct boxes *boxes)
{
    const struct random_program *program = &trial->program;
    const struct model *model = program->model;
    for (size_t i = 0; i < model->question_count; i++) {
        const struct question *question = &model->questions[i];
        watch(boxes, question->premise, program->claim->premise, question->scenario, 0);
        watch(boxes, question->conclusion, program->claim->conclusion, question->scenario, 0);
    }
    for (size_t i = 0; i < model->series_count; i++)
        watch(boxes, model->series[i], model->program->expression_node, NULL, (int)i);
    while (boxes->count < ROOTS_MOST)
        watch(boxes, random_below(&trial->state, (unsigned)model->count), NULL, NULL, 0);
}

// The whole of it, a part of it, or one value.
static void set_side(struct trial *trial, const struct column *column, double *low, double *high)
{
    const double a = column_quantile(column, some_draw(trial)), b = column_quantile(column, some_draw(trial));
    const struct distribution *law = column->law;
    *low = fmin(a, b);
    *high = random_below(&trial->state, 5) == 0 ? *low : fmax(a, b);
    if (random_below(&trial->state, 4) == 0 && law->choice_count == 0) {
        *low = law->a;
        *high = law->b;
    }
}

static double point_between(struct trial *trial, const struct distribution *law, double low, double high)
{
    if (law->choice_count > 0) // one of those between: `low` is
        for (unsigned tries = 0; tries < 4; tries++) {
            const double value = law->values[random_below(&trial->state, (unsigned)law->choice_count)];
            if (low <= value && value <= high)
                return value;
        }
    const double u = law->choice_count > 0 ? 0 : some_draw(trial);
    return u == 1 ? high : fmin(high, low + (high - low) * u);
}

static void place_boxes(struct trial *trial, struct boxes *boxes)
{
    const struct model *model = trial->program.model;
    for (size_t c = 0; c < model->column_count; c++)
        for (size_t lane = 0; lane < BOX_LANES; lane++) {
            double low, high;
            set_side(trial, &model->columns[c], &low, &high);
            boxes->sides[c].low[lane] = low;
            boxes->sides[c].high[lane] = high;
            affine_column_set(&boxes->columns[c], lane, low, high);
            for (size_t k = lane; k < POINTS; k += BOX_LANES)
                boxes->points[k][c] = point_between(trial, model->columns[c].law, low, high);
        }
}

static void run_boxes(struct trial *trial, struct boxes *boxes)
{
    const struct model *model = trial->program.model;
    struct arena *arena = &trial->arena;
    const struct enclosure *sides[COLUMNS_MOST];
    const struct affine_column *columns[COLUMNS_MOST];
    size_t axes[COLUMNS_MOST];
    for (size_t c = 0; c < model->column_count; c++) {
        sides[c] = &boxes->sides[c];
        columns[c] = &boxes->columns[c];
        axes[c] = c;
    }
    for (size_t r = 0; r < boxes->count; r++)
        boxes->forms[r].slope = arena_array(arena, model->column_count * BOX_LANES, sizeof(double));
    const struct enclosing *enclosing = enclosing_make(arena, model, boxes->roots, boxes->count);
    enclosing_run(enclosing, KERNELS_BEST, sides, arena_alloc_wide(arena, enclosing_workspace(enclosing)), boxes->enclosures);
    const struct affine *affine = affine_make(arena, model, boxes->roots, boxes->count, axes, model->column_count);
    affine_run(affine, KERNELS_BEST, columns, arena_alloc_wide(arena, affine_workspace(affine)), boxes->forms);
}

// ---- values in boxes --------------------------------------------------------------------------------------------------------

// The C library's functions differ in the last places.
static double slack(double value)
{
    return isinf(value) ? 0 : 1e-9 * fmax(1, fabs(value));
}

static bool inside(double x, double low, double high, double missing, double spare)
{
    return isnan(x) ? missing == 1 : low - spare <= x && x <= high + spare;
}

static void check_value(struct trial *trial, const struct boxes *boxes, size_t root, size_t lane, double x, double spare)
{
    const struct enclosure *enclosure = &boxes->enclosures[root];
    const struct affine_root *form = &boxes->forms[root];
    trial->found.enclosed++;
    cr_assert(inside(x, enclosure->low[lane], enclosure->high[lane], enclosure->missing[lane], spare), "program %llu, value %u: %.17g is not in %.17g .. %.17g, missing %g",
              trial->seed, boxes->roots[root], x, enclosure->low[lane], enclosure->high[lane], enclosure->missing[lane]);
    cr_assert(inside(x, form->low[lane], form->high[lane], form->missing[lane], spare), "program %llu, value %u: %.17g is not in the form's %.17g .. %.17g, missing %g",
              trial->seed, boxes->roots[root], x, form->low[lane], form->high[lane], form->missing[lane]);
}

static void check_form(struct trial *trial, const struct boxes *boxes, size_t root, size_t k, double x)
{
    const size_t lane = k % BOX_LANES, axis_count = trial->program.model->column_count;
    long double axes[COLUMNS_MOST];
    if (isnan(x) || boxes->forms[root].error[lane] == INFINITY)
        return;
    for (size_t c = 0; c < axis_count; c++) {
        const struct affine_column *column = &boxes->columns[c];
        axes[c] = column->slope[lane] == 0 ? 0 : ((long double)boxes->points[k][c] - column->center[lane]) / column->slope[lane];
    }
    trial->found.forms++;
    cr_assert(affine_form_contains(&boxes->forms[root], lane, axes, axis_count, x), "program %llu, value %u: %.17g is not within its form", trial->seed, boxes->roots[root], x);
}

static bool same(double x, double y, double spare)
{
    return isnan(x) ? isnan(y) : x == y || fabs(x - y) <= spare;
}

// At a jump, what differs in the last places may be on its other side: then some noise finds it. Past a division
// by 0 they may differ in the sign.
static bool agree(struct trial *trial, const struct watched *watched, const double *columns, double sampled, double walked)
{
    if (same(walked, sampled, slack(walked)))
        return true;
    bool found = trial->infinite;
    trial->found.edges++;
    trial->noisy = true;
    for (int tries = 0; tries < NOISY && !found; tries++)
        found = walk(trial, watched->node, watched->step, watched->scenario, columns, &walked) && same(walked, sampled, 1e3 * slack(walked));
    trial->noisy = false;
    return found;
}

static void check_point(struct trial *trial, const struct boxes *boxes, size_t root, size_t k)
{
    const struct watched *watched = &boxes->watched[root];
    const double sampled = boxes->values[root * POINTS + k];
    double walked;
    check_value(trial, boxes, root, k % BOX_LANES, sampled, 0);
    check_form(trial, boxes, root, k, sampled);
    if (watched->node == NULL || !walk(trial, watched->node, watched->step, watched->scenario, boxes->points[k], &walked))
        return;
    trial->found.values++;
    trial->found.missing += isnan(walked) != 0;
    cr_assert(agree(trial, watched, boxes->points[k], sampled, walked), "program %llu, value %u: sampled %.17g, walked %.17g", trial->seed, boxes->roots[root], sampled, walked);
    if (same(walked, sampled, slack(walked)))
        check_value(trial, boxes, root, k % BOX_LANES, walked, slack(walked));
}

static void check_boxes(struct trial *trial)
{
    struct boxes *boxes = arena_alloc(&trial->arena, sizeof *boxes);
    watch_all(trial, boxes);
    place_boxes(trial, boxes);
    run_boxes(trial, boxes);
    sample(trial, boxes->roots, boxes->count, boxes->points, POINTS, boxes->values);
    for (size_t r = 0; r < boxes->count; r++)
        for (size_t k = 0; k < POINTS; k++)
            check_point(trial, boxes, r, k);
}

// ---- proofs -----------------------------------------------------------------------------------------------------------------

// A future speaks against a proof when it is relevant and the conclusion is not as shown, or when something is missing without
// which that is not known.
static bool is_against(enum proof_outcome outcome, double premise, double conclusion)
{
    if (premise == 0)
        return false;
    return outcome == PROOF_IRRELEVANT || conclusion != (outcome == PROOF_HOLDS);
}

// Whether the tree speaks against it, and not only on one side of a jump.
static bool tree_is_against(struct trial *trial, const struct question *question, enum proof_outcome outcome, const double *columns)
{
    const struct claim *claim = trial->program.claim;
    double premise, conclusion;
    bool against = true;
    for (int tries = 0; tries <= NOISY && against; tries++) {
        trial->noisy = tries > 0;
        against = walk(trial, claim->premise, 0, question->scenario, columns, &premise) && !trial->infinite;
        against = against && walk(trial, claim->conclusion, 0, question->scenario, columns, &conclusion) && !trial->infinite;
        against = against && is_against(outcome, premise, conclusion);
        trial->found.edges += tries == 0 && against;
    }
    trial->noisy = false;
    return against;
}

static void check_futures(struct trial *trial, const struct question *question, enum proof_outcome outcome)
{
    double columns[FUTURES][COLUMNS_MOST], values[2 * FUTURES];
    for (size_t k = 0; k < FUTURES; k++)
        set_future(trial, columns[k]);
    sample(trial, (const value_id[]){question->premise, question->conclusion}, 2, columns, FUTURES, values);
    for (size_t k = 0; k < FUTURES; k++) {
        trial->found.relevant += values[k] == 1;
        cr_assert_not(is_against(outcome, values[k], values[FUTURES + k]), "program %llu, %.*s: outcome %d is proved, and a future has premise %g, conclusion %g", trial->seed,
                      TEXT_ARGS(question->scenario->name), (int)outcome, values[k], values[FUTURES + k]);
        cr_assert_not(tree_is_against(trial, question, outcome, columns[k]), "program %llu, %.*s: outcome %d is proved, and walked future %zu is against it", trial->seed,
                      TEXT_ARGS(question->scenario->name), (int)outcome, k);
    }
}

static size_t number_of(const struct program *program, const struct input *input)
{
    size_t number = 0;
    while (program->inputs[number] != input)
        number++;
    return number;
}

static void recheck(struct trial *trial, const struct question *question, const struct proof *proof)
{
    const struct program *program = trial->program.model->program;
    struct certificate_claim certified = {.name = trial->program.claim->name, .scenario = question->scenario->name, .leaf_count = proof->leaf_count};
    certified.outcome = proof->outcome == PROOF_HOLDS ? OUTCOME_HOLDS : proof->outcome == PROOF_FAILS ? OUTCOME_FAILS : OUTCOME_IRRELEVANT;
    for (size_t i = 0; i < proof->axis_count; i++) {
        const struct proof_axis *axis = &proof->axes[i];
        const enum axis_kind kind = axis->choice ? AXIS_OF_CHOICE : axis->by_draw ? AXIS_OF_PROBABILITY : AXIS_OF_VALUE;
        vector_push(&trial->arena, &certified.axes, ((struct certificate_axis){kind, number_of(program, axis->input), axis->low, axis->high, axis->name}));
    }
    for (size_t i = 0; i < 2 * proof->leaf_count * proof->axis_count; i++)
        vector_push(&trial->arena, &certified.leaves, proof->leaves[i]);
    const struct verification verification = verify_claim(&trial->arena, &trial->scratch, program, &certified);
    trial->found.verified += verification.verified;
    trial->found.refused += !verification.verified;
}

static void prove(struct trial *trial, const struct question *question, bool whole)
{
    size_t *const counts[] = {&trial->found.holds, &trial->found.fails, &trial->found.irrelevant};
    for (enum proof_outcome outcome = PROOF_HOLDS; outcome <= PROOF_IRRELEVANT; outcome++) {
        const struct proof_effort effort = {.boxes = PROOF_BOXES, .keep_leaves = whole};
        const struct proof *proof = prove_question(&trial->work, question, whole ? NULL : trial->fixed, outcome, &effort);
        if (proof == NULL)
            continue;
        ++*counts[outcome];
        check_futures(trial, question, outcome);
        if (proof->leaf_count > 0 && random_below(&trial->state, RECHECKED) == 0)
            recheck(trial, question, proof);
    }
}

// Half of the claims with all inputs moving, half with some of them held.
static void check_proofs(struct trial *trial)
{
    const struct model *model = trial->program.model;
    const bool whole = random_below(&trial->state, 2);
    for (size_t c = 0; c < model->column_count; c++)
        trial->fixed[c] = whole || random_below(&trial->state, 3) == 0 ? NAN : column_quantile(&model->columns[c], some_draw(trial));
    for (size_t i = 0; i < model->question_count; i++)
        prove(trial, &model->questions[i], whole);
}

// ---- programs ---------------------------------------------------------------------------------------------------------------

static void make_work(struct trial *trial)
{
    const struct model *model = trial->program.model;
    trial->work = (struct work){.arena = &trial->arena, .scratch = &trial->scratch, .model = model, .options = &trial->options, .run = {.threads = 1}};
    trial->work.fixed = arena_array(&trial->arena, model->column_count, sizeof *trial->work.fixed);
    for (size_t c = 0; c < model->column_count; c++) {
        trial->work.fixed[c] = NAN;
        trial->places[c] = column_place(model, c);
    }
}

static void check_program(struct trial *trial, uint64_t seed)
{
    trial->seed = seed;
    trial->state = seed;
    const struct arena_mark mark = arena_mark(&trial->arena);
    trial->program = random_program_make(&trial->arena, seed);
    cr_assert_not_null(trial->program.model, "program %llu", trial->seed);
    cr_assert(trial->program.model->column_count <= COLUMNS_MOST && trial->program.model->draw_count <= COLUMNS_MOST);
    if (!trial->program.circle) {
        make_work(trial);
        check_boxes(trial);
        check_proofs(trial);
    }
    arena_release(&trial->arena, mark);
}

struct agreement agreement_check(uint64_t first, size_t programs)
{
    struct trial trial = {.options = {.seed = 1, .threads = 1}};
    arena_init(&trial.arena, &system_allocator, NULL);
    arena_init(&trial.scratch, &system_allocator, NULL);
    for (uint64_t seed = first; seed < first + programs; seed++)
        check_program(&trial, seed);
    arena_reset(&trial.arena);
    arena_reset(&trial.scratch);
    return trial.found;
}
