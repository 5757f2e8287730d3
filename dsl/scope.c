// Names: what each file declares, what it sees of others, and what a name stands for.
#include <math.h>

#include "base/buffer.h"
#include "dsl/checker.h"
#include "dsl/limits.h"

// ---- declaring ---------------------------------------------------------------------------------------------------------

static unsigned kind_of(const struct item *item)
{
    switch (item->kind) {
    case ITEM_SOURCE:
        return SYMBOL_SOURCE;
    case ITEM_INDEX:
        return SYMBOL_INDEX;
    case ITEM_INPUT:
        return SYMBOL_INPUT;
    case ITEM_LET:
        return SYMBOL_DEFINITION;
    case ITEM_DEF:
        return SYMBOL_FUNCTION;
    case ITEM_SCENARIO:
        return SYMBOL_SCENARIO;
    case ITEM_CLAIM:
        return SYMBOL_CLAIM;
    case ITEM_ASSUME:
        return item->name.text.length > 0 ? SYMBOL_ASSUMPTION : 0;
    case ITEM_ERROR: // stands for whatever it would have been: broken
        return SYMBOL_DEFINITION;
    case ITEM_USE:
    case ITEM_UNIT:
    case ITEM_TIMELINE:
    case ITEM_SET:
    case ITEM_DEFAULT:
        return 0;
    }
    return 0;
}

const char *symbol_kind_words(enum symbol_kind kind)
{
    switch (kind) {
    case SYMBOL_SOURCE:
        return "a source";
    case SYMBOL_INDEX:
        return "an index";
    case SYMBOL_INPUT:
        return "an input";
    case SYMBOL_DEFINITION:
        return "a definition";
    case SYMBOL_FUNCTION:
        return "a function";
    case SYMBOL_SCENARIO:
        return "a scenario";
    case SYMBOL_CLAIM:
        return "a claim";
    case SYMBOL_ASSUMPTION:
        return "an assumption";
    case SYMBOL_VALUE:
        break;
    }
    return "a value";
}

static void allocate(struct checker *checker, struct symbol *symbol)
{
    struct arena *arena = checker->arena;
    const struct item *item = symbol->item;
    switch (symbol->kind) {
    case SYMBOL_SOURCE:
        symbol->source = arena_alloc(arena, sizeof *symbol->source);
        *symbol->source = (struct source_entry){.name = symbol->name, .span = symbol->span, .date = NAN};
        break;
    case SYMBOL_INDEX:
        symbol->index = arena_alloc(arena, sizeof *symbol->index);
        *symbol->index = (struct index){.name = symbol->name, .span = symbol->span};
        break;
    case SYMBOL_INPUT:
        symbol->input = arena_alloc(arena, sizeof *symbol->input);
        *symbol->input = (struct input){.name = symbol->name, .span = symbol->span, .item = item};
        break;
    case SYMBOL_DEFINITION:
        symbol->definition = arena_alloc(arena, sizeof *symbol->definition);
        *symbol->definition = (struct definition){.name = symbol->name, .span = symbol->span, .item = item};
        break;
    case SYMBOL_FUNCTION:
        symbol->function = arena_alloc(arena, sizeof *symbol->function);
        *symbol->function = (struct function){.name = symbol->name, .span = symbol->span};
        break;
    case SYMBOL_SCENARIO:
        symbol->scenario = arena_alloc(arena, sizeof *symbol->scenario);
        *symbol->scenario = (struct scenario){.name = symbol->name, .span = symbol->span};
        break;
    case SYMBOL_CLAIM:
        symbol->claim = arena_alloc(arena, sizeof *symbol->claim);
        *symbol->claim = (struct claim){.name = symbol->name, .span = symbol->span, .item = item, .on = NAN};
        break;
    case SYMBOL_ASSUMPTION:
        symbol->assumption = arena_alloc(arena, sizeof *symbol->assumption);
        *symbol->assumption = (struct assumption){.name = symbol->name, .span = symbol->span};
        break;
    case SYMBOL_VALUE:
        break;
    }
}

static void report_twice(struct checker *checker, struct text name, const struct symbol *first, const struct symbol *second)
{
    struct diag *diag = diag_add(checker->diags, DIAG_NAME_TWICE, second->span, "`%.*s` is defined twice", TEXT_ARGS(name));
    diag_primary(checker->diags, diag, "%s here", symbol_kind_words(second->kind));
    diag_label(checker->diags, diag, first->span, "%s already", symbol_kind_words(first->kind));
    if (first->file != second->file)
        diag_help(checker->diags, diag, "give one of them another name, or take its file in with a prefix: `use \"...\" as other`");
    else if (second->kind == SYMBOL_INPUT || second->kind == SYMBOL_DEFINITION)
        diag_help(checker->diags, diag, "give one of them another name; to replace a value, write `set %.*s = ...`", TEXT_ARGS(name));
    else
        diag_help(checker->diags, diag, "give one of them another name");
}

