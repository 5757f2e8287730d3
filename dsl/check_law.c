// One right side of an input as a law: `v`, `a .. b`, `a to b`, named distributions, choices.
#include <math.h>

#include "base/buffer.h"
#include "base/number.h"
#include "dsl/check_input.h"

bool form_fault(const struct form *form, enum diag_code code, struct span span, const char *message, const char *help)
{
    struct diag *diag = diag_add(form->checker->diags, code, span, "%s", message);
    if (help)
        diag_help(form->checker->diags, diag, "%s", help);
    return false;
}

bool truth_word(const struct expr *expr, double *value)
{
    if (expr->kind != EXPR_REF || expr->args.count > 0)
        return false;
    *value = text_is(expr->name.text, "yes") || text_is(expr->name.text, "true");
    return *value != 0 || text_is(expr->name.text, "no") || text_is(expr->name.text, "false");
}

static double form_value(const struct form *form, const struct expr *expr, const struct unit *unit)
{
    double value;
    if (expr->kind == EXPR_ERROR)
        return NAN;
    if (form->type.kind == KIND_TRUTH && truth_word(expr, &value))
        return value;
    if (form->type.kind == KIND_MEMBER && expr->kind == EXPR_REF && expr->args.count == 0) {
        int member = need_member(form->checker, form->type.index, expr->name);
        return member < 0 ? (double)NAN : (double)member;
    }
    value = check_constant(form->checker, form->file, expr, &form->type, unit);
    if (isinf(value)) {
        form_fault(form, DIAG_INPUT_PARAMETER, expr->span, "this number is not finite", "write a number that a quantity can have");
        return NAN;
    }
    return value;
}

// The unit behind the last end covers the ends before it.
static const struct unit *covering_unit(const struct form *form, const struct expr *last)
{
    const struct unit_factor *bad;
    while (last->kind == EXPR_APPLY && last->op == OP_NEG)
        last = last->args.at[0].value;
    if (last->kind != EXPR_NUMBER || !last->unit)
        return form->unit;
    const struct unit *unit = units_of(form->checker->units, last->unit, &bad);
    return unit ? unit : form->unit;
}

// The values of the arguments; false when one of them is not known.
static bool values_of(const struct form *form, const struct expr *expr, double *values)
{
    bool known = true;
    const struct unit *unit = covering_unit(form, expr->args.at[expr->args.count - 1].value);
    for (size_t i = 0; i < expr->args.count; i++) {
        values[i] = form_value(form, expr->args.at[i].value, unit);
        known = known && !isnan(values[i]);
    }
    return known;
}

static bool needs_order(const struct form *form, const struct expr *expr)
{
    if (form->type.kind == KIND_QUANTITY || form->type.kind == KIND_DATE)
        return true;
    return form_fault(form, DIAG_INPUT_FORM, expr->span, "only quantities and dates have ranges",
                      form->type.kind == KIND_TRUTH ? "write `choice(yes: 10%, no: 90%)`, or `choice(yes, no)` without probabilities"
                                                    : "write `choice(...)` with the members");
}

static bool order_fault(const struct form *form, const struct expr *a, const struct expr *b, bool equal)
{
    struct diag *diag = diag_add(form->checker->diags, DIAG_INPUT_ORDER, span_join(a->span, b->span), equal ? "the ends are equal" : "the ends are out of order");
    bool percents = !a->percent && b->percent && a->kind == EXPR_NUMBER;
    if (percents)
        diag_help(form->checker->diags, diag, "`%%` covers only its own number: write `%.*s%%`", TEXT_ARGS(a->spelling));
    else
        diag_help(form->checker->diags, diag, "%s", equal ? "write the value alone if it is known" : "write the smaller end first: `0.2 .. 0.6`, `0.2 to 0.4 to 0.6`");
    return false;
}

// Two ends, or two ends with a value between them that may equal either.
static bool ordered_ends(const struct form *form, const struct expr *expr, struct distribution *law)
{
    double v[3] = {0};
    size_t last = expr->args.count - 1;
    if (!needs_order(form, expr) || !values_of(form, expr, v))
        return false;
    const struct arg *args = expr->args.at;
    if (v[0] >= v[last])
        return order_fault(form, args[0].value, args[last].value, v[0] == v[last]);
    if (last == 2 && v[1] < v[0])
        return order_fault(form, args[0].value, args[1].value, false);
    if (last == 2 && v[1] > v[2])
        return order_fault(form, args[1].value, args[2].value, false);
    law->a = v[0];
    law->b = v[last];
    law->c = last == 2 ? v[1] : 0;
    return true;
}

