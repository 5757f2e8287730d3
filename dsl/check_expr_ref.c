// Names in expressions: variables of an index, arguments of a def, inputs, definitions, claims, and units alone.
#include <math.h>

#include "base/buffer.h"
#include "dsl/checker.h"

// ---- members in brackets -----------------------------------------------------------------------------------------------

static int find_binder(const struct where *where, struct text name)
{
    for (size_t i = where->binder_count; i-- > 0;)
        if (text_equal(where->binders[i].name, name))
            return (int)i;
    return -1;
}

static int find_param(const struct where *where, struct text name)
{
    if (where->function == NULL)
        return -1;
    for (size_t i = 0; i < where->function->param_count; i++)
        if (text_equal(where->function->param_names[i], name))
            return (int)i;
    return -1;
}

bool is_variable(const struct where *where, struct text name)
{
    return find_binder(where, name) >= 0 || find_param(where, name) >= 0;
}

static struct node *binder_node(struct checker *checker, const struct where *where, const struct expr *expr, int slot)
{
    struct node *node = node_new(checker, NODE_BINDER, expr, 0);
    node->slot = slot;
    node->type = (struct type){.kind = KIND_MEMBER, .index = where->binders[slot].index};
    return node;
}

static struct node *param_node(struct checker *checker, const struct where *where, const struct expr *expr, int slot)
{
    struct node *node = node_new(checker, NODE_PARAM, expr, 0);
    node->slot = slot;
    node->type = where->function->param_types[slot];
    return node;
}

static bool is_plain_name(const struct expr *expr)
{
    return expr->kind == EXPR_REF && expr->args.count == 0;
}

static struct node *report_member(struct checker *checker, const struct node *node, const struct index *index)
{
    if (node_is_poison(node))
        return node_poison(checker, node->expr);
    struct diag *diag = diag_add(checker->diags, DIAG_KIND, node->expr->span, "expected a member of %.*s, found %s", TEXT_ARGS(index->name),
                                 type_words(checker, &node->type));
    diag_primary(checker->diags, diag, "this is %s", type_words(checker, &node->type));
    diag_label(checker->diags, diag, index->span, "`%.*s` is given here", TEXT_ARGS(index->name));
    return node_poison(checker, node->expr);
}

// What stands in brackets: a variable, an argument, a member, or something worth a member.
static struct node *check_member(struct checker *checker, struct where *where, const struct expr *expr, const struct index *index)
{
    struct type type = {.kind = KIND_MEMBER, .index = index};
    if (is_member_name(checker, where, expr, index))
        return node_const(checker, expr, type, find_member(index, expr->name.text));
    bool unknown = is_plain_name(expr) && find_binder(where, expr->name.text) < 0 && find_param(where, expr->name.text) < 0;
    if (unknown && find_symbol(checker, where->file, expr->name.text) == NULL) {
        need_member(checker, index, expr->name);
        return node_poison(checker, expr);
    }
    struct node *node = check_expr(checker, where, expr);
    return types_agree(&node->type, &type) && !node_is_poison(node) ? node : report_member(checker, node, index);
}

static const char *bracket_example(struct checker *checker, struct text name, size_t count, const struct index *const *indexes)
{
    struct buffer example = buffer_on(checker->arena);
    buffer_add(&example, name);
    for (size_t i = 0; i < count; i++)
        if (indexes[i]->count > 0)
            buffer_printf(&example, "%s%.*s", i == 0 ? "[" : ", ", TEXT_ARGS(indexes[i]->members[0]));
    buffer_add_string(&example, count > 0 ? "]" : "");
    return example.at;
}

// The members in the brackets of `expr` as args of `node`; false after a diagnostic.
static bool check_members(struct checker *checker, struct where *where, struct node *node, size_t count, const struct index *const *indexes)
{
    const struct expr *expr = node->expr;
    if (expr->args.count != count) {
        struct diag *diag = diag_add(checker->diags, DIAG_MEMBER_COUNT, expr->span, count == 0 ? "`%.*s` has no members" : "`%.*s` needs %s in brackets",
                                     TEXT_ARGS(expr->name.text), count == 1 ? "a member" : "its members");
        diag_primary(checker->diags, diag, "%zu given, %zu expected", expr->args.count, count);
        if (count > 0)
            diag_label(checker->diags, diag, indexes[0]->span, "members of this index");
        diag_help(checker->diags, diag, "write `%s`", bracket_example(checker, expr->name.text, count, indexes));
        return false;
    }
    for (size_t i = 0; i < count; i++)
        node->args[i] = check_member(checker, where, expr->args.at[i].value, indexes[i]);
    return !any_poison(node);
}

