#include "engine/given.h"

#include <math.h>
#include <string.h>

#include "base/vector.h"
#include "dsl/limits.h"
#include "engine/builder.h"

struct giving {
    struct arena *arena, *scratch;
    const struct model *from;
    struct model *to;
    const double *fixed;
    struct arena *lists; // for those that a visit leaves
    struct builder builder;
    struct aggregate_request *aggregates; // of `to`
    bool *needed;        // values of `from`
    value_id *renewed;   // values of `from` in the builder, later in `to`
    unsigned *seen;      // values of the builder: by whom they were met last
    unsigned walk;
    VECTOR(value_id) stack;
};

// ---- what is needed ----------------------------------------------------------------------------------------------------

typedef void (*value_visitor)(struct giving *giving, value_id *value);

static void *copied(struct arena *arena, const void *list, size_t count, size_t size)
{
    void *copy = arena_array(arena, count, size);
    if (count > 0)
        memcpy(copy, list, count * size);
    return copy;
}

static const value_id *each_listed(struct giving *giving, const value_id *list, size_t count, value_visitor visit)
{
    value_id *values = copied(giving->lists, list, count, sizeof *values);
    for (size_t i = 0; i < count; i++)
        visit(giving, &values[i]);
    return values;
}

static const struct comparison_at *each_compared(struct giving *giving, const struct comparison *comparison, value_visitor visit)
{
    struct comparison_at *at = copied(giving->lists, comparison->at, comparison->count, sizeof *at);
    for (size_t i = 0; i < comparison->count; i++) {
        visit(giving, &at[i].left);
        visit(giving, &at[i].right);
        visit(giving, &at[i].truth);
    }
    return at;
}

// What decides a future.
static void each_judged(struct giving *giving, struct question *question, value_visitor visit)
{
    value_id *single[] = {&question->assumed, &question->premise, &question->exception, &question->conclusion, &question->start, &question->premise_named};
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        visit(giving, single[i]);
    question->assumption_values = each_listed(giving, question->assumption_values, question->assumption_count, visit);
    question->terms = each_listed(giving, question->terms, question->term_count, visit);
}

// Every value that the question names.
static void each_value(struct giving *giving, struct question *question, value_visitor visit)
{
    each_judged(giving, question, visit);
    question->when = each_listed(giving, question->when, question->when_count, visit);
    struct comparison *comparisons = copied(giving->lists, question->comparisons, question->comparison_count, sizeof *comparisons);
    for (size_t i = 0; i < question->comparison_count; i++)
        comparisons[i].at = each_compared(giving, &comparisons[i], visit);
    question->comparisons = comparisons;
}

static void read_values(struct giving *giving, const struct question *question, value_visitor visit)
{
    struct question copy = *question;
    giving->lists = giving->scratch;
    each_value(giving, &copy, visit);
}

static void write_values(struct giving *giving, struct question *question, value_visitor visit)
{
    giving->lists = giving->arena;
    each_value(giving, question, visit);
}

static void each_of_aggregate(struct giving *giving, struct aggregate_request *request, value_visitor visit)
{
    visit(giving, &request->what);
    visit(giving, &request->given);
    visit(giving, &request->assumed);
}

static void need(struct giving *giving, value_id *value)
{
    if (*value == NO_VALUE || giving->needed[*value])
        return;
    giving->needed[*value] = true;
    vector_push(giving->scratch, &giving->stack, *value);
}

static void need_arguments(struct giving *giving)
{
    while (giving->stack.count > 0) {
        struct instruction code = giving->from->code[giving->stack.at[--giving->stack.count]];
        if (code.op == CODE_COLUMN && giving->from->columns[code.a].kind == COLUMN_AGGREGATE && isnan(giving->fixed[code.a])) {
            struct aggregate_request request = giving->from->aggregates[giving->from->columns[code.a].aggregate];
            each_of_aggregate(giving, &request, need);
        }
        if (code.op == CODE_COLUMN || code.op == CODE_CONST)
            continue;
        need(giving, &code.a);
        need(giving, &code.b);
        need(giving, &code.c);
    }
}

// ---- values ------------------------------------------------------------------------------------------------------------

static value_id renewed(const struct giving *giving, value_id value)
{
    return value == NO_VALUE ? NO_VALUE : giving->renewed[value];
}

static value_id renew(struct giving *giving, const struct instruction *code)
{
    struct builder *builder = &giving->builder;
    if (code->op == CODE_CONST)
        return build_constant(builder, code->constant);
    if (code->op == CODE_COLUMN)
        return isnan(giving->fixed[code->a]) ? build_column(builder, code->a) : build_constant(builder, giving->fixed[code->a]);
    value_id a = renewed(giving, code->a), b = renewed(giving, code->b), c = renewed(giving, code->c);
    if (code->op == OP_SELECT)
        return build_select(builder, a, b, c);
    return b != NO_VALUE ? build2(builder, (enum op)code->op, a, b) : build1(builder, (enum op)code->op, a);
}

static void renew_value(struct giving *giving, value_id *value)
{
    *value = renewed(giving, *value);
}

static void renew_all(struct giving *giving, struct question *questions, size_t count)
{
    const struct model *from = giving->from;
    giving->needed = arena_array(giving->scratch, from->count, sizeof *giving->needed);
    giving->renewed = arena_array(giving->scratch, from->count, sizeof *giving->renewed);
    for (size_t i = 0; i < count; i++)
        read_values(giving, &questions[i], need);
    need_arguments(giving);
    for (size_t i = 0; i < from->count; i++)
        if (giving->needed[i])
            giving->renewed[i] = renew(giving, &from->code[i]);
    for (size_t i = 0; i < count; i++)
        write_values(giving, &questions[i], renew_value);
}

