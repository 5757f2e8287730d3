#include "dsl/print_item.h"

#include "dsl/print.h"

enum { BREAK_INDENT = 4 };

// ---- what the parts are ------------------------------------------------------------------------------------------------

static void add_part(struct arena *arena, struct part_list *parts, enum part_kind kind, const struct clause *clause, struct span span)
{
    vector_push(arena, parts, ((struct part){.kind = kind, .clause = clause, .span = span}));
}

static struct span head_span(const struct item *item)
{
    struct span span = {item->span.start, item->name.span.end};
    for (size_t i = 0; i < item->params.count; i++)
        span = span_join(span, span_join(item->params.at[i].name.span, item->params.at[i].set.span));
    if (item->type != NULL)
        span = span_join(span, item->type->span);
    if (item->value != NULL && item->kind != ITEM_CLAIM)
        span = span_join(span, item->value->span);
    // What has no other parts is all head.
    if (item->kind != ITEM_CLAIM && item->kind != ITEM_INPUT && item->kind != ITEM_SOURCE && item->kind != ITEM_SCENARIO)
        span = item->span;
    return span;
}

static struct span who_span(const struct item *item)
{
    struct span span = span_join(item->by_span, item->in.span);
    return item->on != NULL ? span_join(span, item->on->span) : span;
}

static void add_clauses(struct arena *arena, struct part_list *parts, const struct item *item, const enum clause_kind *order, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if ((item->clause_kinds & 1u << order[i]) == 0)
            continue;
        for (const struct clause *clause = item->clauses; clause != NULL; clause = clause->next)
            if (clause->kind == order[i])
                add_part(arena, parts, PART_CLAUSE, clause, clause->span);
    }
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const enum clause_kind value_clauses[] = {CLAUSE_WITHIN, CLAUSE_INTERVAL, CLAUSE_VARIES, CLAUSE_CORRELATED};
static const enum clause_kind input_clauses[] = {CLAUSE_CITE, CLAUSE_BASIS, CLAUSE_AS_OF, CLAUSE_EXPIRES};
static const enum clause_kind head_clauses[] = {CLAUSE_CITE, CLAUSE_UNDER, CLAUSE_WITH};
static const enum clause_kind tail_clauses[] = {CLAUSE_LEVEL, CLAUSE_EVEN_IF, CLAUSE_SUPPORTS, CLAUSE_REBUTS, CLAUSE_UNDERCUTS, CLAUSE_EXPECT};

static bool has_who(const struct item *item)
{
    return item->by.at != NULL || item->in.text.length > 0 || item->on != NULL;
}

struct part_list parts_of(struct arena *arena, const struct item *item)
{
    struct part_list parts = {0};
    add_part(arena, &parts, PART_HEAD, NULL, head_span(item));
    if (item->kind != ITEM_INPUT && item->kind != ITEM_CLAIM && item->kind != ITEM_SOURCE && item->kind != ITEM_SCENARIO)
        return parts;
    if (item->kind == ITEM_INPUT)
        add_clauses(arena, &parts, item, value_clauses, COUNT(value_clauses));
    if (item->has_text)
        add_part(arena, &parts, PART_TEXT, NULL, item->text_span);
    if (has_who(item))
        add_part(arena, &parts, PART_WHO, NULL, who_span(item));
    if (item->url.length > 0)
        add_part(arena, &parts, PART_LINK, NULL, item->url_span);
    if (item->kind == ITEM_INPUT)
        add_clauses(arena, &parts, item, input_clauses, COUNT(input_clauses));
    if (item->kind != ITEM_CLAIM)
        return parts;
    add_clauses(arena, &parts, item, head_clauses, COUNT(head_clauses));
    if (item->value != NULL)
        add_part(arena, &parts, PART_FORMULA, NULL, item->value->span);
    add_clauses(arena, &parts, item, tail_clauses, COUNT(tail_clauses));
    return parts;
}

// ---- writing them ------------------------------------------------------------------------------------------------------

static void write_expr(struct buffer *out, const struct expr *expr, enum tightness place, bool broken)
{
    if (broken)
        write_broken(out, expr, place, current_column(out));
    else
        write_flat(out, expr, place, (struct style){.keep_parentheses = true, .limit = (size_t)-1});
}

// Behind `=`: when it does not fit there, on the next line.
static void write_right_side(struct buffer *out, const struct expr *value, enum tightness place, bool broken)
{
    buffer_add_string(out, " = ");
    if (!broken) {
        write_expr(out, value, place, false);
        return;
    }
    size_t start = out->length, lines = 0;
    write_broken(out, value, place, current_column(out));
    for (size_t i = start; i < out->length; i++)
        lines += out->at[i] == '\n';
    if (lines == 0 && current_column(out) <= PRINT_WIDTH)
        return;
    out->length = start;
    new_line(out, BREAK_INDENT);
    write_broken(out, value, place, BREAK_INDENT);
}

