// Scenarios, assumptions and the baseline.
#include <math.h>

#include "dsl/check_claim.h"

struct where where_of(const struct checker *checker, enum place_kind kind, size_t file)
{
    const struct timeline *timeline = &checker->program->timeline;
    return (struct where){.kind = kind, .file = file, .start = timeline->present, .end = timeline->count - 1};
}

void check_assumption(struct checker *checker, struct symbol *symbol, size_t file, const struct item *item, struct assumption *assumption)
{
    struct where where = where_of(checker, PLACE_DEFINITION, file);
    struct formula formula;
    size_t mark = checker->rewrites.count;
    assumption->name = item->name.text;
    assumption->span = item->value ? item->value->span : item->span;
    if (!item->value || item->value->kind == EXPR_ERROR) {
        if (symbol)
            symbol->state = SYMBOL_BROKEN;
        return;
    }
    check_formula(checker, &where, item->value, &formula);
    assumption->reading = checker->rewrites.count > mark ? checker->rewrites.at[checker->rewrites.count - 1].to : item->value;
    checker->rewrites.count = mark;
    if (!node_is_poison(formula.condition)) {
        refuse_equations(checker, formula.conclusion);
        assumption->condition = formula.condition;
    } else if (symbol) {
        symbol->state = SYMBOL_BROKEN;
    }
}

// The sets and assumptions of one scenario, while they are collected.
struct bundle {
    struct override_list overrides;
    struct assumption_list assumptions;
};

static void add_set(struct checker *checker, size_t file, const struct item *item, struct bundle *bundle)
{
    struct where where = where_of(checker, PLACE_DEFINITION, file);
    struct override override;
    where.set = item;
    if (item->target && item->value && check_override(checker, &where, item->target, item->value, &override))
        push_override(checker, &bundle->overrides, &override);
}

static void add_assumption(struct checker *checker, size_t file, const struct item *item, struct bundle *bundle)
{
    struct symbol *symbol = item->name.text.length ? find_symbol(checker, file, item->name.text) : NULL;
    struct assumption *assumption;
    if (symbol && symbol->kind == SYMBOL_ASSUMPTION && symbol->item == item) {
        if (!check_symbol(checker, symbol, item->name.span))
            return;
        assumption = symbol->assumption;
    } else {
        assumption = arena_alloc(checker->arena, sizeof *assumption);
        check_assumption(checker, NULL, file, item, assumption);
    }
    if (assumption->condition)
        vector_push(checker->arena, &bundle->assumptions, assumption);
}

static void add_items(struct checker *checker, size_t file, const struct item *items, struct bundle *bundle)
{
    for (const struct item *item = items; item; item = item->next) {
        if (item->kind == ITEM_SET)
            add_set(checker, file, item, bundle);
        else if (item->kind == ITEM_ASSUME)
            add_assumption(checker, file, item, bundle);
    }
}

static void finish_bundle(const struct bundle *bundle, struct scenario *scenario)
{
    scenario->overrides = bundle->overrides.at;
    scenario->override_count = bundle->overrides.count;
    scenario->assumptions = bundle->assumptions.at;
    scenario->assumption_count = bundle->assumptions.count;
}

void check_scenario(struct checker *checker, struct symbol *symbol)
{
    struct scenario *scenario = symbol->scenario;
    struct bundle bundle = {0};
    scenario->text = symbol->item->text;
    scenario->speaker = symbol->item->by;
    scenario->item = symbol->item;
    add_items(checker, symbol->file, symbol->item->items, &bundle);
    finish_bundle(&bundle, scenario);
    scenario->missing = checker->absence;
    checker->absence = NULL;
}

// What the command line sets stands in the place of what the file sets.
static void add_extra(struct checker *checker, struct bundle *bundle)
{
    struct bundle extra = {0};
    size_t kept = 0;
    add_items(checker, 0, checker->options->extra_sets, &extra);
    for (size_t i = 0; i < bundle->overrides.count; i++) {
        bool replaced = false;
        for (size_t j = 0; j < extra.overrides.count; j++)
            replaced = replaced || same_target(&bundle->overrides.at[i], &extra.overrides.at[j]);
        if (!replaced)
            bundle->overrides.at[kept++] = bundle->overrides.at[i];
    }
    bundle->overrides.count = kept;
    for (size_t j = 0; j < extra.overrides.count; j++)
        vector_push(checker->arena, &bundle->overrides, extra.overrides.at[j]);
    for (size_t j = 0; j < extra.assumptions.count; j++)
        vector_push(checker->arena, &bundle->assumptions, extra.assumptions.at[j]);
}

void check_baseline(struct checker *checker)
{
    struct bundle bundle = {0};
    for (size_t file = 0; file < checker->forest->file_count; file++)
        add_items(checker, file, checker->forest->files[file].tree->items, &bundle);
    if (checker->options->extra_sets)
        add_extra(checker, &bundle);
    checker->baseline->name = TEXT("baseline");
    finish_bundle(&bundle, checker->baseline);
    checker->baseline->missing = checker->absence;
    checker->absence = NULL;
}
