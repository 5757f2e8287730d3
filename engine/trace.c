#include "engine/trace.h"

#include <math.h>
#include <string.h>

#include "dsl/point.h"
#include "engine/compile.h"
#include "engine/compiler.h"
#include "engine/evaluate.h"

struct future {
    double *columns;       // by model column
    double *values;        // by value of the builder, as far as `done`
    size_t done, room;
};

struct trace {
    struct compiler *compiler;
    const struct model *model;
    struct future futures[TRACE_FUTURES];
    size_t future_count;
};

struct model *compile_traced(struct arena *arena, const struct program *program, struct diags *diags, struct trace **trace)
{
    struct compiler *compiler;
    struct model *model = compile_open(arena, program, diags, &compiler);
    *trace = NULL;
    if (model == NULL)
        return NULL;
    *trace = arena_alloc(compiler->scratch, sizeof **trace);
    **trace = (struct trace){.compiler = compiler, .model = model};
    // A question that is too much for the compiler says nothing about the run.
    compiler->diags = diags_new(compiler->scratch, diags->sources);
    return model;
}

void trace_future(struct trace *trace, const double *columns)
{
    struct future *future = &trace->futures[trace->future_count++];
    const size_t count = trace->model->column_count;
    *future = (struct future){.columns = arena_array(trace->compiler->scratch, count + 1, sizeof *future->columns)};
    if (count > 0)
        memcpy(future->columns, columns, count * sizeof *columns);
}

size_t trace_futures(const struct trace *trace)
{
    return trace->future_count;
}

// ---- values ------------------------------------------------------------------------------------------------------------

static double column_value(const struct trace *trace, const struct future *future, size_t column)
{
    const struct compiler *compiler = trace->compiler;
    if (compiler->column_sources.at[column].missing != NULL)
        return NAN;
    if (column < compiler->numbered && compiler->column_number[column] != SIZE_MAX)
        return future->columns[compiler->column_number[column]];
    const struct column *it = &compiler->columns.at[column];
    return it->kind == COLUMN_INPUT ? column_central(it) : NAN;
}

static double instruction_value(const struct trace *trace, const struct future *future, const struct instruction *code)
{
    const double *values = future->values;
    if (code->op == CODE_CONST)
        return code->constant;
    if (code->op == CODE_COLUMN)
        return column_value(trace, future, code->a);
    return point_value((enum op)code->op, values[code->a], code->b == NO_VALUE ? NAN : values[code->b],
                       code->c == NO_VALUE ? NAN : values[code->c]);
}

// Everything that was compiled since.
static void run_on(struct trace *trace, struct future *future)
{
    const struct builder *builder = &trace->compiler->builder;
    if (future->room < builder->count) {
        double *values = arena_array(trace->compiler->scratch, builder->count * 2, sizeof *values);
        if (future->done > 0)
            memcpy(values, future->values, future->done * sizeof *values);
        future->values = values;
        future->room = builder->count * 2;
    }
    for (; future->done < builder->count; future->done++)
        future->values[future->done] = instruction_value(trace, future, &builder->code[future->done]);
}

static value_id compiled(struct trace *trace, const struct node *node, const struct spot *spot)
{
    struct compiler *compiler = trace->compiler;
    struct spot plain = *spot;
    plain.recorder = NULL;
    compiler->work = 0;
    return settle(compiler, node, &plain);
}

static double value_of(struct trace *trace, size_t future, value_id id)
{
    if (trace->compiler->failed)
        return NAN;
    run_on(trace, &trace->futures[future]);
    return trace->futures[future].values[id];
}

double trace_value(struct trace *trace, size_t future, const struct node *node, const struct spot *spot)
{
    return value_of(trace, future, compiled(trace, node, spot));
}

bool trace_known(struct trace *trace, const struct node *node, const struct spot *spot, double *value)
{
    const value_id id = compiled(trace, node, spot);
    return !trace->compiler->failed && build_is_constant(&trace->compiler->builder, id, value);
}

double trace_quantile(struct trace *trace, const struct input *input, size_t instance, const struct spot *spot, double quantile)
{
    const struct world_set probe = {.probe = input, .instance = instance, .quantile = quantile};
    if (trace->compiler->failed || trace->future_count == 0)
        return NAN;
    return value_of(trace, 0, compile_probe(trace->compiler, &probe, spot->step));
}

// ---- places ------------------------------------------------------------------------------------------------------------

