#include "grammar/scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/vector.h"
#include "grammar/complain.h"
#include "grammar/literal.h"
#include "grammar/word.h"

#include "parser.h"

// ---- what the rules of the scanner ask ---------------------------------------------------------------------------------

char scan_peek(const struct parse *p)
{
    size_t at = p->offset - p->source->base;
    return at < p->source->bytes.length ? p->source->bytes.at[at] : '\0';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static struct text first_word(struct text text)
{
    size_t start = 0;
    while (start < text.length && !is_letter(text.at[start]))
        start++;
    size_t end = start;
    while (end < text.length && (is_letter(text.at[end]) || (text.at[end] >= '0' && text.at[end] <= '9')))
        end++;
    return (struct text){text.at + start, end - start};
}

// `5 fab.yield` or `5 f(x)` is no number with a unit but an operator forgotten.
static bool something_sticks(const struct parse *p)
{
    char next = scan_peek(p);
    if (next != '.')
        return next == '(' || next == '[';
    size_t at = p->offset - p->source->base + 1;
    return at < p->source->bytes.length && is_letter(p->source->bytes.at[at]);
}

bool scan_is_unit(const struct parse *p, struct span span)
{
    return keyword_of_text(first_word(text_at(p, span))) == NULL && !something_sticks(p);
}

int scan_stuck(const struct parse *p, struct span span)
{
    struct text text = text_at(p, span);
    struct text word = first_word(text);
    return (int)(keyword_of_text(word) != NULL ? text.length - word.length : text.length);
}

static bool alone_on_line(const struct parse *p, struct span span)
{
    const char *bytes = p->source->bytes.at;
    size_t at = span.start - p->source->base;
    while (at > 0 && (bytes[at - 1] == ' ' || bytes[at - 1] == '\t'))
        at--;
    return at == 0 || bytes[at - 1] == '\n';
}

void scan_comment(struct parse *p, struct span span)
{
    struct text text = text_at(p, span);
    while (text.length > 0 && strchr(" \t\r", text.at[text.length - 1]) != NULL)
        text.length--;
    span.end = span.start + (uint32_t)text.length;
    vector_push(p->arena, &p->comments, ((struct comment){span, alone_on_line(p, span)}));
}

// ---- reports -----------------------------------------------------------------------------------------------------------

static void note_broken(struct parse *p)
{
    if (p->statement.name.text.length > 0)
        p->broken = p->statement.name;
}

static void stop_after_many(struct parse *p)
{
    if (p->diags->count >= LIMIT_DIAGS)
        p->stopped = true;
}

int scan_foreign(struct parse *p, struct span span)
{
    struct text text = text_at(p, span);
    const struct foreign *foreign = foreign_mark(text);
    enum diag_code code = foreign != NULL && foreign->token != 0 ? DIAG_SPELLING : DIAG_CHARACTER;
    struct diag *diag = code == DIAG_SPELLING ? diag_add(p->diags, code, span, "Crux does not write `%.*s`", TEXT_ARGS(text))
                                              : diag_add(p->diags, code, span, "`%.*s` means nothing here", TEXT_ARGS(text));
    diag_help(p->diags, diag, "%s", foreign != NULL ? foreign->help : "names are made of the letters a to z, digits, `_` and `.`");
    stop_after_many(p);
    if (foreign != NULL && foreign->token != 0)
        return foreign->token;
    note_broken(p);
    return T_GRAMMAR_YYerror;
}

int scan_unfinished(struct parse *p, struct span span, const char *message, const char *help)
{
    struct diag *diag = diag_add(p->diags, DIAG_STRING, (struct span){span.start, span.start + 1}, "%s", message);
    diag_primary(p->diags, diag, "opened here");
    diag_help(p->diags, diag, "%s", help);
    stop_after_many(p);
    note_broken(p);
    return T_GRAMMAR_YYerror;
}

// ---- what is known about the statement so far --------------------------------------------------------------------------

static int closing(int opening)
{
    return opening == T_LPAREN ? T_RPAREN : opening == T_LBRACKET ? T_RBRACKET : T_RBRACE;
}

static int stop(struct parse *p)
{
    p->stopped = true;
    return T_END;
}

static int open_bracket(struct parse *p, int token, struct span span)
{
    if (p->open_count == LIMIT_NESTING) {
        struct diag *diag = diag_add(p->diags, DIAG_LIMIT, span, "brackets are nested more than %d deep", LIMIT_NESTING);
        diag_help(p->diags, diag, "give parts of the expression names with `let`");
        return stop(p);
    }
    p->open[p->open_count++] = (struct open_bracket){token, span};
    return token;
}

// A closing bracket that does not fit stays for the message: the parser stops at it.
static void close_bracket(struct parse *p, int token)
{
    if (p->open_count == 0)
        return;
    p->closed_now = closing(p->open[p->open_count - 1].token) == token;
    if (p->closed_now)
        p->open_count--;
    else
        p->crossed = p->open[p->open_count - 1];
}

// A keyword behind one of these may be a name: x[source], (input: 3), x is data.
static bool may_be_name(const struct parse *p)
{
    return p->last_token == T_LBRACKET || p->last_token == T_LPAREN || p->last_token == T_COMMA || p->last_token == T_IS ||
           p->last_token == T_NOT;
}

static bool same_line(const struct parse *p, struct span span)
{
    return memchr(p->source->bytes.at + (p->last.end - p->source->base), '\n', span.start - p->last.end) == NULL;
}

// `let unit = 5`: a name is wanted, and on the same line a word that starts statements was written.
static bool wrong_name(const struct parse *p, int token, struct span span)
{
    return starts_statement(token) && starts_statement(p->last_token) && p->last_token != T_ASSUME && same_line(p, span);
}

// Statements do not stand inside parentheses, so whatever is open belongs to the one before; only `{` goes on.
static void begin_statement(struct parse *p, int token, struct span span)
{
    bool change = token == T_SET || token == T_ASSUME;
    for (; p->open_count > 0 && !(change && p->open[p->open_count - 1].token == T_LBRACE); p->open_count--)
        if (p->left_open.token == 0)
            p->left_open = p->open[p->open_count - 1];
    p->before = p->statement;
    p->statement = (struct statement){.token = token, .span = span};
}

static void note_in_statement(struct parse *p, int token, struct span span)
{
    if (token == T_NAME && p->statement.name.text.length == 0 && p->last_token == p->statement.token)
        p->statement.name = name_at(p, span);
    if (token == T_COLON && p->open_count == 0)
        p->statement.colon = true;
}

int scan_note(struct parse *p, int token, struct span span)
{
    if (p->stopped)
        return T_END;
    p->last_token = p->token;
    p->last = p->span;
    p->token = token;
    p->span = span;
    p->crossed.token = 0;
    p->left_open.token = 0;
    p->closed_now = false;
    p->counting = token == T_EXACTLY || token == T_LEAST;
    if (token == T_LPAREN || token == T_LBRACKET || token == T_LBRACE)
        return open_bracket(p, token, span);
    if (token == T_RPAREN || token == T_RBRACKET || token == T_RBRACE)
        close_bracket(p, token);
    if (token == T_END && p->open_count > 0)
        p->left_open = p->open[p->open_count - 1];
    if (wrong_name(p, token, span)) {
        complain_of_reserved(p, keyword_of_token(token)->text, span);
        p->token = token = T_NAME;
    }
    if (starts_statement(token) && !may_be_name(p))
        begin_statement(p, token, span);
    else
        note_in_statement(p, token, span);
    return token;
}

// ---- flex's memory -----------------------------------------------------------------------------------------------------

enum { HEAD = 16 }; // keeps the alignment of the arena

void *scan_alloc(struct parse *p, size_t size)
{
    char *block = arena_alloc(p->arena, HEAD + size);
    memcpy(block, &size, sizeof size);
    return block + HEAD;
}

void *scan_realloc(struct parse *p, void *block, size_t size)
{
    size_t old_size = 0;
    char *grown = scan_alloc(p, size);
    if (block != NULL) {
        memcpy(&old_size, (char *)block - HEAD, sizeof old_size);
        memcpy(grown, block, old_size < size ? old_size : size);
    }
    return grown;
}

// Flex says so when its buffer was overwritten or its state machine broken: a fault of ours, never of the text.
void scan_impossible(const char *message)
{
    (void)message;
    abort();
}