// ---- what symbols are worth --------------------------------------------------------------------------------------------

static struct node *input_node(struct checker *checker, struct where *where, const struct expr *expr, const struct input *input)
{
    struct node *node = node_new(checker, NODE_INPUT, expr, input->param_count);
    node->input = input;
    node->type = input->type;
    return check_members(checker, where, node, input->param_count, input->params) ? node : node_poison(checker, expr);
}

// A definition without a type met while it is being checked: taken to be like the value it starts from.
static bool know_type(struct checker *checker, const struct expr *expr, struct definition *definition, const struct type *recursive)
{
    if (definition->type.kind == KIND_ERROR && recursive != NULL)
        definition->type = *recursive;
    if (definition->type.kind != KIND_ERROR)
        return true;
    struct diag *diag = diag_add(checker->diags, DIAG_TYPE_NEEDED, expr->span, "the unit of `%.*s` cannot be told from itself", TEXT_ARGS(definition->name));
    diag_primary(checker->diags, diag, "it looks back at itself here");
    diag_label(checker->diags, diag, definition->span, "no unit is given here");
    diag_help(checker->diags, diag, "say it: `let %.*s : 1 = ...` for a mere number, or a unit such as `: USD` instead of the 1", TEXT_ARGS(definition->name));
    return false;
}

static struct node *definition_node(struct checker *checker, struct where *where, const struct expr *expr, struct symbol *symbol,
                                    const struct type *recursive)
{
    struct definition *definition = symbol->definition;
    if (symbol->state == SYMBOL_CHECKING && !know_type(checker, expr, definition, recursive))
        return node_poison(checker, expr);
    struct node *node = node_new(checker, NODE_DEFINITION, expr, definition->param_count);
    node->definition = definition;
    node->type = definition->type;
    return check_members(checker, where, node, definition->param_count, definition->params) ? node : node_poison(checker, expr);
}

static struct node *claim_node(struct checker *checker, struct where *where, const struct expr *expr, const struct claim *claim)
{
    if (claim->broken)
        return node_poison(checker, expr);
    if (claim->condition == NULL) {
        struct diag *diag = diag_add(checker->diags, DIAG_KIND, expr->span, "`%.*s` is only recorded: it has no formula", TEXT_ARGS(claim->name));
        diag_label(checker->diags, diag, claim->span, "nothing to test is said here");
        return node_poison(checker, expr);
    }
    struct node *node = node_new(checker, NODE_CLAIM, expr, claim->param_count);
    node->claim = claim;
    node->type = type_truth;
    return check_members(checker, where, node, claim->param_count, claim->params) ? node : node_poison(checker, expr);
}

// A def is a pure function: what it uses beside its arguments must be a constant.
static bool is_pure(struct checker *checker, const struct where *where, const struct expr *expr, const struct node *node)
{
    double value;
    bool constant = node->kind == NODE_DEFINITION && node->count == 0 && node->definition->body != NULL && fold_deep(node, &value);
    if (where->kind != PLACE_FUNCTION || node_is_poison(node) || constant)
        return true;
    struct diag *diag = diag_add(checker->diags, DIAG_FUNCTION_IMPURE, expr->span, "a `def` knows only its arguments and constants");
    diag_primary(checker->diags, diag, "`%.*s` is neither", TEXT_ARGS(expr->name.text));
    diag_help(checker->diags, diag, "pass it: add an argument and write `%.*s` where the function is called", TEXT_ARGS(expr->name.text));
    return false;
}

