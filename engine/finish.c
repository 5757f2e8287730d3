// The array of the builder, cut down to what the roots need and numbered anew.
#include <math.h>
#include <stdlib.h>

#include "engine/compiler.h"

struct finish {
    struct compiler *compiler;
    struct model *model;
    struct column *columns;
    unsigned *seen;               // per value: the walk that met it last
    unsigned walk;
    VECTOR(value_id) stack;
    value_id *renumbered;         // per value of the builder
    size_t *column_number;        // per column of the compiler; SIZE_MAX: not needed
    size_t *aggregate_number;
    size_t *variable_number;      // per column: its variable
};

// A side of a blend may do without what is missing: who needs it is known once the side is (engine/given.h).
static bool keeps_missing(const struct compiler *compiler)
{
    return compiler->program->ground != NULL || compiler->program->blend != NULL;
}

// ---- walking -----------------------------------------------------------------------------------------------------------

static void push(struct finish *finish, value_id id)
{
    if (id == NO_VALUE || finish->seen[id] == finish->walk)
        return;
    finish->seen[id] = finish->walk;
    vector_push(finish->compiler->scratch, &finish->stack, id);
}

static void push_aggregate(struct finish *finish, size_t number)
{
    const struct aggregate_request *request = &finish->compiler->aggregates.at[number];
    push(finish, request->what);
    push(finish, request->given);
    push(finish, request->assumed);
}

typedef void (*column_visitor)(void *user, size_t column);

// Goes through everything the pushed values need, aggregates and what they are about included.
static void walk(struct finish *finish, column_visitor visit, void *user)
{
    const struct compiler *compiler = finish->compiler;
    while (finish->stack.count > 0) {
        const struct instruction *code = &compiler->builder.code[finish->stack.at[--finish->stack.count]];
        if (code->op == CODE_COLUMN) {
            const struct column *column = &compiler->columns.at[code->a];
            visit(user, code->a);
            if (column->kind == COLUMN_AGGREGATE)
                push_aggregate(finish, column->aggregate);
        } else if (code->op != CODE_CONST) {
            push(finish, code->a);
            push(finish, code->b);
            push(finish, code->c);
        }
    }
}

static void push_question(struct finish *finish, const struct question *question)
{
    push(finish, question->assumed);
    push(finish, question->premise);
    push(finish, question->exception);
    push(finish, question->conclusion);
    push(finish, question->start);
    push(finish, question->premise_named);
    for (size_t i = 0; i < question->term_count; i++)
        push(finish, question->terms[i]);
    for (size_t i = 0; i < question->assumption_count; i++)
        push(finish, question->assumption_values[i]);
}

static void push_comparisons(struct finish *finish, const struct question *question)
{
    for (size_t i = 0; i < question->comparison_count; i++)
        for (size_t k = 0; k < question->comparisons[i].count; k++) {
            push(finish, question->comparisons[i].at[k].left);
            push(finish, question->comparisons[i].at[k].right);
            push(finish, question->comparisons[i].at[k].truth);
        }
}

static void note_column(void *user, size_t column)
{
    ((struct finish *)user)->column_number[column] = 0;
}

static void mark_roots(struct finish *finish)
{
    const struct compiler *compiler = finish->compiler;
    finish->walk++;
    for (size_t i = 0; i < compiler->questions.count; i++) {
        push_question(finish, &compiler->questions.at[i]);
        push_comparisons(finish, &compiler->questions.at[i]);
    }
    push(finish, compiler->expression);
    for (size_t i = 0; i < compiler->series.count; i++)
        push(finish, compiler->series.at[i]);
    for (size_t i = 0; i < compiler->column_sources.count; i++)
        finish->column_number[i] = SIZE_MAX;
    walk(finish, note_column, finish);
}

// ---- columns and variables ---------------------------------------------------------------------------------------------

struct ordered_column {
    size_t number;
    struct column column;
    struct column_source source;
};

