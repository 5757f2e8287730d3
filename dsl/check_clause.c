// Relations, expectations and concessions.
#include <math.h>

#include "base/buffer.h"
#include "dsl/check_claim.h"
#include "dsl/check_input.h"

// ---- relations -----------------------------------------------------------------------------------------------------------------

static bool relation_of(enum clause_kind kind, enum relation_kind *relation)
{
    *relation = kind == CLAUSE_SUPPORTS ? RELATION_SUPPORTS : kind == CLAUSE_REBUTS ? RELATION_REBUTS : RELATION_UNDERCUTS;
    return kind == CLAUSE_SUPPORTS || kind == CLAUSE_REBUTS || kind == CLAUSE_UNDERCUTS;
}

static bool has_premise(const struct item *item)
{
    return item->value && item->value->kind == EXPR_APPLY && (item->value->op == OP_IMPLIES || item->value->op == OP_UNLESS);
}

static bool relation_fault(struct checker *checker, enum diag_code code, struct span span, const struct symbol *target, const char *message, const char *help)
{
    struct diag *diag = diag_add(checker->diags, code, span, "%s", message);
    if (target)
        diag_label(checker->diags, diag, target->span, "`%.*s`", TEXT_ARGS(target->name));
    diag_help(checker->diags, diag, "%s", help);
    return false;
}

// The target, not checked: claims may attack each other.
static struct symbol *find_target(struct checker *checker, const struct symbol *symbol, struct name name, enum relation_kind kind)
{
    struct symbol *target = find_symbol(checker, symbol->file, name.text);
    if (!target)
        return need_symbol(checker, symbol->file, name, SYMBOL_CLAIM | SYMBOL_ASSUMPTION, "claim");
    bool right = true;
    if (target == symbol)
        right = relation_fault(checker, DIAG_RELATION_SELF, name.span, NULL, "a claim cannot support or attack itself", "name another claim");
    else if (target->kind != SYMBOL_CLAIM && target->kind != SYMBOL_ASSUMPTION)
        right = relation_fault(checker, DIAG_RELATION_TARGET, name.span, target, "this is neither a claim nor a named assumption", "relations hold between claims; an assumption with a name can be attacked too");
    else if (kind == RELATION_UNDERCUTS && target->item->value && target->item->value->kind != EXPR_ERROR && !has_premise(target->item))
        right = relation_fault(checker, DIAG_UNDERCUT, name.span, target, "nothing can be undercut here: the target has no premise",
                               "an undercut says that the conclusion does not follow from the premise; `rebuts` says that the claim is false");
    return right ? target : NULL;
}

enum { SUPPORT_DEPTH = 40 };

// Whether `from` is supported, in steps no deeper than the limit, by `wanted`; only claims written before it are followed.
static bool supports_reach(const struct checker *checker, const struct symbol *from, const struct symbol *wanted, int depth)
{
    for (const struct clause *clause = from->item->clauses; clause && depth < SUPPORT_DEPTH; clause = clause->next) {
        if (clause->kind != CLAUSE_SUPPORTS)
            continue;
        for (size_t i = 0; i < clause->names.count; i++) {
            const struct symbol *next = find_symbol(checker, from->file, clause->names.at[i].text);
            if (next == wanted)
                return true;
            // The claim written last in a circle tells of it; following only earlier ones also keeps the search short.
            if (next && next->kind == SYMBOL_CLAIM && next->span.start < from->span.start && supports_reach(checker, next, wanted, depth + 1))
                return true;
        }
    }
    return false;
}

static void point_out_circle(struct checker *checker, const struct symbol *symbol, const struct symbol *target, struct span span)
{
    if (target->kind != SYMBOL_CLAIM || target->span.start > symbol->span.start || !supports_reach(checker, target, symbol, 0))
        return;
    struct diag *diag = diag_add(checker->diags, DIAG_SUPPORT_CYCLE, span, "these claims support each other in a circle");
    diag_label(checker->diags, diag, target->span, "which supports `%.*s` in turn", TEXT_ARGS(symbol->name));
    diag_help(checker->diags, diag, "let one of them stand on something else");
}

struct relation_list {
    struct relation *at;
    size_t count, room;
};

