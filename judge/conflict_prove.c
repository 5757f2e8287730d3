// "Not all of these claims" as a question for the prover: their parts joined by instructions at the end of the model.
#include <math.h>
#include <string.h>

#include "judge/conflicting.h"
#include "judge/prove.h"

// About a thirtieth of a second of one processor.
#define CONFLICT_BOX_INSTRUCTIONS 4e6
enum { CONFLICT_BOXES_LEAST = 64, CONFLICT_BOXES_MOST = 4096, PARTS = 4 };

struct joined {
    struct instruction *code;
    size_t count;
};

static value_id push(struct joined *joined, uint32_t op, value_id a, value_id b)
{
    joined->code[joined->count] = (struct instruction){.op = op, .a = a, .b = b};
    return (value_id)joined->count++;
}

static value_id both(struct joined *joined, value_id a, value_id b)
{
    return a == NO_VALUE ? b : b == NO_VALUE ? a : push(joined, OP_AND, a, b);
}

static value_id speaks_and_is_so(struct joined *joined, const struct question *question)
{
    const value_id exception = question->exception == NO_VALUE ? NO_VALUE : push(joined, OP_NOT, question->exception, 0);
    return both(joined, both(joined, question->assumed, question->premise), both(joined, exception, question->conclusion));
}

static uint64_t boxes_for(const struct work *work, const struct model *model, value_id root)
{
    const double length = (double)tape_length(tape_make(work->scratch, model, &root, 1)) + 1;
    const double boxes = fmin(fmax(CONFLICT_BOX_INSTRUCTIONS / length, CONFLICT_BOXES_LEAST), CONFLICT_BOXES_MOST);
    const uint64_t asked = work->options->proof_boxes;
    return asked > 0 && (double)asked < boxes ? asked : (uint64_t)boxes;
}

enum order_end conflict_prove(struct conflicting *conflicting, const struct conflict_set *set, bool wide)
{
    const struct work *over = wide ? conflicting->widened->work : conflicting->work;
    struct arena_mark mark = arena_mark(over->scratch);
    struct model model = *over->model;
    struct joined joined = {arena_array(over->scratch, model.count + (2 * PARTS + 1) * set->count, sizeof *joined.code), model.count};
    memcpy(joined.code, model.code, model.count * sizeof *joined.code);
    value_id all = NO_VALUE;
    for (size_t i = 0; i < set->count; i++) {
        const struct contender *it = &conflicting->contenders[set->members[i]];
        all = both(&joined, all, speaks_and_is_so(&joined, wide ? it->wide.question : it->near.question));
    }
    model.code = joined.code;
    model.count = joined.count;
    struct work work = {.arena = over->arena, .scratch = over->scratch, .model = &model, .options = over->options, .run = over->run};
    work.fixed = over->fixed;
    work.estimates = over->estimates;
    const struct question question = {.claim = conflicting->contenders[set->members[0]].near.question->claim, .member = -1, .assumed = all, .premise = NO_VALUE,
                                      .exception = NO_VALUE, .conclusion = NO_VALUE, .hole_column = SIZE_MAX};
    const struct proof_effort effort = {.boxes = boxes_for(&work, &model, all)};
    enum order_end end = conflict_by_order(over->scratch, &model, all);
    if (end != ORDER_CONTRARY && prove_question(&work, &question, NULL, PROOF_IRRELEVANT, &effort))
        end = ORDER_CONTRARY;
    arena_release(over->scratch, mark);
    return end;
}
