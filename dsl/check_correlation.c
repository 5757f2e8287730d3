// `correlated with OTHER 0.6`.
#include <math.h>

#include "base/buffer.h"
#include "dsl/check_input.h"

static bool fault(struct checker *checker, struct span span, const char *message, const char *help)
{
    struct diag *diag = diag_add(checker->diags, DIAG_CORRELATION, span, "%s", message);
    diag_help(checker->diags, diag, "%s", help);
    return false;
}

// The other input, its instances known; NULL after a diagnostic.
static const struct input *other_input(struct checker *checker, const struct symbol *symbol, const struct clause *clause)
{
    struct name name = clause->target->name;
    struct symbol *other = find_symbol(checker, symbol->file, name.text);
    if (other == symbol) {
        fault(checker, name.span, "an input is not correlated with itself", "name another input");
        return NULL;
    }
    if (other && other->kind == SYMBOL_INPUT && other->state == SYMBOL_CHECKING) {
        fault(checker, clause->span, "these two inputs already are correlated", "say it once, at one of them");
        return NULL;
    }
    other = need_symbol(checker, symbol->file, name, SYMBOL_INPUT, "input");
    return other && other->input && other->input->instances ? other->input : NULL;
}

// The instance that the members name, or -1 after a diagnostic.
static long named_instance(struct checker *checker, const struct expr *target, const struct input *other)
{
    size_t position = 0;
    for (size_t i = 0; i < other->param_count; i++) {
        const struct expr *member = target->args.at[i].value;
        int found = member->kind == EXPR_REF ? need_member(checker, other->params[i], member->name) : -1;
        if (found < 0)
            return -1;
        position = position * other->params[i]->count + (size_t)found;
    }
    return (long)position;
}

static bool same_params(const struct input *a, const struct input *b)
{
    for (size_t i = 0; i < a->param_count && i < b->param_count; i++)
        if (a->params[i] != b->params[i])
            return false;
    return a->param_count == b->param_count;
}

static bool can_tie(struct checker *checker, const struct clause *clause, const struct input *input)
{
    for (size_t i = 0; i < input->instance_count; i++)
        if (input->instances[i].bounds_only)
            return fault(checker, clause->span, "a value with bounds and no probability cannot be correlated", "say what is likely with `to`, or leave the correlation out");
    return true;
}

static double coefficient(struct checker *checker, const struct symbol *symbol, const struct clause *clause)
{
    struct type plain = type_quantity(dimension_none(checker->units), NULL);
    double value = clause->value->kind == EXPR_ERROR ? NAN : check_constant(checker, symbol->file, clause->value, &plain, NULL);
    if (value < -1 || value > 1) {
        fault(checker, clause->value->span, "a correlation lies between -1 and 1", "write 0.6, for example: 0 is none, 1 in lockstep, -1 in opposition");
        return NAN;
    }
    return value;
}

static void tie(struct checker *checker, const struct symbol *symbol, const struct clause *clause, struct input *input)
{
    double value = coefficient(checker, symbol, clause);
    const struct input *other = other_input(checker, symbol, clause);
    if (isnan(value) || !other || !can_tie(checker, clause, input) || !can_tie(checker, clause, other))
        return;
    const struct expr *target = clause->target;
    long named = -1;
    if (target->args.count != 0 && target->args.count != other->param_count) {
        fault(checker, target->span, "the number of members does not fit this input", "name a member for each of its indexes");
        return;
    }
    if (target->args.count > 0 || other->param_count == 0) {
        named = named_instance(checker, target, other);
        if (named < 0)
            return;
    } else if (!same_params(input, other)) {
        fault(checker, target->span, "the two inputs do not run over the same indexes", "name one member: `correlated with OTHER[member] 0.6`");
        return;
    }
    struct input_instance *instances = arena_array(checker->arena, input->instance_count, sizeof *instances);
    for (size_t i = 0; i < input->instance_count; i++) {
        instances[i] = input->instances[i];
        instances[i].other = other;
        instances[i].other_instance = named < 0 ? i : (size_t)named;
        instances[i].correlation = value;
    }
    input->instances = instances;
}

void check_correlations(struct checker *checker, const struct symbol *symbol, struct input *input)
{
    const struct clause *first = NULL;
    for (const struct clause *clause = symbol->item->clauses; clause; clause = clause->next) {
        if (clause->kind != CLAUSE_CORRELATED || !clause->target || clause->target->kind != EXPR_REF)
            continue;
        if (first) {
            fault(checker, clause->span, "an input names one other input", "say the second correlation at the other input");
            continue;
        }
        first = clause;
        tie(checker, symbol, clause, input);
    }
}
