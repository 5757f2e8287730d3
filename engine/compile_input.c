// Inputs: columns, the constants they can be, and the draws they take.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/compiler.h"
#include "engine/evaluate.h"

// ---- draws -------------------------------------------------------------------------------------------------------------

// Periods are those of the calendar: a year that begins before the timeline does is its first.
static double period_at(const struct input *input, double instant)
{
    return floor(instant / input->varies + 1e-6);
}

static size_t periods_of(const struct compiler *compiler, const struct input *input)
{
    const struct timeline *timeline = &compiler->program->timeline;
    if (!(input->varies > 0.0) || timeline->count < 1)
        return 1;
    double last = timeline->start + (double)(timeline->count - 1) * timeline->length;
    return (size_t)(period_at(input, last) - period_at(input, timeline->start)) + 1;
}

static bool law_is_point(const struct distribution *law, double *value);

// The first dimensions of the points are spread best: for what has a law of its own, then for what varies by period, then for
// what has bounds only, then what is known, and last switches, which are never drawn.
enum draw_class { LAWS, PERIODS, BOUNDS, POINTS, SWITCHES };

static enum draw_class class_alone(const struct input_entry *entry)
{
    enum draw_class class = entry->input->is_switch ? SWITCHES : POINTS;
    for (size_t i = 0; i < entry->input->instance_count; i++) {
        const struct input_instance *it = &entry->input->instances[i];
        double value;
        for (size_t k = 0; k < it->point_count; k++)
            if (class != SWITCHES && !law_is_point(&it->points[k].law, &value))
                class = it->bounds_only || class == BOUNDS ? BOUNDS : entry->periods > 1 ? PERIODS : LAWS;
    }
    return class;
}

// That of all that read its draws.
static enum draw_class draw_class(const struct compiler *compiler, const struct input_entry *entry)
{
    enum draw_class class = class_alone(entry);
    for (size_t i = 0; compiler->program->ground != NULL && i < compiler->inputs.count; i++) {
        const struct input_entry *other = &compiler->inputs.at[i];
        if (other->input->drawn_as == entry->input && class_alone(other) < class)
            class = class_alone(other);
    }
    return class;
}

struct draw_order {
    enum draw_class class;
    struct text name;
    struct input_entry *entry;
};

static int by_class_and_name(const void *one, const void *other)
{
    const struct draw_order *a = one, *b = other;
    if (a->class != b->class)
        return a->class < b->class ? -1 : 1;
    const int names = text_compare(a->name, b->name);
    if (names != 0)
        return names;
    return (a->entry->position > b->entry->position) - (a->entry->position < b->entry->position);
}

static void order_draws(struct compiler *compiler)
{
    const size_t count = compiler->inputs.count;
    struct draw_order *order = arena_array(compiler->scratch, count, sizeof *order);
    size_t own = 0;
    for (size_t i = 0; i < count; i++) {
        struct input_entry *entry = &compiler->inputs.at[i];
        if (entry->input->drawn_as == NULL)
            order[own++] = (struct draw_order){draw_class(compiler, entry), entry->input->name, entry};
    }
    if (own > 0)
        qsort(order, own, sizeof *order, by_class_and_name);
    for (size_t i = 0; i < own; i++) {
        order[i].entry->first_draw = compiler->draw_count;
        compiler->draw_count += order[i].entry->input->instance_count * order[i].entry->periods;
    }
}

static struct input_entry *entry_of(const struct compiler *compiler, const struct input *input)
{
    return map_get(&compiler->input_entries, (struct text){(const char *)&input, sizeof input});
}

static void share_draws(struct compiler *compiler)
{
    for (size_t i = 0; i < compiler->inputs.count; i++) {
        struct input_entry *entry = &compiler->inputs.at[i];
        const struct input_entry *other = entry->input->drawn_as != NULL ? entry_of(compiler, entry->input->drawn_as) : NULL;
        if (other != NULL)
            entry->first_draw = other->first_draw + entry->input->drawn_instance * other->periods;
    }
}

