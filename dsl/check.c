#include "dsl/check.h"

#include <math.h>

#include "base/buffer.h"
#include "dsl/check_claim.h"
#include "dsl/check_variant.h"
#include "dsl/checker.h"
#include "dsl/limits.h"

// ---- units -------------------------------------------------------------------------------------------------------------

static void report_unit_taken(struct checker *checker, const struct item *item, const struct unit *taken, const struct item *first)
{
    struct text name = item->name.text;
    if (taken == NULL) {
        struct diag *diag = diag_add(checker->diags, DIAG_LIMIT, item->name.span, "more than %d base units", LIMIT_DIMENSIONS);
        diag_help(checker->diags, diag, "make it a plain number: `unit %.*s = 1`", TEXT_ARGS(name));
        return;
    }
    struct diag *diag = diag_add(checker->diags, DIAG_UNIT_TWICE, item->name.span, "`%.*s` already means the unit `%.*s`", TEXT_ARGS(name), TEXT_ARGS(taken->name));
    diag_primary(checker->diags, diag, "given another meaning here");
    if (first != NULL)
        diag_label(checker->diags, diag, first->name.span, "given here first");
    diag_help(checker->diags, diag, "choose another name, or leave the line out and use the unit that is there");
}

static bool factors_known(struct checker *checker, const struct expr *value)
{
    for (size_t i = 0; value->unit != NULL && i < value->unit->count; i++)
        if (units_word(checker->units, value->unit->factors[i].word, false) == NULL)
            return false;
    return true;
}

// What `unit PFLOPS = 1e15 FLOP/s` is worth: a number of a unit. False after a diagnostic.
static bool unit_value(struct checker *checker, size_t file, const struct expr *expr, double *value, struct unit *of)
{
    struct where where = {.kind = PLACE_CONSTANT, .file = file};
    struct node *node = check_expr(checker, &where, expr);
    if (node_is_poison(node) || !must_be_quantity(checker, node))
        return false;
    if (!fold_deep(node, value) || !(*value > 0) || isinf(*value)) {
        diag_help(checker->diags, diag_add(checker->diags, DIAG_NOT_CONSTANT, expr->span, "a unit is worth a fixed number above 0 of other units"),
                  "write it as in `unit PFLOPS = 1e15 FLOP/s`");
        return false;
    }
    *of = (struct unit){.dimension = node->type.dimension, .multiply = 1, .divide = 1};
    if (expr->kind == EXPR_NUMBER && node->type.shown != NULL) {
        *of = *node->type.shown; // keeps the factor a quotient
        *value = expr->number;
    }
    return true;
}

static bool same_unit(const struct unit *a, const struct unit *b, double value)
{
    return a->dimension == b->dimension && unit_to_base(a, 1) == unit_to_base(b, value);
}

// A unit that a file makes.
struct pending {
    const struct item *item;
    size_t file;
    bool done;
};

static void add_unit(struct checker *checker, struct map *first, struct pending *pending)
{
    const struct item *item = pending->item;
    pending->done = true;
    const struct unit *taken = NULL, *made;
    double value = 1;
    struct unit of;
    bool same;
    if (item->value == NULL) {
        made = units_add_base(checker->units, item->name.text, &taken);
        same = made == NULL && taken != NULL && unit_is_base(checker->units, taken) && text_equal(taken->name, item->name.text);
    } else {
        if (!unit_value(checker, pending->file, item->value, &value, &of))
            return;
        made = units_add_derived(checker->units, item->name.text, value, &of, &taken);
        same = made == NULL && same_unit(taken, &of, value);
    }
    struct pending *known = map_get(first, item->name.text);
    if (made == NULL && !same)
        report_unit_taken(checker, item, taken, known == NULL ? NULL : known->item);
    if (made != NULL)
        map_put(first, item->name.text, pending);
}

// Base units first, then those made of known ones, until the rest is made of unknown ones, which is told.
static void check_units(struct checker *checker)
{
    struct map first = map_on(checker->arena);
    VECTOR(struct pending) list = {0};
    for (size_t file = 0; file < checker->forest->file_count; file++)
        for (const struct item *item = checker->forest->files[file].tree->items; item != NULL; item = item->next)
            if (item->kind == ITEM_UNIT && item->name.text.length > 0)
                vector_push(checker->arena, &list, ((struct pending){.item = item, .file = file}));
    for (size_t i = 0; i < list.count; i++)
        if (list.at[i].item->value == NULL)
            add_unit(checker, &first, &list.at[i]);
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < list.count; i++) {
            if (list.at[i].done || !factors_known(checker, list.at[i].item->value))
                continue;
            add_unit(checker, &first, &list.at[i]);
            more = true;
        }
    }
    for (size_t i = 0; i < list.count; i++)
        if (!list.at[i].done)
            add_unit(checker, &first, &list.at[i]);
}

// ---- the program -------------------------------------------------------------------------------------------------------

static void check_kinds(struct checker *checker, unsigned kinds)
{
    for (size_t i = 0; i < checker->symbols.count; i++)
        if ((checker->symbols.at[i]->kind & kinds) != 0)
            check_symbol(checker, checker->symbols.at[i], checker->symbols.at[i]->span);
    checker->absence = NULL; // each of them keeps its own
}

// An input that nobody can name: what it needs is not there, so it has no law to draw from.
static bool is_no_input(const struct symbol *symbol)
{
    return symbol->kind == SYMBOL_INPUT && symbol->absence != NULL;
}

