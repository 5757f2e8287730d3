// Claims and sources.
#include "dsl/check_claim.h"

#include <math.h>

#include "base/buffer.h"
#include "dsl/check_input.h"

// ---- who said it ---------------------------------------------------------------------------------------------------------------

static void read_cites(struct checker *checker, const struct symbol *symbol, const struct name_list *names, struct claim *claim)
{
    const struct source_entry **cites = arena_array(checker->arena, claim->cite_count + names->count, sizeof *cites);
    size_t count = 0;
    for (; count < claim->cite_count; count++)
        cites[count] = claim->cites[count];
    for (size_t i = 0; i < names->count; i++) {
        const struct source_entry *source = need_source(checker, symbol->file, names->at[i]);
        if (source)
            cites[count++] = source;
    }
    claim->cites = cites;
    claim->cite_count = count;
}

static void read_head(struct checker *checker, const struct symbol *symbol, struct claim *claim)
{
    const struct item *item = symbol->item;
    claim->text = item->text;
    claim->speaker = item->by;
    claim->on = check_day(checker, item->on);
    claim->in = item->in.text.length ? need_source(checker, symbol->file, item->in) : NULL;
    read_cites(checker, symbol, &item->names, claim);
    for (const struct clause *clause = item->clauses; clause; clause = clause->next)
        if (clause->kind == CLAUSE_CITE)
            read_cites(checker, symbol, &clause->names, claim);
}

// ---- where it is judged -----------------------------------------------------------------------------------------------------------

struct scenario_list {
    const struct scenario **at;
    size_t count, room;
};

static void add_scenario(struct checker *checker, struct scenario_list *list, const struct scenario *scenario)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i] == scenario)
            return;
    vector_push(checker->arena, list, scenario);
}

bool check_forecast_name(struct checker *checker, struct name name)
{
    const char *const *names = checker->options->forecasts ? checker->options->forecasts->names : NULL;
    struct buffer list = buffer_on(checker->arena);
    for (size_t i = 0; names && names[i]; i++) {
        if (text_is(name.text, names[i]))
            return true;
        buffer_printf(&list, "%s`%s`", i > 0 ? ", " : "", names[i]);
    }
    struct diag *diag = diag_add(checker->diags, DIAG_FORECAST_UNKNOWN, name.span, "there is no forecast called `%.*s`", TEXT_ARGS(name.text));
    if (list.length > 0)
        diag_help(checker->diags, diag, "there are %s", list.at);
    return false;
}

static void read_forecasts(struct checker *checker, const struct symbol *symbol, struct claim *claim)
{
    VECTOR(struct text) list = {0};
    for (const struct clause *clause = symbol->item->clauses; clause; clause = clause->next)
        if (clause->kind == CLAUSE_UNDER && clause->name.text.length && check_forecast_name(checker, clause->name))
            vector_push(checker->arena, &list, clause->name.text);
    claim->forecasts = list.at;
    claim->forecast_count = list.count;
}

static void read_scenarios(struct checker *checker, const struct symbol *symbol, struct claim *claim)
{
    struct scenario_list list = {0};
    for (const struct clause *clause = symbol->item->clauses; clause; clause = clause->next) {
        if (clause->kind != CLAUSE_UNDER)
            continue;
        for (size_t i = 0; i < clause->names.count; i++) {
            struct symbol *scenario = need_symbol(checker, symbol->file, clause->names.at[i], SYMBOL_SCENARIO, "scenario");
            if (scenario)
                add_scenario(checker, &list, scenario->scenario);
        }
    }
    if (list.count == 0)
        add_scenario(checker, &list, checker->baseline);
    struct symbol *extra = checker->options->scenario.length ? find_symbol(checker, symbol->file, checker->options->scenario) : NULL;
    if (extra && extra->kind == SYMBOL_SCENARIO && check_symbol(checker, extra, symbol->span))
        add_scenario(checker, &list, extra->scenario);
    claim->scenarios = list.at;
    claim->scenario_count = list.count;
}

static void read_overrides(struct checker *checker, struct where *where, const struct item *item, struct claim *claim)
{
    struct override_list list = {0};
    struct override override;
    for (const struct clause *clause = item->clauses; clause; clause = clause->next)
        if (clause->kind == CLAUSE_WITH && clause->target && clause->value && check_override(checker, where, clause->target, clause->value, &override))
            push_override(checker, &list, &override);
    claim->overrides = list.at;
    claim->override_count = list.count;
}

static double find_level(struct checker *checker, size_t file)
{
    for (const struct item *item = checker->forest->files[file].tree->items; item; item = item->next)
        if (item->kind == ITEM_DEFAULT && text_is(item->name.text, "level") && item->value) {
            double level = check_share(checker, file, item->value, DIAG_LEVEL, "a level");
            if (!isnan(level))
                return level;
        }
    return 0.9;
}