// Draws are numbered by the names of the inputs, and not by who needs them or by the order of the statements, so that an input
// has the same value in future k whatever else is compiled and wherever it is written.
void number_draws(struct compiler *compiler)
{
    const struct program *program = compiler->program;
    compiler->input_entries = map_on(compiler->scratch);
    for (size_t i = 0; i < program->input_count; i++) {
        const struct input *input = program->inputs[i];
        struct input_entry entry = {.input = input, .position = i, .periods = periods_of(compiler, input)};
        entry.columns = arena_array(compiler->scratch, input->instance_count, sizeof *entry.columns);
        vector_push(compiler->scratch, &compiler->inputs, entry);
    }
    order_draws(compiler);
    for (size_t i = 0; i < compiler->inputs.count; i++) {
        struct input_entry *entry = &compiler->inputs.at[i];
        map_put(&compiler->input_entries, (struct text){(const char *)&entry->input, sizeof entry->input}, entry);
    }
    share_draws(compiler);
}

// ---- laws --------------------------------------------------------------------------------------------------------------

// The one value that the law can give, if there is only one.
static bool law_is_point(const struct distribution *law, double *value)
{
    *value = law->a;
    switch (law->law) {
    case LAW_KNOWN:
        return true;
    case LAW_CHOICE:
    case LAW_POSSIBLE:
        *value = law->choice_count > 0 ? law->values[0] : NAN;
        return law->choice_count <= 1;
    case LAW_BOUNDS:
    case LAW_UNIFORM:
        if (law->a == law->b)
            return true;
        break;
    default:
        break;
    }
    *value = law->cut_low;
    return law->cut_low == law->cut_high;
}

// A fraction stays within 0 .. 1.
static const struct distribution *law_of(struct compiler *compiler, const struct input *input, const struct distribution *law)
{
    bool discrete = law->law == LAW_KNOWN || law->law == LAW_CHOICE || law->law == LAW_POSSIBLE;
    if (!input->type.fraction || discrete || (law->cut_low >= 0.0 && law->cut_high <= 1.0))
        return law;
    struct distribution *cut = arena_alloc(compiler->arena, sizeof *cut);
    *cut = *law;
    cut->cut_low = fmax(law->cut_low, 0.0);
    cut->cut_high = fmin(law->cut_high, 1.0);
    return cut;
}

// ---- columns -----------------------------------------------------------------------------------------------------------

static size_t add_column(struct compiler *compiler, struct column column, struct column_source source)
{
    vector_push(compiler->scratch, &compiler->columns, column);
    vector_push(compiler->scratch, &compiler->column_sources, source);
    return compiler->columns.count - 1;
}

// What is missing is a column too while compiling, so that who can see it is known; the model has no value there.
value_id compile_missing(struct compiler *compiler, const char *reason)
{
    for (size_t i = 0; i < compiler->column_sources.count; i++)
        if (compiler->column_sources.at[i].missing == reason)
            return build_column(&compiler->builder, i);
    struct column_source source = {.missing = reason != NULL ? reason : "data that is not there"};
    return build_column(&compiler->builder, add_column(compiler, (struct column){.kind = COLUMN_HOLE}, source));
}

// One point of a path, or one period of an input that varies.
struct reading {
    struct input_entry *entry;
    size_t instance, point, period;
};

static size_t column_of(struct compiler *compiler, const struct reading *reading, const struct distribution *law)
{
    struct input_entry *entry = reading->entry;
    const struct input_instance *instance = &entry->input->instances[reading->instance];
    size_t **columns = &entry->columns[reading->instance];
    size_t number = reading->point + reading->period;
    if (*columns == NULL)
        *columns = arena_array(compiler->scratch, instance->point_count + entry->periods, sizeof **columns);
    if ((*columns)[number] == 0) {
        struct column column = {.kind = COLUMN_INPUT, .name = instance->name, .law = law};
        column.draw = entry->first_draw + reading->instance * entry->periods + reading->period;
        struct column_source source = {.entry = entry->position, .instance = reading->instance, .point = number};
        (*columns)[number] = add_column(compiler, column, source) + 1;
    }
    return (*columns)[number] - 1;
}

