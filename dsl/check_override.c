// `set`, `with` and the values of concessions: what stands in the place of an input or a definition.
#include <math.h>

#include "base/buffer.h"
#include "dsl/check_claim.h"
#include "dsl/check_input.h"

// What is set: the parameters of an input or a definition.
struct target {
    const struct param_list *list;
    size_t count;
    const struct index *const *params;
    struct type type;
};

static bool find_target(struct checker *checker, const struct where *where, const struct expr *expr, struct override *override, struct target *target)
{
    if (expr->kind == EXPR_ERROR)
        return false;
    if (expr->kind != EXPR_REF) {
        struct diag *diag = diag_add(checker->diags, DIAG_SET_TARGET, expr->span, "this is not the name of an input or a definition");
        diag_help(checker->diags, diag, "set one by its name: `set smuggled[china] = 0 chip/year`");
        return false;
    }
    struct symbol *symbol = need_symbol(checker, where->file, expr->name, SYMBOL_INPUT | SYMBOL_DEFINITION, "input or definition");
    if (!symbol)
        return false;
    if (symbol->kind == SYMBOL_INPUT) {
        override->input = symbol->input;
        *target = (struct target){&symbol->item->params, symbol->input->param_count, symbol->input->params, symbol->input->type};
    } else {
        override->definition = symbol->definition;
        *target = (struct target){&symbol->item->params, symbol->definition->param_count, symbol->definition->params, symbol->definition->type};
    }
    return true;
}

static bool find_members(struct checker *checker, const struct expr *expr, const struct target *target, struct override *override)
{
    int *members = arena_array(checker->arena, target->count, sizeof *members);
    override->members = members;
    for (size_t i = 0; i < target->count; i++)
        members[i] = -1;
    if (expr->args.count == 0)
        return true;
    if (expr->args.count != target->count) {
        struct diag *diag = diag_add(checker->diags, DIAG_SET_TARGET, expr->span, "`%.*s` has %zu indexes, and here are %zu members", TEXT_ARGS(expr->name.text),
                                     target->count, expr->args.count);
        diag_help(checker->diags, diag, "%s", target->count ? "name a member for each index, or leave the brackets out to set all" : "leave the brackets out");
        return false;
    }
    for (size_t i = 0; i < target->count; i++) {
        const struct expr *member = expr->args.at[i].value;
        if (member->kind != EXPR_REF)
            return false;
        // `set compute[a] = ...` with the definition's own letter speaks about every member.
        if (i < target->list->count && text_equal(member->name.text, target->list->at[i].name.text) && target->list->at[i].set.text.length > 0)
            continue;
        members[i] = need_member(checker, target->params[i], member->name);
        if (members[i] < 0)
            return false;
    }
    return true;
}

// The parameters that are not fixed by a member; their slots too.
static size_t free_params(struct checker *checker, const struct target *target, const int *members, const struct index ***params, int **slots)
{
    size_t count = 0;
    *params = arena_array(checker->arena, target->count, sizeof **params);
    *slots = arena_array(checker->arena, target->count, sizeof **slots);
    for (size_t i = 0; i < target->count; i++)
        if (members[i] < 0) {
            (*params)[count] = target->params[i];
            (*slots)[count++] = (int)i;
        }
    return count;
}

// The draw of a hidden input; slots[i] is the slot of its parameter i.
static struct node *hidden_node(struct checker *checker, const struct expr *expr, const struct input *input, const int *slots)
{
    struct node *node = node_new(checker, NODE_INPUT, expr, input->param_count);
    node->input = input;
    node->type = input->type;
    for (size_t i = 0; i < input->param_count; i++) {
        node->args[i] = node_new(checker, NODE_BINDER, expr, 0);
        node->args[i]->slot = slots ? slots[i] : (int)i;
        node->args[i]->type = (struct type){.kind = KIND_MEMBER, .index = input->params[i]};
    }
    return node;
}

