#include "grammar/build.h"

#include "base/arena.h"
#include "base/vector.h"
#include "grammar/literal.h"

// ---- expressions -------------------------------------------------------------------------------------------------------

static bool holds_poison(const struct expr *expr)
{
    for (size_t i = 0; i < expr->args.count; i++)
        if (expr->args.at[i].value != NULL && expr->args.at[i].value->kind == EXPR_ERROR)
            return true;
    return false;
}

// Bounds the recursion of every later pass and the length of chains. The poison keeps its depth, so that all around it becomes poison as well, in silence.
static struct expr *bounded(struct parse *p, struct expr *expr)
{
    size_t links = expr->kind == EXPR_COMPARE ? expr->args.count : 0;
    if (expr->depth <= LIMIT_DEPTH && links <= LIMIT_DEPTH)
        return expr;
    if (!holds_poison(expr)) {
        struct diag *diag = diag_add(p->diags, DIAG_LIMIT, (struct span){expr->span.start, expr->span.start + 1},
                                     "an expression has more than %d operators inside each other", LIMIT_DEPTH);
        diag_help(p->diags, diag, "give parts of it names with `let`");
    }
    struct expr *poison = ast_error(p->arena, expr->span);
    poison->depth = LIMIT_DEPTH;
    return poison;
}

static struct expr *with_args(struct parse *p, struct expr *expr, struct arg_list args)
{
    for (size_t i = 0; i < args.count; i++) {
        const struct arg *arg = &args.at[i];
        if (arg->value != NULL && arg->value->depth >= expr->depth)
            expr->depth = arg->value->depth + 1;
        if (arg->given != NULL && arg->given->depth >= expr->depth)
            expr->depth = arg->given->depth + 1;
    }
    expr->args = args;
    return bounded(p, expr);
}

struct expr *build_list(struct parse *p, enum expr_kind kind, struct span span, struct arg_list args)
{
    return with_args(p, ast_expr(p->arena, kind, span), args);
}

static struct expr *named(struct parse *p, enum expr_kind kind, struct span span, struct name name, struct arg_list args)
{
    struct expr *expr = ast_expr(p->arena, kind, span);
    expr->name = name;
    return with_args(p, expr, args);
}

struct expr *build_ref(struct parse *p, struct span span, struct name name, struct arg_list args)
{
    return named(p, EXPR_REF, span, name, args);
}

struct expr *build_call(struct parse *p, struct span span, struct name name, struct arg_list args)
{
    return named(p, EXPR_CALL, span, name, args);
}

struct expr *build_operator(struct parse *p, struct span span, enum op op, struct span op_span, struct expr *a, struct expr *b)
{
    struct expr *expr = ast_apply1(p->arena, span, op, a);
    expr->op_span = op_span;
    if (b != NULL)
        ast_push(p->arena, expr, b);
    return bounded(p, expr);
}

struct expr *build_third(struct parse *p, struct expr *expr, struct expr *c)
{
    if (expr->kind != EXPR_ERROR)
        ast_push(p->arena, expr, c);
    return bounded(p, expr);
}

struct expr *build_compare(struct parse *p, struct span span, enum op op, struct span op_span, struct expr *a, struct expr *b)
{
    return bounded(p, ast_compare(p->arena, span, op, op_span, a, b));
}

struct expr *build_three(struct parse *p, enum expr_kind kind, struct span span, struct expr *a, struct expr *b, struct expr *c)
{
    struct expr *expr = ast_expr(p->arena, kind, span);
    ast_push(p->arena, expr, a);
    ast_push(p->arena, expr, b);
    if (c != NULL)
        ast_push(p->arena, expr, c);
    return bounded(p, expr);
}

struct expr *build_time(struct parse *p, struct span span, enum phrase phrase, struct span word, struct expr *x, struct expr *a)
{
    struct expr *expr = build_three(p, EXPR_TIME, span, x, a, NULL);
    expr->phrase = phrase;
    expr->op_span = word;
    return expr;
}

struct expr *build_under(struct parse *p, struct span span, struct span word, struct expr *x, struct name scenario)
{
    struct expr *expr = ast_expr(p->arena, EXPR_UNDER, span);
    expr->op_span = word;
    expr->name = scenario;
    ast_push(p->arena, expr, x);
    return bounded(p, expr);
}

// Holes and poison have no value here: the checker sees 0 members wanted and a number that is no whole one.
static struct expr *counted(struct parse *p, enum expr_kind kind, struct span span, enum quantifier quantifier,
                            const struct expr *count)
{
    if (count != NULL && count->kind == EXPR_ERROR)
        return ast_error(p->arena, span);
    struct expr *expr = ast_expr(p->arena, kind, span);
    expr->quantifier = quantifier;
    if (count != NULL) {
        expr->number = count->number;
        expr->spelling = count->spelling;
        expr->op_span = count->span;
    }
    return expr;
}