static struct spot *copy_of(struct trace *trace, const struct spot *spot)
{
    struct spot *copy = arena_alloc(trace->compiler->scratch, sizeof *copy);
    *copy = *spot;
    copy->recorder = NULL;
    return copy;
}

const struct spot *trace_claim(struct trace *trace, const struct question *question)
{
    struct spot spot = spot_in(question_world(trace->compiler, question), 0);
    spot.slots[0] = question->member >= 0 ? question->member : 0;
    return copy_of(trace, &spot);
}

const struct spot *trace_expression(struct trace *trace, int step)
{
    const struct spot spot = spot_in(baseline_world(trace->compiler), step);
    return copy_of(trace, &spot);
}

const struct spot *trace_at(struct trace *trace, const struct spot *spot, int step)
{
    struct spot *copy = copy_of(trace, spot);
    copy->step = step;
    return copy;
}

const struct spot *trace_under(struct trace *trace, const struct spot *spot, const struct node *under)
{
    struct spot *copy = copy_of(trace, spot);
    copy->world = world_with(&trace->compiler->worlds, spot->world, under->scenario->overrides, under->scenario->override_count);
    return copy;
}

const struct spot *trace_bind(struct trace *trace, const struct spot *spot, int slot, int member)
{
    struct spot *copy = copy_of(trace, spot);
    if (slot >= 0 && slot < SLOT_MAX)
        copy->slots[slot] = member;
    return copy;
}

int trace_step(const struct spot *spot)
{
    return spot->step;
}

const int *trace_members(const struct spot *spot)
{
    return spot->slots;
}

// ---- steps -------------------------------------------------------------------------------------------------------------

struct dates {
    double first, last;
};

// Whether the phrase looks at the step: as compile_time.c has it.
static bool looks_at(const struct trace *trace, const struct node *node, struct dates dates, int step)
{
    const double start = step_first(trace->compiler, step), end = step_first(trace->compiler, step + 1);
    if (node->kind == NODE_WINDOW)
        return fmin(end, dates.last) - fmax(start, dates.first) > 0;
    if (node->phrase == PHRASE_AT || node->count < 3)
        return start <= dates.first && !(end <= dates.first);
    return dates.first < end && start <= dates.last;
}

bool trace_steps(struct trace *trace, size_t future, const struct node *node, const struct spot *spot, int *first, int *last)
{
    struct compiler *compiler = trace->compiler;
    const struct timeline *timeline = &compiler->program->timeline;
    struct spot *dated = copy_of(trace, spot);
    *first = *last = 0;
    if (timeline->length <= 0.0)
        return true;
    dated->now_at_end = node->kind == NODE_WINDOW;
    struct dates dates;
    dates.first = dates.last = value_of(trace, future, settle_date(compiler, node->args[1], dated));
    if (node->count > 2)
        dates.last = value_of(trace, future, settle_date(compiler, node->args[2], dated));
    bool any = false;
    for (int step = 0; step < timeline->count; step++) {
        if (!looks_at(trace, node, dates, step))
            continue;
        *first = any ? *first : step;
        *last = step;
        any = true;
    }
    return any;
}

// ---- names -------------------------------------------------------------------------------------------------------------

static bool member_of(struct trace *trace, size_t future, const struct node *node, const struct spot *spot, size_t *member)
{
    const struct index *const *params = node->kind == NODE_INPUT ? node->input->params
                                        : node->kind == NODE_CLAIM ? node->claim->params
                                                                   : node->definition->params;
    *member = 0;
    for (size_t i = 0; i < node->count; i++) {
        const double value = trace_value(trace, future, node->args[i], spot);
        if (!(value >= 0.0 && value < (double)params[i]->count))
            return false;
        *member = *member * params[i]->count + (size_t)value;
    }
    return true;
}

bool trace_name(struct trace *trace, size_t future, const struct node *node, const struct spot *spot, struct traced_name *name)
{
    size_t member;
    struct origin origin;
    if (!member_of(trace, future, node, spot, &member))
        return false;
    name_origin(trace->compiler, node, spot, member, &origin);
    *name = (struct traced_name){.member = member, .world = origin.world, .set = origin.set, .body = origin.body, .varies = origin.varies};
    if (node->kind == NODE_INPUT)
        name->input = node->input;
    else if (node->kind == NODE_CLAIM)
        name->claim = node->claim;
    else
        name->definition = node->definition;
    name->spot = copy_of(trace, &origin.spot);
    return true;
}
