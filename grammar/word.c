#include "grammar/word.h"

#include <stddef.h>

#include "parser.h"

const struct keyword keyword_table[] = {
#define KEYWORD(id, text, kind) {text, T_##id, kind},
#include "grammar/keyword.def"
#undef KEYWORD
};

const int keyword_count = (int)(sizeof keyword_table / sizeof *keyword_table);

const struct keyword *keyword_of_text(struct text text)
{
    int low = 0, high = keyword_count;
    while (low < high) {
        int middle = (low + high) / 2;
        int order = text_compare(text, text_of(keyword_table[middle].text));
        if (order == 0)
            return &keyword_table[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const struct keyword *keyword_of_token(int token)
{
    for (int i = 0; i < keyword_count; i++)
        if (keyword_table[i].token == token)
            return &keyword_table[i];
    return NULL;
}

bool starts_statement(int token)
{
    switch (token) {
#define KEYWORD(id, text, kind) \
    case T_##id:                \
        return kind == KEYWORD_STATEMENT;
#include "grammar/keyword.def"
#undef KEYWORD
    default:
        return false;
    }
}

static const struct {
    int token;
    const char *name;
} marks[] = {
    {T_END, "the end of the text"},
    {T_NUMBER, "a number"},
    {T_DATE, "a date"},
    {T_HOLE, "a hole"},
    {T_UNITS, "a unit"},
    {T_NAME, "a name"},
    {T_STRING, "a text in quotes"},
    {T_URL, "a link"},
    {T_DOTS, "`..`"},
    {T_LE, "`<=`"},
    {T_GE, "`>=`"},
    {T_NE, "`!=`"},
    {T_LT, "`<`"},
    {T_GT, "`>`"},
    {T_EQ, "`=`"},
    {T_PLUS, "`+`"},
    {T_MINUS, "`-`"},
    {T_STAR, "`*`"},
    {T_SLASH, "`/`"},
    {T_CARET, "`^`"},
    {T_COLON, "`:`"},
    {T_COMMA, "`,`"},
    {T_LPAREN, "`(`"},
    {T_RPAREN, "`)`"},
    {T_LBRACKET, "`[`"},
    {T_RBRACKET, "`]`"},
    {T_LBRACE, "`{`"},
    {T_RBRACE, "`}`"},
};

static const char *const keyword_names[] = {
#define KEYWORD(id, text, kind) "`" text "`",
#include "grammar/keyword.def"
#undef KEYWORD
};

const char *token_name(int token)
{
    const struct keyword *keyword = keyword_of_token(token);
    if (keyword != NULL)
        return keyword_names[keyword - keyword_table];
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i].token == token)
            return marks[i].name;
    return "this";
}

static const struct foreign foreign_marks[] = {
    {"==", T_EQ, "write `=`"},
    {"=<", T_LE, "write `<=`"},
    {"<>", T_NE, "write `!=`"},
    {"&&", T_AND, "write `and`"},
    {"||", T_OR, "write `or`"},
    {"!", T_NOT, "write `not`"},
    {"**", T_CARET, "write `^`"},
    {"=>", T_GE, "write `>=` for a comparison, `implies` for a consequence"},
    {"->", T_IMPLIES, "write `implies`"},
    {"\xE2\x89\xA4", T_LE, "write `<=`"},
    {"\xE2\x89\xA5", T_GE, "write `>=`"},
    {"\xE2\x89\xA0", T_NE, "write `!=`"},
    {"\xE2\x88\x92", T_MINUS, "write `-`"},
    {"\xE2\x80\x93", T_MINUS, "write `-` for a difference, `..` for a range"},
    {"\xE2\x80\x94", T_MINUS, "write `-` for a difference, `..` for a range"},
    {"\xC3\x97", T_STAR, "write `*`"},
    {"\xC2\xB7", T_STAR, "write `*`"},
    {"\xC3\xB7", T_SLASH, "write `/`"},
    {"\xE2\x80\xA6", T_DOTS, "write `..`"},
    {"...", T_DOTS, "write `..`"},
    {"\xE2\x86\x92", T_IMPLIES, "write `implies`"},
    {"\xE2\x87\x92", T_IMPLIES, "write `implies`"},
    {"\xE2\x88\xA7", T_AND, "write `and`"},
    {"\xE2\x88\xA8", T_OR, "write `or`"},
    {"\xC2\xAC", T_NOT, "write `not`"},
    {";", 0, "statements end where the next one begins: leave it out"},
    {"//", 0, "a comment starts with `#`"},
    {"/*", 0, "a comment starts with `#` and ends with its line"},
    {"'", 0, "a text stands in double quotes: \"...\""},
    {"?", 0, "a hole has a name: `?x`"},
    {"\xE2\x80\x9C", 0, "a text stands in straight double quotes: \"...\""},
    {"\xE2\x80\x9D", 0, "a text stands in straight double quotes: \"...\""},
    {"\xE2\x80\x9E", 0, "a text stands in straight double quotes: \"...\""},
    {"\xC2\xB2", 0, "write `^2`"},
    {"\xC2\xB3", 0, "write `^3`"},
};

const struct foreign *foreign_mark(struct text text)
{
    for (size_t i = 0; i < sizeof foreign_marks / sizeof *foreign_marks; i++)
        if (text_is(text, foreign_marks[i].text))
            return &foreign_marks[i];
    return NULL;
}

bool word_is_reserved(struct text word)
{
    const struct keyword *keyword = keyword_of_text(word);
    return keyword && keyword->kind != KEYWORD_SOFT;
}
