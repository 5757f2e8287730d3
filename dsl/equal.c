#include "dsl/equal.h"

static bool units_equal(const struct unit_expr *a, const struct unit_expr *b)
{
    size_t a_count = a != NULL ? a->count : 0, b_count = b != NULL ? b->count : 0;
    if (a_count != b_count)
        return false;
    for (size_t i = 0; i < a_count; i++)
        if (!text_equal(a->factors[i].word, b->factors[i].word) || a->factors[i].power != b->factors[i].power)
            return false;
    return true;
}

static bool names_equal(struct name_list a, struct name_list b)
{
    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (!text_equal(a.at[i].text, b.at[i].text))
            return false;
    return true;
}

static bool args_equal(struct arg_list a, struct arg_list b)
{
    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++) {
        const struct arg *x = &a.at[i], *y = &b.at[i];
        if (!expr_equal(x->label, y->label) || !expr_equal(x->value, y->value) || !expr_equal(x->given, y->given))
            return false;
        if (!text_equal(x->over.text, y->over.text) || !text_equal(x->in.text, y->in.text))
            return false;
    }
    return true;
}

static bool dates_equal(const struct date *a, const struct date *b)
{
    return a->year == b->year && a->quarter == b->quarter && a->month == b->month && a->day == b->day;
}

static bool chains_equal(const struct expr *a, const struct expr *b)
{
    for (size_t i = 0; a->kind == EXPR_COMPARE && i + 1 < a->args.count; i++)
        if (a->ops[i] != b->ops[i])
            return false;
    return true;
}

static bool heads_equal(const struct expr *a, const struct expr *b)
{
    return a->kind == b->kind && a->op == b->op && a->phrase == b->phrase && a->quantifier == b->quantifier &&
           a->number == b->number && a->percent == b->percent && a->hold == b->hold && a->args.count == b->args.count &&
           dates_equal(&a->date, &b->date) && text_equal(a->string, b->string) && text_equal(a->name.text, b->name.text) &&
           text_equal(a->set.text, b->set.text);
}

bool expr_equal(const struct expr *a, const struct expr *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return heads_equal(a, b) && units_equal(a->unit, b->unit) && args_equal(a->args, b->args) && chains_equal(a, b);
}

bool params_equal(const struct item *a, const struct item *b)
{
    if (a->params.count != b->params.count)
        return false;
    for (size_t i = 0; i < a->params.count; i++) {
        const struct param *x = &a->params.at[i], *y = &b->params.at[i];
        if (!text_equal(x->name.text, y->name.text) || !text_equal(x->set.text, y->set.text) || !units_equal(x->unit, y->unit) ||
            !text_equal(x->type.text, y->type.text))
            return false;
    }
    return true;
}

bool type_equal(const struct type_expr *a, const struct type_expr *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return units_equal(a->unit, b->unit) && text_equal(a->word.text, b->word.text);
}

static bool clause_equal(const struct clause *a, const struct clause *b)
{
    return a->kind == b->kind && text_equal(a->name.text, b->name.text) && text_equal(a->scenario.text, b->scenario.text) &&
           text_equal(a->forecast.text, b->forecast.text) && names_equal(a->names, b->names) && expr_equal(a->target, b->target) && expr_equal(a->value, b->value) &&
           args_equal(a->refs, b->refs);
}

static const struct clause *next_of_kind(const struct clause *clause, enum clause_kind kind)
{
    while (clause != NULL && clause->kind != kind)
        clause = clause->next;
    return clause;
}

// Among clauses of one kind the order counts.
bool clauses_equal(const struct item *a, const struct item *b, enum clause_kind kind)
{
    const struct clause *x = next_of_kind(a->clauses, kind), *y = next_of_kind(b->clauses, kind);
    for (; x != NULL && y != NULL; x = next_of_kind(x->next, kind), y = next_of_kind(y->next, kind))
        if (!clause_equal(x, y))
            return false;
    return x == NULL && y == NULL;
}

static bool all_clauses_equal(const struct item *a, const struct item *b)
{
    bool equal = a->clause_kinds == b->clause_kinds;
    for (int kind = CLAUSE_CITE; equal && kind <= CLAUSE_EXPECT; kind++)
        equal = clauses_equal(a, b, (enum clause_kind)kind);
    return equal;
}

static bool lists_equal(const struct item *a, const struct item *b)
{
    for (; a != NULL && b != NULL; a = a->next, b = b->next)
        if (!item_equal(a, b))
            return false;
    return a == NULL && b == NULL;
}

static bool said_equal(const struct item *a, const struct item *b)
{
    return a->has_text == b->has_text && text_equal(a->text, b->text) && text_equal(a->by, b->by) &&
           text_equal(a->in.text, b->in.text) && expr_equal(a->on, b->on) && text_equal(a->url, b->url);
}

bool item_equal(const struct item *a, const struct item *b)
{
    return a->kind == b->kind && text_equal(a->name.text, b->name.text) && text_equal(a->as.text, b->as.text) && said_equal(a, b) &&
           params_equal(a, b) && names_equal(a->names, b->names) && type_equal(a->type, b->type) &&
           expr_equal(a->target, b->target) && expr_equal(a->value, b->value) && expr_equal(a->from, b->from) &&
           expr_equal(a->to, b->to) && expr_equal(a->present, b->present) && all_clauses_equal(a, b) && lists_equal(a->items, b->items);
}

bool tree_equal(const struct tree *a, const struct tree *b)
{
    return lists_equal(a->items, b->items);
}
