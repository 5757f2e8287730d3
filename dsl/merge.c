#include "dsl/merge.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/vector.h"
#include "dsl/ast.h"
#include "dsl/diag.h"
#include "dsl/equal.h"
#include "dsl/rename.h"

enum { A, B };

struct item_list {
    struct item *first, **end;
};

struct merging {
    struct arena *arena;
    struct diags *diags;
    const struct merge_side *sides;
    const struct item *sets;    // of the command line
    struct item_list items[2];  // of the two trees
    struct item_list own[2];    // of the scenarios that are the sides
    struct renames renames;     // in B
    VECTOR(struct worded) worded;
};

static void append(struct item_list *list, struct item *item)
{
    if (!list->end)
        list->end = &list->first;
    item->next = NULL;
    *list->end = item;
    list->end = &item->next;
}

static struct item *copy_of(const struct merging *merging, const struct item *item)
{
    struct item *copy = arena_alloc(merging->arena, sizeof *copy);
    *copy = *item;
    return copy;
}

static struct span place_of(const struct item *item)
{
    return item->kind == ITEM_TIMELINE ? item->span : item->name.span;
}

static struct diag *conflict(struct merging *merging, const struct item *a, const struct item *b, const char *what)
{
    struct diag *diag = diag_add(merging->diags, DIAG_MERGE, place_of(b), "the two files cannot be compared: %s", what);
    diag_primary(merging->diags, diag, "this one says it so");
    diag_label(merging->diags, diag, place_of(a), "the other says it so");
    return diag;
}

// ---- who stands for whom -----------------------------------------------------------------------------------------------

static bool is_value(const struct item *item)
{
    return item->kind == ITEM_INPUT || item->kind == ITEM_LET;
}

// Whether it gives a name that no other statement may give.
static bool has_name(const struct item *item)
{
    const bool named = is_value(item) || item->kind == ITEM_SOURCE || item->kind == ITEM_INDEX || item->kind == ITEM_DEF ||
                       item->kind == ITEM_SCENARIO || item->kind == ITEM_CLAIM || item->kind == ITEM_ASSUME;
    return named && item->name.text.length > 0;
}

static bool is_member(const struct param *param)
{
    return param->set.text.length == 0;
}

// `input d0[n7] = ...` is about one member.
static bool is_part(const struct item *item)
{
    for (size_t i = 0; i < item->params.count; i++)
        if (is_member(&item->params.at[i]))
            return item->kind == ITEM_INPUT;
    return false;
}

// What A declares under the name of this statement of B, of the same members where both are about some.
static const struct item *partner_of(const struct merging *merging, const struct item *item)
{
    const struct item *whole = NULL;
    for (const struct item *it = merging->sides[A].tree->items; it; it = it->next) {
        const bool unit = item->kind == ITEM_UNIT && it->kind == ITEM_UNIT;
        if (!(unit || (has_name(item) && has_name(it))) || !text_equal(it->name.text, item->name.text))
            continue;
        if (!is_part(it) || !is_part(item) || params_equal(it, item))
            whole = whole && params_equal(whole, item) ? whole : it;
    }
    return whole;
}

// The other members of an input of A, where B speaks about one that A leaves out.
static bool is_part_of_a(const struct merging *merging, const struct item *item)
{
    for (const struct item *it = merging->sides[A].tree->items; is_part(item) && it; it = it->next)
        if (is_part(it) && text_equal(it->name.text, item->name.text))
            return true;
    return false;
}

static const struct item *find_like(const struct tree *tree, const struct item *item)
{
    for (const struct item *it = tree->items; it; it = it->next)
        if (item_equal(it, item))
            return it;
    return NULL;
}

// ---- values: inputs and definitions ------------------------------------------------------------------------------------

static const enum clause_kind forming[] = {CLAUSE_INTERVAL, CLAUSE_WITHIN, CLAUSE_VARIES, CLAUSE_CORRELATED};

static bool same_value(const struct item *a, const struct item *b)
{
    bool same = expr_equal(a->value, b->value) && params_equal(a, b);
    for (size_t i = 0; i < sizeof forming / sizeof *forming; i++)
        same = same && clauses_equal(a, b, forming[i]);
    return same;
}

