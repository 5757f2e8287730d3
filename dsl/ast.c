#include "dsl/ast.h"

#include "base/arena.h"
#include "base/vector.h"

const char *const phrase_words[] = {
    [PHRASE_AT] = "at",       [PHRASE_BY] = "by",       [PHRASE_BEFORE] = "before", [PHRASE_AFTER] = "after",
    [PHRASE_FROM] = "from",   [PHRASE_UNTIL] = "until", [PHRASE_DURING] = "during", [PHRASE_THROUGHOUT] = "throughout",
};

struct expr *ast_expr(struct arena *arena, enum expr_kind kind, struct span span)
{
    struct expr *expr = arena_alloc(arena, sizeof *expr);
    expr->kind = kind;
    expr->span = span;
    return expr;
}

struct expr *ast_error(struct arena *arena, struct span span)
{
    return ast_expr(arena, EXPR_ERROR, span);
}

static void deepen(struct expr *expr, const struct expr *part)
{
    if (part != NULL && part->depth >= expr->depth)
        expr->depth = part->depth + 1;
}

void ast_push_arg(struct arena *arena, struct expr *expr, struct arg arg)
{
    deepen(expr, arg.value);
    deepen(expr, arg.given);
    vector_push(arena, &expr->args, arg);
}

void ast_push(struct arena *arena, struct expr *expr, struct expr *value)
{
    ast_push_arg(arena, expr, (struct arg){.value = value});
}

struct expr *ast_apply1(struct arena *arena, struct span span, enum op op, struct expr *a)
{
    struct expr *expr = ast_expr(arena, EXPR_APPLY, span);
    expr->op = op;
    ast_push(arena, expr, a);
    return expr;
}

struct expr *ast_apply2(struct arena *arena, struct span span, enum op op, struct expr *a, struct expr *b)
{
    struct expr *expr = ast_apply1(arena, span, op, a);
    ast_push(arena, expr, b);
    return expr;
}

struct expr *ast_apply3(struct arena *arena, struct span span, enum op op, struct expr *a, struct expr *b, struct expr *c)
{
    struct expr *expr = ast_apply2(arena, span, op, a, b);
    ast_push(arena, expr, c);
    return expr;
}

// A chain a < b < c has one operator fewer than arguments. The operators grow at the powers of two, where the count says it.
static void push_op(struct arena *arena, struct expr *chain, enum op op, struct span op_span)
{
    size_t count = chain->args.count - 1;
    if (count == 0 || (count & (count - 1)) == 0) {
        size_t room = count == 0 ? 1 : 2 * count;
        chain->ops = arena_grow(arena, chain->ops, count * sizeof *chain->ops, room * sizeof *chain->ops);
        chain->op_spans = arena_grow(arena, chain->op_spans, count * sizeof *chain->op_spans, room * sizeof *chain->op_spans);
    }
    chain->ops[count] = op;
    chain->op_spans[count] = op_span;
}

struct expr *ast_compare(struct arena *arena, struct span span, enum op op, struct span op_span, struct expr *a, struct expr *b)
{
    struct expr *chain = a;
    if (a->kind != EXPR_COMPARE || a->parenthesised) {
        chain = ast_expr(arena, EXPR_COMPARE, span);
        chain->op_span = op_span;
        ast_push(arena, chain, a);
    }
    chain->span = span;
    push_op(arena, chain, op, op_span);
    ast_push(arena, chain, b);
    return chain;
}

struct item *ast_item(struct arena *arena, enum item_kind kind, struct span span)
{
    struct item *item = arena_alloc(arena, sizeof *item);
    item->kind = kind;
    item->span = span;
    return item;
}

struct clause *ast_clause(struct arena *arena, enum clause_kind kind, struct span span)
{
    struct clause *clause = arena_alloc(arena, sizeof *clause);
    clause->kind = kind;
    clause->span = span;
    return clause;
}

void ast_add_clause(struct item *item, struct clause *clause)
{
    if (item->last_clause == NULL)
        item->clauses = clause;
    else
        item->last_clause->next = clause;
    item->last_clause = clause;
    item->clause_kinds |= 1u << clause->kind;
}
