#include "tests/support/random_program.h"

#include <math.h>

#include "engine/compile.h"
#include "tests/support/program_builder.h"

enum { STEPS = 5, DEFINITIONS = 4 };

struct maker {
    struct built *built;
    uint64_t state;
    const struct input *x, *y, *chosen, *path, *fresh, *date, *member;
    const struct index *index;
    const struct function *function;
    const struct scenario *other;
    struct definition *definitions[DEFINITIONS];
    int known;      // definitions before this one may be named at the same step
    bool free;      // of names that the other scenario sets
};

static uint64_t next(struct maker *maker)
{
    maker->state ^= maker->state << 13;
    maker->state ^= maker->state >> 7;
    maker->state ^= maker->state << 17;
    return maker->state;
}

static size_t pick(struct maker *maker, size_t count)
{
    return (size_t)(next(maker) >> 20) % count;
}

static double between(struct maker *maker, double low, double high)
{
    return low + (high - low) * (double)(next(maker) >> 11) * 0x1p-53;
}

static struct node *quantity(struct maker *maker, int depth);
static struct node *condition(struct maker *maker, int depth);

// ---- dates and members -------------------------------------------------------------------------------------------------

static struct node *date(struct maker *maker, int depth)
{
    struct built *built = maker->built;
    switch (pick(maker, depth > 0 ? 5 : 3)) {
    case 0:
        return n_date(built, 2025 + 0.25 * (double)pick(maker, STEPS + 1));
    case 1:
        return n_date(built, between(maker, 2024.9, 2026.4));
    case 2:
        return n_input(built, maker->date);
    case 3:
        return n_op(built, OP_ADD, 2, n_kind(built, NODE_NOW, KIND_DATE, 0), n_const(built, between(maker, -1, 1) * SECONDS_A_YEAR));
    default: {
        struct node *when = n_kind(built, NODE_WHEN, KIND_DATE, 1, condition(maker, depth - 1));
        when->steps = (int)pick(maker, 3);
        return when;
    }
    }
}

static struct node *member(struct maker *maker)
{
    return pick(maker, 2) ? n_input(maker->built, maker->member) : n_member(maker->built, (int)pick(maker, 3));
}

// ---- quantities --------------------------------------------------------------------------------------------------------

static struct node *leaf(struct maker *maker)
{
    struct built *built = maker->built;
    size_t count = maker->known > 0 ? 9 : 6;
    switch (pick(maker, count)) {
    case 0:
        return n_const(built, between(maker, -2, 3));
    case 1:
        return n_input(built, maker->x);
    case 2:
        return n_input(built, maker->y);
    case 3:
        return n_input(built, maker->path);
    case 4:
        return n_input(built, maker->fresh);
    case 5:
        return n_input(built, maker->chosen);
    default:
        return n_name(built, maker->definitions[pick(maker, (size_t)maker->known)]);
    }
}

// Exponents are kept small, so that a difference in the last place of one stays small.
static struct node *of_one(struct maker *maker, struct node *a)
{
    static const enum op ops[] = {OP_ABS, OP_ABS, OP_SQRT, OP_SQRT, OP_FLOOR, OP_FLOOR, OP_CEIL, OP_ROUND, OP_NEG, OP_LN, OP_LOG10, OP_EXP};
    struct built *built = maker->built;
    enum op op = ops[pick(maker, sizeof ops / sizeof *ops)];
    return n_op(built, op, 1, op == OP_EXP ? n_op(built, OP_MIN, 2, a, n_const(built, 3)) : a);
}

static struct node *operation(struct maker *maker, int depth)
{
    static const enum op ops[] = {OP_ADD, OP_SUB, OP_MUL, OP_DIV, OP_MIN, OP_MAX, OP_ADD, OP_MUL};
    static const double powers[] = {2, 3, -1, 0.5, 0.25, 1.5, -0.75, 0.3, 4, 7};
    struct built *built = maker->built;
    struct node *a = quantity(maker, depth - 1);
    if (pick(maker, 4) == 0)
        return of_one(maker, a);
    enum op op = ops[pick(maker, sizeof ops / sizeof *ops)];
    if (pick(maker, 6) == 0)
        return n_op(built, OP_POW, 2, n_op(built, OP_ABS, 1, a), n_const(built, powers[pick(maker, 10)]));
    if (pick(maker, 8) == 0)
        return n_op(built, OP_CLAMP, 3, a, n_const(built, -1), quantity(maker, depth - 1));
    return n_op(built, op, 2, a, quantity(maker, depth - 1));
}