// `name`, or `name[members]`, as what is set.
static struct expr *target_of(const struct merging *merging, const struct item *item)
{
    struct expr *target = ast_expr(merging->arena, EXPR_REF, item->name.span);
    target->name = item->name;
    for (size_t i = 0; is_part(item) && i < item->params.count; i++) {
        struct expr *member = ast_expr(merging->arena, EXPR_REF, item->params.at[i].name.span);
        member->name = item->params.at[i].name;
        ast_push(merging->arena, target, member);
    }
    return target;
}

static bool sets_it(const struct tree *tree, const struct expr *target)
{
    for (const struct item *it = tree->items; it; it = it->next)
        if (it->kind == ITEM_SET && expr_equal(it->target, target))
            return true;
    return false;
}

// The letters of a definition over an index are those of its right side.
static bool letters_fit(const struct item *a, const struct item *b)
{
    for (size_t i = 0; i < a->params.count && i < b->params.count; i++)
        if (!is_member(&b->params.at[i]) && !is_member(&a->params.at[i]) && !text_equal(a->params.at[i].name.text, b->params.at[i].name.text))
            return false;
    return true;
}

static bool values_fit(struct merging *merging, const struct item *a, const struct item *b)
{
    if (a->type && b->type && !type_equal(a->type, b->type)) {
        diag_help(merging->diags, conflict(merging, a, b, "they give a name different units"), "write the same unit behind the colon in both");
        return false;
    }
    if (!letters_fit(a, b)) {
        diag_help(merging->diags, conflict(merging, a, b, "they write a definition with different letters"), "use the same letters in brackets in both");
        return false;
    }
    if (!clauses_equal(a, b, CLAUSE_CORRELATED)) {
        diag_help(merging->diags, conflict(merging, a, b, "they correlate an input differently"),
                  "write the same `correlated with` in both, or put the input into a file that both take in with `use`");
        return false;
    }
    return true;
}

static void add_set(struct merging *merging, const struct item *b, struct expr *target, struct expr *value)
{
    if (sets_it(merging->sides[B].tree, target))
        return;
    struct item *set = item_renamed(merging->arena, &merging->renames, b);
    set->kind = ITEM_SET;
    set->name = (struct name){0};
    set->params = (struct param_list){0};
    set->type = NULL;
    set->target = target;
    set->value = expr_renamed(merging->arena, &merging->renames, value);
    append(&merging->own[B], set);
}

// `(member: value, ...)` for an input over one index.
static bool is_row(const struct item *item)
{
    if (!item->value || item->value->kind != EXPR_TABLE || item->params.count != 1 || is_member(&item->params.at[0]))
        return false;
    for (size_t i = 0; i < item->value->args.count; i++)
        if (!item->value->args.at[i].label || item->value->args.at[i].label->kind != EXPR_REF)
            return false;
    return true;
}

static const struct expr *cell_of(const struct item *item, struct text member)
{
    for (size_t i = 0; is_row(item) && i < item->value->args.count; i++)
        if (text_equal(item->value->args.at[i].label->name.text, member))
            return item->value->args.at[i].value;
    return NULL;
}

// Member by member: those on which both agree are none of the differences.
static void set_row(struct merging *merging, const struct item *a, const struct item *b)
{
    for (size_t i = 0; i < b->value->args.count; i++) {
        const struct arg *cell = &b->value->args.at[i];
        if (expr_equal(cell_of(a, cell->label->name.text), cell->value))
            continue;
        struct expr *target = target_of(merging, b);
        ast_push(merging->arena, target, cell->label);
        add_set(merging, b, target, cell->value);
    }
}

// A's stays, and B's side sets it.
static void set_value(struct merging *merging, const struct item *a, const struct item *b)
{
    bool formed_alike = true;
    for (size_t i = 0; i < sizeof forming / sizeof *forming; i++)
        formed_alike = formed_alike && clauses_equal(a, b, forming[i]);
    if (is_row(b) && formed_alike && b->kind == ITEM_INPUT && a->kind == ITEM_INPUT)
        set_row(merging, a, b);
    else
        add_set(merging, b, target_of(merging, b), b->value);
}