static int by_number(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

// Inputs first, in the order of the program, then points or periods; then holes and aggregates as they were made.
static int compare_columns(const void *left, const void *right)
{
    const struct ordered_column *a = left, *b = right;
    if (a->column.kind != b->column.kind)
        return (a->column.kind > b->column.kind) - (a->column.kind < b->column.kind);
    if (a->column.kind != COLUMN_INPUT)
        return by_number(a->number, b->number);
    if (a->source.entry != b->source.entry)
        return by_number(a->source.entry, b->source.entry);
    if (a->source.instance != b->source.instance)
        return by_number(a->source.instance, b->source.instance);
    return by_number(a->source.point, b->source.point);
}

static struct text period_name(struct compiler *compiler, const struct input *input, const struct input_instance *instance, size_t point)
{
    const struct timeline *timeline = &compiler->program->timeline;
    double instant = 0.0;
    if (instance->point_count > 1)
        instant = instance->points[point].instant - timeline->length / 2;
    else
        instant = fmax(timeline->start, (floor(timeline->start / input->varies + 1e-6) + (double)point) * input->varies);
    int step = timeline_step_at(timeline, instant);
    if (step < 0)
        return text_of(arena_printf(compiler->arena, "%.*s, point %zu", TEXT_ARGS(instance->name), point + 1));
    struct text when = timeline_step_name(compiler->arena, timeline, step);
    return text_of(arena_printf(compiler->arena, "%.*s at %.*s", TEXT_ARGS(instance->name), TEXT_ARGS(when)));
}

static struct text column_name(struct compiler *compiler, const struct ordered_column *ordered)
{
    const struct input *input = compiler->inputs.at[ordered->source.entry].input;
    const struct input_instance *instance = &input->instances[ordered->source.instance];
    if (instance->point_count > 1 || compiler->inputs.at[ordered->source.entry].periods > 1)
        return period_name(compiler, input, instance, ordered->source.point);
    return instance->name;
}

static struct ordered_column *order_columns(struct finish *finish, size_t *count)
{
    struct compiler *compiler = finish->compiler;
    struct ordered_column *ordered = arena_array(compiler->scratch, compiler->columns.count, sizeof *ordered);
    *count = 0;
    for (size_t i = 0; i < compiler->columns.count; i++)
        if (finish->column_number[i] != SIZE_MAX && (compiler->column_sources.at[i].missing == NULL || keeps_missing(compiler)))
            ordered[(*count)++] = (struct ordered_column){i, compiler->columns.at[i], compiler->column_sources.at[i]};
    if (*count > 0)
        qsort(ordered, *count, sizeof *ordered, compare_columns);
    return ordered;
}

static bool same_variable(const struct ordered_column *a, const struct ordered_column *b)
{
    return a->column.kind == COLUMN_INPUT && b->column.kind == COLUMN_INPUT && a->source.entry == b->source.entry &&
           a->source.instance == b->source.instance;
}

static void add_variable(struct finish *finish, struct variable *variable, const struct ordered_column *ordered, size_t first, size_t count)
{
    struct compiler *compiler = finish->compiler;
    const struct input *input = compiler->inputs.at[ordered[first].source.entry].input;
    const struct input_instance *instance = &input->instances[ordered[first].source.instance];
    size_t *columns = arena_array(compiler->arena, count, sizeof *columns), *draws = arena_array(compiler->arena, count, sizeof *draws);
    for (size_t i = 0; i < count; i++) {
        columns[i] = first + i;
        draws[i] = ordered[first + i].column.draw;
    }
    *variable = (struct variable){.input = input, .instance = ordered[first].source.instance, .name = instance->name, .type = input->type};
    variable->bounds_only = instance->bounds_only;
    variable->column_count = count;
    variable->columns = columns;
    variable->draws = draws;
}

static void make_columns(struct finish *finish)
{
    struct compiler *compiler = finish->compiler;
    struct model *model = finish->model;
    size_t count;
    struct ordered_column *ordered = order_columns(finish, &count);
    struct column *columns = arena_array(compiler->arena, count, sizeof *columns);
    struct variable *variables = arena_array(compiler->arena, count, sizeof *variables);
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && same_variable(&ordered[i], &ordered[end]))
            end++;
        for (size_t k = i; k < end; k++) {
            columns[k] = ordered[k].column;
            columns[k].missing = ordered[k].source.missing;
            finish->column_number[ordered[k].number] = k;
            finish->variable_number[ordered[k].number] = columns[k].variable = model->variable_count;
            if (columns[k].kind == COLUMN_INPUT)
                columns[k].name = column_name(compiler, &ordered[k]);
        }
        if (columns[i].kind == COLUMN_INPUT)
            add_variable(finish, &variables[model->variable_count++], ordered, i, end - i);
        i = end;
    }
    model->column_count = count;
    model->columns = finish->columns = columns;
    model->variables = variables;
    model->draw_count = compiler->draw_count;
}

