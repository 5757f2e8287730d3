#include "tests/support/random_tree.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/vector.h"
#include "tests/support/random.h"

struct maker {
    struct arena *arena;
    uint64_t *state;
};

static const struct span nowhere = {0, 0};

static unsigned below(const struct maker *m, unsigned limit)
{
    return random_below(m->state, limit);
}

static const char *const words[] = {"a", "gap", "fab.yield", "compute", "level", "interval", "present", "x1", "event.source", "now", "hold", "yes"};

static struct name name(const struct maker *m)
{
    return (struct name){text_of(words[below(m, sizeof words / sizeof *words)]), nowhere};
}

static struct expr *make(const struct maker *m, enum expr_kind kind)
{
    return ast_expr(m->arena, kind, nowhere);
}

static struct unit_expr *unit(const struct maker *m)
{
    static const char *const units[] = {"GW", "mm", "wafer", "year", "H100e"};
    struct unit_expr *made = arena_alloc(m->arena, sizeof *made);
    made->count = made->room = 1 + below(m, 3);
    made->factors = arena_array(m->arena, made->count, sizeof *made->factors);
    for (size_t i = 0; i < made->count; i++) {
        static const int powers[] = {1, 2, -1, -2, 12};
        made->factors[i] = (struct unit_factor){.word = text_of(units[below(m, 5)]), .power = powers[below(m, 5)]};
    }
    made->starts_with_slash = made->factors[0].power < 0 && below(m, 2);
    return made;
}

static struct expr *number(const struct maker *m, bool plain)
{
    static const char *const spellings[] = {"0", "5", "2.9M", "200k", "5x", "1e15", "0.14", "2027", "1.5e-3"};
    static const double values[] = {0, 5, 2.9e6, 200e3, 5, 1e15, 0.14, 2027, 1.5e-3};
    struct expr *expr = make(m, EXPR_NUMBER);
    const unsigned i = below(m, 9);
    expr->number = values[i];
    if (below(m, 2))
        expr->spelling = text_of(spellings[i]);
    else if (below(m, 4) == 0 && !plain) {
        expr->number = 0.25 * (double)below(m, 9);
        expr->percent = true;
    }
    if (!plain && below(m, 4) == 0)
        expr->unit = unit(m);
    return expr;
}

static struct expr *date(const struct maker *m)
{
    struct expr *expr = make(m, EXPR_DATE);
    expr->date.year = 2000 + (int)below(m, 60);
    if (below(m, 2)) {
        expr->date.quarter = 1 + (int)below(m, 4);
        return expr;
    }
    expr->date.month = 1 + (int)below(m, 12);
    expr->date.day = (int)below(m, 29);
    return expr;
}

static struct expr *ref(const struct maker *m)
{
    struct expr *expr = make(m, EXPR_REF);
    expr->name = name(m);
    for (unsigned i = below(m, 4) == 0 ? 1 + below(m, 2) : 0; i > 0; i--) {
        struct expr *member = make(m, below(m, 8) == 0 ? EXPR_HOLE : EXPR_REF);
        member->name = member->kind == EXPR_HOLE ? (struct name){TEXT("who"), nowhere} : name(m);
        ast_push(m->arena, expr, member);
    }
    return expr;
}

static struct expr *leaf(const struct maker *m)
{
    switch (below(m, 8)) {
    case 0:
    case 1:
    case 2:
        return number(m, false);
    case 3:
        return date(m);
    case 4: {
        struct expr *hole = make(m, EXPR_HOLE);
        hole->name = (struct name){TEXT("x"), nowhere};
        return hole;
    }
    default:
        return ref(m);
    }
}

static struct expr *any(const struct maker *m, unsigned depth);

static struct expr *data(const struct maker *m)
{
    struct expr *expr = make(m, EXPR_DATA);
    expr->string = TEXT("capex.{a}");
    if (below(m, 2))
        expr->name = name(m);
    expr->hold = below(m, 3) == 0;
    return expr;
}

static struct expr *ends(const struct maker *m, unsigned depth)
{
    struct expr *expr = make(m, below(m, 2) ? EXPR_RANGE : EXPR_SPREAD);
    for (unsigned i = 2 + below(m, 2); i > 0; i--)
        ast_push(m->arena, expr, any(m, depth));
    return expr;
}

static struct expr *label(const struct maker *m)
{
    return below(m, 3) == 0 ? date(m) : below(m, 2) ? number(m, true) : ast_expr(m->arena, EXPR_REF, nowhere);
}

static struct expr *named_label(const struct maker *m)
{
    struct expr *made = label(m);
    if (made->kind == EXPR_REF)
        made->name = name(m);
    return made;
}

