// Sources: those that a file states, and those that the data store knows.
#include <math.h>

#include "dsl/check_input.h"
#include "dsl/written.h"

double check_day(struct checker *checker, const struct expr *expr)
{
    struct date date;
    struct date_span span;
    if (!expr || expr->kind == EXPR_ERROR)
        return NAN;
    if (expr_is_date(expr, &date))
        return check_date(checker, expr, &span) ? span.start : NAN;
    struct diag *diag = diag_add(checker->diags, DIAG_DATE_WRONG, expr->span, "a date belongs here");
    diag_help(checker->diags, diag, "write a date such as 2025-07");
    return NAN;
}

void check_source(struct checker *checker, struct symbol *symbol)
{
    struct source_entry *source = symbol->source;
    source->title = symbol->item->text;
    source->publisher = symbol->item->by;
    source->url = symbol->item->url;
    source->date = check_day(checker, symbol->item->on);
}

const struct source_entry *stored_source(struct checker *checker, struct text id)
{
    const struct observer *observer = checker->options->observer;
    struct known_source known;
    const struct source_entry *seen = map_get(&checker->stored_names, id);
    if (seen || !observer || !observer->source(observer->context, checker->arena, id, &known))
        return seen;
    struct source_entry *source = arena_alloc(checker->arena, sizeof *source);
    *source = (struct source_entry){.name = known.id, .title = known.title, .publisher = known.publisher, .url = known.url};
    double end;
    if (!written_date(known.published, &source->date, &end))
        source->date = NAN;
    map_put(&checker->stored_names, source->name, source);
    vector_push(checker->arena, &checker->stored, source);
    return source;
}

const struct source_entry *need_source(struct checker *checker, size_t file, struct name name)
{
    const struct source_entry *stored = find_symbol(checker, file, name.text) ? NULL : stored_source(checker, name.text);
    if (stored)
        return stored;
    struct symbol *symbol = need_symbol(checker, file, name, SYMBOL_SOURCE, "source");
    return symbol ? symbol->source : NULL;
}
