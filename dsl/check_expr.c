// Expressions to nodes: the kinds that are neither names, operators nor calls, and what several of them need.
#include <math.h>

#include "base/number.h"
#include "base/buffer.h"
#include "dsl/checker.h"
#include "dsl/limits.h"

// ---- what others need --------------------------------------------------------------------------------------------------

bool any_poison(const struct node *node)
{
    for (size_t i = 0; i < node->count; i++)
        if (node_is_poison(node->args[i]))
            return true;
    return false;
}

// The unit a written number has, or a diagnostic and NULL.
static const struct unit *check_unit(struct checker *checker, const struct unit_expr *expr)
{
    const struct unit_factor *bad;
    const struct unit *unit = units_of(checker->units, expr, &bad);
    if (unit != NULL)
        return unit;
    bool known = units_word(checker->units, bad->word, false) != NULL;
    if (!known && unit_is_absent(checker, bad->word))
        return NULL;
    struct diag *diag = diag_add(checker->diags, known ? DIAG_POWER : DIAG_UNIT_UNKNOWN, bad->span,
                                 known ? "the power of the unit `%.*s` is too large" : "there is no unit called `%.*s`", TEXT_ARGS(bad->word));
    struct text near = units_nearest(checker->units, bad->word);
    if (known)
        return NULL;
    diag_primary(checker->diags, diag, "no unit has this name");
    if (near.length > 0)
        diag_help(checker->diags, diag, "did you mean `%.*s`?", TEXT_ARGS(near));
    else
        diag_help(checker->diags, diag, "make it one with `unit %.*s`; a name that is multiplied needs a `*` before it", TEXT_ARGS(bad->word));
    return NULL;
}

static bool check_type_unit(struct checker *checker, const struct type_expr *expr, struct type *type)
{
    const struct unit *unit = check_unit(checker, expr->unit);
    if (unit != NULL)
        *type = type_quantity(unit->dimension, unit);
    return unit != NULL;
}

static bool report_type(struct checker *checker, size_t file, const struct type_expr *expr)
{
    struct text word = expr->word.text, near = units_nearest(checker->units, word);
    if (name_is_absent(checker, file, word) || unit_is_absent(checker, word))
        return false;
    struct diag *diag = diag_add(checker->diags, DIAG_UNIT_UNKNOWN, expr->span, "`%.*s` is neither a unit nor an index", TEXT_ARGS(word));
    diag_primary(checker->diags, diag, "expected a unit, `date`, `truth`, `fraction` or an index");
    struct text index = nearest_name(checker, file, word, SYMBOL_INDEX);
    if (index.length > 0 || near.length > 0)
        diag_help(checker->diags, diag, "did you mean `%.*s`?", TEXT_ARGS(index.length > 0 ? index : near));
    else
        diag_help(checker->diags, diag, "make it a unit with `unit %.*s`", TEXT_ARGS(word));
    return false;
}

bool check_type(struct checker *checker, size_t file, const struct type_expr *expr, struct type *type)
{
    struct text word = expr->word.text;
    *type = (struct type){.kind = KIND_ERROR};
    if (word.length == 0)
        return expr->unit != NULL && check_type_unit(checker, expr, type);
    if (text_is(word, "date"))
        *type = type_date;
    else if (text_is(word, "truth"))
        *type = type_truth;
    else if (text_is(word, "fraction")) {
        *type = type_quantity(dimension_none(checker->units), units_word(checker->units, TEXT("%"), false));
        type->fraction = true;
    }
    if (type->kind != KIND_ERROR)
        return true;
    struct symbol *symbol = find_symbol(checker, file, word);
    if (symbol != NULL && symbol->kind == SYMBOL_INDEX) {
        *type = (struct type){.kind = KIND_MEMBER, .index = symbol->index};
        return check_symbol(checker, symbol, expr->span);
    }
    if (expr->unit != NULL && units_word(checker->units, word, false) != NULL)
        return check_type_unit(checker, expr, type);
    return report_type(checker, file, expr);
}

static struct node *poison_if(struct checker *checker, struct node *node, bool bad)
{
    return bad ? node_poison(checker, node->expr) : node;
}