// Makes the symbol known to the file under the name. The first to have a name keeps it.
static void show(struct checker *checker, size_t file, struct text name, struct symbol *symbol)
{
    struct symbol *known = map_get(&checker->names[file], name);
    if (known == symbol)
        return;
    if (known != NULL && (is_lost(known) || is_lost(symbol)))
        return;
    if (known != NULL) {
        report_twice(checker, name, known, symbol);
        return;
    }
    map_put(&checker->names[file], name, symbol);
    vector_push(checker->arena, &checker->visible[file], ((struct visible){name, symbol}));
}

static const char *const reserved[] = {"true", "false", "yes", "no", "now", "present", "dt", "baseline"};

static bool is_reserved(unsigned kind, struct text name)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (text_is(name, reserved[i]))
            return true;
    return kind == SYMBOL_FUNCTION && is_function_name(name);
}

// `input d0[n7] = ...` is about one member.
static bool is_part(const struct item *item)
{
    for (size_t i = 0; i < item->params.count; i++)
        if (item->params.at[i].set.text.length == 0)
            return item->kind == ITEM_INPUT;
    return false;
}

// Several statements about members of one input make one symbol.
static bool join_parts(struct checker *checker, size_t file, struct symbol *symbol)
{
    struct symbol *known = map_get(&checker->names[file], symbol->name);
    if (known == NULL || known->kind != SYMBOL_INPUT || known->file != file || !is_part(known->item) || !is_part(symbol->item))
        return false;
    while (known->part != NULL)
        known = known->part;
    known->part = symbol;
    return true;
}

static void report_reserved(struct checker *checker, const struct name *name)
{
    struct diag *diag = diag_add(checker->diags, DIAG_NAME_RESERVED, name->span, "`%.*s` is built in", TEXT_ARGS(name->text));
    diag_primary(checker->diags, diag, "this name has its meaning already");
    diag_help(checker->diags, diag, "choose another name, such as `my.%.*s`", TEXT_ARGS(name->text));
}

static void declare_item(struct checker *checker, size_t file, const struct item *item)
{
    unsigned kind = kind_of(item);
    if (kind == 0 || item->name.text.length == 0)
        return;
    if (is_reserved(kind, item->name.text))
        report_reserved(checker, &item->name);
    struct symbol *symbol = arena_alloc(checker->arena, sizeof *symbol);
    *symbol = (struct symbol){.kind = (enum symbol_kind)kind, .name = item->name.text, .span = item->name.span, .item = item, .file = file};
    symbol->state = item->kind == ITEM_ERROR ? SYMBOL_BROKEN : SYMBOL_DECLARED;
    if (join_parts(checker, file, symbol))
        return;
    allocate(checker, symbol);
    vector_push(checker->arena, &checker->symbols, symbol);
    show(checker, file, symbol->name, symbol);
}

// ---- use ---------------------------------------------------------------------------------------------------------------

// A file reached from another by `use`, under a prefix: "", "theirs", "theirs.more".
struct reached {
    size_t file;
    struct text prefix;
};
struct reached_list {
    struct reached *at;
    size_t count, room;
};

static struct text with_prefix(struct arena *arena, struct text prefix, struct text name)
{
    if (prefix.length == 0)
        return name;
    return name.length == 0 ? prefix : text_of(arena_printf(arena, "%.*s.%.*s", TEXT_ARGS(prefix), TEXT_ARGS(name)));
}

static bool was_reached(const struct reached_list *list, struct reached reached)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].file == reached.file && text_equal(list->at[i].prefix, reached.prefix))
            return true;
    return false;
}

// Files that take each other in with prefixes would reach each other under longer and longer names.
enum { REACHED_MAX = LIMIT_FILES };

static void reach_further(struct checker *checker, struct reached_list *list, struct reached from)
{
    const struct forest *forest = checker->forest;
    for (size_t i = 0; i < forest->use_count; i++) {
        if (forest->uses[i].from != from.file)
            continue;
        struct reached next = {forest->uses[i].to, with_prefix(checker->arena, from.prefix, forest->uses[i].prefix)};
        if (list->count < REACHED_MAX && !was_reached(list, next))
            vector_push(checker->arena, list, next);
    }
}

static void show_used(struct checker *checker, size_t file, const size_t *first)
{
    struct reached_list list = {0};
    vector_push(checker->arena, &list, ((struct reached){file, TEXT("")}));
    for (size_t i = 0; i < list.count; i++) {
        struct reached reached = list.at[i];
        reach_further(checker, &list, reached);
        if (reached.file == file)
            continue;
        const struct forest_file *used = &checker->forest->files[reached.file];
        if (used->forecast.length > 0)
            vector_push(checker->arena, &checker->taken[file], ((struct taken){used->forecast, reached.prefix}));
        for (size_t s = first[reached.file]; s < first[reached.file + 1]; s++) {
            struct symbol *symbol = checker->symbols.at[s];
            show(checker, file, with_prefix(checker->arena, reached.prefix, symbol->name), symbol);
        }
    }
}