// ---- code --------------------------------------------------------------------------------------------------------------

static struct instruction renumber(const struct finish *finish, struct instruction code)
{
    if (code.op == CODE_COLUMN) {
        if (finish->compiler->column_sources.at[code.a].missing != NULL && !keeps_missing(finish->compiler))
            return (struct instruction){.op = CODE_CONST, .a = NO_VALUE, .b = NO_VALUE, .c = NO_VALUE, .constant = NAN};
        code.a = (value_id)finish->column_number[code.a];
        return code;
    }
    if (code.op == CODE_CONST)
        return code;
    code.a = finish->renumbered[code.a];
    code.b = code.b == NO_VALUE ? NO_VALUE : finish->renumbered[code.b];
    code.c = code.c == NO_VALUE ? NO_VALUE : finish->renumbered[code.c];
    return code;
}

static void make_code(struct finish *finish)
{
    const struct builder *builder = &finish->compiler->builder;
    size_t count = 0;
    for (size_t i = 0; i < builder->count; i++)
        count += finish->seen[i] == finish->walk;
    struct instruction *code = arena_array(finish->compiler->arena, count, sizeof *code);
    for (size_t i = 0, at = 0; i < builder->count; i++) {
        finish->renumbered[i] = NO_VALUE;
        if (finish->seen[i] != finish->walk)
            continue;
        code[at] = renumber(finish, builder->code[i]);
        finish->renumbered[i] = (value_id)at++;
    }
    finish->model->count = count;
    finish->model->code = code;
}

static value_id moved(const struct finish *finish, value_id id)
{
    return id == NO_VALUE ? NO_VALUE : finish->renumbered[id];
}

static const value_id *moved_list(struct finish *finish, const value_id *list, size_t count)
{
    value_id *result = arena_array(finish->compiler->arena, count, sizeof *result);
    for (size_t i = 0; i < count; i++)
        result[i] = moved(finish, list[i]);
    return result;
}

static void make_aggregates(struct finish *finish)
{
    const struct compiler *compiler = finish->compiler;
    struct aggregate_request *aggregates = arena_array(compiler->arena, compiler->aggregates.count, sizeof *aggregates);
    struct model *model = finish->model;
    for (size_t i = 0; i < compiler->aggregates.count; i++) {
        struct aggregate_request request = compiler->aggregates.at[i];
        if (finish->column_number[request.column] == SIZE_MAX)
            continue;
        finish->aggregate_number[i] = model->aggregate_count;
        request.what = moved(finish, request.what);
        request.given = moved(finish, request.given);
        request.assumed = moved(finish, request.assumed);
        request.column = finish->column_number[request.column];
        aggregates[model->aggregate_count++] = request;
    }
    model->aggregates = aggregates;
}

static void number_aggregate_columns(struct finish *finish)
{
    struct column *columns = finish->columns;
    for (size_t i = 0; i < finish->model->column_count; i++)
        if (columns[i].kind == COLUMN_AGGREGATE)
            columns[i].aggregate = finish->aggregate_number[columns[i].aggregate];
}

// ---- questions ---------------------------------------------------------------------------------------------------------

struct sight { // what one question can see
    struct finish *finish;
    bool *variables;
    const char *missing;
};

static void see_column(void *user, size_t column)
{
    struct sight *sight = user;
    const struct compiler *compiler = sight->finish->compiler;
    if (compiler->column_sources.at[column].missing != NULL)
        sight->missing = compiler->column_sources.at[column].missing;
    else if (compiler->columns.at[column].kind == COLUMN_INPUT)
        sight->variables[sight->finish->variable_number[column]] = true;
}

static void list_variables(struct finish *finish, struct question *question, const bool *seen)
{
    size_t *variables = arena_array(finish->compiler->arena, finish->model->variable_count, sizeof *variables);
    for (size_t i = 0; i < finish->model->variable_count; i++)
        if (seen[i])
            variables[question->variable_count++] = i;
    question->variables = variables;
}

