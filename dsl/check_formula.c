// Formulas: cut at the outermost `implies` and `unless`, defaults in time written out.
#include <math.h>

#include "base/buffer.h"
#include "dsl/check_claim.h"
#include "dsl/check_time.h"

enum role { ROLE_PREMISE, ROLE_EXCEPTION, ROLE_CONCLUSION };

struct part {
    enum role role;
    const struct expr *expr, *read;
    struct node *node;
    bool needs_default;
};
struct part_list {
    struct part *at;
    size_t count, room;
};

// `P implies Q unless E implies R`: P, E and Q are premises or exceptions of what stands innermost on the right.
static void cut(struct checker *checker, const struct expr *expr, struct part_list *parts)
{
    while (expr->kind == EXPR_APPLY && (expr->op == OP_IMPLIES || expr->op == OP_UNLESS)) {
        bool implies = expr->op == OP_IMPLIES;
        const struct expr *side = expr->args.at[implies ? 0 : 1].value;
        vector_push(checker->arena, parts, ((struct part){.role = implies ? ROLE_PREMISE : ROLE_EXCEPTION, .expr = side}));
        expr = expr->args.at[implies ? 1 : 0].value;
    }
    vector_push(checker->arena, parts, ((struct part){.role = ROLE_CONCLUSION, .expr = expr}));
}

// ---- what a part says about time ---------------------------------------------------------------------------------------------

static bool is_junction(const struct node *node)
{
    if (node->kind == NODE_COUNTED || (node->kind == NODE_REDUCE && node->type.kind == KIND_TRUTH))
        return true;
    return node->kind == NODE_APPLY && (node->op == OP_AND || node->op == OP_OR || node->op == OP_NOT || node->op == OP_IMPLIES || node->op == OP_UNLESS);
}

// Where the truths joined in a part differ: one with a time phrase, and one that has none and changes over time.
struct dating {
    const struct node *dated, *bare;
};

static void look_for_dating(const struct node *node, struct dating *dating)
{
    if (is_junction(node)) {
        for (size_t i = 0; i < node->count; i++)
            look_for_dating(node->args[i], dating);
        return;
    }
    if (node->kind == NODE_TIME)
        dating->dated = node;
    else if (!dating->bare && node_varies(node))
        dating->bare = node;
}

static struct text written(struct checker *checker, const struct expr *expr)
{
    return expr ? sources_text(checker->program->sources, expr->span) : (struct text){0};
}

static void report_mixed(struct checker *checker, const struct part *part, const struct dating *dating)
{
    const struct expr *dated = dating->dated->expr, *bare = dating->bare->expr;
    struct text phrase = {0}, whole = written(checker, part->expr), first = written(checker, dated->args.at[0].value);
    struct text all = written(checker, dated), lacking = written(checker, bare);
    if (all.length > first.length)
        phrase = (struct text){all.at + first.length, all.length - first.length};
    while (phrase.length && (phrase.at[0] == ' ' || phrase.at[0] == ')' || phrase.at[0] == '\n'))
        phrase = (struct text){phrase.at + 1, phrase.length - 1};
    struct diag *diag = diag_add(checker->diags, DIAG_TIME_PART, bare->span, "this condition has no time phrase, and another beside it has one");
    diag_primary(checker->diags, diag, "at which steps must this hold?");
    diag_label(checker->diags, diag, dated->span, "dates only this");
    if (whole.length + lacking.length > 200 || !phrase.length) {
        diag_help(checker->diags, diag, "put the whole in parentheses before the phrase, or give each condition its own");
        return;
    }
    diag_help(checker->diags, diag, "give this one its own phrase: `%.*s %.*s`, or `%.*s throughout %s .. %s`; or put all in parentheses before one phrase: `(...) %.*s`",
              TEXT_ARGS(lacking), TEXT_ARGS(phrase), TEXT_ARGS(lacking), step_words(checker, checker->program->timeline.present),
              step_words(checker, checker->program->timeline.count - 1), TEXT_ARGS(phrase));
}