// ---- what is left ------------------------------------------------------------------------------------------------------

static void meet(struct giving *giving, value_id *value)
{
    if (*value == NO_VALUE || giving->seen[*value] == giving->walk)
        return;
    giving->seen[*value] = giving->walk;
    vector_push(giving->scratch, &giving->stack, *value);
}

// The renewed request of an aggregate's column.
static struct aggregate_request request_of(struct giving *giving, size_t column)
{
    struct aggregate_request request = giving->from->aggregates[giving->from->columns[column].aggregate];
    each_of_aggregate(giving, &request, renew_value);
    return request;
}

// Goes on from what was met; marks the columns that are read, inside aggregates too.
static void walk(struct giving *giving, bool *columns)
{
    while (giving->stack.count > 0) {
        struct instruction code = giving->builder.code[giving->stack.at[--giving->stack.count]];
        if (code.op == CODE_COLUMN) {
            columns[code.a] = true;
            if (giving->from->columns[code.a].kind == COLUMN_AGGREGATE) {
                struct aggregate_request request = request_of(giving, code.a);
                each_of_aggregate(giving, &request, meet);
            }
        } else if (code.op != CODE_CONST) {
            meet(giving, &code.a);
            meet(giving, &code.b);
            meet(giving, &code.c);
        }
    }
}

// What the question sees, its comparisons aside.
static void look(struct giving *giving, struct question *question, bool *columns)
{
    struct question copy = *question;
    giving->lists = giving->scratch;
    giving->walk++;
    each_judged(giving, &copy, meet);
    walk(giving, columns);
}

static void see(struct giving *giving, struct question *question)
{
    const struct model *from = giving->from;
    bool *columns = arena_array(giving->scratch, from->column_count, sizeof *columns);
    bool *variables = arena_array(giving->scratch, from->variable_count, sizeof *variables);
    size_t *list = arena_array(giving->arena, from->variable_count, sizeof *list);
    look(giving, question, columns);
    for (size_t i = 0; i < from->column_count; i++) {
        if (columns[i] && from->columns[i].kind == COLUMN_INPUT)
            variables[from->columns[i].variable] = true;
        if (columns[i] && question->missing == NULL)
            question->missing = from->columns[i].missing;
    }
    question->variable_count = 0;
    for (size_t i = 0; i < from->variable_count; i++)
        if (variables[i])
            list[question->variable_count++] = i;
    question->variables = list;
}

static void keep_aggregates(struct giving *giving, const bool *columns)
{
    const struct model *from = giving->from;
    struct aggregate_request *aggregates = arena_array(giving->arena, from->aggregate_count, sizeof *aggregates);
    struct column *copies = copied(giving->arena, from->columns, from->column_count, sizeof *copies);
    for (size_t i = 0; i < from->aggregate_count; i++) {
        const size_t column = from->aggregates[i].column;
        copies[column].aggregate = giving->to->aggregate_count;
        if (columns[column])
            aggregates[giving->to->aggregate_count++] = request_of(giving, column);
    }
    giving->to->columns = copies;
    giving->to->aggregates = aggregates;
    giving->aggregates = aggregates;
}

// Only what was met in the last walk, numbered anew: `renewed` is by values of the builder from here on.
static void keep_code(struct giving *giving, struct question *questions, size_t count)
{
    const struct builder *builder = &giving->builder;
    struct instruction *code = arena_array(giving->arena, builder->count, sizeof *code);
    giving->renewed = arena_array(giving->scratch, builder->count, sizeof *giving->renewed);
    for (size_t i = 0; i < builder->count; i++) {
        if (giving->seen[i] != giving->walk)
            continue;
        struct instruction *to = &code[giving->to->count];
        *to = builder->code[i];
        if (to->op != CODE_COLUMN && to->op != CODE_CONST) {
            to->a = renewed(giving, to->a);
            to->b = renewed(giving, to->b);
            to->c = renewed(giving, to->c);
        }
        giving->renewed[i] = (value_id)giving->to->count++;
    }
    giving->to->code = code;
    for (size_t i = 0; i < count; i++)
        write_values(giving, &questions[i], renew_value);
    for (size_t i = 0; i < giving->to->aggregate_count; i++)
        each_of_aggregate(giving, &giving->aggregates[i], renew_value);
}

struct model *model_given(struct arena *arena, struct arena *scratch, const struct model *model, const double *fixed, size_t first, size_t count)
{
    struct model *to = arena_alloc(arena, sizeof *to);
    struct arena_mark mark = arena_mark(scratch);
    struct giving giving = {.arena = arena, .scratch = scratch, .from = model, .to = to, .fixed = fixed};
    struct question *questions = copied(arena, model->questions + first, count, sizeof *questions);
    *to = *model;
    to->count = to->aggregate_count = to->variant_question_count = to->related_question_count = to->series_count = 0;
    to->expression = NO_VALUE;
    to->questions = questions;
    to->question_count = count;
    builder_init(&giving.builder, scratch, LIMIT_INSTRUCTIONS);
    renew_all(&giving, questions, count);
    giving.seen = arena_array(scratch, giving.builder.count, sizeof *giving.seen);
    for (size_t i = 0; i < count; i++)
        see(&giving, &questions[i]);
    bool *columns = arena_array(scratch, model->column_count, sizeof *columns);
    giving.walk++;
    for (size_t i = 0; i < count; i++)
        read_values(&giving, &questions[i], meet);
    walk(&giving, columns);
    keep_aggregates(&giving, columns);
    keep_code(&giving, questions, count);
    arena_release(scratch, mark);
    return to;
}
