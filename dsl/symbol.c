// Checking a symbol when it is first met, and the circles that come to light.
#include "base/buffer.h"
#include "dsl/checker.h"
#include "dsl/limits.h"

enum { STACK_MAX = 500 }; // definitions that wait for each other to be checked

static void note_use(struct checker *checker, struct symbol *symbol, struct span span)
{
    if (checker->stack.count == 0)
        return;
    struct symbol *user = checker->stack.at[checker->stack.count - 1];
    struct symbol_use *use = arena_alloc(checker->arena, sizeof *use);
    *use = (struct symbol_use){.symbol = symbol, .span = span, .delayed = checker->delayed > 0, .next = user->uses};
    user->uses = use;
}

enum { WAY_SHOWN = 8 }; // names of a long circle

// way[0] uses way[1] ... uses way[count - 1] uses way[0]; spans[i] is where way[i] uses the next.
static void report_cycle(struct checker *checker, struct symbol *const *way, const struct span *spans, size_t count)
{
    struct buffer names = buffer_on(checker->arena);
    for (size_t i = 0; i < count; i++)
        if (count <= WAY_SHOWN || i + 1 < WAY_SHOWN || i + 1 == count)
            buffer_printf(&names, "%.*s -> ", TEXT_ARGS(way[i]->name));
        else if (i + 1 == WAY_SHOWN)
            buffer_printf(&names, "%zu more -> ", count - WAY_SHOWN);
    buffer_add(&names, way[0]->name);
    struct diag *diag;
    if (count == 1)
        diag = diag_add(checker->diags, DIAG_NAME_CYCLE, spans[0], "`%.*s` is defined by itself", TEXT_ARGS(way[0]->name));
    else
        diag = diag_add(checker->diags, DIAG_NAME_CYCLE, spans[count - 1], "these are defined by each other: %s", names.at);
    for (size_t i = count; i-- > 0;) {
        struct text next = way[(i + 1) % count]->name;
        if (i == count - 1)
            diag_primary(checker->diags, diag, "`%.*s` needs `%.*s`", TEXT_ARGS(way[i]->name), TEXT_ARGS(next));
        else if (count - i <= DIAG_LABEL_MAX)
            diag_label(checker->diags, diag, spans[i], "`%.*s` needs `%.*s`", TEXT_ARGS(way[i]->name), TEXT_ARGS(next));
    }
    if (way[0]->kind == SYMBOL_DEFINITION)
        diag_help(checker->diags, diag, "if one means its value a step earlier, write `previous(%.*s, ...)` with the value before the first step",
                  TEXT_ARGS(way[0]->name));
    for (size_t i = 0; i < count; i++)
        way[i]->state = SYMBOL_BROKEN;
}

// The symbol is being checked and was met again. Looking back a step it may be; at the same step it is a circle.
static bool meet_again(struct checker *checker, struct symbol *symbol, struct span user)
{
    size_t start = checker->stack.count;
    bool delayed = checker->delayed > 0;
    while (checker->stack.at[--start] != symbol)
        delayed = delayed || checker->stack.at[start]->delayed;
    if (delayed && symbol->kind == SYMBOL_DEFINITION)
        return true;
    size_t count = checker->stack.count - start;
    struct span *spans = arena_array(checker->arena, count, sizeof *spans);
    for (size_t i = 0; i + 1 < count; i++)
        spans[i] = checker->stack.at[start + i + 1]->user;
    spans[count - 1] = user;
    report_cycle(checker, checker->stack.at + start, spans, count);
    return false;
}

static void check_by_kind(struct checker *checker, struct symbol *symbol)
{
    switch (symbol->kind) {
    case SYMBOL_SOURCE:
        check_source(checker, symbol);
        return;
    case SYMBOL_INDEX:
        check_index(checker, symbol);
        return;
    case SYMBOL_INPUT:
        check_input(checker, symbol);
        return;
    case SYMBOL_DEFINITION:
        check_definition(checker, symbol);
        return;
    case SYMBOL_FUNCTION:
        check_function(checker, symbol);
        return;
    case SYMBOL_SCENARIO:
        check_scenario(checker, symbol);
        return;
    case SYMBOL_CLAIM:
        check_claim(checker, symbol);
        return;
    case SYMBOL_ASSUMPTION:
        check_assumption(checker, symbol, symbol->file, symbol->item, symbol->assumption);
        return;
    case SYMBOL_VALUE:
        return;
    }
}