static double file_level(struct checker *checker, size_t file)
{
    double *level = &checker->levels[file];
    if (*level == 0)
        *level = find_level(checker, file);
    return *level;
}

static void read_level(struct checker *checker, const struct symbol *symbol, struct claim *claim)
{
    claim->level = checker->options->level > 0 ? checker->options->level : file_level(checker, symbol->file);
    for (const struct clause *clause = symbol->item->clauses; clause; clause = clause->next) {
        if (clause->kind != CLAUSE_LEVEL || !clause->value)
            continue;
        double level = check_share(checker, symbol->file, clause->value, DIAG_LEVEL, "a level");
        claim->level = isnan(level) ? claim->level : level;
    }
}

// ---- the claim ---------------------------------------------------------------------------------------------------------------------

// The step of the date it was made, else the timeline's present.
static int first_step(struct checker *checker, const struct claim *claim)
{
    const struct timeline *timeline = &checker->program->timeline;
    int step = isnan(claim->on) ? -1 : timeline_step_at(timeline, claim->on);
    if (step >= 0 || !timeline->given || isnan(claim->on) || claim->on < timeline->start)
        return step >= 0 ? step : timeline->present;
    diag_add(checker->diags, DIAG_DATE_OUTSIDE, claim->item->on->span, "this claim was made after the timeline ends");
    return timeline->present;
}

static const char *clause_words(enum clause_kind kind)
{
    switch ((int)kind) {
    case CLAUSE_WITH:
        return "with";
    case CLAUSE_UNDER:
        return "under";
    case CLAUSE_LEVEL:
        return "level";
    case CLAUSE_EVEN_IF:
        return "even if";
    }
    return NULL;
}

static void refuse_clauses(struct checker *checker, const struct item *item)
{
    for (const struct clause *clause = item->clauses; clause; clause = clause->next) {
        const char *words = clause_words(clause->kind);
        bool expects = clause->kind == CLAUSE_EXPECT && !text_is(clause->name.text, "recorded");
        if (!words && !expects)
            continue;
        struct diag *diag = diag_add(checker->diags, DIAG_NO_FORMULA, clause->span, "`%s` needs a formula", words ? words : "expect");
        diag_label(checker->diags, diag, item->name.span, "this claim has none: it is only recorded");
        diag_help(checker->diags, diag, "write what is claimed after a colon, or leave the clause out");
    }
}

bool check_the_formula(struct checker *checker, struct where *where, struct claim *claim)
{
    struct formula formula;
    size_t mark = checker->rewrites.count;
    check_formula(checker, where, claim->item->value, &formula);
    checker->rewrites.count = mark;
    claim->end = formula.end;
    if (node_is_poison(formula.condition))
        return false;
    claim->premise = formula.premise;
    claim->exception = formula.exception;
    claim->conclusion = formula.conclusion;
    claim->condition = formula.condition;
    claim->premise_read = formula.premise_read;
    claim->exception_read = formula.exception_read;
    claim->conclusion_read = formula.conclusion_read;
    return true;
}

static bool check_body(struct checker *checker, struct symbol *symbol, struct claim *claim)
{
    const struct item *item = symbol->item;
    struct where where = where_of(checker, PLACE_CLAIM, symbol->file);
    where.claim = claim;
    where.start = claim->start;
    bool known = check_params(checker, &where, &item->params, &claim->params);
    claim->param_count = known ? item->params.count : 0;
    if (!item->value)
        refuse_clauses(checker, item);
    if (!known || !item->value || item->value->kind == EXPR_ERROR)
        return known && !item->value;
    read_overrides(checker, &where, item, claim);
    known = check_the_formula(checker, &where, claim);
    finish_hole(checker, item, claim);
    check_concessions(checker, &where, symbol, claim);
    return known;
}

void check_claim(struct checker *checker, struct symbol *symbol)
{
    struct claim *claim = symbol->claim;
    const struct forest_file *file = &checker->forest->files[symbol->file];
    size_t errors = checker->diags->error_count;
    claim->item = symbol->item;
    claim->is_root = file->is_root && !file->is_forecast;
    read_head(checker, symbol, claim);
    read_forecasts(checker, symbol, claim);
    read_scenarios(checker, symbol, claim);
    read_level(checker, symbol, claim);
    claim->start = first_step(checker, claim);
    claim->end = checker->program->timeline.count - 1;
    bool known = check_body(checker, symbol, claim);
    const char *absence = checker->absence; // a verdict does not need its relations
    check_relations(checker, symbol, claim);
    check_expectations(checker, symbol, claim);
    claim->broken = !known || checker->diags->error_count > errors;
    checker->absence = absence;
    if (absence != NULL && checker->diags->error_count == errors)
        block_claim(checker, claim, absence);
    if (!known)
        symbol->state = SYMBOL_BROKEN;
}
