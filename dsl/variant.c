#include "dsl/variant.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/number.h"
#include "dsl/print.h"

struct expr *variant_expr(struct arena *arena, const struct expr *expr, const struct expr *place, struct expr *instead)
{
    if (expr == place)
        return instead;
    for (size_t i = 0; i < expr->args.count; i++) {
        struct expr *value = expr->args.at[i].value ? variant_expr(arena, expr->args.at[i].value, place, instead) : NULL;
        if (!value)
            continue;
        struct expr *copy = arena_alloc(arena, sizeof *copy);
        *copy = *expr;
        copy->args.at = arena_array(arena, expr->args.count, sizeof *copy->args.at);
        memcpy(copy->args.at, expr->args.at, expr->args.count * sizeof *copy->args.at);
        copy->args.room = expr->args.count;
        copy->args.at[i].value = value;
        return copy;
    }
    return NULL;
}

// ---- figures -------------------------------------------------------------------------------------------------------------------

static double letter_factor(char letter)
{
    switch (letter) {
    case 'k':
        return 1e3;
    case 'M':
        return 1e6;
    case 'B':
        return 1e9;
    case 'T':
        return 1e12;
    default:
        return 1;
    }
}

// "3.1M" for 3.1e6 where "5M" stood; "40%" where "60%" stood.
static struct text spelling_of(struct arena *arena, const struct expr *like, double number)
{
    struct buffer out = buffer_on(arena);
    char last = like->spelling.length > 0 ? like->spelling.at[like->spelling.length - 1] : ' ';
    double factor = letter_factor(last);
    number_write(&out, like->percent ? number * 100 : number / factor, 12);
    if (like->percent)
        buffer_add_char(&out, '%');
    else if (factor > 1 || last == 'x')
        buffer_add_char(&out, last);
    return buffer_text(&out);
}

static bool read_step(const struct timeline *timeline, double instant, struct date *date)
{
    double years = instant / SECONDS_A_YEAR, year = floor(years + 1e-9), month = round((years - year) * 12);
    *date = (struct date){.year = (int)year};
    if (timeline->length < 0.2 * SECONDS_A_YEAR)
        date->month = (int)month + 1;
    else if (timeline->length < 0.9 * SECONDS_A_YEAR)
        date->quarter = (int)(month / 3) + 1;
    return timeline->given && date->quarter <= 4 && date->month <= 12;
}

struct expr *variant_figure(struct arena *arena, const struct program *program, const struct variant *variant, double value)
{
    struct expr *figure = arena_alloc(arena, sizeof *figure);
    if (!isnan(variant->factor)) {
        *figure = *variant->place;
        figure->number = value / variant->factor;
        figure->spelling = spelling_of(arena, variant->place, figure->number);
        return figure;
    }
    *figure = (struct expr){.kind = EXPR_DATE};
    if (!read_step(&program->timeline, value, &figure->date))
        return NULL;
    if (figure->date.quarter == 0 && figure->date.month == 0)
        *figure = (struct expr){.kind = EXPR_NUMBER, .number = figure->date.year};
    return figure;
}

// ---- the claim -----------------------------------------------------------------------------------------------------------------

static bool stays(const struct clause *clause)
{
    return clause->kind == CLAUSE_CITE || clause->kind == CLAUSE_WITH || clause->kind == CLAUSE_LEVEL || clause->kind == CLAUSE_EVEN_IF;
}

static void add_clause(struct item *item, struct clause *clause)
{
    clause->next = NULL;
    clause->span = (struct span){0};
    ast_add_clause(item, clause);
}

void variant_write(struct buffer *out, struct arena *arena, const struct claim *claim, const struct expr *formula, const char *suffix,
                   const struct scenario *scenario)
{
    struct item *item = arena_alloc(arena, sizeof *item);
    *item = (struct item){.kind = ITEM_CLAIM, .on = claim->item->on, .names = claim->item->names};
    item->name.text = text_of(arena_printf(arena, "%.*s_%s", TEXT_ARGS(claim->name), suffix));
    item->value = arena_alloc(arena, sizeof *item->value);
    *item->value = *formula;
    if (scenario && scenario->position > 0) {
        struct clause *under = arena_alloc(arena, sizeof *under);
        *under = (struct clause){.kind = CLAUSE_UNDER};
        under->names.at = arena_alloc(arena, sizeof *under->names.at);
        under->names.at[0] = (struct name){.text = scenario->name};
        under->names.count = 1;
        add_clause(item, under);
    }
    for (const struct clause *clause = claim->item->clauses; clause; clause = clause->next) {
        if (!stays(clause))
            continue;
        struct clause *copy = arena_alloc(arena, sizeof *copy);
        *copy = *clause;
        add_clause(item, copy);
    }
    const struct tree tree = {.items = item, .item_count = 1};
    print_tree(out, &tree);
}