static struct node *past(struct maker *maker, int depth)
{
    struct built *built = maker->built;
    struct node *any = n_name(built, maker->definitions[pick(maker, DEFINITIONS)]);
    if (pick(maker, 2))
        return n_kind(built, NODE_PREVIOUS, KIND_QUANTITY, 2, any, quantity(maker, depth - 1));
    struct node *lag = n_kind(built, NODE_LAG, KIND_QUANTITY, 2, any, quantity(maker, depth - 1));
    lag->steps = 1 + (int)pick(maker, 3);
    return lag;
}

static struct node *window(struct maker *maker, int depth)
{
    static const enum reduce reduces[] = {REDUCE_SUM, REDUCE_MEAN, REDUCE_MIN, REDUCE_MAX};
    struct built *built = maker->built;
    struct node *now = n_kind(built, NODE_NOW, KIND_DATE, 0);
    bool relative = pick(maker, 2);
    struct node *first = relative ? n_op(built, OP_SUB, 2, now, n_const(built, between(maker, 0.3, 1) * SECONDS_A_YEAR)) : n_date(built, 2025.25);
    struct node *last = relative ? now : pick(maker, 2) ? n_date(built, between(maker, 2025.5, 2026.4)) : n_input(built, maker->date);
    struct node *before = pick(maker, 4) ? quantity(maker, depth - 1) : NULL;
    struct node *node = n_window(built, reduces[pick(maker, 4)], quantity(maker, depth - 1), first, last, before);
    // Seconds are large numbers; a share of a year keeps sums comparable.
    return node->reduce == REDUCE_SUM ? n_op(built, OP_DIV, 2, node, n_const(built, SECONDS_A_YEAR)) : node;
}

static struct node *points(struct maker *maker, int depth)
{
    static const double instants[] = {2025.25 * SECONDS_A_YEAR, 2026 * SECONDS_A_YEAR};
    struct node *node = n_kind(maker->built, NODE_PATH, KIND_QUANTITY, 2, quantity(maker, depth - 1), quantity(maker, depth - 1));
    struct path *path = arena_alloc(maker->built->arena, sizeof *path);
    *path = (struct path){.count = 2, .instants = instants, .hold = pick(maker, 2), .logarithmic = pick(maker, 2)};
    node->path = path;
    return node;
}

static struct node *over_members(struct maker *maker, int depth)
{
    static const enum reduce reduces[] = {REDUCE_SUM, REDUCE_PRODUCT, REDUCE_MEAN, REDUCE_MIN, REDUCE_MAX};
    struct built *built = maker->built;
    struct node *binder = node_of(built, NODE_BINDER, KIND_MEMBER, 0);
    binder->slot = 2;
    struct node *table = n_kind(built, NODE_TABLE, KIND_QUANTITY, 4, binder, quantity(maker, depth - 1), n_const(built, 2), quantity(maker, depth - 1));
    struct node *node = n_kind(built, NODE_REDUCE, KIND_QUANTITY, 1, table);
    node->slot = 2;
    node->index = maker->index;
    node->reduce = reduces[pick(maker, 5)];
    return node;
}

static struct node *call(struct maker *maker, int depth)
{
    struct node *node = n_kind(maker->built, NODE_CALL, KIND_QUANTITY, 2, quantity(maker, depth - 1), quantity(maker, depth - 1));
    node->function = maker->function;
    return node;
}