static struct node *report_no_value(struct checker *checker, const struct expr *expr, const struct symbol *symbol)
{
    struct text name = expr->name.text;
    const char *kind = symbol_kind_words(symbol->kind);
    struct diag *diag = diag_add(checker->diags, DIAG_NAME_KIND, expr->span, "`%.*s` is %s and has no value", TEXT_ARGS(name), kind);
    diag_primary(checker->diags, diag, "a value is needed here");
    diag_label(checker->diags, diag, symbol->span, "%s", kind);
    if (symbol->kind == SYMBOL_FUNCTION)
        diag_help(checker->diags, diag, "call it with its arguments: `%.*s(...)`", TEXT_ARGS(name));
    else if (symbol->kind == SYMBOL_SCENARIO)
        diag_help(checker->diags, diag, "`x under %.*s` is the value of x in its world", TEXT_ARGS(name));
    else if (symbol->kind == SYMBOL_INDEX)
        diag_help(checker->diags, diag, "name a member, or run over all: `sum(x[i] over i in %.*s)`", TEXT_ARGS(name));
    return node_poison(checker, expr);
}

static struct node *symbol_node(struct checker *checker, struct where *where, const struct expr *expr, struct symbol *symbol)
{
    if ((symbol->kind & SYMBOL_VALUE) == 0)
        return report_no_value(checker, expr, symbol);
    const struct type *recursive = where->recursive;
    where->recursive = NULL;
    if (!check_symbol(checker, symbol, expr->span))
        return node_poison(checker, expr);
    struct node *node;
    if (symbol->kind == SYMBOL_INPUT)
        node = input_node(checker, where, expr, symbol->input);
    else if (symbol->kind == SYMBOL_DEFINITION)
        node = definition_node(checker, where, expr, symbol, recursive);
    else
        node = claim_node(checker, where, expr, symbol->claim);
    return is_pure(checker, where, expr, node) ? node : node_poison(checker, expr);
}

// ---- built-in names and units ------------------------------------------------------------------------------------------

static struct node *now_node(struct checker *checker, const struct expr *expr)
{
    if (!must_have_timeline(checker, expr, "now"))
        return node_poison(checker, expr);
    struct node *node = node_new(checker, NODE_NOW, expr, 0);
    node->type = type_date;
    return node;
}

// The first instant of the step in which the future begins.
static struct node *present_node(struct checker *checker, const struct expr *expr)
{
    const struct timeline *timeline = &checker->program->timeline;
    if (!must_have_timeline(checker, expr, "present"))
        return node_poison(checker, expr);
    return node_const(checker, expr, type_date, timeline->start + timeline->present * timeline->length);
}

static struct node *step_node(struct checker *checker, const struct expr *expr)
{
    if (!must_have_timeline(checker, expr, "dt"))
        return node_poison(checker, expr);
    const struct unit *year = units_word(checker->units, TEXT("year"), false);
    return node_const(checker, expr, type_quantity(year->dimension, year), checker->program->timeline.length);
}

bool is_built_in_value(struct text name)
{
    static const char *const names[] = {"now", "present", "dt", "true", "false", "yes", "no"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (text_is(name, names[i]))
            return true;
    return false;
}

static struct node *built_in(struct checker *checker, const struct expr *expr)
{
    struct text name = expr->name.text;
    if (text_is(name, "now"))
        return now_node(checker, expr);
    if (text_is(name, "present"))
        return present_node(checker, expr);
    if (text_is(name, "dt"))
        return step_node(checker, expr);
    if (text_is(name, "true") || text_is(name, "yes"))
        return node_const(checker, expr, type_truth, 1);
    if (text_is(name, "false") || text_is(name, "no"))
        return node_const(checker, expr, type_truth, 0);
    return NULL;
}

static struct node *unit_node(struct checker *checker, const struct expr *expr, const struct unit *unit, bool fits)
{
    if (fits)
        return node_const(checker, expr, type_quantity(unit->dimension, unit), unit_to_base(unit, 1));
    struct diag *diag = diag_add(checker->diags, DIAG_UNIT_ALONE, expr->span, "`%.*s` is a unit, not a value", TEXT_ARGS(expr->name.text));
    diag_primary(checker->diags, diag, "a value was expected");
    diag_help(checker->diags, diag, "write how many: `1 %.*s`, or `x * %.*s` with a number x", TEXT_ARGS(unit->name), TEXT_ARGS(unit->name));
    return node_poison(checker, expr);
}

// An index that has the name as a member.
static const struct index *index_with(const struct checker *checker, size_t file, struct text member)
{
    const struct visible_list none = {0}, *list = file < checker->forest->file_count ? &checker->visible[file] : &none;
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].symbol->kind == SYMBOL_INDEX && find_member(list->at[i].symbol->index, member) >= 0)
            return list->at[i].symbol->index;
    return NULL;
}

