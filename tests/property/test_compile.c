// Random programs mean the same compiled as walked naively: same values, same truths, in every future tried.
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "tests/support/naive.h"
#include "tests/support/random_program.h"
#include "tests/support/scalar.h"

enum { PROGRAMS = 1000, FUTURES = 3, BUDGET = 150000 };

static uint64_t future_number;

// FNV-1a: the values of a seed stay what they are, whatever maps use.
static uint64_t hash_of(struct text name)
{
    uint64_t hash = 0xcbf29ce484222325;
    for (size_t i = 0; i < name.length; i++)
        hash = (hash ^ (unsigned char)name.at[i]) * 0x100000001b3;
    hash ^= hash >> 32;
    return hash * 0x9e3779b97f4a7c15 >> 7;
}

static double read_input(const struct input *input, size_t instance, size_t point, size_t period)
{
    uint64_t hash = hash_of(input->name) + 1000003 * (future_number + 31 * instance + 997 * point + 7919 * period);
    hash = (hash ^ (hash >> 31)) * 0x9e3779b97f4a7c15u;
    hash = (hash ^ (hash >> 29)) * 0xbf58476d1ce4e5b9u;
    double u = (double)(hash >> 11) * 0x1p-53;
    const struct distribution *law = &input->instances[instance].points[point].law;
    if (law->choice_count > 0)
        return law->values[(size_t)((double)law->choice_count * u)];
    return law->a + (law->b - law->a) * u;
}

static void fill_columns(const struct model *model, double *columns)
{
    for (size_t c = 0; c < model->column_count; c++) {
        const struct column_place place = column_place(model, c);
        columns[c] = read_input(place.input, 0, place.point, place.period);
    }
}

static bool close_to(double x, double y)
{
    if (isnan(x) || isnan(y))
        return isnan(x) && isnan(y);
    return x == y || fabs(x - y) <= 1e-9 * fmax(1, fabs(y));
}

struct tally {
    size_t compared, defined, skipped, circles;
};

static void expect_value(struct naive *naive, const struct node *node, int step, const struct naive_world *world, double value, uint64_t seed, struct tally *tally)
{
    naive->budget = BUDGET;
    double wanted = naive_value(naive, node, step, world);
    if (naive->budget < 0) {
        tally->skipped++;
        return;
    }
    tally->compared++;
    tally->defined += !isnan(wanted);
    cr_assert(close_to(value, wanted), "seed %llu future %llu step %d: compiled %.17g, naive %.17g", (unsigned long long)seed,
              (unsigned long long)future_number, step, value, wanted);
}

static void compare_future(const struct model *model, const struct claim *claim, uint64_t seed, struct tally *tally)
{
    struct arena *arena = model->program->arena;
    double *columns = arena_array(arena, model->column_count, sizeof *columns);
    fill_columns(model, columns);
    const double *values = scalar_run(arena, model, columns);
    struct naive naive = {.program = model->program, .read = read_input};
    for (size_t i = 0; i < model->question_count; i++) {
        struct naive_world worlds[8];
        const struct naive_world *world = worlds_of(model->questions[i].scenario, worlds);
        expect_value(&naive, claim->premise, 0, world, values[model->questions[i].premise], seed, tally);
        expect_value(&naive, claim->conclusion, 0, world, values[model->questions[i].conclusion], seed, tally);
    }
    for (size_t i = 0; i < model->series_count; i++)
        expect_value(&naive, model->program->expression_node, (int)i, NULL, values[model->series[i]], seed, tally);
}

static void compare_program(uint64_t seed, struct tally *tally)
{
    struct arena arena;
    jmp_buf no_memory;
    arena_init(&arena, &system_allocator, &no_memory);
    const struct random_program program = random_program_make(&arena, seed);
    cr_assert_not_null(program.model, "seed %llu", (unsigned long long)seed);
    tally->circles += program.circle;
    for (future_number = 0; future_number < FUTURES && !program.circle; future_number++)
        compare_future(program.model, program.claim, seed, tally);
    arena_reset(&arena);
}

Test(compile, means_what_the_tree_means)
{
    const char *given = getenv("SEED");
    struct tally tally = {0};
    uint64_t first = given != NULL ? strtoull(given, NULL, 10) : 1;
    for (uint64_t seed = first; seed < first + (given != NULL ? 1 : PROGRAMS); seed++)
        compare_program(seed, &tally);
    cr_log_info("%zu values compared, %zu of them defined, %zu skipped, %zu circles", tally.compared, tally.defined, tally.skipped, tally.circles);
    cr_expect(tally.circles < PROGRAMS / 3);
    cr_expect(given != NULL || tally.defined > tally.compared / 3, "%zu of %zu are defined", tally.defined, tally.compared);
}