// ---- numbers, dates, tables --------------------------------------------------------------------------------------------

static struct node *number_in(struct checker *checker, const struct expr *expr, const struct unit *unit, double value)
{
    struct type type = type_quantity(unit == NULL ? dimension_none(checker->units) : unit->dimension, unit);
    double base = unit == NULL ? value : unit_to_base(unit, value);
    if (isfinite(base))
        return node_const(checker, expr, type, base);
    struct diag *diag = diag_add(checker->diags, DIAG_NO_VALUE, expr->span, "this number is too large");
    diag_help(checker->diags, diag, "numbers reach up to about 1e308");
    return node_poison(checker, expr);
}

static struct node *check_number(struct checker *checker, const struct expr *expr)
{
    const struct unit *unit = NULL;
    if (expr->percent) { // the number is the share already
        unit = units_word(checker->units, TEXT("%"), false);
        return node_const(checker, expr, type_quantity(unit->dimension, unit), expr->number);
    }
    if (expr->unit != NULL && (unit = check_unit(checker, expr->unit)) == NULL)
        return node_poison(checker, expr);
    return number_in(checker, expr, unit, expr->number);
}

static struct node *check_date_value(struct checker *checker, const struct expr *expr)
{
    struct date_span span;
    if (!check_date(checker, expr, &span))
        return node_poison(checker, expr);
    return node_const(checker, expr, type_date, span.start);
}

static struct node *report_range(struct checker *checker, const struct expr *expr)
{
    const char *what = expr->kind == EXPR_DATA ? "data" : "an uncertain value";
    struct diag *diag = diag_add(checker->diags, DIAG_RANGE_PLACE, expr->span, "%s cannot stand inside a formula", what);
    diag_primary(checker->diags, diag, "expected one value");
    const char *words = expr_words(checker, expr, "...");
    diag_help(checker->diags, diag, "give it a name: `input x = %s`, and write `x` here", words);
    return node_poison(checker, expr);
}

// The index whose members label the table, among the variables of the place: the innermost that has the first label.
static int table_binder(const struct where *where, const struct expr *expr)
{
    for (size_t i = where->binder_count; i-- > 0;)
        for (size_t k = 0; k < expr->args.count; k++) {
            const struct expr *label = expr->args.at[k].label;
            if (label != NULL && find_member(where->binders[i].index, label->name.text) >= 0)
                return (int)i;
        }
    return -1;
}

static void report_missing(struct checker *checker, const struct expr *expr, const struct index *index, const struct node *node)
{
    struct buffer missing = buffer_on(checker->arena);
    for (size_t i = 0; i < index->count; i++)
        if (node->args[1 + i] == NULL)
            buffer_printf(&missing, "%s%.*s", missing.length == 0 ? "" : ", ", TEXT_ARGS(index->members[i]));
    struct diag *diag = diag_add(checker->diags, DIAG_TABLE, expr->span, "the table has no value for: %s", missing.at);
    diag_label(checker->diags, diag, index->span, "every member of `%.*s` needs one", TEXT_ARGS(index->name));
    diag_help(checker->diags, diag, "add `%s: ...`", missing.at);
}

// One `member: value`; false after a diagnostic.
static bool add_row(struct checker *checker, const struct index *index, const struct arg *arg, struct node *table, struct node *value)
{
    int member = arg->label == NULL ? -1 : need_member(checker, index, arg->label->name.text.length > 0 ? arg->label->name : (struct name){0});
    if (arg->label == NULL)
        diag_add(checker->diags, DIAG_TABLE, arg->value->span, "this value of the table has no member before it");
    if (member < 0)
        return false;
    if (table->args[1 + member] != NULL) {
        struct diag *diag = diag_add(checker->diags, DIAG_TABLE, arg->label->span, "`%.*s` stands twice in the table", TEXT_ARGS(index->members[member]));
        diag_label(checker->diags, diag, table->args[1 + member]->expr->span, "first here");
        return false;
    }
    table->args[1 + member] = value;
    return true;
}

static const struct node *first_value(const struct node *table)
{
    for (size_t i = 1; i < table->count; i++)
        if (table->args[i] != NULL)
            return table->args[i];
    return NULL;
}