static struct node *quantity(struct maker *maker, int depth)
{
    struct built *built = maker->built;
    if (depth <= 0)
        return leaf(maker);
    struct node *node;
    switch (pick(maker, 14)) {
    case 0:
        return past(maker, depth);
    case 1:
        return window(maker, depth);
    case 2:
        return points(maker, depth);
    case 3:
        return over_members(maker, depth);
    case 4:
        return call(maker, depth);
    case 5:
        return n_time(built, PHRASE_AT, leaf(maker), date(maker, 0), NULL);
    case 6:
        return n_op(built, OP_SELECT, 3, condition(maker, depth - 1), quantity(maker, depth - 1), quantity(maker, depth - 1));
    case 7:
        return n_kind(built, NODE_TABLE, KIND_QUANTITY, 4, member(maker), leaf(maker), quantity(maker, depth - 1), leaf(maker));
    case 8:
        node = n_kind(built, NODE_UNDER, KIND_QUANTITY, 1, quantity(maker, depth - 1));
        node->scenario = maker->other;
        return maker->free ? node->args[0] : node;
    case 9:
        return n_kind(built, NODE_GROWTH, KIND_QUANTITY, 1, leaf(maker));
    default:
        return operation(maker, depth);
    }
}

// ---- conditions --------------------------------------------------------------------------------------------------------

static struct node *comparison(struct maker *maker, int depth)
{
    static const enum op ops[] = {OP_LT, OP_LE, OP_GT, OP_GE};
    struct built *built = maker->built;
    switch (pick(maker, 6)) {
    case 0:
        return n_op(built, OP_WITHIN, 3, quantity(maker, depth), n_const(built, 0.4), quantity(maker, depth));
    case 1:
        return n_op(built, OP_IN_RANGE, 3, quantity(maker, depth), n_const(built, 0), quantity(maker, depth));
    case 2:
        return n_op(built, ops[pick(maker, 4)], 2, date(maker, depth), date(maker, depth));
    case 3:
        return n_op(built, pick(maker, 2) ? OP_IS : OP_IS_NOT, 2, member(maker), member(maker));
    default:
        return n_op(built, ops[pick(maker, 4)], 2, quantity(maker, depth), quantity(maker, depth));
    }
}

static struct node *counted(struct maker *maker, int depth)
{
    struct node *node = n_kind(maker->built, NODE_COUNTED, KIND_TRUTH, 3, condition(maker, depth), condition(maker, depth), condition(maker, depth));
    node->reduce = pick(maker, 2) ? REDUCE_AT_LEAST : REDUCE_EXACTLY;
    node->value = (double)pick(maker, 4);
    return node;
}

static struct node *condition(struct maker *maker, int depth)
{
    static const enum op ops[] = {OP_AND, OP_OR, OP_IMPLIES, OP_UNLESS};
    struct built *built = maker->built;
    if (depth <= 0)
        return comparison(maker, 0);
    switch (pick(maker, 6)) {
    case 0:
        return n_op(built, OP_NOT, 1, condition(maker, depth - 1));
    case 1:
    case 2:
        return n_op(built, ops[pick(maker, 4)], 2, condition(maker, depth - 1), condition(maker, depth - 1));
    case 3:
        return counted(maker, depth - 1);
    case 4:
        return n_time(built, (enum phrase)pick(maker, 7) + 1, condition(maker, depth - 1), date(maker, depth - 1), date(maker, depth - 1));
    default:
        return comparison(maker, depth - 1);
    }
}

// ---- programs ----------------------------------------------------------------------------------------------------------

static const struct function *make_function(struct maker *maker)
{
    struct built *built = maker->built;
    struct node *a = node_of(built, NODE_PARAM, KIND_QUANTITY, 0), *b = node_of(built, NODE_PARAM, KIND_QUANTITY, 0);
    b->slot = 1;
    struct function *function = arena_alloc(built->arena, sizeof *function);
    *function = (struct function){.name = TEXT("f"), .param_count = 2, .body = n_op(built, OP_SUB, 2, n_op(built, OP_MUL, 2, a, b), a)};
    return function;
}

static struct distribution law_choice(enum law law, size_t count, const double *values, const double *weights)
{
    return (struct distribution){.law = law, .choice_count = count, .values = values, .weights = weights, .cut_low = -INFINITY, .cut_high = INFINITY};
}