// ---- claims ------------------------------------------------------------------------------------------------------------

static bool same_claim(const struct item *a, const struct item *b)
{
    static const enum clause_kind counting[] = {CLAUSE_UNDER, CLAUSE_WITH, CLAUSE_LEVEL, CLAUSE_EVEN_IF};
    bool same = expr_equal(a->value, b->value) && params_equal(a, b);
    for (size_t i = 0; i < sizeof counting / sizeof *counting; i++)
        same = same && clauses_equal(a, b, counting[i]);
    return same;
}

static struct text suffixed(const struct merging *merging, struct text name)
{
    return text_of(arena_printf(merging->arena, "%.*s.%.*s", TEXT_ARGS(name), TEXT_ARGS(merging->sides[B].name)));
}

static void keep_other(struct merging *merging, const struct item *b)
{
    const struct rename rename = {b->name.text, suffixed(merging, b->name.text)};
    vector_push(merging->arena, &merging->renames, rename);
}

// B's claim stands beside A's, under another name.
static void keep_claim(struct merging *merging, const struct item *a, const struct item *b)
{
    keep_other(merging, b);
    const struct worded worded = {a->name.text, suffixed(merging, b->name.text), {a->name.span, b->name.span}};
    vector_push(merging->arena, &merging->worded, worded);
}

// What is not compared would only be told again, or miss what it points at.
static void leave_out_relations(struct item *claim)
{
    struct clause *clauses = claim->clauses;
    claim->clauses = claim->last_clause = NULL;
    claim->clause_kinds = 0;
    while (clauses) {
        struct clause *next = clauses->next;
        clauses->next = NULL;
        if (clauses->kind != CLAUSE_SUPPORTS && clauses->kind != CLAUSE_REBUTS && clauses->kind != CLAUSE_UNDERCUTS && clauses->kind != CLAUSE_EXPECT)
            ast_add_clause(claim, clauses);
        clauses = next;
    }
}

// ---- the first pass: what B calls otherwise ----------------------------------------------------------------------------

static void find_renames(struct merging *merging)
{
    for (const struct item *b = merging->sides[B].tree->items; b; b = b->next) {
        const struct item *a = partner_of(merging, b);
        if (!a || a->kind != b->kind)
            continue;
        if (b->kind == ITEM_CLAIM && !same_claim(a, b))
            keep_claim(merging, a, b);
        else if ((b->kind == ITEM_SCENARIO || b->kind == ITEM_ASSUME) && !item_equal(a, b))
            keep_other(merging, b);
    }
}

static bool is_renamed(const struct merging *merging, const struct item *item)
{
    for (size_t i = 0; i < merging->renames.count; i++)
        if (text_equal(merging->renames.at[i].from, item->name.text))
            return true;
    return false;
}

// ---- the second pass: where each statement goes ------------------------------------------------------------------------

static void keep(struct merging *merging, int side, const struct item *item)
{
    static const struct renames none = {0};
    struct item *kept = item_renamed(merging->arena, side == B ? &merging->renames : &none, item);
    if (side == B && is_renamed(merging, item))
        kept->name.text = suffixed(merging, item->name.text);
    if (kept->kind == ITEM_CLAIM)
        leave_out_relations(kept);
    append(&merging->items[side], kept);
}

static bool is_replaced(const struct merging *merging, const struct item *item)
{
    for (const struct item *set = merging->sets; item->kind == ITEM_SET && set; set = set->next)
        if (expr_equal(set->target, item->target))
            return true;
    return false;
}

// A file-level `set` or `assume`: what both say counts for both.
static void place_saying(struct merging *merging, int side, const struct item *item)
{
    const bool shared = find_like(merging->sides[1 - side].tree, item) != NULL;
    if (shared && side == B)
        return;
    if (shared || merging->sides[side].is_base) {
        keep(merging, side, item);
        return;
    }
    if (is_replaced(merging, item))
        return;
    append(&merging->own[side], side == B ? item_renamed(merging->arena, &merging->renames, item) : copy_of(merging, item));
    // Inside a scenario an assumption is not referred to.
}