struct node *check_table(struct checker *checker, struct where *where, const struct expr *expr, const struct type *type, const struct unit *unit)
{
    int slot = table_binder(where, expr);
    if (slot < 0) {
        struct diag *diag = diag_add(checker->diags, DIAG_TABLE, expr->span, "no index of this statement has these members");
        diag_help(checker->diags, diag, "a table gives one value a member: `let share[a in actor] = (us: 60%%, china: 15%%)`");
        return node_poison(checker, expr);
    }
    const struct index *index = where->binders[slot].index;
    struct node *table = node_new(checker, NODE_TABLE, expr, 1 + index->count);
    bool good = true;
    for (size_t i = 0; i < expr->args.count; i++) {
        const struct node *first = first_value(table);
        struct node *value = check_wanted(checker, where, expr->args.at[i].value, type, unit);
        good = add_row(checker, index, &expr->args.at[i], table, value) && !node_is_poison(value) && good;
        good = good && (first == NULL || must_agree(checker, first, value, "the values of a table"));
    }
    table->args[0] = node_new(checker, NODE_BINDER, expr, 0);
    table->args[0]->slot = slot;
    table->args[0]->type = (struct type){.kind = KIND_MEMBER, .index = index};
    for (size_t i = 0; i < index->count && good; i++)
        if (table->args[1 + i] == NULL) {
            report_missing(checker, expr, index, table);
            return node_poison(checker, expr);
        }
    if (!good || index->count == 0)
        return node_poison(checker, expr);
    table->type = table->args[1]->type;
    return table;
}

// ---- worlds, quantifiers, choices --------------------------------------------------------------------------------------

static struct node *check_under(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct node *node = node_new(checker, NODE_UNDER, expr, 1);
    struct symbol *symbol = need_symbol(checker, where->file, expr->name, SYMBOL_SCENARIO, "scenario");
    node->args[0] = check_expr(checker, where, expr->args.at[0].value);
    if (symbol != NULL && symbol->scenario->missing != NULL)
        note_absence(checker, symbol->scenario->missing);
    if (symbol == NULL || symbol->scenario->missing != NULL || any_poison(node))
        return node_poison(checker, expr);
    if (symbol->scenario->assumption_count > 0) {
        struct diag *diag = diag_add(checker->diags, DIAG_UNDER_ASSUME, expr->name.span, "`%.*s` assumes something, so it cannot stand in a formula",
                                     TEXT_ARGS(symbol->name));
        diag_primary(checker->diags, diag, "a formula compares worlds in the same future, and an assumption leaves futures out");
        diag_label(checker->diags, diag, symbol->span, "`%.*s` is given here", TEXT_ARGS(symbol->name));
        diag_help(checker->diags, diag, "check the whole claim in it: write `under %.*s` before the `:`", TEXT_ARGS(symbol->name));
        return node_poison(checker, expr);
    }
    node->scenario = symbol->scenario;
    node->type = node->args[0]->type;
    return node;
}

static enum reduce reduce_of(enum quantifier quantifier)
{
    switch (quantifier) {
    case QUANTIFIER_EVERY:
        return REDUCE_EVERY;
    case QUANTIFIER_SOME:
        return REDUCE_SOME;
    case QUANTIFIER_EXACTLY:
        return REDUCE_EXACTLY;
    case QUANTIFIER_AT_LEAST:
        return REDUCE_AT_LEAST;
    }
    return REDUCE_EVERY;
}

static struct node *check_quantified(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct param param = {.name = expr->name, .set = expr->set};
    const struct index *const *index;
    if (!check_params(checker, where, &(struct param_list){.at = &param, .count = 1}, &index))
        return node_poison(checker, expr);
    struct node *node = node_new(checker, NODE_REDUCE, expr, 1);
    node->args[0] = check_condition(checker, where, expr->args.at[0].value);
    node->slot = (int)--where->binder_count;
    node->index = *index;
    node->reduce = reduce_of(expr->quantifier);
    node->value = expr->number;
    node->type = type_truth;
    return poison_if(checker, node, any_poison(node));
}

