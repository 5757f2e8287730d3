// Claims with one of their figures left open (dsl/variant.h).
#include "dsl/check_variant.h"

#include <math.h>

#include "dsl/check_claim.h"
#include "dsl/check_time.h"
#include "dsl/variant.h"

struct places {
    const struct expr *at[VARIANTS_MOST];
    size_t count;
};

static void add_place(struct places *places, const struct expr *expr)
{
    if (places->count < VARIANTS_MOST)
        places->at[places->count++] = expr;
}

static void add_figure(struct places *places, const struct expr *expr)
{
    if (expr && expr->kind == EXPR_NUMBER)
        add_place(places, expr);
}

static void find_places(struct places *places, const struct expr *expr);

static void find_in_apply(struct places *places, const struct expr *expr)
{
    const struct arg *args = expr->args.at;
    switch ((int)expr->op) {
    case OP_AND:
    case OP_OR:
    case OP_NOT:
        for (size_t i = 0; i < expr->args.count; i++)
            find_places(places, args[i].value);
        return;
    case OP_IMPLIES: // the conclusion
        find_places(places, args[1].value);
        return;
    case OP_UNLESS:
        find_places(places, args[0].value);
        return;
    case OP_WITHIN:
        add_figure(places, args[1].value);
        return;
    case OP_IN_RANGE:
        add_figure(places, args[1].value);
        add_figure(places, args[2].value);
        return;
    }
}

static void find_places(struct places *places, const struct expr *expr)
{
    struct date date;
    switch ((int)expr->kind) {
    case EXPR_APPLY:
        find_in_apply(places, expr);
        return;
    case EXPR_COMPARE:
        for (size_t i = 0; i < expr->args.count; i++)
            add_figure(places, expr->args.at[i].value);
        return;
    case EXPR_TIME:
        find_places(places, expr->args.at[0].value);
        if (expr_is_date(expr->args.at[1].value, &date) && (expr->phrase == PHRASE_BY || expr->phrase == PHRASE_FROM || expr->phrase == PHRASE_UNTIL))
            add_place(places, expr->args.at[1].value);
        return;
    case EXPR_UNDER:
        find_places(places, expr->args.at[0].value);
        return;
    case EXPR_QUANTIFIED:
    case EXPR_COUNTED:
        for (size_t i = 0; i < expr->args.count; i++)
            find_places(places, expr->args.at[i].value);
        return;
    }
}

// Base units of 1 as the figure is written.
static double factor_of(struct checker *checker, struct where where, const struct expr *place)
{
    struct expr one = *place;
    double value;
    one.number = 1;
    one.spelling = (struct text){0};
    struct node *node = check_expr(checker, &where, &one);
    return !node_is_poison(node) && fold_deep(node, &value) ? value : 0;
}

static bool check_filled(struct checker *checker, const struct symbol *symbol, struct claim *claim)
{
    struct where where = where_of(checker, PLACE_CLAIM, symbol->file);
    where.claim = claim;
    where.start = claim->start;
    claim->hole = (struct hole){.kind = HOLE_NONE};
    claim->end = checker->program->timeline.count - 1;
    if (!check_the_formula(checker, &where, claim))
        return false;
    finish_hole(checker, claim->item, claim);
    return true;
}

// A date may only move where nothing else takes its span from it.
static bool can_be_left_open(const struct claim *of, const struct claim *claim)
{
    if (claim->hole.kind == HOLE_DATE)
        return !of->premise && !of->exception;
    return claim->hole.kind == HOLE_THRESHOLD && claim->hole.type.kind == KIND_QUANTITY;
}

static void make_variant(struct checker *checker, const struct symbol *symbol, const struct expr *place)
{
    struct claim *claim = arena_alloc(checker->arena, sizeof *claim);
    struct item *item = arena_alloc(checker->arena, sizeof *item);
    struct expr *hole = arena_alloc(checker->arena, sizeof *hole);
    *hole = (struct expr){.kind = EXPR_HOLE, .span = place->span, .name = {TEXT("x"), place->span}};
    *claim = *symbol->claim;
    *item = *symbol->item;
    item->value = variant_expr(checker->arena, symbol->item->value, place, hole);
    claim->item = item;
    struct variant variant = {.of = symbol->claim, .claim = claim, .formula = symbol->item->value, .place = place, .factor = NAN};
    if (!check_filled(checker, symbol, claim) || checker->diags->error_count > 0 || checker->absence || !can_be_left_open(symbol->claim, claim))
        return;
    if (claim->hole.kind == HOLE_THRESHOLD)
        variant.factor = factor_of(checker, where_of(checker, PLACE_CLAIM, symbol->file), place);
    if (variant.factor != 0 && checker->diags->error_count == 0)
        vector_push(checker->arena, &checker->variants, variant);
}

static bool may_be_weakened(const struct claim *claim)
{
    return claim->is_root && !claim->broken && claim->conclusion && claim->param_count == 0 && claim->hole.kind == HOLE_NONE;
}

void make_variants(struct checker *checker)
{
    struct diags *diags = checker->diags;
    for (size_t i = 0; i < checker->symbols.count && diags->error_count == 0; i++) {
        const struct symbol *symbol = checker->symbols.at[i];
        if (symbol->kind != SYMBOL_CLAIM || !may_be_weakened(symbol->claim))
            continue;
        struct places places = {0};
        find_places(&places, symbol->item->value);
        for (size_t k = 0; k < places.count; k++) {
            size_t mark = checker->rewrites.count;
            checker->diags = diags_new(checker->arena, diags->sources); // a place that cannot be left open is no mistake of the author's
            checker->absence = NULL;
            make_variant(checker, symbol, places.at[k]);
            checker->rewrites.count = mark;
        }
        checker->diags = diags;
        checker->absence = NULL;
    }
    checker->program->variants = checker->variants.at;
    checker->program->variant_count = checker->variants.count;
}
