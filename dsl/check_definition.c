// `let` and `def`: what a name is worth, and what it is called with.
#include <math.h>

#include "dsl/checker.h"
#include "dsl/limits.h"

// ---- let ---------------------------------------------------------------------------------------------------------------

static struct node *check_body(struct checker *checker, struct where *where, struct symbol *symbol)
{
    const struct item *item = symbol->item;
    struct definition *definition = symbol->definition;
    if (item->value == NULL)
        return NULL;
    if (item->type == NULL)
        return check_expr(checker, where, item->value);
    if (!check_type(checker, symbol->file, item->type, &definition->type))
        return NULL;
    return check_as(checker, where, item->value, &definition->type, definition->type.shown);
}

// A definition that looks back at itself was taken to be like its value before the first step.
static bool agrees_with_itself(struct checker *checker, const struct definition *definition, const struct node *body)
{
    if (definition->type.kind == KIND_ERROR || types_agree(&definition->type, &body->type))
        return true;
    struct diag *diag = diag_add(checker->diags, DIAG_UNITS, body->expr->span, "`%.*s` looks back at itself as %s, but is %s", TEXT_ARGS(definition->name),
                                 type_words(checker, &definition->type), type_words(checker, &body->type));
    diag_primary(checker->diags, diag, "this is %s", type_words(checker, &body->type));
    diag_help(checker->diags, diag, "the value before the first step needs the unit of the whole right side");
    return false;
}

void check_definition(struct checker *checker, struct symbol *symbol)
{
    struct definition *definition = symbol->definition;
    const struct timeline *timeline = &checker->program->timeline;
    struct where where = {.kind = PLACE_DEFINITION, .file = symbol->file, .start = timeline->present, .end = timeline->count - 1};
    bool good = check_params(checker, &where, &symbol->item->params, &definition->params);
    definition->param_count = symbol->item->params.count;
    definition->varies = true; // until it is known: what looks back at itself does
    struct node *body = good ? check_body(checker, &where, symbol) : NULL;
    if (body == NULL || node_is_poison(body) || !agrees_with_itself(checker, definition, body)) {
        symbol->state = SYMBOL_BROKEN;
        return;
    }
    definition->body = body;
    if (symbol->item->type == NULL)
        definition->type = body->type;
    definition->varies = node_varies(body);
    definition->constant = definition->param_count == 0 && !definition->varies && fold_deep(body, &definition->value);
    definition->limit = where.limit_count == 1 ? where.limit : NULL;
}

// ---- def ---------------------------------------------------------------------------------------------------------------

static bool param_type(struct checker *checker, size_t file, const struct param *param, struct type *type)
{
    *type = (struct type){.kind = KIND_ERROR};
    if (param->unit == NULL && param->type.text.length == 0)
        return true; // of any type: the body is checked anew for each
    struct type_expr written = {.span = param->name.span, .unit = param->unit, .word = param->type};
    return check_type(checker, file, &written, type);
}

static bool all_typed(const struct function *function)
{
    for (size_t i = 0; i < function->param_count; i++)
        if (function->param_types[i].kind == KIND_ERROR)
            return false;
    return true;
}

static bool check_function_body(struct checker *checker, struct symbol *symbol, struct function *function)
{
    struct where where = {.kind = PLACE_FUNCTION, .file = symbol->file, .function = function};
    if (symbol->item->value == NULL)
        return false;
    function->body = check_expr(checker, &where, symbol->item->value);
    function->type = function->body->type;
    return !node_is_poison(function->body);
}

void check_function(struct checker *checker, struct symbol *symbol)
{
    const struct param_list *params = &symbol->item->params;
    struct text *names = arena_array(checker->arena, params->count, sizeof *names);
    struct type *types = arena_array(checker->arena, params->count, sizeof *types);
    struct function *function = symbol->function;
    function->param_count = params->count;
    function->param_names = names;
    function->param_types = types;
    bool good = true;
    for (size_t i = 0; i < params->count; i++) {
        names[i] = params->at[i].name.text;
        good = param_type(checker, symbol->file, &params->at[i], &types[i]) && good;
    }
    if (!good || (all_typed(function) && !check_function_body(checker, symbol, function)))
        symbol->state = SYMBOL_BROKEN;
}

static bool same_types(const struct function *function, const struct type *types)
{
    for (size_t i = 0; i < function->param_count; i++)
        if (!types_agree(&function->param_types[i], &types[i]))
            return false;
    return true;
}

static struct function *found_case(struct checker *checker, struct function_case *known)
{
    if (known->absence != NULL)
        note_absence(checker, known->absence);
    return node_is_poison(known->function.body) ? NULL : &known->function;
}

struct function *function_for(struct checker *checker, struct symbol *symbol, const struct type *types, struct span user)
{
    if (all_typed(symbol->function))
        return symbol->function;
    for (struct function_case *known = symbol->cases; known != NULL; known = known->next)
        if (same_types(&known->function, types))
            return found_case(checker, known);
    struct function_case *made = arena_alloc(checker->arena, sizeof *made);
    made->function = *symbol->function;
    made->function.param_types = types;
    // While the body is checked the symbol counts as not finished, so that a def that calls itself is found.
    symbol->state = SYMBOL_CHECKING;
    symbol->delayed = false;
    symbol->user = user;
    vector_push(checker->arena, &checker->stack, symbol);
    const char *absence = checker->absence;
    checker->absence = NULL;
    bool good = check_function_body(checker, symbol, &made->function);
    made->absence = checker->absence;
    checker->absence = absence;
    if (made->absence != NULL)
        note_absence(checker, made->absence);
    checker->stack.count--;
    if (symbol->state == SYMBOL_BROKEN)
        return NULL;
    symbol->state = SYMBOL_CHECKED;
    made->next = symbol->cases;
    symbol->cases = made;
    return good ? &made->function : NULL;
}