// What a right side may be: tables stand only there.
static struct expr *value(const struct maker *m, unsigned depth)
{
    switch (below(m, 5)) {
    case 0:
        return ends(m, depth);
    case 1:
        return data(m);
    case 2: {
        if (depth == 0)
            return leaf(m);
        struct expr *table = make(m, EXPR_TABLE);
        for (unsigned i = 1 + below(m, 3); i > 0; i--)
            ast_push_arg(m->arena, table, (struct arg){.label = named_label(m), .value = value(m, depth - 1)});
        return table;
    }
    default:
        return any(m, depth);
    }
}

static struct arg arg(const struct maker *m, unsigned depth)
{
    struct arg made = {.value = below(m, 5) == 0 ? ends(m, depth) : below(m, 9) == 0 ? data(m) : any(m, depth)};
    bool loose = made.value->kind == EXPR_RANGE || made.value->kind == EXPR_SPREAD || made.value->kind == EXPR_DATA;
    switch (below(m, 5)) {
    case 0:
        made.label = named_label(m);
        return made;
    case 1:
        if (!loose)
            made.given = any(m, depth);
        return made;
    case 2:
        if (!loose) {
            made.over = name(m);
            made.in = name(m);
        }
        return made;
    default:
        return made;
    }
}

static struct expr *call(const struct maker *m, unsigned depth)
{
    struct expr *expr = make(m, below(m, 4) == 0 ? EXPR_COUNTED : EXPR_CALL);
    if (expr->kind == EXPR_COUNTED) {
        expr->quantifier = below(m, 2) ? QUANTIFIER_EXACTLY : QUANTIFIER_AT_LEAST;
        expr->number = (double)below(m, 5);
    } else {
        expr->name = name(m);
    }
    for (unsigned i = expr->kind == EXPR_COUNTED ? 1 + below(m, 3) : below(m, 4); i > 0; i--)
        ast_push_arg(m->arena, expr, arg(m, depth));
    return expr;
}

static struct expr *compare(const struct maker *m, unsigned depth)
{
    static const enum op ops[] = {OP_LT, OP_LE, OP_GT, OP_GE, OP_EQ, OP_NE};
    struct expr *expr = any(m, depth);
    expr->parenthesised = true; // so that chains are made only here
    for (unsigned i = 1 + below(m, 3); i > 0; i--)
        expr = ast_compare(m->arena, nowhere, ops[below(m, 6)], nowhere, expr, any(m, depth));
    return expr;
}

static struct expr *phrase(const struct maker *m, unsigned depth)
{
    struct expr *expr = make(m, EXPR_TIME);
    expr->phrase = (enum phrase)below(m, PHRASE_THROUGHOUT + 1);
    ast_push(m->arena, expr, any(m, depth));
    ast_push(m->arena, expr, any(m, depth));
    if (expr->phrase >= PHRASE_DURING && below(m, 2))
        ast_push(m->arena, expr, any(m, depth));
    return expr;
}

static struct expr *operation(const struct maker *m, unsigned depth)
{
    static const enum op two[] = {OP_ADD, OP_SUB, OP_MUL, OP_DIV, OP_POW, OP_AND, OP_OR, OP_IMPLIES, OP_UNLESS, OP_IN_SET};
    static const enum op of_ref[] = {OP_RISES, OP_FALLS, OP_BINDS};
    switch (below(m, 6)) {
    case 0:
        return ast_apply1(m->arena, nowhere, below(m, 2) ? OP_NOT : OP_NEG, any(m, depth));
    case 1:
        return ast_apply3(m->arena, nowhere, below(m, 2) ? OP_IN_RANGE : OP_WITHIN, any(m, depth), any(m, depth), any(m, depth));
    case 2:
        return ast_apply2(m->arena, nowhere, of_ref[below(m, 3)], any(m, depth), ref(m));
    case 3: {
        struct expr *member = make(m, EXPR_REF);
        member->name = name(m);
        return ast_apply2(m->arena, nowhere, below(m, 2) ? OP_IS : OP_IS_NOT, any(m, depth), member);
    }
    default:
        return ast_apply2(m->arena, nowhere, two[below(m, 10)], any(m, depth), any(m, depth));
    }
}