static struct node *report_unknown(struct checker *checker, const struct where *where, const struct expr *expr)
{
    struct text name = expr->name.text;
    if (name_is_absent(checker, where->file, name))
        return node_poison(checker, expr);
    struct diag *diag = diag_add(checker->diags, DIAG_NAME_UNKNOWN, expr->name.span, "`%.*s` is not defined", TEXT_ARGS(name));
    diag_primary(checker->diags, diag, "nothing has this name here");
    // What is only counted needs no remedy, and looking for one takes a walk over all names.
    if (checker->diags->error_count > LIMIT_DIAGS)
        return node_poison(checker, expr);
    const struct index *index = index_with(checker, where->file, name);
    struct text near = nearest_name(checker, where->file, name, SYMBOL_VALUE);
    struct text unit = units_nearest(checker->units, name);
    if (index != NULL)
        diag_help(checker->diags, diag, "`%.*s` is a member of `%.*s`: ask `x is %.*s`, or put it in brackets behind a name", TEXT_ARGS(name),
                  TEXT_ARGS(index->name), TEXT_ARGS(name));
    else if (is_function_name(name))
        diag_help(checker->diags, diag, "a function is followed by its arguments: `%.*s(...)`", TEXT_ARGS(name));
    else if (units_word(checker->units, name, false) != NULL)
        diag_help(checker->diags, diag, "as a unit it needs a number before it: `1 %.*s`", TEXT_ARGS(name));
    else if (near.length > 0)
        diag_help(checker->diags, diag, "did you mean `%.*s`?", TEXT_ARGS(near));
    else if (unit.length > 0 && expr->args.count == 0)
        diag_help(checker->diags, diag, "did you mean the unit `%.*s`? Otherwise declare it: `input %.*s = ...`", TEXT_ARGS(unit), TEXT_ARGS(name));
    else
        diag_help(checker->diags, diag, "declare it: `input %.*s = ...` or `let %.*s = ...`", TEXT_ARGS(name), TEXT_ARGS(name));
    return node_poison(checker, expr);
}

struct node *check_reference(struct checker *checker, struct where *where, const struct expr *expr)
{
    bool unit_fits = where->unit_fits;
    where->unit_fits = false;
    struct text name = expr->name.text;
    int slot = is_plain_name(expr) ? find_binder(where, name) : -1;
    if (slot >= 0)
        return binder_node(checker, where, expr, slot);
    slot = is_plain_name(expr) ? find_param(where, name) : -1;
    if (slot >= 0)
        return param_node(checker, where, expr, slot);
    struct symbol *symbol = find_symbol(checker, where->file, name);
    if (symbol != NULL && symbol->kind == SYMBOL_SCENARIO && symbol->item == NULL)
        return report_unknown(checker, where, expr); // `baseline` is a word of claims
    if (symbol != NULL)
        return symbol_node(checker, where, expr, symbol);
    struct node *node = is_plain_name(expr) ? built_in(checker, expr) : NULL;
    if (node != NULL)
        return node;
    const struct unit *unit = is_plain_name(expr) ? units_word(checker->units, name, true) : NULL;
    // `us` is a microsecond, and may be a member; `packages` is a unit, and may be what another forecast defines.
    bool of_time = unit != NULL && dimension_is_time(checker->units, unit->dimension);
    if (unit == NULL || index_with(checker, where->file, name) != NULL || (!of_time && absent_name(checker, where->file, name) != NULL))
        return report_unknown(checker, where, expr);
    return unit_node(checker, expr, unit, unit_fits);
}
