// What the forecast that is taken in leaves unsaid: names that only other shipped forecasts give.
//
// A claim that needs such a name is no mistake. It is blocked under this forecast, and judged under one that has the name. So
// nothing is reported: what is being checked is poison, as after a mistake, and keeps the reason.
#include "base/buffer.h"
#include "dsl/checker.h"

// What one forecast says, under keys: "gap", "actor[us]", "[us]", "packages:hbm", "unit stack", "timeline".
struct forecast_words {
    struct text name;
    struct map keys;
};

static void add_key(struct forecast_words *words, const char *key)
{
    map_put(&words->keys, text_of(key), words);
}

static void add_terms(struct checker *checker, struct forecast_words *words, struct text name, const struct expr *expr)
{
    for (size_t i = 0; expr != NULL && i < expr->args.count; i++) {
        const struct arg *arg = &expr->args.at[i];
        if (arg->label != NULL && arg->label->kind == EXPR_REF)
            add_key(words, arena_printf(checker->arena, "%.*s:%.*s", TEXT_ARGS(name), TEXT_ARGS(arg->label->name.text)));
        add_terms(checker, words, name, arg->value);
    }
}

static void add_words(struct checker *checker, struct forecast_words *words, const struct item *item)
{
    struct arena *arena = checker->arena;
    struct text name = item->name.text;
    if (item->kind == ITEM_TIMELINE)
        add_key(words, "timeline");
    else if (item->kind == ITEM_UNIT)
        add_key(words, arena_printf(arena, "unit %.*s", TEXT_ARGS(name)));
    else if (name.length > 0 && item->kind != ITEM_USE && item->kind != ITEM_DEFAULT)
        map_put(&words->keys, name, words);
    if (item->kind == ITEM_INDEX)
        for (size_t i = 0; i < item->names.count; i++) {
            add_key(words, arena_printf(arena, "%.*s[%.*s]", TEXT_ARGS(name), TEXT_ARGS(item->names.at[i].text)));
            add_key(words, arena_printf(arena, "[%.*s]", TEXT_ARGS(item->names.at[i].text)));
        }
    if (item->kind == ITEM_LET)
        add_terms(checker, words, name, item->value);
}

// Reads the forecasts when a name is first missed.
static void read_forecasts(struct checker *checker)
{
    const struct shipped_forecasts *shipped = checker->options->forecasts;
    size_t count = 0;
    while (shipped->names[count] != NULL)
        count++;
    checker->words = arena_array(checker->arena, count, sizeof *checker->words);
    for (size_t i = 0; i < count; i++) {
        struct forecast_words *words = &checker->words[i];
        *words = (struct forecast_words){text_of(shipped->names[i]), map_on(checker->arena)};
        const struct tree *tree = shipped->tree(shipped->context, words->name);
        for (const struct item *item = tree != NULL ? tree->items : NULL; item != NULL; item = item->next)
            add_words(checker, words, item);
    }
    checker->word_count = count;
}

// Whether another forecast than this one has the key, and this one has not.
static bool only_others_have(struct checker *checker, struct text forecast, struct text key)
{
    bool found = false;
    if (checker->options->forecasts == NULL)
        return false;
    if (checker->words == NULL)
        read_forecasts(checker);
    for (size_t i = 0; i < checker->word_count; i++) {
        bool has = map_get(&checker->words[i].keys, key) != NULL;
        if (has && text_equal(checker->words[i].name, forecast))
            return false;
        found = found || has;
    }
    return found;
}

void note_absence(struct checker *checker, const char *reason)
{
    if (checker->absence == NULL)
        checker->absence = reason;
}

static bool note(struct checker *checker, struct text forecast, const char *what)
{
    note_absence(checker, arena_printf(checker->arena, "the forecast `%.*s` %s", TEXT_ARGS(forecast), what));
    return true;
}

// "packages" of "race.packages" where the prefix is "race". False: the name has another prefix.
static bool without_prefix(struct text name, struct text prefix, struct text *rest)
{
    *rest = name;
    if (prefix.length == 0)
        return true;
    if (name.length <= prefix.length + 1 || name.at[prefix.length] != '.')
        return false;
    *rest = (struct text){name.at + prefix.length + 1, name.length - prefix.length - 1};
    return text_equal((struct text){name.at, prefix.length}, prefix);
}

const char *absent_name(struct checker *checker, size_t file, struct text name)
{
    const struct taken_list none = {0}, *taken = file < checker->forest->file_count ? &checker->taken[file] : &none;
    struct text rest;
    for (size_t i = 0; i < taken->count; i++)
        if (without_prefix(name, taken->at[i].prefix, &rest) && only_others_have(checker, taken->at[i].forecast, rest))
            return arena_printf(checker->arena, "the forecast `%.*s` says nothing about `%.*s`", TEXT_ARGS(taken->at[i].forecast), TEXT_ARGS(rest));
    return NULL;
}

bool name_is_absent(struct checker *checker, size_t file, struct text name)
{
    const char *reason = absent_name(checker, file, name);
    if (reason != NULL)
        note_absence(checker, reason);
    return reason != NULL;
}

// A forecast explains itself: what it misses is a mistake in it.
static bool is_inside_forecast(const struct checker *checker)
{
    return checker->stack.count > 0 && checker->forest->files[checker->stack.at[checker->stack.count - 1]->file].is_forecast;
}

