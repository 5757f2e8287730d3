// Right sides of inputs: their type where none is declared, paths, data, and everything law_of knows.
#include <math.h>

#include "base/buffer.h"
#include "dsl/check_input.h"

// ---- the type that a right side shows --------------------------------------------------------------------------------------------

bool member_type(struct checker *checker, const struct text *values, size_t count, struct type *type)
{
    const struct index *found = NULL;
    for (size_t s = 0; s < checker->symbols.count; s++) {
        const struct index *index = checker->symbols.at[s]->index;
        bool all = checker->symbols.at[s]->kind == SYMBOL_INDEX && index && index->count > 0;
        for (size_t i = 0; all && i < count; i++)
            all = find_member(index, values[i]) >= 0;
        if (!all)
            continue;
        if (found)
            return false;
        found = index;
    }
    *type = (struct type){.kind = KIND_MEMBER, .index = found};
    return found != NULL;
}

static bool type_of_value(struct checker *checker, size_t file, const struct expr *expr, struct type *type)
{
    double truth;
    if (expr->kind == EXPR_ERROR)
        return false;
    *type = expr->kind == EXPR_DATE ? type_date : type_truth;
    if (expr->kind == EXPR_DATE || truth_word(expr, &truth))
        return true;
    if (expr->kind == EXPR_REF && expr->args.count == 0 && !find_symbol(checker, file, expr->name.text) && member_type(checker, &expr->name.text, 1, type))
        return true;
    struct where where = {.kind = PLACE_CONSTANT, .file = file};
    *type = check_expr(checker, &where, expr)->type;
    return type->kind != KIND_ERROR;
}

// The type of the values: that of the last one with a unit, else of the first.
static bool type_of_values(struct checker *checker, size_t file, const struct expr *const *values, size_t count, struct type *type)
{
    const struct dimension *none = dimension_none(checker->units);
    for (size_t i = count; i > 0; i--) {
        if (!type_of_value(checker, file, values[i - 1], type))
            return false;
        if (type->kind != KIND_QUANTITY || type->dimension != none)
            return true;
    }
    return count > 0;
}

static bool type_of_choice(struct checker *checker, size_t file, const struct expr *expr, struct type *type)
{
    const struct expr **values = arena_array(checker->arena, expr->args.count, sizeof *values);
    struct text *words = arena_array(checker->arena, expr->args.count, sizeof *words);
    double truth;
    size_t names = 0;
    for (size_t i = 0; i < expr->args.count; i++) {
        values[i] = expr->args.at[i].label ? expr->args.at[i].label : expr->args.at[i].value;
        words[i] = values[i]->name.text;
        names += values[i]->kind == EXPR_REF && !truth_word(values[i], &truth);
    }
    if (names == expr->args.count && names > 0)
        return member_type(checker, words, names, type);
    return type_of_values(checker, file, values, expr->args.count, type);
}

bool form_type(struct checker *checker, size_t file, const struct expr *expr, struct type *type)
{
    enum law named = expr->kind == EXPR_CALL ? law_named(expr->name.text) : LAW_COUNT;
    if (expr->kind == EXPR_DATA || expr->args.count == 0)
        return expr->kind != EXPR_DATA && type_of_value(checker, file, expr, type);
    if (named == LAW_CHOICE)
        return type_of_choice(checker, file, expr, type);
    *type = type_quantity(dimension_none(checker->units), NULL);
    if (named == LAW_BETA)
        return true;
    if (named == LAW_LOGNORMAL)
        return type_of_value(checker, file, expr->args.at[0].value, type);
    bool nested = expr->kind == EXPR_TABLE || (expr->kind == EXPR_CALL && text_is(expr->name.text, "interpolate"));
    if (!nested && named == LAW_COUNT && expr->kind != EXPR_RANGE && expr->kind != EXPR_SPREAD)
        return type_of_value(checker, file, expr, type);
    const struct expr **values = arena_array(checker->arena, expr->args.count, sizeof *values);
    for (size_t i = 0; i < expr->args.count; i++)
        values[i] = expr->args.at[i].value;
    if (!nested)
        return type_of_values(checker, file, values, expr->args.count, type);
    for (size_t i = expr->args.count; i > 0; i--)
        if (expr->args.at[i - 1].label && form_type(checker, file, values[i - 1], type) && (type->kind != KIND_QUANTITY || type->dimension != dimension_none(checker->units)))
            return true;
    return type->kind != KIND_ERROR;
}

const struct unit *bare_unit(const struct checker *checker, const struct type *type)
{
    if (type->fraction || type->shown == units_word(checker->units, TEXT("%"), false))
        return NULL;
    return type->shown;
}

// ---- shares and defaults of the file -----------------------------------------------------------------------------------------------

