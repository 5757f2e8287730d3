#include <math.h>

#include "base/buffer.h"
#include "dsl/print.h"
#include "dsl/variant.h"
#include "judge/weaken.h"

// The condition that the figure is part of: a comparison, or a phrase.
static const struct expr *around(const struct expr *expr, const struct expr *place)
{
    for (size_t i = 0; i < expr->args.count; i++) {
        const struct expr *value = expr->args.at[i].value;
        if (value == place)
            return expr;
        const struct expr *found = value ? around(value, place) : NULL;
        if (found)
            return found;
    }
    return NULL;
}

static void write_change(struct buffer *out, struct arena *arena, const struct variant *variant, struct expr *figure)
{
    const struct expr *condition = around(variant->formula, variant->place);
    if (condition->kind == EXPR_TIME) {
        buffer_printf(out, "%s ", phrase_words[condition->phrase]);
        print_expr(out, figure);
    } else {
        print_expr(out, variant_expr(arena, condition, variant->place, figure));
    }
    buffer_add_string(out, " instead of ");
    print_expr(out, variant->place);
}

static const struct weakening *weakening_of(struct work *work, const struct inquiry *inquiry, const struct expr *formula, const char *change,
                                            struct probability probability)
{
    struct buffer text = buffer_on(work->arena);
    variant_write(&text, work->arena, inquiry->verdict.claim, formula, "weaker", inquiry->verdict.scenario);
    while (text.length > 0 && text.at[text.length - 1] == '\n')
        text.at[--text.length] = '\0';
    struct weakening *weakening = arena_alloc(work->arena, sizeof *weakening);
    *weakening = (struct weakening){text.at, change, probability};
    return weakening;
}

const struct weakening *weakened_figure(struct work *work, const struct inquiry *inquiry, const struct variant *variant, double value,
                                        struct probability probability)
{
    struct arena *arena = work->arena;
    struct expr *figure = variant_figure(arena, work->model->program, variant, value);
    if (!figure)
        return NULL;
    struct buffer change = buffer_on(arena);
    write_change(&change, arena, variant, figure);
    return weakening_of(work, inquiry, variant_expr(arena, variant->formula, variant->place, figure), change.at, probability);
}

// ---- certainty -------------------------------------------------------------------------------------------------------------------------

static struct expr *copy_of(struct arena *arena, const struct expr *expr)
{
    struct expr *copy = arena_alloc(arena, sizeof *copy);
    *copy = *expr;
    return copy;
}

static struct expr *given_of(struct arena *arena, const struct claim *claim)
{
    struct expr *given = claim->premise_read ? copy_of(arena, claim->premise_read) : NULL;
    if (!claim->exception_read)
        return given;
    struct expr *not = ast_apply1(arena, (struct span){0}, OP_NOT, copy_of(arena, claim->exception_read));
    return given ? ast_apply2(arena, (struct span){0}, OP_AND, given, not) : not;
}

const struct weakening *weakened_certainty(struct work *work, const struct inquiry *inquiry, double percent)
{
    struct arena *arena = work->arena;
    const struct claim *claim = inquiry->verdict.claim;
    if (!claim->conclusion_read)
        return NULL;
    struct expr *call = ast_expr(arena, EXPR_CALL, (struct span){0}), *share = ast_expr(arena, EXPR_NUMBER, (struct span){0});
    call->name.text = TEXT("probability");
    ast_push_arg(arena, call, (struct arg){.value = copy_of(arena, claim->conclusion_read), .given = given_of(arena, claim)});
    share->number = percent / 100;
    share->percent = true;
    share->spelling = text_of(arena_printf(arena, "%.0f%%", percent));
    struct expr *formula = ast_compare(arena, (struct span){0}, OP_GT, (struct span){0}, call, share);
    struct buffer change = buffer_on(arena);
    buffer_printf(&change, "probability(...) > %.0f%% instead of certainty", percent);
    return weakening_of(work, inquiry, formula, change.at, inquiry->verdict.probability);
}
