#include "engine/fingerprint.h"

#include "base/arena.h"

struct walk {
    const struct model *model;
    const struct digest *extra;
    struct digest *values;
    struct digest *parts;    // of `and` and `or`: the sum over what they join, however it is bracketed
    bool *known;             // by value
    struct digest *requests; // of aggregates
    bool *requested;         // ... that are known
};

// ---- inputs ------------------------------------------------------------------------------------------------------------------

static struct digest law_digest(struct digest digest, const struct distribution *law)
{
    const double parameters[] = {law->a, law->b, law->c, law->level, law->cut_low, law->cut_high};
    digest = digest_whole(digest, law->law);
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++)
        digest = digest_number(digest, parameters[i]);
    digest = digest_whole(digest, law->choice_count);
    for (size_t i = 0; i < law->choice_count; i++) {
        digest = digest_number(digest, law->values[i]);
        if (law->weights)
            digest = digest_number(digest, law->weights[i]);
    }
    return digest;
}

// The draw, and the others that it is made of when it is correlated.
static struct digest draw_digest(struct digest digest, const struct model *model, size_t draw)
{
    const size_t count = model->correlated_count;
    digest = digest_whole(digest, draw);
    for (size_t row = 0; row < count; row++) {
        if (model->correlated[row] != draw)
            continue;
        for (size_t i = 0; i <= row; i++)
            if (model->cholesky[row * count + i] != 0)
                digest = digest_number(digest_whole(digest, model->correlated[i]), model->cholesky[row * count + i]);
    }
    return digest;
}

static struct digest column_digest(const struct walk *walk, const struct column *column)
{
    struct digest digest = digest_whole(digest_whole(digest_nothing(), CODE_COLUMN), column->kind);
    switch (column->kind) {
    case COLUMN_INPUT:
        digest = law_digest(digest, column->law);
        digest = digest_whole(digest, walk->model->variables[column->variable].bounds_only);
        return draw_digest(digest, walk->model, column->draw);
    case COLUMN_HOLE:
        return digest;
    case COLUMN_AGGREGATE:
        return digest_digest(digest, walk->requests[column->aggregate]);
    }
    return digest;
}

// ---- values ------------------------------------------------------------------------------------------------------------------

static bool joins(uint32_t op)
{
    return op == OP_AND || op == OP_OR;
}

static bool commutes(uint32_t op)
{
    return op == OP_ADD || op == OP_MUL || op == OP_MIN || op == OP_MAX || op == OP_EQ || op == OP_NE;
}

static bool argument_known(const struct walk *walk, value_id id)
{
    return id == NO_VALUE || walk->known[id];
}

static bool can_be_known(const struct walk *walk, const struct instruction *code)
{
    if (code->op == CODE_COLUMN) {
        const struct column *column = &walk->model->columns[code->a];
        return column->kind != COLUMN_AGGREGATE || walk->requested[column->aggregate];
    }
    return code->op == CODE_CONST || (argument_known(walk, code->a) && argument_known(walk, code->b) && argument_known(walk, code->c));
}

static struct digest add_value(const struct walk *walk, struct digest digest, value_id id)
{
    return id == NO_VALUE ? digest_whole(digest, 0) : digest_digest(digest, walk->values[id]);
}

// What an operand adds to a chain of the same operator.
static struct digest part_of(const struct walk *walk, uint32_t op, value_id id)
{
    return walk->model->code[id].op == op ? walk->parts[id] : digest_digest(digest_nothing(), walk->values[id]);
}

static struct digest instruction_digest(struct walk *walk, value_id id)
{
    const struct instruction *code = &walk->model->code[id];
    struct digest digest = digest_whole(digest_nothing(), code->op);
    if (code->op == CODE_CONST)
        return digest_number(digest, code->constant);
    if (code->op == CODE_COLUMN)
        return column_digest(walk, &walk->model->columns[code->a]);
    if (joins(code->op)) {
        walk->parts[id] = digest_sum(part_of(walk, code->op, code->a), part_of(walk, code->op, code->b));
        return digest_digest(digest, walk->parts[id]);
    }
    value_id a = code->a, b = code->b;
    if (commutes(code->op) && digest_compare(walk->values[a], walk->values[b]) > 0) {
        a = code->b;
        b = code->a;
    }
    return add_value(walk, add_value(walk, add_value(walk, digest, a), b), code->c);
}