static void check_part(struct checker *checker, struct where *where, struct part *part)
{
    size_t mark = checker->rewrites.count;
    part->node = check_condition(checker, where, part->expr);
    part->read = part->expr;
    if (node_is_poison(part->node))
        return;
    part->read = explicit_expr(checker, part->expr, mark);
    if (!checker->program->timeline.given || !node_varies(part->node))
        return;
    struct dating dating = {0};
    look_for_dating(part->node, &dating);
    if (!dating.dated) {
        part->needs_default = true;
        return;
    }
    if (!dating.bare)
        return;
    report_mixed(checker, part, &dating);
    part->node = node_poison(checker, part->expr);
}

// The last step that time phrases in it look at, or `horizon` when a future decides; -1 when there are none.
static int last_step(const struct checker *checker, const struct node *node, int horizon)
{
    int last = -1;
    if (node->kind == NODE_TIME) {
        double instant;
        if (!node_is_constant(node->args[node->count - 1], &instant) || !node_is_constant(node->args[1], &instant))
            return horizon;
        node_is_constant(node->args[node->count - 1], &instant);
        last = timeline_step_at(&checker->program->timeline, instant);
        if (last < 0)
            return horizon;
    }
    for (size_t i = 0; i < node->count && last < horizon; i++) {
        int other = last_step(checker, node->args[i], horizon);
        last = other > last ? other : last;
    }
    return last;
}

static void report_past(struct checker *checker, const struct part *part, int start, int end)
{
    if (other_has_none(checker, "begins after what the claim is about"))
        return;
    struct diag *diag = diag_add(checker->diags, DIAG_WINDOW_EMPTY, part->expr->span, "this has no time phrase, and the claim's span is empty");
    diag_primary(checker->diags, diag, "read from the claim's start, %s, to its latest date, %s", step_words(checker, start), step_words(checker, end));
    diag_help(checker->diags, diag, "give it a time phrase of its own, such as `at %s`", step_words(checker, end));
}

// A part without time phrase is read throughout the span, an exception at some step of it.
static void give_default(struct checker *checker, struct part *part, int start, int end)
{
    if (!part->needs_default)
        return;
    if (end < start) {
        report_past(checker, part, start, end);
        part->node = node_poison(checker, part->expr);
        return;
    }
    struct node *node = node_new(checker, NODE_TIME, part->expr, 3);
    node->phrase = part->role == ROLE_EXCEPTION ? PHRASE_DURING : PHRASE_THROUGHOUT;
    node->type = type_truth;
    node->args[0] = part->node;
    node->args[1] = step_node(checker, part->expr, start);
    node->args[2] = step_node(checker, part->expr, end);
    part->node = node;
    part->read = phrase_expr(checker, node->phrase, part->read, start, end);
}

// ---- conditions that cannot be meant --------------------------------------------------------------------------------------------

static bool input_is_discrete(const struct input *input)
{
    for (size_t i = 0; i < input->instance_count; i++)
        for (size_t j = 0; j < input->instances[i].point_count; j++) {
            enum law law = input->instances[i].points[j].law.law;
            if (law != LAW_KNOWN && law != LAW_CHOICE && law != LAW_POSSIBLE)
                return false;
        }
    return true;
}

// Whether it can take only separate values. Looks at no more than *budget nodes, and takes the rest for discrete.
static bool is_discrete(const struct node *node, int *budget)
{
    if (--*budget < 0)
        return true;
    if (node->kind == NODE_INPUT && node->input)
        return input_is_discrete(node->input);
    if (node->kind == NODE_DEFINITION && node->definition && node->definition->body && !is_discrete(node->definition->body, budget))
        return false;
    if (node->kind == NODE_APPLY && (node->op == OP_FLOOR || node->op == OP_CEIL || node->op == OP_ROUND))
        return true;
    for (size_t i = 0; i < node->count; i++)
        if (!is_discrete(node->args[i], budget))
            return false;
    return true;
}

static bool is_hole(const struct node *node)
{
    return node->kind == NODE_HOLE;
}