struct expr *build_quantified(struct parse *p, struct span span, enum quantifier quantifier, struct expr *count, struct param over,
                              struct expr *body)
{
    struct expr *expr = counted(p, EXPR_QUANTIFIED, span, quantifier, count);
    expr->name = over.name;
    expr->set = over.set;
    if (expr->kind != EXPR_ERROR)
        ast_push(p->arena, expr, body);
    return bounded(p, expr);
}

struct expr *build_counted(struct parse *p, struct span span, enum quantifier quantifier, struct expr *count, struct arg_list args)
{
    struct expr *expr = counted(p, EXPR_COUNTED, span, quantifier, count);
    return expr->kind == EXPR_ERROR ? expr : with_args(p, expr, args);
}

struct expr *build_data(struct parse *p, struct span span, struct text subject, struct name from, bool hold)
{
    struct expr *expr = ast_expr(p->arena, EXPR_DATA, span);
    expr->string = subject;
    expr->name = from;
    expr->hold = hold;
    return expr;
}

struct expr *build_quantity(struct expr *number, struct unit_expr *unit, struct span span)
{
    number->unit = unit;
    number->span = span;
    return number;
}

struct expr *in_parentheses(struct expr *expr, struct span span)
{
    expr->parenthesised = true;
    expr->span = span;
    return expr;
}

// ---- lists ---------------------------------------------------------------------------------------------------------------

struct arg_list push_arg(struct parse *p, struct arg_list list, struct arg arg)
{
    vector_push(p->arena, &list, arg);
    return list;
}

struct arg_list push_value(struct parse *p, struct arg_list list, struct expr *value)
{
    return push_arg(p, list, (struct arg){.value = value});
}

struct name_list push_name(struct parse *p, struct name_list list, struct name name)
{
    vector_push(p->arena, &list, name);
    return list;
}

struct param_list push_param(struct parse *p, struct param_list list, struct param param)
{
    vector_push(p->arena, &list, param);
    return list;
}

struct clause_list push_clause(struct parse *p, struct clause_list list, struct clause *clause)
{
    (void)p;
    if (list.last == NULL)
        list.first = clause;
    else
        list.last->next = clause;
    list.last = clause;
    return list;
}

struct item_list push_item(struct parse *p, struct item_list list, struct item *item)
{
    if (list.last == NULL)
        list.first = item;
    else
        list.last->next = item;
    list.last = item;
    if (++p->statement_count == LIMIT_STATEMENTS + 1) {
        struct diag *diag = diag_add(p->diags, DIAG_LIMIT, item->span, "a file has more than %d statements", LIMIT_STATEMENTS);
        diag_help(p->diags, diag, "write tables with an index, or keep the rest in another file");
        p->stopped = true;
    }
    list.count++;
    return list;
}

// ---- types -------------------------------------------------------------------------------------------------------------

void unit_push(struct arena *arena, struct unit_expr *unit, struct unit_factor factor)
{
    if (unit->count == unit->room)
        unit->factors = vector_grow(arena, unit->factors, &unit->room, sizeof *unit->factors);
    unit->factors[unit->count++] = factor;
}

struct unit_expr *unit_one(struct parse *p, struct expr *one, struct span span)
{
    struct unit_expr *unit = arena_alloc(p->arena, sizeof *unit);
    unit->span = span;
    if (one->kind == EXPR_NUMBER && (one->number != 1 || one->percent || one->spelling.length != 1)) {
        struct diag *diag = diag_add(p->diags, DIAG_SYNTAX, one->span, "expected a unit, found a number");
        diag_help(p->diags, diag, "`1` stands for no unit, as in 1/cm^2; the value follows after `=`");
    }
    return unit;
}

struct unit_expr *unit_times(struct parse *p, struct unit_expr *unit, struct unit_factor factor, bool divided, struct span span)
{
    if (unit == NULL)
        unit = arena_alloc(p->arena, sizeof *unit);
    if (divided)
        factor.power = -factor.power;
    unit_push(p->arena, unit, factor);
    unit->span = span;
    return unit;
}

struct unit_factor unit_factor_of(struct parse *p, struct name word, struct expr *power, bool negative, struct span span)
{
    struct unit_factor factor = {.word = word.text, .span = span, .power = 1};
    if (power == NULL || power->kind != EXPR_NUMBER)
        return factor;
    if (power->number > 99 || power->number != (int)power->number) {
        struct diag *diag = diag_add(p->diags, DIAG_NUMBER_RANGE, power->span, "the power of a unit is a whole number up to 99");
        diag_help(p->diags, diag, "write for example cm^2");
        return factor;
    }
    factor.power = negative ? -(int)power->number : (int)power->number;
    return factor;
}

struct type_expr *build_type(struct parse *p, struct unit_expr *unit, struct span span)
{
    struct type_expr *type = arena_alloc(p->arena, sizeof *type);
    type->span = span;
    type->unit = unit;
    if (unit->count == 1 && unit->factors[0].power == 1 && !unit->starts_with_slash)
        type->word = (struct name){unit->factors[0].word, unit->factors[0].span};
    return type;
}

