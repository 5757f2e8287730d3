// Indexes, their members, and the variables that run over them.
#include <stdint.h>
#include <string.h>

#include "base/buffer.h"
#include "dsl/checker.h"
#include "dsl/limits.h"

int find_member(const struct index *index, struct text name)
{
    for (size_t i = 0; i < index->count; i++)
        if (text_equal(index->members[i], name))
            return (int)i;
    return -1;
}

static struct text nearest_member(const struct index *index, struct text name)
{
    struct text best = TEXT("");
    size_t limit = name.length < 4 ? 1 : 2, nearest = limit + 1;
    for (size_t i = 0; i < index->count; i++) {
        size_t distance = text_distance(name, index->members[i], limit);
        if (distance < nearest) {
            nearest = distance;
            best = index->members[i];
        }
    }
    return best;
}

enum { MEMBERS_SHOWN = 8 };

static const char *member_list(struct checker *checker, const struct index *index)
{
    struct buffer list = buffer_on(checker->arena);
    for (size_t i = 0; i < index->count && i < MEMBERS_SHOWN; i++)
        buffer_printf(&list, "%s%.*s", i == 0 ? "" : ", ", TEXT_ARGS(index->members[i]));
    if (index->count > MEMBERS_SHOWN)
        buffer_add_string(&list, ", ...");
    return list.length == 0 ? "" : list.at;
}

int need_member(struct checker *checker, const struct index *index, struct name name)
{
    int position = find_member(index, name.text);
    if (position >= 0 || index->count == 0 || member_is_absent(checker, index, name.text))
        return position;
    struct diag *diag = diag_add(checker->diags, DIAG_MEMBER_UNKNOWN, name.span, "`%.*s` is not a member of `%.*s`", TEXT_ARGS(name.text),
                                 TEXT_ARGS(index->name));
    diag_label(checker->diags, diag, index->span, "`%.*s` has: %s", TEXT_ARGS(index->name), member_list(checker, index));
    struct text near = nearest_member(index, name.text);
    if (near.length > 0)
        diag_help(checker->diags, diag, "did you mean `%.*s`?", TEXT_ARGS(near));
    return -1;
}

static void report_index(struct checker *checker, struct symbol *symbol, struct span span, const char *message, const char *help)
{
    struct diag *diag = diag_add(checker->diags, DIAG_INDEX, span, "%s", message);
    diag_help(checker->diags, diag, "%s", help);
    symbol->state = SYMBOL_BROKEN;
}

// Members given twice are found with a map: an index may be long.
static bool members_differ(struct checker *checker, struct symbol *symbol, const struct name_list *names)
{
    struct map seen = map_on(checker->arena);
    for (size_t i = 0; i < names->count; i++) {
        struct name *first = map_put(&seen, names->at[i].text, &names->at[i]);
        if (first == NULL)
            continue;
        struct diag *diag = diag_add(checker->diags, DIAG_INDEX, names->at[i].span, "the member `%.*s` is listed twice", TEXT_ARGS(names->at[i].text));
        diag_label(checker->diags, diag, first->span, "first here");
        diag_help(checker->diags, diag, "leave one of them out");
        symbol->state = SYMBOL_BROKEN;
        return false;
    }
    return true;
}

// ---- members taken from data ---------------------------------------------------------------------------------------------

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// What the store calls it as a word: "H100 80GB" is H100_80GB, "910b" is _910b.
static void add_word(struct buffer *word, struct text subject)
{
    bool gap = false;
    if (subject.length == 0 || (subject.at[0] >= '0' && subject.at[0] <= '9'))
        buffer_add_char(word, '_');
    for (size_t i = 0; i < subject.length; i++) {
        if (is_word_byte(subject.at[i])) {
            buffer_printf(word, gap ? "_%c" : "%c", subject.at[i]);
            gap = false;
        } else {
            gap = word->length > 0;
        }
    }
    if (word->length == 0)
        buffer_add_char(word, '_');
}