static void report_asked_equation(struct checker *checker, const struct node *node)
{
    const struct node *known = node->args[is_hole(node->args[0])], *hole = node->args[!is_hole(node->args[0])];
    struct diag *diag = diag_add(checker->diags, DIAG_EQUATION, node->expr->span, "no value meets this equation in enough futures");
    diag_primary(checker->diags, diag, "this takes another value in each future");
    struct text left = written(checker, known->expr), right = written(checker, hole->expr);
    diag_help(checker->diags, diag, "ask for a bound, `%.*s > %.*s`, or for a value that it stays near, `%.*s within 10%% of %.*s`", TEXT_ARGS(left),
              TEXT_ARGS(right), TEXT_ARGS(left), TEXT_ARGS(right));
}

static void report_equation(struct checker *checker, const struct node *node)
{
    if (is_hole(node->args[0]) || is_hole(node->args[1])) {
        report_asked_equation(checker, node);
        return;
    }
    struct diag *diag = diag_add(checker->diags, DIAG_EQUATION, node->expr->span, "no future meets this equation exactly");
    diag_primary(checker->diags, diag, "both sides are continuous, so that this has probability zero");
    struct text left = written(checker, node->args[0]->expr), right = written(checker, node->args[1]->expr);
    if (left.length == 0 || right.length == 0 || left.length + right.length > 120) {
        diag_help(checker->diags, diag, "`set` the value if it is to be so, or allow a tolerance: `within 1%% of`");
        return;
    }
    diag_help(checker->diags, diag, "`set %.*s = %.*s` if it is to be so, or `%.*s within 1%% of %.*s` to keep the futures near it", TEXT_ARGS(left),
              TEXT_ARGS(right), TEXT_ARGS(left), TEXT_ARGS(right));
}

void refuse_equations(struct checker *checker, const struct node *node)
{
    while (node->kind == NODE_TIME)
        node = node->args[0];
    if (node->kind == NODE_APPLY && node->op == OP_AND) {
        for (size_t i = 0; i < node->count; i++)
            refuse_equations(checker, node->args[i]);
        return;
    }
    int budget = 20000;
    if (node->kind != NODE_APPLY || node->op != OP_EQ || node->args[0]->type.kind != KIND_QUANTITY)
        return;
    if (!is_discrete(node, &budget))
        report_equation(checker, node);
}

// In a conclusion an equation is only wrong where it asks for what it equals.
static void refuse_asked_equation(struct checker *checker, const struct part *part)
{
    const struct node *node = part->node;
    while (node->kind == NODE_TIME)
        node = node->args[0];
    if (node->kind == NODE_APPLY && node->op == OP_EQ && (is_hole(node->args[0]) || is_hole(node->args[1])))
        refuse_equations(checker, node);
}

static bool names_something(const struct expr *expr)
{
    if (expr->kind == EXPR_REF)
        return true;
    for (size_t i = 0; i < expr->args.count; i++)
        if (expr->args.at[i].value && names_something(expr->args.at[i].value))
            return true;
    return false;
}

static const char *constant_words(enum role role, bool holds)
{
    if (role == ROLE_PREMISE)
        return holds ? "this premise always holds, so that it says nothing" : "this premise never holds";
    if (role == ROLE_EXCEPTION)
        return holds ? "this exception always holds, so that the claim says nothing" : "this exception never holds";
    return holds ? "this always holds, whatever the inputs" : "this never holds, whatever the inputs";
}

// A claim over plain arithmetic is constant on purpose; a premise or what names something is not.
static void point_out_constants(struct checker *checker, const struct part *part)
{
    double value;
    const struct node *node = part->node;
    while (node->kind == NODE_TIME)
        node = node->args[0];
    if (node_is_poison(node) || !node_is_constant(node, &value))
        return;
    if (part->role == ROLE_CONCLUSION && !names_something(part->expr))
        return;
    struct diag *diag = diag_add(checker->diags, DIAG_CONSTANT_CONDITION, part->expr->span, "%s", constant_words(part->role, value != 0));
    diag_help(checker->diags, diag, "%s", part->role == ROLE_CONCLUSION ? "compare something that an input can change" : "leave it out, or name what was meant");
}

// ---- putting it together -----------------------------------------------------------------------------------------------------------