// The forecast of the forest that lacks the key, or empty.
static struct text forecast_without(struct checker *checker, struct text key)
{
    for (size_t i = 0; i < checker->forest->file_count && !is_inside_forecast(checker); i++) {
        const struct forest_file *file = &checker->forest->files[i];
        if (file->forecast.length > 0 && only_others_have(checker, file->forecast, key))
            return file->forecast;
    }
    return TEXT("");
}

bool index_is_absent(struct checker *checker, struct text member)
{
    struct text forecast = forecast_without(checker, text_of(arena_printf(checker->arena, "[%.*s]", TEXT_ARGS(member))));
    return forecast.length > 0 && note(checker, forecast, arena_printf(checker->arena, "has no index with `%.*s`", TEXT_ARGS(member)));
}

bool unit_is_absent(struct checker *checker, struct text word)
{
    const size_t singular = word.length > 1 && word.at[word.length - 1] == 's' ? word.length - 1 : word.length;
    for (size_t length = singular; length <= word.length; length++) {
        struct text forecast = forecast_without(checker, text_of(arena_printf(checker->arena, "unit %.*s", (int)length, word.at)));
        if (forecast.length > 0)
            return note(checker, forecast, arena_printf(checker->arena, "has no unit `%.*s`", TEXT_ARGS(word)));
    }
    return false;
}

bool timeline_is_absent(struct checker *checker)
{
    struct text forecast = forecast_without(checker, TEXT("timeline"));
    return forecast.length > 0 && note(checker, forecast, "has no timeline");
}

bool other_has_none(struct checker *checker, const char *what)
{
    const struct check_options *options = checker->options;
    return options->other_forecast && options->forecast.length > 0 && !is_inside_forecast(checker) && note(checker, options->forecast, what);
}

static struct text forecast_of(const struct checker *checker, const struct symbol *symbol)
{
    return checker->forest->files[symbol->file].forecast;
}

bool member_is_absent(struct checker *checker, const struct index *index, struct text member)
{
    for (size_t i = 0; i < checker->symbols.count && !is_inside_forecast(checker); i++) {
        const struct symbol *symbol = checker->symbols.at[i];
        if (symbol->kind != SYMBOL_INDEX || symbol->index != index || forecast_of(checker, symbol).length == 0)
            continue;
        struct text key = text_of(arena_printf(checker->arena, "%.*s[%.*s]", TEXT_ARGS(symbol->name), TEXT_ARGS(member)));
        if (only_others_have(checker, forecast_of(checker, symbol), key))
            return note(checker, forecast_of(checker, symbol),
                        arena_printf(checker->arena, "has no `%.*s` among `%.*s`", TEXT_ARGS(member), TEXT_ARGS(symbol->name)));
    }
    return false;
}

bool term_is_absent(struct checker *checker, size_t file, struct text name, struct text term)
{
    const struct symbol *symbol = find_symbol(checker, file, name);
    if (symbol == NULL || forecast_of(checker, symbol).length == 0 || is_inside_forecast(checker))
        return false;
    struct text key = text_of(arena_printf(checker->arena, "%.*s:%.*s", TEXT_ARGS(symbol->name), TEXT_ARGS(term)));
    return only_others_have(checker, forecast_of(checker, symbol), key) &&
           note(checker, forecast_of(checker, symbol),
                arena_printf(checker->arena, "names no `%.*s` among the terms of `%.*s`", TEXT_ARGS(term), TEXT_ARGS(symbol->name)));
}

struct symbol *absent_scenario(struct checker *checker, size_t file, struct name name)
{
    const char *reason = absent_name(checker, file, name.text);
    if (reason == NULL)
        return NULL;
    struct scenario *scenario = arena_alloc(checker->arena, sizeof *scenario);
    *scenario = (struct scenario){.name = name.text, .span = name.span, .missing = reason, .position = checker->program->scenario_count};
    struct symbol *symbol = arena_alloc(checker->arena, sizeof *symbol);
    *symbol = (struct symbol){.kind = SYMBOL_SCENARIO, .state = SYMBOL_CHECKED, .name = name.text, .span = name.span, .file = file, .scenario = scenario};
    map_put(&checker->names[file], name.text, symbol);
    return symbol;
}

// ---- what was found absent while it was checked --------------------------------------------------------------------------

static struct node *missing_node(struct checker *checker, const struct expr *expr, struct type type, const char *reason)
{
    struct node *node = node_new(checker, NODE_MISSING, expr, 0);
    node->type = type;
    node->reason = reason;
    return node;
}

void block_claim(struct checker *checker, struct claim *claim, const char *reason)
{
    struct node *missing = missing_node(checker, claim->item->value, type_truth, reason);
    claim->premise = claim->exception = NULL;
    claim->conclusion = claim->condition = missing;
    claim->premise_read = claim->exception_read = NULL;
    claim->conclusion_read = claim->item->value;
    claim->override_count = claim->concession_count = 0;
    claim->hole = (struct hole){.kind = HOLE_NONE};
    claim->broken = false;
}

void settle_absence(struct checker *checker, struct symbol *symbol)
{
    if (symbol->absence == NULL || symbol->kind == SYMBOL_SCENARIO)
        return;
    symbol->state = SYMBOL_BROKEN;
    if (symbol->kind != SYMBOL_DEFINITION)
        return;
    // A definition that looked back at it has a node of it.
    struct definition *definition = symbol->definition;
    definition->body = missing_node(checker, symbol->item->value, definition->type, symbol->absence);
    definition->varies = true;
    definition->constant = false;
    definition->limit = NULL;
}