static struct node *check_counted(struct checker *checker, struct where *where, const struct expr *expr)
{
    struct node *node = node_new(checker, NODE_COUNTED, expr, expr->args.count);
    for (size_t i = 0; i < expr->args.count; i++)
        node->args[i] = check_condition(checker, where, expr->args.at[i].value);
    node->reduce = reduce_of(expr->quantifier);
    node->value = expr->number;
    node->type = type_truth;
    if (expr->number > (double)expr->args.count) {
        struct diag *diag = diag_add(checker->diags, DIAG_CALL_COUNT, expr->span, "there are only %zu conditions to count", expr->args.count);
        diag_help(checker->diags, diag, "ask for at most %zu of them", expr->args.count);
        return node_poison(checker, expr);
    }
    return poison_if(checker, node, any_poison(node));
}

struct node *check_if(struct checker *checker, struct where *where, const struct expr *expr, const struct type *type, const struct unit *unit)
{
    struct node *node = node_new(checker, NODE_APPLY, expr, 3);
    node->op = OP_SELECT;
    node->args[0] = check_condition(checker, where, expr->args.at[0].value);
    for (size_t i = 1; i < 3; i++)
        node->args[i] = check_wanted(checker, where, expr->args.at[i].value, type, unit);
    if (any_poison(node) || !must_agree(checker, node->args[1], node->args[2], "both branches"))
        return node_poison(checker, expr);
    warn_constant(checker, node->args[0]);
    node->type = node->args[1]->type;
    if (node->type.shown == NULL)
        node->type.shown = node->args[2]->type.shown;
    return node;
}

// ---- all kinds ---------------------------------------------------------------------------------------------------------

static struct node *check_kind(struct checker *checker, struct where *where, const struct expr *expr)
{
    switch (expr->kind) {
    case EXPR_ERROR:
        return node_poison(checker, expr);
    case EXPR_NUMBER:
        return check_number(checker, expr);
    case EXPR_DATE:
        return check_date_value(checker, expr);
    case EXPR_STRING:
        diag_help(checker->diags, diag_add(checker->diags, DIAG_KIND, expr->span, "a text has no value"), "names stand without quotes");
        return node_poison(checker, expr);
    case EXPR_HOLE:
        return check_hole(checker, where, expr, where->hole_type);
    case EXPR_REF:
        return check_reference(checker, where, expr);
    case EXPR_CALL:
        return check_call(checker, where, expr);
    case EXPR_APPLY:
        return check_apply(checker, where, expr);
    case EXPR_COMPARE:
        return check_compare(checker, where, expr);
    case EXPR_TIME:
        return check_time_phrase(checker, where, expr);
    case EXPR_UNDER:
        return check_under(checker, where, expr);
    case EXPR_QUANTIFIED:
        return check_quantified(checker, where, expr);
    case EXPR_COUNTED:
        return check_counted(checker, where, expr);
    case EXPR_IF:
        return check_if(checker, where, expr, NULL, NULL);
    case EXPR_RANGE:
    case EXPR_SPREAD:
    case EXPR_DATA:
        return report_range(checker, expr);
    case EXPR_TABLE:
        return check_table(checker, where, expr, NULL, NULL);
    }
    return node_poison(checker, expr);
}

enum { HEIGHT_MAX = 3000 }; // keeps the stack under 2 MB

struct node *check_expr(struct checker *checker, struct where *where, const struct expr *expr)
{
    if (checker->depth >= LIMIT_NESTING || checker->height >= HEIGHT_MAX) {
        struct diag *diag = diag_add(checker->diags, DIAG_LIMIT, expr->span, "this is nested more than %d deep, counted through the definitions it needs",
                                     checker->depth >= LIMIT_NESTING ? LIMIT_NESTING : HEIGHT_MAX);
        diag_help(checker->diags, diag, "give a part of it a name with `let`, and write definitions before those that use them");
        return node_poison(checker, expr);
    }
    if (expr->kind != EXPR_REF)
        where->unit_fits = false;
    checker->depth++;
    checker->height++;
    struct node *node = check_kind(checker, where, expr);
    checker->depth--;
    checker->height--;
    return node;
}