static void place_shared(struct merging *merging, const struct item *a, const struct item *b)
{
    static const char *const what[] = {
        [ITEM_INDEX] = "they list different members under one name",
        [ITEM_UNIT] = "they give one unit two meanings",
        [ITEM_DEF] = "they define one function differently",
    };
    const bool values = is_value(a) && is_value(b);
    if (a->kind != b->kind && !values) {
        diag_help(merging->diags, conflict(merging, a, b, "they use one name for different things"), "give it another name in one of them");
    } else if (values) {
        const bool fit = values_fit(merging, a, b);
        if (fit && (a->kind != b->kind || !same_value(a, b)))
            set_value(merging, a, b);
    } else if (b->kind == ITEM_CLAIM || b->kind == ITEM_SCENARIO || b->kind == ITEM_ASSUME) {
        if (is_renamed(merging, b))
            keep(merging, B, b);
    } else if (b->kind != ITEM_SOURCE && !item_equal(a, b)) {
        diag_help(merging->diags, conflict(merging, a, b, what[b->kind]), "write it alike in both, or give it another name in one of them");
    }
}

static bool is_saying(const struct item *item)
{
    return item->kind == ITEM_SET || item->kind == ITEM_ASSUME;
}

static void place_timeline(struct merging *merging, const struct item *b)
{
    for (const struct item *a = merging->sides[A].tree->items; a; a = a->next) {
        if (a->kind != ITEM_TIMELINE)
            continue;
        if (!item_equal(a, b))
            diag_help(merging->diags, conflict(merging, a, b, "they step through time differently"), "give both the same timeline");
        return;
    }
    keep(merging, B, b);
}

static void place_b(struct merging *merging, const struct item *b)
{
    if (is_saying(b)) {
        place_saying(merging, B, b);
        return;
    }
    if (b->kind == ITEM_TIMELINE) {
        place_timeline(merging, b);
        return;
    }
    const struct item *a = partner_of(merging, b);
    if (a)
        place_shared(merging, a, b);
    else
        keep(merging, is_part_of_a(merging, b) ? A : B, b);
}

// A type that only B writes down is that of both.
static void take_type(struct merging *merging, const struct item *b)
{
    const struct item *a = is_value(b) && b->type ? partner_of(merging, b) : NULL;
    for (struct item *it = merging->items[A].first; a && it; it = it->next)
        if (is_value(it) && it->name.span.start == a->name.span.start && !it->type)
            it->type = b->type;
}

// ---- the trees ---------------------------------------------------------------------------------------------------------

static void finish(struct merging *merging, int side, struct merged *merged)
{
    const struct merge_side *from = &merging->sides[side];
    struct item *scenario = ast_item(merging->arena, ITEM_SCENARIO, (struct span){0});
    // With a blank in it, it is no name that a file can give.
    scenario->name.text = text_of(arena_printf(merging->arena, "side %.*s", TEXT_ARGS(from->name)));
    scenario->items = merging->own[side].first;
    append(&merging->items[side], scenario);
    struct tree *tree = arena_alloc(merging->arena, sizeof *tree);
    *tree = (struct tree){.source = from->tree->source, .items = merging->items[side].first};
    for (const struct item *item = tree->items; item; item = item->next)
        tree->item_count++;
    merged->trees[side] = tree;
    merged->scenarios[side] = scenario->name.text;
}

void merge_sides(struct arena *arena, const struct merge_side sides[2], const struct item *sets, struct diags *diags, struct merged *merged)
{
    struct merging merging = {.arena = arena, .diags = diags, .sides = sides, .sets = sets};
    find_renames(&merging);
    for (const struct item *a = sides[A].tree->items; a; a = a->next) {
        if (is_saying(a))
            place_saying(&merging, A, a);
        else
            keep(&merging, A, a);
    }
    for (const struct item *b = sides[B].tree->items; b; b = b->next)
        place_b(&merging, b);
    for (const struct item *b = sides[B].tree->items; b; b = b->next)
        take_type(&merging, b);
    finish(&merging, A, merged);
    finish(&merging, B, merged);
    merged->worded_count = merging.worded.count;
    merged->worded = merging.worded.at;
}