// `quantile` NAN: the column; else the value at that quantile of the law.
static value_id read_point(struct compiler *compiler, const struct reading *reading, double quantile)
{
    const struct input *input = reading->entry->input;
    const struct distribution *law = law_of(compiler, input, &input->instances[reading->instance].points[reading->point].law);
    double point;
    const bool freed = compiler->asked != NULL && law->law == LAW_KNOWN && isnan(quantile);
    if (!freed && law_is_point(law, &point))
        return constant(compiler, point);
    size_t column = column_of(compiler, reading, law);
    if (isnan(quantile))
        return build_column(&compiler->builder, column);
    return constant(compiler, column_quantile(&compiler->columns.at[column], quantile));
}

static value_id read_path(struct compiler *compiler, struct reading reading, int step, double quantile)
{
    const struct input_instance *instance = &reading.entry->input->instances[reading.instance];
    value_id *values = arena_array(compiler->scratch, instance->point_count, sizeof *values);
    double *instants = arena_array(compiler->scratch, instance->point_count, sizeof *instants);
    for (size_t i = 0; i < instance->point_count; i++) {
        reading.point = i;
        values[i] = read_point(compiler, &reading, quantile);
        instants[i] = instance->points[i].instant;
    }
    struct points points = {instance->point_count, instants, values, instance->hold, instance->logarithmic, instance->logarithmic};
    return compile_points(compiler, &points, step);
}

static value_id read_input(struct compiler *compiler, const struct input *input, size_t instance, int step, double quantile)
{
    struct reading reading = {.entry = entry_of(compiler, input), .instance = instance};
    if (reading.entry == NULL || instance >= input->instance_count)
        return no_value();
    const struct input_instance *read = &input->instances[instance];
    if (read->missing != NULL)
        return compile_missing(compiler, read->missing);
    if (read->point_count > 1)
        return read_path(compiler, reading, step, quantile);
    if (reading.entry->periods > 1)
        reading.period = (size_t)(period_at(input, step_first(compiler, step)) - period_at(input, step_first(compiler, 0)));
    return read_point(compiler, &reading, quantile);
}

value_id compile_input(struct compiler *compiler, const struct input *input, size_t instance, int step)
{
    return read_input(compiler, input, instance, step, NAN);
}

// The set of a blend's ground that makes the instance another law on one side, or NULL.
static const struct override *ground_of(const struct compiler *compiler, const struct world_set *probe)
{
    const struct scenario *ground = compiler->program->ground;
    for (size_t i = 0; ground != NULL && i < ground->override_count; i++) {
        const struct override *set = &ground->overrides[i];
        size_t instance = 0;
        for (size_t k = 0; set->input == probe->probe && k < set->input->param_count; k++)
            instance = instance * set->input->params[k]->count + (size_t)set->members[k];
        if (set->input == probe->probe && instance == probe->instance)
            return set;
    }
    return NULL;
}

// Each side at the quantile of its own law.
value_id compile_probe(struct compiler *compiler, const struct world_set *probe, int step)
{
    const value_id own = read_input(compiler, probe->probe, probe->instance, step, probe->quantile);
    const struct override *set = ground_of(compiler, probe);
    if (set == NULL)
        return own;
    value_id sides[2];
    for (int side = 0; side < 2; side++) {
        const struct node *value = set->value->args[2 - side]; // "if switch then B else A"
        sides[side] = value->input == probe->probe ? own : read_input(compiler, value->input, 0, step, probe->quantile);
    }
    return build_select(&compiler->builder, read_input(compiler, set->value->args[0]->input, 0, step, NAN), sides[1], sides[0]);
}