// ---- a .. b and a to b -----------------------------------------------------------------------------------------------------------

static bool bounds_of(const struct form *form, const struct expr *expr, struct distribution *law)
{
    law->law = LAW_BOUNDS;
    if (!ordered_ends(form, expr, law))
        return false;
    if (expr->args.count == 2)
        law->c = law->a + 0.5 * (law->b - law->a);
    return true;
}

enum law spread_law(const struct form *form, double a, bool two)
{
    if (form->type.kind == KIND_DATE || a < 0)
        return two ? LAW_SPREAD_TWO_NORMAL : LAW_SPREAD_NORMAL;
    if (a == 0)
        return two ? LAW_SPREAD_TWO_ZERO : LAW_SPREAD_ZERO;
    return two ? LAW_SPREAD_TWO_LOGNORMAL : LAW_SPREAD_LOGNORMAL;
}

static bool spread_of(const struct form *form, const struct expr *expr, struct distribution *law)
{
    double v[3] = {0};
    size_t last = expr->args.count - 1;
    if (!needs_order(form, expr) || !values_of(form, expr, v))
        return false;
    for (size_t i = 0; i < last; i++)
        if (v[i] >= v[i + 1])
            return order_fault(form, expr->args.at[i].value, expr->args.at[i + 1].value, v[i] == v[i + 1]);
    law->law = spread_law(form, v[0], last == 2);
    law->a = v[0];
    law->b = v[last];
    law->c = last == 2 ? v[1] : 0;
    law->level = form->level;
    return true;
}

// ---- named distributions -----------------------------------------------------------------------------------------------------------

static bool parameter_fault(const struct form *form, const struct expr *expr, size_t position, const char *message, const char *help)
{
    return form_fault(form, DIAG_INPUT_PARAMETER, expr->args.at[position].value->span, message, help);
}

// A plain number: a shape or a geometric standard deviation.
static double plain_value(const struct form *form, const struct expr *expr)
{
    struct form plain = *form;
    plain.type = type_quantity(dimension_none(form->checker->units), NULL);
    return form_value(&plain, expr, NULL);
}

static bool check_normal(const struct form *form, const struct expr *expr, struct distribution *law)
{
    struct form deviation = *form;
    const struct expr *mean = expr->args.at[0].value, *spread = expr->args.at[1].value;
    if (!needs_order(form, expr))
        return false;
    if (form->type.kind == KIND_DATE) {
        const struct unit *year = units_word(form->checker->units, TEXT("year"), false);
        deviation.type = type_quantity(year->dimension, year);
        deviation.unit = NULL;
    }
    law->a = form_value(form, mean, covering_unit(form, spread));
    law->b = form_value(&deviation, spread, covering_unit(&deviation, spread));
    if (isnan(law->a) || isnan(law->b))
        return false;
    if (law->b > 0)
        return true;
    return parameter_fault(form, expr, 1, "a standard deviation is positive", "write `normal(mean, standard deviation)`");
}

static bool check_lognormal(const struct form *form, const struct expr *expr, struct distribution *law)
{
    if (form->type.kind != KIND_QUANTITY)
        return form_fault(form, DIAG_INPUT_FORM, expr->span, "only quantities are lognormal", "for a date write `normal(2027, 1 year)` or `2026 to 2028`");
    law->a = form_value(form, expr->args.at[0].value, form->unit);
    law->b = plain_value(form, expr->args.at[1].value);
    if (isnan(law->a) || isnan(law->b))
        return false;
    if (law->a <= 0)
        return parameter_fault(form, expr, 0, "the median of a lognormal is positive", "use `normal` for what can be negative");
    if (law->b > 1)
        return true;
    return parameter_fault(form, expr, 1, "a geometric standard deviation is a factor above 1", "write `lognormal(median, 1.5)`: two thirds lie within a factor 1.5");
}