static struct expr *form(const struct maker *m, unsigned depth)
{
    struct expr *expr = make(m, below(m, 3) == 0 ? EXPR_UNDER : below(m, 2) ? EXPR_QUANTIFIED : EXPR_IF);
    ast_push(m->arena, expr, any(m, depth));
    if (expr->kind != EXPR_IF)
        expr->name = name(m);
    if (expr->kind == EXPR_QUANTIFIED) {
        expr->set = name(m);
        expr->quantifier = (enum quantifier)below(m, 3);
        expr->number = expr->quantifier == QUANTIFIER_EXACTLY ? (double)below(m, 4) : 0;
    }
    if (expr->kind == EXPR_IF) {
        ast_push(m->arena, expr, any(m, depth));
        ast_push(m->arena, expr, any(m, depth));
    }
    return expr;
}

static struct expr *any(const struct maker *m, unsigned depth)
{
    if (depth == 0)
        return leaf(m);
    switch (below(m, 9)) {
    case 0:
        return leaf(m);
    case 1:
        return call(m, depth - 1);
    case 2:
        return compare(m, depth - 1);
    case 3:
        return phrase(m, depth - 1);
    case 4:
        return form(m, depth - 1);
    default:
        return operation(m, depth - 1);
    }
}

struct expr *random_expr(struct arena *arena, uint64_t *state, unsigned depth)
{
    struct maker m = {arena, state};
    return any(&m, depth);
}

// ---- statements --------------------------------------------------------------------------------------------------------

enum { DEPTH = 3 };

static struct name_list names(const struct maker *m)
{
    struct name_list list = {0};
    for (unsigned i = 1 + below(m, 3); i > 0; i--)
        vector_push(m->arena, &list, name(m));
    return list;
}

static void maybe_params(const struct maker *m, struct item *item)
{
    for (unsigned i = below(m, 3); i > 0; i--) {
        struct param param = {.name = name(m)};
        if (below(m, 2))
            param.set = name(m);
        vector_push(m->arena, &item->params, param);
    }
}

static void maybe_said(const struct maker *m, struct item *item)
{
    item->has_text = below(m, 2);
    if (item->has_text)
        item->text = below(m, 2) ? TEXT("a text of some length that makes lines break") : TEXT("\xE2\x80\xA6");
    if (below(m, 2))
        item->by = TEXT("A");
    if (item->kind == ITEM_CLAIM && below(m, 2))
        item->in = name(m);
    if (item->kind != ITEM_SCENARIO && below(m, 2))
        item->on = date(m);
    if (item->kind == ITEM_SOURCE && below(m, 2))
        item->url = TEXT("https://example.org/x?y=1#z");
}

static struct clause *clause_of(const struct maker *m, enum clause_kind kind)
{
    struct clause *clause = ast_clause(m->arena, kind, nowhere);
    switch (kind) {
    case CLAUSE_CITE:
    case CLAUSE_SUPPORTS:
    case CLAUSE_REBUTS:
    case CLAUSE_UNDERCUTS:
        clause->names = names(m);
        return clause;
    case CLAUSE_UNDER:
        if (below(m, 2))
            clause->names = names(m);
        else
            clause->name = name(m);
        return clause;
    case CLAUSE_VARIES:
    case CLAUSE_BASIS:
        clause->name = name(m);
        return clause;
    case CLAUSE_WITHIN:
        clause->value = make(m, EXPR_RANGE);
        ast_push(m->arena, clause->value, any(m, 1));
        ast_push(m->arena, clause->value, any(m, 1));
        return clause;
    case CLAUSE_CORRELATED:
    case CLAUSE_WITH:
        clause->target = ref(m);
        clause->value = kind == CLAUSE_WITH ? value(m, DEPTH) : any(m, 1);
        return clause;
    case CLAUSE_EXPECT:
        clause->name = name(m);
        for (unsigned i = below(m, 3); i > 0; i--)
            vector_push(m->arena, &clause->refs, ((struct arg){.value = ref(m)}));
        if (below(m, 2))
            clause->scenario = name(m);
        return clause;
    case CLAUSE_AS_OF:
    case CLAUSE_EXPIRES:
    case CLAUSE_INTERVAL:
    case CLAUSE_LEVEL:
    case CLAUSE_EVEN_IF:
        clause->value = any(m, kind == CLAUSE_EVEN_IF ? DEPTH : 1);
        return clause;
    }
    return clause;
}

static bool may_repeat(enum clause_kind kind)
{
    return kind == CLAUSE_CITE || kind == CLAUSE_UNDER || kind == CLAUSE_WITH || kind == CLAUSE_EVEN_IF || kind == CLAUSE_EXPECT;
}

static void some_clauses(const struct maker *m, struct item *item, enum clause_kind first, enum clause_kind last)
{
    for (int kind = (int)first; kind <= (int)last; kind++)
        for (unsigned i = below(m, may_repeat((enum clause_kind)kind) ? 3 : 2); i > 0; i--)
            ast_add_clause(item, clause_of(m, (enum clause_kind)kind));
}