static void read_relations(struct checker *checker, const struct symbol *symbol, const struct clause *clause, struct relation_list *list)
{
    enum relation_kind kind;
    if (!relation_of(clause->kind, &kind))
        return;
    for (size_t i = 0; i < clause->names.count; i++) {
        struct span span = clause->names.at[i].span;
        struct symbol *target = find_target(checker, symbol, clause->names.at[i], kind);
        if (!target)
            continue;
        if (kind == RELATION_SUPPORTS)
            point_out_circle(checker, symbol, target, span);
        vector_push(checker->arena, list, ((struct relation){kind, target->claim, target->assumption, span}));
    }
}

void check_relations(struct checker *checker, const struct symbol *symbol, struct claim *claim)
{
    struct relation_list list = {0};
    for (const struct clause *clause = symbol->item->clauses; clause; clause = clause->next)
        read_relations(checker, symbol, clause, &list);
    claim->relations = list.at;
    claim->relation_count = list.count;
}

// ---- expectations ------------------------------------------------------------------------------------------------------------------

static bool find_verdict(struct checker *checker, const struct clause *clause, enum verdict_kind *verdict)
{
    size_t nearest = 4;
    const char *near = NULL;
    for (int i = 0; i < VERDICT_COUNT; i++) {
        if (text_is(clause->name.text, verdict_words[i])) {
            *verdict = (enum verdict_kind)i;
            return true;
        }
        size_t distance = text_distance(clause->name.text, text_of(verdict_words[i]), 3);
        if (distance < nearest)
            nearest = distance, near = verdict_words[i];
    }
    struct diag *diag = diag_add(checker->diags, DIAG_EXPECT_VERDICT, clause->name.span, "`%.*s` is no verdict", TEXT_ARGS(clause->name.text));
    if (near)
        diag_help(checker->diags, diag, "did you mean `%s`?", near);
    else
        diag_help(checker->diags, diag, "expect supported, refuted, sensitive, vacuous, idle, contradictory, blocked, undefined, solved, unsolvable or recorded");
    return false;
}

static bool find_scenario(struct checker *checker, const struct symbol *symbol, const struct clause *clause, const struct claim *claim, const struct scenario **scenario)
{
    *scenario = NULL;
    if (clause->scenario.text.length == 0)
        return true;
    struct symbol *found = need_symbol(checker, symbol->file, clause->scenario, SYMBOL_SCENARIO, "scenario");
    if (!found)
        return false;
    *scenario = found->scenario;
    for (size_t i = 0; i < claim->scenario_count; i++)
        if (claim->scenarios[i] == *scenario)
            return true;
    struct diag *diag = diag_add(checker->diags, DIAG_EXPECT_SCENARIO, clause->scenario.span, "the claim is not checked under `%.*s`", TEXT_ARGS(clause->scenario.text));
    diag_label(checker->diags, diag, symbol->span, "this claim");
    diag_help(checker->diags, diag, "add `under %s%.*s` before its formula", claim->scenarios[0] == checker->baseline ? "baseline, " : "", TEXT_ARGS(clause->scenario.text));
    return false;
}

// "fab.d0[n7]", "fab.d0"; empty after a diagnostic.
static struct text crux_name(struct checker *checker, const struct symbol *symbol, const struct expr *expr)
{
    struct buffer name = buffer_on(checker->arena);
    if (expr->kind != EXPR_REF)
        return (struct text){0};
    struct symbol *found = need_symbol(checker, symbol->file, expr->name, SYMBOL_INPUT, "input");
    if (!found)
        return (struct text){0};
    buffer_add(&name, expr->name.text);
    for (size_t i = 0; i < expr->args.count; i++) {
        const struct expr *member = expr->args.at[i].value;
        if (i >= found->input->param_count || member->kind != EXPR_REF || need_member(checker, found->input->params[i], member->name) < 0)
            return (struct text){0};
        buffer_printf(&name, "%s%.*s", i ? ", " : "[", TEXT_ARGS(member->name.text));
    }
    if (expr->args.count)
        buffer_add_char(&name, ']');
    return buffer_text(&name);
}

// Whether it is about the forecast at hand.
static bool is_meant(const struct checker *checker, const struct expectation *expectation)
{
    const struct check_options *options = checker->options;
    return expectation->forecast.length > 0 ? text_equal(expectation->forecast, options->forecast) : !options->other_forecast;
}