static struct node *joined(struct checker *checker, enum op op, struct node *a, struct node *b)
{
    if (!a)
        return b;
    if (node_is_poison(a) || node_is_poison(b))
        return node_poison(checker, b->expr);
    return node_apply(checker, b->expr, op, type_truth, a, b);
}

static const struct expr *joined_read(struct checker *checker, enum op op, const struct expr *a, const struct expr *b)
{
    if (!a)
        return b;
    struct expr *expr = arena_alloc(checker->arena, sizeof *expr);
    *expr = (struct expr){.kind = EXPR_APPLY, .op = op, .span = span_join(a->span, b->span)};
    expr->args.count = expr->args.room = 2;
    expr->args.at = arena_array(checker->arena, 2, sizeof *expr->args.at);
    for (int i = 0; i < 2; i++) {
        struct expr *side = arena_alloc(checker->arena, sizeof *side);
        *side = *(i ? b : a);
        bool loose = side->kind == EXPR_QUANTIFIED || side->kind == EXPR_IF ||
                     (side->kind == EXPR_APPLY && (side->op == OP_OR || side->op == OP_IMPLIES || side->op == OP_UNLESS) && side->op != op);
        side->parenthesised = side->parenthesised || loose;
        expr->args.at[i].value = side;
    }
    return expr;
}

static void join_part(struct checker *checker, const struct part *part, struct formula *formula)
{
    switch (part->role) {
    case ROLE_PREMISE:
        formula->premise = joined(checker, OP_AND, formula->premise, part->node);
        formula->premise_read = joined_read(checker, OP_AND, formula->premise_read, part->read);
        return;
    case ROLE_EXCEPTION:
        formula->exception = joined(checker, OP_OR, formula->exception, part->node);
        formula->exception_read = joined_read(checker, OP_OR, formula->exception_read, part->read);
        return;
    case ROLE_CONCLUSION:
        formula->conclusion = part->node;
        formula->conclusion_read = part->read;
        return;
    }
}

static struct node *whole(struct checker *checker, const struct expr *expr, const struct formula *formula)
{
    struct node *given = formula->premise;
    if (formula->exception && node_is_poison(formula->exception))
        return formula->exception;
    if (formula->exception) {
        struct node *none = node_apply(checker, formula->exception->expr, OP_NOT, type_truth, formula->exception, NULL);
        given = joined(checker, OP_AND, given, none);
    }
    if (!given)
        return formula->conclusion;
    if (node_is_poison(given) || node_is_poison(formula->conclusion))
        return node_poison(checker, expr);
    return node_apply(checker, expr, OP_IMPLIES, type_truth, given, formula->conclusion);
}

static const struct expr *whole_read(struct checker *checker, const struct formula *formula)
{
    const struct expr *read = formula->conclusion_read;
    if (formula->exception_read)
        read = joined_read(checker, OP_UNLESS, read, formula->exception_read);
    if (formula->premise_read)
        read = joined_read(checker, OP_IMPLIES, formula->premise_read, read);
    return read;
}

void check_formula(struct checker *checker, struct where *where, const struct expr *expr, struct formula *formula)
{
    struct part_list parts = {0};
    size_t mark = checker->rewrites.count;
    int horizon = checker->program->timeline.count - 1, end = -1;
    *formula = (struct formula){0};
    cut(checker, expr, &parts);
    for (size_t i = 0; i < parts.count; i++) {
        check_part(checker, where, &parts.at[i]);
        int last = last_step(checker, parts.at[i].node, horizon);
        end = last > end ? last : end;
    }
    formula->end = end < 0 ? horizon : end;
    for (size_t i = 0; i < parts.count; i++) {
        struct part *part = &parts.at[i];
        if (!node_is_poison(part->node)) {
            give_default(checker, part, where->start, formula->end);
            point_out_constants(checker, part);
        }
        if (part->role == ROLE_PREMISE && !node_is_poison(part->node))
            refuse_equations(checker, part->node);
        else if (!node_is_poison(part->node))
            refuse_asked_equation(checker, part);
        join_part(checker, part, formula);
    }
    formula->condition = whole(checker, expr, formula);
    checker->rewrites.count = mark;
    const struct expr *read = whole_read(checker, formula);
    if (read != expr)
        note_rewrite(checker, expr, read);
}