// Nesting and looking back start anew inside another statement.
static void enter(struct checker *checker, struct symbol *symbol, struct span user)
{
    int depth = checker->depth, delayed = checker->delayed;
    const char *absence = checker->absence;
    symbol->state = SYMBOL_CHECKING;
    symbol->delayed = delayed > 0;
    symbol->user = user;
    vector_push(checker->arena, &checker->stack, symbol);
    checker->depth = 0;
    checker->delayed = 0;
    checker->absence = NULL;
    check_by_kind(checker, symbol);
    symbol->absence = checker->absence;
    settle_absence(checker, symbol);
    checker->absence = absence;
    checker->depth = depth;
    checker->delayed = delayed;
    checker->stack.count--;
    if (symbol->state == SYMBOL_CHECKING)
        symbol->state = SYMBOL_CHECKED;
}

bool check_symbol(struct checker *checker, struct symbol *symbol, struct span user)
{
    note_use(checker, symbol, user);
    if (symbol->state == SYMBOL_CHECKING)
        return meet_again(checker, symbol, user);
    if (symbol->state == SYMBOL_DECLARED && checker->stack.count >= STACK_MAX) {
        struct diag *diag = diag_add(checker->diags, DIAG_LIMIT, user, "more than %d definitions wait for each other", STACK_MAX);
        diag_help(checker->diags, diag, "write a definition before those that use it");
        return false;
    }
    if (symbol->state == SYMBOL_DECLARED)
        enter(checker, symbol, user);
    if (symbol->absence != NULL)
        note_absence(checker, symbol->absence);
    return symbol->state == SYMBOL_CHECKED;
}

// ---- circles that were not met on the way ------------------------------------------------------------------------------

enum { MARK_NEW, MARK_ON_THE_WAY, MARK_DONE };

// The way of the search: each symbol and the use it is followed along.
struct way {
    struct symbol **symbols;
    struct symbol_use **uses;
    struct span *spans;
    size_t count;
};

static void report_way(struct checker *checker, struct way *way, const struct symbol *again)
{
    size_t start = way->count - 1;
    while (way->symbols[start] != again)
        start--;
    for (size_t i = start; i < way->count; i++) {
        way->spans[i] = way->uses[i]->span;
        if (way->symbols[i]->state == SYMBOL_BROKEN)
            return; // told already
    }
    report_cycle(checker, way->symbols + start, way->spans + start, way->count - start);
}

static void push(struct way *way, struct symbol *symbol)
{
    symbol->mark = MARK_ON_THE_WAY;
    way->symbols[way->count] = symbol;
    way->uses[way->count++] = NULL;
}

// The next use at the same step; NULL when all were followed.
static struct symbol_use *next_use(const struct way *way)
{
    const struct symbol *symbol = way->symbols[way->count - 1];
    struct symbol_use *use = way->uses[way->count - 1];
    use = use == NULL ? symbol->uses : use->next;
    while (use != NULL && use->delayed)
        use = use->next;
    return use;
}

static void search(struct checker *checker, struct way *way, struct symbol *start)
{
    push(way, start);
    while (way->count > 0) {
        struct symbol_use *use = next_use(way);
        if (use == NULL) {
            way->symbols[--way->count]->mark = MARK_DONE;
            continue;
        }
        way->uses[way->count - 1] = use;
        if (use->symbol->mark == MARK_ON_THE_WAY)
            report_way(checker, way, use->symbol);
        else if (use->symbol->mark == MARK_NEW)
            push(way, use->symbol);
    }
}

void check_cycles(struct checker *checker)
{
    size_t room = checker->symbols.count + 1; // and the baseline
    struct way way = {
        .symbols = arena_array(checker->arena, room, sizeof *way.symbols),
        .uses = arena_array(checker->arena, room, sizeof *way.uses),
        .spans = arena_array(checker->arena, room, sizeof *way.spans),
    };
    for (size_t i = 0; i < checker->symbols.count; i++)
        if (checker->symbols.at[i]->mark == MARK_NEW)
            search(checker, &way, checker->symbols.at[i]);
}
