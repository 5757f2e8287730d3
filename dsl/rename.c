#include "dsl/rename.h"

#include "base/arena.h"
#include "dsl/ast.h"

static void rename_text(const struct renames *renames, struct text *name)
{
    for (size_t i = 0; i < renames->count; i++)
        if (text_equal(renames->at[i].from, *name)) {
            *name = renames->at[i].to;
            return;
        }
}

static void rename_args(struct arena *arena, const struct renames *renames, struct arg_list *args)
{
    if (args->count == 0)
        return;
    struct arg *at = arena_array(arena, args->count, sizeof *at);
    for (size_t i = 0; i < args->count; i++) {
        at[i] = args->at[i];
        at[i].value = expr_renamed(arena, renames, at[i].value);
        at[i].given = expr_renamed(arena, renames, at[i].given);
    }
    *args = (struct arg_list){at, args->count, args->count};
}

struct expr *expr_renamed(struct arena *arena, const struct renames *renames, struct expr *expr)
{
    if (!expr || renames->count == 0)
        return expr;
    struct expr *copy = arena_alloc(arena, sizeof *copy);
    *copy = *expr;
    if (expr->kind == EXPR_REF || expr->kind == EXPR_UNDER)
        rename_text(renames, &copy->name.text);
    // What stands in brackets behind a name are members.
    if (expr->kind != EXPR_REF)
        rename_args(arena, renames, &copy->args);
    return copy;
}

static void rename_names(struct arena *arena, const struct renames *renames, struct name_list *names)
{
    if (names->count == 0)
        return;
    struct name *at = arena_array(arena, names->count, sizeof *at);
    for (size_t i = 0; i < names->count; i++) {
        at[i] = names->at[i];
        rename_text(renames, &at[i].text);
    }
    *names = (struct name_list){at, names->count, names->count};
}

static void add_clause(struct arena *arena, const struct renames *renames, const struct clause *clause, struct item *item)
{
    struct clause *copy = arena_alloc(arena, sizeof *copy);
    *copy = *clause;
    copy->next = NULL;
    copy->target = expr_renamed(arena, renames, clause->target);
    copy->value = expr_renamed(arena, renames, clause->value);
    if (renames->count > 0 && clause->kind != CLAUSE_CITE)
        rename_names(arena, renames, &copy->names);
    ast_add_clause(item, copy);
}

static struct item *items_renamed(struct arena *arena, const struct renames *renames, const struct item *items)
{
    struct item *first = NULL, **end = &first;
    for (; items; items = items->next) {
        *end = item_renamed(arena, renames, items);
        end = &(*end)->next;
    }
    return first;
}

struct item *item_renamed(struct arena *arena, const struct renames *renames, const struct item *item)
{
    struct item *copy = arena_alloc(arena, sizeof *copy);
    *copy = *item;
    copy->next = NULL;
    copy->target = expr_renamed(arena, renames, item->target);
    copy->value = expr_renamed(arena, renames, item->value);
    copy->clauses = copy->last_clause = NULL;
    copy->clause_kinds = 0;
    for (const struct clause *clause = item->clauses; clause; clause = clause->next)
        add_clause(arena, renames, clause, copy);
    copy->items = items_renamed(arena, renames, item->items);
    return copy;
}