static bool path_is_drawn(const struct expr *expr)
{
    if (expr->kind != EXPR_CALL || !text_is(expr->name.text, "interpolate"))
        return false;
    for (size_t i = 0; i < expr->args.count; i++)
        if (form_is_drawn(expr->args.at[i].value))
            return true;
    return false;
}

static bool is_drawn(const struct expr *expr)
{
    return form_is_drawn(expr) || path_is_drawn(expr);
}

// The right side of `set` or `with`: a hidden input when it is a range, a spread or a distribution.
static struct node *check_set_value(struct checker *checker, struct where *where, const struct expr *expr, const struct type *type, struct text name)
{
    if (!is_drawn(expr))
        return check_as(checker, where, expr, type, bare_unit(checker, type));
    const struct input *input = hidden_input(checker, where->file, expr, &(struct hidden){.name = name, .type = *type, .set = where->set});
    return input ? hidden_node(checker, expr, input, NULL) : node_poison(checker, expr);
}

static struct node *override_value(struct checker *checker, struct where *where, const struct expr *value, const struct target *target, const int *members, struct text name)
{
    const struct index **params;
    int *slots;
    if (!is_drawn(value))
        return check_set_value(checker, where, value, &target->type, name);
    size_t count = free_params(checker, target, members, &params, &slots);
    const struct input *input = hidden_input(checker, where->file, value, &(struct hidden){name, target->type, count, params, where->set});
    return input ? hidden_node(checker, value, input, slots) : node_poison(checker, value);
}

static struct where inside_target(const struct where *where, const struct target *target)
{
    struct where inner = *where;
    inner.kind = PLACE_DEFINITION;
    inner.binder_count = 0;
    for (size_t i = 0; i < target->count && i < BINDER_MAX; i++) {
        struct text name = i < target->list->count && target->list->at[i].set.text.length ? target->list->at[i].name.text : (struct text){0};
        inner.binders[inner.binder_count++] = (struct binder){name, target->params[i]};
    }
    return inner;
}

static bool some_fixed(const struct target *target, const int *members)
{
    for (size_t i = 0; i < target->count; i++)
        if (members[i] >= 0)
            return true;
    return false;
}

bool check_override(struct checker *checker, struct where *where, const struct expr *expr, const struct expr *value, struct override *override)
{
    struct target target;
    *override = (struct override){.span = span_join(expr->span, value->span)};
    if (!find_target(checker, where, expr, override, &target) || !find_members(checker, expr, &target, override) || value->kind == EXPR_ERROR)
        return false;
    struct where inner = inside_target(where, &target);
    // A hidden input has the name of what it stands for: it is shown by it, and draws the same numbers.
    struct text name = some_fixed(&target, override->members) ? sources_text(checker->program->sources, expr->span) : expr->name.text;
    override->value = override_value(checker, &inner, value, &target, override->members, name);
    if (override->value->kind == NODE_HOLE && where->claim) {
        where->claim->hole.kind = HOLE_INPUT;
        where->claim->hole.override = *override;
    }
    return !node_is_poison(override->value);
}

bool same_target(const struct override *a, const struct override *b)
{
    if (a->input != b->input || a->definition != b->definition)
        return false;
    size_t count = a->input ? a->input->param_count : a->definition->param_count;
    for (size_t i = 0; i < count; i++)
        if (a->members[i] != b->members[i])
            return false;
    return true;
}

bool push_override(struct checker *checker, struct override_list *list, const struct override *override)
{
    for (size_t i = 0; i < list->count; i++) {
        if (!same_target(&list->at[i], override))
            continue;
        struct diag *diag = diag_add(checker->diags, DIAG_SET_TWICE, override->span, "this was set already");
        diag_label(checker->diags, diag, list->at[i].span, "the first time");
        diag_help(checker->diags, diag, "keep one of the two, or put each into a scenario of its own");
        return false;
    }
    vector_push(checker->arena, list, *override);
    return true;
}