static void write_params(struct buffer *out, const struct item *item, const char *marks)
{
    if (item->params.count == 0 && marks[0] == '[')
        return;
    buffer_add_char(out, marks[0]);
    for (size_t i = 0; i < item->params.count; i++) {
        const struct param *param = &item->params.at[i];
        if (i > 0)
            buffer_add_string(out, ", ");
        buffer_add(out, param->name.text);
        if (param->set.text.length > 0)
            buffer_printf(out, " in %.*s", TEXT_ARGS(param->set.text));
        if (param->unit != NULL || param->type.text.length > 0) {
            struct type_expr type = {.unit = param->unit, .word = param->type};
            buffer_add_string(out, ": ");
            print_type(out, &type);
        }
    }
    buffer_add_char(out, marks[1]);
}

static bool is_table(const struct expr *expr)
{
    return expr->kind == EXPR_TABLE;
}

static void write_named(struct buffer *out, const struct item *item, const char *keyword)
{
    buffer_printf(out, "%s %.*s", keyword, TEXT_ARGS(item->name.text));
    write_params(out, item, "[]");
    if (item->type == NULL)
        return;
    buffer_add_string(out, " : ");
    print_type(out, item->type);
}

static void write_text(struct buffer *out, const struct item *item)
{
    buffer_printf(out, "\"%.*s\"", TEXT_ARGS(item->text));
}

static void write_use(struct buffer *out, const struct item *item)
{
    buffer_add_string(out, "use ");
    if (item->has_text)
        write_text(out, item);
    else
        buffer_add(out, item->name.text);
    if (item->as.text.length > 0)
        buffer_printf(out, " as %.*s", TEXT_ARGS(item->as.text));
}

static void write_timeline(struct buffer *out, const struct item *item)
{
    buffer_add_string(out, "timeline ");
    write_expr(out, item->from, TIGHT_SUM, false);
    buffer_add_string(out, " .. ");
    write_expr(out, item->to, TIGHT_SUM, false);
    buffer_printf(out, " by %.*s", TEXT_ARGS(item->name.text));
    if (item->present == NULL)
        return;
    buffer_add_string(out, ", present ");
    write_expr(out, item->present, item->present->kind == EXPR_DATA ? TIGHT_LOOSE : TIGHT_SUM, false);
}

// Members one after the other, on as many lines as it takes.
static void write_index(struct buffer *out, const struct item *item, bool broken)
{
    write_named(out, item, "index");
    if (item->value != NULL) {
        write_right_side(out, item->value, TIGHT_LOOSE, broken);
        return;
    }
    buffer_add_string(out, " = ");
    for (size_t i = 0; i < item->names.count; i++) {
        struct text name = item->names.at[i].text;
        if (broken && i > 0 && current_column(out) + name.length + 2 > PRINT_WIDTH)
            new_line(out, BREAK_INDENT);
        else if (i > 0)
            buffer_add_char(out, ' ');
        if (i == 0 && out->at[out->length - 1] != ' ')
            buffer_add_char(out, ' ');
        buffer_add(out, name);
        if (i + 1 < item->names.count)
            buffer_add_char(out, ',');
    }
}

static void write_target(struct buffer *out, const struct expr *target, const struct expr *value, bool broken)
{
    write_flat(out, target, TIGHT_PRIMARY, (struct style){.limit = (size_t)-1});
    write_right_side(out, value, value_place(value), broken);
}

static void write_labelled(struct buffer *out, const struct item *item, const char *keyword, bool broken)
{
    buffer_printf(out, "%s ", keyword);
    if (item->name.text.length > 0)
        buffer_printf(out, "%.*s: ", TEXT_ARGS(item->name.text));
    write_expr(out, item->value, TIGHT_EXPR, broken);
}

static void write_unit(struct buffer *out, const struct item *item, bool broken)
{
    write_named(out, item, "unit");
    if (item->has_text) {
        buffer_add_char(out, ' ');
        write_text(out, item);
    }
    if (item->value != NULL)
        write_right_side(out, item->value, TIGHT_SUM, broken);
}

static void write_head(struct buffer *out, const struct item *item, bool broken)
{
    switch (item->kind) {
    case ITEM_ERROR:
        return;
    case ITEM_USE:
        write_use(out, item);
        return;
    case ITEM_SOURCE:
        write_named(out, item, "source");
        return;
    case ITEM_UNIT:
        write_unit(out, item, broken);
        return;
    case ITEM_INDEX:
        write_index(out, item, broken);
        return;
    case ITEM_TIMELINE:
        write_timeline(out, item);
        return;
    case ITEM_INPUT:
        write_named(out, item, "input");
        write_right_side(out, item->value, value_place(item->value), broken);
        return;
    case ITEM_LET:
        write_named(out, item, "let");
        write_right_side(out, item->value, is_table(item->value) ? TIGHT_LOOSE : TIGHT_EXPR, broken);
        return;
    case ITEM_DEF:
        buffer_printf(out, "def %.*s", TEXT_ARGS(item->name.text));
        write_params(out, item, "()");
        write_right_side(out, item->value, TIGHT_EXPR, broken);
        return;
    case ITEM_SET:
        buffer_add_string(out, "set ");
        write_target(out, item->target, item->value, broken);
        return;
    case ITEM_ASSUME:
        write_labelled(out, item, "assume", broken);
        return;
    case ITEM_SCENARIO:
        write_named(out, item, "scenario");
        return;
    case ITEM_CLAIM:
        write_named(out, item, "claim");
        return;
    case ITEM_DEFAULT:
        buffer_printf(out, "default %.*s ", TEXT_ARGS(item->name.text));
        write_expr(out, item->value, TIGHT_SUM, broken);
        return;
    }
}

