#include "dsl/lint.h"

enum lint_level lint_level(const struct lints *lints, const char *code)
{
    for (size_t i = lints != NULL && code[0] == 'W' ? lints->count : 0; i-- > 0;)
        if (text_is(lints->at[i].code, code) || text_is(lints->at[i].code, "all"))
            return lints->at[i].level;
    return LINT_WARN;
}

bool lint_read(struct text written, struct lint *lint)
{
    static const struct {
        const char *word;
        enum lint_level level;
    } words[] = {{"off", LINT_OFF}, {"warn", LINT_WARN}, {"error", LINT_ERROR}};
    size_t equals = 0;
    while (equals < written.length && written.at[equals] != '=')
        equals++;
    if (equals == written.length)
        return false;
    const struct text word = {written.at + equals + 1, written.length - equals - 1};
    lint->code = (struct text){written.at, equals};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        lint->level = words[i].level;
        if (text_is(word, words[i].word))
            return true;
    }
    return false;
}