// Two that would be the same word are told apart by a number, in their order.
static struct text member_word(struct checker *checker, struct map *taken, const struct text *subject)
{
    struct buffer word = buffer_on(checker->arena);
    add_word(&word, *subject);
    if (checker->options->reserved && checker->options->reserved(buffer_text(&word)))
        buffer_add_char(&word, '_');
    size_t length = word.length;
    for (unsigned number = 2; map_get(taken, buffer_text(&word)) != NULL; number++) {
        word.length = length;
        buffer_printf(&word, "_%u", number);
    }
    map_put(taken, buffer_text(&word), (void *)(uintptr_t)subject);
    return buffer_text(&word);
}

static const char *how_to_find(struct text pattern)
{
    if (pattern.length == 0 || !memchr(pattern.at, '*', pattern.length))
        return "a `*` stands for the members: `index chip = data \"chip.*\"`";
    return "`crux data list` shows what there is; --as-of takes another vintage, --db another store";
}

static void take_members(struct checker *checker, struct symbol *symbol, const struct expr *data)
{
    const struct observer *observer = checker->options->observer;
    const struct text *subjects = NULL;
    struct map taken = map_on(checker->arena);
    if (data->name.text.length > 0 || data->hold) {
        report_index(checker, symbol, data->span, "an index takes the names from all sources", "write only `data` and a pattern, as in `index chip = data \"chip.*\"`");
        return;
    }
    size_t count = observer == NULL ? 0 : observer->members(observer->context, checker->arena, data->string, &subjects);
    if (count == 0 || count > LIMIT_MEMBERS) {
        const char *message = observer == NULL ? "there is no data store to take members from"
                              : count == 0     ? arena_printf(checker->arena, "at the vintage %.*s the data store has nothing like \"%.*s\"", TEXT_ARGS(observer->vintage_text), TEXT_ARGS(data->string))
                                               : arena_printf(checker->arena, "\"%.*s\" stands for %zu names, and an index may have at most %d members", TEXT_ARGS(data->string), count, LIMIT_MEMBERS);
        report_index(checker, symbol, data->span, message, count == 0 ? how_to_find(data->string) : "choose a narrower pattern");
        return;
    }
    struct text *members = arena_array(checker->arena, count, sizeof *members);
    for (size_t i = 0; i < count; i++)
        members[i] = member_word(checker, &taken, &subjects[i]);
    *symbol->index = (struct index){.name = symbol->index->name, .span = symbol->index->span, .count = count, .members = members, .subjects = subjects};
}

void check_index(struct checker *checker, struct symbol *symbol)
{
    const struct name_list *names = &symbol->item->names;
    struct index *index = symbol->index;
    if (symbol->item->value != NULL) {
        take_members(checker, symbol, symbol->item->value);
        return;
    }
    if (names->count > LIMIT_MEMBERS) {
        report_index(checker, symbol, symbol->span, arena_printf(checker->arena, "an index may have at most %d members", LIMIT_MEMBERS),
                     "split it into several indexes");
        return;
    }
    if (!members_differ(checker, symbol, names))
        return;
    struct text *members = arena_array(checker->arena, names->count, sizeof *members);
    for (size_t i = 0; i < names->count; i++)
        members[i] = names->at[i].text;
    index->members = members;
    index->count = names->count;
}

static bool bind(struct checker *checker, struct where *where, const struct param *param, const struct index **index)
{
    if (where->binder_count == BINDER_MAX) {
        diag_add(checker->diags, DIAG_LIMIT, param->name.span, "more than %d index variables at once", BINDER_MAX);
        return false;
    }
    struct symbol *symbol = need_symbol(checker, where->file, param->set, SYMBOL_INDEX, "index");
    if (symbol == NULL)
        return false;
    for (size_t i = 0; i < where->binder_count; i++) {
        if (!text_equal(where->binders[i].name, param->name.text))
            continue;
        diag_add(checker->diags, DIAG_NAME_TWICE, param->name.span, "`%.*s` stands for two members at once", TEXT_ARGS(param->name.text));
        return false;
    }
    *index = symbol->index;
    where->binders[where->binder_count++] = (struct binder){.name = param->name.text, .index = symbol->index};
    return true;
}

bool check_params(struct checker *checker, struct where *where, const struct param_list *params, const struct index *const **indexes)
{
    const struct index **list = arena_array(checker->arena, params->count, sizeof *list);
    *indexes = list;
    bool good = true;
    for (size_t i = 0; i < params->count; i++)
        good = bind(checker, where, &params->at[i], &list[i]) && good;
    return good;
}