static bool digest_request(struct walk *walk, size_t number)
{
    const struct aggregate_request *request = &walk->model->aggregates[number];
    if (walk->requested[number] || !argument_known(walk, request->what) || !argument_known(walk, request->given) || !argument_known(walk, request->assumed))
        return false;
    struct digest digest = digest_number(digest_whole(digest_nothing(), request->kind), request->p);
    digest = add_value(walk, add_value(walk, add_value(walk, digest, request->what), request->given), request->assumed);
    walk->requests[number] = digest_digest(digest, walk->extra[number]);
    return walk->requested[number] = true;
}

// An aggregate is a column to those who read it, and what it is about may stand behind them: once through the values for each level of
// aggregates inside each other.
const struct digest *value_digests(struct arena *arena, const struct model *model, const struct digest *extra)
{
    struct walk walk = {.model = model, .extra = extra};
    walk.values = arena_array(arena, model->count, sizeof *walk.values);
    walk.parts = arena_array(arena, model->count, sizeof *walk.parts);
    walk.known = arena_array(arena, model->count, sizeof *walk.known);
    walk.requests = arena_array(arena, model->aggregate_count, sizeof *walk.requests);
    walk.requested = arena_array(arena, model->aggregate_count, sizeof *walk.requested);
    for (bool more = true; more;) {
        more = false;
        for (size_t id = 0; id < model->count; id++)
            if (!walk.known[id] && can_be_known(&walk, &model->code[id])) {
                walk.values[id] = instruction_digest(&walk, (value_id)id);
                walk.known[id] = true;
            }
        for (size_t i = 0; i < model->aggregate_count; i++)
            more = digest_request(&walk, i) || more;
    }
    return walk.values;
}

// ---- questions -----------------------------------------------------------------------------------------------------------------

static struct digest add_id(struct digest digest, const struct digest *values, value_id id)
{
    return id == NO_VALUE ? digest_whole(digest, 0) : digest_digest(digest, values[id]);
}

// In the order of the sentence: it is the author's, and moves nothing else.
static struct digest comparison_digest(struct digest digest, const struct digest *values, const struct comparison *comparison)
{
    digest = digest_whole(digest, comparison->op);
    digest = digest_whole(digest, (comparison->in_premise ? 1u : 0u) | (comparison->any ? 2u : 0u));
    digest = digest_whole(digest, comparison->count);
    for (size_t i = 0; i < comparison->count; i++) {
        const struct comparison_at *at = &comparison->at[i];
        digest = add_id(add_id(add_id(digest, values, at->left), values, at->right), values, at->truth);
    }
    return digest;
}

// What an answer is looked for among.
static struct digest hole_digest(struct digest digest, const struct model *model, const struct claim *claim)
{
    const struct hole *hole = &claim->hole;
    digest = digest_whole(digest_whole(digest, hole->kind), hole->stronger_above);
    if (hole->kind == HOLE_NONE || !model->program)
        return digest;
    const struct timeline *timeline = &model->program->timeline;
    digest = digest_number(digest_number(digest_whole(digest, (uint64_t)timeline->count), timeline->start), timeline->length);
    digest = digest_whole(digest_whole(digest, (uint64_t)claim->start), (uint64_t)claim->end);
    const struct input *input = hole->override.input;
    for (size_t i = 0; input && i < input->instance_count; i++)
        for (size_t k = 0; k < input->instances[i].point_count; k++)
            digest = law_digest(digest, &input->instances[i].points[k].law);
    return digest;
}

struct digest question_digest(const struct model *model, const struct digest *values, const struct question *question)
{
    const value_id roots[] = {question->assumed, question->premise, question->exception, question->conclusion, question->start, question->premise_named};
    struct digest digest = digest_number(digest_nothing(), question->claim->level);
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        digest = add_id(digest, values, roots[i]);
    digest = digest_whole(digest, question->comparison_count);
    for (size_t i = 0; i < question->comparison_count; i++)
        digest = comparison_digest(digest, values, &question->comparisons[i]);
    digest = digest_whole(digest, question->term_count);
    for (size_t i = 0; i < question->term_count; i++)
        digest = add_id(digest, values, question->terms[i]);
    digest = hole_digest(digest, model, question->claim);
    return digest_text(digest, text_of(question->missing));
}
