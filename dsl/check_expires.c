// `expires DATE`: how long an input counts. The vintage of the run decides, not the day it is run.
#include <math.h>

#include "base/buffer.h"
#include "dsl/check_input.h"

#define SECONDS_A_DAY 86400.0
#define DAYS_BEFORE 90

static const struct clause *expires_clause(const struct symbol *symbol)
{
    for (; symbol; symbol = symbol->part)
        for (const struct clause *clause = symbol->item->clauses; clause; clause = clause->next)
            if (clause->kind == CLAUSE_EXPIRES)
                return clause;
    return NULL;
}

static void warn_of_end(struct checker *checker, const struct clause *clause, const struct input *input)
{
    struct text vintage = checker->options->observer->vintage_text;
    struct diag *diag = diag_add(checker->diags, DIAG_EXPIRES_SOON, clause->span, "`%.*s` expires soon: this run's vintage is %.*s", TEXT_ARGS(input->name), TEXT_ARGS(vintage));
    diag_help(checker->diags, diag, "look at it again and write a later date; after %.*s what needs it is blocked", TEXT_ARGS(clause->value->spelling));
}

static void block(struct checker *checker, const struct clause *clause, const struct input *input, struct input_instance *instances)
{
    struct text vintage = checker->options->observer->vintage_text;
    const char *reason = arena_printf(checker->arena, "`%.*s` expired after %.*s; this run's vintage is %.*s", TEXT_ARGS(input->name), TEXT_ARGS(clause->value->spelling),
                                      TEXT_ARGS(vintage));
    for (size_t i = 0; i < input->instance_count; i++)
        if (!instances[i].missing)
            form_missing(checker, reason, &instances[i]);
}

void check_expires(struct checker *checker, const struct symbol *symbol, const struct input *input, struct input_instance *instances)
{
    const struct observer *observer = checker->options->observer;
    const struct clause *clause = expires_clause(symbol);
    if (!observer || !clause || isnan(input->expires))
        return;
    checker->program->dated = true;
    if (observer->vintage > input->expires)
        block(checker, clause, input, instances);
    else if (observer->vintage > input->expires - DAYS_BEFORE * SECONDS_A_DAY)
        warn_of_end(checker, clause, input);
}