// by "D" in thread on 2025-07
static void write_who(struct buffer *out, const struct item *item)
{
    size_t start = out->length;
    if (item->by.at != NULL)
        buffer_printf(out, " by \"%.*s\"", TEXT_ARGS(item->by));
    if (item->in.text.length > 0)
        buffer_printf(out, " in %.*s", TEXT_ARGS(item->in.text));
    if (item->on != NULL) {
        buffer_add_string(out, " on ");
        write_expr(out, item->on, TIGHT_SUM, false);
    }
    // The first word carries a blank too many.
    for (size_t i = start; i + 1 < out->length; i++)
        out->at[i] = out->at[i + 1];
    out->length--;
}

static void write_expect(struct buffer *out, const struct clause *clause)
{
    buffer_printf(out, "expect %.*s", TEXT_ARGS(clause->name.text));
    for (size_t i = 0; i < clause->refs.count; i++) {
        buffer_add_string(out, i == 0 ? " to " : ", ");
        write_flat(out, clause->refs.at[i].value, TIGHT_PRIMARY, (struct style){.limit = (size_t)-1});
    }
    if (clause->scenario.text.length > 0)
        buffer_printf(out, " under %.*s", TEXT_ARGS(clause->scenario.text));
    if (clause->forecast.text.length > 0)
        buffer_printf(out, " under forecast %.*s", TEXT_ARGS(clause->forecast.text));
}

static void write_name_clause(struct buffer *out, const char *word, const struct clause *clause)
{
    buffer_printf(out, "%s ", word);
    if (clause->names.count > 0)
        write_names(out, clause->names);
    else
        buffer_add(out, clause->name.text);
}

static void write_value_clause(struct buffer *out, const char *word, const struct clause *clause, enum tightness place, bool broken)
{
    buffer_printf(out, "%s ", word);
    write_expr(out, clause->value, place, broken);
}

static void write_correlated(struct buffer *out, const struct clause *clause)
{
    buffer_add_string(out, "correlated with ");
    write_expr(out, clause->target, TIGHT_PRIMARY, false);
    buffer_add_char(out, ' ');
    write_expr(out, clause->value, TIGHT_UNARY, false);
}

static void write_clause(struct buffer *out, const struct clause *clause, bool broken)
{
    switch (clause->kind) {
    case CLAUSE_CITE:
        write_name_clause(out, "cite", clause);
        return;
    case CLAUSE_AS_OF:
        write_value_clause(out, "as of", clause, TIGHT_SUM, broken);
        return;
    case CLAUSE_EXPIRES:
        write_value_clause(out, "expires", clause, TIGHT_SUM, broken);
        return;
    case CLAUSE_INTERVAL:
        write_value_clause(out, "interval", clause, TIGHT_SUM, broken);
        return;
    case CLAUSE_WITHIN:
        write_value_clause(out, "within", clause, TIGHT_LOOSE, broken);
        return;
    case CLAUSE_VARIES:
        write_name_clause(out, "varies by", clause);
        return;
    case CLAUSE_CORRELATED:
        write_correlated(out, clause);
        return;
    case CLAUSE_BASIS:
        write_name_clause(out, "basis", clause);
        return;
    case CLAUSE_UNDER:
        write_name_clause(out, clause->names.count > 0 ? "under" : "under forecast", clause);
        return;
    case CLAUSE_WITH:
        buffer_add_string(out, "with ");
        write_target(out, clause->target, clause->value, broken);
        return;
    case CLAUSE_LEVEL:
        write_value_clause(out, "level", clause, TIGHT_SUM, broken);
        return;
    case CLAUSE_EVEN_IF:
        write_value_clause(out, "even if", clause, TIGHT_EXPR, broken);
        return;
    case CLAUSE_SUPPORTS:
        write_name_clause(out, "supports", clause);
        return;
    case CLAUSE_REBUTS:
        write_name_clause(out, "rebuts", clause);
        return;
    case CLAUSE_UNDERCUTS:
        write_name_clause(out, "undercuts", clause);
        return;
    case CLAUSE_EXPECT:
        write_expect(out, clause);
        return;
    }
}

void write_part(struct buffer *out, const struct item *item, const struct part *part, bool broken)
{
    switch (part->kind) {
    case PART_HEAD:
        write_head(out, item, broken);
        return;
    case PART_TEXT:
        write_text(out, item);
        return;
    case PART_WHO:
        write_who(out, item);
        return;
    case PART_LINK:
        buffer_printf(out, "<%.*s>", TEXT_ARGS(item->url));
        return;
    case PART_FORMULA:
        buffer_add_string(out, ": ");
        write_expr(out, item->value, TIGHT_EXPR, broken);
        return;
    case PART_CLAUSE:
        write_clause(out, part->clause, broken);
        return;
    }
}