static struct type_expr *type(const struct maker *m)
{
    struct type_expr *made = arena_alloc(m->arena, sizeof *made);
    made->unit = unit(m);
    made->unit->starts_with_slash = false;
    if (made->unit->count == 1 && made->unit->factors[0].power == 1)
        made->word.text = made->unit->factors[0].word;
    return made;
}

static void fill_named(const struct maker *m, struct item *item)
{
    item->name = name(m);
    maybe_params(m, item);
    item->type = below(m, 2) && item->kind != ITEM_CLAIM ? type(m) : NULL;
    if (item->kind == ITEM_LET)
        item->value = any(m, DEPTH);
    if (item->kind == ITEM_INPUT) {
        item->value = value(m, DEPTH);
        item->has_text = below(m, 2);
        item->text = item->has_text ? TEXT("text") : TEXT("");
        some_clauses(m, item, CLAUSE_CITE, CLAUSE_BASIS);
    }
    if (item->kind != ITEM_CLAIM)
        return;
    maybe_said(m, item);
    some_clauses(m, item, CLAUSE_CITE, CLAUSE_CITE);
    some_clauses(m, item, CLAUSE_UNDER, CLAUSE_EXPECT);
    if (below(m, 8) > 0)
        item->value = any(m, DEPTH);
}

static void fill_plain(const struct maker *m, struct item *item)
{
    item->name = name(m);
    switch ((int)item->kind) {
    case ITEM_USE:
        item->has_text = below(m, 2);
        if (item->has_text)
            item->text = TEXT("theirs.crux"), item->name = (struct name){0};
        if (below(m, 2))
            item->as = name(m);
        return;
    case ITEM_INDEX:
        if (below(m, 3) == 0)
            item->value = data(m);
        else
            item->names = names(m);
        return;
    case ITEM_TIMELINE:
        item->from = date(m);
        item->to = date(m);
        item->present = below(m, 2) ? date(m) : below(m, 2) ? make(m, EXPR_DATA) : NULL;
        return;
    case ITEM_DEF:
        vector_push(m->arena, &item->params, ((struct param){.name = name(m)}));
        item->params.at[0].unit = below(m, 2) ? type(m)->unit : NULL;
        if (item->params.at[0].unit != NULL && item->params.at[0].unit->count == 1 && item->params.at[0].unit->factors[0].power == 1)
            item->params.at[0].type.text = item->params.at[0].unit->factors[0].word;
        item->value = any(m, DEPTH);
        return;
    case ITEM_UNIT:
        item->value = below(m, 2) ? number(m, false) : NULL;
        return;
    case ITEM_DEFAULT:
        item->name.text = below(m, 2) ? TEXT("level") : TEXT("interval");
        item->value = any(m, 1);
        return;
    default:
        maybe_said(m, item);
    }
}

static void fill_change(const struct maker *m, struct item *item)
{
    if (item->kind == ITEM_SET) {
        item->target = ref(m);
        item->value = value(m, DEPTH);
        return;
    }
    if (below(m, 2))
        item->name = name(m);
    item->value = any(m, DEPTH);
}

static struct item *change(const struct maker *m)
{
    struct item *item = ast_item(m->arena, below(m, 2) ? ITEM_SET : ITEM_ASSUME, nowhere);
    fill_change(m, item);
    return item;
}

struct item *random_item(struct arena *arena, uint64_t *state)
{
    struct maker m = {arena, state};
    struct item *item = ast_item(arena, (enum item_kind)(1 + below(&m, ITEM_DEFAULT)), nowhere);
    if (item->kind == ITEM_LET || item->kind == ITEM_INPUT || item->kind == ITEM_CLAIM)
        fill_named(&m, item);
    else if (item->kind == ITEM_SET || item->kind == ITEM_ASSUME)
        fill_change(&m, item);
    else
        fill_plain(&m, item);
    for (unsigned i = item->kind == ITEM_SCENARIO ? below(&m, 4) : 0; i > 0; i--) {
        struct item *inner = change(&m);
        inner->next = item->items;
        item->items = inner;
    }
    return item;
}

struct tree *random_tree(struct arena *arena, uint64_t *state, unsigned count)
{
    struct tree *tree = arena_alloc(arena, sizeof *tree);
    struct item **end = &tree->items;
    for (unsigned i = 0; i < count; i++, end = &(*end)->next)
        *end = random_item(arena, state);
    tree->item_count = count;
    return tree;
}