struct param typed_param(struct name name, const struct type_expr *type)
{
    return (struct param){.name = name, .unit = type->unit, .type = type->word};
}

// ---- statements --------------------------------------------------------------------------------------------------------

struct item *begin_item(struct parse *p, enum item_kind kind, struct span span)
{
    return ast_item(p->arena, kind, span);
}

struct item *finish_item(struct item *item, struct span span, struct declared declared, struct expr *value)
{
    item->span = span;
    item->name = declared.name;
    item->params = declared.params;
    item->value = value;
    return item;
}

struct item *build_item(struct parse *p, enum item_kind kind, struct span span, struct declared declared, struct expr *value)
{
    return finish_item(begin_item(p, kind, span), span, declared, value);
}

static void twice(struct parse *p, struct span span, const char *what)
{
    struct diag *diag = diag_add(p->diags, DIAG_CLAUSE, span, "a statement has %s only once", what);
    diag_help(p->diags, diag, "leave one of them out");
}

struct item *with_text(struct parse *p, struct item *item, struct span text)
{
    if (item->has_text)
        twice(p, text, "a text");
    item->text = read_string(p, text);
    item->text_span = text;
    item->has_text = true;
    return item;
}

struct item *with_by(struct parse *p, struct item *item, struct span span, struct span text)
{
    if (item->by_span.end != 0)
        twice(p, span, "`by`");
    item->by = read_string(p, text);
    item->by_span = span;
    return item;
}

struct item *with_in(struct parse *p, struct item *item, struct name source)
{
    if (item->in.text.length != 0)
        twice(p, source.span, "`in`");
    item->in = source;
    return item;
}

struct item *with_on(struct parse *p, struct item *item, struct expr *date)
{
    if (item->on != NULL)
        twice(p, date->span, "`on`");
    item->on = date;
    return item;
}

struct item *with_url(struct parse *p, struct item *item, struct span url)
{
    if (item->url_span.end != 0)
        twice(p, url, "a link");
    struct text text = text_at(p, url);
    item->url = (struct text){text.at + 1, text.length - 2};
    item->url_span = url;
    return item;
}

// `cite`, `under`, `with`, the relations and `expect` may be repeated.
static const char *only_once(enum clause_kind kind)
{
    switch (kind) {
    case CLAUSE_AS_OF:
        return "`as of`";
    case CLAUSE_EXPIRES:
        return "`expires`";
    case CLAUSE_INTERVAL:
        return "`interval`";
    case CLAUSE_WITHIN:
        return "`within`";
    case CLAUSE_VARIES:
        return "`varies`";
    case CLAUSE_BASIS:
        return "`basis`";
    case CLAUSE_LEVEL:
        return "`level`";
    case CLAUSE_CITE:
    case CLAUSE_CORRELATED:
    case CLAUSE_UNDER:
    case CLAUSE_WITH:
    case CLAUSE_EVEN_IF:
    case CLAUSE_SUPPORTS:
    case CLAUSE_REBUTS:
    case CLAUSE_UNDERCUTS:
    case CLAUSE_EXPECT:
        return NULL;
    }
    return NULL;
}

struct item *with_clause(struct parse *p, struct item *item, struct clause *clause)
{
    if ((item->clause_kinds & 1u << clause->kind) != 0 && only_once(clause->kind) != NULL)
        twice(p, clause->span, only_once(clause->kind));
    ast_add_clause(item, clause);
    return item;
}

struct item *finish_claim(struct parse *p, struct item *head, struct clause_list tail, struct span span,
                          struct declared declared, struct expr *formula)
{
    struct clause *next;
    for (struct clause *clause = tail.first; clause != NULL; clause = next) {
        next = clause->next;
        clause->next = NULL;
        with_clause(p, head, clause);
    }
    return finish_item(head, span, declared, formula);
}

struct clause *build_clause(struct parse *p, enum clause_kind kind, struct span span, struct expr *target, struct expr *value)
{
    struct clause *clause = ast_clause(p->arena, kind, span);
    clause->target = target;
    clause->value = value;
    return clause;
}

struct clause *named_clause(struct parse *p, enum clause_kind kind, struct span span, struct name name, struct name_list names)
{
    struct clause *clause = ast_clause(p->arena, kind, span);
    clause->name = name;
    clause->names = names;
    return clause;
}

struct clause *expect_clause(struct parse *p, struct span span, struct name verdict, struct arg_list refs, struct expect_under under)
{
    struct clause *clause = named_clause(p, CLAUSE_EXPECT, span, verdict, (struct name_list){0});
    clause->refs = refs;
    clause->scenario = under.scenario;
    clause->forecast = under.forecast;
    return clause;
}

void note_error(struct parse *p, struct span span)
{
    if (p->broken.text.length == 0)
        return;
    struct item *item = ast_item(p->arena, ITEM_ERROR, span);
    item->name = p->broken;
    p->broken = (struct name){0};
    p->items = push_item(p, p->items, item);
}