static bool read_expectation(struct checker *checker, const struct symbol *symbol, const struct clause *clause, const struct claim *claim, struct expectation *expectation)
{
    *expectation = (struct expectation){.span = clause->span};
    bool known = find_verdict(checker, clause, &expectation->verdict);
    known = find_scenario(checker, symbol, clause, claim, &expectation->scenario) && known;
    expectation->forecast = clause->forecast.text;
    if (expectation->forecast.length > 0)
        known = check_forecast_name(checker, clause->forecast) && known;
    if (!is_meant(checker, expectation))
        return known; // another forecast has other inputs
    struct text *cruxes = arena_array(checker->arena, clause->refs.count, sizeof *cruxes);
    for (size_t i = 0; i < clause->refs.count; i++) {
        cruxes[i] = crux_name(checker, symbol, clause->refs.at[i].value);
        known = known && cruxes[i].length > 0;
    }
    expectation->cruxes = cruxes;
    expectation->crux_count = clause->refs.count;
    return known;
}

struct expectation_list {
    struct expectation *at;
    size_t count, room;
};

// Adds it, unless its scenario and forecast have one already: then a diagnostic.
static void push_expectation(struct checker *checker, struct expectation_list *list, struct expectation expectation)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->at[i].scenario != expectation.scenario || !text_equal(list->at[i].forecast, expectation.forecast))
            continue;
        struct diag *diag = diag_add(checker->diags, DIAG_EXPECT_TWICE, expectation.span, "there is an expectation for this already");
        diag_label(checker->diags, diag, list->at[i].span, "the other one");
        diag_help(checker->diags, diag, "keep one, or say for which scenario each is: `expect refuted under controls_loosen`");
        return;
    }
    vector_push(checker->arena, list, expectation);
}

void check_expectations(struct checker *checker, const struct symbol *symbol, struct claim *claim)
{
    struct expectation_list list = {0};
    struct expectation expectation;
    for (const struct clause *clause = symbol->item->clauses; clause; clause = clause->next)
        if (clause->kind == CLAUSE_EXPECT && read_expectation(checker, symbol, clause, claim, &expectation))
            push_expectation(checker, &list, expectation);
    claim->expectations = list.at;
    for (size_t i = 0; i < list.count; i++)
        if (is_meant(checker, &list.at[i]))
            list.at[claim->expectation_count++] = list.at[i];
}

// ---- concessions ---------------------------------------------------------------------------------------------------------------------

// The range of an instance: its bounds, or its p5 and p95; cut.
static void range_of(const struct distribution *law, double *low, double *high)
{
    *low = fmax(law_quantile(law, 0.05), law->cut_low);
    *high = fmin(law_quantile(law, 0.95), law->cut_high);
}

// The values between the range and v, as bounds. True when v lies inside the range: then what is left of the range on its side.
static bool reach(const struct distribution *law, enum op op, double v, struct distribution *bounds)
{
    double low, high;
    range_of(law, &low, &high);
    bool inside = v >= low && v <= high && low < high;
    bool up = op == OP_LE;
    double a = inside ? (up ? low : v) : v > high ? high : v, b = inside ? (up ? v : high) : v > high ? v : low;
    *bounds = (struct distribution){.law = a < b ? LAW_BOUNDS : LAW_KNOWN, .a = a, .b = b, .c = v, .cut_low = -INFINITY, .cut_high = INFINITY};
    return inside && !(up ? v == high : v == low);
}

static bool instance_fits(const struct input *input, const int *members, size_t position)
{
    size_t rest = input->instance_count;
    for (size_t i = 0; i < input->param_count; i++) {
        rest /= input->params[i]->count;
        if (members[i] >= 0 && position / rest % input->params[i]->count != (size_t)members[i])
            return false;
    }
    return true;
}