double check_share(struct checker *checker, size_t file, const struct expr *expr, enum diag_code code, const char *what)
{
    struct type plain = type_quantity(dimension_none(checker->units), NULL);
    double share = expr->kind == EXPR_ERROR ? NAN : check_constant(checker, file, expr, &plain, NULL);
    if (isnan(share) || (share > 0 && share < 1))
        return share;
    struct diag *diag = diag_add(checker->diags, code, expr->span, "%s lies between 0 %% and 100 %%", what);
    if (share >= 1 && share < 100 && expr->kind == EXPR_NUMBER)
        diag_help(checker->diags, diag, "write `%.*s%%`", TEXT_ARGS(expr->spelling));
    else
        diag_help(checker->diags, diag, "write a percentage such as `90%%`");
    return NAN;
}

static double find_interval(struct checker *checker, size_t file)
{
    double level = 0.9;
    for (const struct item *item = checker->forest->files[file].tree->items; item; item = item->next)
        if (item->kind == ITEM_DEFAULT && text_is(item->name.text, "interval") && item->value) {
            double share = check_share(checker, file, item->value, DIAG_INPUT_CLAUSE, "an interval's level");
            level = isnan(share) ? level : share;
        }
    return level;
}

double form_default_level(struct checker *checker, size_t file)
{
    double *interval = &checker->intervals[file];
    if (*interval == 0)
        *interval = find_interval(checker, file);
    return *interval;
}

// ---- paths ---------------------------------------------------------------------------------------------------------------------------

static bool is_path(const struct expr *expr)
{
    return expr->kind == EXPR_CALL && text_is(expr->name.text, "interpolate");
}

static bool is_hold(const struct arg *arg)
{
    return !arg->label && arg->value && arg->value->kind == EXPR_REF && text_is(arg->value->name.text, "hold");
}

static bool path_fault(const struct form *form, struct span span, const char *message)
{
    return form_fault(form, DIAG_INPUT_PATH, span, message, "write `interpolate(2025: 15k to 20k to 45k, 2026: 25k to 40k to 60k)`, dates in order, `hold` last if the ends are to be kept");
}

static bool check_point(const struct form *form, const struct arg *arg, double before, struct input_point *point)
{
    struct date date;
    struct date_span span;
    if (!arg->label || !expr_is_date(arg->label, &date))
        return path_fault(form, arg->label ? arg->label->span : arg->value->span, "a path's point is a date, a colon and a value");
    if (!check_date(form->checker, arg->label, &span))
        return false;
    if (span.end <= before)
        return path_fault(form, arg->label->span, "the points of a path are not in order of time");
    point->instant = span.end;
    return law_of(form, arg->value, &point->law);
}

static bool path_instance(const struct form *form, const struct expr *expr, struct input_instance *instance)
{
    size_t count = expr->args.count;
    if (form->type.kind != KIND_QUANTITY)
        return path_fault(form, expr->span, "only a quantity has a path through time");
    instance->hold = count > 0 && is_hold(&expr->args.at[count - 1]);
    count -= instance->hold;
    if (count == 0)
        return path_fault(form, expr->span, "a path has at least one point");
    struct input_point *points = arena_array(form->checker->arena, count, sizeof *points);
    bool known = true;
    instance->logarithmic = true;
    for (size_t i = 0; i < count; i++) {
        known = check_point(form, &expr->args.at[i], i ? points[i - 1].instant : -INFINITY, &points[i]) && known;
        instance->logarithmic = instance->logarithmic && known && !law_reaches_zero(&points[i].law);
    }
    instance->points = points;
    instance->point_count = count;
    return known;
}

// ---- the whole right side --------------------------------------------------------------------------------------------------------------

bool form_is_drawn(const struct expr *expr)
{
    if (expr->kind == EXPR_RANGE || expr->kind == EXPR_SPREAD || expr->kind == EXPR_DATA || expr->kind == EXPR_TABLE)
        return true;
    return expr->kind == EXPR_CALL && law_named(expr->name.text) != LAW_COUNT;
}

void form_missing(struct checker *checker, const char *reason, struct input_instance *instance)
{
    struct input_point *point = arena_alloc(checker->arena, sizeof *point);
    point->law = (struct distribution){.law = LAW_KNOWN, .a = NAN, .cut_low = -INFINITY, .cut_high = INFINITY};
    instance->points = point;
    instance->point_count = 1;
    instance->missing = reason;
}

bool form_instance(const struct form *form, const struct expr *expr, struct input_instance *instance)
{
    instance->span = expr->span;
    if (is_path(expr) && !path_instance(form, expr, instance))
        return false;
    if (!is_path(expr)) {
        struct input_point *point = arena_alloc(form->checker->arena, sizeof *point);
        if (!law_of(form, expr, &point->law))
            return false;
        instance->points = point;
        instance->point_count = 1;
    }
    for (size_t i = 0; i < instance->point_count; i++)
        instance->bounds_only = instance->bounds_only || law_bounds_only(instance->points[i].law.law);
    return true;
}