static bool check_beta(const struct form *form, const struct expr *expr, struct distribution *law)
{
    if (form->type.kind != KIND_QUANTITY || form->type.dimension != dimension_none(form->checker->units))
        return form_fault(form, DIAG_INPUT_FORM, expr->span, "a beta distribution is a plain number between 0 and 1", "declare the input as `fraction`, or use `pert(low, likely, high)`");
    law->a = plain_value(form, expr->args.at[0].value);
    law->b = plain_value(form, expr->args.at[1].value);
    if (isnan(law->a) || isnan(law->b))
        return false;
    if (law->a > 0 && law->b > 0)
        return true;
    return parameter_fault(form, expr, law->a > 0, "the shapes of a beta distribution are positive", "write `beta(2, 5)`, for example");
}

// ---- choices -----------------------------------------------------------------------------------------------------------------------

static const struct expr *choice_value(const struct arg *arg)
{
    return arg->label ? arg->label : arg->value;
}

static bool check_choice_value(const struct form *form, const struct expr *expr, size_t i, double *values)
{
    const struct expr *written = choice_value(&expr->args.at[i]);
    values[i] = form_value(form, written, form->unit);
    if (isnan(values[i]))
        return false;
    for (size_t j = 0; j < i; j++) {
        if (values[j] != values[i])
            continue;
        struct diag *diag = diag_add(form->checker->diags, DIAG_CHOICE_VALUE, written->span, "this is offered twice");
        diag_label(form->checker->diags, diag, choice_value(&expr->args.at[j])->span, "the first time");
        diag_help(form->checker->diags, diag, "offer it once, with the sum of the weights");
        return false;
    }
    return true;
}

static bool check_weights(const struct form *form, const struct expr *expr, double *weights)
{
    double sum = 0;
    for (size_t i = 0; i < expr->args.count; i++) {
        weights[i] = plain_value(form, expr->args.at[i].value);
        if (isnan(weights[i]))
            return false;
        if (weights[i] < 0 || weights[i] > 1)
            return form_fault(form, DIAG_CHOICE_WEIGHTS, expr->args.at[i].value->span, "a weight lies between 0 % and 100 %", "write weights such as `30%`");
        sum += weights[i];
    }
    if (fabs(sum - 1) <= 1e-6) {
        for (size_t i = 0; i < expr->args.count; i++)
            weights[i] /= sum;
        return true;
    }
    struct buffer message = buffer_on(form->checker->arena);
    buffer_add_string(&message, "the weights add up to ");
    number_write(&message, sum * 100, 6);
    buffer_add_string(&message, " %");
    return form_fault(form, DIAG_CHOICE_WEIGHTS, expr->span, buffer_text(&message).at, "change them, or add what is missing, so that they add up to 100 %");
}

static bool choice_of(const struct form *form, const struct expr *expr, struct distribution *law)
{
    size_t count = expr->args.count, labelled = 0;
    if (count == 0)
        return form_fault(form, DIAG_CHOICE_VALUE, expr->span, "a choice offers at least one value", "write `choice(yes: 10%, no: 90%)`");
    double *values = arena_array(form->checker->arena, count, sizeof *values), *weights = arena_array(form->checker->arena, count, sizeof *weights);
    for (size_t i = 0; i < count; i++)
        labelled += expr->args.at[i].label != NULL;
    if (labelled != 0 && labelled != count)
        return form_fault(form, DIAG_CHOICE_WEIGHTS, expr->span, "some of these have a weight and some do not", "give every value a weight, or none");
    bool known = true;
    for (size_t i = 0; i < count; i++)
        known = check_choice_value(form, expr, i, values) && known;
    if (!known || (labelled && !check_weights(form, expr, weights)))
        return false;
    law->law = labelled ? LAW_CHOICE : LAW_POSSIBLE;
    law->choice_count = count;
    law->values = values;
    law->weights = labelled ? weights : NULL;
    return true;
}

static bool parameters_of(const struct form *form, const struct expr *expr, struct distribution *law)
{
    switch (law->law) {
    case LAW_UNIFORM:
    case LAW_TRIANGULAR:
    case LAW_PERT:
        return ordered_ends(form, expr, law);
    case LAW_NORMAL:
        return check_normal(form, expr, law);
    case LAW_LOGNORMAL:
        return check_lognormal(form, expr, law);
    case LAW_BETA:
        return check_beta(form, expr, law);
    case LAW_KNOWN:
    case LAW_BOUNDS:
    case LAW_SPREAD_NORMAL:
    case LAW_SPREAD_LOGNORMAL:
    case LAW_SPREAD_ZERO:
    case LAW_SPREAD_TWO_NORMAL:
    case LAW_SPREAD_TWO_LOGNORMAL:
    case LAW_SPREAD_TWO_ZERO:
    case LAW_CHOICE:
    case LAW_POSSIBLE:
    case LAW_COUNT:
        break; // not written as a name with numbers in brackets
    }
    return false;
}