static void list_dates(struct finish *finish, struct question *question)
{
    const struct compiler *compiler = finish->compiler;
    value_id *dates = arena_array(compiler->arena, compiler->dates.count, sizeof *dates);
    for (size_t i = 0; i < compiler->dates.count; i++) {
        value_id date = compiler->dates.at[i];
        bool known = finish->seen[date] != finish->walk || (i > 0 && date == compiler->dates.at[i - 1]);
        for (size_t k = 0; k < question->when_count && !known; k++)
            known = dates[k] == moved(finish, date);
        if (!known)
            dates[question->when_count++] = moved(finish, date);
    }
    question->when = dates;
}

static void move_comparisons(struct finish *finish, struct question *question)
{
    struct comparison *comparisons = arena_array(finish->compiler->arena, question->comparison_count, sizeof *comparisons);
    for (size_t i = 0; i < question->comparison_count; i++) {
        comparisons[i] = question->comparisons[i];
        struct comparison_at *at = arena_array(finish->compiler->arena, comparisons[i].count, sizeof *at);
        for (size_t k = 0; k < comparisons[i].count; k++) {
            const struct comparison_at *from = &question->comparisons[i].at[k];
            at[k] = (struct comparison_at){from->step, moved(finish, from->left), moved(finish, from->right), moved(finish, from->truth), from->members};
        }
        comparisons[i].at = at;
    }
    question->comparisons = comparisons;
}

static struct question make_question(struct finish *finish, struct question question)
{
    struct compiler *compiler = finish->compiler;
    struct sight sight = {.finish = finish, .variables = arena_array(compiler->scratch, finish->model->variable_count + 1, sizeof(bool))};
    finish->walk++;
    push_question(finish, &question);
    walk(finish, see_column, &sight);
    if (question.missing == NULL && !keeps_missing(compiler))
        question.missing = sight.missing;
    list_variables(finish, &question, sight.variables);
    list_dates(finish, &question);
    move_comparisons(finish, &question);
    question.assumption_values = moved_list(finish, question.assumption_values, question.assumption_count);
    question.terms = moved_list(finish, question.terms, question.term_count);
    question.assumed = moved(finish, question.assumed);
    question.premise = moved(finish, question.premise);
    question.exception = moved(finish, question.exception);
    question.conclusion = moved(finish, question.conclusion);
    question.start = moved(finish, question.start);
    question.premise_named = moved(finish, question.premise_named);
    if (question.hole_column != SIZE_MAX)
        question.hole_column = finish->column_number[question.hole_column];
    return question;
}

static void make_questions(struct finish *finish)
{
    struct compiler *compiler = finish->compiler;
    struct question *questions = arena_array(compiler->arena, compiler->questions.count, sizeof *questions);
    for (size_t i = 0; i < compiler->questions.count; i++)
        questions[i] = make_question(finish, compiler->questions.at[i]);
    finish->model->questions = questions;
    finish->model->question_count = compiler->claim_questions;
    finish->model->variant_questions = questions + compiler->claim_questions;
    finish->model->variant_question_count = compiler->related_from - compiler->claim_questions;
    finish->model->related_questions = questions + compiler->related_from;
    finish->model->related_question_count = compiler->questions.count - compiler->related_from;
}

struct model *finish_model(struct compiler *compiler)
{
    struct arena *scratch = compiler->scratch;
    size_t values = compiler->builder.count, columns = compiler->columns.count + 1;
    struct model *model = arena_alloc(compiler->arena, sizeof *model);
    model->program = compiler->program;
    struct finish finish = {.compiler = compiler, .model = model};
    finish.seen = arena_array(scratch, values, sizeof *finish.seen);
    finish.renumbered = arena_array(scratch, values, sizeof *finish.renumbered);
    finish.column_number = arena_array(scratch, columns, sizeof *finish.column_number);
    finish.variable_number = arena_array(scratch, columns, sizeof *finish.variable_number);
    finish.aggregate_number = arena_array(scratch, compiler->aggregates.count + 1, sizeof *finish.aggregate_number);
    compiler->column_number = finish.column_number;
    compiler->numbered = compiler->columns.count;
    mark_roots(&finish);
    make_columns(&finish);
    make_code(&finish);
    make_aggregates(&finish);
    number_aggregate_columns(&finish);
    make_questions(&finish);
    model->expression = moved(&finish, compiler->expression);
    model->series_count = compiler->series.count;
    model->series = moved_list(&finish, compiler->series.at, compiler->series.count);
    return model;
}
