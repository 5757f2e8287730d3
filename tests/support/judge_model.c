#include "tests/support/judge_model.h"

#include <math.h>
#include <stdlib.h>

struct hand *hand_new(void)
{
    struct hand *hand = calloc(1, sizeof *hand);
    if (!hand)
        abort();
    arena_init(&hand->arena, &system_allocator, NULL);
    arena_init(&hand->scratch, &system_allocator, NULL);
    hand->model = (struct model){.program = &hand->program, .code = hand->code, .columns = hand->columns, .variables = hand->variables};
    hand->model.questions = hand->questions;
    hand->model.aggregates = hand->aggregates;
    hand->model.expression = NO_VALUE;
    hand->program.level = 0.9;
    hand->program.claims = hand->claim_list;
    hand->truth.kind = NODE_CONST;
    hand->options = (struct judge_options){.seed = 1, .threads = 1};
    return hand;
}

void hand_free(struct hand *hand)
{
    arena_reset(&hand->arena);
    arena_reset(&hand->scratch);
    free(hand);
}

static value_id add(struct hand *hand, struct instruction instruction)
{
    hand->code[hand->model.count] = instruction;
    return (value_id)hand->model.count++;
}

value_id hand_const(struct hand *hand, double value)
{
    return add(hand, (struct instruction){CODE_CONST, NO_VALUE, NO_VALUE, NO_VALUE, value});
}

value_id hand_op(struct hand *hand, enum op op, value_id a, value_id b)
{
    // As the compiler does: a > b is b < a.
    if (op == OP_GT || op == OP_GE)
        return add(hand, (struct instruction){op == OP_GT ? OP_LT : OP_LE, b, a, NO_VALUE, 0});
    return add(hand, (struct instruction){op, a, b, NO_VALUE, 0});
}

static value_id add_input(struct hand *hand, const char *name, struct distribution law)
{
    size_t column = hand->model.column_count++, variable = hand->model.variable_count++;
    hand->laws[column] = law;
    hand->instances[variable] = (struct input_instance){.name = text_of(name)};
    hand->inputs[variable] = (struct input){.name = text_of(name), .as_of = NAN, .expires = NAN, .instance_count = 1, .instances = &hand->instances[variable]};
    hand->column_of[variable] = column;
    hand->draw_of[variable] = hand->model.draw_count++;
    hand->columns[column] = (struct column){.kind = COLUMN_INPUT, .name = text_of(name), .law = &hand->laws[column], .draw = hand->draw_of[variable], .variable = variable};
    bool bounds = law.law == LAW_BOUNDS || law.law == LAW_POSSIBLE;
    hand->variables[variable] = (struct variable){&hand->inputs[variable], 0, text_of(name), {.kind = KIND_QUANTITY}, bounds, 1, &hand->column_of[variable], &hand->draw_of[variable]};
    hand->seen[variable] = variable;
    return add(hand, (struct instruction){CODE_COLUMN, (value_id)column, NO_VALUE, NO_VALUE, 0});
}

value_id hand_input(struct hand *hand, const char *name, enum law law, double a, double b)
{
    return add_input(hand, name, (struct distribution){.law = law, .a = a, .b = b, .c = (a + b) / 2, .level = 0.9, .cut_low = -INFINITY, .cut_high = INFINITY});
}

value_id hand_choice(struct hand *hand, const char *name, size_t count, const double *values, const double *weights)
{
    enum law law = weights ? LAW_CHOICE : LAW_POSSIBLE;
    return add_input(hand, name, (struct distribution){.law = law, .choice_count = count, .values = values, .weights = weights, .cut_low = -INFINITY, .cut_high = INFINITY});
}

value_id hand_hole(struct hand *hand, size_t *column)
{
    *column = hand->model.column_count++;
    hand->columns[*column] = (struct column){.kind = COLUMN_HOLE, .name = TEXT("?x")};
    return add(hand, (struct instruction){CODE_COLUMN, (value_id)*column, NO_VALUE, NO_VALUE, 0});
}

value_id hand_aggregate(struct hand *hand, enum aggregate kind, value_id what, value_id given, double p)
{
    size_t column = hand->model.column_count++, position = hand->model.aggregate_count++;
    hand->columns[column] = (struct column){.kind = COLUMN_AGGREGATE, .name = TEXT("aggregate"), .aggregate = position};
    hand->aggregates[position] = (struct aggregate_request){kind, what, given, NO_VALUE, p, column, NULL};
    return add(hand, (struct instruction){CODE_COLUMN, (value_id)column, NO_VALUE, NO_VALUE, 0});
}

value_id hand_compare(struct hand *hand, enum op op, value_id a, value_id b)
{
    value_id truth = hand_op(hand, op, a, b);
    size_t i = hand->comparison_count++;
    hand->comparison_at[i] = (struct comparison_at){-1, a, b, truth, NULL};
    hand->comparisons[i] = (struct comparison){.op = op, .type = {.kind = KIND_QUANTITY}, .count = 1, .at = &hand->comparison_at[i]};
    return truth;
}

struct question *hand_claim(struct hand *hand, const char *name, value_id premise, value_id conclusion)
{
    size_t i = hand->model.question_count++;
    struct claim *claim = &hand->claims[i];
    *claim = (struct claim){.name = text_of(name), .on = NAN, .level = 0.9, .conclusion = &hand->truth, .is_root = true};
    hand->claim_list[hand->program.claim_count++] = claim;
    struct question *question = &hand->questions[i];
    *question = (struct question){.claim = claim, .member = -1, .scenario = &hand->baseline, .assumed = NO_VALUE, .premise = premise, .conclusion = conclusion};
    question->exception = question->start = question->premise_named = NO_VALUE;
    question->hole_column = SIZE_MAX;
    question->comparisons = hand->comparisons;
    question->comparison_count = hand->comparison_count;
    question->variables = hand->seen;
    question->variable_count = hand->model.variable_count;
    return question;
}

struct results *hand_judge(struct hand *hand)
{
    return judge_model(&hand->arena, &hand->scratch, &hand->model, &hand->options);
}

const struct crux *hand_crux(const struct verdict *verdict, const char *name)
{
    for (size_t i = 0; i < verdict->crux_count; i++)
        if (text_is(verdict->cruxes[i].name, name))
            return &verdict->cruxes[i];
    return NULL;
}
