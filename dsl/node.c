// Nodes and types: how they are made, compared and named.
#include <math.h>

#include "base/buffer.h"
#include "dsl/checker.h"

const struct type type_truth = {.kind = KIND_TRUTH};
const struct type type_date = {.kind = KIND_DATE};

struct node *node_new(struct checker *checker, enum node_kind kind, const struct expr *expr, size_t arg_count)
{
    struct node *node = arena_alloc(checker->arena, sizeof *node);
    *node = (struct node){.kind = kind, .expr = expr, .count = arg_count};
    node->args = arena_array(checker->arena, arg_count, sizeof *node->args);
    return node;
}

struct node *node_const(struct checker *checker, const struct expr *expr, struct type type, double value)
{
    struct node *node = node_new(checker, NODE_CONST, expr, 0);
    node->type = type;
    node->value = value;
    return node;
}

struct node *node_apply(struct checker *checker, const struct expr *expr, enum op op, struct type type, struct node *a, struct node *b)
{
    struct node *node = node_new(checker, NODE_APPLY, expr, b == NULL ? 1 : 2);
    node->op = op;
    node->type = type;
    node->args[0] = a;
    if (b != NULL)
        node->args[1] = b;
    return node;
}

struct node *node_poison(struct checker *checker, const struct expr *expr)
{
    return node_const(checker, expr, (struct type){.kind = KIND_ERROR}, NAN);
}

bool node_is_poison(const struct node *node)
{
    return node->type.kind == KIND_ERROR;
}

bool node_is_constant(const struct node *node, double *value)
{
    return !node_is_poison(node) && fold_node(node, value);
}

// ---- types -------------------------------------------------------------------------------------------------------------

struct type type_quantity(const struct dimension *dimension, const struct unit *shown)
{
    return (struct type){.kind = KIND_QUANTITY, .dimension = dimension, .shown = shown};
}

bool types_agree(const struct type *a, const struct type *b)
{
    if (a->kind == KIND_ERROR || b->kind == KIND_ERROR)
        return true;
    return a->kind == b->kind && a->dimension == b->dimension && a->index == b->index;
}

// "1/cm^2": as the author wrote it where that is known.
static void write_unit(struct checker *checker, struct buffer *buffer, const struct type *type)
{
    if (type->shown != NULL && type->shown->name.length > 0)
        buffer_add(buffer, type->shown->name);
    else if (type->said.length > 0)
        buffer_add(buffer, type->said);
    else
        dimension_print(buffer, checker->units, type->dimension);
}

const char *type_words(struct checker *checker, const struct type *type)
{
    struct buffer words = buffer_on(checker->arena);
    switch (type->kind) {
    case KIND_ERROR:
        return "something that is wrong itself";
    case KIND_TRUTH:
        return "a condition";
    case KIND_DATE:
        return "a date";
    case KIND_MEMBER:
        return arena_printf(checker->arena, "a member of %.*s", TEXT_ARGS(type->index->name));
    case KIND_QUANTITY:
        if (type->dimension == dimension_none(checker->units))
            return "a plain number";
        buffer_add_string(&words, "a quantity in ");
        write_unit(checker, &words, type);
    }
    return words.at;
}

const char *type_label(struct checker *checker, const struct type *type)
{
    if (type->kind != KIND_QUANTITY || type->dimension == dimension_none(checker->units))
        return type_words(checker, type);
    struct buffer words = buffer_on(checker->arena);
    buffer_add_string(&words, "in ");
    write_unit(checker, &words, type);
    return words.at;
}

enum { WORDS_MAX = 40 };

const char *expr_words(struct checker *checker, const struct expr *expr, const char *otherwise)
{
    struct text text = sources_text(checker->program->sources, expr->span);
    if (text.length == 0 || text.length > WORDS_MAX)
        return otherwise;
    for (size_t i = 0; i < text.length; i++)
        if (text.at[i] == '\n' || text.at[i] == '#')
            return otherwise;
    return arena_printf(checker->arena, "%.*s", TEXT_ARGS(text));
}