static bool named_of(const struct form *form, const struct expr *expr, enum law named, struct distribution *law)
{
    const struct law_row *row = &law_table[named];
    law->law = named;
    if (named == LAW_CHOICE)
        return choice_of(form, expr, law);
    if ((int)expr->args.count != row->low) {
        const char *message = arena_printf(form->checker->arena, "`%s` has %d parameters, and here are %zu", row->text, row->low, expr->args.count);
        return form_fault(form, DIAG_INPUT_PARAMETER, expr->span, message, row->doc);
    }
    return parameters_of(form, expr, law);
}

// ---- within ------------------------------------------------------------------------------------------------------------------------

static bool nothing_left(const struct form *form, const struct expr *expr)
{
    struct diag *diag = diag_add(form->checker->diags, DIAG_INPUT_EMPTY, expr->span, form->cut_span.end ? "nothing of this lies within the bounds" : "a fraction lies between 0 and 1");
    if (form->cut_span.end)
        diag_label(form->checker->diags, diag, form->cut_span, "cut here");
    diag_help(form->checker->diags, diag, "%s", form->cut_span.end ? "change the value or the bounds" : "write a share such as 40 %, or declare another unit");
    return false;
}

static bool cut_values(const struct form *form, const struct expr *expr, struct distribution *law)
{
    if (law->law == LAW_KNOWN && (law->a < form->cut_low || law->a > form->cut_high))
        return nothing_left(form, expr);
    for (size_t i = 0; i < law->choice_count; i++)
        if (law->values[i] < form->cut_low || law->values[i] > form->cut_high)
            return nothing_left(form, choice_value(&expr->args.at[i]));
    return true;
}

static bool cut_bounds(const struct form *form, const struct expr *expr, struct distribution *law)
{
    // A fraction's own ends are the author's words and not a cut: 50% .. 150% is a mistake.
    if (!form->cut_span.end && (law->a < form->cut_low || law->b > form->cut_high))
        return nothing_left(form, expr);
    law->a = fmax(law->a, form->cut_low);
    law->b = fmin(law->b, form->cut_high);
    law->c = fmin(fmax(law->c, law->a), law->b);
    return law->a <= law->b || nothing_left(form, expr);
}

bool law_cut(const struct form *form, const struct expr *expr, struct distribution *law)
{
    law->cut_low = form->cut_low;
    law->cut_high = form->cut_high;
    if (isinf(form->cut_low) && isinf(form->cut_high))
        return true;
    if (law->law == LAW_KNOWN || law->choice_count > 0)
        return cut_values(form, expr, law);
    if (law->law == LAW_BOUNDS)
        return cut_bounds(form, expr, law);
    double left = law_share_below(law, form->cut_high) - law_share_below(law, form->cut_low);
    if (!(left > 1e-6))
        return nothing_left(form, expr);
    if (left >= 0.99)
        return true;
    struct buffer message = buffer_on(form->checker->arena);
    buffer_add_string(&message, form->cut_span.end ? "`within` cuts away " : "keeping this fraction within 0 .. 1 cuts away ");
    number_write(&message, (1 - left) * 100, 2);
    buffer_add_string(&message, " % of the distribution");
    struct diag *diag = diag_add(form->checker->diags, DIAG_INPUT_CUT, expr->span, "%s", buffer_text(&message).at);
    diag_help(form->checker->diags, diag, "what is left is scaled up to 100 %%; choose ends or a distribution that fit the bounds if that is not meant");
    return true;
}

bool law_of(const struct form *form, const struct expr *expr, struct distribution *law)
{
    enum law named = expr->kind == EXPR_CALL ? law_named(expr->name.text) : LAW_COUNT;
    bool known;
    *law = (struct distribution){.level = form->level, .cut_low = -INFINITY, .cut_high = INFINITY};
    if (expr->kind == EXPR_RANGE)
        known = bounds_of(form, expr, law);
    else if (expr->kind == EXPR_SPREAD)
        known = spread_of(form, expr, law);
    else if (named != LAW_COUNT)
        known = named_of(form, expr, named, law);
    else
        known = !isnan(law->a = form_value(form, expr, form->unit));
    return known && law_cut(form, expr, law);
}