static void make_inputs(struct maker *maker)
{
    static const double members[] = {0, 1, 2}, values[] = {0.5, -1, 2, 1}, weights[] = {0.4, 0.1, 0.3, 0.2};
    struct built *built = maker->built;
    struct distribution laws[] = {law_uniform(1, 2), law_uniform(2, 3)};
    maker->x = add_input(built, "x", law_uniform(-1, 2));
    maker->y = add_input(built, "y", law_bounds(0.5, 3));
    maker->chosen = add_input(built, "chosen", law_choice(LAW_CHOICE, 4, values, weights));
    maker->path = add_path(built, "path", 2, laws, true);
    struct input *fresh = add_input(built, "fresh", law_uniform(0, 1)), *when = add_input(built, "date", law_uniform(2024.8 * SECONDS_A_YEAR, 2026.4 * SECONDS_A_YEAR));
    fresh->varies = SECONDS_A_YEAR / 2;
    when->type.kind = KIND_DATE;
    struct input *which = add_input(built, "member", law_choice(LAW_POSSIBLE, 3, members, NULL));
    which->type.kind = KIND_MEMBER;
    maker->fresh = fresh;
    maker->date = when;
    maker->member = which;
}

static struct claim *make_program(struct maker *maker)
{
    struct built *built = maker->built;
    make_inputs(maker);
    maker->index = add_index(built, "index", 3);
    maker->function = make_function(maker);
    struct scenario *other = add_scenario(built, "other");
    maker->other = other;
    for (int i = 0; i < DEFINITIONS; i++)
        maker->definitions[i] = add_definition(built, "d", KIND_QUANTITY, true, NULL);
    for (maker->known = 0; maker->known < DEFINITIONS; maker->known++)
        maker->definitions[maker->known]->body = quantity(maker, 3);
    maker->free = true;
    maker->known = 0;
    set_input(built, other, maker->x, n_op(built, OP_ADD, 2, n_input(built, maker->y), n_const(built, 1)));
    maker->known = 1;
    set_definition(built, other, maker->definitions[1], quantity(maker, 1));
    maker->free = false;
    maker->known = DEFINITIONS;
    return add_claim(built, "claim", condition(maker, 3), condition(maker, 3));
}

struct random_program random_program_make(struct arena *arena, uint64_t seed)
{
    struct maker maker = {.built = built_new(arena, STEPS), .state = seed * 0x9e3779b97f4a7c15u + 1};
    struct claim *claim = make_program(&maker);
    const struct scenario **scenarios = arena_array(arena, 2, sizeof *scenarios);
    scenarios[0] = maker.built->scenarios.at[0];
    scenarios[1] = maker.other;
    claim->scenarios = scenarios;
    claim->scenario_count = 2;
    maker.built->program.expression_node = n_name(maker.built, maker.definitions[DEFINITIONS - 1]);
    const struct model *model = compile_program(arena, built_program(maker.built), maker.built->diags);
    return (struct random_program){claim, model, maker.built->diags->count > 0};
}

struct column_place column_place(const struct model *model, size_t column)
{
    const struct column *it = &model->columns[column];
    const struct input *input = model->variables[it->variable].input;
    // The draws of what varies stand behind those of all other laws, before those of bounds.
    size_t first = 0, point = 0;
    for (size_t i = 0; i < model->program->input_count; i++)
        first += !(model->program->inputs[i]->varies > 0) && !model->program->inputs[i]->instances[0].bounds_only;
    while (&input->instances[0].points[point].law != it->law)
        point++;
    return (struct column_place){input, point, input->varies > 0 ? it->draw - first : 0};
}

const struct naive_world *worlds_of(const struct scenario *scenario, struct naive_world *worlds)
{
    const struct naive_world *world = NULL;
    for (size_t i = 0; i < scenario->override_count; i++) {
        worlds[i] = (struct naive_world){&scenario->overrides[i], world};
        world = &worlds[i];
    }
    return world;
}