static bool range_input(struct checker *checker, const struct expr *expr, double v, struct concession *concession)
{
    const struct input *input = concession->override.input;
    struct input *hidden = arena_alloc(checker->arena, sizeof *hidden);
    struct input_instance *instances = arena_array(checker->arena, input->instance_count, sizeof *instances);
    *hidden = *input;
    hidden->hidden = true;
    hidden->varies = 0;
    hidden->instances = instances;
    bool all_inside = true;
    for (size_t i = 0; i < input->instance_count; i++) {
        struct input_point *point = arena_alloc(checker->arena, sizeof *point);
        if (input->instances[i].point_count != 1 || input->instances[i].missing)
            return false;
        bool inside = reach(&input->instances[i].points[0].law, expr->ops[0], v, &point->law);
        all_inside = all_inside && (inside || !instance_fits(input, concession->override.members, i));
        instances[i] = (struct input_instance){.name = input->instances[i].name, .points = point, .point_count = 1, .bounds_only = true, .span = expr->span};
    }
    concession->already = all_inside;
    vector_push(checker->arena, &checker->hidden, hidden);
    struct node *node = node_new(checker, NODE_INPUT, expr, input->param_count);
    node->input = hidden;
    node->type = input->type;
    for (size_t i = 0; i < input->param_count; i++) {
        struct type member = {.kind = KIND_MEMBER, .index = input->params[i]};
        node->args[i] = concession->override.members[i] >= 0 ? node_const(checker, expr, member, concession->override.members[i]) : node_new(checker, NODE_BINDER, expr, 0);
        node->args[i]->type = member;
        node->args[i]->slot = (int)i;
    }
    concession->override.value = node;
    return true;
}

static void point_out_inside(struct checker *checker, const struct concession *concession)
{
    struct diag *diag = diag_add(checker->diags, DIAG_CONCESSION_INSIDE, concession->span, "this concedes nothing: the value lies within the input's range already");
    diag_label(checker->diags, diag, concession->override.input->span, "the input's range");
    diag_help(checker->diags, diag, "go beyond the range, or write the condition as a premise: `... implies ...`");
}

// `even if x <= v` of an input. False when it must be read as a condition.
static bool read_range(struct checker *checker, struct where *where, const struct expr *expr, struct concession *concession)
{
    const struct expr *x = expr->args.at[0].value, *value = expr->args.at[1].value;
    struct symbol *symbol = find_symbol(checker, where->file, x->name.text);
    if (!symbol || symbol->kind != SYMBOL_INPUT || (expr->ops[0] != OP_LE && expr->ops[0] != OP_GE))
        return false;
    if (!check_symbol(checker, symbol, x->span) || (symbol->input->type.kind != KIND_QUANTITY && symbol->input->type.kind != KIND_DATE))
        return false;
    struct node *known = check_as(checker, where, value, &symbol->input->type, bare_unit(checker, &symbol->input->type));
    double v;
    if (node_is_poison(known) || !node_is_constant(known, &v) || isnan(v))
        return false;
    // The value v as an override finds the members; the range then takes its place.
    if (!check_override(checker, where, x, value, &concession->override) || !range_input(checker, expr, v, concession))
        return false;
    concession->kind = CONCESSION_RANGE;
    if (concession->already)
        point_out_inside(checker, concession);
    return true;
}

static bool read_concession(struct checker *checker, struct where *where, const struct expr *expr, struct concession *concession)
{
    bool pair = expr->kind == EXPR_COMPARE && expr->args.count == 2 && expr->args.at[0].value->kind == EXPR_REF;
    *concession = (struct concession){.expr = expr, .span = expr->span};
    if (pair && expr->ops[0] == OP_EQ) {
        concession->kind = CONCESSION_SET;
        return check_override(checker, where, expr->args.at[0].value, expr->args.at[1].value, &concession->override);
    }
    if (pair && read_range(checker, where, expr, concession))
        return true;
    struct formula formula;
    size_t mark = checker->rewrites.count;
    check_formula(checker, where, expr, &formula);
    concession->kind = CONCESSION_CONDITION;
    concession->condition = formula.condition;
    if (checker->rewrites.count > mark)
        concession->expr = checker->rewrites.at[checker->rewrites.count - 1].to;
    checker->rewrites.count = mark;
    if (!node_is_poison(formula.condition))
        refuse_equations(checker, formula.conclusion);
    return !node_is_poison(formula.condition);
}

void check_concessions(struct checker *checker, struct where *where, const struct symbol *symbol, struct claim *claim)
{
    struct {
        struct concession *at;
        size_t count, room;
    } list = {0};
    struct where inner = *where;
    inner.claim = NULL; // a concession asks for nothing
    for (const struct clause *clause = symbol->item->clauses; clause; clause = clause->next) {
        struct concession concession;
        if (clause->kind == CLAUSE_EVEN_IF && clause->value && clause->value->kind != EXPR_ERROR && read_concession(checker, &inner, clause->value, &concession))
            vector_push(checker->arena, &list, concession);
    }
    claim->concessions = list.at;
    claim->concession_count = list.count;
}