// collect_NAMEs: an array of what the symbols of a kind stand for, with room for the hidden inputs.
#define COLLECT(symbol_kind, name)                                                                     \
    static const struct name **collect_##name(struct checker *checker, size_t *count)                  \
    {                                                                                                  \
        size_t room = checker->symbols.count + checker->hidden.count;                                  \
        const struct name **list = arena_array(checker->arena, room, sizeof *list);                    \
        for (size_t i = 0; i < checker->symbols.count; i++) {                                          \
            const struct symbol *symbol = checker->symbols.at[i];                                      \
            if (symbol->kind == (symbol_kind) && !is_lost(symbol) && !is_no_input(symbol))             \
                list[(*count)++] = symbol->name;                                                       \
        }                                                                                              \
        return list;                                                                                   \
    }
COLLECT(SYMBOL_INPUT, input)
COLLECT(SYMBOL_INDEX, index)
COLLECT(SYMBOL_DEFINITION, definition)
COLLECT(SYMBOL_CLAIM, claim)
#undef COLLECT

static const struct source_entry **collect_sources(struct checker *checker, size_t *count)
{
    const struct source_entry **list = arena_array(checker->arena, checker->symbols.count + checker->stored.count, sizeof *list);
    for (size_t i = 0; i < checker->symbols.count; i++)
        if (checker->symbols.at[i]->kind == SYMBOL_SOURCE)
            list[(*count)++] = checker->symbols.at[i]->source;
    for (size_t i = 0; i < checker->stored.count; i++)
        list[(*count)++] = checker->stored.at[i];
    return list;
}

static void collect_scenarios(struct checker *checker)
{
    struct program *program = checker->program;
    const struct scenario **scenarios = arena_array(checker->arena, checker->symbols.count + 1, sizeof *scenarios);
    scenarios[program->scenario_count++] = checker->baseline;
    for (size_t i = 0; i < checker->symbols.count; i++) {
        struct symbol *symbol = checker->symbols.at[i];
        if (symbol->kind != SYMBOL_SCENARIO)
            continue;
        symbol->scenario->position = program->scenario_count;
        scenarios[program->scenario_count++] = symbol->scenario;
    }
    program->scenarios = scenarios;
}

static void collect_all(struct checker *checker)
{
    struct program *program = checker->program;
    const struct input **inputs = collect_input(checker, &program->input_count);
    for (size_t i = 0; i < checker->hidden.count; i++)
        inputs[program->input_count++] = checker->hidden.at[i];
    program->inputs = inputs;
    program->indexes = collect_index(checker, &program->index_count);
    program->source_entries = collect_sources(checker, &program->source_count);
    program->definitions = collect_definition(checker, &program->definition_count);
    program->claims = collect_claim(checker, &program->claim_count);
}

static void check_expression(struct checker *checker, const struct expr *expr)
{
    const struct timeline *timeline = &checker->program->timeline;
    struct where where = {.kind = PLACE_CLAIM, .start = timeline->present, .end = timeline->count - 1};
    struct node *node = check_expr(checker, &where, expr);
    if (checker->absence != NULL)
        diag_help(checker->diags, diag_add(checker->diags, DIAG_NAME_UNKNOWN, expr->span, "%s", checker->absence), "choose another one with `--forecast NAME`");
    checker->program->expression = expr;
    checker->program->expression_node = node_is_poison(node) ? NULL : node;
}

static struct checker *checker_new(struct arena *arena, const struct forest *forest, const struct check_options *options, struct diags *diags)
{
    struct checker *checker = arena_alloc(arena, sizeof *checker);
    *checker = (struct checker){.arena = arena, .diags = diags, .forest = forest, .options = options};
    checker->levels = arena_array(arena, forest->file_count, sizeof *checker->levels);
    checker->intervals = arena_array(arena, forest->file_count, sizeof *checker->intervals);
    checker->units = units_new(arena);
    checker->stored_names = map_on(arena);
    checker->baseline = arena_alloc(arena, sizeof *checker->baseline);
    checker->baseline->name = TEXT("baseline");
    checker->program = arena_alloc(arena, sizeof *checker->program);
    *checker->program = (struct program){.arena = arena, .sources = diags->sources, .units = checker->units, .timeline = {.count = 1}};
    checker->program->level = options->level > 0 ? options->level : 0.9;
    return checker;
}

struct program *check_forest(struct arena *arena, const struct forest *forest, const struct check_options *options, struct diags *diags)
{
    struct checker *checker = checker_new(arena, forest, options, diags);
    declare_all(checker);
    check_units(checker);
    check_kinds(checker, SYMBOL_INDEX);
    check_timeline(checker);
    collect_scenarios(checker);
    check_kinds(checker, SYMBOL_SOURCE | SYMBOL_INPUT | SYMBOL_DEFINITION | SYMBOL_FUNCTION);
    check_kinds(checker, SYMBOL_SCENARIO);
    check_baseline(checker);
    check_kinds(checker, SYMBOL_ASSUMPTION);
    check_kinds(checker, SYMBOL_CLAIM);
    if (options->expression != NULL)
        check_expression(checker, options->expression);
    check_cycles(checker);
    collect_all(checker);
    check_evidence(checker, checker->program);
    make_variants(checker);
    return checker->program;
}