static void show_baseline(struct checker *checker)
{
    struct symbol *symbol = arena_alloc(checker->arena, sizeof *symbol);
    *symbol = (struct symbol){.kind = SYMBOL_SCENARIO, .state = SYMBOL_CHECKED, .name = TEXT("baseline"), .scenario = checker->baseline};
    for (size_t file = 0; file < checker->forest->file_count; file++)
        map_put(&checker->names[file], symbol->name, symbol);
}

void declare_all(struct checker *checker)
{
    size_t files = checker->forest->file_count;
    checker->names = arena_array(checker->arena, files, sizeof *checker->names);
    checker->visible = arena_array(checker->arena, files, sizeof *checker->visible);
    checker->taken = arena_array(checker->arena, files, sizeof *checker->taken);
    size_t *first = arena_array(checker->arena, files + 1, sizeof *first);
    for (size_t file = 0; file < files; file++) {
        checker->names[file] = map_on(checker->arena);
        first[file] = checker->symbols.count;
        for (const struct item *item = checker->forest->files[file].tree->items; item != NULL; item = item->next)
            declare_item(checker, file, item);
    }
    first[files] = checker->symbols.count;
    for (size_t file = 0; file < files; file++)
        show_used(checker, file, first);
    show_baseline(checker);
}

// ---- finding -----------------------------------------------------------------------------------------------------------

struct symbol *find_symbol(const struct checker *checker, size_t file, struct text name)
{
    return file < checker->forest->file_count ? map_get(&checker->names[file], name) : NULL;
}

// "yield" for "fab.yield".
static bool is_last_part(struct text part, struct text whole)
{
    if (part.length + 1 >= whole.length || whole.at[whole.length - part.length - 1] != '.')
        return false;
    return text_equal(part, (struct text){whole.at + whole.length - part.length, part.length});
}

struct text nearest_name(const struct checker *checker, size_t file, struct text name, unsigned kinds)
{
    struct text best = TEXT("");
    // What is only counted needs no remedy.
    if (checker->diags->error_count > LIMIT_DIAGS)
        return best;
    size_t limit = name.length < 4 ? 1 : name.length < 10 ? 2 : 3, nearest = limit + 1;
    const struct visible_list none = {0}, *list = file < checker->forest->file_count ? &checker->visible[file] : &none;
    for (size_t i = 0; i < list->count; i++) {
        if ((list->at[i].symbol->kind & kinds) == 0)
            continue;
        size_t distance = is_last_part(name, list->at[i].name) ? 1 : text_distance(name, list->at[i].name, limit);
        if (distance < nearest) {
            nearest = distance;
            best = list->at[i].name;
        }
    }
    return best;
}

bool is_lost(const struct symbol *symbol)
{
    return symbol->item != NULL && symbol->item->kind == ITEM_ERROR;
}

struct symbol *need_symbol(struct checker *checker, size_t file, struct name name, unsigned kinds, const char *wanted)
{
    struct symbol *symbol = find_symbol(checker, file, name.text);
    if (symbol == NULL && kinds == SYMBOL_SCENARIO)
        symbol = absent_scenario(checker, file, name);
    if (symbol == NULL && kinds == SYMBOL_SOURCE && absent_name(checker, file, name.text) != NULL)
        return NULL; // a verdict does not need its citations
    if (symbol == NULL && name_is_absent(checker, file, name.text))
        return NULL;
    if (symbol == NULL) {
        struct diag *diag = diag_add(checker->diags, DIAG_NAME_UNKNOWN, name.span, "there is no %s called `%.*s`", wanted, TEXT_ARGS(name.text));
        diag_primary(checker->diags, diag, "nothing has this name here");
        struct text near = nearest_name(checker, file, name.text, kinds);
        if (near.length > 0)
            diag_help(checker->diags, diag, "did you mean `%.*s`?", TEXT_ARGS(near));
        return NULL;
    }
    if (is_lost(symbol))
        return NULL;
    if ((symbol->kind & kinds) == 0) {
        struct diag *diag = diag_add(checker->diags, DIAG_NAME_KIND, name.span, "`%.*s` is %s, expected %s %s", TEXT_ARGS(name.text),
                                     symbol_kind_words(symbol->kind), wanted[0] == 'i' || wanted[0] == 'a' ? "an" : "a", wanted);
        diag_primary(checker->diags, diag, "a name of %s is needed here", wanted);
        diag_label(checker->diags, diag, symbol->span, "`%.*s` is given here", TEXT_ARGS(symbol->name));
        return NULL;
    }
    return check_symbol(checker, symbol, name.span) ? symbol : NULL;
}
